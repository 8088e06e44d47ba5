"""Names that look alike in a list of suggestions, and entries of outside lists on the page of a name."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from starlette.testclient import TestClient

from quellenlage.execution import relink
from quellenlage.model import EntityKind
from quellenlage.store import open_archive
from quellenlage.views.cli.clock import now
from quellenlage.views.cli.root import cli
from quellenlage.views.shelves import holdings_of_entity
from quellenlage.views.web.links import page_of


def test_several_of_one_name_are_told_apart(client: TestClient) -> None:
    shown = html.fromstring(client.get("/search", params={"q": "Hafen"}).text)
    texts = [" ".join(one.text_content().split()) for one in shown.cssselect("section.fits li")]
    assert len([one for one in texts if one.startswith("Ort Hafen ")]) > 1
    assert len(set(texts)) == len(texts)
    listed = html.fromstring(client.get("/search/names", params={"q": "Hafen"}).text)
    typed = [" ".join(one.text_content().split()) for one in listed.cssselect("li")]
    assert len(set(typed)) == len(typed)


def test_entries_of_lists_stand_on_the_page_of_the_name(own_client: TestClient, own_path: Path, tmp_path: Path) -> None:
    archive = open_archive(str(own_path))
    try:
        people = [e for e in archive.linked().entities if e.kind is EntityKind.PER and " " in e.name]
        name = max(people, key=lambda one: len(one.members)).name
        listed = tmp_path / "liste.csv"
        listed.write_text(f"name,id\n{name},NK-1\n", encoding="utf-8")
        call = ["--archive", str(own_path), "references", "add", str(listed), "--licence", "CC0-1.0"]
        cli.main(call, standalone_mode=False)
        relink(archive, clock=now)
        (match,) = archive.linked().references
        assert holdings_of_entity(archive, match.entity).linked.references == (match,)
    finally:
        archive.close()
    shown = html.fromstring(own_client.get(page_of(match.entity)).text)
    (section,) = shown.cssselect("#lists")
    told = section.text_content()
    assert name in told
    assert "liste" in told
    assert "NK-1" in told
    assert "CC0-1.0" in told
    assert "%" in told
