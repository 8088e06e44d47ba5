"""Captures and articles from a few lines of text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quellenlage.article import Overrides, make_article
from quellenlage.model import Article, Capture, Given, Mark, make_capture

MakeArticle = Callable[..., Article]


def capture_of(
    text: str,
    *,
    source: str = "clipping.txt",
    given: Given | None = None,
    marks: tuple[Mark, ...] = (),
    captured: str = "",
) -> Capture:
    return make_capture(
        source=source,
        media_type="text/plain",
        content=text.encode("utf-8", "surrogatepass"),
        text=text,
        captured_at=captured,
        given=given,
        marks=marks,
    )


@pytest.fixture
def article() -> MakeArticle:
    def build(text: str, overrides: Overrides | None = None, **options: object) -> Article:
        return make_article(capture_of(text, **options), "art-test", overrides or Overrides())  # type: ignore[arg-type]

    return build
