"""Names are found in whatever spelling they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.databases import Database, open_archive
from tests.execution.linking import Linking, article

from quellenlage.execution import build
from quellenlage.model import EntityKind
from quellenlage.model.listing import EntityQuestion
from quellenlage.store import SqlArchive
from quellenlage.store.listing.spelled import keys_of

TEXTS = (
    "[Gleb Tschuwarin] kam.",
    "[Gleb Tschuwarin] ging.",
    "[Boris Tschuwarin] kam.",
    "[Dmitri Peskow] sprach.",
    "[Dmitri Peskow] schwieg.",
    "[Jana Peskov] kam.",
    "[Ingrid Vesterholm] kam.",
)


@pytest.fixture(scope="module")
def archive(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlArchive]:
    made = open_archive(str(Path(tmp_path_factory.mktemp("spelled")) / "a.db"), create=True)
    for number, text in enumerate(TEXTS, 1):
        made.add_capture(article(number, text))
    build(made, clock=lambda: "2026-01-01T00:00:00Z", pipeline=Linking())
    yield made
    made.close()


def names(archive: SqlArchive, words: str, *, prefix: bool = True, kinds: tuple[EntityKind, ...] = ()) -> list[str]:
    found = archive.entities(EntityQuestion(words=words, prefix=prefix, kinds=kinds))
    assert found.total == len(found.items)
    return [card.name for card in found.items]


@pytest.mark.parametrize("prefix", [False, True])
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Tchouvarine", ["Gleb Tschuwarin", "Boris Tschuwarin"]),
        ("Чуварин", ["Gleb Tschuwarin", "Boris Tschuwarin"]),
        ("Boris Chuvarin", ["Boris Tschuwarin"]),
        ("Westerholm", ["Ingrid Vesterholm"]),
        ("Песков", ["Dmitri Peskow", "Jana Peskov"]),
        ("Lantar", []),
    ],
)
def test_another_spelling(archive: SqlArchive, asked: str, expected: list[str], prefix: bool) -> None:
    assert names(archive, asked, prefix=prefix) == expected


def test_who_has_the_very_words_comes_first(archive: SqlArchive) -> None:
    assert names(archive, "Peskov") == ["Jana Peskov", "Dmitri Peskow"]
    assert names(archive, "Peskow") == ["Dmitri Peskow", "Jana Peskov"]


def test_the_beginning_of_a_word(archive: SqlArchive) -> None:
    assert names(archive, "Vest") == names(archive, "Westerh") == ["Ingrid Vesterholm"]
    assert names(archive, "Westerh", prefix=False) == []
    assert names(archive, "We") == []


def test_kinds_are_kept_to(archive: SqlArchive) -> None:
    assert names(archive, "Песков", kinds=(EntityKind.GPE,)) == []


def test_keys_tell_no_order_of_names() -> None:
    assert keys_of(EntityKind.PER, ["Dmitri Peskow", "Песков"]) == keys_of(EntityKind.PER, ["Песков", "Dmitri Peskow"])
    assert keys_of(EntityKind.PER, ["Peskow"]) & keys_of(EntityKind.PER, ["Песков"])
    assert keys_of(EntityKind.PER, [""]) == frozenset()
