"""Read the places of one article: entities one by one, ranked by what stands around their mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quellenlage.annotate.places.clues import PLACES, Clues, is_part
from quellenlage.annotate.places.evidence import is_obscure, speaking
from quellenlage.annotate.places.roles import Words, is_club, stands_for
from quellenlage.annotate.places.strangers import Strangers
from quellenlage.model import Document, EntityKind, LocalEntity, Mention, PlaceCandidate, PlaceReading
from quellenlage.places import (
    EU,
    Candidate,
    Clue,
    Place,
    Ranked,
    airport,
    areas,
    bodies,
    candidates,
    key,
    rank,
    seats,
    state_places,
    word_set,
)
from quellenlage.places.keys import SURE
from quellenlage.places.ranking import ELSEWHERE, Points, is_distant, points

PIN, STATE = 0.45, 0.6
"""From which share on the likeliest place gets a pin, and from which the states of the likeliest together are named."""
LARGER = 20
"""How many times the inhabitants make a namesake in another state so much better known that neither a state nor a
metropolis away from the name, nor a dateline for news from anywhere, outweighs it."""
STRANGER, OBSCURE = "in-unknown-state", "obscure"
"""Reasons against the likeliest place: the text puts the name into a state that no table has; nothing speaks for it."""
_NAMESAKE = frozenset({STRANGER, OBSCURE})
_SPEAKS = ("with:", "attached:", "beside:", "own-word:")
_OWN = ("beside:", "own-word:")
_SHOWN = 4
_QUALIFIER = re.compile(
    r" (?:an|am|auf|in|im|bei|ob|vor|unter)(?: der| den| dem)? [A-ZÄÖÜ][\w-]+| ?\([A-ZÄÖÜ][\w. -]+\)|/[A-ZÄÖÜ][\w-]+"
)
_JOINT = re.compile(r"\s+(?:von |in |des |der |am |bei )?(?=[A-ZÄÖÜ])")


@dataclass(frozen=True, slots=True)
class Asked:
    """An entity with what its name can mean; `site` is the noun for what is at that place ("hafen"), "" for none.

    `part`: the noun before its first mention says that a part of a state is meant.
    """

    entity: LocalEntity
    mentions: tuple[Mention, ...]
    found: tuple[Candidate, ...]
    site: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What the article tells: its clues, the states in it that no table has, entities weighed already, all mentions
    of the name that is asked for."""

    clues: Clues | None
    strangers: Strangers
    read: dict[str, Points]
    kin: tuple[Mention, ...]


def run(document: Document) -> Document:
    """Write the readings of all entities that are places, or bodies that stand for a state."""
    by_entity: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        by_entity.setdefault(mention.entity, []).append(mention)
    asked = [
        ask
        for entity in document.entities
        if (named := tuple(m for m in by_entity.get(entity.id, ()) if m.form == "name"))
        and (ask := _asked(document, entity, named)) is not None
    ]
    asked = [replace(ask, part=_is_part(document, ask.mentions[0])) for ask in asked]
    words = Words(document)
    strangers = Strangers(document)
    alone = all(len(a.found) == 1 and not is_obscure(a.found[0]) and not a.part for a in asked)
    read = _settled(asked, None if alone and not strangers else Clues(document), strangers)
    places: list[PlaceReading] = []
    for entity in document.entities:
        reading = read.get(entity.id)
        places += _with_roles(words, entity, by_entity.get(entity.id, []), reading)
    return replace(document, places=tuple(places))


def _settled(asked: Sequence[Asked], clues: Clues | None, strangers: Strangers) -> dict[str, PlaceReading]:
    """Readings by entity. A namesake of what is meant says nothing of the other names: once found, all is read anew."""
    kin = _kin(asked)
    while True:
        first = _first_reading(asked, clues)
        read = {a.entity.id: _read(a, Around(clues, strangers, first, kin.get(a.found, ()))) for a in asked}
        namesakes = frozenset(
            c.place.key for a in asked if not _NAMESAKE.isdisjoint(read[a.entity.id].reasons) for c in a.found
        )
        if clues is None or not clues.leave_out(namesakes):
            return read


