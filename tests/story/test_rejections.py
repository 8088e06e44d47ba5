"""What a rejection denies, and what it takes for granted."""

from __future__ import annotations

import pytest
from tests.story.conflict_cases import linked

from quellenlage.annotate.language import words
from quellenlage.encoder import files
from quellenlage.model import Document, make_capture
from quellenlage.model.capture import Given
from quellenlage.pipeline import analyse
from quellenlage.story.figures import risen_in
from quellenlage.story.places import is_facility
from quellenlage.story.rejections import circumstances, stands

parsed = pytest.mark.skipif(not files.available(words.MODEL), reason="the model files are not in this tree")


@pytest.fixture(autouse=True)
def encoder(models: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as users do: the parse comes from the encoder."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


def _read(text: str) -> Document:
    capture = make_capture(
        source="0.txt",
        media_type="text/plain",
        content=text.encode(),
        text=f"{text}\n",
        captured_at="2024-06-01T00:00:00Z",
        given=Given(published="2024-05-09", outlet="Bote", title=None),
    )
    return analyse(capture)


def _stands(text: str, trigger: str) -> bool:
    document = _read(text)
    (mention,) = [m for m in document.events if m.trigger.of(document.text) == trigger]
    return stands(document, mention)


@parsed
@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Nach dem Brand in Husum wies die Feuerwehr Vorwürfe zurück.", "Brand"),
        ("Die Reederei hat Vorwürfe nach dem Schiffsunglück vor Husum zurückgewiesen.", "Schiffsunglück"),
        ("Die Polizei wies Vorwürfe im Zusammenhang mit der Razzia in Trier zurück.", "Razzia"),
        ("Die Polizei wies Vorwürfe wegen der Razzia in Trier zurück.", "Razzia"),
        ("Die Polizei wies Vorwürfe zum Brand in Husum zurück.", "Brand"),
        ("Die Polizei wies Kritik an der Razzia in Trier zurück.", "Razzia"),
        ("Die Armee wies den Vorwurf eines Angriffs auf Odessa zurück.", "Vorwurf"),
    ],
)
def test_what_stands_beside_the_rejected_is_granted(text: str, trigger: str) -> None:
    assert _stands(text, trigger)


@parsed
@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Die Armee dementierte Berichte über einen Angriff auf Odessa.", "Angriff"),
        ("Die Armee wies den Vorwurf eines Angriffs auf Odessa zurück.", "Angriffs"),
        ("Die Armee hat nach dem Brand einen Angriff auf Odessa dementiert.", "Angriff"),
        ("Müller bestritt, nach dem Überfall in Trier geflohen zu sein.", "geflohen"),
        ("Die Armee wies Vorwürfe nach dem angeblichen Angriff auf Odessa zurück.", "Angriff"),
        ("Dass ein Gespräch stattgefunden habe, dementierte er.", "Gespräch"),
    ],
)
def test_the_object_of_a_rejection_and_what_is_open_are_not_granted(text: str, trigger: str) -> None:
    assert not _stands(text, trigger)


@parsed
@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("Die Reederei hat Vorwürfe nach dem Brand zurückgewiesen.", ["nach", "dem", "Brand"]),
        ("Die Armee bestritt eine Beteiligung an dem Angriff auf Odessa.", []),
        ("Die Armee griff nach dem Brand an.", []),
    ],
)
def test_words_beside_a_rejection(text: str, left_out: list[str]) -> None:
    document = _read(text)
    sentence = document.sentences[0].span
    assert [span.of(document.text) for span in circumstances(document, sentence)] == left_out


@parsed
@pytest.mark.parametrize(
    "text",
    [
        "Nach dem Brand in der Lagerhalle in Husum wies die Feuerwehr am Dienstag Vorwürfe zurück.",
        "Die Feuerwehr hat Kritik nach dem Brand in der Lagerhalle in Husum zurückgewiesen.",
    ],
)
def test_a_fire_after_which_reproaches_are_rejected_is_not_denied(text: str) -> None:
    told = "Bei einem Brand in einer Lagerhalle in Husum sind am Montag zwei Menschen gestorben."
    case = {"article": [{"day": "2024-05-07", "text": told}, {"day": "2024-05-08", "text": text}]}
    assert [c.reasons for c in linked(case).conflicts if c.kind.value == "happened"] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Die Zahl der Toten ist auf fünf gestiegen.", {5.0}),
        ("Damit steigt die Zahl auf mehr als 130.", {130.0}),
        ("Die Zahl stieg auf 1.200 Verletzte.", {1200.0}),
        ("Er stieg auf den Berg. Auf 5 Bänken saßen Leute.", set()),
        ("Der Zug hält auf fünf Bahnhöfen.", set()),
    ],
)
def test_numbers_that_rose(text: str, numbers: set[float]) -> None:
    assert risen_in(text) == numbers


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Krankenhaus", True),
        ("Kreiskrankenhaus", True),
        ("Hotel Adler", True),
        ("Kassel", False),
        ("Bad Hersfeld", False),
    ],
)
def test_facilities(name: str, expected: bool) -> None:
    assert is_facility(name) is expected
