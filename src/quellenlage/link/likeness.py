"""Whether two passages say the same: by all their words, not only by those that tell most.

Two passages are the same where every word of the shorter one stands in the longer one, in its order, and what the
longer one says more leaves it as it is. Forms that indirect speech changes count as one word, articles and days are
left out; any other word that is exchanged, left out or put elsewhere keeps two apart. Unsure is not the same: such
pairs are at best listed as perhaps the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from quellenlage.link.wording import MODALS, NEGATORS, Unit, Wording
from quellenlage.model import Evidentiality, Polarity

CLOSE = 0.8
"""Share of the longer passage's words from which neither says much more than the other."""

UNSURE = 0.5
"""Likeness (Dice of content stems) from which two passages that differ are listed as perhaps the same."""

_SUBORDINATORS = frozenset("dass ob weil wenn als damit sodass bis bevor nachdem obwohl wie wo was wer".split())
_COORDINATORS = frozenset("und oder aber denn doch sondern".split())
_SUBJECTS = frozenset("ich wir er sie es man das".split())
_INFINITIVE = re.compile(r"[a-z]{2,}zu[a-z]+en")

_CONDITIONS = frozenset(
    "wenn falls sofern solange sobald ob sonst ausser vorausgesetzt bevor ehe oder sondern erst".split()
)
"""Words of a sentence that make its other clauses depend on something, or put another thing in their place."""

_LIMITS = NEGATORS | _CONDITIONS | frozenset(
    "kaum ohne nur bloss fast beinahe nahezu weniger mehr mindestens hoechstens einige viele manche wenige alle "
    "vielleicht vermutlich wohl angeblich mutmasslich wahrscheinlich moeglicherweise womoeglich eventuell offenbar "
    "anscheinend scheinbar scheint scheinen statt anstatt selten teils teilweise wer".split()
)  # fmt: skip
"""Words that limit, hedge or turn what stands in their clause: a cut that drops one says something else."""

_HELD = re.compile(
    r"(?:behaupt|glaub|mein(?:t|en|te|ten)$|sag(?:t|en|te|ten)$|heiss|hoff|fuercht|wuensch|zweif|verhind|bezweif|"
    r"bestreit|bestritt|vorw[ui]rf|forder|versprech|versprich|lehn|warn|droh|denk|dacht|fehler|irrtum|leugn|gerueht)"
)
_FALSE = re.compile(r"(?:falsch|gelogen|luegt?$|luegen|luegner|unsinn|unwahr|maerchen|quatsch|absurd|erfunden|irrtum)")
"""Words by which a sentence holds its clause at a distance, and by which a passage takes back what it quotes."""

_PARTICLES = frozenset(
    "ab an auf aus ein zu zurueck vor nach bei mit los weg hin her um unter ueber durch fest".split()
)
_DENIERS = frozenset("nicht kein nie niemals".split())

_SHIFTS = frozenset(
    frozenset(pair.split("/"))
    for pair in "ich/er ich/sie wir/sie wir/man mich/sich mir/sich uns/sich mein/sein mein/ihr unser/ihr".split()
)
"""Persons that direct and indirect speech exchange."""

_NOMINAL = frozenset(("", "e", "en", "n", "s", "es", "em"))
_PRETERITE = re.compile(r"(?:te|ten|test|tet)$")
_STRONG = frozenset("blieb schrieb ging stieg hielt fiel liess rief schien lief trieb schwieg".split())
"""Past tenses to which one letter more is another mood ("bliebe")."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two passages relate: the same words, the same in another form, perhaps the same, the opposite; or a clash.

    A clash forbids that the two ever stand in one statement, also by way of a third. Close are passages of which
    neither says much that the other does not.
    """

    kind: Literal["words", "content", "perhaps", "contrary", "clash"]
    score: float
    reasons: tuple[str, ...]
    close: bool = False


