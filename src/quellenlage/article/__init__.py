"""Capture to Article: zones over the untouched text, and what is known of its making."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quellenlage.article.corrections import RESOURCE as CORRECTIONS
from quellenlage.article.corrections import find_notices, set_apart
from quellenlage.article.language import detect_language
from quellenlage.article.metadata import find_agencies, find_authors, find_headline, find_outlet
from quellenlage.article.published import find_published
from quellenlage.article.zones import find_zones
from quellenlage.model import READ_ZONES, Article, Capture, Dct, Zone, ZoneKind

__all__ = ["RESOURCES", "VERSION", "Overrides", "make_article"]

VERSION: str = "4"
RESOURCES: tuple[str, ...] = (
    "de/agencies.toml",
    "de/boilerplate.toml",
    CORRECTIONS,
    "de/first_names.toml",
    "de/outlets.toml",
    "de/recurring_dates.toml",
    "de/terms_of_office.toml",
    "de/visits.toml",
)
_TICKER_ENTRIES = 3


@dataclass(frozen=True, slots=True)
class Overrides:
    """What people decided about an article: `dct` as ISO date, month, year or interval, and the outlet's name.

    `anchors` are no decision but what other articles of the archive tell about its date: ISO interval and reason.
    """

    dct: str | None = None
    outlet: str | None = None
    anchors: tuple[tuple[str, str], ...] = ()


def make_article(capture: Capture, article_id: str, overrides: Overrides) -> Article:
    """Divide a capture's text into zones and find headline, outlet, authors, agencies, language and date.

    The text stays as it is; whatever is not known stays None or empty.

    Raises:
        BadInput: the override of the date cannot be read.
    """
    zones = find_zones(capture)
    notices = find_notices(capture.text, zones)
    published = find_published(capture, zones, overrides.dct, overrides.anchors)
    body = "\n".join(zone.span.of(capture.text)[:2000] for zone in [z for z in zones if z.kind in READ_ZONES][:40])
    return Article(
        id=article_id,
        capture=capture.id,
        source=capture.source,
        text=capture.text,
        text_sha256=capture.text_sha256,
        offsets_in=capture.offsets_in,
        zones=set_apart(zones, notices, capture.text),
        language=detect_language(body, capture.given.language),
        url=capture.given.url,
        headline=find_headline(capture, zones),
        outlet=find_outlet(capture, zones, overrides.outlet),
        authors=find_authors(capture, zones),
        agencies=find_agencies(capture.text, zones),
        dct=published.dct,
        warnings=(*capture.warnings, *published.warnings, *_page_warnings(zones)),
        notices=notices,
        modified=_modified(capture, published.dct),
    )


def _modified(capture: Capture, dct: Dct | None) -> date | None:
    """Day of the last change as the container gives it, where it is after the publication."""
    try:
        day = date.fromisoformat((capture.given.modified or "")[:10])
    except ValueError:
        return None
    return day if dct is None or day > dct.latest else None


def _page_warnings(zones: tuple[Zone, ...]) -> list[str]:
    """What a reader should know about the page: it was cut off, it is a ticker, or there is no report on it."""
    warnings = []
    if any(zone.rule == "paywall" for zone in zones):
        warnings.append("paywall-remains")
    if sum(zone.rule == "ticker-time" for zone in zones) >= _TICKER_ENTRIES:
        warnings.append("live-ticker")
    if not any(zone.kind in {ZoneKind.BODY, ZoneKind.LEAD} for zone in zones):
        warnings.append("no-report")
    return warnings
