"""The real worker on real articles: adding, building, linking; stopped, killed, left alone; locks of the file."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from quellenlage.errors import ArchiveUnusable
from quellenlage.execution import Decision, judge, undo
from quellenlage.execution.drafting import DraftReport
from quellenlage.model import Verdict, make_judgement, to_builtins
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.cli.clock import moment
from quellenlage.views.records import encoded
from quellenlage.views.web.jobs import Jobs, State, patiently
from quellenlage.views.web.jobs.jobs import Manners

TEXT = """Karvenien: Regierung kündigt Gespräche an

Miren, 3. März 2021. Außenminister Edo Lantar hat am Mittwoch in Miren Gespräche mit Perkonien angekündigt.
„Wir reden über die Nummer {n}“, sagte Lantar. Ministerin Ilva Torn wies das zurück. Am Dienstag hatten
{n} Menschen vor dem Hafen von Miren gegen den Stützpunkt demonstriert.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    yield made
    made.close()


@pytest.fixture
def jobs(archive: SqlArchive) -> Iterator[Jobs]:
    made = Jobs(archive, Manners(grace=10.0))
    yield made
    made.close()


def submit(jobs: Jobs, texts: dict[str, bytes]) -> str:
    folder = jobs.uploads()
    files = []
    for number, (name, content) in enumerate(texts.items()):
        path = Path(folder) / str(number)
        path.write_bytes(content)
        files.append((str(path), name))
    return jobs.submit("add", {"files": files}, "anna", folder=folder).id


def articles(count: int) -> dict[str, bytes]:
    return {f"m{n}.txt": TEXT.format(n=n).encode() for n in range(count)}


def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_files_are_taken_in_built_and_judged(jobs: Jobs, archive: SqlArchive) -> None:
    texts = {**articles(3), "gleich.txt": TEXT.format(n=0).encode(), "leer.txt": b"", "bild.jpg": b"\xff\xd8\xff" * 9}
    job = jobs.wait(submit(jobs, texts), 60)
    assert job.state is State.DONE, job.failure
    assert job.report is not None
    assert [(one["source"], one["state"]) for one in job.report["inputs"]] == [
        ("leer.txt", "failed"),
        ("bild.jpg", "failed"),
        ("m0.txt", "taken"),
        ("m1.txt", "taken"),
        ("m2.txt", "taken"),
        ("gleich.txt", "known"),
    ]
    assert all(one["message"]["template"] for one in job.report["inputs"][:2])
    assert {name: job.report[name] for name in ("taken", "known", "failed", "left_out")} == {
        "taken": 3,
        "known": 1,
        "failed": 2,
        "left_out": 0,
    }
    build = jobs.wait(jobs.recent()[0].id, 120)
    assert (build.kind, build.state) == ("build", State.DONE)
    assert build.report is not None
    assert (build.report["analysed"], build.report["linked"], build.report["rejected"]) == (3, True, [])
    assert {document.article.source for document in archive.documents()} == {"m0.txt", "m1.txt", "m2.txt"}
    lantar = next(entity for entity in archive.linked().entities if "Lantar" in entity.name)
    told = Decision(Verdict.CORRECT, lantar.id, field="name", value="Edo von Lantar")
    made = judge(archive, told, author="anna", made_at=moment())
    link = jobs.decided(made, "anna")
    assert link is not None
    assert jobs.wait(link.id, 60).state is State.DONE
    assert "Edo von Lantar" in {entity.name for entity in archive.linked().entities}
    assert jobs.offer() is None
    back, _ = undo(archive, made[0].id, author="anna", made_at=moment())
    again = jobs.decided([back], "anna")
    assert again is not None
    jobs.wait(again.id, 60)
    assert "Edo von Lantar" not in {entity.name for entity in archive.linked().entities}
    dated = judge(
        archive, Decision(Verdict.CORRECT, "m1.txt", field="dct", value="2021-03-04"), author="anna", made_at=moment()
    )
    redone = jobs.decided(dated, "anna")
    assert redone is not None
    report = jobs.wait(redone.id, 60).report
    assert report is not None
    assert (report["analysed"], report["linked"]) == (1, True)
    dct = archive.document("m1.txt").article.dct
    assert dct is not None
    assert dct.value == "2021-03-04"
    assert archive.verify() == []


