"""However an archive is cut into portions, and whoever reads them, what is linked is the same."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from random import Random
from typing import Any

import pytest
from benchmarks.generated import articles
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.made import Making, made

from quellenlage import pipeline
from quellenlage.encoder import files
from quellenlage.errors import ArchiveUnusable
from quellenlage.intake import IntakeOptions, captures
from quellenlage.link import clusters, statements
from quellenlage.link.entities import registry
from quellenlage.link.reuse import find_reuse
from quellenlage.link.shingles import words_of
from quellenlage.link.texts import Texts, packed, unpacked
from quellenlage.model import Capture, Document, Linked, evidence, filed, partition
from quellenlage.model.partition import Mapper, each, in_process, portions
from quellenlage.model.recent import recent
from quellenlage.model.spans import Span
from quellenlage.resources import resource


def elsewhere(function: Callable[[Any], Any], things: Iterable[Any]) -> Iterator[Any]:
    """As other processes do it: what goes there and what comes back is pickled."""
    for thing in things:
        there, sent = pickle.loads(pickle.dumps((function, thing)))  # noqa: S301 - our own
        yield pickle.loads(pickle.dumps(there(sent)))  # noqa: S301


def shuffled(seed: int) -> Mapper:
    """As other processes do it that answer in any order."""

    def mapper(function: Callable[[Any], Any], things: Iterable[Any]) -> Iterator[Any]:
        sent = [pickle.dumps((function, thing)) for thing in things]
        answers: dict[int, Any] = {}
        for number in Random(seed).sample(range(len(sent)), len(sent)):  # noqa: S311 - an order, nothing secret
            there, thing = pickle.loads(sent[number])  # noqa: S301
            answers[number] = there(thing)
        yield from (answers[number] for number in range(len(sent)))

    return mapper


@lru_cache(maxsize=1)
def sample() -> tuple[Document, ...]:
    options = IntakeOptions(captured_at="2026-01-05T10:00:00Z", network=False)
    read = captures([str(resource("sample"))], options)
    return tuple(pipeline.analyse(one) for one in read if isinstance(one, Capture))


def linked(documents: Sequence[Document], mapper: Mapper) -> Linked:
    return pipeline.connect(documents, (), frozenset(), mapper=mapper)


@pytest.mark.parametrize("named", ["sample", "generated"])
def test_however_little_is_held_in_memory(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = sample() if named == "sample" else tuple(document for _, document in articles(120))
    whole = linked(documents, in_process)
    for module, name in ((clusters, "_HELD"), (registry, "_HELD"), (filed, "FEW"), (filed, "_HELD")):
        monkeypatch.setattr(module, name, 1)
    assert linked(documents, in_process) == whole


@pytest.fixture(scope="module", autouse=True)
def _rules() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(files.VARIABLE, files.Models.RULES)
        yield


@pytest.fixture(scope="module")
def whole() -> Linked:
    return linked(sample(), in_process)


def test_the_sample_in_portions_of_any_size(whole: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    assert min(map(len, (whole.statements, whole.events, whole.stories, whole.conflicts))) > 0
    for size in (1, 3, 7, 100):
        monkeypatch.setattr(portions, "__defaults__", (size,))
        monkeypatch.setattr(statements, "_TOGETHER", size)
        assert linked(sample(), elsewhere) == whole


@settings(max_examples=5, deadline=None)
@given(size=st.integers(1, 12), seed=st.integers(0, 1000))
def test_answers_in_any_order(size: int, seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "__defaults__", (size,))
        patch.setattr(statements, "_TOGETHER", size)
        assert linked(sample()[:14], shuffled(seed)) == linked(sample()[:14], in_process)


def test_answers_kept_from_before_are_let_go_by_the_link() -> None:
    asked: list[int] = []

    @recent(8)
    def same(number: int) -> int:
        asked.append(number)
        return number

    for _ in range(2):
        same(1)
    linked(sample()[:2], in_process)
    same(1)
    assert asked == [1, 1]


def test_generated_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = tuple(document for _, document in articles(90))
    expected = linked(documents, in_process)
    assert len(expected.entities) > 180
    monkeypatch.setattr(portions, "__defaults__", (32,))
    assert linked(documents, elsewhere) == expected


@given(st.lists(st.sampled_from("Der „Hof ist“ kam “neu zwei 12 Rat-Tag ß İ".split()), max_size=40))
def test_words_come_out_of_their_file_as_they_went_in(told: list[str]) -> None:
    words = words_of(made(1, " ".join(told) or "nichts"))
    assert unpacked(packed(words)) == words


def test_a_full_folder_for_temporary_files_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "wb", buffering=0) as full:
        monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: full)
        with pytest.raises(ArchiveUnusable, match="No space left") as caught:
            Texts.of([made(1, "Ein Text")])
    assert "TMPDIR" in caught.value.remedy


def test_texts_are_ranked_by_their_last_day_and_the_undated_come_last() -> None:
    days = (None, "2020-05-13", "2020-05-12", "2020-05-13")
    documents = [made(n, f"Text {n}", Making(dct=day)) for n, day in enumerate(days)]
    assert Texts.of(documents).in_time == [2, 1, 3, 0]
    assert find_reuse(documents) == find_reuse(documents, elsewhere) == ()


def test_portions_are_all_documents_in_order() -> None:
    documents = [made(n, f"Text {n}") for n in range(7)]
    cut = list(partition.portions(documents, 3))
    assert [len(one) for one in cut] == [3, 3, 1]
    assert [document for one in cut for document in one] == documents
    assert list(each(in_process, attrgetter("text"), documents)) == [d.text for d in documents]


def test_quotations_of_one_text_share_it_in_another_process() -> None:
    text = "Der Rat von Orvenien hat getagt."
    two = [evidence("art-1", text, Span(*place), digest="d") for place in ((4, 7), (12, 20))]
    again = pickle.loads(pickle.dumps(two))  # noqa: S301
    assert again == two
    assert [one.exact for one in again] == ["Rat", "Orvenien"]
    assert len({id(getattr(one, "_words")) for one in (*again, *two)}) == 1  # noqa: B009 - of `Quoted` alone
