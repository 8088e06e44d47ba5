"""Cues: the words in a clause that say that somebody says something, and the clause's subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.annotate.quotations.lexicon import AUXILIARY, Verb, lexicon
from quellenlage.annotate.quotations.lexicon import words as lexicon_words
from quellenlage.annotate.quotations.phrases import (
    NOMINATIVE,
    PREPOSITIONS,
    can_be_subject,
    is_determiner,
    phrase_end,
    skip_adverbs,
    temporal,
)
from quellenlage.annotate.quotations.units import Word

_SUBORDINATE = (
    lexicon_words("subordinators", "content")
    | lexicon_words("subordinators", "adverbial")
    | lexicon_words("subordinators", "relative")
)
REACH = 40
"""Words between the parts of one cue ("teilte … mit"); further apart they hardly belong together."""
_NEGATIONS = frozenset({"nicht", "kein", "keine", "keinen", "keinerlei", "nie", "niemals", "nichts"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb in its clause: indices of its words, of the finite verb, and what the form tells."""

    verb: Verb
    words: tuple[int, ...]
    finite: int
    passive: bool = False
    final: bool = False
    negated: bool = False
    modal: str = ""
    """Finite modal verb that stands with an infinitive, in lower case ("soll", "will")."""

    @property
    def last(self) -> int:
        """Index of its last word."""
        return max(self.words)


def find_cues(ws: Sequence[Word], lo: int, hi: int) -> list[Cue]:
    """All cues whose words lie in [lo, hi), the weightier first where they share a verb."""
    hi = min(hi, lo + 4 * REACH)
    table = lexicon()
    skip = _parenthesised(ws, lo, hi)
    found: list[Cue] = []
    for i in range(lo, hi):
        word = ws[i]
        if i in skip or not word.low or (word.capital and i > lo):
            continue
        cue = None
        if word.low in table.final:
            cue = _final(ws, lo, hi, i)
        if cue is None and word.low in table.participle:
            cue = _participle(ws, lo, hi, i)
        if cue is None and word.low in table.infinitive and not word.capital:
            cue = _infinitive(ws, lo, hi, i)
        if cue is None and word.low in table.finite and not word.capital:
            cue = _finite(ws, lo, hi, i)
        if cue is not None:
            found.append(cue)
    return found


def _parenthesised(ws: Sequence[Word], lo: int, hi: int) -> set[int]:
    inside: set[int] = set()
    depth = 0
    for i in range(lo, hi):
        if ws[i].text in "([" and ws[i].text:
            depth += 1
        if depth > 0:
            inside.add(i)
        if ws[i].text in ")]" and ws[i].text and depth:
            depth -= 1
    return inside


def _negated(ws: Sequence[Word], lo: int, hi: int) -> bool:
    return any(ws[i].low in _NEGATIONS for i in range(lo, hi))


def _required(ws: Sequence[Word], lo: int, hi: int, verb: Verb) -> tuple[int, ...] | None:
    """Places of the further words that a verb phrase asks for, if all are there."""
    places: list[int] = []
    for phrase in verb.required:
        at = _phrase(ws, lo, hi, phrase)
        if at is None:
            return None
        places += range(at, at + len(phrase))
    return tuple(places)


def _phrase(ws: Sequence[Word], lo: int, hi: int, phrase: tuple[str, ...]) -> int | None:
    for i in range(lo, hi - len(phrase) + 1):
        if all(ws[i + k].low == part.lower() for k, part in enumerate(phrase)):
            return i
    return None


def _particle_at(ws: Sequence[Word], i: int, hi: int, particle: str) -> int | None:
    """Where a separated particle closes the clause that begins with the verb at i."""
    for j in range(min(hi, i + REACH) - 1, i, -1):
        if ws[j].low != particle:
            continue
        after = ws[j + 1] if j + 1 < hi else None
        if after is None or not (after.capital or is_determiner(after)) or after.mark:
            return j
    return None


def _finite(ws: Sequence[Word], lo: int, hi: int, i: int) -> Cue | None:
    for verb in lexicon().finite[ws[i].low]:
        words = [i]
        if verb.particle:
            at = _particle_at(ws, i, hi, verb.particle)
            if at is None:
                continue
            words.append(at)
        more = _required(ws, max(lo, i - 8), min(hi, i + REACH), verb)
        if more is None:
            continue
        negated = _negated(ws, i, min(hi, i + REACH))
        if ws[i].low in AUXILIARY and not more:
            continue
        last = i == hi - 1 or (i == hi - 2 and ws[hi - 1].text in ".!?")
        subordinate = ws[lo].low in _SUBORDINATE and not (ws[lo].capital and ws[lo].low in _RELATIVE)
        final = last and i > lo and subordinate
        return Cue(verb, tuple(sorted({*words, *more})), i, final=final, negated=negated)
    return None


