"""What benchmarks measure on: generated articles are labelled, the same every time, and sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks import generated, worlds

from quellenlage.article import Overrides
from quellenlage.encoder import files
from quellenlage.execution import build, relink
from quellenlage.model import to_json
from quellenlage.pipeline import fingerprint
from quellenlage.store import SqlArchive, open_archive

COUNT = 60
"""Two worlds and some more."""


@pytest.fixture(scope="module", autouse=True)
def read_by_rules() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(files.VARIABLE, files.Models.RULES)
        generated.patterns()
        yield


def clock() -> str:
    return "2026-01-01T00:00:00Z"


def test_the_same_seed_gives_the_same_articles_wherever_one_begins() -> None:
    listed = list(generated.articles(COUNT, seed=3))
    assert list(generated.articles(5, seed=3, first=COUNT - 5)) == listed[-5:]
    assert listed != list(generated.articles(COUNT, seed=4))
    assert len({capture.id for capture, _ in listed}) == COUNT
    for capture, document in listed:
        assert capture.text.rstrip().endswith(generated.LABEL)
        assert capture.source.startswith("generated/")
        assert document.text == capture.text
        assert document.article.capture == capture.id


def test_worlds_share_no_invented_name_and_keep_their_own() -> None:
    texts = [capture.text for capture, _ in generated.articles(COUNT)]
    assert not any(stem in text.lower() for text in texts for stem in ("perkon", "tschuwarin", "dorvat"))
    one, other = worlds.World(1, 7), worlds.World(2, 7)
    assert one.name("Perkonien") != other.name("Perkonien")
    assert one.name("perkonische") == one.name("Perkonien")[0].lower() + one.name("Perkonien")[1:-3] + "ische"


def test_days_in_the_text_move_with_the_layers() -> None:
    months = generated._MONTHS
    for _, document in generated.articles(COUNT, first=COUNT):
        for timex in document.timexes:
            words = timex.span.of(document.text).split()
            if timex.earliest and timex.earliest == timex.latest and words[-1] == str(timex.earliest.year):
                named = [word for word in words if word in months]
                assert named in ([], [months[timex.earliest.month - 1]])


def test_words_stand_between_words_that_stay_and_belong_to_no_layer() -> None:
    for _, document in generated.articles(COUNT):
        added = [t for t in document.tokens if t.lemma and t.lemma.endswith(("lings", "lichen")) and t.feats is None]
        named = [mention.span for mention in document.mentions]
        assert all(not span.contains(t.span) for t in added for span in named if t.upos == "ADV")
        for token in document.tokens:
            assert token.head is None or 0 <= token.head < len(document.tokens)


def test_worlds_are_courses_of_their_own(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "worlds.db"), create=True)
    size = len(generated.patterns())
    generated.write_layers(archive, 3 * size)
    relink(archive, clock=clock)
    world = {document.article.id: document.article.source.split("/")[1] for document in archive.documents()}
    linked = archive.linked()
    copied = [world[reuse.article] == world[reuse.earlier] for reuse in linked.reuses]
    assert sum(copied) >= 0.9 * len(copied) > 0
    mixed = [story for story in linked.stories if len({world[article] for article in story.articles}) > 1]
    assert len(mixed) <= 1
    for number in set(world.values()):
        # A world is several courses of events, and the largest of them is found as one story.
        assert max(sum(world[a] == number for a in story.articles) for story in linked.stories) >= size / 5


def test_layers_enter_at_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.VARIABLE, files.Models.RULES)

    def built(name: str, steps: tuple[int, ...]) -> SqlArchive:
        archive = open_archive(str(tmp_path / name), create=True)
        first = 0
        for count in steps:
            generated.write_layers(archive, count, first=first)
            first += count
            relink(archive, clock=clock)
        return archive

    whole = built("whole.db", (COUNT,))
    assert whole.verify() == []
    assert build(whole, clock=clock).analysed == 0
    linked = to_json(whole.linked())
    # Added bit by bit, each bit linked, and all at once.
    assert to_json(built("parts.db", (1, 27, 9, COUNT - 37)).linked()) == linked
    assert len(whole.linked().reuses) > 0
    capture, _ = next(generated.articles(1))
    assert whole.pending([(capture.id, fingerprint(capture.id, Overrides()))]) == []
