"""Decisions through the workbench: every form records what it says, shows it, and can be taken back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient
from tests.views.web.deciding_help import Desk, deciding

from quellenlage.execution import build
from quellenlage.model import ACCOUNT, CREDIBILITY, RELIABILITY, Event, Verdict, in_force
from quellenlage.views.cli.clock import moment
from quellenlage.views.holdings import read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.web.access.roles import User
from quellenlage.views.web.deciding.form import dated
from quellenlage.views.web.deciding.outcome import back_with
from quellenlage.views.web.links import page_of
from quellenlage.views.wording.lines import citation_words


@pytest.fixture
def desk(own_client: TestClient, own_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with deciding(own_client, own_path, monkeypatch) as made:
        yield made


@pytest.fixture
def told(desk: Desk) -> Event:
    """An event that several articles tell."""
    return max(desk.archive.linked().events, key=lambda e: (len(e.accounts), e.id))


def test_a_tick_is_recorded_shown_with_its_author_and_taken_back(desk: Desk, told: Event) -> None:
    answer = desk.decide("tick", told.id, note="Protokoll verglichen", back=page_of(told.id))
    assert answer.status_code == 303
    shown = desk.page(answer.headers["location"])
    (tick,) = shown.cssselect("#deciding .ticked")
    (made,) = [j for j in desk.log if j.verdict is Verdict.TICK]
    assert made.author in tick.text_content()
    assert "Protokoll verglichen" in tick.text_content()
    assert tick.cssselect("time")[0].get("datetime") == made.made_at
    assert "Festgehalten" in shown.cssselect("#deciding [role=status]")[0].text_content()
    assert desk.told == [made]

    assert desk.decide("undo", made.id, back=page_of(told.id)).status_code == 303
    assert not desk.page(page_of(told.id)).cssselect("#deciding .ticked")
    assert made not in in_force(desk.log)


def test_htmx_gets_the_fragment_alone_with_what_was_decided(desk: Desk, told: Event) -> None:
    fields = {"verdict": "reject", "subject": told.id, "part": "event", "back": page_of(told.id), "note": "Satire"}
    answer = desk.post("/decisions", fields, htmx=True)
    assert answer.status_code == 200
    shown = html.fromstring(answer.text)
    assert shown.get("id") == "deciding"
    assert "<html" not in answer.text
    (decided,) = shown.cssselect(".decided")
    assert "Satire" in decided.text_content()
    assert "wird mit der Verknüpfung sichtbar" in decided.text_content()
    assert {j.verdict for j in desk.log} == {Verdict.REJECT}
    (back,) = {one.get("value") for one in shown.cssselect('input[name="back"]')}
    assert back == page_of(told.id)


@pytest.mark.parametrize(
    ("field", "given_as", "kept"),
    [("time", "3.5.2021", "2021-05-03"), ("time", "5.2021", "2021-05"), ("type", "ACCIDENT", "ACCIDENT")],
)
def test_an_event_is_corrected(desk: Desk, told: Event, field: str, given_as: str, kept: str) -> None:
    assert desk.decide("correct", told.id, field=field, value=given_as).status_code == 303
    made = in_force(desk.log)
    assert {(j.verdict, j.field, j.value) for j in made} == {(Verdict.CORRECT, field, kept)}
    assert told.id in {j.subject for j in made}


def test_a_value_that_makes_no_sense_is_said_in_the_fragment_and_nothing_is_recorded(desk: Desk, told: Event) -> None:
    fields = {"verdict": "correct", "subject": told.id, "field": "time", "value": "gestern", "part": "event"}
    answer = desk.post("/decisions", fields, htmx=True)
    assert answer.status_code == 400
    assert "kein Datum" in html.fromstring(answer.text).cssselect("[role=alert]")[0].text_content()
    assert desk.decide("correct", told.id, field="time", value="gestern").status_code == 400
    assert not desk.log


def test_one_account_is_graded_and_ticked_by_itself(desk: Desk, told: Event) -> None:
    member = told.accounts[1].member
    account = f"{member.article}:{member.local}"
    assert desk.decide("grade", told.id, account=account, value="3").status_code == 303
    assert desk.decide("tick", told.id, account=account).status_code == 303
    assert {(j.verdict, j.field, j.value) for j in desk.log} == {
        (Verdict.GRADE, ACCOUNT, "3"),
        (Verdict.TICK, ACCOUNT, None),
    }
    shown = desk.page(page_of(told.id))
    assert len(shown.cssselect("#deciding .of-accounts .ticked")) == 1
    assert "3 – " in shown.cssselect("#deciding .of-accounts .graded")[0].text_content()
    assert desk.decide("tick", told.id, account=account, off="1").status_code == 303
    assert not desk.page(page_of(told.id)).cssselect("#deciding .of-accounts .ticked")


def test_an_account_of_another_event_is_none_of_this(desk: Desk, told: Event) -> None:
    other = next(e for e in desk.archive.linked().events if e.id != told.id)
    member = other.accounts[0].member
    assert desk.decide("tick", told.id, account=f"{member.article}:{member.local}").status_code == 400
    assert not desk.log


def test_sources_claims_conflicts_and_names_have_their_forms(desk: Desk) -> None:
    linked = desk.archive.linked()
    origin, conflict = linked.origins[0], linked.conflicts[0]
    claim = linked.statements[0].retellings[0].claim
    entity = linked.entities[0]
    assert desk.decide("grade", origin.id, value="B").status_code == 303
    assert desk.decide("note", origin.id, note="Eigentümer gewechselt").status_code == 303
    assert desk.decide("settle", conflict.id, note="Das Amt hat berichtigt").status_code == 303
    assert desk.decide("correct", claim, field="speaker", q="Irgendwer").status_code == 303
    assert desk.decide("grade", claim, value="2").status_code == 303
    assert desk.decide("correct", entity.id, field="name", value="Neuer Name").status_code == 303
    grades = {j.field: j.value for j in desk.log if j.verdict is Verdict.GRADE}
    assert grades == {RELIABILITY: "B", CREDIBILITY: "2"}
    expected = {
        page_of(origin.id): ("B – ", "Eigentümer gewechselt"),
        page_of(conflict.id): ("Das Amt hat berichtigt",),
        page_of(claim): ("Irgendwer", "2 – "),
        page_of(entity.id): ("Neuer Name",),
    }
    for path, words in expected.items():
        told = desk.page(path).cssselect("#deciding .stamps")[0].text_content()
        assert all(word in told for word in words), path


def test_a_pair_shows_what_was_decided_on_it_and_not_on_another(desk: Desk) -> None:
    one, other = [e.id for e in desk.archive.linked().entities if e.kind.value == "PER"][:2]
    fields = {"subject": one, "other": other, "part": "pair", "verdict": "differ", "note": "zwei Ämter"}
    shown = html.fromstring(desk.post("/decisions", fields, htmx=True).text)
    assert "zwei Ämter" in shown.cssselect(".decided")[0].text_content()
    (made,) = desk.log
    assert (made.verdict, {made.subject, made.other}) == (Verdict.DIFFER, {one, other})
    undo = {"verdict": "undo", "subject": made.id, "part": "pair", "about": one, "about_other": other}
    shown = html.fromstring(desk.post("/decisions", undo, htmx=True).text)
    assert not shown.cssselect(".decided")
    assert not in_force(desk.log)


def test_a_name_is_the_same_as_another_by_name(desk: Desk) -> None:
    one, other = [e for e in desk.archive.linked().entities if e.kind.value == "PER"][:2]
    assert desk.decide("same", one.id, q=other.name).status_code == 303
    (made,) = desk.log
    assert (made.subject, made.other) == (one.id, other.id)
    assert desk.decide("same", one.id, q="Niemand Nirgendwo").status_code == 404
    assert desk.decide("same", one.id, q=one.name).status_code == 400


def test_names_that_became_one_are_told_by_their_own_spellings(desk: Desk) -> None:
    """Once the log said "X = X" as soon as the two were linked."""
    people = {e.name: e for e in desk.archive.linked().entities if e.kind.value == "PER"}
    one, other = people["Gleb Tschuwarin"], people["Marko Delibas"]
    assert desk.decide("same", one.id, other=other.id).status_code == 303
    build(desk.archive, clock=moment)
    assert desk.archive.resolve(one.id) == desk.archive.resolve(other.id)
    told = desk.page("/decisions").cssselect("#decisions")[0].text_content()
    assert "Gleb Tschuwarin = Marko Delibas" in told or "Marko Delibas = Gleb Tschuwarin" in told


def test_events_that_became_one_are_told_with_their_articles(desk: Desk) -> None:
    linked = desk.archive.linked()
    lines = {entry.event for entry in linked.chronicle}
    by_article = {e.accounts[0].member.article: e for e in linked.events if e.id in lines and len(e.accounts) == 1}
    one, other, *_ = by_article.values()
    holdings = read_holdings(desk.archive)
    assert desk.decide("same", one.id, other=other.id).status_code == 303
    build(desk.archive, clock=moment)
    assert desk.archive.resolve(one.id) == desk.archive.resolve(other.id)
    told = desk.page("/decisions").cssselect("#decisions")[0].text_content()
    for event in (one, other):
        assert f"({citation_words(holdings.cite(event.accounts[0].member.article), words_for('de'))})" in told


def test_the_day_and_outlet_of_an_article_are_corrected(desk: Desk) -> None:
    article = desk.archive.linked().events[0].accounts[0].member.article
    fields = {"verdict": "correct", "subject": article, "field": "dct", "value": "3.5.2021", "part": "article"}
    shown = html.fromstring(desk.post("/decisions", fields, htmx=True).text)
    assert "3. Mai 2021" in shown.cssselect(".decided")[0].text_content()
    assert desk.decide("correct", article, field="outlet", value="Karvenische Post").status_code == 303
    assert desk.decide("withdraw", article).status_code == 303
    assert [(j.verdict, j.field, j.value) for j in desk.log] == [
        (Verdict.CORRECT, "dct", "2021-05-03"),
        (Verdict.CORRECT, "outlet", "Karvenische Post"),
        (Verdict.WITHDRAW, None, None),
    ]


def test_who_may_only_read_sees_what_was_decided_and_no_forms(
    desk: Desk, told: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.decide("tick", told.id)
    monkeypatch.setattr(User, "may", lambda _self, needed: needed == "reader")
    shown = desk.page(page_of(told.id))
    assert shown.cssselect("#deciding .ticked")
    assert not shown.cssselect("#deciding form")
    log = desk.page("/decisions")
    assert log.cssselect("ol.log > li")
    assert not log.cssselect('form[method="post"][action="/decisions"]')


def test_the_log_says_who_what_and_whether_it_counts(desk: Desk, told: Event) -> None:
    desk.decide("tick", told.id)
    desk.decide("note", told.id, note="=1+1")
    note = desk.log[-1]
    desk.decide("undo", note.id)
    listed = desk.page("/decisions").cssselect("ol.log > li")
    assert [one.get("id") for one in listed] == [j.id for j in reversed(desk.log)]
    assert "undone" in (listed[1].get("class") or "")
    assert not listed[1].cssselect("form")
    assert "notiert" in listed[0].text_content()
    assert listed[2].cssselect("form")
    assert listed[2].cssselect(f'a[href="{page_of(told.id)}"]')


def test_the_log_is_filtered_by_person_kind_state_and_thing(desk: Desk, told: Event) -> None:
    entity = desk.archive.linked().entities[0]
    desk.decide("tick", told.id)
    desk.decide("note", entity.id, note="Wer ist das?")
    author = desk.log[0].author
    assert len(desk.page(f"/decisions?author={author}").cssselect("ol.log > li")) == 2
    assert not desk.page("/decisions?author=Niemand").cssselect("ol.log > li")
    assert len(desk.page("/decisions?verdict=note").cssselect("ol.log > li")) == 1
    assert not desk.page("/decisions?state=undone").cssselect("ol.log > li")
    (about,) = desk.page(f"/decisions?about={entity.id}").cssselect("ol.log > li")
    assert "Wer ist das?" in about.text_content()
    assert not desk.page("/decisions?to=2020-01-01").cssselect("ol.log > li")


def test_the_log_is_exported_with_formulas_disarmed(desk: Desk, told: Event) -> None:
    desk.decide("note", told.id, note="=HYPERLINK(1)")
    answer = desk.client.get("/decisions/export?format=csv")
    assert "attachment" in answer.headers["content-disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["note"], row["subject"], row["state"]) == ("'=HYPERLINK(1)", told.id, "in-force")
    (line,) = desk.client.get("/decisions/export?format=jsonl").text.splitlines()
    assert json.loads(line)["note"] == "=HYPERLINK(1)"
    assert desk.client.get("/decisions/export?format=exe").status_code == 400


def test_a_decision_of_several_parts_is_one_entry_and_exported_whole(desk: Desk, told: Event) -> None:
    desk.decide("reject", told.id)
    assert len(desk.log) > 1
    (entry,) = desk.page("/decisions").cssselect("ol.log > li")
    assert f"({len(desk.log)} Teile)" in entry.text_content()
    lines = desk.client.get("/decisions/export?format=jsonl").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [j.id for j in desk.log]


def test_words_of_people_are_text(desk: Desk, told: Event) -> None:
    desk.decide("note", told.id, note="<script>alert(1)</script>")
    for path in (page_of(told.id), "/decisions"):
        answer = desk.client.get(path)
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert" in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"verdict": "destroy", "subject": "evm-0000000000000000"},
        {"verdict": "tick"},
        {"verdict": "tick", "subject": "irgendwer"},
        {"verdict": "same", "subject": "ent-0000000000000000", "other": "../x"},
        {"verdict": "tick", "subject": ["evm-0000000000000000", "evm-1111111111111111"]},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(desk: Desk, fields: dict[str, object]) -> None:
    assert desk.post("/decisions", fields).status_code == 400
    assert not desk.log


def test_a_form_without_its_token_changes_nothing(desk: Desk, told: Event) -> None:
    answer = desk.client.post("/decisions", data={"verdict": "tick", "subject": told.id}, follow_redirects=False)
    assert answer.status_code == 403
    assert not desk.log


@pytest.mark.parametrize("back", ["//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:x"])
def test_one_is_sent_back_to_a_page_of_ours_alone(desk: Desk, told: Event, back: str) -> None:
    location = desk.decide("tick", told.id, back=back).headers["location"]
    assert location.startswith("/?done=")


def test_going_back_keeps_the_address_and_names_what_was_done() -> None:
    assert back_with("/entities/ent-1?part=x&done=jdg-0#said", ["jdg-1"]) == "/entities/ent-1?part=x&done=jdg-1#said"
    assert back_with("/events/evm-1", ["jdg-1", "jdg-2"]) == "/events/evm-1?done=jdg-1#deciding"


@given(st.dates())
def test_german_dates_are_turned_round(day: date) -> None:
    iso = day.isoformat()
    assert dated(f"{day.day}.{day.month}.{day.year:04d}") == iso
    assert dated(f"{day:%d}. {day:%m}. {day.year:04d}") == iso
    assert dated(f"{day.month}.{day.year:04d}") == iso[:7]
    assert dated(iso) == iso


@given(st.text(max_size=30))
def test_what_is_no_date_is_left_as_it_is(text: str) -> None:
    assert dated(text) in {None, text.strip()} or any(c.isdecimal() for c in text)
