"""From sentences to candidates: persons by name first, then everything else around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from quellenlage.annotate.mentions.again import again, one_kind, one_reading
from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.compounds import compound
from quellenlage.annotate.mentions.facilities import facility_at
from quellenlage.annotate.mentions.findings import Findings
from quellenlage.annotate.mentions.gazetteer import ambiguous, canonical_key
from quellenlage.annotate.mentions.learned import learn
from quellenlage.annotate.mentions.lexicon import (
    Known,
    first_surnames,
    is_office,
    kinship,
    known_names,
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
    introduced,
    is_announced,
    with_head,
    with_legal_form,
)
from quellenlage.annotate.mentions.persons import (
    NICKNAME,
    Name,
    bare_surname,
    full_name,
    is_first_name,
    role_start,
    single_name,
)
from quellenlage.annotate.mentions.places import acts, announced, is_ordinary, known_at, unlisted_at
from quellenlage.annotate.mentions.reading import contradicts, holds, other_script, person, sure, trimmed, upheld
from quellenlage.annotate.mentions.roles import cut_roles
from quellenlage.annotate.mentions.shortened import completed, without_letters
from quellenlage.annotate.mentions.taking import take_names
from quellenlage.annotate.mentions.told import MADE_FROM_NAMES, Told
from quellenlage.annotate.mentions.words import Words, is_name_like, without_genitive
from quellenlage.model import EntityKind, fold

Why = tuple[float, str]
_LIKELY = 0.8


class Scanner(Findings):
    """Collects the candidates of one article."""

    def scan(self, sentences: list[Words]) -> list[Candidate]:
        """All candidates in order of the text."""
        learned = learn(sentences)
        for words in sentences:
            _settle(words, learned)
        one_reading(sentences, learned)
        for words in sentences:
            self._persons(words)
        for words in sentences:
            self._introduced(words)
            take_names(self, words)
        self.found += list(again(self, [words for words in sentences if words.told is not None], self.found))
        for words in sentences:
            self._places_announced(words)
        for words in sentences:
            self._rest(words)
        by_index = {words.index: words for words in sentences}
        held = [c for c in self.found if upheld(by_index[c.sentence], c)]
        if any(words.told is not None for words in sentences):
            one_kind(held)
        held = without_letters(held)
        held.sort(key=lambda c: (c.start, c.end))
        cut_roles(held, by_index)
        return list(_outside_roles(held))

    # Persons --------------------------------------------------------------------------------------------------------

    def _persons(self, words: Words) -> None:
        i = 0
        while i < len(words):
            form = words.forms[i]
            told = sure(words, i)
            if told and told.kind == "PER" and _has_nickname(words, i) and (end := self._named(words, i)):
                i = end
                continue
            if told and told.kind not in MADE_FROM_NAMES:
                self._told_person(words, told)
                i = told.end
                continue
            if not form[0].isupper() and not form.partition("-")[2][:1].isupper():  # but "ödp-Spitzenkandidat"
                i += 1
                continue
            listed = known_at(words, i) if form in known_names() or form in words.learned else None
            if listed and listed[0] > i + 1:
                i = listed[0]
                continue
            i = self._titled(words, i) or self._named(words, i) or i + 1

    def _told_person(self, words: Words, told: Told) -> None:
        """A person whom the encoder reads; a single word waits until the surnames of the article are known."""
        if told.kind != "PER" or (told.end - told.start == 1 and self._couple(words, told.start)):
            return
        if told.end - told.start > 1:
            self.person(words, person(words, told), [])

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
        told = sure(words, j + 1)
        name = self._name_of(words, j + 1, told)
        if name is None and told is None and (address_word or is_office(words.forms[j])):
            name = single_name(words, j + 1, address=bool(address_word) and address_word[-1] != "s")
        if name is None or contradicts(words, name.start, name.end):
            return 0
        roles = [] if address or kinship(form) else [(words.starts[role_start(words, i)], words.ends[i])]
        if j > i and words.forms[j] in titles("ranks"):
            roles.append((words.starts[j], words.ends[j]))
        self.take(words, range(i, name.start))
        self.person(words, name, roles, address_word)
        return name.end

    def _name_of(self, words: Words, i: int, told: Told | None) -> Name | None:
        if told is None:
            return full_name(words, i, titled=True)
        return person(words, told) if told.kind == "PER" else None

    def _named(self, words: Words, i: int) -> int:
        """A name without title."""
        if couple := self._couple(words, i):
            return couple
        name = full_name(words, i)
        if name is None:
            return 0
        if name.reason == NICKNAME:
            words.read_as(Told(name.start, name.end, "PER", name.score))
        elif any(holds(words, t) for t in words.told_over(name.start, name.end)):
            return 0
        self.person(words, name, [])
        return name.end

    def _couple(self, words: Words, i: int) -> int:
        """ "Sonia und Willy Bogner" are two persons of one name."""
        if words.at(i + 1) not in {"und", "oder", "sowie"} or not is_first_name(words.forms[i]):
            return 0
        shared = full_name(words, i + 2)
        if not (shared and shared.first and shared.reason == "first-name" and is_name_like(words.forms[i])):
            return 0
        couple = Name(i, i + 1, (words.forms[i],), shared.last, 0.8, "shared-surname")
        self.person(words, couple, [])
        self.person(words, shared, [])
        return shared.end

    # Places ---------------------------------------------------------------------------------------------------------

    def _places_announced(self, words: Words) -> None:
        for i in range(len(words)):
            if not words.forms[i][0].isupper() or not self.free(words, i, i + 1):
                continue
            if facility := facility_at(words, i):
                self.facility(words, facility)
                continue
            listed = known_at(words, i)
            if listed:
                known = listed[1]
                if known.needs_context and known.surface not in ambiguous() and announced(words, i):
                    self.places.add(known.surface)
                continue
            if without_genitive(words.forms[i]) in self.surnames:
                continue
            place = unlisted_at(words, i)
            if place:
                name = words.forms[i]
                self.take(words, [i])
                self.add(words, (i, i + 1), place.kind, name, fold(name), (place.score, place.reason))

    def _introduced(self, words: Words) -> None:
        """Names whose abbreviation follows in brackets: "Volksfront Osrana (VFO)"."""
        for bracket in range(1, len(words) - 2):
            found = introduced(words, bracket) if words.forms[bracket] == "(" else None
            if found and self.free(words, found.start, found.end) and not self._read_as_body(words, found):
                words.read_as(Told(found.start, found.end, "ORG", found.score))
                self.take(words, range(found.start, found.end))
                self.organisation(words, found)

    def _read_as_body(self, words: Words, found: Found) -> bool:
        """Whether the encoder reads a body there that ends alike and is as long or longer."""
        return any(
            told.kind == "ORG" and told.end == found.end and told.start <= found.start and holds(words, told)
            for told in words.told_over(found.start, found.end)
        )

    # Everything else ------------------------------------------------------------------------------------------------

    def _rest(self, words: Words) -> None:
        i, taken = 0, self.taken.setdefault(words.index, set())
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
        full = self.surnames.get(form) or self.surnames.get(base)
        known = form if form in self.surnames or form in surnames() else base
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
        self.take(words, [i])
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
        if not self.free(words, i, end):
            return 0
        if known.kind is EntityKind.ORG:
            if known.needs_context and not is_announced(words, i, end):
                return 0
            return self._listed_org(words, i, end, known)
        doubtful = known.needs_context or (end == i + 1 and words.opens(i) and is_ordinary(words.forms[i]))
        if doubtful and known.surface not in self.places and not announced(words, i):
            return 0
        if words.at(end) in org_table("legal_forms"):
            return 0
        self.add(words, (i, end), known.kind, known.base, canonical_key(known.canonical), (known.score, known.reason))
        self.found[-1].acts = acts(words, i, end, known)
        return end

    def _listed_org(self, words: Words, i: int, end: int, known: Known) -> int:
        genitive = end == i + 1 and words.forms[i] == known.surface + "s"
        if genitive and not known.surface.isalpha():
            return 0
        longer = with_head(words, i)
        if longer and longer.end > end:
            return self.organisation(words, longer)
        self.add(words, (i, end), EntityKind.ORG, known.base, fold(known.canonical), (0.95, "organisations"))
        return end

    def _organisation(self, words: Words, i: int) -> int:
        if found := with_legal_form(words, i) or with_head(words, i):
            return self.organisation(words, found) if self.free(words, found.start, found.end) else 0
        if found := after_head(words, i):
            if self.free(words, found.start, found.end):
                self.take(words, range(found.start, found.end))
                self.organisation(words, found)
            return 0
        if found := acronym(words, i):
            return self.organisation(words, found)
        if (named := compound(words.forms[i])) and named.itself and self._bodies() >= {named.name}:
            self.add(words, (i, i + 1), EntityKind.ORG, named.name, named.key, (_LIKELY, named.reason))
            return i + 1
        return 0

    def _bodies(self) -> set[str]:
        return {c.name for c in self.found if c.kind is EntityKind.ORG and c.form == "name"}

    def _noun(self, words: Words, i: int) -> int:
        found = noun_at(words, i)
        if found is None or not self.free(words, bisect_left(words.starts, found.start), i + 1):
            return 0
        self.found.append(found)
        return i + 1


def _settle(words: Words, learned: Mapping[str, tuple[Known, ...]]) -> None:
    """Give a sentence the places learnt, cut the encoder's names as names stand, and read a place in capitals
    ("KIEW brennt") as the place.
    """
    words.learned = learned
    if words.told is not None:
        names = [name for told in dict.fromkeys(words.told.values()) if (name := trimmed(words, told))]
        names = [completed(words, name) for name in names]
        names = [name for name in names if not any(map(other_script, words.forms[name.start : name.end]))]
        words.told = {k: name for name in names for k in range(name.start, name.end)}
    for i, form in enumerate(words.forms):
        if len(form) > 3 and form.isupper() and form not in known_names():
            running = form.capitalize()
            rows = (*learned.get(running, ()), *known_names().get(running, ()))
            if any(k.surface == running and k.kind is not EntityKind.ORG and not k.needs_context for k in rows):
                words.forms[i] = running


def _has_nickname(words: Words, i: int) -> bool:
    name = full_name(words, i)
    return name is not None and name.reason == NICKNAME


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
