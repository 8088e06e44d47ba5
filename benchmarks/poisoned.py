"""Hands poisoned inputs to a process of their own, one by one, and keeps what each cost and what became of it.

The process takes each input in as `quellenlage add` does and analyses what it gave as `quellenlage build` does, in one
archive for all of them. One that hangs, dies or answers nothing is ended and noted, and a fresh one goes on.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from benchmarks.poison import Expected, Poison

SECONDS = 300.0
"""Processor time for one input, at most: an article of two million characters, the longest there is, needs most."""
MEBIBYTES = 2048.0
"""Memory of the process that takes it in and analyses it, at most."""
_HANGS = 2.0
"""A process that has not answered after so many times the allowed seconds is ended."""
_LARGE = 900.0
"""A process that had more MiB than this is followed by a fresh one: it would carry them on into what comes next."""
_CAP = 8 << 30
"""Address space of the process: an input that wants more fails there instead of taking the machine along."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an input: captures taken and refused, analyses that failed, seconds of work, peak memory in MiB.

    `broken` says what is wrong: it hung, died, raised what is no refusal, cost too much, or came out otherwise than
    it must.
    """

    number: int
    name: str
    taken: int
    refused: int
    rejected: tuple[str, ...]
    seconds: float
    mebibytes: float
    broken: str = ""


def fates(listed: Iterable[Poison], folder: Path, archive: Path) -> Iterator[Fate]:
    """Take in one input after the other; the archive is made where there is none."""
    process: subprocess.Popen[str] | None = None
    try:
        for poison in listed:
            path = folder / poison.name
            path.write_bytes(poison.data)
            if process is None:
                process = _started(archive)
            answer = _asked(process, path)
            if answer is None:
                status = process.poll()
                process.kill()
                process.communicate()
                what = f"died with status {status}" if status is not None else "hangs"
                yield Fate(poison.number, poison.name, 0, 0, (), SECONDS * _HANGS, 0.0, what)
                process = None
            else:
                fate = _judged(poison, answer)
                yield fate
                if fate.mebibytes > _LARGE:
                    process.kill()
                    process.communicate()
                    process = None
            path.unlink()
    finally:
        if process is not None:
            process.kill()
            process.communicate()


def _started(archive: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.poisoned", str(archive)]
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": f"{root}:{root / 'src'}"}
    return subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _asked(process: subprocess.Popen[str], path: Path) -> dict[str, object] | None:
    """The answer to a path, None where there is none in time."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(f"{path}\n")
        process.stdin.flush()
    except BrokenPipeError:
        return None
    ready, _, _ = select.select([process.stdout], [], [], SECONDS * _HANGS)
    line = process.stdout.readline() if ready else ""
    found: dict[str, object] | None = json.loads(line) if line.strip() else None
    return found


def _judged(poison: Poison, answer: dict[str, object]) -> Fate:
    taken, refused = int(str(answer["taken"])), int(str(answer["refused"]))
    seconds, mebibytes = float(str(answer["seconds"])), float(str(answer["mebibytes"]))
    rejected = tuple(answer["rejected"]) if isinstance(answer["rejected"], list) else ()
    broken = str(answer["broken"])
    if not broken and rejected:
        broken = f"not analysed: {rejected[0]}"
    if not broken and seconds > SECONDS:
        broken = f"{seconds:.0f} s"
    if not broken and mebibytes > MEBIBYTES:
        broken = f"{mebibytes:,.0f} MiB"
    if not broken and poison.expected is Expected.TAKEN and not taken:
        broken = f"refused: {answer['said']}"
    if not broken and poison.expected is Expected.REFUSED and taken:
        broken = "taken"
    if not broken and not taken and not refused:
        broken = "vanished"
    return Fate(poison.number, poison.name, taken, refused, rejected, seconds, mebibytes, broken)


def serve(location: str, asked: TextIO, told: TextIO) -> None:
    """Take in the paths that are asked for and tell what became of each; runs in the process of its own."""
    import resource

    from quellenlage.errors import BadInput
    from quellenlage.execution import add
    from quellenlage.execution.failure import describe
    from quellenlage.intake import IntakeOptions
    from quellenlage.pipeline import analyse, fingerprint, overrides_for
    from quellenlage.store import open_archive

    resource.setrlimit(resource.RLIMIT_AS, (_CAP, _CAP))
    archive = open_archive(location, create=True)
    for line in asked:
        path, start = line.rstrip("\n"), time.process_time()
        _forget_peak()
        taken, said, broken = 0, "", ""
        rejected: list[str] = []
        failed: tuple[BadInput, ...] = ()
        try:
            before = set(archive.capture_ids())
            done = add(archive, [path], IntakeOptions("2026-01-01T00:00:00Z", network=False))
            taken, failed = done.added + done.known, done.failed
            for capture in archive.capture_ids():
                if capture in before:
                    continue
                try:
                    overrides = overrides_for((), capture)
                    document = analyse(archive.capture(capture), overrides)
                    archive.put_document(document, fingerprint(capture, overrides))
                except Exception as error:
                    rejected.append(describe(error) + _where(error))
            said, broken = _messages(failed, Path(path).name)
        except BaseException as error:
            broken = describe(error) + _where(error)
        row = {
            "taken": taken, "refused": len(failed), "rejected": rejected, "said": said, "broken": broken,
            "seconds": time.process_time() - start, "mebibytes": _peak(),
        }  # fmt: skip
        print(json.dumps(row), file=told, flush=True)


def _messages(failed: Iterable[Exception], name: str) -> tuple[str, str]:
    """The first message, and what is wrong with them: each must name the input and be one that can be shown."""
    said = [str(error) for error in failed]
    for message in said:
        # A record of a web archive goes by the address that it was kept for.
        if name not in message and "http://a.b/" not in message:
            return message, f"the message does not name the input: {message[:200]}"
        if len(message) > 2000:
            return message[:200], f"a message of {len(message):,} characters: {message[:200]}"
    return (said[0] if said else ""), ""


def _where(error: BaseException) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f" ({Path(frame.filename).name}:{frame.lineno})"


def _forget_peak() -> None:
    """Let the kernel count the peak of this process's memory anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    """Most memory since `_forget_peak`, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    serve(sys.argv[1], sys.stdin, sys.stdout)
