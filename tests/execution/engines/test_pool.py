from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from tests.execution.engines.poisoned import Poisoned, poisoned, task_of
from tests.store.fakes import capture_of, clock

from quellenlage.errors import ArchiveUnusable, EngineUnusable, MissingResource
from quellenlage.execution import build
from quellenlage.execution.engines import Analysed, Failed, InProcess, Outcome, Pool
from quellenlage.execution.engines.crew import Limits
from quellenlage.model import Archive, Document, to_json
from quellenlage.store import SqlArchive, open_archive

ROOT = Path(__file__).parents[3]
TEXTS = tuple(
    f"Gipfel {n}\nMinister @Adam und @Berta{n % 5} beim TREFFEN mit #{n} Gästen.\n@Carla sagt: Nummer {n} kam."
    for n in range(12)
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = filled(tmp_path / "a.db", TEXTS)
    yield archive
    archive.close()


def filled(path: Path, texts: tuple[str, ...]) -> SqlArchive:
    archive = open_archive(str(path), create=True)
    for text in texts:
        archive.add_capture(capture_of(text))
    return archive


def derived(archive: Archive) -> bytes:
    documents = [to_json(d) for d in archive.documents()]
    activities = [(a.id, a.stage, a.articles) for a in archive.activities()]
    rejections = [to_json(r) for r in archive.rejections()]
    return b"\n".join([*documents, to_json(archive.linked()), *rejections, repr(activities).encode()])


def pool(workers: int = 2, limits: Limits | None = None) -> Pool:
    return Pool(workers, poisoned, limits or Limits(held=8))


def read(text: str, limits: Limits | None = None) -> Outcome:
    (outcome,) = pool(1, limits).run([task_of(text)], 1)
    return outcome


def test_the_archive_is_that_of_a_build_in_process(archive: SqlArchive, tmp_path: Path) -> None:
    texts = (*TEXTS[:5], "KAPUTT\nnicht zu lesen", *TEXTS[5:])
    alone, together = filled(tmp_path / "1.db", texts), filled(tmp_path / "2.db", texts)
    first = build(alone, clock=clock, pipeline=Poisoned())
    second = build(together, clock=clock, pipeline=Poisoned(), engine=pool())
    assert derived(alone) == derived(together)
    assert (first.rejected, first.counts) == (second.rejected, second.counts)
    assert len(second.rejected) == 1
    assert together.verify() == []
    assert build(together, clock=clock, pipeline=Poisoned(), engine=pool()).analysed == 0
    alone.close()
    together.close()


def test_an_article_whose_worker_dies_is_tried_again(archive: SqlArchive, tmp_path: Path) -> None:
    archive.add_capture(capture_of(f"EINMAL\n@Emil beim TREFFEN {tmp_path / 'tried'}"))
    report = build(archive, clock=clock, pipeline=Poisoned(), engine=pool())
    assert (report.analysed, report.rejected) == (13, ())


def test_an_article_that_kills_its_workers_costs_itself_alone(archive: SqlArchive) -> None:
    archive.add_capture(capture_of("STIRBT\n@Emil", source="böse.txt"))
    report = build(archive, clock=clock, pipeline=Poisoned(), engine=pool(limits=Limits(killed=4, held=8)))
    (rejection,) = report.rejected
    assert (report.analysed, rejection.source, rejection.stage) == (12, "böse.txt", "analyse")
    assert rejection.reason == "the worker died while reading it, 4 times: SIGKILL"
    # Somebody may have killed it for want of memory: the next build tries it again.
    again = build(archive, clock=clock, pipeline=Poisoned(), engine=pool(limits=Limits(killed=4, held=8)))
    assert again.rejected == (rejection,)


def test_an_article_that_hangs_costs_itself_alone(archive: SqlArchive) -> None:
    archive.add_capture(capture_of("HÄNGT\n@Emil", source="lang.txt"))
    report = build(archive, clock=clock, pipeline=Poisoned(), engine=pool(limits=Limits(patience=_one_second, held=4)))
    (rejection,) = report.rejected
    assert (report.analysed, rejection.source) == (12, "lang.txt")
    assert rejection.reason == "the worker died while reading it, 2 times: it took more than 1 seconds"
    again = build(archive, clock=clock, pipeline=Poisoned(), engine=pool())
    assert (again.analysed, again.rejected) == (0, (rejection,)), "it would hang again"


def _one_second(_task: object) -> float:
    return 1.0


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell the memory of a process")
def test_an_article_that_swallows_memory_costs_itself_alone() -> None:
    outcome = read("SCHLUCKT", Limits(memory=256, attempts=1))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "the worker died while reading it, 1 times: it took more than 256 MiB of memory"


def test_what_concerns_every_article_ends_the_build(archive: SqlArchive) -> None:
    archive.add_capture(capture_of("FEHLT\n@Emil"))
    with pytest.raises(MissingResource, match="a lexicon is not there"):
        build(archive, clock=clock, pipeline=Poisoned(), engine=pool())
    assert archive.rejections() == []
    assert multiprocessing.active_children() == []


def test_workers_of_another_installation_are_refused(archive: SqlArchive) -> None:
    with pytest.raises(EngineUnusable, match="other lexica, models or code"):
        build(archive, clock=clock, pipeline=Poisoned(), engine=Pool(2, partial(poisoned, "2")))
    assert archive.counts()["articles"] == 0


def test_a_full_disk_keeps_what_was_written(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Document] = []
    put = archive.put_document

    def full(document: Document, fingerprint: str, making: object = None) -> None:
        if len(written) == 5:
            raise ArchiveUnusable("the disk is full")
        written.append(document)
        put(document, fingerprint, making)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(archive, "put_document", full)
    with pytest.raises(ArchiveUnusable, match="the disk is full"):
        build(archive, clock=clock, pipeline=Poisoned(), engine=pool())
    assert multiprocessing.active_children() == []
    monkeypatch.undo()
    assert archive.counts()["articles"] == 5
    assert build(archive, clock=clock, pipeline=Poisoned(), engine=pool()).analysed == 7


def test_what_comes_back_is_what_was_made_here() -> None:
    task = task_of(TEXTS[0])
    (here,) = InProcess(poisoned).run([task], 1)
    (there,) = pool(1).run([task], 1)
    assert isinstance(here, Analysed)
    assert isinstance(there, Analysed)
    assert (there.document, there.packed, there.own_text, there.how) == (
        here.document,
        here.packed,
        here.own_text,
        here.how,
    )


_BUILD = """
import sys
from tests.execution.engines.poisoned import Poisoned, poisoned
from tests.store.fakes import clock
from quellenlage.execution import build
from quellenlage.execution.engines import Pool
from quellenlage.execution.engines.crew import Limits
from quellenlage.store import open_archive

class Told:
    def start(self, total, label): pass
    def advance(self, steps=1): print("one", flush=True)
    def finish(self): pass

if __name__ == "__main__":
    archive = open_archive(sys.argv[1])
    try:
        build(archive, clock=clock, pipeline=Poisoned(), engine=Pool(2, poisoned, Limits(held=8)), progress=Told())
    except KeyboardInterrupt:
        print("stopped", flush=True)
        raise SystemExit(130)
"""


def _started(tmp_path: Path, path: Path) -> subprocess.Popen[str]:
    script = tmp_path / "building.py"
    script.write_text(textwrap.dedent(_BUILD))
    return subprocess.Popen(
        [sys.executable, str(script), str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a process group of its own, as in a terminal
    )


def _in_session(session: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def _all_end(session: int) -> bool:
    until = time.monotonic() + 20
    while _in_session(session) and time.monotonic() < until:
        time.sleep(0.1)
    return not _in_session(session)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not list its processes")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_middle_it_keeps_what_is_finished(how: signal.Signals, tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    goes_on = tmp_path / "goes-on"
    slow = (*TEXTS[:5], *(f"{text}\nWARTET {goes_on}" for text in TEXTS[5:]))
    filled(path, slow).close()
    process = _started(tmp_path, path)
    assert process.stdout is not None
    for _ in range(3):
        assert process.stdout.readline() == "one\n"
    if how is signal.SIGINT:
        os.killpg(process.pid, how)  # Ctrl+C reaches all processes of the terminal
    else:
        process.send_signal(how)
        goes_on.touch()  # a worker sees that nobody waits for it when it is done with what it has in hand
    told, complaints = process.communicate(timeout=60)
    assert _all_end(process.pid), "workers end with the one that asks them"
    if how is signal.SIGINT:
        assert (process.returncode, told.endswith("stopped\n"), complaints) == (130, True, "")
    goes_on.touch()
    survivor, whole = open_archive(str(path)), filled(tmp_path / "whole.db", slow)
    assert survivor.verify() == []
    assert 3 <= survivor.counts()["articles"] < len(slow)
    build(survivor, clock=clock, pipeline=Poisoned(), engine=pool())
    build(whole, clock=clock, pipeline=Poisoned())
    assert [to_json(d) for d in survivor.documents()] == [to_json(d) for d in whole.documents()]
    assert to_json(survivor.linked()) == to_json(whole.linked())
    survivor.close()
    whole.close()
