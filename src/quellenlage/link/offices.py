"""Whom a role noun without a name means: by the table of terms, and by what the archive itself says of offices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from sys import intern

from quellenlage.model import DateInterval, Document, EntityKind, Member, fold
from quellenlage.model.recent import recent
from quellenlage.offices.holders import ATTRIBUTION, FIRST_NAMES, NAMES, SURE, Held, gender_of, holders_in, office_of
from quellenlage.offices.phrase import Reading, read
from quellenlage.offices.terms import RESOURCE as TERMS
from quellenlage.offices.words import PLACES, WORDS, Gender, lexicon, state_of

__all__ = [
    "RESOURCES",
    "SURE",
    "ArchiveTable",
    "Candidate",
    "OfficesTold",
    "Told",
    "archive_table",
    "holders_for",
    "office_reading",
    "offices_in_archive",
    "offices_told",
    "state_hints",
]  # fmt: skip

RESOURCES = (TERMS, WORDS, PLACES, NAMES, FIRST_NAMES, ATTRIBUTION)
"""Files whose content decides the result."""

LONGEST = 366
"""Days: an article that is dated no closer tells nothing of who held an office when."""
# Assumed, not measured: between two articles that give one person the same office so many days apart, or so many days
# from the only ones that do, this is how likely the person held it.
_BETWEEN = ((730, 0.9), (1826, 0.82), (3653, 0.6))
_BESIDE = ((0, 0.75), (30, 0.7), (180, 0.55), (365, 0.4))
_DISPUTED = 0.5
# The article's state instead of one in the phrase: still sure with a row that was compared with a source, else perhaps.
_IN_CONTEXT = 0.9
_MOST = 0.98
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Told:
    """An article gives a person an office: the person's key and name, the article's days, and where it stands."""

    person: str
    name: str
    days: DateInterval
    evidence: str


@dataclass(frozen=True, slots=True)
class ArchiveTable:
    """What the articles say, by office key ("ru-spokes", or "name:bahnchef" for one that no table has)."""

    told: Mapping[str, tuple[Told, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom a role noun may mean, with a score like a probability and the reasons for it.

    `persons` are keys of persons of the archive that hold the office by its own words; where there are none, `name`
    and `spellings` are what to look for. Exactly one candidate with at least `SURE` is meant; all else is "perhaps".
    What rests on an unchecked row alone is not `verified`: it may tell whom a noun means, never that two names are one.
    """

    name: str
    spellings: tuple[str, ...]
    score: float
    reasons: tuple[str, ...]
    persons: tuple[str, ...] = ()
    verified: bool = True


@recent(1 << 12)
def office_reading(phrase: str, states: frozenset[str]) -> Reading:
    """What a phrase for one person means, given the states that the article is likely to speak of."""
    return read(phrase, states, singular=True)


def _key(reading: Reading, name: str | None = None, days: DateInterval | None = None) -> str:
    """The one office of a reading (beside a name, on some days) as a key; empty where it may be several or none."""
    one = office_of(reading, [name] if name else [], days)
    if one is not None:
        return one.key
    return f"name:{reading.name}" if reading.refusal.startswith("unknown:") and reading.name else ""


def state_hints(document: Document) -> frozenset[str]:
    """The states that a document is likely to speak of: those named at least half as often as the most frequent one.

    States and capitals count by mention, adjectives ("russische") by word. A state without offices in the table counts
    under its own name, so that it makes a bare "Präsident" unclear.
    """
    names = {entity.id: entity.name for entity in document.entities if entity.kind is EntityKind.GPE}
    counted: Counter[str] = Counter()
    for mention in document.mentions:
        name = names.get(mention.entity)
        if name is not None:
            counted[state_of(name) or fold(name)] += 1
    for word, count in Counter(_WORD.findall(document.text)).items():
        if state := _state_of_adjective(word):
            counted[state] += count
    most = max(counted.values(), default=0)
    return frozenset(state for state, count in counted.items() if 2 * count >= most)


@recent(1 << 15)
def _state_of_adjective(word: str) -> str:
    """The state that a word in small letters stands for; empty for nearly all words."""
    return lexicon().adjectives.get(fold(word).replace(" ", ""), "") if word[0].islower() else ""


