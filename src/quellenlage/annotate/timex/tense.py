"""Whether a clause tells of the past or of plans: decides which Friday "am Freitag" is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quellenlage.annotate.timex.lexicon import WORDS
from quellenlage.annotate.timex.meaning import FUTURE, PAST, UNKNOWN
from quellenlage.model.layers import Token
from quellenlage.resources import load

_CLAUSE_MARKS = frozenset(",;:()–—")
_FUTURE_AUXILIARIES = frozenset(("werden", "sollen", "wollen"))
_PERFECT_AUXILIARIES = frozenset(("haben", "sein"))


def direction(text: str, sentence: Sequence[Token], first: int, last: int) -> int:
    """Return past, future or unknown for the clause around tokens [first, last) of a sentence, else for all of it."""
    if first and text[sentence[first - 1].start : sentence[first - 1].end].lower() == "für":
        return FUTURE  # "für Mittwoch kündigte er ... an": announced, whatever the tense
    start, stop = first, last
    while start > 0 and text[sentence[start - 1].start] not in _CLAUSE_MARKS:
        start -= 1
    while stop < len(sentence) and text[sentence[stop].start] not in _CLAUSE_MARKS:
        stop += 1
    found = _of(text, sentence[start:stop])
    if not found and text[sentence[start].start : sentence[start].end] in _words("said"):
        return PAST  # ", so der Sprecher am Freitag": the saying is past, whatever is said
    return found or _of(text, sentence)


@cache
def _words(which: str) -> frozenset[str]:
    return frozenset(load(WORDS)["tense"][which].split())


@dataclass(slots=True)
class _Signs:
    """What the verbs of a stretch of text show."""

    participle: bool = False
    past: bool = False
    present: bool = False
    future: bool = False
    perfect: bool = False
    should: bool = False
    perfect_infinitive: bool = False

    def see(self, token: Token, word: str) -> None:
        """Take a token in."""
        feats = token.feats or ""
        if "VerbForm=Fin" in feats:
            self._see_finite(token.lemma or "", feats)
            return
        self.future |= word in _words("planned")
        self.participle |= "VerbForm=Part" in feats
        self.perfect_infinitive |= "VerbForm=Inf" in feats and token.lemma in _PERFECT_AUXILIARIES

    def _see_finite(self, lemma: str, feats: str) -> None:
        if "Tense=Past" in feats:
            self.past |= "Mood=Ind" in feats  # "würde", "sollte" say nothing
        elif lemma in _FUTURE_AUXILIARIES:
            self.future = True
            self.should |= lemma == "sollen"
        elif lemma in _PERFECT_AUXILIARIES:
            self.perfect = True
        else:
            self.present = True

    def direction(self) -> int:
        """Weigh what was seen."""
        if self.perfect and self.present and not self.participle:
            # One clause has one finite verb: beside "hat", "verlegt" and "erhält" of one form are participles.
            self.participle, self.present = True, False
        if self.should and self.participle and self.perfect_infinitive:
            return PAST  # "soll ihn getroffen haben"
        if not self.future and (self.past or (self.perfect and self.participle)):
            return PAST
        if self.future or self.perfect or (self.present and not self.participle):
            return FUTURE
        return PAST if self.participle else UNKNOWN


def _of(text: str, tokens: Sequence[Token]) -> int:
    signs = _Signs()
    for token in tokens:
        signs.see(token, text[token.start : token.end].lower())
    return signs.direction()
