"""What an archive answers of lists; implemented in `store/listing`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, Protocol

from quellenlage.model.archive import Doubt
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
from quellenlage.model.spans import Evidence


class Lists(Protocol):
    """What an archive answers of lists: pages, counts and what a page needs, without reading all there is.

    A page has a thousand items at most.
    """

    def complete_lists(self) -> bool:
        """Write the tables of lists where an earlier version left none; False where they are there already."""

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

    def lines_by_event(self, events: Collection[str]) -> Mapping[str, Line]:
        """What lists know of some events, whether they have a line or not."""

    def density(self, asked: LineQuestion, unit: Unit = "month", by: str = "factuality") -> Density:
        """How lines lie in time, by day, month or year, each counted by "factuality" or "type"."""

    def gaps(self, asked: LineQuestion, least: int = 30) -> Sequence[Stretch]:
        """Stretches of at least so many days in which nothing is told, between the first and the last line."""

    def places(self, asked: LineQuestion, limit: int = 500) -> Sequence[PlaceCard]:
        """Places of lines, those of most first."""

    def place_counts(self, asked: LineQuestion, by: Literal["type", "factuality"]) -> Mapping[str, Mapping[str, int]]:
        """How many lines of each type, or factuality, are told of each place."""

    def facets(self, asked: Question, field: Field, limit: int = 20) -> Facets:
        """The most frequent values of a field among what is asked for. Raises KeyError where it has no such field."""

    def claims(
        self, asked: ClaimQuestion, *, offset: int = 0, limit: int = 50, order: ClaimOrder = "capture"
    ) -> Page[ClaimCard]:
        """Claims, without those that people rejected."""

    def conflicts(
        self, asked: ConflictQuestion, *, offset: int = 0, limit: int = 50, order: ConflictOrder = "grade"
    ) -> Page[ConflictCard]:
        """Conflicts."""

    def entities(
        self, asked: EntityQuestion, *, offset: int = 0, limit: int = 50, order: EntityOrder = "articles"
    ) -> Page[EntityCard]:
        """Entities; where words are asked for, who bears just this name comes first."""

    def entities_by_id(self, identifiers: Collection[str]) -> Mapping[str, EntityCard]:
        """What lists know of some entities."""

    def co_mentions(self, entity: str, limit: int = 50) -> CoMentions:
        """Whom an entity is told of with, in events and in articles."""

    def articles(
        self, asked: ArticleQuestion, *, offset: int = 0, limit: int = 50, order: ArticleOrder = "-time"
    ) -> Page[ArticleCard]:
        """Articles, as they are cited."""

    def citations(self, articles: Collection[str]) -> Sequence[ArticleCard]:
        """What is needed to cite some articles, in order of capture; what is not there is left out."""

    def origins(self, words: str = "", *, offset: int = 0, limit: int = 50) -> Page[OriginCard]:
        """Origins, those of most articles first; `words` stand in their names."""

    def resting(self, origins: Sequence[str] = (), outlets: Sequence[str] = (), limit: int = 500) -> Sequence[Resting]:
        """Which outlets rest on which origins, those of most articles first; "" asks for unknown outlets."""

    def story_cards(self, words: str = "", *, offset: int = 0, limit: int = 50) -> Page[StoryCard]:
        """Stories, those of most articles first; all of `words` stand in the title."""

    def stories_by_id(self, identifiers: Collection[str]) -> Mapping[str, StoryCard]:
        """What lists know of some stories."""

    def portion(self, wanted: Wanted) -> Portion:
        """What a page shows of some events, entities, claims and articles, and of what these name."""

    def sentences_at(self, places: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], Evidence]:
        """The sentences around some places (article, offset), where the texts are still there."""

    def forms_of(self, entity: str) -> Mapping[str, int]:
        """How often articles write which form of an entity's name; of one that many name, some of them."""

    def doubts(self, *, offset: int = 0, limit: int = 50) -> Page[Doubt]:
        """What may be one, or two, as of the last link; the most valuable first."""

    def totals(self) -> Totals:
        """How much there is of each kind."""
