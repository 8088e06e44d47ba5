"""Subject, objects and agents of a verb by the tree; also subjects that a clause shares with another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.annotate.events.frames import frames
from quellenlage.annotate.events.naming import PLACES, Naming
from quellenlage.model import EntityKind

_NOT_NOMINATIVE = frozenset(
    "den dem einen einem keinen keinem seinen seinem ihren ihrem diesen diesem jeden jedem des eines allen beiden "
    "mehreren einigen zahlreichen vielen".split()
)
_OBLIQUE_PRONOUNS = frozenset("ihn ihm ihnen den dem denen sich uns mich mir dich dir einander wen wem".split())
_NEUTER = frozenset({"das", "dies", "es", "was"})
_ADVERBIAL = frozenset({"obl", "nmod", "dep"})
_DEEPEST = 4
"""Clauses that a subject is passed on through: coordination within an infinitive within another."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Tokens by what they are to a verb; `subject` may be of another clause, which shares it."""

    subject: tuple[int, ...] = ()
    objects: tuple[int, ...] = ()
    agents: tuple[int, ...] = ()
    inherited: bool = False


class Subjects(Naming):
    """Reads the frames of verbs in one document."""

    def frame(self, verb: int, depth: int = 0) -> Frame:
        """Subject, objects and agents of a verb; a subject that the clause lacks is looked up where it is shared."""
        tree = self.tree
        bare = tree.bare(verb)
        subject: Sequence[int] = self._own_subject(verb, bare)
        agents = [k for k, preposition in tree.led(verb) if preposition in {"von", "durch"}]
        inherited = False
        if not subject and depth < _DEEPEST:
            subject = self._shared_subject(verb, depth)
            inherited = bool(subject)
        farther = [k for k in bare if tree.is_relative(k)][:-1]
        objects = tuple(k for k in bare if k not in subject and k not in farther and not self.is_time(k))
        if not objects and subject:
            # A noun that the tree joins to the verb itself: "lehnt die Mission und die Wahl ab", the first lost.
            objects = tuple(k for k in tree.children(verb) if k > verb and self._joined_noun(k))
        return Frame(tuple(subject), objects, tuple(agents), inherited)

    def _joined_noun(self, index: int) -> bool:
        tree = self.tree
        noun = tree.tokens[index].upos in {"NOUN", "PROPN"} and tree.relation(index) == "conj"
        clause = any(tree.relation(k).startswith(("nsubj", "cop", "aux")) for k in tree.children(index))
        return noun and not clause and not tree.preposition(index) and not self.is_time(index)

    def _own_subject(self, verb: int, bare: Sequence[int]) -> list[int]:
        """The dependent that can be nominative: the labelled one first, of several the first."""
        tree = self.tree
        if self._elliptic(verb) or self._marked_infinitive(verb):
            return []
        able = [k for k in bare if not self._oblique(k) and not self.is_time(k)]
        if len(able) > 1:
            able = [k for k in able if not self._disagrees(k, verb)] or able
        if len(able) > 1 and tree.lemma(verb) in frames().reached:
            able = self._reaching(able)
        fronted = self._fronted(verb, able)
        if fronted is not None:
            return [fronted]
        labelled = [k for k in able if tree.relation(k).startswith("nsubj")]
        stray = self._stray(verb)
        if stray is not None and not any(tree.relation(k) == "nsubj" and k < stray for k in labelled):
            return [stray]
        if len(labelled) > 1:
            # "Das beschloss das Kabinett": what a neuter pronoun takes up is what was done.
            labelled = [k for k in labelled if tree.low(k) not in _NEUTER or tree.is_relative(k)] or labelled
        if labelled:
            return labelled[:1]
        relative = [k for k in able if tree.is_relative(k) and not tree.preposition(k)]
        if relative:
            return relative[-1:]  # the nearest: one before it begins another clause
        if not bare and (beside := self._beside(verb)):
            return beside
        other = any(self._oblique(k) for k in bare)
        if tree.finite(verb) is None or (able and tree.relation(able[0]) == "obj" and not other):
            return []
        return able[:1]

    def _reaching(self, able: list[int]) -> list[int]:
        """Of those that may be the subject of a verb with a place as its object, those that may act.

        A town is what is reached, hit or taken, and so is a state that a force of nature or a weapon hits; else a state
        that the tree makes the subject acts: "Orvenien hat ein Lager angegriffen", but "Orvenien traf eine Rakete".
        """
        tree = self.tree
        forces = any(tree.tokens[k].upos == "NOUN" and tree.stem_lemma(k).endswith(frames().forces) for k in able)
        acting = [k for k in able if self.is_state(k) and tree.relation(k) == "nsubj" and not forces]
        others = [k for k in able if self.is_place(k) is None]
        return [k for k in able if k in acting or k in others] or able

    def _fronted(self, verb: int, able: Sequence[int]) -> int | None:
        """The person right before the finite verb of whom the tree makes an adverbial: without a preposition none is.

        "Ministerin Lena Dorn hat Minister Karl Heger entlassen": with the first as an adverbial, the tree takes the
        second for the subject.
        """
        tree = self.tree
        finite = tree.finite(verb)
        for index in able:
            mention = self.mention(index)
            if finite is None or index > finite or mention is None or mention.kind is not EntityKind.PER:
                continue
            last = tree.within_offsets(mention.start, mention.end)
            if tree.relation(index) in _ADVERBIAL and mention.form == "name" and last and last[-1] == finite - 1:
                return index
        return None

    def _beside(self, verb: int) -> list[int]:
        """The noun in the nominative before a verb without any other, of which the tree makes a predicate.

        "Die Polizei nahm zwei fest, ein dritter entkam": the clause has a subject and shares none.
        """
        tree = self.tree
        nouns = [k for k in tree.children(verb) if k < verb and tree.relation(k) == "xcomp" and tree.is_nominal(k)]
        return [k for k in nouns if "Case=Nom" in tree.feats(k) and tree.determiner(k) and not self._oblique(k)][:1]

    def _stray(self, verb: int) -> int | None:
        """The noun right before the finite verb that the tree hangs on some later noun: it opens the clause.

        "Die Minister hatten dem Land den Abschluss angeboten": what stands there without a preposition is the subject.
        """
        tree = self.tree
        finite = tree.finite(verb)
        index = (finite or 0) - 1
        if index < 0 or finite is None or tree.relation(index) != "compound" or (tree.head(index) or 0) < finite:
            return None
        governed = tree.preposition(index) or self._oblique(index)
        return index if self.mention(index) is not None and not governed else None

    def _oblique(self, index: int) -> bool:
        if self.tree.low(index) in _OBLIQUE_PRONOUNS:
            return True
        determiner = self.tree.determiner(index)
        if determiner:
            return determiner in _NOT_NOMINATIVE
        # "Rebellen stürzen syrischen Machthaber": without an article no nominative has an adjective in -en or -em.
        adjectives = [self.tree.low(k) for k in self.tree.children(index) if self.tree.relation(k) == "amod"]
        return any(low.endswith(("en", "em")) and low.isalpha() for low in adjectives)

    def _disagrees(self, index: int, verb: int) -> bool:
        """Whether a noun of the plural stands with a verb of the singular, or one name with a verb of the plural."""
        tree = self.tree
        finite = tree.finite(verb)
        if tree.tokens[index].upos not in {"NOUN", "PROPN"}:
            return False
        if finite is None:
            # "die X unterstützen": at the end of a relative clause the form is finite, whatever the tagger says.
            bare = any(tree.is_relative(k) for k in tree.bare(verb)) and tree.low(verb).endswith("en")
            if not bare or any(tree.low(k) == "zu" or tree.relation(k).startswith("aux") for k in tree.children(verb)):
                return False
        verbal = "Number=Plur" if finite is None else tree.feats(finite)
        nominal = tree.feats(index)
        if "Number=Sing" in verbal:
            return "Number=Plur" in nominal and tree.tokens[index].upos == "NOUN" and tree.low(index).endswith("n")
        joined = any(tree.relation(k) == "conj" for k in tree.children(index))
        named = self.mention(index)
        one = named is not None and (
            named.kind is EntityKind.PER
            or (named.kind in PLACES and "Number=Plur" not in nominal and not tree.determiner(index))
        )
        alone = one and named is not None and named.form == "name" and not joined
        return "Number=Plur" in verbal and alone and not self._followed_by_and(index)

    def _followed_by_and(self, index: int) -> bool:
        end = max(self.tree.below(index))
        return end + 1 < len(self.tree.tokens) and self.tree.low(end + 1) in {"und", "sowie", ","}

    def is_time(self, index: int) -> bool:
        """Whether a token is part of a time expression."""
        return any(timex.start <= self.tree.tokens[index].start < timex.end for timex in self._document.timexes)

    def _elliptic(self, verb: int) -> bool:
        """Whether a clause after "und" begins with its verb, so that its subject stands in the clause before."""
        tree = self.tree
        finite = tree.finite(verb)
        first = finite if finite is not None else verb
        if tree.relation(verb) != "conj" or first == 0:
            return False
        return tree.low(first - 1) in {"und", "oder", "aber", "sowie"} or (
            tree.form(first - 1) == "," and "VerbForm=Fin" in tree.feats(first)
        )

    def _marked_infinitive(self, verb: int) -> bool:
        """Whether an infinitive has no subject of its own: nothing finite, and no relative pronoun before it."""
        tree = self.tree
        return self._infinitive(verb) and tree.finite(verb) is None and not any(map(tree.is_relative, tree.bare(verb)))

    def _infinitive(self, verb: int) -> bool:
        tree = self.tree
        marked = any(tree.low(k) == "zu" and tree.relation(k) == "mark" for k in tree.children(verb))
        return marked or ("VerbForm=Inf" in tree.feats(verb) and tree.low(verb) != tree.stem_lemma(verb))

    def _shared_subject(self, verb: int, depth: int) -> Sequence[int]:
        tree = self.tree
        head = tree.head(verb)
        if head is None:
            return ()
        if tree.relation(verb) == "conj" and tree.is_verb(head):
            return self.frame(head, depth + 1).subject
        if self._infinitive(verb) or tree.relation(verb) == "xcomp":
            return self._controller(verb, head, depth)
        return ()

    def _controller(self, verb: int, head: int, depth: int) -> Sequence[int]:
        """Who acts in an infinitive: the object of verbs of ordering, else the subject of the verb above."""
        tree = self.tree
        above = head if tree.is_verb(head) else tree.governing_verb(verb)
        if above is None:
            return ()
        noun = tree.stem_lemma(head) if tree.is_nominal(head) else ""
        if noun and noun not in frames().controlling_nouns and tree.lemma(above) not in frames().object_control:
            owners = [k for k in tree.children(head) if tree.relation(k) == "nmod" and tree.is_nominal(k)]
            owners = [k for k in owners if tree.preposition(k) in {"", "von"}]
            if owners and self.mention(head) is None:
                return owners[:1]
            if not tree.relation(head).startswith("ob"):
                return ()
        frame = self.frame(above, depth + 1)
        if tree.lemma(above) in frames().object_control or noun in frames().controlling_nouns:
            if tree.passive(above):
                return frame.subject
            people = [k for k in frame.objects if self.mention(k) is not None or tree.tokens[k].upos == "PRON"]
            led = [k for k, preposition in tree.led(above) if preposition == "an" and self.mention(k) is not None]
            return tuple((people or led)[:1])
        return frame.agents if tree.passive(above) else frame.subject

    def told_of(self, verb: int) -> set[int]:
        """Tokens of subject and objects of a verb; of a relative pronoun, the noun it stands for."""
        frame = self.frame(verb)
        found = {*frame.subject, *frame.objects}
        relative = {k for k in found if self.tree.is_relative(k)}
        return found | {one for one in map(self.tree.antecedent, relative) if one is not None}
