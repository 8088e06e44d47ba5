"""Who bears which name, growing one article at a time.

A name that tells its bearer ("full") is settled when it first comes up, against the names before it: it joins the
likeliest bearer or opens a new one. What comes later never unsettles it, so that adding an article gives what linking
everything anew would give, at the cost of its own names. Short names ("Putin", "W. Putin", "HTS") are settled
afterwards, among all bearers known by then (`shorts`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quellenlage.link.entities.posts import Hull, near, tells_little, widened
from quellenlage.link.entities.profile import Profile, companion_key, form_of
from quellenlage.link.entities.profiles import Chosen, Profiles
from quellenlage.link.entities.surnames import Surnames
from quellenlage.model import EntityKind, fold
from quellenlage.model.recent import recent
from quellenlage.names import Comparison, compare, keys, name_key
from quellenlage.names.bodies import is_generic_body
from quellenlage.names.comparison import PERHAPS, SAME
from quellenlage.names.given import is_frequent, is_western
from quellenlage.names.keys import ABBREVIATION
from quellenlage.names.parts import person
from quellenlage.places import candidates

_CANDIDATES = 400
"""So many names under one key are compared, the earliest ones; a key with more tells nothing."""
_PERHAPS_EACH = 3
"""Doubts kept for one name: its likeliest ones."""
EVIDENCE = 100
"""So many articles of a bearer tell with whom and in which office it is named."""
_HELD = 1 << 14
"""Bearers of whom it is held what their articles tell."""
_LONGEST_SHORT = 7
_SURE = 0.8
"""Score below which what was joined is listed for a second look."""
_FREQUENT = 2
"""So much must speak for one bearer of a name that many people have."""
_LITTLE = ("one-word-only", "too-little", "no-common-word", "no-name")
_PLACES = frozenset({EntityKind.GPE, EntityKind.LOC})
_THINGS = frozenset({EntityKind.ORG, EntityKind.MISC})


def family(kind: EntityKind) -> EntityKind:
    """Kinds that one thing may be given in different articles: a base is a place to one and a body to another."""
    return EntityKind.GPE if kind in _PLACES else EntityKind.ORG if kind in _THINGS else kind


@dataclass(slots=True)
class Signs:
    """What the articles about somebody tell: offices of one body and words for offices, each with the days of these
    articles; whom the table of terms has in an office; whoever and whatever else they name.
    """

    held: dict[str, Hull] = field(default_factory=dict)
    heads: dict[str, Hull] = field(default_factory=dict)
    holders: dict[str, set[str]] = field(default_factory=dict)
    companions: set[str] = field(default_factory=set)

    def add(self, profile: Profile) -> None:
        """Take in what one article tells."""
        for sign, _ in profile.posts.held:
            self.held[sign] = widened(self.held.get(sign), profile.days)
        for head in profile.posts.heads:
            self.heads[head] = widened(self.heads.get(head), profile.days)
        for office, holder in profile.posts.holders:
            self.holders.setdefault(office, set()).add(holder)
        self.companions |= profile.companions

    def offices(self, profile: Profile) -> list[str]:
        """Offices of one body that the profile has as well, about the same time."""
        return sorted(s for s, _ in profile.posts.held if s in self.held and near(self.held[s], profile.days))

    def words(self, profile: Profile) -> list[str]:
        """Words for offices that the profile has as well, about the same time: they speak with something else only."""
        return sorted(h for h in profile.posts.heads if h in self.heads and near(self.heads[h], profile.days))

    def deny(self, profile: Profile) -> bool:
        """Whether the table of terms has another holder of an office on the days of the profile's article."""
        return any(holder not in self.holders.get(office, {holder}) for office, holder in profile.posts.holders)


