"""Whom a mention means: candidates of one article to its entities."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from quellenlage.annotate.mentions.candidates import Candidate, Definiteness
from quellenlage.annotate.mentions.gazetteer import capitals
from quellenlage.annotate.mentions.lexicon import is_office, noun_key, org_head, person_noun
from quellenlage.annotate.mentions.nouns import AGE
from quellenlage.coreference.lexicon import Gender, gender_of_name, same_office
from quellenlage.model import EntityKind, LocalEntity, Mention, Role, fold

_ORIGIN = re.compile(r"\b(\w+?isch|deutsch)(?:e|en|er|es|em)\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:früher|ehemalig|einstig|damalig|vormalig|Ex-|Alt)", re.IGNORECASE)
_BRACKET = re.compile(r"\s?\(\s?([A-ZÄÖÜ][\wÄÖÜ-]{1,7})\s?\)")
_AGE_REACH = 2  # sentences back to which "der 54-Jährige" looks
_ARTICLE = 20
"""Code points before a noun in which its article is looked for."""
_ARTICLES: dict[str, Gender] = {"der": "m", "die": "f"}
"""Whom "54-Jährige" means after them."""


@dataclass(slots=True)
class Cluster:
    """Candidates that mean one thing."""

    kind: EntityKind
    key: str
    members: list[Candidate] = field(default_factory=list)
    first: tuple[str, ...] = ()
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, candidate: Candidate, reason: str) -> None:
        """Take a candidate in; the entity is as sure as its surest mention."""
        self.members.append(candidate)
        self.score = max(self.score, candidate.score)
        if reason not in self.reasons:
            self.reasons.append(reason)


def bind(text: str, candidates: list[Candidate]) -> tuple[tuple[Mention, ...], tuple[LocalEntity, ...]]:
    """Mentions in order of the text and the entities they mean, numbered by their first mention."""
    persons = _persons(text, [c for c in candidates if c.kind is EntityKind.PER])
    places = _named([c for c in candidates if c.kind in {EntityKind.GPE, EntityKind.LOC}])
    organisations = _organisations(text, [c for c in candidates if c.kind is EntityKind.ORG])
    groups = _groups(text, [c for c in candidates if c.kind is EntityKind.GRP], persons)
    forms = _metonyms(places)
    clusters = [c for c in (*persons, *places, *organisations, *groups) if c.members]
    clusters.sort(key=lambda c: min(m.start for m in c.members))
    entities, placed = [], []
    for number, cluster in enumerate(clusters, 1):
        entities.append(_entity(text, f"e{number}", cluster))
        placed += [(m, cluster.kind, f"e{number}") for m in cluster.members]
    placed.sort(key=lambda item: (item[0].start, item[0].end))
    mentions = tuple(
        Mention(f"m{n}", c.start, c.end, kind, "noun" if id(c) in forms else c.form, entity)
        for n, (c, kind, entity) in enumerate(placed, 1)
    )
    return mentions, tuple(entities)


def _entity(text: str, identifier: str, cluster: Cluster) -> LocalEntity:
    named = [m for m in cluster.members if m.form == "name"] or cluster.members
    if cluster.kind is EntityKind.PER:
        best = max(named, key=lambda m: (len(m.name.split()), len(m.name), -m.start))
    elif cluster.kind is EntityKind.GRP:
        best = named[0]
    else:
        best = max(named, key=lambda m: (len(m.name), -m.start))
    spans = sorted({role for m in cluster.members for role in m.roles})
    roles = tuple(Role(a, b, text[a:b]) for a, b in spans)
    return LocalEntity(identifier, cluster.kind, best.name, roles, round(cluster.score, 2), tuple(cluster.reasons))


# Persons -------------------------------------------------------------------------------------------------------------


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of first names can be one person's: equal, an initial, part of a double name, a spelling."""
    if not one or not other:
        return True
    a, b = fold(one[0]), fold(other[0])
    if a == b or a.startswith(b + " ") or b.startswith(a + " "):
        return True
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if {fold(n) for n in one} & {fold(n) for n in other if len(fold(n)) > 1}:
        return True
    return len(a) > 4 and len(b) > 4 and a[0] == b[0] and Levenshtein.distance(a, b) == 1


