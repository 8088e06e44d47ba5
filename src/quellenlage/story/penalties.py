"""How long a sentence is: one judgement that papers tell with different terms of prison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise, product

from quellenlage.model import Conflict, ConflictGrade, ConflictKind, Document, Side, Span, evidence, fold
from quellenlage.resources import load
from quellenlage.story.conflicts import HELD_TRUE, make_conflict
from quellenlage.story.figures import WORDS
from quellenlage.story.scenes import Archive, Scene

_MONTHS = {"jahr": 12.0, "monat": 1.0}
_REACH = 3
"""Words after a term within which the kind of penalty stands ("vier Jahren und sechs Monaten Haft")."""

_CLOSE = 0.15
"""Share of the longer term by which two may differ that are rather a matter of counting months."""


@dataclass(frozen=True, slots=True)
class _Term:
    scene: Scene
    months: float
    span: Span


class Penalties:
    """Terms that the accounts of judgements give: first `take` what was `read` of every scene."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._told: dict[str, list[_Term]] = {}

    def read(self, scene: Scene) -> _Term | None:
        """The one term that an account of a judgement gives; None where it gives none or several."""
        if scene.event.event_type != "JUSTICE" or scene.factuality not in HELD_TRUE:
            return None
        return _term(scene)

    def take(self, read: _Term) -> None:
        """Note a term."""
        self._told.setdefault(read.scene.event.id, []).append(read)

    def conflicts(self) -> Iterator[Conflict]:
        """Yield where accounts of one judgement give different terms, in the order of the judgements."""
        for told in self._told.values():
            yield from _differing(told, self._archive)


def _differing(told: Sequence[_Term], archive: Archive) -> Iterator[Conflict]:
    against = [(a, b) for a, b in combinations(told, 2) if a.months != b.months and _one_person(a, b, archive)]
    if not against:
        return
    longest = max(max(a.months, b.months) for a, b in against)
    gap = max(abs(a.months - b.months) for a, b in against)
    grade = ConflictGrade.TENSION if gap <= _CLOSE * longest else ConflictGrade.CONTRADICTION
    reason = "figures:close" if grade is ConflictGrade.TENSION else "figures:apart"
    sides = [_side(t) for t in told if any(t is a or t is b for a, b in against)]
    yield make_conflict(told[0].scene.event.id, ConflictKind.NUMBER, "term", sides, (grade, (reason,)))


def _one_person(a: _Term, b: _Term, archive: Archive) -> bool:
    """Whether the sentenced may be one, in two articles; where either names nobody it is one event's one sentence."""
    if a.scene.article == b.scene.article:
        return False
    sentenced = [archive.parties.named(t.scene.account.recipients) for t in (a, b)]
    if not all(sentenced):
        return True
    return any(archive.parties.same(one, other) for one, other in product(*sentenced))


def _term(scene: Scene) -> _Term | None:
    """The one term of prison in the sentence, in months; None where there is none or more."""
    document, sentence = scene.document, scene.mention.sentence
    parts = list(_parts(document, sentence))
    if not parts:
        return None
    ends = [span for _, span in parts]
    joined = all(document.text[a.end : b.start].strip() in {"und", ","} for a, b in pairwise(ends))
    if not joined or not _kind_follows(document, ends[-1]):
        return None
    return _Term(scene, sum(months for months, _ in parts), Span(ends[0].start, ends[-1].end))


def _parts(document: Document, sentence: Span) -> Iterator[tuple[float, Span]]:
    tokens = document.tokens_in(sentence)
    for number, unit in pairwise(tokens):
        value = _number(fold(number.span.of(document.text)))
        months = _MONTHS.get(fold(unit.lemma or ""), 0.0)
        if value is not None and months:
            yield value * months, Span(number.start, unit.end)


def _kind_follows(document: Document, span: Span) -> bool:
    after = document.tokens[document.token_range(span).stop :][:_REACH]
    before = document.tokens[max(0, document.token_range(span).start - _REACH) : document.token_range(span).start]
    return any(fold(t.lemma or "").endswith(_kinds()) for t in (*after, *before))


def _number(word: str) -> float | None:
    if word.replace(",", "", 1).isdigit():
        return float(word.replace(",", "."))
    return _numbers().get(word)


def _side(term: _Term) -> Side:
    article = term.scene.document.article
    quoted = evidence(article.id, article.text, term.span, digest=article.text_sha256)
    return Side(quoted.exact, quoted, term.scene.account.chain, term.scene.account.origin)


@cache
def _numbers() -> Mapping[str, float]:
    table = load(WORDS)["counted"]["numbers"]
    halves = {"anderthalb": 1.5, "eineinhalb": 1.5, "ein": 1.0, "einem": 1.0, "einer": 1.0}
    return {**{fold(word): float(value) for word, value in table.items()}, **halves}


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(fold(word) for word in load(WORDS)["counted"]["penalties"].split())