def _final(ws: Sequence[Word], lo: int, hi: int, i: int) -> Cue | None:
    for verb in lexicon().final[ws[i].low]:
        more = _required(ws, lo, hi, verb)
        if more is not None:
            return Cue(verb, tuple(sorted({i, *more})), i, final=True, negated=_negated(ws, lo, i))
    return None


def _auxiliary(ws: Sequence[Word], lo: int, hi: int, i: int) -> tuple[int, str] | None:
    """The finite auxiliary of the participle or infinitive at i: behind it in a subordinate clause, else before."""
    for j in range(i + 1, min(hi, i + 4)):
        kind = AUXILIARY.get(ws[j].low)
        if kind == "modal" or (kind and ws[j].low not in {"worden", "werden"} and not _modal_before(ws, lo, i)):
            return j, kind
        if ws[j].low not in {"worden", "werden", "haben", "sein"}:
            break
    for j in range(i - 1, max(lo, i - REACH) - 1, -1):
        kind = AUXILIARY.get(ws[j].low)
        if kind:
            return j, kind
    return None


def _modal_before(ws: Sequence[Word], lo: int, i: int) -> bool:
    """Whether the auxiliary after the participle is itself an infinitive: "soll … gesagt haben"."""
    return any(AUXILIARY.get(ws[j].low) == "modal" for j in range(max(lo, i - REACH), i))


def _closes_clause(ws: Sequence[Word], hi: int, i: int) -> bool:
    """Whether nothing that a participle could modify follows (a participle before a noun is an adjective)."""
    after = ws[i + 1] if i + 1 < hi else None
    return after is None or not after.capital or after.mark is not None or after.text in {".", "!", "?"}


def _participle(ws: Sequence[Word], lo: int, hi: int, i: int) -> Cue | None:
    if not _closes_clause(ws, hi, i):
        return None
    aux = _auxiliary(ws, lo, hi, i)
    if aux is None:
        return None
    at, kind = aux
    for verb in lexicon().participle[ws[i].low]:
        more = _required(ws, lo, hi, verb)
        if more is None:
            continue
        words = {i, at, *more}
        words |= {
            j for j in range(i + 1, min(hi, i + 3)) if ws[j].low in {"worden", "haben", "sein"} and abs(j - i) <= 2
        }
        travels = verb.base in {"gehen", "treten", "kommen"}
        passive = kind == "werden" or (kind == "sein" and not travels) or any(ws[j].low == "worden" for j in words)
        modal = ws[at].low if kind == "modal" else ""
        if passive and verb.lemma in lexicon_words("agentless", "verbs"):
            continue
        if modal.startswith("soll") and verb.cls.stance not in {"neutral", "assert"}:
            continue
        return Cue(verb, tuple(sorted(words)), at, passive, final=at > i, negated=_negated(ws, lo, hi), modal=modal)
    return None


def _infinitive(ws: Sequence[Word], lo: int, hi: int, i: int) -> Cue | None:
    """A modal verb with an infinitive that closes the clause: "musste einräumen", "will prüfen"."""
    for j in range(lo, min(hi, i + 2)):
        if j != i and AUXILIARY.get(ws[j].low) == "modal" and (i >= hi - 2 or _closes_clause(ws, hi, i) is not True):
            for verb in lexicon().infinitive[ws[i].low]:
                more = _required(ws, lo, hi, verb)
                if more is not None and _closes_clause(ws, hi, i):
                    return Cue(
                        verb,
                        tuple(sorted({i, j, *more})),
                        j,
                        final=j > i,
                        negated=_negated(ws, lo, hi),
                        modal=ws[j].low,
                    )
    return None


@dataclass(frozen=True, slots=True)
class Subject:
    """Words [lo, hi) that name who speaks; `inverted` when they follow the verb."""

    lo: int
    hi: int
    inverted: bool = False


