"""Two of one name within an article, taken apart on the command line, with the whole pipeline."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.views.views_story import Run

ARTICLE = (
    "Streit um den Hafen von Lindau\n\n"
    "Bürgermeister Jan Kolbe hat den Ausbau des Hafens verteidigt. Sein Bruder Tim Kolbe leitet die Werft.\n\n"
    '"Wir brauchen mehr Platz", sagte Kolbe am Montag im Rathaus. "Der Plan ist falsch", sagte Kolbe am Dienstag.'
)
Call = Callable[..., Result]


@pytest.fixture
def call(run: Run, tmp_path: Path) -> Call:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    path = str(tmp_path / "own.db")

    def at(*args: str, lang: str = "de") -> Result:
        done = run("--lang", lang, "--archive", path, *args)
        assert done.exit_code == 0, done.stderr
        return done

    at("add", "a.txt")
    at("build")
    return at


def records(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def speakers(call: Call) -> list[object]:
    return [[one["id"] for one in r["chain"][0]] for r in records(call("claims", "--json"))]


def test_the_mentions_are_listed_and_some_taken_out(call: Call) -> None:
    (kolbe,) = {
        str(r["entity"]) for r in records(call("entity", "Kolbe", "--mentions", "--json")) if r["name"] == "Kolbe"
    }
    listed = records(call("entity", kolbe, "--mentions", "--json"))
    assert [(r["record"], r["number"], r["source"][-5:]) for r in listed] == [
        ("mention", 1, "a.txt"),
        ("mention", 2, "a.txt"),
    ]
    told = call("entity", kolbe, "--mentions").stdout
    assert "2  Kolbe" in told
    assert "sagte Kolbe am Dienstag" in told
    assert speakers(call) == [[kolbe], [kolbe]]

    shown = call("judge", "split", kolbe, "--mention", "a.txt:2", "--preview")
    assert "Wird getrennt" in shown.stdout
    assert records(call("judge", "list", "--json")) == []
    (made,) = records(call("judge", "split", kolbe, "--mention", "2", "--json"))
    assert (made["verdict"], made["field"]) == ("correct", "parted")
    call("build")
    first, second = speakers(call)
    assert (first, first != second) == ([kolbe], True)
    assert call("verify").exit_code == 0
    assert "innerhalb des Artikels getrennt: Kolbe (" in call("judge", "list", "--entity", kolbe).stdout
    assert "parted within the article: Kolbe (" in call("judge", "list", lang="en").stdout

    back = call("judge", "undo", "last", "--preview")
    assert "Wird eins" in back.stdout
    assert len(records(call("judge", "list", "--json"))) == 1
    call("judge", "undo", "last")
    call("build")
    assert speakers(call) == [[kolbe], [kolbe]]
    call("judge", "undo", "last")  # the undo
    call("build")
    assert speakers(call) == [first, second]


def test_renaming_and_correcting_are_shown_first(call: Call) -> None:
    for change in (("rename", "Tim Kolbe", "T. K."), ("correct", "Tim Kolbe", "name=T. K.")):
        shown = call("judge", *change, "--preview").stdout
        assert "Ändert sich" in shown
        assert "dann: T. K." in shown
    assert "Kein Name ändert sich" in call("judge", "confirm", "Tim Kolbe", "--preview").stdout
    assert records(call("judge", "list", "--json")) == []
