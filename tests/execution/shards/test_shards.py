"""Shards: made once, loaded in order, with the same result as adding and building; what fails costs its shard only."""

from __future__ import annotations

import errno
import json
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fsspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.execution.engines.poisoned import poisoned
from tests.store.fakes import FakePipeline, clock

from quellenlage.errors import BadInput, EngineUnusable, UnreadableInput
from quellenlage.execution import add, build
from quellenlage.execution.engines import InProcess, Outcome, Pool, Task
from quellenlage.execution.shards import Folder, LoadReport, Manifest, ShardReport, Work, load, shard
from quellenlage.execution.shards.files import ShardFile
from quellenlage.intake import IntakeOptions
from quellenlage.model import Archive, Verdict, make_judgement, to_json
from quellenlage.store import SqlArchive, open_archive

OPTIONS = IntakeOptions("2026-01-01T00:00:00Z", storage=True)
PIPELINE = FakePipeline("1")
TEXTS = (
    "Gipfel in Bern\nMinister @Adam und @Berta beim TREFFEN mit #12 Gästen.",
    "Noch einmal Bern\n@Adam und @Berta hatten ein TREFFEN, #15 kamen.",
    "Woanders\n@Carla sagt: @Adam war beim TREFFEN.",
    "Später\n@Berta und @Dora beim TREFFEN.",
    "Danach\n@Dora sagt: @Carla war nicht beim TREFFEN.",
    "Zuletzt\n@Emil allein.",
    "Nachtrag\n@Emil und @Adam beim TREFFEN mit #3 Gästen.",
)


@pytest.fixture
def sources(tmp_path: Path) -> str:
    folder = tmp_path / "quellen"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return str(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(str(tmp_path / "shards"))


@pytest.fixture
def archives(tmp_path: Path) -> Iterator[tuple[SqlArchive, SqlArchive]]:
    two = open_archive(str(tmp_path / "a.db"), create=True), open_archive(str(tmp_path / "b.db"), create=True)
    yield two
    for one in two:
        one.close()


@dataclass
class Counting:
    """An engine that counts; it breaks down at the articles named, and is interrupted behind so many."""

    pipeline: Any = PIPELINE
    breaks: tuple[str, ...] = ()
    interrupt: int = 1000
    seen: list[str] = field(default_factory=list)
    name: str = "counting"

    def processes(self, _articles: int) -> int:
        return 1

    def run(self, tasks: Iterable[Task], count: int) -> Generator[Outcome]:
        inner = InProcess(lambda: self.pipeline)
        for task in tasks:
            self.seen.append(task.capture.source.rpartition("/")[2])
            if self.seen[-1] in self.breaks:
                raise RuntimeError("the node was lost")
            yield from inner.run([task], 1)
            if len(self.seen) >= self.interrupt:
                raise KeyboardInterrupt


def made(sources: str, folder: Folder, engine: Any = None, size: int = 2) -> ShardReport:
    work = Work(engine or Counting(), clock, size, pipeline=PIPELINE)
    return shard([sources], OPTIONS, folder, work)


def loaded(archive: Archive, folder: Folder, pipeline: FakePipeline = PIPELINE) -> LoadReport:
    return load(archive, folder, clock=clock, pipeline=pipeline)


def dump(archive: SqlArchive) -> bytes:
    captures = [to_json(c) for c in archive.captures()]
    rejections = [to_json(r) for r in archive.rejections()]
    documents = [to_json(d) for d in archive.documents()]
    return b"\n".join([*captures, *documents, to_json(archive.linked()), *rejections])


def built(archive: SqlArchive, sources: str, pipeline: FakePipeline = PIPELINE) -> bytes:
    add(archive, [sources], OPTIONS)
    build(archive, clock=clock, pipeline=pipeline)
    return dump(archive)


def files(folder: Folder) -> list[str]:
    return [name for name in folder.names() if name.endswith(".parquet")]


def test_the_same_as_adding_and_building(sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]) -> None:
    report = made(sources, folder)
    assert (report.made, report.before, report.captures) == (4, 0, 7)
    done = loaded(archives[0], folder)
    assert (done.shards, done.added, done.known) == (4, 7, 0)
    after = build(archives[0], clock=clock, pipeline=PIPELINE)
    assert (after.analysed, after.linked) == (0, True)
    assert dump(archives[0]) == built(archives[1], sources)
    assert archives[0].linked_fingerprint() == archives[1].linked_fingerprint()
    assert archives[0].stamps() == archives[1].stamps()
    ran = [(a.stage, a.articles) for a in archives[1].activities()]
    assert [(a.stage, a.articles) for a in archives[0].activities()] == ran


