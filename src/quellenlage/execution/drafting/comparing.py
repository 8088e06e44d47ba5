"""One sentence of a draft beside one of the archive: how much they share, and where they exclude each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain

from quellenlage.execution.drafting.course import PARTY, Clash, agents, announced_at, course
from quellenlage.execution.drafting.days import Day, days_between, same_day
from quellenlage.execution.drafting.facts import Content, Facts, clause_at, families, folded_in, is_saying
from quellenlage.execution.drafting.locations import Place
from quellenlage.execution.drafting.misnamed import in_anothers_place
from quellenlage.execution.drafting.numbers import Number
from quellenlage.execution.drafting.opposites import opposed
from quellenlage.execution.drafting.pool import Place as Spot
from quellenlage.execution.drafting.pool import Pool
from quellenlage.execution.drafting.report import DraftKind
from quellenlage.execution.drafting.roles import belongs_at
from quellenlage.model import DateInterval, Span, fold

_FAMILY, _COMPOUND, _KIND = 0.9, 0.8, 0.7
"""What a word counts that is of one family with the archive's, a part of its compound, of one kind of happening."""

_AROUND_NAME, _AROUND_WORD, _PART_NAME = 0.7, 0.5, 0.8
"""What a name counts, and a word, that stands in the sentences before alone."""

_SAID = 0.3
"""Weight of verbs of saying beside other words."""

_MEANING = (0.90, 0.97)
"""Likeness of meaning (cosine, passage against passage) that counts nothing, and that counts in full."""

_MEANING_SHARE, _MEANING_LOSS = 0.45, 0.1
"""How much of the score is meaning where it is known, and what a sentence loses at most that is not like in it."""

_UNKNOWN = 4.0
"""What a name weighs that the archive's articles do not have."""

_LEAST_PART = 5

_BOTH = frozenset({"beide", "beiden", "beider"})

_MONTH = 31


@dataclass(frozen=True, slots=True)
class Match:
    """A sentence of the archive beside the draft's. `score` is the share of the draft's words and names it has.

    `agreed` are codes of numbers, days and places that both give; `open` of those that the archive's does not. `gist`
    is the share of its words without the names, `predicate` says that what is done is told in both,
    `whole` that all is that the draft says is done, `same_word` that it is by the same word or one of its family,
    `exact` by the same word alone. `apart` says that it is not about somebody whom the draft names, `misnamed` that it
    tells the same of another one in the draft's words.
    """

    spot: Spot
    facts: Facts
    score: float
    clashes: tuple[Clash, ...]
    agreed: tuple[str, ...]
    open: tuple[str, ...]
    reasons: tuple[str, ...]
    predicate: bool
    whole: bool
    same_word: bool
    gist: float
    apart: bool
    misnamed: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A word of the draft with the place of the archive's that answers it (None: it only stands near), and its worth.

    `deed` says that it is a verb, or tells a happening.
    """

    word: Content
    at: int | None
    worth: float
    weight: float
    deed: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """How much of a draft's sentence one of the archive has; `gist` is that of its words without the names."""

    share: float
    gist: float
    pairs: tuple[Pair, ...]

    @property
    def deeds(self) -> tuple[Pair, ...]:
        """Pairs that tell what is done, verbs of saying left out."""
        return tuple(one for one in self.pairs if one.deed and not is_saying(one.word))

    @property
    def held(self) -> tuple[Pair, ...]:
        """Pairs of words that answer each other, those that tell what is done first, the weightiest of them."""
        met = [one for one in self.pairs if one.worth >= _KIND and one.at is not None and not is_saying(one.word)]
        return tuple(sorted(met, key=lambda one: (not one.deed, -one.weight)))


