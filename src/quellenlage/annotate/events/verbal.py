"""Who acts and who undergoes what a verb tells: its objects and agents, and whose the thing is that it is done to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.annotate.events.frames import frames
from quellenlage.annotate.events.lexicon import Pattern
from quellenlage.annotate.events.subjects import Subjects
from quellenlage.annotate.events.triggers import Trigger, particle_of
from quellenlage.model import Span

POSSESSIVE = ("sein", "ihr")
_TOGETHER = frozenset({"zusammen", "gemeinsam"})


@dataclass(frozen=True, slots=True)
class Told:
    """Entities by role; a role is open where the sentence has no word for it that the tree shows."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    actors_open: bool = False
    recipients_open: bool = False


class VerbRoles(Subjects):
    """Reads the participants of verbs in one document."""

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
        particle = particle_of(trigger.clause, trigger.word)  # "forderte sie auf": whom one demands something of
        wanted_things = trigger.word.lemma in frames().demanding and particle is None
        hit = () if wanted_things else self._undergone(trigger, frame.objects, barred)
        found = (*hit, *self.people(targets, barred))
        open_object = not frame.objects and not targets
        # "erklärte sich bereit, Truppen zu entsenden": who says so acts, though else speakers take no part.
        own = () if frame.inherited and self._infinitive(at) else barred
        acting = (*self.people(frame.subject, own), *self.people(self._beside_subject(at), barred))
        return Told(acting, found, not frame.subject, open_object)

    def _beside_subject(self, verb: int) -> list[int]:
        """Who acts with the subject: "zusammen mit X", "gemeinsam mit X"."""
        tree = self.tree
        found = []
        for index, preposition in tree.led(verb):
            start = min(tree.below(index))
            words = {tree.low(k) for k in (start - 1, start) if k >= 0}
            if preposition == "mit" and words & _TOGETHER:
                found.append(index)
        return found

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
        passed_on = trigger.reading.event_type in frames().passed_on
        for index in objects:
            named = self.entities(index, barred)
            if not named and passed_on:
                named = self._owners(index, barred)
            found += named
            if passed_on:
                # "lehnt die Mission und den Plan des Bundes ab"
                things = (
                    k for k in self.tree.children(index) if self.tree.relation(k) == "conj" and self.mention(k) is None
                )
                found += [one for thing in things for one in self._owners(thing, barred)]
        return tuple(found)

    def _owners(self, thing: int, barred: Sequence[Span]) -> list[str]:
        tree = self.tree
        parting = tree.stem_lemma(thing) in frames().parting
        found: list[str] = []
        for child in tree.children(thing):
            if tree.low(child).startswith(POSSESSIVE) and tree.relation(child).startswith("det"):
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