def test_object_storage_holds_the_same(sources: str, archives: tuple[SqlArchive, SqlArchive], tmp_path: Path) -> None:
    made(sources, Folder(str(tmp_path / "hier")))
    there = Folder("memory://shards-dort/tief")
    made(sources, there)
    assert files(there) == files(Folder(str(tmp_path / "hier")))
    loaded(archives[0], there)
    fsspec.filesystem("memory").rm("/shards-dort", recursive=True)
    build(archives[0], clock=clock, pipeline=PIPELINE)
    assert dump(archives[0]) == built(archives[1], sources)


def test_what_is_done_is_not_done_again(sources: str, folder: Folder) -> None:
    made(sources, folder)
    names = files(folder)
    again = Counting()
    report = made(sources, folder, again)
    assert (again.seen, report.made, report.before, report.captures) == ([], 0, 4, 7)
    (Path(sources) / "8.txt").write_text("Neu\n@Adam beim TREFFEN.", encoding="utf-8")
    more = Counting()
    assert made(sources, folder, more).before == 3
    assert more.seen == ["6.txt", "8.txt"]
    assert set(names) < set(files(folder))


def test_names_depend_on_captures_and_pipeline_and_not_on_the_time(sources: str, tmp_path: Path) -> None:
    one, other, newer = (Folder(str(tmp_path / name)) for name in ("eins", "zwei", "neuer"))
    made(sources, one)
    times = iter(f"2031-01-01T00:00:{n:02}Z" for n in range(60))
    shard(
        [sources], IntakeOptions("2030-01-01T00:00:00Z"), other, Work(Counting(), times.__next__, 2, pipeline=PIPELINE)
    )
    assert files(one) == files(other)
    pipeline = FakePipeline("2")
    shard([sources], OPTIONS, newer, Work(Counting(pipeline), clock, 2, pipeline=pipeline))
    assert not set(files(one)) & set(files(newer))


def test_stopped_in_the_middle_it_goes_on(
    sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        made(sources, folder, Counting(interrupt=5))
    assert len(files(folder)) == 2
    again = Counting()
    report = made(sources, folder, again)
    assert (report.made, report.before) == (2, 2)
    assert again.seen == ["4.txt", "5.txt", "6.txt"]
    assert [entry.state for entry in Manifest(folder)] == ["done"] * 4
    loaded(archives[0], folder)
    build(archives[0], clock=clock, pipeline=PIPELINE)
    assert dump(archives[0]) == built(archives[1], sources)


def test_a_run_killed_before_it_noted_a_shard_finds_it(sources: str, folder: Folder) -> None:
    made(sources, folder)
    whole = [(entry.name, entry.articles) for entry in Manifest(folder)]
    (Path(folder.location) / "manifest.json").unlink()
    again = Counting()
    made(sources, folder, again)
    assert again.seen == []
    assert [(entry.name, entry.articles) for entry in Manifest(folder)] == whole


def test_shards_are_found_without_the_list(
    sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]
) -> None:
    made(sources, folder)
    (Path(folder.location) / "manifest.json").unlink()
    assert loaded(archives[0], folder).added == 7


