"""A sentence as parallel lists of words, and what capitals and endings tell about a single word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import simplemma

from quellenlage.annotate.mentions.lexicon import Known, known_names
from quellenlage.annotate.mentions.told import Told
from quellenlage.model import READ_ZONES, Document, ZoneKind
from quellenlage.resources import load

CLOSED_CLASSES = "de/closed_classes.toml"
_READ = READ_ZONES | {ZoneKind.CAPTION}
_OPENING = frozenset("„“\"'«»‚‘(–—-:•[")
_QUOTES = frozenset("„“”\"'«»‚‘›‹")
_NO_ADJECTIVES = frozenset("dessen deren derer solche solchen solcher solches solchem gegen wegen".split())
# A capital inside a word ("HafenFoto": two texts without a blank), but for "McKay", "DeGaulle", "FitzRoy".
_GLUED = re.compile(
    r"(?<!^Mc)(?<!^Mac)(?<!^De)(?<!^Di)(?<!^Da)(?<!^La)(?<!^Le)(?<!^Fitz)(?<!^Van)(?<=[a-zäöüß])[A-ZÄÖÜ]"
)
_GENDER = re.compile(r"\bGender=(\w+)")
_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")


@dataclass(slots=True)
class Words:
    """One sentence: forms, offsets into the text, the language stage's lemma and part of speech, token by token.

    `forms` are those of the text, but for words in capitals that are meant as ordinary words; `learned` are the
    places that the article itself teaches, by their first word; `told` are the encoder's names by each of their words,
    None where it was not asked.
    """

    index: int
    forms: list[str]
    starts: list[int]
    ends: list[int]
    upos: list[str | None]
    lemmas: list[str | None]
    finite: list[bool]
    genders: list[str | None]
    told: Mapping[int, Told] | None = None
    learned: Mapping[str, tuple[Known, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.forms)

    def at(self, i: int) -> str:
        """The form at `i`, empty beyond either end."""
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def told_over(self, start: int, end: int) -> list[Told]:
        """The encoder's names that share a word with words `start` to `end`."""
        if not self.told:
            return []
        return list(dict.fromkeys(self.told[k] for k in range(start, end) if k in self.told))

    def read_as(self, told: Told) -> None:
        """Put a better reading in the place of whatever the encoder sees over its words."""
        if self.told is not None:
            over = self.told_over(told.start, told.end)
            kept = {k: name for k, name in self.told.items() if name not in over}
            self.told = {**kept, **dict.fromkeys(range(told.start, told.end), told)}

    def opens(self, i: int) -> bool:
        """Whether the word opens the sentence (or a quotation in it), so that its capital says nothing."""
        return i == 0 or (i > 0 and self.forms[i - 1] in _OPENING)


def sentences(document: Document, told: Sequence[Sequence[Told]] | None = None) -> Iterator[Words]:
    """Sentences of headline, lead, body and captions; `told` are the encoder's names of all sentences."""
    tokens, at, zone_at = document.tokens, 0, 0
    zones = document.article.zones
    for index, sentence in enumerate(document.sentences):
        while zone_at < len(zones) and zones[zone_at].end <= sentence.start:
            zone_at += 1
        while at < len(tokens) and tokens[at].start < sentence.start:
            at += 1
        first = at
        while at < len(tokens) and tokens[at].end <= sentence.end:
            at += 1
        if zone_at < len(zones) and zones[zone_at].start <= sentence.start and zones[zone_at].kind in _READ:
            part = tokens[first:at]
            yield Words(
                index,
                _read_aloud([document.text[t.start : t.end] for t in part]),
                [t.start for t in part],
                [t.end for t in part],
                [t.upos for t in part],
                [t.lemma for t in part],
                [bool(t.feats) and "VerbForm=Fin" in str(t.feats) for t in part],
                [_gender(t.feats) for t in part],
                None if told is None else {k: name for name in told[index] for k in range(name.start, name.end)},
            )


def _gender(feats: str | None) -> str | None:
    found = _GENDER.search(feats) if feats else None
    return found[1] if found else None


def _read_aloud(forms: list[str]) -> list[str]:
    """A sentence set in capitals ("ANGRIFF IN DER NACHT") as it would stand in running text; others unchanged.

    Words of up to three letters that no dictionary has stay as they are: most are abbreviations.
    """
    capitals = [form for form in forms if len(form) > 1 and form.isupper() and form.isalpha()]
    if len(capitals) < 2 or len(capitals) * 5 < 3 * sum(form[0].isalpha() for form in forms if form):
        return forms
    if not any(len(form) > 3 and form not in known_names() for form in capitals):
        return forms
    return [_lowered(form) if form.isupper() and len(form) > 1 else form for form in forms]


def _lowered(form: str) -> str:
    if form.lower() in function_words():
        return form.lower()
    if form in known_names() or (len(form) <= 3 and not simplemma.is_known(form.capitalize(), lang="de")):
        return form
    return form.capitalize() if form.isalpha() else form


@cache
def function_words() -> frozenset[str]:
    """Lower-case words of the closed classes, and words that open sentences."""
    table = load(CLOSED_CLASSES)
    listed = [*table["upos"].values(), table["starters"]["words"]]
    return frozenset(word.lower() for words in listed for word in words.split())


def is_quote(form: str) -> bool:
    """Whether the token is a quotation mark."""
    return form in _QUOTES


def is_name_like(form: str) -> bool:
    """A capitalised word of letters that can be part of a person's name; not a function word, not all capitals."""
    if len(form) < 2 or not form[0].isupper() or form.lower() in function_words():
        return False
    if any(c.isdigit() for c in form) or not form[-1].isalpha() or _GLUED.search(form):
        return False
    return len(form) < 4 or not form.isupper()


def is_initial(form: str) -> bool:
    """Whether a word is a name written short: "A.", "Ch."."""
    return 2 <= len(form) <= 3 and form[-1] == "." and form[0].isupper()


def is_adjective_form(form: str) -> bool:
    """A lower-case word that declines like an adjective and is no function word."""
    if len(form) < 4 or not form[0].islower() or not form.endswith(_ADJECTIVE_ENDINGS):
        return False
    return form not in function_words() and form not in _NO_ADJECTIVES


def without_genitive(form: str) -> str:
    """ "Assads" to "Assad", "Klaus’" to "Klaus"; a form that does not look like a genitive stays."""
    if form[-1:] in "'’" and len(form) > 3:
        return form[:-1]
    if len(form) > 3 and form.endswith("s") and not form.endswith(("ss", "us", "is", "ys")):
        return form[:-1]
    return form