def _kin(asked: Sequence[Asked]) -> dict[tuple[Candidate, ...], tuple[Mention, ...]]:
    """Mentions of all entities that have one name, by what it can mean: what is said of Miren holds for its port.

    Names that no table has are left out: nothing makes them one.
    """
    found: dict[tuple[Candidate, ...], list[Mention]] = {}
    for ask in asked:
        if ask.found and not ask.site:
            found.setdefault(ask.found, []).extend(ask.mentions)
    return {meant: tuple(mentions) for meant, mentions in found.items()}


def _first_reading(asked: Sequence[Asked], clues: Clues | None) -> dict[str, Points]:
    """What each ambiguous name means by the unweighed others, for the second reading to build on."""
    open_ones = [a for a in asked if len(a.found) > 1]
    if clues is None or len(open_ones) < 2:
        return {}
    found = {}
    for ask in open_ones:
        ranked = rank(ask.found, clues.around(ask.mentions, {}, ask.entity.id), words=clues.words)
        found[ask.entity.id] = points([replace(r.candidate, prior=r.score) for r in ranked])
    return found


def _asked(document: Document, entity: LocalEntity, named: tuple[Mention, ...]) -> Asked | None:
    if entity.kind not in PLACES:
        if found := _misread(document, entity, named):
            return Asked(entity, named, found)
        if key(entity.name) in bodies() and (found := areas(entity.name)):
            return Asked(entity, named, found)  # the building, unless it acts
        if entity.kind is EntityKind.ORG and (found := _building(document, entity, named)):
            return Asked(entity, named, found)
        return _seated(entity, named) if entity.kind is EntityKind.ORG else None
    full = _qualified(document, named)
    if full:
        return Asked(entity, named, full)
    names = dict.fromkeys((entity.name, *(document.text[m.start : m.end] for m in named)))
    for name in names:
        if found := candidates(name):
            return Asked(entity, named, found)
    for name in names:
        if taken := _apart(name, word_set("sites", "words")):
            return Asked(entity, named, taken[1], taken[0])
    for name in names:
        if found := _in_part(name):
            return Asked(entity, named, found)
    return Asked(entity, named, ())


def _in_part(name: str) -> tuple[Candidate, ...]:
    """What the name's beginning without its qualifier means ("Liezen an der Enns"), or the owner that ends it."""
    if (cut := _QUALIFIER.search(name)) and (found := candidates(name[: cut.start()])):
        return found
    first, _, last = name.rpartition(" ")
    owners = candidates(last) if first and last.endswith("s") else ()
    return tuple(c for c in owners if not c.needs and c.place.precision in ("state", "region"))


def _qualified(document: Document, named: Sequence[Mention]) -> tuple[Candidate, ...]:
    """Candidates of the name with what stands behind it, where that is the name of a place: "Halle (Saale)"."""
    for mention in named:
        if match := _QUALIFIER.match(document.text, mention.end):
            found = candidates(document.text[mention.start : match.end()])
            if found and found[0].place.precision == "settlement":
                return found
    return ()


def _apart(name: str, heads: frozenset[str]) -> tuple[str, tuple[Candidate, ...]] | None:
    """The noun that a name begins with and what the rest can mean: "Hafen von Odessa"."""
    for joint in _JOINT.finditer(name):
        whole = name[: joint.start()].lower().split()[-1]
        for last in dict.fromkeys(
            (whole, whole.removesuffix("s"), whole.removesuffix("es"), whole.removesuffix("ses"))
        ):
            if last in heads or any(last.endswith(noun) for noun in heads if len(noun) > 4):
                found = candidates(name[joint.end() :])
                return (last, found) if found else None
    return None


def _misread(document: Document, entity: LocalEntity, named: tuple[Mention, ...]) -> tuple[Candidate, ...]:
    """A building that was taken for a person or a body, where the noun before each mention says what it is."""
    if not all(_noun_before(document, m).lower() in word_set("sites", "words") for m in named):
        return ()
    return tuple(c for c in candidates(entity.name) if c.place.precision in ("building", "settlement"))