class Told:
    """What the first articles about each bearer tell; later ones add little: whom all name, all are named with.

    Of most bearers it takes more room than all else that is known of them, and it can be read again: held is that of
    the bearers that were asked for last.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[int, tuple[Signs, int]] = OrderedDict()

    def of(self, bearer: Bearer) -> Signs:
        """What is told of a bearer."""
        signs, counted = self._held.pop(bearer.number) if bearer.number in self._held else (Signs(), 0)
        for profile in bearer.profiles[counted:EVIDENCE]:
            signs.add(profile)
        self._held[bearer.number] = signs, min(len(bearer.profiles), EVIDENCE)
        if len(self._held) > _HELD:
            self._held.popitem(last=False)
        return signs


@dataclass(slots=True)
class Bearer:
    """One bearer of names: the names in order of appearance, and who bears them in which article.

    `fixed` are identifiers of members that people decided about, `own` the keys under which its names stand among the
    companions of articles.
    """

    number: int
    kind: EntityKind
    profiles: Chosen
    told: Told
    names: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    fixed: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """The order of its first profile."""
        return self.profiles.orders[0]

    @property
    def signs(self) -> Signs:
        """What its first articles tell."""
        return self.told.of(self)


@dataclass(slots=True)
class Touch:
    """What may change the meaning of a short name: new names of bearers, and new articles about them."""

    names: list[tuple[int, str]] = field(default_factory=list)
    members: list[tuple[int, Profile]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Perhaps:
    """Two that may be one, or one that may be two (`merged`): orders of profiles, the score and why."""

    one: int
    other: int
    score: float
    reasons: tuple[str, ...]
    merged: bool = False


class Registry:
    """Bearers by name, of all profiles those that were added. `apart` are pairs of identifiers that people keep apart.

    `touched` are short names whose meaning may have changed since they were last settled.
    """

    def __init__(self, profiles: Profiles, apart: Iterable[tuple[str, str]] = ()) -> None:
        self.profiles = profiles
        self.bearers: list[Bearer] = []
        self.shorts: dict[tuple[EntityKind, str], Chosen] = {}
        self.nouns = Chosen(profiles)
        self._told = Told()
        self.perhaps: list[Perhaps] = []
        self.surnames = Surnames()
        self.introduced: dict[str, list[int]] = {}
        self.touched: dict[tuple[EntityKind, str], Touch] = {}
        self._by_name: dict[tuple[EntityKind, str], list[int]] = {}
        self._by_place: dict[str, int] = {}
        self._placed: set[int] = set()
        self._settled = False
        self._by_key: dict[tuple[EntityKind, str], list[tuple[str, int]]] = {}
        self._apart: dict[str, set[str]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def add(self, profile: Profile) -> None:
        """Take in one article's entity; profiles come in their order."""
        if profile.form == "noun":
            self.nouns.append(profile)
        elif profile.form == "short":
            at = (family(profile.kind), profile.key)
            if at not in self.shorts and profile.kind is EntityKind.PER:
                self.surnames.wait(at[1], profile.name)
            if at not in self.shorts:
                self.shorts[at] = Chosen(self.profiles)
            self.shorts[at].append(profile)
            self._touch(at)
        else:
            bearer, reason = self._bearer(profile)
            self._join(bearer, profile, reason)

    def named(self, kind: EntityKind, key: str) -> list[Bearer]:
        """Bearers of exactly this name."""
        return [self.bearers[number] for number in self._by_name.get((family(kind), key), ())]

    def candidates(self, kind: EntityKind, name: str) -> dict[int, list[str]]:
        """Numbers of the bearers that share a key with a name, each with its names that do."""
        found: dict[int, dict[str, None]] = {}
        for key in keys(kind, name):
            for known, number in self._by_key.get((family(kind), key), ())[:_CANDIDATES]:
                found.setdefault(number, {})[known] = None
        return {number: list(names) for number, names in found.items()}

    def _bearer(self, profile: Profile) -> tuple[Bearer, str | None]:
        """Whom a full name means: the bearer of the same name, the likeliest of the like, or a new one."""
        if profile.place is not None and not self._apart.get(profile.identifier):
            return self._of_place(profile, profile.place)
        same = self._not_denied([b for b in self.named(profile.kind, profile.key) if self._may(b, profile)], profile)
        if profile.kind in _PLACES and same and len(candidates(profile.name)) > 1:
            usual = self._by_place.get(_usual_place(profile.name) or "")
            doubtful = [b for b in same if b.number in self._placed and b.number != usual]
            self.perhaps += [Perhaps(b.first, profile.order, 0.6, ("namesakes",)) for b in doubtful[:3]]
            same = [b for b in same if b not in doubtful]
            if not same:
                return self._open(profile), None
        if len(same) > 1 and profile.kind in _PLACES:
            self.perhaps += [Perhaps(b.first, profile.order, 0.5, ("namesakes",)) for b in same[:3]]
            return self._open(profile), None
        if same:
            return self._of_name(profile, same)
        ranked = self._ranked(profile)
        for score, number, reasons in ranked:
            if score < SAME:
                break
            bearer = self.bearers[number]
            if not self._may(bearer, profile) or (profile.posts.holders and bearer.signs.deny(profile)):
                continue
            if self._against(bearer, profile) is not None:
                continue
            if _is_thin(profile.name, reasons) and not _support(bearer, profile):
                continue  # noted below as perhaps
            self._note(profile, ranked, number)
            if score < _SURE or _is_thin(profile.name, reasons):
                self.perhaps.append(Perhaps(bearer.first, profile.order, score, reasons, merged=True))
            return bearer, "; ".join(reasons)
        self._note(profile, ranked, None)
        return self._open(profile), None

    def _not_denied(self, same: Sequence[Bearer], profile: Profile) -> list[Bearer]:
        """Those whom the table of terms does not tell from the profile's office-holder; the others are doubts."""
        if not profile.posts.holders:
            return list(same)
        denied = [b for b in same if b.signs.deny(profile)]
        why = (f"name:{profile.key}", "other-holder")
        self.perhaps += [Perhaps(b.first, profile.order, 0.5, why) for b in denied[:_PERHAPS_EACH]]
        return [b for b in same if b not in denied] if denied else list(same)

    def _of_name(self, profile: Profile, same: Sequence[Bearer]) -> tuple[Bearer, str | None]:
        """Which bearer of the very name is meant; a frequent name alone tells nobody."""
        support = {b.number: _support(b, profile) for b in same} if len(same) > 1 or _is_common(profile) else {}
        chosen = max(same, key=lambda b: (support[b.number], -b.number)) if len(same) > 1 else same[0]
        reason = f"name:{profile.key}"
        enough = _FREQUENT if profile.kind is EntityKind.PER else 1
        if not _is_common(profile) or support[chosen.number] >= enough:
            if _elsewhere(chosen, profile) and not _support(chosen, profile):
                why = (reason, "other-offices")
                self.perhaps.append(Perhaps(chosen.first, profile.order, 0.75, why, merged=True))
            return chosen, reason
        self.perhaps.append(Perhaps(chosen.first, profile.order, 0.6, (reason, "frequent-name")))
        return self._open(profile), None

    def _open(self, profile: Profile) -> Bearer:
        new = Bearer(len(self.bearers), profile.kind, Chosen(self.profiles), self._told)
        self.bearers.append(new)
        return new

    def _of_place(self, profile: Profile, place: str) -> tuple[Bearer, str | None]:
        """The bearer of all names of one place of the gazetteer, whatever it is called."""
        number = self._by_place.get(place)
        if number is not None and self._may(self.bearers[number], profile):
            return self.bearers[number], f"place:{place}"
        unplaced = [b for b in self.named(profile.kind, profile.key) if b.number not in self._placed]
        if (
            len(unplaced) == 1
            and _usual_place(profile.name) in {place, None}
            and number is None
            and self._may(unplaced[0], profile)
        ):
            self._by_place[place] = unplaced[0].number
            self._placed.add(unplaced[0].number)
            return unplaced[0], f"name:{profile.key}"
        new = self._open(profile)
        if self._by_place.setdefault(place, new.number) == new.number:
            self._placed.add(new.number)
        return new, None

    def _ranked(self, profile: Profile) -> list[tuple[float, int, tuple[str, ...]]]:
        """Like bearers with score and reasons, the likeliest first, of equally likely ones the earliest."""
        found = []
        for number, names in self.candidates(profile.kind, profile.name).items():
            compared = [compare(profile.kind, profile.name, name) for name in names]
            best = max(compared, key=lambda c: c.score)
            if best.score >= PERHAPS:
                found.append((best.score, number, best.reasons))
        found.sort(key=lambda item: (-item[0], item[1]))
        return found

    def _against(self, bearer: Bearer, profile: Profile) -> Comparison | None:
        """A name of the bearer that cannot be one's with this name, if any."""
        for name in bearer.names:
            compared = compare(profile.kind, profile.name, name)
            if compared.score < PERHAPS and not _says_little(compared):
                return compared
        return None

    def _note(self, profile: Profile, ranked: Sequence[tuple[float, int, tuple[str, ...]]], chosen: int | None) -> None:
        """Keep as doubts what was like but not taken."""
        for score, number, reasons in [r for r in ranked if r[1] != chosen][:_PERHAPS_EACH]:
            first = self.bearers[number].first
            self.perhaps.append(Perhaps(first, profile.order, min(score, SAME), reasons))

    def _may(self, bearer: Bearer, profile: Profile) -> bool:
        return not self._apart or bearer.fixed.isdisjoint(self._apart.get(profile.identifier, ()))

    def _join(self, bearer: Bearer, profile: Profile, reason: str | None) -> None:
        if profile.identifier in self._apart:
            bearer.fixed |= {profile.identifier}
        bearer.profiles.append(profile)
        if reason and reason not in bearer.reasons and (reason != f"name:{profile.key}" or len(bearer.names) < 2):
            bearer.reasons.append(reason)
        if bearer.kind is EntityKind.PER:
            if self._settled and len(bearer.profiles) <= EVIDENCE:
                for key in {key for name in bearer.names for key in self.surnames.waiting(name)}:
                    self._touch((EntityKind.PER, key)).members.append((bearer.number, profile))
        else:
            self._introduce(bearer, profile)
        for name in self._names(profile):
            if name in bearer.names:
                continue
            if bearer.kind is EntityKind.PER:
                self.surnames.add(bearer.number, name)
                for key in self.surnames.waiting(name) if self._settled else ():
                    self._touch((EntityKind.PER, key)).names.append((bearer.number, name))
            bearer.names.append(name)
            bearer.own = tuple(dict.fromkeys((*bearer.own, *_own(bearer.kind, name))))
            at = (family(profile.kind), name_key(name))
            listed = self._by_name.setdefault(at, [])
            if bearer.number not in listed:
                listed.append(bearer.number)
            for key in keys(profile.kind, name):
                self._by_key.setdefault((family(profile.kind), key), []).append((name, bearer.number))
                if key.startswith(ABBREVIATION):
                    self._touch_body(key.removeprefix(ABBREVIATION))

    def _touch(self, at: tuple[EntityKind, str]) -> Touch:
        touch = self.touched.get(at)
        if touch is None:
            touch = self.touched[at] = Touch()
        return touch

    def _touch_body(self, short: str) -> None:
        """Ask for an abbreviation again; one that nobody used yet is asked for when somebody does."""
        if (EntityKind.ORG, short) in self.shorts:
            self._touch((EntityKind.ORG, short))

    def settled(self) -> None:
        """Note that all short names so far are settled: what comes from now on may change the meaning of some."""
        self.touched.clear()
        self._settled = True

    def _introduce(self, bearer: Bearer, profile: Profile) -> None:
        """Remember the abbreviations that an article gives a body: "Institut für Kriegsforschung (IfK)"."""
        for surface in profile.surfaces:
            if " " not in surface and len(fold(surface)) <= _LONGEST_SHORT:
                short = name_key(surface)
                bearers = self.introduced.setdefault(short, [])
                if bearer.number not in bearers:
                    bearers.append(bearer.number)
                    self._touch_body(short)

    def _names(self, profile: Profile) -> list[str]:
        """The profile's name, and further full names that its article gives the same thing."""
        others = [s for s in profile.surfaces[1:] if form_of(profile.kind, s) == "full"]
        if profile.kind is EntityKind.PER:
            others = [s for s in others if compare(profile.kind, profile.name, s).score >= SAME]
        elif profile.kind in _PLACES:
            others = []
        return [profile.name, *others]


