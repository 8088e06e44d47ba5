"""Evidentiality and polarity of words, from the verb that reports them and from the words themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quellenlage.annotate.claims.lexicon import hedges
from quellenlage.model.layers import Evidentiality, Polarity, Quotation, QuotationType


@dataclass(frozen=True, slots=True)
class Standing:
    """How a speaker stands to the words, and why we think so."""

    evidentiality: Evidentiality
    polarity: Polarity
    reasons: tuple[str, ...] = ()


def standing(quotation: Quotation, text: str) -> Standing:
    """Judge a quotation by its cue's stance, then by what its words and its frame hold."""
    table = hedges()
    stance = next((r.removeprefix("stance:") for r in quotation.reasons if r.startswith("stance:")), "neutral")
    words = " ".join(s.of(text) for s in quotation.quote)
    frame = " ".join(s.of(text) for s in quotation.frame)
    cue = " ".join(s.of(text).lower() for s in quotation.cue)
    reasons: list[str] = []
    evidentiality = table.evidentiality.get(stance)
    if evidentiality is not None and not _carried(quotation):
        reasons.append(f"evidentiality:{stance}")
    else:
        evidentiality, reason = _by_words(quotation, words, cue)
        reasons += reason
    polarity = table.polarity.get(stance, Polarity.AFFIRMED)
    if _carried(quotation):
        polarity = Polarity.AFFIRMED
    if "cue-negated" in quotation.reasons:
        thought = stance in _THINKING
        return Standing(evidentiality, Polarity.DENIED if thought else Polarity.UNKNOWN, (*reasons, "cue-negated"))
    if _contradicted(quotation, text):
        return Standing(Evidentiality.HEDGED, Polarity.AFFIRMED, (*reasons, "author-contradicts"))
    if table.unknown.search(words) and len(words.split()) < 14:
        polarity = Polarity.UNKNOWN
    elif table.denied.search(words) or table.denied.search(frame):
        polarity = Polarity.DENIED
    if polarity is not Polarity.AFFIRMED:
        reasons.append(f"polarity:{polarity}")
    return Standing(evidentiality, polarity, tuple(reasons))


_THINKING = frozenset({"suppose", "opine"})
"""Stances of verbs that negate their words when they are negated: "glaubt nicht, dass …"."""
CLAUSE = 80
"""Code points around a cue within which the author's word on it is looked for."""


def _contradicted(quotation: Quotation, text: str) -> bool:
    """Whether the author calls the statement wrong in the cue's own clause: "behauptete fälschlich, …"."""
    if not quotation.cue or not quotation.frame or _carried(quotation):
        return False
    around = next((s for s in quotation.frame if s.overlaps(quotation.cue[0])), None)
    if around is None:
        return False
    start, end = max(around.start, quotation.cue[0].start - CLAUSE), min(around.end, quotation.cue[-1].end + CLAUSE)
    if start >= end:
        return False
    before = re.split("[,;:]", text[start : quotation.cue[0].start])[-1]
    after = re.split("[,;:]", text[quotation.cue[0].start : end])[0]
    return hedges().contradicted.search(before + after) is not None


_CONDITION = re.compile(r"^(?:Sollten?|sollten?)(?!\w)")
"""A condition with its verb in front ("sollte es regnen, …") demands nothing."""


def _carried(quotation: Quotation) -> bool:
    return "speaker-carried" in quotation.reasons


def _by_words(quotation: Quotation, words: str, cue: str) -> tuple[Evidentiality, list[str]]:
    table = hedges()
    head = _CONDITION.sub("", words[:400])
    if cue.split()[:1] and cue.split(maxsplit=1)[0] in {"soll", "sollen"}:
        return Evidentiality.HEDGED, ["hedge:soll"]
    if head.rstrip('“”"«»‘’ ').endswith("?") or (
        head.lower().startswith("ob ") and quotation.type is QuotationType.INDIRECT
    ):
        return Evidentiality.QUESTIONED, ["question"]
    found = table.hedged.search(head)
    if found:
        return Evidentiality.HEDGED, [f"hedge:{found.group().lower()}"]
    found = table.demanded.search(head)
    if found:
        return Evidentiality.DEMANDED, [f"demand:{found.group().lower()}"]
    return Evidentiality.ASSERTED, []
