"""Drafts against an archive: which sentences are borne out, which are told otherwise, which quotations differ.

Sentences of our own over the sample corpus and a second little world, each with the verdict that a fact-checker would
give. Right is a sentence whose first finding is of the expected kind and shown as sure; what is shown as "perhaps"
counts as no verdict for precision, and is counted beside. The part "report" was written before the code and is scored
only; rules were made on "dev", later ones on "ways".
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quellenlage.errors import Defect
from quellenlage.evaluation import data, sample_gold
from quellenlage.evaluation.results import Counter, Metric, Miss, SuiteResult, rate
from quellenlage.execution import build, encode_sentences
from quellenlage.execution.drafting import DraftReport, check_draft
from quellenlage.model import Archive, Capture, Given, fold, make_capture
from quellenlage.store import open_archive

FOLDER = "drafts"
LABELS = (
    "supported", "number", "date", "place", "denied", "planned", "agent", "inexact", "speaker", "nothing", "unchecked",
)  # fmt: skip
ERRORS = frozenset(LABELS) - {"supported", "nothing", "unchecked"}
"""Verdicts by which a draft would have to be changed."""

GATE = (
    "main.accuracy", "error.precision", "error.recall", "error-of-its-kind.f1", "supported.precision",
    "supported.recall", "inexact.f1", "speaker.f1", "number.f1",
)  # fmt: skip
_OVERLAP = 0.6
"""Share of a sentence's words in one sentence of the archive from which the baseline holds it to be borne out."""


@dataclass(frozen=True, slots=True)
class DraftCase:
    """A sentence with its place in the draft, the verdict that is expected, and others that are right as well."""

    start: int
    end: int
    expected: str
    others: frozenset[str]

    def accepts(self, label: str) -> bool:
        """Whether a verdict is right."""
        return label == self.expected or label in self.others


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its cases; `world` is the archive that it is checked against."""

    name: str
    world: str
    day: str
    text: str
    cases: tuple[DraftCase, ...]


def table(part: str) -> Iterator[Draft]:
    """The drafts of a part ("dev", "ways", "report"), in the order of the file.

    Raises:
        Defect: a verdict is unknown, or there is no such part.
    """
    if part not in {"dev", "ways", "report"}:
        raise Defect(f"no part of the table is called {part}")
    raw = tomllib.loads(data.shipped(FOLDER, f"{part}.toml").read_text(encoding="utf-8"))
    for number, item in enumerate(raw["draft"], start=1):
        yield _draft(f"{part}-{number}", item)


def _draft(name: str, item: Mapping[str, Any]) -> Draft:
    parts: list[str] = []
    cases: list[DraftCase] = []
    at = 0
    for text, expected, *others in item["sentences"]:
        unknown = {expected, *others} - set(LABELS)
        if unknown:
            raise Defect(f"{name}: no verdict is called {sorted(unknown)}")
        cases.append(DraftCase(at, at + len(text), expected, frozenset(others)))
        parts.append(text)
        at += len(text) + 1
    return Draft(name, item["world"], item["day"], " ".join(parts), tuple(cases))


def world(name: str) -> list[Capture]:
    """The captures of an archive: "sample", or "ferry" of our own."""
    if name == "sample":
        return sample_gold.captured()
    raw = tomllib.loads(data.shipped(FOLDER, "world.toml").read_text(encoding="utf-8"))
    return [_article(item) for item in raw["article"]]


def _article(item: Mapping[str, str]) -> Capture:
    text = f"{item['text'].strip()}\n"
    how = dict.fromkeys(("published", "outlet"), "evaluation")
    return make_capture(
        source="evaluation",
        media_type="text/plain",
        content=text.encode(),
        text=text,
        captured_at=data.CAPTURED_AT,
        encoding="utf-8",
        given=Given(published=item["day"], outlet=item["outlet"], how=how),
    )


@contextmanager
def archived(name: str, *sources: str) -> Iterator[Archive]:
    """An archive of a world, built as a user's is; of some sources alone where their names are given."""
    with TemporaryDirectory() as folder:
        archive = open_archive(str(Path(folder) / "drafts.db"), create=True)
        try:
            for capture in world(name):
                if not sources or capture.source.rpartition("/")[2].startswith(sources):
                    archive.add_capture(capture)
            build(archive, clock=lambda: data.CAPTURED_AT)
            encode_sentences(archive, clock=lambda: data.CAPTURED_AT)
            yield archive
        finally:
            archive.close()


def found_for(report: DraftReport, case: DraftCase) -> tuple[str, bool]:
    """The first finding about a case as label and whether it is sure; of several sentences the weightiest."""
    mains = [s.main for s in report.sentences if s.span.start < case.end and case.start < s.span.end]
    if not mains:
        return "unchecked", True
    ranked = sorted(mains, key=lambda f: (f.label not in ERRORS, f.label in {"nothing", "unchecked"}, not f.sure))
    return ranked[0].label, ranked[0].sure


