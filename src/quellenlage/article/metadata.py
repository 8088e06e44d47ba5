"""Headline, outlet, authors and agencies of an article, each with the words it was found in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import PurePath
from typing import Any, cast
from urllib.parse import urlsplit

from quellenlage.article.agencies import OUTLETS, Credited, code_of, named_in, outlet_named, read_list
from quellenlage.article.captions import PHOTO_CREDITS
from quellenlage.article.datelines import find_dateline, is_listed_place
from quellenlage.article.mastheads import ABOVE_DAY, find_masthead, outlet_beside_date
from quellenlage.article.rules import macros
from quellenlage.model import Capture, Found, MarkKind, Span, Zone, ZoneKind, fold
from quellenlage.resources import load

_TOP_HEADLINES = frozenset({"first-line", "markup-heading", "given-title"})
_SOURCE_LINE = re.compile(
    r"(?:(?:text)?quelle|source|original-content von|©|\(c\)|copyright)\s?:?\s*(?:by\s)?"
    r"(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s)?(?P<name>[^\n,|/()]{2,60})",
    re.IGNORECASE,
)
_HOUSE_BAR = re.compile(r"(?P<name>[\w.-]+)\s\|$")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'()]{3,300}")
_FILE = re.compile(r"\d{4}-?\d{2}-?\d{2}[ _-]+([A-Za-zÄÖÜäöüß]{4,40})(?=[ _.-]|$)")
_FIRST_SOURCE = re.compile(
    r"erschien(?:en)? (?:zuerst|ursprünglich|erstmals|zuvor)|(?:zuerst|ursprünglich) erschienen", re.IGNORECASE
)
_MATERIAL = re.compile(
    r"\(?mit (?:dem )?(?:agentur)?(?:material|informationen|meldungen|inhalten)"
    r"(?: der (?:nachrichten)?agentur(?:en)?| von| der)* "
    r"(?P<list>[^()]{2,50})",
    re.IGNORECASE,
)
_BYLINE_LEAD = re.compile(
    r"^(?:ein(?:e)? \w+ )?(?:von|by|autor\w*|autor[/:*]in\w*|redaktion|redakteur\w*|verfasser\w*|text|bericht|"
    r"protokoll|interview|aufgezeichnet von|geschrieben von|erstellt von|verfasst von|recherche|bearbeitung|"
    r"mit (?:informationen|material|berichten) von|aus \w+ bericht\w+)\s?:?\s+"
    r"(?:unsere[mnr]? (?:\w+ )?\w*(?:korrespondent|redakteur|mitarbeiter|reporter|mitglied)\w* (?:in \w+ )?)?(?:von )?",
    re.IGNORECASE,
)
_PART = re.compile(r"\s*(?:,|\bund\b|&|/|\||;|\(|\)|•|·|\s[–-]\s|\bsowie\b)\s*")
_NOT_NAMES = frozenset(
    "ard zdf orf srf wdr ndr mdr swr br hr rbb studio redaktion online agentur agenturen material fotos foto text "
    "korrespondent korrespondentin redakteur redakteurin uhr zeitung berlin politik wirtschaft".split()
)


def find_headline(capture: Capture, zones: Sequence[Zone]) -> Found | None:
    """The article's headline: by markup, by the given title, or the longest of the title lines at the top."""
    text = capture.text
    top = [z for z in zones if z.kind is ZoneKind.HEADLINE and z.rule in _TOP_HEADLINES]
    titles = [m.span for m in capture.marks if m.kind is MarkKind.TITLE]
    marked = [z for z in top if any(span.overlaps(z.span) for span in titles)]
    if marked:
        return Found(marked[0].span.of(text), "markup", (marked[0].span,))
    given = capture.given.title
    if given and given.strip():
        wanted = fold(given)
        same = [z for z in top if fold(z.span.of(text)) and fold(z.span.of(text)) in wanted]
        best = max(same, key=lambda z: z.end - z.start, default=None)
        return Found(
            given.strip() if best is None else best.span.of(text), "given", () if best is None else (best.span,)
        )
    plain = [z for z in top if not z.span.of(text).endswith(":")] or top
    if not plain:
        return None
    chosen = max(plain, key=lambda z: (z.end - z.start, -z.start))
    return Found(chosen.span.of(text), "text", (chosen.span,))


