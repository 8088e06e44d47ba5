"""The file of accounts, and whether a server may start with it."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views.web.access.server import CHEAP, HOST, PASSWORD, serve

from quellenlage.errors import ArchiveUnusable, BadInput, NotFound
from quellenlage.views.web.access import Role, Settings, make_access
from quellenlage.views.web.access.access import server_options
from quellenlage.views.web.access.book import Book
from quellenlage.views.web.access.passwords import check_strength
from quellenlage.views.web.access.paths import local_path
from quellenlage.views.web.access.settings import accounts_beside

OUTSIDE = {"host": "10.0.0.1", "hostnames": (HOST,)}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    made = Book(tmp_path / "a.accounts", create=True)
    made.accounts.add("Ada", CHEAP.hash(PASSWORD), Role.ADMIN)
    return made


def test_from_elsewhere_a_server_starts_only_with_somebody_who_manages_accounts(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="no account with the role admin"):
        serve(tmp_path, {}, **OUTSIDE)
    with pytest.raises(ArchiveUnusable, match="no account with the role admin"):
        serve(tmp_path, {"Emil": Role.EDITOR}, **OUTSIDE)
    book = Book(tmp_path / "archive.db.accounts")
    book.accounts.add("Ada", CHEAP.hash(PASSWORD), Role.ADMIN)
    serve(tmp_path, {}, **OUTSIDE)
    raw = sqlite3.connect(tmp_path / "archive.db.accounts")
    raw.execute("UPDATE accounts SET disabled_at = 1 WHERE name = 'Ada'")
    raw.commit()
    raw.close()
    with pytest.raises(ArchiveUnusable):
        serve(tmp_path, {}, **OUTSIDE)


def test_the_loopback_behind_a_proxy_is_elsewhere(tmp_path: Path) -> None:
    settings = Settings(archive=str(tmp_path / "a.db"), behind_proxy=True, hostnames=(HOST,))
    with pytest.raises(ArchiveUnusable):
        make_access(settings, passwords=CHEAP)


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")
def test_the_file_and_its_log_are_for_their_owner_alone(book: Book, tmp_path: Path) -> None:
    files = sorted(tmp_path.glob("a.accounts*"))
    assert len(files) >= 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_file_that_others_may_read_is_not_used(book: Book, tmp_path: Path, mode: int) -> None:
    book.close()
    (tmp_path / "a.accounts").chmod(mode)
    with pytest.raises(ArchiveUnusable, match="chmod 600"):
        Book(tmp_path / "a.accounts")


def test_files_of_others_are_not_used(tmp_path: Path) -> None:
    with pytest.raises(ArchiveUnusable, match="no accounts yet"):
        Book(tmp_path / "nowhere")
    with pytest.raises(ArchiveUnusable):
        Book(tmp_path / "no" / "folder", create=True)
    with pytest.raises(ArchiveUnusable):
        Book(tmp_path, create=True)
    for name, content in (("text", b"hello, this is no database at all"), ("short", b"x")):
        (tmp_path / name).write_bytes(content)
        (tmp_path / name).chmod(0o600)
        with pytest.raises(ArchiveUnusable):
            Book(tmp_path / name, create=True)
        assert (tmp_path / name).read_bytes() == content
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE about (name TEXT, value TEXT)")
    other.close()
    (tmp_path / "other").chmod(0o600)
    with pytest.raises(ArchiveUnusable, match="no accounts in it"):
        Book(tmp_path / "other", create=True)


def test_a_newer_file_is_not_used(book: Book, tmp_path: Path) -> None:
    book.close()
    raw = sqlite3.connect(tmp_path / "a.accounts")
    raw.execute("UPDATE about SET value = '2' WHERE name = 'schema'")
    raw.commit()
    raw.close()
    with pytest.raises(ArchiveUnusable, match="newer version"):
        Book(tmp_path / "a.accounts")


def test_what_is_changed_in_another_process_holds_at_once(book: Book, tmp_path: Path) -> None:
    kept = book.accounts.kept("ada")
    assert kept is not None
    secret = book.sessions.start(kept.id)
    other = Book(tmp_path / "a.accounts")
    assert other.sessions.find(secret) is not None
    assert other.accounts.end_sessions("Ada") == 1
    assert book.sessions.find(secret) is None


@pytest.mark.parametrize("change", ["set_role", "disable", "enable", "end_sessions"])
def test_nobody_is_changed_who_is_not_there(book: Book, change: str) -> None:
    with pytest.raises(NotFound):
        getattr(book.accounts, change)("Niemand", *([Role.READER] if change == "set_role" else []))
    with pytest.raises(NotFound):
        book.tokens.add("Niemand", "x", Role.READER, days=None)


def test_somebody_always_manages(book: Book) -> None:
    book.accounts.add("Eva", CHEAP.hash(PASSWORD), Role.READER)
    with pytest.raises(BadInput, match="nobody could manage"):
        book.accounts.disable("Ada")
    assert [a.disabled_at for a in book.accounts.all()] == [None, None]
    book.accounts.set_role("Eva", Role.ADMIN)
    book.accounts.set_role("Ada", Role.EDITOR)
    with pytest.raises(BadInput, match="nobody could manage"):
        book.accounts.set_role("Eva", Role.EDITOR)
    book.accounts.disable("Ada")


@pytest.mark.parametrize(
    "password",
    [
        "",
        "kurz",
        "a" * 12,
        "abababababab",
        "passwort1234",
        "Password1234",
        "Quellenlage1",
        "123456123456",
        "Ada-Ada-Ada-1",
    ],
)
def test_what_is_guessed_first_is_no_password(password: str) -> None:
    with pytest.raises(BadInput) as caught:
        check_strength(password, "Ada")
    assert not password or password not in str(caught.value)


@pytest.mark.parametrize(
    "password", ["drei Birnen im Nebel", "Vier-Quitten-am-Wehr", "xK4!vv09wq_L", "密码很长而且不好猜的一句话"]
)
def test_these_are(password: str) -> None:
    check_strength(password, "Ada")
    assert CHEAP.check(password, CHEAP.hash(password))
    assert not CHEAP.check(password + "x", CHEAP.hash(password))


def test_one_password_however_the_keyboard_composes_it() -> None:
    assert CHEAP.check("fu\u0308nf Schlehen im Frost", CHEAP.hash("f\u00fcnf Schlehen im Frost"))
    assert not CHEAP.check("\ud800" * 20, CHEAP.hash(PASSWORD))
    assert not CHEAP.check(PASSWORD, "no hash")


@pytest.mark.parametrize(
    ("archive", "path"),
    [
        ("quellenlage.db", "quellenlage.db.accounts"),
        ("/srv/a b.db", "/srv/a b.db.accounts"),
        ("sqlite:///x.db", "x.db.accounts"),
    ],
)
def test_accounts_lie_beside_the_archive(archive: str, path: str) -> None:
    assert str(accounts_beside(archive)) == path


@pytest.mark.parametrize("archive", ["sqlite://", "sqlite:///:memory:", "x://"])
def test_where_nothing_lies_beside_a_file_is_named(archive: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--accounts"):
        accounts_beside(archive)
    assert Settings(archive=archive, accounts=tmp_path / "a").accounts_path() == tmp_path / "a"


@given(st.text(st.sampled_from("/\\:@?#.ab%\t\r\n \x00e"), max_size=12))
def test_where_a_login_leads_is_always_here(wanted: str) -> None:
    from urllib.parse import urljoin, urlsplit

    found = local_path(wanted)
    base = "https://here.example/login"
    # What a browser makes of it: it drops tabs and line ends, and reads a backslash as a slash.
    seen = "".join(c for c in found if c not in "\t\r\n").replace("\\", "/")
    assert urlsplit(urljoin(base, seen)).netloc == "here.example"


def test_the_server_believes_no_proxy_by_itself() -> None:
    options = server_options(Settings(archive="a.db"))
    assert options["proxy_headers"] is False
    assert options["server_header"] is False
