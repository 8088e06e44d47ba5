"""Names of people, bodies and places as phrases of a sentence, in German with case and number, in English.

Precision before recall: what is neither a plain proper name nor in `resources/de/line_nouns.toml` gives no phrase, and
the sentence that needs it is not made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from quellenlage.model import EntityKind, fold
from quellenlage.resources import load
from quellenlage.views.locale import Lang
from quellenlage.views.wording.placing import BARE_WAY, Way, needs_article, placed

TABLE = "de/line_nouns.toml"
Case = Literal["nom", "acc", "dat"]
Gender = Literal["m", "f", "n", "p"]

_ARTICLE: Mapping[Gender, Mapping[Case, str]] = {
    "m": {"nom": "der", "acc": "den", "dat": "dem"},
    "f": {"nom": "die", "acc": "die", "dat": "der"},
    "n": {"nom": "das", "acc": "das", "dat": "dem"},
    "p": {"nom": "die", "acc": "die", "dat": "den"},
}
_STRONG: Mapping[str, str] = {"m": "er", "f": "e", "n": "es"}
"""Ending of an adjective before a noun without article, as names of bodies are kept ("russisches Außenministerium")."""

_COUNTS = frozenset(
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dutzende hunderte tausende hunderttausende".split()
)
_QUANTIFIERS = {"einige": "several", "mehrere": "several", "viele": "many"}
_NUMBER = re.compile(r"\d[\d.]*")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Name:
    """What an event names: identifier, the name and its kind; `proper` where an article writes it as a name."""

    id: str
    name: str
    kind: EntityKind
    proper: bool = True


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase in all cases; `common` for groups of people, who are no party by themselves."""

    nom: str
    acc: str
    dat: str
    plural: bool = False
    common: bool = False

    def case(self, case: Case) -> str:
        """The phrase in a case."""
        return {"nom": self.nom, "acc": self.acc, "dat": self.dat}[case]


@dataclass(frozen=True, slots=True)
class _Articled:
    gender: Gender
    english: str


@cache
def _articled() -> dict[str, _Articled]:
    found: dict[str, _Articled] = {}
    for row in load(TABLE)["articles"]["names"].strip().splitlines():
        name, gender, english = re.split(r" ([mfnp]) ", row, maxsplit=1)
        found[name] = _Articled(cast(Gender, gender), english)
    return found


@cache
def _bodies() -> tuple[tuple[str, Gender], ...]:
    """Endings of common nouns for bodies with their gender, the longest first."""
    table = load(TABLE)["bodies"]
    genders: tuple[Gender, ...] = ("m", "f", "n")
    rows = [(word, gender) for gender in genders for word in table[gender].split()]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def _groups() -> tuple[dict[str, str], dict[str, str]]:
    """Plural nouns, and those that are plural only where they are counted, each with the English word."""
    table = load(TABLE)["plurals"]
    plain, counted = (dict(row.split("=") for row in table[part].split("\n") if row) for part in ("words", "counted"))
    return plain, counted


@cache
def _territories() -> dict[str, str]:
    """English names of states by their folded German ones, from CLDR."""
    from babel import Locale  # its tables load when a state is named

    german, english = Locale("de").territories, Locale("en").territories
    return {fold(str(name)): str(english[code]) for code, name in german.items() if name and code in english}


@cache
def _english(part: str) -> dict[str, str]:
    """English words for German ones: "bodies", "adjectives" by their stem, "places"."""
    return dict(row.split("=") for row in load(TABLE)["english"][part].split("\n") if row)


def _english_adjective(word: str) -> str | None:
    """English for the adjective of a state in any form ("russische", "russisches")."""
    stem = re.sub(r"(?:e[nrsm]?)$", "", word.casefold())
    table = _english("adjectives")
    return next((english for german, english in table.items() if german.casefold() == stem), None)


def _english_body(words: list[str]) -> str | None:
    """A common noun for a body with adjectives of states before it: "the Russian foreign ministry"."""
    head = _english("bodies").get(words[-1])
    adjectives = [_english_adjective(word) for word in words[:-1]]
    if head is None or any(adjective is None for adjective in adjectives):
        return None
    return " ".join(["the", *(adjective for adjective in adjectives if adjective), head])


def phrase(name: Name, lang: Lang, count: str | None = None) -> Phrase | None:
    """A name as a phrase; `count` stands for the number in a name such as "400 Soldaten". None where unsure."""
    text = " ".join(name.name.split())
    if not text or "@" in text or not text[0].isalnum():
        return None
    if name.kind in {EntityKind.GRP, EntityKind.ORG} and (group := _group(text, lang, count)):
        return group
    if (known := _articled().get(text)) and name.kind is not EntityKind.PER:
        return _with_article(text, known, lang)
    if name.kind is EntityKind.PER:
        return _bare(text) if name.proper and text[0].isupper() and not _NUMBER.match(text) else None
    if name.kind is EntityKind.GPE:
        return _place_name(text, lang)
    if name.kind in {EntityKind.ORG, EntityKind.GRP}:
        return _body(text, lang, proper=name.kind is EntityKind.ORG)
    return None


