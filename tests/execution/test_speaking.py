"""A name that somebody types for a speaker: whose it is, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.fakes import FakePipeline, capture_of, clock

from quellenlage.errors import BadInput
from quellenlage.execution import Decision, build, claims, judge
from quellenlage.execution.speaking import meant, speaker_name
from quellenlage.model import Verdict
from quellenlage.store import SqlArchive, open_archive

TEXT = "Gipfel in Bern\n@Adam sagt: Das war gut.\n@Berta sagt: Es kamen viele."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    archive.add_capture(capture_of(TEXT, source="bern.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    yield archive
    archive.close()


def test_nobody_of_the_archive_is_kept_as_typed(archive: SqlArchive) -> None:
    assert speaker_name(archive, " Carla Neu\u00adhaus ") == "Carla Neuhaus"
    assert list(meant(archive, "Carla")) == []
    with pytest.raises(BadInput, match="shows nothing"):
        speaker_name(archive, "= \u00ad ")


def test_a_name_in_another_case_and_an_identifier_are_the_name_of_the_archive(archive: SqlArchive) -> None:
    adam = next(e for e in archive.linked().entities if e.name == "Adam")
    assert speaker_name(archive, "ADAM") == speaker_name(archive, adam.id) == "Adam"
    assert speaker_name(archive, "=ADAM") == "ADAM"


def test_what_was_read_stays_beside_what_a_person_says(archive: SqlArchive) -> None:
    first = claims(archive)[0]
    decision = Decision(Verdict.CORRECT, first.key, field="speaker", value="berta", note="gehört")
    judge(archive, decision, author="Ida", made_at="2026-01-01T00:00:00Z")
    after = claims(archive)[0]
    said = after.corrected
    assert said
    assert (after.chain[0][0][1], said.value, said.author, said.note) == ("Berta", "Berta", "Ida", "gehört")
    assert said.read == (first.chain[0][0][0],)
    assert first.corrected is None
    assert claims(archive)[1].corrected is None
