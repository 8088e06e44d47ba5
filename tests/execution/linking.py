"""Articles whose names stand in brackets, linked by the real linker: "Kremlsprecher [Dmitri Peskow] schwieg."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from tests.store.fakes import FakePipeline, Overrides, article_id, capture_of

from quellenlage import pipeline
from quellenlage.model import (
    Article,
    Capture,
    Claim,
    Document,
    EntityKind,
    Evidentiality,
    Found,
    Judgement,
    Linked,
    LocalEntity,
    Mention,
    Polarity,
    Quotation,
    QuotationType,
    References,
    Reuse,
    Role,
    Sentence,
    Span,
    Zone,
    ZoneKind,
)
from quellenlage.model.partition import Mapper, in_process
from quellenlage.store import SqlArchive, open_archive

_NAME = re.compile(r"(?:(\w+(?:chef|sprecher|minister)) )?\[([^\]]+)\]")
_SAID = re.compile(r"\[([^\]]+)\] sagt: ([^\n]+)")


class Linking(FakePipeline):
    """The fake pipeline for one article, the real one across articles."""

    def analyse(self, capture: Capture, overrides: Overrides) -> Document:
        return document_of(capture)

    def connect(
        self,
        documents: Sequence[Document],
        judgements: Sequence[Judgement],
        suppressed: frozenset[str],
        references: References | None = None,
        copies: Sequence[Reuse] | None = None,
        mapper: Mapper = in_process,
    ) -> Linked:
        return pipeline.connect(documents, judgements, suppressed, references)


def article(number: int, text: str) -> Capture:
    return capture_of(f"Meldung {number}\n{text}", source=f"/data/a{number}.txt")


def document_of(capture: Capture) -> Document:
    text = capture.text
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    entities: dict[str, LocalEntity] = {}
    mentions: list[Mention] = []
    for number, match in enumerate(_NAME.finditer(text), 1):
        name = match.group(2)
        roles = (Role(*match.span(1), match.group(1)),) if match.group(1) else ()
        local = entities.setdefault(name, LocalEntity(f"e{len(entities) + 1}", EntityKind.PER, name, roles))
        mentions.append(Mention(f"m{number}", *match.span(2), EntityKind.PER, "name", local.id))
    quotations: list[Quotation] = []
    claims: list[Claim] = []
    for number, match in enumerate(_SAID.finditer(text), 1):
        words, who = Span(*match.span(2)), entities[match.group(1)].id
        speaker = (Span(*match.span(1)),)
        quotations.append(Quotation(f"q{number}", QuotationType.INDIRECT, "speech", (words,), speaker=speaker))
        claims.append(
            Claim(f"c{number}", f"q{number}", (words,), ((who,),), Evidentiality.ASSERTED, Polarity.AFFIRMED, 0.75)
        )
    return Document(
        Article(
            id=article_id(capture.id),
            capture=capture.id,
            source=capture.source,
            text=text,
            text_sha256=capture.text_sha256,
            offsets_in=capture.offsets_in,
            zones=tuple(Zone(s.start, s.end, ZoneKind.BODY if n else ZoneKind.HEADLINE) for n, s in enumerate(lines)),
            language="de",
            headline=Found(lines[0].of(text), "text", (lines[0],)),
        ),
        sentences=tuple(Sentence(s.start, s.end) for s in lines),
        mentions=tuple(mentions),
        entities=tuple(entities.values()),
        quotations=tuple(quotations),
        claims=tuple(claims),
    )


_TIMES = count()


def now() -> str:
    """A later time with each call."""
    return f"2026-01-01T00:00:00.{next(_TIMES):06d}+00:00"


def filled(folder: Path, texts: Iterable[str]) -> SqlArchive:
    """A new archive with a capture of each text, not built yet."""
    made = open_archive(str(folder / "a.db"), create=True)
    for number, text in enumerate(texts, 1):
        made.add_capture(article(number, text))
    return made
