"""Nouns for people and for bodies in one sentence, with the numbers and adjectives that belong to them."""

from __future__ import annotations

from functools import cache

from quellenlage.annotate.mentions.candidates import Candidate, Definiteness
from quellenlage.annotate.mentions.facilities import facility_head, is_where
from quellenlage.annotate.mentions.gazetteer import gazetteer
from quellenlage.annotate.mentions.lexicon import (
    TITLES,
    common_surnames,
    is_unknown,
    known_names,
    noun_key,
    org_head,
    org_table,
    person_noun,
    titles,
)
from quellenlage.annotate.mentions.nominative import aged, nominative
from quellenlage.annotate.mentions.places import place_at
from quellenlage.annotate.mentions.words import Words, is_adjective_form, is_name_like
from quellenlage.model import EntityKind, fold
from quellenlage.resources import load

AGE = "jaehrige"
"""Key of "der 54-Jährige", whose noun says nothing but an age."""

_DEFINITE = frozenset(
    "der die das dem den des dieser diese diesem diesen dieses beim vom zum zur im am ins ans".split()
)
_INDEFINITE = frozenset("ein eine einer einem einen eines kein keine keiner keinem keinen".split())
_OF_A_MAN = frozenset("einen einem eines keinen keinem keines".split())
"""Articles before somebody that tell a man, where the noun has one form for both: "einen Verdächtigen"."""

_SPANS = frozenset({"Jahre", "Monate", "Wochen", "Tage"})
_NUMBERS = frozenset(
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn "
    "neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend mehrere einige viele "
    "wenige zahlreiche etliche hunderte tausende dutzende zahlreichen mehreren einigen vielen zehntausende "
    "hunderttausende millionen beide beiden alle sämtliche weitere weiteren andere anderen".split()
)


@cache
def _is_number(form: str) -> bool:
    return form.lower() in _NUMBERS or (form[0].isdigit() and form[-1].isdigit())


def noun_start(words: Words, i: int) -> int:
    """First word of the noun phrase that ends in the noun at `i`, without article: numbers and adjectives count."""
    start = i
    while start > 0 and i - start < 5:
        form = words.forms[start - 1]
        if not (_is_number(form) or is_adjective_form(form)) or words.finite[start - 1]:
            break
        if words.upos[start - 1] not in (None, "ADJ", "NUM", "DET", "PRON"):
            break
        start -= 3 if _ends_age(words, start - 1) else 1
    return start


def _ends_age(words: Words, i: int) -> bool:
    """Whether "alten" at `i` ends an age: "22 Jahre alten"."""
    return (
        i > 1 and words.forms[i].startswith("alt") and words.forms[i - 1] in _SPANS and _is_number(words.forms[i - 2])
    )


def definiteness(words: Words, start: int) -> Definiteness:
    """What stands before the noun phrase that begins at `start`."""
    before = words.at(start - 1).lower()
    if before in _DEFINITE or (start > 0 and owns(words.forms[start - 1])):
        return Definiteness.DEFINITE
    return Definiteness.INDEFINITE if before in _INDEFINITE else Definiteness.BARE


def owns(form: str) -> bool:
    """Whether a word is a state or city in the genitive: "Russlands Präsident" is as definite as "der"."""
    return form.endswith("s") and any(
        known.kind is EntityKind.GPE and form == known.surface + "s" for known in known_names().get(form, ())
    )


def is_plural(words: Words, start: int, i: int, *, can_be_singular: bool, can_be_plural: bool) -> bool:
    """Whether the noun at `i` means several: by its form, by a number, or by the article."""
    if not can_be_plural or not can_be_singular:
        return not can_be_singular
    if any(_is_number(words.forms[k]) and words.forms[k + 1] not in _SPANS for k in range(start, i)):
        return True
    before = words.at(start - 1).lower()
    if start < i and words.forms[start].endswith("e") and before not in _DEFINITE and before not in _INDEFINITE:
        return True
    if before in {"dem", "des", "ein", "einem", "eines", "einen", "das", "den", "vom", "im", "beim", "zum"}:
        return False
    if before in {"die", "diese", "jene"} and _declines_like_adjective(words.forms[i]):
        return False  # "die Gesandte"; several are "die Gesandten"
    return words.forms[i].endswith(("en", "n")) or before in {"die", "diese"}


def _declines_like_adjective(form: str) -> bool:
    strong = person_noun(form + "r") if form.endswith("e") else None
    return strong is not None and strong.lemma == form


