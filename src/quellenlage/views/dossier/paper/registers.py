"""Claims by speaker, names with spellings and offices, and sources with who rests on whom, in words."""

from __future__ import annotations

from quellenlage.model import Entity, EntityKind, Origin, Reuse
from quellenlage.views.dossier.contents import Dossier
from quellenlage.views.dossier.paper.model import (
    ClaimTold,
    KindTold,
    OfficeTold,
    OriginTold,
    PerhapsTold,
    PersonTold,
    RestTold,
    SpeakerTold,
    clean,
)
from quellenlage.views.dossier.paper.notes import note
from quellenlage.views.holdings import ClaimLine
from quellenlage.views.wording.corrections import claim_mark, speaker_mark
from quellenlage.views.wording.dates import short_interval
from quellenlage.views.wording.lines import citation_words, claim_chain, origin_counts
from quellenlage.views.wording.offices import OfficeSpan, office_spans
from quellenlage.views.wording.quoting import quoted, shown
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.spelled import spelled_in
from quellenlage.views.wording.statements import circumstances, counted_words, firmness

INDEXED = tuple(kind for kind in EntityKind if kind is not EntityKind.GRP)
"""People without a name stand in their lines only: in an index nobody could look them up."""


def by_speaker(dossier: Dossier) -> list[tuple[str, list[ClaimLine]]]:
    """All claims, grouped by the one whose words they are; who says most comes first, who is not named last."""
    words = dossier.words
    groups: dict[str, list[ClaimLine]] = {}
    for claim in dossier.claims:
        who = words("list.and").join(dossier.holdings.names(claim.chain[0])) if claim.chain and claim.chain[0] else ""
        groups.setdefault(who, []).append(claim)
    unnamed = groups.pop("", [])
    ordered = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    if unnamed:
        ordered.append((words("dossier.unnamed_speakers"), unnamed))
    return ordered


def speakers(dossier: Dossier) -> list[SpeakerTold]:
    """All claims by speaker, in words."""
    told = by_speaker(dossier)
    return [SpeakerTold(clean(who), [_claim(claim, dossier) for claim in claims]) for who, claims in told]


def _claim(claim: ClaimLine, dossier: Dossier) -> ClaimTold:
    words, holdings = dossier.words, dossier.holdings
    firm = [*firmness(claim.evidentiality, claim.polarity, words), *circumstances(claim, holdings, words)]
    statement = holdings.statement_of.get(claim.key)
    if statement and len(statement.retellings) > 1:
        firm.append(counted_words(statement, holdings, words))
    firm += filter(None, (speaker_mark(claim, holdings, words), claim_mark(claim, holdings, words)))
    direct = claim.form == "direct"
    label = "" if direct else words(f"quote.{claim.form}")
    text = shown(claim.evidence, claim.form, words)
    whole = any(part.span.contains(claim.sentence.span) for part in claim.evidence) and len(claim.evidence) == 1
    if whole and quoted(claim.sentence).after:
        whole = False
    return ClaimTold(
        label=label,
        text=clean(text if direct else text.removeprefix(f"{label}: ")),
        direct=direct,
        chain=clean(claim_chain(claim, holdings, words)),
        firmness=clean(", ".join(firm)),
        note=note(claim.sentence, dossier, keep=claim.evidence[0].span, quoted_above=whole),
    )


def people(dossier: Dossier) -> list[KindTold]:
    """Everybody of a name who takes part or is heard, by kind."""
    words = dossier.words
    part: dict[str, list[int]] = {}
    for line in dossier.lines:
        for entity in dict.fromkeys((*line.event.actors, *line.event.recipients, line.event.place or "")):
            part.setdefault(entity, []).append(line.number)
    heard: dict[str, int] = {}
    for claim in dossier.claims:
        for entity in dict.fromkeys(e for link in claim.chain for e in link):
            heard[entity] = heard.get(entity, 0) + 1
    groups = []
    for kind in INDEXED:
        listed = sorted((e for e in dossier.entities if e.kind is kind), key=lambda e: e.name.casefold())
        if listed:
            told = [_person(e, part.get(e.id, []), heard.get(e.id, 0), dossier) for e in listed]
            groups.append(KindTold(words.code("kinds", kind.value), told))
    return groups


def _person(entity: Entity, lines: list[int], heard: int, dossier: Dossier) -> PersonTold:
    words, holdings = dossier.words, dossier.holdings
    offices = office_spans(entity)
    dated = [span for span in offices if span.days] or offices
    perhaps = []
    for doubt, other in holdings.perhaps(entity.id):
        why = reason_words(doubt.reasons, words, spelled_in(holdings.linked, entity, other.entity))
        told = [words("doubts.score", score=words.number(round(doubt.score, 2))), *why]
        perhaps.append(PerhapsTold(clean(other.name), clean("; ".join(told))))
    return PersonTold(
        name=clean(entity.name),
        office=clean(dated[-1].text) if dated else "",
        spellings=clean("; ".join(s for s in entity.spellings if s != entity.name)),
        offices=[_office(span, dossier) for span in offices],
        perhaps=perhaps,
        perhaps_label=words("entity.perhaps_person" if entity.kind is EntityKind.PER else "entity.perhaps"),
        lines=lines,
        claims=heard,
    )


def _office(span: OfficeSpan, dossier: Dossier) -> OfficeTold:
    words = dossier.words
    given = (span.first, span.last) if span.last is not span.first else (span.first,)
    labels = list(dict.fromkeys(dossier.holdings.cite(one.evidence.article).label for one in given))
    if span.agreement != "unknown":
        labels.append(words.code("agreement", span.agreement))
    return OfficeTold(clean(span.text), short_interval(span.days, words), clean(", ".join(labels)))


def origins(dossier: Dossier) -> list[OriginTold]:
    """Origins, those with most articles first, with what rests on them."""
    ordered = sorted(dossier.origins, key=lambda o: (-len(o.articles), o.name.casefold()))
    return [_origin(origin, dossier) for origin in ordered]


def _origin(origin: Origin, dossier: Dossier) -> OriginTold:
    words, holdings = dossier.words, dossier.holdings
    reprints = frozenset(origin.reprints)
    articles = []
    for article in origin.articles:
        citation = holdings.cite(article)
        mark = words("reuse.reprint") if article in reprints else ""
        articles.append((clean(citation_words(citation, words)), clean(citation.headline or ""), mark))
    return OriginTold(
        name=clean(origin.name),
        kind=words.code("origin", origin.kind.value),
        count=origin_counts(origin, words),
        articles=articles,
        relayed=[clean(citation_words(holdings.cite(article), words)) for article in origin.relayed],
    )


def rests(dossier: Dossier) -> list[RestTold]:
    """Which article repeats which, and how much of it."""
    return [_rest(reuse, dossier) for reuse in dossier.reuses]


def _rest(reuse: Reuse, dossier: Dossier) -> RestTold:
    words, holdings = dossier.words, dossier.holdings
    share = words("sources.share", percent=words.number(round(100 * reuse.similarity)))
    later, earlier = (clean(citation_words(holdings.cite(a), words)) for a in (reuse.article, reuse.earlier))
    return RestTold(later, earlier, clean(f"{words.code('reuse', reuse.kind)}, {share}"))
