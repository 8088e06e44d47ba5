"""The way from a capture to the chronicle: read this first.

A capture becomes an article (`article`), which passes the annotation stages in order; each adds stand-off layers.
`link` and `story` then see all documents together. Every stage is a pure function of its input, of the judgements
that concern it and of the resources it names, so that the same captures and judgements give the same archive.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from quellenlage import __version__
from quellenlage.annotate.claims import STAGE as CLAIMS
from quellenlage.annotate.events import STAGE as EVENTS
from quellenlage.annotate.language import STAGE as LANGUAGE
from quellenlage.annotate.mentions import STAGE as MENTIONS
from quellenlage.annotate.places import STAGE as PLACES
from quellenlage.annotate.quotations import STAGE as QUOTATIONS
from quellenlage.annotate.timex import STAGE as TIMEX
from quellenlage.article import RESOURCES as ARTICLE_RESOURCES
from quellenlage.article import VERSION as ARTICLE_VERSION
from quellenlage.article import Overrides, make_article
from quellenlage.encoder import files
from quellenlage.encoder.files import Models
from quellenlage.errors import Defect
from quellenlage.link import RESOURCES as LINK_RESOURCES
from quellenlage.link import VERSION as LINK_VERSION
from quellenlage.link import dating, link
from quellenlage.link.entities.parting import part
from quellenlage.link.reuse import Copies, copies_of
from quellenlage.model import (
    DESK,
    PARTED,
    Capture,
    Document,
    Judgement,
    Linked,
    References,
    Reuse,
    Verdict,
    content_id,
    remaking,
)
from quellenlage.model.making import Correction, Recipe, StageIdentity
from quellenlage.model.partition import Mapper, in_process
from quellenlage.model.remaking import ARTICLE, Kept, Made
from quellenlage.model.spans import text_digest
from quellenlage.model.stage import Stage
from quellenlage.resources import digest
from quellenlage.story import RESOURCES as STORY_RESOURCES
from quellenlage.story import VERSION as STORY_VERSION
from quellenlage.story import tell

STAGES: tuple[Stage, ...] = (
    LANGUAGE,  # sentences, tokens
    TIMEX,  # time expressions, resolved against the publication date
    MENTIONS,  # names and role nouns, and whom they mean within the article
    PLACES,  # which real place a name of one means, and where it stands for a state
    QUOTATIONS,  # words that are attributed to somebody
    CLAIMS,  # what is held to be so, on whose word
    EVENTS,  # what happened, who did it, when, where
)


def check(stages: Iterable[Stage]) -> None:
    """Make sure that every stage finds the layers it reads.

    Raises:
        Defect: a stage reads a layer that no earlier stage writes, or writes one anew that it does not read.
    """
    written: set[str] = set()
    for stage in stages:
        missing = set(stage.reads) - written
        if missing:
            raise Defect(f"stage {stage.name} reads {sorted(missing)}, which no earlier stage writes")
        unread = written & set(stage.writes) - set(stage.reads)
        if unread:
            raise Defect(f"stage {stage.name} writes {sorted(unread)} again without reading what is there")
        written |= set(stage.writes)


check(STAGES)


def identities() -> tuple[StageIdentity, ...]:
    """All stages that see one article, in order, as they stand in this installation with the models wanted."""
    return _identities(files.wanted())


@cache
def _identities(models: Models) -> tuple[StageIdentity, ...]:
    listed: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = [
        ("article", ARTICLE_VERSION, ARTICLE_RESOURCES, ()),
        *((s.name, s.version, s.resources, s.models) for s in STAGES),
    ]
    result: list[StageIdentity] = []
    for name, version, resources, used in listed:
        lexica = tuple((one, digest(one)) for one in resources)
        weights = tuple((one, files.digest(one)) for one in used if files.available(one, models))
        result.append(StageIdentity(name, version, _together(lexica), _together(weights), lexica, weights))
    return tuple(result)


def _together(named: Sequence[tuple[str, str]]) -> str:
    return text_digest("\n".join(content for _, content in named)) if named else ""


def recipe() -> Recipe:
    """What this installation makes a document with."""
    return Recipe(__version__, identities())


@dataclass(frozen=True, slots=True)
class Parted(Overrides):
    """Corrections of an article of which people took some names apart (see `part`), in order of time."""

    parted: tuple[str, ...] = ()


def article_id(capture_id: str) -> str:
    """Identifier of the article that a capture becomes."""
    return content_id("art", capture_id)


def overrides_for(judgements: Sequence[Judgement], capture_id: str) -> Overrides:
    """What people corrected about an article itself: publication date and outlet, the last word counts; names parted.

    Without names taken apart these are `Overrides`, so that only articles that have some depend on them.
    """
    subject = article_id(capture_id)
    about = [j for j in judgements if j.verdict is Verdict.CORRECT and j.subject == subject]
    said = {j.field: j.value for j in about if j.field}
    parted = tuple(j.value for j in about if j.field == PARTED and j.value)
    if parted:
        return Parted(dct=said.get("dct"), outlet=said.get("outlet"), parted=parted)
    return Overrides(dct=said.get("dct"), outlet=said.get("outlet"))


def fingerprint(capture_id: str, overrides: Overrides) -> str:
    """What a document depends on besides its capture; another value means that it has to be built again."""
    stages = [f"{i.name}={i.version}:{i.config_hash}:{i.model_hash}" for i in identities()]
    return text_digest("\n".join([__version__, *stages, capture_id, repr(overrides)]))


def analyse(
    capture: Capture,
    overrides: Overrides | None = None,
    instead: Mapping[str, Callable[[Document], Document]] | None = None,
) -> Document:
    """Run one capture through every stage that sees a single article; `instead` takes the place of stages, by name."""
    return _make(capture, overrides or Overrides(), instead or {}, None).document


def remake(capture: Capture, overrides: Overrides, kept: Kept | None = None) -> Made:
    """Make the document of a capture; of one that is kept, by the stages alone that have to be run again."""
    return _make(capture, overrides, {}, kept)


def following(again: frozenset[str]) -> frozenset[str]:
    """Stages that may have to be run because others are."""
    return remaking.following(STAGES, again)


def corrections(overrides: Overrides) -> tuple[Correction, ...]:
    """What people corrected about an article, by the stage that takes it in; not what other articles tell about it."""
    said = [(ARTICLE, "dct", overrides.dct), (ARTICLE, "outlet", overrides.outlet)]
    if isinstance(overrides, Parted):
        said.append((MENTIONS.name, PARTED, "\n".join(overrides.parted)))
    return tuple((stage, field, text_digest(value)) for stage, field, value in said if value is not None)


def _make(
    capture: Capture,
    overrides: Overrides,
    instead: Mapping[str, Callable[[Document], Document]],
    kept: Kept | None,
) -> Made:
    stages = [replace(stage, run=instead[stage.name]) if stage.name in instead else stage for stage in STAGES]
    if isinstance(overrides, Parted):
        stages = [_parting(stage, overrides.parted) if stage.name == MENTIONS.name else stage for stage in stages]
    return remaking.remake(stages, lambda: make_article(capture, article_id(capture.id), overrides), kept)


def _parting(stage: Stage, values: Sequence[str]) -> Stage:
    """The stage of the mentions, followed by what people took apart of them."""
    return replace(stage, run=lambda document: part(stage.run(document), values))


def copied(documents: Sequence[Document], mapper: Mapper = in_process) -> Sequence[Reuse]:
    """What the documents take from each other; it depends on their texts and dates. `mapper` reads portions of them."""
    return copies_of(documents, mapper)


def copied_again(documents: Sequence[Document], copies: Sequence[Reuse], changed: Collection[str]) -> Sequence[Reuse]:
    """The same after some of the documents `changed`, of which `copies` were found before that."""
    return copies.again(documents, changed).found if isinstance(copies, Copies) else copied(documents)


def changed_anchors(documents: Sequence[Document], copies: Sequence[Reuse]) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each article whose date the others tell otherwise than it was analysed: the days they allow, and why."""
    return dating.changed_anchors(documents, copies)


