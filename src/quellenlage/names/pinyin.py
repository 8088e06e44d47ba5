"""Chinese names in Pinyin, Wade-Giles and the older German spelling: Zhou Enlai, Chou En-lai, Tschou En-lai."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from quellenlage.model import fold
from quellenlage.model.recent import recent
from quellenlage.names.comparison import Comparison
from quellenlage.names.scripts import to_latin
from quellenlage.resources import load

CHINESE = "de/name_words.toml"
_JOINS = re.compile(r"[-'’`]")
_OLD = re.compile(r"hs|tz|tsch|dsch|['’`]|ung\b|ien\b|eh\b|ih\b|\bts")


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = load(CHINESE)["chinese"]
    return table


@cache
def _finals() -> tuple[str, ...]:
    return tuple(sorted(_table()["finals"].split(), key=len, reverse=True))


@cache
def _same_finals() -> dict[str, str]:
    return dict(cell.split("=") for cell in _table()["same_finals"].split())


@cache
def _initials() -> tuple[tuple[str, str], ...]:
    cells = (cell.split("=") for cell in _table()["initials"].split())
    found = ((initial, group) for initials, group in cells for initial in initials.split("/"))
    return (*sorted(found, key=lambda pair: -len(pair[0])), ("", ""))


@cache
def _surnames() -> frozenset[str]:
    listed = load("de/first_names.toml")["surname_first"]["surnames"].split()
    return frozenset(fold(name) for name in listed) | frozenset(_table()["surnames"].split())


@recent(1 << 14)
def syllables(word: str) -> tuple[tuple[str, str], ...]:
    """The syllables of a Chinese word as classes of initial and final; empty where it cannot be read so."""
    found: list[tuple[str, str]] = []
    rest = word
    while rest:
        match = _longest(rest)
        if match is None:
            return ()
        initial, group, final, rest = match
        if initial in {"y", "w"}:
            glide = {"y": "i", "w": "u"}[initial]
            group, final = "", final if final[0] in "iu" else glide + final
        found.append((group, _same_finals().get(final, final)))
    return tuple(found)


def _longest(rest: str) -> tuple[str, str, str, str] | None:
    """Split off the longest syllable that leaves something readable: initial, its class, final, the rest."""
    best: tuple[str, str, str, str] | None = None
    for initial, group in _initials():
        if not rest.startswith(initial):
            continue
        for final in _finals():
            end = len(initial) + len(final)
            tail = rest[end:]
            if not rest.startswith(final, len(initial)) or tail[:1] in {"a", "i", "o", "u"}:
                continue
            if best is None or len(tail) < len(best[3]):
                best = (initial, group, final, tail)
    return best


@recent(1 << 14)
def _read(name: str) -> tuple[str, str, bool] | None:
    """Surname and given name of a Chinese name, folded, and whether its spelling is an older one."""
    words = to_latin(name).replace("‑", "-").split()
    if not 2 <= len(words) <= 3:
        return None
    if fold(words[0]) in _surnames():
        last, given = words[0], words[1:]
    elif fold(words[-1]) in _surnames() and len(words) == 2 and syllables(_letters("".join(words[:-1]))):
        last, given = words[-1], words[:-1]
    else:
        return None
    joined = "".join(given)
    old = "-" in joined or bool(_OLD.search(f"{last} {joined}".lower()))
    letters = _letters(joined)
    if not syllables(letters) or len(syllables(letters)) > 2 or not syllables(_letters(last)):
        return None
    return _letters(last), letters, old


def _letters(word: str) -> str:
    return fold(word.replace("ü", "u").replace("-", "").replace("'", "").replace("’", "").replace("`", "")).replace(
        " ", ""
    )


def compare_chinese(one: str, other: str) -> Comparison | None:
    """Compare two Chinese names syllable by syllable; None where one of them is none.

    Two names in Pinyin have to agree letter by letter; an older spelling may differ as its rules allow.
    """
    a, b = _read(one), _read(other)
    if a is None or b is None:
        return None
    if a[:2] == b[:2]:
        return Comparison(0.98, (f"chinese:{a[0]} {a[1]}",))
    detail = f"{a[0]} {a[1]}~{b[0]} {b[1]}"
    if (a[2] or b[2]) and all(_sounds(x) == _sounds(y) for x, y in zip(a[:2], b[:2], strict=True)):
        return Comparison(0.88, (f"wade-giles:{detail}",))
    return Comparison(0.0, (f"differ:{detail}",))


def chinese_key(name: str) -> str | None:
    """Key of a Chinese name in any of the spellings; None of another name."""
    read = _read(name)
    if read is None:
        return None
    return " ".join("-".join(a + b for a, b in _sounds(word)) for word in read[:2])


def _sounds(word: str) -> tuple[tuple[str, str], ...]:
    """Classes of the syllables, with a glide at the start left out: Ying-wen and Ing-wen."""
    return tuple(
        (initial, final.removeprefix("i") if not initial and len(final) > 2 else final)
        for initial, final in syllables(word)
    )
