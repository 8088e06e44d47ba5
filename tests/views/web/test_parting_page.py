"""Taking mentions out of a name, and deciding on a statement, in the workbench."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.views.web.deciding_help import Desk, deciding

from quellenlage.execution import mentions_of
from quellenlage.model import PARTED, Entity, EntityKind, Verdict
from quellenlage.views.web.links import page_of


@pytest.fixture
def desk(own_client: TestClient, own_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with deciding(own_client, own_path, monkeypatch) as made:
        yield made


def often(desk: Desk) -> Entity:
    """Somebody whom one article names several times."""
    for entity in desk.archive.linked().entities:
        counts = [one.member.article for one in mentions_of(desk.archive, entity)]
        if entity.kind is EntityKind.PER and len(set(counts)) > 1 and counts.count(counts[0]) > 2:
            return entity
    raise AssertionError("nobody is named often enough")


def test_mentions_leave_a_name_from_its_page(desk: Desk) -> None:
    entity = often(desk)
    shown = desk.page(page_of(entity.id))
    (link,) = shown.cssselect(f'a[href="{page_of(entity.id)}/split"]')
    page = desk.page(link.get("href"))
    boxes = [box.get("value") for box in page.cssselect('input[name="mention"]')]
    assert len(boxes) == len(mentions_of(desk.archive, entity))
    assert page.cssselect(".parting mark")
    answer = desk.post(f"{page_of(entity.id)}/split", {"mention": boxes[:1], "note": "ein Namensvetter"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(page_of(entity.id))
    (made,) = desk.log
    assert (made.verdict, made.field, made.note) == (Verdict.CORRECT, PARTED, "ein Namensvetter")
    first = mentions_of(desk.archive, entity)[0]
    assert (made.subject, made.value) == (first.member.article, f"{first.mention.start}:{first.mention.end}")


def test_all_mentions_of_an_article_leave_with_it(desk: Desk) -> None:
    entity = often(desk)
    placed = mentions_of(desk.archive, entity)
    article = placed[0].member.article
    chosen = [f"{article}:{one.number}" for one in placed if one.member.article == article]
    assert desk.post(f"{page_of(entity.id)}/split", {"mention": chosen}).status_code == 303
    assert Verdict.DIFFER in {one.verdict for one in desk.log}


@pytest.mark.parametrize("mention", [[], ["art-x:1"], ["nichts"], [":"]])
def test_what_makes_no_sense_changes_nothing(desk: Desk, mention: list[str]) -> None:
    entity = often(desk)
    assert desk.post(f"{page_of(entity.id)}/split", {"mention": mention}).status_code in {400, 404}
    assert not desk.log


def test_a_statement_is_rejected_from_its_page(desk: Desk) -> None:
    statement = max(desk.archive.linked().statements, key=lambda one: len(one.retellings))
    page = desk.page(page_of(statement.id))
    assert page.cssselect('.deciding button[value="reject"]')
    answer = desk.post("/decisions", {"verdict": "reject", "subject": statement.id, "part": "statement"}, htmx=True)
    assert answer.status_code == 200
    assert "notice good" in answer.text
    assert {one.subject for one in desk.log} == {one.claim for one in statement.retellings}
    assert desk.page(page_of(statement.id)).cssselect(".stamps .decided")
