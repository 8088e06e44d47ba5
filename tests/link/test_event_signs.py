"""Word families, series and several of a kind: what joins two tellings and what keeps them apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.link.made import Making, Telling, made
from tests.link.test_event_linking import FIRST, call

from quellenlage.families import RESOURCE, families_among, families_of, modes_of, ordinal, people_of
from quellenlage.link.events import group, make_event
from quellenlage.link.origins import find_origins
from quellenlage.link.tellings import tellings
from quellenlage.model import Document, EntityKind, Event, Member, fold
from quellenlage.resources import load

NAMES = {"Dorwa": EntityKind.GPE, "Nordbund": EntityKind.ORG}


def events_of(*documents: Document) -> list[Event]:
    entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
    provenance = find_origins(documents, ())
    clusters = group(tellings(documents, entity_of, ()), {}, ())
    return [make_event(cluster, provenance, {}, clusters) for cluster in clusters]


def attack(number: int, text: str, *triggers: str, **telling: object) -> Document:
    given: dict[str, object] = {"type": "ASSAULT", "recipients": ["Nordbund"], "place": "Dorwa", "time": "2021-03-11"}
    tellings_ = [Telling(word, **{**given, **telling}) for word in triggers]  # type: ignore[arg-type]  # fields by name
    return nouns(made(number, text, Making(dct="2021-03-12", names=NAMES, events=tellings_)), *triggers)


def nouns(document: Document, *words: str) -> Document:
    tokens = (replace(t, upos="NOUN") if t.span.of(document.text) in words else t for t in document.tokens)
    return replace(document, tokens=tuple(tokens))


@pytest.mark.parametrize("section", ["families", "people"])
def test_the_examples_of_the_table_hold(section: str) -> None:
    found = {"families": families_of, "people": people_of}[section]
    for example in load(RESOURCE)["examples"][section]:
        word, _, name = example.partition("|")
        assert (name.strip() in found(fold(word.strip()))) if name.strip() else not found(fold(word.strip()))


def test_every_word_of_the_table_is_found_under_its_family() -> None:
    for name, words in load(RESOURCE)["families"].items():
        assert all(name in families_among(frozenset(map(fold, word.split("+")))) for word in words.split())


def test_ordinals_count_from_one() -> None:
    assert [ordinal(w) for w in ("erste", "zweiten", "fuenfte", "gestern")] == [1, 2, 5, None]


def test_two_words_of_one_family_tell_one_event_and_a_call_is_no_meeting() -> None:
    assert modes_of("telefonat") != modes_of("gipfel")
    meeting = call(2, "Marek Toldin besuchte Ilse Brandner.", trigger="besuchte", time="2021-03-11")
    lemmas = {"besuchte": "besuchen", "telefoniert": "telefonieren"}
    one, other = (
        replace(d, tokens=tuple(replace(t, lemma=lemmas.get(t.span.of(d.text))) for t in d.tokens))
        for d in (call(1, FIRST, time="2021-03-11"), meeting)
    )
    assert len(events_of(one, other)) == 2


def test_a_second_attack_of_the_same_day_and_place_is_another_of_one_series() -> None:
    first = attack(1, "Ein Angriff traf den Nordbund in Dorwa.", "Angriff")
    text = "Der zweite Angriff traf den Nordbund in Dorwa wenig danach."
    other = attack(2, text, "Angriff", time="2021-03")
    one, two = events_of(first, other)
    assert [(link.event, link.kind) for link in two.links] == [(one.id, "series")]
    assert any(reason.startswith("ordinal:2") for reason in two.links[0].reasons)


def test_the_attack_after_its_verb_is_the_same_and_another_is_not() -> None:
    text = "Bewaffnete haben den Nordbund in Dorwa mit einem Überfall getroffen. Der Angriff dauerte lange."
    (event,) = events_of(attack(1, text, "Überfall", "Angriff"))
    assert len(event.accounts) == 2
    text = "Bewaffnete haben den Nordbund in Dorwa mit einem Überfall getroffen. Ein weiterer Angriff dauerte lange."
    assert len(events_of(attack(1, text, "Überfall", "Angriff"))) == 2


def test_a_new_article_never_regroups_old_ones() -> None:
    documents = [
        attack(1, "Ein Angriff traf den Nordbund in Dorwa.", "Angriff"),
        attack(2, "Ein Überfall auf den Nordbund in Dorwa.", "Überfall"),
        attack(3, "Beschuss des Nordbund in Dorwa.", "Beschuss", time=None),
    ]
    before = {a.member: e.id for e in events_of(*documents[:2]) for a in e.accounts}
    after = {a.member: e.id for e in events_of(*documents) for a in e.accounts}
    assert before.items() <= after.items()
