"""A page as a tree, and the passages in it, each with what the markup says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from quellenlage.intake.blocks import tidy
from quellenlage.intake.html.walk import BLOCK_TAGS, KINDS, SKIPPED_TAGS
from quellenlage.model.capture import MarkKind
from quellenlage.resources import load

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_ELEMENTS = 150_000
MAX_TREE_BYTES = 24 << 20
LONGEST_CELL = 200
SHORTEST_RUN = 60
_LIMITS = ("Excessive depth", "Resource limit", "too long", "Buffer size", "out of memory")
_EXCLUDED_TAGS = {"nav": "nav", "footer": "footer", "form": "form", "aside": "aside"}
_PARTS = re.compile(r"[\s_\-:./]+|(?<=[a-z])(?=[A-Z])")
_WHITE = re.compile(r"[^\S\u00a0]+|\u00a0")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHELL = frozenset({"html", "body", "main", "article"})
_INLINE_ROLES = frozenset({"kicker"})
_CREDIT_TAGS = frozenset({"small", "cite"})
LONGEST_BYLINE = 200
"""A longer passage under a byline's class is running text, in code points."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the place of a passage from the elements around it."""

    element: Any
    region: str = ""
    role: str = ""
    tag: str = ""


@dataclass(slots=True)
class Passage:
    """One passage of running text in the tree: its text, nearest block element, and how much of it is links."""

    text: str
    context: Context
    in_links: int = 0
    in_time: int = 0

    @property
    def kind(self) -> MarkKind:
        """What the markup calls it, the page's structure aside."""
        role = {
            "kicker": MarkKind.HEADING,
            "lead": MarkKind.LEAD,
            "byline": MarkKind.BYLINE,
            "caption": MarkKind.CAPTION,
        }
        by_tag = KINDS.get(self.context.tag, MarkKind.PARAGRAPH)
        if by_tag is MarkKind.TABLE and len(self.text) >= LONGEST_CELL:
            by_tag = MarkKind.PARAGRAPH  # a table that only lays out the page
        if self.context.role == "byline" and len(self.text) > LONGEST_BYLINE:
            return by_tag
        if self.context.role in role and by_tag in {MarkKind.PARAGRAPH, MarkKind.LIST_ITEM, MarkKind.CAPTION}:
            return role[self.context.role]
        if self.context.role == "kicker":
            return MarkKind.HEADING
        if self.in_time >= 0.6 * len(self.text) and len(self.text) < 120:
            return MarkKind.BYLINE
        if self.context.region == "aside":
            return MarkKind.LINK if self.is_link else MarkKind.ASIDE
        if self.is_link and by_tag in {MarkKind.PARAGRAPH, MarkKind.LIST_ITEM}:
            return MarkKind.LINK
        return by_tag

    @property
    def is_link(self) -> bool:
        """Whether (nearly) all of it leads elsewhere."""
        return self.in_links >= 0.8 * len(self.text)


def parse(text: str) -> Element | None:
    """Parse a page leniently, within libxml2's own limits of depth and size.

    None where it goes beyond them, where there are too many elements, or nothing: such pages are walked flat.
    """
    import lxml.etree
    import lxml.html

    data = text.encode("utf-8", "replace")
    if len(data) > MAX_TREE_BYTES:
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return None
    if any(word in entry.message for entry in parser.error_log for word in _LIMITS):
        return None
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        return None
    element: Element = root
    return element


@cache
def _roles() -> dict[str, str]:
    """Part of a class name to the role it stands for."""
    table = load("de/web_pages.toml")["roles"]
    return {part: role for role in ("aside", "caption", "byline", "lead", "kicker") for part in table[role]}


@cache
def _pictures() -> frozenset[str]:
    return frozenset(load("de/web_pages.toml")["roles"]["pictures"])


@cache
def _credits() -> frozenset[str]:
    return frozenset(load("de/web_pages.toml")["roles"]["credit"])


def name_parts(element: Element) -> list[list[str]]:
    """Class names, identifier and semantic attributes, each cut into its parts in lower case."""
    named = [
        *(element.get("class") or "")[:500].split(),
        *((element.get(a) or "")[:80] for a in ("id", "itemprop", "rel")),
    ]
    return [[p.lower() for p in _PARTS.split(name) if p] for name in named[:24] if name]


def role_of(element: Element) -> str:
    """Role that class names give an element: "aside", "caption", "byline", "lead", "kicker" or nothing."""
    roles, pictures = _roles(), _pictures()
    for parts in name_parts(element):
        found = next((roles[p] for p in (*parts, "".join(parts)) if p in roles), "")
        if found and not (found in {"lead", "byline"} and pictures.intersection(parts)):
            return found
    return ""


