"""The page of the API shows every operation, and every line to try does what it says."""

from __future__ import annotations

import re
import shlex
from urllib.parse import urlsplit

import lxml.html
from starlette.testclient import TestClient

from quellenlage.views.api.document import TAGS, description, operations
from quellenlage.views.web.pages.reference import GROUPS
from quellenlage.views.web.shown.reference_said import PROBLEMS, SUMMARIES
from quellenlage.views.web.translation import translations

LANGS = ("de", "en")


def test_it_shows_every_operation_record_and_problem(client: TestClient) -> None:
    for lang in LANGS:
        page = lxml.html.fromstring(client.get("/reference", headers={"Accept-Language": lang}).text)
        told = {one.get("id") for one in page.cssselect("details.operation")}
        assert told == {operation["operationId"] for _, _, operation in operations(description())}
        anchors = {one.get("id") for one in page.cssselect("[id]")}
        linked = {one.get("href")[1:] for one in page.cssselect("main a[href^='#']")}
        assert linked <= anchors
        for _, _, operation in operations(description()):
            assert {f"problem-{status}" for status in operation["responses"] if status >= "400"} <= anchors
        assert not page.cssselect("script:not([src]), style, [style]")


def test_groups_are_those_of_the_description() -> None:
    assert set(GROUPS) == set(TAGS)
    assert {tag for _, _, operation in operations(description()) for tag in operation["tags"]} == set(TAGS)


def test_what_operations_do_is_said_in_the_language_of_the_page(client: TestClient) -> None:
    told = {operation["summary"] for _, _, operation in operations(description())}
    assert told == set(SUMMARIES)
    for lang in LANGS:
        page = lxml.html.fromstring(client.get("/reference", headers={"Accept-Language": lang}).text)
        shown = {one.text_content() for one in page.cssselect("details.operation > summary .summary")}
        assert shown == {translations(lang).gettext(one).replace("`", "") for one in told}
        assert len(shown) == len(told)


def test_every_problem_is_explained_in_the_language_of_the_page(client: TestClient) -> None:
    responses = [operation["responses"] for _, _, operation in operations(description())]
    meant = {status: answer["description"] for one in responses for status, answer in one.items() if status >= "400"}
    assert {"414", "421", "431"} <= meant.keys()
    assert set(meant.values()) == set(PROBLEMS)
    for lang in LANGS:
        page = lxml.html.fromstring(client.get("/reference", headers={"Accept-Language": lang}).text)
        for status, told in meant.items():
            (row,) = page.cssselect(f"#problem-{status}")
            assert row.cssselect("td")[-1].text_content() == translations(lang).gettext(told).replace("`", "")
            assert (translations(lang).gettext(told) == told) == (lang == "en")


def test_its_lines_can_be_tried(client: TestClient) -> None:
    """Those that read and name nothing made up."""
    page = lxml.html.fromstring(client.get("/reference").text)
    tried = 0
    for one in page.cssselect("details.operation"):
        (line,) = (code.text_content() for code in one.cssselect(".inside pre code"))
        command, *_, address = shlex.split(line)
        assert command == "curl"
        parts = urlsplit(address)
        assert parts.netloc == "127.0.0.1:8765"
        if one.cssselect(".method.get") and not re.search("0123456789abcdef", address):
            assert client.get(f"{parts.path}?{parts.query}").status_code == 200, line
            tried += 1
    assert tried >= 14
