"""Reference entities: what a list from outside says of persons, bodies and places, and which of ours they may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from quellenlage.errors import Defect
from quellenlage.model.layers import EntityKind
from quellenlage.model.spans import content_id


@dataclass(frozen=True, slots=True)
class Post:
    """An office in the words of a list, with the first and the last day where it gives them."""

    text: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a list from outside; `id` hashes the list and the entry's own identifier or, without one, its words.

    `names` are the name and its equals, `weak` by-names that many may bear. `births` are ISO years, months or days,
    `countries` two-letter codes in lower case. `schema` is the kind in the list's own words, `sources` name the data
    sets within the list, `licence` the terms under which the list was passed on.
    """

    id: str
    list: str
    kind: EntityKind
    name: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()
    source_id: str = ""
    wikidata: str | None = None
    births: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()
    schema: str = ""
    sources: tuple[str, ...] = ()
    licence: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or self.name not in self.names:
            raise Defect(f"{self.id}: a reference without its name")

    @property
    def either(self) -> bool:
        """Whether it may be a person as well as a body."""
        return self.schema == "LegalEntity"


def reference_id(list_name: str, source_id: str, *words: str) -> str:
    """Identifier of an entry: of its own identifier, else of kind, name and birth."""
    return content_id("ref", list_name, source_id) if source_id else content_id("ref", list_name, "", *words)


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A list as it was added; `digest` is that of its files, `keyed` names the version of the blocking keys."""

    name: str
    form: str
    source: str
    licence: str
    digest: str
    keyed: str
    added_at: str
    entities: int = 0


@dataclass(frozen=True, slots=True)
class ReferenceMatch:
    """That an entity may be (`accepted`: is taken for) an entry of a list, with what speaks for and against it.

    `name`, `list`, `source_id` and `wikidata` are those of the entry.
    """

    entity: str
    reference: str
    score: float
    accepted: bool
    reasons: tuple[str, ...]
    name: str = ""
    list: str = ""
    source_id: str = ""
    wikidata: str | None = None

    @property
    def judged(self) -> bool:
        """Whether a person decided it."""
        return any(reason.startswith("judged:") for reason in self.reasons)


class References(Protocol):
    """Where entries are looked up by the blocking keys of their names."""

    def by_keys(self, keys: Iterable[str]) -> Sequence[Reference]:
        """Every entry with one of these keys, each once, in order of list and identifier."""

    def by_ids(self, identifiers: Iterable[str]) -> Sequence[Reference]:
        """The entries of these identifiers that there are."""
