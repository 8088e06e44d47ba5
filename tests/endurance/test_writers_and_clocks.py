from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.endurance.surviving import start
from tests.store.fakes import FakePipeline, article_id, capture_of

from quellenlage.errors import ChangedMeanwhile
from quellenlage.execution import build
from quellenlage.execution.around import Around
from quellenlage.model import (
    Capture,
    Document,
    EntityKind,
    Linked,
    Reference,
    ReferenceList,
    Reuse,
    Verdict,
    make_capture,
    make_judgement,
    reference_id,
    to_json,
)
from quellenlage.model.ledger import Deed
from quellenlage.model.partition import Mapper, in_process
from quellenlage.store import SqlArchive, open_archive

TEXTS = [
    f"Kopf {n}\n@Adam und @Person{n % 7} beim TREFFEN mit #{n} Gästen.\n@Person{n % 5} sagt: {n}." for n in range(60)
]
BUILD = """
    import sys
    from tests.store.fakes import FakePipeline, clock
    from quellenlage.errors import ChangedMeanwhile
    from quellenlage.execution import build
    from quellenlage.store import open_archive
    print("ready", flush=True)
    sys.stdin.readline()
    archive = open_archive(sys.argv[1])
    while True:
        try:
            build(archive, clock=clock, pipeline=FakePipeline())
            break
        except ChangedMeanwhile:  # disturbed in every round: its remedy is to try again
            pass
    archive.close()
    """
DECIDE = """
    import sys
    from tests.store.fakes import capture_of
    from quellenlage.model import Verdict, make_judgement
    from quellenlage.store import open_archive
    archive = open_archive(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(25):
        archive.add_judgement(make_judgement(
            Verdict.SAME, f"ent-{number}", made_at="2026", author="a", other=f"ent-{number + 100}"))
    archive.close()
    """
FORGET = """
    import sys
    from tests.store.fakes import article_id
    from quellenlage.store import open_archive
    archive = open_archive(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    for capture in archive.capture_ids()[:5]:
        archive.forget_article(article_id(capture))
    archive.close()
    """


def filled(path: Path, texts: list[str]) -> SqlArchive:
    archive = open_archive(str(path), create=True)
    for text in texts:
        archive.add_capture(capture_of(text))
    return archive


def derived(archive: SqlArchive) -> bytes:
    return b"\n".join([*(to_json(d) for d in archive.documents()), to_json(archive.linked())])


def together(path: Path, *programs: str) -> None:
    """Let programs run at the same time; each must end well."""
    running = [start(program, str(path)) for program in programs]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    for one in running:
        _, said = one.communicate(timeout=300)
        assert one.returncode == 0, said


def test_two_builds_at_once_come_to_one_result(tmp_path: Path) -> None:
    whole = filled(tmp_path / "whole.db", TEXTS)
    build(whole, clock=lambda: "2026", pipeline=FakePipeline())
    path = tmp_path / "a.db"
    filled(path, TEXTS).close()
    together(path, BUILD, BUILD)
    archive = open_archive(str(path))
    assert not build(archive, clock=lambda: "2026", pipeline=FakePipeline()).linked, "nothing is left to do"
    assert derived(archive) == derived(whole)
    assert archive.verify() == []


