"""Entities of units: name, spellings, offices with their evidence, what people corrected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from quellenlage.link.entities.parting import BY_JUDGEMENT
from quellenlage.link.entities.profile import Profile, companion_key
from quellenlage.link.entities.units import Unit
from quellenlage.model import (
    FORGOTTEN,
    Document,
    Entity,
    EntityKind,
    EntityPlace,
    Judgement,
    Mention,
    OfficeHeld,
    Span,
    Verdict,
    evidence,
    fold,
    text_digest,
)
from quellenlage.names.given import foreignness
from quellenlage.names.parts import person

_HYPHEN = re.compile(r"[-\u2010-\u2015]")
_LONGEST_NAME = 6
"""Words of a name at most, where one is looked for in other words."""


def make_entity(
    unit: Unit,
    documents: Mapping[str, Document],
    correction: Mapping[str, str],
    suppressed: frozenset[str] = frozenset(),
) -> Entity:
    """Build the entity of a unit; `documents` are the articles by id.

    An office whose words hold a full name with one of the `suppressed` digests is left out.
    """
    offices, places = [], []
    reasons = list(unit.reasons)
    for profile in unit.profiles:
        document = documents[profile.member.article]
        if BY_JUDGEMENT in document.entity(profile.member.local).reasons and BY_JUDGEMENT not in reasons:
            reasons.append(BY_JUDGEMENT)
        article = document.article
        dct = article.dct
        for role in document.entity(profile.member.local).roles:
            if tells_suppressed(role.text, suppressed):
                continue
            quoted = evidence(article.id, article.text, Span(role.start, role.end), digest=article.text_sha256)
            offices.append(OfficeHeld(role.text, quoted, dct.earliest if dct else None, dct.latest if dct else None))
        first = _first_mention(document, profile.member.local)
        places.append(evidence(article.id, article.text, first.span, digest=article.text_sha256))
    kind = correction.get("kind", "")
    return Entity(
        unit.first.identifier,
        EntityKind(kind) if kind in set(EntityKind) else _kind(unit),
        correction.get("name") or _name(unit),
        tuple(p.member for p in unit.profiles),
        tuple(dict.fromkeys(form for p in unit.profiles for form in p.surfaces)),
        tuple(offices),
        tuple(places),
        tuple(reasons),
        _place(unit, documents),
    )


def _place(unit: Unit, documents: Mapping[str, Document]) -> EntityPlace | None:
    """The place that most articles mean by it, with the surest of their readings."""
    if unit.first.kind not in {EntityKind.GPE, EntityKind.LOC}:
        return None
    readings = []
    told: dict[tuple[str, str], None] = {}  # an article that names it by two names tells of it once
    for profile in unit.profiles:
        for reading in documents[profile.member.article].places:
            if (reading.entity, reading.mention, reading.role) == (profile.member.local, None, "place") and reading.key:
                readings.append(reading)
                told[profile.member.article, reading.key] = None
    counted = Counter(key for _, key in told)
    if not counted:
        return None
    key = max(counted, key=lambda k: counted[k])
    best = max((r for r in readings if r.key == key), key=lambda r: r.score)
    return EntityPlace(
        key or "",
        best.name or unit.first.name,
        best.state,
        best.lat,
        best.lon,
        best.radius_km,
        best.precision,
        best.score,
        counted[key],
    )


def _first_mention(document: Document, local: str) -> Mention:
    return min((m for m in document.mentions if m.entity == local), key=lambda m: m.start)


def _kind(unit: Unit) -> EntityKind:
    """The kind that most articles give it, of equally frequent ones the first."""
    kinds = Counter(p.kind for p in _named(unit))
    return max(kinds, key=lambda kind: kinds[kind])


def _named(unit: Unit) -> list[Profile]:
    """The members with a name; all where only nouns tell of it."""
    return [p for p in unit.profiles if p.form != "noun"] or unit.profiles


def _name(unit: Unit) -> str:
    """The fullest name, of equally full ones that in the German spelling, then the most frequent, then the first."""
    names = Counter(p.name for p in _named(unit))
    order = {name: at for at, name in enumerate(names)}
    full = _words if _kind(unit) is EntityKind.PER else _nothing
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


def hide_company(found: Iterable[Unit], forgotten: Iterable[Unit]) -> None:
    """Leave out of the reasons of all others beside whom they stand, where it is a person whose data was deleted."""
    keys = {companion_key(form) for unit in forgotten for p in unit.profiles for form in p.surfaces}
    if not keys:
        return
    for unit in found:
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


def verdicts(found: Iterable[Unit], judgements: Iterable[Judgement]) -> tuple[set[str], dict[str, dict[str, str]]]:
    """Identifiers of units that a person rejected (and did not confirm later), and corrected fields by unit."""
    unit_of = {p.identifier: unit.first.identifier for unit in found for p in unit.profiles}
    rejected: set[str] = set()
    corrections: dict[str, dict[str, str]] = {}
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
