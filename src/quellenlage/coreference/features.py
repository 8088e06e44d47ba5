"""What speaks for and against a candidate, as named numbers; the same in training and in use."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.coreference.anaphors import Anaphor
from quellenlage.coreference.discourse import Discourse, Known, Seen
from quellenlage.coreference.lexicon import Gender, noun, same_office
from quellenlage.coreference.ranker import Candidate, Features
from quellenlage.model.layers import EntityKind

REACH = {"personal": 5, "demonstrative": 3, "relative": 1, "possessive": 5, "noun": 60}
"""Sentences back within which a candidate must have been mentioned."""
_PEOPLE = frozenset({EntityKind.PER, EntityKind.GRP})
_KINDS = {
    "personal": frozenset({EntityKind.PER, EntityKind.GRP, EntityKind.ORG, EntityKind.GPE, EntityKind.MISC}),
    "noun": frozenset({EntityKind.PER, EntityKind.GRP, EntityKind.ORG, EntityKind.GPE}),
}
_GENERAL_PERSONS = frozenset("mann frau politiker politikerin person junge mädchen kind".split())


@dataclass(frozen=True, slots=True)
class Context:
    """Who speaks: the speakers of the words in which the anaphor stands, and of the quotation before it."""

    around: Sequence[str] = ()
    before: Sequence[str] = ()


def candidates(discourse: Discourse, anaphor: Anaphor, context: Context) -> list[Candidate]:
    """Entities that could be meant, those mentioned last first."""
    latest: dict[str, Seen] = {}
    for seen in discourse.before(anaphor.start):
        if seen.sentence < anaphor.sentence - REACH[anaphor.group]:
            break
        latest.setdefault(seen.entity, seen)
    kinds = _KINDS.get(anaphor.group, _KINDS["personal"])
    near = [
        seen
        for seen in sorted(latest.values(), key=lambda s: (-s.start, -s.end))
        if discourse.known[seen.entity].kind in kinds
        and _possible(discourse, anaphor, discourse.known[seen.entity], seen)
    ]
    describe = _of_noun if anaphor.group == "noun" else _of_pronoun
    most = max((discourse.known[seen.entity].times(anaphor.start) for seen in near), default=0)
    found = []
    for rank, seen in enumerate(near):
        known = discourse.known[seen.entity]
        features = _place(discourse, anaphor, seen, rank, len(near))
        features["frequent"] = math.log(known.times(anaphor.start))
        features["most-frequent"] = float(known.times(anaphor.start) == most > 1)
        features |= _agreement(anaphor.genders, known.genders, seen.genders)
        if seen.entity in context.around:
            features["speaker-around"] = 1.0
        elif seen.entity in context.before:
            features["speaker-before"] = 1.0
        features |= describe(discourse, anaphor, known, seen)
        group = anaphor.group
        found.append(Candidate(seen.entity, {f"{group}:{name}": value for name, value in features.items()}))
    return found


def empty(anaphor: Anaphor, listed: Sequence[Candidate]) -> Features:
    """The empty answer's features."""
    group = anaphor.group
    features = {f"{group}:none": 1.0, f"{group}:none:{anaphor.word}": 1.0}
    features[f"{group}:none:many"] = math.log1p(len(listed))
    return features


def _possible(discourse: Discourse, anaphor: Anaphor, known: Known, seen: Seen) -> bool:
    """Hard limits: gender and number where both are known, and the kind a noun can mean."""
    if anaphor.group == "noun":
        kind = anaphor.noun.kind if anaphor.noun is not None else EntityKind.PER
        if kind is EntityKind.PER:
            return known.kind is EntityKind.PER and bool(known.genders & (anaphor.genders | frozenset("n")))
        return known.kind is kind and known.named
    genders = known.genders if known.kind is EntityKind.PER else seen.genders & known.genders or seen.genders
    return bool(anaphor.genders & genders)


