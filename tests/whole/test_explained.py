"""Builds that make again what changed alone, through the real stages: what they say, and that nothing else differs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from quellenlage import pipeline
from quellenlage.encoder import files
from quellenlage.execution import Decision, Explanation, Reason, build, explain, judge, last_built
from quellenlage.execution.engines import Pool
from quellenlage.intake import IntakeOptions
from quellenlage.intake import captures as read
from quellenlage.link import RESOURCES as LINK_RESOURCES
from quellenlage.model import Archive, Capture, Verdict, to_json
from quellenlage.pipeline import STAGES
from quellenlage.resources import digest, resource
from quellenlage.store import SqlArchive, open_archive, schema, state

MANY = 6
NAMES = ("article", *(stage.name for stage in STAGES))
OWN = {"article": "de/visits.toml", **{stage.name: stage.resources[0] for stage in STAGES}}
"""A file that each stage reads."""


def clock() -> str:
    return "2026-01-02T00:00:00Z"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explained") / "a.db"
    archive = open_archive(str(path), create=True)
    options = IntakeOptions(captured_at="2026-01-05T10:00:00Z", network=False)
    found = (one for one in read([str(resource("sample"))], options) if isinstance(one, Capture))
    for capture in islice(found, MANY):
        archive.add_capture(capture)
    build(archive, clock=clock)
    archive.close()
    return path


@pytest.fixture
def archive(base: Path, tmp_path: Path) -> Iterator[SqlArchive]:
    opened = open_archive(str(shutil.copy(base, tmp_path / "a.db")))
    yield opened
    opened.close()


@pytest.fixture
def otherwise(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Lets a resource have another content as far as fingerprints go."""
    changed = set[str]()

    def change(name: str) -> None:
        changed.add(name)
        pipeline._identities.cache_clear()

    monkeypatch.setattr(pipeline, "digest", lambda name: digest(name)[::-1] if name in changed else digest(name))
    yield change
    pipeline._identities.cache_clear()


def dump(archive: Archive) -> bytes:
    """All that is derived, in bytes."""
    return b"\n".join([*(to_json(d) for d in archive.documents()), to_json(archive.linked())])


def stages_of(told: Explanation | None) -> dict[str, tuple[int, int]]:
    assert told is not None
    return {s.stage: (s.articles, s.following) for s in told.stages if s.articles or s.following}


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_file_runs_the_stages_that_read_it_and_says_so(
    archive: SqlArchive, otherwise: Callable[[str], None], name: str
) -> None:
    before = dump(archive)
    otherwise(OWN[name])
    readers = {i.name for i in pipeline.identities() if OWN[name] in dict(i.resources)}
    foretold = explain(archive)
    assert (foretold.done, foretold.articles, foretold.whole, foretold.unchanged) == (False, MANY, 0, 0)
    own = {s.stage for s in foretold.stages if s.articles}
    assert own == readers
    for stage in foretold.stages:
        if stage.articles:
            assert [(r.code, r.name, n) for r, n in stage.reasons] == [("resource", OWN[name], MANY)]
        assert stage.following == (MANY if stage.stage in pipeline.following(frozenset(own)) else 0)
    assert {one.stage for one in foretold.installation} == readers
    assert dump(archive) == before
    done = build(archive, clock=clock)
    # Only the digest is another one, so each stage gave what it had given, and nothing that reads it was run.
    assert stages_of(done.explained) == dict.fromkeys(readers, (MANY, 0))
    assert done.explained is not None
    assert done.explained.same == done.analysed == MANY
    assert last_built(archive) == done.explained
    assert dump(archive) == before
    assert archive.verify() == []
    again = explain(archive)
    assert (again.articles, again.link.how, again.installation) == (0, "none", ())


def test_other_models_make_the_same_in_part_as_a_whole(
    archive: SqlArchive, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(files.VARIABLE, files.Models.RULES)
    foretold = explain(archive)
    assert {r.name for s in foretold.stages for r, _ in s.reasons if r.code == "model"} >= {"words", "quotations"}
    assert {r.after for s in foretold.stages for r, _ in s.reasons} == {""}
    build(archive, clock=clock)
    fresh = open_archive(str(tmp_path / "fresh.db"), create=True)
    for capture in archive.captures():
        fresh.add_capture(capture)
    whole = build(fresh, clock=clock)
    assert whole.explained is not None
    assert whole.explained.whole == MANY
    assert dump(archive) == dump(fresh)
    fresh.close()
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)
    build(archive, clock=clock)
    with_models = open_archive(str(base))
    assert dump(archive) == dump(with_models)
    with_models.close()


