"""The claims stage: from quotations and reserve to claims with chain, evidentiality and polarity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quellenlage.annotate.claims.chains import Chain, chains
from quellenlage.annotate.claims.channel import CHANNELS, Manner, manner
from quellenlage.annotate.claims.judgement import Standing, standing
from quellenlage.annotate.claims.lexicon import HEDGES, SMALL
from quellenlage.annotate.claims.passages import CARRIED, Passage, find_passages
from quellenlage.annotate.claims.people import People
from quellenlage.annotate.claims.positions import TOLD, Positions
from quellenlage.annotate.claims.voices import DENIED_REPORT
from quellenlage.model.document import Document
from quellenlage.model.layers import Claim, Evidentiality, Polarity, Quotation
from quellenlage.model.stage import Stage


def run(document: Document) -> Document:
    """Write one claim for every quotation, then one for every other passage told with reserve, in text order."""
    people = People(document)
    positions = Positions(document, people)
    built = chains(document, people, positions)
    made = [
        _of_quotation(
            quotation,
            chain,
            standing(quotation, document.text, reported=DENIED_REPORT in chain.reasons),
            manner(document, people, quotation),
        )
        for quotation, chain in zip(document.quotations, built, strict=True)
    ]
    made = _hearsay_within(document, made)
    made += [_denial(q, c) for q, c in zip(document.quotations, made, strict=True) if DENIED_REPORT in c.reasons]
    taken = [span for q in document.quotations for span in (*q.quote, *q.frame)]
    made += [_of_passage(passage, people) for passage in find_passages(document, people, positions, taken)]
    made.sort(key=lambda c: (c.spans[0].start, -c.spans[-1].end, c.quotation is None))
    made = list(carried(document, made))
    claims = tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(made, start=1))
    return replace(document, claims=claims, mentions=tuple(people.mentions), entities=tuple(people.entities))


def _of_quotation(quotation: Quotation, chain: Chain, how: Standing, said: Manner) -> Claim:
    score = quotation.score if chain.links or not quotation.speaker else quotation.score * 0.8
    return Claim(
        id="c0",
        quotation=quotation.id,
        spans=quotation.quote,
        chain=tuple(chain.links),
        evidentiality=how.evidentiality,
        polarity=how.polarity,
        score=round(min(1.0, max(0.0, score)), 3),
        reasons=tuple(dict.fromkeys([*quotation.reasons, *chain.reasons, *how.reasons])),
        chain_spans=tuple(chain.spans),
        cue=quotation.cue,
        addressee=quotation.addressee,
        told=said.told,
        channel=said.channel,
        channel_spans=said.words,
        said=said.said,
        candidates=() if chain.links else quotation.candidates,
    )


def _hearsay_within(document: Document, claims: Sequence[Claim]) -> list[Claim]:
    """What stands in words that somebody is only said to have said ("soll gesagt haben, dass „…“") is no firmer."""
    by_quotation = {claim.quotation: claim for claim in claims}
    found = []
    for quotation, claim in zip(document.quotations, claims, strict=True):
        around = by_quotation.get(quotation.parent) if quotation.parent else None
        told = around is not None and _HEARSAY in around.reasons and around.chain[:1] == claim.chain[:1]
        firm = claim.evidentiality is Evidentiality.ASSERTED
        reasons = (*claim.reasons, _HEARSAY)
        read = replace(claim, evidentiality=Evidentiality.HEDGED, reasons=reasons) if told and firm else claim
        by_quotation[quotation.id] = read
        found.append(read)
    return found


_HEARSAY = "hedge:soll"


def _denial(quotation: Quotation, report: Claim) -> Claim:
    """Beside the claim of the paper, that of whoever denies it: the same words, by the one who wields the verb."""
    speakers = quotation.speaker_entities
    return replace(
        report,
        quotation=None,
        chain=(speakers,) if speakers else (),
        chain_spans=quotation.speaker[:1] if speakers else (),
        polarity=Polarity.DENIED,
        reasons=(*quotation.reasons, "denies-report"),
    )


def _of_passage(passage: Passage, people: People) -> Claim:
    speaker = passage.speaker if passage.speaker and not people.silent(passage.speaker[0]) else None
    return Claim(
        id="c0",
        quotation=None,
        spans=(passage.span,),
        chain=((speaker[0],),) if speaker else (),
        evidentiality=passage.evidentiality,
        polarity=passage.polarity,
        score=passage.score,
        reasons=(passage.reason,),
        chain_spans=(speaker[1],) if speaker else (),
        cue=(passage.cue,),
    )


_CARRIED = frozenset({"konjunktiv", CARRIED})


def carried(document: Document, claims: Sequence[Claim]) -> Iterator[Claim]:
    """Claims in order, where a lone Konjunktiv goes on with the words of whoever spoke in the sentence before.

    Nothing but white space may lie between the two sentences; a clause that is a claim only then is left out else.
    """
    held: Claim | None = None
    for claim in claims:
        found = claim
        if claim.quotation is None and _CARRIED.intersection(claim.reasons) and not claim.chain:
            if held is not None and _adjoin(document, held, claim):
                reasons = (*claim.reasons, "speaker-carried")
                found = replace(claim, chain=held.chain, chain_spans=held.chain_spans, reasons=reasons)
            elif CARRIED in claim.reasons:
                continue
        elif held is not None and _taken_over(document, held, claim):
            reasons = (*claim.reasons, "taken-over")
            found = replace(claim, chain=held.chain, chain_spans=held.chain_spans, reasons=reasons, candidates=())
        yield found
        if found.chain and (held is None or found.end >= held.end):
            held = found
        elif not found.chain:
            held = None


def _taken_over(document: Document, before: Claim, claim: Claim) -> bool:
    """Whether words carried over from an earlier speaker follow right upon somebody else's position.

    "Minister X lobte den Plan. Gewerkschafter Y kritisierte ihn. Er sei nicht durchdacht": the last words are Y's.
    """
    told = any(reason.startswith("told:") for reason in before.reasons)
    return told and bool(before.chain) and "speaker-carried" in claim.reasons and _adjoin(document, before, claim)


def _adjoin(document: Document, before: Claim, after: Claim) -> bool:
    first, second = document.sentence_at(before.end - 1), document.sentence_at(after.start)
    if first is None or second is None or first.start >= second.start:
        return False
    return not document.text[first.end : second.start].strip()


STAGE = Stage(
    name="claims",
    version="2",
    reads=("sentences", "tokens", "timexes", "mentions", "entities", "quotations"),
    writes=("claims", "mentions", "entities"),
    resources=(HEDGES, SMALL, TOLD, CHANNELS),
    article=("agencies", "outlet"),
    run=run,
)
"""Claims of an article: on whose word, how firmly, affirmed or denied."""
