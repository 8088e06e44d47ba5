from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quellenlage.errors import MissingResource
from quellenlage.evaluation import data, treebanks
from quellenlage.evaluation.predicates import arguments, propositions
from quellenlage.evaluation.splits import Part, part
from quellenlage.evaluation.treebanks import Tree, Word, trees
from quellenlage.evaluation.words import features, lemmas, parts_of_speech, subjunctive
from quellenlage.model import Token

PARTS: tuple[Part, ...] = ("train", "tune", "test")
CONLLU = """# sent_id = a1
# text = Er sei im Haus.
1\tEr\ter\tPRON\t_\tCase=Nom\t5\tnsubj\t_\t_
2\tsei\tsein\tAUX\t_\tMood=Sub\t5\tcop\t_\t_
3-4\tim\t_\t_\t_\t_\t_\t_\t_\t_
3\tin\tin\tADP\t_\t_\t5\tcase\t_\t_
4\tdem\tder\tDET\t_\tCase=Dat\t3\tdet\t_\t_
5\tHaus\tHaus\tNOUN\t_\tCase=Dat\t0\troot\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\t_
"""


@pytest.fixture
def treebank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tree]:
    """One sentence with a contraction."""
    (tmp_path / "ud").mkdir()
    for _, name in treebanks.FILES:
        (tmp_path / "ud" / name).write_text("" if "gsd" in name else CONLLU, encoding="utf-8")
    monkeypatch.setenv(data.VARIABLE, str(tmp_path))
    monkeypatch.setattr(treebanks, "FILES", treebanks.FILES[1:])
    trees.cache_clear()
    (tree,) = (tree for wanted in PARTS for tree in trees(wanted))
    yield tree
    trees.cache_clear()


def test_a_contraction_is_one_word_with_the_place_of_its_preposition(treebank: Tree) -> None:
    assert [treebank.form(i) for i in range(5)] == ["Er", "sei", "im", "Haus", "."]
    im = treebank.words[2]
    assert (im.lemma, im.upos, im.feats, im.head, im.relation) == ("in", "ADP", {"Case": "Dat"}, 3, "case")
    assert [word.head for word in treebank.words] == [3, 3, 3, -1, 3]
    assert treebank.words[1].feats == {"Mood": "Sub", "VerbForm": "Fin"}


def test_parts_are_stable_and_divide_everything() -> None:
    keys = [f"# sent_id = s{i}" for i in range(20_000)]
    found = [part(key) for key in keys]
    assert [found.count(name) for name in PARTS] == [14_040, 1_913, 4_047]
    assert part("# sent_id = dev-s1") == part("# sent_id = dev-s1")


def test_parts_of_the_treebanks_are_those_of_the_training() -> None:
    try:
        assert [len(trees(wanted)) for wanted in PARTS] == [1235, 182, 382]
    except MissingResource as error:
        pytest.skip(str(error))


def gold(upos: str, feats: dict[str, str], lemma: str = "x") -> Word:
    return Word(0, 1, lemma, upos, feats, 0, "dep")


def ours(upos: str | None, feats: str | None, lemma: str = "x") -> Token:
    return Token(0, 1, lemma, upos, feats)


PAIRS = [
    (gold("VERB", {"Mood": "Sub", "Case": "Nom"}, "gehen"), ours("VERB", "Mood=Sub", "gehen")),
    (gold("VERB", {"Mood": "Sub"}), ours("VERB", "Mood=Ind")),
    (gold("NOUN", {"Case": "Dat"}, "Haus"), ours(None, "Case=Dat", "haus")),
    (gold("ADV", {}), ours("ADV", "Mood=Sub")),
]


def test_the_subjunctive_is_scored_alone() -> None:
    counter = subjunctive(PAIRS)
    assert (counter.hits, counter.predicted, counter.gold) == (1, 2, 2)


def test_an_unknown_part_of_speech_is_wrong() -> None:
    found = parts_of_speech(PAIRS)
    assert (found.right, found.cases) == (3, 4)


def test_features_count_values_and_absence() -> None:
    figures = {m.name: m.value for m in features(PAIRS, PAIRS)}
    assert figures["feats.Case.accuracy"] == 0.75
    assert (figures["feats.Case.precision"], figures["feats.Case.recall"]) == (1.0, 0.5)
    assert (figures["feats.Mood.accuracy"], figures["feats.all.accuracy"]) == (0.5, 0.25)


def test_lemmas_with_and_without_capitals() -> None:
    figures = {m.name: m.value for m in lemmas(PAIRS, PAIRS)}
    assert figures["lemma.accuracy"] == 0.75
    assert figures["lemma.any-case.accuracy"] == 1.0
    assert figures["lemma.NOUN.accuracy"] == 0.0


def tree(*rows: tuple[str, int, str]) -> list[Token]:
    return [Token(i, i + 1, lemma, None, None, head, deprel) for i, (lemma, head, deprel) in enumerate(rows)]


@pytest.mark.parametrize(
    ("tokens", "predicate", "expected"),
    [
        ([("er", 1, "nsubj"), ("sehen", 1, "root"), ("sie", 1, "obj")], 1, {(1, 0, "A0"), (1, 2, "A1")}),
        (
            [("er", 2, "nsubj:pass"), ("Freund", 2, "obl:agent"), ("sehen", 2, "root")],
            2,
            {(2, 0, "A1"), (2, 1, "A0")},
        ),
        ([("er", 2, "nsubj"), ("sein", 2, "cop"), ("alt", 2, "root")], 1, {(1, 0, "A1")}),
        ([("er", 1, "nsubj"), ("sehen", 1, "root"), ("gehen", 1, "conj")], 2, {(2, 0, "A0")}),
        ([("er", 1, "nsubj"), ("wachsen", 1, "root")], 1, {(1, 0, "A1")}),
    ],
)
def test_arguments_by_dependency(
    tokens: list[tuple[str, int, str]], predicate: int, expected: set[tuple[int, int, str]]
) -> None:
    assert set(arguments(tree(*tokens), [predicate])) == expected


def test_gold_trees_agree_with_the_projected_roles() -> None:
    try:
        found, skipped = propositions("train")
    except MissingResource as error:
        pytest.skip(str(error))
    hits = predicted = wanted = 0
    for one in found:
        words = [
            Token(w.start, w.end, w.lemma, w.upos, None, i if w.head < 0 else w.head, w.relation)
            for i, w in enumerate(one.tree.words)
        ]
        ours = set(arguments(words, one.predicates))
        hits, predicted, wanted = hits + len(ours & one.roles), predicted + len(ours), wanted + len(one.roles)
    assert skipped < 0.15 * len(found)
    assert hits / predicted > 0.8
    assert hits / wanted > 0.78
