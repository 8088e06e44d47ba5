"""Role nouns without a name ("der Kremlsprecher") as persons of the archive, by the office and the article's date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quellenlage.link.entities.profile import Asked, Profile
from quellenlage.link.entities.registry import Bearer, Perhaps, Registry
from quellenlage.link.entities.shorts import Result, Settled, Shorts
from quellenlage.link.offices import SURE, ArchiveTable, Candidate, OfficesTold, archive_table, holders_for
from quellenlage.model import EntityKind, Member, fold
from quellenlage.names import compare, name_key

_PERHAPS = 0.4
"""Score from which a person is shown as one whom the noun may mean."""
_UNSURE = 0.69
"""Score that who may be meant has at most."""


def settle_roles(registry: Registry, shorts: Shorts, offices: Sequence[OfficesTold]) -> None:
    """Add to `shorts` whom role nouns mean: one person of the archive who held the office, else who may be meant.

    `offices` are those that all articles give to persons.
    """
    roles = Result()
    table: ArchiveTable | None = None
    known: dict[Asked, tuple[_Meant, ...]] = {}
    for noun, asked in _asking(registry):
        if table is None:
            table = archive_table(offices, _bearers(registry, shorts, offices))
        meant = known.get(asked)
        if meant is None:  # articles of one day ask for the same people
            meant = known[asked] = tuple(_meant(registry, holders_for(asked.phrase, asked.states, asked.days, table)))
        word = f"role:{fold(noun.name)}"
        for bearer, candidate, sure in meant:
            if sure:
                roles.settled.append(Settled(noun.order, bearer.number, f"{word}; {candidate.reasons[0]}"))
            else:
                score = min(candidate.score, _UNSURE)
                why = (word, *candidate.reasons)
                roles.perhaps.append(Perhaps(bearer.first, noun.order, score, why))
    shorts.replace_roles(roles)


def _asking(registry: Registry) -> Iterator[tuple[Profile, Asked]]:
    """Nouns that ask for somebody, with what they ask for."""
    for order in registry.nouns.orders:
        asked = registry.profiles.asked(order)
        if asked is not None:
            yield registry.profiles[order], asked


def _bearers(registry: Registry, shorts: Shorts, offices: Iterable[OfficesTold]) -> dict[Member, str]:
    """Of persons to whom articles give offices the numbers of their bearers."""
    told = {Member(article.article, local) for article in offices for local, *_ in article.offices}
    persons = (bearer for bearer in registry.bearers if bearer.kind is EntityKind.PER)
    found = {m: str(bearer.number) for bearer in persons for m in bearer.profiles.members if m in told}
    for settled in shorts.settled:
        profile = registry.profiles[settled.order]
        if profile.kind is EntityKind.PER and profile.member in told:
            found[profile.member] = str(settled.bearer)
    return found


_Meant = tuple[Bearer, Candidate, bool]


def _meant(registry: Registry, candidates: Sequence[Candidate]) -> Iterator[_Meant]:
    """Who of the archive the candidates are, each with whether exactly this one is meant; the unlikely are left out."""
    sure = [c for c in candidates if c.score >= SURE]
    for candidate in candidates:
        only = len(sure) == 1 and candidate is sure[0]
        if only or (not sure and candidate.score >= _PERHAPS):
            bearer = _bearer(registry, candidate)
            if bearer is not None:
                yield bearer, candidate, only


def _bearer(registry: Registry, candidate: Candidate) -> Bearer | None:
    """The one bearer whom a candidate is: by the archive's own words, else by name."""
    if candidate.persons:
        numbers = {int(person) for person in candidate.persons if person.isdigit()}
        return registry.bearers[numbers.pop()] if len(numbers) == 1 else None
    found: dict[int, Bearer] = {}
    for name in (candidate.name, *candidate.spellings):
        for bearer in registry.named(EntityKind.PER, name_key(name)):
            found[bearer.number] = bearer
    if not found:
        for number, names in registry.candidates(EntityKind.PER, candidate.name).items():
            if any(compare(EntityKind.PER, candidate.name, name).score >= SURE for name in names):
                found[number] = registry.bearers[number]
    return next(iter(found.values())) if len(found) == 1 else None
