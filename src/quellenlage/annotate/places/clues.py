"""What an article says about where it is: places it names, adjectives and inhabitants, rivers within compounds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from quellenlage.annotate.places.filing import MOST, REACH, Filed, Noted, Standing
from quellenlage.model import Document, EntityKind, Mention, Token, ZoneKind
from quellenlage.model.recent import recent
from quellenlage.places import (
    CONTEXT,
    Candidate,
    Clue,
    areas,
    candidates,
    hints,
    inhabitants,
    key,
    state_places,
    stems,
    word_set,
)
from quellenlage.places.ranking import Points, points
from quellenlage.resources import load

PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_NAMED, _WORD, _ADJECTIVE, _PART, _HINT = 1.0, 0.75, 0.8, 0.75, 0.6
_DATELINE, _WORLD = 0.8, 0.4
"""Worth of where a report was written: less than of a state that the sentence names."""
_CAPITAL = 1.0
"""How much likelier than its namesakes a capital or metropolis must be to be taken for the town of a dateline."""
_CLEAR = 0.6
"""From which share on the namesakes of a dateline's town in one state make it that state's."""
_WIDE = frozenset({"water", "region", "area", "state"})
"""Precisions of what a compound may begin with: "Weichselbrücke", "Nicaraguasee"."""
_BETWEEN = re.compile(
    r"\s*[,(/]?\s*(?:(?:(?:ein|d)(?:e[rmn]?|ie|as)?\s(?:(?:klein|größt|zweitgrößt)e[nrms]?\s)?"
    r"(?:Stadt|Gemeinde|Ort|Dorf|Ortschaft|[A-ZÄÖÜ][\w-]+(?:stadt|gemeinde|ort|dorf))|"
    r"[A-ZÄÖÜ][a-zäöüß]*(?:küste|ufer|spitze|hälfte)|"
    r"im|in|am|an|auf|bei|ob|nahe|unweit|vor|der|dem|den|des|zum|US-Bundesstaat|Bundesstaat|Bundesland|"
    r"Provinz|Region|Kanton|Landkreis|Kreis|Staat|Insel|Bezirk|Departement|Gouvernement|Teilstaat|"
    r"(?:nord|süd|ost|west|nordost|nordwest|südost|südwest)?(?:lichen|liche)|"
    r"Norden|Süden|Osten|Westen|Nordosten|Nordwesten|Südosten|Südwesten)\s*)*"
)
_ADDRESSED = re.compile(r"\s+(?:an|vor|bei)\s+(?:d(?:ie|en|er|em|as)\s+)?")
"""Between a town and a state that it turns to, not where it lies: "ein Brief aus Athen an die USA"."""
_ADJECTIVES = re.compile(r"(?P<stem>[\w-]{2,}?)isch(?:e[nrms]?)?$")
_BETWEEN_ADJECTIVE = re.compile(r"\s+(?:([A-ZÄÖÜ][\w-]*)\s+)?")
_HEADS = ("stadt", "ort", "dorf", "gemeinde", "region", "insel")
"""Nouns between an adjective and a name that is its owner's, beside those for parts of states."""
_DATED = re.compile(r"[^(|,:;–—\d]+")


