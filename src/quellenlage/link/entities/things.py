"""Which articles' organisations, places and other names are one: folded names, tables of forms, near spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from quellenlage.link.entities.clusters import Clusters
from quellenlage.link.entities.profile import Profile
from quellenlage.link.entities.spelling import consonants, latin, skeleton
from quellenlage.model import EntityKind, fold
from quellenlage.resources import load

PLACES = "de/places.toml"
ORG_WORDS = "de/org_words.toml"

# Place names of at least six letters, one of them unlisted, whose consonants agree. Measured (rapidfuzz ratio of
# skeletons): Hmeimim/Hamaimim 92, Qudsayya/Kudsaija 91 are one place; Karimow/Karamow-like pairs reach 86, Hamas/Homs
# 67, and Iran/Irak 75: these must not merge.
_PLACE = 90
_PLACE_LETTERS = 6
_TELLING_LETTERS = 4
_DECLINED = re.compile(r"^(\w{4,}?)(?:er|en|es|em|e)$")
_BODY = re.compile(r"^(?:\w+ )*?(\w+isch|deutsch)(?:e|en|er|es|em) (\w*(?:ministerium|regierung|armee|parlament))s?$")


def _undeclined(name: str) -> str:
    """Folded name without the ending of an adjective that opens it: "Deutscher", "Deutschen Wetterdienst"."""
    words = name.split()
    if len(words) > 1 and (declined := _DECLINED.match(words[0])):
        words[0] = declined.group(1)
    return fold(" ".join(words))


@cache
def _table(name: str, sections: tuple[str, ...]) -> dict[str, str]:
    """Key of every form to the key of the first form of its row; a form of two rows belongs to the first."""
    found: dict[str, str] = {}
    table = load(name)
    for section in sections:
        for cell in table[section]["names"].replace("\n", "|").split("|"):
            forms = [_undeclined(form) for form in cell.split("=") if form.strip()]
            for form in forms:
                found.setdefault(form, forms[0])
    return found


def place_canonical(name: str) -> str | None:
    """Canonical key of a place of the tables (Damascus to damaskus), None for others."""
    return _table(PLACES, ("states", "cities", "regions", "locations")).get(_undeclined(name))


def organisation_canonical(name: str) -> str | None:
    """Canonical key of an organisation of the tables (Nato to nato), None for others."""
    sections = ("international", "parties", "agencies_and_media", "state_bodies", "business_science_sport")
    return _table(ORG_WORDS, sections).get(_undeclined(name))


@lru_cache(maxsize=1 << 16)
def organisation_key(name: str) -> str:
    """Canonical key where the tables know the name, else the folded name without legal form and declension."""
    forms = set(load(ORG_WORDS)["legal_forms"]["words"].split())
    words = [word for word in name.split() if word not in forms] or [name]
    return organisation_canonical(name) or organisation_canonical(" ".join(words)) or _undeclined(" ".join(words))


def join_things(clusters: Clusters, profiles: Sequence[Profile]) -> None:
    """Join everything that is neither a person nor a group; groups are never one across articles."""
    _join_organisations(clusters, [p for p in profiles if p.kind is EntityKind.ORG])
    _join_places(clusters, [p for p in profiles if p.kind in {EntityKind.GPE, EntityKind.LOC} and p.named])
    seen: dict[str, Profile] = {}
    for profile in profiles:
        if profile.kind is EntityKind.MISC and profile.named:
            key = fold(profile.entity.name)
            if key in seen:
                clusters.join(seen[key].order, profile.order, f"name:{key}")
            seen.setdefault(key, profile)


def _join_organisations(clusters: Clusters, organisations: Sequence[Profile]) -> None:
    by_key: dict[str, Profile] = {}
    shorts: dict[str, list[Profile]] = {}
    for profile in organisations:
        if not profile.named:
            body = _BODY.match(profile.entity.name.lower())
            if body:
                key = f"{fold(body.group(1))} {fold(body.group(2))}"
                first = by_key.setdefault(f"body:{key}", profile)
                clusters.join(first.order, profile.order, f"body-of-state:{key}")
            continue
        keys = dict.fromkeys(organisation_key(surface) for surface in profile.surfaces)
        for key in keys:
            if _is_short(key) and organisation_canonical(key) is None:
                shorts.setdefault(key, []).append(profile)
                continue
            first = by_key.setdefault(key, profile)
            if first is not profile:
                clusters.join(first.order, profile.order, f"name:{key}")
    for key, bearers in shorts.items():
        _join_short(clusters, key, bearers)


def _is_short(key: str) -> bool:
    return len(key) <= 6 and " " not in key


def _join_short(clusters: Clusters, key: str, bearers: list[Profile]) -> None:
    """A short form means the one long form it stands for in the archive; with two long forms it is kept apart.

    Three letters that no article spells out can be anything and are not joined.
    """
    long_forms: dict[int, Profile] = {}
    for profile in bearers:
        longs = [organisation_key(s) for s in profile.surfaces if not _is_short(organisation_key(s))]
        if longs:
            long_forms.setdefault(clusters.find(profile.order), profile)
    if len(long_forms) > 1:
        bearers = [p for p in bearers if all(_is_short(organisation_key(s)) for s in p.surfaces)]
    if not long_forms and len(key) < _TELLING_LETTERS:
        return
    for first, second in pairwise(bearers):
        clusters.join(first.order, second.order, f"short-form:{key}")


def _join_places(clusters: Clusters, places: Sequence[Profile]) -> None:
    by_key: dict[tuple[EntityKind, str], Profile] = {}
    unlisted: dict[tuple[EntityKind, str], list[Profile]] = {}
    for profile in places:
        name = profile.entity.name
        canonical = place_canonical(name)
        key = (profile.kind, canonical or fold(latin(name)))
        first = by_key.setdefault(key, profile)
        if first is not profile:
            plain = fold(first.entity.name) == fold(name)
            clusters.join(first.order, profile.order, f"name:{key[1]}" if plain else f"exonym:{key[1]}")
        elif len(skeleton(name)) >= _PLACE_LETTERS - 1 and len(name) >= _PLACE_LETTERS:
            for other in unlisted.setdefault((profile.kind, consonants(name)), []):
                listed = canonical is not None and place_canonical(other.entity.name) is not None
                if not listed and fuzz.ratio(skeleton(name), skeleton(other.entity.name)) >= _PLACE:
                    reason = f"place-transliteration:{fold(other.entity.name)}~{fold(name)}"
                    clusters.join(other.order, profile.order, reason)
                    break
            unlisted[(profile.kind, consonants(name))].append(profile)