def test_an_uploaded_export_decides_and_deletes_nothing(jobs: Jobs, archive: SqlArchive) -> None:
    """A file from outside could otherwise speak in anybody's name, or take a person out of the archive."""
    jobs.wait(submit(jobs, articles(1)), 60)
    until(lambda: not jobs.busy())
    buffer = io.BytesIO()
    judgement = make_judgement(Verdict.NOTE, "art-1", made_at="2020-01-01T00:00:00+00:00", author="adm", note="geprüft")
    [capture] = archive.captures()
    records = [
        {"record": "capture", **to_builtins(capture)},
        {"record": "judgement", **to_builtins(judgement)},
        {"record": "suppressed", "digest": "0" * 64},
    ]
    for record in records:
        buffer.write(encoded(record) + b"\n")
    job = jobs.wait(submit(jobs, {"clippings.jsonl": buffer.getvalue()}), 60)
    until(lambda: not jobs.busy())
    assert archive.judgements() == []
    assert not archive.suppressed()
    assert job.report is not None
    assert "decisions" in {one.get("code") for one in job.report["inputs"]}


def test_a_draft_is_checked_and_leaves_no_trace_in_the_log(jobs: Jobs, archive: SqlArchive) -> None:
    jobs.wait(submit(jobs, articles(1)), 60)
    jobs.wait(jobs.recent()[0].id, 120)
    text = "Lantar kündigte Gespräche an, von Holunder war keine Rede."
    job = jobs.wait(jobs.submit("check_draft", {"text": text, "dct": "2021-03-04"}, "anna").id, 60)
    assert job.state is State.DONE, job.failure
    assert job.report is not None
    assert msgspec.convert(job.report["draft"], DraftReport).text == text
    assert "Holunder" not in Path(f"{archive.location}.jobs.jsonl").read_text()


def test_a_link_leaves_what_was_never_analysed_alone(jobs: Jobs, archive: SqlArchive) -> None:
    folder = jobs.uploads()
    (Path(folder) / "a").write_text(TEXT.format(n=1))
    added = jobs.submit("add", {"files": [(f"{folder}/a", "a.txt")]}, "anna", folder=folder)
    jobs.wait(added.id, 60)
    for job in jobs.recent():
        if job.kind == "build":
            jobs.cancel(job.id)
            jobs.wait(job.id, 60)
    archive.forget_article("a.txt")
    from tests.store.fakes import capture_of

    archive.add_capture(capture_of(TEXT.format(n=2), source="b.txt"))
    link = jobs.wait(jobs.submit("link", {}, "anna").id, 60)
    assert link.report is not None
    assert link.report["analysed"] == 0
    assert archive.counts()["articles"] == 0
    build = jobs.wait(jobs.submit("build", {}, "anna").id, 60)
    assert build.report is not None
    assert build.report["analysed"] == 1


def test_what_is_no_page_is_reported(jobs: Jobs) -> None:
    urls = ["http://127.0.0.1:9/x", "file:///etc/hostname"]
    job = jobs.wait(jobs.submit("add_url", {"urls": urls}, "anna").id, 60)
    assert job.report is not None
    assert [(one["source"], one["state"]) for one in job.report["inputs"]] == [(url, "failed") for url in urls]
    assert not jobs.busy()


def test_a_build_is_stopped_and_goes_on_later(jobs: Jobs, archive: SqlArchive) -> None:
    jobs.wait(submit(jobs, articles(20)), 60)
    build = jobs.recent()[0]
    until(lambda: archive.counts()["articles"] > 1)
    jobs.cancel(build.id)
    assert jobs.wait(build.id, 30).state is State.CANCELLED
    kept = archive.counts()["articles"]
    assert 1 < kept < 20
    again = jobs.wait(jobs.submit("build", {}, "anna").id, 120)
    assert again.report is not None
    assert again.report["analysed"] == 20 - kept
    assert archive.verify() == []


