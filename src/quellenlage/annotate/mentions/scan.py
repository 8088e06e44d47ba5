"""From sentences to candidates: persons by name first, then everything else around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.facilities import Facility, facility_at
from quellenlage.annotate.mentions.gazetteer import ambiguous, canonical_key
from quellenlage.annotate.mentions.learned import learn
from quellenlage.annotate.mentions.lexicon import (
    Known,
    first_surnames,
    is_office,
    known_names,
    org_head,
    org_table,
    person_noun,
    surnames,
    titles,
)
from quellenlage.annotate.mentions.nouns import noun_at
from quellenlage.annotate.mentions.organisations import (
    Found,
    acronym,
    after_head,
    announcing_role,
    introduced,
    is_announced,
    with_head,
    with_legal_form,
)
from quellenlage.annotate.mentions.persons import (
    Name,
    apposition_after,
    apposition_before,
    bare_surname,
    full_name,
    is_first_name,
    role_start,
    single_name,
)
from quellenlage.annotate.mentions.places import acts, announced, is_ordinary, known_at, unlisted_at
from quellenlage.annotate.mentions.words import Words, is_name_like, without_genitive
from quellenlage.model import EntityKind, fold

_OBLIQUE = frozenset("der des dem den im vom beim zum zur".split())
Why = tuple[float, str]


class Scanner:
    """Collects the candidates of one article; what one sentence teaches (a surname, a place) holds in all of them."""

    def __init__(self) -> None:
        self.found: list[Candidate] = []
        self._taken: dict[int, set[int]] = {}
        self._surnames: dict[str, str] = {}
        self._places: set[str] = set()

    def scan(self, sentences: list[Words]) -> list[Candidate]:
        """All candidates in order of the text."""
        learned = learn(sentences)
        for words in sentences:
            _settle(words, learned)
        for words in sentences:
            self._persons(words)
        for words in sentences:
            self._places_announced(words)
        for words in sentences:
            self._rest(words)
        self.found.sort(key=lambda c: (c.start, c.end))
        return list(_outside_roles(self.found))

    def _take(self, words: Words, span: Iterable[int]) -> None:
        self._taken.setdefault(words.index, set()).update(span)

    def _free(self, words: Words, start: int, end: int) -> bool:
        return self._taken.get(words.index, set()).isdisjoint(range(start, end))

    # Persons --------------------------------------------------------------------------------------------------------

    def _persons(self, words: Words) -> None:
        i = 0
        while i < len(words):
            form = words.forms[i]
            if not form[0].isupper():
                i += 1
                continue
            listed = known_at(words, i) if form in known_names() or form in words.learned else None
            if listed and listed[0] > i + 1:
                i = listed[0]
                continue
            i = self._titled(words, i) or self._named(words, i) or i + 1

    def _titled(self, words: Words, i: int) -> int:
        """A form of address or a noun for a person, then the name: "Generalmajor Ralf Dornbach"."""
        form = words.forms[i]
        address = form in titles("address")
        noun = None if address else person_noun(form)
        if not address and (noun is None or not noun.singular):
            return 0
        j, address_word = i, form if address else ""
        while words.at(j + 1) in titles("address") or (
            words.at(j + 1) in titles("ranks") and words.at(j + 2)[:1].isupper()
        ):
            j += 1
            address_word = words.forms[j] if words.forms[j] in titles("address") else address_word
        name = full_name(words, j + 1, titled=True)
        if name is None and (address_word or is_office(words.forms[j])):
            name = single_name(words, j + 1, address=bool(address_word) and address_word[-1] != "s")
        if name is None:
            return 0
        roles = [] if address else [(words.starts[role_start(words, i)], words.ends[i])]
        if j > i and words.forms[j] in titles("ranks"):
            roles.append((words.starts[j], words.ends[j]))
        self._take(words, range(i, name.start))
        self._person(words, name, roles, address_word)
        return name.end

    def _named(self, words: Words, i: int) -> int:
        """A name without title; "Sonia und Willy Bogner" are two persons."""
        if words.at(i + 1) in {"und", "oder", "sowie"} and is_first_name(words.forms[i]):
            shared = full_name(words, i + 2)
            if shared and shared.first and shared.reason == "first-name" and is_name_like(words.forms[i]):
                couple = Name(i, i + 1, (words.forms[i],), shared.last, 0.8, "shared-surname")
                self._person(words, couple, [])
                self._person(words, shared, [])
                return shared.end
        name = full_name(words, i)
        if name is None:
            return 0
        self._person(words, name, [])
        return name.end

    def _person(self, words: Words, name: Name, roles: list[tuple[int, int]], address: str = "") -> None:
        for span in (apposition_after(words, name.end), apposition_before(words, name.start)):
            if span:
                roles.append((words.starts[span[0]], words.ends[span[1] - 1]))
        shared = name.reason == "shared-surname"
        self._take(words, range(name.start, name.end))
        last = self._nominative(words, name)
        if name.first or address or roles:
            self._surnames.setdefault(last.split(" ")[-1] if " " in last else last, last)
            bare = bare_surname(last)
            if bare != last:
                self._surnames.setdefault(bare, last)
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
        if base.split(" ")[-1] in surnames() or base in self._surnames:
            return base
        following = words.at(name.end)
        noun_follows = following[:1].isupper() and following.lower() not in {"und"} and not words.finite[name.end]
        before = words.at(name.start - 1)
        owner = before[:1].isupper() and person_noun(before) is None and before not in titles("address")
        return base if (noun_follows or (owner and not name.first)) else last

    # Places ---------------------------------------------------------------------------------------------------------

    def _places_announced(self, words: Words) -> None:
        self._introduced(words)
        for i in range(len(words)):
            if not words.forms[i][0].isupper() or not self._free(words, i, i + 1):
                continue
            if facility := facility_at(words, i):
                self._facility(words, facility)
                continue
            listed = known_at(words, i)
            if listed:
                known = listed[1]
                if known.needs_context and known.surface not in ambiguous() and announced(words, i):
                    self._places.add(known.surface)
                continue
            if without_genitive(words.forms[i]) in self._surnames:
                continue
            place = unlisted_at(words, i)
            if place:
                name = words.forms[i]
                self._take(words, [i])
                self._add(words, (i, i + 1), place.kind, name, fold(name), (place.score, place.reason))

    def _facility(self, words: Words, facility: Facility) -> None:
        span = (facility.start, facility.end)
        if self._free(words, *span):
            self._take(words, range(*span))
            self._add(
                words, span, EntityKind.LOC, facility.name, fold(facility.name), (facility.score, facility.reason)
            )

    def _introduced(self, words: Words) -> None:
        """Names whose abbreviation follows in brackets: "Volksfront Osrana (VFO)"."""
        for bracket in range(1, len(words) - 2):
            found = introduced(words, bracket) if words.forms[bracket] == "(" else None
            if found and self._free(words, found.start, found.end):
                self._take(words, range(found.start, found.end))
                self._org(words, found)

    # Everything else ------------------------------------------------------------------------------------------------

    def _rest(self, words: Words) -> None:
        i, taken = 0, self._taken.setdefault(words.index, set())
        while i < len(words):
            if i in taken:
                i += 1
                continue
            form = words.forms[i]
            upper = form[0].isupper() or (form[0].isdigit() and "-" in form)
            if not upper and form not in known_names():
                i += 1
                continue
            i = (
                (upper and self._surname(words, i))
                or self._listed(words, i)
                or (upper and (self._organisation(words, i) or self._noun(words, i)))
                or i + 1
            )

    def _surname(self, words: Words, i: int) -> int:
        """A surname alone, of a person the article names, or of public life."""
        form = words.forms[i]
        base = without_genitive(form)
        full = self._surnames.get(form) or self._surnames.get(base)
        known = form if form in self._surnames or form in surnames() else base
        if not full and known not in surnames():
            return 0
        before = words.at(i - 1).lower()
        noun = person_noun(form) is not None or (not full and known not in surnames())
        if noun and (before in {"der", "die", "das", "ein", "eine", "den", "dem", "des"} or words.opens(i)):
            return 0
        if before in {"in", "aus", "nach"} and known_at(words, i):
            return 0
        if (
            not full
            and words.at(i + 1)[:1].isupper()
            and not form.endswith("s")
            and words.at(i + 1) in org_table("legal_forms")
        ):
            return 0
        if len(form) < 3 and form not in first_surnames():
            return 0
        last = full or known
        self._take(words, [i])
        self.found.append(
            Candidate(
                words.starts[i], words.ends[i], EntityKind.PER, "name", known, words.index, fold(bare_surname(last)),
                0.85 if full else 0.7, "surname", last=last,
            )
        )  # fmt: skip
        return i + 1

    def _listed(self, words: Words, i: int) -> int:
        listed = known_at(words, i)
        if listed is None:
            return 0
        end, known = listed
        if not self._free(words, i, end):
            return 0
        if known.kind is EntityKind.ORG:
            if known.needs_context and not is_announced(words, i, end):
                return 0
            return self._listed_org(words, i, end, known)
        doubtful = known.needs_context or (end == i + 1 and words.opens(i) and is_ordinary(words.forms[i]))
        if doubtful and known.surface not in self._places and not announced(words, i):
            return 0
        if words.at(end) in org_table("legal_forms"):
            return 0
        self._add(words, (i, end), known.kind, known.base, canonical_key(known.canonical), (known.score, known.reason))
        self.found[-1].acts = acts(words, i, end, known)
        return end

    def _listed_org(self, words: Words, i: int, end: int, known: Known) -> int:
        genitive = end == i + 1 and words.forms[i] == known.surface + "s"
        if genitive and not known.surface.isalpha():
            return 0
        longer = with_head(words, i)
        if longer and longer.end > end:
            return self._org(words, longer)
        self._add(words, (i, end), EntityKind.ORG, known.base, fold(known.canonical), (0.95, "organisations"))
        return end

    def _organisation(self, words: Words, i: int) -> int:
        if found := with_legal_form(words, i) or with_head(words, i):
            return self._org(words, found) if self._free(words, found.start, found.end) else 0
        if found := after_head(words, i):
            if self._free(words, found.start, found.end):
                self._take(words, range(found.start, found.end))
                self._org(words, found)
            return 0
        if found := acronym(words, i):
            return self._org(words, found)
        return 0

    def _org(self, words: Words, found: Found) -> int:
        forms = words.forms[found.start : found.end]
        name = " ".join(forms)
        if found.reason.startswith(("head", "adjective")):
            head = without_genitive(forms[0]) if org_head(forms[0]) else forms[0]
            name = " ".join([head, *forms[1:]])
        elif len(forms) > 1 and forms[0].endswith("en") and words.at(found.start - 1).lower() in _OBLIQUE:
            name = " ".join([forms[0][:-1], *forms[1:]])  # "in der Deutschen Eishockey-Liga (DEL)"
        span = (found.start, found.end)
        self._add(words, span, EntityKind.ORG, name, fold(name), (found.score, found.reason))
        return found.end

    def _noun(self, words: Words, i: int) -> int:
        found = noun_at(words, i)
        if found is None:
            return 0
        self.found.append(found)
        return i + 1

    def _add(self, words: Words, span: tuple[int, int], kind: EntityKind, name: str, key: str, why: Why) -> None:
        start, end = span
        roles = announcing_role(words, start) if kind is EntityKind.ORG else []
        at, to = words.starts[start], words.ends[end - 1]
        self.found.append(Candidate(at, to, kind, "name", name, words.index, key, *why, roles=roles))


def _settle(words: Words, learned: Mapping[str, tuple[Known, ...]]) -> None:
    """Give a sentence the places learnt, and read a place in capitals ("KIEW brennt") as the place."""
    words.learned = learned
    for i, form in enumerate(words.forms):
        if len(form) > 3 and form.isupper() and form not in known_names():
            name = form.capitalize()
            rows = (*learned.get(name, ()), *known_names().get(name, ()))
            if any(k.surface == name and k.kind is not EntityKind.ORG and not k.needs_context for k in rows):
                words.forms[i] = name


def _outside_roles(candidates: list[Candidate]) -> Iterator[Candidate]:
    """Candidates in order of the text without the nouns that are part of a person's or an organisation's role."""
    roles = sorted(role for c in candidates for role in c.roles)
    at, reach = 0, 0
    for candidate in candidates:
        while at < len(roles) and roles[at][0] <= candidate.start:
            reach = max(reach, roles[at][1])
            at += 1
        if candidate.form != "noun" or candidate.end > reach:
            yield candidate
