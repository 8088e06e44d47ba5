"""Places that no table has, learnt from one article's own sentences before anything else in it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import simplemma

from quellenlage.annotate.mentions.gazetteer import PLACES
from quellenlage.annotate.mentions.lexicon import (
    NOUN_ENDINGS,
    Known,
    first_names,
    is_office,
    is_unknown,
    known_names,
    org_head,
    org_table,
    person_noun,
    surnames,
    titles,
)
from quellenlage.annotate.mentions.words import Words, is_adjective_form, is_name_like, without_genitive
from quellenlage.model import EntityKind
from quellenlage.model.recent import recent
from quellenlage.resources import load

# What a context weighs. A word that no dictionary has needs `_SURE`; one that is also an ordinary word (a village may
# be called like a plural that nobody uses) needs `_DOUBLE`, so that "in der Stadt Wasser" teaches nothing.
_HINT, _SURE, _DOUBLE = 1, 2, 3
_RECENT = 1 << 14
_ARTICLES = frozenset(
    "der die das den dem des ein eine einen einem einer eines kein keine im am zum zur vom beim".split()
)
_COMPASS = ("norden", "süden", "osten", "westen")
_DASHES = frozenset("-–—(:")


@cache
def _table(section: str, field: str) -> frozenset[str]:
    return frozenset(load(PLACES)[section][field].split())


@cache
def _endings(section: str, field: str) -> tuple[str, ...]:
    return tuple(load(PLACES)[section][field].split())


@dataclass(frozen=True, slots=True)
class Lesson:
    """One context that says of words `start` to `end` that they are a place; `base` is its name where they decline."""

    start: int
    end: int
    kind: EntityKind
    weight: int
    reason: str
    base: str = ""

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Which of several contexts decides the kind: "Stadt X" before "Insel X" before "in X"."""
        head = self.reason.startswith("after-head")
        return head and self.kind is EntityKind.GPE, head, self.weight


@recent(_RECENT)
def head_kind(form: str) -> EntityKind | None:
    """Kind of the place that a head noun announces: "Hafenstadt", "Luftwaffenbasis"; None for other words."""
    lowered = form.lower()
    if lowered in _table("heads", "gpe"):
        return EntityKind.GPE
    if lowered in _table("heads", "loc"):
        return EntityKind.LOC
    if form in known_names() or not form[:1].isupper():
        return None
    if lowered.endswith(_endings("heads", "compounds_gpe")):
        return EntityKind.GPE
    return EntityKind.LOC if lowered.endswith(_endings("heads", "compounds_loc")) else None


def learn(sentences: Sequence[Words]) -> dict[str, tuple[Known, ...]]:
    """Names of places by their first word, as the tables have them; linear in the number of words."""
    weights: dict[str, int] = {}
    hints: dict[str, set[str]] = {}
    best: dict[str, Lesson] = {}
    for words in sentences:
        for lesson in _lessons(words):
            name = lesson.base or " ".join(words.forms[lesson.start : lesson.end])
            if lesson.reason in hints.get(name, ()):  # the same words again ("nach X") are no further evidence
                continue
            hints.setdefault(name, set()).add(lesson.reason)
            weights[name] = weights.get(name, 0) + lesson.weight
            earlier = best.get(name)
            if earlier is None or lesson.rank > earlier.rank:
                best[name] = lesson
    for words in sentences:
        for i, form in enumerate(words.forms):
            if form in weights and _speaks_against(words, i):
                weights[form] -= _DOUBLE
    found: dict[str, tuple[Known, ...]] = {}
    for name, lesson in best.items():
        opening = name.split(" ")[0]
        if weights[name] < (_SURE if is_unknown(opening) else _DOUBLE):
            continue
        score = 0.5 if lesson.reason.startswith("shape") else 0.85
        known = Known(name, lesson.kind, name, name, score=score, reason=lesson.reason)
        for key in (opening, opening + "s") if opening == name else (opening,):
            found[key] = tuple(sorted((*found.get(key, ()), known), key=lambda k: -len(k.surface)))
    return found


def _lessons(words: Words) -> Iterator[Lesson]:
    for i in range(len(words)):
        form = words.forms[i]
        if not form[0].isupper() or form.lower() in _ARTICLES:
            continue
        lesson = _after_head(words, i) or _after_preposition(words, i) or _dateline(words, i) or _shaped(words, i)
        lesson = lesson or _owning(words, i)
        if lesson and _can_be_place(form) and not _begins_listed(form, words.at(i + 1)):
            yield lesson


def _begins_listed(form: str, following: str) -> bool:
    """Whether a longer name of the tables begins here ("Addis Abeba"), so that its first word alone is no name."""
    return bool(following) and any(k.surface.startswith(f"{form} {following}") for k in known_names().get(form, ()))


@recent(_RECENT)
def _can_be_place(form: str) -> bool:
    if (
        len(form) < 3
        or form.isupper()
        or form.lower().endswith(_COMPASS)
        or not is_name_like(form)
        or form in titles("not_names")
        or form in first_names()
    ):
        return False
    if person_noun(form) or org_head(form) or head_kind(form) or form.endswith(NOUN_ENDINGS) or form in surnames():
        return False
    if form.lower() in org_table("before_name") or without_genitive(form) in surnames():
        return False
    return not any(known.surface in (form, form.removesuffix("s")) for known in known_names().get(form, ()))


def _name_end(words: Words, i: int) -> int:
    end = i + 1
    while end < min(len(words), i + 3) and not words.finite[end]:
        form = words.forms[end]
        if not (is_name_like(form) and is_unknown(form)):
            break
        # A first name that a surname follows begins a person's name: "der Bürgermeister von X, Y Z" without comma.
        if not _can_be_place(form) and not (form in first_names() and not is_name_like(words.at(end + 1))):
            break
        end += 1
    return end


