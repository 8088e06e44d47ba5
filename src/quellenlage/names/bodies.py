"""Whether two names are one body's: its telling words all agree, or one is the other's abbreviation."""

from __future__ import annotations

import re
from functools import cache

from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.names.comparison import Comparison, known
from quellenlage.names.given import is_transcribed
from quellenlage.names.letters import is_family, is_transcription
from quellenlage.names.listed import first_forms
from quellenlage.names.parts import WORDS
from quellenlage.names.regions import canonical_place
from quellenlage.names.scripts import is_abjad, to_latin
from quellenlage.names.sounds import near, segments
from quellenlage.names.towns import both_towns, two_towns
from quellenlage.resources import load

ORGANISATIONS = "de/org_words.toml"
_SECTIONS = ("international", "parties", "agencies_and_media", "state_bodies", "business_science_sport")
_RECENT = 1 << 14
_DECLINED = re.compile(r"^(\w{4,}?)(?:er|en|es|em|e|s)$")
_SPLIT = re.compile(r"[\s\-\u2010-\u2015/.,„“”\"»«']+")
_COARSE = dict(zip("SZCJTzHgGbfvd", "sssssskkkpppt", strict=True))
_OF = frozenset("der des of".split())
_SMALL = frozenset("der die das des dem den und fuer of the and de del la le al el y e i ve w in im for".split())


def _canonical() -> dict[str, str]:
    return first_forms(ORGANISATIONS, _SECTIONS)


@cache
def _generic() -> frozenset[str]:
    return frozenset(load(WORDS)["organisations"]["generic"].split())


@cache
def _translations() -> dict[str, str]:
    groups = (group.split() for group in load(WORDS)["organisations"]["words"].split("|"))
    return {word: group[0] for group in groups for word in group}


@recent(_RECENT)
def telling(name: str) -> tuple[str, ...]:
    """The words of a body's name that tell it from others, in lower case; all of them where none does."""
    words = [word for word in _SPLIT.split(to_latin(name).lower()) if any(map(str.isalnum, word))]
    kept = [word for word in words if fold(word).replace(" ", "") not in _generic()]
    return tuple(kept or words)


def canonical_body(name: str) -> str | None:
    """Folded first form of a body of the table (Nato for North Atlantic …), None for others."""
    return _canonical().get(fold(to_latin(name)))


@recent(_RECENT)
def telling_key(name: str) -> str:
    """Coarse sounds of the telling words in order of the alphabet, translations brought to one language."""
    table = _translations()
    found = []
    for word in telling(name):
        folded = fold(word) or word
        declined = _DECLINED.match(folded)
        base = table.get(folded) or table.get(declined.group(1), "") if declined else table.get(folded, "")
        stem = base or (declined.group(1) if declined and len(declined.group(1)) > 4 else folded)
        found.append("".join(c for s in segments(stem) if (c := _COARSE.get(s[0], s[0])) not in "aeiouDYh"))
    return "+".join(sorted(found))


def abbreviation_of(name: str) -> tuple[str, ...]:
    """Short forms that a name can be or have: itself, or the first letters of its words."""
    if is_short(name):
        return (fold(name).replace(" ", ""),)
    words = [fold(word) for word in _SPLIT.split(to_latin(name)) if word]
    telling_words = [w for w in words if w not in _SMALL and w not in {"al", "asch", "ash"}]
    spelt = ("".join(w[:1] for w in chosen) for chosen in (words, telling_words) if len(chosen) > 1)
    return tuple(dict.fromkeys(s for s in spelt if 2 <= len(s) <= 7))


def is_generic_body(name: str) -> bool:
    """Whether one word names what every state or town has: "Innenministerium"; not "Bundesverfassungsgericht"."""
    word = name.lower()
    ends = tuple(load(WORDS)["organisations"]["everywhere"].split())
    return " " not in word and not word.startswith("bundes") and word.removesuffix("s").endswith(ends)


def is_state_body(noun: str) -> bool:
    """Whether a noun names a body that states have, so that their capital stands for them: "Innenministerium"."""
    return noun.lower().removesuffix("s").endswith(tuple(load(WORDS)["organisations"]["of_states"].split()))


