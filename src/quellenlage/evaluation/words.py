"""Parts of speech, morphology, lemmas and dependencies against the treebanks' test part, in the treebanks' words."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from quellenlage.annotate.language.tokenizer import given
from quellenlage.annotate.language.words import tokens
from quellenlage.evaluation import data
from quellenlage.evaluation.results import Accuracy, Counter, Metric, Miss, SuiteResult, rate, worst
from quellenlage.evaluation.treebanks import FILES, ROOT, Tree, Word, trees
from quellenlage.model import Token

ATTRIBUTES = (
    "Case", "Gender", "Number", "Person", "Mood", "Tense", "VerbForm", "Degree", "PronType", "Reflex", "Poss",
)  # fmt: skip
ARGUMENTS = ("nsubj", "obj", "nsubj:pass", "obl:agent")
NAME = "words-ud"
_NONE = "-"
_NOTES = (
    "test part of GSD dev and PUD by hash of the sentence; the treebank's words, contractions such as 'im' as one word",
    "UAS, LAS: all words, punctuation too; relations without subtypes as in the CoNLL 2018 shared task",
    "trivial: always NOUN; the commonest analysis of the form in the train part; each word depends on the next",
)


def read(tree: Tree, encoder: bool = True) -> tuple[Token, ...]:
    """Our tokens for a treebank's words; heads count within the sentence."""
    return _tokens(tree.text, tuple((word.start, word.end) for word in tree.words), encoder)


@cache
def _tokens(text: str, words: tuple[tuple[int, int], ...], encoder: bool) -> tuple[Token, ...]:
    return tuple(tokens(text, [[given(text, start, end) for start, end in words]], encoder=encoder))


def evaluate() -> SuiteResult:
    """Score the language stage word by word, its rules alone beside it."""
    gold = trees("test")
    pairs = [(word, token) for tree in gold for word, token in zip(tree.words, read(tree), strict=True)]
    rules = [(word, token) for tree in gold for word, token in zip(tree.words, read(tree, False), strict=True)]
    trivial = [(word, guess) for tree in gold for word, guess in zip(tree.words, _commonest(tree), strict=True)]
    upos, mood = parts_of_speech(rules), subjunctive(rules)
    metrics: list[Metric] = [
        *parts_of_speech(pairs).metrics("upos"),
        rate("upos.commonest-of-form.accuracy", parts_of_speech(trivial).right, len(trivial)),
        rate("upos.rules-alone.accuracy", upos.right, upos.cases, trivial=upos.majority),
        *subjunctive(pairs).metrics("subjunctive", trivial=subjunctive(trivial).f1),
        *mood.metrics("subjunctive.rules-alone"),
        *features(pairs, trivial),
        *attachment(gold),
        *lemmas(pairs, trivial),
    ]
    return SuiteResult(
        name=NAME,
        metrics=tuple(metrics),
        worst=worst(_misses(gold)),
        data_sha256=data.digest(*(data.folder(*parts) for parts in FILES)),
        notes=_NOTES,
    )


Pairs = Sequence[tuple[Word, Token]]


def parts_of_speech(pairs: Pairs) -> Accuracy:
    """Universal part of speech; unknown counts as wrong."""
    found = Accuracy()
    for word, token in pairs:
        found.add(word.upos, token.upos or _NONE)
    return found


def values(token: Token) -> dict[str, str]:
    """Our features as a table."""
    return dict(pair.split("=", 1) for pair in token.feats.split("|")) if token.feats else {}


def subjunctive(pairs: Pairs) -> Counter:
    """Konjunktiv I and II alone: they decide what is reported speech."""
    found = Counter()
    for word, token in pairs:
        expected, ours = word.feats.get("Mood") == "Sub", values(token).get("Mood") == "Sub"
        found.add(expected and ours, ours, expected)
    return found


def features(pairs: Pairs, trivial: Pairs) -> Iterator[Metric]:
    """Every attribute: accuracy over all words (its absence is a value), and F1 of its values."""
    for name in ATTRIBUTES:
        (right, f1), (guessed, guessed_f1) = _attribute(pairs, name), _attribute(trivial, name)
        yield rate(f"feats.{name}.accuracy", right, len(pairs), trivial=guessed / len(pairs))
        yield from f1.metrics(f"feats.{name}", trivial=guessed_f1.f1)
    whole = [_listed(word.feats) == _listed(values(token)) for word, token in pairs]
    yield rate("feats.all.accuracy", sum(whole), len(whole))


