"""What one sentence says, in parts that can be compared: names, content words, numbers, days, places, doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quellenlage.execution.drafting.numbers import Number, numbers_of
from quellenlage.families import families_of
from quellenlage.link.wording import NEGATORS
from quellenlage.model import (
    Claim,
    DateInterval,
    Document,
    EntityKind,
    EventMention,
    Factuality,
    Polarity,
    Span,
    Timex,
    Token,
    fold,
)

Meant = Callable[[str], frozenset[str]]
"""Entities across articles that a local identifier stands for."""

CONTENT = frozenset("NOUN VERB ADJ PROPN ADV".split())
"""Parts of speech whose words are compared."""

_PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_IN, _FROM, _TO = "in", "from", "to"
_WAYS = {
    **dict.fromkeys("in im bei beim am an vor".split(), _IN),
    "auf": "on",
    **dict.fromkeys("aus von vom".split(), _FROM),
    **dict.fromkeys("nach zum zur zu gen".split(), _TO),
}
_UNREAL = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})
_SAYING = frozenset(
    "sagen erklären teilen mitteilen sprechen nennen berichten melden äussern betonen fügen hinzufügen antworten "
    "schreiben angabe zufolge heissen wissen bekannt geben".split()
)
_LIGHT = frozenset(
    "sein haben werden können müssen sollen wollen dürfen mögen lassen kommen gehen machen tun stehen finden geben "
    "bleiben nehmen halten setzen stellen bringen liegen mehr noch auch schon nur sehr dann da dort hier so nun jetzt "
    "rund etwa circa knapp fast gut mindestens höchstens insgesamt ungefähr derzeit zuvor danach weiter "
    "geschehen ereignen passieren erfolgen stattfinden zustande statt zustandekommen "
    "damals dabei demnach zudem zugleich bereits nicht erst vor beim gestern heute morgen".split()
)
_MODAL_PLANS = frozenset("sollen wollen planen".split())
_MONTHS = frozenset(
    "januar jaenner februar feber maerz april mai juni juli august september oktober november dezember".split()
)
_WEEKDAYS = tuple("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag".split())
_ALIKE = (
    frozenset("bestreiten dementieren zurückweisen abstreiten leugnen verneinen".split()),
    frozenset("treffen zusammentreffen zusammenkommen begegnen tagen".split()),
    frozenset("landen einlaufen ankommen eintreffen anlegen".split()),
    frozenset("sterben umkommen töten ums-leben-kommen tote todesopfer toter".split()),
    frozenset("einigen verständigen vereinbaren übereinkommen einigung vereinbarung verständigung".split()),
    frozenset("beginnen anfangen starten aufnehmen beginn start".split()),
    frozenset("enden beenden abschließen ende schluss".split()),
    frozenset("protestieren demonstrieren protest demonstration kundgebung".split()),
    frozenset("kritisieren verurteilen rügen tadeln".split()),
    frozenset("erklären mitteilen sagen berichten melden".split()),
    frozenset("stimmen votieren abstimmen zustimmen".split()),
    frozenset("zurücktreten rücktritt abtreten".split()),
    frozenset("verletzen verletzter verletzte verletzung".split()),
)
"""Words that one puts for another in news; rows beside the families of happenings, which are for whole events."""

_NEAR = ("gestern", "heute", "vorgestern", "morgen abend", "uebermorgen")
_PARTICLES = frozenset(
    "ab an auf aus ein fest her hin los mit nach nieder vor weg zu zurueck zusammen bei teil frei fern um unter".split()
)
_BREAKS = frozenset(",;:–—-()")
_LEAST_STEM = 4
_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)")
_STEM_ENDS = ("ungen", "ung", "innen", "ern", "est", "en", "er", "es", "em", "st", "et", "te", "e", "n", "s", "t")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year that a sentence gives; `interval` is None where the year is not known ("XXXX-08-19").

    `guessed` says that it was counted from the day of publication ("am Dienstag", "im Mai"); `words` are folded.
    """

    span: Span
    value: str
    interval: DateInterval | None
    words: str = ""
    guessed: bool = False

    @property
    def shape(self) -> str:
        """What of it the words themselves give: "year" (all of it), "month" (no year), "weekday" (a day by name)."""
        if not self.guessed:
            return "year"
        return "month" if _MONTHS & {*self.words.split()} else "weekday"


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the way in which a sentence names it ("in", "from", "to"; "of:mole" behind a noun)."""

    span: Span
    ids: frozenset[str]
    name: str
    way: str


@dataclass(frozen=True, slots=True)
class Content:
    """A word of content with its folded lemma and part of speech."""

    start: int
    end: int
    lemma: str
    upos: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One sentence. `names` are entities across articles that it names or means, `words` stems of content words,
    `all_words` of all words.

    `events` are the happenings that it tells, `claims` those whose words overlap it. `unreal` says that it speaks of
    what is planned or thought alone.
    """

    document: Document
    span: Span
    names: dict[str, Span]
    unknown: dict[str, Span]
    words: dict[str, Content]
    all_words: frozenset[str]
    numbers: tuple[Number, ...]
    days: tuple[Day, ...]
    places: tuple[Place, ...]
    events: tuple[EventMention, ...]
    claims: tuple[Claim, ...]
    negated: bool
    denied: bool
    unreal: bool
    meant: Meant

    @property
    def checkable(self) -> bool:
        """Whether it has a name, a number, a day, or tells what somebody does."""
        told = any(event.actors or event.recipients for event in self.events)
        return bool(self.names or self.unknown or self.numbers or self.days or told)

    @property
    def types(self) -> frozenset[str]:
        """Kinds of happenings that it tells."""
        return frozenset(event.event_type for event in self.events)

    @property
    def event_days(self) -> DateInterval | None:
        """The days of the first happening with any, which may come from the passage before."""
        return next((event.interval for event in self.events if event.interval), None)


