"""The lines of a sample article as its gold counts them, and where they lie in the text that we analysed.

The gold names passages by their words and how often these occurred before. That count must not depend on what our
intake keeps or drops, so it is done over the source as the gold describes it, and the place is then carried over.
"""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from quellenlage.model import Span

_INLINE = frozenset({"a", "b", "em", "i", "strong", "time"})
_UNSEEN = frozenset({"script", "style"})
LABEL = 60
"""Code points of a line by which the gold's zones name it."""
_DISTINCT = 20
"""Visible code points from which a line may also be found inside a longer one."""


class _Paragraphs(HTMLParser):
    """Visible paragraphs of the body: entities decoded, white space collapsed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._text = ""
        self._unseen = 0
        self._in_body = False

    def _flush(self) -> None:
        text = " ".join(self._text.split())
        if text and self._in_body:
            self.found.append(text)
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, unless the element stands within one."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag not in _INLINE:
            self._flush()
        self._in_body = self._in_body or tag == "body"

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph, unless the element stands within one."""
        if tag in _UNSEEN:
            self._unseen -= 1
        elif tag not in _INLINE:
            self._flush()

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if not self._unseen:
            self._text += data


def lines(corpus: Path, name: str) -> list[str]:
    """Lines (of HTML: paragraphs) of one article, stripped, empty ones left out; `name` may end in "#line"."""
    file, _, number = name.partition("#")
    raw = (corpus / file).read_bytes()
    if file.endswith(".eml"):
        part = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
        text = str(part.get_content()) if part else ""
    else:
        text = _decoded(raw)
    if file.endswith(".html"):
        parser = _Paragraphs()
        parser.feed(text)
        parser.close()
        return parser.found
    if file.endswith(".jsonl"):
        row = json.loads(text.splitlines()[int(number) - 1])
        text = f"{row['title']}\n{row['text']}"
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source; `places` are its visible code points' offsets in our text, None if it is not there."""

    text: str
    places: tuple[int, ...] | None

    def span(self, start: int, end: int) -> Span | None:
        """Carry a part of the line over into our text."""
        if self.places is None or not self.text[start:end].strip():
            return None
        before = sum(not c.isspace() for c in self.text[:start])
        count = sum(not c.isspace() for c in self.text[start:end])
        return Span(self.places[before], self.places[before + count - 1] + 1)


def located(source: Sequence[str], text: str) -> list[Line]:
    """Find every line of the source in our text, in order where possible; white space does not count.

    A line must be a whole line of ours, or be long enough to be recognised within one.
    """
    squeezed = _squeeze(text)
    whole = "".join(text[i] for i in squeezed)
    begins = {0, *(n for n in range(1, len(squeezed)) if "\n" in text[squeezed[n - 1] + 1 : squeezed[n]])}
    ends = {*(n for n in begins if n), len(squeezed)}
    taken = [False] * len(squeezed)
    cursor, found = 0, []
    for line in source:
        wanted = "".join(c for c in line if not c.isspace())
        at = _search(whole, wanted, cursor, (begins, ends), taken)
        if at is None:
            found.append(Line(line, None))
            continue
        cursor = max(cursor, at + len(wanted))
        taken[at : at + len(wanted)] = [True] * len(wanted)
        found.append(Line(line, tuple(squeezed[at : at + len(wanted)])))
    return found


def _squeeze(text: str) -> list[int]:
    return [i for i, c in enumerate(text) if not c.isspace()]


def _search(whole: str, wanted: str, cursor: int, edges: tuple[set[int], set[int]], taken: list[bool]) -> int | None:
    begins, ends = edges
    within = None
    for start in (cursor, 0):
        at = whole.find(wanted, start)
        while wanted and at >= 0:
            if not any(taken[at : at + len(wanted)]):
                if at in begins and at + len(wanted) in ends:
                    return at
                if within is None and len(wanted) >= _DISTINCT:
                    within = at
            at = whole.find(wanted, at + 1)
    return within


def occurrence(own: Sequence[Line], words: str, nth: int) -> Span | None:
    """Place of the nth occurrence of some words in the lines, overlapping ones counted; None if we do not have it."""
    seen = 0
    for line in own:
        at = line.text.find(words)
        while words and at >= 0:
            seen += 1
            if seen == nth:
                return line.span(at, at + len(words))
            at = line.text.find(words, at + 1)
    return None
