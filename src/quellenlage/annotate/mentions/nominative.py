"""Nominative of a noun phrase ("des syrischen Ministeriums" names a "syrisches Ministerium"), where its form tells."""

from __future__ import annotations

import simplemma

from quellenlage.annotate.mentions.candidates import Definiteness
from quellenlage.annotate.mentions.lexicon import Noun, person_noun
from quellenlage.annotate.mentions.words import is_adjective_form
from quellenlage.coreference.lexicon import Gender, genders_of
from quellenlage.model.recent import recent

STRONG: dict[Gender, str] = {"m": "er", "f": "e", "n": "es", "p": "e"}
"""Endings of an adjective in the nominative without article."""
_DECLINED = ("en", "em", "er", "es", "e")
_RECENT = 1 << 14


def nominative(
    forms: list[str], noun: Noun | None, definite: Definiteness, *, plural: bool, masculine: bool = False
) -> str:
    """Name of the thing a noun phrase without article means; numbers stay, adjectives agree with the noun.

    `masculine` says that the article before it is a man's.

    A phrase without article and in the singular is left as it is. Where nothing tells the gender, the weak ending that
    every gender has after "der", "die", "das" stays.
    """
    head = forms[-1]
    name = body_nominative(head) if noun is None else _person(head, noun, definite, plural=plural, masculine=masculine)
    many = plural or (noun is None and _is_plural_body(head))
    gender: Gender = "p" if many else "m" if masculine and noun is not None else _gender(head, noun)
    return " ".join([*(_adjective(form, definite, gender) for form in forms[:-1]), name])


def aged(form: str, definite: Definiteness, *, masculine: bool) -> str:
    """The nominative of a noun that is an age: "den 22-Jährigen" is the "22-Jährige", "einem" is a "22-Jähriger"."""
    if not form.endswith(("en", "em")) or definite is Definiteness.BARE:
        return form
    return f"{form[:-1]}r" if masculine else form[:-1]


def gender_of(head: str) -> Gender:
    """The gender of a noun, "p" for a plural; empty where its form leaves a choice."""
    found = genders_of(head)
    return next(iter(found)) if len(found) == 1 else ""


def _gender(head: str, noun: Noun | None) -> Gender:
    if noun is None:
        return gender_of(head)
    if noun.lemma.endswith("in") and noun.singular:
        return "f"
    return "" if noun.lemma.endswith("e") or not noun.singular else "m" if "m" in genders_of(noun.lemma) else ""


def _adjective(form: str, definite: Definiteness, gender: Gender) -> str:
    ending = next((e for e in _DECLINED if form.endswith(e)), "")
    if not ending or not is_adjective_form(form) or len(form) - len(ending) < 3 or form.endswith("sieben"):
        return form
    stem = form[: len(form) - len(ending)]
    if gender == "p":
        return f"{stem}e"
    if definite is Definiteness.DEFINITE:
        return stem + STRONG.get(gender, "e")
    if definite is Definiteness.INDEFINITE and gender and ending in {"en", "em"}:
        return stem + STRONG[gender]
    return form


def _person(form: str, noun: Noun, definite: Definiteness, *, plural: bool, masculine: bool) -> str:
    if plural:
        if form == noun.lemma + "n" and _declines_like_adjective(noun):
            return noun.lemma  # "die Vermissten", but "zwei Vermisste"
        shorter = person_noun(form[:-1]) if form.endswith("n") and not noun.singular else None
        same = shorter is not None and (shorter.lemma == noun.lemma or not shorter.singular)
        return form[:-1] if shorter is not None and shorter.plural and same else form
    ending = form[len(noun.lemma) :] if form.startswith(noun.lemma) else None
    if noun.lemma.endswith("e") and ending in {"n", "m", "s", "r"}:  # "den Verletzten", but "ein Verletzter"
        strong = noun.lemma + "r" if masculine else form
        return noun.lemma if definite is Definiteness.DEFINITE else strong
    return noun.lemma if ending in {"s", "es", "n", "en"} else form


def _declines_like_adjective(noun: Noun) -> bool:
    strong = person_noun(noun.lemma + "r") if noun.lemma.endswith("e") else None
    return strong is not None and strong.lemma == noun.lemma


@recent(_RECENT)
def _lemma(form: str) -> str:
    return simplemma.lemmatize(form, lang="de")


def body_nominative(form: str) -> str:
    """A noun for a body without its genitive ending."""
    if form.endswith("iums"):
        return form[:-1]
    for ending in ("es", "s"):
        base = form.removesuffix(ending)
        if base != form and _lemma(form).lower() == base.lower():
            return base
    return form


def _is_plural_body(form: str) -> bool:
    lemma = _lemma(form)
    return form.endswith(("n", "e", "er")) and lemma.lower() != form.lower() and lemma != body_nominative(form)
