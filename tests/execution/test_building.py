from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.store.fakes import FakePipeline, Overrides, article_id, capture_of, clock, entity_key

from quellenlage.errors import ArchiveUnusable, MissingResource
from quellenlage.execution import build, relink
from quellenlage.model import Archive, Capture, Document, Verdict, make_judgement, to_json
from quellenlage.store import SqlArchive, open_archive

ROOT = Path(__file__).parents[2]
TEXTS = (
    "Gipfel in Bern\nMinister @Adam und @Berta beim TREFFEN mit #12 Gästen.",
    "Noch einmal Bern\n@Adam und @Berta hatten ein TREFFEN, #15 kamen.",
    "Woanders\n@Carla sagt: @Adam war beim TREFFEN.",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    for text in TEXTS:
        archive.add_capture(capture_of(text))
    yield archive
    archive.close()


class Watched:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def start(self, total: int | None, label: str) -> None:
        self.told.append((label, total))

    def advance(self, steps: int = 1) -> None:
        self.told.append(steps)

    def finish(self) -> None:
        self.told.append("finished")


def dump(archive: Archive) -> bytes:
    """All that is derived, in bytes; runs (with their times) left out."""
    judgements = [to_json(j) for j in archive.judgements()]
    rejections = [to_json(r) for r in archive.rejections()]
    documents = [to_json(d) for d in archive.documents()]
    return b"\n".join([*documents, to_json(archive.linked()), *judgements, *rejections])


def test_first_build_and_nothing_to_do_after(archive: SqlArchive) -> None:
    progress, pipeline = Watched(), FakePipeline()
    report = build(archive, progress=progress, clock=clock, pipeline=pipeline)
    assert (report.analysed, report.unchanged, report.rejected, report.linked) == (3, 0, (), True)
    assert report.counts["articles"] == 3
    assert progress.told == [("analyse", 3), 1, 1, 1, "finished", ("link", None), "finished"]
    assert [(a.stage, a.articles) for a in archive.activities()] == [("article", 3), ("rules", 3), ("link", 3)]
    before = dump(archive)
    again = build(archive, clock=clock, pipeline=pipeline)
    assert (again.analysed, again.unchanged, again.linked) == (0, 3, False)
    assert pipeline.analysed == 3
    assert len(archive.activities()) == 3
    assert dump(archive) == before


def test_identifiers_of_activities_do_not_depend_on_the_time(archive: SqlArchive, tmp_path: Path) -> None:
    later = open_archive(str(tmp_path / "later.db"), create=True)
    for capture in archive.captures():
        later.add_capture(capture)
    for one, now in ((archive, "2026-01-06T12:00:00Z"), (later, "2027-03-04T05:06:07Z")):
        build(one, clock=now.__str__, pipeline=FakePipeline())
        one.add_capture(capture_of("Danach\n@Emil kam.", source="danach.txt"))
        build(one, clock=now.__str__, pipeline=FakePipeline())
    first, second = archive.activities(), later.activities()
    assert [a.id for a in first] == [a.id for a in second]
    assert len({a.id for a in first}) == len(first) == 6
    assert {a.started_at for a in first}.isdisjoint(a.started_at for a in second)
    later.close()


def test_only_what_is_new_is_analysed(archive: SqlArchive) -> None:
    pipeline = FakePipeline()
    build(archive, clock=clock, pipeline=pipeline)
    archive.add_capture(capture_of("Neu\n@Dora beim TREFFEN"))
    assert build(archive, clock=clock, pipeline=pipeline).analysed == 1
    assert pipeline.analysed == 4
    newer = FakePipeline("2")
    assert build(archive, clock=clock, pipeline=newer).analysed == 4


def test_one_bad_article_does_not_stop_the_others(archive: SqlArchive) -> None:
    archive.add_capture(capture_of("KAPUTT\n" + "x" * 1000, source="/x/kaputt.txt"))
    archive.add_capture(capture_of("Danach\n@Emil beim TREFFEN"))
    report = build(archive, clock=clock, pipeline=FakePipeline())
    assert report.analysed == 4
    (rejection,) = report.rejected
    assert (rejection.source, rejection.stage) == ("/x/kaputt.txt", "analyse")
    assert rejection.reason.startswith("ValueError: cannot read")
    assert archive.rejections() == [rejection]
    again = build(archive, clock=clock, pipeline=FakePipeline())
    assert (again.analysed, again.unchanged, again.rejected) == (0, 4, (rejection,)), "named until it can be analysed"
    assert build(archive, clock=clock, pipeline=FakePipeline("2")).rejected == (rejection,)
    assert archive.verify() == []


def test_stage_of_a_failure_is_named(archive: SqlArchive) -> None:
    class Broken(FakePipeline):
        def analyse(self, capture: Capture, overrides: Overrides) -> Document:
            namespace: dict[str, Any] = {"__name__": "quellenlage.annotate.timex.rules"}
            exec("def stage():\n raise KeyError('Monat')", namespace)  # noqa: S102 - a module of that name
            namespace["stage"]()
            raise AssertionError

    report = build(archive, clock=clock, pipeline=Broken())
    assert {(r.stage, r.reason) for r in report.rejected} == {("timex", "KeyError: 'Monat'")}
    assert archive.counts()["rejections"] == 3


def test_memory_that_ran_out_is_tried_again(archive: SqlArchive) -> None:
    class Small(FakePipeline):
        def analyse(self, capture: Capture, overrides: Overrides) -> Document:
            raise MemoryError

    assert len(build(archive, clock=clock, pipeline=Small()).rejected) == 3
    assert build(archive, clock=clock, pipeline=FakePipeline()).analysed == 3
    assert archive.rejections() == []


@pytest.mark.parametrize(
    "error", [MissingResource("de/x.toml is missing"), ArchiveUnusable("full"), KeyboardInterrupt()]
)
def test_what_concerns_all_articles_ends_the_build(archive: SqlArchive, error: BaseException) -> None:
    class Interrupted(FakePipeline):
        def analyse(self, capture: Capture, overrides: Overrides) -> Document:
            if self.analysed == 1:
                raise error
            return super().analyse(capture, overrides)

    progress = Watched()
    with pytest.raises(type(error)):
        build(archive, progress=progress, clock=clock, pipeline=Interrupted())
    assert progress.told[-1] == "finished"
    assert archive.counts()["articles"] == 1
    assert archive.rejections() == []
    assert [a.articles for a in archive.activities()] == [1, 1]
    assert archive.verify() == []
    pipeline = FakePipeline()
    assert build(archive, clock=clock, pipeline=pipeline).analysed == 2


def test_corrections_of_an_article_rebuild_it_alone(archive: SqlArchive) -> None:
    pipeline = FakePipeline()
    build(archive, clock=clock, pipeline=pipeline)
    subject = article_id(archive.capture_ids()[1])
    archive.add_judgement(
        make_judgement(Verdict.CORRECT, subject, made_at="2026", author="a", field="dct", value="2015-09-18")
    )
    report = build(archive, clock=clock, pipeline=pipeline)
    assert (report.analysed, report.unchanged, report.linked) == (1, 2, True)
    dct = archive.document(subject).article.dct
    assert dct is not None
    assert dct.value == "2015-09-18"


def test_decisions_follow_an_identifier_that_moved(archive: SqlArchive) -> None:
    pipeline = FakePipeline()
    build(archive, clock=clock, pipeline=pipeline)
    first, second = (archive.document(article_id(c)).article.id for c in archive.capture_ids()[:2])
    carla = next(e.id for e in archive.linked().entities if e.name == "Carla")
    for judgement in (
        make_judgement(
            Verdict.CORRECT, entity_key(first, "Adam"), made_at="2026", author="a", field="name", value="Adam A."
        ),
        make_judgement(Verdict.SAME, carla, made_at="2026", author="a", other=entity_key(first, "Berta")),
    ):
        archive.add_judgement(judgement)
    build(archive, clock=clock, pipeline=pipeline)
    assert [e.name for e in archive.linked().entities] == ["Adam A.", "Berta"]
    archive.forget_article(first)
    assert relink(archive, clock=clock, pipeline=pipeline)
    linked = archive.linked()
    assert [(e.id, e.name) for e in linked.entities] == [
        (entity_key(second, "Adam"), "Adam A."),
        (entity_key(second, "Berta"), "Berta"),
    ]
    assert [j.subject for j in archive.judgements()[2:]] == [entity_key(second, "Adam"), carla]
    assert not relink(archive, clock=clock, pipeline=pipeline)
    assert archive.verify() == []


def test_a_build_that_is_killed_goes_on_to_the_same_result(tmp_path: Path) -> None:
    texts = [
        f"Kopf {n % 7}\n@Adam und @Person{n % 5} beim TREFFEN mit #{n} Gästen.\n@Person{n % 11} sagt: Nummer {n}."
        for n in range(60)
    ]
    texts[13] = "KAPUTT 13"
    archives = {}
    for name in ("whole", "killed"):
        archives[name] = open_archive(str(tmp_path / f"{name}.db"), create=True)
        for text in texts:
            archives[name].add_capture(capture_of(text))
        archives[name].close()
    whole = open_archive(str(tmp_path / "whole.db"))
    build(whole, clock=clock, pipeline=FakePipeline())
    location = str(tmp_path / "killed.db")
    code = """
        import sys
        from tests.store.fakes import FakePipeline, clock
        from quellenlage.execution import Silent, build
        from quellenlage.store import open_archive

        class Telling(Silent):
            def advance(self, steps=1):
                print("one more", flush=True)

        archive = open_archive(sys.argv[1])
        print("ready", flush=True)
        build(archive, clock=clock, progress=Telling(), pipeline=FakePipeline())
        """
    chance = random.Random(20)  # noqa: S311 - when to kill is no secret
    seen = []
    for _ in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(code), location],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        for _ in range(chance.randint(1, 14)):
            process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.012))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        survivor = open_archive(location)
        assert survivor.verify() == []
        seen.append(survivor.counts()["articles"])
        survivor.close()
    assert seen == sorted(seen)
    assert any(0 < articles < 59 for articles in seen)
    survivor = open_archive(location)
    build(survivor, clock=clock, pipeline=FakePipeline())
    assert dump(survivor) == dump(whole)
    assert survivor.verify() == []
