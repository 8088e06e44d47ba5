"""On whose word an event is told, and whether the saying is the act itself."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.annotate.events.context import Context
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.model import Claim, EntityKind, Polarity, QuotationType, Span

_SPEECH_ACTS = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "AGREE", "SUPPORT", "CONCEDE", "CONSULT"})
_ANTECEDENT = 3
"""Code points between a noun and the relative clause that is on it: comma and space."""

_PRONOUNS = {
    "er": frozenset({EntityKind.PER, EntityKind.GRP}),
    "sie": frozenset({EntityKind.PER, EntityKind.GRP, EntityKind.ORG}),
    "es": frozenset({EntityKind.ORG, EntityKind.GPE}),
    "wir": frozenset(EntityKind),
    "ich": frozenset({EntityKind.PER, EntityKind.GRP}),
    "man": frozenset(EntityKind),
}
"""Subject pronouns and the kinds of speakers that they can mean."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who performs an act of speech, and the quotations and claims that it introduces."""

    speakers: tuple[str, ...]
    introduced: frozenset[str]


def speech_act(context: Context, trigger: Trigger) -> Act | None:
    """Whether the trigger is the saying itself ("wies zurück", "drohte"): the speaker acts, on the author's word."""
    if trigger.reading.event_type not in _SPEECH_ACTS:
        return None
    span = trigger.word.token.span
    said = [q for q in context.quotations if any(cue.overlaps(span) for cue in q.cue)]
    held = [c for c in context.claims if any(cue.overlaps(span) for cue in c.cue) or _tells_itself(c, trigger)]
    said += [q for q in context.quotations if any(c.quotation == q.id for c in held)]
    if not said and not held:
        return None
    speakers = said[0].speaker_entities if said else ()
    if not speakers and held and held[0].chain:
        speakers = held[0].chain[0]
    return Act(speakers, frozenset([*(q.id for q in said), *(c.id for c in held)]))


def claim_around(context: Context, trigger: Trigger, act: Act | None) -> Claim | None:
    """Return the narrowest claim that tells the event, but none that the event itself puts forward."""
    span = trigger.word.token.span
    own = act.introduced if act else frozenset()
    around = [c for c in context.claims if c.id not in own and any(s.contains(span) for s in c.spans)]
    around = [c for c in around if not _on_speaker(context, trigger, c)]
    # Of a report and its denial over the same words, the event is what is denied.
    return min(around, key=lambda c: (c.end - c.start, c.polarity is not Polarity.DENIED, c.id), default=None)


def frames_of(context: Context, trigger: Trigger, act: Act | None) -> list[Span]:
    """Words that name on whose word the trigger is told: no participants of what is told."""
    at = trigger.word.token.span
    beside = [c for c in context.claims if _on_speaker(context, trigger, c)]
    own = act.introduced if act else frozenset()
    own |= {c.id for c in beside} | {c.quotation for c in beside if c.quotation}
    frames = [
        span
        for q in context.quotations
        if q.id not in own and any(part.contains(at) for part in q.quote)
        for span in (*q.speaker, *q.addressee)
    ]
    frames += [
        span
        for c in context.claims
        if c.id not in own and any(part.contains(at) for part in c.spans)
        for span in (*c.chain_spans, *c.addressee)
    ]
    return frames


def by_nobody(context: Context, claim: Claim | None) -> bool:
    """Whether the words are quoted and no speaker is named at all, as in a list of voices from the net."""
    if claim is None or claim.chain:
        return False
    quotation = next((q for q in context.quotations if q.id == claim.quotation), None)
    return quotation is not None and quotation.type is QuotationType.DIRECT and not quotation.speaker


def speaking_subject(context: Context, trigger: Trigger, claim: Claim | None) -> tuple[str, ...] | None:
    """Whom a pronoun as subject means: within somebody's words, "er" and "es" are the speaker as a rule.

    Nothing where the clause has no such pronoun; empty where it has one but nobody is known to speak.
    """
    pronouns = [word.low for word in trigger.clause.words if word.low in _PRONOUNS]
    joined = trigger.reading.symmetric and any(word.low == "mit" for word in trigger.clause.words)
    if not pronouns and joined and not trigger.noun and not trigger.clause.conjunction:
        pronouns = [word.low for word in trigger.clause.governor if word.low in _PRONOUNS]
    if not pronouns:
        return None
    if claim is None or not claim.chain or claim.quotation is None:
        return ()
    kinds = {context.kinds[one] for one in claim.chain[0]}
    return claim.chain[0] if kinds <= _PRONOUNS[pronouns[0]] else ()


def antecedent(context: Context, trigger: Trigger) -> tuple[str, ...] | None:
    """Whom a relative pronoun in the nominative means: the name or noun right before the clause."""
    if trigger.clause.words[0].low not in {"der", "die", "das", "welcher", "welche", "welches"}:
        return None
    start = trigger.clause.words[0].token.start
    before = [m for m in context.mentions if m.end <= start]
    last = max(before, key=lambda m: (m.end, m.start), default=None)
    return (last.entity,) if last and start - last.end <= _ANTECEDENT else None


def _tells_itself(claim: Claim, trigger: Trigger) -> bool:
    """Whether the claim is the whole sentence that tells the act: "Das Ministerium wies den Bericht zurück."

    It then has no cue of its own, and its speaker stands inside it, in the trigger's clause.
    """
    if trigger.noun or claim.cue or not any(part.contains(trigger.word.token.span) for part in claim.spans):
        return False
    here = [word.token.span for word in trigger.clause.words]
    return any(
        part.contains(name) and any(name.overlaps(word) for word in here)
        for name in claim.chain_spans
        for part in claim.spans
    )


def _on_speaker(context: Context, trigger: Trigger, claim: Claim) -> bool:
    """Whether a relative clause on the speaker tells it: "Die USA, die dort Angriffe fliegen, warnten Russland"."""
    if context.roles is None:
        return False
    tree = context.roles.tree
    at = tree.at(trigger.word.token.span)
    for step in (at, *tree.above(at)):
        head = tree.head(step)
        if head is not None and tree.relation(step).startswith("acl"):
            named = context.roles.mention(head)
            return named is not None and any(named.entity in link for link in claim.chain) and step > head
    return False