def weights(wordings: Iterable[Wording]) -> dict[str, float]:
    """How telling a content stem is: the rarer among all passages, the more (root of the inverse frequency)."""
    counted: Counter[str] = Counter()
    passages = 0
    for wording in wordings:
        counted.update(set(wording.stems))
        passages += 1
    del counted[""]
    return {stem: _rarity(passages, count) for stem, count in counted.items()}


def _rarity(passages: int, count: int) -> float:
    # Of fifty passages more than there are, so that in a small folder no word counts as common.
    return math.sqrt((50 + passages) / (count + 4))


def compare(a: Wording, b: Wording, telling: Mapping[str, float]) -> Likeness | None:
    """Compare two passages of one speaker; None where they have nothing to do with each other."""
    if a.words == b.words and a.identity == b.identity:
        return Likeness("words", 1.0, ("words:1.00",), close=True) if a.content else None
    if a.content.isdisjoint(b.content):
        return None
    first = (len(a.units), len(a.words), a.words) <= (len(b.units), len(b.words), b.words)
    short, long = (a, b) if first else (b, a)
    return _by_words(short, long) or _by_sign(short, long) or _by_content(a, b, telling)


def _by_words(short: Wording, long: Wording) -> Likeness | None:
    found = _aligned(short, long)
    if found is None:
        return None
    kind, pairs = found
    if not all(_one_word(x, y, short, long) for x, y in pairs):
        return None
    score = round(len(short.units) / len(long.units), 3)
    reasons = (f"words:{score:.2f}",)
    if any(_asks(short, x) is not _asks(long, y) for x, y in pairs):
        return Likeness("perhaps", score, (*reasons, "question"))
    if short.days and long.days and short.days != long.days and not short.days <= long.days:
        return Likeness("clash", score, (*reasons, "days-differ"))
    if len(short.units) < len(long.units):
        around = _around(long, pairs[0][1].at, pairs[-1][1].at, [x.key for x, _ in pairs])
        if around:
            return Likeness("perhaps", score, (*reasons, around))
    if short.polarity is not long.polarity or short.reserve is not long.reserve:
        return _by_standing(short, long, reasons)
    if short.direct is not long.direct and any(x.word != y.word for x, y in pairs):
        kind = "content"
    return Likeness(kind, score, reasons, close=score >= CLOSE)


def _by_standing(short: Wording, long: Wording, reasons: tuple[str, ...]) -> Likeness:
    """The same words, of which the verb of saying makes something else."""
    whole = len(short.units) == len(long.units)
    kinds = {short.reserve, long.reserve}
    plain = len(kinds) == 1 or kinds == {Evidentiality.ASSERTED, Evidentiality.QUESTIONED}
    score = round(len(short.units) / len(long.units), 3)
    why = f"stance:{short.stance}/{long.stance}"
    if whole and plain and short.stance is not long.stance and Evidentiality.HEDGED not in kinds:
        return Likeness("contrary", score, (*reasons, why))
    return Likeness("perhaps", score, (*reasons, why))


_Pairs = list[tuple[Unit, Unit]]


def _aligned(short: Wording, long: Wording) -> tuple[Literal["words", "content"], _Pairs] | None:
    """Each word of the shorter passage with its like in the longer one."""
    mine, theirs = short.keys, long.keys
    if not mine or not set(mine).issubset(theirs):
        return None
    for start in range(len(theirs) - len(mine) + 1):
        if theirs[start] == mine[0] and theirs[start : start + len(mine)] == mine:
            return "words", list(zip(short.units, long.units[start:], strict=False))
    if len(mine) != len(theirs) or sorted(mine) != sorted(theirs):
        return None
    if short.direct is not long.direct:
        # Indirect speech moves the finite verb, and nothing else.
        parts = [[[u for u in one.units if u.key in MOVED] for one in (short, long)]]
        parts.append([[u for u in one.units if u.key not in MOVED] for one in (short, long)])
        pairs = [pair for one, other in parts for pair in zip(one, other, strict=False)]
        if all(x.key == y.key for x, y in pairs) and len(pairs) == len(mine):
            return "content", pairs
    return _turned(short, long)


