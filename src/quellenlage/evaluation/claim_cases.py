"""Hard cases of claims: short texts in our own words, each with every claim in it, written as a table.

The open table was written before the code and is what it was built against. The closed one was written by somebody who
had not seen the code, and nobody looks at its texts: it is scored, and nothing is tuned on it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from quellenlage.errors import Defect
from quellenlage.evaluation import data
from quellenlage.evaluation.claims import pairs, score
from quellenlage.evaluation.gold import Case, GoldArticle, GoldClaim, GoldEntity, GoldMention
from quellenlage.evaluation.results import Metric, SuiteResult, rate, worst
from quellenlage.model import Document, Span

PUBLISHED = "2024-05-17"
"""When all of these texts count as published."""


@dataclass(frozen=True, slots=True)
class HardCase:
    """A text with the claims in it; `construction` says what is hard about it."""

    construction: str
    text: str
    gold: GoldArticle

    def read(self) -> Case:
        """The case with our analysis of it."""
        return Case(self.gold, data.analysed(self.text, PUBLISHED))


def table(part: str) -> Iterator[HardCase]:
    """The cases of a part ("open", "closed"), in the order of the file.

    Raises:
        Defect: words or a name of a case do not stand in its text.
    """
    raw = tomllib.loads(data.shipped("claims", f"{part}.toml").read_text(encoding="utf-8"))
    for number, item in enumerate(raw["case"], start=1):
        yield _case(f"{part}-{number}", item)


def _case(name: str, item: Mapping[str, Any]) -> HardCase:
    text, listed = item["text"], item.get("claim", [])
    names = dict.fromkeys(one for claim in listed for link in claim["chain"] for one in link)
    entities = {given: GoldEntity(given, "", given, tuple(_mentions(text, given))) for given in names}
    claims = tuple(
        GoldClaim(
            id=f"c{number}",
            spans=tuple(sorted(_place(text, words) for words in _list(claim["words"]))),
            chain=tuple(frozenset(link) for link in claim["chain"]),
            evidentiality=claim["evidentiality"],
            polarity=claim["polarity"],
            quoted=True,
        )
        for number, claim in enumerate(listed, start=1)
    )
    return HardCase(item["construction"], text, GoldArticle(name, tuple(entities.values()), claims, ()))


def _list(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


def _place(text: str, words: str) -> Span:
    at = text.find(words)
    if at < 0 or text.find(words, at + 1) >= 0:
        raise Defect(f"these words do not stand in the text once: {words}")
    return Span(at, at + len(words))


def _mentions(text: str, name: str) -> Iterator[GoldMention]:
    """Where a name stands: in full, and by its last word alone."""
    forms = dict.fromkeys((name, name.rsplit(" ", maxsplit=1)[-1]))
    taken: list[Span] = []
    for form in forms:
        for found in re.finditer(rf"(?<!\w){re.escape(form)}", text):
            span = Span(*found.span())
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield GoldMention(span.start, span.end, "name")
    if not taken:
        raise Defect(f"this name does not stand in the text: {name}")


def wrong(case: Case) -> list[str]:
    """What is wrong with our reading of a case, as short remarks; empty where all is right."""
    paired = pairs(case)
    found = {pair.gold.id: pair for pair in paired}
    remarks = []
    for claim in case.gold.claims:
        pair = found.get(claim.id)
        if pair is None:
            remarks.append(f"{claim.id} missed")
            continue
        checked = (
            ("chain", claim.chain, pair.chain),
            ("evidentiality", claim.evidentiality, str(pair.found.evidentiality)),
            ("polarity", claim.polarity, str(pair.found.polarity)),
        )
        remarks += [f"{claim.id} {label}: {_shown(have)}" for label, want, have in checked if want != have]
    used = {pair.found.id for pair in paired}
    remarks += [f"extra: {_words(case.document, c.spans)}" for c in case.document.claims if c.id not in used]
    return remarks


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " < ".join("+".join(sorted(link)) for link in value) or "nobody"
    return str(value)


def _words(document: Document, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(document.text) for span in spans)


def evaluate(part: str) -> SuiteResult:
    """Score one part of the table."""
    cases = [case.read() for case in table(part)]
    metrics, misses = score(cases)
    whole: list[Metric] = [rate("cases-all-right.accuracy", sum(not wrong(case) for case in cases), len(cases))]
    return SuiteResult(
        name=f"claims-cases-{part}",
        metrics=(*whole, *metrics),
        worst=worst(misses),
        data_sha256=data.digest(data.shipped("claims", f"{part}.toml")),
        notes=("a case is all right where each claim has its chain and labels, and there is no other claim",),
    )


evaluate_open, evaluate_closed = partial(evaluate, "open"), partial(evaluate, "closed")
