"""Copied text: cut, edited and revised articles are linked to where they were taken from; others are not."""

from __future__ import annotations

import gc
from weakref import ref

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.made import Making, made

from quellenlage.link.origins import find_origins
from quellenlage.link.reuse import copies_of, find_reuse
from quellenlage.model import OriginKind

AGENCY = (
    "Die Übergangsregierung von Orvenien hat am Dienstag den Abzug der letzten fremden Truppen aus dem Hafen "
    "Kalt-Hafen bekannt gegeben. Nach Angaben des Verteidigungsministeriums verließen drei Schiffe mit Gerät und "
    "Personal am frühen Morgen die Mole. Eine Sprecherin der Stadt sagte, die Bevölkerung habe gelassen reagiert. "
    "Beobachter der Mission waren vor Ort und wollen bis Freitag einen Bericht vorlegen."
)
CUT = (
    "Die Übergangsregierung von Orvenien hat am Dienstag den Abzug der letzten fremden Truppen aus dem Hafen "
    "Kalt-Hafen gemeldet. Nach Angaben des Verteidigungsministeriums verließen drei Schiffe mit Gerät und "
    "Personal am Morgen die Mole."
)
OWN = (
    "Am Hafen von Kalt-Hafen standen schon um fünf Uhr früh die ersten Neugierigen mit Ferngläsern. Sie sahen zu, "
    "wie Schlepper die grauen Frachter aus dem Becken zogen, und sie zählten Lastwagen. Applaus gab es keinen, "
    "nur ein alter Fischer winkte. Später wurde in den Kneipen der Altstadt bis in die Nacht darüber gesprochen."
)


def test_a_cut_reprint_is_found_with_its_passages_and_own_reporting_is_not() -> None:
    documents = [
        made(1, AGENCY, Making(outlet="Bote", agency="npa", dct="2020-05-12")),
        made(2, OWN, Making(outlet="Kurier", dct="2020-05-12")),
        made(3, CUT, Making(outlet="Anzeiger", dct="2020-05-13")),
    ]
    reuses = find_reuse(documents)
    assert [(r.article, r.earlier, r.kind) for r in reuses] == [("art-03", "art-01", "reprint")]
    assert reuses[0].similarity > 0.4
    assert [p.exact.split()[-1] for p in reuses[0].passages] == ["am"]  # one passage, though "frühen" is left out
    assert [p.exact.split()[-1] for p in reuses[0].sources] == ["am"]
    assert all(passage.holds_in(CUT) for passage in reuses[0].passages)
    assert all(source.holds_in(AGENCY) for source in reuses[0].sources)


def test_the_older_article_is_the_source_even_if_captured_later() -> None:
    documents = [made(1, CUT, Making(dct="2020-05-13")), made(2, AGENCY, Making(dct="2020-05-12"))]
    assert [(r.article, r.earlier) for r in find_reuse(documents)] == [("art-01", "art-02")]


def test_two_versions_at_one_url_are_revisions_however_different() -> None:
    url = "https://bote.example/a"
    documents = [made(1, OWN, Making(url=url, dct="2020-05-12")), made(2, AGENCY, Making(url=url, dct="2020-05-14"))]
    assert [(r.article, r.earlier, r.kind) for r in find_reuse(documents)] == [("art-02", "art-01", "revision")]


def test_few_words_around_each_of_many_quotations_are_no_copied_text() -> None:
    quoted = [
        f"„Die Mole {name} bleibt bis auf Weiteres geschlossen, danach entscheidet der Rat über {name} neu“, "
        f"sagte Minister Tamm zu {name}."
        for name in ("Altona", "Berg", "Celan", "Dorn", "Elm", "Forst", "Grund", "Heide")
    ]
    between = [
        [" ".join(f"{word}{number}{letter}" for letter in "abcdefghijkl") + "." for number in range(8)]
        for word in ("Eins", "Zwei")
    ]
    texts = [" ".join(f"{own} {both}" for own, both in zip(mine, quoted, strict=True)) for mine in between]
    assert find_reuse([made(number, text) for number, text in enumerate(texts, 1)]) == ()


def test_the_same_text_twice_is_a_duplicate() -> None:
    documents = [made(1, AGENCY), made(2, AGENCY + " Ende.")]
    assert [r.kind for r in find_reuse(documents)] == ["duplicate"]


def test_a_reprint_without_credit_has_the_agency_as_its_origin() -> None:
    documents = [
        made(1, CUT, Making(outlet="Anzeiger", dct="2020-05-12")),
        made(2, AGENCY, Making(outlet="Bote", agency="npa", dct="2020-05-12")),
        made(3, OWN, Making(outlet="Kurier")),
        made(4, "Kurzmeldung ohne alles.", Making()),
    ]
    found = find_origins(documents, find_reuse(documents))
    kinds = {origin.name: (origin.kind, len(origin.articles), len(origin.reprints)) for origin in found.origins}
    assert kinds == {
        "npa": (OriginKind.AGENCY, 2, 1),
        "Kurier": (OriginKind.OUTLET, 1, 0),
        "clipping_04.txt": (OriginKind.ARTICLE, 1, 0),
    }


def test_texts_too_short_for_a_shingle_are_left_alone() -> None:
    assert find_reuse([made(1, "Kurz."), made(2, "Kurz.")]) == ()


def test_nothing_of_what_was_compared_stays_behind() -> None:
    # linking lets the collector rest: what held itself, or were held by a function that stays, would never go
    documents = [made(1, AGENCY), made(2, AGENCY)]
    collects = gc.isenabled()
    gc.disable()
    try:
        copies = copies_of(documents)
        texts = ref(copies.texts)
        assert copies.found
        del copies
        assert texts() is None
    finally:
        if collects:
            gc.enable()


_WORDS = [
    f"{stem}{ending}" for stem in ("Hafen", "Rat", "Mole", "Schiff", "Minister") for ending in ("e", "n", "s", "er")
]
_FORMS = ("{}.", "„{}“", "„{}", "{}“", "»{}«")
_RUNS = [" ".join((_WORDS * 3)[start : start + 12]) for start in range(12)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(_FORMS), st.sampled_from(_RUNS)), max_size=25),
        min_size=2,
        max_size=4,
    )
)
def test_whatever_is_said_again_stands_in_both(drawn: list[list[tuple[str, str]]]) -> None:
    texts = [" ".join(form.format(run) for form, run in one) or "Nichts" for one in drawn]
    for reuse in find_reuse([made(number, text) for number, text in enumerate(texts, 1)]):
        later, earlier = (texts[int(one.removeprefix("art-")) - 1] for one in (reuse.article, reuse.earlier))
        assert all(passage.holds_in(later) for passage in reuse.passages)
        assert all(source.holds_in(earlier) for source in reuse.sources)
        assert 0 <= reuse.share <= 1
        assert 0 <= reuse.similarity <= 1
