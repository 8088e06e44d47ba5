"""Positions told with an object instead of a clause: "lehnt die Mission ab", "der Tod wurde von X bestätigt".

Read from the tree of dependencies: the verb with its particle, who is its subject or agent, what it governs. Where the
tree is not known (without the language models), nothing is found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from quellenlage.annotate.claims.people import SPEAKING, People
from quellenlage.coreference import References
from quellenlage.model.document import Document
from quellenlage.model.layers import Evidentiality, Polarity, Token
from quellenlage.model.spans import Span
from quellenlage.resources import load

TOLD = "de/told_verbs.toml"
SURE = 0.6
"""Probability from which a pronoun is taken for somebody."""
_OBJECTS = ("obj", "nsubj:pass", "iobj", "obl:arg", "obl")
_OPENING = 8
"""Code points within which a mention opens its sentence: an article may stand before it."""
_ANAPHORIC = frozenset({"das", "dies", "es"})
_PLUPERFECT = frozenset({"hatte", "hatten"})
_NAMING = ("appos", "flat", "flat:name")
_WEAK = frozenset({"nicht", "nie", "niemals", "kaum", "weder"})
_PRONOUNS = frozenset({"er", "sie", "dieser", "diese"})


@dataclass(frozen=True, slots=True)
class Told:
    """What a verb needs to tell a position, and what the position then is."""

    evidentiality: Evidentiality
    polarity: Polarity
    needs: str
    barred: frozenset[str]
    alone: bool
    agent: bool


@dataclass(frozen=True, slots=True)
class Position:
    """A verb that tells a position: its words, who takes it (empty: people in general)."""

    cue: Span
    told: Told
    speaker: tuple[str, Span] | None
    lemma: str


@cache
def told_verbs() -> dict[str, Told]:
    """The packaged table, by lemma with its particle."""
    table: dict[str, Told] = {}
    for group in load(TOLD)["group"]:
        told = Told(
            Evidentiality(group["evidentiality"]),
            Polarity(group["polarity"]),
            group["needs"],
            frozenset(group.get("barred", ())),
            group.get("alone", False),
            group.get("agent", True),
        )
        table |= dict.fromkeys(group["verbs"], told)
    return table


class Positions:
    """Finds the positions of a document's sentences."""

    def __init__(self, document: Document, people: People) -> None:
        self._document = document
        self._people = people
        self._references: References | None = None
        self._starts = [token.start for token in document.tokens]
        self._children: dict[int, list[int]] = {}
        for index, token in enumerate(document.tokens):
            if token.head is not None and token.head != index:
                self._children.setdefault(token.head, []).append(index)

    def within(self, clause: Span) -> Iterator[Position]:
        """Positions whose verb stands in a clause, in order."""
        tokens = self._document.tokens
        for index in range(bisect_left(self._starts, clause.start), bisect_left(self._starts, clause.end)):
            if tokens[index].upos == "VERB":
                found = self._at(index, tokens)
                if found is not None:
                    yield found

    def _at(self, index: int, tokens: Sequence[Token]) -> Position | None:
        children = self._children.get(index, [])
        by_relation: dict[str, list[int]] = {}
        for child in children:
            by_relation.setdefault(tokens[child].deprel or "", []).append(child)
        particle = next(iter(by_relation.get("compound:prt", ())), None)
        lemma = (tokens[index].lemma or "").lower()
        if particle is not None and not lemma.startswith(self._low(tokens[particle])):
            lemma = self._low(tokens[particle]) + lemma
        told = told_verbs().get(lemma)
        if told is None or not self._stated(index, children, tokens) or "ccomp" in by_relation:
            return None
        if any(self._low(tokens[child]) == "sich" for child in children):
            return None
        passive = "aux:pass" in by_relation
        if not self._governs(told, by_relation, tokens, passive or particle is not None):
            return None
        cue = Span(tokens[index].start, tokens[index].end)
        if passive:
            agents = by_relation.get("obl:agent", []) or [k for k in by_relation.get("obl", ()) if self._by(k, tokens)]
            speaker = self._speaker(agents[0], tokens) if agents else None
            if speaker is None and (agents or not told.alone):
                return None
            return Position(cue, told, speaker, lemma)
        subjects = by_relation.get("nsubj", [])
        subjects = subjects or self._beside(index, tokens)
        speaker = self._speaker(subjects[0], tokens) if subjects and told.agent else None
        return Position(cue, told, speaker, lemma) if speaker is not None else None

    def subject_of(self, cue: Sequence[Span]) -> tuple[str, Span] | None:
        """Who is the subject of the verb that some words of a cue are, by the tree; None for pronouns and things."""
        tokens = self._document.tokens
        for part in cue:
            index = bisect_left(self._starts, part.start)
            while index < len(tokens) and tokens[index].start < part.end:
                for child in self._children.get(index, ()):
                    if tokens[child].deprel == "nsubj" and tokens[child].upos != "PRON":
                        found = self._speaker(child, tokens)
                        if found is not None:
                            return found
                index += 1
        return None

    def _beside(self, index: int, tokens: Sequence[Token]) -> list[int]:
        """The subject where the tree has none: a pronoun right behind the verb, or the words that open the sentence."""
        if index + 1 < len(tokens) and self._low(tokens[index + 1]) in _PRONOUNS:
            return [index + 1]
        sentence = self._document.sentence_at(tokens[index].start)
        first = next((m for m in self._people.within(sentence.start, tokens[index].start)), None) if sentence else None
        if sentence is None or first is None or first.start - sentence.start > _OPENING:
            return []
        return [bisect_left(self._starts, first.start)]

    def _low(self, token: Token) -> str:
        return self._document.text[token.start : token.end].lower()

    def _stated(self, index: int, children: Sequence[int], tokens: Sequence[Token]) -> bool:
        """Whether the verb is told as a fact: finite or with an auxiliary, in the indicative, not negated, no modal."""
        if any(self._low(tokens[child]) in _WEAK for child in children):
            return False
        finite = [index, *(c for c in children if tokens[c].deprel in ("aux", "aux:pass"))]
        feats = [tokens[k].feats or "" for k in finite]
        if any("VerbType=Mod" in feat or "Mood=Sub" in feat for feat in feats):
            return False
        lemmas = {(tokens[k].lemma or "").lower() for k in finite[1:]}
        if any(self._low(tokens[k]) in _PLUPERFECT for k in finite[1:]):
            return False  # "hatte den Termin bestätigt": background, not what is told now
        return any("VerbForm=Fin" in feat for feat in feats) and lemmas <= {"haben", "sein", "werden"}

    def _governs(
        self, told: Told, by_relation: Mapping[str, Sequence[int]], tokens: Sequence[Token], passive: bool
    ) -> bool:
        governed = [child for relation in _OBJECTS for child in by_relation.get(relation, ())]
        cases = {
            self._low(tokens[k]) for child in governed for k in self._children.get(child, ()) if _is_case(tokens[k])
        }
        cases |= {self._low(tokens[k]) for group in by_relation.values() for k in group if _is_case(tokens[k])}
        marked = {
            self._low(tokens[k])
            for group in by_relation.values()
            for child in group
            for k in self._children.get(child, ())
        }
        if told.barred & cases:
            return False
        if told.needs == "obj":
            if any(self._low(tokens[k]) in _ANAPHORIC for group in by_relation.values() for k in group):
                return False  # "lehnte das ab": what, is told elsewhere
            nouns = [k for group in by_relation.values() for k in group if tokens[k].upos in ("NOUN", "PROPN")]
            return passive or "obj" in by_relation or any("Case=Acc" in (tokens[k].feats or "") for k in nouns)
        if told.needs == "für" and any(
            self._judges(child, tokens) for group in by_relation.values() for child in group
        ):
            return False
        return not told.needs or told.needs in cases | marked

    def _by(self, index: int, tokens: Sequence[Token]) -> bool:
        return any(self._low(tokens[k]) in ("von", "vom", "durch") for k in self._children.get(index, ()))

    def _judges(self, index: int, tokens: Sequence[Token]) -> bool:
        """ "hält den Plan für falsch": an opinion of a thing, not what is held to be so."""
        led = any(self._low(tokens[k]) == "für" for k in self._children.get(index, ()))
        return led and tokens[index].upos in ("ADJ", "ADV")

    def _speaker(self, index: int, tokens: Sequence[Token]) -> tuple[str, Span] | None:
        """Whom the subject means: the mention over its head or its apposition, or the one a pronoun stands for."""
        head = tokens[index]
        heads = [head, *(tokens[k] for k in self._children.get(index, ()) if tokens[k].deprel in _NAMING)]
        named = [m for token in heads for m in self._people.over(token.start, token.end) if m.kind in SPEAKING]
        named = [m for m in named if not self._people.silent(m.entity)]
        if named:
            best = max(named, key=lambda m: (m.form == "name", -m.start))
            return best.entity, best.span
        if self._low(head) in _PRONOUNS:
            self._references = self._references or References(self._document)
            answer = self._references.pronoun(head.span, plural=None)
            if answer is not None and answer.entity is not None and answer.probability >= SURE:
                return answer.entity, head.span
        return None


def _is_case(token: Token) -> bool:
    return token.deprel in ("case", "mark", "cc")
