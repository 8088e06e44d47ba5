"""One statement from many claims: the same speaker, the same content, whether printed again or said again.

Claims of one speaker whose words are the same become one node; nodes that share rare content words are compared.
The longest passage stands for the whole, and what is like it, and contradicts nobody there, joins it. All orders are by
words, days and keys, never by order of capture, so that any order of articles gives the same groups; the order of
capture decides identifiers only.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from quellenlage.link.likeness import Likeness, compare, weights
from quellenlage.link.occasions import Prints, gap, occasions
from quellenlage.link.origins import Provenance
from quellenlage.link.said import Said, filed_said, said_claims
from quellenlage.link.wording import Wording
from quellenlage.model import (
    DateInterval,
    Document,
    Judgement,
    Member,
    Related,
    Reuse,
    Span,
    Statement,
    Verdict,
    content_id,
)
from quellenlage.model.filed import Filed, filed
from quellenlage.model.partition import Mapper, in_process

WORDS_WITHIN, CONTENT_WITHIN, BRIEF_WITHIN = 366, 31, 2
"""Days between two retellings up to which they may be one statement: by the same words, by like content, and by words
too few to be recognised by ("schamlos")."""

_RAREST = 8
"""Content words of a passage under which it is looked up, the rarest among the speaker's first."""

_CROWDED, _NEIGHBOURS = 40, 8
"""Passages under one word from which each is compared with its neighbours in time only: else a speaker with ten
thousand claims would cost a hundred million comparisons."""

_LISTED = 5

_FEW = 8
"""Claims of a speaker whose numbers take the least memory in a tuple."""

_TOGETHER = 1000
"""Claims from which on those of further speakers are a part of their own: enough to be worth sending somewhere."""


