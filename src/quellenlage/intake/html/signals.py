"""What a page betrays about itself: paywall, live ticker, reservations of rights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from quellenlage.intake.html.metadata import PageData
from quellenlage.intake.html.tree import name_parts
from quellenlage.resources import load

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LONGEST = 400
_RULES = {"paywall": "paywall", "live-ticker": "live_ticker", "reservation-in-words": "reservation"}


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """One pattern for all wordings of a table."""
    return re.compile("|".join(f"(?:{p})" for p in load("de/web_pages.toml")[table]["patterns"]), re.IGNORECASE)


def says(warning: str, text: str) -> bool:
    """Whether a short passage has one of the wordings behind this warning ("paywall", "live-ticker", ...)."""
    return len(text) <= _LONGEST and _pattern(_RULES[warning]).search(text) is not None


def signals(root: Element, data: PageData, passages: Sequence[str], title: str | None) -> Iterable[str]:
    """Warnings about a page: from its structured data, its class names and its own words."""
    free = str(data.article.get("isAccessibleForFree", "")).strip().lower().rsplit("/", 1)[-1]
    if free in {"false", "no"} or _has_class(root, "paywall") or any(says("paywall", p) for p in passages):
        yield "paywall"
    if (
        "LiveBlogPosting" in data.types
        or _has_class(root, "live_ticker")
        or says("live-ticker", (title or "")[:_LONGEST])
    ):
        yield "live-ticker"
    if reserved(data):
        yield "tdm-reservation"
    if any(says("reservation-in-words", p) for p in passages):
        yield "reservation-in-words"


def reserved(data: PageData) -> bool:
    """Whether the page's meta element reserves text and data mining (TDMRep)."""
    return data.meta.get("tdm-reservation", "").strip() == "1"


def _has_class(root: Element, table: str) -> bool:
    """Whether some element's class has one of the table's parts."""
    wanted = set(load("de/web_pages.toml")[table]["classes"])
    return any(
        not wanted.isdisjoint(parts) or "".join(parts) in wanted
        for element in root.iter() if isinstance(element.tag, str) and element.get("class") and element.tag != "body"
        for parts in name_parts(element)
    )  # fmt: skip
