"""Where an event was, read from the tree: phrases of place of its own clause or noun, not of its participants."""

from __future__ import annotations

from quellenlage.annotate.events.frames import frames
from quellenlage.annotate.events.lexicon import lexicon
from quellenlage.annotate.events.roles import Roles
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.model import EntityKind

_DEEPEST = 3
"""Nouns that a place may be named through: "im Norden des Bezirks Dorwa"."""


_THERE = frozenset({"bei", "in", "an", "auf", "während", "nach"})
_SAID = frozenset({"ccomp", "parataxis", "xcomp", "csubj"})


def own_place(roles: Roles, trigger: Trigger, at: int) -> str | None:
    """Place by the phrases of the trigger itself; of a noun also by those of the verb above it."""
    tree = roles.tree
    found: str | None = None
    if not trigger.noun and trigger.word.lemma in frames().reached:
        frame = roles.frame(at)
        for index in (*frame.objects, *(frame.subject if tree.passive(at) else ())):
            found = found or roles.is_place(index)
    led = roles.beside(at) if trigger.noun else tree.led(at)
    found = found or _choose(roles, trigger, led)
    if found is None and trigger.noun:
        verb = tree.governing_verb(at)
        if verb is not None:
            return _choose(roles, trigger, [(k, p) for k, p in tree.led(verb) if k != at])
    return found


def _choose(roles: Roles, trigger: Trigger, led: list[tuple[int, str]]) -> str | None:
    """The first place of the best kind: for a journey its goal, else where it is; what is left comes last."""
    table = frames()
    ranked: list[tuple[int, int, str]] = []
    named: dict[str, int] = {}
    for order, (index, preposition) in enumerate(led):
        if preposition not in table.where or _of_subject(roles, index) or _seat(roles, index):
            continue
        if trigger.reading.event_type in table.talking and _topic(roles, trigger, index, preposition):
            continue
        place = _named(roles, index)
        if place is None:
            continue
        moving = trigger.reading.event_type in table.moving
        rank = 1
        if moving and preposition in table.goal:
            rank = 0
        elif preposition in table.left or preposition in {"über", "nach"}:
            rank = 2
        ranked.append((rank, order, place))
        named.setdefault(place, index)
    if not ranked:
        return None
    best, _, chosen = min(ranked)
    nearer = (place for rank, _, place in ranked if rank == best and _leads_on(roles, named[place], named[chosen]))
    return next(nearer, chosen)


def _leads_on(roles: Roles, first: int, second: int) -> bool:
    """Whether a name stands right before another, which says where it lies: "in Miren in der Provinz Dorwa"."""
    tree = roles.tree
    if first >= second or any(tree.tokens[k].upos != "PROPN" for k in (first, second)):
        return False
    between = range(first + 1, second)
    return (
        bool(between)
        and all(tree.tokens[k].upos in {"ADP", "DET", "ADJ", "NOUN"} for k in between)
        and (tree.low(first + 1) in {"in", "im", "bei"})
    )


def _topic(roles: Roles, trigger: Trigger, index: int, preposition: str) -> bool:
    """Whether a place is what a talk is about: "über Nahost", "ein Vorgehen in Nahost erörtern".

    What stands right behind a noun belongs to it, whatever the tree says, unless that noun tells the talk or names who
    talks: "die Lage in X" is there, and the talk about it may be anywhere.
    """
    tree = roles.tree
    if preposition in frames().about:
        return True
    before = min(tree.below(index)) - 1
    if before < 0 or tree.tokens[before].upos != "NOUN" or roles.mention(before) is not None:
        return False
    if tree.head(before) == tree.at(trigger.word.token.span) and not tree.preposition(before):
        return False  # "Beratungen der Regierungen in X"
    if any(reading.event_type in frames().talking for reading in lexicon().noun(tree.stem_lemma(before))):
        return False  # "trafen sich zu einer Konferenz in X"
    if before in {tree.at(word.token.span) for word in (trigger.word, *trigger.also, *trigger.parts)}:
        return False
    return not roles.is_time(before)


def _seat(roles: Roles, index: int) -> bool:
    """Whether a place right behind a body or the holder of an office says where that is: "die Regierung in X"."""
    tree = roles.tree
    head = tree.head(index)
    if tree.preposition(index) != "in" or head is None or tree.is_verb(head) or head > index:
        return False
    mention = roles.mention(head)
    return mention is not None and mention.kind in {EntityKind.ORG, EntityKind.PER} and mention.form == "noun"


