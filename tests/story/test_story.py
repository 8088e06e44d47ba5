"""Corroboration, conflicts, stories and the order of the chronicle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.link.made import Making, Telling, made

from quellenlage.link.events import group, make_event
from quellenlage.link.origins import find_origins
from quellenlage.link.reuse import find_reuse
from quellenlage.link.tellings import tellings
from quellenlage.model import (
    ConflictKind,
    Document,
    Entity,
    EntityKind,
    Factuality,
    Linked,
    Member,
    Verdict,
    make_judgement,
)
from quellenlage.story import tell
from quellenlage.story.places import is_state

PER, GPE, ORG = EntityKind.PER, EntityKind.GPE, EntityKind.ORG
NAMES = {"Ilse Brandner": PER, "Marek Toldin": PER, "Dorwa": GPE, "Kalt-Hafen": GPE, "Nordbund": ORG}


def linked(documents: Sequence[Document]) -> Linked:
    entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
    members: dict[tuple[str, EntityKind], list[Member]] = {}
    for d in documents:
        for e in d.entities:
            members.setdefault((e.name, e.kind), []).append(Member(d.article.id, e.id))
    reuses = find_reuse(documents)
    provenance = find_origins(documents, reuses)
    clusters = group(tellings(documents, entity_of, ()), {r.article: r.earlier for r in reuses}, ())
    return Linked(
        entities=tuple(Entity(f"ent-{name}", kind, name, tuple(found)) for (name, kind), found in members.items()),
        origins=provenance.origins,
        reuses=reuses,
        events=tuple(make_event(cluster, provenance, {}) for cluster in clusters),
    )


def attack(number: int, text: str, outlet: str, **telling: object) -> Document:
    defaults: dict[str, object] = {
        "trigger": "Angriff",
        "type": "ASSAULT",
        "recipients": ["Nordbund"],
        "place": "Kalt-Hafen",
        "time": "2021-03-11",
    }
    if "figure" in telling:
        defaults["number"] = telling.pop("figure")
    told = Telling(**{**defaults, **telling})  # type: ignore[arg-type]  # fields by name
    names = {name: kind for name, kind in NAMES.items() if name in text}
    return made(number, text, Making(outlet=outlet, dct="2021-03-12", names=names, events=[told]))


ONE = "Bei dem Angriff auf den Nordbund in Kalt-Hafen starben laut Ilse Brandner mindestens 30 Menschen."
TWO = "Nach dem Angriff auf den Nordbund in Kalt-Hafen zählte Marek Toldin am Abend zwölf Menschen unter den Toten."
THREE = "Ein Angriff auf den Nordbund traf Kalt-Hafen."


def test_numbers_that_cannot_both_hold_are_a_conflict_with_both_sides() -> None:
    documents = [
        attack(1, ONE, "Bote", word_of="Ilse Brandner", figure=("mindestens 30 Menschen", 30, None, "Mensch")),
        attack(2, TWO, "Kurier", word_of="Marek Toldin", figure=("zwölf Menschen", 12, 12, "Mensch")),
    ]
    told = tell(documents, linked(documents), ())
    (conflict,) = told.conflicts
    assert conflict.kind is ConflictKind.NUMBER
    assert {side.value for side in conflict.sides} == {"mindestens 30 Menschen", "zwölf Menschen"}
    assert {side.chain for side in conflict.sides} == {(("ent-Ilse Brandner",),), (("ent-Marek Toldin",),)}


def test_numbers_that_can_both_hold_are_none() -> None:
    documents = [
        attack(1, ONE, "Bote", figure=("mindestens 30 Menschen", 30, None, "Mensch")),
        attack(2, TWO, "Kurier", figure=("zwölf Menschen", 12, 40, "Mensch")),
    ]
    assert tell(documents, linked(documents), ()).conflicts == ()


def test_only_figures_that_contradict_another_are_sides() -> None:
    documents = [
        attack(1, ONE, "Bote", figure=("mindestens 30 Menschen", 30, None, "Mensch")),
        attack(2, TWO, "Kurier", figure=("zwölf Menschen", 12, 12, "Mensch")),
        attack(3, ONE + " Später.", "Blatt", figure=("mindestens 30 Menschen", 5, None, "Mensch")),
    ]
    (conflict,) = tell(documents, linked(documents), ()).conflicts
    assert {side.evidence.article for side in conflict.sides} == {"art-01", "art-02"}


def test_a_denial_stands_beside_what_it_denies() -> None:
    documents = [attack(1, ONE, "Bote"), attack(2, TWO, "Kurier", factuality=Factuality.DENIED, word_of="Marek Toldin")]
    told = tell(documents, linked(documents), ())
    assert [conflict.kind for conflict in told.conflicts] == [ConflictKind.HAPPENED]
    assert told.events[0].corroboration.informants == (told.origins[0].id,)


def test_days_that_differ_are_a_conflict_and_a_rejected_one_stays_away() -> None:
    text = "Marek Toldin führte einen Angriff auf den Nordbund in Kalt-Hafen"
    documents = [
        attack(1, f"{text} am Donnerstag.", "Bote", actors=["Marek Toldin"]),
        attack(2, f"{text} am Freitag.", "Kurier", actors=["Marek Toldin"], time="2021-03-12"),
    ]
    told = tell(documents, linked(documents), ())
    assert [conflict.kind for conflict in told.conflicts] == [ConflictKind.TIME]
    away = make_judgement(Verdict.REJECT, told.conflicts[0].id, made_at="2021-04-01T00:00:00Z", author="test")
    assert tell(documents, linked(documents), [away]).conflicts == ()


def test_a_state_does_not_contradict_a_town_inside_it() -> None:
    assert is_state("Frankreich")
    assert is_state("Côte d’Ivoire")
    assert not is_state("Latakia")


def test_informants_and_origins_are_counted_apart_and_reprints_for_neither() -> None:
    long = ONE + " " + " ".join(f"Satz Nummer {n} erzählt noch etwas anderes vom Hafen." for n in range(12))
    documents = [
        attack(1, long, "Bote", word_of="Ilse Brandner"),
        attack(2, TWO, "Kurier", word_of="Marek Toldin"),
        attack(3, long + " Ende.", "Anzeiger", word_of="Ilse Brandner"),
        attack(4, THREE, "Blatt"),
    ]
    (event,) = tell(documents, linked(documents), ()).events
    found = event.corroboration
    assert set(found.informants) == {"ent-Ilse Brandner", "ent-Marek Toldin", event.accounts[3].origin}
    assert len(found.origins) == 3
    assert found.reprints == 1


def test_the_chronicle_is_ordered_and_leaves_out_what_names_nobody() -> None:
    text = "Marek Toldin traf Ilse Brandner. Später flog Ilse Brandner ab. Ein Unglück geschah."
    names = {"Marek Toldin": PER, "Ilse Brandner": PER}
    document = made(
        1,
        text,
        Making(
            dct="2021-03-12",
            names=names,
            events=[
                Telling("flog", "MOVEMENT", actors=["Ilse Brandner"], time="2021-03-11"),
                Telling("traf", actors=["Marek Toldin", "Ilse Brandner"], time="2021-03-10"),
                Telling("Unglück", "ACCIDENT", time="2021-03-09"),
            ],
        ),
    )
    entries = tell([document], linked([document]), ()).chronicle
    assert [entry.evidence.exact for entry in entries] == [
        "Marek Toldin traf Ilse Brandner.",
        "Später flog Ilse Brandner ab.",
    ]
    assert [entry.position for entry in entries] == [0, 1]


def test_articles_on_one_event_are_one_story_and_strangers_another() -> None:
    documents = [attack(1, ONE, "Bote"), attack(2, TWO, "Kurier"), made(3, "Im Zoo wurde ein Esel geboren.")]
    stories = tell(documents, linked(documents), ()).stories
    assert [story.articles for story in stories] == [("art-01", "art-02"), ("art-03",)]


ACCUSED = "Ilse Brandner warf dem Nordbund den Angriff vor. Marek Toldin wies die Anschuldigung zurück."


def accusation(number: int, outlet: str) -> Document:
    names = {"Ilse Brandner": PER, "Nordbund": ORG, "Marek Toldin": PER}
    events = [
        Telling("warf", "ACCUSE", actors=["Ilse Brandner"], recipients=["Nordbund"], time="2021-03-11"),
        Telling("wies", "REJECT", actors=["Marek Toldin"], time="2021-03-11"),
    ]
    told = made(number, ACCUSED, Making(outlet=outlet, dct="2021-03-12", names=names, events=events))
    read = {"warf": ("vorwerfen", "VERB"), "wies": ("zurückweisen", "VERB"), "Anschuldigung": ("Anschuldigung", "NOUN")}
    known = [(token, read.get(token.span.of(ACCUSED), (None, None))) for token in told.tokens]
    tokens = tuple(replace(token, lemma=lemma, upos=upos) for token, (lemma, upos) in known)
    return replace(told, tokens=tokens)


def test_an_accusation_and_its_denial_are_one_conflict_however_often_told() -> None:
    documents = [accusation(1, "Bote"), accusation(2, "Kurier")]
    (conflict,) = tell(documents, linked(documents), ()).conflicts
    assert conflict.kind is ConflictKind.HAPPENED
    assert [(side.value, side.evidence.exact) for side in conflict.sides[:2]] == [
        ("alleged", "Ilse Brandner warf dem Nordbund den Angriff vor."),
        ("denied", "Marek Toldin wies die Anschuldigung zurück."),
    ]
    assert {side.evidence.article for side in conflict.sides} == {"art-01", "art-02"}
