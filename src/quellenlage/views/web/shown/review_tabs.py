"""What the pages of the review have in common: the kinds as tabs, and what was just decided."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.execution.queue import KINDS, Kind
from quellenlage.views.web.deciding.queueing import queue_of
from quellenlage.views.web.deciding.standing import standing_of
from quellenlage.views.web.links import with_query
from quellenlage.views.web.page import Page
from quellenlage.views.web.shown.decisions import ShownDecision, entries, shown_decisions
from quellenlage.views.web.shown.review_words import KIND_WORDS


def decided(page: Page, identifiers: Sequence[str]) -> list[ShownDecision]:
    """Decisions in words, by the first judgement of each; the newest first."""
    wanted = set(identifiers)
    log = page.archive.judgements()
    found = [one for one in entries(log, standing_of(page)) if one.judgement.id in wanted]
    return shown_decisions(page.archive, found, standing_of(page), page.words, page.say)


def tabs(page: Page, chosen: Sequence[Kind], path: str, *, everything: bool = True) -> list[tuple[str, int, str, bool]]:
    """The kinds as tabs: (words, open questions, address, chosen)."""
    counts = queue_of(page).standing(KINDS, page.author).counts
    told = [
        (page.say(KIND_WORDS[kind]), counts[kind], with_query(path, {"kind": kind}), tuple(chosen) == (kind,))
        for kind in KINDS
        if counts[kind] or kind in chosen
    ]
    return [(page.say("All questions"), counts.total(), path, not chosen), *told] if everything else told
