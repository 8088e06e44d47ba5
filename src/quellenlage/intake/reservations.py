"""Reservations of text and data mining that a site declares (TDM Reservation Protocol, W3C community report 2024)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class TdmRule:
    """One entry of `/.well-known/tdmrep.json`: a pattern of paths, and whether mining is reserved there."""

    location: str
    reserved: bool


def tdm_rules(data: bytes) -> tuple[TdmRule, ...]:
    """Read the file; sites answer with all sorts of pages at this address, which count as no statement."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ()
    listed: list[Any] = value if isinstance(value, list) else [value]
    return tuple(
        TdmRule(_path(entry["location"]), str(entry.get("tdm-reservation", "")).strip().lower() in {"1", "true"})
        for entry in listed
        if isinstance(entry, dict)
        and isinstance(entry.get("location"), str)
        and entry.get("tdm-reservation") is not None
    )


def _path(location: str) -> str:
    """Path part of a location, which some sites write as a whole URL."""
    if location.startswith(("http://", "https://")):
        try:
            return urlsplit(location).path or "/"
        except ValueError:
            return "/"
    return location if location.startswith(("/", "*")) else f"/{location}"


def reserving_rule(rules: tuple[TdmRule, ...], target: str) -> TdmRule | None:
    """Rule that reserves a path (with its query), None where it is free: the longest pattern counts, as in robots.txt.

    Of two equally long ones the reservation counts.
    """
    matching = [rule for rule in rules if matches(rule.location, target)]
    best = max(matching, key=lambda rule: (len(rule.location), rule.reserved), default=None)
    return best if best and best.reserved else None


def matches(pattern: str, target: str) -> bool:
    """Whether a path matches a pattern with `*` and a final `$` (RFC 9309, section 2.2.3); linear in the path."""
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    if not rest:
        return not anchored or target == first
    at = len(first)
    for piece in rest[:-1]:
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    last = rest[-1]
    if anchored:
        return target.endswith(last) and len(target) - len(last) >= at
    return target.find(last, at) >= 0