def _after_head(words: Words, i: int) -> Lesson | None:
    """ "der karvenischen Stadt X", "Provinz X", "Hafen von X", "die Bürgermeisterin von X"."""
    head = words.at(i - 1)
    kind = head_kind(head)
    if kind:
        adjective = words.at(i - 2)
        telling = adjective.rstrip("enrsm").endswith("isch")
        weight = _DOUBLE if telling and kind is EntityKind.GPE else _SURE
        return Lesson(i, _name_end(words, i), kind, weight, f"after-head:{head.lower()}")
    if head not in {"von", "vor", "um"} or not words.at(i - 2)[:1].isupper():
        return None
    whose = words.at(i - 2)
    if head_kind(whose) or whose.lower() in _table("heads", "of"):
        return Lesson(i, _name_end(words, i), EntityKind.GPE, _SURE, f"of:{whose.lower()}")
    if head == "von" and whose.lower() in _table("heads", "officials"):
        return Lesson(i, _name_end(words, i), EntityKind.GPE, _SURE, f"office-of:{whose.lower()}")
    return None


def _after_preposition(words: Words, i: int) -> Lesson | None:
    """ "in X" without article, "nahe X", "südlich von X", "zwischen X und Damaskus"."""
    before = words.at(i - 1).lower()
    if before in _table("prepositions", "near") or (
        before == "von" and words.at(i - 2).lower() in _table("prepositions", "near")
    ):
        return Lesson(i, _name_end(words, i), EntityKind.GPE, _SURE, f"near:{before}")
    following = words.at(i + 1)
    if before in {"in", "aus", "nach"} and not following[:1].isupper() and words.at(i + 2) != "Angaben":
        return Lesson(i, i + 1, EntityKind.GPE, _HINT, f"after-preposition:{before}")
    other = words.at(i + 2) if following in {"und", "sowie", "bis"} else ""
    if before == "zwischen" and other:
        return Lesson(i, i + 1, EntityKind.GPE, _SURE if _is_listed(other) else _HINT, "between")
    if before in {"und", "sowie"} and words.at(i - 3).lower() in {"in", "aus", "nach", "zwischen"}:
        listed = _is_listed(words.at(i - 2))
        return Lesson(i, i + 1, EntityKind.GPE, _SURE if listed else _HINT, "coordinated")
    return None


def _is_listed(form: str) -> bool:
    return any(k.kind is EntityKind.GPE and k.surface == form for k in known_names().get(form, ()))


def _dateline(words: Words, i: int) -> Lesson | None:
    """ "X/Y –" and "X (agency)" at the beginning of a sentence."""
    if i == 0 and words.at(1) == "/" and words.at(3) in _DASHES:
        return Lesson(0, 1, EntityKind.GPE, _SURE, "dateline")
    if i == 2 and words.at(1) == "/" and words.at(3) in _DASHES and words.forms[0][0].isupper():
        return Lesson(2, 3, EntityKind.GPE, _SURE, "dateline")
    if i == 0 and words.at(1) == "(":
        agency = known_names().get(words.at(2), ())
        if any(k.kind is EntityKind.ORG for k in agency):
            return Lesson(0, 1, EntityKind.GPE, _SURE, "dateline")
    return None


def _shaped(words: Words, i: int) -> Lesson | None:
    """A word with the ending of a country or town where no article stands: "X-ien drohte", "mit X-stan"."""
    form = without_genitive(words.forms[i])
    country = form.endswith(_endings("shapes", "countries"))
    if len(form) < 5 or not (country or form.endswith(_endings("shapes", "towns"))):
        return None
    if simplemma.is_known(form, lang="de") or form != words.forms[i]:
        return None
    before, verb = words.at(i - 1).lower(), i + 1 < len(words) and words.finite[i + 1]
    opens = words.opens(i) or before in {",", "und", "dass"}
    if country and ((opens and verb) or before in {"mit", "gegen", "von", "für", "aus", "nach", "in"}):
        return Lesson(i, i + 1, EntityKind.GPE, _SURE, f"shape:{before if not opens else 'subject'}")
    return Lesson(i, i + 1, EntityKind.GPE, _HINT, "shape:subject") if opens and verb else None


def _owning(words: Words, i: int) -> Lesson | None:
    """The genitive of a word with the ending of a state beside what is the state's: "X-iens Regierung"."""
    form, before, following = words.forms[i], words.at(i - 1), words.at(i + 1)
    base = without_genitive(form)
    if base == form or not base.endswith(_endings("shapes", "genitives")) or not _can_be_place(base):
        return None
    if not is_unknown(base) or before.lower() in _ARTICLES or before in first_names() or before in titles("address"):
        return None
    noun = words.at(i + 2) if is_adjective_form(following) else following
    if not noun[:1].isupper() or words.finite[i + 1]:
        return None
    return Lesson(i, i + 1, EntityKind.GPE, _SURE, "shape:genitive", base)


def _speaks_against(words: Words, i: int) -> bool:
    """Whether the word stands where no place stands: behind an article, a first name, an office or a title."""
    before = words.at(i - 1)
    if not before:
        return False
    if before.lower() in _ARTICLES or before in titles("address"):
        return True
    if before in titles("particles") and words.at(i - 2) in first_names():
        return True  # "Ole von X" is a person, whatever the offices say
    return before[0].isupper() and (before in first_names() or is_office(before)) and head_kind(before) is None