def takes_part(words: Words, start: int, i: int) -> bool:
    """Whether the phrase can be a subject: nothing before it makes it an object of a preposition or a genitive."""
    k = start - 1
    if words.at(k).lower() in _INDEFINITE | _DEFINITE:
        if words.at(k).lower() in {"des", "dem", "einem", "eines", "beim", "vom", "zum", "zur", "im"}:
            return words.at(k - 1).lower() in {"laut", "von"} or words.at(k).lower() == "vom"
        k -= 1
    before = words.upos[k] if k >= 0 else None
    if before == "ADP":
        return words.at(k).lower() in {"laut", "von", "nach"}
    return not (words.at(start - 1).lower() == "der" and words.at(k)[:1].isupper())


@cache
def _ages() -> tuple[str, ...]:
    return tuple(f"J{suffix[1:]}" for suffix in load(TITLES)["ages"]["suffix"].split())


def noun_at(words: Words, i: int) -> Candidate | None:
    """The noun for a body or for people at word `i`, with the numbers and adjectives before it.

    People who can be the subject of their clause score 0.6, others 0.4: on the 24 annotated articles 68 % of the
    former and 62 % of the latter are participants, so that the score orders more than it separates.
    """
    form = words.forms[i]
    if form.endswith(_ages()):
        found = _candidate(words, i, EntityKind.GRP, AGE, 0.6)
        found.name = aged(found.name, found.definiteness, masculine=_of_a_man(words, i))
        return found
    noun = person_noun(form)
    if noun is not None and _is_adjective_of_place(words, i):
        return None
    facility = facility_head(form) if noun is None else None
    if facility and (org_head(form) is None or is_where(words, noun_start(words, i))):
        if i + 1 < len(words) and place_at(words, i + 1):  # "Luftwaffenbasis Hmeimim": the name says it all
            return None
        found = _candidate(words, i, EntityKind.LOC, fold(facility), 0.45)
        forms = [*words.forms[noun_start(words, i) : i], facility]
        found.name = nominative(forms, None, found.definiteness, plural=False)
        return found
    listed = form in org_table("nouns") or form in org_table("nouns", "named_only")
    if listed or (noun is None and len(form) > 6 and org_head(form)):
        return _candidate(words, i, EntityKind.ORG, noun_key(form), 0.6 if listed else 0.45)
    if noun is None:
        return None
    found = _candidate(words, i, EntityKind.GRP, fold(noun.lemma), 0.4)
    start = noun_start(words, i)
    found.plural = is_plural(words, start, i, can_be_singular=noun.singular, can_be_plural=noun.plural)
    forms = words.forms[start : i + 1]
    masculine = not _SPANS.isdisjoint(forms) and _of_a_man(words, i)
    found.name = nominative(forms, noun, found.definiteness, plural=found.plural, masculine=masculine)
    found.can_mean_named = _can_mean_named(words, start, i, plural=noun.plural)
    found.opens = start == i and words.opens(i)
    found.score = 0.6 if takes_part(words, start, i) else 0.4
    return found


def _of_a_man(words: Words, i: int) -> bool:
    return words.at(noun_start(words, i) - 1).lower() in _OF_A_MAN


def _is_adjective_of_place(words: Words, i: int) -> bool:
    """Whether "Hamburger" stands before its noun ("der Hamburger Hafen"), where it means nobody."""
    form, following = words.forms[i], words.at(i + 1)
    if not form.endswith("er") or not is_name_like(following) or words.finite[i + 1]:
        return False
    return any(form[:-2] + ending in gazetteer() for ending in ("", "e", "en"))


def _can_mean_named(words: Words, start: int, i: int, *, plural: bool) -> bool:
    """False before a name ("der frühere Kardinal Tamm") or a genitive ("der Chef der Bahn"), after "zum", with
    "designiert", and in "Angaben der Politiker".
    """
    following = words.at(i + 1)
    if following in {"der", "des"} and not words.finite[i + 1]:
        return False
    if is_name_like(following) and (following in common_surnames() or is_unknown(following)):
        return False
    before = words.at(start - 1).lower()
    if before == "zum" or (before == "der" and plural and start > 1 and words.forms[start - 2][0].isupper()):
        return False
    return not any(form.rstrip("enrsm") in _other_bearers() for form in words.forms[start:i])


@cache
def _other_bearers() -> frozenset[str]:
    return frozenset(word.rstrip("enrsm") for word in titles("modifiers"))


def _candidate(words: Words, i: int, kind: EntityKind, key: str, score: float) -> Candidate:
    start = noun_start(words, i)
    definite = definiteness(words, start)
    return Candidate(
        words.starts[start],
        words.ends[i],
        kind,
        "noun",
        nominative(words.forms[start : i + 1], None, definite, plural=False),
        words.index,
        key,
        score,
        f"noun:{key}",
        definiteness=definite,
    )
