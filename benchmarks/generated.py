"""Load data: the articles of the sample told again of other people, places, days and numbers, in other words.

The sample's articles are read once by every stage and then serve as patterns. A *world* tells the whole course of the
sample anew: every invented name stands for another one, of which some are shared by many worlds as the names of an
archive are; days move by whole weeks, and so do all dates in the text; counted numbers change; nouns, verbs, adjectives
and adverbs become others, save those that the rules of the stages know (triggers, cues, roles). Where words stay that
would make a run like that of every other world, one that is this world's own is put between them, the same one wherever
the same two words meet. So reprints, updates and denials of the sample are reprints, updates and denials of each world
and of no other. The words of a pattern keep their order, hence its layers hold for the new text once their offsets are
moved; making a `Document` checks them.

The same seed gives the same articles. Every text ends in `LABEL` and every source begins with `generated/`, so that
nobody takes one for news.

`generate.py` writes them.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path

from benchmarks.worlds import SHORTEST, STEMS, World

from quellenlage.article import Overrides
from quellenlage.execution import add
from quellenlage.intake import IntakeOptions
from quellenlage.model import (
    Article,
    Capture,
    Claim,
    Dct,
    Document,
    EventMention,
    Found,
    Given,
    LocalEntity,
    PlaceReading,
    Quantity,
    Quotation,
    Role,
    Span,
    Timex,
    Token,
    Zone,
    ZoneKind,
    make_capture,
    text_digest,
)
from quellenlage.pipeline import analyse, article_id, fingerprint
from quellenlage.resources import resource
from quellenlage.store import SqlArchive, open_archive

LABEL = "[Erzeugter Text für Lasttests, keine Nachricht]"
FIRST_CAPTURE = "2026-01-01T00:00:00Z"
_BATCH = 200
_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
_OPENING = frozenset({"ADP", "DET"})
"""What opens a phrase: an adverb cannot follow."""
_NUMBER = re.compile(r"\d+|\d{1,3}(\.\d{3})+")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WRITTEN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?")
_RUN = 3
"""Words of a pattern that stay one after the other, at most where one can be put between them: texts that share no run
of four share none (`quellenlage.link.shingles`)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """An article of the sample with what of its words may change: by token, its place and how it changes."""

    document: Document
    name: str
    changes: tuple[tuple[int, int, int, str], ...]
    """Start, end, number of the token, and `name`, `count`, `day:N` of the N-th time expression, `NOUN` or `other`.

    Where a word is put before a token, start and end are the token's start, and it is `ADJ` or `ADV`.
    """

    @classmethod
    def of(cls, document: Document, name: str) -> Pattern:
        """Find out what may change."""
        kept = _kept(document)
        counted = [q.span for event in document.events for q in event.quantities]
        days = [(n, t.span) for n, t in enumerate(document.timexes)]
        found: list[tuple[int, int, int, str]] = []
        for number, token in enumerate(document.tokens):
            text = token.span.of(document.text)
            dated = next((n for n, span in days if span.start <= token.start < span.end), None)
            if dated is not None:
                how = f"day:{dated}"
            elif _NUMBER.fullmatch(text) and any(span.contains(token.span) for span in counted):
                how = "count"
            elif STEMS.search(text):
                how = "name"
            elif number not in kept and len(text) >= SHORTEST and text.isalpha() and _content(document, token):
                how = "NOUN" if text[0].isupper() else "other"
            else:
                continue
            found.append((token.start, token.end, number, how))
        changed = {number for _, _, number, how in found if not how.startswith("day:")}
        return cls(document, name, tuple(sorted((*found, *_additions(document, changed)))))


def _content(document: Document, token: Token) -> bool:
    """Whether it is a content word and no name; the rules alone leave nouns without a part of speech."""
    if token.upos is not None:
        return token.upos in _CONTENT
    sentence = document.sentence_at(token.start)
    return sentence is not None and sentence.start != token.start


