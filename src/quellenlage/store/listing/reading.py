"""The part of an archive that answers lists: every question a few looks at tables kept for it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Literal

from sqlalchemy import Connection

from quellenlage.model import Doubt, Evidence
from quellenlage.model.listing import (
    ArticleCard,
    ArticleOrder,
    ArticleQuestion,
    ClaimCard,
    ClaimOrder,
    ClaimQuestion,
    CoMentions,
    ConflictCard,
    ConflictOrder,
    ConflictQuestion,
    Density,
    EntityCard,
    EntityOrder,
    EntityQuestion,
    Facets,
    Field,
    Line,
    LineOrder,
    LineQuestion,
    OriginCard,
    Page,
    PlaceCard,
    Portion,
    Question,
    Resting,
    StoryCard,
    Stretch,
    Totals,
    Unit,
    Wanted,
)
from quellenlage.store import state
from quellenlage.store.kept import Kept
from quellenlage.store.listing import claims as said
from quellenlage.store.listing import entities as named
from quellenlage.store.listing import facets as counted
from quellenlage.store.listing import lines as told
from quellenlage.store.listing import portion, sources, writing
from quellenlage.store.listing.looking import Look
from quellenlage.store.profile import Profile

MOST = 1_000
"""Items of a page at most."""

SILENCE = 30
"""Days from which on a stretch without any line is a gap, if nothing else is asked for."""


class Listing(ABC):
    """The part of an archive that answers lists."""

    _profile: Profile
    _kept: Kept
    _listed = False

    @abstractmethod
    def _read(self) -> AbstractContextManager[Connection]:
        """A connection within one reading transaction."""

    @abstractmethod
    def _write(self) -> AbstractContextManager[Connection]:
        """A connection within one writing transaction."""

    def complete_lists(self) -> bool:
        """Write the tables of lists where an earlier version left none; False where they are there already."""
        if self._listed:
            return False
        with self._read() as connection:
            ready = writing.is_ready(connection)
        if not ready:
            with self._write() as connection:
                if not writing.is_ready(connection):
                    writing.fill(connection)
        self._listed = True
        return not ready

    def rewrite_lists(self) -> None:
        """Write the tables that follow from what spans articles anew, for archives whose rows were made otherwise."""
        with self._write() as connection:
            writing.fill_linked(connection)

    @contextmanager
    def _lists(self) -> Iterator[Look]:
        self.complete_lists()
        with self._read() as connection:
            yield Look(connection, self._profile, self._kept, state.stand(connection))

    def lines(
        self,
        asked: LineQuestion,
        *,
        offset: int = 0,
        limit: int = 50,
        order: LineOrder = "time",
        counted: bool = True,
    ) -> Page[Line]:
        """Lines of the chronicle; not `counted`, the total tells of no more than were read."""
        with self._lists() as look:
            return told.lines(look, asked, _page(offset, limit), order, counted=counted)

    def lines_by_event(self, events: Collection[str]) -> Mapping[str, Line]:
        """What lists know of some events, whether they have a line or not."""
        with self._lists() as look:
            return told.of_events(look.connection, events)

    def density(self, asked: LineQuestion, unit: Unit = "month", by: str = "factuality") -> Density:
        """How lines lie in time, by day, month or year, each counted by "factuality" or "type"."""
        with self._lists() as look:
            return look.once(("density", asked, unit, by), lambda: told.density(look, asked, unit, by))

    def gaps(self, asked: LineQuestion, least: int = SILENCE) -> Sequence[Stretch]:
        """Stretches of at least so many days in which nothing is told, between the first and the last line."""
        with self._lists() as look:
            return look.once(("gaps", asked, least), lambda: told.gaps(look, asked, least))

    def places(self, asked: LineQuestion, limit: int = 500) -> Sequence[PlaceCard]:
        """Places of lines, those of most first."""
        with self._lists() as look:
            return look.once(("places", asked, limit), lambda: told.places(look, asked, limit))

    def place_counts(self, asked: LineQuestion, by: Literal["type", "factuality"]) -> Mapping[str, Mapping[str, int]]:
        """How many lines of each type, or factuality, are told of each place."""
        with self._lists() as look:
            return look.once(("place counts", asked, by), lambda: told.place_counts(look, asked, by))

    def facets(self, asked: Question, field: Field, limit: int = 20) -> Facets:
        """The most frequent values of a field among what is asked for. Raises KeyError where it has no such field."""
        with self._lists() as look:
            return look.once(("facets", asked, field, limit), lambda: counted.facets(look, asked, field, limit))

    def claims(
        self, asked: ClaimQuestion, *, offset: int = 0, limit: int = 50, order: ClaimOrder = "capture"
    ) -> Page[ClaimCard]:
        """Claims, without those that people rejected."""
        with self._lists() as look:
            return said.claims(look, asked, _page(offset, limit), order)

    def conflicts(
        self, asked: ConflictQuestion, *, offset: int = 0, limit: int = 50, order: ConflictOrder = "grade"
    ) -> Page[ConflictCard]:
        """Conflicts."""
        with self._lists() as look:
            return said.conflicts(look, asked, _page(offset, limit), order)

    def entities(
        self, asked: EntityQuestion, *, offset: int = 0, limit: int = 50, order: EntityOrder = "articles"
    ) -> Page[EntityCard]:
        """Entities; where words are asked for, who bears just this name comes first."""
        with self._lists() as look:
            part = _page(offset, limit)
            return look.once(("entities", asked, part, order), lambda: named.entities(look, asked, part, order))

    def entities_by_id(self, identifiers: Collection[str]) -> Mapping[str, EntityCard]:
        """What lists know of some entities."""
        with self._lists() as look:
            return named.of_ids(look.connection, identifiers)

    def co_mentions(self, entity: str, limit: int = 50) -> CoMentions:
        """Whom an entity is told of with, in events and in articles."""
        with self._lists() as look:
            return look.once(("co-mentions", entity, limit), lambda: named.co_mentions(look, entity, limit))

    def articles(
        self, asked: ArticleQuestion, *, offset: int = 0, limit: int = 50, order: ArticleOrder = "-time"
    ) -> Page[ArticleCard]:
        """Articles, as they are cited."""
        with self._lists() as look:
            return sources.articles(look, asked, _page(offset, limit), order)

    def citations(self, articles: Collection[str]) -> Sequence[ArticleCard]:
        """What is needed to cite some articles, in order of capture; what is not there is left out."""
        with self._lists() as look:
            return sources.citations(look.connection, articles)

    def origins(self, words: str = "", *, offset: int = 0, limit: int = 50) -> Page[OriginCard]:
        """Origins, those of most articles first; `words` stand in their names."""
        with self._lists() as look:
            page = _page(offset, limit)
            return look.once(("origins", words, page), lambda: sources.origins(look.connection, page, words))

    def resting(self, origins: Sequence[str] = (), outlets: Sequence[str] = (), limit: int = 500) -> Sequence[Resting]:
        """Which outlets rest on which origins, those of most articles first; "" asks for unknown outlets."""
        with self._lists() as look:
            return sources.resting(look.connection, origins, outlets, limit)

    def story_cards(self, words: str = "", *, offset: int = 0, limit: int = 50) -> Page[StoryCard]:
        """Stories, those of most articles first; all of `words` stand in the title."""
        with self._lists() as look:
            page = _page(offset, limit)
            return look.once(("stories", words, page), lambda: sources.stories(look, page, words))

    def stories_by_id(self, identifiers: Collection[str]) -> Mapping[str, StoryCard]:
        """What lists know of some stories."""
        with self._lists() as look:
            return sources.stories_of(look.connection, identifiers)

    def portion(self, wanted: Wanted) -> Portion:
        """What a page shows of some events, entities, claims and articles, and of what these name."""
        with self._lists() as look:
            return portion.portion(look.connection, wanted)

    def sentences_at(self, places: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], Evidence]:
        """The sentences around some places (article, offset), where the texts are still there."""
        with self._lists() as look:
            return portion.sentences_at(look.connection, places)

    def forms_of(self, entity: str) -> Mapping[str, int]:
        """How often articles write which form of an entity's name; of one that many name, some of them."""
        with self._lists() as look:
            return portion.forms_of(look.connection, entity)

    def doubts(self, *, offset: int = 0, limit: int = 50) -> Page[Doubt]:
        """What may be one, or two, as of the last link; the most valuable first."""
        with self._read() as connection:
            return sources.doubts(connection, _page(offset, limit))

    def totals(self) -> Totals:
        """How much there is of each kind."""
        with self._lists() as look:
            return sources.totals(look)


def _page(offset: int, limit: int) -> tuple[int, int]:
    return max(0, offset), max(0, min(limit, MOST))
