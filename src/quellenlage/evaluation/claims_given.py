"""Chains where the quotations are known: who says what, with which words for the speaker, is taken from the corpus.

Scored is what is ours: whom the words mean, who passed them on, how firmly and whether they are affirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from quellenlage.annotate.claims import STAGE
from quellenlage.annotate.given import GivenQuotation, with_quotations
from quellenlage.evaluation import data, gold
from quellenlage.evaluation.claims import Tally
from quellenlage.evaluation.gold import Case
from quellenlage.evaluation.results import SuiteResult, worst
from quellenlage.model import Document, Quotation, QuotationType, Span

_TYPES = {
    "Direct": QuotationType.DIRECT,
    "Indirect": QuotationType.INDIRECT,
    "FreeIndirect": QuotationType.FREE_INDIRECT,
    "IndirectFreeIndirect": QuotationType.INDIRECT_FREE_INDIRECT,
    "Reported": QuotationType.REPORTED,
}
_ROLES = ("quote", "cue", "speaker", "addressee", "frame")


def _spans(raw: Mapping[str, Any]) -> tuple[Span, ...]:
    return tuple(sorted(Span(item["charBegin"], item["charEnd"]) for item in raw["spans"]))


def given_quotations(document: Document, raw: Mapping[str, Any]) -> Document:
    """The document with the quotations of the corpus in place of ours, and the claims that follow from them."""
    read = [_quotation(f"q{number}", item) for number, item in enumerate(raw["annotations"], start=1)]
    made = [GivenQuotation(q) for q in read if q is not None]
    return STAGE.run(replace(with_quotations(document, made), claims=(), events=()))


def _quotation(identifier: str, item: Mapping[str, Any]) -> Quotation | None:
    roles = {role: _spans(item[role]) for role in _ROLES}
    if not roles["quote"]:
        return None
    return Quotation(
        identifier,
        _TYPES.get(item["type"], QuotationType.INDIRECT),
        "speech",
        roles["quote"],
        roles["cue"],
        roles["speaker"],
        roles["addressee"],
        roles["frame"],
    )


def cases() -> Iterator[Case]:
    """Articles of the gold folder, read with the quotations of the corpus."""
    records = {text.number: text.raw for text in data.news("dev")}
    for case in gold.cases():
        document = given_quotations(case.document, records[case.gold.name])
        wanted = replace(case.gold, claims=tuple(c for c in case.gold.claims if c.quoted))
        yield Case(wanted, replace(document, claims=tuple(c for c in document.claims if c.quotation)))


def evaluate() -> SuiteResult:
    """Score chains and labels on the quotations of the gold folder."""
    tally = Tally()
    misses = [miss for case in cases() for miss in tally.add(case)]
    return SuiteResult(
        name="claims-given",
        metrics=tuple(tally.metrics()),
        worst=worst(misses),
        data_sha256=gold.data_sha256(),
        notes=(
            "quotations with their words for speaker and addressee are those of the corpus; entities and chains ours",
            "trivial: the best of no chain, the person named last before, and our chain cut after its first link",
        ),
    )