def _of_subject(roles: Roles, index: int) -> bool:
    """Whether a phrase stands with the subject before the finite verb, where a main clause has room for one phrase.

    "Die Botschafterin in X trat zurück": the tree may hang it on the verb all the same.
    """
    tree = roles.tree
    verb = tree.head(index)
    if verb is None or not tree.is_verb(verb) or any(tree.relation(k) == "mark" for k in tree.children(verb)):
        return False
    finite = tree.finite(verb)
    if finite is None or not index < finite:
        return False
    subjects = [k for k in tree.bare(verb) if k < index and tree.relation(k).startswith("nsubj")]
    people = [k for k in subjects if not tree.is_relative(k) and roles.is_place(k) is None]
    return any(roles.mention(k) is not None for k in people)


def _named(roles: Roles, index: int, depth: int = 0) -> str | None:
    """The place of a phrase: what it names, else what its noun leads on to ("in der Nähe von X")."""
    place = roles.is_place(index)
    if place is not None or depth >= _DEEPEST:
        return place
    tree = roles.tree
    # "bei einem Konzert in Miren": where that was, was also what is told with it.
    part = tree.stem_lemma(index) in frames().parts or (depth > 0 and bool(lexicon().noun(tree.stem_lemma(index))))
    if roles.mention(index) is not None or not part:
        return None
    for child in tree.children(index):
        if child > index and tree.is_nominal(child) and tree.preposition(child) in {*frames().where, "", "von"}:
            place = _named(roles, child, depth + 1)
            if place is not None:
                return place
    return None


def place_above(roles: Roles, trigger: Trigger, at: int) -> str | None:
    """Place of the clause above: "Brand in X, bei dem Y starb", "In X kam Y an und traf Z"."""
    tree = roles.tree
    step = at
    for index in tree.above(at):
        if not _leads_up(roles, step, at):
            return None
        if tree.is_verb(index) or roles.mention(index) is None:
            found = _choose(roles, trigger, tree.led(index))
            if found is not None:
                return found
        step = index
    return None


def _leads_up(roles: Roles, step: int, at: int) -> bool:
    """Whether what is above a token is told of the same place: not what somebody says, nor what is told of a noun."""
    tree = roles.tree
    relation = tree.relation(step)
    if relation.startswith("acl"):
        # "der Brand in X, bei dem Y starb": only where the clause itself says that it was there or then.
        inside = [k for k in tree.below(step) if k < at and tree.is_relative(k)]
        return any(tree.preposition(k) in _THERE or tree.low(k) == "wo" for k in inside)
    return relation not in _SAID


def holds(roles: Roles, trigger: Trigger, at: int, place: str) -> bool:
    """Whether a place of the clause may be the event's: it does not say where an office, a body or a building is."""
    tree = roles.tree
    sentence = range(trigger.clause.words[0].token.start, trigger.clause.words[-1].token.end)
    tokens = [k for k in tree.within_offsets(sentence.start, sentence.stop) if roles.is_place(k) == place]
    return not tokens or any(
        not (_attribute(roles, k, at, trigger.reading.event_type) or _in_front(roles, k, at)) for k in tokens
    )


def _in_front(roles: Roles, index: int, at: int) -> bool:
    """Whether a place stands between the subject and the finite verb of a main clause: it is the subject's."""
    tree = roles.tree
    verb = at if tree.is_verb(at) else tree.governing_verb(at)
    finite = tree.finite(verb) if verb is not None else None
    if verb is None or finite is None or any(tree.relation(k) == "mark" for k in tree.children(verb)):
        return False
    subjects = [k for k in tree.bare(verb) if tree.relation(k).startswith("nsubj") and not tree.is_relative(k)]
    people = [k for k in subjects if k != at and roles.mention(k) is not None]
    return any(k < index < finite and tree.preposition(index) for k in people)


def _attribute(roles: Roles, index: int, at: int, event_type: str) -> bool:
    """Whether a place says where the holder of an office, a body or a building is: the tree hangs it on their noun."""
    tree = roles.tree
    preposition = tree.preposition(index)
    if not preposition:
        return False
    for step in tree.above(index):
        if step == at or tree.is_verb(step):
            return False
        mention = roles.mention(step)
        if index < step and tree.relation(index) != "nmod" and tree.tokens[tree.head(index) or 0].upos == "ADJ":
            return True  # "die in X ansässige Organisation"
        if mention is not None and step < index and mention.form == "noun":
            if mention.kind in {EntityKind.ORG, EntityKind.PER}:
                # Who is attacked in a place is attacked there; who acts may act elsewhere.
                return event_type not in frames().harming or tree.relation(step).startswith("nsubj")
            return tree.head(index) != step and mention.kind is EntityKind.GRP
    return False