MOVED = MODALS | frozenset(("=ist", "=hat", "=wird", "=war", "=hatte", "=wurde"))


def _turned(short: Wording, long: Wording) -> tuple[Literal["words"], _Pairs] | None:
    """The same clauses in another order."""
    split: list[list[list[Unit]]] = []
    for one in (short, long):
        clauses: dict[tuple[int, int], list[Unit]] = {}
        for unit in one.units:
            clauses.setdefault(one.clauses[unit.at], []).append(unit)
        split.append(sorted(clauses.values(), key=lambda units: [u.key for u in units]))
    if any(len(units) < 3 or units[0].key in _CONDITIONS for clauses in split for units in clauses):
        return None
    if len(split[0]) != len(split[1]):
        return None
    pairs = [pair for one, other in zip(*split, strict=True) for pair in zip(one, other, strict=False)]
    return ("words", pairs) if len(pairs) == len(short.units) and all(x.key == y.key for x, y in pairs) else None


def _one_word(x: Unit, y: Unit, a: Wording, b: Wording) -> bool:
    """Whether two words with one key are forms of one word that mean the same here."""
    if x.article and y.article and x.article != y.article:
        return False
    if x.word == y.word or x.key in MOVED:
        return True
    if x.key in {"=pers", "=self", "=poss"}:
        one, other = (re.sub(r"^(mein|unser|sein|ihr).*$", r"\1", u.word) for u in (x, y))
        return one == other or (a.direct is not b.direct and frozenset((one, other)) in _SHIFTS)
    return x.key in {"in", "an", "von", "zu", "bei", "kein"} or _inflected(x, y)


def _inflected(x: Unit, y: Unit) -> bool:
    one, other = x.word.removeprefix(x.key), y.word.removeprefix(x.key)
    if bool(_PRETERITE.search(x.word)) is not bool(_PRETERITE.search(y.word)):
        return False
    if {x.word, y.word} & _STRONG and not (x.noun and y.noun):
        return False
    if one in _NOMINAL and other in _NOMINAL:
        return True
    ends = {one, other}
    # "liefert" and "liefere"; "neuer" and "neue", but neither "Spieler" and "Spiele" nor "schneller" and "schnell".
    return ends == {"t", "e"} or ("er" in ends and not (x.noun or y.noun) and ends <= {"er", "e", "en", "es", "em"})


def _asks(wording: Wording, unit: Unit) -> bool:
    return wording.clauses[unit.at][0] in wording.questions


def _around(long: Wording, first: int, last: int, kept: Sequence[str]) -> str:
    """Why what stands around a cut may change it; empty where it stands by itself."""
    outside = [i for i in range(len(long.words)) if not first <= i <= last]
    sentences = {long.clauses[first][0], long.clauses[last][0]}
    inside = [i for i in outside if long.clauses[i][0] in sentences]
    keys = {u.at: u for u in long.units}
    if any(long.words[i] in _LIMITS for i in _reach(long, first, last)):
        return "negation-around"
    if any(long.words[i] in _CONDITIONS or _HELD.match(long.words[i]) for i in inside):
        return "governed"
    if any(_FALSE.match(long.words[i]) for i in outside):
        return "taken-back"
    lead = [i for i in inside if i < first and i in keys]
    clause = [i for i in lead if long.clauses[i] == long.clauses[first]]
    tail = [i for i in inside if i > last and long.clauses[i] == long.clauses[last]]
    if any(i in keys and keys[i].key in MODALS for i in (*clause, *tail)):
        return "modal-around"
    own = [long.words[i] for i, one in enumerate(long.clauses) if one == long.clauses[first]]
    coordinated = first > 0 and long.words[first - 1] in _COORDINATORS and long.words[first] in _SUBJECTS
    if (
        lead
        and not coordinated
        and (_depends(own) or (clause and (kept[0][:1].isdigit() or any(key in MOVED for key in kept))))
    ):
        return "dependent"
    if tail and tail[0] == last + 1 and not _another(long, tail):
        end = long.words[tail[-1]]
        if end in _PARTICLES or (re.search(r"(?:t|en)$", end) and not keys.get(tail[-1], _NOTHING).noun):
            return "verb-cut"
    return ""


