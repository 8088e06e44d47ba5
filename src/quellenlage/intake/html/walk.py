"""HTML without a tree: a flat walk over the tags, for fragments and for markup that breaks a tree parser.

Linear in time and constant in depth, whatever the input: nothing nests, and no search is made twice in vain.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from quellenlage.intake.blocks import Block, tidy
from quellenlage.model.capture import MarkKind

BLOCK_TAGS = frozenset(
    "address amp-story article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
SKIPPED_TAGS = frozenset(
    "script style template noscript svg math iframe object embed head title textarea select button audio video canvas "
    "map datalist amp-analytics amp-ad amp-sidebar amp-consent".split()
)
KINDS = {
    "h1": MarkKind.TITLE, "h2": MarkKind.HEADING, "h3": MarkKind.HEADING, "h4": MarkKind.HEADING,
    "h5": MarkKind.HEADING, "h6": MarkKind.HEADING, "li": MarkKind.LIST_ITEM, "figcaption": MarkKind.CAPTION,
    "caption": MarkKind.CAPTION, "tr": MarkKind.TABLE, "td": MarkKind.TABLE, "th": MarkKind.TABLE,
}  # fmt: skip
_FRAGMENT = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|section|article)(?:\s[^<>]*)?/?>|</p>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_WHITE = re.compile(r"\s+")


def is_fragment(text: str) -> bool:
    """Whether the value of a field is HTML: it has a tag of running text near its beginning."""
    return bool(_FRAGMENT.search(text, 0, 20_000))


def fragment_blocks(markup: str) -> Iterator[Block]:
    """Passages of a fragment or a page, in order, with what their tags call them."""
    gathered: list[str] = []
    open_kind = kind = MarkKind.PARAGRAPH
    for tag, closing, text in _tokens(markup):
        if tag == "br":
            gathered.append("\n")
        elif tag in BLOCK_TAGS:
            yield from _passages("".join(gathered), kind)
            gathered = []
            open_kind = KINDS.get(tag, MarkKind.PARAGRAPH if tag != "p" or closing else open_kind)
            kind = MarkKind.PARAGRAPH if closing else open_kind
        elif not tag:
            gathered.append(_WHITE.sub(" ", html.unescape(text)))
    yield from _passages("".join(gathered), kind)


def _passages(text: str, kind: MarkKind) -> Iterator[Block]:
    """An empty line, made by two line breaks, parts paragraphs."""
    for part in re.split(r"\n[ \n]*\n", text):
        if tidied := tidy(part):
            yield Block(tidied, kind)


def _tokens(markup: str) -> Iterator[tuple[str, bool, str]]:
    """Tags in lower case (with whether they close) and the text between them (tag empty)."""
    at, end = 0, len(markup)
    endless_comment = False
    while at < end:
        less = markup.find("<", at)
        if less < 0:
            yield "", False, markup[at:]
            return
        if less > at:
            yield "", False, markup[at:less]
        if markup.startswith("<!--", less):
            close = -1 if endless_comment else markup.find("-->", less + 2)
            endless_comment = endless_comment or close < 0
            at = less + 4 if close < 0 else close + 3  # what follows a comment that never ends is kept
            continue
        tag = _TAG.match(markup, less)
        if not tag and markup[less + 1 : less + 2] not in {"!", "?", "/"}:
            yield "", False, "<"
            at = less + 1
            continue
        close = markup.find(">", less)
        if close < 0:
            return
        at = close + 1
        if tag:
            name = tag[2].lower()
            yield name, bool(tag[1]), ""
            if name in SKIPPED_TAGS and not tag[1] and markup[close - 1] != "/":
                over = re.compile(f"</{re.escape(name)}[\\s>/]", re.IGNORECASE).search(markup, at)
                at = over.start() if over else end
