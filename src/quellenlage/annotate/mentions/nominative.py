"""Nominative of a noun phrase ("des syrischen Ministeriums" names a "syrische Ministerium"), where its form tells."""

from __future__ import annotations

from functools import lru_cache

import simplemma

from quellenlage.annotate.mentions.candidates import Definiteness
from quellenlage.annotate.mentions.lexicon import Noun, person_noun
from quellenlage.annotate.mentions.words import is_adjective_form

_DECLINED = ("en", "em", "er", "es", "e")
_RECENT = 1 << 14


def nominative(forms: list[str], noun: Noun | None, definite: Definiteness, *, plural: bool) -> str:
    """Name of the thing a noun phrase without article means; numbers stay, adjectives agree with the noun.

    The weak ending tells nothing of the gender, so that after "der", "die", "das" every singular is safe; after "ein"
    only people's nouns show theirs; a phrase without article and in the singular is left as it is.
    """
    head = forms[-1]
    name = _body(head) if noun is None else _person(head, noun, definite, plural=plural)
    many = plural or (noun is None and _is_plural_body(head))
    feminine = noun.lemma.endswith("in") if noun is not None and noun.singular else None
    return " ".join([*(_adjective(form, definite, feminine=feminine, many=many) for form in forms[:-1]), name])


def _adjective(form: str, definite: Definiteness, *, feminine: bool | None, many: bool) -> str:
    ending = next((e for e in _DECLINED if form.endswith(e)), "")
    if not ending or not is_adjective_form(form) or len(form) - len(ending) < 3:
        return form
    stem = form[: len(form) - len(ending)]
    if many:
        return f"{stem}e"
    if definite is Definiteness.DEFINITE:
        return f"{stem}e"
    if definite is Definiteness.INDEFINITE and feminine is not None and ending in {"en", "em"}:
        return f"{stem}e" if feminine else f"{stem}er"
    return form


def _person(form: str, noun: Noun, definite: Definiteness, *, plural: bool) -> str:
    if plural:
        shorter = person_noun(form[:-1]) if form.endswith("n") and not noun.singular else None
        return form[:-1] if shorter is not None and shorter.plural and shorter.lemma == noun.lemma else form
    ending = form[len(noun.lemma) :] if form.startswith(noun.lemma) else None
    if noun.lemma.endswith("e") and ending in {"n", "m", "s", "r"}:  # "den Verletzten", but "ein Verletzter"
        return noun.lemma if definite is Definiteness.DEFINITE else form
    return noun.lemma if ending in {"s", "es", "n", "en"} else form


@lru_cache(maxsize=_RECENT)
def _lemma(form: str) -> str:
    return simplemma.lemmatize(form, lang="de")


def _body(form: str) -> str:
    if form.endswith("iums"):
        return form[:-1]
    for ending in ("es", "s"):
        base = form.removesuffix(ending)
        if base != form and _lemma(form).lower() == base.lower():
            return base
    return form


def _is_plural_body(form: str) -> bool:
    lemma = _lemma(form)
    return form.endswith(("n", "e", "er")) and lemma.lower() != form.lower() and lemma != _body(form)