class Clues:
    """All that one article tells of places, gathered once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [s.start for s in document.sentences]
        self.noted: list[Noted] = []
        self._filed: Filed | None = None
        listed = {e.id for e in document.entities if e.kind in PLACES and candidates(e.name)}
        taken = bytearray(len(document.text))  # 1: a place that a table has, 2: a person, in whose name no place counts
        for mention in document.mentions:
            if mention.form == "name":
                mark = 2 if mention.kind is EntityKind.PER else int(mention.entity in listed)
                taken[mention.start : mention.end] = bytes([mark]) * (mention.end - mention.start)
        self.world = False
        """Whether the dateline is of a town where news from anywhere are written."""
        self._names()
        for start, end in self._datelines():
            taken[start:end] = bytes([2]) * (end - start)
        for number, token in enumerate(document.tokens):
            if taken[token.start] != 2:
                self._word(number, token, free=not taken[token.start])
        self.words = frozenset(self._folded())

    def sentence(self, offset: int) -> int:
        """Number of the sentence at an offset."""
        return bisect_right(self._starts, offset) - 1

    def _note(
        self,
        span: tuple[int, int],
        found: Sequence[Candidate],
        weight: float,
        *,
        entity: str | None = None,
        adjective: bool = False,
    ) -> None:
        if found := [c for c in found if not c.borrowed]:
            start, end = span
            word, at = self.document.text[start:end], _points(tuple(found))
            self.noted.append(
                Noted(start, end, self.sentence(start), word, at, found[0], weight, entity=entity, adjective=adjective)
            )

    def _datelines(self) -> Iterator[tuple[int, int]]:
        """Note towns of datelines with their states; yields where they lie."""
        for zone in self.document.article.zones:
            if zone.kind is not ZoneKind.DATELINE or not (
                match := _DATED.match(self.document.text, zone.start, zone.end)
            ):
                continue
            name = match[0].strip(" -./")
            town = tuple(
                c for c in candidates(name.title() if name.isupper() else name) if not c.needs and not c.borrowed
            )
            if not town:
                continue
            if town[0].world and all(c.prior < town[0].prior - _CAPITAL for c in town[1:]):
                town = town[:1]  # there are many Santo Domingos, but only one with the bureau of an agency
            span = zone.start, zone.start + match[0].index(name) + len(name)
            self.world = self.world or key(name) in _world()
            weight = _WORLD if self.world else _DATELINE
            told = _points(town)
            state = town[0].place.states[0] if town[0].place.states else ""
            share = sum(s for s, p in zip(told.shares, told.places, strict=True) if p.states[:1] == (state,))
            sentence = self.sentence(zone.start)
            self.noted.append(Noted(*span, sentence, name, told, town[0], weight, dateline=True))
            if share > _CLEAR and state:
                found = _state(state)
                word = found[0].place.name
                self.noted.append(Noted(*span, sentence, word, _points(found), found[0], weight, dateline=True))
            yield span

    def _names(self) -> None:
        names = {e.id: e.name for e in self.document.entities if e.kind in PLACES}
        for mention in self.document.mentions:
            if mention.form == "name" and mention.entity in names:
                found = candidates(names[mention.entity])
                self._note((mention.start, mention.end), found, _NAMED, entity=mention.entity)

    def _word(self, number: int, token: Token, *, free: bool) -> None:
        form = self.document.text[token.start : token.end]
        if len(form) < 2 or not form[0].isalpha():
            return
        if found := self._two(number, form):
            self._note((token.start, self.document.tokens[number + 1].end), found, _NAMED)
        elif found := _adjective(form):
            self._note((token.start, token.end), found, _ADJECTIVE, adjective=True)
        elif free and form[0].isupper():
            found = _named(form, token.upos == "PROPN")
            self._note((token.start, token.end), found, _WORD)
            if not found and (hinted := _hinted(form)):
                self._note((token.start, token.end), hinted, _HINT)
            elif not found and (part := _part(form)):
                self._note((token.start, token.end), part, _PART, adjective="-" not in form and form.endswith("er"))

    def _folded(self) -> Iterator[str]:
        for token in self.document.tokens:
            form = key(self.document.text[token.start : token.end])
            yield form
            yield from form.split()

    def _two(self, number: int, form: str) -> tuple[Candidate, ...]:
        """A region or water whose name has two words: "Lübecker Bucht"."""
        tokens = self.document.tokens
        if number + 1 == len(tokens) or not form[0].isupper() or tokens[number + 1].start != tokens[number].end + 1:
            return ()
        behind = self.document.text[tokens[number + 1].start : tokens[number + 1].end]
        return tuple(c for c in areas(f"{form} {behind}") if not c.needs) if behind[0].isupper() else ()

    def home(self, own: str) -> float:
        """How much the article is at home where German is spoken, by all that it names but one entity."""
        return self._file().home(own)

    def leave_out(self, places: frozenset[str]) -> bool:
        """Forget all that names these places (keys), and the states of datelines told by them; whether any did."""
        named = [n for n in self.noted if n.top.place.key in places]
        datelines = {n.start for n in named if n.dateline}
        self.noted = [
            n for n in self.noted if n.top.place.key not in places and not (n.dateline and n.start in datelines)
        ]
        self._filed = None
        return bool(named)

    def _file(self) -> Filed:
        if self._filed is None:
            self._filed = Filed(self.noted)
        return self._filed

    def around(self, mentions: Sequence[Mention], read: dict[str, Points], own: str) -> list[Clue]:
        """Clues for what some mentions mean; `read` are entities whose candidates are weighed already."""
        asked = Standing(mentions, [self.sentence(m.start) for m in mentions])
        offered, places = self._file().about(asked, own)
        found: dict[str, Clue] = {}
        for noted in offered:
            weight = noted.weighs(asked.distance(noted.sentence))
            attached = any(self._attached(noted, m) for m in asked.near(noted))
            known = found.get(noted.word)
            if known is None or (attached, weight) > (known.attached, known.weight):
                at = read.get(noted.entity or "", noted.points)
                actor = noted.adjective or noted.weight == _PART
                hint = noted.weight == _HINT
                found[noted.word] = Clue(noted.word, at, weight, attached, actor, noted.dateline, hint)
        return sorted(found.values(), key=lambda c: (not c.attached, -c.weight, places[c.word]))[:MOST]

    def _attached(self, noted: Noted, mention: Mention) -> bool:
        text = self.document.text
        if noted.adjective:
            if not 0 < mention.start - noted.end < REACH:
                return False
            between = _BETWEEN_ADJECTIVE.fullmatch(text, noted.end, mention.start)
            return between is not None and is_owned((between[1] or "").lower(), text[mention.start : mention.end])
        if not 0 < noted.start - mention.end <= REACH:
            return False
        if noted.top.place.precision == "state" and _ADDRESSED.fullmatch(text, mention.end, noted.start):
            return False
        return bool(_BETWEEN.fullmatch(text, mention.end, noted.start))


def is_owned(noun: str, name: str) -> bool:
    """Whether the noun between an adjective and a name lets the place lie in the adjective's state."""
    if is_part(noun):
        return key(name) not in word_set("kinds", "provinces")
    return not noun or noun.endswith(_HEADS)


