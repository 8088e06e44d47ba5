"""What a segment between commas is: complement, relative clause, apposition, frame."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.annotate.quotations.lexicon import AUXILIARY, lexicon, words
from quellenlage.annotate.quotations.mood import common_finite, mood
from quellenlage.annotate.quotations.phrases import PREPOSITIONS
from quellenlage.annotate.quotations.units import Segment, Word

_CONTENT = words("subordinators", "content")
_ADVERBIAL = words("subordinators", "adverbial")
_RELATIVE = words("subordinators", "relative")


def first_low(ws: Sequence[Word], seg: Segment) -> str:
    """The first word, past "und" and "oder"."""
    i = seg.lo
    while i < seg.hi - 1 and ws[i].low in {"und", "oder", "aber", "sondern", "jedoch", "sowie", "auch", "denn"}:
        i += 1
    return ws[i].low


def subjunctive(ws: Sequence[Word], lo: int, hi: int) -> int:
    """Grade of the strongest Konjunktiv form in [lo, hi); none beside "ich"."""
    best = 0
    first_person = False
    for i in range(lo, hi):
        word = ws[i]
        if not word.low or (word.capital and i > lo):
            continue
        if word.low == "ich":
            first_person = True
        best = max(best, mood().grade(word.low, word.feats))
    return 0 if first_person and best < 3 else best


def is_finite(word: Word) -> bool:
    """Whether it is surely a finite verb."""
    if not word.low or word.capital:
        return False
    if word.low in AUXILIARY or mood().grade(word.low, word.feats) > 0:
        return True
    if word.feats is not None and "VerbForm=Fin" in word.feats:
        return True
    return word.low in lexicon().finite or word.low in lexicon().final or word.low in common_finite()


def _surely_finite(word: Word) -> bool:
    """An auxiliary or Konjunktiv form: never a participle."""
    if not word.low or word.capital:
        return False
    single = word.low in AUXILIARY and word.low not in {
        "haben",
        "werden",
        "sein",
        "können",
        "müssen",
        "sollen",
        "wollen",
    }
    return single or mood().grade(word.low, word.feats) > 0


def verbless(ws: Sequence[Word], seg: Segment) -> bool:
    """No finite verb, no infinitive with "zu": a member of a list or an apposition."""
    if seg.mark:
        return False
    return not any(is_finite(ws[i]) for i in range(seg.lo, seg.hi)) and not infinitive(ws, seg)


def relative(ws: Sequence[Word], seg: Segment) -> bool:
    """A relative clause: relative pronoun in front (perhaps after a preposition), verb at the end."""
    if seg.before not in {",", "–", "-"}:
        return False
    i = seg.lo
    if ws[i].low in PREPOSITIONS and i + 1 < seg.hi:
        i += 1
    if ws[i].low not in _RELATIVE or (ws[seg.hi - 1].mark is not None and seg.hi - i <= 3):
        return False
    last = seg.hi - 1
    while last > i and ws[last].text in ".!?":
        last -= 1
    if any(_surely_finite(ws[k]) for k in range(i + 1, last - 1)):
        return False
    return is_finite(ws[last]) or not any(is_finite(ws[k]) for k in range(i, min(seg.hi, i + 12)))


def adverbial(ws: Sequence[Word], seg: Segment) -> bool:
    """A subordinate clause of time, reason, condition …"""
    if ws[seg.lo].low not in _ADVERBIAL or ws[seg.lo].low in {"so", "auch", "denn", "sondern"}:
        return False
    verb = next((k for k in range(seg.lo, seg.hi) if is_finite(ws[k])), None)
    return verb is None or verb >= seg.hi - 3


def infinitive(ws: Sequence[Word], seg: Segment) -> bool:
    """An infinitive with "zu" near the end."""
    for i in range(seg.lo, seg.hi):
        low = ws[i].low
        if low == "zu" and i + 1 < seg.hi and ws[i + 1].low.endswith("n") and not ws[i + 1].capital:
            return True
        if (
            "zu" in low[2:-3]
            and low.endswith("en")
            and not ws[i].capital
            and any(low.startswith(p + "zu") for p in mood().prefixes)
        ):
            return True
    return False


def content_word(ws: Sequence[Word], seg: Segment) -> str:
    """ "dass", "ob" or a question word, where the segment begins with one."""
    low = first_low(ws, seg)
    if low in _CONTENT:
        return low
    i = seg.lo
    if (
        ws[i].low in PREPOSITIONS
        and i + 1 < seg.hi
        and ws[i + 1].low in {"wem", "wen", "welche", "welcher", "welchem", "welchen"}
    ):
        return ws[i + 1].low
    return ""


def beginning(ws: Sequence[Word], segs: Sequence[Segment], i: int, start: int) -> int:
    """First word of the clause whose verb opens segment i: before the appositions and relative clauses in between."""
    k = i - 1
    while k > start and (verbless(ws, segs[k]) or relative(ws, segs[k])):
        k -= 1
    return segs[max(k, start)].lo
