"""Whether a clause tells of the past or of plans: decides which Friday "am Freitag" is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from quellenlage.annotate.timex.lexicon import numbers
from quellenlage.annotate.timex.meaning import FUTURE, PAST, UNKNOWN, tense_words
from quellenlage.model.layers import Token

_CLAUSE_MARKS = frozenset(",;:()–—")
_DASHES = frozenset("–—")
_PARTICIPLE = re.compile(r"(?:\w{2,6})?ge\w+(?:t|en)|\w*(?:be|ent|er|miss|ver|zer)\w+(?:t|en)|\w+iert")
"""Form of a participle: decides where a verb comes without its features."""
_ATTRIBUTE = re.compile(r"\w{2,}(?P<kind>end|t|en)(?:e|en|er|es|em)")
"""Form of a participle before its noun: "erfolgten", "ausgeschiedene", "beginnenden"."""
_PRETERITE = re.compile(r"[a-zäöüß]{3,}te")
_ENDINGS = ("e", "en", "er", "es", "em")
_BEFORE_NOUN = frozenset(("und", "„", '"', "“"))
_REACH, _LONG = 8, 16
"""Words between an expression and its article, and between it and the participle that it belongs to."""
_FUTURE_AUXILIARIES = frozenset(("werden", "sollen", "wollen"))
_PERFECT_AUXILIARIES = frozenset(("haben", "sein"))


def direction(text: str, tokens: Sequence[Token], first: int, last: int) -> int:
    """Return past, future or unknown for the clause around tokens [first, last) of a sentence, else for all of it."""
    return _Sentence(text, tokens).direction(first, last)


def moving() -> frozenset[str]:
    """Words of sentences that tell of announcing, planning and putting off."""
    return tense_words("moved")


@dataclass(frozen=True)
class _Sentence:
    """A sentence, or a stretch of one, whose clauses are asked for their direction."""

    text: str
    tokens: Sequence[Token]

    @cached_property
    def forms(self) -> list[str]:
        """The words as they stand."""
        return [self.text[token.start : token.end] for token in self.tokens]

    def direction(self, first: int, last: int) -> int:
        """Direction of the clause around an expression."""
        attribute = self._attribute(first, last)
        if attribute is not None:
            return attribute
        if self._is_announced(first):
            return FUTURE
        start, stop = self._clause_start(first), self._clause_stop(last)
        opener = self.forms[start].lower()
        if opener in tense_words("told"):
            return PAST  # "nachdem er am Montag": over before the rest begins
        cut = stop < len(self.tokens) and not any(map(self._is_verb, range(start, stop)))
        if cut and opener in tense_words("conditional"):
            # "wenn du im Sommer, nach dem Studium, ins Ausland gehst": what is put in between cuts the clause in two.
            behind = self._clause_stop(self._clause_stop(stop + 1) + 1)
            return self._of(range(start, behind)) or FUTURE
        clause = self._conjunct([*self._without_insertions(start, stop)], first)
        if self._names_what_was(first, last) and self._is_stative(clause):
            return UNKNOWN
        found = self._of([*clause, *self._rest(clause, stop)], opener)
        if self._dates_event(found, clause, start, first):
            return PAST if found != PAST else UNKNOWN
        if not found and self.forms[start] in tense_words("said"):
            return PAST  # ", so der Sprecher am Freitag": the saying is past, whatever is said
        return found or self._of_all(clause, first)

    def _dates_event(self, found: int, clause: Sequence[int], start: int, first: int) -> bool:
        """Whether it dates an event on the other side of what the clause tells.

        Where that is past: "bis zu den Wahlen im November" may be ahead. Where not: "nach der Verhaftung am Montag".
        """
        if found == PAST:
            return self._precedes_event(start, first)
        return not self._signs(clause).future and self._follows_event(start, first)

    def _of_all(self, clause: Sequence[int], first: int) -> int:
        """Direction of the sentence, where the clause shows none."""
        found = self._of(range(len(self.tokens)))
        if found == PAST and self._dates_noun(first) and not any(map(self._is_verb, clause)):
            return UNKNOWN  # "Gegner der Wahl im Juli, hatten ...": that the rest is past says nothing of the election
        return found

    def _is_announced(self, first: int) -> bool:
        """ "Für Mittwoch kündigte er ... an", "auf Mittwoch verlegt": ahead, whatever the tense."""
        before = self.forms[first - 1].lower() if first else ""
        if before != "auf":
            return before == "für"
        words = {form.lower() for form in self.forms}
        return not moving().isdisjoint(words) and tense_words("pluperfect").isdisjoint(words)

    def _clause_start(self, at: int) -> int:
        """Where the clause begins; brackets and what stands between two dashes are passed over."""
        dashes = [i for i in range(at) if self.forms[i] in _DASHES]
        while at > 0:
            before = self.forms[at - 1]
            if before == ")":
                opening = next((i for i in range(at - 2, -1, -1) if self.forms[i] == "("), None)
                if opening is None:
                    return at
                at = opening
            elif before in _DASHES and len(dashes) > 1 and len(dashes) % 2 == 0:
                at = dashes[-2]
                del dashes[-2:]
            elif before[0] in _CLAUSE_MARKS:
                return at
            else:
                at -= 1
        return at

    def _clause_stop(self, at: int) -> int:
        """Where the clause ends, brackets and what stands between two dashes passed over."""
        inside = sum(form in _DASHES for form in self.forms[:at]) % 2
        while at < len(self.tokens):
            form = self.forms[at]
            closing = ")" if form == "(" else form if form in _DASHES and not inside else None
            behind = next((i for i in range(at + 1, len(self.tokens)) if self.forms[i] == closing), None)
            if closing and behind is not None:
                at = behind + 1
            elif form[0] in _CLAUSE_MARKS:
                return at
            else:
                at += 1
        return len(self.tokens)

    def _without_insertions(self, start: int, stop: int) -> Iterator[int]:
        """The words of a stretch but for those in brackets and between dashes."""
        closing = ""
        for i in range(start, stop):
            form = self.forms[i]
            if closing:
                closing = "" if form == closing else closing
            elif form == "(" or (form in _DASHES and form in self.forms[i + 1 : stop]):
                closing = ")" if form == "(" else form
            else:
                yield i

    def _rest(self, clause: Sequence[int], stop: int) -> list[int]:
        """What a clause without its verb's last part finds of it behind commas: "ist ..., darunter ..., abgestürzt"."""
        if not self._signs(clause).awaits_participle:
            return []
        while stop < len(self.tokens) - 1 and self.forms[stop] == ",":
            begin, stop = stop + 1, self._clause_stop(stop + 1)
            part = [*self._without_insertions(begin, stop)]
            finite = any(self._is_finite(i) for i in part)
            if finite and self.forms[begin].lower() not in tense_words("subordinate"):
                return []
            words = [i for i in part if self.forms[i][0].isalpha()]
            if not finite and words and self._is_participle(words[-1]):
                return part
        return []

    def _conjunct(self, clause: list[int], first: int) -> list[int]:
        """Of clauses joined by "und" the one around the expression: each has a finite verb of its own."""
        low, high = 0, len(clause)
        for place, i in enumerate(clause):
            if self.forms[i].lower() not in tense_words("joining"):
                continue
            sides = clause[low:place], clause[place + 1 : high]
            # "hat am Montag Truppen und Panzer verlegt" is one clause, whatever "verlegt" is taken for.
            if not all(any(map(self._is_finite, side)) for side in sides) or self._signs(sides[0]).awaits_participle:
                continue
            if i < first:
                low = place + 1
            else:
                high = place
                break
        return clause[low:high]

    def _attribute(self, first: int, last: int) -> int | None:
        """Direction by the participle before a noun that the expression belongs to: "der am Montag eröffnete Markt"."""
        start = first
        forms = [form.lower() for form in self.forms]
        while start > 0 and first - start < _REACH and forms[start - 1] in tense_words("inside"):
            start -= 1
        if start == first or not start or forms[start - 1] not in tense_words("articles"):
            return None
        if (
            forms[start - 2 : start - 1] == [","]
            or forms[last : last + 1] == []
            or forms[last] in tense_words("articles")
        ):
            return None  # "die Partei, die am Montag"; "das am Montag den erstaunten Gästen"
        for i in range(last, min(last + _LONG, len(forms) - 1)):
            form = forms[i]
            if self.forms[i][0] in _CLAUSE_MARKS:
                return None
            found = _ATTRIBUTE.fullmatch(form) if self.forms[i].islower() else None
            if found and form not in tense_words("no_participle") and self._before_noun(i):
                if found["kind"] != "end" and form not in tense_words("awaited"):
                    return PAST
                over = self._of([*range(start), *range(i + 1, len(forms))]) == PAST
                # "Der für Sonntag geplante Start wurde verschoben": only "war verschoben worden" says that it is over.
                announced = forms[first - 1] == "für" and not tense_words("pluperfect").intersection(forms)
                return UNKNOWN if over and not announced else FUTURE
            if self._is_finite(i):
                return None
        return None

    def _before_noun(self, i: int) -> bool:
        """Whether a noun follows, with adjectives at most in between."""
        for j in range(i + 1, min(i + 5, len(self.forms))):
            form = self.forms[j]
            if form[0].isupper():
                return True
            if not (form.endswith(_ENDINGS) or form in _BEFORE_NOUN or form in numbers() or form.isdecimal()):
                return False
        return False

    def _is_verb(self, i: int) -> bool:
        return "VerbForm" in (self.tokens[i].feats or "")

    def _is_finite(self, i: int) -> bool:
        return "VerbForm=Fin" in (self.tokens[i].feats or "")

    def _bears_auxiliary(self, i: int) -> bool:
        """Whether "verschoben", of one form with the past tense, stands before its auxiliary: "verschoben werden"."""
        return (
            self.forms[i].endswith("en") and i + 1 < len(self.forms) and self.forms[i + 1] in tense_words("auxiliaries")
        )

    def _taken_for_finite(self, places: Sequence[int]) -> set[int]:
        """Attributes of the form of a past tense, where the clause has a finite verb: "der gewählte Rat tritt"."""
        finite = [i for i in places if self._is_finite(i)]
        if len(finite) < 2:
            return set()
        return {i for i in finite if _ATTRIBUTE.fullmatch(self.forms[i]) and self._is_attribute(i)}

    def _is_attribute(self, i: int) -> bool:
        """Whether a noun follows at once and an article with a preposition or adverb behind it leads: "der am"."""
        if i + 1 >= len(self.forms) or not self.forms[i + 1][0].isupper() or self.forms[i - 1][0] in _CLAUSE_MARKS:
            return False
        forms = [form.lower() for form in self.forms[max(0, i - _REACH) : i]]
        articles, inside = tense_words("articles"), tense_words("inside")
        return any(a in articles and b in inside for a, b in pairwise(forms))

    def _may_be_preterite(self, i: int) -> bool:
        """Whether a word that is in no list has the form and the place of one: "das Flugzeug zerschellte am ..."."""
        token, form = self.tokens[i], self.forms[i]
        if token.upos is not None or not 0 < i < len(self.forms) - 1 or not _PRETERITE.fullmatch(form):
            return False
        behind = self.forms[i + 1].lower() in tense_words("inside") | tense_words("articles") | _CLAUSE_MARKS
        return behind and self.forms[i - 1][0].isupper()

    def _is_participle(self, i: int) -> bool:
        feats, form = self.tokens[i].feats or "", self.forms[i]
        return "VerbForm=Part" in feats or (
            not feats and form.islower() and _PARTICIPLE.fullmatch(form) is not None and not form.endswith("igen")
        )

    def _dates_noun(self, first: int) -> bool:
        return self._belongs_to_noun(first) and self.forms[first - 1] in ("am", "im")

    def _belongs_to_noun(self, first: int) -> bool:
        return first >= 2 and self.forms[first - 2][0].isupper()

    def _names_what_was(self, first: int, last: int) -> bool:
        """Whether it belongs to a noun before it and the verb comes at once: "das Telefonat am Freitag ist"."""
        return self._belongs_to_noun(first) and last < len(self.tokens) and self._is_finite(last)

    def _is_stative(self, clause: Sequence[int]) -> bool:
        """Whether its verbs only say how things are, so that they do not tell when the event was."""
        verbs = [self.tokens[i] for i in clause if self._is_verb(i)]
        return bool(verbs) and all(
            "VerbForm=Fin" in (t.feats or "") and "Tense=Pres" in (t.feats or "") and t.lemma in tense_words("stative")
            for t in verbs
        )

    def _noun_phrase(self, start: int, first: int) -> Iterator[str]:
        """Words before an expression, from the nearest on, as long as they can be one phrase that it belongs to."""
        for i in range(first - 2, max(start - 1, first - 2 - _REACH), -1):
            if self._is_verb(i) and not self.forms[i][0].isupper():
                return
            yield self.forms[i]

    def _follows_event(self, start: int, first: int) -> bool:
        """Whether it dates an event that is over: "nach der Bekanntgabe des Falles am Donnerstag"."""
        phrase = [*self._noun_phrase(start, first)]
        at = next((i for i, form in enumerate(phrase) if form.lower() in tense_words("behind")), 0)
        if at < 2 or not phrase[0][0].isupper() or phrase[at - 1].lower() not in tense_words("articles"):
            return False
        nouns = [form.lower() for form in phrase[:at] if form[0].isupper()]
        return any(noun.endswith(("ung", "ungen", *tense_words("happenings"))) for noun in nouns)

    def _precedes_event(self, start: int, first: int) -> bool:
        """Whether it dates an event that was ahead of what the clause tells: "vor den Wahlen im November"."""
        phrase = [*self._noun_phrase(start, first)][:5]
        at = next((i for i, form in enumerate(phrase) if form.lower() in tense_words("before")), 0)
        at = at or next((i - 1 for i, form in enumerate(phrase) if form.lower() == "bis"), 0)
        return at > 0 and phrase[0][0].isupper() and sum(form[0].isupper() for form in phrase[:at]) == 1

    def _signs(self, places: Sequence[int], opener: str = "") -> _Signs:
        signs = _Signs()
        attributes = self._taken_for_finite(places)
        for i in places:
            if i in attributes:
                continue
            signs.see(self.tokens[i], self.forms[i].lower(), self._bears_auxiliary(i))
            signs.preterite |= self._may_be_preterite(i)
        words = [i for i in places if self.forms[i][0].isalpha()]
        if opener in tense_words("subordinate") and words:
            signs.close(self.tokens[words[-1]], self.forms[words[-1]])
        return signs

    def _of(self, places: Sequence[int], opener: str = "") -> int:
        return self._signs(places, opener).direction()


