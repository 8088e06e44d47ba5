"""Whether two names are one person's: every word of the shorter name has to find its own in the longer."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quellenlage.model.recent import recent
from quellenlage.names.comparison import SAME, Comparison, known, namesakes
from quellenlage.names.given import given_apart, given_form, is_foreign, is_transcribed, is_western, two_given_names
from quellenlage.names.letters import is_transcription
from quellenlage.names.parts import Part, PersonName, person
from quellenlage.names.pinyin import compare_chinese
from quellenlage.names.scripts import is_abjad
from quellenlage.names.sounds import near, segments

_RECENT = 1 << 14

_INITIAL = 0.74
"""An initial for a given name: one of many that begin so."""
_FORMS = {"form": 0.93, "language": 0.9, "namesake": 0.66}
"""Another form of a given name by the tables."""
_EXTRA = 0.04
"""What a further word costs that only one of two names has; a patronymic less."""
_ANOTHER = 0.66
"""A further given name in front, or half of a double one: Mahamat Idriss Déby is the son of Idriss Déby."""
_TITLED = 0.68
"""A title inside one name only: Mohammed Haschim Khan is not Mohammed Haschim Maiwandwal."""
_ALONE = 0.5
"""A surname against a full name: the words alone do not tell."""


@dataclass(frozen=True, slots=True)
class _Pair:
    ours: int
    theirs: int
    score: float
    reason: str


def compare_persons(one: str, other: str) -> Comparison:
    """Compare two persons' names; titles, particles, patronymics and middle names may be missing in one of them."""
    told = known("persons", one, other)
    if told:
        return told
    a, b = person(one), person(other)
    if not a.parts or not b.parts:
        return Comparison(0.0, ("no-name",))
    if against := _apart(a, b):
        return Comparison(0.0, (against,))
    chinese = compare_chinese(one, other)
    best = chinese if chinese is not None else _aligned(a, b)
    if chinese is None and best.score < _INITIAL:
        for left, right in _rejoined(a, b):
            again = _aligned(left, right)
            if again.score > best.score:
                best = again
    if best.score and (a.numeral == "") != (b.numeral == ""):
        best = Comparison(min(best.score, 0.45), (*best.reasons, f"numeral-missing:{a.numeral or b.numeral}"))
    if best.score >= SAME and _namesakes(a, b):
        return Comparison(0.0, (*best.reasons, "known-namesakes"))
    if best.score and a.generation != b.generation:
        best = Comparison(min(best.score, 0.45), (*best.reasons, f"generation:{a.generation or b.generation}"))
    return best


@cache
def _rows() -> dict[str, list[tuple[PersonName, ...]]]:
    """Rows of namesakes that must not meet, by every sound of a surname in them."""
    found: dict[str, list[tuple[PersonName, ...]]] = {}
    for row in namesakes():
        taken = tuple(person(name) for name in row)
        for key in {key for name in taken if name.parts for key in segments(name.parts[-1].word)[:1]}:
            found.setdefault(key, []).append(taken)
    return found


def _namesakes(a: PersonName, b: PersonName) -> bool:
    """Whether two names are, word by word, those of two known namesakes, in whatever spelling."""
    for row in _rows().get((segments(a.parts[-1].word) or ("",))[0], ()):
        bearers = [
            next((i for i, known_as in enumerate(row) if _word_by_word(name, known_as)), None) for name in (a, b)
        ]
        if None not in bearers and bearers[0] != bearers[1]:
            return True
    return False


def _word_by_word(one: PersonName, other: PersonName) -> bool:
    if len(one.parts) != len(other.parts):
        return False
    likeness = [_likeness(x, y, True) for x, y in zip(one.parts, other.parts, strict=True)]
    return all(found is not None and found[1] not in {"given-form", "given-namesake"} for found in likeness)


def _apart(a: PersonName, b: PersonName) -> str | None:
    if a.numeral and b.numeral and a.numeral != b.numeral:
        return f"numerals:{a.numeral}~{b.numeral}"
    if a.generation and b.generation and a.generation != b.generation:
        return f"generations:{a.generation}~{b.generation}"
    if a.epithet and b.epithet and a.epithet != b.epithet:
        return f"by-names:{a.epithet}~{b.epithet}"
    return None


def _rejoined(a: PersonName, b: PersonName) -> list[tuple[PersonName, PersonName]]:
    """The names with two neighbouring words written as one: Ahmadi-Nedschad, Jong-un."""
    found = [(PersonName(parts, a.numeral), b) for parts in _merged(a.parts)]
    return found + [(a, PersonName(parts, b.numeral)) for parts in _merged(b.parts)]


