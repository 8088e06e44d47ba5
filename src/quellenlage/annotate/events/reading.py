"""Participants and place of a trigger by the tree, where there is one; what it leaves open, by the shallow clauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quellenlage.annotate.events.arguments import Arguments
from quellenlage.annotate.events.frames import frames
from quellenlage.annotate.events.lexicon import Pattern
from quellenlage.annotate.events.naming import PLACES
from quellenlage.annotate.events.roles import Roles
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.where import holds, own_place, place_above
from quellenlage.model import EntityKind, Span

_TOGETHER = "CONSULT"
"""Type whose object takes part as its subject does: "traf den Minister"."""

_MEETING = "treffen"
_HELPING = frozenset({"haben", "sein"})
_DYING = "DEATH"
_MORTAL = frozenset({EntityKind.PER, EntityKind.GRP, EntityKind.ORG})
"""Kinds that can die: "die Toten von X" are no X. Bodies among them for "Familie" and the like."""


def read(
    roles: Roles, trigger: Trigger, shallow: Arguments, barred: Sequence[Span]
) -> tuple[Arguments, tuple[str, ...]]:
    """Arguments by the tree; the reasons say what comes from elsewhere than the event's own clause.

    Where the tree has no word at all for a role, the shallow reading fills it.
    """
    at = roles.token(trigger)
    actors, recipients = _participants(roles, trigger, at, shallow, barred)
    place = own_place(roles, trigger, at)
    if place is None and shallow.place is not None and holds(roles, trigger, at, shallow.place):
        place = shallow.place
    completed: tuple[str, ...] = ()
    if place is None:
        place = place_above(roles, trigger, at)
        completed = ("completed:place",) if place is not None else ()
    alone = trigger.noun and trigger.reading.symmetric and len(actors) == 1 and place is None
    if alone and roles.kinds.get(actors[0]) in PLACES and roles.named_with(at, "von") == actors[0]:
        place = actors[0]  # "das Treffen von X": one place alone meets nobody
    if trigger.reading.event_type == _DYING:
        kinds = roles.kinds
        actors = [one for one in actors if trigger.noun is False]
        recipients = [one for one in recipients if kinds.get(one) in _MORTAL]
    # A town that is visited or left takes no part; one that is hit does.
    acting = tuple(one for one in _once(actors) if one != place)
    if trigger.reading.event_type in frames().moving or trigger.reading.event_type == _TOGETHER:
        recipients = [one for one in recipients if one != place]
    return Arguments(acting, tuple(r for r in _once(recipients) if r not in acting), place), completed


def _participants(
    roles: Roles, trigger: Trigger, at: int, shallow: Arguments, barred: Sequence[Span]
) -> tuple[list[str], list[str]]:
    """Who acts and who undergoes it: by the tree, by the clause where that is silent, by nouns that tell the same."""
    told = roles.of_noun(trigger, at, barred) if trigger.noun else roles.of_verb(trigger, at, barred)
    actors, recipients = [*told.actors], [*told.recipients]
    if not actors and told.actors_open:
        actors = [one for one in shallow.actors if one not in recipients]
    if not recipients and told.recipients_open:
        recipients = [one for one in shallow.recipients if one not in actors]
    for noun in _carried(roles, trigger, at):
        # "übte Kritik an X", "das Treffen zwischen X und Y fand statt": what the noun governs is the event's.
        beside = roles.of_noun(trigger, noun, barred)
        if trigger.reading.pattern is not Pattern.UNDERGOES:
            actors = actors or [*beside.actors]
        recipients += [one for one in beside.recipients if one not in actors]
        if trigger.reading.symmetric:
            actors += roles.partners(trigger, noun, barred, noun=True)
    if trigger.noun and not recipients:
        recipients = [one for one in roles.victims(trigger, at, barred) if one not in actors]
    mutual = trigger.noun and trigger.word.lemma.endswith(frames().mutual)
    if trigger.reading.symmetric or mutual:
        actors += [one for one in roles.partners(trigger, at, barred) if not mutual or one not in recipients]
    if trigger.reading.event_type == _TOGETHER:
        actors, recipients = [*actors, *recipients], []
        if trigger.noun and not told.actors:
            actors += roles.occasion(at)
    return actors, recipients


def meets_nobody(roles: Roles, trigger: Trigger) -> bool:
    """Whether "treffen" tells of no talk: its object is a thing ("trafen Vorsorge"), or it is told of who was hit.

    A noun of the singular without an article is no person, as long as nobody is named by it.
    Of who was hit it is told in the passive and, in a headline, by the participle alone ("Nur ein Lager getroffen").
    """
    if trigger.noun or trigger.word.lemma != _MEETING or trigger.reading.event_type != _TOGETHER:
        return False
    at = roles.token(trigger)
    tree = roles.tree
    helped = any(word.lemma in _HELPING for word in trigger.clause.sentence)
    if tree.passive(at) or (tree.headline_participle(at) and not helped):
        return True
    objects = roles.frame(at).objects
    things = [k for k in objects if roles.mention(k) is None and tree.tokens[k].upos == "NOUN"]
    things = [k for k in things if "Number=Sing" in tree.feats(k) and not tree.determiner(k)]
    return bool(things) and things == list(objects)


def _carried(roles: Roles, trigger: Trigger, at: int) -> list[int]:
    """Nouns that tell the same as the verb they depend on."""
    if trigger.noun:
        return []
    nouns = (roles.tree.at(word.token.span) for word in (*trigger.also, *trigger.parts))
    return [noun for noun in nouns if roles.tree.head(noun) == at and roles.tree.is_nominal(noun)]


def _once(entities: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entities))
