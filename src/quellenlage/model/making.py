"""How a document was made: with which stages, of which content, and what people had corrected by then."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from quellenlage.model.spans import text_digest

Correction = tuple[str, str, str]
"""Stage that takes it in, what is corrected ("dct"), and a digest of what people said."""


@dataclass(frozen=True, slots=True)
class StageIdentity:
    """Name and version of a stage, with the digests of the resources and models that decide its result.

    `resources` and `models` name each of them with its digest: only what is installed and wanted of the models.
    """

    name: str
    version: str
    config_hash: str
    model_hash: str = ""
    resources: tuple[tuple[str, str], ...] = ()
    models: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        """Content hash of the stage: another one means that it may give another result."""
        return text_digest("\n".join((self.name, self.version, self.config_hash, self.model_hash)))


@dataclass(frozen=True, slots=True)
class Recipe:
    """The stages that make a document, in order, and the version of the program they are of."""

    program: str
    stages: tuple[StageIdentity, ...]

    @property
    def digest(self) -> str:
        """Content hash of all of it."""
        return text_digest("\n".join((self.program, *(stage.digest for stage in self.stages))))


@dataclass(frozen=True, slots=True)
class Making:
    """How one document was made; `earlier` is what `remaking.pack_earlier` tells of layers between the stages."""

    recipe: Recipe
    corrected: tuple[Correction, ...] = ()
    earlier: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an archive knows of how an article was made: the fingerprint, and the number of its recipe if known."""

    article: str
    fingerprint: str
    recipe: int | None = None
    corrected: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as an archive keeps it: packed, without its text; `earlier` as in `Making`."""

    document: bytes
    earlier: bytes | None = None


class Remakes(Protocol):
    """What an archive tells of how its documents were made."""

    def stamps(self, captures: Collection[str] | None = None) -> Mapping[str, Stamp]:
        """How the documents of captures were made, of all where none are given, by capture."""

    def recipes(self) -> Mapping[int, Recipe]:
        """What documents were made with, by the number that their stamps name."""

    def recipe_counts(self) -> Mapping[int | None, int]:
        """How many articles were made by each recipe; None: of which it is not known."""

    def stored(self, capture: str) -> Stored | None:
        """The document of a capture as it is stored; None where there is none, or it cannot be made again in part."""

    def restamp(self, capture: str, fingerprint: str, making: Making) -> None:
        """Keep the document of a capture, made again with the same result, under another fingerprint.

        Raises NotFound where it has none any more.
        """

    def note(self, name: str) -> str | None:
        """What was noted of the last build under a name."""

    def put_note(self, name: str, value: str) -> None:
        """Note something of a build; it tells people what happened, and nothing depends on it."""
