"""What one speaker says in time: changes are marked where the words differ, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

from tests.link.made import Making, Telling, made
from tests.link.test_statements import NAMES, Words, article, one

from quellenlage.link import link
from quellenlage.model import Document, Evidentiality, Factuality, Linked, Polarity
from quellenlage.story import tell
from quellenlage.story.positions import Level, Position, positions

YES = "Wir werden dem Nordbund schwere Kräne liefern"
NO = "Wir werden dem Nordbund keine schweren Kräne liefern"


def linked(documents: list[Document]) -> Linked:
    return tell(documents, link(documents, (), frozenset()), ())


def of(documents: list[Document], name: str = "Ilse Brandner", **chosen: object) -> tuple[Position, ...]:
    found = linked(documents)
    speakers = frozenset(e.id for e in found.entities if e.name == name)
    return positions(found, speakers, **chosen)  # type: ignore[arg-type]  # fields by name


def test_what_was_ruled_out_and_then_announced_is_marked_with_both_passages() -> None:
    first, second = of([one(1, NO), one(2, YES, "2021-05-02")])
    assert (first.level, second.level) == (Level.DENIED, Level.AFFIRMED)
    assert first.changes == ()
    (change,) = second.changes
    assert (change.was, change.now, change.event) == (Level.DENIED, Level.AFFIRMED, None)
    assert change.before.evidence[0].exact == NO
    assert second.retelling.evidence[0].exact == YES


def test_affirmed_then_denied_then_affirmed_again() -> None:
    told = of([one(1, YES), one(2, NO, "2021-04-02"), one(3, YES, "2021-05-02"), one(4, YES, "2021-06-02")])
    assert [p.level for p in told] == [Level.AFFIRMED, Level.DENIED, Level.AFFIRMED, Level.AFFIRMED]
    assert [[c.was for c in p.changes] for p in told] == [[], [Level.AFFIRMED], [Level.DENIED], []]


def test_the_same_words_denied_and_then_admitted() -> None:
    words = "dem Nordbund im Frühjahr schwere Kräne verkauft zu haben"
    told = of([one(1, words, polarity=Polarity.DENIED), one(2, words, "2021-04-20")])
    assert [[c.was for c in p.changes] for p in told] == [[], [Level.DENIED]]


def test_left_open_and_then_affirmed() -> None:
    words = "ob der Nordbund im Herbst schwere Kräne bekommt"
    told = of([one(1, words, evidentiality=Evidentiality.QUESTIONED), one(2, words, "2021-04-20")])
    assert [p.level for p in told] == [Level.OPEN, Level.AFFIRMED]
    assert [c.was for c in told[1].changes] == [Level.OPEN]


def test_different_matters_are_no_change() -> None:
    other = "Die Löhne der Lotsen in Dorwa werden nicht steigen"
    assert all(p.changes == () for p in of([one(1, YES), one(2, other, "2021-05-02")]))


def test_somebody_else_contradicting_is_no_change() -> None:
    documents = [one(1, YES), one(2, NO, "2021-05-02", speaker="Marek Toldin")]
    assert [p.changes for p in of(documents)] == [()]
    assert [p.changes for p in of(documents, "Marek Toldin")] == [()]


def test_without_an_order_in_time_nothing_is_marked() -> None:
    assert all(p.changes == () for p in of([one(1, YES), one(2, NO)]))
    told = of([one(1, NO, "2021-04-01"), one(2, YES, None)])
    assert [p.days is None for p in told] == [False, True]
    assert all(p.changes == () for p in told)


def test_of_one_event_denied_then_admitted() -> None:
    def report(number: int, text: str, dct: str, factuality: Factuality) -> Document:
        names = {name: kind for name, kind in NAMES.items() if name in text}
        event = Telling(
            "Angriff", "ASSAULT", ["Nordbund"], [], "Kalt-Hafen", "2021-03-11", factuality, word_of="Ilse Brandner"
        )
        return made(number, text, Making(outlet=f"Blatt {number}", dct=dct, names=names, events=[event]))

    denied = "Ilse Brandner bestritt, dass es einen Angriff des Nordbund auf Kalt-Hafen gab."
    admitted = "Nach Wochen gab Ilse Brandner zu: Es war ein Angriff des Nordbund auf den Ort Kalt-Hafen."
    documents = [
        report(1, denied, "2021-03-12", Factuality.DENIED),
        report(2, admitted, "2021-04-12", Factuality.HAPPENED),
    ]
    first = documents[0]
    documents[0] = replace(first, claims=tuple(replace(c, polarity=Polarity.DENIED) for c in first.claims))
    found = linked(documents)
    (event,) = found.events
    told = of(documents, event=event.id)
    assert len(told) == 2
    assert [(c.was, c.now, c.event) for c in told[1].changes if c.event] == [(Level.DENIED, Level.AFFIRMED, event.id)]
    assert of(documents, event="evm-none") == ()


def test_only_what_is_asked_about() -> None:
    documents = [one(1, YES), article(2, "Ilse Brandner: Es regnet.", "2021-04-01", Words("Es regnet"))]
    keys = {documents[1].claims[0].key("art-02")}
    assert [p.retelling.claim for p in of(documents, about=lambda key: key in keys)] == list(keys)


def test_words_of_ones_own_after_a_verb_of_denying_are_no_change() -> None:
    words = "Die Abgeordneten von Dorwa sind informiert gewesen"
    told = [one(1, words, polarity=Polarity.DENIED), one(2, words, "2021-04-20")]
    (claim,) = told[0].claims
    told[0] = replace(told[0], claims=(replace(claim, reasons=("stance:deny",)),))
    assert all(p.changes == () for p in of(told))
    text = "Ilse Brandner bestritt das: Die Abgeordneten von Dorwa seien informiert gewesen."
    indirect = "Die Abgeordneten von Dorwa seien informiert gewesen"
    colon = article(3, text, "2021-05-20", Words(indirect, polarity=Polarity.DENIED))
    (claim,) = colon.claims
    colon = replace(colon, claims=(replace(claim, reasons=("stance:deny",)),))
    assert all(p.changes == () and p.level is Level.AFFIRMED for p in of([told[1], colon]))


def test_reserve_roles_and_conditions_are_no_change() -> None:
    pairs = [
        ("Der Nordbund hat Dorwa nie angegriffen", "Dorwa hat der Nordbund angegriffen"),
        ("Ich trete nicht zurück, solange Dorwa nicht fertig ist", "Ich trete zurück, sobald Dorwa fertig ist"),
        ("Wir liefern nicht nur Kräne, sondern auch Boote", "Wir liefern Kräne und auch Boote"),
    ]
    for first, second in pairs:
        assert all(p.changes == () for p in of([one(1, first), one(2, second, "2021-05-02")])), first
    hedged = one(1, YES, evidentiality=Evidentiality.HEDGED)
    assert all(p.changes == () for p in of([hedged, one(2, YES, "2021-05-02")]))


def test_the_passage_shown_is_one_of_the_first_day_of_its_occasion() -> None:
    whole = YES + ", und wir werden die Lotsen von Dorwa bezahlen"
    short = one(1, YES, "2021-03-12")
    (position,) = of([short, one(2, whole, "2021-03-15")])
    assert position.retelling.evidence[0].exact == YES
