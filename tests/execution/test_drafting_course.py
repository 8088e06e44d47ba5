"""What is done, what is missing, what is only announced, when, and by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from quellenlage.encoder import files
from quellenlage.evaluation import data
from quellenlage.evaluation.drafts import archived
from quellenlage.execution import Decision, judge
from quellenlage.execution.build import relink
from quellenlage.execution.drafting import Finding, Verdict, check_draft
from quellenlage.execution.drafting.checking import _order
from quellenlage.execution.drafting.facts import negated_at, read_facts
from quellenlage.execution.drafting.people import Directory
from quellenlage.execution.drafting.reading import read_draft
from quellenlage.execution.drafting.report import Cited, DraftKind
from quellenlage.execution.ports import default_pipeline
from quellenlage.model import Archive, Entity, EntityKind, LocalEntity, Span, evidence
from quellenlage.model import Verdict as Decided

DAY = "2024-06-03"
AT = "2024-06-04T08:00:00Z"
TOLD = (
    *("clipping_10", "clipping_16", "clipping_17", "2019-03-12_hafenbote", "clipping_22", "clipping_23"),
    *("2018-09-18_stadtjournal", "clipping_13", "rmn_gipfel_abgesagt"),
)
"""Articles of the demo archive: attack, funeral, summit, talks, withdrawal, landing, accusation, summit cancelled."""


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts are read as users read them, with the encoder."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.fixture(scope="module")
def told() -> Iterator[Archive]:
    with data.reading_with(files.Models.DEFAULT), archived("sample", *TOLD) as archive:
        yield archive


def checked(archive: Archive, text: str) -> Finding:
    (sentence,) = check_draft(archive, text, dct=DAY).sentences
    return sentence.main


@pytest.mark.parametrize(
    ("draft", "label"),
    [
        ("Die Geschosse schlugen gegen 2.15 Uhr in das Treibstofflager ein.", "supported"),
        ("Die Geschosse schlugen gegen 4.30 Uhr in das Treibstofflager ein.", "date"),
        ("Um 5 Uhr morgens schlugen die Geschosse in das Treibstofflager ein.", "date"),
    ],
)
def test_times_of_day_are_compared(told: Archive, draft: str, label: str) -> None:
    found = checked(told, draft)
    assert (found.label, found.sure) == (label, True)
    assert ("clock" in found.reasons) is (label == "date")


@pytest.mark.parametrize(
    ("draft", "label"),
    [
        ("Präsident Nadir al-Kaswani kam nicht zur Trauerfeier.", "supported"),
        ("Präsident Nadir al-Kaswani kam zur Trauerfeier.", "denied"),
        ("Das Treffen in Brüssel im Januar 2022 brachte kein Ergebnis.", "supported"),
        ("Das Treffen in Brüssel im Januar 2022 brachte ein Ergebnis.", "denied"),
        ("Der Gipfel in Genf wurde abgesagt.", "supported"),
        ("Der Gipfel in Genf fand statt.", "denied"),
        ("Bei dem Angriff auf den Hafen starben 14 Menschen.", "supported"),
        ("Bei dem Angriff auf den Hafen starben 140 Menschen.", "number"),
    ],
)
def test_what_is_said_to_be_missing_is_denied(told: Archive, draft: str, label: str) -> None:
    found = checked(told, draft)
    assert (found.label, found.sure) == (label, True)


@pytest.mark.parametrize(
    ("draft", "label"),
    [
        ("Vesterholm legte einen Plan für eine Beobachtermission vor.", "planned"),
        ("Vesterholm hat angekündigt, bis zum Sommer einen Plan für eine Beobachtermission vorzulegen.", "supported"),
    ],
)
def test_what_is_only_announced_is_planned(told: Archive, draft: str, label: str) -> None:
    found = checked(told, draft)
    assert (found.label, found.sure) == (label, True)


@pytest.mark.parametrize(
    ("draft", "label"),
    [
        ("Perkonien hat seine Truppen aus Karvenien abgezogen.", "supported"),
        ("Karvenien hat seine Truppen aus Perkonien abgezogen.", "agent"),
        ("Karvenien zieht seine Soldaten aus Perkonien ab.", "agent"),
        ("Perkonien drohte mit Vergeltung.", "supported"),
        ("Karvenien drohte mit Vergeltung.", "agent"),
        ("Perkonien hat Truppen nach Karvenien verlegt.", "supported"),
        ("Karvenien hat Truppen nach Perkonien verlegt.", "agent"),
        ("Die Regierung beschuldigt die Volksfront.", "supported"),
        ("Die Volksfront beschuldigt die Regierung.", "agent"),
    ],
)
def test_two_sides_cannot_be_turned_round(told: Archive, draft: str, label: str) -> None:
    found = checked(told, draft)
    assert (found.label, found.sure) == (label, True)


@pytest.mark.parametrize(
    "draft",
    [
        "Karvenien warf Perkonien vor, den Hafen angegriffen zu haben.",
        "Boris Tschuwarin bekam den Schlüssel zum Stützpunkt von Nadir al-Kaswani.",
    ],
)
def test_whom_the_archive_does_not_name_there_is_never_surely_borne_out(told: Archive, draft: str) -> None:
    found = checked(told, draft)
    assert (found.label, found.sure) != ("supported", True)


def test_a_name_in_the_place_of_another_is_found(told: Archive) -> None:
    found = checked(told, "Wadim Scheludko rief alle Seiten zur Zurückhaltung auf.")
    assert (found.label, found.sure) == ("agent", True)
    assert found.evidence[0].told is not None
    assert found.evidence[0].told.exact == "Ingrid Vesterholm"


@pytest.mark.parametrize(
    "draft",
    [
        "Wadim Scheludko rief zur Zurückhaltung auf.",
        "Wadim Scheludko rief in Ulmarsk alle Seiten zur Zurückhaltung auf.",
        "Wadim Scheludko rief alle Seiten noch am Abend zur Zurückhaltung auf.",
        "Auch Wadim Scheludko rief alle Seiten zur Zurückhaltung auf.",
        "Das Staatenforum rief alle Seiten zur Zurückhaltung auf.",
        "Wadim Scheludko wurde von allen Seiten zur Zurückhaltung aufgerufen.",
    ],
)
def test_of_another_in_other_words_it_can_be_true_as_well(told: Archive, draft: str) -> None:
    found = checked(told, draft)
    assert not (found.label == "agent" and found.sure)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das Treffen in Genf kam nicht zustande.", True),
        ("Das Treffen in Genf ist nicht das erste.", False),
        ("Das Treffen brachte nicht nur Streit.", False),
    ],
)
def test_a_negation_of_a_part_denies_nothing(text: str, expected: bool) -> None:
    document = read_draft(text, default_pipeline(), DAY)
    facts = read_facts(document, document.sentences[0].span, lambda _: frozenset(), lambda _: frozenset())
    assert negated_at(facts, text.index("Treffen")) is expected


def test_a_day_that_a_person_corrected_counts_and_is_said_to() -> None:
    with data.reading_with(files.Models.DEFAULT), archived("sample", "2018-09-18_stadtjournal") as archive:
        event = next(e for e in archive.linked().events if e.event_type == "MOBILIZE" and e.interval)
        judge(archive, Decision(Decided.CORRECT, event.id, field="time", value="2018-09-15"), author="anna", made_at=AT)
        relink(archive, clock=lambda: AT)
        right = checked(archive, "Perkonien hat am 15. September 2018 Truppen nach Karvenien verlegt.")
        wrong = checked(archive, "Perkonien hat am 17. September 2018 Truppen nach Karvenien verlegt.")
    assert (right.label, right.sure) == ("supported", True)
    assert (wrong.label, wrong.sure) == ("date", True)
    assert "day-by-person" in right.reasons
    assert "day-by-person" in wrong.reasons


def test_who_acts_is_looked_for_in_the_clause_in_which_it_happens(told: Archive) -> None:
    """The headline "Karvenien beschuldigt die Volksfront, Perkonien droht …" names both."""
    found = checked(told, "Perkonien beschuldigte die Volksfront.")
    assert (found.label, found.sure) != ("supported", True)


def test_a_town_does_not_exclude_the_state_that_it_lies_in(told: Archive) -> None:
    """The archive has both "aus dem Nachbarland Karvenien" and "die karvenische Hafenstadt Miren"."""
    found = checked(told, "Perkonien hat seine Soldaten aus Miren abgezogen.")
    assert found.label == "supported"
    elsewhere = checked(told, "Perkonien hat seine Soldaten aus Ulmarsk abgezogen.")
    assert (elsewhere.label, elsewhere.sure) == ("place", True)


def test_an_adjective_means_the_place_that_it_is_made_from(told: Archive) -> None:
    parts = archive_entities(told)
    directory = Directory(parts)
    places = {one.name: one.id for one in parts if one.kind is EntityKind.GPE}
    assert directory.called("perkonischen") == directory.called("Perkonien") == {places["Perkonien"]}
    assert directory.called("Karvenische") == {places["Karvenien"]}
    assert directory.called("kritische") == directory.called("Perkonierte") == frozenset()


def test_a_place_that_was_read_as_somebody_is_found_by_its_name(told: Archive) -> None:
    parts = archive_entities(told)
    directory = Directory(parts)
    (place,) = (one.id for one in parts if one.name == "Karvenien")
    assert directory.meant(LocalEntity("e1", EntityKind.PER, "Karveniens")) == {place}
    assert directory.meant(LocalEntity("e1", EntityKind.PER, "Unbekanns")) == frozenset()
    found = checked(told, "Die Soldaten Karveniens verließen Perkonien.")
    assert (found.label, found.sure) != ("supported", True)


def archive_entities(archive: Archive) -> Sequence[Entity]:
    placed = archive.placed([document.article.id for document in archive.documents()])
    return archive.parts_of({*placed.entity_of.values()}).entities


def test_among_what_is_unsure_what_would_change_the_draft_comes_first() -> None:
    text = "Die Fähre lief aus."
    draft = evidence("a", text, Span(0, len(text)))
    cited = (Cited(draft, "a.txt"),)
    borne_out = Finding(Verdict.SUPPORTED, draft, sure=False, score=0.9, evidence=cited)
    against = Finding(Verdict.CONTRADICTED, draft, sure=False, score=0.6, kind=DraftKind.DATE, evidence=cited)
    certain = Finding(Verdict.SUPPORTED, draft, sure=True, score=0.7, evidence=cited)
    assert sorted([borne_out, against, certain], key=_order) == [certain, against, borne_out]
