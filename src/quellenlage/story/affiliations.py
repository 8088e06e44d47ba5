"""To which state or party somebody belongs, by the table of affiliations, the offices held, and the body's name.

Only what names its camp itself is put to one: who is merely a citizen of a state speaks for nobody but himself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from quellenlage.model import Camp, Entity, EntityKind, Origin, OriginKind, fold
from quellenlage.offices.phrase import read
from quellenlage.places import bodies, inhabitants, key, seats, state_places, states, stems
from quellenlage.resources import load

RESOURCE = "de/affiliations.toml"
_AGENCIES = "de/agencies.toml"
RESOURCES = (RESOURCE, _AGENCIES)

_ADJECTIVE = ("ischen", "ischer", "isches", "ische", "isch", "en", "er", "es", "e", "")


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A camp by its key ("state:RU", "party:hamas") and name, and why somebody belongs to it."""

    key: str
    name: str
    reason: str


@cache
def _words(section: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Folded words of a section, and the ends of compounds."""
    listed = cast("list[str]", load(RESOURCE)[section]["words"])
    return (
        frozenset(fold(word) for word in listed if not word.startswith("*")),
        tuple(fold(word) for word in listed if word.startswith("*")),
    )


def _has(section: str, words: Sequence[str]) -> bool:
    whole, ends = _words(section)
    return any(word in whole or word.endswith(ends) for word in words) if ends else not whole.isdisjoint(words)


@cache
def _named() -> dict[str, tuple[str, str, str]]:
    """Camp (key, name) and reason by the folded name of what the table lists."""
    table = load(RESOURCE)
    found: dict[str, tuple[str, str, str]] = {}
    for row in cast("list[dict[str, Any]]", table["party"]):
        for name in row["names"]:
            found.setdefault(fold(name), (f"party:{row['key']}", row["name"], f"listed:{fold(name)}"))
    for kind in ("medium", "body"):
        for row in cast("list[dict[str, Any]]", table[kind]):
            camp = f"state:{row['camp']}", state_name(row["camp"])
            for name in row["names"]:
                found.setdefault(fold(name), (*camp, f"{kind}:{fold(name)}"))
    apart = set(table["independent"]["agencies"])
    for row in cast("list[dict[str, Any]]", load(_AGENCIES)["agency"]):
        if row["state"] and row["code"] not in apart:
            camp = f"state:{row['country']}", state_name(row["country"])
            for name in (row["code"], row["name"], *row["spellings"]):
                found.setdefault(fold(name), (*camp, f"agency:{row['code']}"))
    return found


def state_name(code: str) -> str:
    """German name of a state by its code, the code itself where it is not known."""
    place = state_places().get(code.upper())
    return place.name if place else code.upper()


def by_name(name: str) -> Affiliation | None:
    """The camp of a body, paper or agency by its name."""
    camp = _named().get(fold(name))
    if camp:
        return Affiliation(*camp)
    words = fold(name).split()
    code = bodies().get(key(name))
    if code:
        return _of_state(code, f"body:{'-'.join(words)}")
    if _has("bodies", words) and not _has("outside", words):
        code = _state_in(name)
        return _of_state(code, f"body:{'-'.join(words)}") if code else None
    return None


def by_office(words: str) -> Affiliation | None:
    """The state or party that an office belongs to: "Kremlsprecher", "Sprecher der ukrainischen Armee"."""
    plain = fold(words).split()
    if not plain or _has("outside", plain):
        return None
    if _has("party_speakers", plain) and (party := next((p for run in _runs(words) if (p := _party(run))), None)):
        return Affiliation(*party, f"office:{'-'.join(plain)}")
    reading = read(words)
    held = {office.state for office in reading.offices}
    if len(held) == 1 and not reading.refusal and (state := next(iter(held))):
        held_for = {p for office in reading.offices if (p := _party(office.key.removeprefix(f"{state}-")))}
        if held_for:
            return Affiliation(*min(held_for), f"office:{reading.offices[0].key}")
        return _of_state(state, f"office:{reading.offices[0].key}")
    if _has("speakers", plain) or _has("bodies", plain):
        code = _state_in(words)
        return _of_state(code, f"office:{'-'.join(plain)}") if code else None
    return None


def _party(name: str) -> tuple[str, str] | None:
    """Key and name of the party or group that goes by a name."""
    camp = _named().get(fold(name))
    return camp[:2] if camp and camp[2].startswith("listed:") else None


def _of_state(code: str, reason: str) -> Affiliation | None:
    state = code.upper()
    return Affiliation(f"state:{state}", state_name(state), reason) if state in state_places() else None


def _state_in(name: str) -> str | None:
    """Code of the one state that a name tells by its own name, an adjective or its seat; None where it is not one."""
    found = {code for word in _runs(name) if (code := _state(word))}
    return found.pop() if len(found) == 1 else None


def _runs(name: str) -> Iterator[str]:
    words = name.replace("-", " ").split()
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def _state(word: str) -> str | None:
    plain = key(word)
    lookups: tuple[Callable[[], Mapping[str, str]], ...] = (states, seats, inhabitants)
    for table in lookups:
        if code := table().get(plain) or table().get(plain.removesuffix("s")):
            return code
    for ending in _ADJECTIVE[:5]:
        stem = plain.removesuffix(ending)
        if stem != plain and stem in stems():
            place = stems()[stem][0]
            return place.states[0] if place.key.startswith("state:") else None
    return None


class Affiliations:
    """Camps of the entities and origins of an archive, each looked up once."""

    def __init__(self, entities: Mapping[str, Entity], origins: Mapping[str, Origin]) -> None:
        self._entities, self._origins = entities, origins
        self._found: dict[str, Affiliation | None] = {}

    def of(self, voice: str) -> Affiliation | None:
        """Camp of an informant (joint speakers joined by "+": the one they share) or of an origin."""
        if voice not in self._found:
            parts = [self._one(part) for part in voice.split("+")]
            same = {part.key for part in parts if part} if all(parts) else set()
            self._found[voice] = parts[0] if len(same) == 1 else None
        return self._found[voice]

    def _one(self, voice: str) -> Affiliation | None:
        origin = self._origins.get(voice)
        if origin:
            return by_name(origin.name) if origin.kind in {OriginKind.AGENCY, OriginKind.OUTLET} else None
        entity = self._entities.get(voice)
        return _of_entity(entity) if entity else None

    def camps(self, informants: Sequence[str], origins: Sequence[str]) -> tuple[Camp, ...]:
        """Camps that two or more informants and origins belong to, in the order of their first voice."""
        grouped: dict[str, list[tuple[str, Affiliation]]] = {}
        for voice in dict.fromkeys((*informants, *origins)):
            if found := self.of(voice):
                grouped.setdefault(found.key, []).append((voice, found))
        return tuple(
            Camp(one, listed[0][1].name, tuple(v for v, _ in listed), tuple(a.reason for _, a in listed))
            for one, listed in grouped.items()
            if len(listed) > 1
        )


def _of_entity(entity: Entity) -> Affiliation | None:
    """The one camp that all offices of a person, or the names of a body or a state, speak for."""
    if entity.kind is EntityKind.GPE:
        code = states().get(key(entity.name)) or seats().get(key(entity.name))
        return _of_state(code, f"state:{code.lower()}") if code else None
    if entity.kind in {EntityKind.PER, EntityKind.GRP}:
        told = [entity.name] if entity.kind is EntityKind.GRP else [held.text for held in entity.offices]
        found = [one for words in told if (one := by_office(words))]
        return found[0] if len({one.key for one in found}) == 1 else None
    return next((one for name in (entity.name, *entity.spellings) if (one := by_name(name))), None)
