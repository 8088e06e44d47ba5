"""Whom short names mean: a surname alone, an initial with it, an abbreviation; told by those who can bear them.

Settled among all bearers known: the one who fits, of several the one whom office or company speaks for, otherwise
nobody. The same bearers and short names give the same answer in whatever order they came.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from quellenlage.link.entities.posts import Hull, apart, near, spelled, tells_little, widened
from quellenlage.link.entities.profile import Profile, companion_key
from quellenlage.link.entities.profiles import Chosen
from quellenlage.link.entities.registry import EVIDENCE, Bearer, Perhaps, Registry, Touch
from quellenlage.model import EntityKind
from quellenlage.names import compare, compare_persons, name_key
from quellenlage.names.comparison import PERHAPS
from quellenlage.names.given import is_common_surname
from quellenlage.names.parts import person

_COMPANIONS = 2
"""So many things in common support a surname alone, or one person."""
_TELLING_LETTERS = 4
"""Shorter abbreviations that no article spells out can be anything."""
_MOST_DOUBTS = 4
_SHORT_TIME = 2 * 365
"""Days within which a rare surname with the same word for an office is the only bearer's."""
_LITTLE = ("office-word:", "office-there:", "companions:", "companion:")
"""What speaks for one without settling it: listed for a second look."""
_SEVERAL = 2
"""From so many bearers on one more changes the meaning only of what it has something in common with."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A short name of an article, by its profile's order, with the bearer it means."""

    order: int
    bearer: int
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Short names of several articles, by the orders of their profiles, that mean one thing nobody names in full."""

    orders: array[int]
    reasons: tuple[str, ...]


class Shorts:
    """What short names mean, by name, so that only those are settled again that a new article touches."""

    def __init__(self) -> None:
        self._persons: dict[str, _Surname] = {}
        self._bodies: dict[str, Result] = {}
        self._roles = Result()

    @property
    def settled(self) -> Iterator[Settled]:
        """Short names and role nouns with the bearers they mean."""
        return (one for result in self._results() for one in result.settled)

    @property
    def groups(self) -> Iterator[Group]:
        """What stays together by itself."""
        return (one for result in self._results() for one in result.groups)

    @property
    def perhaps(self) -> Iterator[Perhaps]:
        """What may be one."""
        return (one for result in self._results() for one in result.perhaps)

    def settle(self, registry: Registry) -> None:
        """Settle the short names that the registry's last articles touched."""
        for (kind, key), touch in sorted(registry.touched.items(), key=lambda item: item[0]):
            profiles = registry.shorts.get((kind, key))
            if profiles is None:
                continue
            if kind is EntityKind.PER:
                known = self._persons.get(key)
                if known is None:
                    known = self._persons[key] = _Surname(profiles[0].name)
                known.update(registry, profiles, touch)
            else:
                self._bodies[key] = _bodies(key, profiles, registry)
        registry.settled()

    def replace_roles(self, roles: Result) -> None:
        """Put whom role nouns mean in the place of what was known of them."""
        self._roles = roles

    def _results(self) -> Iterator[Result]:
        for surname in self._persons.values():
            yield surname.result()
        yield from self._bodies.values()
        yield self._roles


@dataclass(slots=True)
class Result:
    """What is known of one short name."""

    settled: list[Settled] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    perhaps: list[Perhaps] = field(default_factory=list)


# Persons -------------------------------------------------------------------------------------------------------------