def after_verb(ws: Sequence[Word], cue: Cue, hi: int) -> Subject | None:
    """The subject that follows the finite verb, if one does before the clause ends."""
    i = cue.finite + 1
    stop = min(hi, cue.finite + 15)
    neuter = next((k for k in range(i, min(stop, i + 2)) if ws[k].low == "es" and k not in cue.words), None)
    while i < stop:
        if ws[i].low in {"sich", "es", "dazu", "darauf"} or i in cue.words:
            i += 1
            continue
        j = phrase_end(ws, i, hi)
        if j > i and can_be_subject(ws, i) and not temporal(ws, i, j):
            return Subject(i, j, inverted=True)
        if j > i:
            i = j
            continue
        if ws[i].low in PREPOSITIONS:
            k = phrase_end(ws, i + 1, hi)
            i = k if k > i + 1 else i + 1
            continue
        i += 1
    return Subject(neuter, neuter + 1, inverted=True) if neuter is not None else None


def before_verb(ws: Sequence[Word], lo: int, cue: Cue) -> Subject | None:
    """The subject in front of the finite verb: the phrase that opens the clause and runs up to the verb."""
    i = lo
    while i < cue.finite and (ws[i].low in _OPENERS or (not ws[i].mark and skip_adverbs(ws, i) > i)):
        i += 1
    if i >= cue.finite or not can_be_subject(ws, i) or ws[i].low in _SUBORDINATE - _RELATIVE:
        return None
    j = phrase_end(ws, i, cue.finite, wide=True)
    if j == i or _dative(ws, i, j, cue) or ws[j].low == "zufolge":
        return None
    if j < cue.finite:
        j = _with_apposition(ws, i, j, cue.finite)
    return Subject(i, j)


def _dative(ws: Sequence[Word], lo: int, hi: int, cue: Cue) -> bool:
    """ "Der Zeitung sagte Ina Voss, …": a feminine noun for a medium after "der", and a name behind the verb."""
    if ws[lo].low not in ("der", "einer") or cue.finite + 1 >= len(ws) or not ws[cue.finite + 1].capital:
        return False
    return any(ws[k].low.endswith(_FEMININE) for k in range(lo + 1, hi))


_FEMININE = ("zeitung", "agentur", "zeitschrift", "illustrierten", "gazette", "redaktion")
_OPENERS = frozenset("und aber auch denn doch , selbst sogar nur".split())


def _with_apposition(ws: Sequence[Word], i: int, j: int, hi: int) -> int:
    """A phrase goes on over commas: "Kai Bruns, Leiter der Wache, sagte"."""
    while j < hi and ws[j].text == ",":
        k = j + 1
        if k >= hi or (ws[k].low in _RELATIVE and not _apposes(ws, k, hi)):
            break
        e = phrase_end(ws, k, hi, wide=True)
        if e == k:
            break
        j = e
    return j


_RELATIVE = frozenset("der die das dem den dessen deren denen welche welcher welches".split())


def _apposes(ws: Sequence[Word], k: int, hi: int) -> bool:
    """Whether "der …" after a comma names somebody again (apposition) and is no relative clause."""
    e = phrase_end(ws, k, hi, wide=True)
    return e > k + 1 and (e >= hi or ws[e].text == ",")


def subject_of(ws: Sequence[Word], lo: int, hi: int, cue: Cue) -> Subject | None:
    """Who is the subject of the cue's verb in the clause [lo, hi)."""
    if cue.final:
        return _in_final_clause(ws, lo, cue)
    front = before_verb(ws, lo, cue)
    back = None
    nxt = cue.finite + 1
    if nxt < hi and ws[nxt].low in NOMINATIVE and ws[nxt].low != "sie":
        back = after_verb(ws, cue, hi)
    if front is None:
        return back or after_verb(ws, cue, hi)
    return back or front


def _in_final_clause(ws: Sequence[Word], lo: int, cue: Cue) -> Subject | None:
    """Subordinate clause: the first phrase that can be nominative before the verb."""
    i = lo
    stop = min(cue.words)
    while i < stop:
        j = phrase_end(ws, i, stop, wide=True)
        if j > i and can_be_subject(ws, i) and not temporal(ws, i, j):
            return Subject(i, _with_apposition(ws, i, j, stop))
        if j > i:
            i = j
        elif ws[i].low in PREPOSITIONS:
            k = phrase_end(ws, i + 1, stop)
            i = max(k, i + 1)
        else:
            i += 1
    return None


def agent_of(ws: Sequence[Word], lo: int, hi: int) -> Subject | None:
    """Who acts in a passive clause: "von …", "durch …"."""
    for i in range(lo, hi):
        if ws[i].low in {"von", "vom", "durch", "seitens"}:
            j = phrase_end(ws, i + 1, hi)
            if j > i + 1:
                return Subject(i + 1, j)
    return None