def _says_little(compared: Comparison) -> bool:
    """Whether a low score comes from too little in common rather than from a contradiction."""
    return any(reason.startswith(_LITTLE) for reason in compared.reasons)


@recent(1 << 14)
def _usual_place(name: str) -> str | None:
    """Key of the place that a name means unless something says otherwise: the only one, a capital or a metropolis.

    An empty one where a name has several bearers and none stands out; None where the gazetteer does not know it.
    """
    found = candidates(name)
    if len(found) < 2:
        return found[0].place.key if found else None
    return next((c.place.key for c in found if c.world or c.place.precision == "state"), "")


def _is_frequent(name: str) -> bool:
    parts = person(name).parts
    return len(parts) == 2 and is_frequent(parts[0].folded, parts[1].folded)


def _is_thin(name: str, reasons: Iterable[str]) -> bool:
    """Whether what speaks for one bearer speaks as well for two: a second surname, another language's form of a given
    name (Robert, Roberto), a pet form before a frequent surname. Office or company must speak, too.
    """
    for reason in reasons:
        code, _, detail = reason.partition(":")
        forms = detail.split("~")
        if code == "extra" or (code == "given-language" and any(map(is_western, forms))):
            return True
        if code == "given-form" and any(is_frequent(form, person(name).parts[-1].folded) for form in forms):
            return True
    return False