def _attribute(pairs: Pairs, name: str) -> tuple[int, Counter]:
    right, found = 0, Counter()
    for word, token in pairs:
        expected, ours = word.feats.get(name), values(token).get(name)
        right += expected == ours
        found.add(expected is not None and expected == ours, ours is not None, expected is not None)
    return right, found


def _listed(feats: dict[str, str]) -> dict[str, str]:
    """The features compared; of verbs without mood the treebanks rarely name the form, so it is left out."""
    return {n: value for n, value in feats.items() if n in ATTRIBUTES and (n != "VerbForm" or "Mood" in feats)}


def attachment(gold: Iterable[Tree]) -> Iterator[Metric]:
    """Heads, heads with relations, and the arguments of verbs with head and full relation."""
    unlabelled = labelled = following = preceding = cases = 0
    arguments = {relation: Counter() for relation in ARGUMENTS}
    for tree in gold:
        for i, (word, token) in enumerate(zip(tree.words, read(tree), strict=True)):
            cases += 1
            head, relation = _own_head(i, token), token.deprel or _NONE
            right = head == word.head
            unlabelled += right
            labelled += right and plain(relation) == plain(word.relation)
            following += word.head == (i + 1 if i + 1 < len(tree.words) else ROOT)
            preceding += word.head == i - 1
            for name, counter in arguments.items():
                expected, ours = word.relation == name, relation == name
                counter.add(right and expected and ours, ours, expected)
    yield rate("uas.accuracy", unlabelled, cases, trivial=max(following, preceding) / cases)
    yield rate("las.accuracy", labelled, cases)
    for name, counter in arguments.items():
        yield from counter.metrics(f"dependency.{name}")


def plain(relation: str) -> str:
    """A relation without its subtype."""
    return relation.partition(":")[0]


def _own_head(i: int, token: Token) -> int | None:
    return ROOT if token.head == i else token.head


def lemmas(pairs: Pairs, trivial: Pairs) -> Iterator[Metric]:
    """Lemmas of all words but punctuation, as written and without regard to capitals."""
    same: Callable[[str, str], bool] = str.__eq__
    for name, compared in (("lemma", same), ("lemma.any-case", _same_in_any_case)):
        words = [(w, t) for w, t in pairs if w.upos != "PUNCT"]
        hits = Tally(word.upos for word, token in words if compared(word.lemma, token.lemma or ""))
        counts = Tally(word.upos for word, _ in words)
        guessed = sum(compared(w.lemma, t.lemma or "") for w, t in trivial if w.upos != "PUNCT")
        yield rate(f"{name}.accuracy", hits.total(), counts.total(), trivial=guessed / counts.total())
        for upos, count in sorted(counts.items()):
            yield rate(f"{name}.{upos}.accuracy", hits[upos], count)


def _same_in_any_case(a: str, b: str) -> bool:
    return a.casefold() == b.casefold()


@cache
def _analyses() -> dict[str, tuple[str, str, str]]:
    """The commonest lemma, part of speech and features of each form in the train part."""
    seen: dict[str, Tally[tuple[str, str, str]]] = {}
    for tree in trees("train"):
        for i, word in enumerate(tree.words):
            feats = "|".join(f"{name}={value}" for name, value in sorted(_listed(word.feats).items()))
            seen.setdefault(tree.form(i).lower(), Tally())[word.lemma, word.upos, feats] += 1
    return {form: tally.most_common(1)[0][0] for form, tally in seen.items()}


def _commonest(tree: Tree) -> Iterator[Token]:
    for i, word in enumerate(tree.words):
        form = tree.form(i)
        lemma, upos, feats = _analyses().get(form.lower(), (form, "NOUN", ""))
        yield Token(word.start, word.end, lemma, upos, feats or None)


def _misses(gold: Iterable[Tree]) -> Iterator[Miss]:
    for tree in gold:
        for word, token in zip(tree.words, read(tree), strict=True):
            if word.upos != token.upos:
                yield Miss(tree.id, word.start, word.end, word.upos, token.upos or _NONE)
            ours = values(token).get("Mood") == "Sub"
            if ours != (word.feats.get("Mood") == "Sub"):
                yield Miss(tree.id, word.start, word.end, *(("other", "Sub") if ours else ("Sub", "other")))
