"""Addresses of pages: each thing has one, which can be shared and bookmarked."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from quellenlage.model import Evidence

_FOLDERS = {
    "ent": "entities",
    "evm": "events",
    "sty": "stories",
    "cfl": "conflicts",
    "org": "sources",
    "art": "articles",
    "clm": "claims",
    "stm": "statements",
}
"""Where things of a kind have their pages, by how their identifiers begin."""


def page_of(identifier: str) -> str:
    """Address of the page of a thing by its identifier. Raises KeyError for one of an unknown kind."""
    return f"/{_FOLDERS[identifier.partition('-')[0]]}/{quote(identifier, safe='')}"


def sentence_of(evidence: Evidence) -> str:
    """Address at which an article opens at a sentence, which is marked there (code points of its text)."""
    return f"/articles/{quote(evidence.article, safe='')}?at={evidence.start}-{evidence.end}#at"


def with_query(path: str, query: Mapping[str, object | None]) -> str:
    """A path with those parameters that have a value; several values of one name from a list or tuple."""
    given = {name: value for name, value in query.items() if value not in (None, "", (), [])}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path
