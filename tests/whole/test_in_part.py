"""Articles made again in part, through the real stages: byte for byte what making them as a whole gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage import pipeline
from quellenlage.article import Overrides, make_article
from quellenlage.intake import IntakeOptions
from quellenlage.intake import captures as read
from quellenlage.model import LAYERS, Capture, Document
from quellenlage.model.article import Article
from quellenlage.model.remaking import ARTICLE, Kept, Made, following, remake, unpack_earlier
from quellenlage.model.stage import Stage
from quellenlage.pipeline import STAGES, article_id
from quellenlage.resources import resource
from quellenlage.store.packing import pack_document, unpack_document

NAMES = (ARTICLE, *(stage.name for stage in STAGES))
MANY = 8


@cache
def captures() -> Sequence[Capture]:
    options = IntakeOptions(captured_at="2026-01-05T10:00:00Z", network=False)
    found = (one for one in read([str(resource("sample"))], options) if isinstance(one, Capture))
    return tuple(islice(found, MANY))


def _first(layer: str, **values: object) -> Callable[[Document], Document]:
    """The document with other values in the first item of a layer."""

    def change(document: Document) -> Document:
        items = getattr(document, layer)
        changed = (replace(items[0], **values), *items[1:]) if items else ()
        return replace(document, **{layer: changed})  # type: ignore[arg-type]  # fields by name

    return change


OTHERWISE: dict[str, Callable[[Document], Document]] = {
    "language": _first("tokens", lemma="anders"),
    "timex": _first("timexes", mod="APPROX"),
    "mentions": _first("entities", score=0.125),
    "places": lambda document: replace(document, places=document.places[1:]),
    "quotations": _first("quotations", score=0.125),
    "claims": _first("claims", score=0.125),
    "events": lambda document: replace(document, events=document.events[1:]),
}
"""What a stage gives with another lexicon, in place of what it gave."""


def stages(changed: frozenset[str]) -> list[Stage]:
    def run(stage: Stage, document: Document) -> Document:
        return OTHERWISE[stage.name](stage.run(document))

    return [replace(stage, run=partial(run, stage)) if stage.name in changed else stage for stage in STAGES]


def made(capture: Capture, changed: frozenset[str], kept: Kept | None = None) -> Made:
    overrides = Overrides(dct="2001-02-03") if ARTICLE in changed else Overrides()
    make = partial(make_article, capture, article_id(capture.id), overrides)
    return remake(stages(changed), make, kept)


@cache
def whole(number: int) -> Made:
    return made(captures()[number], frozenset())


def stored(number: int, again: frozenset[str]) -> Kept:
    """A document as it comes out of an archive."""
    old = whole(number)
    document = unpack_document(pack_document(old.document), captures()[number].text)
    return Kept(document, again, unpack_earlier(old.earlier, document))


@pytest.mark.parametrize("name", NAMES)
def test_a_stage_run_again_alone_gives_what_it_gave(name: str) -> None:
    for number in range(MANY):
        found = made(captures()[number], frozenset(), stored(number, frozenset({name})))
        assert found.same
        assert found.ran == (name,)
        assert pack_document(found.document) == pack_document(whole(number).document)
        assert found.earlier == whole(number).earlier


@settings(max_examples=25, deadline=None)
@given(st.integers(0, MANY - 1), st.frozensets(st.sampled_from(NAMES)))
def test_whatever_changed_the_result_is_that_of_all_stages(number: int, changed: frozenset[str]) -> None:
    capture = captures()[number]
    part, all_of_it = made(capture, changed, stored(number, changed)), made(capture, changed)
    assert pack_document(part.document) == pack_document(all_of_it.document)
    assert part.earlier == all_of_it.earlier
    assert set(part.ran) <= changed | following(STAGES, changed)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_stage_depends_on_nothing_but_what_it_declares(stage: Stage) -> None:
    for number in range(MANY):
        before = next(_befores(number, stage))
        known = {layer: getattr(before, layer) for layer in stage.reads}
        bare = Document(_bare(before.article, stage), **known)
        expected, found = stage.run(before), stage.run(bare)
        for layer in stage.writes:
            assert getattr(found, layer) == getattr(expected, layer)
        for layer in set(LAYERS) - set(stage.writes):
            assert getattr(expected, layer) == getattr(before, layer)


def _befores(number: int, wanted: Stage) -> Iterator[Document]:
    """The document as it is when a stage is reached."""
    document = Document(whole(number).document.article)
    for stage in STAGES:
        if stage is wanted:
            yield document
        document = stage.run(document)


def _bare(article: Article, stage: Stage) -> Article:
    """The article without the fields that a stage does not name."""
    blank: dict[str, object] = {
        "source": "", "language": None, "url": None, "headline": None, "outlet": None, "authors": (), "agencies": (),
        "dct": None, "warnings": (), "notices": (), "modified": None,
    }  # fmt: skip
    return replace(article, **{name: value for name, value in blank.items() if name not in stage.article})  # type: ignore[arg-type]


def test_taking_names_apart_is_part_of_the_stage_of_names() -> None:
    capture = next(c for n, c in enumerate(captures()) if len(_twice(whole(n).document)) > 1)
    number = captures().index(capture)
    start, end = _twice(whole(number).document)[-1]
    parted = pipeline.Parted(parted=(f"{start}:{end}",))
    again = frozenset(stage for stage, _, _ in pipeline.corrections(parted))
    assert again == {"mentions"}
    part, all_of_it = pipeline.remake(capture, parted, stored(number, again)), pipeline.remake(capture, parted)
    assert part.ran[0] == "mentions"
    assert "language" not in part.ran
    assert pack_document(part.document) == pack_document(all_of_it.document)
    assert pack_document(part.document) != pack_document(whole(number).document)


def _twice(document: Document) -> list[tuple[int, int]]:
    """Places of the mentions of an entity that is named more than once."""
    for entity in document.entities:
        found = [(m.start, m.end) for m in document.mentions if m.entity == entity.id and m.form == "name"]
        if len(found) > 1:
            return found
    return []
