"""A story that somebody made is there with the next build, and until then the message says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.store.fakes import FakePipeline, capture_of, clock

from quellenlage.errors import NotFound
from quellenlage.execution import build
from quellenlage.execution.stories import find_story, make
from quellenlage.store import open_archive


def test_a_story_just_made_waits_for_the_build(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    archive.add_capture(capture_of("Kopf\n@Karl sagt: etwas", source="a.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    (article,) = [document.article.id for document in archive.documents()]
    for judgement in make(archive, "Mein Fall", [article], author="ich", made_at=clock()):
        archive.add_judgement(judgement)
    with pytest.raises(NotFound, match="waits for the next build"):
        find_story(archive, "Mein Fall")
    with pytest.raises(NotFound, match="0 stories go by that"):
        find_story(archive, "Dein Fall")
    archive.close()
