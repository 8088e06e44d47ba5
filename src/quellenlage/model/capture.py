"""What came in: bytes as received, the text in them, and what the container said about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from quellenlage.errors import Defect
from quellenlage.model.spans import Span, content_id, text_digest


class MarkKind(StrEnum):
    """What the markup of the input calls a passage (structure, not yet our judgement)."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LEAD = "lead"
    CAPTION = "caption"
    BYLINE = "byline"
    LIST_ITEM = "list_item"
    LINK = "link"
    ASIDE = "aside"
    FURNITURE = "furniture"
    """Around an article in what it was exported with: labels, notices, page heads; never its report."""
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of the extracted text that the input's markup named."""

    start: int
    end: int
    kind: MarkKind

    def __post_init__(self) -> None:
        Span(self.start, self.end)

    @property
    def span(self) -> Span:
        """The place without the kind."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Given:
    """Metadata that the container carried, as given: nothing here is inferred.

    `published` and `modified` are ISO 8601 dates or date-times; `how` names the field each value was read from,
    e.g. {"published": "json-ld datePublished"}.
    """

    url: str | None = None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    how: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Capture:
    """One document as received, from where and when; immutable for ever.

    `text` is the decoded input itself where `offsets_in` is "input", and the text extracted from it (HTML, PDF,
    DOCX, mail, a field of JSON) where it is "extracted". `warnings` say what was uncertain in reading it, in short
    stable codes such as "encoding-detected".
    """

    id: str
    source: str
    media_type: str
    content: bytes
    content_sha256: str
    text: str
    text_sha256: str
    captured_at: str
    encoding: str | None = None
    offsets_in: str = "input"
    given: Given = field(default_factory=Given)
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise Defect(f"capture of {self.source} has no text")
        if self.offsets_in not in {"input", "extracted"}:
            raise Defect(f"offsets_in is {self.offsets_in!r}")
        if self.text_sha256 != text_digest(self.text):
            raise Defect(f"capture of {self.source}: digest and text differ")
        if any(mark.end > len(self.text) for mark in self.marks):
            raise Defect(f"capture of {self.source}: a mark lies beyond the text")


def make_capture(  # noqa: PLR0913 - the one constructor that computes digests and the identifier
    *,
    source: str,
    media_type: str,
    content: bytes,
    text: str,
    captured_at: str,
    encoding: str | None = None,
    offsets_in: str = "input",
    given: Given | None = None,
    marks: tuple[Mark, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Capture:
    """Build a capture; its identifier hashes URL (or nothing), bytes and text, not the time or the path.

    The same file added twice, or under another name, is the same capture.
    """
    given = given or Given()
    content_sha256 = hashlib.sha256(content).hexdigest()
    text_sha256 = text_digest(text)
    return Capture(
        id=content_id("cap", given.url or "", content_sha256, text_sha256),
        source=source,
        media_type=media_type,
        content=content,
        content_sha256=content_sha256,
        text=text,
        text_sha256=text_sha256,
        captured_at=captured_at,
        encoding=encoding,
        offsets_in=offsets_in,
        given=given,
        marks=marks,
        warnings=warnings,
    )
