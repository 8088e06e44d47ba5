"""What is known of one unit before anybody is quoted: its segments, their kinds and their cues, each computed once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from quellenlage.annotate.quotations import clauses
from quellenlage.annotate.quotations.cues import Cue, find_cues
from quellenlage.annotate.quotations.mood import mood
from quellenlage.annotate.quotations.sources import find_source
from quellenlage.annotate.quotations.units import Segment, Unit, Word


class Analysis:
    """The segments of a unit with cues and clause kinds; ranges of segments are asked in constant time."""

    def __init__(self, unit: Unit) -> None:
        self.ws = unit.words
        self.segs, self.cues = _coordinated(self.ws, unit.segments)
        ws = self.ws
        self.verbless = [clauses.verbless(ws, s) for s in self.segs]
        self.relative = [not s.mark and clauses.relative(ws, s) for s in self.segs]
        self.adverbial = [not s.mark and clauses.adverbial(ws, s) for s in self.segs]
        self.infinitive = [not s.mark and clauses.infinitive(ws, s) for s in self.segs]
        self.mood = [0 if s.mark else clauses.subjunctive(ws, s.lo, s.hi) for s in self.segs]
        kinds = zip(self.verbless, self.relative, self.adverbial, self.infinitive, strict=True)
        self.dependent = [any(kind) for kind in kinds]
        self._marks = _counts(s.mark for s in self.segs)
        self._main = _counts(not d for d in self.dependent)
        self._named = _counts(
            not (v or r) or ws[s.lo].low == "darunter"
            for v, r, s in zip(self.verbless, self.relative, self.segs, strict=True)
        )

    def first(self, i: int) -> str:
        """First word of segment i in lower case."""
        return self.ws[self.segs[i].lo].low

    def content(self, i: int) -> str:
        """ "dass", "ob" or a question word at the beginning of segment i."""
        return clauses.content_word(self.ws, self.segs[i])

    def has_mark(self, lo: int, hi: int) -> bool:
        """Whether one of the segments [lo, hi) is words in quotation marks."""
        return self._marks[hi] > self._marks[lo]

    def prelude(self, lo: int, hi: int) -> bool:
        """Whether segments [lo, hi) state nothing: "Obwohl es regnete, sagte X", "Ina Voss, die Leiterin, sagte"."""
        if self.has_mark(lo, hi):
            return False
        if self.adverbial[lo]:
            return self._main[hi] == self._main[lo + 1]
        return self._named[hi] == self._named[lo]

    def source_alone(self, i: int) -> bool:
        """A segment that is nothing but "laut X"."""
        seg = self.segs[i]
        found = None if seg.mark else find_source(self.ws, seg.lo, seg.hi)
        return found is not None and found.lo == seg.lo and found.hi >= seg.hi - 1


def _counts(flags: Iterable[bool]) -> list[int]:
    """How many of the first n flags are set, for every n."""
    return list(accumulate((int(flag) for flag in flags), initial=0))


def _coordinated(ws: Sequence[Word], segs: Sequence[Segment]) -> tuple[tuple[Segment, ...], tuple[list[Cue], ...]]:
    """Segments and their cues, cut before "und" with a further verb of saying: there the first one's words end."""
    out: list[Segment] = []
    cues: list[list[Cue]] = []
    for k, seg in enumerate(segs):
        found = [] if seg.mark else find_cues(ws, seg.lo, seg.hi)
        lo, before = seg.lo, seg.before
        for cue in sorted(found, key=lambda c: c.finite) if k else []:
            at = cue.finite - 1
            told = mood().grade(ws[cue.finite].low, ws[cue.finite].feats) < 2
            if at > lo and ws[at].low in {"und", "aber", "sowie"} and told and not cue.final:
                out.append(Segment(lo, at, before, False))
                cues.append(find_cues(ws, lo, at))
                lo, before = cue.finite, "und"
        out.append(Segment(lo, seg.hi, before, seg.mark))
        cues.append(found if lo == seg.lo else find_cues(ws, lo, seg.hi))
    return tuple(out), tuple(cues)
