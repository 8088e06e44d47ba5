from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from tests.databases import contents, edited, open_archive, raw
from tests.store.fakes import FakePipeline, capture_of, clock, entity_key, unpacked

from quellenlage.errors import NotFound
from quellenlage.execution import build, relink
from quellenlage.model import Rejection, from_json, to_json
from quellenlage.model.archive import Linked
from quellenlage.store import MIN_BEGINNING, SqlArchive, digest_as_received, sqlite
from quellenlage.store.postgresql import erasing
from quellenlage.store.redaction import without_contexts

T = TypeVar("T")

FILLER = "Sonst war wenig los, und es regnete den ganzen Tag. " * 2
FIRST = f"Gipfel in Bern\nMinister @Adam und @Berta beim TREFFEN mit #12 Gästen.\n{FILLER}\nGeheimnis Zwetschgenmus.\n"
SECOND = f"Noch einmal Bern\n@Adam und @Berta hatten ein TREFFEN, #15 kamen.\n{FILLER}\nBeilage Quittengelee dazu.\n"
THIRD = "Woanders\n@Adam sagt: Das war alles Zwiebelkuchen.\n"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    for number, text in enumerate((FIRST, SECOND, THIRD)):
        archive.add_capture(capture_of(text, source=f"{number}.txt", captured_at=f"2026-0{number + 1}-10T08:00:00Z"))
    build(archive, clock=clock, pipeline=FakePipeline())
    yield archive
    archive.close()


def words_in(archive: SqlArchive) -> bytes:
    """All of the file, what is compressed in it unpacked."""
    content = contents(archive.location)
    connection = raw(archive.location)
    stored = connection.execute(
        "SELECT content FROM captures UNION ALL SELECT text FROM captures "
        "UNION ALL SELECT text FROM articles UNION ALL SELECT document FROM articles"
    )
    content += b"".join(unpacked(packed) for (packed,) in stored if packed is not None)
    connection.close()
    return content


def bare(listed: tuple[T, ...]) -> tuple[T, ...]:
    """The same without the words around citations."""
    return without_contexts(listed, Everything())


class Everything(frozenset[str]):
    def __contains__(self, _: object) -> bool:
        return True


def test_nothing_of_a_forgotten_article_stays_in_the_file(archive: SqlArchive) -> None:
    first = archive.document("0.txt")
    traces = [b"zwetschgenmus", b"Zwetschgenmus", first.article.text_sha256.encode(), b"0.txt", b"Gipfel"]
    assert all(t in words_in(archive) for t in traces)
    archive.close()
    with edited(archive.location) as connection:
        packed = connection.execute("SELECT text FROM captures WHERE source = '0.txt'").fetchone()[0]
    assert packed[20:60] in contents(archive.location)
    done = archive.forget_article("0.txt")
    assert (done.articles, done.texts) == (1, 1)
    assert [t for t in traces if t in words_in(archive)] == []
    assert packed[20:60] not in contents(archive.location)
    assert archive.verify() == []


