"""Whom a noun for people means: the one person who holds the office it names, or people without a name."""

from __future__ import annotations

import re
from bisect import bisect_left

from quellenlage.annotate.mentions.candidates import Candidate, Definiteness
from quellenlage.annotate.mentions.clusters import Cluster, origins
from quellenlage.annotate.mentions.lexicon import is_office, person_noun
from quellenlage.annotate.mentions.nouns import AGE
from quellenlage.coreference.lexicon import Gender, gender_of_name, same_office
from quellenlage.model import EntityKind, fold

_FORMER = re.compile(r"\b(?:früher|ehemalig|einstig|damalig|vormalig|Ex-|Alt)", re.IGNORECASE)
_AGE = re.compile(r"(\d{1,3})[- ]?jähr", re.IGNORECASE)
_OWN = re.compile(r"(\d{1,3})-jährige[rnms]?\s$")
_BEHIND = re.compile(r"\s?\((\d{1,3})\)|,\s(\d{1,3}),")
_BEFORE = re.compile(r"(\d{1,3})-jährigen?r?\s(?:[A-ZÄÖÜ]\w+\s)?$")
_AGE_BEFORE = 45
_AGE_REACH = 2  # sentences back to which "der 54-Jährige" looks
_ARTICLE = 20
"""Code points before a noun in which its article is looked for."""
_ARTICLES: dict[str, Gender] = {"der": "m", "die": "f"}
"""Whom "54-Jährige" means after them."""


def groups(text: str, candidates: list[Candidate], persons: list[Cluster]) -> list[Cluster]:
    """Nouns for people: those that mean a person join the person's cluster, the others make clusters of their own."""
    clusters: dict[str, Cluster] = {}
    aged, unnamed = _ages(text, persons), dict[str, str]()
    offices = [(cluster, _offices(text, cluster)) for cluster in persons]
    named = sorted((m.sentence, m.start, n) for n, c in enumerate(persons) for m in c.members if m.form == "name")
    known: dict[tuple[str, Definiteness, bool], Cluster | None] = {}
    for candidate in candidates:
        bearer = None
        told_age = _AGE.match(candidate.name) or _OWN.search(text[max(0, candidate.start - _ARTICLE) : candidate.start])
        if candidate.key == AGE and told_age and told_age[1] in aged:
            bearer = aged[told_age[1]]
        elif candidate.key == AGE and told_age and told_age[1] in unnamed:
            clusters[unnamed[told_age[1]]].add(candidate, f"age:{told_age[1]}")
            continue
        elif candidate.key == AGE:
            bearer = _last_named(text, candidate, named, persons)
        elif (
            candidate.can_mean_named and not candidate.plural and candidate.definiteness is not Definiteness.INDEFINITE
        ):
            asked = (candidate.name, candidate.definiteness, candidate.opens)
            if asked not in known:
                known[asked] = _bearer(candidate, offices)
            bearer = known[asked]
        if bearer is not None:
            candidate.score = 0.7
            bearer.add(candidate, f"role:{candidate.key}")
        else:
            own = fold(candidate.name) if candidate.key == AGE else candidate.key
            key = " ".join([*sorted(origins(candidate.name)), own])
            clusters.setdefault(key, Cluster(EntityKind.GRP, key)).add(candidate, candidate.reason)
            if told_age and not candidate.plural:
                unnamed.setdefault(told_age[1], key)
    return list(clusters.values())


def _ages(text: str, persons: list[Cluster]) -> dict[str, Cluster]:
    """Persons by the age that stands behind or before a name ("Tamm (54)", "die 31-jährige Quint"), if one has it."""
    found: dict[str, list[Cluster]] = {}
    for person in persons:
        ages = set()
        for member in person.members:
            behind = _BEHIND.match(text, member.end)
            before = _BEFORE.search(text[max(0, member.start - _AGE_BEFORE) : member.start])
            ages |= {match[match.lastindex or 0] for match in (behind, before) if match}
        for age in ages:
            found.setdefault(age, []).append(person)
    return {age: bearers[0] for age, bearers in found.items() if len(bearers) == 1}


def _offices(text: str, cluster: Cluster) -> list[tuple[str, frozenset[str]]]:
    """Offices that a person holds in this article: head noun in lower case, adjectives of origin; no former ones."""
    found: list[tuple[str, frozenset[str]]] = []
    for start, end in sorted({role for m in cluster.members for role in m.roles}):
        if _FORMER.search(text, start, end):
            continue
        for word in re.findall(r"\w+(?:-\w+)*", text[start:end]):
            noun = person_noun(word) if word[0].isupper() else None
            if noun:
                found.append((noun.lemma.lower(), origins(text[start:end])))
                break
    return found


def _bearer(candidate: Candidate, offices: list[tuple[Cluster, list[tuple[str, frozenset[str]]]]]) -> Cluster | None:
    """The one person of the article who alone holds the office the noun names."""
    word = candidate.name.split(" ")[-1]
    noun = person_noun(word)
    if noun is None or not is_office(noun.lemma):
        return None
    # Without article only a compound that opens a headline or sentence ("Kremlchef gewährt Asyl").
    if candidate.definiteness is Definiteness.BARE and not (candidate.opens and len(noun.lemma) >= 8):
        return None
    head, origin = noun.lemma.lower(), origins(candidate.name)
    same = same_office().get(head, frozenset())
    for exact in (True, False):
        bearers = [
            cluster
            for cluster, held in offices
            if any(
                (office == head if exact else office in same or office.endswith(head) or head.endswith(office))
                and not (origin and of and origin.isdisjoint(of))
                for office, of in held
            )
        ]
        if len(bearers) == 1:
            return bearers[0]
        if bearers:
            return None
    return None


def _last_named(
    text: str, candidate: Candidate, named: list[tuple[int, int, int]], persons: list[Cluster]
) -> Cluster | None:
    """The only person named in the sentences just before, whom an age means; "die 54-Jährige" is no Jonas."""
    first = bisect_left(named, (candidate.sentence - _AGE_REACH, 0, 0))
    last = bisect_left(named, (candidate.sentence, candidate.start, 0))
    near = {n for _, _, n in named[first:last]}
    if len(near) != 1 or candidate.definiteness is not Definiteness.DEFINITE:
        return None
    bearer = persons[near.pop()]
    before = text[max(0, candidate.start - _ARTICLE) : candidate.start].split()
    asked = _ARTICLES.get(before[-1].lower()) if before and candidate.name.endswith("e") else None
    name = next((m.first[0] for m in bearer.members if m.first), "")
    return None if asked and name and asked not in gender_of_name(name) else bearer
