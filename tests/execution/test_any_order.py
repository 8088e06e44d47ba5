"""Whatever people do, in any order: nothing dangles, and building from nothing gives the same."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.store.fakes import FakePipeline, capture_of, clock

from quellenlage.execution import Decision, build, forget_article, forget_person, forget_texts, judge, undo
from quellenlage.model import Capture, Verdict, fold, undone
from quellenlage.store import SqlArchive, open_archive

NAMES = ("Adam", "Berta", "Cäsar", "Caesar", "Dora")
SENTENCES = st.one_of(
    st.builds("@{} und @{} beim TREFFEN mit #{} Gästen.".format, *[st.sampled_from(NAMES)] * 2, st.integers(1, 3)),
    st.builds("@{} sagt: @{} kam zum TREFFEN.".format, *[st.sampled_from(NAMES)] * 2),
    st.builds("Minister @{} schwieg.".format, st.sampled_from(NAMES)),
    st.sampled_from(["Straße, Öl & Maß.", "KAPUTT", "🎉 \x00 Ende"]),
)
TEXTS = st.builds(
    "{}\n{}".format, st.sampled_from(["Kopf", "Anderer Kopf"]), st.lists(SENTENCES, max_size=4).map("\n".join)
)
PICK = st.integers(0, 50)


class Work(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="work"))
        self.pipeline = FakePipeline()
        self.archive: SqlArchive = open_archive(str(self.folder / "a.db"), create=True)
        self.time = 0
        self.texts_gone = False
        self.forgotten_ids = 0

    def now(self) -> str:
        self.time += 1
        return f"2026-01-01T{self.time // 3600:02d}:{self.time // 60 % 60:02d}:{self.time % 60:02d}Z"

    @initialize(texts=st.lists(TEXTS, min_size=1, max_size=3))
    def begin(self, texts: list[str]) -> None:
        for text in texts:
            self.archive.add_capture(self.capture(text))
        self.build()

    def capture(self, text: str) -> Capture:
        return capture_of(text, captured_at=self.now())

    @rule(text=TEXTS)
    def add(self, text: str) -> None:
        self.archive.add_capture(self.capture(text))

    @rule()
    def build(self) -> None:
        build(self.archive, clock=clock, pipeline=self.pipeline)

    @rule(one=PICK, two=PICK, verdict=st.sampled_from([Verdict.SAME, Verdict.DIFFER]))
    def decide_pair(self, one: int, two: int, verdict: Verdict) -> None:
        linked = self.archive.linked()
        identifiers = sorted({e.id for e in linked.entities} | {a for a in linked.aliases if a.startswith("ent-")})
        if len(identifiers) > 1:
            first, second = identifiers[one % len(identifiers)], identifiers[two % len(identifiers)]
            if first != second:
                decision = Decision(verdict, first, other=second)
                judge(self.archive, decision, author="a", made_at=self.now())

    @rule(which=PICK, verdict=st.sampled_from([Verdict.REJECT, Verdict.CONFIRM]))
    def decide_event(self, which: int, verdict: Verdict) -> None:
        events = self.archive.linked().events
        if events:
            subject = events[which % len(events)].id
            judge(self.archive, Decision(verdict, subject), author="a", made_at=self.now())

    @rule(which=PICK, name=st.sampled_from(["Neu", "Anders"]))
    def rename(self, which: int, name: str) -> None:
        entities = self.archive.linked().entities
        if entities:
            subject = entities[which % len(entities)].id
            decision = Decision(Verdict.CORRECT, subject, field="name", value=name)
            judge(self.archive, decision, author="a", made_at=self.now())

    @rule(which=PICK)
    def undo(self, which: int) -> None:
        log = self.archive.judgements()
        open_ = [j for j in log if j.id not in undone(log)]
        if open_:
            undo(self.archive, open_[which % len(open_)].id, author="a", made_at=self.now())

    @rule(which=PICK)
    def date(self, which: int) -> None:
        documents = list(self.archive.documents())
        if documents:
            subject = documents[which % len(documents)].article.id
            decision = Decision(Verdict.CORRECT, subject, field="dct", value="2015-09-18")
            judge(self.archive, decision, author="a", made_at=self.now())

    @rule(which=PICK)
    def forget_one(self, which: int) -> None:
        captures = self.archive.capture_ids()
        if captures:
            before = self.archive.linked()
            forget_article(self.archive, captures[which % len(captures)], clock=clock, pipeline=self.pipeline)
            here = {i.id for i in self.archive.linked().entities}
            for old in before.entities:
                survivors = [m for m in old.members if self._has(m.article)]
                if survivors and old.id not in here and old.name not in {"Neu", "Anders"}:
                    assert self.archive.resolve(old.id) in here
            self.forgotten_ids += 1

    def _has(self, article: str) -> bool:
        return any(d.article.id == article for d in self.archive.documents())

    @rule(which=PICK)
    def forget_somebody(self, which: int) -> None:
        entities = self.archive.linked().entities
        if entities:
            entity = entities[which % len(entities)]
            forget_person(self.archive, entity.id, clock=clock, pipeline=self.pipeline)
            names = {fold(e.name) for e in self.archive.linked().entities}
            assert fold(entity.name) not in names or entity.name in {"Neu", "Anders"}

    @precondition(lambda self: self.time > 8)
    @rule()
    def forget_old_texts(self) -> None:
        before = self.archive.linked()
        self.build()
        if self.archive.linked() == before:
            forget_texts(self.archive, clock=clock, pipeline=self.pipeline)
            after = self.archive.linked()
            assert (after.events, after.entities, after.chronicle) == (before.events, before.entities, before.chronicle)
        self.texts_gone = self.texts_gone or self.archive.counts()["captures"] > len(self.archive.capture_ids())

    @rule()
    def reopen(self) -> None:
        self.archive.close()
        self.archive = open_archive(str(self.folder / "a.db"))

    @invariant()
    def nothing_dangles(self) -> None:
        assert self.archive.verify() == []

    @precondition(lambda self: not self.texts_gone)
    @rule()
    def from_nothing(self) -> None:
        self.build()
        other = open_archive(str(self.folder / "again.db"), create=True)
        for capture in self.archive.captures():
            other.add_capture(capture)
        for judgement in self.archive.judgements():
            other.add_judgement(judgement)
        if self.archive.suppressed():
            names = [*NAMES, "Neu", "Anders"]
            from quellenlage.model import text_digest

            other.suppress([fold(n) for n in names if text_digest(fold(n)) in self.archive.suppressed()])
        build(other, clock=clock, pipeline=FakePipeline())
        assert list(other.documents()) == list(self.archive.documents())
        assert other.linked() == self.archive.linked()
        assert other.rejections() == self.archive.rejections()
        other.close()
        for path in self.folder.glob("again.db*"):
            path.unlink()

    def teardown(self) -> None:
        self.archive.close()
        shutil.rmtree(self.folder)


TestWork = Work.TestCase
TestWork.settings = settings(
    max_examples=8,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