@dataclass(slots=True)
class _Node:
    """Claims of one speaker in the same words, in order of time."""

    said: list[Said]
    key: str = ""
    families: frozenset[str] = frozenset()
    dated: tuple[DateInterval, ...] = ()
    places: dict[str, list[Span]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = self.said[0].key
        self.families = frozenset(one.family for one in self.said if one.family)
        self.dated = tuple(dict.fromkeys(one.days for one in self.said if one.days))
        for one in self.said:
            told = one.retelling
            self.places.setdefault(told.member.article, []).extend(quoted.span for quoted in told.evidence)

    @property
    def wording(self) -> Wording:
        return self.said[0].wording

    @property
    def order(self) -> tuple[int, str, str]:
        """The longest first, then the first said; by nothing that depends on the order of capture."""
        return (-len(self.wording.words), self.said[0].when, self.key)


@dataclass(slots=True)
class _Group:
    """Nodes that say one thing; the first, the longest, stands for the whole."""

    nodes: list[_Node]
    reasons: list[str] = field(default_factory=list)


_Likenesses = Mapping[tuple[str, str], Likeness]


def find_statements(
    documents: Sequence[Document],
    entity_of: Mapping[Member, str],
    provenance: Provenance,
    reuses: Sequence[Reuse],
    judgements: Sequence[Judgement],
    mapper: Mapper = in_process,
) -> tuple[Sequence[Statement], dict[str, str]]:
    """Group the claims of all documents, given in order of capture; `mapper` those of some speakers at a time.

    Returns:
        The statements in the order of their first-captured members, and the identifiers that other members would
        have given them, each with the identifier that stands for it.
    """
    family = _families(reuses)
    decisions = _Decisions.of(judgements)
    prints = Prints(family, {origin.id: origin.kind for origin in provenance.origins})
    batches = _Batches(said_claims(documents, entity_of, provenance, family, judgements), decisions)
    telling = weights(alike[0].wording for batch in batches for alike in batch)
    made: Filed[Statement] = Filed(Statement)
    first = array("Q")
    for some in mapper(_statements_of, _parts(batches, telling, prints, decisions)):
        for number, statement in some:
            first.append(number)
            made.add(statement)
    order = sorted(range(len(first)), key=first.__getitem__)
    aliases: dict[str, str] = {}
    return filed(Statement, _named_once((made[number] for number in order), aliases)), aliases


def _named_once(made: Iterable[Statement], aliases: dict[str, str]) -> Iterator[Statement]:
    """Statements, one by one; put to `aliases` is what their other members would have called them."""
    for statement in made:
        for told in statement.retellings[1:]:
            if (other := statement_id(told.claim)) != statement.id:
                aliases[other] = statement.id
        yield statement


@dataclass(slots=True)
class _Speakers:
    """Claims of some speakers, by speaker, and what their statements depend on."""

    batches: list[list[list[Said]]]
    telling: Mapping[str, float]
    prints: Prints
    decisions: _Decisions

    def __reduce__(self) -> tuple[Any, ...]:
        """To another process goes of the tables of the archive what these claims ask for."""
        said = [one for batch in self.batches for alike in batch for one in alike]
        stems = {stem for one in said for stem in one.wording.content}
        telling = {stem: self.telling[stem] for stem in sorted(stems) if stem in self.telling}
        known = self.prints
        articles = {one.retelling.member.article for one in said}
        family = {one: known.family[one] for one in sorted(articles) if one in known.family}
        origins = {one.retelling.origin for one in said}
        kinds = {one: known.kinds[one] for one in sorted(origins) if one in known.kinds}
        return (_Speakers, (self.batches, telling, Prints(family, kinds), self.decisions))


def _parts(
    batches: Iterable[list[list[Said]]], telling: Mapping[str, float], prints: Prints, decisions: _Decisions
) -> Iterator[_Speakers]:
    """All speakers, some at a time; each is read for it and let go when its statements are made."""
    part: list[list[list[Said]]] = []
    claims = 0
    for batch in batches:
        part.append(batch)
        claims += sum(map(len, batch))
        if claims >= _TOGETHER:
            yield _Speakers(part, telling, prints, decisions)
            part, claims = [], 0
    if part:
        yield _Speakers(part, telling, prints, decisions)


def _statements_of(some: _Speakers) -> list[tuple[int, Statement]]:
    """Statements of some speakers, each with the number of its first-captured member."""
    return [s for batch in some.batches for s in _statements(batch, some.telling, some.prints, some.decisions)]


def _statements(
    alike: Sequence[list[Said]], telling: Mapping[str, float], prints: Prints, decisions: _Decisions
) -> Iterator[tuple[int, Statement]]:
    """Statements of one speaker, each with the number of its first-captured member."""
    nodes = sorted(map(_Node, alike), key=lambda node: node.order)
    likeness = _compared(nodes, telling)
    groups = _judged(_grouped(nodes, likeness, decisions), decisions)
    order = {one.key: one.number for node in nodes for one in node.said}
    made = [_statement(group, prints, order) for group in groups]
    home = {node.key: s.id for group, s in zip(groups, made, strict=True) for node in group.nodes}
    related = _related(likeness, home)
    for statement in made:
        yield order[statement.retellings[0].claim], _with(statement, related.get(statement.id, ()))


class _Batches:
    """Claims by speaker, since no two speakers' are compared, and for each those in the same words together.

    Words make one where they are recognised by them; what was decided about stays single. Speakers of whom people said
    that claims of theirs are the same are one batch. The claims are filed, and read again for each pass over them.
    """

    def __init__(self, told: Iterable[Said], decisions: _Decisions) -> None:
        self._joined = frozenset(one for pair in decisions.same for one in pair)
        self._decided = self._joined.union(*decisions.differ)
        self._said = filed_said()
        self._speakers: dict[str, tuple[int, ...] | array[int]] = {}
        self._together: set[str] = set()
        for number, one in enumerate(told):
            self._said.add(one)
            self._note(one.speaker, number)
            if self._joined and not self._joined.isdisjoint(_names([one])):
                self._together.add(one.speaker)

    def _note(self, speaker: str, number: int) -> None:
        known = self._speakers.get(speaker, ())
        if isinstance(known, array):
            known.append(number)
        else:
            self._speakers[speaker] = (*known, number) if len(known) < _FEW else array("I", (*known, number))

    def __iter__(self) -> Iterator[list[list[Said]]]:
        for speaker in self._speakers:
            if speaker not in self._together:
                yield self._of(speaker)
        if self._together:
            yield [said for speaker in sorted(self._together) for said in self._of(speaker)]

    def _of(self, speaker: str) -> list[list[Said]]:
        grouped: dict[tuple[str, ...], list[Said]] = {}
        for one in (self._said[number] for number in self._speakers[speaker]):
            alone = bool(self._decided) and not self._decided.isdisjoint(_names([one]))
            words = (one.key,) if alone or not one.wording.informative else one.wording.identity
            grouped.setdefault(words, []).append(one)
        for listed in grouped.values():
            listed.sort(key=lambda one: (one.when, one.key))
        return list(grouped.values())


def statement_id(claim: str) -> str:
    """Identifier of a statement whose first-captured member has this claim key."""
    return content_id("stm", claim)


def _with(statement: Statement, related: Sequence[Related]) -> Statement:
    return replace(statement, related=tuple(related)) if related else statement


def _families(reuses: Sequence[Reuse]) -> dict[str, str]:
    """Articles that share text, each with the name of its family: the least of its identifiers."""
    parent: dict[str, str] = {}

    def root(article: str) -> str:
        while parent.setdefault(article, article) != article:
            article = parent[article]
        return article

    for reuse in reuses:
        one, other = sorted((root(reuse.article), root(reuse.earlier)))
        parent[other] = one
    return {article: root(article) for article in list(parent)}


@dataclass(frozen=True, slots=True)
class _Decisions:
    """What people decided about pairs of claims or statements, as pairs of claim keys or statement identifiers."""

    same: tuple[tuple[str, str], ...]
    differ: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, judgements: Sequence[Judgement]) -> _Decisions:
        last = {frozenset((j.subject, j.other)): j for j in judgements if j.other and _is_ours(j.subject)}
        pairs = [(j.subject, j.other or "", j.verdict) for j in last.values()]
        return cls(
            tuple((a, b) for a, b, verdict in pairs if verdict is Verdict.SAME),
            tuple((a, b) for a, b, verdict in pairs if verdict is Verdict.DIFFER),
        )

    def apart(self, one: Iterable[Said], other: Iterable[Said]) -> bool:
        """Whether somebody said that a member of the one differs from one of the other."""
        if not self.differ:
            return False
        mine, theirs = _names(one), _names(other)
        return any((a in mine and b in theirs) or (b in mine and a in theirs) for a, b in self.differ)