SEEN = {"kind": "reservation", "what": "tdm-header", "subject": "https://bote.example/1", "at": "2026-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reservations": [SEEN, {**SEEN, "kind": "deletion", "what": "person"}]},
         "none: deletion, person, https://bote.example/1"),
        ({"reservations": [{**SEEN, "kind": "visit"}]}, "'visit'"),
        ({"reservations": [{**SEEN, "subject": ""}]}, "none: reservation, tdm-header, "),
        ({"reservations": [{**SEEN, "at": "gestern"}]}, "none: reservation, tdm-header, https://bote.example/1"),
        *(({"reservations": [{**SEEN, "detail": {"said": said}}]}, "none: reservation, tdm-header")
          for said in ({"template": "{", "params": {"a": "b"}}, {"template": "{b}", "params": {"a": "b"}},
                       {"template": "", "params": "a"})),
        ({"shards": [{"name": "f" * 32, "state": "frozen"}]}, "'frozen'"),
        ({"format": 2}, "another version (2)"),
    ],
)  # fmt: skip
def test_a_list_with_what_nobody_puts_there_is_refused_and_nothing_of_it_logged(
    wrong: dict[str, Any], said: str, sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]
) -> None:
    made(sources, folder)
    manifest = Path(folder.location) / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text("utf-8")), **wrong}), encoding="utf-8")
    for call in (lambda: loaded(archives[0], folder), lambda: made(sources, folder)):
        with pytest.raises(UnreadableInput) as refused:
            call()
        assert "manifest.json: the list of the shards is damaged" in refused.value.message
        assert said in refused.value.message
        assert "delete it" in str(refused.value.advice)
    assert (list(archives[0].log()), archives[0].capture_ids()) == ([], [])
    manifest.unlink()
    assert loaded(archives[0], folder).added == 7


def test_a_reservation_of_the_list_is_logged_once(
    sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]
) -> None:
    made(sources, folder)
    manifest = Path(folder.location) / "manifest.json"
    manifest.write_text(
        json.dumps({**json.loads(manifest.read_text("utf-8")), "reservations": [SEEN]}), encoding="utf-8"
    )
    for _ in range(2):
        loaded(archives[0], folder)
    (entry,) = archives[0].log()
    assert (entry.kind, entry.subject) == ("reservation", SEEN["subject"])


class Failing(FakePipeline):
    def analyse(self, capture: Any, overrides: Any) -> Any:
        if "GIFT" in capture.text:
            raise RecursionError("zu tief")
        return super().analyse(capture, overrides)


def test_a_poisoned_article_costs_itself(sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]) -> None:
    (Path(sources) / "2b.txt").write_text("GIFT\n@Adam beim TREFFEN.", encoding="utf-8")
    pipeline = Failing("1")
    report = shard([sources], OPTIONS, folder, Work(Counting(pipeline), clock, 3, pipeline=pipeline))
    (rejection,) = report.rejected
    assert rejection.source.endswith("2b.txt")
    assert "RecursionError" in rejection.reason
    entries = list(Manifest(folder))
    assert [len(entry.rejections) for entry in entries] == [0, 1, 0]
    assert [entry.articles for entry in entries] == [3, 2, 2]
    assert "RecursionError" in json.loads(folder.read("manifest.json") or b"")["shards"][1]["rejections"][0]["reason"]
    done = load(archives[0], folder, clock=clock, pipeline=pipeline)
    assert (done.added, done.rejected) == (8, 1)
    after = build(archives[0], clock=clock, pipeline=pipeline)
    assert [r.source for r in after.rejected] == [rejection.source]
    assert dump(archives[0]) == built(archives[1], sources, pipeline)


def test_a_worker_that_dies_costs_its_article(folder: Folder, tmp_path: Path) -> None:
    texts = tmp_path / "texte"
    texts.mkdir()
    for number, text in enumerate(("Eins\n@Adam.", "Zwei\nSTIRBT @Berta.", "Drei\n@Carla.")):
        (texts / f"{number}.txt").write_text(text, encoding="utf-8")
    pipeline = poisoned()
    report = shard([str(texts)], OPTIONS, folder, Work(Pool(2, poisoned), clock, 2, pipeline=pipeline))
    assert (report.made, report.captures) == (2, 3)
    assert [r.source.rpartition("/")[2] for r in report.rejected] == ["1.txt"]
    assert "died" in report.rejected[0].reason


