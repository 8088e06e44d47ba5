"""What speaks for or against an entity's being an entry of a list, beside the names: offices, states, birth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from quellenlage.model import DateInterval, Entity, EntityKind, Post, Reference, fold
from quellenlage.model.recent import recent
from quellenlage.names.given import given_groups
from quellenlage.offices.phrase import read
from quellenlage.offices.words import WORDS as OFFICE_WORDS
from quellenlage.offices.words import compact, lemma_of, lexicon, state_of
from quellenlage.resources import load

WORDS = "de/reference_words.toml"

OFFICE_IN_TIME, OFFICE, NOUN, OTHER_TIME, OTHER_OFFICE = 0.2, 0.15, 0.12, -0.15, -0.11
"""The same office while it was held, without a term, only its noun; the same office at another time; none in common."""
SAME_STATE, OTHER_STATE, OTHER_PLACE = 0.06, -0.2, -0.45
SAME_BIRTH, OTHER_BIRTH = 0.2, -0.6

_SLACK = 60
"""Days around a term: articles name ministers before they are sworn in and after they left."""
_SMALL = 4
_AGE = re.compile(
    r"""^\s*\(\s*(\d{1,3})\s*(?:Jahre)?\s*\)|^,?\s*(\d{1,3})(?:\s*,|\s+Jahre\ alt)
    |(\d{1,3})[- ]?[jJ]ährige[nrms]?\s+\S*\s*$""",
    re.VERBOSE,
)
_BORN = re.compile(r"(?:geb(?:oren|\.)?|Jahrgang|\*)\s*(?:am\s+|im Jahr\s+|\d{1,2}\.\s*\S*\s*)?(\d{4})")
_APPOSITION = re.compile(r"^,\s*([^,.;:()]{4,})")
_BEFORE = re.compile(r"(?<!\w)((?:[a-zäöüß]+\s+){0,2}[A-ZÄÖÜ][\w-]+)\s+$")
_PHRASES = re.compile(r"[,;/:()]|\s(?:und|sowie|and)\s")
_COMPLEMENT = frozenset(
    fold(word)
    for word in "der des dem den die das von vom im in am an auf aus bei beim für zu zum zur of the for at to".split()
)
"""Words behind a noun for an office that begin what it is an office of."""
_SEPARATORS = re.compile(r"[\s~+;]+")
"""What a reason uses between its parts; the office in it is in the words of the list."""
_ATTRIBUTE = re.compile(r"^\w+(?:end|iert|isch|lich|ig)(?:e|er|en|em|es)$", re.IGNORECASE)
_ENDINGS = ("s", "es", "n", "en", "e")
_FORMER = re.compile(r"^(?:ex|alt)-", re.IGNORECASE)
_OTHER_RANK = re.compile(r"(?:^| )(?:vice|deputy|assistant|associate|under|shadow|designate)(?: |$)")


@dataclass(frozen=True, slots=True)
class Told:
    """An office or a word for somebody in an article, with the days of publication."""

    text: str
    days: DateInterval | None


@dataclass(frozen=True, slots=True)
class Context:
    """What the articles tell of an entity beside its names; `births` are pairs of first and last possible year."""

    offices: tuple[Told, ...] = ()
    states: frozenset[str] = frozenset()
    births: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A phrase for an office: its key in the table of terms, else its words; its state.

    `former` says that it was held before the day on which it is told.
    """

    key: str | None
    words: frozenset[str]
    state: str | None
    former: bool = False


def context_of(entity: Entity, published: Mapping[str, DateInterval]) -> Context:
    """Collect it from the entity's offices and from the words around its first mention in each article."""
    offices: list[Told] = []
    births: list[tuple[int, int]] = []
    for held in entity.offices:
        days = DateInterval(held.earliest, held.latest) if held.earliest and held.latest else None
        offices.append(Told(held.text, days))
    if entity.kind is EntityKind.PER:
        for quoted in entity.evidence:
            days = published.get(quoted.article)
            offices += [Told(text, days) for text in _beside(quoted.prefix, quoted.suffix)]
            births += _births(quoted.prefix, quoted.suffix, days)
    states = {state for told in offices for state in _states(told.text)}
    if entity.place:
        states = {code.lower() for code in entity.place.state}
    return Context(tuple(dict.fromkeys(offices)), frozenset(states), tuple(dict.fromkeys(births)))


def _beside(prefix: str, suffix: str) -> Iterator[str]:
    """Words for somebody right before or behind their name; what may be a name itself is none.

    Two capitals in a row are a name as a rule ("Anna Bäcker"), before which no determiner stands.
    """
    if (found := _BEFORE.search(prefix)) and not _given(prefix[: found.start()]):
        yield found.group(1)
    if found := _APPOSITION.search(suffix):
        yield found.group(1)


