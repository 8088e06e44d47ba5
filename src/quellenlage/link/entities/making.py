"""Entities of units: name, spellings, offices with their evidence, what people corrected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from quellenlage.link.entities.parting import BY_JUDGEMENT
from quellenlage.link.entities.profile import Profile, Shown, companion_key
from quellenlage.link.entities.units import Unit, Units
from quellenlage.model import (
    FORGOTTEN,
    Entity,
    EntityKind,
    EntityPlace,
    Judgement,
    Verdict,
    fold,
    text_digest,
)
from quellenlage.names.given import foreignness
from quellenlage.names.parts import person

_HYPHEN = re.compile(r"[-\u2010-\u2015]")
_LONGEST_NAME = 6
"""Words of a name at most, where one is looked for in other words."""


def make_entity(
    unit: Unit, correction: Mapping[str, str], shown: Sequence[Shown], suppressed: frozenset[str] = frozenset()
) -> Entity:
    """Build the entity of a unit; `shown` tells of every profile of the archive, in order, what its entity shows.

    An office whose words hold a full name with one of the `suppressed` digests is left out.
    """
    profiles = list(unit.profiles)
    reasons = list(unit.reasons)
    if BY_JUDGEMENT not in reasons and any(profile.parted for profile in profiles):
        reasons.append(BY_JUDGEMENT)
    told = [shown[profile.order] for profile in profiles]
    offices = (office for one in told for office in one.offices)
    kind = correction.get("kind", "")
    return Entity(
        profiles[0].identifier,
        EntityKind(kind) if kind in set(EntityKind) else _kind(profiles),
        correction.get("name") or _name(profiles),
        tuple([p.member for p in profiles]),
        _spellings(profiles),
        tuple([office for office in offices if not tells_suppressed(office.text, suppressed)]),
        tuple([one.first for one in told]),
        tuple(reasons),
        _place(profiles, told),
    )


def _spellings(profiles: Sequence[Profile]) -> tuple[str, ...]:
    """All forms of the name, in order of appearance; as one object where they are the same in all articles."""
    first = profiles[0].surfaces
    if all(profile.surfaces == first for profile in profiles):
        return first
    return tuple(dict.fromkeys([form for profile in profiles for form in profile.surfaces]))


def _place(profiles: Sequence[Profile], shown: Sequence[Shown]) -> EntityPlace | None:
    """The place that most articles mean by it, with the surest of their readings."""
    if profiles[0].kind not in {EntityKind.GPE, EntityKind.LOC}:
        return None
    readings = [place for one in shown for place in one.placed]
    # An article that names it by two names tells of it once.
    both = zip(profiles, shown, strict=True)
    told = dict.fromkeys((profile.member.article, place.key) for profile, one in both for place in one.placed)
    counted = Counter(key for _, key in told)
    if not counted:
        return None
    key = max(counted, key=lambda k: counted[k])
    best = max((place for place in readings if place.key == key), key=lambda place: place.score)
    return replace(best, name=best.name or profiles[0].name, articles=counted[key])


def _kind(profiles: Sequence[Profile]) -> EntityKind:
    """The kind that most articles give it, of equally frequent ones the first."""
    if len(profiles) == 1:
        return profiles[0].kind
    kinds = Counter([p.kind for p in _named(profiles)])
    return max(kinds, key=lambda kind: kinds[kind])


def _named(profiles: Sequence[Profile]) -> Sequence[Profile]:
    """Those with a name; all where only nouns tell of it."""
    return [p for p in profiles if p.form != "noun"] or profiles


def _name(profiles: Sequence[Profile]) -> str:
    """The fullest name, of equally full ones that in the German spelling, then the most frequent, then the first."""
    if len(profiles) == 1:
        return profiles[0].name
    names = Counter([p.name for p in _named(profiles)])
    if len(names) == 1:
        return next(iter(names))
    order = {name: at for at, name in enumerate(names)}
    full = _words if _kind(profiles) is EntityKind.PER else _nothing
    return max(names, key=lambda name: (full(name), -foreignness(name), names[name], -order[name]))


def _words(name: str) -> int:
    """Words of a person's name, at most three; a patronymic and initials make it no fuller."""
    return min(3, sum(not part.initial and not part.patronym for part in person(name).parts))


