"""The chronicle in the browser: the list is what the drawing draws, under every filter, and the address says which."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from starlette.testclient import TestClient

from quellenlage.model import Archive
from quellenlage.model.listing import EntityQuestion, LineQuestion
from quellenlage.store import open_archive

_ENTRY = re.compile(r'<li class="entry [^"]*" id="(evm-[0-9a-f]+)"')


@pytest.fixture(scope="module")
def archive(sample_path: Path) -> Any:
    opened = open_archive(str(sample_path))
    yield opened
    opened.close()


def _listed(client: TestClient, address: str) -> list[str]:
    """Identifiers of all lines of a list, over all of its pages."""
    found: list[str] = []
    for _ in range(20):
        answer = client.get(address)
        assert answer.status_code == 200
        found += _ENTRY.findall(answer.text)
        following = re.search(r'rel="next" href="([^"]+)"', answer.text)
        if not following:
            break
        address = unescape(following[1])
    return found


def _drawn(client: TestClient, query: str) -> dict[str, Any]:
    answer = client.get(f"/chronicle/marks?{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


QUERIES = (
    "",
    "from=2021-01-01&to=2022-12-31",
    "factuality=planned&factuality=alleged",
    "type=ASSAULT&type=DEATH",
    "certainty=conflict",
    "certainty=several",
    "certainty=origins&certainty=conflict",
    "q=Treffen",
    "outlet=Knall",
    "lanes=actor&from=2018-01-01",
    "lanes=place",
)


@pytest.mark.parametrize("query", QUERIES)
def test_the_list_is_what_is_drawn(client: TestClient, archive: Archive, query: str) -> None:
    listed = _listed(client, f"/chronicle?{query}")
    drawn = _drawn(client, query)
    marks = [mark["id"] for mark in drawn["marks"]]
    assert listed[: len(marks)] == marks
    assert [mark["n"] for mark in drawn["marks"]] == list(range(len(marks)))
    undated = {line.event for line in archive.lines(LineQuestion(dated=False), limit=1000).items}
    assert set(listed[len(marks) :]) <= undated
    assert len(set(listed)) == len(listed)
    assert marks or query == "outlet=Knall"


def test_marks_lie_over_exactly_their_days_and_in_lanes_that_are_there(client: TestClient, archive: Archive) -> None:
    drawn = _drawn(client, "")
    lines = {line.event: line for line in archive.lines(LineQuestion(dated=True), limit=1000).items}
    assert len(drawn["marks"]) == len(lines) == drawn["total"]
    for mark in drawn["marks"]:
        line = lines[mark["id"]]
        assert (mark["first"], mark["last"]) == (str(line.earliest), str(line.latest))
        assert mark["factuality"] == line.factuality
        assert mark["clash"] == (line.grade or "")
        assert mark["origins"] == line.origins
        assert 0 <= mark["lane"] < len(drawn["lanes"])
    assert drawn["span"] == [min(m["first"] for m in drawn["marks"]), max(m["last"] for m in drawn["marks"])]
    assert sum(bar[2] for bar in drawn["strip"]) == drawn["total"]


def test_lanes_of_actors_draw_each_event_once_and_tie_it_to_the_others(client: TestClient, archive: Archive) -> None:
    drawn = _drawn(client, "lanes=actor")
    lines = {line.event: line for line in archive.lines(LineQuestion(dated=True), limit=1000).items}
    tied = 0
    for mark in drawn["marks"]:
        line = lines[mark["id"]]
        for lane in (mark["lane"], *mark["ties"]):
            key = drawn["lanes"][lane]["id"]
            assert key == "rest" or key in (*line.actors, *line.recipients)
        tied += len(mark["ties"])
    assert tied


def test_too_many_marks_are_counted_instead(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quellenlage.views.web.shown.timeline.CAP", 5)
    drawn = _drawn(client, "columns=12")
    assert drawn["marks"] == []
    assert sum(bucket["count"] for bucket in drawn["buckets"]) == drawn["total"]
    for bucket in drawn["buckets"]:
        inside = _drawn(client, f"from={bucket['first']}&to={bucket['last']}")
        assert inside["total"] >= bucket["count"]
    by_place = _drawn(client, "columns=12&lanes=place")
    assert by_place["lanes"][0]["id"] == "all"
    assert sum(b["count"] for b in by_place["buckets"] if b["lane"] == 0) == by_place["total"]


def test_silences_hold_no_sharp_date(client: TestClient) -> None:
    drawn = _drawn(client, "")
    assert drawn["silences"]
    for silence in drawn["silences"]:
        assert re.match(r"\d.* lang nichts", silence["told"])
        for mark in drawn["marks"]:
            if mark["first"] == mark["last"]:
                assert not silence["first"] <= mark["first"] <= silence["last"]


def test_undated_lines_are_listed_apart_and_never_drawn(client: TestClient, archive: Archive) -> None:
    undated = [line.event for line in archive.lines(LineQuestion(dated=False), limit=1000).items]
    assert undated
    assert not {mark["id"] for mark in _drawn(client, "")["marks"]}.intersection(undated)
    page = client.get("/chronicle").text
    address = unescape(re.search(r'href="([^"]+#undated)"', page)[1])  # type: ignore[index]  # or the test fails
    last = client.get(address.partition("#")[0]).text
    assert 'id="undated"' in last
    assert "Ohne Datum" in last


def test_every_filter_stands_in_the_address_and_can_be_taken_away(client: TestClient, archive: Archive) -> None:
    actor = next(line.actors[0] for line in archive.lines(LineQuestion(dated=True), limit=50).items if line.actors)
    name = archive.entities_by_id([actor])[actor].name
    page = client.get(f"/chronicle?actor={actor}&from=2018-01-01&factuality=happened").text
    chips = re.search(r'<ul class="chips chosen".*?</ul>', page, re.DOTALL)[0]  # type: ignore[index]
    assert name in unescape(chips)
    hrefs = [unescape(one) for one in re.findall(r'<a class="chip" href="([^"]+)"', chips)]
    kept = [set(parse_qs(urlsplit(one).query)) for one in hrefs]
    assert sorted(map(sorted, kept)) == [["actor", "factuality"], ["actor", "from"], ["factuality", "from"]]
    assert f'value="{actor}" checked' in page
    assert 'name="from" value="2018-01-01"' in page


def test_a_name_that_was_typed_finds_whom_it_means(client: TestClient, archive: Archive) -> None:
    card = archive.entities(EntityQuestion(), limit=1).items[0]
    assert _listed(client, f"/chronicle?actor={card.name}") == _listed(client, f"/chronicle?actor={card.id}")
    offered = client.get("/chronicle/names", params={"actor": card.name[:4]}).text
    assert f'value="{card.name}"' in unescape(offered)


def test_what_is_not_understood_is_said(client: TestClient) -> None:
    page = unescape(client.get("/chronicle?type=NONSENSE&from=gestern&actor=Xyzzyqu").text)
    assert sorted(re.findall(r"<code>([^<]*)</code>", page)) == ["actor=Xyzzyqu", "from=gestern", "type=NONSENSE"]
    assert _ENTRY.search(page)


def test_counts_of_choices_are_those_of_the_lists_they_lead_to(client: TestClient) -> None:
    for group in ("story", "place", "type", "factuality", "certainty", "outlet", "origin"):
        page = client.get(f"/chronicle/choices?from=2018-01-01&group={group}").text
        counted = re.findall(r'value="([^"]+)".*?<span class="n">(\d+)</span></label>', page, re.DOTALL)
        assert len(counted) > 2
        for value, count in counted:
            params = {"from": "2018-01-01", group: unescape(value)}
            listed = _listed(client, f"/chronicle?{urlencode(params)}") if int(count) else []
            assert len(listed) == int(count), (group, value)
    assert client.get("/chronicle/choices?group=nonsense").status_code == 404


def test_a_filter_is_counted_as_if_it_alone_were_not_there(client: TestClient) -> None:
    free = client.get("/chronicle/choices?group=factuality&from=2018-01-01").text
    chosen = client.get("/chronicle/choices?group=factuality&from=2018-01-01&factuality=planned").text
    assert re.findall(r'class="n">(\d+)<', free) == re.findall(r'class="n">(\d+)<', chosen)
    assert 'value="planned" checked' in chosen


def test_htmx_gets_the_part_that_changes_with_its_address(client: TestClient) -> None:
    part = client.get("/chronicle?q=&from=&factuality=planned", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="chronicle"')
    assert "<html" not in part.text
    assert part.headers["HX-Push-Url"] == "/chronicle?factuality=planned"
    zoomed = client.get("/chronicle?from=2021-01-01", headers={"HX-Request": "true", "X-Zoom": "1"})
    assert zoomed.headers["HX-Replace-Url"] == "/chronicle?from=2021-01-01"


def test_without_script_there_is_a_picture_and_the_list(client: TestClient) -> None:
    page = client.get("/chronicle?type=ASSAULT").text
    source = unescape(re.search(r'<noscript><img src="([^"]+)"', page)[1])  # type: ignore[index]  # or the test fails
    picture = client.get(source)
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text.count("<rect") >= 1
    assert _ENTRY.search(page)


def test_what_is_left_open_is_what_the_command_line_prints(client: TestClient, archive: Archive) -> None:
    from quellenlage.story.gaps import find_gaps
    from quellenlage.views.holdings import read_holdings

    holdings = read_holdings(archive)
    published = {
        one.article: (one.published.earliest, one.published.latest)
        for one in holdings.citations.values()
        if one.published
    }
    expected = {gap.event for gap in find_gaps(holdings.linked, published) if gap.event}
    page = client.get("/chronicle/open").text
    assert expected
    assert set(_ENTRY.findall(page)) == expected
    assert page.count("nicht als geschehen gemeldet") >= len(expected)


def test_long_silences_lead_to_what_is_around_them(client: TestClient) -> None:
    page = client.get("/chronicle/open").text
    silences = re.search(r'<ul class="silences">.*?</ul>', page, re.DOTALL)[0]  # type: ignore[index]
    for href in re.findall(r'href="([^"]+)"', silences):
        assert _ENTRY.search(client.get(unescape(href)).text)


def test_what_changed_since_a_day(client: TestClient) -> None:
    everything = client.get("/chronicle?since=2000-01-01").text
    assert not re.search(r"<a [^>]*></a>", everything)
    page = unescape(client.get("/chronicle/changes?since=2023-01-01&by=published").text)
    assert "Neue Ereignisse" in page
    assert page.count('class="entry') > 3
    assert "Seit diesem Tag hat sich nichts geändert." in client.get("/chronicle/changes?since=2999-01-01").text
    assert "Das ist kein Tag: morgen" in client.get("/chronicle/changes?since=morgen").text


def test_numbers_out_of_range_are_refused(client: TestClient) -> None:
    assert client.get("/chronicle?offset=-1").status_code == 400
    assert client.get("/chronicle/marks?columns=100000").status_code == 400
    assert client.get("/chronicle?offset=99999").status_code == 200


def test_both_languages_say_everything(client: TestClient) -> None:
    english = client.get("/chronicle?lang=en").text
    assert "Lines without" not in english
    assert "mark by mark" in english
    assert "Zeichen für Zeichen" in client.get("/chronicle?lang=de").text
    client.cookies.clear()
