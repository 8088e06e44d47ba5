"""Names parted within articles, declared one, undone, forgotten, built in any order: nothing dangles or is lost."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.execution.linking import article
from tests.execution.parting import Parting
from tests.store.fakes import clock

from quellenlage.errors import BadInput
from quellenlage.execution import (
    Decision,
    Split,
    build,
    forget_article,
    forget_person,
    judge,
    mentions_of,
    preview,
    record,
    split,
    undo,
)
from quellenlage.link.entities.parting import parted_pairs
from quellenlage.model import Member, Verdict, fold, in_force, undone
from quellenlage.store import open_archive

NAMES = st.sampled_from(["Jan Kolbe", "Kolbe", "Tim Kolbe", "Kolbe", "Eva Rink", "Rink"])
LINES = st.one_of(st.builds("[{}] kam.".format, NAMES), st.builds("[{}] sagt: Es regnet.".format, NAMES))
TEXTS = st.lists(LINES, min_size=2, max_size=6).map("\n".join)
PICK = st.integers(0, 50)


class Work(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="parting"))
        self.pipeline = Parting()
        self.archive = open_archive(str(self.folder / "a.db"), create=True)
        self.time = 0
        self.suppressed: set[str] = set()

    def now(self) -> str:
        self.time += 1
        return f"2026-01-01T00:00:00.{self.time:06d}+00:00"

    @initialize(texts=st.lists(TEXTS, min_size=2, max_size=4, unique=True))
    def begin(self, texts: list[str]) -> None:
        for number, text in enumerate(texts, 1):
            self.archive.add_capture(article(number, text))
        self.build()

    @rule()
    def build(self) -> None:
        build(self.archive, clock=clock, pipeline=self.pipeline)

    @rule(which=PICK, chosen=st.lists(PICK, min_size=1, max_size=3))
    def part(self, which: int, chosen: list[int]) -> None:
        entities = self.archive.linked().entities
        if not entities:
            return
        entity = entities[which % len(entities)]
        placed = mentions_of(self.archive, entity)
        numbers = tuple(f"{one.member.article}:{one.number}" for one in (placed[n % len(placed)] for n in chosen))
        try:
            made = split(self.archive, Split(entity.id, mentions=numbers), author="me", made_at=self.now())
        except BadInput:
            return  # a whole part was meant
        expected = preview(self.archive, made, pipeline=self.pipeline)
        record(self.archive, made)
        self.build()
        here = {e.id: e for e in self.archive.linked().entities}
        assert all(here.get(e.id) == e for change in expected.changes for e in change.after)

    @rule(which=PICK)
    def undo(self, which: int) -> None:
        log = self.archive.judgements()
        open_ = [j for j in log if j.id not in undone(log)]
        if open_:
            undo(self.archive, open_[which % len(open_)].id, author="me", made_at=self.now())

    @rule(one=PICK, two=PICK, verdict=st.sampled_from([Verdict.SAME, Verdict.DIFFER]))
    def decide(self, one: int, two: int, verdict: Verdict) -> None:
        linked = self.archive.linked()
        identifiers = sorted({e.id for e in linked.entities} | {a for a in linked.aliases if a.startswith("ent-")})
        if len(identifiers) > 1 and (first := identifiers[one % len(identifiers)]) != (
            second := identifiers[two % len(identifiers)]
        ):
            judge(self.archive, Decision(verdict, first, other=second), author="me", made_at=self.now())

    @rule(which=PICK)
    def forget_one(self, which: int) -> None:
        captures = self.archive.capture_ids()
        if len(captures) > 1:
            forget_article(self.archive, captures[which % len(captures)], clock=clock, pipeline=self.pipeline)

    @rule(which=PICK)
    def forget_somebody(self, which: int) -> None:
        entities = self.archive.linked().entities
        if entities:
            entity = entities[which % len(entities)]
            self.suppressed |= {fold(name) for name in (entity.name, *entity.spellings)}
            forget_person(self.archive, entity.id, clock=clock, pipeline=self.pipeline)

    @invariant()
    def nothing_dangles(self) -> None:
        assert self.archive.verify() == []

    @invariant()
    def what_was_parted_stays_so(self) -> None:
        linked = self.archive.linked()
        same = any(j.verdict is Verdict.SAME for j in self.archive.judgements())
        for one, other in () if same else parted_pairs(self.archive.documents()):
            now = [linked.aliases.get(i, i) for i in (one, other)]
            assert now[0] != now[1]

    @rule()
    def from_nothing(self) -> None:
        self.build()
        again = open_archive(str(self.folder / "again.db"), create=True)
        for capture in self.archive.captures():
            again.add_capture(capture)
        for judgement in self.archive.judgements():
            again.add_judgement(judgement)
        again.suppress(sorted(self.suppressed))
        build(again, clock=clock, pipeline=Parting())
        assert list(again.documents()) == list(self.archive.documents())
        if again.suppressed() == self.archive.suppressed():
            assert again.linked() == self.archive.linked()
        again.close()
        for path in self.folder.glob("again.db*"):
            path.unlink()

    @rule()
    def undo_all(self) -> None:
        for judgement in self.archive.judgements():
            log = self.archive.judgements()
            if judgement.verdict is not Verdict.UNDO and judgement.id not in undone(log):
                undo(self.archive, judgement.id, author="me", made_at=self.now())
        assert in_force(self.archive.judgements()) == []
        self.build()
        for capture in self.archive.captures():
            document = self.pipeline.analyse(capture, self.pipeline.overrides_for([], capture.id))
            assert self.archive.document(document.article.id) == document
        members = [m for e in self.archive.linked().entities for m in e.members]
        assert all(isinstance(m, Member) and "." not in m.local for m in members)

    def teardown(self) -> None:
        self.archive.close()
        shutil.rmtree(self.folder)


TestWork = Work.TestCase
TestWork.settings = settings(
    max_examples=12,
    stateful_step_count=12,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
