"""Filters in the address of a list: several values of one name, days, words; and the same address changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from starlette.datastructures import QueryParams
from starlette.responses import Response

from quellenlage.errors import BadInput
from quellenlage.model import DateInterval
from quellenlage.views.web.links import with_query

V = TypeVar("V")

_LONGEST = 400  # code points of a value that is looked at


@dataclass(frozen=True, slots=True)
class Unread:
    """A value in an address that could not be understood and is left out: the parameter, and what it says.

    `reversed` says that it is a last day before the first one.
    """

    name: str
    value: str
    reversed: bool = False

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


def must_be_read(unread: Sequence[Unread]) -> None:
    """Refuse what would otherwise be more than was asked for, because a filter was left out.

    Raises:
        BadInput: something in the address could not be understood.
    """
    if unread:
        raise BadInput(
            "; ".join(map(str, unread)),
            "this filter of the address was not understood",
            remedy="open the page at this address, correct its filters and export from there",
        )


USUAL = frozenset({"lang", "done"})
"""Parameters that any page may have: its language, and the judgement that was just made on it."""


def strangers(query: QueryParams, known: Collection[str]) -> tuple[Unread, ...]:
    """Parameters of an address that a page does not have."""
    return tuple(
        Unread(name[:_LONGEST], value[:_LONGEST])
        for name, value in query.multi_items()
        if name not in known and name not in USUAL
    )


def backwards(first: date | None, last: date | None, given: tuple[Unread, Unread]) -> tuple[Unread, ...]:
    """First and last day as given where they are the wrong way round, and hold no day at all."""
    begins, ends = given
    return (begins, replace(ends, reversed=True)) if first and last and last < first else ()


@dataclass(frozen=True, slots=True)
class Given:
    """What an address asks of a list; `unknown` are values in it that make no sense and are left out."""

    path: str
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    singles: Mapping[str, str] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    unknown: tuple[Unread, ...] = ()

    @property
    def reads(self) -> frozenset[str]:
        """Parameters that it understands, with those that every list has."""
        return frozenset({*self.lists, *self.singles, "from", "to", "offset"})

    def __getitem__(self, name: str) -> tuple[str, ...]:
        """Values of a filter."""
        return self.lists.get(name, ())

    def single(self, name: str) -> str:
        """The value of a filter that has one, empty where it is not there."""
        return self.singles.get(name, "")

    @property
    def asks(self) -> bool:
        """Whether anything is chosen at all."""
        return bool(self.first or self.last or any(self.lists.values()) or any(self.singles.values()))

    def query(self, **changed: object | None) -> dict[str, object | None]:
        """Parameters of the address, some of them changed."""
        given: dict[str, object | None] = {name: list(values) for name, values in self.lists.items()}
        given |= {name: value or None for name, value in self.singles.items()}
        given |= {"from": _iso(self.first), "to": _iso(self.last)}
        return {**given, **changed}

    def address(self, **changed: object | None) -> str:
        """The address, some of it changed."""
        return with_query(self.path, self.query(**changed))

    def without(self, name: str, value: str) -> str:
        """The address without one chosen value."""
        return self.address(**{name: [one for one in self[name] if one != value]})


def read_given(
    query: QueryParams, path: str, lists: Mapping[str, Collection[str] | None], singles: Collection[str] = ()
) -> Given:
    """Understand an address; `lists` names the values that a filter may have (None: any)."""
    found: dict[str, tuple[str, ...]] = {}
    unknown: list[Unread] = []
    for name, allowed in lists.items():
        values = [one.strip()[:_LONGEST] for one in query.getlist(name) if one.strip()]
        found[name] = tuple(dict.fromkeys(one for one in values if allowed is None or one in allowed))
        unknown += [Unread(name, one) for one in values if allowed is not None and one not in allowed]
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    days = (("from", first), ("to", last))
    unknown += [Unread(name, query[name][:_LONGEST]) for name, day in days if query.get(name) and day is None]
    since, until = first.earliest if first else None, last.latest if last else None
    asked = Unread("from", query.get("from", "")), Unread("to", query.get("to", ""))
    if wrong := backwards(since, until, asked):
        since = until = None
    return Given(
        path,
        found,
        {name: query.get(name, "").strip()[:_LONGEST] for name in singles},
        since,
        until,
        (*unknown, *wrong),
    )


def _day(given: str) -> DateInterval | None:
    try:
        return DateInterval.parse(given.strip()) if given.strip() else None
    except ValueError:
        return None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def addressed(answer: Response, address: str, *, partial: bool) -> Response:
    """Tell htmx the address of what it exchanged, without the empty fields of the form that asked for it."""
    if partial:
        answer.headers["HX-Push-Url"] = address
    return answer
