"""One key for the spellings of a name that went through another script: Peskow, Peskov, Peskoff, Песков."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from quellenlage.model import fold
from quellenlage.resources import load

TRANSLITERATION = "de/transliteration.toml"
NICKNAMES = "de/nicknames.toml"
FIRST_NAMES = "de/first_names.toml"

_RECENT = 1 << 16
_VOWELS = re.compile(r"[aeiou]+")
_DOUBLED = re.compile(r"(.)\1+")


@cache
def _cyrillic() -> dict[int, str]:
    pairs = (cell.split("=") for cell in load(TRANSLITERATION)["cyrillic"]["letters"].split())
    return str.maketrans(dict(pairs))


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, str]]:
    """Rules as one alternation: endings first, then longest spellings first."""
    pairs = [cell.split("=") for cell in load(TRANSLITERATION)["rules"]["order"].split()]
    pairs.sort(key=lambda pair: (not pair[0].endswith("$"), -len(pair[0])))
    pattern = "|".join(rf"{re.escape(s[:-1])}\b" if s.endswith("$") else re.escape(s) for s, _ in pairs)
    return re.compile(pattern), {s.removesuffix("$"): key for s, key in reversed(pairs)}


def latin(text: str) -> str:
    """Cyrillic letters in the transcription of German newspapers, the rest as it is, in lower case."""
    return text.lower().translate(_cyrillic())


@lru_cache(maxsize=_RECENT)
def skeleton(name: str) -> str:
    """Key of a name by the correspondences of transliteration; equal for spellings of one name.

    Endings are matched before the rest, so that "-ow", "-ov" and "-off" meet while "Owen" keeps its vowel.
    """
    pattern, keys = _rules()
    folded = fold(latin(name)).replace(" ", "")
    first = pattern.sub(lambda m: keys[m.group()], folded)
    second = first.replace("H", "h").replace("z", "s").replace("w", "v").replace("y", "i")
    return _DOUBLED.sub(r"\1", second)


@lru_cache(maxsize=_RECENT)
def consonants(name: str) -> str:
    """The skeleton without vowels: what spellings that differ in vowels (Muallem, Muallim) still share."""
    return _VOWELS.sub("", skeleton(name))


@cache
def _vowel_classes() -> dict[int, str]:
    return str.maketrans(dict(cell.split("=") for cell in load(TRANSLITERATION)["vowels"]["classes"].split()))


def same_but_for_vowels(one: str, other: str) -> bool:
    """Whether two skeletons differ only in vowels that one sound is written with: Muallem, Muallim."""
    return skeleton(one).translate(_vowel_classes()) == skeleton(other).translate(_vowel_classes())


@cache
def _nicknames() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, group in enumerate(load(NICKNAMES)["forms"]["groups"].split("|")):
        for name in group.split():
            found.setdefault(fold(name), set()).add(number)
    return {name: frozenset(groups) for name, groups in found.items()}


@lru_cache(maxsize=_RECENT)
def same_first_name(one: str, other: str) -> bool:
    """Whether two first names can be one: equal, an initial, a pet form, a transliteration."""
    a, b = fold(latin(one)), fold(latin(other))
    if a == b or not a or not b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0] or skeleton(one)[:1] == skeleton(other)[:1]
    if a.startswith(b + " ") or b.startswith(a + " "):
        return True
    if not _nicknames().get(a, frozenset()).isdisjoint(_nicknames().get(b, frozenset())):
        return True
    return is_foreign_first_name(one) and is_foreign_first_name(other) and skeleton(one) == skeleton(other)


@cache
def _foreign_first_names() -> frozenset[str]:
    table = load(FIRST_NAMES)
    groups = load(TRANSLITERATION)["signs"]["first_name_groups"].split()
    return frozenset(fold(name) for group in groups for name in table[group]["names"].split())


@lru_cache(maxsize=_RECENT)
def is_foreign_first_name(name: str) -> bool:
    """A first name of a language that is not written in Latin letters (or any word in Cyrillic)."""
    return latin(name) != name.lower() or fold(name) in _foreign_first_names() or len(fold(name)) == 1


@lru_cache(maxsize=_RECENT)
def is_transliterated(last: str) -> bool:
    """Whether a surname looks as if it came from another script, so that its spelling may vary.

    Without such a sign the spelling counts: Meyer and Maier, Müller and Möller are different families.
    """
    if latin(last) != last.lower():
        return True
    signs = load(TRANSLITERATION)["signs"]
    folded = fold(last)
    return folded.endswith(tuple(signs["endings"].split())) or folded.split(" ")[0] in signs["openings"].split()