class _Surname:
    """A short name of persons: who can bear it, and whom it means in each article.

    An article's name is looked at again only when what could change its meaning does: how many can bear it, or what
    is known of one of them that the article knows too.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._words = len(person(name).parts)
        self._initial = any(part.initial for part in person(name).parts)
        self._fitting: dict[int, str] | None = None
        self._profiles: Chosen | None = None
        self._meant: dict[int, Settled] = {}
        self._result: Result | None = None
        self._bearers: list[Bearer] = []

    def update(self, registry: Registry, profiles: Chosen, touch: Touch) -> None:
        """Settle what is new or concerned by what is new."""
        before = None if self._fitting is None else len(self._fitting)
        signs = self._new_signs(registry, touch)
        known: Sequence[Profile] = self._profiles or ()
        again = list(profiles[len(known) :])
        if before != len(self._fitting or ()) and (before is None or before < _SEVERAL):
            again = list(profiles)
        elif signs:
            again += [p for p in known if not signs.isdisjoint(p.posts.signs) or not signs.isdisjoint(p.companions)]
        self._profiles = Chosen(registry.profiles, profiles.orders)
        self._bearers = registry.bearers
        fitting = [(registry.bearers[number], reason) for number, reason in sorted((self._fitting or {}).items())]
        context = _Context(fitting, again)
        for profile in again:
            chosen = None
            if len(fitting) == 1 and self._initial:
                chosen = Settled(profile.order, fitting[0][0].number, fitting[0][1])
            elif fitting:
                chosen = context.supported(profile)
            self._meant.pop(profile.order, None)
            if chosen is not None:
                self._meant[profile.order] = chosen
        self._result = None

    def _new_signs(self, registry: Registry, touch: Touch) -> set[str]:
        """Offices and companions that are new of those who can bear the name; who can is brought up to date."""
        if self._fitting is None:
            self._fitting = {}
            for number, name in registry.surnames.fitting(self._name):
                self._fit(number, name)
            return set()
        signs: set[str] = set()
        for number, name in touch.names:
            if self._fit(number, name):
                known = registry.bearers[number].signs
                signs |= known.held.keys() | known.heads.keys() | known.companions | {name_key(name)}
        for number, profile in touch.members:
            if number in self._fitting:
                signs |= profile.posts.signs | profile.companions
        return signs

    def _fit(self, number: int, name: str) -> bool:
        fitting = self._fitting if self._fitting is not None else {}
        if number in fitting or not (reason := _fits(self._name, name, self._words)):
            return False
        fitting[number] = reason
        return True

    def result(self) -> Result:
        """What is known of it now."""
        if self._result is None:
            left = [p for p in self._profiles or () if p.order not in self._meant]
            fitting = sorted((self._fitting or {}).items())
            groups = [_alone(p.order) for p in left] if fitting else list(_together(left))
            perhaps = []
            for group in groups:
                for number, reason in fitting[:_MOST_DOUBTS]:
                    why = (reason, "only-bearer" if len(fitting) == 1 else "several-bearers")
                    first = self._bearers[number].first
                    score = 0.65 if len(fitting) == 1 else 0.5
                    perhaps.append(Perhaps(first, group.orders[0], score, why))
            perhaps += self._on_little(groups)
            self._result = Result([self._meant[order] for order in sorted(self._meant)], groups, perhaps)
        return self._result

    def _on_little(self, groups: Sequence[Group]) -> Iterator[Perhaps]:
        """What was joined on company or a mere word for an office, as doubts about what is merged."""
        settled = [s for s in self._meant.values() if any(code in s.reason for code in _LITTLE)]
        for one in sorted(settled, key=lambda s: s.order)[:_MOST_DOUBTS]:
            known = self._bearers[one.bearer].first
            yield Perhaps(known, one.order, 0.75, tuple(one.reason.split("; ")), merged=True)
        for group in groups:
            if len(group.orders) > 1 and any(code in group.reasons[0] for code in _LITTLE):
                first, second = group.orders[:2]
                yield Perhaps(first, second, 0.75, tuple(group.reasons[0].split("; ")), merged=True)


def _alone(order: int) -> Group:
    return Group(array("I", [order]), ())


def _fits(short: str, full: str, words: int) -> str | None:
    compared = compare_persons(*sorted((short, full)))
    if compared.score < PERHAPS or (words == 1 and "one-word-only" not in compared.reasons):
        return None
    return "; ".join(reason for reason in compared.reasons if not reason.startswith(("one-word", "extra:")))


class _Context:
    """Offices and companions of the bearers in question that the articles in question name too."""

    def __init__(self, fitting: Sequence[tuple[Bearer, str]], asked: Sequence[Profile]) -> None:
        self._fitting = fitting
        self._bearers = {bearer.number: bearer for bearer, _ in fitting}
        self._reasons = {bearer.number: reason for bearer, reason in fitting}
        self._offices: dict[str, set[int]] = {}
        self._words: dict[str, set[int]] = {}
        self._companions: dict[str, set[int]] = {}
        self._names: dict[str, set[int]] = {}
        offices = {sign for profile in asked for sign, _ in profile.posts.held}
        words = {head for profile in asked for head in profile.posts.heads}
        companions = {companion for profile in asked for companion in profile.companions}
        named = any(profile.posts.holders for profile in asked)
        for bearer, _ in fitting:
            signs = bearer.signs
            for sign in signs.held.keys() & offices:
                self._offices.setdefault(sign, set()).add(bearer.number)
            for head in signs.heads.keys() & words:
                self._words.setdefault(head, set()).add(bearer.number)
            shared = signs.companions & companions
            if shared:
                own = {f"PER:{companion_key(name)}" for name in bearer.names}
                for companion in shared - own:
                    self._companions.setdefault(companion, set()).add(bearer.number)
            for name in bearer.names if named else ():
                self._names.setdefault(name_key(name), set()).add(bearer.number)

    def supported(self, profile: Profile) -> Settled | None:
        """The one bearer whom office or company speaks for; None where none or several are."""
        if profile.posts.holders:
            return self._holder(profile)
        offices = self._at_the_time(self._offices, [sign for sign, _ in profile.posts.held], "held", profile)
        words = self._at_the_time(self._words, profile.posts.heads, "heads", profile)
        shared = {c: b for c in sorted(profile.companions) if (b := self._companions.get(c))}
        if len(self._fitting) == 1:
            number = self._fitting[0][0].number
            told = _words(profile, list(offices), list(words), list(shared)) or self._only_word(number, words, profile)
            return Settled(profile.order, number, f"{self._reasons[number]}; only-bearer; {told}") if told else None
        points: dict[int, int] = {}
        for bearers in offices.values():
            if len(bearers) == 1:
                (number,) = bearers
                points[number] = points.get(number, 0) + 3
        for companion, bearers in shared.items():
            if len(bearers) == 1 and not tells_little(companion):
                (number,) = bearers
                points[number] = points.get(number, 0) + 1
        for bearers in words.values():
            # Of many mayors of that name the one who is told of in the same company.
            beside = bearers & points.keys()
            if len(beside) == 1:
                (number,) = beside
                points[number] += 1
        if not points:
            return None
        best = max(sorted(points), key=lambda n: points[n])
        others = max((p for n, p in points.items() if n != best), default=0)
        if points[best] < _COMPANIONS or points[best] < 3 * others:
            return None
        own = [[one for one in found if best in found[one]] for found in (offices, words, shared)]
        told = _words(
            profile, [o for o in own[0] if offices[o] == {best}], own[1], [c for c in own[2] if shared[c] == {best}]
        )
        return Settled(profile.order, best, f"{self._reasons[best]}; {told}") if told else None

    def _only_word(self, number: int, words: Iterable[str], profile: Profile) -> str | None:
        """The same word for an office by itself, for the only bearer of a rare surname within so short a time."""
        if is_common_surname(person(profile.name).parts[-1].folded):
            return None
        heads = self._bearers[number].signs.heads
        return next((f"office-word:{w}" for w in words if near(heads[w], profile.days, _SHORT_TIME)), None)

    def _holder(self, profile: Profile) -> Settled | None:
        """The bearer who held the office by the table of terms; nobody else, however much speaks for him."""
        found: set[int] = set()
        for holder in profile.posts.holders:
            for key in spelled(holder):
                found |= self._names.get(key, set())
        if len(found) != 1:
            return None
        (number,) = found
        office, name = min(profile.posts.holders)
        return Settled(profile.order, number, f"{self._reasons[number]}; holder:{office}~{name}")

    def _at_the_time(
        self, index: dict[str, set[int]], signs: Iterable[str], kind: Literal["held", "heads"], profile: Profile
    ) -> dict[str, set[int]]:
        """Of the signs those that bearers share about the time of the article, with these bearers."""
        found: dict[str, set[int]] = {}
        for sign in sorted(signs):
            numbers = {
                n for n in index.get(sign, ()) if near(getattr(self._bearers[n].signs, kind)[sign], profile.days)
            }
            if numbers:
                found[sign] = numbers
        return found


def _words(profile: Profile, offices: Sequence[str], words: Sequence[str], companions: Sequence[str]) -> str | None:
    """What speaks for one bearer, as a reason: an office, a person, or two other things in common."""
    if offices:
        heads = dict(profile.posts.held)
        return f"office:{heads[offices[0]]}"
    persons = [c for c in companions if c.startswith("PER:")]
    if persons:
        return f"companion:{persons[0].removeprefix('PER:')}"
    telling = [c for c in companions if not tells_little(c)]
    if words and telling:
        return f"office-there:{words[0]}~{telling[0][4:]}"
    if telling and len(companions) >= _COMPANIONS:
        other = next(c for c in companions if c != telling[0])
        return f"companions:{telling[0][4:]}+{other[4:]}"
    return None


def _together(profiles: Sequence[Profile]) -> Iterator[Group]:
    """The same surname alone in several articles is one's where office or company is shared.

    An office of one body by itself; a word that many bear ("Polizeisprecher") only in the same town or about the same
    body; never where the offices are those of two, or years lie between.
    """
    groups: list[list[Profile]] = []
    reasons: list[list[str]] = []
    days: list[Hull] = []
    by_sign: dict[str, list[int]] = {}
    for profile in profiles:
        signs = _signs(profile)
        hits = sorted({g for sign in signs for g in by_sign.get(sign, ())})
        at = next((g for g in hits if _may_join(profile, groups[g], days[g])), len(groups))
        if at == len(groups):
            groups.append([])
            reasons.append([])
            days.append(None)
        else:
            sign = next(s for s in signs if at in by_sign.get(s, ()))
            reason = f"surname:{profile.key}; {signs[sign]}"
            if reason not in reasons[at]:
                reasons[at].append(reason)
        groups[at].append(profile)
        days[at] = widened(days[at], profile.days)
        for sign in signs:
            listed = by_sign.setdefault(sign, [])
            if at not in listed:
                listed.append(at)
    for members, why in zip(groups, reasons, strict=True):
        yield Group(array("I", [profile.order for profile in members]), tuple(why))


def _signs(profile: Profile) -> dict[str, str]:
    """What makes a surname alone one person's in two articles, with the reason that it gives."""
    found = {f"office {sign}": f"office:{head}" for sign, head in sorted(profile.posts.held)}
    found |= {c: f"companion:{c[4:]}" for c in sorted(profile.companions) if c.startswith("PER:")}
    there = [c for c in sorted(profile.companions) if not c.startswith("PER:") and not tells_little(c)]
    found |= {f"{head} {c}": f"office-there:{head}~{c[4:]}" for head in sorted(profile.posts.heads) for c in there}
    return found


