"""How jobs are queued, merged, stopped and told, with a worker that does as its jobs say."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from quellenlage.errors import NotFound
from quellenlage.model import Activity, Verdict, make_judgement
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.web.jobs import Jobs, State, waiting
from quellenlage.views.web.jobs.jobs import Manners
from quellenlage.views.web.jobs.kinds import KINDS, Kind

OBEDIENT = """
import json, os, sys, time
def say(**message):
    print(json.dumps(message), flush=True)
say(ready=os.getpid())
print("no message", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if "stop" in asked:
        continue
    job, do = asked["job"], asked["payload"].get("do", "report")
    say(job=job, label="analyse", done=3, total=7)
    if do == "wait":
        while not os.path.exists(asked["payload"]["until"]):
            time.sleep(0.01)
    if do == "hang":
        time.sleep(60)
    if do == "die":
        sys.stderr.write("first words\\nlast words\\n\\n")
        sys.exit(3)
    if do == "fall":
        os.kill(os.getpid(), 9)
    if do == "fail":
        say(job=job, failure={"code": "BadInput", "message": {"template": "{n} bad", "params": {"n": 2}}, "remedy": {}})
    elif do == "stopped":
        say(job=job, stopped=True)
        break
    else:
        say(job=job, report={"done": asked["kind"], **asked["payload"]})
"""

Make = Callable[..., Jobs]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    yield made
    made.close()


@pytest.fixture
def make(archive: SqlArchive) -> Iterator[Make]:
    made: list[Jobs] = []
    times = count()

    def clock() -> str:
        return f"2026-01-05T10:00:00.{next(times):06d}+00:00"

    def start(**manners: Any) -> Jobs:
        manners = {"command": [sys.executable, "-c", OBEDIENT], "grace": 0.2, **manners}
        made.append(Jobs(archive, Manners(**manners), clock=clock))
        return made[-1]

    yield start
    for jobs in made:
        jobs.close()


def ran(jobs: Jobs, payload: Mapping[str, Any], kind: str = "build") -> Any:
    return jobs.wait(jobs.submit(kind, payload, "anna").id, 10)


def test_a_job_is_done_and_tells_its_report(make: Make) -> None:
    jobs = make()
    job = ran(jobs, {"x": 1})
    assert (job.state, job.report, job.author) == (State.DONE, {"done": "build", "x": 1}, "anna")
    assert job.submitted_at < job.started_at < job.ended_at
    assert jobs.recent() == [job]
    assert not jobs.busy()
    with pytest.raises(NotFound):
        jobs.job("job-0")
    with pytest.raises(KeyError):
        jobs.submit("nothing", {}, "anna")


def test_progress_is_told_while_a_job_runs(make: Make, tmp_path: Path) -> None:
    jobs, until = make(), tmp_path / "go"
    job = jobs.submit("build", {"do": "wait", "until": str(until)}, "anna")
    assert job.state is State.RUNNING
    _until(lambda: jobs.job(job.id).step is not None)
    step = jobs.job(job.id).step
    assert step is not None
    assert (step.label, step.done, step.total) == ("analyse", 3, 7)
    assert jobs.wait(job.id, 0.05).state is State.RUNNING
    until.touch()
    assert jobs.wait(job.id, 10).step is None


def test_what_waits_for_the_same_is_one_job(make: Make, tmp_path: Path) -> None:
    jobs, until = make(), tmp_path / "go"
    running = jobs.submit("link", {"do": "wait", "until": str(until)}, "anna")
    waits = jobs.submit("link", {}, "anna")
    assert waits.id != running.id
    assert jobs.submit("link", {}, "ben").id == waits.id
    build = jobs.submit("build", {}, "anna")
    whole = jobs.submit("build", {"whole": True}, "anna")
    assert len({waits.id, build.id, whole.id}) == 3
    assert jobs.submit("link", {}, "ben").id in {waits.id, build.id}
    until.touch()
    assert jobs.wait(whole.id, 10).state is State.DONE
    assert [job.kind for job in jobs.recent()] == ["build", "build", "link", "link"]


def test_quick_kinds_go_first(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "check", Kind(lambda _work, _payload: {}, first=True))
    jobs, until = make(), tmp_path / "go"
    jobs.submit("build", {"do": "wait", "until": str(until)}, "anna")
    later = jobs.submit("add", {}, "anna")
    checks = [jobs.submit("check", {"n": n}, "anna") for n in range(2)]
    until.touch()
    ended = [jobs.wait(job.id, 10).ended_at or "" for job in (*checks, later)]
    assert ended == sorted(ended)


def test_what_was_added_is_built(make: Make) -> None:
    jobs = make()
    job = ran(jobs, {"taken": 2}, "add")
    _until(lambda: not jobs.busy())
    assert [(one.kind, one.author) for one in jobs.recent()] == [("build", "anna"), ("add", "anna")]
    assert ran(jobs, {"taken": 0, "x": 1}, "add").state is State.DONE
    assert job.state is State.DONE
    assert len(jobs.recent()) == 3


@pytest.mark.parametrize(
    ("do", "said"),
    [("die", "last words"), ("fall", "killed"), ("fail", "2 bad")],
)
def test_a_job_that_fails_is_told_and_not_tried_again(make: Make, do: str, said: str) -> None:
    jobs = make()
    job = ran(jobs, {"do": do})
    assert job.state is State.FAILED
    assert job.failure is not None
    assert said in str(job.failure.said)
    assert bool(str(job.failure.advice)) is (do != "fail")
    assert ran(jobs, {}).state is State.DONE
    assert [one.state for one in jobs.recent()] == [State.DONE, State.FAILED]


def test_a_worker_that_cannot_be_started_fails_its_jobs(make: Make, tmp_path: Path) -> None:
    jobs = make(command=[str(tmp_path / "nothing")])
    jobs_ = [jobs.submit(kind, {}, "anna") for kind in ("build", "link")]
    assert [jobs.wait(job.id, 10).state for job in jobs_] == [State.FAILED] * 2
    ended = make(command=[sys.executable, "-c", "raise SystemExit(4)"])
    failure = ended.wait(ended.submit("build", {}, "anna").id, 10).failure
    assert failure is not None
    assert "exit status 4" in str(failure.said)


def test_a_job_is_stopped_wherever_it_is(make: Make) -> None:
    jobs = make()
    hangs = jobs.submit("build", {"do": "hang"}, "anna")
    waits = jobs.submit("add", {}, "anna")
    after = jobs.submit("link", {}, "anna")
    assert jobs.cancel(waits.id).state is State.CANCELLED
    assert jobs.cancel(hangs.id).cancelling
    assert jobs.wait(hangs.id, 10).state is State.CANCELLED  # it does not listen, so it is ended
    assert jobs.wait(after.id, 10).state is State.DONE
    assert jobs.cancel(after.id).state is State.DONE
    assert ran(jobs, {"do": "stopped"}).state is State.CANCELLED
    assert ran(jobs, {}).state is State.DONE


def test_uploads_go_when_their_job_ends(make: Make) -> None:
    jobs = make()
    folders = [Path(jobs.uploads()) for _ in range(3)]
    for folder, do in zip(folders, ("report", "die", "hang"), strict=True):
        (folder / "a.txt").write_text("x")
        job = jobs.submit("add", {"do": do}, "anna", folder=str(folder))
        if do == "hang":
            jobs.cancel(job.id)
        jobs.wait(job.id, 10)
    assert [folder.exists() for folder in folders] == [False] * 3


def test_uploads_of_what_waits_or_runs_go_with_the_server(make: Make, archive: SqlArchive) -> None:
    """They were left on the disk: nothing knew any more what was to be done with them."""
    jobs = make()
    folders = [Path(jobs.uploads()) for _ in range(3)]
    made = [jobs.submit("add", {"do": "hang"}, "anna", folder=str(folder)).id for folder in folders]
    jobs.close()
    assert [folder.exists() for folder in folders] == [False] * 3
    assert {jobs.job(one).failure.code for one in made} == {"interrupted"}  # type: ignore[union-attr]  # None fails here as well
    assert [job.state for job in make().recent()] == [State.FAILED] * 3


def test_uploads_of_a_server_that_was_killed_go_with_the_next_start(make: Make) -> None:
    jobs = make()
    folder = Path(jobs.uploads())
    jobs.submit("add", {"do": "hang"}, "anna", folder=str(folder))
    make()  # reads the log of a server that said nothing of its end
    assert not folder.exists()


def test_a_job_is_not_begun_without_its_archive(make: Make, archive: SqlArchive) -> None:
    jobs = make()
    Path(archive.location).unlink()
    job = ran(jobs, {})
    assert job.state is State.FAILED
    assert "removed or renamed" in str(job.failure.said)


def test_only_folders_of_uploads_are_ever_deleted(make: Make, tmp_path: Path) -> None:
    mine = tmp_path / "meine"
    mine.mkdir()
    jobs = make()
    jobs.wait(jobs.submit("add", {}, "anna", folder=str(mine)).id, 10)
    assert mine.exists()


def test_the_next_server_tells_what_became_of_jobs(make: Make, archive: SqlArchive) -> None:
    first = make()
    inputs = [{"source": "geheim.txt", "state": "taken"}, {"source": "leer.txt", "state": "failed"}]
    done = ran(first, {"inputs": inputs}, "add")
    failed = ran(first, {"do": "die"})
    folder = Path(first.uploads())
    hangs = first.submit("add", {"do": "hang", "text": "Entwurf"}, "ben", folder=str(folder))
    first.close()
    log = Path(f"{archive.location}.jobs.jsonl")
    with log.open("a") as file:
        file.write('{"broken": 1}\nno json\n')
    assert log.stat().st_mode & 0o077 == 0
    assert "geheim" not in log.read_text()
    assert "Entwurf" not in log.read_text()
    again = make().recent()
    assert [(job.id, job.state) for job in again] == [
        (hangs.id, State.FAILED),
        (failed.id, State.FAILED),
        (done.id, State.DONE),
    ]
    assert again[0].failure is not None
    assert again[0].failure.code == "interrupted"
    assert again[2].report == {"done": "add", "inputs": inputs[1:]}
    assert not folder.exists()
    assert len(log.read_text().splitlines()) == 3
    assert {json.loads(line)["author"] for line in log.read_text().splitlines()} == {"anna", "ben"}


def test_the_work_goes_on_where_the_log_cannot_be_written(make: Make, tmp_path: Path) -> None:
    jobs = make(journal=tmp_path / "nowhere" / "log")
    assert ran(jobs, {}).state is State.DONE


def test_changes_reach_an_asynchronous_reader(make: Make) -> None:
    jobs = make()

    async def watch() -> list[State]:
        seen: list[State] = []
        job = None
        async for listed in jobs.changes():
            seen += [one.state for one in listed]
            if seen and seen[-1].ended:
                return seen
            job = job or jobs.submit("build", {}, "anna")
        return seen

    seen = asyncio.run(asyncio.wait_for(watch(), 10))
    assert seen[-1] == State.DONE
    assert set(seen) <= {State.RUNNING, State.DONE}


def test_readers_of_changes_leave_when_the_server_ends(make: Make) -> None:
    jobs = make()

    async def watch() -> int:
        seen = 0
        async for _ in jobs.changes():
            seen += 1
            jobs.close()
        return seen

    assert asyncio.run(asyncio.wait_for(watch(), 10)) == 1


# decisions


def _judged(archive: SqlArchive, verdict: Verdict, number: int = 0, **rest: str) -> Any:
    made = make_judgement(verdict, f"ent-{number}", made_at=f"2026-01-05T12:00:{number:02d}Z", author="a", **rest)
    archive.add_judgement(made)
    return made


def test_decisions_on_a_small_archive_are_linked_at_once_and_together(
    make: Make, archive: SqlArchive, tmp_path: Path
) -> None:
    jobs, until = make(), tmp_path / "go"
    jobs.submit("link", {"do": "wait", "until": str(until)}, "anna")
    made = [jobs.decided([_judged(archive, Verdict.CONFIRM, n)], "anna") for n in range(4)]
    assert all(made)
    assert len({job.id for job in made if job}) == 1  # one that runs already may have begun without them
    until.touch()
    assert jobs.wait(made[0].id if made[0] else "", 10).state is State.DONE
    assert jobs.decided([_judged(archive, Verdict.TICK, 9)], "anna") is None
    assert jobs.decided([_judged(archive, Verdict.NOTE, 10, note="x")], "anna") is None
    assert len(jobs.recent()) == 2


def test_an_undone_tick_needs_no_link_and_an_undone_decision_does(make: Make, archive: SqlArchive) -> None:
    jobs = make()
    tick, word = _judged(archive, Verdict.TICK, 1), _judged(archive, Verdict.CONFIRM, 2)
    for judgement, linked in ((tick, False), (word, True)):
        undo = make_judgement(Verdict.UNDO, judgement.id, made_at="2026-01-06", author="a")
        archive.add_judgement(undo)
        assert (jobs.decided([undo], "anna") is not None) is linked


def test_a_large_archive_is_linked_when_asked_or_when_nobody_decides_more(
    make: Make, archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "is_small", lambda _archive: False)
    monkeypatch.setattr(waiting, "size", lambda _archive: 1000)
    jobs = make(quiet=30.0)
    assert jobs.offer() is None
    assert [jobs.decided([_judged(archive, Verdict.CONFIRM, n)], "anna") for n in range(3)] == [None] * 3
    offer = jobs.offer()
    assert offer is not None
    assert (offer.decisions, offer.seconds) == (3, None)
    for number, (hour, articles) in enumerate(((10, 500), (11, 3))):
        times = (f"2026-01-05T{hour}:00:00+00:00", f"2026-01-05T{hour}:02:00+00:00")
        archive.add_activity(Activity(f"act-{number}", "link", "1", "", "", *times, articles))
    assert jobs.offer() == waiting.Offer(3, 240.0)
    jobs.close()
    running = make(quiet=30.0)
    running.submit("link", {"do": "hang"}, "anna")
    assert running.offer() == waiting.Offer(3, 240.0)  # by its clock the link began before they were made
    late = Activity("act-9", "link", "1", "", "", "2026-01-05T12:00:02+00:00", "2026-01-05T12:00:03+00:00", 500)
    archive.add_activity(late)
    assert running.offer() is None
    running.close()
    quiet = make(quiet=0.05)
    assert quiet.catch_up("anna") is None
    assert quiet.decided([_judged(archive, Verdict.CONFIRM, 5)], "anna") is None
    _until(lambda: bool(quiet.recent()))
    assert quiet.recent()[0].kind == "link"


def test_what_was_decided_before_the_last_link_does_not_wait(make: Make, archive: SqlArchive) -> None:
    _judged(archive, Verdict.CONFIRM, 1)
    times = ("2026-01-05T12:00:02+00:00", "2026-01-05T12:00:09+00:00")
    archive.add_activity(Activity("act-1", "link", "1", "", "", *times, 3))
    jobs = make()
    assert jobs.offer() is None
    assert jobs.catch_up("anna") is None
    _judged(archive, Verdict.CONFIRM, 5)
    job = jobs.catch_up("anna")
    assert job is not None
    assert job.kind == "link"


def _until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
