"""Load data: the articles of the sample told again of other people, places, days and numbers, in other words.

The sample's articles are read once by every stage and then serve as patterns. A *world* tells the whole course of the
sample anew: every invented name stands for another one, of which some are shared by many worlds as the names of an
archive are; days move by whole weeks, and so do all dates in the text; counted numbers change; nouns, verbs, adjectives
and adverbs become others, save those that the rules of the stages know (triggers, cues, roles), so that reprints,
updates and denials of the sample are reprints, updates and denials of each world and of no other. Each word keeps its
place among the words, hence the layers of the pattern hold for the new text once their offsets are moved; making a
`Document` checks them.

The same seed gives the same articles. Every text ends in `LABEL` and every source begins with `generated/`, so that
nobody takes one for news.

`generate.py` writes them.
"""

from __future__ import annotations

import random
import re
import tempfile
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path
from zlib import crc32

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
from quellenlage.resources import load, resource
from quellenlage.store import SqlArchive, open_archive

LABEL = "[Erzeugter Text für Lasttests, keine Nachricht]"
FIRST_CAPTURE = "2026-01-01T00:00:00Z"
_BATCH = 200
_WEEKS = 1500
"""Weeks by which a world may lie before the sample."""
_SHARED = 0.3
"""Share of names that a world takes from those of all worlds."""
_POOL = 4_000

_TABLE = tomllib.loads(Path(__file__).with_name("generated.toml").read_text(encoding="utf-8"))
PERSONS: dict[str, list[str]] = _TABLE["persons"]
GIVEN: dict[str, list[str]] = _TABLE["given"]
_WORDS: dict[str, list[str]] = {name: listed.split() for name, listed in _TABLE["words"].items()}

_STEMS = re.compile(
    "(?<![a-zß-ÿ])(?:{})".format(
        "|".join(
            sorted(
                {n for table in (PERSONS, GIVEN) for stem, more in table.items() for n in (stem, *more)}.union(
                    _WORDS["places"], _WORDS["bodies"]
                ),
                key=lambda stem: (-len(stem), stem),
            )
        )
    ),
    re.IGNORECASE,
)
"""Any of these, as a word or at the beginning of one."""

_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WRITTEN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?")
_SHORTEST = 5


def _spelled_otherwise(name: str) -> str:
    """A name as an English paper spells it."""
    for german, english in (("tsch", "ch"), ("sch", "sh"), ("w", "v"), ("j", "y"), ("ei", "ai")):
        name = name.replace(german, english)
    return name


class World:
    """What stands for what in one telling of the course, made by its number and the seed alone."""

    def __init__(self, number: int, seed: int) -> None:
        self.number = number
        self._random = random.Random(f"{seed}:{number}")  # noqa: S311 - the same data every time, nothing secret
        self.moved = timedelta(weeks=self._random.randrange(-_WEEKS, 1))
        self._pools = _pools(seed)
        self._names = self._chosen()

    def _chosen(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for stem, variants in (*PERSONS.items(), *GIVEN.items()):
            pool = "given" if stem in GIVEN else "surname"
            name = self._of(pool)
            names[stem] = name
            names.update(dict.fromkeys(variants, _spelled_otherwise(name)))
        names.update((stem, self._of("place")) for stem in _WORDS["places"])
        names.update((stem, self._of("body")) for stem in _WORDS["bodies"])
        return names

    def _of(self, pool: str) -> str:
        """A name of the pool, the first ones often, or one of this world alone."""
        names, ranks = self._pools[pool]
        if pool == "given" or self._random.random() < _SHARED:
            return names[bisect_left(ranks, self._random.random() * ranks[-1])]
        return _coined(self._random, pool)

    def name(self, text: str) -> str:
        """The text with every invented name put as in this world, in the case in which it is written."""
        return _STEMS.sub(lambda found: _cased(self._names[found.group().lower()], found.group()), text)

    def word(self, text: str, how: str) -> str:
        """Another word in the place of a content word, always the same one, with the ending that tells its form."""
        key = text.lower()
        if how == "NOUN":
            return _WORDS["compound"][self._drawn(key) % len(_WORDS["compound"])] + key
        one, other = divmod(self._drawn(key[:_SHORTEST]), len(_WORDS["syllables"]))
        stem = _WORDS["syllables"][one % len(_WORDS["syllables"])] + _WORDS["syllables"][other]
        ending = key[max(3, len(key) - 3) :] if len(key) > _SHORTEST else key[3:]
        return _cased(stem + ending, text)

    def _drawn(self, key: str) -> int:
        """A number for a word: the same whichever articles of the world were made before."""
        return crc32(f"{self.moved.days}:{self.number}:{key}".encode())

    def count(self, value: float) -> float:
        """Another number, the order of numbers kept, so that what met still meets and what did not still does not."""
        return value + value * (self.number % 7) if value >= 2 else value


def _cased(name: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return name.upper()
    return name[0].upper() + name[1:] if like[0].isupper() else name


def _coined(chooser: random.Random, pool: str) -> str:
    syllables = "".join(chooser.choices(_WORDS["syllables"], k=chooser.choice((1, 2, 2, 3))))
    if pool == "body":
        return "".join(chooser.choices("abdefgiklmoprst", k=4))
    return syllables + chooser.choice(_WORDS["closings"] if pool == "surname" else _WORDS["town_closings"])


@lru_cache(maxsize=2)
def _pools(seed: int) -> dict[str, tuple[list[str], list[float]]]:
    """Names that worlds share, and the sums of the weights of their ranks."""
    chooser = random.Random(seed)  # noqa: S311 - as above
    table = load("de/first_names.toml")
    groups = ("german", "slavic", "arabic", "english", "french", "turkish_kurdish_persian")
    given = sorted({name.lower() for group in groups for name in table[group]["names"].split() if name.isalpha()})
    chooser.shuffle(given)
    made = {
        pool: list(dict.fromkeys(_coined(chooser, pool) for _ in range(_POOL))) for pool in ("surname", "place", "body")
    }
    return {
        pool: (names, list(accumulate(1 / (rank + 10) for rank in range(len(names)))))
        for pool, names in {**made, "given": given}.items()
    }


@dataclass(frozen=True, slots=True)
class Pattern:
    """An article of the sample with what of its words may change: by token, its place and how it changes."""

    document: Document
    name: str
    changes: tuple[tuple[int, int, int, str], ...]
    """Start, end, number of the token, and `name`, `count`, `day:N` of the N-th time expression, `NOUN` or `other`."""

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
            elif text.isdigit() and any(span.contains(token.span) for span in counted):
                how = "count"
            elif _STEMS.search(text):
                how = "name"
            elif number not in kept and len(text) >= _SHORTEST and text.isalpha() and _content(document, token):
                how = "NOUN" if text[0].isupper() else "other"
            else:
                continue
            found.append((token.start, token.end, number, how))
        return cls(document, name, tuple(found))


def _content(document: Document, token: Token) -> bool:
    """Whether it is a content word and no name; the rules alone leave nouns without a part of speech."""
    if token.upos is not None:
        return token.upos in _CONTENT
    sentence = document.sentence_at(token.start)
    return sentence is not None and sentence.start != token.start


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
        self._how = {number: how for _, _, number, how in pattern.changes}
        at = length = 0
        for start, end, number, how in pattern.changes:
            parts.append(text[at:start])
            places.extend(range(length, length + start - at))
            length += start - at
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
            return str(int(world.count(int(word))))
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
            tokens=tuple(self._token(n, t) for n, t in enumerate(old.tokens)),
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
            places=tuple(replace(p, name=world.name(p.name) if p.name else p.name) for p in old.places),
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
