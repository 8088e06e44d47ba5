from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.annotate.language import STAGE as LANGUAGE
from quellenlage.coreference import References
from quellenlage.coreference.discourse import Discourse
from quellenlage.coreference.nouns import bindings
from quellenlage.model import (
    Article,
    Document,
    EntityKind,
    LocalEntity,
    Mention,
    Role,
    Span,
    Zone,
    ZoneKind,
    text_digest,
)


def document(text: str, entities: dict[str, list[str]], roles: dict[str, str] | None = None) -> Document:
    """A text with mentions: "PER:Ina Voss" gives the words that stand for her, "*Konzern" those that are a noun."""
    article = Article("a", "c", "s", text, text_digest(text), "text", (Zone(0, len(text), ZoneKind.BODY),), "de")
    known, mentions = [], []
    for number, (key, forms) in enumerate(entities.items(), start=1):
        kind, _, name = key.partition(":")
        said = [Role(text.index(r), text.index(r) + len(r), r) for n, r in (roles or {}).items() if n == name]
        known.append(LocalEntity(f"e{number}", EntityKind(kind), name, tuple(said)))
        for form in forms:
            mentions += [
                (m.start(), m.end(), EntityKind(kind), "noun" if form[0] == "*" else "name", f"e{number}")
                for m in re.finditer(rf"(?<!\w){re.escape(form.lstrip('*'))}(?!\w)", text)
            ]
    mentions.sort()
    made = tuple(
        Mention(f"m{n}", start, end, kind, form, entity)  # type: ignore[arg-type]  # "noun" and "name" are forms
        for n, (start, end, kind, form, entity) in enumerate(mentions, start=1)
    )
    read = LANGUAGE.run(Document(article))
    return Document(article, read.sentences, read.tokens, (), made, tuple(known))


def meant(given: Document, word: str, nth: int = 1, references: References | None = None) -> str | None:
    """The name of the one whom a pronoun means."""
    places = [m.start() for m in re.finditer(rf"(?<!\w){word}(?!\w)", given.text)]
    start = places[nth - 1]
    answer = (references or References(given)).pronoun(Span(start, start + len(word)))
    return given.entity(answer.entity).name if answer is not None and answer.entity is not None else None


TWO = {"PER:Ina Voss": ["Ina Voss", "Voss"], "PER:Olaf Brandt": ["Olaf Brandt", "Brandt"]}


@pytest.mark.parametrize(("pronoun", "who"), [("Er", "Olaf Brandt"), ("Sie", "Ina Voss")])
def test_gender_decides_between_two_people(pronoun: str, who: str) -> None:
    text = f"Ina Voss traf am Montag Olaf Brandt in Kiel. {pronoun} sagte, das Gespräch sei gut verlaufen."
    assert meant(document(text, TWO), pronoun) == who


def test_the_subject_of_the_sentence_before_goes_on() -> None:
    text = "Peter Lohberger kritisierte am Montag die Pläne von Olaf Brandt. Er forderte ein neues Gesetz."
    people = {"PER:Peter Lohberger": ["Peter Lohberger"], "PER:Olaf Brandt": ["Olaf Brandt"]}
    assert meant(document(text, people), "Er") == "Peter Lohberger"


def test_a_woman_is_no_er_and_nobody_is_meant_where_nobody_fits() -> None:
    text = "Ina Voss war am Montag in Kiel. Er sagte, das sei gut so."
    assert meant(document(text, {"PER:Ina Voss": ["Ina Voss"]}), "Er") is None


@pytest.mark.parametrize("pronoun", ["Man", "Es", "Ich", "Wir"])
def test_words_that_refer_to_nobody_named_are_never_resolved(pronoun: str) -> None:
    text = f"Olaf Brandt war am Montag in Kiel. {pronoun} sagte, das sei gut so."
    assert meant(document(text, {"PER:Olaf Brandt": ["Olaf Brandt"]}), pronoun) is None


def test_a_chain_of_pronouns_is_followed() -> None:
    text = (
        "Olaf Brandt trat im März zurück. Er zog danach nach Kiel. Dort arbeitete er in einer Werft. "
        "Später leitete er sie. Nun will er wieder antreten."
    )
    assert meant(document(text, {"PER:Olaf Brandt": ["Olaf Brandt"]}), "er", 3) == "Olaf Brandt"


