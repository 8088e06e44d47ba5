"""Documentation cannot drift: every command is documented, the opening example is what the demo prints."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from quellenlage.errors import Defect
from quellenlage.pipeline import STAGES, check
from quellenlage.views.cli import cli as main

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_documented() -> None:
    assert isinstance(main, click.Group)
    commands = main.list_commands(click.Context(main))
    assert [name for name in commands if f"`quellenlage {name}" not in README] == []


def test_no_command_is_documented_that_is_not_there() -> None:
    assert isinstance(main, click.Group)
    commands = set(main.list_commands(click.Context(main)))
    assert set(re.findall(r"`quellenlage ([a-z]+)", README)) <= commands


def test_pages_that_the_readme_links_to_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_stage_finds_the_layers_it_reads() -> None:
    check(STAGES)
    with pytest.raises(Defect, match="no earlier stage writes"):
        check(STAGES[1:])


def test_the_changelog_tells_what_is_not_released_yet() -> None:
    told = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("## [Unreleased]")[2].partition("\n## [")[0]
    assert [line for line in told.splitlines() if line.startswith("- ")]
