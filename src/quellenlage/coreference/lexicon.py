"""Which words refer back, what nouns can stand for whom, and what a first name says about its bearer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from quellenlage.model.layers import EntityKind
from quellenlage.model.recent import recent
from quellenlage.resources import load

NOUNS, NAMES, GROUPS = "de/reference_nouns.toml", "de/name_gender.toml", "de/groups.toml"
TITLES, FIRST_NAMES, ATTRIBUTION = "de/titles.toml", "de/first_names.toml", "de/attribution.toml"

Gender: TypeAlias = str
"""Grammatical gender "m", "f" or "n"; "p" stands for the plural, which has none."""
ALL: frozenset[Gender] = frozenset({"m", "f", "n", "p"})
_RECENT = 1 << 15


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun can stand for: genders, whether it can be the subject, and its class."""

    genders: frozenset[Gender]
    subject: bool
    group: Literal["personal", "demonstrative", "relative", "possessive"]


def _table(group: Literal["personal", "demonstrative", "relative", "possessive"], rows: str) -> dict[str, Pronoun]:
    """Read "er:m" (can be the subject) and "ihm:mn-" (cannot)."""
    found = {}
    for row in rows.split():
        form, _, genders = row.partition(":")
        letters: frozenset[Gender] = frozenset(g for g in ("m", "f", "n", "p") if g in genders)
        found[form] = Pronoun(letters, not genders.endswith("-"), group)
    return found


PERSONAL = _table("personal", "er:m ihn:m- ihm:mn- sie:fp ihnen:p- beide:p")
DEMONSTRATIVE = _table(
    "demonstrative",
    "dieser:m diese:fp diesem:mn- diesen:mp- jener:m jene:fp letzterer:m letztere:fp letzteren:mp- ersterer:m "
    "erstere:fp",
)
RELATIVE = _table("relative", "der:mf die:fp das:n dem:mn- den:m- denen:p- welcher:mf welche:fp welches:n")
POSSESSIVE = _table(
    "possessive",
    "sein:mn- seine:mn- seiner:mn- seinem:mn- seinen:mn- seines:mn- ihr:fp- ihre:fp- ihrer:fp- ihrem:fp- ihren:fp- "
    "ihres:fp- dessen:mn- deren:fp-",
)
"""Tables by class: "der" refers back only where a comma stands before it, "dieser" only without a noun."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What a form of a noun can mean: kind, genders, number, and what sort of body or place (empty for persons)."""

    lemma: str
    kind: EntityKind
    gender: frozenset[Gender]
    singular: bool
    plural: bool
    sense: str = ""

    @property
    def genders(self) -> frozenset[Gender]:
        """Gender in the singular, and "p" where the form can be a plural."""
        return (self.gender if self.singular else frozenset[Gender]()) | (
            frozenset("p") if self.plural else frozenset()
        )


def _declined(singular: str, plural: str, gender: Gender) -> dict[str, tuple[bool, bool]]:
    """Forms of a noun: whether each can be singular, plural."""
    forms = {singular: (True, plural == "=")}

    def note(form: str, one: bool, many: bool) -> None:
        before = forms.get(form, (False, False))
        forms[form] = (before[0] or one, before[1] or many)

    if gender != "f" and not singular.endswith("e"):
        note(singular + "s", True, False)
        if not singular.endswith(("er", "el", "en")):
            note(singular + "es", True, False)
    many = singular if plural == "=" else plural
    if many:
        note(many, False, True)
        note(many if many.endswith(("n", "s")) else many + "n", False, True)
        if (gender == "m" and many == singular + "en") or (singular.endswith("e") and many == singular + "n"):
            note(many, gender == "m", True)  # "den Präsidenten", "des Zeugen"
        if gender == "m" and singular.endswith("er") and many == singular[:-1]:  # "der Angeklagte", "den Angeklagten"
            note(many, True, True)
            note(many + "n", True, True)
            note(many + "m", True, False)
        if gender == "f" and many == singular + "n" and not singular.endswith(("in", "ie")):
            note(many, singular in {"Vorsitzende", "Illustrierte"}, True)
    return forms


@cache
def nouns() -> dict[str, Noun]:
    """Every form of every noun that is listed; what is listed first counts, those for people by declension last."""
    found: dict[str, Noun] = {}
    for entry in load(NOUNS)["nouns"]:
        kind, gender = EntityKind(entry["kind"]), entry["gender"]
        genders: frozenset[Gender] = frozenset([gender])
        for word in entry["words"].split():
            singular, _, plural = word.partition("/")
            for form, (one, many) in _declined(singular, plural, gender).items():
                either = plural == singular[:-1] and form != singular and form[-1] in "en"  # "die Angeklagte"
                found.setdefault(
                    form,
                    Noun(singular, kind, frozenset("mf") if either else genders, one, many, entry.get("sense", "")),
                )
    for form, noun in _by_declension():
        found.setdefault(form, noun)
    return found