def is_known_adjective(form: str) -> bool:
    """Whether an adjective in lower case is one of a state, a region or a town that a table has."""
    return bool(_adjective(form))


def is_part(noun: str) -> bool:
    """Whether a noun, in lower case, is one for a part of a state."""
    nouns = word_set("kinds", "parts")
    return noun in nouns or any(noun.endswith(known) for known in nouns)


@lru_cache(maxsize=1)
def _world() -> frozenset[str]:
    return frozenset(key(name) for name in load(CONTEXT)["datelines"]["world"].split("|"))


@recent(1 << 12)
def _points(found: tuple[Candidate, ...]) -> Points:
    return points(found)


@recent(1 << 14)
def _adjective(form: str) -> tuple[Candidate, ...]:
    """What an adjective, an inhabitant or a compound of a state is made of."""
    lowered = form.lower()
    if match := _ADJECTIVES.match(lowered):
        return _of_stem(match["stem"])
    if not form[0].isupper() or len(form) < 4:
        return ()
    if "-" in form and (found := areas(form.split("-", maxsplit=1)[0])) and found[0].place.precision == "state":
        return found[:1]
    for ending in ("", "n", "en", "s", "in", "innen"):
        if not ending or lowered.endswith(ending):
            code = inhabitants().get(key(lowered[: len(lowered) - len(ending)] + ("e" if ending == "innen" else "")))
            if code:
                return _state(code)
    for ending in ("er", "ern", "ers", "erin", "erinnen"):
        if lowered.endswith(ending):
            stem = lowered[: -len(ending)]
            found = _of_stem(stem)
            if found or len(stem) < 3:
                return found
            for town in (stem, stem + "en", stem.removesuffix("n") + "en" if stem.endswith("n") else stem + "e"):
                made = candidates(town.capitalize())
                if made and ending in ("er", "ern") and made[0].place.precision in ("settlement", "region"):
                    return made
    return ()


def _of_stem(stem: str) -> tuple[Candidate, ...]:
    for form in (stem, stem + "ien", stem + "en", stem + "land"):
        if form == stem and (found := stems().get(key(stem))):
            return (Candidate(found[0], 8.0, found[1]),)
        listed = [c for c in areas(form) if c.place.precision in ("state", "region", "area")]
        if form != stem and listed and len(stem) > 2:
            return tuple(listed[:1])
    return ()


def _state(code: str) -> tuple[Candidate, ...]:
    state = state_places()[code]
    return (Candidate(state, 8.0, ((state.lat, state.lon),)),)


@recent(1 << 14)
def _named(form: str, proper: bool) -> tuple[Candidate, ...]:
    """A capitalised word that no mention covers: ours by any name, a town's only where it is a proper name."""
    found = tuple(c for c in areas(form) if not c.needs)
    if found or not proper or len(form) < 4 or form.isupper():
        return found
    return candidates(form)


@recent(1 << 14)
def _hinted(form: str) -> tuple[Candidate, ...]:
    """The states that an institution, a group or a currency hints at: "Landratsamt", "Sheriff"."""
    word = form.lower()
    codes = hints().get(word)
    for cut in range(len(word), 3, -1):
        codes = codes or hints().get(word[:cut] + "*")
    return tuple(candidate for code in codes or () for candidate in _state(code))


@recent(1 << 14)
def _part(form: str) -> tuple[Candidate, ...]:
    """A river, region or state that a compound begins with: "Weichselbrücke", "Cibao-Ebene"."""
    for cut in range(len(form) - 3, 3, -1):
        for part in (form[:cut].rstrip("-"), form[:cut].rstrip("-") + "e"):
            found = tuple(c for c in areas(part) if not c.needs and c.place.precision in _WIDE)
            if found:
                return found
    return ()
