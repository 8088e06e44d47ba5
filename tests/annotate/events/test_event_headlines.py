"""A headline tells the same kind of event, of the same people, as the sentence that it stands for."""

from __future__ import annotations

import pytest
from tests.annotate.events.told import told

from quellenlage.encoder import files
from quellenlage.model import EntityKind

PER, GPE, GRP, ORG = EntityKind.PER, EntityKind.GPE, EntityKind.GRP, EntityKind.ORG
NAMES = {"Heger": PER, "Dorn": PER, "Husum": GPE, "Polizei": ORG, "Orvenien": GPE, "Truppen": GRP, "Minister": GRP}
BODY = "\n\nEs war ein langer Tag."


@pytest.fixture(autouse=True)
def with_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the encoder, which knows the trees."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.mark.parametrize(
    ("headline", "event"),
    [
        ("Minister wegen Betrugs verurteilt", ("JUSTICE", [], ["Minister"], "happened")),
        ("Heger in Husum verhaftet", ("COERCE", [], ["Heger"], "happened")),
        ("Minister entlassen", ("PERSONNEL", [], ["Minister"], "happened")),
        ("Dorn zur Ministerin ernannt", ("PERSONNEL", [], ["Dorn"], "happened")),
        ("Dorn tritt zurück", ("PERSONNEL", ["Dorn"], [], "happened")),
        ("Polizei verhaftet Heger", ("COERCE", ["Polizei"], ["Heger"], "happened")),
        ("Orvenien zieht Truppen aus Husum ab", ("RETREAT", [], ["Truppen"], "happened")),
        ("Dorn will nach Husum reisen", ("MOVEMENT", ["Dorn"], [], "planned")),
        ("Heger soll Minister bestochen haben", ("CRIME", ["Heger"], ["Minister"], "alleged")),
        ("Kein Treffen von Dorn und Heger", ("CONSULT", ["Dorn", "Heger"], [], "denied")),
    ],
)
def test_a_headline_is_read_as_its_sentence_would_be(headline: str, event: tuple[object, ...]) -> None:
    found = told(headline + BODY, NAMES)
    read = [(e["type"], e["actors"], e["recipients"], e["factuality"]) for e in found]
    if event[0] == "RETREAT":
        read = [(kind, [], people, how) for kind, _, people, how in read]  # who withdraws whom may be told as the actor
    assert event in read


def test_a_headline_and_its_sentence_are_one_event() -> None:
    text = "Dorn tritt zurück\n\nFrau Dorn ist in Husum zurückgetreten."
    assert [(e["type"], e["actors"]) for e in told(text, NAMES)] == [("PERSONNEL", ["Dorn"])]


def test_the_dead_of_a_headline_are_counted_as_its_victims() -> None:
    names = {**NAMES, "Drei Tote": GRP}
    found = {e["type"]: e for e in told("Drei Tote bei Brand in Husum" + BODY, names)}
    assert found["DEATH"]["recipients"] == ["Drei Tote"]
    assert found["DEATH"]["place"] == found["DISASTER"]["place"] == "Husum"