def _additions(document: Document, changed: Collection[int]) -> Iterator[tuple[int, int, int, str]]:
    """Places where a word may stand that breaks a run of words that stay."""
    closed = [m.span for m in document.mentions] + [t.span for t in document.timexes]
    closed += [span for e in document.events for span in (e.trigger, *(q.span for q in e.quantities))]
    closed += [span for c in document.claims for span in (*c.cue, *c.chain_spans)]
    inside = {at for span in closed for at in range(span.start + 1, span.end)}
    inside.update(zone.start for zone in document.article.zones)
    inside.update(sentence.start for sentence in document.sentences)
    named = {at for m in document.mentions for at in range(m.span.start, m.span.end)}
    run = 0
    for number, token in enumerate(document.tokens):
        text = token.span.of(document.text)
        before = document.tokens[number - 1] if number else None
        if run >= _RUN - 1 and before and token.start not in inside and text[0].isalnum():
            spaced = document.text[before.end : token.start] == " "
            noun = text[0].isupper() and token.start not in named and not STEMS.search(text)
            if spaced and text[0].isalpha() and (noun or before.upos not in _OPENING):
                yield token.start, token.start, number, "ADJ" if noun else "ADV"
                run = 0
        if number in changed:
            run = 0
        elif text[0].isalnum():
            run += 1


def _kept(document: Document) -> set[int]:
    """Tokens that the stages read as triggers, cues, roles or mentions."""
    spans = [span for e in document.events for span in (e.trigger, *e.also, *(q.span for q in e.quantities))]
    spans += [span for c in document.claims for span in (*c.cue, *c.chain_spans, *c.addressee, *c.channel_spans)]
    spans += [span for q in document.quotations for span in (*q.cue, *q.speaker, *q.addressee, *q.frame)]
    spans += [m.span for m in document.mentions] + [d.span for d in document.derived]
    spans += [Span(r.start, r.end) for e in document.entities for r in e.roles]
    return {n for span in spans for n in document.token_range(span)}


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """The articles of the sample as the stages read them."""
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(str(Path(folder) / "sample.db"), create=True)
        try:
            add(archive, [str(resource("sample"))], IntakeOptions(FIRST_CAPTURE, network=False))
            read = [analyse(capture) for capture in archive.captures()]
        finally:
            archive.close()
    return tuple(Pattern.of(one, f"{n:02d}-{Path(one.article.source).stem}") for n, one in enumerate(read))


def varied(pattern: Pattern, world: World, order: int) -> tuple[Capture, Document]:
    """The pattern told of a world: its capture, and the document as the stages would make it."""
    mover = _Mover(pattern, world)
    article = pattern.document.article
    url = f"{article.url}-{world.number}" if article.url else None
    source = f"generated/{world.number:06d}/{pattern.name}.txt"
    published = _moved_text(article.dct.value, world) if article.dct and article.dct.interval.days == 1 else None
    capture = make_capture(
        source=source,
        media_type="text/plain",
        content=mover.text.encode("utf-8", "surrogatepass"),
        text=mover.text,
        captured_at=_captured(order),
        encoding="utf-8",
        given=Given(url=url, published=published, how={"published": "generated"} if published else {}),
    )
    return capture, mover.document(capture, source, url)


def _captured(order: int) -> str:
    """One second after the other."""
    day, second = divmod(order, 86_400)
    on = date(2026, 1, 1) + timedelta(days=day)
    return f"{on.isoformat()}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"


def _moved_text(value: str, world: World) -> str:
    """A time value with its days, month or year moved; what names none stays."""
    if _DAY.search(value):
        return _DAY.sub(lambda found: (date.fromisoformat(found.group()) + world.moved).isoformat(), value)
    if re.fullmatch(r"\d{4}-\d{2}", value):
        return (date.fromisoformat(f"{value}-15") + world.moved).isoformat()[:7]
    if re.fullmatch(r"\d{4}", value):
        return (date.fromisoformat(f"{value}-07-01") + world.moved).isoformat()[:4]
    return value


def _placed(reading: PlaceReading) -> PlaceReading:
    """A real place stays; of one that the world names otherwise no gazetteer knows anything."""
    if reading.key and reading.name and not STEMS.search(reading.name):
        return reading
    return PlaceReading(reading.entity, reading.mention, reading.role, reasons=("unlisted",))


def _moved_day(day: date | None, world: World) -> date | None:
    return day + world.moved if day else None


