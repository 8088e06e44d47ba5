"""A person's name taken apart: words that tell it from others, and what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.names.scripts import LATIN, is_abjad, to_latin
from quellenlage.resources import load

WORDS = "de/name_words.toml"
_RECENT = 1 << 14

_MOST_PARTS = 10
"""Words of a name that are looked at: more make no name."""
_SON = frozenset({"bin", "ibn", "ben"})
_ROMAN = re.compile(r"^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xv|xvi{0,3}|xix|xx|xxi{0,3})$")
_QUOTED = re.compile('[„“”"»«(]([^„“”"»«()]{1,30})[“”"»«)]')
_SPLIT = re.compile(r"[\s\-\u2010-\u2015/.]+")
_ARTICLE = re.compile(r"^(?:al|el|as|asch|ash|ar|at|ad|az|an|es|er|ed|adh)[-' ](?=\w)", re.IGNORECASE)
_ABD = re.compile(r"^(abd|ábd)(?:[aeouiü]{0,2})(?:l|(?=([rsnztd])\2)|(?=sch|sh))?(.{3,})$")
_DIN = re.compile(r"^(.{2,}?)(?:[aeou]l)?[eaiuo]dd[ie]{1,2}ne?$")
_PATRONYM = re.compile(r"(?:itsch|wytsch|vich|vych|vič|vyč|wicz|owna|ovna|ewna|evna|iwna|ivna)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a name: in lower case with its accents, folded, whether it is only an initial, and whether it is the
    second half of a double given name ("Karl-Heinz").
    """

    word: str
    folded: str
    initial: bool = False
    patronym: bool = False
    hyphen: bool = False


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as parts in the order given name, surname; what tells namesakes apart beside them.

    `titles` are words behind the given name that may be titles or part of the name: Khan, Schah.
    """

    parts: tuple[Part, ...]
    numeral: str = ""
    generation: str = ""
    epithet: str = ""
    territory: bool = False
    nicknames: tuple[Part, ...] = ()
    other_script: bool = False
    titles: frozenset[str] = frozenset()


@cache
def _words(section: str, field: str) -> frozenset[str]:
    return frozenset(load(WORDS)[section][field].split())


@cache
def _epithets() -> tuple[tuple[str, str], ...]:
    groups = load(WORDS)["epithets"]["groups"].split(";")
    listed = [(form.strip(), group.split("|")[0].strip()) for group in groups for form in group.split("|")]
    return tuple(sorted(listed, key=lambda pair: -len(pair[0])))


@recent(_RECENT)
def person(name: str) -> PersonName:
    """Take a person's name apart; "Surname, Given" is put in order."""
    text = to_latin(name)
    nicknames = tuple(_part(word) for word in _QUOTED.findall(text) if " " not in word.strip())
    text = _QUOTED.sub(" ", text)
    if text.count(",") == 1:
        last, first = (side.strip() for side in text.split(","))
        if fold(first) in _words("generations", "junior") | _words("generations", "senior"):
            text = f"{last} {first}"
        elif last and first:
            text = f"{first} {last}"
    text, epithet = _without_epithet(text)
    raw = [word for chunk in text.split() for word in _pieces(chunk) if word]
    numeral = generation = ""
    words: list[str] = []
    territory = False
    for at, word in enumerate(raw):
        bare = fold(word)
        if at and _ROMAN.match(bare) and (word.isupper() or word.rstrip(".").isupper()) and _is_numeral(words, raw, at):
            numeral = bare
        elif at and len(raw) > 2 and bare in _words("generations", "junior") - {"ii"}:
            generation = "junior"
        elif at and len(raw) > 2 and bare in _words("generations", "senior"):
            generation = "senior"
        elif numeral and bare in {"von", "of", "de"}:
            territory = True
        else:
            words.append(word)
    if territory:
        words = words[:-1] if len(words) > 1 else words
    kept = _without_honorifics(words)
    weak = _words("honorifics", "weak")
    titles = frozenset(f for word in words[1:] if word not in kept and (f := fold(word)) in weak)
    parts = _with_hyphens(_joined(kept)[:_MOST_PARTS], text)
    return PersonName(tuple(parts), numeral, generation, epithet, territory, nicknames, _is_other_script(name), titles)


