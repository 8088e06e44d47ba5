"""The chronicle as data for TimelineJS: a title slide, then a slide for every dated event.

Days that are not known exactly are told as an interval with its words, never as a day. The undated cannot stand on a
line of time; the title slide says how many there are. All text is HTML there, so what articles say is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

from quellenlage.model import ChronicleEntry, Event
from quellenlage.views.exports.facts import line_facts
from quellenlage.views.exports.part import Part
from quellenlage.views.exports.streams import listed
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.lines import event_mark, event_title
from quellenlage.views.wording.quoting import in_marks, quoted

Record = dict[str, Any]


def document(part: Part, holdings: Holdings, words: Words) -> Iterator[bytes]:
    """The file in pieces."""
    return listed({"scale": "human", "title": title(part, words)}, "events", slides(part, holdings, words))


def title(part: Part, words: Words) -> Record:
    """The first slide: the story's headline, how much is told, how many events have no day."""
    headline = part.titles[part.stories[0].id] if len(part.stories) == 1 else words("dossier.title")
    undated = sum(entry.earliest is None for entry in part.lines)
    told = [words.count("count.events", len(part.lines)), words.count("count.articles", len(part.articles))]
    text = [", ".join(told) + "."]
    if undated:
        text.append(words.count("export.undated", undated))
    return {"text": {"headline": _html(headline), "text": "".join(f"<p>{_html(one)}</p>" for one in text)}}


def slides(part: Part, holdings: Holdings, words: Words) -> Iterator[Record]:
    """Dated events in the order of the chronicle; several stories each in their row, one story by kinds of event."""
    several = len(part.stories) > 1
    for entry in part.lines:
        event = holdings.events[entry.event]
        interval = event.interval
        if interval is None:
            continue
        facts = line_facts(entry, part.titles.get(entry.story), holdings, words)
        slide = {
            "unique_id": event.id,
            "start_date": _date(interval.earliest),
            "end_date": _date(interval.latest),
            "display_date": _html(facts["date_label"]),
            "group": _html(facts["story"] if several and facts["story"] else facts["event_type_label"]),
            "text": {"headline": _headline(event, holdings, words), "text": _text(entry, facts, words)},
            "autolink": False,
        }
        if interval.days == 1:
            del slide["end_date"]
        yield slide


def _date(day: date) -> Record:
    return {"year": day.year, "month": day.month, "day": day.day}


def _headline(event: Event, holdings: Holdings, words: Words) -> str:
    mark = event_mark(event, words)
    return _html(event_title(event, holdings, words)) + (f" <small>({_html(mark)})</small>" if mark else "")


def _text(entry: ChronicleEntry, facts: Record, words: Words) -> str:
    """Its line, the sentence that tells it best, how far it is borne out, its conflicts, each account on whose word."""
    parts = [
        *([f"<p>{_html(facts['line'])}</p>"] if facts["line"] else []),
        f"<blockquote>{_html(in_marks(quoted(entry.evidence), words))}</blockquote>",
        f"<p>{_source(facts['citation'])}</p>",
        f"<p>{_html(facts['corroboration']['label'])}</p>",
        *(f"<p>{_html(one['label'])}</p>" for one in facts["corrected"]),
    ]
    for conflict in facts["conflicts"]:
        sides = "".join(_line(side["label"], side) for side in conflict["sides"])
        parts.append(f"<p><b>{_html(words('chronicle.conflict'))}</b>: {_html(conflict['label'])}</p><ul>{sides}</ul>")
    accounts = "".join(_line(account["factuality_label"], account) for account in facts["accounts"])
    parts.append(f"<p>{_html(words('dossier.on_whose_word'))}</p><ul>{accounts}</ul>")
    return "".join(parts)


def _line(told: str, cited: Record) -> str:
    return f"<li>{_html(told)}, {_html(cited['on_whose_word'])} ({_source(cited)})</li>"


def _source(cited: Record) -> str:
    """Outlet and date, with the headline and a link where the article has an address."""
    named = _html(cited["cited_as"])
    if cited["url"]:
        named = f'<a href="{escape(cited["url"], quote=True)}" rel="noopener">{named}</a>'
    return f"{named}: {_html(cited['headline'])}" if cited["headline"] else named


def _html(text: str) -> str:
    return escape(" ".join(text.split()), quote=True)