def _agreement(asked: frozenset[Gender], known: frozenset[Gender], here: frozenset[Gender]) -> Features:
    both = known & here or known
    if both <= asked:
        return {"agrees": 1.0}
    return {"may-agree": len(asked & both) / len(both)}


def _place(discourse: Discourse, anaphor: Anaphor, seen: Seen, rank: int, many: int) -> Features:
    distance = anaphor.sentence - seen.sentence
    features: Features = {
        f"sentences={min(distance, 4)}": 1.0,
        f"rank={min(rank, 3)}": 1.0,
        f"form={seen.form}": 1.0,
    }
    if many == 1:
        features["only"] = 1.0
    if seen.governed:
        features["governed"] = 1.0
    if seen.first:
        features["first"] = 1.0
        if distance <= 1:
            features["first-near"] = 1.0
            if anaphor.opens:
                features["first-near-parallel"] = 1.0
    if distance == 0 and not discourse.clause_between(seen.end, anaphor.start):
        features["same-clause"] = 1.0
    if seen.paragraph != anaphor.paragraph:
        features["other-paragraph"] = 1.0
    if seen.quoted and not discourse.quoted(anaphor.start):
        features["quoted"] = 1.0
    if seen.sentence <= 1:
        features["topic"] = 1.0
    return features


def _of_pronoun(discourse: Discourse, anaphor: Anaphor, known: Known, seen: Seen) -> Features:
    gap = discourse.text[seen.end : anaphor.start]
    features: Features = {f"kind={known.kind}": 1.0, f"kind={known.kind}:{anaphor.word}": 1.0}
    if anaphor.group in {"relative", "demonstrative"}:
        features["adjacent"] = float(len(gap.strip(' ,.“"')) == 0)
        features["near"] = float(len(gap) < 40)
    if known.kind is EntityKind.GRP and anaphor.genders == {"m"}:
        features["single-of-group"] = 1.0
    return features


def _of_noun(discourse: Discourse, anaphor: Anaphor, known: Known, seen: Seen) -> Features:
    head = (anaphor.noun.lemma if anaphor.noun is not None else anaphor.head).lower()
    features: Features = {}
    person = anaphor.noun is None or anaphor.noun.kind is EntityKind.PER
    if person:
        features |= _of_office(head, known)
        if anaphor.noun is None:
            features["age"] = 1.0
        if head in _GENERAL_PERSONS:
            features["general"] = 1.0
        features["person"] = 1.0
    elif anaphor.noun is not None:
        features["kind=" + str(known.kind)] = 1.0
        sense = anaphor.noun.sense
        if sense in known.senses:
            features["same-sense"] = 1.0
        elif known.senses:
            features["other-sense"] = 1.0
        features[f"unknown-sense={sense}"] = float(not known.senses)
    stem = head.rsplit("-", 1)[-1]
    if any(w == stem or (len(stem) >= 4 and w.endswith(stem)) for w in known.words) and not person:
        features["in-name"] = 1.0
    if anaphor.demonstrative:
        features["demonstrative"] = 1.0
        features["demonstrative-near"] = float(anaphor.sentence - seen.sentence <= 1)
    return features


def _of_office(head: str, known: Known) -> Features:
    """Whether a person holds the office that a noun names, or another one."""
    same = same_office().get(head, frozenset())
    base = head.removesuffix("in")
    if head in known.offices:
        return {"office": 1.0}
    if known.offices & same:
        return {"same-office": 1.0}
    if any(o.endswith(head) or (len(o) > 4 and head.endswith(o)) for o in known.offices):
        return {"part-of-office": 1.0}
    if any(o.removesuffix("in").endswith(base) for o in known.offices if len(base) > 4):
        return {"office-of-other-gender": 1.0}
    held = [o for o in known.offices if noun(o.capitalize()) is not None]
    return {"other-office": 1.0} if held else {"no-office": 1.0}
