"""Which passages of a page are the article: trafilatura's choice, completed with what it drops."""

from __future__ import annotations

import copy
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quellenlage.intake.blocks import Block
from quellenlage.intake.html.tree import Passage, ancestors
from quellenlage.model.capture import MarkKind

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KEY = re.compile(r"\W+")
_HEADER_KINDS = frozenset({MarkKind.TITLE, MarkKind.HEADING, MarkKind.LEAD, MarkKind.BYLINE, MarkKind.CAPTION})
_OUTSIDE = frozenset({"nav", "footer", "form"})
_ENOUGH = 150
"""Characters of chosen text below which the choice is not trusted (a teaser, a cookie notice)."""
_MOST = 0.8
"""Share of the chosen text that the article's element must hold."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Selection:
    """The article's passages in order, and the element that holds headline and text."""

    blocks: tuple[Block, ...]
    scope: Any
    simple: bool = False


def select(root: Element, found: Sequence[Passage], title: str | None) -> Selection:
    """Choose the article's passages; `simple` where trafilatura found nothing and the densest element was taken."""
    anchors = _anchors(root, found)
    simple = sum(len(found[i].text) for i in anchors) < _ENOUGH
    if simple:
        anchors = _densest(root, found) or anchors
    if not anchors:
        blocks = tuple(Block(p.text, p.kind) for p in found if p.context.region not in _OUTSIDE)
        return Selection(blocks, root, simple=True)
    container = _container(found, anchors)
    scope = _scope(container)
    chosen = _choose(found, anchors, container, scope)
    headline = _headline(found, chosen, scope, title)
    listed: list[Block] = []
    for i in sorted({*chosen, *([headline] if headline is not None else [])}):
        kind = found[i].kind
        if i == headline:
            kind = MarkKind.TITLE
        elif kind is MarkKind.TITLE:
            kind = MarkKind.HEADING
        listed.append(Block(found[i].text, kind))
    return Selection(tuple(_lead_first(listed)), scope, simple)


def _key(text: str) -> str:
    return _KEY.sub("", text).casefold()


def _anchors(root: Element, found: Sequence[Passage]) -> list[int]:
    """Passages that trafilatura keeps as main text."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports pages without text, which we do ourselves
    try:
        page: Any = copy.deepcopy(root)
        document = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=False)
    except Exception:  # a page that breaks trafilatura is read by density instead
        return []
    text = getattr(document, "text", None) or ""
    lines = {key for line in text.splitlines() if (key := _key(line))}
    joined = _key(text)
    searchable = len(joined) * len(found) < 400_000_000
    kept = []
    for i, passage in enumerate(found):
        key = _key(passage.text)
        if key in lines or (searchable and len(key) >= 40 and key in joined):
            kept.append(i)
    return [i for i in kept if found[i].context.region not in _OUTSIDE]


def _densest(root: Element, found: Sequence[Passage]) -> list[int]:
    """Passages under the element whose own paragraphs hold most text."""
    direct: dict[Any, int] = {}
    for passage in found:
        if passage.context.region or passage.is_link or passage.kind is not MarkKind.PARAGRAPH:
            continue
        parent = passage.context.element.getparent()
        if parent is not None:
            direct[parent] = direct.get(parent, 0) + len(passage.text)
    if not direct:
        return []
    best = max(direct, key=lambda element: direct[element])
    return [
        i for i, p in enumerate(found)
        if not p.context.region and not p.is_link and any(a is best for a in ancestors(p.context.element))
    ]  # fmt: skip


def _container(found: Sequence[Passage], anchors: Sequence[int]) -> Any:
    """Innermost element that holds most of the chosen text; an `article` with half of it is not left again.

    Text in asides counts only where there is no other: lists of teasers must not draw the borders.
    """
    plain = [i for i in anchors if not found[i].context.region] or list(anchors)
    held = _held(found, plain)
    total = sum(len(found[i].text) for i in plain)
    longest = max(plain, key=lambda i: len(found[i].text))
    for element in ancestors(found[longest].context.element):
        if held[element] >= _MOST * total or (element.tag == "article" and held[element] >= _HALF * total):
            return element
    return found[longest].context.element


def _held(found: Sequence[Passage], anchors: Sequence[int]) -> dict[Any, int]:
    """Characters of chosen text in every element that has some."""
    held: dict[Any, int] = {}
    for i in anchors:
        for element in ancestors(found[i].context.element):
            held[element] = held.get(element, 0) + len(found[i].text)
    return held


def _scope(container: Any) -> Any:
    """The element around the text that also holds headline, lead and pictures."""
    for tags in ({"article"}, {"main"}, {"body", "html"}):
        for element in ancestors(container):
            if element.tag in tags:
                return element
    return container


def _choose(found: Sequence[Passage], anchors: Sequence[int], container: Any, scope: Any) -> set[int]:
    """Everything of the article: what was chosen, what lies between it, the header before and the credit after."""
    chosen = set(anchors)
    with_anchor = {e for i in anchors for e in ancestors(found[i].context.element)}
    inside = [i for i in anchors if any(e is container for e in ancestors(found[i].context.element))] or list(anchors)
    first, last = min(inside), max(inside)
    kept = set()
    for i, passage in enumerate(found):
        around = list(ancestors(passage.context.element))
        if passage.context.region in _OUTSIDE or not any(e is scope for e in around):
            continue
        in_container = any(e is container for e in around)
        if i in chosen and (in_container or not passage.context.region):
            kept.add(i)
            continue
        if passage.context.region or any(e.tag == "article" and e not in with_anchor for e in around):
            continue  # an aside, or the teaser of another article
        header = i < first and passage.kind in _HEADER_KINDS
        between = first < i < last and in_container and not passage.is_link
        after = i > last and in_container and passage.context.tag in {"p", "div"} and not passage.is_link
        if header or between or after or (i < first and in_container and passage.kind is MarkKind.PARAGRAPH):
            kept.add(i)
    return kept


def _headline(found: Sequence[Passage], chosen: set[int], scope: Any, title: str | None) -> int | None:
    """The passage that is the headline: a first-level heading that agrees with the title given, else the first one."""
    before = min((i for i in chosen if found[i].kind not in _HEADER_KINDS), default=len(found))
    headings = [i for i, p in enumerate(found) if p.context.tag == "h1" and p.context.role != "kicker"
                and p.context.region not in _OUTSIDE]  # fmt: skip
    wanted = _key(title or "")
    agreeing = [i for i in headings if wanted and (k := _key(found[i].text)) and (k in wanted or wanted in k)]
    if agreeing:
        return agreeing[0]
    in_scope = [i for i in headings if any(e is scope for e in ancestors(found[i].context.element))]
    for listed in (in_scope, [i for i in headings if i < before]):
        if listed:
            return listed[0]
    second = (i for i, p in enumerate(found) if p.context.tag in {"h2", "h3"} and wanted and _key(p.text) == wanted)
    return next(second, None)


def _lead_first(blocks: list[Block]) -> list[Block]:
    """A lead is one only before the first paragraph; later ones are paragraphs like others."""
    result: list[Block] = []
    started = False
    for block in blocks:
        started = started or block.kind is MarkKind.PARAGRAPH
        result.append(Block(block.text, MarkKind.PARAGRAPH) if started and block.kind is MarkKind.LEAD else block)
    return result
