"""The claims stage: from quotations and reserve to claims with chain, evidentiality and polarity."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.annotate.claims.chains import Chain, chains
from quellenlage.annotate.claims.judgement import Standing, standing
from quellenlage.annotate.claims.lexicon import HEDGES, SMALL
from quellenlage.annotate.claims.passages import Passage, find_passages
from quellenlage.annotate.claims.people import People
from quellenlage.model.document import Document
from quellenlage.model.layers import Claim, Quotation
from quellenlage.model.stage import Stage


def run(document: Document) -> Document:
    """Write one claim for every quotation, then one for every other passage told with reserve, in text order."""
    people = People(document)
    built = chains(document, people)
    made = [
        _of_quotation(quotation, chain, standing(quotation, document.text))
        for quotation, chain in zip(document.quotations, built, strict=True)
    ]
    taken = [span for q in document.quotations for span in (*q.quote, *q.frame)]
    made += [_of_passage(passage, people) for passage in find_passages(document, people, taken)]
    made.sort(key=lambda c: (c.spans[0].start, -c.spans[-1].end, c.quotation is None))
    claims = tuple(replace(claim, id=f"c{number}") for number, claim in enumerate(made, start=1))
    return replace(document, claims=claims, mentions=tuple(people.mentions), entities=tuple(people.entities))


def _of_quotation(quotation: Quotation, chain: Chain, how: Standing) -> Claim:
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


STAGE = Stage(
    name="claims",
    version="1",
    reads=("sentences", "tokens", "mentions", "entities", "quotations"),
    writes=("claims", "mentions", "entities"),
    resources=(HEDGES, SMALL),
    run=run,
)
"""Claims of an article: on whose word, how firmly, affirmed or denied."""
