"""Vectors for search by meaning: made last of all, since the chronicle needs none of them.

An encoder reads some sixty sentences a second, so this takes longer than all rules together. It may be stopped at any
moment: each article is kept when it is done, and a sentence that stayed the same is never read twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from quellenlage.execution.ports import Clock, Progress, Silent
from quellenlage.model import Activity, Archive, content_id
from quellenlage.model.ports import Floats

MODEL = "sentences"
STAGE = "vectors"

_REMEMBERED = 4096
"""Sentences kept in mind, so that what agencies' customers print word for word is read once."""


class Encoder(Protocol):
    """Turns texts into vectors of length 1 whose inner product is their likeness."""

    @property
    def digest(self) -> str:
        """What its vectors depend on; only vectors of the same digest are compared."""

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Floats:
        """One vector a text. Raises MissingResource."""


@dataclass(frozen=True, slots=True)
class InstalledEncoder:
    """The encoder of this installation."""

    digest: str

    def encode(self, texts: Sequence[str], kind: Literal["query", "passage"]) -> Floats:
        """One vector a text. Raises MissingResource where a model file is damaged."""
        from quellenlage.encoder import sentences  # loads the runtime, which a text search does without

        return sentences.encode(texts, kind)


def installed_encoder() -> Encoder | None:
    """The encoder of this installation, None where its files are missing."""
    from quellenlage.encoder import files

    return InstalledEncoder(files.digest(MODEL)) if files.available(MODEL) else None


def encode_sentences(
    archive: Archive, *, clock: Clock, progress: Progress | None = None, encoder: Encoder | None = None
) -> int:
    """Give every article vectors that has none; returns the number of articles, 0 also without a model.

    Raises:
        MissingResource: a model file is damaged.
        ArchiveUnusable: the archive cannot be written.
    """
    encoder = encoder or installed_encoder()
    todo = archive.without_vectors(encoder.digest) if encoder else []
    if encoder is None or not todo:
        return 0
    progress = progress or Silent()
    remembered: dict[str, Floats] = {}
    done, started = 0, clock()
    progress.start(len(todo), "vectors")
    try:
        for article in todo:
            done += _encode(archive, article, encoder, remembered)
            progress.advance()
    finally:
        progress.finish()
        if done:
            archive.add_activity(_activity(archive, encoder.digest, (started, clock()), done))
    return done


def _encode(archive: Archive, article: str, encoder: Encoder, remembered: dict[str, Floats]) -> bool:
    new = [p for p in archive.passages(article, encoder.digest) if p not in remembered]
    while len(remembered) > _REMEMBERED:
        del remembered[next(iter(remembered))]
    remembered |= zip(new, encoder.encode(new, "passage"), strict=True) if new else ()
    # False where the article was deleted or built anew in between: then the next build sees to it.
    return archive.put_vectors(article, encoder.digest, remembered)


def _activity(archive: Archive, digest: str, times: tuple[str, str], articles: int) -> Activity:
    from quellenlage import __version__

    identifier = content_id("act", STAGE, __version__, digest, len(archive.activities()))
    return Activity(identifier, STAGE, __version__, "", digest, *times, articles)
