"""Stages over an article run again in part: the result is that of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model import Document, Mention, Quotation, QuotationType, Sentence, Span, Timex, Zone, ZoneKind
from quellenlage.model.article import Article
from quellenlage.model.layers import EntityKind, LocalEntity
from quellenlage.model.remaking import ARTICLE, Kept, Made, following, pack_earlier, remake, unpack_earlier
from quellenlage.model.spans import text_digest
from quellenlage.model.stage import Stage

TEXT = "Eins zwei drei vier fünf sechs sieben acht neun zehn."
WORDS = [Span(m, m + 2) for m in range(0, 40, 4)]
NAMES = (ARTICLE, "cut", "names", "times", "speakers")

Settings = dict[str, int]


def article(settings: Settings) -> Article:
    zones = (Zone(0, len(TEXT), ZoneKind.BODY),)
    shown = f"Blatt {settings[ARTICLE]}"
    return Article("art_1", "cap_1", shown, TEXT, text_digest(TEXT), "text", zones, url=str(settings[ARTICLE] // 2))


def stages(settings: Settings) -> tuple[Stage, ...]:
    """Each stage writes what its setting tells, and what it reads; `speakers` adds to what `names` wrote."""

    def cut(document: Document) -> Document:
        ends = [10, 10 + settings["cut"] % 2, len(TEXT)]
        return replace(document, sentences=tuple(Sentence(a, b) for a, b in ((0, ends[0]), (ends[1], ends[2]))))

    def names(document: Document) -> Document:
        count = 1 + (settings["names"] + len(document.sentences)) % 3
        entities = tuple(LocalEntity(f"e{n}", EntityKind.PER, f"N{n}") for n in range(count))
        found = tuple(Mention(f"m{n}", *_pair(WORDS[n]), EntityKind.PER, "name", f"e{n}") for n in range(count))
        return replace(document, mentions=found, entities=entities)

    def times(document: Document) -> Document:
        value = f"{document.article.url}{settings['times']}{document.sentences[1].start}"
        return replace(document, timexes=(Timex("t1", 0, 4, "DATE", value),))

    def speakers(document: Document) -> Document:
        known = document.mentions[settings["speakers"] % 2 :]
        added = Mention("m9", 36, 38, EntityKind.PER, "noun", document.entities[-1].id, settings["speakers"] / 10)
        spoken = Quotation("q1", QuotationType.DIRECT, "speech", (Span(0, 4),), reasons=(str(len(known)),))
        renamed = tuple(replace(e, score=settings["speakers"] % 3 / 2) for e in document.entities)
        return replace(document, mentions=(added, *known), entities=renamed, quotations=(spoken,))

    def stage(run: Callable[[Document], Document], reads: str, writes: str, of_article: str = "") -> Stage:
        return Stage(run.__name__, "1", _parts(reads), _parts(writes), (), run, article=_parts(of_article))

    return (
        stage(cut, "", "sentences"),
        stage(names, "sentences", "mentions entities"),
        stage(times, "sentences", "timexes", "url"),
        stage(speakers, "mentions entities", "mentions entities quotations"),
    )


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _parts(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def made(settings: Settings, before: tuple[Made, Settings] | None = None) -> Made:
    if before is None:
        return remake(stages(settings), lambda: article(settings))
    old, were = before
    again = frozenset(name for name in NAMES if were[name] != settings[name])
    kept = Kept(old.document, again, unpack_earlier(old.earlier, old.document))
    return remake(stages(settings), lambda: article(settings), kept)


SETTINGS = st.fixed_dictionaries({name: st.integers(0, 7) for name in NAMES})


@given(st.lists(SETTINGS, min_size=2, max_size=5))
def test_made_again_in_part_a_document_is_as_if_made_as_a_whole(course: list[Settings]) -> None:
    last, were = made(course[0]), course[0]
    for settings in course[1:]:
        whole, last, before = made(settings), made(settings, (last, were)), last
        were = settings
        assert last.document == whole.document
        assert last.earlier == whole.earlier
        assert last.same == (whole.document == before.document)
        assert set(last.ran) <= set(whole.ran)


BASE: Settings = dict.fromkeys(NAMES, 0)


@pytest.mark.parametrize(
    ("changed", "ran"),
    [
        ({}, ()),
        ({"times": 1}, ("times",)),
        ({"speakers": 1}, ("speakers",)),
        ({"cut": 2}, ("cut",)),  # it gives the same, so nothing that reads it is run
        ({"cut": 1}, ("cut", "names", "times")),  # as many sentences, so the same names, but one begins elsewhere
        ({"names": 3}, ("names",)),
        ({"names": 1}, ("names", "speakers")),
        ({ARTICLE: 1}, (ARTICLE,)),  # another source, which no stage reads
        ({ARTICLE: 2}, (ARTICLE, "times")),
    ],
)
def test_only_what_depends_on_a_change_is_run(changed: Settings, ran: tuple[str, ...]) -> None:
    found = made({**BASE, **changed}, (made(BASE), BASE))
    assert found.ran == ran
    assert set(found.ran) - set(changed) <= following(stages(BASE), frozenset(changed))


def test_what_may_follow_is_what_reads_what_is_written() -> None:
    assert following(stages(BASE), frozenset({"cut"})) == {"names", "times", "speakers"}
    assert following(stages(BASE), frozenset({"speakers"})) == frozenset()
    assert following(stages(BASE), frozenset({ARTICLE})) == {"cut", "names", "times", "speakers"}


def test_what_a_layer_was_in_between_is_kept_by_places() -> None:
    whole = made(BASE)
    assert whole.earlier is not None
    assert len(whole.earlier) < 400
    states = unpack_earlier(whole.earlier, whole.document)
    assert set(states) == {"names"}
    assert [m.id for m in states["names"]["mentions"]] == ["m0", "m1", "m2"][: len(states["names"]["mentions"])]
    assert pack_earlier(states, whole.document) == whole.earlier


@pytest.mark.parametrize(
    "packed",
    [b"{", b"[]", b'{"names":{"mentions":[[7,9]]}}', b'{"names":{"nothing":[]}}', b'{"names":{"mentions":[5]}}'],
)
def test_damaged_states_are_refused(packed: bytes) -> None:
    with pytest.raises((msgspec.MsgspecError, ValueError, TypeError)):
        unpack_earlier(packed, made(BASE).document)


def test_a_stage_names_fields_of_an_article_that_there_are() -> None:
    with pytest.raises(ValueError, match="no such fields of an article: \\['title'\\]"):
        Stage("x", "1", (), ("sentences",), (), lambda d: d, article=("title",))
