"""Short texts through the real language stage, with hand-made mentions, for the tests of the event stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from quellenlage.annotate.events import STAGE as EVENTS
from quellenlage.annotate.events.clauses import clauses
from quellenlage.annotate.events.triggers import find_triggers
from quellenlage.annotate.events.words import sentence_words
from quellenlage.annotate.language import STAGE as LANGUAGE
from quellenlage.annotate.timex import STAGE as TIMEX
from quellenlage.model import (
    Article,
    Dct,
    Document,
    EntityKind,
    EventMention,
    LocalEntity,
    Mention,
    Zone,
    ZoneKind,
    text_digest,
)


def document(text: str, names: dict[str, EntityKind] | None = None) -> Document:
    """Make a one-zone document; every occurrence of a name becomes a mention of one entity of that name."""
    article = Article(
        id="art-test",
        capture="cap-test",
        source="test",
        text=text,
        text_sha256=text_digest(text),
        offsets_in="input",
        zones=(Zone(0, len(text), ZoneKind.BODY),),
        language="de",
    )
    entities, mentions = [], []
    for number, (name, kind) in enumerate((names or {}).items(), start=1):
        entities.append(LocalEntity(f"e{number}", kind, name))
        at = text.find(name)
        while at >= 0:
            mentions.append(Mention(f"m{at}", at, at + len(name), kind, "name", f"e{number}"))
            at = text.find(name, at + 1)
    mentions.sort(key=lambda m: m.start)
    return replace(LANGUAGE.run(Document(article)), entities=tuple(entities), mentions=tuple(mentions))


def events_of(text: str, names: dict[str, EntityKind] | None = None) -> list[EventMention]:
    """Events of a text."""
    return list(EVENTS.run(document(text, names)).events)


def told(text: str, names: dict[str, EntityKind]) -> list[dict[str, Any]]:
    """Events of a text with names instead of identifiers."""
    made = EVENTS.run(document(text, names))
    by_id = {e.id: e.name for e in made.entities}
    return [
        {
            "type": e.event_type,
            "trigger": e.trigger.of(text),
            "actors": [by_id[a] for a in e.actors],
            "recipients": [by_id[r] for r in e.recipients],
            "place": by_id[e.place] if e.place else None,
            "factuality": str(e.factuality),
        }
        for e in made.events
    ]


def triggers_of(text: str) -> list[tuple[str, str]]:
    """Trigger words of a text with their types, whether or not anybody takes part."""
    made = document(text)
    return [
        (trigger.word.form, trigger.reading.event_type)
        for sentence in made.sentences
        for clause in clauses(sentence_words(made, sentence))
        for trigger in find_triggers(clause)
    ]


def dated(text: str, names: dict[str, EntityKind], day: date) -> list[EventMention]:
    """Events of a text that was published on a day, with its time expressions read."""
    made = document(text, names)
    made = replace(made, article=replace(made.article, dct=Dct(day, day, "given")))
    return list(EVENTS.run(TIMEX.run(made)).events)