def anchored(overrides: Overrides, anchors: tuple[tuple[str, str], ...]) -> Overrides:
    """Corrections of an article with what other articles tell about its date."""
    return replace(overrides, anchors=anchors)


def link_terms() -> tuple[tuple[str, str, str], ...]:
    """What the link depends on in this installation: kind ("program", "version", "resource"), name, and which one."""
    lexica = dict.fromkeys((*LINK_RESOURCES, *STORY_RESOURCES))
    return (
        ("program", "", __version__),
        ("version", "link", LINK_VERSION),
        ("version", "story", STORY_VERSION),
        *(("resource", name, digest(name)) for name in lexica),
    )


def linked_fingerprint(documents: Iterable[tuple[str, str]], judgements: Sequence[Judgement], extra: str) -> str:
    """What everything across articles depends on: the documents as built, and the judgements that are no mere notes."""
    files = dict.fromkeys((*LINK_RESOURCES, *STORY_RESOURCES))
    parts = [__version__, LINK_VERSION, STORY_VERSION, extra, *(digest(name) for name in files)]
    parts += [f"{capture}={built}" for capture, built in documents]
    parts += [j.id for j in judgements if j.verdict not in DESK]
    return text_digest("\n".join(parts))


def connect(
    documents: Sequence[Document],
    judgements: Sequence[Judgement],
    suppressed: frozenset[str],
    references: References | None = None,
    copies: Sequence[Reuse] | None = None,
    mapper: Mapper = in_process,
) -> Linked:
    """See all articles together: entities, origins, events, then chronicle, corroboration and conflicts.

    `references` are the lists from outside that entities are compared with, if there are any; `copies` is what `copied`
    found in these documents, where that is at hand. `mapper` does what can be done side by side (`model.partition`).
    """
    linked = link(documents, judgements, suppressed, references, copies, mapper)
    return tell(documents, linked, judgements, mapper)
