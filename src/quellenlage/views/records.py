"""Plain records of what an archive holds, for JSON Lines: each with all its evidence and its citation."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from quellenlage.model import (
    Account,
    ChronicleEntry,
    Conflict,
    Corroboration,
    Doubt,
    Entity,
    Event,
    Evidence,
    Figure,
    Hit,
    Origin,
    Retelling,
    Reuse,
    Revision,
    RevisionKind,
    Side,
    Statement,
    Story,
    Timex,
    to_builtins,
)
from quellenlage.story.corroboration import statement_borne
from quellenlage.story.positions import Position
from quellenlage.views.discretion import shown_source
from quellenlage.views.doubting import DoubtSide
from quellenlage.views.holdings import Chain, Citation, ClaimLine, Holdings, claims_of, events_of
from quellenlage.views.locale import words_for
from quellenlage.views.pseudonyms import veiled
from quellenlage.views.records_corrected import corrected_record, reference, speaker_record
from quellenlage.views.wording.told import entry_line

Record = dict[str, Any]


def encoded(record: Record) -> bytes:
    """A record as one line of JSON, its fields in the order in which they were put there."""
    return msgspec.json.encode(veiled(record))


def named(entity_id: str, holdings: Holdings) -> Record:
    """An entity as a reference: identifier, if there is one, and name."""
    return reference(entity_id, holdings)


def chain_record(chain: Chain, holdings: Holdings) -> list[list[Record]]:
    """A chain as lists of references, from the informant to the last relay."""
    return [[named(e, holdings) for e in link] for link in chain]


def citation_record(citation: Citation) -> Record:
    """Article, outlet, headline, publication and source."""
    return {
        "article": citation.article,
        "source": citation.source,
        "outlet": citation.outlet,
        "headline": citation.headline,
        "published": citation.published.value if citation.published else None,
        "url": citation.url,
        "agencies": list(citation.agencies),
    }


def evidence_record(evidence: Evidence, holdings: Holdings) -> Record:
    """The quoted words with their place (W3C position and quote selectors) and the citation of their article."""
    return {
        **citation_record(holdings.cite(evidence.article)),
        "text_sha256": evidence.text_sha256,
        "start": evidence.start,
        "end": evidence.end,
        "exact": evidence.exact,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
    }


def figure_record(figure: Figure, holdings: Holdings) -> Record:
    """A number as a range."""
    return {
        "unit": figure.unit,
        "low": figure.low,
        "high": figure.high,
        "word_of": chain_record(figure.word_of, holdings),
        "evidence": evidence_record(figure.evidence, holdings),
    }


def account_record(account: Account, holdings: Holdings) -> Record:
    """One article's telling of an event."""
    return {
        "evidence": evidence_record(account.evidence, holdings),
        "factuality": account.factuality.value,
        "chain": chain_record(account.chain, holdings),
        "claim": account.claim,
        "origin": {"id": account.origin, "name": holdings.origin_name(account.origin)},
        "reprint_of": account.reprint_of,
        "time": account.time,
        "place": named(account.place, holdings) if account.place else None,
        "figures": [figure_record(f, holdings) for f in account.figures],
        "revised": account.revised.value if account.revised else None,
    }


def event_record(event: Event, holdings: Holdings) -> Record:
    """An event with every account of it."""
    borne = event.corroboration
    return {
        "record": "event",
        "id": event.id,
        "event_type": event.event_type,
        "time": event.time,
        "earliest": event.earliest.isoformat() if event.earliest else None,
        "latest": event.latest.isoformat() if event.latest else None,
        "factuality": event.factuality.value,
        "actors": [named(e, holdings) for e in event.actors],
        "recipients": [named(e, holdings) for e in event.recipients],
        "place": named(event.place, holdings) if event.place else None,
        "corroboration": corroboration_record(borne, holdings),
        "conflicts": [c.id for c in holdings.conflicts_of.get(event.id, ())],
        "accounts": [account_record(a, holdings) for a in event.accounts],
        "reasons": list(event.reasons),
        "revised": event.revised.value if event.revised else None,
        "corrected": [corrected_record(one, event, holdings) for one in event.corrected],
    }


