"""The articles of our own reading as cases with speakers: quotations of the corpus, entities of the reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quellenlage.evaluation import data
from quellenlage.evaluation.gold import Case, GoldArticle, GoldClaim, GoldEntity, GoldMention
from quellenlage.model import Span
from training.data import ROOT, read_jsonl

READINGS = "training/annotations"
_FORMS = frozenset({"name", "noun", "pronoun"})
_JOINED = re.compile(r"\s*(?:und|sowie|als auch)\s+(?:(?:der|die|das|den|dem)\s+)?(?:[a-zäöü]+\s+)*")


def cases() -> Iterator[tuple[Case, Mapping[str, Any]]]:
    """Every article that was read, as annotated and as analysed, with its record in the quotation corpus."""
    texts = {text.number: text for text in data.news("train")}
    records = [r for path in sorted((ROOT / READINGS).glob("reading-*.jsonl")) for r in read_jsonl(path)]
    for record in sorted(records, key=lambda r: str(r["doc"])):
        text = texts[record["doc"]]
        yield Case(article(record, text), data.analysed(text.text, text.published)), text.raw


def article(record: Mapping[str, Any], text: data.NewsText) -> GoldArticle:
    """One record with the speakers that its mentions give to the quotations of the corpus."""
    entities = tuple(
        GoldEntity(
            entity["id"],
            entity["kind"],
            "",
            tuple(GoldMention(m["start"], m["end"], m["form"]) for m in entity["mentions"] if m["form"] in _FORMS),
        )
        for entity in record["entities"]
    )
    claims = []
    for item in text.raw["annotations"]:
        spans = sorted(Span(s["charBegin"], s["charEnd"]) for s in item["quote"]["spans"])
        speaker = sorted(Span(s["charBegin"], s["charEnd"]) for s in item["speaker"]["spans"])
        meant = meant_by(speaker, entities, text.text)
        if spans and meant:
            claims.append(GoldClaim(str(item["id"]), tuple(spans), (meant,), "asserted", "affirmed", True))
    return GoldArticle(record["doc"], entities, tuple(claims), ())


def meant_by(speaker: list[Span], entities: tuple[GoldEntity, ...], text: str) -> frozenset[str]:
    """Entities of the first mention in a speaker's words that is no genitive before a noun, and of those joined to it.

    A person's name after a comma ("der Direktor der Klinik, Ina Voss") goes before all.
    """
    mentions = sorted(
        (m.start, -m.end, e.id)
        for e in entities
        for m in e.mentions
        if any(s.start <= m.start and m.end <= s.end for s in speaker)
    )
    apposed = [
        e.id
        for e in entities
        for m in e.mentions
        if e.kind == "PER" and m.form == "name" and speaker and text[m.start - 2 : m.start] == ", "
        and m.start > speaker[0].start and 0 <= speaker[-1].end - m.end <= 1
    ]  # fmt: skip
    if len(apposed) == 1:
        return frozenset(apposed)
    found: list[tuple[int, str]] = []
    for start, negative, entity in mentions:
        end = -negative
        if found and start < found[-1][0]:
            continue
        if found and not _JOINED.fullmatch(text, found[-1][0], start):
            break
        owner = text[end - 1] in "s’'" and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
        owner = owner and any(s.start <= end + 1 < s.end for s in speaker)
        if not (owner and not found and len(mentions) > 1):
            found.append((end, entity))
    return frozenset(entity for _, entity in found)
