"""The benchmark of reprints: copies are edited as asked, the same on every run, and scored as described."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from quellenlage.errors import MissingResource
from quellenlage.evaluation import copy_edits, data, reprints
from quellenlage.evaluation.reprints import Found, Text


def chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same draws every time, nothing secret


ARTICLE = "\n\n".join(
    f"Im Ort Nummer {n} hat der Rat am Montag zwei Wege gebaut, und mehrere Menschen sahen zu. "
    f"Die Bürger von Ort {n} freuten sich laut Zeitung sehr über das Werk. Danach gab es Suppe {n}."
    for n in range(1, 7)
)
OTHER = ARTICLE.replace("Ort", "Dorf").replace("Suppe", "Kuchen")


@pytest.mark.parametrize("kind", sorted(copy_edits.ALONE))
def test_edits_depend_on_the_seed_alone_and_change_the_text(kind: str) -> None:
    edit = copy_edits.ALONE[kind]
    assert edit(ARTICLE, chance(3)) == edit(ARTICLE, chance(3)) != ARTICLE
    assert len(edit(ARTICLE, chance(3)).split()) >= 30


def test_reordered_text_has_the_same_paragraphs() -> None:
    turned = copy_edits.paragraphs(copy_edits.reordered(ARTICLE, chance(1)))
    assert sorted(turned) == sorted(copy_edits.paragraphs(ARTICLE))


def test_rewording_changes_words_numbers_times_and_sentences() -> None:
    told = copy_edits.reworded(ARTICLE, chance(1))
    assert all(words in told for words in ("2 Wege", "Personen", "dieser Tage", ". Und"))
    changed = sum(a != b for a, b in zip(ARTICLE.split(), told.split(), strict=False))
    assert changed > 0.15 * len(ARTICLE.split())


def test_merged_and_inserted_text_has_words_of_both() -> None:
    for text in (copy_edits.merged(ARTICLE, OTHER, chance(2)), copy_edits.inserted(ARTICLE, OTHER, chance(2))):
        assert "Ort" in text
        assert "Dorf" in text


def text(name: str, words: str, *sources: str, kind: str = "original") -> Text:
    return Text(name, words, date(2020, 5, 12), kind, frozenset(sources or (name,)))


def test_links_are_right_where_the_texts_have_a_source_in_common() -> None:
    listed = [
        text("a", "Eins."),
        text("b", "Zwei."),
        text("copy-1", "Eins. Zwei.", "a", "b", kind="merged"),
        text("copy-2", "Eins.", "a", kind="cut"),
    ]
    found = Found.of(listed, [("copy-1", "a"), ("copy-2", "copy-1"), ("b", "a")])
    total, kinds = reprints.score(found)
    assert (total.hits, total.gold) == (2, 3)
    assert (kinds["merged"].hits, kinds["merged"].gold, kinds["cut"].hits) == (1, 2, 1)
    assert [found.right(pair) for pair in (("copy-1", "a"), ("copy-2", "copy-1"), ("b", "a"))] == [True, True, False]


def test_copies_that_the_corpus_has_itself_count_neither_way() -> None:
    told = "Der Rat der Stadt hat den Plan gebilligt. Die Mehrheit stimmte am Abend dafür und ging."
    listed = [text("a", told), text("b", f"{told} Mehr nicht.")]
    assert Found.of(listed, [("b", "a")]).pairs == frozenset()
    assert Found.of([listed[0], text("c", "Etwas anderes.")], [("c", "a")]).pairs == {("c", "a")}


def test_the_parts_share_no_text() -> None:
    try:
        data.folder("quotations", "train.jsonl")
    except MissingResource as error:
        pytest.skip(str(error))
    one, other = ({t.name for t in reprints.texts(part)} for part in ("dev", "report"))
    assert one
    assert other
    assert one.isdisjoint(other)
    made = reprints.copies(reprints.texts("dev"))
    assert len(made) == reprints.COPIES
    assert {t.kind for t in made} == set(copy_edits.KINDS)
