"""Hand-made documents for the tests of what spans articles: a body, credits, people and events by their words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quellenlage.model import (
    AUTHOR,
    Article,
    Claim,
    DateInterval,
    Dct,
    Document,
    EntityKind,
    EventMention,
    Evidentiality,
    Factuality,
    Found,
    LocalEntity,
    Mention,
    Polarity,
    Quantity,
    Sentence,
    Span,
    Token,
    Zone,
    ZoneKind,
    text_digest,
)


@dataclass(frozen=True)
class Telling:
    """An event by its trigger word; names are those of `made`'s people and places."""

    trigger: str
    type: str = "CONSULT"
    actors: Sequence[str] = ()
    recipients: Sequence[str] = ()
    place: str | None = None
    time: str | None = None
    factuality: Factuality = Factuality.HAPPENED
    word_of: str | None = None
    number: tuple[str, float | None, float | None, str] | None = None


@dataclass(frozen=True)
class Making:
    """What `made` puts around a text."""

    outlet: str | None = None
    agency: str | None = None
    dct: str | None = None
    url: str | None = None
    names: Mapping[str, EntityKind] = field(default_factory=dict)
    events: Sequence[Telling] = ()


def made(number: int, text: str, making: Making | None = None) -> Document:
    """Make article number so and so; sentences end at a full stop followed by a space."""
    making = making or Making()
    days = DateInterval.parse(making.dct) if making.dct else None
    article = Article(
        id=f"art-{number:02d}",
        capture=f"cap-{number:02d}",
        source=f"clipping_{number:02d}.txt",
        text=text,
        text_sha256=text_digest(text),
        offsets_in="input",
        zones=(Zone(0, len(text), ZoneKind.BODY),),
        url=making.url,
        outlet=Found(making.outlet, "given") if making.outlet else None,
        agencies=(Found(making.agency, "text"),) if making.agency else (),
        dct=Dct(days.earliest, days.latest, "given") if days else None,
    )
    sentences = tuple(Sentence(*m.span()) for m in re.finditer(r"\S.*?(?:\.(?=\s|$)|$)", text))
    tokens = tuple(Token(*m.span()) for m in re.finditer(r"\w+|[^\w\s]", text))
    ids = {name: f"e{n}" for n, name in enumerate(making.names, start=1)}
    mentions = [
        Mention(f"m{m.start()}", *m.span(), making.names[name], "name", ids[name])
        for name in ids
        for m in re.finditer(re.escape(name), text)
    ]
    claims = tuple(
        Claim(
            id=f"c{n}",
            quotation=None,
            spans=(_sentence(sentences, text.index(t.trigger)).span,),
            chain=((ids[t.word_of],),),
            evidentiality=Evidentiality.ASSERTED,
            polarity=Polarity.AFFIRMED,
            score=0.9,
        )
        for n, t in enumerate(making.events, start=1)
        if t.word_of
    )
    events = tuple(_event(n, t, text, sentences, ids) for n, t in enumerate(making.events, start=1))
    return Document(
        article=article,
        sentences=sentences,
        tokens=tokens,
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
        entities=tuple(LocalEntity(ids[name], kind, name) for name, kind in making.names.items()),
        claims=claims,
        events=events,
    )


def _sentence(sentences: Sequence[Sentence], at: int) -> Sentence:
    return next(s for s in sentences if s.start <= at < s.end)


def _event(n: int, told: Telling, text: str, sentences: Sequence[Sentence], ids: Mapping[str, str]) -> EventMention:
    at = text.index(told.trigger)
    days = DateInterval.parse(told.time) if told.time else None
    word_of = f"c{n}" if told.word_of else AUTHOR
    quantities: tuple[Quantity, ...] = ()
    if told.number:
        words, low, high, unit = told.number
        start = text.index(words)
        quantities = (Quantity(start, start + len(words), low, high, unit, word_of),)
    return EventMention(
        id=f"v{n}",
        event_type=told.type,
        trigger=Span(at, at + len(told.trigger)),
        sentence=_sentence(sentences, at).span,
        actors=tuple(ids[name] for name in told.actors),
        recipients=tuple(ids[name] for name in told.recipients),
        place=ids[told.place] if told.place else None,
        time=told.time,
        earliest=days.earliest if days else None,
        latest=days.latest if days else None,
        factuality=told.factuality,
        word_of=word_of,
        quantities=quantities,
    )
