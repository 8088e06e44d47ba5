"""What one trigger tells: its participants, place, time, factuality and numbers, with score and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quellenlage.annotate.events.arguments import Arguments, Phrase, assign, phrases
from quellenlage.annotate.events.context import Context, rules_out
from quellenlage.annotate.events.factuality import factuality
from quellenlage.annotate.events.lexicon import Pattern
from quellenlage.annotate.events.negation import contrasted, left_out
from quellenlage.annotate.events.quantities import Amount
from quellenlage.annotate.events.reading import meets_nobody, read
from quellenlage.annotate.events.speaking import (
    antecedent,
    by_nobody,
    claim_around,
    frames_of,
    speaking_subject,
    speech_act,
)
from quellenlage.annotate.events.times import When, ahead, of_agreement, present, when
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.model import AUTHOR, Claim, EntityKind, EventMention, Factuality, Quantity

_BASE_SCORE = 0.4
_TOLD = frozenset({Factuality.HAPPENED, Factuality.ONGOING, Factuality.PLANNED})


def event_of(
    context: Context, trigger: Trigger, inherited: Sequence[Phrase], amounts: Sequence[Amount]
) -> EventMention | None:
    """The event that a trigger tells; None where it tells of none.

    `inherited` is the subject that its clause shares with another, `amounts` the numbers that belong to it.
    """
    act = speech_act(context, trigger)
    claim = claim_around(context, trigger, act)
    how = factuality(trigger, claim)
    if how in _TOLD and claim is None and context.words[-1].form == "?":
        how = Factuality.HYPOTHETICAL  # the author asks
    if how in _TOLD and by_nobody(context, claim):
        how = Factuality.ALLEGED
    if how is None or (act and trigger.reading.event_type == "CONSULT"):
        return None
    barred = frames_of(context, trigger, act)
    if how is not Factuality.DENIED:
        barred += [word.token.span for word in left_out(trigger)]
    told = phrases(context.named, trigger.clause, context.mentions, barred)
    speaker = antecedent(context, trigger) if trigger.clause.relative else speaking_subject(context, trigger, claim)
    arguments = assign(trigger, told, inherited, pronoun=speaker is not None)
    if speaker and not arguments.actors:
        arguments = _with_subject(trigger, arguments, speaker)
    completed: tuple[str, ...] = ()
    if context.roles is not None and meets_nobody(context.roles, trigger):
        return None
    if context.roles is not None:
        arguments, completed = read(context.roles, trigger, arguments, barred)
        if (
            speaker
            and how is not Factuality.HYPOTHETICAL
            and trigger.reading.symmetric
            and not trigger.noun
            and not trigger.passive
        ):
            # "sie sei bereit, mit X zusammenzuarbeiten": who speaks is the other side.
            arguments = replace(arguments, actors=tuple(dict.fromkeys((*speaker, *arguments.actors))))
    if arguments.place is None and (there := _there(context, trigger)) is not None:
        arguments, completed = replace(arguments, place=there), (*completed, "completed:place")
    arguments = replace(arguments, place=_not_denied(context, trigger, arguments.place))
    if act and not arguments.actors:
        arguments = replace(arguments, actors=act.speakers)
    told_in = claim.spans if claim and not act else None
    before = context.before.span if context.before else None
    time = when(trigger, context.sentence.span, context.timexes, context.document.text, told_in, before)
    dct = context.document.article.dct
    if of_agreement(trigger, time, how, dct):
        time = When()
    if time == When():
        time = present(dct, how, (word.low for word in trigger.clause.words))
    time, how = ahead(trigger, time, how, dct)
    quantities = tuple(_quantity(context, amount, claim) for amount in amounts)
    ruled_out = how is Factuality.DENIED and rules_out(claim)
    if not (trigger.told or ruled_out or arguments.actors or arguments.recipients or arguments.place or quantities):
        return None
    score, reasons = _score(trigger, arguments, time, quantities)
    return EventMention(
        id="v",
        event_type=trigger.reading.event_type,
        trigger=trigger.word.token.span,
        sentence=context.sentence.span,
        actors=arguments.actors,
        recipients=arguments.recipients,
        place=arguments.place,
        time=time.value,
        earliest=time.earliest,
        latest=time.latest,
        factuality=how,
        word_of=claim.id if claim else AUTHOR,
        also=tuple(sorted({word.token.span for word in (*trigger.also, *trigger.parts)})),
        quantities=quantities,
        score=score,
        reasons=(*reasons, *completed),
    )


def _there(context: Context, trigger: Trigger) -> str | None:
    """The place that "dort" takes up: the last one that is named before it, in this sentence or the one before."""
    here = next((word for word in trigger.clause.words if word.low == "dort"), None)
    ruler = trigger.clause.above(here) if here is not None else None
    own = {trigger.word.index, trigger.word.governor}
    if here is None or ruler is None or ruler.index not in own or context.before is None:
        return None
    before = [m for m in context.document.mentions if context.before.start <= m.start < here.token.start]
    named = [m for m in before if m.kind in {EntityKind.GPE, EntityKind.LOC} and m.form == "name"]
    return named[-1].entity if named else None


def _not_denied(context: Context, trigger: Trigger, place: str | None) -> str | None:
    """The place after "sondern" for one that only "nicht" names: "nicht in Miren, sondern in Dorwa"."""
    denied = contrasted(trigger)
    if place is None or not denied:
        return place
    before, after = denied[0].token.start, denied[-1].token.end
    named = [m for m in context.mentions if m.entity == place]
    if not all(before <= mention.start < after for mention in named):
        return place
    behind = (m for m in context.mentions if m.start >= after and m.kind in {EntityKind.GPE, EntityKind.LOC})
    return next((mention.entity for mention in behind), None)


def _with_subject(trigger: Trigger, arguments: Arguments, subject: tuple[str, ...]) -> Arguments:
    undergoes = trigger.reading.pattern is Pattern.UNDERGOES or trigger.passive
    return replace(arguments, recipients=subject) if undergoes else replace(arguments, actors=subject)


def _quantity(context: Context, amount: Amount, claim: Claim | None) -> Quantity:
    return Quantity(
        start=amount.span.start,
        end=amount.span.end,
        low=amount.low,
        high=amount.high,
        unit=amount.unit,
        word_of=claim.id if claim else AUTHOR,
    )


def _score(
    trigger: Trigger, arguments: Arguments, time: When, quantities: Sequence[Quantity]
) -> tuple[float, tuple[str, ...]]:
    parts = {
        "verb": 0.0 if trigger.noun else 0.1,
        "actors": 0.15 * min(2, len(arguments.actors)),
        "recipients": 0.1 * bool(arguments.recipients),
        "place": 0.15 * bool(arguments.place),
        "time": 0.15 * bool(time.earliest),
        "quantity": 0.1 * bool(quantities),
    }
    reasons = tuple(name for name, weight in parts.items() if weight)
    return round(min(1.0, _BASE_SCORE + sum(parts.values())), 2), (f"trigger:{trigger.word.lemma}", *reasons)
