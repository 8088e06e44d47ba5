"""Claims that deny another speaker's, and two speakers who count one thing, in texts read from the beginning."""

from __future__ import annotations

import pytest

from quellenlage.annotate.language import words
from quellenlage.encoder import files
from quellenlage.model import Conflict, ConflictKind, make_capture
from quellenlage.pipeline import analyse, connect

pytestmark = pytest.mark.skipif(not files.available(words.MODEL), reason="the model files are not in this tree")


@pytest.fixture(autouse=True)
def encoder(models: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as users do: kinds of words come from the encoder."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


ATTACK = "Die Armee habe das Dorf Lirn angegriffen, sagte Bürgermeister Jonas Reber."


def conflicts(text: str) -> tuple[Conflict, ...]:
    whole = f"Arlburg, 4. März 2021\n\n{text}\n"
    capture = make_capture(
        source="a.txt",
        media_type="text/plain",
        content=whole.encode(),
        text=whole,
        captured_at="2022-01-01T00:00:00Z",
    )
    return connect([analyse(capture)], [], frozenset()).conflicts


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Bei der Explosion starben nach Angaben der Polizei 17 Menschen; die Feuerwehr zählte 25.", {"17", "25"}),
        (
            "Die Polizei nahm nach eigenen Angaben 40 Demonstranten fest. "
            "Der Veranstalter Jonas Reber sprach dagegen von 90 Demonstranten.",
            {"40", "90"},
        ),
        (
            "Nach Angaben der Gewerkschaft sitzen 61 ihrer Mitglieder in Haft; das Ministerium räumt 40 ein.",
            {"61", "40"},
        ),
        (
            "Bei dem Angriff auf Arlburg wurden laut Polizei 300 Menschen verletzt, die Klinik nannte 120.",
            {"300", "120"},
        ),
        (
            "Am Montag verließen 200 Soldaten die Stadt Arlburg, sagte General Otto Kern. "
            "Ein Reporter zählte jedoch nur 150 Soldaten.",
            {"200", "150"},
        ),
        (
            "Ein Warnstreik der Busfahrer hat am Montag den Verkehr in Arlburg lahmgelegt. "
            "Nach Angaben der Gewerkschaft beteiligten sich 300 Beschäftigte, die Stadtwerke sprachen von 180.",
            {"300", "180"},
        ),
    ],
)
def test_two_speakers_who_count_one_thing_differently_conflict(text: str, figures: set[str]) -> None:
    (conflict,) = conflicts(text)
    assert conflict.kind is ConflictKind.NUMBER
    assert {side.value.split()[0] for side in conflict.sides} == figures
    assert len({side.chain for side in conflict.sides}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Bei der Explosion starben laut Polizei 17 Menschen; darunter zählte die Feuerwehr 5.",
        "Bei der Explosion starben laut Polizei mindestens 17 Menschen; die Feuerwehr zählte 25.",
        "Die Polizei nahm 40 Demonstranten fest. Am Abend meldete die Klinik 12 Demonstranten.",
        "Die Polizei nahm laut Otto Kern 40 Demonstranten fest und sperrte zwei Straßen.",
    ],
)
def test_figures_that_do_not_exclude_each_other_are_no_conflict(text: str) -> None:
    assert conflicts(text) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{ATTACK} Das stimme nicht, erklärte General Otto Kern.", "untrue"),
        (f"{ATTACK} Diese Behauptung sei frei erfunden, sagte General Otto Kern.", "untrue"),
        (f"{ATTACK} Die Armee habe das Dorf Lirn nicht angegriffen, sagte General Otto Kern.", "same-words"),
        (
            "Minister Jonas Reber machte die Nordfront für den Anschlag in Lirn verantwortlich. "
            "Seine Leute hätten mit dem Anschlag nichts zu tun, sagte Frontchef Otto Kern.",
            "accused",
        ),
        (
            f"{ATTACK} General Otto Kern stellte das anders dar. Die Rebellen hätten zuerst geschossen, sagte er.",
            "told-otherwise",
        ),
    ],
)
def test_a_claim_that_denies_another_speakers_stands_against_it(text: str, reason: str) -> None:
    (conflict,) = conflicts(text)
    assert (conflict.kind, conflict.reasons) == (ConflictKind.HAPPENED, ("denied", reason))
    assert [side.value for side in conflict.sides] == ["alleged", "denied"]
    assert len({side.chain for side in conflict.sides}) == 2


@pytest.mark.parametrize(
    "answer",
    [
        "Das stimme, erklärte General Otto Kern.",
        "Das Geld für Schulen sei nicht da, sagte Ministerin Ilse Brand.",
        "Er habe keine Angst, sagte General Otto Kern.",
    ],
)
def test_what_confirms_or_speaks_of_something_else_denies_nothing(answer: str) -> None:
    assert conflicts(f"{ATTACK} {answer}") == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Nach Angaben der Nordbund-Partei brannten am Montag drei Boote aus. Das Ministerium dementierte.", 1),
        ("Nach Angaben der Nordbund-Partei brannten am Montag drei Boote aus.\n\nMinisterium dementiert", 0),
    ],
)
def test_a_bare_denial_means_what_was_just_said_and_a_heading_does_not(text: str, count: int) -> None:
    assert len([c for c in conflicts(text) if "reported" in c.reasons]) == count


def test_who_rejects_criticism_denies_no_fact() -> None:
    text = "Marek Toldin kritisierte das Ministerium scharf. Ilse Brandner wies das zurück."
    assert [c for c in conflicts(text) if "accused" in c.reasons] == []
