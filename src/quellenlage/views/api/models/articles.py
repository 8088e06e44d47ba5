"""Articles: what is known of them, their words, their layers, hits of a search."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from quellenlage.views.api.models.base import DAY, Answer, Citation, Evidence, Listed, Words


class ArticleItem(Citation):
    """An article in a list."""

    record: Literal["article"]


class Articles(Listed[ArticleItem]):
    """Articles, the newest first unless asked otherwise."""


class Span(Answer):
    """A place in a text, in code points, without its end."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)


class Dct(Answer):
    """When an article was published, and the words that it was inferred from."""

    value: str = Field(description=DAY)
    earliest: str
    latest: str
    method: str
    evidence: list[Span]
    reasons: list[str]


class Article(Answer):
    """What is known of an article, with its text where that is asked for and has not been deleted."""

    record: Literal["article"]
    id: str
    source: str
    text_sha256: str
    text: str | None = Field(description="null unless asked for with `text=true`")
    length: int = Field(description="code points of the text; 0 where it was deleted")
    offsets_in: str
    language: str
    headline: str | None
    outlet: str | None
    authors: list[str]
    agencies: list[str]
    url: str | None
    dct: Dct | None
    warnings: list[str]
    provisional: bool = Field(description="linked with what is nearest alone, so far")


class Layers(Answer):
    """An article with its layers as `quellenlage annotate` prints them, without its text unless that is asked for.

    Items of layers are described where `annotate` is; all offsets are code points of the text.
    """

    article: dict[str, Any]
    zones: list[dict[str, Any]] | None = None
    sentences: list[dict[str, Any]] | None = None
    tokens: list[dict[str, Any]] | None = None
    timexes: list[dict[str, Any]] | None = None
    mentions: list[dict[str, Any]] | None = None
    entities: list[dict[str, Any]] | None = None
    derived: list[dict[str, Any]] | None = None
    quotations: list[dict[str, Any]] | None = None
    claims: list[dict[str, Any]] | None = None
    events: list[dict[str, Any]] | None = None


class Passage(Answer):
    """Words of an article at a place, as evidence."""

    record: Literal["passage"]
    evidence: Evidence


class Hit(Words):
    """A sentence that a search found."""

    record: Literal["hit"]
    score: float
    article: str
    source: str
    outlet: str | None
    headline: str | None
    published: str | None
    found_by: list[str]
    text_score: float | None
    meaning_score: float | None


class Hits(Answer):
    """Sentences, best first."""

    by: str = Field(description="how they were looked for: text, meaning or both")
    unread: int = Field(description="articles that the search by meaning does not know yet")
    obstacle: str | None = Field(description="why the meaning was not looked for, though it was wanted")
    items: list[Hit]