def _with_hyphens(parts: list[Part], text: str) -> list[Part]:
    """Parts with the second halves of double given names marked."""
    first = next((chunk for chunk in text.split() if "-" in chunk.strip("-")), "") if len(parts) > 2 else ""
    halves = [fold(half) for half in first.split("-")]
    if len(halves) != 2 or len(halves[1]) < 2 or text.split(maxsplit=1)[0] != first:
        return parts
    return [
        replace(p, hyphen=True) if p.folded == halves[1] and at < len(parts) - 1 else p for at, p in enumerate(parts)
    ]


def _is_other_script(name: str) -> bool:
    return any(ord(character) > LATIN for character in name if character.isalpha())


def _is_numeral(words: list[str], raw: list[str], at: int) -> bool:
    """A Roman numeral, not the initial of a surname to come: "Wilhelm II." but not "Robert I. Meyer"."""
    single = len(fold(raw[at])) == 1
    following = raw[at + 1] if at + 1 < len(raw) else ""
    return bool(words) and (not single or not following[:1].isupper())


def _without_epithet(text: str) -> tuple[str, str]:
    folded = fold(text)
    for form, name in _epithets():
        if folded.endswith(" " + form):
            return " ".join(text.split()[: -len(form.split())]), name
        if folded.startswith(form + " ") and " " not in form and form not in {"fatih"}:
            return " ".join(text.split()[1:]), name
    return text, ""


def _pieces(chunk: str) -> list[str]:
    """A word between spaces as its parts: hyphens, dots of initials, an Arabic article before the name."""
    chunk = chunk.strip(",;:!?()[]")
    if is_abjad(chunk):
        return [chunk]
    stripped = _ARTICLE.sub("", chunk)
    return [piece for piece in _SPLIT.split(stripped) if piece]


@cache
def _assimilated() -> dict[str, tuple[str, ...]]:
    cells = (cell.split("=") for cell in load(WORDS)["articles"]["assimilated"].split())
    return {article: tuple(openings.split("|")) for article, openings in cells}


@cache
def _not_arabic() -> re.Pattern[str]:
    return re.compile("|".join(load(WORDS)["articles"]["foreign"].split()))


def _opens_with_given_name(words: list[str]) -> bool:
    """Whether a name begins with what only looks like an Arabic article: "Ash Carter", "Al Gore"; not "Al Assad"."""
    article, following = fold(words[0]), fold(words[1])
    if not words[0][0].isupper():
        return False
    if article in _assimilated():
        return not following.startswith(_assimilated()[article])
    return article == "al" and _not_arabic().search(following) is not None


def _without_honorifics(words: list[str]) -> list[str]:
    titles, weak, particles = (
        _words("honorifics", "words"),
        _words("honorifics", "weak"),
        _words("particles", "words"),
    )
    given = len(words) > 1 and _opens_with_given_name(words)
    kept = [
        w
        for at, w in enumerate(words)
        if (f := fold(w)) not in titles - weak
        and not (f in particles and len(words) > 1 and (at or (len(f) > 1 and not given)))  # "E. T. A. Hoffmann"
    ]
    strong = [w for w in kept if fold(w) not in weak]
    if len(strong) >= 2 or (strong and len(strong) < len(kept) and len(kept) > 1 and fold(kept[0]) in weak):
        kept = strong
    return kept or words


def _joined(words: list[str]) -> list[Part]:
    """Parts, with "Abd al-Rahman" and "Nur ad-Din" as one word each, however they are written."""
    found: list[str] = []
    for word in words:
        if found and fold(found[-1]) in {"abd", "abdul", "abdel", "abdal", "abdol", "abdur"} and not is_abjad(word):
            found[-1] = "abd" + word.lower()
        elif found and fold(word) in {"din", "deen", "dine"} and len(fold(found[-1])) > 2:
            found[-1] = found[-1].lower() + "eddin"
        elif found and fold(found[-1]) in _SON and len(words) > 2:
            found[-1] = word
        elif found and fold(found[-1]) in _SON | {"abu", "umm"}:
            found[-1] += word.lower()
        else:
            found.append(word)
    return [_part(word) for word in found]


def _part(word: str) -> Part:
    lowered = word.lower()
    if (found := _ABD.match(lowered)) and found.group(3) not in {"lah", "llah", "allah"}:
        lowered = "abd" + found.group(3)
    elif (found := _DIN.match(lowered)) and len(lowered) > 6:
        lowered = found.group(1) + "eddin"
    folded = fold(lowered) or lowered
    return Part(lowered, folded, len(folded) == 1, bool(_PATRONYM.search(lowered)))