def _building(document: Document, entity: LocalEntity, named: tuple[Mention, ...]) -> tuple[Candidate, ...]:
    """A base or plant of our table that was taken for a body, where each mention stands where only a place can."""
    found = areas(entity.name)
    if not found or found[0].place.precision != "building" or key(entity.name) in bodies():
        return ()
    forms = frozenset(document.text[t.start : t.end].lower() for t in document.tokens)
    if found[0].needs and not found[0].needs & forms:
        return ()
    before = {_noun_before(document, mention).lower() for mention in named}
    return found if before <= word_set("where", "words") | word_set("sites", "words") | {"auf", "aus"} else ()


def _noun_before(document: Document, mention: Mention) -> str:
    """The word right before a mention, "" where there is none."""
    words = document.token_range(mention.span)
    token = document.tokens[words.start - 1] if words and words.start else None
    return document.text[token.start : token.end] if token else ""


def _seated(entity: LocalEntity, named: tuple[Mention, ...]) -> Asked | None:
    """An institution named after the place where it is; other bodies are no places."""
    taken = _apart(entity.name, word_set("seated", "suffixes"))
    if taken is None:
        return None
    found = tuple(c for c in taken[1] if c.place.precision != "state" or taken[0].endswith(("behörde", "ministerium")))
    return Asked(entity, named, found, taken[0]) if found else None


def _read(asked: Asked, told: Around) -> PlaceReading:
    clues = told.clues
    if not asked.found or clues is None:
        if asked.found:
            only = Ranked(asked.found[0], asked.found[0].prior, 1.0, ("only",))
            return _pinned(asked, [only])
        return _unknown(asked, clues)
    around = clues.around(asked.mentions, told.read, asked.entity.id)
    kinds = _kinds(clues, asked)
    found = _announced(clues, asked) or asked.found
    if asked.part and all(c.place.precision == "state" for c in found):
        return _elsewhere(asked, ("part-of-a-state",), (), around)
    words = clues.words | ({asked.site} if asked.site else frozenset())

    def ranked(told: Sequence[Clue]) -> list[Ranked]:
        return rank(found, told, words=words, home=clues.home(asked.entity.id), kind=kinds, part=asked.part)

    best = ranked(around)
    undated = [clue for clue in around if not clue.dateline]
    contested = len(undated) < len(around) and _disagree(best[0], ranked(undated)[0], clues)
    against = ["against-dateline"] if contested else []
    firm = [clue for clue in around if not is_distant(clue) and not (clue.dateline and clues.world)]
    if len(firm) < len(around) and _is_outsized(best[0], ranked(firm)[0]):
        against.append("against-larger")
    return _pinned(asked, best, around, against=against, doubt=_doubt(told, best[0], around))


def _doubt(told: Around, best: Ranked, around: Sequence[Clue]) -> str:
    """Why the likeliest place is not taken for what is meant although nothing speaks for another; "" where it is."""
    if best.candidate.place.precision in ("state", "building"):
        return ""
    small = is_obscure(best.candidate)
    into = told.strangers.tell(told.kin)
    for_it = [clue for clue in speaking(best.candidate, around) if clue.attached or not (small and into)]
    if for_it:
        return ""
    if into == "state":
        return STRANGER
    known = any(reason.startswith(_OWN) for reason in best.reasons)
    return OBSCURE if not known and (small or is_obscure(best.candidate, strange=bool(told.strangers))) else ""


def _is_outsized(best: Ranked, firm: Ranked) -> bool:
    """Whether what is near the name speaks, more than for the likeliest town, for a far larger one elsewhere."""
    one, other = best.candidate.place, firm.candidate.place
    if one.precision != "settlement" or other.precision != "settlement" or one.states[:1] == other.states[:1]:
        return False
    return one.population * LARGER <= other.population


