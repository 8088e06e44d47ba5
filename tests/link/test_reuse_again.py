"""Copies that are found again after some articles were dated are those that all articles looked through anew have."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.made import Making, made

from quellenlage.link.reuse import copies_of, find_reuse
from quellenlage.model import Document

SENTENCES = (
    "Ein Feuer hat in der Nacht zum Montag die alte Ziegelei am Moor zerstört und zwei Schuppen dazu.",
    "Der Kreistag hat nach sechs Stunden Debatte den Haushalt für das kommende Jahr mit knapper Mehrheit gebilligt.",
    "An der Universität lehrt seit Oktober eine Botanikerin, die Moose aus aller Herren Länder sammelt und zeigt.",
    "Strittig waren die Gelder für das Schwimmbad in Lindau, das nun doch saniert und im Herbst eröffnet wird.",
    "Die Wehren aus vier Dörfern löschten bis zum Mittag, verletzt wurde niemand, der Schaden ist noch unbekannt.",
)
DAYS = (None, "2020-05-12", "2020-05-13", "2020-05-14")

ARTICLES = st.lists(
    st.tuples(st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=4), st.sampled_from(DAYS)),
    min_size=2,
    max_size=9,
)


def article(number: int, told: list[int], day: str | None) -> Document:
    return made(number, " ".join(SENTENCES[one] for one in told), Making(dct=day))


@settings(max_examples=60, deadline=None)
@given(ARTICLES, st.data())
def test_articles_dated_otherwise(told: list[tuple[list[int], str | None]], data: st.DataObject) -> None:
    before = [article(n, *one) for n, one in enumerate(told)]
    days = data.draw(st.lists(st.sampled_from(DAYS), min_size=len(told), max_size=len(told)))
    after = [article(n, sentences, day) for n, ((sentences, _), day) in enumerate(zip(told, days, strict=True))]
    changed = {d.article.id for d, (_, old), day in zip(after, told, days, strict=True) if old != day}
    copies = copies_of(before)
    assert copies.found == find_reuse(before) == tuple(copies)
    again = copies.again(after, changed)
    assert again.found == find_reuse(after)
    assert again.again(before, changed).found == find_reuse(before)


def test_an_article_that_reads_otherwise() -> None:
    before = [article(1, [0, 1], DAYS[1]), article(2, [0, 1], DAYS[2]), article(3, [2], DAYS[3])]
    copies = copies_of(before)
    assert [(r.article, r.earlier) for r in copies.found] == [("art-02", "art-01")]
    after = [before[0], article(2, [2], DAYS[2]), before[2]]
    assert [(r.article, r.earlier) for r in copies.again(after, {"art-02"}).found] == [("art-03", "art-02")]
