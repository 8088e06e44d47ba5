from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from quellenlage.encoder import files
from quellenlage.model import Article, Document, Zone, ZoneKind, text_digest


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    def make(text: str, zones: tuple[tuple[int, int], ...] | None = None) -> Document:
        places = zones if zones is not None else ((0, len(text)),) if text.strip() else ()
        return Document(
            Article(
                id="art-1",
                capture="cap-1",
                source="test",
                text=text,
                text_sha256=text_digest(text),
                offsets_in="text",
                zones=tuple(Zone(start, end, ZoneKind.BODY) for start, end in places),
            )
        )

    return make


@pytest.fixture(scope="module")
def rules_alone() -> Iterator[None]:
    """Read as if the encoder were not installed: what the rules promise, they promise by themselves."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(files, "available", lambda name, models=None: False)
        yield