def is_short(name: str) -> bool:
    """Whether a name is written like an abbreviation: two to seven letters, most of them capitals."""
    bare = name.strip().strip(".")
    capitals = sum(c.isupper() for c in bare)
    return 2 <= len(bare) <= 7 and " " not in bare and capitals >= 2 and 2 * capitals >= len(bare)


def compare_bodies(one: str, other: str) -> Comparison:
    """Compare two names of organisations; legal form and words such as "Nachrichtenagentur" may be missing."""
    told = known("organisations", one, other)
    if told:
        return told
    a, b = fold(to_latin(one)), fold(to_latin(other))
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return Comparison(0.99, (f"name:{a}",))
    table = _canonical()
    if a in table and b in table:
        same = table[a] == table[b]
        return Comparison(0.95 if same else 0.0, (f"{'known-as' if same else 'known-apart'}:{a}~{b}",))
    short, long = (one, other) if is_short(one) else (other, one)
    if is_short(short):
        if is_short(long):
            return Comparison(0.0, (f"differ:{a}~{b}",))
        if abbreviates(short, long):
            return Comparison(0.8, (f"abbreviation:{fold(short)}~{fold(long)}",))
        if fold(short) not in fold(long).split():
            return Comparison(0.0, (f"differ:{a}~{b}",))
    return _aligned(telling(one), telling(other))


def _aligned(left: tuple[str, ...], right: tuple[str, ...]) -> Comparison:
    if len(left) != len(right):
        detail = f"{' '.join(left)}~{' '.join(right)}"
        if "".join(map(fold, left)) == "".join(map(fold, right)):
            return Comparison(0.95, (f"name:{detail}",))
        return Comparison(0.2, (f"extra:{detail}",))
    score, reasons, open_ = 1.0, [], list(right)
    for word in left:
        best = max(((_likeness(word, other), other) for other in open_), default=(0.0, ""))
        if not best[0]:
            return Comparison(0.0, (f"differ:{word}~{' '.join(open_)}",))
        score = min(score, best[0])
        reasons.append(f"word:{word}" if best[0] > 0.98 else f"spelling:{word}~{best[1]}")
        open_.remove(best[1])
    return Comparison(round(score, 3), tuple(reasons))


@recent(_RECENT)
def _likeness(one: str, other: str) -> float:
    a, b = fold(one) or one, fold(other) or other
    if a == b:
        return 1.0
    table = _translations()
    if table.get(a, a) == table.get(b, b):
        return 0.95
    place = canonical_place(one)
    if place is not None and place == canonical_place(other):
        return 0.95
    stems = [m.group(1) if (m := _DECLINED.match(w)) else w for w in (a, b)]
    if stems[0] == stems[1]:
        return 0.0 if both_towns(one, other) else 0.97
    if min(len(a), len(b)) < 4 or two_towns(one, other):
        return 0.0
    nearness = near(one, other)
    if nearness is None or not _may_vary(one, other, nearness):
        return 0.0
    return round(0.72 + 0.2 * (nearness - 0.5) * 2, 3)


def _may_vary(one: str, other: str, nearness: float) -> bool:
    """Whether two words that sound alike are spellings of one; a German family's name and a German word are fixed."""
    a, b = fold(one) or one, fold(other) or other
    if is_abjad(one) != is_abjad(other):
        return True
    if is_family(a) or is_family(b):
        return False
    return is_transcribed(one) or is_transcribed(other) or is_transcription(a, b, nearness, body=True)


def abbreviates(short: str, long: str) -> bool:
    """Whether capitals stand for the first letters of the words: HTS for Hajat Tahrir al-Scham, KPCh."""
    letters = fold(short).replace(" ", "")
    words = [fold(word) for word in _SPLIT.split(to_latin(long)) if word]
    whole = [w for w in words if w not in _SMALL and w not in {"al", "asch", "ash"}]
    head = next((words[:at] for at, word in enumerate(words) if word in _OF and at > 1), words)
    return any(len(chosen) > 1 and _spells(letters, chosen) for chosen in (words, whole, head))


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the letters are beginnings of all the words, in order, one to three letters of each."""
    if not words:
        return not letters
    return any(
        letters[:length] == words[0][:length] and _spells(letters[length:], words[1:])
        for length in range(1, min(3, len(letters), len(words[0])) + 1)
    )