def _persons(text: str, candidates: list[Candidate]) -> list[Cluster]:
    clusters: list[Cluster] = []
    by_last: dict[str, list[Cluster]] = {}
    for candidate in candidates:
        if candidate.first:
            bearers = [c for c in by_last.get(_last_word(candidate.key), []) if compatible(c.first, candidate.first)]
            fuller = [c for c in bearers if set(map(fold, c.first)) & set(map(fold, candidate.first))]
            if fuller or bearers:
                cluster = (fuller or bearers)[0]
            else:
                cluster = Cluster(EntityKind.PER, candidate.key, first=candidate.first)
                clusters.append(cluster)
                by_last.setdefault(_last_word(candidate.key), []).append(cluster)
            cluster.first = max(cluster.first, candidate.first, key=lambda f: sum(map(len, f)))
            cluster.add(candidate, candidate.reason)
    held = {id(c): {head for m in c.members for head in _heads_of_roles(text, m)} for c in clusters}
    unnamed: dict[str, Cluster] = {}
    for candidate in candidates:
        if candidate.first:
            continue
        key = _last_word(candidate.key)
        bearers = by_last.get(key, [])
        if len(bearers) > 1 and candidate.roles:
            bearers = [c for c in bearers if not held[id(c)].isdisjoint(_heads_of_roles(text, candidate))] or bearers
        if len(bearers) == 1:
            bearers[0].add(candidate, f"surname:{key}")
            continue
        if key not in unnamed:
            unnamed[key] = Cluster(EntityKind.PER, key)
            clusters.append(unnamed[key])
        if bearers:
            candidate.score = min(candidate.score, 0.4)
        unnamed[key].add(candidate, f"surname-of-several:{key}" if bearers else candidate.reason)
    return clusters


def _last_word(key: str) -> str:
    return key.rsplit(" ", 1)[-1]


def _heads_of_roles(text: str, candidate: Candidate) -> set[str]:
    return {text[a:b].rsplit(" ", 1)[-1].lower() for a, b in candidate.roles}


# Names ---------------------------------------------------------------------------------------------------------------


def _named(candidates: list[Candidate]) -> list[Cluster]:
    clusters: dict[str, Cluster] = {}
    bearers: dict[str, set[str]] = {}
    for candidate in candidates:
        if candidate.form == "name" and candidate.reason.startswith("facility"):
            words = candidate.key.split(" ")
            bearers.setdefault(words[0] if len(words) > 1 else words[-1], set()).add(candidate.key)
    for candidate in candidates:
        key, reason = candidate.key, candidate.reason
        named = bearers.get(key, set()) if candidate.form == "noun" else set()
        if len(named) == 1 and candidate.definiteness is Definiteness.DEFINITE:
            (key,) = named
        clusters.setdefault(key, Cluster(candidate.kind, key)).add(candidate, reason)
    return list(clusters.values())


def _metonyms(places: list[Cluster]) -> frozenset[int]:
    """Move acting capitals to their state where the article names it; returns the candidates that became nouns."""
    states = {c.key: c for c in places}
    moved: set[int] = set()
    by_capital = {fold(capital): fold(state) for capital, state in capitals().items()}
    for cluster in places:
        state = states.get(by_capital.get(cluster.key, ""))
        if state is None or state is cluster:
            continue
        for candidate in [m for m in cluster.members if m.acts]:
            cluster.members.remove(candidate)
            state.add(candidate, f"capital-acts:{cluster.key}")
            moved.add(id(candidate))
    return frozenset(moved)


