"""The draft check in the browser: verdicts beside sentences, ticks, files; kept for the session and nowhere else."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from lxml import html
from starlette.testclient import TestClient

from quellenlage.encoder import files as encoder_files
from quellenlage.errors import NotFound
from quellenlage.views.web.jobs import State
from quellenlage.views.web.shown import draft_desk
from quellenlage.views.web.shown.draft_desk import Check, Checks, Draft

TEXT = (
    "Die Beobachtermission soll höchstens 500 Frauen und Männer umfassen. "
    "Vier Transportschiffe machten am Morgen an der Nordmole fest.\n\n"
    "„Wir haben Gäste eingeladen, und sie sind gekommen“, sagte Präsident Nadir al-Kaswani am Kai. "
    "Am 17. September 2018 kamen 700 Soldaten aus Perkonien in den Hafen von Miren. "
    "Der Kanzler reist nächste Woche nach <b>Portugal</b>."
)


@pytest.fixture(scope="module", autouse=True)
def rules_alone() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(encoder_files.VARIABLE, encoder_files.Models.RULES)
        yield


def token(client: TestClient) -> str:
    (meta,) = html.fromstring(client.get("/draft").text).cssselect("meta[name=csrf]")
    return str(meta.get("content"))


def waited(found: Callable[[], Check], seconds: float = 120) -> Check:
    until = time.monotonic() + seconds
    while not (check := found()).state.ended:
        assert time.monotonic() < until
        time.sleep(0.05)
    return check


def checks_of(client: TestClient) -> Checks:
    checks: Checks = client.app.state.checks  # type: ignore[attr-defined]  # of the server
    return checks


@pytest.fixture(scope="module")
def where(client: TestClient) -> str:
    """Address of a draft that was checked."""
    data = {"csrf": token(client), "text": TEXT, "day": "2024-06-03"}
    answer = client.post("/draft", data=data, files={"file": ("", b"")}, follow_redirects=False)
    assert answer.status_code == 303
    place = answer.headers["location"]
    assert waited(lambda: checks_of(client).find(place.rpartition("/")[2], "")).state is State.DONE
    return str(place)


def rows(client: TestClient, where: str, lang: str = "de") -> list[html.HtmlElement]:
    shown = html.fromstring(client.get(where, headers={"accept-language": lang}).text)
    return list(shown.cssselect(".draft-row"))


def test_each_sentence_has_its_verdict_in_form_and_word(client: TestClient, where: str) -> None:
    shown = rows(client, where)
    assert [row.cssselect(".verdict")[0].text_content().split()[2:] for row in shown] == [
        ["Zahl", "stimmt", "nicht"], ["belegt"], ["Zitat", "nicht", "wörtlich"],
        ["vielleicht:", "Zahl", "stimmt", "nicht"], ["nichts", "gefunden"],
    ]  # fmt: skip
    assert [row.get("class").split()[1] for row in shown] == ["bad", "good", "bad", "unsure", "unfound"]
    assert [row.cssselect(".verdict-sign")[0].text for row in shown] == ["✗", "✓", "✗", "?", "○"]
    assert "".join(row.cssselect(".sentence")[0].text_content() for row in shown).replace(" ", "") == (
        TEXT.replace("\n", "").replace(" ", "")
    )
    assert "opens" in shown[2].get("class")


def test_a_wrong_number_stands_beside_the_right_one_with_its_sentence(client: TestClient, where: str) -> None:
    row = rows(client, where)[0]
    assert row.cssselect(".sentence mark")[0].text == "500 Frauen"
    assert "200 Frauen" in row.cssselect(".instead")[0].text_content()
    link = row.cssselect(".cited a.open")[0]
    article = html.fromstring(client.get(link.get("href")).text)
    assert link.cssselect(".exact")[0].text_content() in article.text_content()


def test_an_inexact_quotation_is_compared_word_by_word(client: TestClient, where: str) -> None:
    row = rows(client, where)[2]
    for part in row.cssselect(".difference .off"):
        part.drop_tree()
    assert [one.text_content() for one in row.cssselect(".difference del")] == ["Gäste"]
    assert [one.text_content() for one in row.cssselect(".difference ins")] == ["Freunde"]
    assert "Wir haben Freunde eingeladen" in row.cssselect(".cited .exact")[0].text_content()


def test_the_words_of_the_draft_are_text(client: TestClient, where: str) -> None:
    shown = client.get(where).text
    assert "<b>Portugal" not in shown
    assert "&lt;b&gt;Portugal&lt;/b&gt;" in shown


def test_a_tick_says_who_and_when_and_can_be_taken_back(client: TestClient, where: str) -> None:
    csrf = token(client)
    client.post(f"{where}/tick", data={"csrf": csrf, "number": "2", "on": "yes"})
    row = rows(client, where)[1]
    assert "ticked" in row.get("class").split()
    assert "Abgehakt von" in row.cssselect(".ticked-by")[0].text_content()
    part = client.post(f"{where}/tick", data={"csrf": csrf, "number": "2", "on": "no"}, headers={"hx-request": "true"})
    assert "<html" not in part.text
    assert "0 von 5 Sätzen abgehakt" in part.text
    assert "ticked" not in rows(client, where)[1].get("class").split()
    assert client.post(f"{where}/tick", data={"csrf": csrf, "number": "9", "on": "yes"}).status_code == 404


@pytest.mark.parametrize("form", ["docx", "html", "md"])
def test_the_file_has_findings_sources_and_who_ticked_off(client: TestClient, where: str, form: str) -> None:
    csrf = token(client)
    client.post(f"{where}/tick", data={"csrf": csrf, "number": "1", "on": "yes"})
    answer = client.get(f"{where}/{form}")
    assert answer.headers["content-disposition"].startswith('attachment; filename="gepruefter-entwurf-die-beobachter')
    if form == "docx":
        document = docx.Document(io.BytesIO(answer.content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    elif form == "html":
        assert b"http" not in answer.content.lower().replace(b"http-equiv", b"")
        text = html.fromstring(answer.content.decode()).text_content()
    else:
        text = answer.text
    for told in ("500 Frauen", "200 Frauen", "Zahl stimmt nicht", "Abgehakt von", "Nicht abgehakt", "Hafenbote"):
        assert told in text
    assert "1 von 5 Sätzen" in text
    client.post(f"{where}/tick", data={"csrf": csrf, "number": "1", "on": "no"})
    assert client.get(f"{where}/exe").status_code == 404


def test_english_says_the_same(client: TestClient, where: str) -> None:
    told = [row.cssselect(".verdict")[0].text_content() for row in rows(client, where, "en")]
    assert "wrong number" in told[0] or "number" in told[0]


def test_a_file_is_read_as_articles_are(client: TestClient) -> None:
    made = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Die Beobachtermission soll höchstens 500 Frauen und Männer umfassen.")
    document.save(made)
    answer = client.post(
        "/draft",
        data={"csrf": token(client)},
        files={"file": ("Entwurf.docx", made.getvalue())},
        follow_redirects=False,
    )
    identifier = answer.headers["location"].rpartition("/")[2]
    check = checks_of(client).find(identifier, "")
    assert check.draft.title == "Entwurf.docx"
    assert "höchstens 500 Frauen" in check.draft.text
    client.post(f"/draft/{identifier}/forget", data={"csrf": token(client)})
    assert client.get(f"/draft/{identifier}").status_code == 404


@pytest.mark.parametrize(
    ("data", "file", "told"),
    [
        ({"text": " \n"}, ("", b""), "Es ist kein Entwurf da."),
        ({"text": "Etwas.", "day": "gestern"}, ("", b""), "Der Tag des Entwurfs ist keiner."),
        ({"text": "x" * 400_001}, ("", b""), "Der Entwurf ist zu lang."),
        ({}, ("a.docx", b"PK\x03\x04kaputt"), "a.docx"),
    ],
)
def test_what_cannot_be_checked_is_told(
    client: TestClient, data: dict[str, str], file: tuple[str, bytes], told: str
) -> None:
    answer = client.post("/draft", data={"csrf": token(client), **data}, files={"file": file})
    assert answer.status_code == 400
    assert told in html.fromstring(answer.text).cssselect("[role=alert]")[0].text_content()


def test_nothing_of_a_draft_reaches_the_disk(client: TestClient, where: str, sample_path: Path) -> None:
    for path in sample_path.parent.iterdir():
        if path.is_file():
            assert b"700 Soldaten aus Perkonien in den Hafen" not in path.read_bytes(), path


def test_another_session_sees_nothing_of_it(client: TestClient, where: str) -> None:
    with pytest.raises(NotFound):
        checks_of(client).find(where.rpartition("/")[2], "another")
    assert checks_of(client).of("another") == []


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[Checks]:
    checks = Checks(str(tmp_path / "x.db"), command=[sys.executable, "-c", "import sys; sys.exit('no memory')"])
    yield checks
    checks.close()


def test_a_process_that_ends_takes_no_other_draft_with_it(failing: Checks) -> None:
    both = [failing.begin(Draft("Ein Satz.", "t"), "me", "me").id for _ in range(2)]
    for one in both:
        check = waited(lambda one=one: failing.find(one, "me"), 30)  # type: ignore[misc]  # bound now
        assert check.state is State.FAILED
        assert check.failure is not None
        assert "no memory" in str(check.failure.said)


def test_drafts_go_after_their_time_and_when_there_are_too_many(tmp_path: Path) -> None:
    now = [0.0]
    checks = Checks(
        str(tmp_path / "x.db"), command=[sys.executable, "-c", "input()"], steady=lambda: now[0]
    )  # fmt: skip
    try:
        made = [checks.begin(Draft(f"Satz {n}.", "t"), "me", "me").id for n in range(draft_desk.EACH + 2)]
        assert [one.id for one in checks.of("me")] == list(reversed(made[2:]))
        with pytest.raises(NotFound):
            checks.find(made[0], "me")
        now[0] = draft_desk.LASTS
        assert checks.of("me") == []
    finally:
        checks.close()


def test_a_draft_that_goes_while_it_is_checked_makes_way_for_the_next(tmp_path: Path) -> None:
    """Whoever looked at the list let the running one go, and nothing was checked any more."""
    now = [0.0]
    hanging = "import sys\nfor line in sys.stdin:\n    pass"
    checks = Checks(str(tmp_path / "x.db"), command=[sys.executable, "-c", hanging], steady=lambda: now[0])
    try:
        checks.begin(Draft("Eins.", "t"), "me", "me")
        now[0] = draft_desk.LASTS / 2
        waits = checks.begin(Draft("Zwei.", "t"), "other", "other").id
        assert checks.find(waits, "other").state is State.QUEUED
        now[0] = draft_desk.LASTS
        assert checks.find(waits, "other").state is State.RUNNING
    finally:
        checks.close()


ANSWERING = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    text = asked["payload"]["text"]
    draft = {"text": text, "sentences": [], "checked_to": len(text), "dct": None}
    print(json.dumps({"job": asked["job"], "report": {"draft": draft}}), flush=True)
"""


def test_a_process_that_rests_ends_and_another_comes_with_the_next_draft(tmp_path: Path) -> None:
    checks = Checks(str(tmp_path / "x.db"), command=[sys.executable, "-c", ANSWERING], rests=0.05)
    try:
        for _ in range(2):
            made = checks.begin(Draft("Ein Satz.", "t"), "me", "me")
            assert waited(lambda made=made: checks.find(made.id, "me"), 60).state is State.DONE  # type: ignore[misc]
            until = time.monotonic() + 20
            while checks.working:
                assert time.monotonic() < until
                time.sleep(0.02)
    finally:
        checks.close()
