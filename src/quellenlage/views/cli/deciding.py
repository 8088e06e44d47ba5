"""Decisions for a terminal: what they would change, what they join, and the log of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quellenlage.execution import Change, Effect, Logged, preview
from quellenlage.model import (
    ACCOUNT,
    FORGOTTEN,
    PARTED,
    PRIVACY,
    RELIABILITY,
    Archive,
    Entity,
    EntityKind,
    Event,
    Judgement,
    Linked,
    Statement,
    Verdict,
    to_builtins,
)
from quellenlage.views.cli import output
from quellenlage.views.cli.lines import INDENT
from quellenlage.views.cli.output import bold, dim, plain
from quellenlage.views.cli.settings import Settings
from quellenlage.views.locale import Words
from quellenlage.views.records import Record

_NAMED = 3
"""So many of the claims, events and the like that a decision touches are named."""
_SHORT = 90
_ALONE = {Verdict.TICK: "judge.said_tick_account", Verdict.GRADE: "judge.said_grade_account"}
_STATES = {"in-force": "in_force", "undone": "state_undone", "overridden": "overridden"}


def joined_line(archive: Archive, judgement: Judgement, words: Words) -> str | None:
    """What a `same` joins, in one line; found without linking, None for what is no pair of entities."""
    if judgement.verdict is not Verdict.SAME or not judgement.other:
        return None
    entities = {e.id: e for e in archive.linked().entities}
    sides = [entities.get(archive.resolve(i)) for i in (judgement.subject, judgement.other)]
    told = [_summary(entity, words) for entity in sides if entity]
    return words("judge.joins", one=told[0], other=told[1]) if len(told) == len(sides) else None


def unlike_lines(archive: Archive, made: Iterable[Judgement], words: Words) -> Iterator[str]:
    """A warning for each `same` of a person and something that is none: it may be right where a kind is wrong."""
    pairs = [j for j in made if j.verdict is Verdict.SAME and j.other]
    entities = {e.id: e for e in archive.linked().entities} if pairs else {}
    for judgement in pairs:
        sides = [entities.get(archive.resolve(i)) for i in (judgement.subject, judgement.other or "")]
        told = [(e.name, words.code("kind", e.kind.value)) for e in sides if e]
        if [e.kind is EntityKind.PER for e in sides if e].count(True) == 1 and len(told) == len(sides):
            (one, kind), (other, other_kind) = told
            yield words("judge.unlike", one=one, kind=kind, other=other, other_kind=other_kind)


def show_effect(archive: Archive, made: Sequence[Judgement], settings: Settings) -> None:
    """Print what judgements would change."""
    effect = preview(archive, made)
    if settings.json:
        output.json_line(effect_record(effect, made))
        return
    for text in effect_lines(effect, archive.linked(), settings.words):
        output.line(text)
    output.notice(settings.words("judge.nothing_written"), settings)


def effect_record(effect: Effect, made: Sequence[Judgement]) -> Record:
    """An effect as a record, with the judgements that would have it."""
    return {
        "record": "preview",
        "judgements": [to_builtins(judgement) for judgement in made],
        "changes": [
            {"before": [_entity_record(e) for e in c.before], "after": [_entity_record(e) for e in c.after]}
            for c in effect.changes
        ],
        "claims": [to_builtins(quote) for quote in effect.claims],
        "events": [e.id for e in effect.events],
        "statements": [s.id for s in effect.statements],
        "conflicts": [c.id for c in effect.conflicts],
        "origins": [o.id for o in effect.origins],
    }


def effect_lines(effect: Effect, linked: Linked, words: Words) -> Iterator[str]:
    """Entities that merge or part, then what hangs on them with the first few named."""
    if not effect.changes:
        yield words("judge.no_entity_changes")
    for change in effect.changes:
        yield from _change_lines(change, words)
    names = {e.id: e.name for e in linked.entities}
    touched = (
        ("claims", [quote.exact for quote in effect.claims]),
        ("events", [_event_words(event, names, words) for event in effect.events]),
        ("statements", [_statement_words(statement, names) for statement in effect.statements]),
        ("conflicts", [f"{words.code('conflict', c.kind.value)}: {c.about}" for c in effect.conflicts]),
        ("origins", [origin.name for origin in effect.origins]),
    )
    for name, listed in touched:
        count = words("judge.affected", what=words(f"table.{name}"), n=words.number(len(listed)))
        yield f"{count}{': ' + '; '.join(map(_cut, listed[:_NAMED])) if listed else ''}"


def log_lines(one: Logged, named: Mapping[str, str], words: Words) -> Iterator[str]:
    """A judgement of the log: when, who, what, whether it counts, why.

    `named` are names of what judgements are about by identifier, and of one that parts names what it parts by its own.
    """
    judgement = one.judgement

    def label(identifier: str | None) -> str:
        return f"{named[identifier]} ({identifier})" if identifier and identifier in named else identifier or ""

    key = "judge.said_parted" if judgement.field == PARTED else f"judge.said_{judgement.verdict}"
    what = words(
        _ALONE.get(judgement.verdict, key) if judgement.field == ACCOUNT else key,
        subject=label(judgement.subject),
        other=label(judgement.other),
        field=judgement.field or "",
        value=named.get(judgement.id) or _value(judgement, words),
    )
    state = words(f"judge.{_STATES[one.state]}", by=one.by or "")
    when = judgement.made_at[:16].replace("T", " ")
    yield f"{when} · {bold(judgement.author or '–')} · {plain(what)} · {state}  {dim(judgement.id)}"
    if judgement.note:
        yield INDENT + plain(_told(judgement.note, words))


def named_in(linked: Linked) -> dict[str, str]:
    """Words to name by what judgements are about, by identifier."""
    return {
        **{e.id: e.name for e in linked.entities},
        **{e.id: _cut(e.accounts[0].evidence.exact) for e in linked.events},
        **{o.id: o.name for o in linked.origins},
        **{s.id: s.title for s in linked.stories},
    }


def _value(judgement: Judgement, words: Words) -> str:
    if judgement.verdict is not Verdict.GRADE or not judgement.value:
        return _told(judgement.value, words)
    if judgement.field == PRIVACY:
        return words(f"privacy.{judgement.value}")
    family = "reliability" if judgement.field == RELIABILITY else "credibility"
    return f"{judgement.value} – {words.code(family, judgement.value)}"


def _told(text: str | None, words: Words) -> str:
    """A value or note; says so where it was deleted with somebody's data."""
    return words("judge.forgotten") if text == FORGOTTEN else text or ""


