"""The lexicon of attribution as lookup tables: which word forms can report whose words, and how."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from quellenlage.annotate.quotations.inflection import inflect
from quellenlage.resources import load

VERBS, NOUNS, SMALL = "de/reporting_verbs.toml", "de/reporting_nouns.toml", "de/attribution.toml"


@dataclass(frozen=True, slots=True)
class VerbClass:
    """What the verbs of a class share."""

    name: str
    stance: str
    medium: str
    complement: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verb:
    """A reporting verb or verb phrase: base verb, separable particle, and words that its clause must have."""

    lemma: str
    base: str
    particle: str
    required: tuple[tuple[str, ...], ...]
    cls: VerbClass

    @property
    def weight(self) -> int:
        """How much text it asks for: the more, the more certain."""
        return 2 * sum(len(r) for r in self.required) + bool(self.particle)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Verb forms to verbs: finite forms, forms with the particle in front, participles, infinitives."""

    finite: dict[str, tuple[Verb, ...]]
    final: dict[str, tuple[Verb, ...]]
    participle: dict[str, tuple[Verb, ...]]
    infinitive: dict[str, tuple[Verb, ...]]
    after_nach: dict[str, str]
    clausal: dict[str, str]
    documents: frozenset[str]


def parse_verb(notation: str, cls: VerbClass) -> Verb:
    """Read the notation of the table: "mit|teilen", "geben + bekannt", "sich äußern"."""
    head, *rest = [part.strip() for part in notation.split(" + ")]
    words = head.split()
    required = [tuple(r.split()) for r in rest]
    required += [(word,) for word in words[:-1]]
    particle, _, base = words[-1].rpartition("|")
    base = "sein" if base == "ist" else base
    return Verb(notation.replace("|", "").replace(" + ", " "), base, particle, tuple(required), cls)


def _add(table: dict[str, list[Verb]], form: str, verb: Verb) -> None:
    table.setdefault(form, []).append(verb)


def _sorted(table: dict[str, list[Verb]]) -> dict[str, tuple[Verb, ...]]:
    return {form: tuple(sorted(verbs, key=lambda v: -v.weight)) for form, verbs in table.items()}


def _nouns(data: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    after = {noun: medium for medium, nouns in data["after_nach"].items() for noun in nouns}
    clausal = {noun: stance for stance, nouns in data["clausal"].items() for noun in nouns}
    return after, clausal


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon, inflected once."""
    finite: dict[str, list[Verb]] = {}
    final: dict[str, list[Verb]] = {}
    participle: dict[str, list[Verb]] = {}
    infinitive: dict[str, list[Verb]] = {}
    for entry in load(VERBS)["class"]:
        cls = VerbClass(entry["name"], entry["stance"], entry["medium"], frozenset(entry["complement"]))
        for notation in entry["verbs"]:
            verb = parse_verb(notation, cls)
            forms = inflect(verb.base)
            for form in sorted(forms.finite):
                _add(finite, form, verb)
                if verb.particle:
                    _add(final, verb.particle + form, verb)
            _add(participle, verb.particle + forms.participle, verb)
            _add(infinitive, verb.particle + forms.infinitive, verb)
            stem = f"{verb.particle}zu{forms.infinitive}" if verb.particle else ""
            if stem:
                _add(infinitive, stem, verb)
            if len(verb.required) == 1 and len(verb.required[0]) == 1 and verb.required[0][0].isalpha():
                joined = verb.required[0][0]
                if joined in {"bekannt", "klar"}:
                    _add(participle, joined + forms.participle, Verb(verb.lemma, verb.base, joined, (), cls))
                    _add(final, joined + forms.infinitive, Verb(verb.lemma, verb.base, joined, (), cls))
    after, clausal = _nouns(load(NOUNS))
    return Lexicon(
        finite=_sorted(finite),
        final=_sorted(final),
        participle=_sorted(participle),
        infinitive=_sorted(infinitive),
        after_nach=after,
        clausal=clausal,
        documents=frozenset(load(NOUNS)["document"]["nouns"]),
    )


@cache
def words(section: str, key: str) -> frozenset[str]:
    """A word list of the table of small words."""
    return frozenset(load(SMALL)[section][key])


AUXILIARY: dict[str, str] = {
    form: name for name, forms in load("de/attribution_mood.toml")["auxiliary"].items() for form in forms
}
"""Finite forms of haben, sein, werden and the modal verbs, with the name of their group."""


def clausal_noun(word: str) -> str | None:
    """Stance of a noun that takes a clause ("Forderung", "Vorwürfe"), if it is one."""
    table = lexicon().clausal
    for form in (
        word,
        word.removesuffix("n"),
        word.removesuffix("en"),
        word.removesuffix("e"),
        word.replace("würf", "wurf").removesuffix("e"),
    ):
        if form in table:
            return table[form]
    return None


def after_nach(word: str) -> str | None:
    """Medium of a noun that can follow "nach" in an attribution ("Angaben", "Polizeiangaben"), if it is one."""
    low, table = word.lower(), lexicon().after_nach
    if low in table:
        return table[low]
    for end in load(NOUNS)["compound"]["ends"]:
        if low.endswith(end) and len(low) > len(end):
            return table.get(end, "writing")
    return None