@cache
def _hosts() -> dict[str, str]:
    rows = cast("list[dict[str, Any]]", load(OUTLETS)["outlet"])
    return {host: row["name"] for row in rows for host in row["hosts"]}


def outlet_of_url(url: str) -> str | None:
    """Outlet by the host of a URL, or by a domain above it; None for hosts that no table has."""
    try:
        host = (urlsplit(url if "://" in url else f"//{url}").hostname or "").lower()
    except ValueError:
        return None
    parts = host.split(".")
    return next((_hosts()[h] for h in (".".join(parts[i:]) for i in range(len(parts) - 1)) if h in _hosts()), None)


def find_outlet(capture: Capture, zones: Sequence[Zone], override: str | None) -> Found | None:
    """Who published it: a judgement, the container, the address, a credit in the text, at last the file's name."""
    if override:
        return Found(override, "judgement")
    given = capture.given
    if given.outlet and given.outlet.strip():
        return Found(given.outlet.strip(), "given")
    by_url = outlet_of_url(given.url) if given.url else None
    if by_url:
        return Found(by_url, "url")
    return _credited_outlet(capture.text, zones) or _outlet_by_file(capture)


def _credited_outlet(text: str, zones: Sequence[Zone]) -> Found | None:
    masthead = _masthead_outlet(text, zones)
    if masthead:
        return masthead
    named = [z for z in zones if z.kind is ZoneKind.CREDIT and z.rule not in PHOTO_CREDITS]
    for zone in named:
        words = zone.span.of(text)
        if _FIRST_SOURCE.search(words):
            continue
        source = _SOURCE_LINE.match(words)
        if source:
            found = _source(text, Span(zone.start + source.start("name"), zone.start + source.end("name")))
            if found:
                return found
            continue
        if zone.rule not in {"credit-list", "credit-tail"}:
            continue
        for match in re.finditer(r"[^/,;|()\s][^/,;|()]*", words):
            outlet = outlet_named(match.group().strip())
            if outlet:
                return Found(outlet, "text", (_tight(text, zone.start + match.start(), zone.start + match.end()),))
    for zone in zones:
        house = _HOUSE_BAR.search(zone.span.of(text)) if zone.rule == "dateline-bar" else None
        outlet = outlet_named(house["name"]) if house else None
        if house and outlet:
            return Found(
                outlet, "text", (_tight(text, zone.start + house.start("name"), zone.start + house.end("name")),)
            )
        site = outlet_named(zone.span.of(text)) if zone.rule in {"page", "masthead"} else None
        if site:
            return Found(site, "text", (zone.span,))
        original = _SOURCE_LINE.match(zone.span.of(text)) if zone.rule == "page-start" else None
        if original and "original-content" in original.group().casefold():
            span = _tight(text, zone.start + original.start("name"), zone.start + original.end("name"))
            return Found(span.of(text), "text", (span,))
    return None


def _masthead_outlet(text: str, zones: Sequence[Zone]) -> Found | None:
    """Outlet by a masthead, a signature below the report, or the header with the day, in this order."""
    for zone in zones:
        if zone.rule.startswith("masthead-"):
            found = find_masthead(text, zone.span, top=True, end=True)
            if found:
                return Found(found.value(text), "text", (found.name,))
        if zone.rule == ABOVE_DAY:
            return Found(zone.span.of(text), "text", (zone.span,))
    for zone in zones:
        if zone.rule in {"date-header", "byline"}:
            name = outlet_beside_date(text, zone.span)
            if name:
                return Found(outlet_named(name.of(text)) or name.of(text), "text", (name,))
    return None


