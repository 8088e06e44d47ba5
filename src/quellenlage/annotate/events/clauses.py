"""Clauses of a sentence, by punctuation, conjunctions and verbs: a shallow stand-in for a parser.

Newspaper German separates clauses by commas, so that segments between commas are a good first cut (cf. topological
field parsing); verbless segments are appositions or parts of lists and belong to a neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from quellenlage.annotate.events.words import RELATIVE, SUBORDINATORS, Word

_BREAKS = frozenset({",", ";", ":", "–", "—", "-", "(", ")"})
_INFLECTED = re.compile(r"(?:ge|\w{2,5}ge)\w+(?:te|ten|ene|enen)$")
_AUXILIARIES = frozenset("haben sein werden können müssen sollen wollen dürfen mögen".split())
_COORDINATORS = frozenset({"und", "oder", "aber", "sondern", "doch", "denn"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Indices of a clause's words, in order; `head` is the clause whose subject it may share, -1 for none.

    `governor` are the words of the clause on which an infinitive clause depends ("er habe nicht vor, ... zu räumen").
    `relative` says that it begins with a relative pronoun; `conjunction` is its subordinating conjunction. `sentence`
    are all words of its sentence, since the tree knows of dependents beyond a comma.
    """

    words: tuple[Word, ...]
    relative: bool = False
    conjunction: str = ""
    shares_subject_with: int = -1
    governor: tuple[Word, ...] = ()
    sentence: tuple[Word, ...] = field(default=(), compare=False, repr=False)

    def below(self, word: Word) -> list[Word]:
        """Words that depend on a word right away; none without a tree."""
        return [other for other in self.sentence if other.governor == word.index]

    def above(self, word: Word) -> Word | None:
        """The word that a word depends on; None for the root, and without a tree."""
        return self.sentence[word.governor] if 0 <= word.governor < len(self.sentence) else None


def clauses(words: Sequence[Word]) -> list[Clause]:
    """Cut a sentence into clauses that have a verb each (or one clause, if it has none)."""
    segments = _segments(words)
    segments = _attach_verbless(segments)
    segments = _resume_main_clause(segments)
    found: list[Clause] = []
    for segment in segments:
        parts = _coordinated(segment, len(found))
        if found and (_infinitive(segment) or segment[0].low in {"dass", "daß"}):
            parts = [replace(part, governor=found[-1].words) for part in parts]
        found += parts
    return [replace(clause, sentence=tuple(words)) for clause in found]


def _infinitive(segment: Sequence[Word]) -> bool:
    """Whether it is an infinitive with "zu" without a finite verb of its own, so that another clause governs it."""
    verbs = [word for word in segment if word.is_verb]
    if len(verbs) != 1 or segment[0].low == "um":
        return False
    verb = verbs[0]
    with_infix = verb.low != verb.lemma == verb.low.replace("zu", "", 1)
    return with_infix or any(a.low == "zu" and b is verb for a, b in pairwise(segment))


def _segments(words: Sequence[Word]) -> list[list[Word]]:
    segments: list[list[Word]] = [[]]
    for word in words:
        if word.form in _BREAKS:
            if segments[-1]:
                segments.append([])
        else:
            segments[-1].append(word)
    return [segment for segment in segments if segment]


def _verbs(segment: Sequence[Word]) -> list[Word]:
    """Verbs of a segment; a participle right before its noun ("das geplante Treffen") is none."""
    following = [*segment[1:], None]
    return [
        word
        for word, after in zip(segment, following, strict=True)
        if word.is_verb and not (after is not None and after.capital and _INFLECTED.match(word.low))
    ]


def _has_verb(segment: Sequence[Word]) -> bool:
    return bool(_verbs(segment))


def _subordinate(segment: Sequence[Word]) -> bool:
    first = segment[0].low
    second = segment[1].low if len(segment) > 1 else ""
    # "in der", "mit denen": a preposition before the relative pronoun
    relative = (segment[0].index > 0 and first in RELATIVE) or (
        second in RELATIVE and first in {"in", "mit", "von", "bei", "aus", "an", "auf", "für"}
    )
    return first in SUBORDINATORS or (relative and segment[-1].is_verb)


def _attach_verbless(segments: list[list[Word]]) -> list[list[Word]]:
    """Join appositions and list items to the segment before them, at the beginning to the one after."""
    joined: list[list[Word]] = []
    pending: list[Word] = []
    for segment in segments:
        if _has_verb(segment):
            if pending and _subordinate(segment):
                joined += [pending, segment]
            else:
                joined.append(pending + segment)
            pending = []
        elif joined and _has_verb(joined[-1]) and not _subordinate(joined[-1]):
            joined[-1] = joined[-1] + segment
        else:
            pending = pending + segment
    if pending:
        joined.append(pending)
    return joined


def _resume_main_clause(segments: list[list[Word]]) -> list[list[Word]]:
    """Put "Carter, der nach Moskau gereist war, traf Schoigu" together again: first and last segment are one."""
    result: list[list[Word]] = []
    index = 0
    while index < len(segments):
        segment = segments[index]
        interrupted = (
            not _has_verb(segment)
            and index + 2 < len(segments)
            and _subordinate(segments[index + 1])
            and segments[index + 2][0].is_verb
        )
        if interrupted:
            result += [segment + segments[index + 2], segments[index + 1]]
            index += 3
        else:
            result.append(segment)
            index += 1
    return result


def _coordinated(segment: list[Word], at: int) -> list[Clause]:
    """Split "X besuchte Y und sprach mit Z" before the conjunction: each part with a verb of its own is a clause."""
    cuts = [0]
    for position in range(1, len(segment) - 1):
        if segment[position].low in _COORDINATORS:
            part = segment[cuts[-1] : position]
            rest = segment[position + 1 :]
            if _complete(part) and _has_verb(rest) and not _verbs_side_by_side(part, rest):
                cuts.append(position)
    found: list[Clause] = []
    for number, start in enumerate(cuts):
        stop = cuts[number + 1] if number + 1 < len(cuts) else len(segment)
        part = segment[start:stop]
        relative = part[0].low in RELATIVE and part[-1].is_verb and part[0].index > 0
        found.append(
            Clause(
                words=tuple(part),
                relative=relative,
                conjunction=part[0].low if part[0].low in SUBORDINATORS else "",
                shares_subject_with=at + number - 1 if number else -1,
            )
        )
    return found


def _complete(part: Sequence[Word]) -> bool:
    """Whether the part has more than an auxiliary, whose participle or infinitive would still be to come."""
    return any(word.lemma not in _AUXILIARIES for word in _verbs(part))


def _verbs_side_by_side(part: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether the conjunction joins two participles of one clause ("wurde angegriffen und zerstört")."""
    return part[-1].is_verb and rest[0].is_verb and len(rest) == 1