def sure_errors(report: DraftReport, case: DraftCase) -> list[str]:
    """Labels of all findings about a case, not only the first, that are shown as sure and would change the draft."""
    inside = (s for s in report.sentences if s.span.start < case.end and case.start < s.span.end)
    return [f.label for s in inside for f in s.findings if f.sure and f.label in ERRORS]


def evaluate(part: str) -> SuiteResult:
    """Score one part, beside the answer that nothing was found, and beside shared words alone."""
    drafts = list(table(part))
    scored: list[tuple[Draft, DraftCase, str, bool]] = []
    trivial: list[tuple[DraftCase, str]] = []
    every: list[bool] = []
    for name in dict.fromkeys(draft.world for draft in drafts):
        with archived(name) as archive:
            sentences = _sentences(archive)
            for draft in (one for one in drafts if one.world == name):
                report = check_draft(archive, draft.text, dct=draft.day)
                for case in draft.cases:
                    scored.append((draft, case, *found_for(report, case)))
                    every += (case.accepts(label) for label in sure_errors(report, case))
                    trivial.append((case, _by_overlap(draft.text[case.start : case.end], sentences)))
    return SuiteResult(
        name=f"drafts-{part}",
        metrics=(*_metrics(scored, trivial), rate("every-sure-error.precision", sum(every), len(every))),
        worst=tuple(_misses(scored))[:10] if part != "report" else (),
        data_sha256=data.digest(data.shipped(FOLDER, f"{part}.toml"), data.shipped(FOLDER, "world.toml")),
        notes=(
            "a sentence is right by its first finding; one shown as perhaps is no verdict, and not held to be right",
            "trivial: shared words alone (supported from 60 %, else nothing); accuracy: the better of it and nothing",
        ),
    )


def _metrics(
    scored: Sequence[tuple[Draft, DraftCase, str, bool]], trivial: Sequence[tuple[DraftCase, str]]
) -> Iterator[Metric]:
    count = len(scored)
    right = sum(case.accepts(label) and sure for _, case, label, sure in scored)
    lenient = sum(case.accepts(label) for _, case, label, _ in scored)
    overlap = sum(case.accepts(label) for case, label in trivial)
    nothing = sum(case.accepts("nothing") for case, _ in trivial)
    yield rate("main.accuracy", right, count, trivial=max(overlap, nothing) / count)
    yield rate("main-with-perhaps.accuracy", lenient, count)
    wrong, kinds = Counter(), Counter()
    each = {label: Counter() for label in LABELS}
    baseline = {label: Counter() for label in LABELS}
    for _, case, label, sure in scored:
        expected = label if case.accepts(label) else case.expected
        marked = sure and label in ERRORS
        faulty = case.expected in ERRORS or (marked and case.accepts(label))
        wrong.add(marked and faulty, marked, faulty)
        kinds.add(marked and case.accepts(label), marked, faulty)
        each[expected].add(sure and expected == label, 0, 1)
        each[label].add(0, sure, 0)
    for case, label in trivial:
        expected = label if case.accepts(label) else case.expected
        baseline[expected].add(expected == label, 0, 1)
        baseline[label].add(0, 1, 0)
    yield from wrong.metrics("error", trivial=0.0)
    yield from kinds.metrics("error-of-its-kind", trivial=0.0)
    for label, counter in each.items():
        if counter.gold or counter.predicted:
            yield from counter.metrics(label, trivial=baseline[label].f1)


def _sentences(archive: Archive) -> list[frozenset[str]]:
    return [frozenset(fold(d.text[s.start : s.end]).split()) for d in archive.shelf() for s in d.read_sentences()]


def _by_overlap(text: str, sentences: Sequence[frozenset[str]]) -> str:
    """The baseline: borne out where one sentence of the archive has most of the words."""
    words = set(fold(text).split())
    best = max((len(words & one) for one in sentences), default=0)
    return "supported" if words and best / len(words) >= _OVERLAP else "nothing"


def _misses(scored: Sequence[tuple[Draft, DraftCase, str, bool]]) -> Iterator[Miss]:
    """Sure verdicts that are wrong first, then what was missed."""
    wrong = [one for one in scored if not (one[1].accepts(one[2]) and one[3])]
    for draft, case, label, sure in sorted(wrong, key=lambda one: (not one[3], one[2] not in ERRORS)):
        yield Miss(draft.name, case.start, case.end, case.expected, label if sure else f"perhaps {label}")


evaluate_dev, evaluate_ways, evaluate_report = (partial(evaluate, part) for part in ("dev", "ways", "report"))