def read_facts(document: Document, span: Span, meant: Meant, called: Meant, without: Sequence[Span] = ()) -> Facts:
    """Read one sentence; words in `without` (quotations that are checked by themselves) are left out.

    `meant` gives whom an entity of the document means across articles, `called` what bears a name.
    """

    def outside(one: Span) -> bool:
        return one.overlaps(span) and not any(part.overlaps(one) for part in without)

    names: dict[str, Span] = {}
    unknown: dict[str, Span] = {}
    named: list[Span] = []
    places: list[Place] = []
    kinds = {entity.id: entity for entity in document.entities}
    tokens = [t for t in document.tokens_in(span) if outside(t.span)]
    for mention in document.mentions:
        if not outside(mention.span):
            continue
        found = meant(mention.entity)
        for one in found:
            names.setdefault(one, mention.span)
        if mention.form == "name":
            named.append(mention.span)
            if not found:
                unknown.setdefault(kinds[mention.entity].name, mention.span)
        if mention.form == "name" and mention.kind in _PLACES:
            way = _way(document, tokens, mention.span)
            if way:
                places.append(Place(mention.span, found, kinds[mention.entity].name, way))
    for derived in document.derived:
        if outside(derived.span):
            found = meant(derived.entity) if derived.entity else frozenset()
            for one in found or (called(derived.base) if derived.base else ()):
                names.setdefault(one, derived.span)
    timexes = [t for t in document.timexes if outside(t.span)]
    numbers = tuple(n for n in numbers_of(document, span) if outside(n.span))
    taken = [*named, *(t.span for t in timexes), *(Span(n.span.start, n.span.start + 1) for n in numbers)]
    words = _words(document, span, tokens, taken)
    events = tuple(e for e in document.events if outside(e.trigger) and span.contains(e.trigger))
    claims = tuple(c for c in document.claims if any(part.overlaps(span) for part in c.spans))
    negated = _negated(document.text, tokens)
    denied = any(c.polarity is Polarity.DENIED for c in claims) or any(
        e.factuality is Factuality.DENIED for e in events
    )
    return Facts(
        document,
        span,
        names,
        unknown,
        words,
        frozenset(stem(fold(t.lemma or t.of(document.text))) for t in tokens),
        numbers,
        tuple(day for t in timexes if (day := _day(document.text, t))),
        tuple(places),
        events,
        claims,
        negated,
        denied,
        _unreal(events, tokens),
        meant,
    )


