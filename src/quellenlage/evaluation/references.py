"""Names with their context, as an article gives them, against a list from outside: which entry is meant, if any.

List and cases were written for this, namesakes and decoys among them. The limits were chosen on every other case
("dev"); the rest ("report") was scored only.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from quellenlage.evaluation import data
from quellenlage.evaluation.results import Counter, Miss, SuiteResult, rate
from quellenlage.intake.references import ListOptions, read_list
from quellenlage.link.references import ACCEPTED, Listed, match_references
from quellenlage.model import (
    Article,
    DateInterval,
    Dct,
    Document,
    Entity,
    EntityKind,
    Member,
    OfficeHeld,
    Reference,
    ReferenceMatch,
    Span,
    Zone,
    ZoneKind,
    content_id,
    evidence,
    fold,
    text_digest,
)

FOLDER = "references"
LIST, CASES = "list.tsv", "cases.tsv"
GATE = ("accepted.precision", "accepted.recall", "accepted.f1", "proposed.recall")


@dataclass(frozen=True, slots=True)
class Case:
    """A name in its context; `expected` is the entry's identifier in the list, empty where it is not in there."""

    id: str
    entity: Entity
    document: Document
    expected: str


def cases(part: str) -> Iterator[Case]:
    """The cases of a part ("dev", "report"), in the order of the file."""
    with data.shipped(FOLDER, CASES).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["part"] == part:
                yield _case(row)


def _case(row: Mapping[str, str]) -> Case:
    office, name = row["office"], row["name"]
    text = f"{office}. {row['before']}{name}{row['after']}"
    article = content_id("art", row["id"])
    day = DateInterval.parse(row["day"])
    at = len(office) + 2 + len(row["before"])
    offices = (
        (OfficeHeld(office, evidence(article, text, Span(0, len(office))), day.earliest, day.latest),) if office else ()
    )
    entity = Entity(
        content_id("ent", row["id"]),
        EntityKind(row["kind"]),
        name,
        (Member(article, "e1"),),
        tuple(dict.fromkeys((name, *(s for s in row["spellings"].split(";") if s)))),
        offices,
        (evidence(article, text, Span(at, at + len(name))),),
    )
    zones = (Zone(0, len(text), ZoneKind.BODY),)
    dct = Dct(day.earliest, day.latest, "judgement")
    document = Document(Article(article, article, row["id"], text, text_digest(text), "input", zones, dct=dct))
    return Case(row["id"], entity, document, "" if row["expected"] == "-" else row["expected"])


@cache
def listed() -> tuple[Reference, ...]:
    """The entries of the list."""
    path = data.shipped(FOLDER, LIST)
    return tuple(r for r in read_list(Path(str(path)), ListOptions("list")) if isinstance(r, Reference))


def matched(one: Case, references: Listed) -> tuple[ReferenceMatch, ...]:
    """What is proposed and accepted for a case, by itself."""
    return match_references([one.entity], [one.document], (), references, {})


def exact_name(one: Case, entries: Sequence[Reference]) -> str:
    """The baseline: the only entry with this very name but for case and accents."""
    wanted = fold(one.entity.name)
    found = [entry for entry in entries if wanted in {fold(name) for name in entry.names}]
    return found[0].source_id if len(found) == 1 else ""


def evaluate(part: str) -> SuiteResult:
    """Score one half of the cases."""
    entries, everything = listed(), list(cases(part))
    references = Listed(entries)
    ours, trivial = Counter(), Counter()
    proposed = kept_apart = 0
    wrong: list[Miss] = []
    for one in everything:
        found = matched(one, references)
        accepted = [m.source_id for m in found if m.accepted]
        ours.add(one.expected in accepted, len(accepted), bool(one.expected))
        baseline = exact_name(one, entries)
        trivial.add(bool(baseline) and baseline == one.expected, bool(baseline), bool(one.expected))
        proposed += bool(one.expected) and one.expected in {m.source_id for m in found}
        kept_apart += not one.expected and not accepted
        if accepted != ([one.expected] if one.expected else []):
            wrong.append(Miss(one.id, 0, 0, one.expected or "none", "+".join(accepted) or "none"))
    inside = sum(bool(one.expected) for one in everything)
    metrics = [
        *ours.metrics("accepted", trivial=trivial.f1),
        rate("proposed.recall", proposed, inside),
        rate("not-in-the-list.accuracy", kept_apart, len(everything) - inside),
        *trivial.metrics("peer.exact-name"),
    ]
    return SuiteResult(
        name=f"references-{part}",
        metrics=tuple(metrics),
        worst=tuple(wrong[:10]),
        data_sha256=data.digest(data.shipped(FOLDER, LIST), data.shipped(FOLDER, CASES)),
        notes=(
            "trivial: the only entry of the very same name, but for case and accents",
            f"accepted from {ACCEPTED} on, chosen on the part dev",
        ),
    )


evaluate_dev = partial(evaluate, "dev")
evaluate_report = partial(evaluate, "report")
