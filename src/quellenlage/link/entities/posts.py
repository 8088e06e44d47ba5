"""What offices tell of who is meant: one office of one body, a word that many bear, and whom the table of terms has.

"Kremlsprecher" is one office; "Bürgermeister" is a word that says little without its town; "deutsche" is none at all.
An office counts for the years around the articles that tell it, for towns elect others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from quellenlage.link.offices import office_reading
from quellenlage.model import DateInterval, fold
from quellenlage.model.recent import recent
from quellenlage.names import compare_persons, name_key
from quellenlage.names.comparison import PERHAPS
from quellenlage.offices.holders import SURE, holders_in, office_of, terms
from quellenlage.offices.words import compact, lemma_of, state_of

LONGEST = 366
"""Days: an article that is dated no closer tells nothing of who held an office when."""
_YEARS = 8 * 365
"""Days within which the same word for an office, or the same office of a town, is taken for the same person's."""
_AT_ONCE = 366
"""Days within which nobody holds the same office in two places."""
_FORMER = "former:"

Hull = tuple[int, int] | None
"""First and last day (proleptic ordinals) that something is told for; None where an article has no date."""


@dataclass(frozen=True, slots=True)
class Posts:
    """The offices that one article gives to a person.

    `held` are offices of one state or body with the word for them ("ru-spokes", "kremlsprecher"); `heads` all words for
    offices; `holders` are (office, person) by the table of terms, where the name can be that person's.
    """

    held: frozenset[tuple[str, str]] = frozenset()
    heads: frozenset[str] = frozenset()
    holders: frozenset[tuple[str, str]] = frozenset()

    @property
    def signs(self) -> frozenset[str]:
        """All of them as keys; of holders those of their names."""
        named = (key for holder in self.holders for key in spelled(holder))
        return frozenset((*(sign for sign, _ in self.held), *self.heads, *named))


NONE = Posts()


def posts_of(name: str, roles: Iterable[str], states: Collection[str], days: DateInterval | None) -> Posts:
    """Read the offices that stand beside a person's name.

    Args:
        name: the person's name in the article.
        roles: offices as written there.
        states: the states that the article speaks of.
        days: when it was published, where that is known to a year.
    """
    held: set[tuple[str, str]] = set()
    heads: set[str] = set()
    holders: set[tuple[str, str]] = set()
    for role in roles:
        head, rest = _head(role)
        if not head:
            continue
        heads.add(head)
        reading = office_reading(role, frozenset(states))
        if reading.refusal.startswith(_FORMER):
            continue
        office = office_of(reading, [name], days)
        if office is not None:
            held.add((office.key, head))
            if days is not None and (holder := _holder(office.key, name, days)):
                holders.add((office.key, holder))
        elif reading.refusal.startswith("unknown:") and reading.name:
            held.add((f"name:{reading.name}", head))
        elif rest:
            held.add((f"{head}@{rest}", head))
    return Posts(frozenset(held), frozenset(heads), frozenset(holders))


def spelled(holder: tuple[str, str]) -> frozenset[str]:
    """Keys of the names of a holder, as the table of terms has them."""
    return _spelled(*holder)


@recent(1 << 12)
def _spelled(office: str, name: str) -> frozenset[str]:
    listed = (spelling for term in terms(office) if term.name == name for spelling in term.spellings)
    return frozenset(map(name_key, (name, *listed)))


@recent(1 << 14)
def _holder(office: str, name: str, days: DateInterval) -> str:
    """The one holder of an office on these days, if the name can be that person's; else nothing."""
    sure = [held for held in holders_in(office, days) if held.score >= SURE]
    if len(sure) != 1:
        return ""
    fits = any(compare_persons(*sorted((name, one))).score >= PERHAPS for one in (sure[0].name, *sure[0].spellings))
    return sure[0].name if fits else ""


@recent(1 << 14)
def _head(role: str) -> tuple[str, str]:
    """The noun for the office, and folded what stands behind it with a capital: whose office it is."""
    words = role.split()
    nouns = [at for at, word in enumerate(words) if word[:1].isupper()]
    adjectives = [at for at in nouns if words[at].endswith(("er", "ische", "ischer")) and at + 1 in nouns]
    at = next((n for n in nouns if n not in adjectives), None)
    if at is None:
        return "", ""
    rest = [fold(word.strip(".,")) for word in words[at + 1 :] if word[:1].isupper() or word[:1].isdigit()]
    return lemma_of(compact(words[at])), " ".join(rest)


def hull_of(days: DateInterval | None) -> Hull:
    """Days as ordinals."""
    return (days.earliest.toordinal(), days.latest.toordinal()) if days else None


def widened(one: Hull, other: Hull) -> Hull:
    """Both together."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def near(one: Hull, other: Hull, reach: int = _YEARS) -> bool:
    """Whether two spans lie so close that an office may be the same person's; unknown ones may."""
    return one is None or other is None or max(one[0] - other[1], other[0] - one[1]) <= reach


def apart(one: Posts, other: Posts, days: Hull, others: Hull) -> bool:
    """Whether the same word means offices of two bodies at one time: the kings of two states are two."""
    if not near(days, others, _AT_ONCE) or days is None or others is None:
        return False
    mine, theirs = _by_head(one), _by_head(other)
    return any(mine[head].isdisjoint(theirs[head]) for head in mine.keys() & theirs.keys())


def _by_head(posts: Posts) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for sign, head in posts.held:
        found.setdefault(head, set()).add(sign)
    return found


@recent(1 << 14)
def tells_little(companion: str) -> bool:
    """Whether a companion is a state or its capital, which half the archive names."""
    return companion.startswith("GPE:") and state_of(companion.removeprefix("GPE:")) is not None