def test_a_killed_worker_is_replaced_and_its_job_is_told(jobs: Jobs, archive: SqlArchive) -> None:
    jobs.wait(submit(jobs, articles(20)), 60)
    build = jobs.recent()[0]
    until(lambda: archive.counts()["articles"] > 1)
    os.kill(_worker(jobs), signal.SIGKILL)
    ended = jobs.wait(build.id, 30)
    assert ended.state is State.FAILED
    assert ended.failure is not None
    assert ended.failure.code == "crashed"
    assert jobs.wait(jobs.submit("build", {}, "anna").id, 120).state is State.DONE
    assert archive.counts()["articles"] == 20
    assert archive.verify() == []


def test_an_archive_that_cannot_be_used_fails_the_job_alone(tmp_path: Path, archive: SqlArchive) -> None:
    broken = Jobs(archive, Manners(command=[*_command(), str(tmp_path / "no" / "a.db")], journal=tmp_path / "log"))
    job = broken.wait(broken.submit("build", {}, "anna").id, 60)
    assert job.failure is not None
    assert (job.state, job.failure.code) == (State.FAILED, "ArchiveUnusable")
    worker = _worker(broken)
    broken.wait(broken.submit("build", {}, "anna").id, 60)
    assert _worker(broken) == worker
    broken.close()


def test_the_worker_is_polite_and_ends_with_its_server(archive: SqlArchive) -> None:
    server = (
        "import sys, time, os\n"
        "from quellenlage.store import open_archive\n"
        "from quellenlage.views.web.jobs import Jobs\n"
        "jobs = Jobs(open_archive(sys.argv[1]))\n"
        "jobs.wait(jobs.submit('build', {}, 'anna').id, 60)\n"
        "print(jobs._work.process.pid, os.getpriority(os.PRIO_PROCESS, jobs._work.process.pid), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", server, archive.location], stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        pid, priority = map(int, one.stdout.readline().split())
        assert priority >= min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)
        one.kill()
    until(lambda: not _is_running(pid), 10)


def test_readers_and_deciders_never_meet_a_lock(jobs: Jobs, archive: SqlArchive) -> None:
    jobs.wait(submit(jobs, articles(12)), 60)
    added = jobs.recent()[1].report
    assert added is not None
    assert sorted(one["source"] for one in added["inputs"]) == sorted(articles(12))
    build, errors, made = jobs.recent()[0], [], 0

    def read() -> None:
        try:
            while not jobs.job(build.id).state.ended:
                archive.counts()
                archive.linked_fingerprint()
                list(archive.documents_of(archive.articles_of(archive.capture_ids()[:3])))
        except Exception as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    while not jobs.job(build.id).state.ended:
        note = make_judgement(Verdict.NOTE, f"ent-{made}", made_at=moment(), author="anna", note="x")
        patiently(lambda note=note: archive.add_judgement(note))  # type: ignore[misc]  # bound now
        made += 1
        time.sleep(0.02)
    for reader in readers:
        reader.join()
    assert errors == []
    assert jobs.job(build.id).state is State.DONE
    assert made > 1
    assert archive.counts()["judgements"] == made


def test_a_writer_waits_for_another_one_but_not_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quellenlage.store.sqlite.BUSY_SECONDS", 0.1)
    archive = open_archive(str(tmp_path / "b.db"), create=True)
    note = make_judgement(Verdict.NOTE, "ent-1", made_at=moment(), author="anna", note="x")
    with sqlite3.connect(archive.location, isolation_level=None, check_same_thread=False) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveUnusable, match="another process"):
            patiently(lambda: archive.add_judgement(note), limit=0.3)
        assert archive.judgements() == []  # who reads is not kept waiting
        released = threading.Timer(0.6, other.execute, ["COMMIT"])
        released.start()
        patiently(lambda: archive.add_judgement(note), limit=20)
    assert archive.judgements() == [note]

    def broken() -> None:
        raise ArchiveUnusable("the disk is full")

    start = time.monotonic()
    with pytest.raises(ArchiveUnusable, match="full"):
        patiently(broken, limit=20)
    assert time.monotonic() - start < 5
    archive.close()


def _worker(jobs: Jobs) -> int:
    process = jobs._work.process
    assert process is not None
    return process.pid


def _command() -> list[str]:
    return [sys.executable, "-m", "quellenlage.views.web.jobs.worker"]


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z")