def voice_record(voice: str, holdings: Holdings) -> Record:
    """An informant (joint speakers joined by "+") or origin as a reference."""
    return {"id": voice, "name": " + ".join(holdings.names(voice.split("+")))}


def corroboration_record(borne: Corroboration, holdings: Holdings) -> Record:
    """Informants, origins, the number of reprints, and which of them belong to one camp."""
    return {
        "informants": [voice_record(e, holdings) for e in borne.informants],
        "origins": [{"id": o, "name": holdings.origin_name(o)} for o in borne.origins],
        "reprints": borne.reprints,
        "camps": [
            {
                "key": camp.key,
                "name": camp.name,
                "voices": [voice_record(voice, holdings) for voice in camp.voices],
                "reasons": list(camp.reasons),
            }
            for camp in borne.camps
        ],
    }


def entry_record(entry: ChronicleEntry, holdings: Holdings) -> Record:
    """A line of the chronicle: its event, and the sentence that tells it best."""
    event = event_record(holdings.events[entry.event], holdings)
    line = {
        "record": "chronicle",
        "event": entry.event,
        "story": entry.story,
        "position": entry.position,
        "line_de": entry_line(entry, holdings, words_for("de")),
        "line_en": entry_line(entry, holdings, words_for("en")),
        "importance": entry.importance,
        "later": entry.later,
        "also": list(entry.also),
    }
    return {
        **line,
        "evidence": evidence_record(entry.evidence, holdings),
        **{k: v for k, v in event.items() if k not in {"record", "id"}},
    }


def story_record(story: Story, holdings: Holdings) -> Record:
    """A story: its articles with the reasons why each belongs to it."""
    return {
        "record": "story",
        "id": story.id,
        "title": story.title,
        "made": story.made,
        "articles": [citation_record(holdings.cite(article)) for article in story.articles],
        "why": [to_builtins(one) for one in story.why],
        "related": list(story.related),
        "events": list(story.events),
    }


def claim_record(claim: ClaimLine, holdings: Holdings) -> Record:
    """A claim: who said it, on whose word."""
    return {
        "record": "claim",
        "id": claim.key,
        "chain": chain_record(claim.chain, holdings),
        "evidentiality": claim.evidentiality.value,
        "polarity": claim.polarity.value,
        "score": claim.score,
        "reasons": list(claim.reasons),
        "evidence": [evidence_record(e, holdings) for e in claim.evidence],
        "sentence": evidence_record(claim.sentence, holdings),
        "form": claim.form,
        "resolved": not claim.unresolved,
        "candidates": [{**named(e, holdings), "score": score} for e, score in claim.candidates],
        "told": [named(e, holdings) for e in claim.told],
        "channel": claim.channel.value if claim.channel else None,
        "said": said_record(claim.said),
        "statement": _statement_reference(claim.key, holdings),
        "revised": _revised(claim, holdings),
        "corrected": speaker_record(claim, holdings),
    }


def _revised(claim: ClaimLine, holdings: Holdings) -> Record | None:
    """What became of the article of a claim, and whether the newer version has the claim still."""
    found = [r for r in holdings.linked.revisions if r.earlier == claim.article and (r.whole or claim.key in _keys(r))]
    if not found:
        return None
    revision = min(found, key=lambda r: list(RevisionKind).index(r.kind))
    altered = next((a for a in revision.altered if a.old == claim.key), None)
    gone = revision.kind is RevisionKind.WITHDRAWN or claim.key in revision.dropped
    state = "gone" if gone else "altered" if altered else "kept"
    return {
        "kind": revision.kind.value,
        "by": revision.article,
        "state": state,
        "now": altered.new or None if altered else None,
        "reasons": list(altered.reasons) if altered else [],
    }


def _keys(revision: Revision) -> set[str]:
    return {*revision.dropped, *(a.old for a in revision.altered)}


