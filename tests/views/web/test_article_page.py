"""The page of an article: the text as received, its layers, its head, versions, reprints; the list of articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.views.web.test_article_text import Read

from quellenlage.encoder import files
from quellenlage.execution import Decision, build, forget_person, forget_texts, judge
from quellenlage.execution import add as add_articles
from quellenlage.intake import IntakeOptions
from quellenlage.model import Document, Verdict
from quellenlage.store import SqlArchive, open_archive

NOW = "2024-06-02T12:00:00+00:00"


def clock() -> str:
    return NOW


class Column(Read):
    """The text content of the reading column alone."""

    def __init__(self) -> None:
        super().__init__()
        self.within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.within:
            self.within += 1
            self.elements.append((tag, dict(attrs)))
        elif dict(attrs).get("id") == "text":
            self.within = 1

    def handle_endtag(self, tag: str) -> None:
        self.within = max(0, self.within - 1)

    def handle_data(self, data: str) -> None:
        if self.within:
            self.parts.append(data)


def column(html: str) -> Column:
    found = Column()
    found.feed(html)
    return found


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.VARIABLE, files.Models.RULES)


@pytest.fixture(scope="module")
def documents(sample_path: Path) -> list[Document]:
    archive = open_archive(str(sample_path))
    try:
        return list(archive.documents())
    finally:
        archive.close()


def test_every_article_says_its_text_code_point_for_code_point(client: TestClient, documents: list[Document]) -> None:
    for document in documents:
        page = client.get(f"/articles/{document.article.id}")
        assert page.status_code == 200
        assert "".join(column(page.text).parts) == document.text


def test_it_opens_at_the_sentence_without_script(client: TestClient, documents: list[Document]) -> None:
    document = documents[0]
    sentence = document.sentences[3]
    page = client.get(f"/articles/{document.article.id}?at={sentence.start}-{sentence.end}")
    marks = [attrs for tag, attrs in column(page.text).elements if tag == "mark"]
    assert marks[0]["id"] == "at"
    assert page.text.count('id="at"') == 1
    inside = page.text.partition('id="at"')[2]
    assert sentence.span.of(document.text).split()[0] in inside[:400]


@pytest.mark.parametrize("at", ["5-2", "0-99999999", "x", "-1-3", "7"])
def test_a_place_that_is_not_there_is_said_to_be_none(client: TestClient, documents: list[Document], at: str) -> None:
    page = client.get(f"/articles/{documents[0].article.id}", params={"at": at})
    assert page.status_code == 200
    assert 'id="at"' not in page.text
    assert "gibt es in diesem Text nicht" in page.text


def test_layers_stand_in_the_address(client: TestClient, documents: list[Document]) -> None:
    here = f"/articles/{documents[0].article.id}"
    page = client.get(here, params={"layers": "names,times", "at": "0-5"}).text
    assert 'class="clipping show-names show-times"' in page
    assert f'href="{here}?layers=names,times,events&amp;at=0-5"' in page
    assert 'data-group="events" hidden' in page
    assert 'data-group="names" aria' in page
    assert 'class="clipping"' in client.get(here, params={"layers": "none"}).text


def test_everything_marked_has_its_entry_and_every_entry_its_mark(
    client: TestClient, documents: list[Document]
) -> None:
    for document in documents[:8]:
        page = client.get(f"/articles/{document.article.id}").text
        marked = {ref for _, attrs in column(page).elements for ref in (attrs.get("data-m") or "").split()}
        entries = {part.partition('"')[0] for part in page.split('data-entry="')[1:]}
        assert marked == entries


def test_a_quotation_tells_who_says_it_and_leads_on(client: TestClient, documents: list[Document]) -> None:
    document = next(d for d in documents if any(c.chain and c.quotation for c in d.claims))
    claim = next(c for c in document.claims if c.chain and c.quotation)
    page = client.get(f"/articles/{document.article.id}").text
    entry = page.partition(f'id="x-{claim.quotation}"')[2].partition("</li>\n")[0]
    assert "/entities/ent-" in entry
    assert f"/claims/{claim.key(document.article.id)}" in entry
    assert f"#x-{claim.id}" in entry


def test_the_day_of_publication_says_how_it_is_known(client: TestClient, documents: list[Document]) -> None:
    dated = next(d for d in documents if d.article.dct and d.article.dct.method == "header")
    page = client.get(f"/articles/{dated.article.id}").text
    assert "aus einer Zeile mit dem Datum" in page
    assert dated.article.dct
    span = dated.article.dct.evidence[0]
    assert f"?at={span.start}-{span.end}#at" in page
    undated = next(d for d in documents if d.article.dct is None)
    assert "nichts verrät ihn" in client.get(f"/articles/{undated.article.id}").text


def test_another_name_of_an_article_leads_to_its_address(client: TestClient, documents: list[Document]) -> None:
    identifier = documents[0].article.id
    answer = client.get(f"/articles/{identifier[:12]}?at=1-4", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/articles/{identifier}?at=1-4#at"
    assert client.get("/articles/art-0000000000000000").status_code == 404


def test_reprints_stand_side_by_side(client: TestClient, sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    try:
        reuse = next(r for r in archive.linked().reuses if r.passages and r.sources)
    finally:
        archive.close()
    page = client.get(f"/articles/{reuse.article}").text
    assert f'href="/articles/{reuse.earlier}"' in page
    passage, source = reuse.passages[0], reuse.sources[0]
    assert f"/articles/{reuse.article}?at={passage.start}-{passage.end}#at" in page
    assert f"/articles/{reuse.earlier}?at={source.start}-{source.end}#at" in page
    assert f'href="/articles/{reuse.article}"' in client.get(f"/articles/{reuse.earlier}").text


FIRST = """Hafen von Brenk gesperrt

