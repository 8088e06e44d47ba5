"""Which body, place or other thing a name means: one key for its long form, short form, abbreviation and spellings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quellenlage.annotate.mentions.aliases import introduced_pairs, only_initials
from quellenlage.annotate.mentions.alike import alike, block
from quellenlage.annotate.mentions.candidates import Candidate, Definiteness
from quellenlage.annotate.mentions.clusters import Cluster, origins
from quellenlage.annotate.mentions.compounds import REASON
from quellenlage.annotate.mentions.gazetteer import capitals
from quellenlage.annotate.mentions.lexicon import noun_key, org_head, org_table
from quellenlage.annotate.mentions.organisations import is_capitalised_adjective
from quellenlage.annotate.mentions.seats import seats
from quellenlage.annotate.mentions.words import without_genitive
from quellenlage.model import EntityKind, fold

_NEAR = 5
"""Sentences back in which a body must stand that a head noun alone means."""
_LISTED = ("organisations", "gazetteer")
"""Reasons of names whose key is the table's canonical name."""


def places(text: str, candidates: list[Candidate]) -> list[Cluster]:
    """Places by their key; "die Basis" means the one building whose name begins or ends so."""
    clusters: dict[str, Cluster] = {}
    bearers: dict[str, set[str]] = {}
    names = [c for c in candidates if c.form == "name"]
    same = same_names(text, names)
    for candidate in names:
        if candidate.reason.startswith("facility"):
            words = candidate.key.split(" ")
            bearers.setdefault(words[0] if len(words) > 1 else words[-1], set()).add(candidate.key)
    for candidate in candidates:
        key, reason = candidate.key, candidate.reason
        if candidate.form == "name" and key in same:
            key, reason = same[key]
        named = bearers.get(key, set()) if candidate.form == "noun" else set()
        if len(named) == 1 and candidate.definiteness is Definiteness.DEFINITE:
            (key,) = named
        clusters.setdefault(key, Cluster(candidate.kind, key)).add(candidate, reason)
    return list(clusters.values())


def metonyms(listed: list[Cluster]) -> frozenset[int]:
    """Move acting capitals to their state where the article names it; returns the candidates that became nouns."""
    states = {c.key: c for c in listed}
    moved: set[int] = set()
    by_capital = {fold(capital): fold(state) for capital, state in capitals().items()}
    for cluster in listed:
        state = states.get(by_capital.get(cluster.key, ""))
        if state is None or state is cluster:
            continue
        for candidate in [m for m in cluster.members if m.acts]:
            cluster.members.remove(candidate)
            state.add(candidate, f"capital-acts:{cluster.key}")
            moved.add(id(candidate))
    return frozenset(moved)


def organisations(text: str, candidates: list[Candidate], places: list[Candidate]) -> list[Cluster]:
    """Bodies by their key, then the nouns for bodies that mean one of them; seats tell bodies of one kind apart."""
    clusters: dict[str, Cluster] = {}
    seated = seats(text, candidates, places)
    names = [c for c in candidates if c.form == "name" and id(c) not in seated]
    same = same_names(text, names)
    for candidate in names:
        key, reason = same.get(candidate.key, (candidate.key, candidate.reason))
        clusters.setdefault(key, Cluster(EntityKind.ORG, key)).add(candidate, reason)
    named = list(clusters.values())
    for candidate in candidates:
        if seat := seated.get(id(candidate)):
            candidate.name = seat.name
            clusters.setdefault(seat.key, Cluster(EntityKind.ORG, seat.key)).add(candidate, seat.reason)
        elif candidate.form == "noun":
            _bind_body(candidate, clusters, named)
    return list(clusters.values())


def same_names(text: str, names: Sequence[Candidate]) -> dict[str, tuple[str, str]]:
    """Keys that are another form of a key of the article, each with that key and the reason."""
    ordered = sorted(names, key=lambda c: c.start)
    merged = _Merged()
    by_stem: dict[str, str] = {}
    for candidate in sorted(ordered, key=lambda c: not _is_listed(c)):
        known = by_stem.setdefault(stem_of(candidate.name), candidate.key)
        if not _is_listed(candidate):
            merged.equate(candidate.key, known, "form")
    for one, other, reason in introduced_pairs(text, ordered):
        if one.kind is other.kind and not (_is_listed(one) and _is_listed(other)):
            merged.equate(other.key, one.key, reason)
    _shortened(ordered, merged)
    _spelled(ordered, merged)
    return merged.all()


class _Merged:
    """Keys put together, each under the one that it is a form of."""

    def __init__(self) -> None:
        self._above: dict[str, tuple[str, str]] = {}

    def root(self, key: str) -> str:
        while key in self._above:
            key = self._above[key][0]
        return key

    def equate(self, key: str, to: str, reason: str) -> None:
        one, other = self.root(key), self.root(to)
        if one != other:
            self._above[one] = (other, f"{reason}:{key}")

    def all(self) -> dict[str, tuple[str, str]]:
        return {key: (self.root(key), reason) for key, (_, reason) in self._above.items()}


