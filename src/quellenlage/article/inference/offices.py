"""Clues from offices: who is named with an office holds it when the article is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quellenlage.article.inference.clues import EVER, Clue, Passage, merge
from quellenlage.model import DateInterval, Span
from quellenlage.offices.terms import Holder, Seen, names_in, tables, words_of

_TITLES = frozenset(("dr", "prof", "professor", "general", "herr", "frau", "sir"))
_FORMER = re.compile(
    r"ex|alt|frueher\w*|ehemalig\w*|damalig\w*|einstig\w*|designiert\w*|kuenftig\w*|vormalig\w*|gewaehlt\w*|verstorben\w*|"
    r"gestuerzt\w*|abgesetzt\w*|entmachtet\w*|spaeter\w*|zurueckgetreten\w*|hingerichtet\w*|getoetet\w*|ermordet\w*|"
    r"\w*vorgaenger\w*|\w*nachfolger\w*|\w*kandidat\w*|angehend\w*|unter|einst|vize|stellvertretend\w*|geschaeftsfuehrend\w*|"
    r"anwaerter\w*|neugewaehlt\w*|sohn|vater|witwe|bruder|neffe|exilierte\w*|fluechtig\w*|heutig\w*|aera"
)
_PAST = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|"
    r"\b(?:damals|seinerzeit|einst|Jahrzehnten?|Jahrhundert\w*|Amtsvorgänger\w*|ehemals|früher)\b|"
    r"\bvor \w+ (?:Jahren?|Monaten)\b|\b\w*jährigen? (?:Jubiläum|Jahrestag)\b|\bnach (?:der|seiner|ihrer) Amtszeit\b|"
    r"\b\w+ Jahre (?:zuvor|später)\b"
)
_MENTIONS = 6
"""So many places are kept as evidence for one office."""


def _office_before(words: Sequence[str], seen: Seen, others: Sequence[Seen]) -> int | None:
    """Index of the first word of the wording of the holder's office right before the name, if it stands there.

    Two full names may share it ("die Außenminister Anna Muster und Bert Beispiel").
    """
    end = seen.first
    if seen.full and end > 1 and words[end - 1] == "und":
        end = next((other.first for other in others if other.full and other.last == end - 2), end)
    while end > 0 and words[end - 1] in _TITLES:
        end -= 1
    for length in (4, 3, 2, 1):
        if end < length:
            continue
        for wording in tables().wordings.get(tuple(words[end - length : end]), ()):
            if wording.office != seen.holder.office:
                continue
            begin = end - length
            if wording.specific or seen.full:
                return begin
            if begin > 0 and words[begin - 1] in tables().countries[wording.office]:
                return begin
    return None


@dataclass(slots=True)
class _Named:
    """What the report calls one office: whom the words may mean, where, and the words of the first place."""

    holders: list[Holder]
    spans: list[Span]
    words: str
    full: bool


def office_clues(passages: Iterable[Passage], fallen: frozenset[str]) -> list[Clue]:
    """One clue for each person whom the report names with an office, not marked as former and not in a look back.

    A surname that several holders of an office share ("US-Präsident Bush") allows the terms of all of them, unless the
    report names one of them in full.
    """
    found: dict[tuple[str, str, str], _Named] = {}
    for passage in passages:
        if _PAST.search(passage.text):
            continue
        read = words_of(passage.text)
        words = read.words
        names = list(names_in(words))
        for seen in names:
            begin = _office_before(words, seen, names)
            if begin is None or any(_FORMER.fullmatch(word) for word in words[max(0, begin - 3) : begin]):
                continue
            surname = words[seen.last]
            start, end = read.places[begin][0], read.places[seen.last][1]
            key = (seen.holder.office, surname, seen.holder.name if seen.full else "")
            entry = found.setdefault(key, _Named([], [], passage.text[start:end], seen.full))
            if seen.holder not in entry.holders:
                entry.holders.append(seen.holder)
            span = passage.span(start, end)
            if len(entry.spans) < _MENTIONS and span not in entry.spans:
                entry.spans.append(span)
    in_full = {(office, surname) for office, surname, name in found if name}
    clues = []
    for (office, surname, name), named in found.items():
        if any(h.name in fallen for h in named.holders) or (not name and (office, surname) in in_full):
            continue
        terms = merge(term for h in named.holders for term in h.terms)
        verified = all(h.verified for h in named.holders)
        rows = frozenset[str]().union(*(h.rows for h in named.holders))
        clues.append(Clue(2, terms, tuple(named.spans), _reason(named.words, terms), verified, rows))
    return clues


def _reason(words: str, terms: Iterable[DateInterval]) -> str:
    told = (f"{t.earliest.isoformat()}/{'..' if t.latest == EVER.latest else t.latest.isoformat()}" for t in terms)
    return f"office:{' '.join(words.split())} {','.join(told)}"
