"""A name that one sentence shows is the same name in the others: one kind for all its places, none overlooked."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from quellenlage.annotate.mentions.aliases import abbreviates
from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.findings import Findings
from quellenlage.annotate.mentions.lexicon import Known, is_unknown, known_names, noun_key, org_table, person_noun
from quellenlage.annotate.mentions.places import known_at
from quellenlage.annotate.mentions.told import MADE_FROM_NAMES, PLACES, Told
from quellenlage.annotate.mentions.words import Words, is_name_like, without_genitive
from quellenlage.model import EntityKind

_SURE = 0.7
_WEAKER = 0.8
_TWICE = 2
_PLACED = 3
_WHERE = frozenset({"in", "aus", "nach"})
_SHORT = 4
_KINDS = frozenset({EntityKind.ORG, EntityKind.GPE, EntityKind.LOC, EntityKind.MISC})
_READ = "encoder"
AGAIN = "again"


def one_reading(sentences: Sequence[Words], learned: Mapping[str, tuple[Known, ...]]) -> None:
    """Read a word that the encoder takes for a person here and a place there as what it is most surely.

    A place that the article teaches is one, unless somebody bears its name. Names of the tables stay as they are, but
    for a state or city that the encoder sees in most places and a person in one. A single word that nobody in the
    article has for a surname is a firm after "Autokonzern", or where it also stands with a legal form.
    """
    votes: dict[str, dict[str, float]] = {}
    surnames: set[str] = set()
    firms: set[str] = set()
    long_names: set[tuple[str, ...]] = set()
    for words in sentences:
        for told in _named(words):
            if told.kind == "ORG" and _tells_short_form(words, told):
                firms.add(words.forms[told.start])
                long_names.add(tuple(words.forms[told.start : told.end - 1]))
            if told.end - told.start == 1:
                kinds = votes.setdefault(without_genitive(words.forms[told.start]), {})
                weight = _PLACED if told.kind in PLACES and words.at(told.start - 1).lower() in _WHERE else 1
                kinds[told.kind] = kinds.get(told.kind, 0.0) + weight * told.score
            elif told.kind == "PER":
                surnames.add(without_genitive(words.forms[told.end - 1]))
    for words in sentences:
        for told in _named(words):
            form = words.forms[told.start]
            if told.end - told.start != 1:
                if told.kind != "ORG" and _is_body(words, told, long_names):
                    words.read_as(dataclasses.replace(told, kind="ORG"))
                continue
            if told.kind == "PER" and without_genitive(form) not in surnames and _is_firm(words, told.start, firms):
                words.read_as(dataclasses.replace(told, kind="ORG"))
                continue
            listed = {str(known.kind) for known in known_names().get(form, ()) if known.surface == form}
            if listed == {"GPE"} and told.kind == "PER" and _most(votes[without_genitive(form)], "PER") == "GPE":
                words.read_as(dataclasses.replace(told, kind="GPE"))
            elif form not in known_names():
                taught = () if without_genitive(form) in surnames else learned.get(form, ())
                places = [str(k.kind) for k in taught if " " not in k.surface]
                kind = places[0] if places else _most(votes[without_genitive(form)], told.kind)
                if kind != told.kind:
                    words.told = {**(words.told or {}), told.start: dataclasses.replace(told, kind=kind)}


def _tells_short_form(words: Words, told: Told) -> bool:
    """Whether the first word of a body's name can stand for it: before a legal form, or in a name of the tables."""
    if told.end - told.start < _TWICE:
        return False
    listed = known_at(words, told.start)
    return words.forms[told.end - 1] in org_table("legal_forms") or (listed is not None and listed[0] == told.end)


def _is_body(words: Words, told: Told, long_names: set[tuple[str, ...]]) -> bool:
    """Whether several words stand elsewhere with a legal form, or have an abbreviation of a body behind them."""
    if tuple(words.forms[told.start : told.end]) in long_names:
        return True
    beside = words.told_over(told.end + 1, told.end + 2) if words.at(told.end) == "(" else []
    short = words.at(told.end + 1)
    name = " ".join(words.forms[told.start : told.end])
    return any(t.kind == "ORG" for t in beside) and short.isupper() and abbreviates(name, short)


def _is_firm(words: Words, i: int, firms: set[str]) -> bool:
    before = words.at(i - 1)
    announced = before[:1].isupper() and person_noun(before) is None and noun_key(before).endswith(_announcing())
    return announced or words.forms[i] in firms or without_genitive(words.forms[i]) in firms


@cache
def _announcing() -> tuple[str, ...]:
    return tuple(word for word in org_table("before_name") if len(word) > _SHORT)


def _most(kinds: Mapping[str, float], own: str) -> str:
    best = max(kinds, key=lambda kind: (kinds[kind], kind))
    return best if kinds[best] >= _TWICE * kinds[own] else own


def _named(words: Words) -> list[Told]:
    return [t for t in dict.fromkeys((words.told or {}).values()) if t.kind not in MADE_FROM_NAMES]


def one_kind(candidates: Iterable[Candidate]) -> None:
    """Give a name that only the encoder knows the kind that it sees in it most surely over the whole article."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.form == "name" and candidate.kind in _KINDS:
            groups.setdefault(candidate.key, []).append(candidate)
    for members in groups.values():
        votes: dict[EntityKind, float] = {}
        for member in members:
            votes[member.kind] = votes.get(member.kind, 0.0) + member.score
        best = max(votes, key=lambda kind: (votes[kind], kind))
        for member in members:
            if member.reason == _READ:
                member.kind = best


def again(findings: Findings, sentences: Sequence[Words], candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Further places of names that stand surely elsewhere and that are no ordinary words."""
    by_index = {words.index: words for words in sentences}
    known: dict[str, list[tuple[tuple[str, ...], Candidate]]] = {}
    for candidate in candidates:
        if (
            candidate.form == "name"
            and candidate.kind in _KINDS
            and candidate.score >= _SURE
            and candidate.sentence in by_index
        ):
            forms = _forms(by_index[candidate.sentence], candidate)
            if _is_proper(forms) and all(forms != other for other, _ in known.get(forms[0], ())):
                known.setdefault(forms[0], []).append((forms, candidate))
    if not known:
        return
    for words in sentences:
        for i, form in enumerate(words.forms):
            owners = known.get(form[:-1], ()) if form.endswith("s") else ()
            for forms, first in (*known.get(form, ()), *(row for row in owners if len(row[0]) == 1)):
                end = i + len(forms)
                if (len(forms) == 1 or tuple(words.forms[i:end]) == forms) and findings.free(words, i, end):
                    findings.take(words, range(i, end))
                    yield dataclasses.replace(
                        first, start=words.starts[i], end=words.ends[end - 1], sentence=words.index,
                        score=round(first.score * _WEAKER, 2), reason=AGAIN, roles=[], acts=False,
                    )  # fmt: skip
                    break


def _forms(words: Words, candidate: Candidate) -> tuple[str, ...]:
    return tuple(words.forms[bisect_left(words.starts, candidate.start) : bisect_left(words.starts, candidate.end)])


def _is_proper(forms: tuple[str, ...]) -> bool:
    """Whether the words are a name wherever they stand: several with a capital, or one that no dictionary has."""
    if len(forms) > 1:
        return forms[0][:1].isupper() and forms[-1][:1].isupper()
    form = forms[0]
    return len(form) > 2 and form[:1].isupper() and (form.isupper() or (is_name_like(form) and is_unknown(form)))
