"""What must hold of any bytes: a capture with sound offsets, or bad input that says so; then a sound document."""

from __future__ import annotations

from quellenlage.errors import BadInput
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.model import Capture, Document, from_json, to_json
from quellenlage.model.spans import text_digest
from quellenlage.pipeline import analyse

OPTIONS = IntakeOptions("2026-01-01T00:00:00Z", max_bytes=1 << 20, network=False)
NAMES = (
    "a", "a.txt", "a.html", "a.json", "a.jsonl", "a.xml", "a.rss", "a.pdf", "a.docx", "a.rtf", "a.eml", "a.mbox",
    "a.gz", "a.warc", "a.parquet", "ä.htm",
)  # fmt: skip
"""Names by which a format may be told where the bytes do not."""
LONGEST = 4000
"""Characters up to which a text is analysed as well: the time belongs to many inputs rather than to long ones."""


def check_bytes(name: str, data: bytes) -> int:
    """Take bytes in under a name; returns how many captures came of them. Raises whatever is a defect."""
    found = capture_bytes(name, data, OPTIONS)
    assert found, "neither a capture nor an error"
    return sum(check(one) for one in found)


def check(found: Capture | BadInput) -> bool:
    """Hold one result to what must be true of it; whether it is a capture."""
    if isinstance(found, BadInput):
        assert found.message
        str(found).encode("utf-8")
        return False
    assert found.text_sha256 == text_digest(found.text)
    assert found.text.strip()
    found.text.encode("utf-8")
    at = 0
    for mark in found.marks:
        assert at <= mark.start < mark.end <= len(found.text)
        at = mark.end
    assert from_json(to_json(found), Capture) == found
    if len(found.text) <= LONGEST:
        check_document(analyse(found))
    return True


def check_document(document: Document) -> None:
    """Tokens are words of their sentences, in order, with nothing but white space at their edges cut off."""
    text = document.text
    inside = 0
    for token in document.tokens:
        words = text[token.start : token.end]
        assert words == words.strip() != "", (token, words)
        while document.sentences[inside].end <= token.start:
            inside += 1
        sentence = document.sentences[inside]
        assert sentence.start <= token.start and token.end <= sentence.end, (token, sentence)  # noqa: PT018 - one condition
    for claim in document.claims:
        assert all(span.end <= len(text) for span in claim.spans)
    assert from_json(to_json(document), Document) == document