def test_an_engine_that_breaks_down_costs_the_shard_it_was_at(
    sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]
) -> None:
    report = made(sources, folder, Counting(breaks=("3.txt",)))
    assert report.made == 3
    (failed,) = report.failed
    assert "the node was lost" in failed.reason
    assert [entry.state for entry in Manifest(folder)] == ["done", "failed", "done", "done"]
    done = loaded(archives[0], folder)
    assert (done.added, [entry.reason for entry in done.missing]) == (5, [failed.reason])
    assert made(sources, folder).made == 1
    loaded(archives[1], folder)
    assert [c.text for c in archives[1].captures()] == list(TEXTS)


def test_an_engine_that_cannot_be_started_ends_it(sources: str, folder: Folder) -> None:
    class Unusable(Counting):
        def run(self, tasks: Iterable[Task], count: int) -> Generator[Outcome]:
            if count:
                raise EngineUnusable("no worker could be started")
            yield from super().run(tasks, count)

    with pytest.raises(EngineUnusable):
        made(sources, folder, Unusable())


class Full(Folder):
    """A folder whose disk is full for some of the shards."""

    def __init__(self, location: str, full: Iterable[int]) -> None:
        super().__init__(location)
        self.written = 0
        self.full = set(full)

    def write(self, name: str, data: bytes) -> None:
        if name.endswith(".parquet"):
            self.written += 1
            if self.written in self.full:
                raise OSError(errno.ENOSPC, "No space left on device")
        super().write(name, data)


def test_a_full_disk_costs_its_shard(sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]) -> None:
    report = made(sources, Full(folder.location, [2]))
    assert (report.made, [entry.reason for entry in report.failed]) == (3, ["No space left on device"])
    assert [entry.state for entry in Manifest(folder)] == ["done", "failed", "done", "done"]
    again = Counting()
    assert made(sources, folder, again).failed == ()
    assert again.seen == ["2.txt", "3.txt"]
    loaded(archives[0], folder)
    build(archives[0], clock=clock, pipeline=PIPELINE)
    assert dump(archives[0]) == built(archives[1], sources)


def test_where_nothing_can_be_written_it_stops(sources: str, folder: Folder, tmp_path: Path) -> None:
    engine = Counting()
    with pytest.raises(UnreadableInput, match="No space left"):
        made(sources, Full(folder.location, range(9)), engine, size=1)
    assert len(engine.seen) < 6
    (tmp_path / "datei").write_text("x")
    with pytest.raises(UnreadableInput):
        made(sources, Folder(str(tmp_path / "datei" / "darin")))


def test_nothing_half_written_is_left(sources: str, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    monkeypatch.setattr("fsspec.implementations.local.LocalFileSystem.mv", full)
    with pytest.raises(UnreadableInput):
        made(sources, folder)
    assert list(Path(folder.location).iterdir()) == []


def test_inputs_that_cannot_be_read_are_named(sources: str, folder: Folder) -> None:
    (Path(sources) / "1b.txt").write_bytes(b"")
    report = made(sources, folder)
    assert [type(one).__name__ for one in report.unread] == ["EmptyInput"]
    assert report.captures == 7


def test_loaded_twice_nothing_changes(sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]) -> None:
    made(sources, folder)
    loaded(archives[0], folder)
    build(archives[0], clock=clock, pipeline=PIPELINE)
    before = dump(archives[0]), archives[0].linked_fingerprint(), len(archives[0].activities())
    done = loaded(archives[0], folder)
    assert (done.added, done.known) == (0, 7)
    assert (dump(archives[0]), archives[0].linked_fingerprint(), len(archives[0].activities())) == before


