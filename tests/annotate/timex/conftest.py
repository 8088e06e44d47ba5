from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from quellenlage.annotate.language import STAGE as LANGUAGE
from quellenlage.annotate.timex import STAGE
from quellenlage.model import Article, DateInterval, Dct, Document, Zone, ZoneKind, text_digest


@pytest.fixture(scope="session")
def timexes() -> Callable[..., Document]:
    """Run a text through both stages; `dct` is an ISO day, month, year or interval, or None."""

    def make(text: str, dct: str | None = None, kinds: tuple[tuple[int, int, ZoneKind], ...] | None = None) -> Document:
        places = kinds if kinds is not None else ((0, len(text), ZoneKind.BODY),) if text.strip() else ()
        article = Article(
            id="art-1",
            capture="cap-1",
            source="test",
            text=text,
            text_sha256=text_digest(text),
            offsets_in="text",
            zones=tuple(Zone(*place) for place in places),
        )
        if dct:
            days = DateInterval.parse(dct)
            article = replace(article, dct=Dct(days.earliest, days.latest, "given"))
        return STAGE.run(LANGUAGE.run(Document(article)))

    return make
