"""Organisations by pattern in one sentence: heads with what follows, legal forms, names after a head noun, acronyms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

import simplemma

from quellenlage.annotate.mentions.lexicon import (
    first_names,
    is_unknown,
    not_acronyms,
    org_adjectives,
    org_head,
    org_table,
    person_noun,
    surnames,
    titles,
)
from quellenlage.annotate.mentions.places import known_at, place_at
from quellenlage.annotate.mentions.words import (
    Words,
    function_words,
    is_adjective_form,
    is_name_like,
    is_quote,
    without_genitive,
)
from quellenlage.model import EntityKind

_LONGEST = 8
_STATIONS = frozenset({"Radio", "Rundfunk"})
_ORDINAL = re.compile("[IVX]+")  # "Landgericht München II"


@dataclass(frozen=True, slots=True)
class Found:
    """An organisation as words `start` to `end`, its score and the rule that found it."""

    start: int
    end: int
    score: float
    reason: str


def after_head(words: Words, i: int) -> Found | None:
    """Name after a head noun at word `i`: "Nachrichtenagentur Interfax", "Tageszeitung „Der Abend“"."""
    if words.forms[i].lower() not in org_table("before_name"):
        return None
    if is_quote(words.at(i + 1)):
        for end in range(i + 3, min(len(words), i + 2 + _LONGEST)):
            if is_quote(words.forms[end]):
                return Found(i + 2, end, 0.9, "quoted-after-head") if words.forms[i + 2][0].isupper() else None
        return None
    end = i + 1
    while end < min(len(words), i + 5) and _names_org(words.forms[end]):
        end += 1
    if end == i + 1 or not (is_unknown(words.forms[i + 1]) or words.forms[i + 1].isupper()):
        return None
    return Found(i + 1, end, 0.85, "after-head")


def _names_org(form: str) -> bool:
    return (
        form[:1].isupper()
        and form.lower() not in function_words()
        and form not in titles("not_names")
        and (is_unknown(form) or form.isupper() or form in org_table("legal_forms"))
    )


def with_head(words: Words, i: int) -> Found | None:
    """Name that has the head noun in it: "Institut für Kriegsforschung", "Landgericht Bochum", "Deutsche Bahn"."""
    form = words.forms[i]
    if form in org_adjectives() and not words.opens(i) and org_head(words.at(i + 1)):
        longer = with_head(words, i + 1)
        return Found(i, longer.end if longer else i + 2, 0.85, "adjective-head")
    if org_head(form) is None:
        return _with_proper_part(words, i)
    end = i + 1
    if words.at(end) == "für":
        if _plain(org_head(form) or "") not in org_table("ambiguous", "only_complements"):
            return None
        end = _complement(words, end + 1)
        if end:
            return Found(i, end, 0.85, "head-für")
        return None
    if proper := _with_proper_part(words, i):
        return proper
    place = place_at(words, end, after=True) if end < len(words) else None
    if (
        place
        and words.forms[end] not in surnames()
        and words.forms[end][0].isupper()
        and not words.forms[place[0] - 1].endswith(("ens", "ands", "eichs"))
    ):
        return Found(i, place[0] + bool(_ORDINAL.fullmatch(words.at(place[0]))), 0.8, "head-place")
    return None


def _with_proper_part(words: Words, i: int) -> Found | None:
    """ "Volksfront Osrana", "Radio Miren", "Liste Offener Hafen": a head that names are made with, and its own part."""
    if not words.forms[i].lower().endswith(_naming()):
        return None
    end = i + 1
    following = words.at(end)
    if is_name_like(following) and is_capitalised_adjective(following) and is_name_like(words.at(end + 1)):
        return Found(i, end + 2, 0.8, "head-name")
    while end < min(len(words), i + 4) and _is_proper(words, end):
        end += 1
    return Found(i, end, 0.75, "head-name") if end > i + 1 else None


def _is_proper(words: Words, i: int) -> bool:
    form = words.forms[i]
    if not is_name_like(form) or form.isupper() or words.finite[i] or form in first_names() or person_noun(form):
        return False
    if words.at(i - 1) in _STATIONS:
        return form not in titles("not_names")
    if form in surnames() or without_genitive(form) in surnames():
        return False
    return is_unknown(form) or place_at(words, i, after=True) is not None


def is_capitalised_adjective(form: str) -> bool:
    """Whether a word with a capital is a declined adjective: "Medizinischen"."""
    lowered = form.lower()
    lemma = simplemma.lemmatize(lowered, lang="de")
    return is_adjective_form(lowered) and lemma.islower() and lemma != lowered and lowered.startswith(lemma[:3])


@cache
def _naming() -> tuple[str, ...]:
    return tuple(org_table("naming"))


def introduced(words: Words, bracket: int) -> Found | None:
    """The name before "(VFO)" whose letters are those of the abbreviation (Schwartz & Hearst 2003, simplified).

    The letters are looked for from the last to the first, the first one at the beginning of a word. One of the words
    must be a head of organisations: "Künstliche Intelligenz (KI)" is none.
    """
    short = words.at(bracket + 1)
    if words.at(bracket + 2) != ")" or not (2 <= len(short) <= 8 and short.isupper() and short.isalpha()):
        return None
    if short in not_acronyms():
        return None
    left, start = short.lower(), bracket
    while left and start > 0 and bracket - start < _LONGEST:
        form = words.forms[start - 1]
        if not (form[0].isalpha() and (form[0].isupper() or form in _LINKS or is_adjective_form(form))):
            break
        if form[0].isupper() and form.lower() in function_words():
            break
        start -= 1
        if form[0].isupper() or is_adjective_form(form):
            left = _unmatched(left, form.lower())
    if left or not words.forms[start][0].isupper() or not words.forms[start].lower().startswith(short[0].lower()):
        return None
    own = list(takewhile(lambda form: form not in _LINKS, words.forms[start:bracket]))
    read = any(told.kind == "ORG" and told.start >= start for told in words.told_over(start, bracket))
    if not read and not any(org_head(form) or form.lower().endswith(_naming()) for form in own):
        return None
    for k in range(start, bracket):
        listed = known_at(words, k)  # the tables know it, or the body that it ends with, better
        if listed and listed[0] == bracket and (k == start or listed[1].kind is EntityKind.ORG):
            return None
    return Found(start, bracket, 0.9, "introduced")


_LINKS = frozenset("für der des und von zur zum in im".split())


def _unmatched(letters: str, word: str) -> str:
    """What is left of `letters` when its end is matched in `word` from behind; the last one matched opens the word."""
    taken, at = 0, len(word)
    while taken < len(letters):
        at = word.rfind(letters[-taken - 1], 0, at)
        if at < 0:
            break
        taken += 1
    while taken and word[0] != letters[-taken]:
        taken -= 1
    return letters[: len(letters) - taken] if taken else letters


def _plain(head: str) -> str:
    return head.removesuffix("es").removesuffix("s") if head.endswith("s") and not head.endswith("ss") else head


def _complement(words: Words, i: int) -> int:
    """End of "Handel und Gewerbe", "internationale Fragen" from word `i`; 0 if there is none."""
    while i < len(words) and is_adjective_form(words.forms[i]):
        i += 1
    if not is_name_like(words.at(i)):
        return 0
    i += 1
    while words.at(i) in {"und", ",", "&"} and is_name_like(words.at(i + 1)) and not words.finite[i + 1]:
        if words.at(i) == "," and words.at(i + 2) not in {"und", ","}:
            break
        i += 2
    return i


def with_legal_form(words: Words, i: int) -> Found | None:
    """ "Lohberger Maschinenbau GmbH": up to four capitalised words and a legal form."""
    if not words.forms[i][0].isupper() or words.forms[i].lower() in function_words():
        return None
    for end in range(i + 1, min(len(words), i + 5)):
        form = words.forms[end]
        if form in org_table("legal_forms") and (end > i + 1 or not person_noun(words.forms[i])):
            stop = end + 1
            while words.at(stop) in {"&", "Co", "Co.", "KG", "KGaA"}:
                stop += 1
            return Found(i, stop, 0.9, f"legal-form:{form}")
        if not (form[0].isupper() or form in {"&", "+"}) or form.lower() in function_words():
            return None
    return None


def acronym(words: Words, i: int) -> Found | None:
    """Capital letters for an organisation: at least two, no unit, no Roman number, no headline in capitals."""
    form = words.forms[i]
    if not (2 <= len(form) <= 6 and form.isupper() and form.isalpha()) or form in not_acronyms():
        return None
    if any(len(near) > 3 and near.isupper() for near in (words.at(i - 1), words.at(i + 1))):
        return None
    return Found(i, i + 1, 0.6, "acronym")


def _is_head(form: str) -> bool:
    lowered = form.lower()
    return lowered in org_table("before_name") or lowered.removesuffix("s") in org_table("before_name")


def is_announced(words: Words, i: int, end: int) -> bool:
    """Whether a name that is also an ordinary word is meant as one: in quotation marks or after a head noun."""
    return (is_quote(words.at(i - 1)) and is_quote(words.at(end))) or _is_head(words.at(i - 1))


def announcing_role(words: Words, start: int) -> list[tuple[int, int]]:
    """The head noun before an organisation's name ("Nachrichtenagentur Interfax") as its role, in offsets."""
    k = start - 2 if is_quote(words.at(start - 1)) else start - 1
    if k < 0 or not _is_head(words.forms[k]):
        return []
    return [(words.starts[k], words.ends[k])]