def test_a_build_beside_decisions_and_a_deletion_loses_none(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    archive = filled(path, TEXTS[:30])
    build(archive, clock=lambda: "2026", pipeline=FakePipeline())
    for text in TEXTS[30:]:
        archive.add_capture(capture_of(text))
    archive.close()
    together(path, BUILD, DECIDE, FORGET)
    archive = open_archive(str(path))
    build(archive, clock=lambda: "2026", pipeline=FakePipeline())
    assert len(archive.capture_ids()) == len(TEXTS) - 5
    decided = {(j.subject, j.other) for j in archive.judgements()}
    assert {(f"ent-{n}", f"ent-{n + 100}") for n in range(25)} <= decided
    assert archive.verify() == []
    alone = filled(tmp_path / "alone.db", TEXTS[5:])
    for judgement in archive.judgements():
        alone.add_judgement(judgement)
    build(alone, clock=lambda: "2026", pipeline=FakePipeline())
    assert derived(archive) == derived(alone)


def at(text: str, captured_at: str) -> Capture:
    made = capture_of(text)
    return make_capture(
        source=made.source, media_type=made.media_type, content=made.content, text=made.text, captured_at=captured_at
    )


@pytest.mark.parametrize("step", [-1, 1], ids=["backwards", "forwards"])
def test_times_of_captures_that_run_backwards_change_nothing(tmp_path: Path, step: int) -> None:
    """The order in which captures come counts, whatever the clock said."""
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    for number, text in enumerate(TEXTS):
        archive.add_capture(at(text, f"20{50 + step * (number % 45):02d}-01-01T00:00:00Z"))
    build(archive, clock=lambda: "2026", pipeline=FakePipeline())
    even = filled(tmp_path / "even.db", TEXTS)
    build(even, clock=lambda: "2026", pipeline=FakePipeline())
    assert to_json(archive.linked()) == to_json(even.linked())
    assert archive.verify() == []


def test_a_clock_that_goes_back_during_a_build_and_decisions(tmp_path: Path) -> None:
    archive = filled(tmp_path / "a.db", TEXTS[:20])
    passed = count()

    def back() -> str:
        return f"20{60 - next(passed) % 50:02d}-06-01T00:00:00Z"

    build(archive, clock=back, pipeline=FakePipeline())
    linked = archive.linked().entities
    first, second = linked[0].id, linked[1].id
    for verdict, year in ((Verdict.SAME, "2030"), (Verdict.DIFFER, "1999")):
        archive.add_judgement(make_judgement(verdict, first, made_at=f"{year}-01-01", author="a", other=second))
        for text in TEXTS[20:21]:
            archive.add_capture(capture_of(f"{text}{verdict}"))
        build(archive, clock=back, pipeline=FakePipeline())
    assert [j.verdict for j in archive.judgements()] == [Verdict.SAME, Verdict.DIFFER], "in the order they were made"
    assert {first, second} <= {e.id for e in archive.linked().entities}, "the later decision holds, though dated before"
    assert archive.verify() == []
    assert not build(archive, clock=back, pipeline=FakePipeline()).linked


class Disturbed(FakePipeline):
    """While it links, `at` a step, somebody else does something to the archive, so many times."""

    def __init__(self, path: Path, deed: Callable[[SqlArchive], object], at: str = "connect", times: int = 1) -> None:
        super().__init__()
        self._path, self._deed, self._at, self._left = path, deed, at, times

    def _reached(self, step: str) -> None:
        if self._left and step == self._at:
            self._left -= 1
            other = open_archive(str(self._path))
            self._deed(other)
            other.close()

    def linked_fingerprint(self, documents: Iterable[tuple[str, str]], *given: Any) -> str:
        found = super().linked_fingerprint(documents, *given)
        self._reached("fingerprint")
        return found

    def copied(self, documents: Sequence[Document], mapper: Mapper = in_process) -> Sequence[Reuse]:
        self._reached("copied")
        return super().copied(documents, mapper)

    def changed_anchors(
        self, documents: Sequence[Document], copies: Sequence[Reuse]
    ) -> dict[str, tuple[tuple[str, str], ...]]:
        """Others tell the days of an article, as often as something is done while copies are looked for."""
        return {documents[0].article.id: (("a", "b"),)} if self._at == "copied" else {}

    def connect(self, documents: Sequence[Document], *given: Any, **named: Any) -> Linked:
        linked = super().connect(documents, *given, **named)
        self._reached("connect")
        return linked


def forget_one(archive: SqlArchive) -> None:
    archive.forget_article(article_id(archive.capture_ids()[2]))


def forget_adam(archive: SqlArchive) -> None:
    archive.suppress(["adam"], deed=Deed("2026"))


def add_one(archive: SqlArchive) -> None:
    """Another process takes in an article and analyses it, but has not linked it yet."""
    capture = capture_of("Neu\n@Adam beim TREFFEN mit #77 Gästen.")
    archive.add_capture(capture)
    pipeline = FakePipeline()
    none = pipeline.overrides_for((), capture.id)
    archive.put_document(pipeline.analyse(capture, none), pipeline.fingerprint(capture.id, none))


@pytest.mark.parametrize("at", ["fingerprint", "copied", "connect"])
@pytest.mark.parametrize(
    "deed", [forget_one, forget_adam, SqlArchive.forget_texts, add_one], ids=["article", "person", "texts", "news"]
)
def test_what_somebody_does_while_articles_are_linked_counts(
    tmp_path: Path, deed: Callable[[SqlArchive], object], at: str
) -> None:
    """What was deleted meanwhile is not written again, and what came is linked by the next build."""
    archive = filled(tmp_path / "a.db", TEXTS[:20])
    build(archive, clock=lambda: "2026", pipeline=Disturbed(tmp_path / "a.db", deed, at))
    assert archive.verify() == []
    assert deed is not forget_adam or "Adam" not in {entity.name for entity in archive.linked().entities}
    linked_again = build(archive, clock=lambda: "2026", pipeline=FakePipeline()).linked
    assert linked_again is (deed is add_one and at != "copied")
    alone = filled(tmp_path / "alone.db", TEXTS[:20])
    build(alone, clock=lambda: "2026", pipeline=FakePipeline())
    deed(alone)
    build(alone, clock=lambda: "2026", pipeline=FakePipeline())
    assert derived(archive) == derived(alone)


def test_a_link_that_is_disturbed_again_and_again_is_given_up_with_the_reason(tmp_path: Path) -> None:
    archive = filled(tmp_path / "a.db", TEXTS[:20])
    with pytest.raises(ChangedMeanwhile, match="changed by somebody else"):
        build(archive, clock=lambda: "2026", pipeline=Disturbed(tmp_path / "a.db", forget_one, times=9))
    assert archive.verify() == []
    assert build(archive, clock=lambda: "2026", pipeline=FakePipeline()).linked


def test_documents_that_were_deleted_are_never_taken_for_those_beside_them(tmp_path: Path) -> None:
    archive = filled(tmp_path / "a.db", TEXTS[:20])
    build(archive, clock=lambda: "2026", pipeline=FakePipeline())
    shelf = archive.shelf()
    forget_one(archive)
    with pytest.raises(ChangedMeanwhile):
        [document.text for document in shelf]


def test_a_list_that_comes_while_articles_are_linked_is_compared_by_the_next_build(tmp_path: Path) -> None:
    """Also in an archive that is large enough for articles to be linked around."""
    archive = filled(tmp_path / "a.db", TEXTS[:20])

    def add_list(other: SqlArchive) -> None:
        listed = ReferenceList("Liste", "table", "a.csv", "CC0-1.0", "0" * 64, "k1", "2026-01-01T00:00:00Z")
        one = Reference(reference_id("Liste", "Eva Klar"), "Liste", EntityKind.PER, "Eva Klar", ("Eva Klar",))
        other.put_references(listed, [(one, ("klar",))])

    build(archive, clock=lambda: "2026", pipeline=Disturbed(tmp_path / "a.db", add_list), around=Around(least=1))
    assert build(archive, clock=lambda: "2026", pipeline=FakePipeline(), around=Around(least=1)).linked
    assert not build(archive, clock=lambda: "2026", pipeline=FakePipeline(), around=Around(least=1)).linked