def _words(document: Document, span: Span, tokens: Sequence[Token], taken: Sequence[Span]) -> dict[str, Content]:
    found: dict[str, Content] = {}
    particles = _particles(document, span)
    split = {place.start for place in particles.values()}
    for token in tokens:
        upos = part_of_speech(document, token)
        if upos not in CONTENT or token.start in split or any(one.overlaps(token.span) for one in taken):
            continue
        lemma = fold(token.lemma or token.of(document.text))
        if token.start in particles:
            lemma = fold(particles[token.start].of(document.text)) + lemma
        if lemma in _folded(_LIGHT) or len(lemma) < _LEAST_STEM - 1:
            continue
        found.setdefault(stem(lemma), Content(token.start, token.end, lemma, upos))
    return found


def part_of_speech(document: Document, token: Token) -> str:
    """Part of speech of a word; where it is not known, as the rules alone leave it, by its first letter."""
    if token.upos:
        return token.upos
    return "NOUN" if document.text[token.start].isupper() else "ADJ"


def _particles(document: Document, span: Span) -> dict[int, Token]:
    """The particles that verbs of a sentence are split from ("legte … nieder"), by where the verbs begin.

    By the tree, else a particle that ends the clause of a verb.
    """
    inside = document.token_range(span)
    tokens = document.tokens
    found: dict[int, Token] = {}
    verb: Token | None = None
    for n in inside:
        token = tokens[n]
        if token.deprel == "compound:prt" and token.head is not None:
            found[tokens[token.head].start] = token
        word = token.of(document.text)
        ends = n + 1 == inside.stop or tokens[n + 1].upos == "PUNCT"
        if verb is not None and ends and fold(word) in _PARTICLES:
            found.setdefault(verb.start, token)
        if word in _BREAKS:
            verb = None
        elif token.upos == "VERB" and "Fin" in (token.feats or "Fin"):
            verb = token
    return found


@lru_cache(maxsize=64)
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


@lru_cache(maxsize=1 << 15)
def stem(lemma: str) -> str:
    """A folded lemma without its endings, so that forms meet whose lemma is not known."""
    word = lemma.rpartition(" ")[2] if " innen" not in lemma else lemma.partition(" ")[0]
    while True:
        end = next((e for e in _STEM_ENDS if word.endswith(e) and len(word) - len(e) >= _LEAST_STEM), None)
        if end is None:
            return word
        word = word[: -len(end)]


@lru_cache(maxsize=1 << 15)
def families(lemma: str) -> frozenset[str]:
    """Families of happenings of a folded lemma, and the rows of words that it is in."""
    rows = frozenset(f"alike:{n}" for n, row in enumerate(_ALIKE) if lemma in _folded(row))
    return families_of(lemma) | rows


def is_saying(word: Content) -> bool:
    """Whether a word only says that something was said."""
    return word.lemma in _folded(_SAYING)


def _negated(text: str, tokens: Sequence[Token]) -> bool:
    return any(fold(t.of(text)) in NEGATORS for t in tokens)


def clause_at(facts: Facts, at: int) -> Span:
    """The part between two marks in which a place lies; the whole sentence where no word stands there."""
    text, tokens = facts.document.text, facts.document.tokens_in(facts.span)
    place = next((n for n, t in enumerate(tokens) if t.start <= at < t.end), None)
    if place is None:
        return facts.span
    first, last = place, place
    while first > 0 and tokens[first - 1].of(text) not in _BREAKS:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].of(text) not in _BREAKS:
        last += 1
    return Span(tokens[first].start, tokens[last].end)


def folded_in(facts: Facts, span: Span) -> frozenset[str]:
    """The folded words of a part of a sentence."""
    return frozenset(fold(t.of(facts.document.text)) for t in facts.document.tokens_in(span))


def negated_at(facts: Facts, at: int) -> bool:
    """Whether a negation stands in the clause around a place, or governs it ("keine Pläne, die Botschaft zu …")."""
    clause = clause_at(facts, at)
    words = folded_in(facts, clause)
    if not NEGATORS.isdisjoint(words):
        return True
    before = [t for t in facts.document.tokens_in(facts.span) if t.end <= clause.start and t.upos != "PUNCT"]
    if "zu" not in words or not before:
        return False
    return not NEGATORS.isdisjoint(folded_in(facts, clause_at(facts, before[-1].start)))


