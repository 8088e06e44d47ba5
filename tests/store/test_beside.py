from __future__ import annotations

from pathlib import Path

import pytest

from quellenlage.errors import BadInput
from quellenlage.store.beside import STATE, beside, called, secrets_of, without_password

URL = "postgresql+psycopg://eva:geheim@db.example.org/quellen"


def test_beside_a_file_lies_what_belongs_to_it(tmp_path: Path) -> None:
    assert beside("a b.db") == Path("a b.db")
    assert beside(f"sqlite:///{tmp_path}/x.db") == tmp_path / "x.db"
    for nowhere in ("sqlite://", "sqlite:///:memory:", "x://"):
        with pytest.raises(BadInput):
            beside(nowhere)


def test_an_archive_on_a_server_has_one_place_whoever_opens_it(tmp_path: Path) -> None:
    environ = {STATE: str(tmp_path / "state")}
    place = beside(URL, environ)
    assert place.parent == tmp_path / "state"
    assert place.parent.stat().st_mode & 0o077 == 0
    assert place == beside("postgres://otto@db.example.org:5432/quellen", environ)
    assert place != beside("postgres://otto@db.example.org:5433/quellen", environ)
    assert "geheim" not in str(place)
    assert beside(URL, {"XDG_STATE_HOME": str(tmp_path)}).parent == tmp_path / "quellenlage"


def test_a_password_is_told_to_nobody() -> None:
    assert "geheim" not in called(URL)
    assert "eva" in called(URL)
    assert called("x/a.db") == "x/a.db"
    assert "geheim" not in without_password(URL)
    assert without_password(URL) == "postgresql+psycopg://eva@db.example.org/quellen"
    assert secrets_of(URL) == {"PGPASSWORD": "geheim"}
    for plain in ("x/a.db", "postgres://eva@h/q"):
        assert without_password(plain) == plain
        assert secrets_of(plain) == {}