@pytest.mark.parametrize("engine", ["process", "pool"])
def test_a_corrected_day_keeps_the_names(archive: SqlArchive, engine: str) -> None:
    article = next(iter(archive.documents())).article
    day = "2001-02-03"
    judge(archive, Decision(Verdict.CORRECT, article.id, field="dct", value=day), author="Ada", made_at=clock())
    foretold = explain(archive)
    assert foretold.articles == 1
    (first,) = (s for s in foretold.stages if s.articles)
    assert (first.stage, first.reasons) == ("article", ((Reason("correction", "dct", after="Ada"), 1),))
    assert foretold.link.how == "whole"
    assert {r.code for r in foretold.link.reasons} == {"articles", "judgements"}
    done = build(archive, clock=clock, engine=Pool(1) if engine == "pool" else None)
    ran = stages_of(done.explained)
    assert set(ran) <= {"article", "timex", "quotations", "claims", "events"}
    assert {"article", "timex"} <= set(ran)
    part = archive.document(article.id)
    overrides = pipeline.overrides_for(archive.judgements(), article.capture)
    assert part == pipeline.analyse(archive.capture(article.capture), overrides)
    assert part.article.dct is not None
    assert part.article.dct.value == day
    activities = {a.stage: a.articles for a in archive.activities()[-len(ran) - 1 :]}
    assert activities == {**dict.fromkeys(ran, 1), "link": MANY}


def test_everything_that_is_derived_comes_back_the_same(archive: SqlArchive) -> None:
    article = next(iter(archive.documents())).article
    judge(archive, Decision(Verdict.CORRECT, article.id, field="dct", value="2001-02-03"), author="", made_at=clock())
    build(archive, clock=clock)
    before = dump(archive)
    drop_derived(archive)
    assert list(archive.documents()) == []
    done = build(archive, clock=clock)
    assert done.analysed == MANY
    assert dump(archive) == before
    assert archive.verify() == []


def drop_derived(archive: SqlArchive) -> None:
    """Delete what builds derive; captures, decisions, lists from outside and names forgotten are input."""
    given = {"meta", "captures", "judgements", "suppressed", "ledger", "activities"}
    with archive._engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        for table in reversed(schema.metadata.sorted_tables):
            if table.name not in given and not table.name.startswith("reference_"):
                connection.execute(delete(table))
        connection.execute(text("INSERT INTO sentence_search(sentence_search) VALUES ('delete-all')"))
        for name in (state.LINKED_FINGERPRINT, state.LINKED_STAND, state.LISTING):
            state.put(connection, name, None)
        connection.commit()


def test_what_older_versions_made_is_made_as_a_whole_once(
    archive: SqlArchive, otherwise: Callable[[str], None]
) -> None:
    before = dump(archive)
    with archive._engine.begin() as connection:
        connection.execute(update(schema.articles).values(recipe=None, earlier=None, corrected=None))
    assert explain(archive).articles == 0  # their fingerprints tell that nothing changed
    otherwise(OWN["places"])
    foretold = explain(archive)
    assert (foretold.articles, foretold.whole) == (MANY, MANY)
    assert {(r.code, n) for s in foretold.stages for r, n in s.reasons} == {("unknown", MANY)}
    build(archive, clock=clock)
    assert dump(archive) == before
    otherwise(OWN["events"])
    assert explain(archive).whole == 0


def test_a_damaged_document_is_made_as_a_whole(archive: SqlArchive, otherwise: Callable[[str], None]) -> None:
    before = dump(archive)
    with archive._engine.begin() as connection:
        connection.execute(update(schema.articles).values(earlier=b"{"))
    otherwise(OWN["events"])
    done = build(archive, clock=clock)
    assert done.rejected == ()
    assert done.explained is not None
    assert {s.articles + s.following for s in done.explained.stages} == {MANY}
    assert dump(archive) == before


def test_why_all_is_linked_anew(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert explain(archive).link.how == "none"
    monkeypatch.setattr(pipeline, "digest", lambda name: "0" * 64 if name == LINK_RESOURCES[0] else digest(name))
    monkeypatch.setattr(pipeline, "STORY_VERSION", "next")
    told = explain(archive)
    assert told.articles == 0
    assert [(r.code, r.name, r.after[:4]) for r in told.link.reasons] == [
        ("version", "story", "next"),
        ("resource", LINK_RESOURCES[0], "0000"),
    ]
    done = build(archive, clock=clock)
    assert done.explained is not None
    assert done.explained.link == told.link
    assert explain(archive).link.how == "none"