def _is_ours(identifier: str) -> bool:
    return identifier.startswith(("clm-", "stm-"))


def _names(said: Iterable[Said]) -> set[str]:
    return {name for one in said for name in (one.key, statement_id(one.key))}


def _compared(nodes: Sequence[_Node], telling: Mapping[str, float]) -> dict[tuple[str, str], Likeness]:
    """How nodes that share a rare word relate, by their keys in order."""
    found: dict[tuple[str, str], Likeness] = {}
    for a, b in sorted(_candidates(nodes, telling)) if len(nodes) > 1 else ():
        likeness = _likeness(nodes[a], nodes[b], telling)
        if likeness:
            one, other = sorted((nodes[a].key, nodes[b].key))
            found[(one, other)] = likeness
    return found


def _candidates(nodes: Sequence[_Node], telling: Mapping[str, float]) -> set[tuple[int, int]]:
    """Numbers of nodes that are compared, the lower one first."""
    in_time = sorted(range(len(nodes)), key=lambda n: (nodes[n].said[0].when, nodes[n].order))
    blocks: dict[tuple[str, str], list[int]] = {}
    for number in in_time:
        node = nodes[number]
        rare = sorted([(-telling.get(stem, 0.0), stem) for stem in node.wording.content])[:_RAREST]
        for _, stem in rare:
            blocks.setdefault((node.said[0].speaker, stem), []).append(number)
    pairs: set[tuple[int, int]] = set()
    for block in blocks.values():
        reach = len(block) if len(block) <= _CROWDED else _NEIGHBOURS
        for at, one in enumerate(block):
            pairs.update([(one, other) if one < other else (other, one) for other in block[at + 1 : at + 1 + reach]])
    return pairs


def _likeness(a: _Node, b: _Node, telling: Mapping[str, float]) -> Likeness | None:
    """Compare the words, then ask whether the days allow it."""
    found = compare(a.wording, b.wording, telling)
    if found is None or found.kind == "clash":
        return found
    nested = _nested(a, b)
    if found.kind in {"contrary", "perhaps"}:
        # One utterance: its parts neither repeat nor contradict the whole.
        return replace(found, kind="words" if found.kind == "perhaps" else "clash") if nested else found
    if nested or (found.kind == "words" and not a.families.isdisjoint(b.families)):
        return found
    if found.kind == "content":
        return _near(a, b, found, CONTENT_WITHIN)
    short = min(a.wording, b.wording, key=lambda w: len(w.words))
    if short.informative:
        return found if _apart(a, b) is None else _near(a, b, found, WORDS_WITHIN)
    if a.wording.words == b.wording.words and (
        len(short.words) > _BRIEF or any(len(stem) > _BRIEF for stem in short.content)
    ):
        return _near(a, b, found, BRIEF_WITHIN)
    return Likeness("perhaps", found.score, (*found.reasons, "few-words"))


_BRIEF = 4
"""A passage of so few letters or words is recognised nowhere ("Ja", "Das ist so"); one of more, on the same days."""


def _nested(a: _Node, b: _Node) -> bool:
    """Whether the one stands inside the other: a sentence told indirectly with some of its words quoted."""
    return any(
        x.contains(y) or y.contains(x)
        for article in a.places.keys() & b.places.keys()
        for x in a.places[article]
        for y in b.places[article]
    )


def _near(a: _Node, b: _Node, found: Likeness, within: int) -> Likeness:
    apart = _apart(a, b)
    if apart is not None and apart <= within:
        return found
    why = "undated" if apart is None else f"days-apart:{apart}"
    return Likeness("perhaps", found.score, (*found.reasons, why))


