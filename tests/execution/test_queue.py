"""What is asked first, what its answers do, and that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from tests.execution.linking import Linking, article
from tests.store.fakes import FakePipeline, capture_of

from quellenlage import pipeline
from quellenlage.execution import apply_decisions, build, judge, queue, undo
from quellenlage.model import (
    Conflict,
    ConflictGrade,
    Document,
    Event,
    EventLink,
    Judgement,
    Linked,
    References,
    Reuse,
    Verdict,
    make_judgement,
)
from quellenlage.model.partition import Mapper, in_process
from quellenlage.store import SqlArchive, open_archive

_moments = count()


def clock() -> str:
    return f"2026-01-05T10:00:00.{next(_moments):06d}+00:00"


TEXTS = {
    "/data/bern.txt": "Gipfel in Bern\n@Müller und @Berta beim TREFFEN mit #12 Gästen.\n@Müller sagt: Alles war gut.",
    "/data/nochmal.txt": "Noch einmal\n@Mueller und @Berta hatten ein TREFFEN mit #20 Gästen.",
    "/data/andere.txt": "Andere\n@Dora sagt: Es gab ein TREFFEN von @Dora.",
}


class Doubting(FakePipeline):
    """The fake pipeline; what it joins and lists is as doubtful as a test says."""

    reasons: tuple[str, ...] = ("time:same-day(+2.0)", "participants:1(+1.5)", "words:few(-0.3)")
    grade = ConflictGrade.TENSION

    def connect(
        self,
        documents: Sequence[Document],
        judgements: Sequence[Judgement],
        suppressed: frozenset[str],
        references: References | None = None,
        copies: Sequence[Reuse] | None = None,
        mapper: Mapper = in_process,
    ) -> Linked:
        linked = super().connect(documents, judgements, suppressed)
        events = tuple(self._doubtful(event, linked) for event in linked.events)
        rejected = {j.subject for j in judgements if j.verdict is Verdict.REJECT}
        conflicts = tuple(self._graded(c) for c in linked.conflicts if c.id not in rejected)
        return replace(linked, events=events, conflicts=conflicts)

    def _doubtful(self, event: Event, linked: Linked) -> Event:
        others = [one.id for one in linked.events if one.id != event.id]
        links = tuple(EventLink(one, "series", 3.2, ("time:near:1d",)) for one in others)
        return replace(event, reasons=self.reasons if len(event.accounts) > 1 else (), links=links)

    def _graded(self, conflict: Conflict) -> Conflict:
        return replace(conflict, grade=self.grade)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    for source, text in TEXTS.items():
        made.add_capture(capture_of(text, source=source))
    build(made, clock=clock, pipeline=Doubting())
    yield made
    made.close()


def asked(archive: SqlArchive, *kinds: queue.Kind) -> list[queue.Question]:
    return queue.questions(archive, kinds or queue.KINDS)


def answer(archive: SqlArchive, question: queue.Question, name: str, **rest: str) -> Judgement:
    choice = next(choice for choice in question.choices if choice.name == name and bool(choice.asks) is bool(rest))
    made = judge(archive, replace(choice.decision, **rest), author="anna", made_at=clock())  # type: ignore[arg-type]
    return made[0]


def test_kinds_are_asked_together_the_most_valuable_first(archive: SqlArchive) -> None:
    found = asked(archive)
    assert {question.kind for question in found} == {"event", "near-event", "conflict"}
    assert [question.value for question in found] == sorted((q.value for q in found), reverse=True)
    assert found == asked(archive)
    assert len({question.id for question in found}) == len(found)
    assert queue.questions(archive, limit=1) == found[:1]
    assert [question.kind for question in asked(archive, "conflict")] == ["conflict"]


def test_what_was_put_off_is_not_asked_in_this_session(archive: SqlArchive) -> None:
    first, *rest = asked(archive)
    assert queue.questions(archive, skipped=[first.id]) == rest
    assert asked(archive) == [first, *rest]


@pytest.mark.parametrize("name", ["same", "differ"])
def test_two_accounts_of_one_event_that_hardly_belong_together(archive: SqlArchive, name: str) -> None:
    [question] = asked(archive, "event")
    assert question.score == pytest.approx(3.2)
    assert archive.resolve(question.other or "") == question.subject
    assert question.article == archive.document("nochmal.txt").article.id
    made = answer(archive, question, name)
    assert (made.verdict, made.subject, made.other) == (Verdict(name), question.subject, question.other)
    assert asked(archive, "event") == []
    undo(archive, made.id, author="anna", made_at=clock())
    assert asked(archive, "event") == [question]


def test_what_clearly_belongs_together_is_not_asked(archive: SqlArchive) -> None:
    for reasons, score in (
        (("time:same-day(+2.0)", "participants:2(+3.0)"), None),
        (("time:same-day(+2.0)", "trigger:x(+1.0)", "participants:2(+1.5)", "beside(+1.0)"), 4.5),
        (("judgement:same",), None),
        ((), None),
    ):
        pipeline_ = Doubting(version=repr(reasons))
        pipeline_.reasons = reasons
        build(archive, clock=clock, pipeline=pipeline_)
        found = asked(archive, "event")
        assert found == [] or score is not None


def test_events_that_are_close_are_asked_once(archive: SqlArchive) -> None:
    [question] = asked(archive, "near-event")
    assert {question.subject, question.other} == {event.id for event in archive.linked().events}
    answer(archive, question, "differ")
    assert asked(archive, "near-event") == []


@pytest.mark.parametrize(("name", "rest"), [("confirm", {}), ("reject", {}), ("settle", {"note": "so gezählt"})])
def test_a_conflict_that_may_be_none(archive: SqlArchive, name: str, rest: dict[str, str]) -> None:
    [question] = asked(archive, "conflict")
    made = answer(archive, question, name, **rest)
    assert (made.verdict, made.subject) == (Verdict(name), question.subject)
    assert asked(archive, "conflict") == []


def test_a_clear_contradiction_comes_after_a_tension(archive: SqlArchive) -> None:
    [tension] = asked(archive, "conflict")
    clear = Doubting(version="2")
    clear.grade = ConflictGrade.CONTRADICTION
    build(archive, clock=clock, pipeline=clear)
    [contradiction] = asked(archive, "conflict")
    assert contradiction.id == tension.id
    assert contradiction.value < tension.value


def test_entities_are_asked_and_no_more_when_they_are_decided(tmp_path: Path) -> None:
    made = open_archive(str(tmp_path / "p.db"), create=True)
    texts = ("[Karl Weber] kam.", "[Carl Weber] kam.", "[Weber] kam.", "[Eva Klar] kam.")
    for number, text in enumerate(texts, 1):
        made.add_capture(article(number, text))
    build(made, clock=clock, pipeline=Linking())
    found = asked(made, "entity", "merged")
    assert len(found) == len(made.linked().doubts) > 0
    assert {(q.subject, q.other) for q in found} == {(d.one, d.other) for d in made.linked().doubts}
    first = found[0]
    answer(made, first, "differ")
    assert first.id not in {question.id for question in asked(made)}
    build(made, clock=clock, pipeline=Linking())
    assert first.id not in {question.id for question in asked(made)}
    made.close()


def test_doubts_about_names_are_asked_without_reading_all_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_archive(str(tmp_path / "p.db"), create=True)
    texts = ("[Karl Weber] kam.", "[Karl Weber] ging.", "[Carl Weber] kam.", "[Carl Weber] ging.")
    for number, text in enumerate(texts, 1):
        made.add_capture(article(number, text))
    build(made, clock=clock, pipeline=Linking())
    doubts = made.linked().doubts
    monkeypatch.setattr(made, "linked", lambda: pytest.fail("the whole archive was read"))
    assert [(q.subject, q.other) for q in asked(made, "entity", "merged")] == [(d.one, d.other) for d in doubts]
    assert made.doubts(offset=1, limit=1).items == doubts[1:2]
    assert made.doubts(limit=0).total == len(doubts) > 0
    monkeypatch.setattr(queue, "DOUBTS", 1)
    assert [(q.subject, q.other) for q in asked(made, "entity", "merged")] == [(doubts[0].one, doubts[0].other)]
    made.close()


REAL = """Karvenien: Streit um den Hafen