def compare(pool: Pool, mine: Facts, spot: Spot, meaning: float | None) -> Match:
    """Compare a sentence of the draft with one of the archive; `meaning` is 0 where vectors say that it is not like."""
    theirs = pool.facts(spot)
    around = list(pool.around(spot))
    shared = _shared(pool, mine, theirs, around)
    score = shared.share
    reasons = [f"shared:{shared.share:.2f}"]
    if meaning is not None:
        low, high = _MEANING
        like = min(1.0, max(0.0, (meaning - low) / (high - low)))
        score = max((1 - _MEANING_SHARE) * score + _MEANING_SHARE * like, score - _MEANING_LOSS)
        if meaning:
            reasons.append(f"meaning:{meaning:.2f}")
    agreed, left_open, clashes = list[str](), list[str](), list[Clash]()
    at = shared.held[0].at if shared.held else None
    clause = clause_at(theirs, at) if at is not None else None
    for verdicts in (
        _numbers(mine, theirs, around),
        _days(pool, mine, theirs, around, at),
        _clocks(mine, theirs, around, clause),
        _places(pool, mine, theirs, around),
    ):
        for code, clash in verdicts:
            if clash is not None:
                clashes.append(clash)
            elif code.startswith("open:"):
                left_open.append(code)
            else:
                agreed.append(code)
    clashes += course(mine, theirs, shared)
    near = set(chain.from_iterable(one.names for one in around))
    other = list(agents(mine, theirs, shared, near))
    clashes += (one for one in other if isinstance(one, Clash))
    left_open += (one for one in other if isinstance(one, str))
    missing, far = _absent(pool, mine, theirs, near)
    if missing and PARTY not in left_open:
        left_open.append(PARTY)
    lacking = [one for one in shared.deeds if one.worth < _KIND]
    return Match(
        spot=spot,
        facts=theirs,
        score=round(min(1.0, score), 3),
        clashes=tuple(clashes),
        agreed=tuple(agreed),
        open=tuple(left_open),
        reasons=tuple(reasons),
        predicate=not shared.pairs or (bool(shared.held) and len(lacking) < max(1, len(shared.deeds))),
        same_word=not shared.pairs or (bool(shared.held) and shared.held[0].worth > _KIND),
        whole=not lacking,
        gist=shared.gist,
        apart=far,
        misnamed=far and in_anothers_place(pool.directory, mine, theirs, shared, missing),
        exact=not shared.held or shared.held[0].worth >= 1.0,
    )


def _absent(pool: Pool, mine: Facts, theirs: Facts, near: set[str]) -> tuple[Collection[Span], bool]:
    """Whom of the draft the archive's sentence does not name, and whether its surroundings do not name a person either.

    Places have rules of their own, unless they act; who only belongs to something ("der Bericht der IBMO") is no party.
    """
    placed = {place.span for place in mine.places}
    asked: dict[Span, list[str]] = {}
    for one, span in (*mine.names.items(), *mine.spelled.items()):
        if span not in placed and not belongs_at(mine, span.start):
            asked.setdefault(span, []).append(one)
    there = {*theirs.names, *theirs.spelled, *_made_from(theirs)}
    words = folded_in(theirs, theirs.span)
    missing: dict[Span, list[str]] = {}
    for span, ids in asked.items():
        spelled = fold(span.of(mine.document.text)).split()[-1:]
        if not there.isdisjoint(ids) or _by_part(pool, ids, theirs) or words.issuperset(spelled):
            continue
        missing[span] = ids
    pronoun = _has_pronoun(theirs)
    if pronoun:
        near = {one for entity in theirs.document.entities for one in theirs.meant(entity.id)}
    told_near = not any(near.isdisjoint(ids) for ids in missing.values())
    if told_near and all(_joined(mine, span, asked.keys() - missing.keys()) for span in missing):
        return (), False
    if told_near and (pronoun or (len(missing) == len(asked) and not _names_people(pool, theirs))):
        return (), False
    strange = any(pool.directory.is_person(ids) and near.isdisjoint(ids) for ids in missing.values())
    return missing.keys(), strange and not pronoun


def _joined(mine: Facts, span: Span, others: Collection[Span]) -> bool:
    """Whether a draft names somebody in one breath with another ("A und B"), of whom the archive's sentence tells."""
    text = mine.document.text
    return any(text[min(span.end, o.end) : max(span.start, o.start)].strip() in {"und", "sowie"} for o in others)


def _made_from(facts: Facts) -> Iterator[str]:
    """Those from whose names words of a sentence are made that were not read as such ("die perkonische Seite")."""
    for token in facts.document.tokens_in(facts.span):
        if token.upos == "ADJ":
            yield from facts.called(token.of(facts.document.text))


def _has_pronoun(facts: Facts) -> bool:
    """Whether a personal pronoun, or "beide", may mean those whom a sentence near by names."""
    if not _BOTH.isdisjoint(folded_in(facts, facts.span)):
        return True
    feats = (token.feats or "" for token in facts.document.tokens_in(facts.span) if token.upos == "PRON")
    return any("PronType=Prs" in one and "Reflex=Yes" not in one for one in feats)


def _names_people(pool: Pool, facts: Facts) -> bool:
    """Whether a sentence names a person of its own."""
    return any(pool.directory.is_person([one]) for one in facts.names)


