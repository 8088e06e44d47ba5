"""The list of articles: what is asked of it, its lines, and the choices that its filters offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quellenlage.model import Archive, DateInterval
from quellenlage.model.listing import ArticleCard, ArticleField, ArticleOrder, ArticleQuestion, Facet
from quellenlage.views.locale import Words
from quellenlage.views.shelves import citation_of
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.asked import Unread, backwards
from quellenlage.views.wording.lines import published_words

ORDERS: tuple[ArticleOrder, ...] = ("time", "-time", "capture", "-capture")
OFFERED = 60
"""Values of a filter that are offered, the most frequent."""
_LONGEST = 400  # code points of a value that are shown


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list asks for; days as ISO days, months or years."""

    q: str = ""
    outlet: str = ""
    agency: str = ""
    story: str = ""
    entity: str = ""
    since: str = ""
    until: str = ""
    order: str = ""
    offset: int = 0

    def question(self, archive: Archive) -> ArticleQuestion:
        """What is asked of the archive. What is not understood (`unread`) asks for nothing."""
        first, last = interval_of(self.since), interval_of(self.until)
        return ArticleQuestion(
            outlets=(self.outlet,) if self.outlet else (),
            agencies=(self.agency,) if self.agency else (),
            stories=(archive.resolve(self.story),) if self.story else (),
            entities=(archive.resolve(self.entity),) if self.entity else (),
            first=first.earliest if first else None,
            last=last.latest if last else None,
            words=self.q.strip()[:300],
        )

    def given(self) -> dict[str, str]:
        """What is asked for, as an address has it."""
        names = ("q", "outlet", "agency", "story", "entity", "since", "until", "order")
        return {name: value for name in names if (value := getattr(self, name))}

    def unread(self, archive: Archive) -> tuple[Unread, ...]:
        """What could not be understood: days that are none, orders, stories and names that there are not."""
        entity = archive.resolve(self.entity)
        story = archive.resolve(self.story)
        found = {
            "story": not self.story or story in archive.stories_by_id([story]),
            "entity": not self.entity or entity in archive.entities_by_id([entity]),
            "since": not self.since or interval_of(self.since) is not None,
            "until": not self.until or interval_of(self.until) is not None,
            "order": not self.order or self.order in ORDERS,
        }
        given = {name: Unread(name, getattr(self, name)[:_LONGEST]) for name in found}
        asked = self.question(archive)
        wrong = backwards(asked.first, asked.last, (given["since"], given["until"]))
        return (*(given[name] for name, read in found.items() if not read), *wrong)

    def without(self, unread: Iterable[Unread]) -> Filters:
        """The same without what could not be understood."""
        emptied: dict[str, Any] = {one.name: "" for one in unread}
        return replace(self, **emptied)


def interval_of(told: str) -> DateInterval | None:
    """The days of an ISO day, month or year; None of anything else."""
    try:
        return DateInterval.parse(told.strip()) if told.strip() else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """A line of the list."""

    when: str
    iso: str
    label: str
    title: str
    href: str
    agencies: str


def shown_article(card: ArticleCard, words: Words) -> ShownArticle:
    """Word a line."""
    citation = citation_of(card)
    interval = citation.published
    return ShownArticle(
        when=published_words(citation, words) if interval else words("citation.undated"),
        iso=interval.value if interval and interval.days == 1 and not citation.open_end else "",
        label=citation.label,
        title=citation.headline or citation.source,
        href=page_of(card.article),
        agencies=", ".join(card.agencies),
    )


def choices(archive: Archive, asked: ArticleQuestion, name: ArticleField, held: str) -> list[Facet]:
    """What a filter offers: values by how many articles have them, and the one that is chosen even if none has it."""
    found = list(archive.facets(asked, name, OFFERED).values)
    if held and all(one.value != held for one in found):
        found.insert(0, Facet(held, held, 0))
    return found


def years(archive: Archive, asked: ArticleQuestion) -> Iterator[tuple[int, int]]:
    """How many of the articles are of which year."""
    listed = archive.facets(asked, "year", OFFERED).values
    yield from sorted((int(one.value), one.count) for one in listed if one.value.isdecimal())


def whole_year(year: int) -> tuple[str, str]:
    """First and last day of a year as an address has them."""
    return date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()
