from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from lxml import html
from tests.views.views_story import Run

from quellenlage.errors import BadInput, NotFound
from quellenlage.store import SqlArchive
from quellenlage.views.dossier.excerpt import Excerpt, ExcerptKind
from quellenlage.views.exports.excerpts import EXCERPT_FORMATS, export_excerpt
from quellenlage.views.exports.formats import FORMATS, RENDERERS, Order, write
from quellenlage.views.holdings import Holdings, Selection
from quellenlage.views.locale import words_for

DE = words_for("de")


def export(archive: SqlArchive, name: str, *, full_text: bool = True, selection: Selection | None = None) -> bytes:
    stream = io.BytesIO()
    write(name, Order(archive, DE, selection, full_text=full_text), stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_written_and_always_the_same(archive: SqlArchive, name: str) -> None:
    first = export(archive, name)
    assert first
    assert export(archive, name) == first
    kind = FORMATS[name]
    assert kind.suffix.startswith(".")
    assert first.startswith(b"PK") == (kind.media_type.endswith(("zip", "document")))
    assert (kind.make is None) == kind.several
    if kind.several:
        with zipfile.ZipFile(io.BytesIO(first)) as packed:
            assert packed.testzip() is None
            assert len(packed.namelist()) >= 5


@pytest.mark.parametrize("name", [name for name, kind in FORMATS.items() if kind.needs_text])
def test_whole_articles_leave_only_where_that_is_allowed(archive: SqlArchive, name: str) -> None:
    with pytest.raises(BadInput, match="whole articles"):
        export(archive, name, full_text=False)


@pytest.mark.parametrize("name", [name for name, kind in FORMATS.items() if kind.whole])
def test_no_part_is_chosen_of_what_is_always_whole(archive: SqlArchive, name: str) -> None:
    with pytest.raises(BadInput, match="whole archive"):
        export(archive, name, selection=Selection())


def test_an_unknown_format_is_named_with_those_there_are(archive: SqlArchive) -> None:
    with pytest.raises(BadInput, match=r"no such format.*docx"):
        export(archive, "xls")


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_the_command_writes_dossiers_by_ending_and_by_format(run: Run, name: str) -> None:
    assert run("dossier", "-o", f"a.{name}").exit_code == 0
    assert run("export", "--format", name, "-o", f"b.{name}").exit_code == 0
    assert Path(f"a.{name}").read_bytes() == Path(f"b.{name}").read_bytes()
    assert run("dossier", "-o", f"c.{name}", "--actor", "Halldal", "--lang", "de").exit_code == 0
    assert Path(f"c.{name}").stat().st_size < Path(f"a.{name}").stat().st_size


def test_a_file_for_people_does_not_go_to_the_terminal_where_it_is_no_text(run: Run) -> None:
    assert run("export", "--format", "pdf").exit_code == 2
    assert run("export", "--format", "docx", "-o", "-").exit_code == 2
    assert run("export", "--format", "md").stdout.startswith("# ")
    assert run("dossier", "-o", "a.odt").exit_code == 2


def test_an_archive_without_anything_is_exported(tmp_path: Path) -> None:
    from quellenlage.store import open_archive

    made = open_archive(str(tmp_path / "empty.db"), create=True)
    try:
        for name in FORMATS:
            export(made, name)
    finally:
        made.close()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are those of POSIX")
@pytest.mark.parametrize(
    ("call", "target"),
    [
        (("dossier",), "a.pdf"),
        (("dossier",), "a.docx"),
        (("export", "--format", "uima", "--full-text"), "a.zip"),
        (("export", "--format", "parquet"), "folder"),
        (("export", "--format", "csv"), "folder"),
    ],
)
def test_a_full_disk_is_told_and_nothing_half_is_left(
    story_path: Path, tmp_path: Path, call: tuple[str, ...], target: str
) -> None:
    """No file may grow beyond 4 KiB once the archive is read: what a full disk is to a program, too."""
    code = """
import resource
from quellenlage.views import holdings
from quellenlage.views.cli import main
read = holdings.read_holdings
def read_then_fill(*given, **more):
    found = read(*given, **more)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    return found
holdings.read_holdings = read_then_fill
main()
"""
    command = [sys.executable, "-c", code, "--archive", str(story_path), *call, "-o", str(tmp_path / "out" / target)]
    (tmp_path / "out").mkdir()
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "mistake" not in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_a_folder_that_is_a_file_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    done = run("export", "--format", "csv", "-o", "there")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr
    assert run("dossier", "-o", "there/a.pdf").exit_code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["there"]


def excerpt(kind: ExcerptKind, holdings: Holdings) -> Excerpt:
    linked = holdings.linked
    (person,) = holdings.find_entities("Elin Torvald")
    events = tuple(e.id for e in linked.events if person.id in (*e.actors, *e.recipients))
    claims = tuple(c.key for c in holdings.claims if any(person.id in link for link in c.chain))
    conflicts = tuple(c.id for c in linked.conflicts)
    made = {
        "chronicle": Excerpt("chronicle", "Ein Tag", events=tuple(reversed([e.event for e in linked.chronicle][:4]))),
        "claims": Excerpt("claims", "Wer was sagt", claims=claims),
        "conflicts": Excerpt("conflicts", "Widersprüche <b>", conflicts=conflicts),
        "entity": Excerpt("entity", "Elin Torvald", events, claims, (), (person.id,)),
    }
    return made[kind]


@pytest.mark.parametrize("form", EXCERPT_FORMATS)
@pytest.mark.parametrize("kind", ["chronicle", "claims", "conflicts", "entity"])
def test_a_page_becomes_a_file_of_any_kind(holdings: Holdings, kind: ExcerptKind, form: str) -> None:
    one = excerpt(kind, holdings)
    made = export_excerpt(one, form, holdings, DE)
    assert export_excerpt(one, form, holdings, DE) == made
    if form == "json":
        read = json.loads(made.content)
        assert (read["kind"], read["title"]) == (kind, one.title)
        assert [len(read[name]) for name in ("events", "claims", "conflicts", "entities")] == [
            len(one.events), len(one.claims), len(one.conflicts), len(one.entities),
        ]  # fmt: skip
    elif form == "csv":
        assert made.suffix == (".zip" if kind == "entity" else ".csv")
    elif form == "html":
        root = html.document_fromstring(made.content)
        sections = [s.get("id") for s in root.xpath("//main/section")]
        assert sections == {"entity": ["people", "chronicle", "claims"]}.get(kind, [kind])
        ids = set(root.xpath("//@id"))
        assert {str(href)[1:] for href in root.xpath("//a/@href")} <= ids
        assert root.xpath("//h1")[0].text_content() == one.title
    elif form == "pdf":
        known = pypdf.PdfReader(io.BytesIO(made.content)).metadata
        assert known is not None
        assert known.title == one.title
    elif form == "docx":
        assert docx.Document(io.BytesIO(made.content)).core_properties.title == one.title
    elif form == "parquet":
        assert made.content.startswith(b"PAR1" if made.suffix == ".parquet" else b"PK")
    else:
        assert made.content.decode().startswith("# ")


def test_the_table_of_a_page_has_its_rows_only(holdings: Holdings) -> None:
    one = excerpt("claims", holdings)
    made = export_excerpt(one, "csv", holdings, DE)
    rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == list(one.claims)


def test_an_event_without_a_line_is_told_by_its_first_account(holdings: Holdings) -> None:
    lined = {entry.event for entry in holdings.linked.chronicle}
    rest = [event for event in holdings.linked.events if event.id not in lined]
    assert rest
    made = export_excerpt(Excerpt("chronicle", "Rest", events=(rest[0].id,)), "md", holdings, DE)
    words = " ".join(rest[0].accounts[0].evidence.exact.split())
    assert words.replace("*", "\\*") in made.content.decode()


@pytest.mark.parametrize("form", EXCERPT_FORMATS)
def test_what_is_not_there_is_told(holdings: Holdings, form: str) -> None:
    with pytest.raises(NotFound, match="evt-none"):
        export_excerpt(Excerpt("chronicle", "x", events=("evt-none",)), form, holdings, DE)
    with pytest.raises(BadInput, match="no such format"):
        export_excerpt(excerpt("claims", holdings), "odt", holdings, DE)


@pytest.mark.parametrize("form", EXCERPT_FORMATS)
def test_a_page_with_nothing_on_it_is_a_file(holdings: Holdings, form: str) -> None:
    assert export_excerpt(Excerpt("claims", "Nichts"), form, holdings, DE).content
