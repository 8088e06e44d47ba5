"""Vectors for search by meaning: made last of all, since the chronicle needs none of them.

An encoder reads some sixty sentences a second, so this takes longer than all rules together, and the workers of an
engine share it. It may be stopped at any moment: each article is kept when it is done, and a sentence that stayed the
same is never read twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from quellenlage.execution.engines import Engine
from quellenlage.execution.engines.sharing import encoding
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
    archive: Archive,
    *,
    clock: Clock,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
    engine: Engine | None = None,
) -> int:
    """Give every article vectors that has none; returns the number of articles, 0 also without a model.

    They are computed in this process, or by as many workers as an `engine` has for so many articles; each depends on
    its sentence alone, so that they are the same.

    Raises:
        MissingResource: a model file is damaged.
        ArchiveUnusable: the archive cannot be written.
        EngineUnusable: workers cannot be started.
    """
    encoder = encoder or installed_encoder()
    todo = archive.without_vectors(encoder.digest) if encoder else []
    if encoder is None or not todo:
        return 0
    progress = progress or Silent()
    keeper = _Keeper(archive, encoder.digest)
    done, started = 0, clock()
    progress.start(len(todo), "vectors")
    try:
        with encoding(engine, len(todo)) as mapper:
            for article, vectors in mapper(_Reader(encoder), keeper.asked(todo)):
                done += keeper.keep(article, vectors)
                progress.advance()
    finally:
        progress.finish()
        if done:
            archive.add_activity(_activity(archive, encoder.digest, (started, clock()), done))
    return done


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the passages of an article, here or in another process."""

    encoder: Encoder

    def __call__(self, asked: tuple[str, Sequence[str]]) -> tuple[str, Iterable[Floats]]:
        article, passages = asked
        return article, self.encoder.encode(passages, "passage") if passages else ()


@dataclass(slots=True)
class _Keeper:
    """Asks for the passages of articles that nobody has read yet, and keeps the vectors that come back.

    Only those are held that are asked for at the moment, and what was read last.
    """

    archive: Archive
    digest: str
    remembered: dict[str, Floats] = field(default_factory=dict)
    waiting: dict[str, tuple[list[str], dict[str, Floats]]] = field(default_factory=dict)
    """By article the passages that are being read, and the vectors of the others."""

    def asked(self, articles: Iterable[str]) -> Iterator[tuple[str, Sequence[str]]]:
        """Articles with the passages to be read."""
        for article in articles:
            passages = self.archive.passages(article, self.digest)
            new = [p for p in passages if p not in self.remembered]
            self.waiting[article] = new, {p: self.remembered[p] for p in passages if p in self.remembered}
            yield article, new

    def keep(self, article: str, vectors: Iterable[Floats]) -> bool:
        """Write the vectors of an article; False where it was deleted or built anew, which the next build sees to."""
        new, known = self.waiting.pop(article)
        read = dict(zip(new, vectors, strict=True))
        self.remembered |= read
        while len(self.remembered) > _REMEMBERED:
            del self.remembered[next(iter(self.remembered))]
        return self.archive.put_vectors(article, self.digest, known | read)


def _activity(archive: Archive, digest: str, times: tuple[str, str], articles: int) -> Activity:
    from quellenlage import __version__

    identifier = content_id("act", STAGE, __version__, digest, len(archive.activities()))
    return Activity(identifier, STAGE, __version__, "", digest, *times, articles)
