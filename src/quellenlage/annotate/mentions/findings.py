"""What was found in one article so far: candidates, the words they hold, and what they teach about further ones."""

from __future__ import annotations

from collections.abc import Iterable

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.facilities import Facility
from quellenlage.annotate.mentions.lexicon import person_noun, surnames, titles
from quellenlage.annotate.mentions.naming import strong_name
from quellenlage.annotate.mentions.organisations import Found, announcing_role
from quellenlage.annotate.mentions.persons import Name, apposition_after, apposition_before, bare_surname
from quellenlage.annotate.mentions.words import Words, without_genitive
from quellenlage.model import EntityKind, fold

_OBLIQUE = frozenset("der des dem den im vom beim zum zur".split())
Why = tuple[float, str]


class Findings:
    """The candidates of one article; what one sentence teaches (a surname, a place) holds in all of them."""

    def __init__(self) -> None:
        self.found: list[Candidate] = []
        self.taken: dict[int, set[int]] = {}
        self.surnames: dict[str, str] = {}
        self.first_names: dict[str, set[str]] = {}
        self.places: set[str] = set()

    def take(self, words: Words, span: Iterable[int]) -> None:
        """Hold words of a sentence, so that nothing else is found over them."""
        self.taken.setdefault(words.index, set()).update(span)

    def free(self, words: Words, start: int, end: int) -> bool:
        """Whether nobody holds any of the words."""
        return self.taken.get(words.index, set()).isdisjoint(range(start, end))

    def person(self, words: Words, name: Name, roles: list[tuple[int, int]], address: str = "") -> None:
        """Add a person with the offices before and behind the name."""
        for span in (apposition_after(words, name.end), apposition_before(words, name.start)):
            if span:
                roles.append((words.starts[span[0]], words.ends[span[1] - 1]))
        shared = name.reason == "shared-surname"
        self.take(words, range(name.start, name.end))
        last = self._nominative(words, name)
        if name.first or address or roles:
            self.surnames.setdefault(last.split(" ")[-1] if " " in last else last, last)
            bare = bare_surname(last)
            if bare != last:
                self.surnames.setdefault(bare, last)
        for first in name.first[:1]:
            self.first_names.setdefault(first, set()).add(last)
        surname_first = name.reason == "surname-first"
        parts = (last, *name.first) if surname_first else (*name.first, last)
        self.found.append(
            Candidate(
                words.starts[name.start],
                words.ends[name.end - 1],
                EntityKind.PER,
                "name",
                " ".join(parts),
                words.index,
                fold(bare_surname(last)),
                name.score,
                name.reason,
                first=name.first,
                last=last,
                address=address,
                roles=[] if shared else roles,
            )
        )

    def _nominative(self, words: Words, name: Name) -> str:
        """The surname without a genitive -s, where the sentence shows that it is one: "Wladimir Putins Truppen"."""
        last = name.last
        base = without_genitive(last)
        if base == last or name.reason in {"surname-first", "shared-surname"}:
            return last
        if base.split(" ")[-1] in surnames() or base in self.surnames:
            return base
        following = words.at(name.end)
        noun_follows = following[:1].isupper() and following.lower() not in {"und"} and not words.finite[name.end]
        before = words.at(name.start - 1)
        owner = before[:1].isupper() and person_noun(before) is None and before not in titles("address")
        return base if (noun_follows or (owner and not name.first)) else last

    def facility(self, words: Words, facility: Facility) -> None:
        """Add a building if its words are free."""
        span = (facility.start, facility.end)
        if self.free(words, *span):
            self.take(words, range(*span))
            self.add(words, span, EntityKind.LOC, facility.name, fold(facility.name), (facility.score, facility.reason))

    def organisation(self, words: Words, found: Found) -> int:
        """Add an organisation that the rules found; returns the word behind it."""
        name = strong_name(words, found.start, found.end)
        span = (found.start, found.end)
        self.add(words, span, EntityKind.ORG, name, fold(name), (found.score, found.reason))
        return found.end

    def add(self, words: Words, span: tuple[int, int], kind: EntityKind, name: str, key: str, why: Why) -> None:
        """Add a name that is no person's."""
        start, end = span
        roles = announcing_role(words, start) if kind is EntityKind.ORG else []
        at, to = words.starts[start], words.ends[end - 1]
        self.found.append(Candidate(at, to, kind, "name", name, words.index, key, *why, roles=roles))