def _by_declension() -> list[tuple[str, Noun]]:
    """Nouns for people whose gender their declension tells: Sprecher and Sprecherin, Zeuge and Zeugin."""
    table = load(GROUPS)
    found: list[tuple[str, Noun]] = []
    male: frozenset[Gender] = frozenset("m")
    female: frozenset[Gender] = frozenset("f")
    both: frozenset[Gender] = frozenset("mf")

    def note(form: str, lemma: str, genders: frozenset[Gender], one: bool, many: bool) -> None:
        found.append((form, Noun(lemma, EntityKind.PER, genders, one, many)))

    for word in table["er"]["words"].split():
        feminine = word + "in"
        for form, one, many in ((word, True, True), (word + "s", True, False), (word + "n", False, True)):
            note(form, word, male, one, many)
        note(feminine, feminine, female, True, False)
        note(feminine + "nen", feminine, female, False, True)
    for section, ending in (("weak", "en"), ("weak_e", "n")):
        for word in table[section]["words"].split():
            feminine = (word[:-1] if section == "weak_e" else word) + "in"
            note(word, word, male, True, False)
            note(word + ending, word, male, True, True)
            note(feminine, feminine, female, True, False)
            note(feminine + "nen", feminine, female, False, True)
    for word in table["adj"]["words"].split():
        note(word + "er", word + "er", male, True, False)
        note(word + "e", word + "er", both, True, True)
        note(word + "en", word + "er", both, True, True)
        note(word + "em", word + "er", male, True, False)
    return found


@cache
def _suffixes() -> dict[str, Noun]:
    return {form.lower(): noun for form, noun in nouns().items() if len(form) >= 4}


@cache
def _longest_suffix() -> int:
    return max(map(len, _suffixes()))


@cache
def _no_heads() -> frozenset[str]:
    return frozenset(load(GROUPS)["no_head"]["words"].split())


@recent(_RECENT)
def noun(form: str) -> Noun | None:
    """What a capitalised word can mean, by itself or by its last part ("Autokonzerns")."""
    known = nouns().get(form)
    if known is not None or form in _no_heads() or len(form) < 7 or not form[:1].isupper():
        return known
    lowered, suffixes = form.lower(), _suffixes()
    for cut in range(max(2, len(lowered) - _longest_suffix()), len(form) - 3):
        found = suffixes.get(lowered[cut:])
        if found is not None:
            lemma = form[:cut] + (found.lemma if form[cut - 1] == "-" else found.lemma.lower())
            return Noun(lemma, found.kind, found.gender, found.singular, found.plural, found.sense)
    return None


@cache
def seldom_named() -> frozenset[str]:
    """Nouns (lower case) for people who mostly have no name in the article: "der Richter"."""
    return frozenset(load(NOUNS)["seldom_named"]["words"].split())


@cache
def _endings() -> tuple[tuple[str, Gender], ...]:
    table = load(NOUNS)["gender_endings"]
    rows: list[tuple[str, Gender]] = []
    for gender in ("m", "f", "n"):
        rows += [(ending, gender) for ending in table[gender].split()]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


@recent(_RECENT)
def genders_of(form: str) -> frozenset[Gender]:
    """Genders (or plural) that a noun's form can have; all where nothing tells."""
    known = noun(form)
    if known is not None:
        return known.genders or ALL
    low = form.lower()
    for ending, gender in _endings():
        if low.endswith(ending):
            return frozenset([gender])
        if low.endswith((ending + "en", ending + "nen")) and gender == "f":
            return frozenset("p")
    return ALL


@cache
def _names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Women's first names, men's, and the first names that an -a makes a woman's."""
    own, old, listed = load(NAMES), load(ATTRIBUTION), load(FIRST_NAMES)
    female = {*own["female"]["names"].split(), *old["female_names"]["names"]}
    male = {*own["male"]["names"].split(), *old["male_names"]["names"]}
    both = set(listed["both"]["names"].split())
    ambiguous = (female & male) | set(own["ending"]["except"].split())
    ending = {
        name
        for language in own["ending"]["languages"].split()
        for name in listed[language]["names"].split()
        if name.endswith(own["ending"]["f"])
    }
    return (
        frozenset(female - male),
        frozenset(male - female),
        frozenset(ending - ambiguous - male - both),
    )


@recent(_RECENT)
def gender_of_name(first: str) -> frozenset[Gender]:
    """ "f", "m", or both where a first name does not tell."""
    female, male, ending = _names()
    for part in (first, first.split("-", 1)[0]):
        if part in female or part in ending:
            return frozenset("f")
        if part in male:
            return frozenset("m")
    return frozenset("mf")


@cache
def same_office() -> dict[str, frozenset[str]]:
    """Office (lower case) to all words for the same office."""
    found: dict[str, set[str]] = {}
    for group in load(TITLES)["same_office"]["groups"]:
        for word in group.split():
            found.setdefault(word, set()).update(group.split())
    return {word: frozenset(group) for word, group in found.items()}


@cache
def titles(section: str) -> frozenset[str]:
    """Words of a section of the titles."""
    return frozenset(load(TITLES)[section]["words"].split())


MALE_ADDRESS = frozenset(
    {"Herr", "Herrn", "Monsieur", "Mister", "Mr", "Mr.", "Señor", "Signor", "Sir", "Lord", "Don", "Pater", "Bruder"}
)
FEMALE_ADDRESS = frozenset(
    "Frau Fräulein Madame Mademoiselle Mrs Mrs. Ms Ms. Miss Señora Signora Lady Dame Schwester".split()
)