def _shared(pool: Pool, mine: Facts, theirs: Facts, around: list[Facts]) -> Shared:
    """What of a draft's sentence one of the archive has.

    Places are left out: whether they agree is asked for themselves.
    """
    total, found = _names_shared(pool, mine, theirs, around)
    near_words = set(chain.from_iterable(one.words for one in around))
    triggers = {e.trigger.start: e.event_type for e in mine.events}
    pairs = []
    for stem, word in mine.words.items():
        weight = pool.weight(stem) * (_SAID if is_saying(word) else 1.0)
        worth, at = _worth(stem, word.lemma, theirs)
        kind = triggers.get(word.start)
        against = _opposite_in(word, theirs)
        if worth < _KIND and against is not None:
            worth, at = _KIND, against
        elif worth < _KIND and kind in theirs.types:
            worth, at = _KIND, next(e.trigger.start for e in theirs.events if e.event_type == kind)
        if worth == 0.0 and stem in near_words:
            worth = _AROUND_WORD
        pairs.append(Pair(word, at, worth, weight, word.upos == "VERB" or word.start in triggers))
    said = sum(one.weight for one in pairs)
    held = sum(one.weight * one.worth for one in pairs)
    share = (found + held) / (total + said) if total + said else 0.0
    return Shared(share, held / said if said else 1.0, tuple(pairs))


def _opposite_in(word: Content, theirs: Facts) -> int | None:
    """Where the archive's sentence says the opposite of a word."""
    return next((other.start for other in theirs.words.values() if opposed(word.lemma, other.lemma)), None)


def _names_shared(pool: Pool, mine: Facts, theirs: Facts, around: list[Facts]) -> tuple[float, float]:
    """Weight of the names of a draft's sentence, and how much of it the archive's has."""
    total = found = 0.0
    placed = {place.span for place in mine.places}
    near_names = set(chain.from_iterable(one.names for one in around))
    grouped: dict[Span, list[str]] = {}
    for name, span in mine.names.items():
        if span not in placed:
            grouped.setdefault(span, []).append(name)
    for names in grouped.values():
        weight = max(1.0, min(pool.weight(name) for name in names))
        total += weight
        if any(name in theirs.names for name in names):
            found += weight
        elif _by_part(pool, names, theirs):
            found += weight * _PART_NAME
        elif any(name in near_names for name in names):
            found += weight * _AROUND_NAME
    for name, span in mine.unknown.items():
        if span not in placed:
            total += _UNKNOWN
            found += _UNKNOWN * (fold(name) in fold(theirs.span.of(theirs.document.text)))
    return total, found


def _by_part(pool: Pool, names: list[str], theirs: Facts) -> bool:
    """Whether the archive names a part or the whole of a place or body ("Miren" for the "Hafen von Miren")."""
    asked = [set(fold(pool.directory.name(name)).split()) for name in names]
    found = [set(fold(pool.directory.name(name)).split()) for name in theirs.names]
    return any(one <= other or other <= one for one in asked for other in found if one and other)


def _worth(word: str, lemma: str, theirs: Facts) -> tuple[float, int | None]:
    """How far the archive's sentence has a word, and where."""
    if word in theirs.words:
        return 1.0, theirs.words[word].start
    own = families(lemma)
    for token in theirs.words.values():
        if own and not own.isdisjoint(families(token.lemma)) and not opposed(lemma, token.lemma):
            return _FAMILY, token.start
    for other, token in theirs.words.items():
        short, long = sorted((word, other), key=len)
        if len(short) >= _LEAST_PART and (long.endswith(short) or long.startswith(short)):
            return _COMPOUND, token.start
    return (1.0, None) if word in theirs.all_words else (0.0, None)


_Verdicts = Iterator[tuple[str, Clash | None]]


def _numbers(mine: Facts, theirs: Facts, around: list[Facts]) -> _Verdicts:
    for number in mine.numbers:
        like = [one for one in theirs.numbers if one.counts_like(number)]
        if any(one.meets(number) for one in like) or any(_equal(one, number) for one in theirs.numbers):
            yield "number", None
        elif like:
            firm = number.excludes(like[0])
            yield "number", Clash(DraftKind.NUMBER, number.span, like[0].span, f"counts:{number.unit}", firm)
        elif any(one.counts_like(number) and one.meets(number) for facts in around for one in facts.numbers):
            yield "number-near", None
        else:
            yield "open:number", None


def _equal(one: Number, other: Number) -> bool:
    """The same number where one of them does not say what it counts."""
    return (not one.unit or not other.unit) and (one.low, one.high) == (other.low, other.high)


