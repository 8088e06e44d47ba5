"""Names of other scripts as words that can be compared: letters of alphabets, sounds of abjads."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from anyascii import anyascii

from quellenlage.model.recent import recent
from quellenlage.resources import load

SOUNDS = "de/name_sounds.toml"
LATIN = 0x24F
"""Last code point of the Latin letters of European languages."""
_RECENT = 1 << 14

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_HEBREW = re.compile(r"[\u0590-\u05ff]")
_OTHER = re.compile(r"[^\u0000-\u052f\u0590-\u06ff\u1e00-\u2fff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SYLLABLE = re.compile(r"[A-Z][a-z']*")
_WORD = re.compile(r"\w+")
_MARKS = re.compile("[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_ARTICLE = re.compile(r"(?<!\S)ال")


@cache
def _table(script: str) -> dict[str, str]:
    cells = (cell.rpartition("=") for cell in load(SOUNDS)["scripts"][script].split())
    return {letter: "" if value == "0" else value for letter, _, value in cells}


@cache
def _pattern(script: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_table(script), key=len, reverse=True))), re.IGNORECASE)


@cache
def _lookalikes(script: str) -> tuple[dict[str, str], dict[str, str]]:
    """Letters of a script to the Latin ones that look the same, and back."""
    there = dict(cell.split("=") for cell in load(SOUNDS)["lookalikes"][script].split())
    return there, {latin: letter for letter, latin in there.items()}


@recent(_RECENT)
def unmixed(text: str) -> str:
    """A text of which no word mixes Latin letters with Cyrillic or Greek ones that look like them.

    Such letters become those of the script that most of the word has, Latin where both have as many; of as many
    characters as before. A word with a letter of another script that looks like none stays as it is.
    """
    if text.isascii():
        return text
    return _WORD.sub(lambda found: _unmixed(found.group()), text)


def _unmixed(word: str) -> str:
    letters = sum(map(str.isalpha, word))
    latin = [c for c in word if c.isalpha() and ord(c) <= LATIN]
    for script, pattern in (("cyrillic", _CYRILLIC), ("greek", _GREEK)):
        others = pattern.findall(word)
        there, back = _lookalikes(script)
        table, strange = (there, others) if len(latin) >= len(others) else (back, latin)
        if latin and others and len(latin) + len(others) == letters and all(c in table for c in strange):
            return "".join(table.get(c, c) for c in word)
    return word


def is_abjad(word: str) -> bool:
    """Whether a word is written in Arabic or Hebrew letters, which leave vowels out."""
    return bool(_ARABIC.search(word) or _HEBREW.search(word))


def abjad_sounds(word: str) -> tuple[str, ...]:
    """Sounds that each letter of an Arabic or Hebrew word can stand for; silent ones fall."""
    table = _table("arabic" if _ARABIC.search(word) else "hebrew")
    return tuple(sounds for letter in word if (sounds := table.get(letter, "")))


@recent(_RECENT)
def to_latin(text: str) -> str:
    """A name in Latin letters, with the accents it has; Arabic and Hebrew words stay as they are, without points.

    Chinese names keep one word for the surname and one for the given name, in Pinyin.
    """
    if text.isascii():
        return text
    text = unmixed(unicodedata.normalize("NFC", text))
    if _CYRILLIC.search(text):
        text = _spelt(text, "cyrillic")
    if _GREEK.search(text):
        plain = unicodedata.normalize("NFC", _without_tonos(text))
        text = _spelt(plain, "greek")
    if _ARABIC.search(text) or _HEBREW.search(text):
        text = _MARKS.sub("", unicodedata.normalize("NFKC", text)).replace("\u200c", "")
        text = _ARTICLE.sub("", text)
    if _OTHER.search(text):
        text = " ".join(_other(word) for word in text.split())
    return text


def _spelt(text: str, script: str) -> str:
    """Letters replaced by the table; a word keeps its capital."""
    table = _table(script)

    def one(found: re.Match[str]) -> str:
        value = table[found.group().lower()]
        return value.capitalize() if found.group()[0].isupper() else value

    return _pattern(script).sub(one, text)


def _without_tonos(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    kept = []
    for at, character in enumerate(parts):
        if unicodedata.combining(character) and _GREEK.match(parts[max(0, at - 1)]):
            continue
        kept.append(character)
    return "".join(kept)


def _other(word: str) -> str:
    if not _OTHER.search(word):
        return word
    latin: str = anyascii(word)
    if _HAN.search(word):
        syllables: list[str] = _SYLLABLE.findall(latin)
        if len(syllables) > 1:
            return syllables[0] + " " + "".join(syllables[1:]).capitalize()
    return latin