def _organisations(text: str, candidates: list[Candidate]) -> list[Cluster]:
    clusters: dict[str, Cluster] = {}
    aliases = _bracketed(text, [c for c in candidates if c.form == "name"])
    for candidate in candidates:
        if candidate.form == "name":
            key = aliases.get(candidate.key, candidate.key)
            reason = candidate.reason if key == candidate.key else f"bracket:{candidate.key}"
            clusters.setdefault(key, Cluster(EntityKind.ORG, key)).add(candidate, reason)
    named = list(clusters.values())
    for candidate in candidates:
        if candidate.form == "noun":
            _bind_body(candidate, clusters, named)
    return list(clusters.values())


def _bracketed(text: str, candidates: list[Candidate]) -> dict[str, str]:
    """Short forms that the article itself introduces: "Institut für Kriegsforschung (IfK)"."""
    starts = {c.start: c for c in candidates}
    aliases: dict[str, str] = {}
    for candidate in candidates:
        bracket = _BRACKET.match(text, candidate.end)
        if bracket and (short := starts.get(bracket.start(1))) and short.key != candidate.key:
            aliases.setdefault(short.key, aliases.get(candidate.key, candidate.key))
    return aliases


def _bind_body(candidate: Candidate, clusters: dict[str, Cluster], named: list[Cluster]) -> None:
    """A common noun for a body: one per noun and adjective of origin; alone it means the only one there is."""
    head = candidate.name.split(" ")[-1]
    origin = _origins(candidate.name)
    key = " ".join([*sorted(origin), candidate.key])
    if key not in clusters and not origin:
        bearers = [c for c in clusters.values() if c.key.split(" ")[-1].endswith(candidate.key)]
        if candidate.definiteness is Definiteness.DEFINITE and not bearers:
            bearers = [c for c in named if candidate.key in c.key.split(" ")]  # "die Volksfront", of a longer name
        if candidate.definiteness is Definiteness.DEFINITE and not bearers:
            short = org_head(head)
            bearers = [c for c in named if short and any(noun_key(w) == noun_key(short) for w in _heads(c))]
        if len(bearers) == 1:
            bearers[0].add(candidate, f"noun:{candidate.key}")
            return
    clusters.setdefault(key, Cluster(EntityKind.ORG, key)).add(candidate, f"noun:{candidate.key}")


def _heads(cluster: Cluster) -> Iterable[str]:
    for member in cluster.members:
        for word in member.name.split(" "):
            if found := org_head(word):
                yield found


# Nouns for people ----------------------------------------------------------------------------------------------------


def _groups(text: str, candidates: list[Candidate], persons: list[Cluster]) -> list[Cluster]:
    clusters: dict[str, Cluster] = {}
    offices = [(cluster, _offices(text, cluster)) for cluster in persons]
    named = sorted((m.sentence, m.start, n) for n, c in enumerate(persons) for m in c.members if m.form == "name")
    known: dict[tuple[str, Definiteness, bool], Cluster | None] = {}
    for candidate in candidates:
        bearer = None
        if candidate.key == AGE:
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
            key = " ".join([*sorted(_origins(candidate.name)), own])
            clusters.setdefault(key, Cluster(EntityKind.GRP, key)).add(candidate, candidate.reason)
    return list(clusters.values())


def _origins(words: str) -> frozenset[str]:
    return frozenset(match.lower() for match in _ORIGIN.findall(words))


def _offices(text: str, cluster: Cluster) -> list[tuple[str, frozenset[str]]]:
    """Offices that a person holds in this article: head noun in lower case, adjectives of origin; no former ones."""
    found: list[tuple[str, frozenset[str]]] = []
    for start, end in sorted({role for m in cluster.members for role in m.roles}):
        if _FORMER.search(text, start, end):
            continue
        for word in re.findall(r"\w+(?:-\w+)*", text[start:end]):
            noun = person_noun(word) if word[0].isupper() else None
            if noun:
                found.append((noun.lemma.lower(), _origins(text[start:end])))
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
    head, origin = noun.lemma.lower(), _origins(candidate.name)
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
