from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from benchmarks.kills import Build, digest, disturbed, problems

from quellenlage.execution import add
from quellenlage.intake import IntakeOptions
from quellenlage.resources import resource
from quellenlage.store import open_archive

TIMES = 5


@pytest.mark.slow
def test_a_build_that_is_killed_at_any_moment_comes_to_the_same_end(tmp_path: Path) -> None:
    """The short form of `make bench-endurance`: the sample, read with rules."""
    whole, killed = tmp_path / "whole.db", tmp_path / "killed.db"
    archive = open_archive(str(whole), create=True)
    add(archive, [str(resource("sample"))], IntakeOptions("2026-01-01T00:00:00Z", network=False))
    archive.close()
    shutil.copyfile(whole, killed)
    link_seconds = Build(whole).finish()
    done = disturbed(killed, TIMES, link_seconds, random.Random(11))  # noqa: S311 - when to kill is no secret
    assert done.problems == ()
    assert list(done.kept) == sorted(done.kept), "what was written stays"
    assert done.analysing >= 1, done
    assert done.linking >= 1, done
    assert digest(killed) == digest(whole)
    assert problems(killed) == []
    assert not [p for p in os.listdir(tmp_path) if p.endswith("-journal")]
