"""Who speaks in which claim, across articles: chains of articles, entities, what people corrected, names deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, case, delete, exists, insert, literal, select

from quellenlage.model import FORGOTTEN, fold, text_digest
from quellenlage.model.listing import NAMED
from quellenlage.store import schema
from quellenlage.store.listing import tables
from quellenlage.store.listing.article_rows import TOLD
from quellenlage.store.portions import in_parts

_LONGEST = 6
"""Words of a name at most, where one that was deleted is looked for in another."""

_BATCH = 5_000

SPEAKER, RELAY, SPOKEN_TO = "speaker", "relay", "told"

Voice = tuple[str, str, int]
"""Who, role, claim."""


def write(connection: Connection, articles: Collection[str] | None = None) -> None:
    """Write the voices of claims that have none: of all articles, or of some."""
    for asked in [None] if articles is None else list(in_parts(articles)):
        connection.execute(insert(tables.claim_voices).from_select(["who", "role", "claim"], resolved(asked)))
        found = [{"who": w, "role": r, "claim": c} for w, r, c in _unresolved(connection, asked)]
        _insert(connection, found)
        rewrite(connection, _particular(connection, asked))


def rewrite(connection: Connection, claims: Iterable[int]) -> None:
    """Write the voices of single claims anew, with all that people said of them."""
    table = tables.claim_voices
    listed = sorted(set(claims))
    for at in range(0, len(listed), 500):
        asked = listed[at : at + 500]
        connection.execute(delete(table).where(table.c.claim.in_(asked)))
        _insert(connection, [{"who": w, "role": r, "claim": c} for w, r, c in of_claims(connection, asked)])


def resolved(articles: Sequence[str] | None = None) -> Select[Any]:
    """Voices that are entities, as the articles have them."""
    links, members = tables.claim_links, schema.entity_members
    role = case((links.c.link == TOLD, SPOKEN_TO), (links.c.link == 0, SPEAKER), else_=literal(RELAY))
    chosen = select(members.c.entity, role, links.c.claim).join(
        members, (members.c.article == links.c.article) & (members.c.local == links.c.local)
    )
    if articles is not None:
        chosen = chosen.where(links.c.article.in_(articles))
    return chosen.distinct()


def particular(connection: Connection) -> set[int]:
    """Claims whose voices are not those of `resolved` alone: corrected, of nobody known, or with a deleted name."""
    return {claim for _, _, claim in _unresolved(connection, None)} | set(_particular(connection, None))


def of_claims(connection: Connection, claims: Sequence[int]) -> list[Voice]:
    """Voices of a few claims, as people left them."""
    suppressed = _suppressed(connection)
    links, cards = tables.claim_links, tables.claim_cards
    speakers = dict(
        connection.execute(
            select(cards.c.number, tables.judged.c.speaker)
            .join(tables.judged, tables.judged.c.key == cards.c.key)
            .where(cards.c.number.in_(claims), tables.judged.c.speaker.is_not(None))
        ).all()
    )
    found: set[Voice] = set()
    for row in connection.execute(_named_links().where(links.c.claim.in_(claims))):
        if row.link == 0 and row.claim in speakers:
            continue
        if who := _who(row.name, row.entity, suppressed):
            found.add((who, _role(row.link), row.claim))
    for claim, name in speakers.items():
        if who := _corrected(connection, claim, name, suppressed):
            found.add((who, SPEAKER, claim))
    return sorted(found)


def _named_links() -> Select[Any]:
    links, members, local = tables.claim_links, schema.entity_members, schema.local_entities
    here = (members.c.article == links.c.article) & (members.c.local == links.c.local)
    return (
        select(links.c.claim, links.c.link, local.c.name, members.c.entity)
        .join(local, (local.c.article == links.c.article) & (local.c.local == links.c.local))
        .join(members, here, isouter=True)
    )


def _role(link: int) -> str:
    return {TOLD: SPOKEN_TO, 0: SPEAKER}.get(link, RELAY)


def _who(name: str, entity: str | None, suppressed: _Hidden) -> str | None:
    """What stands for a link; None where its name was deleted on request."""
    if suppressed.hides(name, known=entity is not None):
        return None
    return entity or NAMED + fold(name)


def _corrected(connection: Connection, claim: int, name: str, suppressed: _Hidden) -> str | None:
    """Who stands for the speaker that a person gave: who goes by the name in the article, else across articles."""
    cards, local, members = tables.claim_cards, schema.local_entities, schema.entity_members
    article = connection.scalar(select(cards.c.article).where(cards.c.number == claim))
    here = (members.c.article == local.c.article) & (members.c.local == local.c.local)
    chosen = select(local.c.local, local.c.name, members.c.entity).join(members, here, isouter=True)
    wanted = fold(name)
    rows = sorted(
        connection.execute(chosen.where(local.c.article == article)), key=lambda row: (len(row.local), row.local)
    )
    for row in rows:
        if fold(row.name) == wanted:
            return _who(row.name, row.entity, suppressed)
    found, entities = tables.entity_cards, schema.entities
    first = (
        select(found.c.entity).join(entities, entities.c.id == found.c.entity).where(found.c.folded == wanted)
    ).order_by(entities.c.position)
    # Hidden as a name that nobody bears: only then is it asked who bears it.
    return None if suppressed.hides(name, known=False) else connection.scalar(first.limit(1)) or NAMED + wanted


def _unresolved(connection: Connection, articles: Sequence[str] | None) -> Iterator[Voice]:
    """Voices that are no entities across articles, by their names."""
    links, members = tables.claim_links, schema.entity_members
    suppressed = _suppressed(connection)
    chosen = _named_links().where(members.c.entity.is_(None))
    if articles is not None:
        chosen = chosen.where(links.c.article.in_(articles))
    voices = {
        (who, _role(row.link), row.claim)
        for row in connection.execute(chosen)
        if (who := _who(row.name, None, suppressed))
    }
    yield from sorted(voices)


def _particular(connection: Connection, articles: Sequence[str] | None) -> list[int]:
    """Claims that people corrected, and those in which a deleted name stands."""
    links, cards, judged = tables.claim_links, tables.claim_cards, tables.judged
    corrected = select(cards.c.number).where(
        exists(select(judged.c.key).where(judged.c.key == cards.c.key, judged.c.speaker.is_not(None)))
    )
    if articles is not None:
        corrected = corrected.where(cards.c.article.in_(articles))
    found = list(connection.scalars(corrected))
    suppressed = _suppressed(connection)
    if suppressed:
        named = _named_links()
        if articles is not None:
            named = named.where(links.c.article.in_(articles))
        found += [
            row.claim
            for row in connection.execute(named)
            if row.entity is not None and suppressed.hides(row.name, known=True)
        ]
    return found


def _insert(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    for at in range(0, len(rows), _BATCH):
        connection.execute(insert(tables.claim_voices), list(rows[at : at + _BATCH]))


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Digests of names that were deleted on request."""

    digests: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.digests)

    def hides(self, name: str, *, known: bool) -> bool:
        """Whether a name may not be told; a single word is only where nobody (`known`) across articles bears it."""
        if name == FORGOTTEN:
            return True
        if not self.digests:
            return False
        words = fold(name).split()
        if not known and text_digest(" ".join(words)) in self.digests:
            return True
        runs = (words[at : at + n] for n in range(2, _LONGEST + 1) for at in range(len(words) - n + 1))
        return any(self._deleted(" ".join(run)) for run in runs)

    def _deleted(self, folded: str) -> bool:
        return any(text_digest(form) in self.digests for form in {folded, folded.removesuffix("s")})


def _suppressed(connection: Connection) -> _Hidden:
    return _Hidden(frozenset(connection.scalars(select(schema.suppressed.c.digest))))
