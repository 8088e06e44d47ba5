"""Part of speech and verb features, given only where the form and its neighbours leave no reasonable doubt.

Konjunktiv I decides who vouches for a sentence, so its forms are read with care: the third person only ("habe" is also
the first person of the indicative), never an adjective before its noun ("die reiche Stadt").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from quellenlage.annotate.language.sentences import CLOSED_CLASSES
from quellenlage.annotate.language.tokenizer import Kind, Piece
from quellenlage.annotate.language.verbs import (
    AUXILIARIES,
    IND_PAST,
    INFINITIVE,
    MODALS,
    PARTICIPLE,
    VERB_FORMS,
    Reading,
    readings,
)
from quellenlage.resources import load

_CLAUSE_END = frozenset(',;:.!?…()–—„“”»«"')
_FIRST_PERSON = {
    "Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin": "Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin"
}
_DETERMINERS = frozenset(
    "der die das den dem des ein eine einen einem einer eines diese dieser dieses diesen diesem jede jeder jedes "
    "seine ihre keine unsere meine welche alle viele manche einige im am zum zur vom beim in mit für".split()
)
_MARKS = {Kind.MARK: "PUNCT", Kind.NUMBER: "NUM", Kind.DATE: "NUM", Kind.URL: "X"}
_SYMBOLS = frozenset("%€$£§°+=<>&#@*~^|²³")
_PARTICIPLE = re.compile(r"(?:[a-zäöü]{2,8})?ge[a-zäöüß]{3,}t|(?:be|ent|er|ver|zer|miss|über|unter)[a-zäöüß]{4,}t")
_INFINITIVE = re.compile(r"[a-zäöüß]{3,}(?:en|eln|ern)")
_PRETERITE = re.compile(r"(?!.*(?:igst|ichst|ßt|zwei|drit|letz|ers|halb))[a-zäöüß]{3,}ten?")
_AFTER_VERB = frozenset(("ADP", "DET", "PRON", "ADV", "PART"))
_REACH = 24

Tag = tuple[str | None, str | None, str | None]
"""Lemma, upos, feats; None where not known."""


@cache
def closed_classes() -> dict[str, str]:
    """Part of speech by lower-case form, for the closed classes."""
    table: dict[str, str] = {}
    for upos, forms in load(CLOSED_CLASSES)["upos"].items():
        for form in forms.split():
            table.setdefault(form, upos)
    return table


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(load(VERB_FORMS)[table]["forms"].split())


@cache
def _articles() -> frozenset[str]:
    return frozenset(load(CLOSED_CLASSES)["article"]["forms"].split())


def tag(sentence: Sequence[Piece]) -> list[Tag]:
    """Tag the pieces of one sentence, in order."""
    return [_tag_one(sentence, i) for i in range(len(sentence))]


def _tag_one(sentence: Sequence[Piece], i: int) -> Tag:
    piece = sentence[i]
    form = piece.form
    if piece.kind is not Kind.WORD:
        return _tag_mark(piece)
    lower = form.lower()
    capital = form != lower
    if capital and not _opens(sentence, i):
        return None, None, None
    if lower in _articles():
        return None, "DET" if _before_noun(sentence, i) else None, None
    upos = closed_classes().get(lower)
    if upos:
        return None, upos, None
    if lower == "zu":
        return "zu", _zu(sentence, i), None
    reading = _choose(sentence, i, lower, capital)
    if reading is None:
        feats = None if capital or readings(lower) else _by_ending(sentence, i, lower)
        return None, "VERB" if feats else None, feats
    return reading.lemma, "AUX" if reading.lemma in AUXILIARIES or reading.lemma in MODALS else "VERB", reading.feats


def _tag_mark(piece: Piece) -> Tag:
    """Tag what is no word: numbers, marks, addresses, abbreviations of several parts."""
    form = piece.form
    if piece.kind is Kind.MULTI:
        return form, None, None
    if form in ("'s", "’s"):
        return "es", "PRON", None
    if piece.kind is Kind.NUMBER and form.endswith("."):
        return form, "ADJ", "NumType=Ord"
    return form, "SYM" if form in _SYMBOLS else _MARKS[piece.kind], None


def _zu(sentence: Sequence[Piece], i: int) -> str | None:
    after = sentence[i + 1].form if i + 1 < len(sentence) else ""
    if after.islower() and any(r.feats == INFINITIVE for r in readings(after)):
        return "PART"
    return "ADP" if after[:1].isupper() or closed_classes().get(after) == "DET" or after in _articles() else None


def _opens(sentence: Sequence[Piece], i: int) -> bool:
    """Whether a capital letter may be due to the place alone: first word of the sentence or of a quotation."""
    return i == 0 or (sentence[i - 1].kind is Kind.MARK and sentence[i - 1].form[0] in "„“\"»«:‚'–-(…")


def _before_noun(sentence: Sequence[Piece], i: int) -> bool:
    for j in range(i + 1, min(i + 5, len(sentence))):
        form = sentence[j].form
        if sentence[j].kind is Kind.WORD and form[0].isupper():
            return True
        if not form.endswith(("e", "en", "er", "es", "em", ".")) or form.lower() in closed_classes():
            return False
    return False


def _choose(sentence: Sequence[Piece], i: int, lower: str, capital: bool) -> Reading | None:
    found = readings(lower)
    if not found or (lower == "sein" and not _after_zu(sentence, i) and not _closes_clause(sentence, i)):
        return None
    if (
        capital
        and "Mood=Sub|Number=Sing|Person=3|Tense=Pres" in found[0].feats
        and not _third_person_follows(sentence, i)
    ):
        return None
    nouns = [r for r in found if r.feats in (INFINITIVE, PARTICIPLE)]
    finite = [r for r in found if r not in nouns]
    if _is_attribute(sentence, i, lower):
        return None
    if finite and nouns:
        return _finite_or_not(sentence, i, finite, nouns)
    if finite:
        return _mood(sentence, i, lower, finite)
    if nouns[0].feats == INFINITIVE and not _after_zu(sentence, i) and not _with_infinitive(sentence, i):
        return Reading(nouns[0].lemma, "") if len(nouns) == 1 and not capital and not _ends_in_zu(lower) else nouns[-1]
    return nouns[0]


def _ends_in_zu(lower: str) -> bool:
    return "zu" in lower[1:-3]


def _finite_or_not(sentence: Sequence[Piece], i: int, finite: list[Reading], other: list[Reading]) -> Reading:
    if _after_zu(sentence, i):
        return other[0]
    supported = _with_infinitive if other[0].feats == INFINITIVE else _with_auxiliary
    if _closes_clause(sentence, i) and supported(sentence, i):
        return other[0]
    return finite[0] if not _closes_clause(sentence, i) else Reading(finite[0].lemma, "")


def _mood(sentence: Sequence[Piece], i: int, lower: str, finite: list[Reading]) -> Reading | None:
    sub = next((r for r in finite if r.feats in _FIRST_PERSON), None)
    if sub is None:
        return finite[0]
    if lower in _words("never_subjunctive"):
        return None
    if _has_ich(sentence, i):
        return Reading(sub.lemma, _FIRST_PERSON[sub.feats])
    return sub


def _third_person_follows(sentence: Sequence[Piece], i: int) -> bool:
    """Whether a subject in the third person stands right behind ("Habe er das gewusst"); notes drop "ich"."""
    if i + 1 >= len(sentence):
        return False
    after = sentence[i + 1].form
    return (
        after in ("er", "sie", "es", "man", "dies", "das", "die", "der", "ein", "eine", "dieser", "diese")
        or after[0].isupper()
    )


def _by_ending(sentence: Sequence[Piece], i: int, lower: str) -> str | None:
    """Features of a verb that no table lists, from its ending and its place in the clause."""
    if _PARTICIPLE.fullmatch(lower) and _closes_clause(sentence, i) and _with_auxiliary(sentence, i):
        return PARTICIPLE
    if _INFINITIVE.fullmatch(lower) and (_after_zu(sentence, i) or _with_infinitive(sentence, i)):
        return INFINITIVE
    if _PRETERITE.fullmatch(lower) and 0 < i < len(sentence) - 1 and lower not in _words("never_subjunctive"):
        before, after = sentence[i - 1], sentence[i + 1].form
        subject = before.kind is Kind.WORD and (before.form[0].isupper() or closed_classes().get(before.form) == "PRON")
        if subject and (after in _CLAUSE_END or after in _articles() or closed_classes().get(after) in _AFTER_VERB):
            return IND_PAST.format(n="Plur" if lower.endswith("n") else "Sing")
    return None


def _is_attribute(sentence: Sequence[Piece], i: int, lower: str) -> bool:
    if not lower.endswith(("e", "en")) or i + 1 >= len(sentence):
        return False
    after = sentence[i + 1]
    if after.kind is not Kind.WORD or not after.form[0].isupper():
        return False
    if lower in _words("also_adjective"):
        return True
    return i > 0 and sentence[i - 1].form.lower() in _DETERMINERS


def _has_ich(sentence: Sequence[Piece], i: int) -> bool:
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(sentence) and abs(j - i) < _REACH and sentence[j].form not in _CLAUSE_END:
            if sentence[j].form in ("ich", "Ich"):
                return True
            j += step
    return False


def _after_zu(sentence: Sequence[Piece], i: int) -> bool:
    return i > 0 and sentence[i - 1].form == "zu"


def _closes_clause(sentence: Sequence[Piece], i: int) -> bool:
    if i + 1 >= len(sentence):
        return True
    after = sentence[i + 1].form
    if after in _CLAUSE_END or after in ("und", "oder", "sowie", "als", "wie"):
        return True
    found = readings(after) if after.islower() else ()
    return bool(found) and (found[0].lemma in AUXILIARIES or found[0].lemma in MODALS)


def _clause_lemmas(sentence: Sequence[Piece], i: int) -> list[str]:
    lemmas = []
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(sentence) and abs(j - i) < _REACH:
            form = sentence[j].form
            if form in _CLAUSE_END and step == 1:
                break
            if form in ("dass", "weil", "wenn", "ob") and step == -1:
                break
            found = readings(form.lower()) if sentence[j].kind is Kind.WORD and (form.islower() or j == 0) else ()
            lemmas += [found[0].lemma] if found else []
            j += step
    return lemmas


def _with_infinitive(sentence: Sequence[Piece], i: int) -> bool:
    return _closes_clause(sentence, i) and any(
        lemma in MODALS or lemma in ("werden", "lassen", "brauchen") for lemma in _clause_lemmas(sentence, i)
    )


def _with_auxiliary(sentence: Sequence[Piece], i: int) -> bool:
    return any(lemma in AUXILIARIES for lemma in _clause_lemmas(sentence, i))