def _merged(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    found = []
    for at in range(len(parts) - 1):
        one, two = parts[at], parts[at + 1]
        if one.initial or two.initial:
            continue
        both = Part(one.word + two.word, one.folded + two.folded)
        found.append((*parts[:at], both, *parts[at + 2 :]))
    return found


def may_vary(a: PersonName, b: PersonName) -> bool:
    """Whether the names' spelling says that they come from another script, or nothing speaks against it."""
    parts = (*a.parts, *b.parts)
    if a.other_script or b.other_script:
        return True
    if any(is_foreign(p.folded) and not is_western(p.folded) for p in parts):
        return True
    if any(is_transcribed(p.word) for name in (a, b) for p in name.parts[1:] or name.parts):
        return True
    return not any(is_western(name.parts[0].folded) for name in (a, b) if len(name.parts) > 1)


def _aligned(a: PersonName, b: PersonName) -> Comparison:
    varies = may_vary(a, b)
    pairs = _assign(a, b, varies)
    left = [p for i, p in enumerate(a.parts) if i not in {x.ours for x in pairs}]
    right = [p for j, p in enumerate(b.parts) if j not in {x.theirs for x in pairs}]
    left, right = _without_nicknames(left, right, a, b)
    whole = [x for x in pairs if x.reason != "initial"]
    if not whole:
        return Comparison(0.0, ("no-common-word",))
    rest = _conflict(left, right, a, b)
    if rest is not None:
        return Comparison(0.0, (rest,))
    reasons = tuple(f"{x.reason}:{a.parts[x.ours].folded}~{b.parts[x.theirs].folded}" for x in pairs)
    score = min(x.score for x in pairs)
    if a.numeral and a.numeral == b.numeral:
        score = max(score, _FORMS["language"])  # rulers: Johann III., Jan III.
    single = min(len(a.parts), len(b.parts)) == 1
    if single and max(len(a.parts), len(b.parts)) > 1:
        if a.numeral and a.numeral == b.numeral:
            return Comparison(min(score, 0.9), (*reasons, f"numeral:{a.numeral}"))
        return Comparison(min(score, _ALONE), (*reasons, "one-word-only"))
    longer, ends = (a, {x.ours for x in whole}) if len(a.parts) >= len(b.parts) else (b, {x.theirs for x in whole})
    extra = [*left, *right]
    if not single and len(pairs) < 2:
        return Comparison(min(score, 0.3), (*reasons, "too-little"))
    if extra and len(longer.parts) - 1 not in ends and is_given(longer.parts[max(ends)]):
        score = min(score, 0.6 if is_western(longer.parts[max(ends)].folded) else 0.78)
    if extra and _tells_apart(extra, longer):
        score = min(score, _ANOTHER)
    if len(whole) == 2 and _swapped(pairs, longer):
        score = min(score, _ALONE)
    if not _same_titles(a.titles, b.titles) and (extra or len(whole) < 3):
        score = min(score, _TITLED)
    if len(whole) > 2 and _crosses(pairs):
        score = min(score, 0.6)
    for part in extra:
        score -= 0.01 if part.patronym or part.initial else _EXTRA
    if len(whole) == 1 and not single:
        score = min(score, _INITIAL)
    return Comparison(
        round(max(score, 0.0), 3),
        (
            *reasons,
            *map(_further, extra),
        ),
    )


def _further(part: Part) -> str:
    """The reason that names a word which only one of two names has."""
    told = f"extra:{part.folded}"
    if part.patronym:
        told = f"patronymic:{part.folded}"
    elif part.initial:
        told = f"initial-only:{part.folded}"
    return told


def _tells_apart(extra: Sequence[Part], longer: PersonName) -> bool:
    """Whether a word that only the longer name has is a given name in front; "Mohammed" is often left out."""
    first = longer.parts[0]
    return any(
        part is first and not part.initial and given_form(part.folded, "mohammed") is None for part in extra
    ) or any(part.hyphen for part in extra)


def _swapped(pairs: Sequence[_Pair], name: PersonName) -> bool:
    """Whether two given names stand in the other order: Ahmed Ali is not Ali Ahmed."""
    crossed = [pair.theirs for pair in pairs] == sorted((pair.theirs for pair in pairs), reverse=True)
    return crossed and len(name.parts) == 2 and all(is_given(part) for part in name.parts)


def _same_titles(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one) == len(other) and all(any(near(a, b) is not None for b in other) for a in one)


def _crosses(pairs: Sequence[_Pair]) -> bool:
    """Whether the words stand in another order: Hamad bin Chalifa is the father or the son of Chalifa bin Hamad."""
    order = [pair.theirs for pair in pairs]
    return len(order) > 2 and order != sorted(order)


def is_given(part: Part) -> bool:
    """Whether a word is a given name rather than a surname."""
    return is_western(part.folded) or is_foreign(part.folded)


def _without_nicknames(
    left: list[Part], right: list[Part], a: PersonName, b: PersonName
) -> tuple[list[Part], list[Part]]:
    """What one name says in quotation marks stands for the given name: "Arkan"."""
    left = [p for p in left if not any(p.folded == n.folded for n in b.nicknames)] if b.nicknames else left
    right = [p for p in right if not any(p.folded == n.folded for n in a.nicknames)] if a.nicknames else right
    return left, right


def _conflict(left: list[Part], right: list[Part], a: PersonName, b: PersonName) -> str | None:
    """Words on both sides that found no partner; patronymics and initials conflict only with their like."""
    heavy_left = [p for p in left if not p.initial]
    heavy_right = [p for p in right if not p.initial]
    if heavy_left and heavy_right:
        return f"differ:{heavy_left[0].folded}~{heavy_right[0].folded}"
    light = [p for p in (*left, *right) if p.initial]
    initials = [[p.folded for p in name.parts if p.initial] for name in (a, b)]
    if light and all(initials) and initials[0] != initials[1]:
        return f"initials:{''.join(initials[0])}~{''.join(initials[1])}"
    return None


def _assign(a: PersonName, b: PersonName, varies: bool) -> list[_Pair]:
    """Pair words one to one, the surest first; of equally sure ones those in the same place of the name."""
    found = []
    for i, ours in enumerate(a.parts):
        for j, theirs in enumerate(b.parts):
            surnames = i == len(a.parts) - 1 > 0 and j == len(b.parts) - 1 > 0
            pair = _likeness(ours, theirs, varies, surnames=surnames)
            if pair is not None:
                ends = (i == len(a.parts) - 1) == (j == len(b.parts) - 1)
                if pair[1] == "initial" and not ends:
                    continue
                found.append((pair[0] >= _INITIAL + 0.01, ends, pair[0], -abs(i - j), -i, -j, pair[1]))
    found.sort(reverse=True)
    used_a: set[int] = set()
    used_b: set[int] = set()
    chosen = []
    for *_, score, _, minus_i, minus_j, reason in found:
        i, j = -minus_i, -minus_j
        if i in used_a or j in used_b:
            continue
        used_a.add(i)
        used_b.add(j)
        chosen.append(_Pair(i, j, score, reason))
    return sorted(chosen, key=lambda x: x.ours)


@recent(_RECENT)
def _plain(word: str) -> str:
    """Without accents, ü as u: as foreign papers print it."""
    parts = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("ı", "i").replace("ø", "o"))
    return "".join(c for c in parts if c.isalnum())


