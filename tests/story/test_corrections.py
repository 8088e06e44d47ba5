"""Versions and withdrawals: only the newest version bears an event out, and what was taken back is said to be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.link.made import Making, Telling, made

from quellenlage.link import link
from quellenlage.model import (
    Document,
    EntityKind,
    Event,
    Found,
    Judgement,
    Linked,
    Notice,
    Revision,
    RevisionKind,
    Span,
    Verdict,
    make_judgement,
)
from quellenlage.story import tell

CORRECTED, UPDATED, WITHDRAWN = RevisionKind.CORRECTED, RevisionKind.UPDATED, RevisionKind.WITHDRAWN
NAMES = {"Kalt-Hafen": EntityKind.LOC, "Bolland": EntityKind.PER, "Merz-Ruhland": EntityKind.PER}
URL = "https://bote.example/brand"
HEADLINE = "Brand im Lagerhaus von Kalt-Hafen"
REST = (
    "Die Feuerwehr war mit drei Zügen im Einsatz und löschte bis in den Abend hinein. Das Lagerhaus stammt aus dem "
    "Jahr 1921 und stand seit vielen Jahren leer. Anwohner hatten mehrfach auf die Gefahr hingewiesen."
)
MEETING = "Bolland traf Merz-Ruhland am Dienstag in Kalt-Hafen."
RESIGNED = "Bolland hat am Dienstag in Kalt-Hafen ein Abkommen unterzeichnet."


def fire(number: str) -> str:
    return f"Bei einem Brand in Kalt-Hafen wurden am Dienstag {number} Menschen verletzt."


def document(
    number: int,
    text: str,
    *,
    note: tuple[str, RevisionKind] | None = None,
    about: str | None = None,
    words: tuple[str, str] | None = None,
    headline: str = HEADLINE,
    **making: object,
) -> Document:
    """An article whose note, if any, stands at the end, with events for the sentences above that it has."""
    text = f"{text} {note[0]}" if note else text
    events = [
        Telling(trigger, kind, actors=actors, place="Kalt-Hafen", time="2020-05-12", number=value)
        for words_, trigger, kind, actors, value in (
            (fire("14"), "Brand", "DISASTER", (), ("14 Menschen", 14.0, 14.0, "Mensch")),
            (fire("41"), "Brand", "DISASTER", (), ("41 Menschen", 41.0, 41.0, "Mensch")),
            (MEETING, "traf", "CONSULT", ("Bolland", "Merz-Ruhland"), None),
            (RESIGNED, "unterzeichnet", "AGREE", ("Bolland",), None),
        )
        if words_ in text
    ]
    options = {"outlet": "Bote", "dct": "2020-05-13", **making}
    one = made(number, text, Making(names=NAMES, events=events, **options))  # type: ignore[arg-type]  # fields by name
    notices: tuple[Notice, ...] = ()
    if note:
        at = len(text) - len(note[0])

        def find(w: str) -> Span:
            return Span(text.index(w, at), text.index(w, at) + len(w))

        wrong, right = (find(w) for w in words) if words else (None, None)
        spot = find(about) if about else None
        notices = (Notice(at, len(text), note[1], "withdrawal", True, spot, wrong, right),)
    article = replace(one.article, headline=Found(headline, "given"), notices=notices)
    return replace(one, article=article)


def told(*documents: Document, judgements: tuple[Judgement, ...] = ()) -> Linked:
    return tell(documents, link(documents, judgements, frozenset()), judgements)


def event_of(linked: Linked, kind: str) -> Event:
    return next(e for e in linked.events if e.event_type == kind)


def pairs(linked: Linked) -> list[tuple[str, str | None, RevisionKind]]:
    return [(r.article, r.earlier, r.kind) for r in linked.revisions]


NOTE = ("In einer früheren Version dieses Artikels hieß es, 41 Menschen seien verletzt worden.", CORRECTED)


def test_a_corrected_version_at_one_address_stands_alone() -> None:
    old = document(1, f"{fire('41')} {REST} {MEETING}", url=URL)
    new = document(2, f"{fire('14')} {REST}", url=URL, note=NOTE)
    linked = told(old, new)
    assert pairs(linked) == [("art-02", "art-01", CORRECTED)]
    (revision,) = linked.revisions
    assert [(c.kind, c.was, c.now) for c in revision.changes if c.kind == "changed"] == [("changed", "41", "14")]
    assert [c.old.exact for c in revision.changes if c.kind == "removed" and c.old] == [MEETING]
    assert all(c.old is None or c.old.holds_in(old.text) for c in revision.changes)
    assert all(c.new is None or c.new.holds_in(new.text) for c in revision.changes)
    assert revision.dropped == (next(e.key("art-01") for e in old.events if e.event_type == "CONSULT"),)
    assert [r.reasons for r in revision.altered] == [("number:41 menschen>14 menschen",)]
    assert [e.exact for e in revision.evidence] == [NOTE[0]]

    burnt = event_of(linked, "DISASTER")
    assert [a.revised for a in burnt.accounts] == [CORRECTED, None]
    assert [a.reprint_of for a in burnt.accounts] == [None, None]
    assert (len(burnt.corroboration.origins), burnt.corroboration.reprints) == (1, 0)
    assert burnt.revised is None
    assert linked.conflicts == ()
    assert linked.origins[0].reprints == ()

    met = event_of(linked, "CONSULT")
    assert met.revised is CORRECTED
    assert met.corroboration.origins == ()
    assert [entry.event for entry in linked.chronicle] == [burnt.id]
    assert linked.chronicle[0].evidence.article == "art-02"


def test_a_day_that_a_person_gave_outlasts_a_new_version_of_the_article() -> None:
    old = document(1, f"{fire('41')} {REST}", url=URL)
    new = document(2, f"{fire('14')} {REST}", url=URL, note=NOTE)
    keys = [d.events[0].key(d.article.id) for d in (old, new)]
    said = tuple(
        make_judgement(Verdict.CORRECT, key, made_at="2020-06-01", author="Ida", field="time", value="2020-05-11")
        for key in keys
    )
    burnt = event_of(told(old, new, judgements=said), "DISASTER")
    assert (burnt.time, burnt.corrected[0].value) == ("2020-05-11", "2020-05-11")
    assert [(a.time, a.revised) for a in burnt.accounts] == [("2020-05-12", CORRECTED), ("2020-05-12", None)]
    (line,) = told(old, new, judgements=said).chronicle
    assert line.time == "2020-05-11"


def test_the_same_without_a_note_is_an_update_and_stays_in_the_chronicle() -> None:
    linked = told(document(1, f"{fire('14')} {REST} {MEETING}", url=URL), document(2, f"{fire('14')} {REST}", url=URL))
    assert pairs(linked) == [("art-02", "art-01", UPDATED)]
    met = event_of(linked, "CONSULT")
    assert met.revised is UPDATED
    assert met.id in {entry.event for entry in linked.chronicle}


def test_the_same_text_twice_is_no_revision() -> None:
    assert pairs(told(document(1, f"{fire('14')} {REST}", url=URL), document(2, f"{fire('14')} {REST}", url=URL))) == []


def test_an_address_alone_is_not_enough() -> None:
    old = document(1, f"{MEETING} {RESIGNED}", url="https://bote.example/live", headline="Treffen am Fluss in Orvenien")
    assert pairs(told(old, document(2, f"{fire('14')} {REST}", url="https://bote.example/live"))) == []
    front = [document(n, f"{fire('14')} {REST} {m}", url="https://bote.example/") for n, m in ((1, MEETING), (2, ""))]
    assert "same-url" not in {reason for r in told(*front).revisions for reason in r.reasons}


def test_the_version_with_the_note_is_the_newer_one_whatever_was_captured_first() -> None:
    new = document(1, f"{fire('14')} {REST}", url=URL, note=NOTE)
    linked = told(new, document(2, f"{fire('41')} {REST}", url=URL))
    assert pairs(linked) == [("art-01", "art-02", CORRECTED)]


@pytest.mark.parametrize(
    ("making", "found"),
    [({}, True), ({"outlet": "Kurier"}, False), ({"dct": "2020-05-30"}, False)],
    ids=["same", "other outlet", "weeks later"],
)
def test_one_headline_of_one_outlet(making: dict[str, str], found: bool) -> None:
    old = document(1, f"{fire('41')} {REST} {MEETING}")
    linked = told(old, document(2, f"{fire('14')} {REST}", **making))  # type: ignore[arg-type]  # fields by name
    assert bool(linked.revisions) is found


def test_an_agency_takes_a_report_back_and_every_reprint_goes_with_it() -> None:
    text = f"{RESIGNED} {REST} {MEETING}"
    title = "Bolland unterzeichnet Abkommen in Kalt-Hafen"
    agency = document(1, text, outlet="npa", agency="npa", headline=title)
    reprint = document(2, text, outlet="Kurier", headline="Abkommen unterzeichnet", dct="2020-05-14")
    words = f"Wir ziehen die Meldung „{title}“ zurück."
    note = document(3, "Hinweis.", outlet="npa", agency="npa", note=(words, WITHDRAWN), about=title, headline="Achtung")
    linked = told(agency, reprint, note)
    assert ("art-03", "art-01", WITHDRAWN) in pairs(linked)
    signed = event_of(linked, "AGREE")
    assert signed.revised is WITHDRAWN
    assert {a.revised for a in signed.accounts} == {WITHDRAWN}
    assert signed.corroboration.origins == ()
    assert linked.chronicle == ()


def test_an_event_that_others_tell_on_their_own_outlives_a_withdrawal() -> None:
    gone = document(1, f"{RESIGNED} Sonst nichts.", note=("Dieser Artikel wurde zurückgezogen.", WITHDRAWN))
    own = (
        "In der Stadt war es still an diesem Morgen, nur am Markt standen ein paar Leute beisammen und redeten. Keiner "
        "von ihnen wollte seinen Namen nennen. Später kamen Wagen mit Gästen, und vor dem Rathaus wehten zwei Fahnen."
    )
    other = document(2, f"{own} {RESIGNED}", outlet="Kurier", headline="Still in der Stadt")
    keys = [next(e.key(d.article.id) for e in d.events) for d in (gone, other)]
    linked = told(gone, other, judgements=(judged(Verdict.SAME, *keys),))
    assert pairs(linked) == [("art-01", "art-01", WITHDRAWN)]
    signed = event_of(linked, "AGREE")
    assert signed.revised is None
    assert len(signed.corroboration.origins) == 1
    assert [e.evidence.article for e in linked.chronicle] == ["art-02"]


def test_a_note_corrects_one_sentence_and_leaves_the_rest() -> None:
    old = document(1, f"{fire('41')} {REST} {MEETING}")
    words = f"Berichtigung: In der Meldung „{HEADLINE}“ muss es heißen: 14 statt 41."
    note = document(2, "Kurz.", note=(words, CORRECTED), about=HEADLINE, words=("41", "14"), headline="Berichtigung")
    linked = told(old, note)
    (revision,) = linked.revisions
    assert (revision.earlier, revision.whole) == ("art-01", False)
    assert [(c.was, c.now, c.old.exact if c.old else "") for c in revision.changes] == [("41", "14", fire("41"))]
    assert [a.reasons for a in revision.altered] == [("words:41>14",)]
    assert event_of(linked, "DISASTER").revised is None
    assert len(linked.chronicle) == 2


def test_a_note_about_words_that_stand_everywhere_changes_nothing() -> None:
    old = document(1, f"{fire('41')} Um 41 Minuten. Nach 41 Minuten. {REST}")
    words = f"Berichtigung: In der Meldung „{HEADLINE}“ muss es heißen: 14 statt 41."
    note = document(2, "Kurz.", note=(words, CORRECTED), about=HEADLINE, words=("41", "14"), headline="Berichtigung")
    assert told(old, note).revisions[0].changes == ()


def test_an_older_version_is_no_second_origin_beside_a_reprint() -> None:
    first = document(1, f"{fire('14')} {REST} {MEETING}", url=URL)
    copy = document(2, f"{fire('14')} {REST} {MEETING}", outlet="Kurier", headline="Brand am Hafen", dct="2020-05-14")
    last = document(3, f"{fire('14')} {REST} {MEETING} Am Abend war Ruhe.", url=URL, dct="2020-05-15")
    borne = event_of(told(first, copy, last), "DISASTER").corroboration
    assert (len(borne.origins), borne.reprints) == (1, 1)


def test_what_a_correction_left_out_falls_with_its_copies_and_what_an_update_left_out_does_not() -> None:
    text = f"{fire('14')} {REST} {MEETING}"
    copy = document(2, text, outlet="Kurier", headline="Brand am Hafen", dct="2020-05-14")
    for note, kind in ((NOTE, CORRECTED), (None, None)):
        last = document(3, f"{fire('14')} {REST} Am Abend war Ruhe.", url=URL, dct="2020-05-15", note=note)
        met = event_of(told(document(1, text, url=URL), copy, last), "CONSULT")
        assert met.revised is kind
        assert len(met.corroboration.origins) == (0 if kind else 1)


def judged(verdict: Verdict, subject: str, other: str | None = None, note: str = "") -> Judgement:
    return make_judgement(verdict, subject, made_at="2026-01-02T00:00:00Z", author="me", other=other, note=note)


def test_people_withdraw_and_say_what_stands() -> None:
    one = document(1, f"{MEETING} {REST}")
    linked = told(one, judgements=(judged(Verdict.WITHDRAW, "art-01", note="Verwechslung"),))
    (revision,) = linked.revisions
    assert (revision.kind, revision.note, str(revision.day)) == (WITHDRAWN, "Verwechslung", "2026-01-02")
    assert linked.chronicle == ()
    marked = document(1, f"{MEETING} {REST}", note=("Dieser Artikel wurde zurückgezogen.", WITHDRAWN))
    assert told(marked).chronicle == ()
    kept = told(marked, judgements=(judged(Verdict.CONFIRM, "art-01"),))
    assert kept.revisions == ()
    assert len(kept.chronicle) == 1


def test_people_say_what_is_a_version_of_what() -> None:
    one = document(1, f"{fire('41')} {MEETING}", headline="Eins", outlet="Kurier")
    two = document(2, f"{fire('14')} {REST}", headline="Zwei", dct="2020-05-20")
    assert told(one, two).revisions == ()
    linked = told(one, two, judgements=(judged(Verdict.REVISES, "art-02", "art-01"),))
    assert pairs(linked) == [("art-02", "art-01", UPDATED)]
    versions = document(1, f"{fire('41')} {REST}", url=URL), document(2, f"{fire('14')} {REST}", url=URL)
    assert told(*versions, judgements=(judged(Verdict.DIFFER, "art-01", "art-02"),)).revisions == ()


def test_three_versions_and_a_circle_end() -> None:
    texts = [fire("41"), fire("41") + " Mehr später.", fire("14")]
    documents = [document(n, f"{t} {REST}", url=URL, dct=f"2020-05-1{n}") for n, t in enumerate(texts, 3)]
    linked = told(*documents)
    assert [(r.article, r.earlier) for r in linked.revisions] == [("art-04", "art-03"), ("art-05", "art-04")]
    assert [a.revised for a in event_of(linked, "DISASTER").accounts] == [UPDATED, UPDATED, None]
    circle = (judged(Verdict.REVISES, "art-03", "art-05"),)
    found: tuple[Revision, ...] = told(*documents, judgements=circle).revisions
    assert ("art-03", "art-05") in {(r.article, r.earlier) for r in found}
    assert len(found) == 2