def source_phrase(name: Name, lang: Lang) -> Phrase | None:
    """The same for on whose word something is told: in English, German names of bodies stand as they are."""
    if is_quantity(name.name):
        return None
    found = phrase(name, lang)
    if found is None and lang == "en" and name.kind is EntityKind.ORG and name.name[:1].isalpha():
        return _bare(name.name)
    return found


def is_quantity(text: str) -> bool:
    """Whether a name is a number of people or things ("90 Menschen", "zwölf Tote"): nobody speaks for these.

    Few of a kind that is told may speak ("zwei Diplomaten"), and a paper may be called "20 Minuten".
    """
    first, _, rest = text.strip().partition(" ")
    noun = rest.rsplit(maxsplit=1)[-1] if rest.strip() else ""
    if _NUMBER.fullmatch(first) and not first.endswith("."):
        plain, counted = _groups()
        return noun in plain or noun in counted or noun in _anybody()
    return noun in _anybody() and (first.casefold() in _COUNTS or first.casefold() in _QUANTIFIERS)


@cache
def _anybody() -> frozenset[str]:
    parts = load(TABLE)["parties"]
    return frozenset((*parts["victims"].split(), *parts["anybody"].split()))


def _bare(text: str) -> Phrase:
    return Phrase(text, text, text)


def _with_article(text: str, known: _Articled, lang: Lang) -> Phrase:
    if lang == "en":
        return Phrase(known.english, known.english, known.english, plural=text == "Taliban")
    adjective = text.split(maxsplit=1)[0]
    rest = text[len(adjective) :]
    forms: dict[Case, str] = {}
    cases: tuple[Case, ...] = ("nom", "acc", "dat")
    for case in cases:
        first = adjective
        if rest and adjective.endswith(("er", "e", "es")):
            first = adjective.removesuffix("s").removesuffix("r")
            first += "n" if known.gender == "p" or case == "dat" or (case, known.gender) == ("acc", "m") else ""
        forms[case] = f"{_ARTICLE[known.gender][case]} {first}{rest}"
    return Phrase(forms["nom"], forms["acc"], forms["dat"], known.gender == "p")


def _place_name(text: str, lang: Lang) -> Phrase | None:
    if text.split(maxsplit=1)[0].casefold() in _place_heads() or not _all_names(text):
        return None
    return _bare(_territories().get(fold(text)) or _english("places").get(text, text) if lang == "en" else text)


def _all_names(text: str) -> bool:
    """Whether every longer word is written as names are."""
    return all(word != word.lower() or len(word) <= 3 or word[0].isdigit() for word in _WORD.findall(text))


def _body(text: str, lang: Lang, *, proper: bool) -> Phrase | None:
    words = text.split()
    if _several_bodies(text):
        several = Phrase(text, text, text if text[-1] in "ns" else f"{text}n", plural=True, common=True)
        return several if lang == "de" else None
    for at, word in enumerate(words):
        if word[0].isupper() and (gender := _head(word)):
            return _with_head(words, at, gender, lang)
        if not word[0].islower():
            break
    if not proper or not _all_names(text):
        return None
    short = text.isupper() and len(text) <= 6
    return None if short else _bare(text)


def _several_bodies(text: str) -> bool:
    """Whether a word is the plural of a common noun for a body ("Vereine", "Gewerkschaften")."""
    folded = text.casefold()
    endings = (ending for ending in ("e", "en", "n", "s") if " " not in text and folded.endswith(ending))
    nouns = {noun for noun, _ in _bodies()}
    return any(folded.removesuffix(ending) in nouns for ending in endings)


@cache
def _indefinite() -> frozenset[str]:
    """Stems of adjectives that make a body one of several ("ein neuer Stadtrat"): the article would say too much."""
    return frozenset(load(TABLE)["bodies"]["indefinite"].split())


def _head(word: str) -> Gender | None:
    folded = word.casefold()
    return next((gender for ending, gender in _bodies() if folded.endswith(ending)), None)


def _with_head(words: list[str], at: int, gender: Gender, lang: Lang) -> Phrase | None:
    """Article and weak adjectives: "das russische Außenministerium"."""
    before = words[:at]
    stems = [word.removesuffix(_STRONG[gender]) for word in before if word.endswith(_STRONG[gender])]
    if len(stems) < len(before) or _indefinite().intersection(stems):
        return None
    if lang == "en":
        english = _english_body(words)
        named = len(words) > at + 1  # "Volksfront Osrana" is a name
        return _bare(english) if english else _bare(f"the {' '.join(words)}") if named and not before else None

    def form(case: Case) -> str:
        ending = "en" if case == "dat" or (case, gender) == ("acc", "m") else "e"
        weak = [word.removesuffix(_STRONG[gender]) + ending for word in before]
        return " ".join([_ARTICLE[gender][case], *weak, *words[at:]])

    return Phrase(form("nom"), form("acc"), form("dat"))