def _may_join(profile: Profile, group: Sequence[Profile], days: Hull) -> bool:
    return near(profile.days, days) and not any(
        apart(profile.posts, one.posts, profile.days, one.days) or _holders_differ(profile, one)
        for one in group[:EVIDENCE]
    )


def _holders_differ(one: Profile, other: Profile) -> bool:
    """Whether the table of terms tells the two as different holders of one office."""
    theirs = dict(other.posts.holders)
    return any(theirs.get(office, holder) != holder for office, holder in one.posts.holders)


# Bodies --------------------------------------------------------------------------------------------------------------


def _bodies(key: str, profiles: Chosen, registry: Registry) -> Result:
    """An abbreviation means the one body that some article spells out; with two it stays by itself."""
    result = Result()
    introduced = [registry.bearers[number] for number in registry.introduced.get(key, ())]
    if len(introduced) == 1:
        why = f"short-form:{key}"
        result.settled += [Settled(order, introduced[0].number, why) for order in profiles.orders]
        return result
    if len(introduced) > 1 or len(key) < _TELLING_LETTERS:
        result.groups += map(_alone, profiles.orders)
    else:
        why = f"short-form:{key}"
        result.groups.append(Group(profiles.orders[:], (why,) if len(profiles) > 1 else ()))
    first = profiles[0]
    if introduced:
        like = [(bearer, f"short-form-of-several:{key}") for bearer in introduced]
    else:
        spelt = registry.candidates(first.kind, first.name)
        like = [
            (registry.bearers[number], reason)
            for number, names in sorted(spelt.items())
            if (reason := next((f"abbreviation:{key}" for n in names if compare(first.kind, first.name, n).same), None))
        ]
    for bearer, reason in like[:_MOST_DOUBTS]:
        score = 0.65 if len(like) == 1 else 0.5
        result.perhaps.append(Perhaps(bearer.first, first.order, score, (reason,)))
    return result
