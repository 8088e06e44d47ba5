from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quellenlage.annotate.language import STAGE as LANGUAGE
from quellenlage.annotate.mentions import STAGE as MENTIONS
from quellenlage.model import Article, Dct, Document, Zone, ZoneKind, text_digest


def _document(number: int, text: str) -> Document:
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    zones = (Zone(start, end, ZoneKind.BODY),) if start < end else ()
    dct = Dct(date(2020, 1, 1 + number % 28), date(2020, 1, 1 + number % 28), "given")
    digest = text_digest(text)
    article = Article(f"art-{number}", f"cap-{number}", "test", text, digest, "text", zones, "de", dct=dct)
    return MENTIONS.run(LANGUAGE.run(Document(article)))


@pytest.fixture(scope="session")
def archive() -> Callable[..., list[Document]]:
    """Texts, in capture order, to documents."""
    return lambda *texts: [_document(number, text) for number, text in enumerate(texts)]