@dataclass(frozen=True, slots=True)
class OfficesTold:
    """The offices that one article of some days gives to named persons.

    `offices` have the person's local identifier and name, the office's key, and where the words stand.
    """

    article: str
    days: DateInterval
    offices: tuple[tuple[str, str, str, int, int], ...]


def offices_told(document: Document, states: frozenset[str] | None = None) -> OfficesTold | None:
    """The offices that an article gives to named persons; `states` are its `state_hints`, where they are known.

    None where there is no such person, and for an article without a date, or dated no closer than `LONGEST` days.
    """
    dct = document.article.dct
    if dct is None or dct.interval.days > LONGEST:
        return None
    told = [e for e in document.entities if e.kind is EntityKind.PER and e.roles and " " in e.name]
    if not told:
        return None
    days = dct.interval
    states = state_hints(document) if states is None else states
    offices = tuple(
        (intern(entity.id), intern(entity.name), intern(key), role.start, role.end)
        for entity in told
        for role in entity.roles
        if (key := _key(office_reading(role.text, states), entity.name, days))
    )
    return OfficesTold(document.article.id, days, offices) if offices else None


def offices_in_archive(documents: Iterable[Document], persons: Mapping[Member, str] | None = None) -> ArchiveTable:
    """Who holds which office by the roles that articles, in any order, give to named persons (see `archive_table`)."""
    return archive_table((told for document in documents if (told := offices_told(document))), persons)


def archive_table(articles: Iterable[OfficesTold], persons: Mapping[Member, str] | None = None) -> ArchiveTable:
    """Who holds which office by what articles say, in order of time.

    `persons` has the entity across articles of each member, so that spellings of one person count as one; without it,
    persons are told apart by their names.
    """
    found: dict[str, set[Told]] = {}
    for told in articles:
        for local, name, key, start, end in told.offices:
            person = (persons or {}).get(Member(told.article, local)) or fold(name)
            found.setdefault(key, set()).add(Told(person, name, told.days, f"{told.article}:{start}-{end}"))
    return ArchiveTable({key: _thinned(rows) for key, rows in found.items()})


def _thinned(rows: Iterable[Told]) -> tuple[Told, ...]:
    """In order of time, the first and last of each person's name in a month: what archives repeat costs no time."""
    first: dict[tuple[str, str, date], Told] = {}
    last: dict[tuple[str, str, date], Told] = {}
    for row in sorted(rows, key=_in_time):
        month = (row.person, row.name, row.days.earliest.replace(day=1))
        first.setdefault(month, row)
        last[month] = row
    return tuple(sorted({*first.values(), *last.values()}, key=_in_time))


def _in_time(row: Told) -> tuple[DateInterval, str, str]:
    return row.days, row.person, row.evidence


def holders_for(
    phrase: str, state_hints: Collection[str], days: DateInterval, archive: ArchiveTable | None = None
) -> tuple[Candidate, ...]:
    """Whom a role noun phrase for one person means in an article of these days, the likeliest first.

    Nobody where the phrase marks a former or future holder, several people, or one of unclear office; where several
    offices may be meant, their holders come as candidates below `SURE`.
    """
    reading = office_reading(phrase, frozenset(state_hints))
    unclear = len(reading.offices) > 1
    found: list[Candidate] = []
    for one in reading.offices:
        table = holders_in(one.key, days, reading.gender)
        found += _together(table, _by_archive(one.key, days, reading.gender, archive))
    if not reading.offices and (key := _key(reading)):
        found += _together((), _by_archive(key, days, reading.gender, archive))
    if unclear:
        offices = ",".join(office.key for office in reading.offices)
        found = [_scaled(c, _DISPUTED, f"offices:{offices}") for c in found]
    elif reading.in_context:
        states = ",".join(office.state or "" for office in reading.offices)
        found = [_scaled(c, _IN_CONTEXT, f"state-of-article:{states}") for c in found]
    return tuple(sorted(found, key=lambda c: (-c.score, c.name)))


