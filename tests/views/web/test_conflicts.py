"""The pages of conflicts: both sides, who takes part, the order of the reports, what was decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from quellenlage.model import Conflict, ConflictGrade, ConflictKind, DateInterval, EntityKind, Verdict, make_judgement
from quellenlage.store import open_archive
from quellenlage.views.holdings import Holdings, read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.clashes_course import course
from quellenlage.views.wording.lines import side_figure, side_value


@pytest.fixture(scope="module")
def holdings(sample_path: Path) -> Holdings:
    archive = open_archive(str(sample_path))
    try:
        return read_holdings(archive)
    finally:
        archive.close()


@pytest.fixture(scope="module")
def widest(holdings: Holdings) -> Conflict:
    return max(holdings.linked.conflicts, key=lambda c: len({s.evidence.article for s in c.sides}))


def read(client: TestClient, address: str, lang: str = "de") -> html.HtmlElement:
    answer = client.get(address, headers={"accept-language": lang})
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def listed(client: TestClient, address: str) -> list[str]:
    return [one.get("id") for one in read(client, address).cssselect("article.conflict")]


def test_all_are_listed_the_most_serious_first(client: TestClient, holdings: Holdings) -> None:
    found = listed(client, "/conflicts")
    assert Counter(found) == Counter(c.id for c in holdings.linked.conflicts)
    grades = {c.id: c.grade for c in holdings.linked.conflicts}
    order = [ConflictGrade.CONTRADICTION, ConflictGrade.TENSION, ConflictGrade.PRECISION]
    places = [order.index(grades[one]) for one in found]
    assert places == sorted(places)


@pytest.mark.parametrize("order", ["time", "-time"])
def test_in_order_of_the_days_of_their_events(client: TestClient, holdings: Holdings, order: str) -> None:
    event_of = {c.id: c.event for c in holdings.linked.conflicts}
    days = [holdings.events[event_of[one]].earliest for one in listed(client, f"/conflicts?order={order}")]
    known = [day for day in days if day]
    assert len(known) > 1
    assert known == sorted(known, reverse=order == "-time")


@pytest.mark.parametrize("kind", list(ConflictKind))
def test_filters_narrow(client: TestClient, holdings: Holdings, kind: ConflictKind) -> None:
    assert set(listed(client, f"/conflicts?kind={kind}")) == {c.id for c in holdings.linked.conflicts if c.kind is kind}


def test_choices_of_one_filter_can_be_added_to_each_other(client: TestClient) -> None:
    page = read(client, "/conflicts?kind=number")
    offered = {box.get("value") for box in page.cssselect("input[name=kind]")}
    assert {"number", "happened"} <= offered


def parties(conflict: Conflict, holdings: Holdings) -> tuple[str, ...]:
    event = holdings.events[conflict.event]
    return (*event.actors, *event.recipients)


def test_who_takes_part_is_found_in_any_spelling(client: TestClient, holdings: Holdings) -> None:
    people = {e.id: e for e in holdings.linked.entities if e.kind is EntityKind.PER and len(e.spellings) > 1}
    counted = Counter(one for c in holdings.linked.conflicts for one in parties(c, holdings) if one in people)
    who = people[counted.most_common(1)[0][0]]
    wanted = {c.id for c in holdings.linked.conflicts if who.id in parties(c, holdings)}
    for value in (who.id, who.name, " ".join(reversed(who.name.split())), who.name.replace("k", "c", 1)):
        assert set(listed(client, f"/conflicts?actor={value}")) == wanted, value
    page = read(client, f"/conflicts?actor={who.id}")
    assert who.name in page.cssselect("ul.chosen")[0].text_content()
    assert page.cssselect(f'input[type=hidden][name=actor][value="{who.id}"]')


def test_whom_nobody_bears_takes_part_in_nothing(client: TestClient) -> None:
    page = read(client, "/conflicts?actor=Xqzzv")
    assert not page.cssselect("article.conflict")
    assert "Xqzzv" in page.cssselect(".notice.warn")[0].text_content()


def test_every_side_is_quoted(client: TestClient, holdings: Holdings) -> None:
    for conflict in holdings.linked.conflicts:
        page = read(client, page_of(conflict.id))
        told = " ".join(page.cssselect(".values")[0].text_content().split())
        for side in conflict.sides:
            cited = holdings.cite(side.evidence.article).label
            assert cited in told
        assert page.cssselect("h1")


def test_reports_stand_in_order_of_time(client: TestClient, holdings: Holdings) -> None:
    for conflict in holdings.linked.conflicts:
        rows = read(client, page_of(conflict.id)).cssselect("#course tbody tr")
        found = course(conflict, holdings, words_for("de"))
        assert len(rows) in {0, len(found.reports)}
        assert len(found.reports) >= len({s.evidence.article for s in conflict.sides})
        cited = [holdings.cite(row.cssselect("a")[-1].get("href").split("/")[2].partition("?")[0]) for row in rows]
        known = [one.published.earliest for one in cited if one.published and not one.open_end]
        assert known == sorted(known)


DAYS = st.builds(
    lambda first, length: DateInterval(
        date(2024, 1, 1) + timedelta(first), date(2024, 1, 1) + timedelta(first + length)
    ),
    st.integers(0, 400),
    st.integers(0, 40),
)


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_all_reports_with_a_day_are_drawn_within_the_time(
    holdings: Holdings, widest: Conflict, data: st.DataObject
) -> None:
    articles = sorted({s.evidence.article for s in widest.sides})
    days = {one: data.draw(st.none() | DAYS) for one in articles}
    citations = {one: replace(holdings.cite(one), published=found, open_end=False) for one, found in days.items()}
    held = Holdings(holdings.linked, holdings.citations | citations, [], {}, holdings.sentences)
    found = course(widest, held, words_for("de"))
    told = {(s.evidence.article, side_value(widest, s.value, held, words_for("de"))) for s in widest.sides}
    assert len(found.reports) == len(told)
    marks = [mark for _, row in found.rows for mark in row]
    if found.rows:
        assert sum(mark.count for mark in marks) == sum(days[article] is not None for article, _ in told)
    assert all(0 <= mark.x <= 100 and 0 < mark.width <= 100 and mark.x + mark.width <= 100.02 for mark in marks)


def test_what_was_decided_and_taken_back_is_told_newest_first(
    own_client: TestClient, own_path: Path, widest: Conflict
) -> None:
    archive = open_archive(str(own_path))
    note = "Zwei Zählungen <b>derselben</b> Stelle"
    when, later = "2024-07-01T08:00:00+00:00", "2024-07-02T09:30:00+00:00"
    settled = make_judgement(Verdict.SETTLE, widest.id, note=note, made_at=when, author="Petra Lind")
    archive.add_judgement(settled)
    archive.add_judgement(make_judgement(Verdict.UNDO, settled.id, made_at=later, author="Jon Abel"))
    archive.close()
    page = read(own_client, page_of(widest.id))
    newest, oldest = page.cssselect("#history li")
    assert "2. Juli 2024, 09:30, Jon Abel" in newest.text_content()
    assert note in oldest.text_content()
    assert "gilt nicht mehr" in oldest.text_content()
    assert "gone" in (oldest.get("class") or "")
    assert "gone" not in (newest.get("class") or "")


def test_the_part_that_htmx_asks_for_names_what_was_chosen_alone(client: TestClient) -> None:
    answer = client.get("/conflicts?actor=&from=&to=&grade=tension", headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == "/conflicts?grade=tension"
    assert "<html" not in answer.text


@pytest.mark.parametrize("value", ['"><script>alert(1)</script>', "\x00", "%", "a" * 3000, "ent-"])
def test_hostile_values_are_words(client: TestClient, value: str) -> None:
    for name in ("actor", "story", "kind", "grade", "state", "order", "from"):
        answer = client.get("/conflicts", params={name: value})
        assert answer.status_code == 200, name
        assert "<script>alert" not in answer.text
    assert client.get(f"/conflicts/{'x' * 300}").status_code == 404


def test_numbers_are_drawn_in_the_order_of_their_reports(client: TestClient, holdings: Holdings) -> None:
    drawn = 0
    for conflict in holdings.linked.conflicts:
        bars = read(client, page_of(conflict.id)).cssselect(".ranges")
        figures = [side for side in conflict.sides if side_figure(conflict, side, holdings)]
        assert len(bars) in {0, 1}
        if bars:
            assert len(bars[0].cssselect("svg .point, svg .range")) == len(bars[0].cssselect("li")) == len(figures)
            drawn += 1
        assert bool(bars) is (len(figures) > 1)
    assert drawn


def test_both_languages(client: TestClient, widest: Conflict) -> None:
    assert "In the order of the reports" in read(client, page_of(widest.id), "en").text_content()
    assert "In der Folge der Berichte" in read(client, page_of(widest.id)).text_content()
