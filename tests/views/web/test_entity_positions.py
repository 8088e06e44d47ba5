"""What somebody said in time, on the page of the name: what differs from before stands beside the earlier word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.link.test_statements import one
from tests.views.test_statements import NO, YES, documents, put

from quellenlage.model import EntityKind, ReferenceList, ReferenceMatch
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.holdings import Holdings, read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.web.access import Settings, make_access
from quellenlage.views.web.app import make_app
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.names_alike import shown_references
from quellenlage.views.web.shown.names_positions import SIZE, Asking, course


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlArchive]:
    path = tmp_path_factory.mktemp("positions") / "a.db"
    put(path, documents())
    made = open_archive(str(path))
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(archive: SqlArchive) -> Iterator[TestClient]:
    access = make_access(Settings(archive=archive.location, port=8765))
    with TestClient(make_app(archive, access, lang="de"), base_url="http://127.0.0.1:8765") as made:
        yield made


def speaker(archive: SqlArchive) -> str:
    return next(e.id for e in archive.linked().entities if e.name == "Ilse Brandner")


def test_a_change_stands_beside_what_was_said_before(archive: SqlArchive, client: TestClient) -> None:
    page = html.fromstring(client.get(f"{page_of(speaker(archive))}?about=Kräne").text)
    first, second = page.cssselect(".position")
    assert not first.cssselect(".before")
    assert NO in first.cssselect("a.open")[0].text_content()
    assert YES in second.cssselect(".now a.open")[0].text_content()
    (before,) = second.cssselect(".before")
    assert NO in before.cssselect("a.open")[0].text_content()


def test_only_changes(archive: SqlArchive, client: TestClient) -> None:
    page = html.fromstring(client.get(f"{page_of(speaker(archive))}?only=changes").text)
    (changed,) = page.cssselect(".position")
    assert changed.cssselect(".before")


def test_thirteen_prints_of_one_word_are_told_by_occasion(archive: SqlArchive) -> None:
    words, told, offset = words_for("de"), [], 0
    while True:
        found = course(archive, Asking(speaker(archive), offset=offset), words)
        told += [(one.statement_href, one.when, one.printed) for one in found.shown]
        offset += SIZE
        if offset >= found.total:
            break
    assert found.total > SIZE
    assert len(told) == len(set(told))
    assert [when for _, when, _ in told if "2021" in when][:3] == ["12. März 2021", "2. Mai 2021", "2. Juni 2021"]
    assert told[0][2] == "11-mal gedruckt"


def test_both_orders_tell_the_same(archive: SqlArchive) -> None:
    def told(newest: bool) -> list[str]:
        words = words_for("de")
        pages = (course(archive, Asking(speaker(archive), newest=newest, offset=o), words) for o in (0, SIZE))
        return [one.claim.statement + one.when for page in pages for one in page.shown]

    assert sorted(told(newest=True)) == sorted(told(newest=False))


def test_changes_across_pages_of_the_list_are_marked(tmp_path: Path) -> None:
    many = [one(number, NO if number % 2 else YES, f"2021-{number:02d}-02") for number in range(1, 11)]
    path = tmp_path / "b.db"
    put(path, many)
    archive = open_archive(str(path))
    try:
        shown = course(archive, Asking(speaker(archive)), words_for("de")).shown
        late = course(archive, Asking(speaker(archive), offset=7), words_for("de")).shown
    finally:
        archive.close()
    assert [len(position.changes) for position in shown] == [0] + [1] * 9
    assert [len(position.changes) for position in late] == [1] * 3


def test_entries_of_outside_lists_have_the_name_and_the_terms_of_their_list(archive: SqlArchive) -> None:
    held = read_holdings(archive)
    entity = next(e for e in held.linked.entities if e.kind is EntityKind.PER)
    match = ReferenceMatch(entity.id, "ref-1", 0.91, True, ("surname:brandner",), "I. Brandner", "Liste", "", "Q1")
    listed = ReferenceList("Liste", "csv", "liste.csv", "CC BY 4.0", "0" * 64, "1", "2026-01-01", 1)

    class WithList:
        def reference_lists(self) -> list[ReferenceList]:
            return [listed]

    holdings = Holdings(replace(held.linked, references=(match,)), held.citations)
    (shown,) = shown_references(WithList(), entity, holdings, words_for("de"))  # type: ignore[arg-type]  # a double
    assert (shown.name, shown.source, shown.licence) == ("I. Brandner", "Liste", "CC BY 4.0")
    assert (shown.stand, shown.percent, shown.known_as) == ("accepted", 91, "Q1")
    assert shown.reasons


@pytest.mark.parametrize("address", ["/entities", "/claims", "/claims?view=statements", "/conflicts?actor=Niemand"])
def test_an_empty_archive_says_that_there_is_nothing_yet(tmp_path: Path, address: str) -> None:
    path = str(tmp_path / "empty.db")
    archive = open_archive(path, create=True)
    app = make_app(archive, make_access(Settings(archive=path, port=8765)), lang="en")
    with TestClient(app, base_url="http://127.0.0.1:8765", headers={"accept-language": "en"}) as client:
        answer = client.get(address)
    archive.close()
    assert answer.status_code == 200
    assert "Nothing yet" in answer.text or "No name like this" in answer.text
