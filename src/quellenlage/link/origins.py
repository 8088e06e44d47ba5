"""Who first obtained an account: credits first, then text reuse, then the outlet, else the article itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.model import Document, Origin, OriginKind, Reuse, content_id, fold


@dataclass(frozen=True, slots=True)
class Provenance:
    """Origins of all articles, and for each article the one it repeats, if any."""

    origins: tuple[Origin, ...]
    origin_of: dict[str, str]
    reprint_of: dict[str, str]


def find_origins(documents: Sequence[Document], reuses: Sequence[Reuse]) -> Provenance:
    """Give every article one origin.

    An article that repeats another shares that one's origin; where any of a family of repeats credits an agency, the
    agency is the origin of all of them, also of those that leave the credit out.
    """
    parent = {reuse.article: reuse.earlier for reuse in reuses}
    families: dict[str, list[Document]] = {}
    for document in documents:
        families.setdefault(_root(parent, document.article.id), []).append(document)
    names: dict[str, tuple[OriginKind, str]] = {}
    reprints: dict[str, str] = {}
    for root, family in families.items():
        kind, name = _origin(root, family)
        first = _first(root, family, name)
        for document in family:
            names[document.article.id] = (kind, name)
            if document.article.id != first:
                reprints[document.article.id] = parent.get(document.article.id, first)
    return Provenance(_collect(documents, names, reprints), _ids(names), reprints)


def _root(parent: dict[str, str], article: str) -> str:
    seen = {article}
    while article in parent and parent[article] not in seen:
        article = parent[article]
        seen.add(article)
    return article


def _origin(root: str, family: Sequence[Document]) -> tuple[OriginKind, str]:
    credited = [d.article for d in family if d.article.agencies]
    if credited:
        # The most frequent credit of the family; on a tie the one captured first.
        counted: dict[str, int] = {}
        for article in credited:
            label = "/".join(sorted(found.value for found in article.agencies))
            counted[label] = counted.get(label, 0) + 1
        return OriginKind.AGENCY, max(counted, key=lambda label: counted[label])
    article = next(d.article for d in family if d.article.id == root)
    if article.outlet:
        return OriginKind.OUTLET, article.outlet.value
    return OriginKind.ARTICLE, article.headline.value if article.headline else article.source


def _first(root: str, family: Sequence[Document], agency: str) -> str:
    """Of a family the article that counts as the account: the agency's own text where it is there, else the root."""
    own = [d.article.id for d in family if d.article.outlet and fold(d.article.outlet.value) == fold(agency)]
    return own[0] if own else root


def _key(kind: OriginKind, name: str, article: str) -> str:
    return content_id("org", kind, fold(name) if kind is not OriginKind.ARTICLE else article)


def _ids(names: dict[str, tuple[OriginKind, str]]) -> dict[str, str]:
    return {article: _key(kind, name, article) for article, (kind, name) in names.items()}


def _collect(
    documents: Sequence[Document], names: dict[str, tuple[OriginKind, str]], reprints: dict[str, str]
) -> tuple[Origin, ...]:
    ids = _ids(names)
    grouped: dict[str, list[str]] = {}
    for document in documents:
        grouped.setdefault(ids[document.article.id], []).append(document.article.id)
    return tuple(
        Origin(
            id=identifier,
            kind=names[articles[0]][0],
            name=names[articles[0]][1],
            articles=tuple(articles),
            reprints=tuple(article for article in articles if article in reprints),
        )
        for identifier, articles in grouped.items()
    )