@pytest.mark.parametrize("reference", ["a", "art-", "c", "cap-", "x", "xt", ".txt", "0"])
def test_only_a_telling_beginning_or_a_whole_file_name_deletes(tmp_path: Path, reference: str) -> None:
    archive = open_archive(str(tmp_path / "one.db"), create=True)
    archive.add_capture(capture_of(FIRST, source="/clips/0.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    with pytest.raises(NotFound, match="no such article"):
        archive.forget_article(reference)
    (article,) = [d.article.id for d in archive.documents()]
    with pytest.raises(NotFound):
        archive.forget_article(article[: MIN_BEGINNING - 1])
    assert archive.counts()["articles"] == 1
    assert archive.forget_article(article[:MIN_BEGINNING]).articles == 1
    archive.close()


def test_what_others_tell_stays(archive: SqlArchive) -> None:
    before = archive.linked()
    gone = archive.document("0.txt").article.id
    archive.forget_article("0.txt")
    between = archive.linked()
    assert archive.linked_fingerprint() is None
    assert gone not in to_json(between).decode()
    assert [e.name for e in between.entities] == ["Adam", "Berta"]
    assert [len(e.accounts) for e in between.events] == [1]
    assert between.conflicts == ()
    assert between.chronicle[0].evidence.exact.startswith("@Adam und @Berta hatten")
    assert between.stories[0].title == "Noch einmal Bern"
    assert "Minister" not in to_json(between).decode()
    assert archive.search("Zwetschgenmus") == []
    assert archive.verify() == []
    relink(archive, clock=clock, pipeline=FakePipeline())
    after = archive.linked()
    second = archive.document("1.txt").article.id
    assert after.entities[0].id == entity_key(second, "Adam")
    for old, new in ((before.entities[0], after.entities[0]), (before.events[0], after.events[0])):
        assert old.id != new.id
        assert archive.resolve(old.id) == new.id
    assert archive.resolve(before.stories[0].id) == after.stories[0].id
    assert archive.verify() == []


def test_a_statement_loses_the_prints_of_a_forgotten_article_and_goes_with_the_last(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "s.db"), create=True)
    said = "@Adam sagt: Das war alles Zwiebelkuchen.\n"
    for number, title in enumerate(("Eins", "Zwei", "Drei")):
        more = "@Adam sagt: Nur hier.\n" if number == 0 else ""
        archive.add_capture(capture_of(f"{title}\n{said}{more}", source=f"{number}.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    before = archive.linked().statements
    assert [(s.printed, len(s.occasions)) for s in before] == [(3, 3), (1, 1)]
    gone = archive.document("0.txt").article.id
    archive.forget_article("0.txt")
    between = archive.linked().statements
    assert [(s.id, s.printed, len(s.occasions)) for s in between] == [(before[0].id, 2, 2)]
    assert gone not in to_json(between).decode()
    assert archive.verify() == []
    relink(archive, clock=clock, pipeline=FakePipeline())
    (after,) = archive.linked().statements
    assert after.id != before[0].id
    assert archive.resolve(before[0].id) == after.id
    archive.forget_article("1.txt")
    archive.forget_article("2.txt")
    assert archive.linked().statements == ()
    assert archive.verify() == []
    archive.close()


def test_identifiers_stay_resolvable_over_several_deletions(archive: SqlArchive) -> None:
    pipeline = FakePipeline()
    first = archive.linked().entities[0].id
    archive.forget_article("0.txt")
    relink(archive, clock=clock, pipeline=pipeline)
    second = archive.linked().entities[0].id
    archive.forget_article("1.txt")
    relink(archive, clock=clock, pipeline=pipeline)
    third = archive.linked().entities[0].id
    assert len({first, second, third}) == 3
    assert archive.resolve(first) == archive.resolve(second) == third
    archive.add_capture(capture_of(FIRST, source="0.txt"))
    build(archive, clock=clock, pipeline=pipeline)
    assert archive.resolve(second) == third
    assert archive.verify() == []
    for source in ("0.txt", "2.txt"):
        archive.forget_article(source)
        relink(archive, clock=clock, pipeline=pipeline)
    assert archive.linked() == Linked()
    assert archive.resolve(first) == first
    assert archive.verify() == []


def test_an_article_that_could_not_be_analysed_can_be_forgotten(archive: SqlArchive) -> None:
    archive.add_capture(capture_of("KAPUTT Himbeereis", source="/x/kaputt.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    assert len(archive.rejections()) == 1
    archive.forget_article("kaputt.txt")
    assert archive.rejections() == []
    assert b"Himbeereis" not in contents(archive.location)
    assert len(archive.capture_ids()) == 3
    with pytest.raises(NotFound):
        archive.forget_article("kaputt.txt")


def test_texts_go_and_citations_stay(archive: SqlArchive) -> None:
    before, documents = archive.linked(), list(archive.documents())
    done = archive.forget_texts(before="2026-03-01")
    assert done.texts == 2
    content = words_in(archive)
    # The filler begins right behind a sentence that is cited: as context of that it stood in many places.
    for gone in (b"Zwetschgenmus", b"zwetschgenmus", b"Quittengelee", b"quittengelee", b"wenig los", b"Sonst war"):
        assert gone not in content
    assert b"hatten ein TREFFEN" in content
    assert len(archive.capture_ids()) == 1
    assert [len(r.passages) for r in archive.linked().reuses] == [0] * len(before.reuses)
    removed = [d.article.id for d in documents[:2]]
    assert archive.linked().events == without_contexts(before.events, removed) != before.events
    assert archive.verify() == []
    redacted = archive.document("1.txt")
    assert len(redacted.text) == len(documents[1].text)
    assert digest_as_received(redacted) == documents[1].article.text_sha256
    assert redacted.text != documents[1].text
    assert redacted.events == documents[1].events
    with pytest.raises(NotFound, match="deleted"):
        archive.capture(redacted.article.capture)
    assert archive.add_capture(capture_of(SECOND)) is False
    assert archive.search("Quittengelee") == []
    assert [h.source for h in archive.search("Zwiebelkuchen")] == ["2.txt"]


def test_a_build_after_texts_are_gone_keeps_the_chronicle(archive: SqlArchive) -> None:
    before = archive.linked()
    archive.forget_texts()
    report = build(archive, clock=clock, pipeline=FakePipeline(version="2"))
    assert report.linked
    after = archive.linked()
    for name in ("chronicle", "events", "entities", "conflicts"):
        assert bare(getattr(after, name)) == bare(getattr(before, name))
    assert b"wenig los" not in words_in(archive)
    assert archive.verify() == []
    archive.add_capture(capture_of("Neu\n@Adam und @Berta beim TREFFEN", source="3.txt"))
    build(archive, clock=clock, pipeline=FakePipeline(version="2"))
    assert [len(e.accounts) for e in archive.linked().events] == [3]
    archive.forget_article("0.txt")
    assert archive.verify() == []


def test_only_digests_of_a_forgotten_person_stay(archive: SqlArchive) -> None:
    before = archive.linked()
    archive.suppress(["adam"])
    between = archive.linked()
    assert [e.name for e in between.entities] == ["Berta"]
    assert between.events[0].actors == (before.entities[1].id,)
    assert before.entities[0].id not in to_json(between).decode()
    assert archive.linked_fingerprint() is None
    assert archive.verify() == []
    relink(archive, clock=clock, pipeline=FakePipeline())
    assert [e.name for e in archive.linked().entities] == ["Berta"]
    assert b"adam" not in next(iter(archive.suppressed())).encode()
    assert archive.verify() == []


def test_erasing_that_was_interrupted_is_finished_at_the_next_opening(
    archive: SqlArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(type(archive._profile), "erase", lambda *_: False)
        archive.forget_article("0.txt")
    assert [p.code for p in archive.verify()] == ["erasure-due"]
    archive.close()
    again = open_archive(archive.location)
    assert again.verify() == []
    assert b"Zwetschgenmus" not in contents(again.location)


def test_a_reader_at_work_does_not_fail_a_deletion(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    other = raw(archive.location)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM captures").fetchone()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(erasing, "WAIT_WRITING_SECONDS", 0.05)
    reopened = open_archive(archive.location)
    reopened.forget_article("0.txt")
    assert [p.code for p in reopened.verify()] == ["erasure-due"]
    other.commit()
    other.close()
    reopened.finish_erasing()
    assert reopened.verify() == []
    assert b"zwetschgenmus" not in contents(reopened.location)


def test_reasons_of_rejections_may_quote_and_are_shortened(archive: SqlArchive) -> None:
    capture = capture_of("KAPUTT Himbeereis")
    archive.add_capture(capture)
    archive.reject(Rejection(capture.id, "x", "article", "ValueError: cannot read 'Himbeereis'"), "1")
    archive.forget_texts()
    assert [r.reason for r in archive.rejections()] == ["ValueError"]
    assert b"Himbeereis" not in words_in(archive)


def test_linked_survives_json(archive: SqlArchive) -> None:
    linked = archive.linked()
    assert to_json(from_json(to_json(linked), Linked)) == to_json(linked)