def _disagree(dated: Ranked, undated: Ranked, clues: Clues) -> bool:
    """Whether the dateline speaks for another state than the text does, or than the name where it tells little."""
    if dated.candidate.place.states[:1] == undated.candidate.place.states[:1]:
        return False
    return _is_told(undated) or (clues.world and not _is_told(dated))


def _is_told(ranked: Ranked) -> bool:
    """Whether words of the text itself speak for a place."""
    return any(reason.startswith(_SPEAKS) for reason in ranked.reasons)


def _announced(clues: Clues, asked: Asked) -> tuple[Candidate, ...]:
    """Our own table's place under the name with the noun before it: "Provinz Idlib", "Bundesstaat Washington"."""
    for mention in asked.mentions:
        before = _noun_before(clues.document, mention)
        if before[:1].isupper() and (found := areas(f"{before} {asked.entity.name}")):
            return found
    return ()


def _is_part(document: Document, first: Mention) -> bool:
    """Whether the noun before a mention says that a part of a state is meant: "Provinz Luxemburg"."""
    form = document.text[first.start : first.end]
    if key(form) in word_set("kinds", "provinces") or (form.endswith("s") and areas(form[:-1])):
        return False  # "der Bundesstaat Indiens": the noun is what the state owns
    return is_part(_noun_before(document, first).lower())


def _kinds(clues: Clues, asked: Asked) -> frozenset[str]:
    """Precisions that the noun before the name, or an office whose "von" it follows, allows."""
    allowed: set[str] = set()
    for mention in asked.mentions:
        form = clues.document.text[mention.start : mention.end]
        if form.endswith("s") and any(c.place.precision == "state" for c in areas(form[:-1])):
            continue  # "die Hauptstadt Malis": the noun is what the state owns
        before = _noun_before(clues.document, mention).lower()
        ends = {
            kind: max(
                (len(n) for n in word_set("kinds", kind) if before == n or (len(n) > 4 and before.endswith(n))),
                default=0,
            )
            for kind in ("region", "state", "settlement", "water", "area", "building")
        }
        longest = max(ends.values())  # a Bundesstaat is no Staat
        allowed.update(kind for kind, length in ends.items() if length and length == longest)
        if before == "von":
            words = clues.document.token_range(mention.span)
            token = clues.document.tokens[words.start - 2] if words.start > 1 else None
            if token and clues.document.text[token.start : token.end].lower() in word_set("offices", "region"):
                allowed.add("region")
    if allowed and not any(c.place.precision in allowed for c in asked.found):
        return frozenset()
    return frozenset(allowed)


def _pinned(
    asked: Asked,
    ranked: list[Ranked],
    around: Sequence[Clue] = (),
    *,
    against: Sequence[str] = (),
    doubt: str = "",
) -> PlaceReading:
    top = ranked[0]
    place = top.candidate.place
    listed = tuple(
        PlaceCandidate(r.candidate.place.key, r.candidate.place.name, r.candidate.place.states, r.share)
        for r in ranked[:_SHOWN]
    )
    states: dict[str, float] = {}
    for one in ranked:
        if one.candidate.place.states:
            code = one.candidate.place.states[0]
            states[code] = states.get(code, 0.0) + one.share
    reasons = (*top.reasons, f"among:{len(ranked)}")
    if ELSEWHERE in top.reasons:
        return _elsewhere(asked, reasons, listed, around)
    if against:
        reasons = (*reasons, *against, "unsure")
        return PlaceReading(asked.entity.id, None, "place", score=0.0, reasons=reasons, candidates=listed)
    if doubt:
        return PlaceReading(asked.entity.id, None, "place", score=0.0, reasons=(*reasons, doubt), candidates=listed)
    if top.share < (SURE if _is_between(asked, ranked) else PIN):
        code = max(states, key=lambda c: states[c]) if states else ""
        sure = code if states.get(code, 0.0) >= STATE else ""
        return PlaceReading(
            asked.entity.id,
            None,
            "place",
            (sure,) if sure else (),
            score=round(states.get(sure, 0.0), 2) if sure else top.share,
            reasons=(*reasons, "unsure"),
            candidates=listed,
        )
    if asked.site and place.precision != "building":
        place = _site(place, asked.site)
    return _reading(asked.entity.id, place, top.share, reasons, listed)


