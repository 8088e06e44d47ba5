"""Files as a browser sends them: whole, under names that lead nowhere else, whatever they are called."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.views.web.shown import jobs_upload
from quellenlage.views.web.shown.jobs_upload import Upload, receive

BOUNDARY = "----grenze7"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def body(parts: Sequence[tuple[str, str | None, bytes]]) -> bytes:
    """A form: (name, name of the file or None, content)."""
    made = b""
    for name, filename, content in parts:
        said = f'form-data; name="{name}"'
        if filename is not None:
            said += '; filename="' + filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A") + '"'
        made += f"--{BOUNDARY}\r\nContent-Disposition: {said}\r\n\r\n".encode() + content + b"\r\n"
    return made + f"--{BOUNDARY}--\r\n".encode()


def sent(data: bytes, folder: str, size: int = 1 << 16, kind: str = TYPE) -> Upload:
    async def stream() -> AsyncIterator[bytes]:
        for at in range(0, len(data), size):
            yield data[at : at + size]

    return asyncio.run(receive(stream(), kind, folder))


names = st.text(st.characters(codec="utf-8", exclude_characters='"\\'), min_size=1, max_size=60).filter(
    lambda name: not name.startswith(("\\", '"')) and "%" not in name
)
contents = st.binary(max_size=400).filter(lambda data: BOUNDARY.encode() not in data)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(names, contents), min_size=1, max_size=6), st.integers(1, 700))
def test_every_file_arrives_whole_within_the_folder(files: list[tuple[str, bytes]], size: int) -> None:
    data = body([("csrf", None, b"x"), *(("files", name, content) for name, content in files)])
    with TemporaryDirectory() as folder:
        upload = sent(data, folder, size)
        assert not upload.problem
        assert upload.files == len(files)
        assert upload.size == sum(len(content) for _, content in files)
        here = Path(folder).resolve()
        found = sorted(path.read_bytes() for path in here.rglob("*") if path.is_file())
        assert found == sorted(content for _, content in files)
        assert all(Path(path).resolve().is_relative_to(here) for path, _ in upload.sources)
        assert len({path for path, _ in upload.sources}) == len(upload.sources)


def test_a_folder_stays_together_so_that_what_belongs_to_a_page_is_known_as_that(tmp_path: Path) -> None:
    parts = [("files", "Zeitung/seite.html", b"<p>x"), ("files", "Zeitung/seite_files/bild.png", b"y")]
    upload = sent(body([*parts, ("files", "lose.txt", b"z"), ("outlet", None, "Küstenbote".encode())]), str(tmp_path))
    assert [name for _, name in upload.sources] == ["Zeitung", "lose.txt"]
    top = Path(upload.sources[0][0])
    assert sorted(p.relative_to(top).as_posix() for p in top.rglob("*")) == [
        "seite.html", "seite_files", "seite_files/bild.png",
    ]  # fmt: skip
    assert upload.fields == {"outlet": "Küstenbote"}


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..", "C:\\x\\y.txt", "a\x00b"])
def test_names_that_lead_elsewhere_stay_within(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    sent(body([("files", name, b"x")]), str(folder))
    assert [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(folder)] == []
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_two_files_of_one_path_are_both_kept(tmp_path: Path) -> None:
    upload = sent(body([("files", "a/x.txt", b"1"), ("files", "a/x.txt", b"2")]), str(tmp_path))
    assert sorted(p.read_bytes() for p in tmp_path.rglob("*.txt")) == [b"1", b"2"]
    assert len(upload.sources) == 2


def test_a_full_disk_is_told_as_that(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, hard))
    try:
        upload = sent(body([("files", "groß.txt", b"x" * (1 << 18)), ("files", "b.txt", b"y")]), str(tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert upload.problem == "full"


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_upload, "MOST_FILES", 2)
    upload = sent(body([("files", f"{n}.txt", b"x") for n in range(3)]), str(tmp_path))
    assert upload.problem == "many"


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"a=1", "application/x-www-form-urlencoded"), (b"rubbish", TYPE), (b"", "multipart/form-data"), (b"{}", "")],
)
def test_what_is_no_form_is_told_as_that(data: bytes, kind: str, tmp_path: Path) -> None:
    assert sent(data, str(tmp_path), kind=kind).problem == "form"


def test_a_form_that_breaks_off_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    data = body([("files", "a.txt", b"ganz"), ("files", "b.txt", b"halb")])
    assert sent(data[: data.index(b"halb") + 2], str(tmp_path)).problem == "form"