class _Mover:
    """The text of a pattern told of a world, and where each of its places went."""

    def __init__(self, pattern: Pattern, world: World) -> None:
        self._old = pattern.document
        self._world = world
        text = self._old.text
        parts: list[str] = []
        places: list[int] = []
        self._forms: dict[int, str] = {}
        self._how = {number: how for start, end, number, how in pattern.changes if start < end}
        self._added: dict[int, tuple[int, str, str]] = {}
        at = length = 0
        for start, end, number, how in pattern.changes:
            parts.append(text[at:start])
            places.extend(range(length, length + start - at))
            length += start - at
            if start == end:
                one, other = (self._old.tokens[n].span.of(text) for n in (number - 1, number))
                new = world.between(one, other, how)
                self._added[number] = (length, new, how)
                parts.append(f"{new} ")
                length += len(new) + 1
                at = end
                continue
            word = text[start:end]
            new = self._changed(word, how)
            if new != word:
                self._forms[number] = new
            parts.append(new)
            places.extend(min(length + n, length + len(new)) for n in range(end - start))
            length += len(new)
            at = end
        parts.append(text[at:])
        places.extend(range(length, length + len(text) - at + 1))
        self._places = places
        self.body = "".join(parts)
        self.text = f"{self.body.rstrip()}\n\n{LABEL}\n"

    def _changed(self, word: str, how: str) -> str:
        world = self._world
        if how == "count":
            number = int(world.count(int(word.replace(".", ""))))
            return f"{number:,}".replace(",", ".") if "." in word else str(number)
        if how.startswith("day:"):
            return self._day(word, self._old.timexes[int(how[4:])])
        return world.name(word) if how == "name" else world.word(word, how)

    def _day(self, word: str, timex: Timex) -> str:
        """A word of a time expression as the moved day has it; "gestern" and "am Montag" stay."""
        if timex.earliest is None:
            return word
        old = timex.earliest if timex.earliest == timex.latest else timex.earliest + timedelta(days=14)
        new = old + self._world.moved
        if word == str(old.year) and timex.value[:4] == word:
            return str(new.year)
        if word in _MONTHS and word == _MONTHS[old.month - 1]:
            return _MONTHS[new.month - 1]
        if word.rstrip(".") == str(old.day) and word.endswith(".") and timex.earliest == timex.latest:
            return f"{new.day}."
        found = _WRITTEN_DAY.fullmatch(word)
        if found and int(found[1]) == old.day and int(found[2]) == old.month:
            year = "" if found[3] is None else str(new.year)[-len(found[3]) :]
            return f"{new.day}.{new.month}.{year}"
        return word

    def at(self, span: Span) -> Span:
        """Where a span went."""
        return Span(self._places[span.start], max(self._places[span.start] + 1, self._places[span.end]))

    def all(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Where spans went."""
        return tuple(self.at(span) for span in spans)

    def document(self, capture: Capture, source: str, url: str | None) -> Document:
        """All layers, moved."""
        old, world, to = self._old, self._world, self._places
        return Document(
            self._article(capture, source, url),
            sentences=tuple(replace(s, start=to[s.start], end=to[s.end]) for s in old.sentences),
            tokens=tuple(self._tokens()),
            timexes=tuple(self._timex(t) for t in old.timexes),
            mentions=tuple(replace(m, start=to[m.start], end=to[m.end]) for m in old.mentions),
            entities=tuple(self._entity(e) for e in old.entities),
            quotations=tuple(self._quotation(q) for q in old.quotations),
            claims=tuple(self._claim(c) for c in old.claims),
            events=tuple(self._event(e) for e in old.events),
            derived=tuple(
                replace(d, start=to[d.start], end=to[d.end], base=world.name(d.base) if d.base else d.base)
                for d in old.derived
            ),
            places=tuple(_placed(p) for p in old.places),
        )

    def _article(self, capture: Capture, source: str, url: str | None) -> Article:
        old, to = self._old.article, self._places
        length = len(self.body.rstrip())
        zones = [Zone(to[z.start], min(to[z.end], length), z.kind, z.rule) for z in old.zones]
        zones.append(Zone(length + 2, length + 2 + len(LABEL), ZoneKind.BOILERPLATE, "generated"))
        return Article(
            article_id(capture.id),
            capture.id,
            source,
            capture.text,
            text_digest(capture.text),
            "input",
            tuple(zones),
            old.language,
            url,
            self._found(old.headline),
            self._found(old.outlet),
            tuple(found for one in old.authors if (found := self._found(one))),
            tuple(found for one in old.agencies if (found := self._found(one))),
            self._dct(old.dct),
            old.warnings,
        )

    def _found(self, found: Found | None) -> Found | None:
        if found is None:
            return None
        spans = self.all(found.spans)
        # A value of several passages, or of none, is no passage's words.
        value = self.text[spans[0].start : spans[0].end] if len(spans) == 1 else self._world.name(found.value)
        return Found(value if value.strip() else found.value, found.method, spans)

    def _dct(self, dct: Dct | None) -> Dct | None:
        if dct is None:
            return None
        moved = self._world.moved
        return replace(
            dct, earliest=dct.earliest + moved, latest=dct.latest + moved, evidence=self.all(dct.evidence), reasons=()
        )

    def _tokens(self) -> Iterator[Token]:
        """All tokens, with those that were added; heads count them too."""
        old = self._old.tokens
        more = list(accumulate(number in self._added for number in range(len(old))))
        for number, token in enumerate(old):
            if number in self._added:
                start, form, how = self._added[number]
                head = None if token.head is None else number + more[number]
                relation = None if head is None else "amod" if how == "ADJ" else "advmod"
                yield Token(start, start + len(form), form, how, None, head, relation)
            moved = self._token(number, token)
            yield moved if moved.head is None else replace(moved, head=moved.head + more[moved.head])

    def _token(self, number: int, token: Token) -> Token:
        start, end = self._places[token.start], self._places[token.end]
        lemma = token.lemma
        form = self._forms.get(number)
        if form is not None and lemma is not None:
            how = self._how[number]
            lemma = self._world.name(lemma) if how == "name" else form
        return Token(start, end, lemma, token.upos, token.feats, token.head, token.deprel)

    def _timex(self, timex: Timex) -> Timex:
        place = self.at(timex.span)
        return replace(
            timex,
            start=place.start,
            end=place.end,
            value=_moved_text(timex.value, self._world),
            earliest=_moved_day(timex.earliest, self._world),
            latest=_moved_day(timex.latest, self._world),
        )

    def _entity(self, entity: LocalEntity) -> LocalEntity:
        return replace(entity, name=self._world.name(entity.name), roles=tuple(self._role(r) for r in entity.roles))

    def _role(self, role: Role) -> Role:
        place = self.at(Span(role.start, role.end))
        return Role(place.start, place.end, place.of(self.text))

    def _quotation(self, quotation: Quotation) -> Quotation:
        q = quotation
        quote, cue, frame = self.all(q.quote), self.all(q.cue), self.all(q.frame)
        return replace(
            q, quote=quote, cue=cue, frame=frame, speaker=self.all(q.speaker), addressee=self.all(q.addressee)
        )

    def _claim(self, claim: Claim) -> Claim:
        return replace(
            claim,
            spans=self.all(claim.spans),
            chain_spans=self.all(claim.chain_spans),
            cue=self.all(claim.cue),
            addressee=self.all(claim.addressee),
            channel_spans=self.all(claim.channel_spans),
        )

    def _event(self, event: EventMention) -> EventMention:
        return replace(
            event,
            trigger=self.at(event.trigger),
            sentence=self.at(event.sentence),
            also=self.all(event.also),
            time=_moved_text(event.time, self._world) if event.time else None,
            earliest=_moved_day(event.earliest, self._world),
            latest=_moved_day(event.latest, self._world),
            quantities=tuple(self._quantity(q) for q in event.quantities),
        )

    def _quantity(self, quantity: Quantity) -> Quantity:
        place = self.at(quantity.span)
        low, high = quantity.low, quantity.high
        if any(c.isdigit() for c in quantity.span.of(self._old.text)):
            low, high = (value if value is None else self._world.count(value) for value in (low, high))
        return replace(quantity, start=place.start, end=place.end, low=low, high=high)


def articles(count: int, seed: int = 7, first: int = 0) -> Iterator[tuple[Capture, Document]]:
    """The articles of these numbers, in order; those of one world follow each other."""
    listed = patterns()
    world: World | None = None
    for order in range(first, first + count):
        number, place = divmod(order, len(listed))
        if world is None or world.number != number:
            world = World(number, seed)
        yield varied(listed[place], world, order)


def write_layers(archive: SqlArchive, count: int, seed: int = 7, first: int = 0) -> int:
    """Write captures with their documents into an archive; they are linked by the next `relink`. Returns how many."""
    made = (
        (capture, document, fingerprint(capture.id, Overrides())) for capture, document in articles(count, seed, first)
    )
    while batch := list(islice(made, _BATCH)):
        archive.put_articles(batch)
    return count