Der Hafenbote, 4. März 2021

Brenk (npa) - Nach dem Brand im Hafen von Brenk sind am Donnerstag zwölf Menschen verletzt worden. Das sagte die
Bürgermeisterin Olga Ferent. Die Feuerwehr war bis zum Abend im Einsatz und sperrte die Nordmole.

Ein Sprecher der Reederei sagte, der Betrieb ruhe bis Montag. Die Polizei sucht Zeugen.
"""
SECOND = FIRST.replace("zwölf Menschen", "vierzehn Menschen").replace("bis Montag", "bis Mittwoch")


def versions_in(archive: SqlArchive, folder: Path) -> tuple[str, str]:
    """Two versions of one article in an archive; their identifiers."""
    ids = []
    for name, text in (("erste.txt", FIRST), ("zweite.txt", SECOND)):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        add_articles(archive, [str(path)], IntakeOptions(NOW))
        build(archive, clock=clock)
        ids.append(next(d.article.id for d in archive.documents() if d.article.source.endswith(name)))
    judge(archive, Decision(Verdict.REVISES, ids[1], ids[0]), author="Ada", made_at=NOW)
    build(archive, clock=clock)
    return ids[0], ids[1]


def test_versions_are_shown_as_a_word_diff_with_both_sides_citable(
    own_client: TestClient, own_path: Path, tmp_path: Path
) -> None:
    archive = open_archive(str(own_path))
    try:
        older, newer = versions_in(archive, tmp_path)
    finally:
        archive.close()
    page = own_client.get(f"/articles/{older}").text
    assert "<del>zwölf</del>" in page
    assert "<ins>vierzehn</ins>" in page
    assert f'href="/articles/{newer}?at=' in page
    assert f'href="/articles/{older}?at=' in page
    assert "Was aus Behauptungen und Ereignissen wurde" in page
    assert "Neuere Fassung von" in own_client.get(f"/articles/{newer}").text


def test_a_deleted_text_shows_what_is_left(own_client: TestClient, own_path: Path, documents: list[Document]) -> None:
    archive = open_archive(str(own_path))
    try:
        forget_texts(archive, clock=clock)
        document = archive.document(documents[0].article.id)
    finally:
        archive.close()
    page = own_client.get(f"/articles/{document.article.id}").text
    assert "Der Text wurde gelöscht" in page
    assert 'class="deleted"' in page
    assert "".join(column(page).parts) == document.text


def test_whoever_was_forgotten_has_no_entry(own_client: TestClient, own_path: Path) -> None:
    archive = open_archive(str(own_path))
    try:
        person = max((e for e in archive.linked().entities if e.kind == "PER"), key=lambda e: len(e.members))
        forget_person(archive, person.id, clock=clock)
        build(archive, clock=clock)
        article = person.members[0].article
    finally:
        archive.close()
    page = own_client.get(f"/articles/{article}").text
    beside = page.partition("<aside")[2]
    assert f">{person.name}<" not in beside


HOSTILE = (
    """Böses aus Brenk

<script>document.title = "übernommen"</script><img src=x onerror=alert(1)> sagte \u202eder Sprecher\u202c am Montag.
"><svg onload=alert(2)> {{ 7 * 7 }} &lt;b&gt; Ein Mensch wurde verletzt. a"""
    + "\u0301" * 10_000
)


def test_hostile_text_is_text(own_client: TestClient, own_path: Path, tmp_path: Path) -> None:
    archive = open_archive(str(own_path))
    try:
        path = tmp_path / "böse.txt"
        path.write_text(HOSTILE, encoding="utf-8")
        add_articles(archive, [str(path)], IntakeOptions(NOW))
        build(archive, clock=clock)
        document = next(d for d in archive.documents() if d.article.source.endswith("böse.txt"))
    finally:
        archive.close()
    page = own_client.get(f"/articles/{document.article.id}").text
    found = column(page)
    assert "".join(found.parts) == document.text
    assert {tag for tag, _ in found.elements} <= {"p", "span", "mark"}
    for bad in ("<script>document", "<img src=x", "<svg onload"):
        assert bad not in page


# the list
def test_the_list_names_all_articles_and_is_narrowed(client: TestClient, documents: list[Document]) -> None:
    page = client.get("/articles").text
    assert page.count('class="title"') == len(documents)
    netzlage = client.get("/articles", params={"outlet": "Netzlage", "since": "2023-02"}).text
    told = [d.article for d in documents if d.article.outlet and d.article.outlet.value == "Netzlage"]
    late = [one for one in told if one.dct and one.dct.latest.isoformat() >= "2023-02"]
    assert late
    assert len(late) < len(told)
    assert netzlage.count('class="title"') == len(late)
    assert "<code>since=gestern</code>" in client.get("/articles", params={"since": "gestern"}).text
    assert "Kein Artikel passt" in client.get("/articles", params={"q": "Quastenflosser"}).text


def test_the_list_is_narrowed_to_who_is_named(client: TestClient, sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    try:
        entity = max(archive.linked().entities, key=lambda e: len({m.article for m in e.members}))
    finally:
        archive.close()
    page = client.get("/articles", params={"entity": entity.id}).text
    assert page.count('class="title"') == len({m.article for m in entity.members})
    assert f'href="/entities/{entity.id}"' in page