def _change_lines(change: Change, words: Words) -> Iterator[str]:
    if not change.after:
        kind = "goes"
    elif len(change.before) > len(change.after):
        kind = "merges"
    else:
        kind = "parts" if len(change.after) > len(change.before) else "changes"
    yield bold(words(f"judge.{kind}"))
    for key, entities in (("before", change.before), ("after", change.after)):
        for entity in entities:
            yield f"{INDENT}{words(f'judge.{key}')}: {plain(_summary(entity, words))}  {dim(entity.id)}"


def _summary(entity: Entity, words: Words) -> str:
    """Name, articles, spellings, offices of an entity."""
    parts = [words.count("count.articles", len({m.article for m in entity.members}))]
    others = [s for s in entity.spellings if s != entity.name]
    parts += [", ".join(others[:6])] if others else []
    offices = list(dict.fromkeys(o.text for o in entity.offices))
    parts += [", ".join(offices[:4])] if offices else []
    return f"{entity.name} ({'; '.join(parts)})"


def _entity_record(entity: Entity) -> Record:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind.value,
        "spellings": list(entity.spellings),
        "offices": list(dict.fromkeys(o.text for o in entity.offices)),
        "members": [to_builtins(m) for m in entity.members],
    }


def _event_words(event: Event, names: Mapping[str, str], words: Words) -> str:
    who = ", ".join(_known((*event.actors, *event.recipients), names))
    kind = words.code("event", event.event_type)
    return f"{event.time or ''} {kind}{': ' + who if who else ''}".strip()


def _statement_words(statement: Statement, names: Mapping[str, str]) -> str:
    who = ", ".join(_known(statement.speakers, names))
    said = statement.retellings[0].evidence[0].exact
    return f"{who}: {said}" if who else said


def _known(identifiers: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return [names[i] for i in identifiers if i in names]


def _cut(text: str) -> str:
    text = plain(text)
    return text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0] + " …"