@dataclass(slots=True)
class _Signs:
    """What the verbs of a stretch of text show."""

    participle: bool = False
    preterite: bool = False
    state: bool = False
    past: bool = False
    present: bool = False
    future: bool = False
    perfect: bool = False
    being: bool = False
    should: bool = False
    infinitive: bool = False
    perfect_infinitive: bool = False

    def see(self, token: Token, word: str, before_auxiliary: bool) -> None:
        """Take a token in."""
        feats = token.feats or ""
        if before_auxiliary and "Tense=Past" in feats:
            self.participle = True
            return
        if "VerbForm=Fin" in feats:
            self._see_finite(token.lemma or "", feats)
            return
        self.future |= word in tense_words("planned")
        participle = "VerbForm=Part" in feats or (
            token.upos == "VERB"
            and "VerbForm" not in feats
            and token.lemma != word
            and _PARTICIPLE.fullmatch(word) is not None
        )
        self.state |= participle and word in tense_words("open")
        self.participle |= participle and word not in tense_words("open")
        self.infinitive |= "VerbForm=Inf" in feats
        self.perfect_infinitive |= "VerbForm=Inf" in feats and token.lemma in _PERFECT_AUXILIARIES

    def _see_finite(self, lemma: str, feats: str) -> None:
        if "Tense=Past" in feats:
            self.past |= "Mood=Ind" in feats  # "würde", "sollte" say nothing
        elif lemma in _FUTURE_AUXILIARIES:
            self.future = True
            self.should |= lemma == "sollen"
        elif lemma in _PERFECT_AUXILIARIES:
            self.perfect = True
            self.being |= lemma == "sein"
        else:
            self.present = True

    def close(self, token: Token, form: str) -> None:
        """Take the last word of a subordinate clause for its finite verb, where no other is: "die es geben sollen"."""
        if self.past or self.present or self.perfect or self.future or not form.islower() or token.upos is None:
            return
        feats = token.feats or ""
        if "VerbForm=Inf" in feats or (
            "VerbForm" not in feats and token.upos in ("VERB", "AUX") and not self.participle
        ):
            self._see_finite(token.lemma or "", "")

    @property
    def awaits_participle(self) -> bool:
        """Whether "hat" or "ist" stands there without the participle that it may belong to."""
        return self.perfect and not (self.participle or self.present or self.past or self.future or self.infinitive)

    def direction(self) -> int:
        """Weigh what was seen."""
        participle = self.participle or (
            self.state and not (self.being or self.present)
        )  # "ist am Samstag geöffnet" is no perfect
        present = self.present
        if self.perfect and present and not participle:
            # One clause has one finite verb: beside "hat", "verlegt" and "erhält" of one form are participles.
            participle, present = True, False
        if self.should and participle and self.perfect_infinitive:
            return PAST  # "soll ihn getroffen haben"
        if participle and self.infinitive and not (self.past or self.perfect or self.future):
            return self._of_infinitive()
        if not self.future and (self.past or (self.perfect and participle)):
            return PAST
        if self.future or self.perfect or (present and not participle):
            return FUTURE
        return PAST if participle or self.preterite else UNKNOWN

    def _of_infinitive(self) -> int:
        """ "Im Mai gefehlt zu haben" is past, "kann verschoben werden" ahead; "falls er verschoben werden sollte"?"""
        if self.perfect_infinitive:
            return UNKNOWN if self.present else PAST
        return FUTURE if self.present else UNKNOWN