def _is_listed(candidate: Candidate) -> bool:
    return candidate.reason in _LISTED


def stem_of(name: str) -> str:
    """A name without what declension and legal form add: "Deutschen Bahn AG" and "Deutsche Bahn" have one."""
    words = name.split(" ")
    while len(words) > 1 and words[-1] in org_table("legal_forms"):
        words.pop()
    adjectives = 0
    while adjectives < len(words) - 1 and is_capitalised_adjective(words[adjectives]):
        adjectives += 1
    stems = [fold(word).rstrip("enrsm") for word in words[:adjectives]] + [_stem(word) for word in words[adjectives:]]
    if adjectives and len(stems) == adjectives + 1:
        stems[-1] = stems[-1].removesuffix("n")  # "bei den Olympischen Spielen"
    return " ".join(stems)


def _stem(word: str) -> str:
    return noun_key(word) if org_head(word) else fold(word)


def _shortened(ordered: Sequence[Candidate], merged: _Merged) -> None:
    """Initials, first words and genitives that only one other name of the article explains."""
    longer = [c for c in ordered if " " in c.name]
    keys = {c.key for c in ordered}
    for candidate in ordered:
        if " " in candidate.name or _is_listed(candidate):
            continue
        base = without_genitive(candidate.name)
        if base != candidate.name and fold(base) in keys:
            merged.equate(candidate.key, fold(base), "genitive")
            continue
        initials = only_initials(candidate.name, (c.name for c in longer))
        opening = [c for c in longer if c.start < candidate.start and c.name.startswith(candidate.name + " ")]
        explained = [c for c in longer if c.name == initials] if initials else _one_name(opening)
        if explained and org_head(candidate.name) is None and not is_capitalised_adjective(candidate.name):
            merged.equate(candidate.key, explained[0].key, "initials" if initials else "short")


def _one_name(names: Sequence[Candidate]) -> Sequence[Candidate]:
    """The names if they are one: the same words, or other letters for them."""
    first = names[0].name if names else ""
    return names if all(c.name == first or alike(c.name, first) for c in names) else ()


def _spelled(ordered: Sequence[Candidate], merged: _Merged) -> None:
    """Other letters for a name of the article, where the tables do not have both."""
    blocks: dict[str, list[Candidate]] = {}
    names = {c.key: c for c in ordered if not c.name.isupper()}.values()
    for candidate in sorted(names, key=lambda c: not _is_listed(c)):
        near = blocks.setdefault(block(candidate.name), [])
        for other in [] if _is_listed(candidate) else near:
            apart = merged.root(other.key) != merged.root(candidate.key) and other.kind is candidate.kind
            if apart and alike(candidate.name, other.name, slip=True):
                merged.equate(candidate.key, other.key, "spelling")
                break
        near.append(candidate)


def _bind_body(candidate: Candidate, clusters: dict[str, Cluster], named: list[Cluster]) -> None:
    """A common noun for a body: one per noun and adjective of origin; alone it means the only one there is."""
    head = candidate.name.split(" ")[-1]
    origin = origins(candidate.name)
    key = " ".join([*sorted(origin), candidate.key])
    if key not in clusters and not origin:
        bearers = [c for c in clusters.values() if c.key.split(" ")[-1].endswith(candidate.key)]
        if candidate.definiteness is Definiteness.DEFINITE and not bearers:
            bearers = [c for c in named if candidate.key in c.key.split(" ")]  # "die Volksfront", of a longer name
        if candidate.definiteness is Definiteness.DEFINITE and not bearers:
            short = org_head(head)
            bearers = [c for c in named if short and any(noun_key(w) == noun_key(short) for w in _heads(c))]
            bearers = [c for c in bearers if _named_before(c, candidate)]
        if len(bearers) == 1:
            bearers[0].add(candidate, f"noun:{candidate.key}")
            return
    if head not in org_table("nouns", "named_only"):
        clusters.setdefault(key, Cluster(EntityKind.ORG, key)).add(candidate, f"noun:{candidate.key}")


def _named_before(cluster: Cluster, candidate: Candidate) -> bool:
    """Whether a body was named in one of the sentences before a noun, or in its own."""
    return any(0 <= candidate.sentence - member.sentence <= _NEAR for member in cluster.members)


def _heads(cluster: Cluster) -> Iterable[str]:
    for member in cluster.members:
        if member.reason.startswith(REASON):
            yield member.reason.removeprefix(REASON)
        for word in member.name.split(" "):
            if found := org_head(word):
                yield found