def _given(before: str) -> bool:
    """Whether a text ends in a given name."""
    words = before.split() if before[-1:].isspace() else []
    return bool(words) and bool(given_groups(fold(words[-1])))


def _births(prefix: str, suffix: str, days: DateInterval | None) -> Iterator[tuple[int, int]]:
    if found := _BORN.search(suffix) or _BORN.search(prefix):
        yield int(found.group(1)), int(found.group(1))
    age = _AGE.search(suffix) or _AGE.search(prefix)
    if age and days:
        years = int(next(g for g in age.groups() if g))
        yield days.earliest.year - years - 1, days.latest.year - years


def _states(text: str) -> frozenset[str]:
    found = {office.state for office in (office_of(text),) if office.state}
    for word in re.findall(r"[\w-]+", text):
        adjective = lexicon().adjectives.get(fold(word)) if word[:1].islower() else None
        state = adjective or (state_of(word) if word[:1].isupper() else None)
        if state and len(state) == 2:
            found.add(state)
    return frozenset(code[:2] for code in found)


@cache
def _english() -> tuple[tuple[str, str], ...]:
    pairs = (pair.split("=") for pair in load(WORDS)["english_offices"]["words"].replace("\n", "|").split("|") if pair)
    return tuple(sorted(((one, other) for one, other in pairs), key=lambda pair: -len(pair[0])))


@cache
def _countries() -> dict[str, str]:
    listed = load(WORDS)["country_names"]["codes"].replace("\n", "|").split("|")
    return dict(pair.split("=") for pair in listed if pair)


@recent(1 << 14)
def office_of(text: str) -> Office:
    """Read a phrase in German, or in English as lists have it."""
    reading = read(text, singular=True)
    if len(reading.offices) == 1:
        one = reading.offices[0]
        return Office(one.key, _words(text), one.state[:2] if one.state else None)
    former = reading.refusal.startswith("former:")
    plain = fold(text)
    if _OTHER_RANK.search(plain):
        return Office(None, _words(text), None, former)
    german = next((other for one, other in _english() if f" {one} " in f" {plain} "), None)
    state = next((code for name, code in _countries().items() if f" {name} " in f" {plain} "), None)
    if german is None:
        return Office(None, _words(text), None, former)
    again = read(german.capitalize(), (state,) if state else (), singular=True)
    key = again.offices[0].key if len(again.offices) == 1 else None
    return Office(key, _words(german), state)


def _words(text: str) -> frozenset[str]:
    """The nouns of a phrase that name an office, compact, without the bare heads (`_bare_heads`) and without names.

    Of "früherer Fußballtrainer in Berlin" that is "fussballtrainer": neither what it is an office of nor the attribute
    tells one; "Chef von Gazprom" is "gazpromchef". Where two capitalised words stand together and the first is no
    attribute, they may be a name.
    """
    found: set[str] = set()
    for phrase in _PHRASES.split(text):
        nouns, complement = _nouns(phrase)
        if not nouns or (len(nouns) > 1 and not all(_ATTRIBUTE.match(noun) for noun in nouns[:-1])):
            continue
        word = lemma_of(_FORMER.sub("", nouns[-1]))
        if _is_bare(word) and len(complement) == 1:
            word = compact(complement[0]) + word
        if len(word) > _SMALL and not _is_bare(word):
            found.add(word)
    return frozenset(found)


@cache
def _bare_heads() -> frozenset[str]:
    """Nouns that name no office until it is said of what: of two persons who bear one they tell nothing."""
    heads = frozenset(load(WORDS)["bare_heads"]["nouns"].split())
    return frozenset(lemma_of(head) for head in heads) | heads


@cache
def _left_open() -> frozenset[str]:
    """First parts of compounds that leave open of what it is the office: "Vereinspräsident", "Vizepräsident"."""
    # A sport is a profession ("Fußballtrainer"), though it leaves the club open.
    parts = frozenset(compact(part) for part in load(OFFICE_WORDS)["elsewhere"]["open"]) - {"fussball"}
    return frozenset({"", *parts, *(part + link for part in parts for link in ("s", "es", "n", "en"))})


@recent(1 << 12)
def _is_bare(word: str) -> bool:
    """Whether a noun is a bare head, in any case, or one behind a word that leaves open of what."""
    forms = {word, *(word.removesuffix(ending) for ending in _ENDINGS)}
    return any(form[:cut] in _left_open() and form[cut:] in _bare_heads() for form in forms for cut in range(len(form)))


def _nouns(phrase: str) -> tuple[list[str], list[str]]:
    """The capitalised words before the complement that name no state, all small the last; words of the complement."""
    words = phrase.split()
    links = [at for at, word in enumerate(words) if fold(word) in _COMPLEMENT]
    begin = next((at for at in range(len(words)) if at not in links), len(words))
    end = next((at for at in links if at > begin), len(words))
    told = [word for word in words[begin:end] if not state_of(word)]
    nouns = [word for word in told if word[:1].isupper()] or told[-1:]
    return nouns, [word for word in words[end:] if fold(word) not in _COMPLEMENT]


