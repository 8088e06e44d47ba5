"""Whose words a person says that a claim's are is shown as that person's word; what was read stays beside it."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from starlette.testclient import TestClient
from tests.views.web.deciding_help import Desk, deciding

from quellenlage.execution import build
from quellenlage.model import in_force
from quellenlage.views.cli.clock import moment
from quellenlage.views.cli.lines import claim_lines
from quellenlage.views.dossier.contents import make_dossier
from quellenlage.views.exports.formats import RENDERERS
from quellenlage.views.exports.jsonl import records
from quellenlage.views.exports.jsonld import nodes
from quellenlage.views.exports.parquet import parquet_files
from quellenlage.views.exports.part import part_of
from quellenlage.views.exports.tables import csv_files
from quellenlage.views.holdings import ClaimLine, Selection, read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.mcp.tools import Tools
from quellenlage.views.web.links import page_of

WORDS = words_for("de")
MARK = "(von Hand berichtigt)"
WHY = "Mitschnitt gehört"


@pytest.fixture
def desk(own_client: TestClient, own_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with deciding(own_client, own_path, monkeypatch) as made:
        yield made


@pytest.fixture
def told(desk: Desk) -> ClaimLine:
    """A claim within another one of the same speaker, told on through somebody."""
    lines = [c for c in read_holdings(desk.archive, claims=True).claims if len(c.chain) > 1 and c.chain[0]]
    return next(
        c
        for c in lines
        if any(
            o.key != c.key
            and o.article == c.article
            and o.chain == c.chain
            and o.evidence[0].span.overlaps(c.evidence[0].span)
            for o in lines
        )
    )


def correct(desk: Desk, told: ClaimLine, name: str, **more: str | list[str]) -> None:
    fields = {"field": "speaker", "q": name, "note": WHY, "back": page_of(told.key), **more}
    subjects = fields.pop("subject", [])
    answer = desk.post("/decisions", {"verdict": "correct", "subject": [told.key, *subjects], **fields})
    assert answer.status_code == 303, answer.text[:300]
    build(desk.archive, clock=moment)


def text_of(desk: Desk, path: str, selector: str) -> str:
    return " ".join(" ".join(one.text_content() for one in desk.page(path).cssselect(selector)).split())


def read_of(desk: Desk, told: ClaimLine) -> str:
    return read_holdings(desk.archive).name(told.chain[0][0])


def other_person(desk: Desk, told: ClaimLine) -> str:
    """The surname of somebody of the archive that nobody else there has."""
    people = [e for e in desk.archive.linked().entities if e.kind.value == "PER" and len(e.name.split()) == 2]
    words = [word for e in desk.archive.linked().entities for s in {e.name, *e.spellings} for word in set(s.split())]
    one = next(e for e in people if e.id not in told.chain[0] and words.count(e.name.split()[1]) == 1)
    return one.name


def test_pages_show_the_correction_as_a_persons_word_beside_what_was_read(desk: Desk, told: ClaimLine) -> None:
    read, right = read_of(desk, told), other_person(desk, told)
    assert "Sicherheit so gelesen" in text_of(desk, page_of(told.key), "header")
    correct(desk, told, right.split()[1])  # the surname alone is enough
    (made, *_) = desk.log
    assert made.value == right
    header = text_of(desk, page_of(told.key), "article.claim-page header.head")
    for words in (f"{right} {MARK}", f"gelesen war: {read}", made.author, WHY):
        assert words in header, words
    assert "Sicherheit" not in header
    assert desk.page(page_of(told.key)).cssselect('#deciding form:has(input[name="q"]) input[name="note"]')

    (item,) = desk.page(f"/articles/{told.article}").cssselect(
        f'.mark-entry:has(a.page-of[href="{page_of(told.key)}"])[id^="x-c"]'
    )
    words = " ".join(item.text_content().split())
    assert f"{right} {MARK}" in words
    assert f"gelesen war: {read}" in words
    assert [a.get("href") for a in item.cssselect(".trail li:first-child a")] == [
        page_of(desk.archive.entities_named(right)[0])
    ]
    for path in ("/claims?article=" + told.article, "/claims?view=statements&article=" + told.article):
        listed = text_of(desk, path, "ol.claims")
        assert f"{right} {MARK}" in listed
        assert f"gelesen war: {read}" in listed
    statement = read_holdings(desk.archive).statement_of[told.key]
    page = text_of(desk, page_of(statement.id), "article")
    assert f"{right} {MARK}" in page
    assert f"gelesen war: {read}" in page


def test_taking_it_back_restores_everything(desk: Desk, told: ClaimLine) -> None:
    before = desk.archive.linked()
    correct(desk, told, other_person(desk, told))
    assert desk.archive.linked() != before
    (made, *_) = in_force(desk.log)
    assert desk.decide("undo", made.id).status_code == 303
    build(desk.archive, clock=moment)
    assert desk.archive.linked() == before
    assert told in read_holdings(desk.archive, claims=True).claims
    assert MARK not in text_of(desk, page_of(told.key), "article")


def test_claims_of_the_same_words_are_corrected_with_it(desk: Desk, told: ClaimLine) -> None:
    boxes = desk.page(page_of(told.key)).cssselect('#deciding input[type="checkbox"][name="subject"]')
    others = [str(box.get("value")) for box in boxes]
    assert others
    assert told.key not in others
    assert all(box.get("checked") is not None for box in boxes)
    assert desk.page(page_of(told.key)).cssselect(f'#deciding a[href="{page_of(others[0])}#deciding"]')
    right = other_person(desk, told)
    correct(desk, told, right, subject=others)
    lines = {c.key: c for c in read_holdings(desk.archive, claims=True).claims}
    for key in (told.key, *others):
        line = lines[key]
        assert line.chain[0] == (desk.archive.entities_named(right)[0],)
        assert line.chain[1:] == told.chain[1:]
        assert line.corrected
        assert line.corrected.read == told.chain[0]


def test_several_of_a_name_are_offered(desk: Desk, told: ClaimLine) -> None:
    names = ["Wadim Scheludko", "Arkadi Scheludko"]
    wish = {"verdict": "correct", "field": "speaker", "subject": told.key, "part": "claim", "note": WHY}
    answer = desk.post("/decisions", {**wish, "q": "Scheludko"}, htmx=True)
    assert answer.status_code == 400
    assert desk.log == []
    shown = html.unescape(answer.text)
    for value in (*names, "=Scheludko"):
        assert f'name="value" value="{value}"' in shown, value
    assert f'name="note" value="{WHY}"' in shown
    assert desk.post("/decisions", {**wish, "value": names[1]}, htmx=True).status_code == 200
    assert [(one.value, one.note) for one in desk.log] == [(names[1], WHY)]


def test_a_name_that_the_archive_does_not_know_is_text_without_identifier(desk: Desk, told: ClaimLine) -> None:
    correct(desk, told, "Ottokar Niegehört")
    answer = desk.client.get(f"/api/v1/claims/{told.key}").json()
    assert answer["chain"][0] == [{"id": None, "name": "Ottokar Niegehört"}]
    (head,) = desk.page(page_of(told.key)).cssselect("header.head h1")
    assert "Ottokar Niegehört" in head.text_content()
    assert [a.text_content() for a in head.cssselect("a")] == [
        read_holdings(desk.archive).name(one) for link in told.chain[1:] for one in link
    ]


def test_every_other_view_says_that_the_speaker_was_corrected(desk: Desk, told: ClaimLine) -> None:
    read, right = read_of(desk, told), other_person(desk, told)
    correct(desk, told, right)
    holdings = read_holdings(desk.archive, claims=True)
    line = next(c for c in holdings.claims if c.key == told.key)

    (record,) = [r for r in records(desk.archive) if r.get("id") == told.key]
    said = record["corrected"]
    assert (said["field"], said["value"], said["note"]) == ("speaker", right, WHY)
    assert said["read"] == [{"id": told.chain[0][0], "name": read}]
    answer = desk.client.get(f"/api/v1/claims/{told.key}").json()
    assert answer["corrected"] == json.loads(json.dumps(said))

    content = b"".join(dict(csv_files(holdings))["claims.csv"]).decode("utf-8-sig")
    (row,) = [r for r in csv.DictReader(io.StringIO(content)) if r["id"] == told.key]
    assert row["speaker_read"] == read
    assert row["corrected"].startswith(f"speaker = {right} (")
    table = pq.read_table(io.BytesIO(b"".join(dict(parquet_files(holdings))["claims.parquet"])))
    (packed,) = [r for r in table.to_pylist() if r["id"] == told.key]
    assert packed["speaker_read"] == [read]

    printed = "\n".join(claim_lines(line, holdings, WORDS))
    assert f"{right} {MARK}" in printed
    assert f"gelesen war: {read}" in printed
    assert "Sicherheit" not in printed
    (node,) = [n for n in nodes(part_of(holdings), holdings, []) if n["id"] == f"q:{told.key}"]
    assert node["corrected"]["value"] == right
    (found,) = [c for c in Tools(desk.archive).claims(speaker=right, limit=50).claims if c.claim == told.key]
    assert f"gelesen war: {read}" in found.corrected
    made = make_dossier(holdings, Selection(), WORDS)
    for form in ("md", "html"):
        content = html.unescape(RENDERERS[form](made).decode()).replace("\\", "")
        assert f"gelesen war: {read}" in content, form
        assert WHY in content, form
