"""Which articles' persons are one: surname after transliteration, first names compatible."""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.link.entities.clusters import Clusters, compatible
from quellenlage.link.entities.profile import Profile, bare_surname
from quellenlage.link.entities.spelling import (
    consonants,
    is_foreign_first_name,
    is_transliterated,
    latin,
    same_but_for_vowels,
    skeleton,
)
from quellenlage.model import EntityKind, fold

# Surnames are compared by key, not by similarity: rapidfuzz's ratio of the skeletons is 83 for Muallem and Muallim,
# one man, and 86 for Karimow and Karamow, two; raw it is 83 for Peskow and Peskov and 75 for Iran and Irak.
_COMPANIONS = 2


def surname_reason(one: Profile, other: Profile) -> str | None:
    """Why two surnames are one, None where they are not."""
    a, b = bare_surname(latin(one.last)), bare_surname(latin(other.last))
    if a == b:
        return f"surname:{a}"
    if not (_may_vary(one) and _may_vary(other)):
        return None
    if skeleton(a) == skeleton(b):
        return f"surname-transliteration:{a}~{b}"
    if same_but_for_vowels(a, b) and len(skeleton(a)) > 4:
        return f"surname-vowels:{a}~{b}"
    return None


def _may_vary(profile: Profile) -> bool:
    umlaut = any(c in "äöüß" for c in profile.last.lower())
    foreign = any(is_foreign_first_name(name) for name in profile.first)
    return not umlaut and (foreign or is_transliterated(profile.last))


def _is_full(profile: Profile) -> bool:
    return any(len(fold(name)) > 1 for name in profile.first)


def join_persons(clusters: Clusters, profiles: Sequence[Profile], companions: dict[int, frozenset[str]]) -> None:
    """Join persons block by block; `companions` are keys of what else each document names."""
    blocks: dict[str, list[Profile]] = {}
    for profile in profiles:
        if profile.kind is EntityKind.PER and profile.named:
            blocks.setdefault(consonants(bare_surname(latin(profile.last))) or fold(profile.last), []).append(profile)
    for block in blocks.values():
        full = [p for p in block if _is_full(p)]
        _join_full(clusters, full)
        for profile in block:
            if not _is_full(profile):
                _join_short(clusters, profile, full, companions)
        _join_bare(clusters, [p for p in block if not p.first], companions)


def _join_full(clusters: Clusters, full: list[Profile]) -> None:
    """Full names: each is compared with one representative of every name written so far in the block."""
    seen: dict[tuple[str, ...], Profile] = {}
    for profile in full:
        key = (*map(fold, profile.first), fold(profile.last))
        if key in seen:
            clusters.join(seen[key].order, profile.order, f"name:{' '.join(key)}")
            continue
        for earlier in seen.values():
            reason = surname_reason(earlier, profile)
            if reason and compatible(earlier.first, profile.first):
                clusters.join(earlier.order, profile.order, f"{reason}; {_firsts(earlier, profile)}")
        seen[key] = profile


def _firsts(one: Profile, other: Profile) -> str:
    a, b = " ".join(map(fold, one.first)), " ".join(map(fold, other.first))
    return f"first-name:{a}" if a == b else f"first-name:{a}~{b}"


def _join_short(
    clusters: Clusters, profile: Profile, full: list[Profile], companions: dict[int, frozenset[str]]
) -> None:
    """An initial or a surname alone joins the only bearer of the surname; the surname alone needs support."""
    bearers: dict[int, tuple[Profile, str]] = {}
    for other in full:
        root = clusters.find(other.order)
        if root in bearers or not all(compatible(first, profile.first) for first in clusters.firsts(other.order)):
            continue
        if reason := surname_reason(other, profile):
            bearers[root] = (other, reason)
    if len(bearers) != 1:
        return
    ((root, (other, reason)),) = bearers.items()
    if profile.first:
        clusters.join(other.order, profile.order, f"{reason}; initial:{fold(profile.first[0])}")
        return
    for order in list(clusters.members[root]):
        support = _support(clusters.profiles[order], profile, companions)
        if support:
            clusters.join(order, profile.order, f"{reason}; only-bearer; {support}")
            return


def _join_bare(clusters: Clusters, bare: list[Profile], companions: dict[int, frozenset[str]]) -> None:
    """Surnames alone on both sides: exactly equal and supported."""
    by_name: dict[str, list[Profile]] = {}
    for profile in bare:
        key = bare_surname(latin(profile.last))
        for earlier in by_name.get(key, [])[:20]:
            support = _support(earlier, profile, companions)
            if support and not clusters.firsts(earlier.order) and not clusters.firsts(profile.order):
                clusters.join(earlier.order, profile.order, f"surname:{key}; {support}")
                break
        by_name.setdefault(key, []).append(profile)


def _support(one: Profile, other: Profile, companions: dict[int, frozenset[str]]) -> str | None:
    shared = sorted(one.offices & other.offices)
    if shared:
        return f"office:{shared[0]}"
    common = sorted(companions[one.document] & companions[other.document])
    common = [key for key in common if bare_surname(one.last) not in key]
    persons = [key for key in common if key.startswith("PER:")]
    if persons:
        return f"companion:{persons[0].removeprefix('PER:')}"
    return f"companions:{common[0][4:]}+{common[1][4:]}" if len(common) >= _COMPANIONS else None