def _tight(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _source(text: str, span: Span) -> Found | None:
    """Outlet that a "Quelle:" line names: known, or a name of at most four capitalised words, never an agency."""
    span = _tight(text, span.start, span.end)
    words = span.of(text).rstrip(".")
    url = _URL.search(text, span.start, min(len(text), span.start + 300))
    if url and url.start() - span.start <= 2:
        outlet = outlet_of_url(url.group())
        return Found(outlet, "text", (Span(*url.span()),)) if outlet else None
    known = outlet_named(words) or outlet_of_url(words)
    if known:
        return Found(known, "text", (span,))
    parts = words.split()
    if code_of(words) or named_in(text, span) or not 1 <= len(parts) <= 4 or words.casefold() in {"eigene", "privat"}:
        return None
    if words[:1].isupper() and parts[-1][:1].isupper() and not any(c.isdigit() for c in words):
        return Found(words, "text", (Span(span.start, span.start + len(words)),))
    return None


def _outlet_by_file(capture: Capture) -> Found | None:
    """A file name such as 2019-03-12_hafenbote.txt, believed only where the word is one that papers are named with."""
    match = _FILE.match(_basename(capture.source))
    if not match:
        return None
    word = match.group(1)
    known = outlet_named(word)
    if known:
        return Found(known, "filename")
    endings = tuple(cast("list[str]", load(OUTLETS)["title_words"]))
    return Found(word[:1].upper() + word[1:], "filename") if word.casefold().endswith(endings) else None


def _basename(source: str) -> str:
    return PurePath(source.replace("\\", "/")).name


def find_authors(capture: Capture, zones: Sequence[Zone]) -> tuple[Found, ...]:
    """Who wrote it, by the container or by the bylines; every name once."""
    text = capture.text
    found: dict[str, Found] = {}
    for zone in zones:
        if zone.kind is ZoneKind.BYLINE:
            for span in _names(text, zone):
                found.setdefault(fold(span.of(text)), Found(span.of(text), "text", (span,)))
    for author in capture.given.authors:
        if author.strip():
            seen = found.get(fold(author))
            found[fold(author)] = Found(author.strip(), "given", seen.spans if seen else ())
    return tuple(found.values())


@cache
def _name() -> re.Pattern[str]:
    word = macros()["NAMEWORD"]
    return re.compile(rf"{word}(?:\s(?:(?:von|van|de|der|den|zu|al|el|bin|di|da|dos)\s)*{word}){{1,3}}")


def _names(text: str, zone: Zone) -> Iterable[Span]:
    words = zone.span.of(text)
    lead = _BYLINE_LEAD.match(words)
    at = lead.end() if lead else 0
    bounds = [at, *(edge for m in _PART.finditer(words, at) for edge in m.span()), len(words)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        part = words[start:end].strip().removesuffix(".")
        tokens = {fold(t) for t in re.split(r"[\s-]+", part)}
        if _name().fullmatch(part) and not tokens & _NOT_NAMES and not is_listed_place(part):
            begin = zone.start + words.index(part, start)
            yield Span(begin, begin + len(part))


def find_agencies(text: str, zones: Sequence[Zone]) -> tuple[Found, ...]:
    """The agencies an article is credited to, in the order of their first credit.

    Only datelines, credits and bylines count: an agency that the report merely quotes is not its origin, and a photo's
    agency is not the text's.
    """
    grouped: dict[str, list[tuple[Credited, str]]] = {}
    for zone in zones:
        for credited, method in _credits(text, zone):
            grouped.setdefault(credited.code, []).append((credited, method))
    return tuple(
        Found(code, listed[0][1], tuple(credited.span for credited, _ in listed)) for code, listed in grouped.items()
    )


def _credits(text: str, zone: Zone) -> list[tuple[Credited, str]]:
    if zone.kind is ZoneKind.DATELINE and zone.rule.startswith("dateline"):
        dateline = find_dateline(text, zone.start, min(len(text), zone.end + 200), near_top=True)
        listed = dateline.credits.credited if dateline else ()
        return [(c, "dateline" if c.known else "dateline-code") for c in listed]
    if zone.kind is ZoneKind.CREDIT and zone.rule not in PHOTO_CREDITS:
        signed = find_masthead(text, zone.span, top=False, end=True) if zone.rule.startswith("masthead-") else None
        if signed:
            return [(c, "credit") for c in signed.credited]
        material = _MATERIAL.fullmatch(zone.span.of(text).rstrip(".)"))
        if material:
            at = Span(zone.start + material.start("list"), zone.start + material.end("list"))
            named = read_list(text, at, unknown_codes=True)
            if named.complete and named.credited:
                return [(c, "credit") for c in named.credited]
        credit = read_list(text, zone.span, unknown_codes=False)
        listed = credit.credited if credit.complete else tuple(named_in(text, zone.span))
        return [(c, "credit") for c in listed]
    if zone.kind is ZoneKind.BYLINE:
        return [(c, "byline") for c in named_in(text, zone.span)]
    return []
