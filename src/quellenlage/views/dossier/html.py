"""A small builder of HTML and SVG that escapes everything that is not markup already."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TypeAlias

_VOID = frozenset({"meta", "input", "br", "hr", "link"})
# Not allowed in HTML at all, or able to turn the direction of the text that follows.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


class Html(str):
    """Markup that is safe to put into a page as it stands."""

    __slots__ = ()


Child: TypeAlias = "Html | str | int | Sequence[Child] | None"


def text(value: object) -> Html:
    """Escape text; what no page may contain becomes U+FFFD, one for one, so that lengths stay."""
    return Html(escape(_UNSAFE.sub("\N{REPLACEMENT CHARACTER}", str(value)), quote=True))


def el(tag: str, *children: Child, **attributes: object) -> Html:
    """An element. `class_` is `class`, underscores in names become hyphens; None and False leave an attribute out."""
    parts = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        label = name.rstrip("_").replace("_", "-") if name not in _CAMEL else _CAMEL[name]
        parts.append(f" {label}" if value is True else f' {label}="{text(value)}"')
    start = f"<{tag}{''.join(parts)}>"
    return Html(start) if tag in _VOID else Html(f"{start}{join(*children)}</{tag}>")


_CAMEL = {"view_box": "viewBox", "preserve_aspect_ratio": "preserveAspectRatio"}


def join(*children: Child) -> Html:
    """Children one after the other, each escaped unless it is markup."""
    parts: list[str] = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, str | int):
            parts.append(child if isinstance(child, Html) else text(child))
        else:
            parts.append(join(*child))
    return Html("".join(parts))


def number(value: float) -> str:
    """A coordinate: one decimal, no more than needed."""
    return f"{value:.1f}".removesuffix(".0")