def _unreal(events: Collection[EventMention], tokens: Sequence[Token]) -> bool:
    if events:
        return all(event.factuality in _UNREAL for event in events)
    return any(t.lemma in _MODAL_PLANS for t in tokens)


def _day(text: str, timex: Timex) -> Day | None:
    words = fold(timex.span.of(text))
    told = any(w in _MONTHS or w.isdigit() or w.startswith((*_WEEKDAYS, *_NEAR)) for w in words.split())
    if timex.type not in {"DATE", "TIME"} or not told:
        return None
    guessed = timex.anchor is not None and not _YEAR.search(words)
    if timex.interval is not None:
        return Day(timex.span, timex.value, timex.interval, words, guessed)
    return Day(timex.span, timex.value, None, words, guessed) if timex.value.startswith("XXXX-") else None


def _way(document: Document, tokens: Sequence[Token], span: Span) -> str:
    """How a place is named: by the preposition before it, articles and adjectives passed over."""
    before = [t for t in tokens if t.end <= span.start][-3:]
    for number, token in enumerate(reversed(before)):
        word = token.of(document.text).casefold()
        if word in _WAYS:
            behind = before[-number - 2] if number + 2 <= len(before) else None
            if word in {"von", "vom"} and behind is not None and behind.upos == "NOUN" and _thing(document, behind):
                return f"of:{stem(fold(behind.lemma or behind.of(document.text)))}"
            return _WAYS[word]
        if token.upos not in {"DET", "ADJ"}:
            return ""
    return ""


def _thing(document: Document, noun: Token) -> bool:
    """Whether a noun before "von" can be a part of a place, rather than a day or somebody."""
    if any(t.span.overlaps(noun.span) for t in document.timexes):
        return False
    people = {EntityKind.PER, EntityKind.GRP}
    return not any(m.span.overlaps(noun.span) and m.kind in people for m in document.mentions)


def same_day(mine: Day, theirs: Day) -> bool | None:
    """Whether a draft's day can be that of an article; None where the words do not tell.

    A day that a draft gives by its name alone ("am Dienstag") says when only among days about that of the draft; one
    without a year can be of any.
    """
    if mine.shape == "weekday":
        return _by_name(mine, theirs)
    if mine.shape == "month" or mine.interval is None or theirs.interval is None:
        return _in_the_year(mine, theirs)
    return mine.interval.meets(theirs.interval)


def _by_name(mine: Day, theirs: Day) -> bool | None:
    if mine.interval and theirs.interval and mine.interval.meets(theirs.interval):
        return True
    named = [next((d for d in _WEEKDAYS if one.words.rpartition(" ")[2].startswith(d)), "") for one in (mine, theirs)]
    if named[0] and named[0] == named[1]:
        return True
    if mine.interval and theirs.interval and days_between(mine.interval, theirs.interval) <= _ABOUT:
        return False
    return None


def _in_the_year(mine: Day, theirs: Day) -> bool | None:
    """Whether two days are one of the year, whatever the year."""
    one, other = _days_of_year(mine), _days_of_year(theirs)
    return None if one is None or other is None else not one.isdisjoint(other)


def _days_of_year(day: Day) -> frozenset[tuple[int, int]] | None:
    if day.interval is None:
        asked = day.value.removeprefix("XXXX-").split("-")
        if not all(part.isdigit() for part in asked):
            return None
        month = int(asked[0])
        return frozenset((month, int(asked[1])) if len(asked) > 1 else (month, n) for n in range(1, 32))
    if day.interval.days > _LONGEST:
        return None
    ordinals = range(day.interval.earliest.toordinal(), day.interval.latest.toordinal() + 1)
    return frozenset((one.month, one.day) for one in map(date.fromordinal, ordinals))


def days_between(one: DateInterval, other: DateInterval) -> int:
    """Days from the one to the other, 0 where they meet."""
    return max((other.earliest - one.latest).days, (one.earliest - other.latest).days, 0)


_LONGEST = 93
"""Days of an interval up to which it is compared without its year."""

_ABOUT = 10
"""Days around that of the draft within which a day by name alone is one certain day."""
