"""Who first obtained an account: credits first, then text reuse, then the outlet, else the article itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from sys import intern
from typing import NamedTuple

from quellenlage.link.houses import house_named
from quellenlage.model import Article, Document, Origin, OriginKind, Reuse, content_id, fold

WHOLE = 0.4
"""Share of its words that an article has from others from which it counts as a reprint as a whole: of a text that is
cut and reworded throughout so many are left. Of one that has less, only what stands in the copied passages rests on
somebody else."""

COMMON = 0.8
"""Share, in both directions, from which two texts of two papers that credit nobody, printed at the same time, have a
source in common that the archive does not know: neither is taken for the other's."""

COMMON_DAYS = 1
"""Days between the two at most."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Origins of all articles, and for each article the one it repeats, if any, as a whole."""

    origins: tuple[Origin, ...]
    origin_of: dict[str, str]
    reprint_of: dict[str, str]
    reuses: dict[str, tuple[Reuse, ...]] = field(default_factory=dict)
    """What each article has from earlier ones, the main source last."""


class _Print(NamedTuple):
    """What of an article tells its origin: its credits, its paper, its last day of print, what it is called."""

    id: str
    agencies: tuple[str, ...]
    outlet: str | None
    latest: date | None
    title: str

    @classmethod
    def of(cls, article: Article) -> _Print:
        return cls(
            article.id,
            tuple(found.value for found in article.agencies),
            intern(article.outlet.value) if article.outlet else None,
            article.dct.latest if article.dct else None,
            article.headline.value if article.headline else article.source,
        )


def find_origins(documents: Sequence[Document], reuses: Sequence[Reuse]) -> Provenance:
    """Give every article one origin.

    An article that repeats another as a whole shares that one's origin; where any of a family of repeats credits an
    agency, the agency is the origin of all of them, also of those that leave the credit out. Where two papers print
    the same text at the same time and nobody credits anybody, the origin is one that is not known.
    """
    taken: dict[str, list[Reuse]] = {}
    for reuse in reuses:
        taken.setdefault(reuse.article, []).append(reuse)
    parent = {article: listed[-1].earlier for article, listed in taken.items() if _is_whole(listed)}
    articles = [_Print.of(document.article) for document in documents]
    families: dict[str, list[_Print]] = {}
    for article in articles:
        families.setdefault(_root(parent, article.id), []).append(article)
    names: dict[str, tuple[OriginKind, str]] = {}
    reprints: dict[str, str] = {}
    for root, family in families.items():
        kind, name = _origin(root, family, taken)
        first = _first(root, family, name)
        for article in family:
            names[article.id] = (kind, name)
            if article.id != first:
                reprints[article.id] = parent.get(article.id, first)
    keys = {
        one: _key(kind, name, _root(parent, one) if kind is OriginKind.UNKNOWN else one)
        for one, (kind, name) in names.items()
    }
    origins = _collect([article.id for article in articles], names, keys, reprints)
    return Provenance(origins, keys, reprints, {article: tuple(listed) for article, listed in taken.items()})


def _is_whole(listed: Sequence[Reuse]) -> bool:
    return any(reuse.kind != "reprint" for reuse in listed) or sum(reuse.share for reuse in listed) >= WHOLE


def _root(parent: Mapping[str, str], article: str) -> str:
    seen = {article}
    while article in parent and parent[article] not in seen:
        article = parent[article]
        seen.add(article)
    return article


def _origin(root: str, family: Sequence[_Print], taken: Mapping[str, Sequence[Reuse]]) -> tuple[OriginKind, str]:
    credited = [article for article in family if article.agencies]
    if credited:
        # The most frequent credit of the family; on a tie the one captured first.
        counted: dict[str, int] = {}
        for article in credited:
            label = "/".join(sorted(article.agencies))
            counted[label] = counted.get(label, 0) + 1
        return OriginKind.AGENCY, max(counted, key=lambda label: counted[label])
    article = next(one for one in family if one.id == root)
    house = house_named(article.outlet) if article.outlet is not None else None
    if house and house[0] is OriginKind.AGENCY:
        return house
    together = _together(root, family, taken)
    if together:
        return OriginKind.UNKNOWN, " / ".join(together)
    if article.outlet is not None:
        return OriginKind.OUTLET, article.outlet
    return OriginKind.ARTICLE, article.title


def _together(root: str, family: Sequence[_Print], taken: Mapping[str, Sequence[Reuse]]) -> list[str]:
    """Papers that print the text of a family's first article with it, that one's among them; empty where none does."""
    first = next(one for one in family if one.id == root)
    if first.outlet is None or first.latest is None:
        return []
    found = {fold(first.outlet): first.outlet}
    for article in family:
        alike = any(
            r.earlier == root and r.kind != "revision" and min(r.share, r.similarity) >= COMMON
            for r in taken.get(article.id, ())
        )
        near = article.latest is not None and article.latest - first.latest <= timedelta(days=COMMON_DAYS)
        if alike and near and article.outlet is not None:
            found.setdefault(fold(article.outlet), article.outlet)
    return list(found.values()) if len(found) > 1 else []


def _first(root: str, family: Sequence[_Print], agency: str) -> str:
    """Of a family the article that counts as the account: the agency's own text where it is there, else the root."""
    own = [one.id for one in family if one.outlet is not None and fold(one.outlet) == fold(agency)]
    return own[0] if own else root


def _key(kind: OriginKind, name: str, article: str) -> str:
    """Identifier of an origin: by its name, or where it has none that is known, by its first article."""
    return content_id("org", kind, article if kind in {OriginKind.ARTICLE, OriginKind.UNKNOWN} else fold(name))


def house_key(kind: OriginKind, name: str) -> str:
    """Identifier of an agency or outlet as an origin."""
    return _key(kind, name, "")


def _collect(
    articles: Iterable[str],
    names: Mapping[str, tuple[OriginKind, str]],
    keys: Mapping[str, str],
    reprints: Mapping[str, str],
) -> tuple[Origin, ...]:
    grouped: dict[str, list[str]] = {}
    for article in articles:
        grouped.setdefault(keys[article], []).append(article)
    return tuple(
        Origin(
            id=identifier,
            kind=names[listed[0]][0],
            name=names[listed[0]][1],
            articles=tuple(listed),
            reprints=tuple(one for one in listed if one in reprints),
        )
        for identifier, listed in grouped.items()
    )
