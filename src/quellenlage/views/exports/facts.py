"""Events, their accounts and conflicts as plain records with labels, for maps and timelines.

Every record says in words what stands in it as a code, in the language of the call, and cites its articles: outlet,
headline, date and the sentence up to the citation limit, never more.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from quellenlage.model import Account, ChronicleEntry, Conflict, Evidence, OriginKind, Side, Story
from quellenlage.views.holdings import Citation, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.records_corrected import corrected_record
from quellenlage.views.wording.corrections import hand_marks
from quellenlage.views.wording.lines import (
    account_chain,
    camp_words,
    chain_words,
    citation_words,
    conflict_words,
    corroboration_words,
    event_date,
    event_title,
    place_of,
    side_claimed,
    side_sentence,
    side_value,
)
from quellenlage.views.wording.numbers import figure_words
from quellenlage.views.wording.quoting import quoted
from quellenlage.views.wording.told import entry_line

Record = dict[str, Any]
WEB = ("http://", "https://")


def file_name(citation: Citation) -> str:
    """Last part of where an article came from: a path tells of the machine, the name is enough to find it again."""
    return PurePosixPath(citation.source.replace("\\", "/").rstrip("/")).name or citation.article


def title_of(story: Story, holdings: Holdings) -> str:
    """Title of a story; where that is the path of an article without a headline, the name of its file."""
    for article in story.articles:
        citation = holdings.cite(article)
        if story.title == citation.source:
            return file_name(citation)
    return " ".join(story.title.split())


def web_address(citation: Citation) -> str | None:
    """The address of an article where it has one."""
    return citation.url if citation.url and citation.url.startswith(WEB) else None


def name_of(identifier: str, holdings: Holdings) -> str:
    """Name of an entity, of an origin, or of several who speak together ("+" between them).

    An article that is its own origin goes by its file, not by its path.
    """
    if "+" in identifier:
        return " + ".join(name_of(one, holdings) for one in identifier.split("+"))
    origin = holdings.origins.get(identifier)
    if origin and origin.kind is OriginKind.ARTICLE:
        return file_name(holdings.cite(origin.articles[0]))
    return holdings.name(identifier)


def cited(evidence: Evidence, holdings: Holdings, words: Words) -> Record:
    """A sentence up to the citation limit with its place and its article."""
    citation = holdings.cite(evidence.article)
    cut = quoted(evidence)
    return {
        "article": evidence.article,
        "outlet": citation.outlet,
        "headline": citation.headline,
        "published": citation.published.value if citation.published else None,
        "cited_as": citation_words(citation, words),
        "file": file_name(citation),
        "url": web_address(citation),
        "start": cut.start,
        "end": cut.end,
        "quote": cut.exact,
        "cut": cut.before or cut.after,
    }


def line_facts(entry: ChronicleEntry, story: str | None, holdings: Holdings, words: Words) -> Record:
    """A line of the chronicle, in a story of this title, with everything that the accounts of its event say."""
    event = holdings.events[entry.event]
    borne = event.corroboration
    return {
        "id": event.id,
        "label": event_title(event, holdings, words),
        "line": entry_line(entry, holdings, words),
        "event_type": event.event_type,
        "event_type_label": words.code("event", event.event_type),
        "time": event.time,
        "earliest": event.earliest.isoformat() if event.earliest else None,
        "latest": event.latest.isoformat() if event.latest else None,
        "date_label": event_date(event, holdings, words),
        "factuality": event.factuality.value,
        "factuality_label": words.code("factuality", event.factuality.value),
        "revised": event.revised.value if event.revised else None,
        "actors": holdings.names(event.actors),
        "recipients": holdings.names(event.recipients),
        "place": place_of(event, holdings) or None,
        "corrected": [
            {**corrected_record(one, event, holdings), "label": label}
            for one, label in zip(event.corrected, hand_marks(event, holdings, words), strict=True)
        ],
        "story": story,
        "citation": cited(entry.evidence, holdings, words),
        "corroboration": {
            "informants": [name_of(i, holdings) for i in borne.informants],
            "origins": [name_of(o, holdings) for o in borne.origins],
            "reprints": borne.reprints,
            "camps": [
                {
                    "name": camp_words((camp.key, camp.name), words),
                    "voices": [name_of(voice, holdings) for voice in camp.voices],
                }
                for camp in borne.camps
            ],
            "label": corroboration_words(event, words),
        },
        "conflicts": [conflict_facts(c, holdings, words) for c in holdings.conflicts_of.get(event.id, ())],
        "accounts": [account_facts(a, holdings, words) for a in event.accounts],
    }


def account_facts(account: Account, holdings: Holdings, words: Words) -> Record:
    """One article's telling: on whose word, from which origin, and what it gives otherwise than others may."""
    return {
        **cited(account.evidence, holdings, words),
        "factuality": account.factuality.value,
        "factuality_label": words.code("factuality", account.factuality.value),
        "revised": account.revised.value if account.revised else None,
        "chain": holdings.chain_names(account.chain),
        "on_whose_word": account_chain(account, holdings, words),
        "origin": name_of(account.origin, holdings),
        "reprint_of": holdings.cite(account.reprint_of).label if account.reprint_of else None,
        "time": account.time,
        "place": holdings.name(account.place) or None,
        "figures": [
            {
                "low": f.low,
                "high": f.high,
                "unit": f.unit,
                "label": figure_words(f, words),
                "chain": holdings.chain_names(f.word_of),
            }
            for f in account.figures
        ],
    }


def conflict_facts(conflict: Conflict, holdings: Holdings, words: Words) -> Record:
    """A conflict with all its sides."""
    return {
        "id": conflict.id,
        "kind": conflict.kind.value,
        "kind_label": words.code("conflict", conflict.kind.value),
        "label": conflict_words(conflict, holdings, words),
        "grade": conflict.grade.value,
        "grade_label": words.code("grade", conflict.grade.value),
        "settled": conflict.settled or None,
        "sides": [_side(conflict, side, holdings, words) for side in conflict.sides],
    }


def _side(conflict: Conflict, side: Side, holdings: Holdings, words: Words) -> Record:
    claimed = side_claimed(conflict, side, holdings)
    return {
        "value": holdings.name(side.value),
        "label": side_value(conflict, side.value, holdings, words),
        "chain": holdings.chain_names(side.chain),
        "on_whose_word": chain_words(side.chain, holdings, words, claimed=claimed),
        "origin": name_of(side.origin, holdings) if side.origin else None,
        **cited(side_sentence(conflict, side, holdings), holdings, words),
    }
