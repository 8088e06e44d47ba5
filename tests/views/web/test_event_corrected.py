"""What a person corrected about an event is shown as that person's word; its accounts say what their articles do."""

from __future__ import annotations

import csv
import html
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.views.web.deciding_help import Desk, deciding

from quellenlage.execution import build
from quellenlage.model import DateInterval, Event, in_force
from quellenlage.views.cli.clock import moment
from quellenlage.views.dossier.contents import make_dossier
from quellenlage.views.exports.formats import RENDERERS
from quellenlage.views.exports.jsonld import nodes
from quellenlage.views.exports.part import part_of
from quellenlage.views.exports.tables import csv_files
from quellenlage.views.holdings import Holdings, Selection, read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.mcp.tools import Tools
from quellenlage.views.records import event_record
from quellenlage.views.web.links import page_of
from quellenlage.views.wording.dates import day_words
from quellenlage.views.wording.lines import time_value

WORDS = words_for("de")
DAY = "2031-02-03"
TOLD = "3. Februar 2031"
MARK = "von Hand berichtigt"
WHY = "Protokoll verglichen"


@pytest.fixture
def desk(own_client: TestClient, own_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with deciding(own_client, own_path, monkeypatch) as made:
        yield made


@pytest.fixture
def told(desk: Desk) -> Event:
    """A dated event with a line in the chronicle, of which several articles tell when and where it was."""
    linked = desk.archive.linked()
    lines = {entry.event for entry in linked.chronicle}
    dated = [e for e in linked.events if e.id in lines and e.time and e.place and all(a.time for a in e.accounts)]
    return max(dated, key=lambda e: (len(e.accounts), e.id))


def corrected(desk: Desk, told: Event, field: str, value: str) -> Event:
    """Correct an event through the form and link the archive."""
    place = {"q": value} if field == "place" else {"value": value}
    answer = desk.decide("correct", told.id, field=field, note=WHY, back=page_of(told.id), **place)
    assert answer.status_code == 303
    return linked_anew(desk, told)


def linked_anew(desk: Desk, told: Event) -> Event:
    build(desk.archive, clock=moment)
    return next(e for e in desk.archive.linked().events if e.id == desk.archive.resolve(told.id))


def in_header(desk: Desk, event: Event) -> str:
    return str(desk.page(page_of(event.id)).cssselect("article.event > header")[0].text_content())


def in_accounts(desk: Desk, event: Event) -> str:
    return str(desk.page(page_of(event.id)).cssselect("#accounts")[0].text_content())


def test_a_corrected_date_is_the_events_and_each_account_keeps_its_own(desk: Desk, told: Event) -> None:
    before = in_accounts(desk, told)
    after = corrected(desk, told, "time", DAY)
    assert (after.time, after.interval) == (DAY, DateInterval.parse(DAY))
    assert after.accounts == told.accounts
    header = in_header(desk, told)
    (made, *_) = desk.log
    assert desk.page(page_of(told.id)).cssselect('#deciding form:has(input[value="time"]) input[name="note"]')
    for words in (TOLD, MARK, made.author, WHY, day_words(datetime.now(UTC).astimezone().date(), WORDS)):
        assert words in header, words
    said = {time_value(account.time or "", WORDS) for account in told.accounts}
    for day in said:
        assert day in header  # beside the correction, as what the articles say
    assert in_accounts(desk, told) == before
    assert TOLD not in before
    assert all(day in before for day in said)


def test_taking_the_correction_back_restores_everything(desk: Desk, told: Event) -> None:
    before = desk.archive.linked()
    assert corrected(desk, told, "time", DAY) != told
    (made, *_) = in_force(desk.log)
    assert desk.decide("undo", made.id).status_code == 303
    linked_anew(desk, told)
    assert desk.archive.linked() == before
    assert MARK not in in_header(desk, told)
    assert desk.archive.verify() == []


def test_a_corrected_kind_and_place_are_marked_where_they_are_shown(desk: Desk, told: Event) -> None:
    kind = next(code for code in ("MOVEMENT", "CONSULT") if code != told.event_type)
    corrected(desk, told, "type", kind)
    after = corrected(desk, told, "place", "Nirgendsheim")
    assert (after.event_type, after.place, after.accounts) == (kind, None, told.accounts)
    header = in_header(desk, told)
    assert f"{WORDS.code('event', kind)} ({MARK})" in header
    assert f"Nirgendsheim ({MARK})" in header
    assert f"gelesen als: {WORDS.code('event', told.event_type)}" in header
    assert desk.archive.verify() == []


def test_every_other_view_says_that_the_date_was_corrected(desk: Desk, told: Event) -> None:
    after = corrected(desk, told, "time", DAY)
    (line,) = desk.page(f"/chronicle?from={DAY}&until={DAY}").cssselect(f"#{after.id}")
    assert f"{TOLD} ({MARK})" in line.text_content()
    assert WHY in line.text_content()

    holdings = read_holdings(desk.archive)
    (one,) = event_record(after, holdings)["corrected"]
    assert (one["field"], one["value"], one["note"]) == ("time", DAY, WHY)
    assert one["told"] == list(dict.fromkeys(a.time for a in told.accounts))
    assert event_record(after, holdings)["accounts"][0]["time"] == told.accounts[0].time

    answer = desk.client.get(f"/api/v1/events/{after.id}").json()
    assert (answer["time"], answer["corrected"]) == (DAY, [one])
    assert answer["accounts"][0]["time"] == told.accounts[0].time

    (row, *_) = [r for r in table(holdings, "events") if r["id"] == after.id]
    assert (row["time"], row["account_time"]) == (DAY, told.accounts[0].time)
    assert row["corrected"].startswith(f"time = {DAY} (")
    assert WHY in row["corrected"]

    (node,) = [n for n in nodes(part_of(holdings), holdings, []) if n["id"] == f"q:{after.id}"]
    assert (node["startDate"], node["corrected"][0]["value"], node["account"][0]["time"]) == (
        DAY,
        DAY,
        told.accounts[0].time,
    )
    made = make_dossier(holdings, Selection(), WORDS)
    for form in ("md", "html"):
        content = RENDERERS[form](made).decode()
        assert f"{TOLD} ({MARK})" in html.unescape(content).replace("\\", ""), form
        assert WHY in content, form
    with zipfile.ZipFile(io.BytesIO(RENDERERS["docx"](made))) as packed:
        assert WHY in packed.read("word/document.xml").decode()
    (found,) = [one for one in Tools(desk.archive).chronicle(since=DAY, until=DAY).lines if one.event == after.id]
    assert WHY in found.corrected[0]


def table(holdings: Holdings, name: str) -> list[dict[str, str]]:
    content = b"".join(dict(csv_files(holdings))[f"{name}.csv"]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))
