"""The gold of the sample corpus, carried over onto the texts as we read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from quellenlage.errors import Defect, MissingResource
from quellenlage.evaluation import data
from quellenlage.evaluation.gold import (
    Case,
    GoldArticle,
    GoldClaim,
    GoldEntity,
    GoldEvent,
    GoldMention,
    GoldQuantity,
)
from quellenlage.evaluation.source_lines import LABEL, Line, lines, located, occurrence
from quellenlage.evaluation.timex import Expression
from quellenlage.evaluation.zones import GoldZone, Zoned
from quellenlage.model import AUTHOR, READ_ZONES, Capture, Document, Linked, Span
from quellenlage.resources import resource

HALVES = ("open", "held")


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One article of the sample: its gold on our text, and how many gold passages our text does not have."""

    case: Case
    zoned: Zoned
    timexes: tuple[Expression, ...]
    raw: Mapping[str, Any]
    own: tuple[Line, ...]
    spans: int
    unresolved: int


@dataclass(frozen=True, slots=True)
class Sample:
    """The whole sample: articles of both halves by name, and what the archive makes of all of them together."""

    articles: Mapping[str, SampleArticle]
    halves: Mapping[str, tuple[str, ...]]
    archives: Mapping[str, Mapping[str, Any]]
    linked: Linked

    def of(self, half: str) -> list[SampleArticle]:
        """Articles of one half, in the order of its gold."""
        return [self.articles[name] for name in self.halves[half]]


def corpus() -> Path:
    """Folder of the sample corpus within the package."""
    found = resource("sample")
    if not isinstance(found, Path):
        raise MissingResource("the sample corpus is not in a folder", remedy="install the package unpacked")
    return found


def data_sha256(half: str) -> str:
    """Digest of one half's gold and of the corpus (the gold of the held half rests on both files)."""
    halves = HALVES if half == "held" else ("open",)
    return data.digest(*(data.shipped("sample", f"{name}.json") for name in halves), corpus())


@cache
def load() -> Sample:
    """Read the corpus as a user would, analyse and link it, and carry both halves' gold over."""
    from quellenlage.pipeline import analyse, connect

    gold = {half: json.loads(data.shipped("sample", f"{half}.json").read_text(encoding="utf-8")) for half in HALVES}
    documents = {name: analyse(capture) for name, capture in _captures().items()}
    missing = [a["file"] for half in HALVES for a in gold[half]["articles"] if a["file"] not in documents]
    if missing:
        raise Defect(f"{len(missing)} articles of the sample were not read")
    return Sample(
        articles={
            raw["file"]: carried_over(raw, lines(corpus(), raw["file"]), documents[raw["file"]])
            for half in HALVES
            for raw in gold[half]["articles"]
        },
        halves={half: tuple(raw["file"] for raw in gold[half]["articles"]) for half in HALVES},
        archives={half: gold[half]["archive"] for half in HALVES},
        linked=connect(list(documents.values()), [], frozenset()),
    )


def captured() -> list[Capture]:
    """The sample's texts as they are taken in, for suites that need an archive of them."""
    return list(_captures().values())


def _captures() -> dict[str, Capture]:
    from quellenlage.intake import IntakeOptions, captures

    options = IntakeOptions(captured_at=data.CAPTURED_AT, network=False)
    found = captures([str(corpus())], options)
    return {Path(c.source).name: c for c in found if isinstance(c, Capture) and Path(c.source).suffix != ".md"}


@dataclass(slots=True)
class _Places:
    """Resolves passages and counts those that our text does not have."""

    own: Sequence[Line]
    asked: int = 0
    missing: int = 0

    def of(self, item: Mapping[str, Any]) -> Span | None:
        """Place of {text, nth}; nth is 1 where it is not given."""
        span = occurrence(self.own, item["text"], item.get("nth", 1))
        self.asked += 1
        self.missing += span is None
        return span


