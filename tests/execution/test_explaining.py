"""What a build says that it would do, and did, by rules of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.fakes import FakePipeline, article_id, capture_of, clock

from quellenlage.execution import Around, Explanation, Reason, build, explain, last_built
from quellenlage.execution.reusing import differences
from quellenlage.model import Verdict, make_judgement
from quellenlage.model.making import Recipe, StageIdentity
from quellenlage.store import SqlArchive, open_archive

TEXTS = (
    "Gipfel in Bern\nMinister @Adam und @Berta beim TREFFEN mit #12 Gästen.",
    "Noch einmal Bern\n@Adam und @Berta hatten ein TREFFEN, #15 kamen.",
    "KAPUTT\n@Carla sagt: @Adam war beim TREFFEN.",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    for text in TEXTS:
        archive.add_capture(capture_of(text))
    yield archive
    archive.close()


def reasons(told: Explanation) -> dict[str, set[tuple[Reason, int]]]:
    return {stage.stage: set(stage.reasons) for stage in told.stages}


def test_what_is_new_and_what_failed_are_told_apart(archive: SqlArchive) -> None:
    told = explain(archive, pipeline=FakePipeline())
    assert (told.articles, told.whole, told.unchanged) == (3, 3, 0)
    assert reasons(told) == {key: {(Reason("new"), 3)} for key in ("article", "rules")}
    assert told.link.reasons == (Reason("never"),)
    done = build(archive, clock=clock, pipeline=FakePipeline())
    assert len(done.rejected) == 1
    after = explain(archive, pipeline=FakePipeline())
    assert (after.articles, after.unchanged, after.link.how) == (0, 2, "none")
    told = explain(archive, pipeline=FakePipeline("2"))
    changed = (Reason("version", "", "1", "2"), 2)
    (failed,) = {r for r, _ in reasons(told)["rules"]} - {changed[0]}
    assert failed.code == "failed"
    assert failed.name
    assert reasons(told) == {key: {changed, (failed, 1)} for key in ("article", "rules")}
    assert (told.articles, told.whole) == (3, 3)  # every stage has another version


def test_of_a_link_it_says_what_of_its_input_changed(archive: SqlArchive) -> None:
    build(archive, clock=clock, pipeline=FakePipeline())
    new = capture_of("Woanders\n@Carla und @Dora beim TREFFEN.")
    archive.add_capture(new)
    first = article_id(capture_of(TEXTS[0]).id)
    archive.add_judgement(
        make_judgement(Verdict.CORRECT, first, made_at=clock(), author="Ada", field="outlet", value="Morgenblatt")
    )
    archive.suppress(["Eva"])
    told = explain(archive, pipeline=FakePipeline())
    assert told.link.how == "whole"
    assert told.link.reasons == (
        Reason("captures", after="1"),
        Reason("articles", after="1"),
        Reason("judgements", before="0", after="1"),
        Reason("names"),
    )
    assert (Reason("correction", "outlet", after="Ada"), 1) in reasons(told)["article"]
    done = build(archive, clock=clock, pipeline=FakePipeline())
    assert done.explained is not None
    assert done.explained.link == told.link
    assert done.explained == last_built(archive)


def test_a_correction_taken_back_names_nobody(archive: SqlArchive) -> None:
    first = article_id(capture_of(TEXTS[0]).id)
    said = make_judgement(Verdict.CORRECT, first, made_at=clock(), author="Ada", field="outlet", value="Morgenblatt")
    archive.add_judgement(said)
    build(archive, clock=clock, pipeline=FakePipeline())
    archive.add_judgement(make_judgement(Verdict.UNDO, said.id, made_at=clock(), author="Bea"))
    told = explain(archive, pipeline=FakePipeline())
    assert reasons(told)["article"] == {(Reason("correction", "outlet"), 1)}


def test_a_few_new_articles_are_linked_around(archive: SqlArchive) -> None:
    pipeline, few = FakePipeline(), Around(least=1, most=5)
    archive.forget_article(capture_of(TEXTS[2]).id)
    build(archive, clock=clock, pipeline=pipeline, around=few)
    archive.add_capture(capture_of("Woanders\n@Carla und @Dora beim TREFFEN."))
    told = explain(archive, pipeline=pipeline, around=few)
    assert (told.articles, told.unchanged, told.link.how) == (1, 2, "around")
    assert explain(archive, pipeline=pipeline, around=few, whole=True).link.how == "whole"
    done = build(archive, clock=clock, pipeline=pipeline, around=few)
    assert done.explained is not None
    assert done.explained.link.how == "around"
    assert explain(archive, pipeline=pipeline, around=few).link.how == "none"
    settled = explain(archive, pipeline=pipeline, around=few, whole=True)
    assert (settled.link.how, settled.link.reasons) == ("whole", (Reason("provisional", after="1"),))


def test_recipes_are_compared_stage_by_stage() -> None:
    old = StageIdentity("a", "1", "x", "", (("one", "1" * 64), ("two", "2" * 64)), (("words", "3" * 64),))
    new = StageIdentity("a", "1", "y", "", (("one", "4" * 64), ("three", "2" * 64)), ())
    other = StageIdentity("b", "1", "x")
    found = differences(Recipe("1", (old, other)), Recipe("1", (new, other)))
    assert found == {
        "a": (
            Reason("resource", "one", "1" * 12, "4" * 12),
            Reason("resource", "two", "2" * 12, ""),
            Reason("resource", "three", "", "2" * 12),
            Reason("model", "words", "3" * 12, ""),
        )
    }
    assert differences(Recipe("1", (old,)), Recipe("1", (old,))) == {}
    assert set(differences(Recipe("1", (old,)), Recipe("1", (old, other)))) == {"a", "b"}
    assert differences(Recipe("1", (old,)), Recipe("2", (old,))) == {"a": (Reason("program", "", "1", "2"),)}