def _likeness(one: Part, other: Part, varies: bool, *, surnames: bool = False) -> tuple[float, str] | None:
    """How sure two words are one, and why; `surnames`: both stand last, where no table of given names holds."""
    if one.folded == other.folded or one.word == other.word:
        return (_INITIAL, "initial") if one.initial else (1.0, "word")
    if one.initial or other.initial:
        begins = one.folded[0] == other.folded[0] or _sound_alike(one, other)
        return (_INITIAL, "initial") if begins else None
    if given_apart(one.folded, other.folded, surnames=surnames):
        return None
    if _plain(one.word) in {_plain(other.word), other.folded} or _plain(other.word) == one.folded:
        return 0.99, "accents"
    form = None if surnames else given_form(one.folded, other.folded)
    if form is not None:
        return _FORMS[form], f"given-{form}"
    nearness = near(one.word, other.word)
    if nearness is None or two_given_names(one.folded, other.folded):
        return None
    if varies or is_abjad(one.word) != is_abjad(other.word):
        return round(0.75 + 0.22 * (nearness - 0.5) * 2, 3), "spelling"
    return (0.85, "transcription") if is_transcription(one.folded, other.folded, nearness) else None


def _sound_alike(one: Part, other: Part) -> bool:
    a, b = segments(one.word), segments(other.word)
    return bool(a and b and set(a[0]) & set(b[0]))
