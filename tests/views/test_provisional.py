"""What is linked with what is nearest alone is marked wherever it is shown, in both languages and for machines."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from quellenlage.model import to_json
from quellenlage.store import SqlArchive, state
from quellenlage.views.cli import cli

Called = Callable[..., Result]


@pytest.fixture
def marked(archive: SqlArchive) -> Called:
    """Commands on an archive of which two articles are linked provisionally."""
    with archive._write() as connection:
        state.put(connection, state.PROVISIONAL, to_json(["art-1", "art-2"]).decode())
    return lambda *args: CliRunner().invoke(cli, ["--archive", archive.location, *args])


@pytest.mark.parametrize(("lang", "told"), [("de", "2 neue Artikel sind vorläufig"), ("en", "2 new articles are")])
def test_the_chronicle_and_the_doctor_say_so(marked: Called, lang: str, told: str) -> None:
    printed = marked("--lang", lang, "chronicle").stdout.splitlines()
    assert printed[-1].startswith(told)
    assert printed[-1].endswith("quellenlage build --whole")
    assert told in marked("--lang", lang, "doctor").stdout


def test_machines_are_told_in_a_record_of_its_own(marked: Called) -> None:
    records = [json.loads(line) for line in marked("--json", "chronicle").stdout.splitlines()]
    assert records[-1] == {"record": "provisional", "articles": ["art-1", "art-2"]}
    assert all(one["record"] == "chronicle" for one in records[:-1])


def test_the_build_counts_them_and_links_everything_where_it_is_told_to(marked: Called) -> None:
    done = marked("--json", "build", "--models", "rules", "--whole")
    assert done.exit_code == 0
    built = next(one for one in map(json.loads, done.stdout.splitlines()) if one["record"] == "built")
    assert built["provisional"] == 0
    assert all(
        json.loads(line)["record"] != "provisional" for line in marked("--json", "chronicle").stdout.splitlines()
    )
