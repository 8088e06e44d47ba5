from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.store.fakes import capture_of

from quellenlage.errors import ArchiveUnusable, BadInput, EmptyInput, UnreadableInput
from quellenlage.execution import add
from quellenlage.execution.failure import describe, stage_of
from quellenlage.intake import Collection, IntakeOptions
from quellenlage.model import Capture
from quellenlage.store import open_archive

OPTIONS = IntakeOptions(captured_at="2026-01-01T00:00:00Z")


def test_known_new_and_bad_inputs(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    good, other = capture_of("Kopf\nText"), capture_of("Kopf\nAnderer Text")
    odd = replace(capture_of("Kopf\nDritter"), source="sch\udcf6n.txt")

    def reader(sources: Sequence[str], options: IntakeOptions) -> Iterator[Capture | BadInput]:
        assert (sources, options) == (["x"], OPTIONS)
        yield good
        yield EmptyInput("leer.txt", "no text in it")
        yield good
        yield capture_of("Halbes \ud83d Zeichen", source="halb.txt")
        yield odd
        yield other

    report = add(archive, ["x"], OPTIONS, reader=reader)
    assert (report.added, report.known) == (3, 1)
    assert [(e.source, type(e)) for e in report.failed] == [("leer.txt", EmptyInput), ("halb.txt", UnreadableInput)]
    assert "U+D83D" in report.failed[1].message
    assert [c.source for c in archive.captures()][1] == "sch�n.txt"


def test_files_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "eins.txt").write_text("Gipfel in Bern\n\nEs war schön.", encoding="utf-8")
    (folder / "zwei.txt").write_bytes("Gespräch in Köln\n\nEs war schön.".encode("cp1252"))
    (folder / "leer.txt").write_bytes(b"")
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    report = add(archive, [str(folder), str(tmp_path / "nichts.txt")], OPTIONS)
    assert (report.added, report.known) == (2, 0)
    assert sorted(Path(e.source).name for e in report.failed) == ["leer.txt", "nichts.txt"]
    again = add(archive, [str(folder)], OPTIONS)
    assert (again.added, again.known) == (0, 2)


def test_an_unusable_archive_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    monkeypatch.setattr(archive, "add_capture", _full)
    finished = []

    class Watched:
        def start(self, total: int | None, label: str) -> None:
            assert (total, label) == (None, "add")

        def advance(self, steps: int = 1) -> None:
            return

        def finish(self) -> None:
            finished.append(True)

    with pytest.raises(ArchiveUnusable):
        add(archive, [], OPTIONS, progress=Watched(), reader=lambda _s, _o: iter([capture_of("Kopf\nText")]))
    assert finished == [True]


def _full(_capture: Capture) -> bool:
    raise ArchiveUnusable("the disk is full")


def test_words_for_a_failure() -> None:
    assert describe(ValueError("zwei\nZeilen")) == "ValueError: zwei Zeilen"
    assert describe(RecursionError()) == "RecursionError"
    assert len(describe(ValueError("x" * 9999))) == 400
    assert stage_of(ValueError("nowhere raised")) == "analyse"


def test_an_export_of_a_press_database_says_what_became_of_it(tmp_path: Path) -> None:
    article = (
        "{head}\n\nSeekurier\n\n{day}. März 2019\n\nRubrik: Politik\n\nTextkörper\n\n{text}\n\nEnde des Dokuments\n\n"
    )
    parts = [("Deich bleibt", 12), ("Fähre fährt", 13), ("Deich bleibt", 12)]
    path = tmp_path / "treffer.txt"
    text = "".join(
        article.format(head=head, day=day, text=f"{head} nach Angaben der Stadt vorerst.") for head, day in parts
    )
    path.write_text(f"Dokumente (3)\n\nErstellt von M. Ried\n\n{text}", encoding="utf-8")
    told: list[Collection] = []
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    report = add(archive, [str(path)], replace(OPTIONS, on_collection=told.append))
    (one,) = report.collections
    assert (one.source, one.database, one.found) == (str(path), "Nexis Uni, Nexis", 3)
    assert (one.added, one.known, one.failed) == (2, 1, 0)
    assert [(left.reason, left.first, left.last) for left in one.left_out] == [("cover-page", 1, 3)]
    assert (report.added, report.known) == (2, 1)
    assert [c.articles for c in told] == [3]
    assert [c.source for c in archive.captures()] == [f"{path}#1", f"{path}#2"]
