"""Whom a person's name means: full names first, then surnames alone, each only where one bearer is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quellenlage.annotate.mentions.alike import alike, block
from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.clusters import Cluster, joined
from quellenlage.annotate.mentions.generations import generation_behind
from quellenlage.annotate.mentions.lexicon import person_noun
from quellenlage.annotate.mentions.persons import bare_surname
from quellenlage.annotate.mentions.same_name import (
    alike_whole,
    beside_relative,
    compatible,
    given,
    one_person,
    only_initials,
    shortens,
)
from quellenlage.coreference.lexicon import FEMALE_ADDRESS, MALE_ADDRESS, Gender, gender_of_name
from quellenlage.model import EntityKind, fold
from quellenlage.names import to_latin
from quellenlage.names.given import is_transcribed

UNSURE = 0.4
"""Score of a name that several could bear."""

_FAMILY = re.compile(r"\b(?:die|den|der|beiden|Familie)\s$", re.IGNORECASE)


def surname_key(last: str) -> str:
    """The surname by which bearers are found: without particles, a double name in one piece."""
    return fold(bare_surname(last).rsplit(" ", 1)[-1]).replace(" ", "-")


class Persons:
    """Groups the persons' names of one article."""

    def __init__(self, text: str, candidates: Sequence[Candidate]) -> None:
        self._text = text
        self._clusters: list[Cluster] = []
        self._bearers: dict[str, list[Cluster]] = {}
        self._blocks: dict[str, set[str]] = {}
        self._generations: dict[int, str] = {}
        self._unsure: set[int] = set()
        self._keys = {id(c): surname_key(c.last or c.name) for c in candidates}
        self._without_genitives(candidates)
        full = [c for c in candidates if c.first]
        self._given: dict[str, list[list[str]]] = {}
        for candidate in full:
            self._given.setdefault(self._keys[id(candidate)], []).append(given(candidate))
        for candidate in sorted(full, key=self._says_less):
            self._full(candidate)
        self._surnames([c for c in candidates if not c.first])
        self._name_generations()

    @property
    def clusters(self) -> list[Cluster]:
        """The persons found, in no order."""
        return self._clusters

    def _without_genitives(self, candidates: Sequence[Candidate]) -> None:
        """ "Strobls" is the genitive of "Strobl" where the article has both; "Jacobs" of another first name is not."""
        firsts: dict[str, list[tuple[str, ...]]] = {}
        for candidate in candidates:
            firsts.setdefault(self._keys[id(candidate)], []).append(candidate.first)
        for candidate in candidates:
            key = self._keys[id(candidate)]
            base = key[:-1]
            if not key.endswith("s") or key.endswith("ss") or base not in firsts or self._is_family(candidate):
                continue
            own = [first for first in firsts[key] if first]
            if all(compatible(mine, its) for mine in own for its in firsts[base]):
                self._keys[id(candidate)] = base
                candidate.name, candidate.last = candidate.name.removesuffix("s"), candidate.last.removesuffix("s")

    def _is_family(self, candidate: Candidate) -> bool:
        """ "die Strobls" are several, whom the article need not name."""
        if candidate.first or self._text[candidate.end - 1] != "s":
            return False
        return bool(_FAMILY.search(self._text[max(0, candidate.start - 9) : candidate.start]))

    # Full names -----------------------------------------------------------------------------------------------------

    def _says_less(self, candidate: Candidate) -> tuple[object, ...]:
        """Names that say more come first, wherever they stand: "K. Schmidt" and "Karl Weber" may fit two."""
        names = given(candidate)
        whole = sum(len(name) > 1 for name in names)
        named = (names, candidate.last, candidate.start)
        return (only_initials(candidate), not self._generation(candidate), -whole, -len(names), *named)

    def _full(self, candidate: Candidate) -> None:
        key, own = self._keys[id(candidate)], self._generation(candidate)
        bearers = self._fitting(self._bearers.get(key, ()), candidate)
        reason = candidate.reason
        same = [c for c in bearers if any(self._is_called_the_same(member, candidate) for member in c.members)]
        exact = same or [c for c in bearers if set(map(fold, c.first)) & set(map(fold, candidate.first))]
        several = not same and len(self._shortened(key, candidate, own)) > 1
        if not bearers and not several:
            bearers, reason = self._fitting(self._spelled_like(key), candidate), f"spelling:{key}"
        if not bearers and not several:
            bearers, reason = self._turned(key, candidate), f"order:{key}"
        one_form = exact and all(c.first == exact[0].first for c in exact)
        if not several and (len(exact or bearers) == 1 or one_form):
            cluster = (exact or bearers)[0]
        else:
            cluster = Cluster(EntityKind.PER, key, first=candidate.first)
            unsure = several or bool(bearers)
            reason = f"name-of-several:{key}" if unsure else candidate.reason
            if unsure:
                self._unsure.add(id(cluster))
            self._clusters.append(cluster)
        if id(cluster) in self._unsure:
            candidate.score = min(candidate.score, UNSURE)
            reason = f"name-of-several:{key}"
        self._file(cluster, key, candidate)
        cluster.first = max(cluster.first, candidate.first, key=lambda names: sum(map(len, names)))
        cluster.add(candidate, reason)
        if own:
            self._generations[id(cluster)] = own

    def _is_called_the_same(self, one: Candidate, other: Candidate) -> bool:
        same = self._keys[id(one)] == self._keys[id(other)] and given(one) == given(other)
        return same and self._generation(one) == self._generation(other)

    def _shortened(self, key: str, candidate: Candidate, own: str) -> list[Cluster]:
        """The persons of a surname whose names a name can be short for: "Jan P. Tamm" for Jan Peter and Jan Paul."""
        return [
            c
            for c in self._bearers.get(key, ())
            if id(c) not in self._unsure
            and (not own or self._generations.get(id(c), own) == own)
            and any(self._keys[id(member)] == key and shortens(candidate, member) for member in c.members)
        ]

    def _file(self, cluster: Cluster, key: str, candidate: Candidate) -> None:
        parts = bare_surname(candidate.last).split(" ")
        for each in dict.fromkeys([key, *(fold(part).replace(" ", "-") for part in parts[:1])]):
            held = self._bearers.setdefault(each, [])
            self._blocks.setdefault(block(each), set()).add(each)
            if not any(c is cluster for c in held):
                held.append(cluster)

    def _fitting(self, clusters: Iterable[Cluster], candidate: Candidate) -> list[Cluster]:
        own = self._generation(candidate)
        return [
            c
            for c in clusters
            if compatible(c.first, candidate.first)
            and not any(joined(self._text, member, candidate) for member in c.members)
            and self._is_one(c, candidate)
            and (not own or self._generations.get(id(c), own) == own)
        ]

    def _is_one(self, cluster: Cluster, candidate: Candidate) -> bool:
        """Whether a full name can be that of everybody in a cluster."""
        key = self._keys[id(candidate)]
        distinct = {(m.first, m.last): m for m in cluster.members}
        return all(
            one_person(
                self._text,
                member,
                candidate,
                same_surname=self._keys[id(member)] == key,
                others=self._given[key],
            )
            for member in distinct.values()
        )

    def _spelled_like(self, key: str, *, slip: bool = False) -> list[Cluster]:
        found: dict[int, Cluster] = {}
        for other in sorted(self._blocks.get(block(key), ())):
            if other != key and alike(key, other, slip=slip):
                found.update((id(c), c) for c in self._bearers[other])
        return list(found.values())

    def _turned(self, key: str, candidate: Candidate) -> list[Cluster]:
        """ "Hegedüs Viktor" is "Viktor Hegedüs" where the article names him."""
        if len(candidate.first) != 1:
            return []
        turned = self._bearers.get(fold(candidate.first[0]), ())
        return [c for c in turned if key in map(fold, c.first) and all(alike_whole(m, candidate) for m in c.members)]

    def _generation(self, candidate: Candidate) -> str:
        found = generation_behind(self._text, candidate.end)
        if found is None:  # "der Sohn Karl Weber" is not "Karl Weber senior"
            return {"elder": "elder", "younger": "younger"}.get(beside_relative(self._text, candidate.start), "")
        return found.which

    def _name_generations(self) -> None:
        """Call namesakes "Karl Weber senior" and "Karl Weber junior" where the text does."""
        namesakes: dict[tuple[str, str], list[Cluster]] = {}
        for cluster in self._clusters:
            if cluster.first:
                namesakes.setdefault((cluster.key, fold(" ".join(cluster.first))), []).append(cluster)
        for cluster in (c for group in namesakes.values() if len(group) > 1 for c in group):
            for member in cluster.members:
                if found := generation_behind(self._text, member.end):
                    member.name = f"{member.name} {found.word}"

    # Surnames alone -------------------------------------------------------------------------------------------------

    def _surnames(self, candidates: Iterable[Candidate]) -> None:
        listed = list(candidates)
        addressed: dict[str, set[Gender]] = {}
        for candidate in listed:
            addressed.setdefault(self._keys[id(candidate)], set()).add(self._gender(candidate))
        alone = self._spelled_alone(listed)
        held = {id(c): {head for m in c.members for head in _heads_of_roles(self._text, m)} for c in self._clusters}
        unnamed: dict[str, Cluster] = {}
        for candidate in listed:
            key, reason = self._keys[id(candidate)], "surname"
            base = key.removesuffix("s") if candidate.name.endswith("s") else key
            if self._is_family(candidate) and base in self._bearers and (base != key or candidate.name[-1] != "s"):
                candidate.score = min(candidate.score, UNSURE)
                candidate.name = self._text[candidate.start : candidate.end]
                self._alone(unnamed, f"{base} family", candidate, f"family:{base}")
                continue
            bearers = self._bearers.get(key, [])
            if not bearers and key not in unnamed:
                heads = _heads_of_roles(self._text, candidate)
                bearers = [
                    c
                    for c in self._spelled_like(key, slip=True)
                    if not heads or not held[id(c)] or not heads.isdisjoint(held[id(c)])
                ]
                reason = "spelling"
            if len(bearers) > 1 and candidate.roles:
                heads = _heads_of_roles(self._text, candidate)
                bearers = [c for c in bearers if not held[id(c)].isdisjoint(heads)] or bearers
            gender = self._gender(candidate)
            fitting = [c for c in bearers if not gender or not c.first or gender in gender_of_name(c.first[0])]
            if len(fitting) == 1 and (len(bearers) == 1 or gender):
                fitting[0].add(candidate, f"{reason}:{key}")
                continue
            if bearers:
                candidate.score = min(candidate.score, UNSURE)
            # "Herr X" and "Frau X" are two, also where neither has a first name.
            own = f"{key} {gender}" if gender and (bearers or addressed[key] >= {"m", "f"}) else key
            reason = f"surname-of-several:{key}" if bearers else candidate.reason
            if not bearers and own == key and key in alone:
                own, reason = alone[key], f"spelling:{key}"
            self._alone(unnamed, own, candidate, reason)

    def _spelled_alone(self, candidates: Iterable[Candidate]) -> dict[str, str]:
        """Surnames of nobody's full name that are another spelling of one: "Песков" and "Peskov" of "Peskow".

        Only of names from other letters: "Kraus" and "Krauss" are two.
        """
        groups: dict[str, list[str]] = {}
        for key in sorted({self._keys[id(c)] for c in candidates} - set(self._bearers)):
            groups.setdefault(block(key), []).append(key)
        found: dict[str, str] = {}
        for group in groups.values():
            varied = [key for key in group if to_latin(key) != key or is_transcribed(key)]
            for at, key in enumerate(varied):
                other = next((first for first in varied[:at] if alike(first, key)), None)
                if other is not None:
                    found[key] = found.get(other, other)
        return found

    def _alone(self, unnamed: dict[str, Cluster], key: str, candidate: Candidate, reason: str) -> None:
        if key not in unnamed:
            unnamed[key] = Cluster(EntityKind.PER, key)
            self._clusters.append(unnamed[key])
        unnamed[key].add(candidate, reason)

    def _gender(self, candidate: Candidate) -> Gender:
        """What "Frau", "Herr" or "Ministerin" before a surname tell of its bearer; empty where nothing does."""
        if candidate.address in FEMALE_ADDRESS:
            return "f"
        if candidate.address in MALE_ADDRESS:
            return "m"
        for start, end in candidate.roles:
            noun = person_noun(self._text[start:end].rsplit(" ", 1)[-1])
            if noun and noun.singular and noun.lemma.endswith("in"):
                return "f"
        return ""


def _heads_of_roles(text: str, candidate: Candidate) -> set[str]:
    return {text[a:b].rsplit(" ", 1)[-1].lower() for a, b in candidate.roles}
