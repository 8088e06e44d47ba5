"""Which of several bodies of one kind a noun means, by where they have their seat: "Innenministerium in Kiew"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from quellenlage.annotate.mentions.candidates import Candidate, Definiteness
from quellenlage.annotate.mentions.clusters import origins
from quellenlage.annotate.mentions.derived import place_of
from quellenlage.annotate.mentions.gazetteer import canonical_key, capitals
from quellenlage.annotate.mentions.lexicon import noun_key, org_table
from quellenlage.annotate.mentions.nominative import nominative
from quellenlage.model import fold
from quellenlage.names.bodies import is_generic_body, is_state_body

_IN = " in "
_BEHIND = (_IN, " von ", " der ", " des ", " ")
"""What stands between a body and its seat or state behind it."""
_REACH = 40
"""Code points before a noun in which the adjective of a town is looked for."""


@dataclass(frozen=True, slots=True)
class Seat:
    """The key, the reason and the name of a body that is told from others by its seat."""

    key: str
    reason: str
    name: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A noun for a body with the state or town of its seat, and the name that says so."""

    candidate: Candidate
    seat: str
    adjectives: tuple[str, ...]
    name: str


def seats(text: str, bodies: Sequence[Candidate], places: Sequence[Candidate]) -> dict[int, Seat]:
    """Seats of nouns such as "Polizei" by the identity of the candidate, where the article tells two bodies apart.

    A capital stands for its state: "Verteidigungsministerium in Moskau" is "das russische Verteidigungsministerium".
    A seat that nothing else competes with tells nothing: the noun alone means the same body.
    """
    starts = {place.start: place for place in places if place.form == "name"}
    ends = {place.end: place for place in starts.values()}
    groups: dict[str, list[_Told]] = {}
    plain: dict[str, list[Candidate]] = {}
    for body in bodies:
        noun = _noun(body)
        if not is_generic_body(noun):
            continue
        if told := _told(text, body, starts, ends):
            groups.setdefault(noun_key(noun), []).append(told)
        elif body.form == "name":
            plain.setdefault(noun_key(noun), []).append(body)
    found: dict[int, Seat] = {}
    for noun, group in groups.items():
        seated = list(_of_noun(noun, group))
        found.update((id(told.candidate), seat) for told, seat in seated)
        if seated and len({told.seat for told in group}) == 1:  # the noun alone, where it is read as a name
            found.update((id(body), seated[0][1]) for body in plain.get(noun, ()))
    return found


def _noun(body: Candidate) -> str:
    """The noun that a body is named by, empty for names of their own."""
    if body.form == "noun":
        noun = body.name.split(" ")[-1]
        return "" if noun in org_table("nouns", "named_only") else noun
    noun = body.name.partition(_IN)[0]
    return noun.partition(" ")[2] if _town(noun) else noun


def _told(text: str, body: Candidate, starts: Mapping[int, Candidate], ends: Mapping[int, Candidate]) -> _Told | None:
    def seated(key: str, name: str) -> _Told:
        return _Told(body, _seat(_noun(body), key), (), name)

    noun, _, inside = body.name.partition(_IN)
    if inside:
        return seated(canonical_key(inside), body.name)
    if town := _town(noun):
        return seated(town, body.name)
    before = text[max(0, body.start - _REACH) : body.start].split(" ")[:-1]
    beside = before[-1] if before and body.form == "name" else ""
    if adjectives := tuple(sorted(origins(beside) or origins(body.name))):
        states = {canonical_key(state) for adjective in adjectives if (state := place_of(adjective))}
        name = nominative([beside, noun], None, Definiteness.DEFINITE, plural=False) if origins(beside) else body.name
        return _Told(body, states.pop(), adjectives, name) if len(states) == 1 else None
    for between in _BEHIND:
        place = starts.get(body.end + len(between))
        if place is not None and text.startswith(between, body.end) and (between != " " or _is_genitive(text, place)):
            return seated(place.key, body.name + text[body.end : place.end])
    owner = ends.get(body.start - 1)
    if owner is not None and _is_genitive(text, owner):
        return seated(owner.key, f"{body.name} {text[owner.start : owner.end]}")
    if before and (town := _town(f"{before[-1]} {noun}")):
        return seated(town, f"{before[-1]} {body.name}")
    return None


def _town(words: str) -> str:
    """Key of the town whose adjective opens some words: "Kölner Polizei"."""
    opening, blank, _ = words.partition(" ")
    place = place_of(opening) if blank and opening.endswith("er") and opening[:1].isupper() else None
    return canonical_key(place) if place else ""


def _is_genitive(text: str, place: Candidate) -> bool:
    return text[place.start : place.end] == f"{place.name}s"


def _seat(noun: str, place: str) -> str:
    """A capital as its state for bodies of states; "Polizei in Berlin" is not "deutsche Polizei"."""
    return _states().get(place, place) if is_state_body(noun) else place


@cache
def _states() -> dict[str, str]:
    return {canonical_key(capital): canonical_key(state) for capital, state in capitals().items()}


def _of_noun(noun: str, group: Iterable[_Told]) -> Iterable[tuple[_Told, Seat]]:
    """Seats of the bodies that share a noun; where there is only one, those that an adjective names as well."""
    by_seat: dict[str, list[_Told]] = {}
    for told in group:
        by_seat.setdefault(told.seat, []).append(told)
    for seat, members in by_seat.items():
        described = sorted((t for t in members if t.adjectives), key=lambda t: (t.adjectives, t.candidate.start))
        if not described and len(by_seat) < 2:
            continue
        first = (described or members)[0]
        key = " ".join([*(first.adjectives or (seat,)), noun])
        for told in members:
            yield told, Seat(key, f"seat:{fold(seat)}", first.name)