_NOTHING = Unit("", "", "", -1, False)


def _another(long: Wording, tail: Sequence[int]) -> bool:
    """Whether what follows a cut in its clause is another main clause ("… und wir werden …")."""
    return len(tail) > 1 and long.words[tail[0]] in _COORDINATORS and long.words[tail[1]] in _SUBJECTS


def _reach(long: Wording, first: int, last: int) -> list[int]:
    """Places around a cut where a negation would govern it: its own clause, and those that its clause depends on."""
    found = [i for i in range(last + 1, len(long.words)) if long.clauses[i] == long.clauses[last]]
    clause = long.clauses[first]
    if first and long.words[first - 1] in _COORDINATORS and long.words[first] in _SUBJECTS:
        return found
    for i in range(first - 1, -1, -1):
        if long.clauses[i] != clause:
            own = [j for j, one in enumerate(long.clauses) if one == clause]
            if long.clauses[i][0] != clause[0] or not _depends([long.words[j] for j in own]):
                break
            clause = long.clauses[i]
        found.append(i)
    return found


def _depends(words: Sequence[str]) -> bool:
    """Whether a clause is a part of the one before it: by its first word, or as an infinitive with "zu"."""
    return words[0] in _SUBORDINATORS or "zu" in words or any(_INFINITIVE.fullmatch(word) for word in words)


def _by_sign(short: Wording, long: Wording) -> Likeness | None:
    """Passages of which one negates what the other says in the same words, and nothing else differs.

    Not where a condition or a limit stands beside the negation ("nicht nur", "nicht, solange").
    """
    if short.polarity is not long.polarity or Polarity.UNKNOWN in {short.polarity, long.polarity}:
        return None
    if short.reserve is not long.reserve or short.reserve is Evidentiality.HEDGED or short.questions or long.questions:
        return None
    if len(long.units) - len(short.units) != 1:
        return None
    a, b = ([u for u in one.units if u.key not in _DENIERS] for one in (short, long))
    denials = sorted((len(short.units) - len(a), len(long.units) - len(b)))
    limits = (_LIMITS - NEGATORS).intersection((*short.words, *long.words))
    others = (NEGATORS - {"nicht", "nie", "niemals"}).intersection(u.key for u in (*a, *b))
    if denials != [0, 1] or limits or others or [u.key for u in a] != [u.key for u in b]:
        return None
    if not all(_one_word(x, y, short, long) for x, y in zip(a, b, strict=True)):
        return None
    if short.days and long.days and short.days != long.days:
        return None
    return Likeness("contrary", 1.0, ("words:1.00", "negation"))


def _by_content(a: Wording, b: Wording, telling: Mapping[str, float]) -> Likeness | None:
    """What is alike without being the same: perhaps the same, or, with other numbers, names or days, surely not."""
    common = a.content & b.content
    if len(common) < 2:
        return None
    # A sum that does not depend on the order of a set, which is another one in each process.
    shared = math.fsum([telling.get(s, 1.0) for s in common])
    whole = math.fsum([telling.get(s, 1.0) for one in (a, b) for s in one.content])
    dice = 2 * shared / whole
    if dice < UNSURE:
        return None
    reasons = (f"content:{dice:.2f}", *(f"shared:{stem}" for stem in sorted(common)[:6]))
    for name, one, other in (
        ("numbers", a.numbers, b.numbers),
        ("names", a.names, b.names),
        ("days", a.days, b.days),
    ):
        if one and other and not (one <= other or other <= one):
            return Likeness("clash", round(dice, 3), (*reasons, f"{name}-differ"))
    return Likeness("perhaps", round(dice, 3), reasons)
