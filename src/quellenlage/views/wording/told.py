"""From an entry of the chronicle to what its line is made of, and the line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from quellenlage.model import Account, ChronicleEntry, Entity, EntityKind, Event, Figure
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.parties import Sides, parties
from quellenlage.views.wording.phrases import Name
from quellenlage.views.wording.placing import Way
from quellenlage.views.wording.sentences import Told, sentence

_WAYS: dict[str, Way] = {
    **dict.fromkeys(("nach", "ins", "zum", "zur"), "to"),
    **dict.fromkeys(("aus", "von", "vom"), "from"),
    **dict.fromkeys(("in", "im", "auf", "an", "am", "beim"), "in"),
    **dict.fromkeys(("bei", "nahe", "unweit"), "near"),
}
_MUTUAL = re.compile(r"\b(?:ein|gegenein|zuein)ander\b|\b(?:gegen|wechsel)seitig", re.IGNORECASE)
_REACH = 3
"""Words between a preposition and the place that it stands for: "aus der Region Damaskus"."""


def entry_line(entry: ChronicleEntry, holdings: Holdings, words: Words, *, dated: bool = True) -> str | None:
    """One sentence for an entry, made of its fields; None where they give no correct one."""
    event = holdings.events[entry.event]
    return sentence(told_of(event, best_account(event, entry), holdings), words, dated=dated)


def best_account(event: Event, entry: ChronicleEntry) -> Account:
    """The account whose sentence the chronicle quotes; the first one if none is."""
    quoted = entry.evidence
    for account in event.accounts:
        if (account.evidence.article, account.evidence.start) == (quoted.article, quoted.start):
            return account
    return event.accounts[0]


def told_of(event: Event, account: Account, holdings: Holdings) -> Told:
    """The fields of an event as one account gives them; numbers of that account which no other contradicts."""
    trigger = _trigger(account, holdings)
    others = [_trigger(a, holdings) for a in event.accounts if a is not account and a.factuality is event.factuality]
    place = _name(event.place, holdings) if event.place else None
    actors, recipients = told_parties(event, holdings)
    return Told(
        event_type=event.event_type,
        triggers=tuple(dict.fromkeys(t for t in (trigger, *others) if t)),
        factuality=event.factuality,
        actors=actors,
        recipients=recipients,
        place=place,
        way=_way(account, event.place, holdings) if event.place else None,
        interval=event.interval,
        sources=tuple(_names(link, holdings) for link in account.chain if link),
        claimed=account.claim is not None and not any(account.chain),
        figures=_figures(event, account),
        mutual=bool(_MUTUAL.search(account.evidence.exact)),
    )


def told_parties(event: Event, holdings: Holdings) -> Sides:
    """Actors and recipients as a line or title names them."""
    figures = tuple((f.low, f.high, f.unit) for account in event.accounts for f in account.figures)
    place = _name(event.place, holdings) if event.place else None
    actors, recipients = _names(event.actors, holdings), _names(event.recipients, holdings)
    return parties(event.event_type, actors, recipients, place, figures)


def _figures(event: Event, account: Account) -> tuple[tuple[float | None, float | None, str], ...]:
    """Numbers of the account that is told, but for those that another account contradicts."""
    others = [f for a in event.accounts if a is not account for f in a.figures]
    return tuple(
        (own.low, own.high, own.unit)
        for own in account.figures
        if not any(f.unit == own.unit and _apart(own, f) for f in others)
    )


def _apart(a: Figure, b: Figure) -> bool:
    below = a.high is not None and b.low is not None and a.high < b.low
    return below or (b.high is not None and a.low is not None and b.high < a.low)


def _trigger(account: Account, holdings: Holdings) -> str:
    span = holdings.triggers.get((account.member.article, account.member.local))
    start = account.evidence.start
    if span is None or span.start < start or span.end > account.evidence.end:
        return ""
    return account.evidence.exact[span.start - start : span.end - start]


def _names(identifiers: Iterable[str], holdings: Holdings) -> tuple[Name, ...]:
    return tuple(_name(identifier, holdings) for identifier in identifiers)


def _name(identifier: str, holdings: Holdings) -> Name:
    entity = holdings.entities.get(holdings.linked.aliases.get(identifier, identifier))
    if entity is None:
        return Name(identifier, "", EntityKind.MISC, proper=False)
    return Name(entity.id, entity.name, entity.kind, proper=_proper(entity, holdings))


def _proper(entity: Entity, holdings: Holdings) -> bool:
    """Whether articles write it as a name, in a form that is no genitive of another name ("Perkoniens").

    Two names that only stand one after the other, each of somebody else, are nobody's ("hätte Orhun Tarnau getroffen").
    """
    known = _known(holdings.linked.entities)
    words = entity.name.split()
    if entity.kind is EntityKind.PER and len(words) == 2:
        first, last = (known.surnames[word] for word in words)
        if first and last > 1:  # it bears the last one itself
            return False
    if entity.name.endswith("s") and entity.name[:-1] in known.names:
        return False
    return bool(holdings.forms.get(entity.id)) if holdings.forms else True


@dataclass(frozen=True, slots=True)
class _Known:
    """All names of an archive, and how many people with several names bear which as the last."""

    names: frozenset[str]
    surnames: Counter[str]


_last: list[tuple[Sequence[Entity], _Known]] = []


def _known(entities: Sequence[Entity]) -> _Known:
    """Names of an archive; those of the last one asked about are kept, since every entry asks."""
    if not _last or _last[0][0] is not entities:
        people = (entity.name.split() for entity in entities if entity.kind is EntityKind.PER)
        surnames = Counter(words[-1] for words in people if len(words) > 1)
        _last[:] = [(entities, _Known(frozenset(entity.name for entity in entities), surnames))]
    return _last[0][1]


def _way(account: Account, place: str, holdings: Holdings) -> Way | Literal["bare"] | None:
    """How the sentence puts the place, by the preposition before it; the place nearest to the telling word counts."""
    entity = holdings.entities.get(place)
    span = holdings.triggers.get((account.member.article, account.member.local))
    if entity is None or span is None:
        return None
    text, at = account.evidence.exact, span.start - account.evidence.start
    found = [
        match
        for name in dict.fromkeys((entity.name, *entity.spellings))
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
    if not found:
        return None
    nearest = min(found, key=lambda match: (abs(match.start() - at), match.start()))
    clause = re.split(r"[,;:.()–\"„“»«]", text[: nearest.start()])[-1].split()[-_REACH:]
    for index in range(len(clause) - 1, -1, -1):
        word = clause[index].casefold()
        if word in _WAYS:
            directed = word in {"in", "auf", "an"} and clause[index + 1 : index + 2] in (["die"], ["den"], ["das"])
            return "to" if directed else _WAYS[word]
    genitive = nearest.group() != entity.name and nearest.group() == f"{entity.name}s"
    return None if genitive else "bare"