Edo Lantar traf Jan Perl und Ivo Kern in Miren. „Wir reden weiter“, sagte er. Danach sagte sie, der Hafen bleibe offen.
Es hieß, der Hafen sei zu.
"""


def test_words_of_somebody_whom_nobody_knows(tmp_path: Path) -> None:
    made = open_archive(str(tmp_path / "r.db"), create=True)
    made.add_capture(capture_of(REAL, source="r.txt"))
    build(made, clock=clock, pipeline=pipeline)
    document = made.document("r.txt")
    lost = {c.key(document.article.id) for c in document.claims if c.quotation and not c.chain}
    anonymous = {c.key(document.article.id) for c in document.claims if "speaker-anonymous" in c.reasons}
    found = asked(made, "speaker")
    assert {question.subject for question in found} == lost - anonymous
    assert found
    assert anonymous
    assert "speaker" in {choice.name for choice in found[0].choices if not choice.asks}
    for question in found:
        assert question.article == document.article.id
        assert [choice.asks for choice in question.choices][-2:] == ["name", ""]
    first = found[0]
    answer(made, first, "speaker", value="Jan Perl")
    assert first.id not in {question.id for question in asked(made, "speaker")}
    apply_decisions(made, clock=clock, pipeline=pipeline)
    assert first.id not in {question.id for question in asked(made, "speaker")}
    made.close()


def test_a_note_or_a_tick_decides_nothing(archive: SqlArchive) -> None:
    before = asked(archive)
    for question in before:
        archive.add_judgement(
            make_judgement(Verdict.NOTE, question.subject, made_at=clock(), author="anna", note="prüfen")
        )
    assert asked(archive) == before


def test_only_the_records_of_those_who_may_have_said_it_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = open_archive(str(tmp_path / "r.db"), create=True)
    made.add_capture(capture_of(REAL, source="r.txt"))
    build(made, clock=clock, pipeline=pipeline)
    known = {entity.name: entity.id for entity in made.linked().entities}
    read: set[str] = set()
    parts_of = made.parts_of

    def noting(ids: Collection[str]) -> Linked:
        read.update(ids)
        return parts_of(ids)

    monkeypatch.setattr(made, "parts_of", noting)
    assert asked(made, "speaker")
    assert known["Edo Lantar"] in read
    assert known["Hafen"] not in read
    made.close()
