"""Who does what to whom, found from our dependencies alone, against the Universal Proposition Bank's dev part.

Its roles were projected from English by machine: a role is often missing, and "besuchen" has the roles of "visit". The
figures say whether the trees hold subjects and objects apart, not how well roles are found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from quellenlage.evaluation import data
from quellenlage.evaluation.results import Counter, Metric, SuiteResult
from quellenlage.evaluation.splits import Part
from quellenlage.evaluation.treebanks import FILES, Tree, surface, trees
from quellenlage.evaluation.words import read
from quellenlage.model import Token

NAME = "predicates-up"
ROLES = ("A0", "A1")
_FILE = ("srl", "up-dev.conllu")
_UNDERGOING = frozenset(
    "sein geben kommen wirken bleiben werden scheinen kosten bestehen schmecken wachsen sterben heißen stehen fließen "
    "passieren entfallen".split()
)
"""Verbs whose subject undergoes or is, in the train part."""
_OWN = {"nsubj": "A0", "nsubj:pass": "A1", "obj": "A1", "obl:agent": "A0"}
_SUBJECTS = ("nsubj", "nsubj:pass")
_SHARING = frozenset(("conj", "xcomp"))
"""Verbs without a subject of their own that have their head's."""
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))

Role = tuple[int, int, str]
"""Predicate and argument by their places in the sentence, and the role."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """A sentence with its predicates and the two roles that we look for."""

    tree: Tree
    predicates: tuple[int, ...]
    roles: frozenset[Role]


def evaluate() -> SuiteResult:
    """Score arguments by head word, micro over both roles."""
    gold, skipped = propositions("test")
    found, guessed = {role: Counter() for role in ROLES}, Counter()
    for one in gold:
        ours, nearest = set(arguments(read(one.tree), one.predicates)), set(_nearest(one.tree, one.predicates))
        guessed.add(len(one.roles & nearest), len(nearest), len(one.roles))
        for role, counter in found.items():
            mine, theirs = ({r for r in side if r[2] == role} for side in (ours, one.roles))
            counter.add(len(mine & theirs), len(mine), len(theirs))
    total = Counter()
    for counter in found.values():
        total.include(counter)
    metrics: list[Metric] = total.metrics("role", trivial=guessed.f1)
    for role, counter in found.items():
        metrics += counter.metrics(f"role.{role}")
    return SuiteResult(
        name=NAME,
        metrics=tuple(metrics),
        data_sha256=data.digest(data.folder(*_FILE), data.folder(*FILES[0])),
        notes=(
            "roles were projected from English by machine: agreement with them, not accuracy; by head word, test part",
            f"{len(gold)} sentences; {skipped} whose text is another in the treebank of today are left out",
            "trivial: the nearest noun or pronoun to the left is A0, to the right A1",
        ),
    )


@cache
def propositions(wanted: Part) -> tuple[tuple[Proposition, ...], int]:
    """Sentences of one part whose text is the same in both corpora, and the number of the others."""
    known = {tree.id: tree for tree in trees(wanted)}
    found, others = [], 0
    for block in data.folder(*_FILE).read_text(encoding="utf-8").strip().split("\n\n"):
        head, *lines = block.splitlines()
        tree = known.get(head.removeprefix("# sent_id ").removesuffix("/de"))
        if tree is None:
            continue
        proposition = _proposition(tree, [line.split("\t") for line in lines])
        found += [proposition] if proposition else []
        others += proposition is None
    return tuple(found), others


def _proposition(tree: Tree, rows: Sequence[Sequence[str]]) -> Proposition | None:
    """Roles in the words of today's treebank, which cuts some differently; None where the text is another."""
    written = surface(rows)
    theirs, ours = [_letters(form) for form, _ in written], [_letters(tree.form(i)) for i in range(len(tree.words))]
    if "".join(theirs) != "".join(ours):
        return None
    starts = _starts(ours)
    place = {
        row[0]: bisect_right(starts, start) - 1
        for (_, group), form, start in zip(written, theirs, _starts(theirs), strict=False)
        for row in group
        if form
    }
    words = [row for row in rows if row[0] in place]
    predicates = [place[row[0]] for row in words if row[8] != "_"]
    roles = {
        (predicate, place[row[0]], row[10 + number])
        for number, predicate in enumerate(predicates)
        for row in words
        if 10 + number < len(row) and row[10 + number] in ROLES
    }
    return Proposition(tree, tuple(predicates), frozenset(roles))


def _letters(form: str) -> str:
    """What of a word counts when texts are compared: marks stand elsewhere in the older treebank."""
    return "".join(c for c in form.lower() if c.isalnum())


def _starts(forms: Iterable[str]) -> list[int]:
    """Where each word starts when they are strung together; a mark starts where the word behind it does."""
    return list(accumulate((len(form) for form in forms), initial=0))


def arguments(tokens: Sequence[Token], predicates: Iterable[int]) -> Iterator[Role]:
    """A0 and A1 of each predicate as the dependencies tell them, active and passive."""
    for predicate in predicates:
        own = [(i, t.deprel) for i, t in enumerate(tokens) if t.head == predicate and i != predicate]
        for i, relation in own:
            role = _OWN.get(relation or "")
            if role is not None:
                yield predicate, i, _agent(tokens, predicate) if relation == "nsubj" else role
        if not any(relation in _SUBJECTS for _, relation in own):
            yield from _shared(tokens, predicate)


def _shared(tokens: Sequence[Token], predicate: int) -> Iterator[Role]:
    """The subject of the head: of a copula's predicate noun, or of the verb that a predicate is joined to."""
    token = tokens[predicate]
    if token.head is None or token.head == predicate:
        return
    for i, other in enumerate(tokens):
        if other.head == token.head and other.deprel in _SUBJECTS and i != predicate:
            if token.deprel == "cop":
                yield predicate, i, "A1"
            elif token.deprel in _SHARING:
                yield predicate, i, _agent(tokens, predicate)


def _agent(tokens: Sequence[Token], predicate: int) -> str:
    return "A1" if tokens[predicate].lemma in _UNDERGOING else "A0"


def _nearest(tree: Tree, predicates: Iterable[int]) -> Iterator[Role]:
    nouns = [i for i, word in enumerate(tree.words) if word.upos in _NOMINAL]
    for predicate in predicates:
        for role, side in (
            ("A0", [i for i in reversed(nouns) if i < predicate]),
            ("A1", [i for i in nouns if i > predicate]),
        ):
            if side:
                yield predicate, side[0], role
