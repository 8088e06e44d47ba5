"""Whom the noun phrases of a tree name: mentions, names beside titles, what "und" joins, pronouns, gathering nouns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quellenlage.annotate.events.frames import frames
from quellenlage.annotate.events.tree import Tree
from quellenlage.coreference import References
from quellenlage.model import Document, EntityKind, Mention, PlaceReading, Quotation, Span

NAMING = frozenset({"appos", "flat", "flat:name"})
"""Relations of a name to the noun that it stands beside."""
_PERSONAL = frozenset({"er", "sie", "ihn", "ihm", "ihnen", "dieser", "diese"})
_ONE = frozenset({"er", "sie"})
_GOES_ON = frozenset("danach dann anschließend daraufhin später schließlich".casefold().split())
"""Words with which a sentence goes on with what the one before tells of somebody."""
_NEAR_START = 3
"""Words of a sentence within which its subject follows such a word."""
_WHOSE = frozenset({"dessen", "deren"})
PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
"""Kinds of names that can say where something is."""
SURE = 0.6
"""Probability from which a pronoun is taken for somebody."""
_BESIDE = 4
"""Words after a noun within which a name beside it begins."""
_SET_OFF = 8
"""The same where a comma sets the name off."""
_DEEPEST = 4
"""Steps from a noun to those that it gathers, or that "und" joins to it."""


class Naming:
    """Whom tokens of one document name; `barred` are spans of speakers, who take no part in what they tell."""

    def __init__(self, document: Document, tree: Tree, quotations: Iterable[Quotation]) -> None:
        self._document = document
        self.tree = tree
        self._references: References | None = None
        self._quotations = tuple(quotations)
        self._over: dict[int, list[Mention]] = {}
        for mention in document.mentions:
            for index in tree.within(mention.span):
                self._over.setdefault(index, []).append(mention)
        self.names = {entity.id: entity.name for entity in document.entities}
        self.kinds = {entity.id: entity.kind for entity in document.entities}
        acting = {place.mention or place.entity for place in document.places if place.role == "metonym"}
        self._acting = frozenset(acting)
        states = {place.entity for place in document.places if place.mention is None and _is_state(place)}
        self._states = frozenset(states)

    def mention(self, index: int) -> Mention | None:
        """The mention that a token heads, by itself or by the name that stands beside it."""
        own = self._best(self._over.get(index, ()))
        if own is not None and own.form == "name":
            return own
        beside = [k for k in self.tree.children(index) if self.tree.relation(k) in NAMING and self._near(index, k)]
        if self.tree.tokens[index].upos == "NOUN" and index + 1 < len(self.tree.tokens):
            beside.append(index + 1)  # "Präsident Marek Toldin", whatever the tree says
        named = [m for k in beside for m in self._over.get(k, ()) if m.form == "name" and self._heads(k, m)]
        return self._best(named) or own

    def _near(self, noun: int, name: int) -> bool:
        """Whether a name stands beside a noun, or behind its genitive and a comma ("der Arzt der Klinik, J. Orel")."""
        set_off = self.tree.relation(name) == "appos" and self.tree.low(name - 1) in {",", "dr.", "prof."}
        return noun < name <= noun + (_SET_OFF if set_off else _BESIDE)

    def _heads(self, index: int, mention: Mention) -> bool:
        """Whether a name begins with this token and is none of an adjective or a genitive."""
        token = self.tree.tokens[index]
        return mention.start == token.start and token.upos == "PROPN" and self.tree.relation(index) != "nmod"

    @staticmethod
    def _best(mentions: Iterable[Mention]) -> Mention | None:
        return max(mentions, key=lambda m: (m.form == "name", m.end - m.start, -m.start), default=None)

    def entities(self, index: int, barred: Sequence[Span], depth: int = 0) -> list[str]:
        """Whom a noun phrase names, with those that "und" joins to it; of a gathering noun, who is gathered."""
        found: list[str] = []
        mention = self.mention(index)
        if mention is not None:
            if not any(span.overlaps(mention.span) for span in barred):
                found.append(mention.entity)
        elif self.tree.tokens[index].upos in {"PRON", "DET"}:
            found += self._of_pronoun(index, barred, depth)
        elif depth < _DEEPEST and self.tree.stem_lemma(index) in frames().gathering:
            follow = [k for k in self.tree.children(index) if k > index and self.tree.is_nominal(k)]
            led = [k for k in follow if self.tree.preposition(k) in {"", "von", "aus"}]
            found += self.entities(led[0], barred, depth + 1) if led else []
        for heads in (index, *(k for k in self.tree.children(index) if self.tree.relation(k) in NAMING)):
            for child in self.tree.children(heads):
                joined = self.tree.relation(child) == "conj" and self.tree.is_nominal(child)
                if joined and depth < _DEEPEST and not self.tree.preposition(child):
                    found += self.entities(child, barred, depth + 1)
        if mention is not None and mention.form == "name" and len(found) == 1:
            found += self._joined_by_and(mention, barred)
        return list(dict.fromkeys(found))

    def _joined_by_and(self, mention: Mention, barred: Sequence[Span]) -> list[str]:
        """The name that "und" joins to a name, where the tree has lost it; none that begins a clause."""
        tree = self.tree
        at = tree.at(Span(mention.end, mention.end + 1))
        if at + 1 >= len(tree.tokens) or tree.low(at) not in {"und", "sowie"}:
            return []
        for index in range(at + 1, min(at + 5, len(tree.tokens))):
            if tree.tokens[index].upos in {"VERB", "AUX", "ADP", "PUNCT", "SCONJ"}:
                return []
            named = [m for m in self._over.get(index, ()) if m.form == "name" and m.start == tree.tokens[index].start]
            if named:
                joined = self._best(named)
                if joined is None or joined.kind is not mention.kind:
                    return []
                after = tree.at(Span(joined.end, joined.end + 1))
                clause = after < len(tree.tokens) and "VerbForm=Fin" in tree.feats(after) and self._after_verb(mention)
                free = not clause and not any(span.overlaps(joined.span) for span in barred)
                return [joined.entity] if free else []
        return []

    def _after_verb(self, mention: Mention) -> bool:
        """Whether a finite verb stands before a name in its sentence, so that "und" may begin a new one."""
        sentence = self._document.sentence_at(mention.start)
        start = sentence.start if sentence is not None else mention.start
        return any("VerbForm=Fin" in self.tree.feats(k) for k in self.tree.within_offsets(start, mention.start))

    def _of_pronoun(self, index: int, barred: Sequence[Span], depth: int) -> list[str]:
        if self.tree.is_relative(index):
            antecedent = self.tree.antecedent(index)
            if antecedent is None or depth >= _DEEPEST:
                return []
            if self.tree.low(index) in _WHOSE:
                # "Orvenien, Miren und Dorwa, dessen Hafen ...": the last of them.
                joined = [k for k in self.tree.children(antecedent) if self.tree.relation(k) == "conj" and k < index]
                named = self.mention(max(joined)) if joined else None
                if named is not None:
                    return [] if any(span.overlaps(named.span) for span in barred) else [named.entity]
            return self.entities(antecedent, barred, depth + 1)
        if self.tree.low(index) not in _PERSONAL or self._means_a_thing(index):
            return []
        return self._referred(index)

    def _means_a_thing(self, index: int) -> bool:
        """Whether the subject before a pronoun, in its sentence, agrees with it and is a thing without a name.

        "Ein Konvoi wurde beobachtet, wie er den Ort verließ": the convoy left, and nobody who was named before it.
        """
        tree, own = self.tree, _agreement(self.tree.feats(index))
        sentence = self._document.sentence_at(tree.tokens[index].start)
        if own is None or sentence is None:
            return False
        before = [k for k in tree.within_offsets(sentence.start, tree.tokens[index].start) if _is_subject(tree, k)]
        if not before:
            return False
        last = before[-1]
        nominal = tree.tokens[last].upos == "NOUN" and not self._over.get(last) and self.mention(last) is None
        return nominal and _agreement(tree.feats(last)) == own

    def _referred(self, index: int) -> list[str]:
        span = self.tree.tokens[index].span
        for quotation in self._quotations:
            if quotation.speaker_entities and span in quotation.speaker:
                return list(quotation.speaker_entities)  # who speaks was settled with the quotation
        going_on = self._subject_before(index)
        if going_on is not None:
            return [going_on]
        if self._references is None:
            self._references = References(self._document)
            for quotation in self._quotations:
                self._references.spoken(quotation.quote, quotation.speaker_entities)
        answer = self._references.pronoun(self.tree.tokens[index].span, plural=None)
        sure = answer is not None and answer.entity is not None and answer.probability >= SURE
        return [answer.entity] if answer is not None and answer.entity is not None and sure else []

    def _subject_before(self, index: int) -> str | None:
        """The person who is the subject of the sentence before, where "Danach ordnete er ..." goes on with it."""
        tree = self.tree
        sentence = self._document.sentence_at(tree.tokens[index].start)
        if sentence is None or tree.low(index) not in _ONE or not tree.relation(index).startswith("nsubj"):
            return None
        first = tree.at(Span(sentence.start, sentence.start + 1))
        before = self._document.sentence_at(tree.tokens[first - 1].start) if first else None
        if tree.low(first) not in _GOES_ON or before is None or index - first > _NEAR_START:
            return None
        for k in tree.within(before.span):
            head = tree.head(k)
            if _is_subject(tree, k) and head is not None and tree.relation(head) == "root":
                mention = self.mention(k)
                fits = mention is not None and mention.kind is EntityKind.PER
                female = tree.low(k).endswith("in") or "Gender=Fem" in tree.feats(k)
                noun = tree.tokens[k].upos == "NOUN"
                return (
                    mention.entity if mention and fits and (not noun or female == (tree.low(index) == "sie")) else None
                )
        return None

    def people(self, indices: Iterable[int], barred: Sequence[Span]) -> tuple[str, ...]:
        """Whom several noun phrases name."""
        return tuple(one for index in indices for one in self.entities(index, barred))

    def is_place(self, index: int) -> str | None:
        """The place that a token names, None for a state that acts."""
        mention = self.mention(index)
        if mention is None or mention.kind not in PLACES:
            return None
        return None if mention.id in self._acting or mention.entity in self._acting else mention.entity

    def is_state(self, index: int) -> bool:
        """Whether a token names a state, which can act as well as be where something happens."""
        mention = self.mention(index)
        return mention is not None and mention.entity in self._states


def _is_state(place: PlaceReading) -> bool:
    return place.role == "place" and (place.key or "").startswith("state:")


def _is_subject(tree: Tree, index: int) -> bool:
    return tree.relation(index) in {"nsubj", "nsubj:pass"} and tree.tokens[index].upos in {"NOUN", "PROPN"}


def _agreement(feats: str) -> tuple[str, str] | None:
    """Gender and number of a singular word; None where they are not told."""
    told = dict(part.partition("=")[::2] for part in feats.split("|") if "=" in part)
    if told.get("Number") != "Sing" or "Gender" not in told:
        return None
    return told["Gender"], told["Number"]
