"""What articles tell, as FollowTheMoney entities: events and accounts, claims, conflicts, origins of articles.

FollowTheMoney has no schema for a claim or a conflict; both are notes on whom or what they are about. Values are cited
up to the citation limit; what an account says beside its sentence (on whose word, from which origin) is told in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quellenlage.model import Conflict, DateInterval, Event, Origin, OriginKind, content_id
from quellenlage.views.exports.facts import account_facts, conflict_facts, web_address
from quellenlage.views.exports.ftm_values import Record, dates, record
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.corrections import hand_marks, speaker_mark
from quellenlage.views.wording.lines import claim_chain, corroboration_words, event_date, event_title
from quellenlage.views.wording.quoting import CITATION_LIMIT, quoted
from quellenlage.views.wording.statements import circumstances, counted_words, firmness

LEGAL = frozenset({"Person", "Organization", "PublicBody"})
"""Schemata of those who can act: a state that acts is an address there, and is named only."""


def origin(found: Origin, articles: frozenset[str]) -> Iterator[Record]:
    """An agency or outlet, and which articles rest on it: first obtained, or reprinted."""
    if found.kind not in {OriginKind.AGENCY, OriginKind.OUTLET}:
        return
    yield record(found.id, "Organization", {"name": [found.name], "keywords": [found.kind.value]})
    for article in found.articles:
        if article in articles:
            reprint = article in found.reprints
            yield record(
                content_id("ftm", "affiliation", found.id, article),
                "Documentation",
                {"document": [article], "entity": [found.id], "role": ["reprint" if reprint else "origin"]},
            )


def event(told: Event, known: dict[str, str], holdings: Holdings, words: Words) -> Record:
    """An event; those who act and are legal entities organise it, the others of them are involved."""
    articles = [a for a in dict.fromkeys(a.member.article for a in told.accounts) if a in holdings.citations]
    named = [holdings.name(e) for e in (*told.actors, *told.recipients) if known.get(e) not in LEGAL]
    accounts = [_account(account_facts(a, holdings, words)) for a in told.accounts]
    conflicts = [conflict_facts(c, holdings, words)["label"] for c in holdings.conflicts_of.get(told.id, ())]
    standing = [words.code("factuality", told.factuality.value), event_date(told, holdings, words)]
    return record(
        told.id,
        "Event",
        {
            "name": [event_title(told, holdings, words)],
            "recordId": [told.event_type],
            "keywords": [told.event_type, told.factuality.value, *([told.revised.value] if told.revised else [])],
            **_days(told.interval),
            "location": [holdings.name(told.place)] if told.place else [],
            "country": _country(told.place, holdings),
            "organizer": [e for e in told.actors if known.get(e) in LEGAL],
            "involved": [e for e in told.recipients if known.get(e) in LEGAL],
            "namesMentioned": named,
            "summary": [quoted(told.accounts[0].evidence).exact],
            "description": ["; ".join([*standing, corroboration_words(told, words)])],
            "notes": [_short(one) for one in (*hand_marks(told, holdings, words), *accounts, *conflicts)],
            "proof": articles,
            "publisher": [holdings.cite(a).outlet for a in articles],
            "sourceUrl": [web_address(holdings.cite(a)) for a in articles],
        },
    )


def claim(said: ClaimLine, known: dict[str, str], holdings: Holdings, words: Words) -> Record | None:
    """A claim as a note on those whose words they are; None where none of them is exported."""
    speakers = [e for e in said.chain[0] if e in known] if said.chain else []
    if not speakers:
        return None
    citation = holdings.cite(said.article)
    word = claim_chain(said, holdings, words)
    stands = [*firmness(said.evidentiality, said.polarity, words), *circumstances(said, holdings, words)]
    statement = holdings.statement_of.get(said.key)
    return record(
        said.key,
        "Note",
        {
            "name": [word],
            "entity": speakers,
            "description": [quoted(part).exact for part in said.evidence],
            "summary": [
                "; ".join(
                    [
                        word,
                        *filter(None, [speaker_mark(said, holdings, words)]),
                        *stands,
                        *([counted_words(statement, holdings, words)] if statement else []),
                    ]
                )
            ],
            "keywords": ["claim", said.evidentiality.value, said.polarity.value],
            "proof": [said.article] if said.article in holdings.citations else [],
            "publisher": [citation.outlet],
            "sourceUrl": [web_address(citation)],
        },
    )


def conflict(found: Conflict, holdings: Holdings, words: Words) -> Record:
    """A conflict as a note on its event, each side on whose word and with its sentence."""
    facts = conflict_facts(found, holdings, words)
    articles = list(dict.fromkeys(side.evidence.article for side in found.sides))
    return record(
        found.id,
        "Note",
        {
            "name": [facts["label"]],
            "entity": [found.event],
            "description": [_short(f"{side['label']}, {_account(side)}: {side['quote']}") for side in facts["sides"]],
            "keywords": ["conflict", found.kind.value, found.grade.value],
            "proof": [a for a in articles if a in holdings.citations],
            "publisher": [holdings.cite(a).outlet for a in articles],
        },
    )


def _account(facts: dict[str, Any]) -> str:
    parts = [facts["cited_as"], facts.get("factuality_label"), facts["on_whose_word"], facts["origin"]]
    parts += [figure["label"] for figure in facts.get("figures", ())]
    parts.append(f"→ {facts['reprint_of']}" if facts.get("reprint_of") else None)
    return ", ".join(part for part in parts if part)


def _short(text: str) -> str:
    return text if len(text) <= CITATION_LIMIT else text[: CITATION_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _days(interval: DateInterval | None) -> dict[str, Iterable[str | None]]:
    """One day, month or year as a date, everything else as the interval in which it was."""
    if interval is None:
        return {}
    if "/" not in interval.value:
        return {"date": dates(interval)}
    return {"startDate": [interval.earliest.isoformat()], "endDate": [interval.latest.isoformat()]}


def _country(place: str | None, holdings: Holdings) -> list[str]:
    entity = holdings.entities.get(holdings.linked.aliases.get(place, place)) if place else None
    return [code.lower() for code in entity.place.state[:1]] if entity and entity.place else []
