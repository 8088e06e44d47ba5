"""Role nouns without a name ("der Kremlsprecher") as persons of the archive, by the office and the article's date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quellenlage.link.entities.profile import Profile
from quellenlage.link.entities.registry import Bearer, Perhaps, Registry
from quellenlage.link.entities.shorts import Result, Settled, Shorts
from quellenlage.link.offices import SURE, ArchiveTable, Candidate, holders_for, offices_in_archive, state_hints
from quellenlage.model import DateInterval, Document, EntityKind, Member, fold
from quellenlage.names import compare, name_key

_PERHAPS = 0.4
"""Score from which a person is shown as one whom the noun may mean."""
_DETERMINERS = frozenset("der die das den dem des ein eine einen einem einer eines".split())


def settle_roles(registry: Registry, shorts: Shorts, documents: Mapping[str, Document]) -> None:
    """Add to `shorts` whom role nouns mean: one person of the archive who held the office, else who may be meant."""
    roles = Result()
    nouns = [p for p in registry.nouns if p.kind in {EntityKind.GRP, EntityKind.PER}]
    if not nouns:
        return
    bearer_of = {p.member: str(b.number) for b in registry.bearers if b.kind is EntityKind.PER for p in b.profiles}
    bearer_of.update({s.profile.member: str(s.bearer) for s in shorts.settled if s.profile.kind is EntityKind.PER})
    table = offices_in_archive(documents.values(), bearer_of)
    for noun in nouns:
        candidates = _candidates(noun, documents[noun.member.article], table)
        sure = [c for c in candidates if c.score >= SURE]
        for candidate in candidates:
            bearer = _bearer(registry, candidate)
            if bearer is None:
                continue
            if len(sure) == 1 and candidate is sure[0]:
                roles.settled.append(Settled(noun, bearer.number, f"role:{fold(noun.name)}; {candidate.reasons[0]}"))
            elif not sure and candidate.score >= _PERHAPS:
                why = (f"role:{fold(noun.name)}", *candidate.reasons)
                roles.perhaps.append(Perhaps(bearer.profiles[0].order, noun.order, min(candidate.score, 0.69), why))
    shorts.replace_roles(roles)


def _candidates(noun: Profile, document: Document, table: ArchiveTable) -> Sequence[Candidate]:
    dct = document.article.dct
    if dct is None:
        return ()
    phrase = _phrase(document, noun.member)
    if phrase is None:
        return ()
    return holders_for(phrase, state_hints(document), DateInterval(dct.earliest, dct.latest), table)


def _phrase(document: Document, member: Member) -> str | None:
    """The noun as it first stands in the text, with its article, which tells one from some."""
    mention = min((m for m in document.mentions if m.entity == member.local), key=lambda m: m.start)
    before = document.text[max(0, mention.start - 12) : mention.start].split()
    word = before[-1] if before and document.text[mention.start - 1 : mention.start].isspace() else ""
    found = document.text[mention.start : mention.end]
    return f"{word} {found}" if word.lower() in _DETERMINERS else found


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
