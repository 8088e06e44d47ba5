"""An export told from a single article, and split: the layout that explains the file best, or none."""

from __future__ import annotations

import re

from quellenlage.intake.press.boundaries import Parts, Source, cut
from quellenlage.intake.press.generic import learn
from quellenlage.intake.press.layouts import layouts

_SHARE = 0.5
"""So much of the articles must have day, headline and text, before a file counts as an export of this layout."""
_RETURN = re.compile(r"\r\n?")


def split(source: Source) -> Parts | None:
    """Articles of an export; None for a single article, a report, or anything else that must stay whole."""
    best: Parts | None = None
    for layout in layouts():
        parts = cut(source, layout)
        if parts is None or parts.complete < 2 or parts.complete < _SHARE * len(parts.articles):
            continue
        if best is None or parts.complete > best.complete:
            best = parts
    return best or learn(source)
