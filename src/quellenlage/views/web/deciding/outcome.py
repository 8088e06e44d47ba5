"""What became of a form: said in the fragment that comes back, or on the page that one is sent back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from quellenlage.views.web.links import with_query
from quellenlage.views.web.page import Page

DONE = "done"
"""Parameter of an address that names the judgement which was just made."""

_ANCHOR = "deciding"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The judgements just made (identifiers), or what was wrong; `back` is the page that the form stands on.

    `answering` says that the fragment is the answer to the form, so that the outcome is about it. `typed` is the name
    that was given for a speaker, and `note` why, where several go by it: `choices` are their names.
    """

    back: str
    done: tuple[str, ...] = ()
    error: str = ""
    answering: bool = False
    typed: str = ""
    note: str = ""
    choices: tuple[str, ...] = ()


def outcome_of(page: Page) -> Outcome:
    """The outcome that a handler left with the request, else what the address says."""
    left: Outcome | None = getattr(page.request.state, "outcome", None)
    if left is not None:
        return left
    query = page.request.query_params
    kept = [(name, value) for name, value in query.multi_items() if name != DONE]
    return Outcome(_address(page.request.url.path, kept), tuple(query.getlist(DONE)[:1]))


def leave(page: Page, outcome: Outcome) -> None:
    """Keep an outcome for the fragments of this answer."""
    page.request.state.outcome = outcome


def back_with(back: str, done: Sequence[str]) -> str:
    """Where to go on without a script: the page again, which says what was done."""
    parts = urlsplit(back)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != DONE]
    return f"{_address(parts.path, [*kept, *((DONE, one) for one in done[:1])])}#{parts.fragment or _ANCHOR}"


def _address(path: str, query: Sequence[tuple[str, str]]) -> str:
    several: dict[str, list[str]] = {}
    for name, value in query:
        several.setdefault(name, []).append(value)
    return with_query(path, several)
