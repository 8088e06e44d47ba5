"""Places in one sentence: the gazetteer's names, and unlisted ones that a head noun or a preposition announces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import simplemma

from quellenlage.annotate.mentions.gazetteer import PLACES, ambiguous, capitals
from quellenlage.annotate.mentions.learned import head_kind
from quellenlage.annotate.mentions.lexicon import (
    Known,
    common_surnames,
    first_names,
    is_unknown,
    known_names,
    org_head,
    person_noun,
    surnames,
)
from quellenlage.annotate.mentions.words import Words, function_words, is_name_like
from quellenlage.model import EntityKind
from quellenlage.model.recent import recent
from quellenlage.places import at_home, candidates
from quellenlage.resources import load

_SURE_PREPOSITIONS = frozenset({"in", "aus", "nach"})


@cache
def _table(section: str, field: str) -> frozenset[str]:
    return frozenset(load(PLACES)[section][field].split())


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A place that is in no table, as words `start` to `end`."""

    start: int
    end: int
    kind: EntityKind
    score: float
    reason: str


def known_at(words: Words, i: int) -> tuple[int, Known] | None:
    """Longest name of the tables at word `i` and the word behind it; a name that needs context is returned too."""
    form = words.forms[i]
    for known in (*words.learned.get(form, ()), *known_names().get(form, ())):
        end = _end(words, i, known.surface)
        if end:
            return end, known
    return None


def _end(words: Words, i: int, surface: str) -> int:
    """Word behind `surface` (a genitive -s on its last word allowed), 0 if the sentence says something else."""
    if " " not in surface:
        return i + 1 if words.forms[i] in (surface, surface + "s") else 0
    built, end = "", i
    while end < len(words) and len(built) < len(surface):
        gap = " " if end > i and words.starts[end] > words.ends[end - 1] else ""
        built += gap + words.forms[end]
        end += 1
    return end if built in (surface, surface + "s", surface + "es") else 0


def place_at(words: Words, i: int, *, after: bool = False) -> tuple[int, Known] | None:
    """The gazetteer's place at word `i`; `after` a head noun the names that need context count."""
    found = known_at(words, i)
    if found is None or found[1].kind is EntityKind.ORG:
        return None
    if found[1].needs_context and not (after or announced(words, i)):
        return None
    return found


def announced(words: Words, i: int) -> bool:
    """Whether the word before `i` announces a place: a preposition without article or a head noun."""
    before = words.at(i - 1)
    form = words.forms[i]
    if before.lower() in _SURE_PREPOSITIONS:
        # "in Essen" is the town; "nach Ende", "in Form" are ordinary nouns, told by the following preposition.
        return form not in ambiguous() or words.at(i + 1) not in {"des", "der", "von", "zu", "mit"}
    if head_kind(before):
        return True
    return before.lower() in _table("prepositions", "words") and form not in ambiguous() and not person_noun(form)


@recent(1 << 14)
def is_ordinary(form: str) -> bool:
    """Whether a place's name is also a word in lower case ("Seine", "Oder"): to open a sentence then says little."""
    if form.lower() in function_words():
        return True
    lemma = simplemma.lemmatize(form.lower(), lang="de")
    return simplemma.is_known(form.lower(), lang="de") and lemma[:1].islower() and lemma != form.lower()


def unlisted_at(words: Words, i: int) -> Unlisted | None:
    """A capitalised word that no dictionary has, after "in", "aus" or "nach" without article."""
    form, before = words.forms[i], words.at(i - 1).lower()
    if found := small_town_at(words, i):
        return found
    if not is_name_like(form) or person_noun(form) or org_head(form) or not is_unknown(form):
        return None
    if before in _SURE_PREPOSITIONS and not words.at(i + 1)[:1].isupper():
        return Unlisted(i, i + 1, EntityKind.GPE, 0.6, f"after-preposition:{before}")
    return None


def small_town_at(words: Words, i: int) -> Unlisted | None:
    """A town too small for the gazetteer of names that stand alone, after a preposition of place without article.

    "von" counts only after a noun that a place follows ("Erzbischof von Olmütz").
    """
    form, before = words.forms[i], words.at(i - 1).lower()
    if before not in _table("prepositions", "words") or words.at(i + 1)[:1].isupper() or not is_name_like(form):
        return None
    if before == "von" and words.at(i - 2).lower() not in _table("heads", "of") | _table("heads", "officials"):
        return None
    return Unlisted(i, i + 1, EntityKind.GPE, 0.7, f"gazetteer:{before}") if is_small_town(form) else None


@recent(1 << 14)
def is_small_town(form: str) -> bool:
    """Whether a word names a town and nothing else: in the gazetteer, in no dictionary but as that name."""
    if form in ambiguous() or form.isupper() or person_noun(form) or org_head(form) or form in _people():
        return False
    found = [c.place for c in candidates(form)]
    if is_unknown(form) or (form.count("-") == 1 and not simplemma.is_known(form, lang="de")):
        return any(p.precision == "building" or at_home(p) or p.population >= _LARGE for p in found)
    if simplemma.lemmatize(form.lower(), lang="de") != form:
        return False
    return any(p.population >= _LISTED for p in found)


@cache
def _people() -> frozenset[str]:
    return frozenset(first_names()) | frozenset(surnames()) | frozenset(common_surnames())


_LARGE = 20_000
"""Inhabitants from which on a town outside the German-speaking states counts without further words."""
_LISTED = 60_000
"""The same where a dictionary has the word: exonyms such as "Olmütz" and nouns alike."""


def acts(words: Words, i: int, end: int, known: Known) -> bool:
    """Whether a capital at words `i` to `end` stands for its state: it is the subject of an act, or owns something."""
    if known.canonical not in capitals():
        return False
    if words.forms[end - 1] == known.surface + "s":
        return True
    before, behind = words.at(i - 1).lower(), words.at(end)
    if before in {"mit", "gegen", "zwischen", "an"} and behind not in {"-", "–"}:
        return True
    if (words.opens(i) or before in {",", "und", "dass"}) and behind:
        return behind in _table("capitals", "acts") or (words.finite[end] and before != "und")
    return False