def _is_common(profile: Profile) -> bool:
    """Whether many bear the name: frequent names of persons, and what every state or town has ("Innenministerium")."""
    if profile.kind is EntityKind.PER:
        return _is_frequent(profile.name)
    return profile.kind is EntityKind.ORG and " " not in profile.name and is_generic_body(profile.name)


def _elsewhere(bearer: Bearer, profile: Profile) -> bool:
    """Whether a person of the same name has another office in all its articles."""
    heads = bearer.signs.heads.keys()
    return profile.kind is EntityKind.PER and bool(
        heads and profile.posts.heads and heads.isdisjoint(profile.posts.heads)
    )


def _support(bearer: Bearer, profile: Profile) -> int:
    """How much speaks for one bearer of a like name: offices, company; not what half the archive names."""
    signs = bearer.signs
    shared = signs.companions & profile.companions
    shared.difference_update(bearer.own, _own(profile.kind, profile.name))
    if profile.kind is not EntityKind.PER:
        return len(shared)
    telling = sum(not tells_little(companion) for companion in shared)
    return 3 * len(signs.offices(profile)) + telling + (len(signs.words(profile)) if telling else 0)


@recent(1 << 14)
def _own(kind: EntityKind, name: str) -> tuple[str, ...]:
    """Keys under which a name itself stands among the companions of its article."""
    if kind is EntityKind.PER:
        return (f"PER:{companion_key(name)}",)
    return tuple(f"{side}:{name_key(name)}" for side in ("ORG", "GPE"))
