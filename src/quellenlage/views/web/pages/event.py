"""One event: its accounts beside each other, who rests on whom, its numbers in time, what is in conflict."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from quellenlage.errors import NotFound
from quellenlage.model import Event
from quellenlage.views.dossier.contents import lane_of
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.resting import event_tree
from quellenlage.views.shelves import holdings_of_events
from quellenlage.views.web.links import page_of
from quellenlage.views.web.page import Asked
from quellenlage.views.web.shown.accounts import by_article, shown_account, shown_branches, shown_figures
from quellenlage.views.web.shown.conflicts import shown_conflict
from quellenlage.views.web.shown.quotes import shown_name
from quellenlage.views.wording.corrections import hand_marks, revision_marks
from quellenlage.views.wording.lines import (
    by_hand,
    corroboration_words,
    event_date,
    event_mark,
    event_title,
    place_of,
    running_words,
)
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.told import entry_line

router = APIRouter()


@router.get("/events/{identifier}")
def event(page: Asked, identifier: str) -> Response:
    """The page of an event; an identifier that became part of another event leads to that one."""
    now = page.archive.resolve(identifier)
    if now != identifier:
        return RedirectResponse(page_of(now), status_code=303)
    holdings = holdings_of_events(page.archive, [now], whole=True)
    found = holdings.events.get(now)
    if found is None:
        raise NotFound("{reference}: no such event", reference=identifier)
    words = page.words
    tree = event_tree(found, holdings)
    return page.render(
        "event.html",
        event=found,
        title=_title(found, holdings, words),
        kind=by_hand(words.code("event", found.event_type), found, "type", words),
        lane=lane_of(found.event_type),
        when=event_date(found, holdings, words),
        mark=event_mark(found, words),
        borne=corroboration_words(found, words),
        place=shown_name(found.place, holdings) if found.place else None,
        place_given=by_hand(place_of(found, holdings), found, "place", words) if found.correction("place") else "",
        actors=[shown_name(e, holdings) for e in found.actors],
        recipients=[shown_name(e, holdings) for e in found.recipients],
        stories=_stories(found, holdings),
        accounts=by_article([shown_account(a, holdings, words) for a in found.accounts]),
        branches=shown_branches(tree, holdings, words),
        figures=shown_figures(found, tree, holdings, words),
        running=[running_words(one, words) for one in found.running],
        conflicts=[shown_conflict(c, holdings, words) for c in holdings.conflicts_of.get(now, ())],
        corrected=list(hand_marks(found, holdings, words)),
        revised=list(revision_marks(found, holdings, words)),
        links=_links(found, holdings, words),
        reasons=reason_words(found.reasons, words),
        provisional=set(page.archive.provisional()) & {a.member.article for a in found.accounts},
    )


def _title(found: Event, holdings: Holdings, words: Words) -> str:
    entry = next((e for e in holdings.linked.chronicle if e.event == found.id), None)
    told = entry_line(entry, holdings, words, dated=False) if entry else None
    return told or event_title(found, holdings, words)


def _stories(found: Event, holdings: Holdings) -> list[tuple[str, str]]:
    """Stories that tell the event, those that people made among them: (title, address)."""
    told = {e.story for e in holdings.linked.chronicle if e.event == found.id}
    told |= {also for e in holdings.linked.chronicle if e.event == found.id for also in e.also}
    return [(story.title, page_of(story.id)) for story in holdings.linked.stories if story.id in told]


def _links(found: Event, holdings: Holdings, words: Words) -> list[tuple[str, str, str, str]]:
    """Events close to it: (kind, what, when, address)."""
    shown: list[tuple[str, str, str, str]] = []
    for link in found.links:
        other = holdings.events.get(link.event)
        if other is not None:
            shown.append(
                (link.kind, event_title(other, holdings, words), event_date(other, holdings, words), page_of(other.id))
            )
    return shown
