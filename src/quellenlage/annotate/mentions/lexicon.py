"""Names and words of people and organisations, read from the tables once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import simplemma

from quellenlage.annotate.mentions.gazetteer import gazetteer, inflected, table_rows
from quellenlage.model import EntityKind, fold
from quellenlage.model.recent import recent
from quellenlage.resources import load

FIRST_NAMES = "de/first_names.toml"
TITLES = "de/titles.toml"
ORG_WORDS = "de/org_words.toml"
DEMONYMS = "de/demonyms.toml"
GROUPS = "de/groups.toml"

NOUN_ENDINGS = (
    "ung",
    "ungen",
    "heit",
    "heiten",
    "keit",
    "keiten",
    "schaft",
    "schaften",
    "tion",
    "tionen",
    "ismus",
    "tät",
    "nis",
)
_SHORT_HEADS = frozenset({"Chef", "Arzt"})  # heads of compounds that are shorter than five letters
_RECENT = 1 << 16
_LONGEST_WORD = 256
"""Letters up to which an ending may be a word of the dictionary, whose longest has 86."""
_FIRST_TOKEN = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for people in one of its forms: its lemma, whether the form can be singular, and whether plural."""

    lemma: str
    singular: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A form of a name in the tables: what it is, its nominative, and the canonical name of all its forms."""

    surface: str
    kind: EntityKind
    base: str
    canonical: str
    needs_context: bool = False
    score: float = 0.95
    reason: str = "gazetteer"


def _words(table: dict[str, Any], section: str) -> frozenset[str]:
    return frozenset(table[section]["words"].split())


@cache
def first_names() -> frozenset[str]:
    """First names of all languages."""
    table = load(FIRST_NAMES)
    skip = {"meta", "both", "surnames", "common_surnames", "surname_first"}
    return frozenset(name for key, group in table.items() if key not in skip for name in group["names"].split())


@cache
def surnames() -> frozenset[str]:
    """Surnames of public life that stand for a person without more ado."""
    return frozenset(load(FIRST_NAMES)["surnames"]["names"].split())


@cache
def common_surnames() -> frozenset[str]:
    """German surnames that are also dictionary words: names only after an office or a form of address."""
    return frozenset(load(FIRST_NAMES)["common_surnames"]["names"].split())


@cache
def first_surnames() -> frozenset[str]:
    """Surnames that come first: Chinese, Korean, Vietnamese."""
    return frozenset(load(FIRST_NAMES)["surname_first"]["surnames"].split())


@cache
def double_meaning() -> frozenset[str]:
    """First names that are also words or places."""
    return frozenset(load(FIRST_NAMES)["both"]["names"].split())


@cache
def titles(section: str, field: str = "words") -> frozenset[str]:
    """Words of a section of the titles: address, ranks, offices, modifiers, particles, not_names."""
    return frozenset(load(TITLES)[section][field].split())


@recent(_RECENT)
def kinship(form: str) -> str:
    """Which relatives a word means: "elder", "younger", or "words" for any other; empty where it means none."""
    for section in ("elder", "younger", "words"):
        if form in titles("kinship", section):
            return section
    for prefix in titles("kinship", "prefixes"):
        rest = form[len(prefix) :]
        if form.lower().startswith(prefix) and (found := rest and kinship(rest[0].upper() + rest[1:])):
            return found
    return ""


@cache
def office_suffixes() -> tuple[str, ...]:
    """Last parts of compounds that are offices."""
    return tuple(load(TITLES)["offices"]["suffixes"].split())


@cache
def not_acronyms() -> frozenset[str]:
    """Capital letters that name no organisation."""
    return frozenset(load(TITLES)["acronyms"]["none"].split())


def _forms(word: str, section: str) -> list[tuple[str, str, bool, bool]]:
    """Forms of a noun by its declension: form, lemma, can be singular, can be plural."""
    if section == "er":
        stem = word
        feminine = (stem[:-2] if stem.endswith("erer") else stem) + "in"
        found = [(stem, stem, True, True), (stem + "s", stem, True, False), (stem + "n", stem, False, True)]
    elif section in {"weak", "en"}:
        feminine = word + "in"
        found = [(word, word, True, False), (word + "en", word, True, True), (word + "n", word, True, True)]
    elif section in {"weak_e", "e"}:
        feminine = word[:-1] + "in"
        found = [(word, word, True, False), (word + "n", word, True, True)]
    elif section == "adj":
        return [(word + ending, word + "e", True, ending in {"e", "en"}) for ending in ("e", "er", "en", "em", "es")]
    else:
        return [(word, word, not word.endswith(("innen", "leute", "leuten")), True)]
    gendered = feminine[: -len("in")]
    found += [(feminine, feminine, True, False), (feminine + "nen", feminine, False, True)]
    found += [(f"{gendered}{sign}innen", word, False, True) for sign in (":", "*", "_", "/", "/-")]
    return [*found, (gendered + "Innen", word, False, True)]


@cache
def person_nouns() -> dict[str, Noun]:
    """Every form of every noun for people, with the peoples."""
    found: dict[str, Noun] = {}
    for name in (GROUPS, DEMONYMS):
        for section, group in load(name).items():
            if section in {"meta", "no_head"}:
                continue
            for word in group["words"].split():
                for form, lemma, singular, plural in _forms(word, section):
                    found.setdefault(form, Noun(lemma, singular, plural))
    for form, noun in list(found.items()):
        for ending in ("s", "es", "n", "en"):
            base = form.removesuffix(ending)
            if noun.lemma == form and base != form and base in found and found[base].lemma == base:
                found[form] = Noun(base, noun.singular, noun.plural)
                break
    for form in (*titles("offices"), *titles("ranks")):
        found.setdefault(form, Noun(form, True, False))
        if form.endswith(("er", "or", "är", "at", "ent", "ier")):
            found.setdefault(form + "s", Noun(form, True, False))
    return found


@cache
def _suffix_nouns() -> dict[str, Noun]:
    return {form.lower(): noun for form, noun in person_nouns().items() if len(form) >= 5 or form in _SHORT_HEADS}


@cache
def _longest_suffix_noun() -> int:
    return max(map(len, _suffix_nouns()))


@cache
def no_heads() -> frozenset[str]:
    """Words that end like a person and are none."""
    return _words(load(GROUPS), "no_head")


@recent(_RECENT)
def person_noun(form: str) -> Noun | None:
    """The noun for people that a capitalised word is or ends in ("Polizeisprecherin"), if any."""
    found = person_nouns().get(form)
    if found or form in no_heads() or len(form) < 8:
        return found
    lowered, suffixes = form.lower(), _suffix_nouns()
    if any(lowered.endswith(word.lower()) for word in no_heads() if len(word) > 5):
        return None
    # One more than the longest noun, for the hyphen before it.
    for cut in range(max(3, len(lowered) - _longest_suffix_noun() - 1), len(form) - 3):
        if noun := suffixes.get(lowered[cut:].lstrip("-")):
            stem = form[: len(form) - len(lowered[cut:])]
            return Noun(stem + (noun.lemma if stem.endswith("-") else noun.lemma.lower()), noun.singular, noun.plural)
    return None


@recent(_RECENT)
def is_office(form: str) -> bool:
    """Whether a word is an office or a rank, by itself or as the last part of a compound."""
    if form in titles("offices") or form in titles("ranks"):
        return True
    lowered = form.lower()
    return len(form) > 5 and lowered.endswith(office_suffixes()) and person_noun(form) is not None


@cache
def known_names() -> dict[str, tuple[Known, ...]]:
    """Names of organisations and places by their first word, longest first."""
    found: dict[str, list[Known]] = {}
    for section, group in load(ORG_WORDS).items():
        if section != "meta" and "names" in group:
            for row in table_rows(group["names"]):
                for name in row:
                    for form in inflected(name):
                        _file(found, Known(form, EntityKind.ORG, name, row[0], name in org_table("ambiguous")))
    for form, place in gazetteer().items():
        _file(found, Known(form, place.kind, place.base, place.canonical, place.needs_context))
    return {key: tuple(sorted(names, key=lambda k: -len(k.surface))) for key, names in found.items()}


def _file(found: dict[str, list[Known]], known: Known) -> None:
    opening = _FIRST_TOKEN.match(known.surface)
    if opening:
        first = opening.group()
        keys = {first, first + "s"} if first == known.surface else {first}
        for key in keys:
            found.setdefault(key, []).append(known)


@cache
def org_table(section: str, field: str = "words") -> frozenset[str]:
    """Words of a section of the organisations' table."""
    return frozenset(load(ORG_WORDS)[section][field].split())