def _group(text: str, lang: Lang, count: str | None) -> Phrase | None:
    words = text.split()
    first = words[0].casefold()
    plain, counted = _groups()
    number = ""
    if _NUMBER.fullmatch(first) or first in _COUNTS or first in _QUANTIFIERS:
        number, words = words[0], words[1:]
    if not number and count is not None:
        number = count
    if not words or any(not _adjective(word) for word in words[:-1]):
        return None
    noun = words[-1]
    english = _translated(noun, plain if not number else {**plain, **counted})
    if english is None and not (number and _counted_noun(noun, first)):
        return None
    if number and number.casefold() not in _QUANTIFIERS:
        if count is None and not _known_plural(noun, plain):
            return None  # a number that this account does not give stays away, and without it the noun may be one
        number = count or ""
        english = english or None
    adjectives = words[:-1]
    if lang == "en":
        states = [_english_adjective(word) for word in adjectives]
        if not english or None in states:
            return None
        number = _QUANTIFIERS.get(number.casefold(), number)
        shown = " ".join(part for part in (number, *states, english) if part)
        return Phrase(shown, shown, shown, plural=True, common=True)
    count_words = [_lower(number)] if number else []
    bent = [count_words[0] + "n"] if count_words and count_words[0] in _QUANTIFIERS else count_words
    plainly = " ".join([*count_words, *adjectives, noun])
    dative = " ".join([*bent, *(a + "n" for a in adjectives), noun if noun[-1] in "ns" else noun + "n"])
    return Phrase(plainly, plainly, dative, plural=True, common=True)


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:] if word[:1].isupper() else word


_NO_ADJECTIVES = frozenset("eigene beide alle diese seine ihre".split())


def _adjective(word: str) -> bool:
    return word[0].islower() and word.endswith("e") and word not in _NO_ADJECTIVES


def _translated(noun: str, words: Mapping[str, str]) -> str | None:
    """English for a plural noun; empty for a compound that ends in one ("Spitzendiplomaten")."""
    if noun in words:
        return words[noun]
    compound = noun[0].isupper() and any(noun.endswith(w.casefold()) for w in words if len(w) > 5)
    return "" if compound else None


def _known_plural(noun: str, plain: Mapping[str, str]) -> bool:
    return _translated(noun, plain) is not None


def _counted_noun(noun: str, number: str) -> bool:
    """Whether a counted noun, with or without a hyphenated name before it, is plural: "mehrere HTS-Kämpfer"."""
    return noun[0].isupper() and number not in {"1", "ein", "eine"} and noun.endswith(("er", "en", "e", "n", "s"))


@cache
def _place_heads() -> dict[str, tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for row in load(TABLE)["places"]["rows"].strip().splitlines():
        head, where, to, away = row.split("|")
        found[head] = (where, to, away)
    return found


def place_phrase(name: Name, lang: Lang, way: Way = "in") -> str | None:
    """Where, where to or where from: "in Damaskus", "in die Türkei", "aus dem Irak", "auf der Krim", "bei Ulm".

    Places of unknown nouns, and mountains and waters whose article is not known, give no phrase in either language.
    """
    text = " ".join(name.name.split())
    if found := placed(text, lang, way):
        return found
    if needs_article(text) or _derived(text):
        return None
    if name.kind is EntityKind.GPE and (bare := _place_name(text, lang)) and text not in _articled():
        return f"{BARE_WAY[lang][way]} {bare.nom}"
    if known := _articled().get(text):
        return _with_preposition(text, known, lang, way)
    if text in load(TABLE)["regions"]["names"].split():
        shown = text if lang == "de" else _english("places").get(text)
        return f"{BARE_WAY[lang][way]} {shown}" if shown else None
    head = text.split(maxsplit=1)[0] if text else ""
    row = _place_heads().get(head.casefold())
    if row is None or lang == "en" or head == text or not head[0].isupper():
        return None
    where, to, away = row
    return f"{ {'in': where, 'to': to, 'from': away, 'near': f'nahe {away.split()[-1]}'}[way] } {text}"


def _derived(text: str) -> bool:
    """Whether a place is a common noun behind the adjective of a town ("Grazer Altenheim"): that takes an article."""
    first, _, rest = text.partition(" ")
    return bool(rest) and first.endswith("er") and len(first) > 4 and text not in _towns()


@cache
def _towns() -> frozenset[str]:
    return frozenset(load(TABLE)["places"]["towns"].strip().splitlines())


def _with_preposition(text: str, known: _Articled, lang: Lang, way: Way) -> str:
    if lang == "en":
        return f"{BARE_WAY['en'][way]} {known.english}"
    forms = _with_article(text, known, "de")
    if way == "from":
        return f"aus {forms.dat}"
    if way == "to":
        return f"in {forms.acc}"
    if way == "near":
        return f"nahe {forms.dat}"
    return f"im {forms.dat.removeprefix('dem ')}" if known.gender in {"m", "n"} else f"in {forms.dat}"


def listed(parts: list[str], lang: Lang) -> str:
    """A, B and C."""
    last = " und " if lang == "de" else " and "
    return last.join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