def carried_over(raw: Mapping[str, Any], source: Sequence[str], document: Document) -> SampleArticle:
    """Carry one article's gold over onto our text."""
    every = located(source, document.text)
    own = [line for line in every if not _left_out(raw, line.text)]
    places = _Places(own)
    entities = tuple(_entity(item, places) for item in raw["entities"])
    claims = tuple(claim for item in raw["claims"] if (claim := _claim(item, places)))
    events = tuple(event for item in raw["events"] if (event := _event(item, places)))
    timexes = [(places.of(item), item) for item in raw["timexes"]]
    zones, lost = _zones(raw["zones"], every)
    return SampleArticle(
        case=Case(GoldArticle(raw["file"], entities, claims, events), document),
        zoned=Zoned(raw["file"], document.article, zones, lost),
        timexes=tuple((s.start, s.end, item["type"], item["value"]) for s, item in timexes if s),
        raw=raw,
        own=tuple(own),
        spans=places.asked,
        unresolved=places.missing,
    )


def _left_out(raw: Mapping[str, Any], line: str) -> bool:
    """Whether a paragraph of a page is boilerplate, which does not count when occurrences are counted."""
    if ".html" not in raw["file"]:
        return False
    return any(z["kind"] == "boilerplate" and not z.get("inline") and z["text"] == line[:LABEL] for z in raw["zones"])


def _entity(item: Mapping[str, Any], places: _Places) -> GoldEntity:
    mentions = [(places.of(m), m["form"]) for m in item["mentions"]]
    return GoldEntity(
        item["id"], item["kind"], item["name"], tuple(GoldMention(s.start, s.end, form) for s, form in mentions if s)
    )


def _claim(item: Mapping[str, Any], places: _Places) -> GoldClaim | None:
    found = [span for part in item.get("spans") or [item] if (span := places.of(part))]
    if not found:
        return None
    return GoldClaim(
        id=item["id"],
        spans=tuple(found),
        chain=tuple(frozenset(link) for link in item["chain"]),
        evidentiality=item["evidentiality"],
        polarity=item["polarity"],
        quoted=item["type"] is not None,
    )


def _event(item: Mapping[str, Any], places: _Places) -> GoldEvent | None:
    trigger = places.of(item["trigger"])
    quantities = [(places.of(quantity), quantity) for quantity in item["quantities"]]
    if trigger is None:
        return None
    return GoldEvent(
        id=item["id"],
        type=item["type"],
        trigger=trigger,
        actors=frozenset(item["actors"]),
        recipients=frozenset(item["recipients"]),
        place=item["place"],
        time=item["time"],
        factuality=item["factuality"],
        word_of=item.get("word_of", AUTHOR),
        quantities=tuple(GoldQuantity(span, q["low"], q["high"]) for span, q in quantities if span),
    )


def _zones(raw: Sequence[Mapping[str, Any]], every: Sequence[Line]) -> tuple[list[GoldZone], dict[str, int]]:
    """Zones of whole lines, cut by those within a line; what we should have read but do not have is counted."""
    whole = [item for item in raw if not item.get("inline")]
    inline = [item for item in raw if item.get("inline")]
    read = {str(kind) for kind in READ_ZONES}
    found: list[GoldZone] = []
    lost: dict[str, int] = {}
    for line in every:
        zone = next((item for item in whole if item["text"] == line.text[:LABEL]), None)
        if zone is None:
            continue
        whole.remove(zone)
        within = [item for item in inline if item["text"] in line.text]
        inline = [item for item in inline if item not in within]
        if line.places is not None:
            found += _cut(line, zone["kind"], within)
        elif zone["kind"] in read:
            lost[zone["kind"]] = lost.get(zone["kind"], 0) + sum(not c.isspace() for c in line.text)
    return found, lost


def _cut(line: Line, kind: str, within: Sequence[Mapping[str, Any]]) -> Iterator[GoldZone]:
    """Zones of one line: those named within it, and its own kind in between."""
    cuts = sorted((line.text.find(item["text"]), item["text"], item["kind"]) for item in within)
    edge = 0
    for start, words, inner in [*cuts, (len(line.text), "", "")]:
        for a, b, label in ((edge, start, kind), (start, start + len(words), inner)):
            span = line.span(a, b) if b > a else None
            if span:
                yield (span.start, span.end, label)
        edge = max(edge, start + len(words))