def revision_record(revision: Revision, holdings: Holdings) -> Record:
    """A later version or a withdrawal, with every changed sentence in both versions."""

    def quote(words: Evidence | None) -> Record | None:
        return evidence_record(words, holdings) if words else None

    return {
        "record": "revision",
        "kind": revision.kind.value,
        "article": citation_record(holdings.cite(revision.article)),
        "earlier": citation_record(holdings.cite(revision.earlier)) if revision.earlier else None,
        "whole": revision.whole,
        "day": _iso(revision.day),
        "evidence": [evidence_record(e, holdings) for e in revision.evidence],
        "changes": [
            {"kind": c.kind, "old": quote(c.old), "new": quote(c.new), "was": c.was, "now": c.now}
            for c in revision.changes
        ],
        "dropped": list(revision.dropped),
        "added": list(revision.added),
        "altered": [to_builtins(one) for one in revision.altered],
        "reasons": list(revision.reasons),
        "note": revision.note,
    }


def said_record(said: Timex | None) -> Record | None:
    """When something was said: the value of the time expression and the days it can mean."""
    if said is None:
        return None
    return {"value": said.value, "earliest": _iso(said.earliest), "latest": _iso(said.latest)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _statement_reference(claim: str, holdings: Holdings) -> Record | None:
    found = holdings.statement_of.get(claim)
    return {"id": found.id, "occasions": len(found.occasions), "printed": holdings.printed(found)} if found else None


def statement_record(statement: Statement, holdings: Holdings) -> Record:
    """A statement with every print of it, by occasion."""
    told = {r.member: r for r in statement.retellings}
    borne = statement_borne(statement, holdings.origins, holdings.affiliations)
    return {
        "record": "statement",
        "id": statement.id,
        "speakers": [named(e, holdings) for e in statement.speakers],
        "printed": holdings.printed(statement),
        "corroboration": corroboration_record(borne, holdings),
        "occasions": [
            {
                "earliest": _iso(occasion.earliest),
                "latest": _iso(occasion.latest),
                "dated_by": occasion.dated_by,
                "reasons": list(occasion.reasons),
                "retellings": [_retelling_record(told[m], holdings) for m in occasion.members],
            }
            for occasion in statement.occasions
        ],
        "reasons": list(statement.reasons),
        "related": [to_builtins(r) for r in statement.related],
    }


def _retelling_record(retelling: Retelling, holdings: Holdings) -> Record:
    return {
        "claim": retelling.claim,
        "evidentiality": retelling.evidentiality.value,
        "stance": retelling.stance.value,
        "earliest": _iso(retelling.earliest),
        "latest": _iso(retelling.latest),
        "dated_by": retelling.dated_by,
        "origin": {"id": retelling.origin, "name": holdings.origin_name(retelling.origin)},
        "evidence": [evidence_record(e, holdings) for e in retelling.evidence],
    }


def position_record(position: Position, holdings: Holdings) -> Record:
    """What a speaker said on one occasion, with the earlier passages it differs from."""
    return {
        "record": "position",
        "statement": position.statement,
        "earliest": _iso(position.days.earliest) if position.days else None,
        "latest": _iso(position.days.latest) if position.days else None,
        "level": position.level.value,
        "events": list(position.events),
        "printed": len({m.article for m in position.members}),
        "retelling": _retelling_record(position.retelling, holdings),
        "changes": [
            {
                "was": change.was.value,
                "now": change.now.value,
                "event": change.event,
                "reasons": list(change.reasons),
                "before": _retelling_record(change.before, holdings),
            }
            for change in position.changes
        ],
    }


def side_record(side: Side, holdings: Holdings) -> Record:
    """One side of a conflict."""
    return {
        "value": side.value,
        "chain": chain_record(side.chain, holdings),
        "origin": {"id": side.origin, "name": holdings.origin_name(side.origin)} if side.origin else None,
        "evidence": evidence_record(side.evidence, holdings),
    }


def conflict_record(conflict: Conflict, holdings: Holdings) -> Record:
    """A conflict with all its sides."""
    return {
        "record": "conflict",
        "id": conflict.id,
        "event": conflict.event,
        "kind": conflict.kind.value,
        "about": conflict.about,
        "grade": conflict.grade.value,
        "reasons": list(conflict.reasons),
        "settled": conflict.settled or None,
        "sides": [side_record(s, holdings) for s in conflict.sides],
    }


def running_record(event: Event, holdings: Holdings) -> Record:
    """Figures of an event that were brought up to date, each with its versions in the order of the reports."""
    return {
        "record": "running",
        "event": event.id,
        "figures": [
            {
                "unit": one.unit,
                "reasons": list(one.reasons),
                "versions": [
                    {**figure_record(f, holdings), "reported": day.isoformat() if day else None}
                    for f, day in zip(one.figures, one.reported, strict=True)
                ],
            }
            for one in event.running
        ],
    }


def entity_record(entity: Entity, holdings: Holdings) -> Record:
    """An entity: spellings, offices with their evidence, what it takes part in."""
    return {
        "record": "entity",
        "id": entity.id,
        "kind": entity.kind.value,
        "name": entity.name,
        "spellings": list(entity.spellings),
        "offices": [
            {
                "text": office.text,
                "earliest": office.earliest.isoformat() if office.earliest else None,
                "latest": office.latest.isoformat() if office.latest else None,
                "evidence": evidence_record(office.evidence, holdings),
            }
            for office in entity.offices
        ],
        "articles": sorted({m.article for m in entity.members}),
        "events": [e.id for e in events_of(entity.id, holdings)],
        "claims": [c.key for c in claims_of(entity.id, holdings)],
        "reasons": list(entity.reasons),
        "forms": dict(holdings.forms.get(entity.id, {})),
        "place": to_builtins(entity.place),
        "perhaps": [
            {"id": other.entity.id, "name": other.name, "score": doubt.score, "reasons": list(doubt.reasons)}
            for doubt, other in holdings.perhaps(entity.id)
        ],
    }


def doubt_record(doubt: Doubt, holdings: Holdings) -> Record:
    """Two that may be one, or (`merged`) two members of one that may be two."""
    sides = holdings.sides(doubt)
    one, other = (_side_record(side, holdings) for side in sides) if sides else ({"id": doubt.one}, {"id": doubt.other})
    return {
        "record": "doubt",
        "one": one,
        "other": other,
        "score": doubt.score,
        "value": doubt.value,
        "merged": doubt.merged,
        "reasons": list(doubt.reasons),
    }


def _side_record(side: DoubtSide, holdings: Holdings) -> Record:
    quoted = side.evidence
    sentence = holdings.sentences.get((quoted.article, quoted.start)) if quoted else None
    return {
        "id": side.id,
        "entity": side.entity.id,
        "kind": side.entity.kind.value,
        "name": side.name,
        "articles": side.articles,
        "office": side.office,
        "evidence": evidence_record(quoted, holdings) if quoted else None,
        "sentence": evidence_record(sentence, holdings) if sentence else None,
    }


def origin_record(origin: Origin, holdings: Holdings) -> Record:
    """An origin: who first obtained accounts, which articles rest on it, which of them reprint."""
    return {
        "record": "origin",
        "id": origin.id,
        "kind": origin.kind.value,
        "name": origin.name,
        "articles": [citation_record(holdings.cite(a)) for a in origin.articles],
        "reprints": list(origin.reprints),
        "relayed": [citation_record(holdings.cite(a)) for a in origin.relayed],
    }


def reuse_record(reuse: Reuse, holdings: Holdings) -> Record:
    """Two articles that share text, with the passages."""
    return {
        "record": "reuse",
        "kind": reuse.kind,
        "article": citation_record(holdings.cite(reuse.article)),
        "earlier": citation_record(holdings.cite(reuse.earlier)),
        "similarity": round(reuse.similarity, 4),
        "share": round(reuse.share, 4),
        "passages": [evidence_record(p, holdings) for p in reuse.passages],
        "sources": [evidence_record(p, holdings) for p in reuse.sources],
    }


def hit_record(hit: Hit) -> Record:
    """A sentence that a search found."""
    return {
        "record": "hit",
        "score": hit.score,
        "article": hit.evidence.article,
        "source": shown_source(hit.source),
        "outlet": hit.outlet,
        "headline": hit.headline,
        "published": hit.dct,
        "start": hit.evidence.start,
        "end": hit.evidence.end,
        "exact": hit.evidence.exact,
        "prefix": hit.evidence.prefix,
        "suffix": hit.evidence.suffix,
        "text_sha256": hit.evidence.text_sha256,
        "found_by": list(hit.found_by),
        "text_score": hit.text_score,
        "meaning_score": hit.meaning_score,
    }
