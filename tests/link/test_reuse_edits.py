"""Edited copy: reordered, merged, reworded and inserted text is led back to its sources; shared phrases are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.link.made import Making, made

from quellenlage.link.alignment import PASSAGE, passages, places_of
from quellenlage.link.reuse import find_reuse
from quellenlage.link.shingles import RARE, Shelf, words_of
from quellenlage.model import Document

FIRE = (
    "Ein Feuer hat in der Nacht zum Montag die alte Ziegelei am Moor zerstört. Die Wehren aus vier Dörfern "
    "löschten bis zum Mittag, verletzt wurde niemand. Den Schaden schätzt der Eigentümer auf zwei Millionen Taler."
)
VOTE = (
    "Der Kreistag hat nach sechs Stunden Debatte den Haushalt für das kommende Jahr gebilligt. Strittig waren "
    "die Gelder für das Schwimmbad in Lindau, das nun doch saniert wird. Die Opposition verließ den Saal."
)
OTHER = (
    "An der Universität lehrt seit Oktober eine Botanikerin, die Moose aus aller Herren Länder sammelt. Ihr Herbarium "
    "umfasst neuntausend Bögen, und jede Woche kommen neue dazu. Besucher dürfen am Freitag hinein."
)
QUOTED = (
    "„Wir haben von Anfang an davor gewarnt, dass die Leitung im Winter nicht hält, und wir werden den Betreiber mit "
    "allem, was uns zu Gebote steht, zur Rechenschaft ziehen, das verspreche ich den Leuten am Fluss“"
)
STANDING = (
    "Haben Sie selbst etwas gesehen oder gehört? Schreiben Sie uns an die Redaktion am Alten Markt, wir prüfen alle "
    "Angaben und behandeln sie vertraulich."
)


def sources(documents: list[Document]) -> set[tuple[str, str]]:
    return {(reuse.article, reuse.earlier) for reuse in find_reuse(documents)}


def first(number: int, text: str) -> Document:
    return made(number, text, Making(dct="2020-05-12"))


def test_a_merged_copy_has_two_sources_with_passages_from_both_sides() -> None:
    merged = FIRE.replace("in der Nacht zum Montag ", "") + " " + VOTE.replace("gebilligt", "beschlossen")
    documents = [first(1, FIRE), first(2, VOTE), made(3, merged, Making(dct="2020-05-13")), first(4, OTHER)]
    found = find_reuse(documents)
    assert {(r.article, r.earlier) for r in found} == {("art-03", "art-01"), ("art-03", "art-02")}
    texts = {d.article.id: d.text for d in documents}
    for reuse in found:
        assert len(reuse.passages) == len(reuse.sources) > 0
        assert all(p.holds_in(texts[reuse.article]) for p in reuse.passages)
        assert all(p.holds_in(texts[reuse.earlier]) for p in reuse.sources)
    assert found[-1].share >= found[0].share, "the main source comes last"


def test_sentences_in_another_order_are_found() -> None:
    one, two, three = FIRE.split(". ")
    turned = f"{three} {two}. {one}."
    assert sources([first(1, FIRE), made(2, turned, Making(dct="2020-05-13"))]) == {("art-02", "art-01")}


def test_of_two_earlier_prints_the_one_with_the_same_edits_is_the_source() -> None:
    edited = FIRE.replace("die alte Ziegelei am Moor", "eine frühere Brennerei im Norden der Stadt")
    documents = [
        first(1, FIRE),
        made(2, edited, Making(dct="2020-05-13")),
        made(3, edited + " Ende.", Making(dct="2020-05-14")),
    ]
    assert sources(documents) == {("art-02", "art-01"), ("art-03", "art-02")}


def test_a_long_quotation_in_common_is_no_reprint() -> None:
    told = [f"{FIRE} {QUOTED}, sagte ein Anwohner.", f"{VOTE} Dazu hieß es: {QUOTED}."]
    assert sources([first(n, text) for n, text in enumerate(told, 1)]) == set()


def test_a_standing_paragraph_in_common_is_no_reprint() -> None:
    told = [f"{text}\n\n{STANDING}" for text in (FIRE, VOTE, OTHER)]
    assert sources([first(n, text) for n, text in enumerate(told, 1)]) == set()


def test_one_more_article_changes_only_those_later_in_time_that_share_text_with_it() -> None:
    before = [first(1, FIRE), made(2, FIRE + " Ende.", Making(dct="2020-05-14")), first(3, OTHER)]
    more = made(4, FIRE + " Ende!", Making(dct="2020-05-13"))
    old = {r.article: r.earlier for r in find_reuse(before)}
    new = {r.article: r.earlier for r in find_reuse([*before, more])}
    assert old == {"art-02": "art-01"}
    assert new == {"art-04": "art-01", "art-02": "art-04"}, "the one printed after it now follows it"


def test_an_article_is_compared_with_few_however_many_print_the_same() -> None:
    shelf = Shelf()
    words = words_of(first(1, FIRE))
    for number in range(5 * RARE):
        shelf.put(number, words)
    assert shelf.candidates(words, 1000) == list(range(RARE))
    assert shelf.candidates(words_of(first(2, OTHER)), 1000) == []


@given(st.lists(st.sampled_from("am bot der ein hof ist kam neu ort rat tag und wo zug".split()), max_size=60))
def test_a_text_shares_each_of_its_words_at_most_once_with_itself(told: list[str]) -> None:
    words = words_of(made(1, " ".join(told) or "nichts"))
    found = passages(words, places_of(words))
    same = [place for passage in found for place in passage.same]
    assert len(same) == len(set(same))
    for passage in found:
        assert len(passage.same) >= PASSAGE
        assert 0 <= passage.start < passage.end <= len(words.numbers)
        assert 0 <= passage.earlier_start < passage.earlier_end <= len(words.numbers)
        assert all(passage.start <= place < passage.end for place in passage.same)