def _apart(a: _Node, b: _Node) -> int | None:
    """Days between the nearest two dated claims of the two nodes; None where one side has no date."""
    listed = sorted(
        [(days, True) for days in a.dated] + [(days, False) for days in b.dated], key=lambda d: d[0].earliest
    )
    latest: dict[bool, DateInterval] = {}
    least: int | None = None
    for days, mine in listed:
        other = latest.get(not mine)
        if other is not None:
            least = gap(days, other) if least is None else min(least, gap(days, other))
        if mine not in latest or latest[mine].latest < days.latest:
            latest[mine] = days
    return least


def _grouped(nodes: Sequence[_Node], likeness: _Likenesses, decisions: _Decisions) -> list[_Group]:
    """Put each node to the whole that it is most like, or let it stand for a whole of its own."""
    groups: list[_Group] = []
    near: dict[str, list[tuple[str, Likeness]]] = {}
    for (one, other), found in likeness.items():
        near.setdefault(one, []).append((other, found))
        near.setdefault(other, []).append((one, found))
    wholes: set[str] = set()
    home: dict[str, int] = {}
    for node in nodes:
        known = [(other, found) for other, found in near.get(node.key, ()) if other in home]
        barred = {home[other] for other, found in known if found.kind in {"clash", "contrary"}}
        # By way of another member only where the two are close, so that a group cannot drift.
        open_to = sorted(
            (-found.score, found.kind != "words", other, found.reasons)
            for other, found in known
            if found.kind in {"words", "content"} and home[other] not in barred and (other in wholes or found.close)
        )
        fitting = (
            (home[other], reasons)
            for *_, other, reasons in open_to
            if not any(decisions.apart(node.said, member.said) for member in groups[home[other]].nodes)
        )
        place, reasons = next(fitting, (len(groups), ()))
        if place == len(groups):
            wholes.add(node.key)
            groups.append(_Group([]))
        home[node.key] = place
        groups[place].nodes.append(node)
        groups[place].reasons.extend(reasons)
    return groups


def _judged(groups: list[_Group], decisions: _Decisions) -> list[_Group]:
    """Join what people said is the same, whatever the words say."""
    if not decisions.same:
        return groups
    place = {name: n for n, group in enumerate(groups) for node in group.nodes for name in _names(node.said)}
    parent = list(range(len(groups)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for a, b in decisions.same:
        if a in place and b in place and root(place[a]) != root(place[b]):
            one, other = sorted((root(place[a]), root(place[b])))
            parent[other] = one
            groups[one].reasons.append("judgement:same")
    joined: dict[int, _Group] = {}
    for n, group in enumerate(groups):
        whole = joined.setdefault(root(n), _Group([], list(groups[root(n)].reasons)))
        whole.nodes.extend(group.nodes)
        whole.reasons.extend(group.reasons if n != root(n) else ())
    return list(joined.values())


def _statement(group: _Group, prints: Prints, order: Mapping[str, int]) -> Statement:
    said = sorted((one for node in group.nodes for one in node.said), key=lambda one: order[one.key])
    wordings = {one.retelling.member: one.wording for one in said}

    def alike(a: Member, b: Member) -> bool:
        found = compare(wordings[a], wordings[b], {})
        return found is not None and found.kind == "words"

    first = said[0]
    reasons = list(dict.fromkeys(group.reasons))
    if any(len(node.said) > 1 for node in group.nodes):
        reasons.insert(0, "words:1.00")
    return Statement(
        id=statement_id(first.key),
        speakers=first.speakers,
        retellings=tuple(one.retelling for one in said),
        occasions=occasions([one.retelling for one in said], prints, alike),
        reasons=tuple(reasons),
    )


def _related(likeness: _Likenesses, home: Mapping[str, str]) -> dict[str, list[Related]]:
    """For each statement those that are perhaps the same, or say the opposite, the likest first."""
    best: dict[tuple[str, str, str], Related] = {}
    for (one, other), found in likeness.items():
        a, b = home[one], home[other]
        if a == b or found.kind == "clash":
            continue
        kind: Literal["perhaps", "contrary"] = "contrary" if found.kind == "contrary" else "perhaps"
        for mine, theirs in ((a, b), (b, a)):
            known = best.get((mine, theirs, kind))
            if known is None or known.score < found.score:
                best[(mine, theirs, kind)] = Related(theirs, kind, round(found.score, 3), found.reasons)
    result: dict[str, list[Related]] = {}
    for (mine, _, _), related in best.items():
        result.setdefault(mine, []).append(related)
    return {
        mine: sorted(listed, key=lambda r: (r.kind != "contrary", -r.score, r.statement))[:_LISTED]
        for mine, listed in result.items()
    }