def _days(pool: Pool, mine: Facts, theirs: Facts, around: list[Facts], at: int | None) -> _Verdicts:
    """Days of the draft against those of the clause in which the same is done, else of the whole sentence."""
    clause = clause_at(theirs, at) if at is not None else None
    announced = at is not None and announced_at(theirs, at)
    linked = _event_days(pool, theirs) if mine.days else None
    here = [one for one in theirs.days if clause and clause.contains(one.span)] or list(theirs.days)
    righted = pool.corrected_days(theirs, at) if mine.days else None
    if righted is not None:
        yield "day-by-person", None
        for day in mine.days:
            same = same_day(day, Day(day.span, righted.value, righted))
            clash = Clash(DraftKind.DATE, day.span, None, f"days:{righted.value}", day.shape != "weekday")
            yield "date" if same is not None else "open:date", clash if same is False else None
        return
    for day in mine.days:
        told = [same_day(day, other) for other in here]
        if any(told):
            yield "date", None
        elif False in told:
            rival = here[told.index(False)]
            far = not (day.interval and rival.interval) or days_between(day.interval, rival.interval) > 1
            yield "date", Clash(DraftKind.DATE, day.span, rival.span, "day", far and day.shape != "weekday")
        elif linked and same_day(day, Day(day.span, linked.value, linked)) is not None:
            if same_day(day, Day(day.span, linked.value, linked)):
                yield "date", None
            else:
                far = not day.interval or days_between(day.interval, linked) > 1
                firm = far and linked.days <= _MONTH and day.shape != "weekday"
                yield "date", Clash(DraftKind.DATE, day.span, None, f"days:{linked.value}", firm)
        elif any(same_day(day, other) for facts in around for other in facts.days):
            yield "date-near", None
        elif _printed_before(day, theirs, announced=announced):
            yield "date", Clash(DraftKind.DATE, day.span, None, "printed-before")
        else:
            yield "open:date", None


def _clocks(mine: Facts, theirs: Facts, around: list[Facts], clause: Span | None) -> _Verdicts:
    """Times of day, in the clause in which the same is done, else in the whole sentence."""
    here = [one for one in theirs.clocks if clause and clause.contains(one.span)] or list(theirs.clocks)
    for clock in mine.clocks:
        if any(clock.meets(other) for other in here):
            yield "date", None
        elif here:
            yield "date", Clash(DraftKind.DATE, clock.span, here[0].span, "clock")
        elif any(clock.meets(other) for facts in around for other in facts.clocks):
            yield "date-near", None
        else:
            yield "open:date", None


def _printed_before(day: Day, theirs: Facts, *, announced: bool) -> bool:
    """Whether an article that tells it as done was printed before the draft's day."""
    dct = theirs.document.article.dct
    return (
        dct is not None
        and day.interval is not None
        and not day.guessed
        and dct.latest < day.interval.earliest
        and not theirs.unreal
        and not announced
    )


def _event_days(pool: Pool, theirs: Facts) -> DateInterval | None:
    """The days of what the archive's sentence tells: as the article gives them, else as all accounts together."""
    own = theirs.event_days
    if own is not None:
        return own
    return pool.event_days(theirs)


def _places(pool: Pool, mine: Facts, theirs: Facts, around: list[Facts]) -> _Verdicts:
    for place in mine.places:
        known = place.ids & theirs.names.keys()
        words = fold(theirs.span.of(theirs.document.text))
        if known or fold(place.name) in words or _part_of(place, theirs):
            rival = next((o for o in theirs.places if o.way == place.way and place.way.startswith("of:")), None)
            if rival is None or not rival.ids.isdisjoint(place.ids):
                yield "place", None
                continue
        rivals = [o for o in theirs.places if o.way == place.way and _rival(pool, place, o, mine)]
        if rivals:
            yield "place", Clash(DraftKind.PLACE, place.span, rivals[0].span, f"place:{place.way}")
        elif any(place.ids & one.names.keys() for one in around):
            yield "place", None
        else:
            yield "open:place", None


def _part_of(place: Place, theirs: Facts) -> bool:
    """Whether the archive's sentence has a place whose name is a part of this one's, or the other way round."""
    mine = set(fold(place.name).split())
    return any(set(fold(o.name).split()) <= mine or mine <= set(fold(o.name).split()) for o in theirs.places)


def _rival(pool: Pool, place: Place, other: Place, mine: Facts) -> bool:
    """Whether another place excludes it: not one that the draft names too, nor one with its name as a part.

    Nor one that it lies in, or that lies in it.
    """
    if other.ids & mine.names.keys() or not other.ids:
        return False
    if pool.lies_in(place.ids, other.ids) or pool.lies_in(other.ids, place.ids):
        return False
    one, two = set(fold(place.name).split()), set(fold(other.name).split())
    return not (one <= two or two <= one)
