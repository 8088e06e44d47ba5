"""Keys under which names that may be one's meet, so that not every name is compared with every other."""

from __future__ import annotations

from functools import cache
from itertools import product

from quellenlage.model import EntityKind, fold
from quellenlage.model.recent import recent
from quellenlage.names.bodies import abbreviation_of, canonical_body, telling_key
from quellenlage.names.comparison import known_groups
from quellenlage.names.given import given_groups
from quellenlage.names.parts import Part, person
from quellenlage.names.pinyin import chinese_key
from quellenlage.names.regions import canonical_place, place_words
from quellenlage.names.scripts import to_latin, unmixed
from quellenlage.names.sounds import segments

_RECENT = 1 << 14
_WITHOUT_DOTS = str.maketrans("äöüÄÖÜ", "aouAOU")
_ASKED = 1 << 12
"""Names of which all keys are kept: a new name is looked up by them, and then put under them."""
ABBREVIATION = "short:"
"""What a key begins with that is a short form of a body's name."""
_MOST = 6
"""Skeletons of one word: what can be read in many ways is cut off there."""
_GROUPS = (
    ("k", "HkgGq"),
    ("s", "SZCJTsz"),
    ("p", "bpfv"),
    ("t", "dt"),
    ("m", "m"),
    ("n", "n"),
    ("l", "l"),
    ("r", "r"),
    ("", "aeiouDWYh"),
)


@cache
def _classes() -> dict[str, str]:
    return {sound: name for name, sounds in _GROUPS for sound in sounds}


@recent(_RECENT)
def skeletons(word: str) -> tuple[str, ...]:
    """What the consonants of a word can be, in coarse classes: every spelling of a word shares one of them."""
    classes = _classes()
    choices = [tuple(dict.fromkeys(classes.get(s, s) for s in sounds)) for sounds in segments(word) if sounds]
    found: dict[str, None] = {}
    for number, letters in enumerate(product(*choices)):
        if number >= 64 or len(found) >= _MOST:
            break
        kept = [c for c in letters if c]
        found["".join(c for at, c in enumerate(kept) if not at or kept[at - 1] != c)] = None
    return tuple(found)


@recent(_ASKED)
def keys(kind: EntityKind, name: str) -> tuple[str, ...]:
    """Keys of a name; two names that `compare` takes for one's share one of them, but for what no key foresees."""
    name = unmixed(name)
    found: list[str] = [f"known:{number}" for number in known_groups(kind, name)]
    if kind is EntityKind.PER:
        found += _person_keys(name)
    elif kind in {EntityKind.GPE, EntityKind.LOC}:
        if canonical := canonical_place(name):
            found.append(f"listed:{canonical}")
        found += [f"place:{key}" for key in skeletons("".join(place_words(name)))]
    else:
        if canonical := canonical_body(name):
            found.append(f"listed:{canonical}")
        found.append(f"body:{telling_key(name)}")
        found += [f"{ABBREVIATION}{short}" for short in abbreviation_of(name)]
    return tuple(dict.fromkeys(found))


@recent(_RECENT)
def surnames(name: str) -> tuple[Part, ...]:
    """The words of a person's name that can be its surname; of a Chinese name the first one."""
    parts = tuple(p for p in person(name).parts if not p.initial)
    if len(parts) > 1 and chinese_key(name) is not None:
        return parts
    return parts if len(parts) < 2 else parts[1:][-3:]


def last_names(name: str) -> frozenset[str]:
    """Words, folded, by which a person may be called without the given name: to leave nothing of the person behind.

    Of a double name each half, of a Chinese name all words; umlauts also as they are written without dots.
    """
    found: set[str] = set()
    for spelled in (name, name.translate(_WITHOUT_DOTS)):
        words = [part.folded for part in surnames(spelled)]
        double = set(fold(spelled.split()[-1]).split()) if words else set()
        found.update(words if chinese_key(spelled) is not None else (*words[-1:], *double.intersection(words)))
    return frozenset(found)


def surname_keys(name: str) -> tuple[str, ...]:
    """Keys of the words of a person's name that can be its surname."""
    return tuple(dict.fromkeys(key for part in surnames(name) for key in skeletons(part.word)))


def _person_keys(name: str) -> list[str]:
    """Surname and what is known of the given name: its forms, or the class of its first sound."""
    parts = person(name).parts
    if len(parts) < 2:
        return [f"one:{key}" for part in parts for key in skeletons(part.word)]
    chinese = chinese_key(name)
    found: list[str] = [f"chinese:{chinese}"] if chinese else []
    whole = [p for p in parts if not p.initial]
    for last in whole if len(whole) < 3 else whole[1:][-4:]:
        for given in (p for p in whole[:4] if p is not last):
            for surname in skeletons(last.word)[:3]:
                found += [f"per:{surname}|{key}" for key in _given_keys(given)]
    return found


def _given_keys(part: Part) -> list[str]:
    groups = given_groups(part.folded)
    if groups:
        return [f"g{number}" for number in sorted(groups)]
    return [f"c{key[:2]}" for key in skeletons(part.word)[:2]]


def name_key(name: str) -> str:
    """Under what a name is the same, letter by letter but for case and accents, in whatever script."""
    return fold(to_latin(name)) or name