def _by_archive(office: str, days: DateInterval, gender: Gender, archive: ArchiveTable | None) -> list[Candidate]:
    """Persons to whom articles around the days give the office; two of them at one time make each unsure."""
    told = archive.told.get(office, ()) if archive else ()
    held: dict[str, list[Told]] = {}
    for one in told:
        if gender == "?" or gender_of(one.name) in {"?", gender}:
            held.setdefault(one.person, []).append(one)
    found: list[tuple[Candidate, bool]] = []
    for person, rows in held.items():
        others = [t for t in told if t.person != person]
        score, evidence, between = _around(rows, others, days)
        if score:
            name = max((row.name for row in rows), key=len)
            label = office.removeprefix("name:")
            reasons = tuple(f"archive-office:{label}:{one.evidence}" for one in evidence)
            spellings = tuple(dict.fromkeys(row.name for row in rows))
            found.append((Candidate(name, spellings, score, reasons, (person,)), between))
    certain = [candidate for candidate, between in found if between]
    if len(found) < 2:
        return [candidate for candidate, _ in found]
    alone = certain[0] if len(certain) == 1 else None
    return [c if c is alone else _scaled(c, _DISPUTED, f"several:{len(found)}") for c, _ in found]


def _around(rows: Sequence[Told], others: Sequence[Told], days: DateInterval) -> tuple[float, tuple[Told, ...], bool]:
    """Score, the rows it rests on, and whether they lie on both sides of the days with nobody else between them."""
    before = max((r for r in rows if r.days.latest <= days.earliest), key=lambda r: r.days.latest, default=None)
    after = min((r for r in rows if r.days.earliest >= days.latest), key=lambda r: r.days.earliest, default=None)
    if before and after and before is not after:
        hull = DateInterval(before.days.earliest, after.days.latest)
        if not any(other.days.meets(hull) for other in others):
            gap = (after.days.earliest - before.days.latest).days
            score = next((score for reach, score in _BETWEEN if gap <= reach), 0.0)
            return score, (before, after), bool(score)
    nearest = min(rows, key=lambda r: _distance(r.days, days))
    apart = _distance(nearest.days, days)
    return next((score for reach, score in _BESIDE if apart <= reach), 0.0), (nearest,), False


def _distance(one: DateInterval, other: DateInterval) -> int:
    """Days between two intervals, 0 where they meet."""
    return max(0, (one.earliest - other.latest).days, (other.earliest - one.latest).days)


def _together(table: Sequence[Held], archive: Sequence[Candidate]) -> list[Candidate]:
    """What the table and the archive say of one office: agreement makes surer, disagreement unsure."""
    found: list[Candidate] = []
    left = list(archive)
    for held in table:
        agreeing = next((c for c in left if _is_one(held.spellings, c.spellings)), None)
        if agreeing:
            left.remove(agreeing)
            score = min(_MOST, 1 - (1 - held.score) * (1 - agreeing.score))
            spellings = tuple(dict.fromkeys((*held.spellings, *agreeing.spellings)))
            reasons = (*held.reasons, *agreeing.reasons)
            found.append(Candidate(held.name, spellings, round(score, 3), reasons, agreeing.persons))
        else:
            found.append(Candidate(held.name, held.spellings, held.score, held.reasons, (), held.verified))
    if not table or not left:
        return [*found, *left]
    strongest = max(c.score for c in left)
    if strongest >= _DISPUTED:
        found = [_scaled(c, _DISPUTED, "archive-disagrees") for c in found]
    return [*found, *(_scaled(c, _DISPUTED, "table-disagrees") for c in left)]


def _is_one(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether two people of one office at one time have a name in common, or a surname with the same initial."""
    named = {fold(name) for name in some}
    told = {fold(name) for name in others}
    if named & told:
        return True
    return bool({(n.split()[-1], n[:1]) for n in named} & {(n.split()[-1], n[:1]) for n in told})


def _scaled(candidate: Candidate, factor: float, reason: str) -> Candidate:
    score = round(candidate.score * factor, 3)
    reasons = (*candidate.reasons, reason)
    return Candidate(candidate.name, candidate.spellings, score, reasons, candidate.persons, candidate.verified)