def is_credit(element: Element, tag: str) -> bool:
    """Whether an element within a caption holds the picture's credit: by its tag or its class."""
    if tag in _CREDIT_TAGS:
        return True
    wanted = _credits()
    return any(not wanted.isdisjoint(parts) or "".join(parts) in wanted for parts in name_parts(element))


@dataclass(slots=True)
class _Walk:
    """State of the walk: what was gathered of the passage at hand."""

    weights: dict[Any, int]
    total: int
    found: list[Passage] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    in_links: int = 0
    in_time: int = 0

    def add(self, text: str | None, links: int, times: int) -> None:
        if text:
            piece = _WHITE.sub(" ", text)
            self.pieces.append(piece)
            size = len(piece.strip())
            self.in_links += size if links else 0
            self.in_time += size if times else 0

    def flush(self, context: Context) -> None:
        text = "".join(self.pieces)
        for part in re.split(r"\n[ \n]*\n", text) if text.strip() else ():
            if tidied := tidy(part):
                share = len(part) / len(text)
                self.found.append(Passage(tidied, context, int(self.in_links * share), int(self.in_time * share)))
        self.pieces, self.in_links, self.in_time = [], 0, 0

    def holds_most(self, element: Any) -> bool:
        """Whether most of the page's prose is in it: then its class says nothing about a passage."""
        return self.total > 0 and 2 * self.weights.get(element, 0) >= self.total


def passages(root: Element) -> list[Passage]:
    """All passages of running text, in document order; what is not shown to a reader is left out."""
    weights = prose_weights(root)
    walk = _Walk(weights, weights.get(root, 0))
    links = times = 0
    contexts = [Context(root, tag="html")]
    # Entered elements wait with what they have to undo; the tree is at most a few hundred levels deep.
    stack: list[tuple[Any, bool]] = [(root, False)]
    opened: list[tuple[bool, int, int]] = []
    while stack:
        element, leaving = stack.pop()
        if leaving:
            is_block, was_links, was_times = opened.pop()
            if is_block:
                walk.flush(contexts.pop())
            links, times = was_links, was_times
            walk.add(element.tail, links, times)
            continue
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if tag == "br":
            walk.pieces.append("\n")
        if not tag or tag in SKIPPED_TAGS or tag == "br" or _is_hidden(element, walk):
            walk.add(element.tail, links, times)
            continue
        role = "" if tag in _SHELL or walk.holds_most(element) else role_of(element)
        is_block = (tag in BLOCK_TAGS and tag not in {"td", "th"}) or role in _INLINE_ROLES
        is_block = is_block or (contexts[-1].role == "caption" and is_credit(element, tag))
        if tag in {"td", "th"}:
            walk.pieces.append(" ")
        opened.append((is_block, links, times))
        if is_block:
            walk.flush(contexts[-1])
            contexts.append(_inside(contexts[-1], element, tag, role))
        links += tag == "a"
        times += tag == "time"
        walk.add(element.text, links, times)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    walk.flush(contexts[0])
    return walk.found


def _inside(outer: Context, element: Any, tag: str, role: str) -> Context:
    """Context of what is directly inside a block element."""
    region = _EXCLUDED_TAGS.get(tag) or ("aside" if role == "aside" else "") or outer.region
    kept = role if role and role != "aside" else outer.role
    inherits = outer.tag in KINDS and tag not in KINDS and not (tag == "p" and outer.tag == "tr")
    named = outer.tag if inherits else tag
    return Context(element, region, "caption" if tag == "figcaption" else kept, named)


def _is_hidden(element: Any, walk: _Walk) -> bool:
    """Whether a reader never sees it; scripts may reveal what holds most of the text."""
    hidden = element.get("hidden") is not None or _HIDDEN.search((element.get("style") or "")[:500]) is not None
    return hidden and not walk.holds_most(element)


def prose_weights(root: Element) -> dict[Any, int]:
    """Characters of prose (runs of text of some length) in every element that has some."""
    weights: dict[Any, int] = {}
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in SKIPPED_TAGS:
            continue
        own = [element.text or "", *(child.tail or "" for child in element)]
        size = sum(len(run) for text in own if len(run := text.strip()) >= SHORTEST_RUN)
        node: Any = element if size else None
        while node is not None:
            weights[node] = weights.get(node, 0) + size
            node = node.getparent()
    return weights


def ancestors(element: Any) -> Iterator[Any]:
    """The element itself and everything around it, inside first."""
    node = element
    while node is not None:
        yield node
        node = node.getparent()
