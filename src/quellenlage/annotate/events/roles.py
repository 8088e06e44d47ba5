"""Who acts and who undergoes what a noun tells: its genitives and prepositions, and the verb that carries it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quellenlage.annotate.events.frames import frames
from quellenlage.annotate.events.lexicon import Pattern, lexicon
from quellenlage.annotate.events.naming import NAMING
from quellenlage.annotate.events.negation import RULING_OUT
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.verbal import POSSESSIVE, Told, VerbRoles
from quellenlage.model import EntityKind, Span

_DATIVE = frozenset("dem einem keinem seinem ihrem diesem jedem meinem unserem".split())
_PARTNERS = frozenset({"mit", "zwischen"})
_SPOKEN_OF = frozenset({"von", "über", "vor", "wegen", "nach", "bei", "während", "seit", "trotz"})
_TELLING = frozenset({"sagen", "sprechen"})
"""Verbs that carry a noun as their object only: "sagte zu den Überschwemmungen" carries none."""
_OCCASION = frozenset({"nach", "bei", "während", "vor", "in"})
"""Prepositions of a noun that tells what the subject of its clause took part in ("sagte nach dem Treffen mit X")."""
_BY_HARM = frozenset({"bei", "durch", "nach", "infolge"})
_DYING = "DEATH"
_HARMED = frozenset({"DEATH", "ASSAULT", "OTHER"})
"""Types of verbs that tell who was killed or hurt."""
_ACTING = frozenset({EntityKind.PER, EntityKind.GPE, EntityKind.GRP})
_COURT = re.compile(r"(?:gericht|gerichtshof|tribunal)s?\b", re.IGNORECASE)
"""Names of courts, which pass the sentence that stands with their genitive."""


class Roles(VerbRoles):
    """Reads the participants of triggers in one document."""

    def token(self, trigger: Trigger) -> int:
        """The token that carries the trigger's dependents: the verb of "macht ... verantwortlich"."""
        at = self.tree.at(trigger.word.token.span)
        head = self.tree.head(at)
        beside = head is not None and self.tree.is_verb(head) and self.tree.tokens[at].upos in {"ADJ", "ADV"}
        return head if beside and head is not None and not trigger.noun and not trigger.word.is_verb else at

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
            if not owned and tree.relation(child).startswith("det") and tree.low(child).startswith(POSSESSIVE):
                owned = self._possessor(child, at, barred)
        acted = self.people(agents, barred)
        undergone = self._undergone(trigger, targets, barred)
        carried: tuple[str, ...] = ()
        subject: Sequence[int] = ()
        if light is not None:
            frame = self.frame(light)
            subject = frame.agents if tree.passive(light) else [k for k in frame.subject if k != at]
            own = () if frame.inherited and self._infinitive(light) else barred
            carried = (*self.people(subject, own), *self.people(self._beside_subject(light), barred))
            datives = [k for k in frame.objects if k != at and tree.determiner(k) in _DATIVE]
            led = [k for k, preposition in tree.led(light) if preposition in wanted and k not in (at, *targets)]
            undergone += self.people([*datives, *led], barred)
        receiver, undergone = self._received(at, wanted, targets, undergone, barred)
        if trigger.reading.pattern is Pattern.GENITIVE_UNDERGOES:
            if trigger.reading.event_type == "JUSTICE" and not acted:
                acted = tuple(one for one in owned if _COURT.search(self.names[one]))
                owned = tuple(one for one in owned if one not in acted)
            if acted and not (owned or undergone):
                # "sagte bei der Vernehmung durch die Polizei": who says so is questioned.
                owned = tuple(one for one in self.occasion(at) if one not in acted)
            return Told(
                (*acted, *carried), (*owned, *undergone), not agents and not subject, not owners and not targets
            )
        if agents and owners and trigger.reading.event_type in frames().passed_on:
            return Told(acted or carried, (*owned, *undergone))  # "der Beschuss der Stadt durch die Armee"
        acting = (*owned, *acted) or carried
        return Told(acting, (*undergone, *receiver), not owners and not agents and not subject, not targets)

    def _received(
        self,
        at: int,
        wanted: frozenset[str],
        targets: Sequence[int],
        undergone: tuple[str, ...],
        barred: Sequence[Span],
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who receives a noun as the subject of its verb; and who undergoes it by phrases beside its verb.

        "Unterstützung erhielt X" and "Kritik wurde an X laut": what a verb of its own says of the noun.
        """
        tree = self.tree
        head = tree.head(at)
        if head is None or not tree.is_verb(head):
            return (), undergone
        controls = any(preposition == "unter" for _, preposition in tree.led(head))  # "unter Kontrolle bekommen"
        if (
            tree.relation(at) == "obj"
            and tree.lemma(head) in frames().receiving
            and not (tree.passive(head) or controls)
        ):
            return self.people([k for k in self.frame(head).subject if k != at], barred), undergone
        if tree.relation(at).startswith("nsubj"):
            led = [k for k, preposition in tree.led(head) if preposition in wanted and k not in targets]
            return (), (*undergone, *self.people(led, barred))
        return (), undergone

    def victims(self, trigger: Trigger, at: int, barred: Sequence[Span]) -> tuple[str, ...]:
        """Who undergoes what a noun tells by the harm told with it: "bei einem Brand starben zwei"."""
        tree = self.tree
        if trigger.reading.event_type not in frames().harming - {_DYING}:
            return ()
        head = tree.head(at)
        verbs = [head] if head is not None and tree.preposition(at) in _BY_HARM else []
        for clause in tree.children(at):
            led = [k for k in tree.below(clause) if tree.is_relative(k) and tree.preposition(k) in _BY_HARM]
            verbs += [clause] if tree.relation(clause).startswith("acl") and led else []
        return tuple(one for verb in verbs if tree.is_verb(verb) for one in self._harmed(verb, barred))

    def _harmed(self, verb: int, barred: Sequence[Span]) -> tuple[str, ...]:
        tree = self.tree
        words = frozenset(tree.stem_lemma(k) for k in tree.below(verb)) | {tree.low(k) for k in tree.below(verb)}
        readings = [one for one in lexicon().verbs.get(tree.lemma(verb), ()) if one.fits(words)]
        if not readings or readings[0].event_type not in _HARMED:
            return ()
        frame = self.frame(verb)
        passive = tree.passive(verb) or readings[0].pattern is Pattern.UNDERGOES
        found = self.people((*frame.subject, *frame.objects) if passive else frame.objects, barred)
        return tuple(one for one in found if self.kinds[one] in {EntityKind.PER, EntityKind.GRP})

    def occasion(self, at: int) -> tuple[str, ...]:
        """Who took part in what is told as an occasion of something else: the subject of that clause, also who speaks.

        "Nach einem Treffen mit X sagte Y", "bei seinem Besuch in Z".
        """
        tree = self.tree
        verb = tree.head(at)
        if verb is None or not tree.is_verb(verb) or tree.preposition(at) not in _OCCASION or tree.passive(verb):
            return ()
        people = self.people(self.frame(verb).subject, ())
        return people if all(self.kinds[one] in _ACTING for one in people) else ()

    def partners(
        self, trigger: Trigger, at: int, barred: Sequence[Span], *, noun: bool | None = None
    ) -> tuple[str, ...]:
        """Who stands with "mit" or "zwischen" beside a verb or noun that tells what is done together."""
        of_noun = trigger.noun if noun is None else noun
        led = self.beside(at) if of_noun else self.tree.led(at)
        wanted = _PARTNERS | {"bei"} if of_noun and trigger.reading.symmetric else _PARTNERS
        found = [k for k, preposition in led if preposition in wanted]
        return self.people([k for k in found if self.tree.preposition(k) != "bei" or self.is_place(k) is None], barred)

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
        telling = bool(tree.preposition(at)) and bool(lemmas & _TELLING)
        spoken_of = (
            telling or tree.preposition(at) in _SPOKEN_OF
        )  # "spricht von 17 Toten": who speaks has no part in it
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