def weigh(kind: EntityKind, context: Context, entry: Reference) -> tuple[float, tuple[str, ...], bool]:
    """What the context adds to the score of the names, why, and whether anything but the name is in common."""
    parts = [_offices(context, entry), _state(kind, context, entry), _birth(context, entry)]
    reasons = tuple(reason for _, reasons in parts for reason in reasons)
    return sum(weight for weight, _ in parts), reasons, any(weight > 0 for weight, _ in parts)


def _offices(context: Context, entry: Reference) -> tuple[float, tuple[str, ...]]:
    if not context.offices or not entry.posts:
        return 0.0, ()
    compared = [_office(told, post, entry.countries) for told in context.offices for post in entry.posts]
    found = [one for one in compared if one]
    if not found:
        return OTHER_OFFICE, ("other-office",)
    weight, reason = max(found)
    return weight, (reason,)


def _office(told: Told, post: Post, countries: Sequence[str]) -> tuple[float, str] | None:
    ours, theirs = office_of(told.text), office_of(post.text)
    if ours.key and theirs.key is None and len(countries) == 1 and ours.key == _key_in(post.text, countries[0]):
        # Of which state, only the column for countries says: less than an office that tells it.
        name = _SEPARATORS.sub(" ", post.text).strip()
        held = _in_time(told.days, post) is not False
        return (NOUN, f"office-noun:{name}") if held else (OTHER_TIME, f"office-at-another-time:{name}")
    name = _SEPARATORS.sub(" ", post.text).strip()
    if ours.key and theirs.key:
        if ours.key != theirs.key:
            return None
        in_time = _in_time(told.days, post)
        if in_time is False:
            return OTHER_TIME, f"office-at-another-time:{name}"
        return (OFFICE_IN_TIME, f"office-in-time:{name}") if in_time else (OFFICE, f"office:{name}")
    if not _share(ours.words, theirs.words) or (ours.state and theirs.state and ours.state != theirs.state):
        return None
    if ours.former:
        to_come = post.first and told.days and post.first > told.days.latest
        return (OTHER_TIME, f"office-at-another-time:{name}") if to_come else (NOUN, f"office-before:{name}")
    if _in_time(told.days, post) is False:
        return OTHER_TIME, f"office-at-another-time:{name}"
    return NOUN, f"office-noun:{name}"


@recent(1 << 12)
def _key_in(text: str, state: str) -> str | None:
    """Key of an office that names no state, read as one of this state."""
    offices = read(text, (state,), singular=True).offices
    return offices[0].key if len(offices) == 1 else None


def _share(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether the very same word for an office is in both, case endings aside: no part of a word counts."""
    return any(_is_same(a, b) for a in some for b in others)


def _is_same(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or longer in {shorter + ending for ending in _ENDINGS}


def _in_time(days: DateInterval | None, post: Post) -> bool | None:
    """Whether an office was held on the days of an article; None where either is not known."""
    if days is None or (post.first is None and post.last is None):
        return None
    wide = days.widened(_SLACK)
    return not (post.first and wide.latest < post.first) and not (post.last and wide.earliest > post.last)


def _state(kind: EntityKind, context: Context, entry: Reference) -> tuple[float, tuple[str, ...]]:
    theirs = frozenset(entry.countries) | {s for p in entry.posts for s in (office_of(p.text).state,) if s}
    if not context.states or not theirs:
        return 0.0, ()
    if shared := sorted(context.states & theirs):
        return SAME_STATE, (f"state:{shared[0]}",)
    weight = OTHER_PLACE if kind in {EntityKind.GPE, EntityKind.LOC} else OTHER_STATE
    return weight, (f"states-differ:{'+'.join(sorted(context.states))}~{'+'.join(sorted(theirs))}",)


def _birth(context: Context, entry: Reference) -> tuple[float, tuple[str, ...]]:
    years = {int(day[:4]) for day in entry.births}
    if not context.births or not years:
        return 0.0, ()
    fitting = sorted(year for year in years if any(a <= year <= b for a, b in context.births))
    if fitting:
        return SAME_BIRTH, (f"birth:{fitting[0]}",)
    near = any(a - 1 <= year <= b + 1 for a, b in context.births for year in years)
    return (0.0, ()) if near else (OTHER_BIRTH, (f"births-differ:{_years(context.births)}~{_list(years)}",))


def _years(births: Iterable[tuple[int, int]]) -> str:
    return "+".join(str(a) if a == b else f"{a}-{b}" for a, b in births)


def _list(years: Iterable[int]) -> str:
    return "+".join(str(year) for year in sorted(years))