def test_the_speaker_of_the_words_around_is_meant() -> None:
    text = "Olaf Brandt sprach mit Peter Lohberger. Brandt sagte, dass er morgen nach Kiel fahre."
    given = document(text, {"PER:Olaf Brandt": ["Olaf Brandt", "Brandt"], "PER:Peter Lohberger": ["Peter Lohberger"]})
    references = References(given)
    start = text.index("dass er")
    references.spoken([Span(start, len(text) - 1)], ("e1",))
    assert meant(given, "er", references=references) == "Olaf Brandt"


def test_asking_twice_and_anew_gives_the_same() -> None:
    given = document("Ina Voss traf Olaf Brandt. Er ging. Sie blieb. Er kam wieder.", TWO)
    references = References(given)
    first = [references.pronoun(Span(i, i + 2)) for i in (27, 48)]
    assert first == [references.pronoun(Span(i, i + 2)) for i in (27, 48)]
    assert first == [References(given).pronoun(Span(i, i + 2)) for i in (27,)] + [first[1]]


def bound(given: Document) -> list[str]:
    names = {m.id: given.text[m.start : m.end] for m in given.mentions}
    return [f"{names[mention]} = {given.entity(entity).name}" for mention, entity in bindings(given).items()]


def test_a_company_is_called_by_what_it_is() -> None:
    text = "Quintwerke baut in Kiel Stellen ab. Die Polizei war da. Der Konzern nannte am Montag keine Zahlen."
    given = document(text, {"ORG:Quintwerke": ["Quintwerke"], "ORG:Konzern": ["*Konzern"], "ORG:Polizei": ["*Polizei"]})
    assert bound(given) == ["Konzern = Quintwerke"]


def test_a_person_is_called_by_an_office_that_was_told() -> None:
    text = "Außenministerin Ina Voss war mit Olaf Brandt in Kiel. Am Abend reiste die Ministerin ab."
    given = document(text, {**TWO, "GRP:Ministerin": ["*Ministerin"]}, {"Ina Voss": "Außenministerin"})
    assert bound(given) == ["Ministerin = Ina Voss"]


@pytest.mark.parametrize(
    ("noun", "phrase"),
    [
        ("Konzern", "Ein Konzern"),  # brought in as something new
        ("Konzern", "Der schwedische Konzern"),  # an adjective may mean another one
        ("Richter", "Der Richter"),  # mostly nobody who was named
        ("Regierung", "Die Regierung"),
    ],
)
def test_what_is_unsure_is_left_alone(noun: str, phrase: str) -> None:
    text = f"Quintwerke verklagt Olaf Brandt, sagte Brandt. {phrase} nannte am Montag keine Zahlen."
    kind = "GRP" if noun == "Richter" else "ORG"
    forms = [f"*{phrase.split(' ', 1)[1]}"]
    given = document(
        text, {"ORG:Quintwerke": ["Quintwerke"], "PER:Olaf Brandt": ["Olaf Brandt", "Brandt"], f"{kind}:{noun}": forms}
    )
    assert bound(given) == []


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(1, 3), st.sampled_from(["e1", "e2", "e3"])), max_size=25))
def test_of_each_entity_the_last_mention_in_a_sentence_is_remembered(places: list[tuple[int, int, str]]) -> None:
    text = "Voss rief. Brandt kam. " * 2
    three: dict[str, list[str]] = {"PER:Ina Voss": [], "PER:Olaf Brandt": [], "PER:Jan Tamm": []}
    discourse = Discourse(document(text, three))
    tokens = discourse.tokens
    for first, count, entity in places:
        last = min(first + count, len(tokens)) - 1
        discourse.add(Span(tokens[first].start, tokens[last].end), entity, "name")
    for offset in range(len(text) + 1):
        expected: dict[tuple[int, str], tuple[int, int]] = {}
        for seen in reversed(discourse.seen):
            if seen.end <= offset:
                expected.setdefault((seen.sentence, seen.entity), (seen.start, seen.end))
        found = list(discourse.before(offset))
        assert {(seen.sentence, seen.entity): (seen.start, seen.end) for seen in found} == expected
        assert len(found) == len(expected)
        assert [seen.start for seen in found] == sorted((seen.start for seen in found), reverse=True)
