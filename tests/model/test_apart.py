"""Steps done in a process of their own find what they would find here, and leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.test_partition import linked, sample

from quellenlage.encoder import files
from quellenlage.errors import ArchiveUnusable
from quellenlage.model import Member, apart, filed
from quellenlage.model.filed import ByMember, Filed, Keyed
from quellenlage.model.identifiers import Identifiers
from quellenlage.model.partition import in_process

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="steps are done here on other systems")

MUCH = apart.MANY


def test_little_is_done_here_and_much_elsewhere() -> None:
    assert apart.apart(os.getpid, MUCH - 1) == os.getpid()
    assert apart.apart(os.getpid, MUCH) != os.getpid()


def test_nothing_is_left_open_and_no_process_waits_to_be_asked() -> None:
    before = os.listdir("/proc/self/fd")
    for _ in range(3):
        there, _names = apart.apart(lambda: (os.getpid(), made(["a", "b"])), MUCH)
        del _names
        assert not Path("/proc", str(there)).exists()
    assert len(os.listdir("/proc/self/fd")) == len(before)


def made(names: list[str]) -> Filed[str]:
    found: Filed[str] = Filed(str)
    for name in names:
        found.add(name)
    return found


def test_both_may_write_what_waits_to_be_written() -> None:
    names = made(["a", "b"])
    assert apart.apart(lambda: list(names), MUCH) == ["a", "b"]
    assert list(names) == ["a", "b"]
    names.add("danach")
    assert list(names) == ["a", "b", "danach"]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=30))
def test_what_was_filed_there_is_read_and_gone_on_with_here(names: list[str]) -> None:
    found = apart.apart(lambda: made(names), MUCH)
    assert list(found) == names
    found.add("danach")
    assert [found[number] for number in range(len(found))] == [*names, "danach"]


def test_a_file_of_this_process_is_the_same_when_it_comes_back() -> None:
    ours = made(["a"])

    def more() -> Filed[str]:
        ours.add("b")
        return ours

    assert list(apart.apart(more, MUCH)) == ["a", "b"]


def test_what_is_looked_up_by_keys_and_members() -> None:
    def step() -> tuple[Keyed[str], ByMember[str], Filed[str]]:
        keys = Identifiers()
        for one in ("ent-0123456789abcdef", "anders"):
            keys.append(one)
        names = made(["Kalt", "Hafen"])
        members: ByMember[str] = ByMember(names)
        members.note(Member("art-1", "e1"), 1)
        return Keyed(names, keys), members, names

    keyed, members, names = apart.apart(step, MUCH)
    assert (keyed["anders"], keyed["ent-0123456789abcdef"]) == ("Hafen", "Kalt")
    assert members[Member("art-1", "e1")] == "Hafen"
    names.add("Neu")
    assert members.get(Member("art-1", "e2")) is None


def test_an_error_is_raised_here() -> None:
    def fail() -> None:
        raise ArchiveUnusable("{name} is full", remedy="free some space", name="the disk")

    with pytest.raises(ArchiveUnusable, match="the disk is full") as caught:
        apart.apart(fail, MUCH)
    assert caught.value.remedy == "free some space"


def test_a_lost_process_costs_its_time_alone() -> None:
    here = os.getpid()

    def step() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert apart.apart(step, MUCH) == here


def test_where_no_process_can_be_made_the_step_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert apart.apart(os.getpid, MUCH) == os.getpid()


@pytest.fixture
def interrupted() -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.usefixtures("interrupted")
def test_whoever_interrupts_ends_both(tmp_path: Path) -> None:
    there = tmp_path / "there"

    def step() -> None:
        there.write_text(str(os.getpid()))
        os.kill(os.getppid(), signal.SIGALRM)
        signal.pause()

    with pytest.raises(KeyboardInterrupt):
        apart.apart(step, MUCH)
    assert not Path("/proc", there.read_text()).exists()


ENDLESS = """
import os, signal
from pathlib import Path
from quellenlage.model.apart import MANY, apart

def step():
    Path("there").write_text(str(os.getpid()))
    os.kill(os.getppid(), signal.SIGKILL)
    signal.pause()

apart(step, MANY)
"""


def test_it_ends_with_the_one_that_waits_for_it(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", ENDLESS], cwd=tmp_path, check=False)
    assert done.returncode == -signal.SIGKILL
    there = Path("/proc", (tmp_path / "there").read_text())
    latest = time.monotonic() + 60
    while alive(there) and time.monotonic() < latest:
        time.sleep(0.01)
    assert not alive(there)


def alive(process: Path) -> bool:
    """Whether a process runs; one that has ended may stay listed as a zombie until somebody asks after it."""
    with suppress(FileNotFoundError):
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_the_link_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.VARIABLE, files.Models.RULES)
    whole = linked(sample(), in_process)
    monkeypatch.setattr(apart, "MANY", 1)
    assert linked(sample(), in_process) == whole
    monkeypatch.setattr(filed, "FEW", 1)
    assert linked(sample(), in_process) == whole