def test_what_another_version_made_waits_for_the_build(
    sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]
) -> None:
    made(sources, folder)
    newer = FakePipeline("2")
    done = loaded(archives[0], folder, newer)
    assert (done.added, done.waiting) == (7, 7)
    assert build(archives[0], clock=clock, pipeline=newer).analysed == 7
    assert dump(archives[0]) == built(archives[1], sources, newer)


def test_newer_shards_replace_the_documents_of_an_older_version(
    sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]
) -> None:
    built(archives[0], sources, FakePipeline("0"))
    made(sources, folder)
    assert loaded(archives[0], folder).known == 7
    assert build(archives[0], clock=clock, pipeline=PIPELINE).analysed == 0
    assert dump(archives[0]) == built(archives[1], sources)


def test_what_people_corrected_is_kept(sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]) -> None:
    built(archives[0], sources)
    article = next(archives[0].documents()).article.id
    said = make_judgement(
        Verdict.CORRECT, article, made_at=clock(), author="me", field="outlet", value="Karvenischer Bote"
    )
    archives[0].add_judgement(said)
    build(archives[0], clock=clock, pipeline=PIPELINE)
    before = dump(archives[0])
    made(sources, folder)
    loaded(archives[0], folder)
    assert build(archives[0], clock=clock, pipeline=PIPELINE).analysed == 0
    assert dump(archives[0]) == before


def test_a_damaged_or_renamed_shard_is_named_and_the_others_are_loaded(
    sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]
) -> None:
    made(sources, folder)
    names = [entry.name for entry in Manifest(folder)]
    place = Path(folder.location)
    (place / f"{names[0]}.parquet").write_bytes((place / f"{names[0]}.parquet").read_bytes()[:-9])
    (place / f"{names[1]}.parquet").write_bytes((place / f"{names[2]}.parquet").read_bytes())
    (place / "fremd.parquet").write_bytes(b"PAR1")
    done = loaded(archives[0], folder)
    assert (done.shards, done.added, len(done.failed)) == (2, 3, 3)
    assert all(isinstance(one, UnreadableInput) for one in done.failed)


def test_shards_are_loaded_and_not_added(sources: str, folder: Folder, archives: tuple[SqlArchive, SqlArchive]) -> None:
    made(sources, folder)
    done = add(archives[0], [folder.location], OPTIONS)
    assert done.added == 0
    assert sum("quellenlage load" in one.remedy for one in done.failed) == 4


def test_places_where_no_folder_can_be() -> None:
    for location in ("https://bote.example/shards", "gibtsnicht://x"):
        with pytest.raises(UnreadableInput):
            Folder(location)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    texts = tmp_path_factory.mktemp("texte")
    for number, text in enumerate(TEXTS[:3]):
        (texts / f"{number}.txt").write_text(text, encoding="utf-8")
    folder = Folder(str(tmp_path_factory.mktemp("shards")))
    made(str(texts), folder, size=3)
    (name,) = files(folder)
    with folder.open(name) as stream:
        return name, stream.read()


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_garbled_is_refused_or_read_as_it_was(sound: tuple[str, bytes], data: st.DataObject) -> None:
    import io

    name, whole = sound
    with io.BytesIO(whole) as stream:
        right = [row.capture for rows in ShardFile(name, stream).rows() for row in rows]
    garbled = bytearray(whole)
    for at, piece in data.draw(st.lists(st.tuples(st.integers(0, len(whole)), st.binary(max_size=8)), max_size=3)):
        garbled[at : at + len(piece)] = piece
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(whole))))
    try:
        file = ShardFile(name, io.BytesIO(bytes(garbled[:cut])))
        file.check()
        found = [row.capture for rows in file.rows() for row in rows]
    except BadInput:
        return
    assert [capture.id for capture in found] == [capture.id for capture in right]
    assert [capture.text for capture in found] == [capture.text for capture in right]