def _is_between(asked: Asked, ranked: list[Ranked]) -> bool:
    """Whether the name is of a state and a part of another, or a noun told a part of a state that no table has."""
    if any(one.candidate.lesser for one in ranked):
        return True
    return asked.part and ranked[0].candidate.place.precision == "settlement"


def _site(place: Place, site: str) -> Place:
    """What is at a town: its airport where that is known, else something within it."""
    if site in word_set("sites", "airports") and (found := airport(place)):
        return found
    if place.precision != "settlement":
        return place
    return replace(place, key=f"{place.key}/{site}", name=f"{site.capitalize()} {place.name}", precision="building")


def _reading(
    entity: str, place: Place, score: float, reasons: tuple[str, ...], listed: tuple[PlaceCandidate, ...]
) -> PlaceReading:
    return PlaceReading(
        entity,
        None,
        "place",
        place.states,
        place.key,
        place.name,
        place.lat,
        place.lon,
        place.radius_km,
        place.precision,
        round(score, 2),
        reasons,
        listed,
    )


def _elsewhere(
    asked: Asked, reasons: tuple[str, ...], listed: tuple[PlaceCandidate, ...], around: Sequence[Clue]
) -> PlaceReading:
    """A namesake that is in no table: the state where words at the name tell it, and no pin."""
    states = {c.points.places[0].states[0] for c in around if c.attached and c.points.places[0].states}
    told = tuple(states) if len(states) == 1 else ()
    return PlaceReading(
        asked.entity.id, None, "place", told, score=0.6 if told else 0.0, reasons=reasons, candidates=listed
    )


def _unknown(asked: Asked, clues: Clues | None) -> PlaceReading:
    """A place in no table: its state where a word at the name tells it."""
    around = clues.around(asked.mentions, {}, asked.entity.id) if clues else []
    return _elsewhere(asked, ("unlisted",), (), around)


def _with_roles(
    words: Words, entity: LocalEntity, mentions: Sequence[Mention], reading: PlaceReading | None
) -> Iterator[PlaceReading]:
    """The entity's reading, and one for each mention whose role is another; all metonyms: the entity is one."""
    acting: dict[str, tuple[str, str]] = {}
    named = [m for m in mentions if m.form == "name"]
    clubs = [m.id for m in named if is_club(words, m)] if reading and entity.kind in PLACES else []
    if clubs and len(clubs) == len(named):
        yield PlaceReading(entity.id, None, "none", reasons=("club",))
        return
    for mention in mentions:
        if mention.id in clubs:
            continue
        name = entity.name if mention.form == "name" else words.document.text[mention.start : mention.end]
        if mention.form == "noun" and key(name) not in seats():
            continue
        if (found := stands_for(words, mention, name)) and not _is_namesake(reading, found[0]):
            acting[mention.id] = found
    if named and all(m.id in acting for m in named):
        code, why = acting[named[0].id]
        yield _metonym(entity.id, None, code, why, reading)
        return
    if reading is not None:
        yield reading
    for club in clubs:
        yield PlaceReading(entity.id, club, "none", reasons=("club",))
    for mention_id, (code, why) in acting.items():
        yield _metonym(entity.id, mention_id, code, why, reading)


def _is_namesake(reading: PlaceReading | None, code: str) -> bool:
    """Whether a name is surely a town of another state than the government that it could stand for."""
    if reading is None or reading.precision != "settlement" or reading.score < SURE or code == EU:
        return False
    return reading.state[:1] != (code,)


def _metonym(entity: str, mention: str | None, code: str, why: str, reading: PlaceReading | None) -> PlaceReading:
    place = state_places()[code]
    listed = reading.candidates[:1] if reading else ()
    made = _reading(entity, place, 0.9, (f"metonym:{why}",), listed)
    return replace(made, mention=mention, role="metonym")
