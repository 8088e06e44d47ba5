"""Whether a clause tells of the past or of plans: decides which Friday "am Freitag" is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from quellenlage.annotate.timex.lexicon import WORDS
from quellenlage.annotate.timex.meaning import FUTURE, PAST, UNKNOWN
from quellenlage.model.layers import Token
from quellenlage.resources import load

_CLAUSE_MARKS = frozenset(",;:()–—")
_PARTICIPLE = re.compile(r"(?:\w{2,6})?ge\w+(?:t|en)|\w*(?:be|ent|er|miss|ver|zer)\w+(?:t|en)|\w+iert")
"""Form of a participle: decides where a verb comes without its features."""
_FUTURE_AUXILIARIES = frozenset(("werden", "sollen", "wollen"))
_PERFECT_AUXILIARIES = frozenset(("haben", "sein"))


def direction(text: str, sentence: Sequence[Token], first: int, last: int) -> int:
    """Return past, future or unknown for the clause around tokens [first, last) of a sentence, else for all of it."""
    if first and text[sentence[first - 1].start : sentence[first - 1].end].lower() == "für":
        return FUTURE  # "für Mittwoch kündigte er ... an": announced, whatever the tense
    start, stop = _clause_start(text, sentence, first), _clause_stop(text, sentence, last)
    if not any("VerbForm" in (token.feats or "") for token in sentence[start:stop]) and stop < len(sentence):
        # "wenn du im Sommer, nach dem Studium, ins Ausland gehst": what is put in between cuts the clause in two.
        behind = _clause_stop(text, sentence, _clause_stop(text, sentence, stop + 1) + 1)
        if text[sentence[start].start : sentence[start].end].lower() in _words("conditional"):
            found = _of(text, sentence[start:behind])
            return FUTURE if found == UNKNOWN else found
    clause = sentence[start:stop]
    if _names_what_was(text, sentence, first, last) and _is_stative(clause):
        return UNKNOWN
    found = _of(text, clause)
    if not found and text[sentence[start].start : sentence[start].end] in _words("said"):
        return PAST  # ", so der Sprecher am Freitag": the saying is past, whatever is said
    return found or _of(text, sentence)


def _clause_start(text: str, sentence: Sequence[Token], at: int) -> int:
    while at > 0 and text[sentence[at - 1].start] not in _CLAUSE_MARKS:
        at -= 1
    return at


def _clause_stop(text: str, sentence: Sequence[Token], at: int) -> int:
    while at < len(sentence) and text[sentence[at].start] not in _CLAUSE_MARKS:
        at += 1
    return min(at, len(sentence))


def _names_what_was(text: str, sentence: Sequence[Token], first: int, last: int) -> bool:
    """Whether the expression belongs to a noun before it and the verb comes at once: "das Telefonat am Freitag ist"."""
    if first < 2 or last >= len(sentence) or not text[sentence[first - 2].start].isupper():
        return False
    return "VerbForm=Fin" in (sentence[last].feats or "")


def _is_stative(clause: Sequence[Token]) -> bool:
    """Whether its verbs only say how things are, so that they do not tell when the event was that is spoken of."""
    verbs = [token for token in clause if "VerbForm" in (token.feats or "")]
    return bool(verbs) and all(
        "VerbForm=Fin" in (t.feats or "") and "Tense=Pres" in (t.feats or "") and t.lemma in _words("stative")
        for t in verbs
    )


@cache
def _words(which: str) -> frozenset[str]:
    return frozenset(load(WORDS)["tense"][which].split())


def moving() -> frozenset[str]:
    """Words of sentences that tell of announcing, planning and putting off."""
    return _words("moved")


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
        self.participle |= "VerbForm=Part" in feats or (
            token.upos == "VERB" and "VerbForm" not in feats and _PARTICIPLE.fullmatch(word) is not None
        )
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
