"""Which of the rules and the encoder decides: their disagreements on the tune part of the treebanks.

    python -m training.words_choices

Prints, for every part of speech that the rules give, how often they and the encoder are right where they differ, and
the score of the subjunctive alone under each way of joining them. `annotate/language/words.py` does what came out best.
"""

from __future__ import annotations

from collections import Counter

from quellenlage.annotate.language.morphology import tag
from quellenlage.annotate.language.tokenizer import given
from quellenlage.annotate.language.words import joined
from quellenlage.encoder import words
from quellenlage.evaluation import results
from quellenlage.evaluation.treebanks import trees

THRESHOLDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)


def main() -> None:
    """Read the tune part both ways and count."""
    differ: dict[str, Counter[str]] = {}
    joins = {name: results.Counter() for name in ("rules", "shipped", *(f"encoder {t}" for t in THRESHOLDS))}
    joins |= {f"rules or encoder {t}": results.Counter() for t in THRESHOLDS}
    upos: Counter[str] = Counter()
    for tree in trees("tune"):
        pieces = [given(tree.text, w.start, w.end) for w in tree.words]
        (read,) = words.read(tree.text, [[(w.start, w.end) for w in tree.words]])
        for gold, piece, rule, word in zip(tree.words, pieces, tag(pieces), read.words, strict=True):
            told = joined(piece.form, rule, word)
            upos.update(total=1, encoder=word.upos == gold.upos, shipped=told[0] == gold.upos)
            if rule[1] and rule[1] != word.upos:
                differ.setdefault(rule[1], Counter()).update(
                    cases=1, rules=rule[1] == gold.upos, encoder=word.upos == gold.upos
                )
            expected, by_rule = gold.feats.get("Mood") == "Sub", "Mood=Sub" in (rule[2] or "")
            sure = word.feats_scores["Mood"] if word.feats.get("Mood") == "Sub" else 0.0
            answers = {"rules": by_rule, "shipped": "Mood=Sub" in told[1]}
            for least in THRESHOLDS:
                answers[f"encoder {least}"] = sure > least
                answers[f"rules or encoder {least}"] = by_rule or sure > least
            for name, answer in answers.items():
                joins[name].add(expected and answer, answer, expected)
    print(dict(upos))
    for name, counts in sorted(differ.items()):
        print(f"rules say {name}: {dict(counts)}")
    for name, counter in joins.items():
        print(f"{name:24} P {counter.precision:.3f} R {counter.recall:.3f} F1 {counter.f1:.3f} of {counter.gold:.0f}")


if __name__ == "__main__":
    main()
