"""What all answers are made of: citations, evidence, names, and lists in parts."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")

DAY = "ISO 8601, as precise as it is known"


class Answer(BaseModel):
    """A record of the archive; a field that is not described here is never there."""

    model_config = ConfigDict(extra="forbid")


class Named(Answer):
    """Somebody or something across articles. Who stands for nothing across articles has a name alone."""

    id: str | None
    name: str


class Citation(Answer):
    """What is needed to cite an article."""

    article: str = Field(description="identifier of the article (art-…)")
    source: str = Field(description="file or address that the article came from")
    outlet: str | None
    headline: str | None
    published: str | None = Field(description=f"day or interval of publication ({DAY}); null where it is not known")
    url: str | None
    agencies: list[str]


class Evidence(Citation):
    """Words of an article with their place: `exact` is `text[start:end]` in code points of the text of this digest."""

    text_sha256: str = Field(description="SHA-256 of the UTF-8 text in which `start` and `end` count")
    start: int = Field(ge=0, description="first code point")
    end: int = Field(ge=0, description="code point behind the last one")
    exact: str = Field(description="the words, unchanged: quote nothing else in quotation marks")
    prefix: str = Field(description="what stands before them")
    suffix: str = Field(description="what stands behind them")


class Words(Answer):
    """Evidence without its citation, which stands around it."""

    text_sha256: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    exact: str
    prefix: str
    suffix: str


Chain = list[list[Named]]
"""From the one whose words they are to the last who passed them on; empty: the article's own word."""


class Listed(Answer, Generic[T]):
    """A part of a list; the header Link has the addresses of the next and the previous part."""

    total: int = Field(ge=0, description="how many there are in all; at least so many where `total_is_exact` is false")
    total_is_exact: bool = Field(description="false: not all were counted; whether a part follows is said by Link")
    offset: int = Field(ge=0, description="how many stand before the first one here")
    limit: int = Field(ge=1, description="how many were asked for")
    items: list[T]
