"""What one sentence says, in parts that can be compared: names, content words, numbers, days, places, doubt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from quellenlage.execution.drafting.days import Clock, Day, read_clock, read_day
from quellenlage.execution.drafting.locations import PLACES, Place, described, way_of
from quellenlage.execution.drafting.numbers import Number, numbers_of
from quellenlage.execution.drafting.stems import LEAST_STEM, stem
from quellenlage.families import families_of
from quellenlage.link.wording import NEGATORS
from quellenlage.model import (
    Claim,
    DateInterval,
    Derived,
    Document,
    EventMention,
    Factuality,
    Polarity,
    Span,
    Token,
    fold,
)

Meant = Callable[[str], frozenset[str]]
"""Entities across articles that a local identifier stands for."""

_NAMING, _LEADS = frozenset({"NOUN", "PROPN"}), frozenset({"DET", "ADJ", "NUM"})

CONTENT = frozenset("NOUN VERB ADJ PROPN ADV".split())
"""Parts of speech whose words are compared."""

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
_ALIKE = (
    frozenset("bestreiten dementieren zurückweisen abstreiten leugnen verneinen".split()),
    frozenset("treffen zusammentreffen zusammenkommen begegnen tagen".split()),
    frozenset("landen einlaufen ankommen eintreffen anlegen festmachen".split()),
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

_PARTICLES = frozenset(
    "ab an auf aus ein fest her hin los mit nach nieder vor weg zu zurueck zusammen bei teil frei fern um unter".split()
)
_BREAKS = frozenset(",;:–—-()")
_PART_NEGATED = frozenset("nur allein zuletzt bloss".split())
_RANKED = frozenset("erste zweite dritte letzte einzige".split())
"""Words behind a negation, or behind it and an article, that it is about in place of the deed."""


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

    `spelled` are entities as whose names words are spelled that were not read as names: who acts may be one of them.
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
    clocks: tuple[Clock, ...]
    spelled: Mapping[str, Span]
    places: tuple[Place, ...]
    events: tuple[EventMention, ...]
    claims: tuple[Claim, ...]
    negated: bool
    denied: bool
    unreal: bool
    meant: Meant
    called: Meant

    @property
    def checkable(self) -> bool:
        """Whether it has a name, a number, a day, or tells what somebody does."""
        told = any(event.actors or event.recipients for event in self.events)
        return bool(self.names or self.unknown or self.numbers or self.days or told)

    @property
    def acts(self) -> bool:
        """Whether it has a verb that tells more than that something took place."""
        return any(word.upos == "VERB" for word in self.words.values())

    @property
    def types(self) -> frozenset[str]:
        """Kinds of happenings that it tells."""
        return frozenset(event.event_type for event in self.events)

    def bearing(self, derived: Derived) -> frozenset[str]:
        """Those from whose name a word is made, by the names of the archive where the article has none."""
        found = self.meant(derived.entity) if derived.entity else frozenset[str]()
        return found or self.called(derived.base or derived.span.of(self.document.text))

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
    described_by: list[Span] = []
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
        if mention.form == "name" and mention.kind in PLACES:
            described_by.append(described(tokens, document.text, mention.span))
            way = way_of(document, tokens, mention)
            if way:
                places.append(Place(mention.span, found, kinds[mention.entity].name, way))
    for derived in document.derived:
        if outside(derived.span):
            found = meant(derived.entity) if derived.entity else frozenset()
            for one in found or (called(derived.base) if derived.base else ()):
                names.setdefault(one, derived.span)
    timexes = [t for t in document.timexes if outside(t.span)]
    numbers = tuple(n for n in numbers_of(document, span) if outside(n.span))
    taken = [
        *named,
        *described_by,
        *(t.span for t in timexes),
        *(Span(n.span.start, n.span.start + 1) for n in numbers),
    ]
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
        tuple(day for t in timexes if (day := read_day(document.text, t))),
        tuple(clock for t in timexes if (clock := read_clock(t))),
        dict(_spelled_so(document, tokens, called, taken=[*named, *names.values()])),
        tuple(places),
        events,
        claims,
        negated,
        denied,
        _unreal(events, tokens),
        meant,
        called,
    )


def _spelled_so(
    document: Document, tokens: Sequence[Token], called: Meant, taken: Sequence[Span]
) -> Iterator[tuple[str, Span]]:
    """Entities as whose names words are spelled that were not read as names and have no article before them."""
    before: Token | None = None
    for token in tokens:
        plain = before is None or not (before.upos in _LEADS or "PronType=Art" in (before.feats or ""))
        if token.upos in _NAMING and plain and not any(one.overlaps(token.span) for one in taken):
            yield from ((one, token.span) for one in called(token.of(document.text)))
        before = token


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
        if lemma in _folded(_LIGHT) or len(lemma) < LEAST_STEM - 1:
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
    if _says_no(facts, clause):
        return True
    before = [t for t in facts.document.tokens_in(facts.span) if t.end <= clause.start and t.upos != "PUNCT"]
    if "zu" not in words or not before:
        return False
    return _says_no(facts, clause_at(facts, before[-1].start))


def _says_no(facts: Facts, clause: Span) -> bool:
    """Whether a clause has a negation of what it tells, not of a part ("nicht das erste", "nicht nur in Miren")."""
    words = [fold(t.of(facts.document.text)) for t in facts.document.tokens_in(clause)]
    return any(word in NEGATORS and not _of_a_part(words[n + 1 : n + 3]) for n, word in enumerate(words))


def _of_a_part(behind: Sequence[str]) -> bool:
    return bool(behind) and (behind[0] in _PART_NEGATED or behind[-1].rstrip("nmrs") in _RANKED)


def _unreal(events: Collection[EventMention], tokens: Sequence[Token]) -> bool:
    if events:
        return all(event.factuality in _UNREAL for event in events)
    return any(t.lemma in _MODAL_PLANS for t in tokens)
