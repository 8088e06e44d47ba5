"""The whole way on the bundled sample, through the real stages: build, kill, decide, forget, verify."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quellenlage.execution import Decision, add, build, claims, forget_article, forget_person, judge
from quellenlage.intake import IntakeOptions
from quellenlage.model import Archive, ConflictKind, Verdict, to_json
from quellenlage.resources import resource
from quellenlage.store import open_archive

OPTIONS = IntakeOptions(captured_at="2026-01-01T00:00:00Z", network=False)


def clock() -> str:
    return "2026-01-02T00:00:00Z"


def filled(path: Path) -> Archive:
    archive = open_archive(str(path), create=True)
    report = add(archive, [str(resource("sample"))], OPTIONS)
    assert not report.failed
    return archive


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built; to be copied."""
    path = tmp_path_factory.mktemp("sample") / "original.db"
    archive = filled(path)
    report = build(archive, clock=clock)
    assert report.rejected == ()
    archive.close()
    return path


@pytest.fixture(scope="module")
def built(original: Path) -> Iterator[Archive]:
    archive = open_archive(str(shutil.copy(original, original.with_name("a.db"))))
    yield archive
    archive.close()


def test_every_line_opens_at_its_sentence(built: Archive) -> None:
    texts = {document.article.id: document.text for document in built.documents()}
    entries = built.linked().chronicle
    assert len(entries) > 60
    assert all(entry.evidence.holds_in(texts[entry.evidence.article]) for entry in entries)
    assert built.verify() == []


def test_the_readme_opens_with_an_entry_that_the_chronicle_has(built: Archive) -> None:
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    quoted = re.search(r"„(.+?)“\n.*?(\d+)-(\d+)\)", readme)
    assert quoted
    told = {(e.evidence.exact, e.evidence.start, e.evidence.end) for e in built.linked().chronicle}
    assert (quoted[1], int(quoted[2]), int(quoted[3])) in told


def test_one_attack_is_one_event_with_its_reprints_and_its_disputed_toll(built: Archive) -> None:
    linked = built.linked()
    attack = max((e for e in linked.events if e.event_type == "ASSAULT"), key=lambda e: len(e.accounts))
    assert len(attack.accounts) >= 3
    assert attack.corroboration.reprints >= 2
    assert attack.interval is not None
    assert attack.interval.value == "2021-11-16/2021-11-17"
    tolls = [c for c in linked.conflicts if c.kind is ConflictKind.NUMBER]
    assert any(len({side.evidence.article for side in toll.sides}) >= 3 for toll in tolls)


def test_names_spelled_five_ways_are_one_person_and_namesakes_two(built: Archive) -> None:
    linked = built.linked()
    gleb = next(e for e in linked.entities if e.name == "Gleb Tschuwarin")
    assert "Глеб Чуварин" in gleb.spellings
    assert any(e.name == "Boris Tschuwarin" for e in linked.entities)


def test_a_chain_is_told_with_its_relay(built: Archive) -> None:
    rows = [row for row in claims(built, speaker="Kirill Jantscharow") if len(row.chain) > 1]
    assert rows
    assert all(quote.exact for row in rows for quote in row.evidence)


def dump(archive: Archive) -> bytes:
    return b"\n".join([to_json(archive.linked()), *(to_json(document) for document in archive.documents())])


def test_a_second_build_finds_nothing_to_do(built: Archive) -> None:
    before = dump(built)
    report = build(built, clock=clock)
    assert (report.analysed, report.linked) == (0, False)
    assert dump(built) == before


def test_a_killed_build_goes_on_to_the_same_result(built: Archive, tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    filled(path).close()
    program = Path(sys.executable).with_name("quellenlage")
    command = [str(program), "--archive", str(path), "--quiet", "build"]
    chance = random.Random(7)  # noqa: S311 - the moments only have to differ
    for _ in range(3):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(1.5, 4.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C.UTF-8"})
    archive = open_archive(str(path))
    assert archive.verify() == []
    assert dump(archive) == dump(built)
    archive.close()


def test_deciding_and_forgetting_leave_nothing_wrong(original: Path, tmp_path: Path) -> None:
    archive = open_archive(str(shutil.copy(original, tmp_path / "b.db")))
    linked = archive.linked()
    event = linked.chronicle[0].event
    judge(archive, Decision(Verdict.REJECT, event), author="test", made_at=clock())
    build(archive, clock=clock)
    assert event not in {entry.event for entry in archive.linked().chronicle}
    assert archive.verify() == []
    forget_person(archive, "Lidija Haddadin", clock=clock)
    assert "Lidija Haddadin" not in {e.name for e in archive.linked().entities}
    article = archive.linked().stories[0].articles[0]
    forget_article(archive, article, clock=clock)
    build(archive, clock=clock)
    assert article not in {document.article.id for document in archive.documents()}
    assert archive.verify() == []
    archive.close()


def test_a_build_without_the_texts_tells_the_same_events_and_conflicts(original: Path, tmp_path: Path) -> None:
    archive = open_archive(str(shutil.copy(original, tmp_path / "thin.db")))

    def told() -> tuple[list[str], ...]:
        linked = archive.linked()
        return (
            [event.id for event in linked.events],
            [conflict.id for conflict in linked.conflicts],
            [line.event for line in linked.chronicle],
            [statement.id for statement in linked.statements],
        )

    before = told()
    assert archive.forget_texts().texts > 20
    assert build(archive, clock=clock).linked
    assert told() == before
    assert archive.verify() == []
    archive.close()