def _nothing(_name: str) -> int:
    return 0


def is_suppressed(profiles: Iterable[Profile], suppressed: frozenset[str], kind: str | None = None) -> bool:
    """Whether it is a person or a group whose data was deleted on request; `kind` is the one that people gave it.

    A full name of theirs was deleted; or a bare surname was, and no fuller form says whose it is. A namesake with a
    full name of their own stays, however many articles call both by the surname.
    """
    if not suppressed:
        return False
    forms: dict[EntityKind, set[str]] = {EntityKind.PER: set(), EntityKind.GRP: set()}
    for profile in profiles:
        told = forms.get(profile.kind, forms.get(EntityKind(kind)) if kind in set(EntityKind) else None)
        if told is not None:
            told.update(profile.surfaces)
    people, groups = forms[EntityKind.PER], forms[EntityKind.GRP]
    telling = ({form for form in people if is_full_name(form)} or people) | groups
    return any(_is_deleted(fold(form), suppressed) for form in telling)


def hide_company(found: Units, forgotten: Iterable[Unit]) -> None:
    """Leave out of the reasons of all others beside whom they stand, where it is a person whose data was deleted."""
    keys = {companion_key(form) for unit in forgotten for p in unit.profiles for form in p.surfaces}
    if not keys:
        return
    for unit in found.told:
        told = ("; ".join(_hidden(part, keys) for part in reason.split("; ")) for reason in unit.reasons)
        unit.reasons = list(dict.fromkeys(told))


def _hidden(reason: str, keys: set[str]) -> str:
    code, _, detail = reason.partition(":")
    return code if code in {"companion", "companions"} and not keys.isdisjoint(detail.split("+")) else reason


def is_full_name(form: str) -> bool:
    """Whether a form has more than a surname: neither titles nor initials nor a double surname make it full."""
    taken = person(_HYPHEN.sub("", form))
    return sum(not part.initial for part in taken.parts) + bool(taken.numeral) > 1


def tells_suppressed(text: str, suppressed: frozenset[str]) -> bool:
    """Whether a full name that was deleted on request stands in a text, as in "Sprecher von Karla Weber"."""
    if not suppressed:
        return False
    words = fold(text).split()
    runs = (words[at : at + n] for n in range(2, _LONGEST_NAME + 1) for at in range(len(words) - n + 1))
    return any(_is_deleted(" ".join(run), suppressed) for run in runs)


def _is_deleted(folded: str, suppressed: frozenset[str]) -> bool:
    """Whether a folded name, or that of which it is the genitive, was deleted."""
    return any(text_digest(form) in suppressed for form in {folded, folded.removesuffix("s")})


def verdicts(found: Iterable[Unit], judgements: Sequence[Judgement]) -> tuple[set[str], dict[str, dict[str, str]]]:
    """Identifiers of units that a person rejected (and did not confirm later), and corrected fields by unit."""
    rejected: set[str] = set()
    corrections: dict[str, dict[str, str]] = {}
    subjects = {judgement.subject for judgement in judgements}
    if not subjects:
        return rejected, corrections
    unit_of = {one: unit.identifier for unit in found for one in unit.profiles.identifiers if one in subjects}
    for judgement in judgements:
        unit = unit_of.get(judgement.subject)
        if unit is None:
            continue
        if judgement.verdict is Verdict.REJECT:
            rejected.add(unit)
        elif judgement.verdict is Verdict.CONFIRM:
            rejected.discard(unit)
        elif (
            judgement.verdict is Verdict.CORRECT
            and judgement.field in {"name", "kind"}
            and judgement.value not in {None, FORGOTTEN}
        ):
            corrections.setdefault(unit, {})[judgement.field] = judgement.value
    return rejected, corrections
