"""`quellenlage accounts`: what an administrator types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.views.views_story import Run

from quellenlage.views.web.access.book import Book

PASSWORD = "drei Birnen im Nebel"  # noqa: S105 - of invented people


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "team.accounts"


def test_from_the_first_account_to_the_last(run: Run, file: Path) -> None:
    at = ("--accounts", str(file))
    assert run("accounts", "list", *at).exit_code == 3
    made = run("accounts", "add", "Ada", "--role", "admin", "--password-stdin", *at, stdin=f"{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert file.stat().st_mode & 0o777 == 0o600
    assert run("accounts", "add", "Lena", *at, stdin=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert run("accounts", "role", "lena", "editor", *at).exit_code == 0
    assert run("accounts", "passwd", "LENA", "--password-stdin", *at, stdin="vier Quitten am Wehr\n").exit_code == 0
    token = run("--quiet", "accounts", "token", "Lena", "--label", "feed", "--role", "editor", *at).stdout.strip()
    listed = run("accounts", "list", "--json", *at).stdout
    records = [json.loads(line) for line in listed.splitlines()]
    assert [(r["record"], r.get("name"), r.get("label"), r["role"]) for r in records] == [
        ("account", "Ada", None, "admin"),
        ("account", "Lena", None, "editor"),
        ("token", None, "feed", "editor"),
    ]
    assert token not in listed
    assert "argon2" not in listed
    book = Book(file)
    assert book.tokens.find(token) is not None
    assert run("accounts", "disable", "Lena", *at).exit_code == 0
    assert book.tokens.find(token) is None
    assert "gesperrt" in run("--lang", "de", "accounts", "list", *at).stdout
    assert run("accounts", "enable", "Lena", *at).exit_code == 0
    refused = run("--lang", "de", "accounts", "disable", "Ada", *at)
    assert refused.exit_code == 1
    assert "niemand könnte die Konten mehr verwalten" in refused.stderr


@pytest.mark.parametrize(
    ("args", "stdin", "said"),
    [
        (("add", "Ada", "--password-stdin"), f"{PASSWORD}\n", "gibt es schon"),
        (("add", "Eva", "--password-stdin"), "kurz\n", "weniger als 12 Zeichen"),
        (("add", "Eva", "--password-stdin"), "", "weniger als 12 Zeichen"),
        (("add", "?!", "--password-stdin"), f"{PASSWORD}\n", "so kann ein Konto nicht heißen"),
        (("passwd", "Eva"), "", "ein solches Konto gibt es nicht"),
        (("role", "Eva", "reader"), "", "ein solches Konto gibt es nicht"),
        (("token", "Ada", "--revoke", "x"), "", "ein Token x gibt es nicht"),
        (("token", "Ada", "--label", " "), "", "so kann ein Token nicht heißen"),
    ],
)
def test_what_cannot_be_done_says_why(run: Run, file: Path, args: tuple[str, ...], stdin: str, said: str) -> None:
    at = ("--accounts", str(file))
    run("accounts", "add", "Ada", "--role", "admin", "--password-stdin", *at, stdin=f"{PASSWORD}\n")
    refused = run("--lang", "de", "accounts", *args, *at, stdin=stdin)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert "Abhilfe" in refused.stderr
    assert PASSWORD not in refused.output