@cache
def _longest_suffix() -> int:
    return max(map(len, org_table("heads", "suffixes")))


@cache
def _false_heads() -> tuple[str, ...]:
    return tuple(sorted(word for word in org_table("heads", "not_suffix") if len(word) > 9))


@cache
def _genitive_heads() -> tuple[str, ...]:
    return tuple(sorted(org_table("heads", "genitive")))


@recent(_RECENT)
def org_head(form: str) -> str | None:
    """The head noun (lower case) that makes a capitalised word an organisation: "Verteidigungsministeriums"."""
    lowered = form.lower()
    if len(form) < 4 or not form[0].isupper() or lowered in org_table("heads", "not_suffix"):
        return None
    if lowered.endswith(_false_heads()):
        return None
    suffixes = org_table("heads", "suffixes")
    for cut in range(max(0, len(lowered) - _longest_suffix()), len(form) - 3):
        if lowered[cut:] in suffixes:
            return lowered[cut:]
    base = lowered.removesuffix("s").removesuffix("e") if lowered.endswith("es") else lowered.removesuffix("s")
    if base != lowered and base.endswith(_genitive_heads()) and base not in org_table("heads", "not_suffix"):
        cuts = range(max(0, len(base) - _longest_suffix()), len(base) - 3)
        return next((lowered[cut:] for cut in cuts if base[cut:] in suffixes), None)
    return None


@cache
def org_adjectives() -> frozenset[str]:
    """Declined capitalised adjectives that open an organisation's name."""
    stems = [word.removesuffix("e") for word in org_table("heads", "adjectives")]
    return frozenset((stem + ending).capitalize() for stem in stems for ending in ("e", "er", "en", "es", "em"))


def noun_key(form: str) -> str:
    """Folded head of a noun without its genitive, so that forms of one noun meet."""
    folded = fold(form)
    for ending in ("iums", "ien"):
        if folded.endswith(ending):
            return folded.removesuffix(ending) + "ium"
    return folded.removesuffix("s") if len(folded) > 4 and not folded.endswith("ss") else folded


@recent(_RECENT)
def is_unknown(form: str) -> bool:
    """Whether a capitalised word is neither in the German dictionary nor a compound that ends in one of its words."""
    if not form or form.endswith(NOUN_ENDINGS) or simplemma.is_known(form, lang="de"):
        return False
    lowered = form.lower()
    if simplemma.is_known(lowered, lang="de") or "-" in form[1:-1]:
        return False
    tails = (lowered[cut:].capitalize() for cut in range(max(3, len(lowered) - _LONGEST_WORD), len(form) - 4))
    return not any(tail not in common_surnames() and simplemma.is_known(tail, lang="de") for tail in tails)
