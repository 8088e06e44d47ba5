"""Who acts and who undergoes, read from the tree: objects and agents of verbs, genitives and prepositions of nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.annotate.events.factuality import RULING_OUT
from quellenlage.annotate.events.frames import frames
from quellenlage.annotate.events.lexicon import Pattern
from quellenlage.annotate.events.naming import NAMING
from quellenlage.annotate.events.subjects import Subjects
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.model import Span

_DATIVE = frozenset("dem einem keinem seinem ihrem diesem jedem meinem unserem".split())
_PARTNERS = frozenset({"mit", "zwischen"})
_POSSESSIVE = ("sein", "ihr")
_SPOKEN_OF = frozenset({"von", "über", "vor", "wegen", "nach"})


@dataclass(frozen=True, slots=True)
class Told:
    """Entities by role; a role is open where the sentence has no word for it that the tree shows."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    actors_open: bool = False
    recipients_open: bool = False


class Roles(Subjects):
    """Reads the participants of triggers in one document."""

    def token(self, trigger: Trigger) -> int:
        """The token that carries the trigger's dependents: the verb of "macht ... verantwortlich"."""
        at = self.tree.at(trigger.word.token.span)
        head = self.tree.head(at)
        beside = head is not None and self.tree.is_verb(head) and self.tree.tokens[at].upos in {"ADJ", "ADV"}
        return head if beside and head is not None and not trigger.noun and not trigger.word.is_verb else at

    def of_verb(self, trigger: Trigger, at: int, barred: Sequence[Span]) -> Told:
        """Actors and recipients of a verb."""
        tree = self.tree
        noun = self._attributive(at)
        if noun is not None:
            return self._of_participle(trigger, at, noun, barred)
        frame = self.frame(at)
        wanted = frames().recipients(trigger.reading.event_type, trigger.word.lemma)
        targets = [k for k, preposition in tree.led(at) if preposition in wanted]
        for thing in frame.objects:
            if self.mention(thing) is None:  # "übergab den Schlüssel an X"
                targets += [k for k, preposition in tree.led(thing) if preposition in wanted]
        passive = tree.passive(at) or self._passive_headline(trigger, at)
        subject = frame.subject or frame.objects[:1]
        if trigger.reading.pattern is Pattern.UNDERGOES:
            return Told((), self.people(subject, barred), False, not subject)
        if passive:
            undergone = (*frame.subject, *frame.objects)
            found = self._undergone(trigger, undergone, barred)
            agents = [k for k in frame.agents if not self._attached_before(k)]
            return Told(self.people(agents, barred), found, not agents and not undergone, not undergone)
        if trigger.reading.pattern is Pattern.SUBJECT_ONLY:
            return Told(self.people(subject, barred), self.people(targets, barred), not subject, False)
        found = (*self._undergone(trigger, frame.objects, barred), *self.people(targets, barred))
        open_object = not frame.objects and not targets
        return Told(self.people(frame.subject, barred), found, not frame.subject, open_object)

    def _passive_headline(self, trigger: Trigger, at: int) -> bool:
        """Whether a headline tells with a bare participle what befell its one noun phrase: "Minister gefeuert"."""
        tree = self.tree
        kind = trigger.reading.event_type in frames().befalling and trigger.reading.pattern is Pattern.SUBJECT_ACTS
        return kind and tree.relation(at) == "root" and tree.headline_participle(at) and len(tree.bare(at)) == 1

    def _attached_before(self, index: int) -> bool:
        """Whether a phrase with "von" follows a noun directly, so that it is that noun's ("die Provinz von X")."""
        start = min(self.tree.below(index))
        return (
            start > 0
            and self.tree.tokens[start - 1].upos == "NOUN"
            and self.tree.relation(start - 1)
            in {
                "nsubj:pass",
                "nmod",
            }
        )

    def _undergone(self, trigger: Trigger, objects: Sequence[int], barred: Sequence[Span]) -> tuple[str, ...]:
        """Those that objects name; of a thing that nobody names, whose it is."""
        found: list[str] = []
        for index in objects:
            named = self.entities(index, barred)
            if not named and trigger.reading.event_type in frames().passed_on:
                named = self._owners(index, barred)
            found += named
        return tuple(found)

    def _owners(self, thing: int, barred: Sequence[Span]) -> list[str]:
        tree = self.tree
        parting = tree.stem_lemma(thing) in frames().parting
        found: list[str] = []
        for child in tree.children(thing):
            if tree.low(child).startswith(_POSSESSIVE) and tree.relation(child).startswith("det"):
                found += self._referred(child)
            if tree.relation(child) == "nmod" and tree.is_nominal(child):
                preposition = tree.preposition(child)
                if preposition == "" or (preposition == "von" and not parting):
                    found += self.entities(child, barred)
        return found

    def _attributive(self, at: int) -> int | None:
        """The noun that a participle stands before ("der gestürzte X")."""
        tree = self.tree
        head = tree.head(at)
        before = head is not None and head > at and tree.is_nominal(head) and tree.relation(at) in {"amod", "acl"}
        return head if before else None

    def _of_participle(self, trigger: Trigger, at: int, noun: int, barred: Sequence[Span]) -> Told:
        """ "der von Rebellen gestürzte X": the noun undergoes it, who stands with "von" acts."""
        tree = self.tree
        agents = [k for k, preposition in tree.led(at) if preposition in {"von", "durch"}]
        own = tuple(self.entities(noun, barred))
        if tree.low(at).rstrip("enrsm").endswith("nd") or trigger.reading.pattern is Pattern.SUBJECT_ONLY:
            return Told(own, ())
        return Told(self.people(agents, barred), own)

    def partners(
        self, trigger: Trigger, at: int, barred: Sequence[Span], *, noun: bool | None = None
    ) -> tuple[str, ...]:
        """Who stands with "mit" or "zwischen" beside a verb or noun that tells what is done together."""
        of_noun = trigger.noun if noun is None else noun
        led = self.beside(at) if of_noun else self.tree.led(at)
        wanted = _PARTNERS | {"bei"} if of_noun else _PARTNERS
        found = [k for k, preposition in led if preposition in wanted]
        return self.people([k for k in found if self.tree.preposition(k) != "bei" or self.is_place(k) is None], barred)

    def of_noun(self, trigger: Trigger, at: int, barred: Sequence[Span]) -> Told:
        """Actors and recipients of a noun: genitive, prepositions, and the subject of a verb that carries it."""
        tree = self.tree
        light = self.carrier(at)
        beside = self.beside(at)
        owners = self._possessors(at)
        agents = [k for k, preposition in beside if preposition == "durch"]
        wanted = frames().recipients(trigger.reading.event_type, trigger.word.lemma)
        targets = [k for k, preposition in beside if preposition in wanted]
        owned = self.people(owners, barred)
        for child in tree.children(at):
            if not owned and tree.relation(child).startswith("det") and tree.low(child).startswith(_POSSESSIVE):
                owned = self._possessor(child, at, barred)
        acted = self.people(agents, barred)
        undergone = self._undergone(trigger, targets, barred)
        carried: tuple[str, ...] = ()
        subject: Sequence[int] = ()
        if light is not None:
            frame = self.frame(light)
            subject = frame.agents if tree.passive(light) else [k for k in frame.subject if k != at]
            carried = self.people(subject, barred)
            datives = [k for k in frame.objects if k != at and tree.determiner(k) in _DATIVE]
            led = [k for k, preposition in tree.led(light) if preposition in wanted and k not in (at, *targets)]
            undergone += self.people([*datives, *led], barred)
        if trigger.reading.pattern is Pattern.GENITIVE_UNDERGOES:
            return Told(
                (*acted, *carried), (*owned, *undergone), not agents and not subject, not owners and not targets
            )
        if agents and owners and trigger.reading.event_type in frames().passed_on:
            return Told(acted, (*owned, *undergone))  # "der Beschuss der Stadt durch die Armee"
        acting = (*owned, *acted) or carried
        return Told(acting, undergone, not owners and not agents and not subject, not targets)

    def _possessor(self, determiner: int, at: int, barred: Sequence[Span]) -> tuple[str, ...]:
        """Whom "sein" and "ihr" mean: the subject of the clause as a rule, else whom the article told of before."""
        verb = self.tree.governing_verb(at)
        subject = self.frame(verb).subject if verb is not None else ()
        if subject and subject[0] < at and at not in {k for one in subject for k in self.tree.below(one)}:
            return self.people(subject, barred)
        return tuple(self._referred(determiner))

    def named_with(self, noun: int, preposition: str) -> str | None:
        """The entity that stands with a preposition beside a noun."""
        for index, own in self.beside(noun):
            mention = self.mention(index)
            if own == preposition and mention is not None:
                return mention.entity
        return None

    def carrier(self, at: int) -> int | None:
        """The verb that a noun needs to be told ("verüben"), where it is its object or subject of the passive."""
        tree = self.tree
        head = tree.head(at)
        if head is None or not tree.is_verb(head):
            return None
        lemmas = {tree.lemma(head), tree.stem_lemma(head)}
        if tree.lemma(head) in RULING_OUT:
            return None  # "schließt einen Anschlag aus": who says so has no part in it
        spoken_of = tree.preposition(at) in _SPOKEN_OF  # "spricht von 17 Toten": who speaks has no part in it
        return head if lemmas & frames().light and tree.relation(at) != "nsubj" and not spoken_of else None

    def _possessors(self, at: int) -> list[int]:
        """Genitives and "von"; a name that the tree makes an apposition, where it carries the genitive's -s."""
        tree = self.tree
        found = []
        for child in tree.children(at):
            if not tree.is_nominal(child):
                continue
            preposition = tree.preposition(child)
            relation = tree.relation(child)
            genitive = relation in {"nmod", "nmod:poss"} and not preposition and self._adjacent(child, at)
            named = relation in NAMING and self._genitive_name(child)
            if genitive or named or (preposition == "von" and relation in {"nmod", "obl"}):
                found.append(child)
        return found

    def _adjacent(self, owner: int, at: int) -> bool:
        """Whether a genitive follows its noun, or stands right before it in the place of an article ("Xs Sturz")."""
        if owner > at:
            return True
        between = self.tree.tokens[owner + 1 : at]
        return not self.tree.determiner(at) and all(token.upos in {"ADJ", "PROPN", "NUM"} for token in between)

    def _genitive_name(self, index: int) -> bool:
        last = max(
            (index, *(k for k in self.tree.children(index) if self.tree.relation(k).startswith("flat"))), default=index
        )
        return self.tree.form(last).endswith(("s", "’", "'"))

    def beside(self, at: int) -> list[tuple[int, str]]:
        """Prepositional phrases of a noun: its own, those of its genitive, and what follows it without a gap."""
        tree = self.tree
        found = [(k, p) for k, p in tree.led(at) if k > at]
        for child in tree.children(at):
            if child > at and tree.relation(child) in {"nmod", "appos"} and tree.preposition(child) in {"", "von"}:
                found += [(k, p) for k, p in tree.led(child) if k > child]
        verb = tree.head(at)
        if verb is not None and tree.is_verb(verb):
            end = max(tree.below(at))
            for child, preposition in tree.led(verb):
                phrase = tree.below(child)
                if min(phrase) == end + 1 and at < child:
                    found.append((child, preposition))
                    end = max(phrase)
        return found
