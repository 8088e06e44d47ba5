"""The tree of dependencies of a document, as the rules ask for it: children, cases, verbs, antecedents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from quellenlage.annotate.events.numbers import INDEFINITE
from quellenlage.annotate.events.words import PREPOSITIONS, RELATIVE
from quellenlage.model import Document, Span, Token

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X"})
_BARE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:arg", "obl:agent", "nmod", "dep"})
_CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "xcomp", "conj", "parataxis", "root", "csubj"})
_PASSIVE_PAST = frozenset({"wurde", "wurden"})
_PERFECT = frozenset({"haben", "sein"})
_INSEPARABLE = ("be", "ent", "er", "ge", "miss", "über", "unter", "ver", "wider", "zer")
"""Prefixes of verbs whose participle has no "ge"."""
_DEEPEST = 60
"""Steps after which a walk up the tree ends, whatever the tree says."""


class Tree:
    """Children and heads of the tokens; all indices are those of the document's tokens."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self.tokens: Sequence[Token] = document.tokens
        self._starts = [token.start for token in document.tokens]
        self._children: dict[int, list[int]] = {}
        for index, token in enumerate(document.tokens):
            if token.head is not None and token.head != index:
                self._children.setdefault(token.head, []).append(index)

    @property
    def known(self) -> bool:
        """Whether the document has trees at all."""
        return bool(self._children)

    def at(self, span: Span) -> int:
        """Index of the token that begins where the span does."""
        return bisect_left(self._starts, span.start)

    def within(self, span: Span) -> range:
        """Indices of the tokens that begin inside a span."""
        return range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end))

    def within_offsets(self, start: int, end: int) -> range:
        """Indices of the tokens that begin between two offsets."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def form(self, index: int) -> str:
        """The word as written."""
        return self.tokens[index].span.of(self._text)

    def low(self, index: int) -> str:
        """The word in folded case."""
        return self.form(index).casefold()

    def lemma(self, index: int) -> str:
        """Lemma in folded case, the form where none is known; of a verb with its separated particle."""
        lemma = (self.tokens[index].lemma or self.form(index)).casefold()
        particle = next((self.low(k) for k in self.children(index) if self.relation(k) == "compound:prt"), "")
        return lemma if lemma.startswith(particle) else particle + lemma

    def stem_lemma(self, index: int) -> str:
        """Lemma in folded case without a separated particle."""
        return (self.tokens[index].lemma or self.form(index)).casefold()

    def children(self, index: int) -> Sequence[int]:
        """Tokens that depend on a token, in order."""
        return self._children.get(index, ())

    def relation(self, index: int) -> str:
        """Relation to the head, "" where the tree is not known."""
        return self.tokens[index].deprel or ""

    def head(self, index: int) -> int | None:
        """Index of the head, None for a root."""
        head = self.tokens[index].head
        return None if head is None or head == index else head

    def is_verb(self, index: int) -> bool:
        """Whether the token is a full verb, or a participle that the tree makes a clause's head."""
        token = self.tokens[index]
        return token.upos == "VERB" or (token.upos == "ADJ" and token.deprel in _CLAUSES)

    def is_nominal(self, index: int) -> bool:
        """Whether the token is a noun, a name, a pronoun or a number."""
        return self.tokens[index].upos in _NOMINAL

    def feats(self, index: int) -> str:
        """Features in the notation of Universal Dependencies."""
        return self.tokens[index].feats or ""

    def preposition(self, index: int) -> str:
        """Plain form of the preposition before a noun, "" for none.

        Of several that the tree hangs on one noun the nearest is its own; the others belong to nouns before it
        ("sprachen in Dorwa über Miren", where the tree leaves Dorwa without any).
        """
        own = self._cases(index)
        case = max(own) if own else self._lost_case(index)
        if case is None or (self.low(case) == "von" and case > 0 and self.low(case - 1) in INDEFINITE):
            return ""  # "Hunderte von Menschen"
        if self._counts(case, index):
            rest = [k for k in own if k < case - 1]
            return PREPOSITIONS.get(self.low(rest[-1]), self.low(rest[-1])) if rest else ""
        return PREPOSITIONS.get(self.low(case), self.low(case))

    def _counts(self, case: int, noun: int) -> bool:
        """Whether what looks like a preposition belongs to a number: "über 100 Menschen", "bis zu 50 Verletzte"."""
        word = "bis zu" if self.low(case) == "zu" and case > 0 and self.low(case - 1) == "bis" else self.low(case)
        return word in {"über", "bis zu"} and case + 1 < noun and self.tokens[case + 1].upos == "NUM"

    def _cases(self, index: int) -> list[int]:
        return [k for k in self.children(index) if self.relation(k) == "case" and k < index]

    def _lost_case(self, index: int) -> int | None:
        """The preposition before a noun that the tree hangs on a later noun, which has one of its own."""
        if not self.is_nominal(index):
            return None
        before = index - 1
        while before >= 0 and self.tokens[before].upos in {"DET", "ADJ"} and self.head(before) == index:
            before -= 1
        if before < 0 or self.relation(before) != "case":
            return None
        head = self.head(before)
        if head is None or head <= index or "," in (self.form(k) for k in range(index, head)):
            return None
        return before if len(self._cases(head)) > 1 else None

    def determiner(self, index: int) -> str:
        """Article or pronoun before a noun in folded case, "" for none."""
        found = (self.low(k) for k in self.children(index) if self.relation(k).startswith("det") and k < index)
        return next(found, "")

    def bare(self, verb: int) -> list[int]:
        """Nominal dependents of a verb without a preposition, in order."""
        return [
            k
            for k in self.children(verb)
            if self.relation(k) in _BARE and self.is_nominal(k) and not self.preposition(k) and self.low(k) != "sich"
        ]

    def led(self, index: int) -> list[tuple[int, str]]:
        """Nominal dependents with their prepositions, in order, the doubtful ones last.

        No noun has a phrase before its own preposition, so that one which the tree hangs there stands beside it: "in
        Dorwa über den Hafen beraten".
        """
        found = [k for k in self.children(index) if self.is_nominal(k)]
        for child in self.children(index):
            case = min(self._cases(child), default=None)
            if case is not None:
                found += [k for k in self.children(child) if k < case and self.is_nominal(k)]
        return [(k, preposition) for k in found if (preposition := self.preposition(k))]

    def governing_verb(self, index: int) -> int | None:
        """The verb above a token."""
        for step in self.above(index):
            if self.is_verb(step):
                return step
        return None

    def above(self, index: int) -> Iterator[int]:
        """Heads of a token from the nearest on."""
        for _ in range(_DEEPEST):
            head = self.head(index)
            if head is None:
                return
            yield head
            index = head

    def below(self, index: int) -> set[int]:
        """A token with all that depends on it."""
        found, waiting = {index}, [index]
        while waiting:
            for child in self.children(waiting.pop()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return found

    def passive(self, verb: int) -> bool:
        """Whether a verb has the auxiliary of the passive, also by its first conjunct ("wurde besucht und gefilmt")."""
        auxiliaries = [k for k in self.children(verb) if self.relation(k).startswith("aux")]
        if any(self.low(k) in _PASSIVE_PAST for k in auxiliaries):
            return True  # no infinitive stands with it, whatever the tagger makes of "entlassen"
        if any(self.low(k) == "sein" for k in auxiliaries) and not any(self.low(k) == "worden" for k in auxiliaries):
            return False  # "wird am Montag gereist sein"
        if any(self.stem_lemma(k) == "werden" or self.low(k) == "worden" for k in auxiliaries):
            return "VerbForm=Inf" not in self.feats(verb) and self._participle(verb)
        if not auxiliaries and any(self.relation(k) == "nsubj:pass" for k in self.children(verb)):
            return "VerbForm=Part" in self.feats(verb)  # "Minister wegen Betrugs verurteilt"
        head = self.head(verb)
        if self._participle(verb) and not any(self.stem_lemma(k) in _PERFECT for k in auxiliaries):
            # "konnte gefasst und verhaftet werden"
            joined = (k for k in self.children(verb) if self.relation(k) == "conj" and self.is_verb(k) and k > verb)
            if any(self.relation(a).startswith("aux:pass") for k in joined for a in self.children(k)):
                return True
        if not auxiliaries and self.relation(verb) == "conj" and head is not None and self.is_verb(head):
            return self._participle(verb) and self.passive(head)
        return False

    def headline_participle(self, verb: int) -> bool:
        """Whether a participle stands without any auxiliary, as in a headline ("Minister gefeuert").

        With "ge" the form alone tells, whatever the tagger makes of it. Without it the form may be finite, which
        stands second in its sentence: what stands last, behind a further phrase, is none ("Minister wegen Betrugs
        verurteilt"), nor is a plural with a subject in the singular ("Minister entlassen").
        """
        if any(self.relation(k).startswith(("aux", "cop")) for k in self.children(verb)):
            return False
        low, lemma = self.low(verb), self.stem_lemma(verb)
        at = low.find("ge")
        if at >= 0 and low[:at] == lemma[:at] and not lemma.startswith("ge", at) and low.endswith(("t", "en")):
            return True
        if not low.startswith(_INSEPARABLE) or not self._ends_line(verb):
            return False
        before = [k for k in self.children(verb) if k < verb]
        singular = any(self.relation(k) == "nsubj" and "Number=Sing" in self.feats(k) for k in before)
        further = any(self.relation(k) == "case" for k in self._line_before(verb))
        return (further and low.endswith(("t", "en"))) or (singular and low.endswith("en"))

    def _ends_line(self, index: int) -> bool:
        """Whether a token is the last word of its sentence or line."""
        if index + 1 >= len(self.tokens) or "\n" in self._text[self.tokens[index].end : self.tokens[index + 1].start]:
            return True
        return self.form(index + 1) in {".", "!", ":", "–", "-"}

    def _line_before(self, index: int) -> range:
        """Indices of the tokens of the same line before one."""
        return range(bisect_left(self._starts, self._text.rfind("\n", 0, self.tokens[index].start) + 1), index)

    def _participle(self, verb: int) -> bool:
        if "VerbForm=Part" in self.feats(verb):
            return True
        return self.low(verb).endswith(("t", "en")) and self.low(verb) != self.lemma(verb)

    def is_relative(self, index: int) -> bool:
        """Whether a token is a relative pronoun: right after a comma, or after a comma and a preposition."""
        if self.tokens[index].upos not in {"PRON", "DET"} or self.low(index) not in RELATIVE:
            return False
        before = index - 1
        if before >= 0 and self.low(before) in PREPOSITIONS:
            before -= 1
        return before >= 0 and self.form(before) == ","

    def antecedent(self, pronoun: int) -> int | None:
        """The noun that a relative clause is on: the head of its verb, else the last noun before the comma.

        Right before the comma stands that noun, or one that depends on it ("der Chef der Partei, der ..."); a head that
        has nothing to do with what stands there is an error of the tree.
        """
        comma = pronoun - 2 if self.low(pronoun - 1) in PREPOSITIONS else pronoun - 1
        beside = comma - 1
        named = beside >= 0 and self.tokens[beside].upos in {"NOUN", "PROPN"}
        for step in self.above(pronoun):
            head = self.head(step)
            if self.relation(step).startswith("acl") and head is not None and head < pronoun:
                return beside if named and beside not in self.below(head) else head
        for index in range(pronoun - 1, max(-1, pronoun - 9), -1):
            if self.tokens[index].upos in {"NOUN", "PROPN"}:
                return index
        return None

    def finite(self, verb: int) -> int | None:
        """The finite verb of a clause: the verb itself or its auxiliary."""
        if "VerbForm=Fin" in self.feats(verb):
            return verb
        auxiliaries = (k for k in self.children(verb) if self.relation(k).startswith(("aux", "cop")))
        return next((k for k in auxiliaries if "VerbForm=Fin" in self.feats(k)), None)
