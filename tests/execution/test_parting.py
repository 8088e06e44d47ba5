"""Two within one article that a stage took for one: people part them, and everything follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.execution.linking import article, filled, now
from tests.execution.parting import Parting, parted_document
from tests.store.fakes import clock

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import (
    Decision,
    Split,
    build,
    claims,
    find,
    forget_article,
    forget_person,
    forget_texts,
    judge,
    logged,
    member_ids,
    mentions_of,
    parted_words,
    preview,
    record,
    split,
    taking_back,
    undo,
)
from quellenlage.link.entities.parting import part, spans_value, value_spans
from quellenlage.model import Archive, Entity, Judgement, Linked, Span, Verdict, in_force, undone
from quellenlage.store import SqlArchive, open_archive

TEXTS = (
    "Außenminister [Jan Kolbe] kam.\n[Kolbe] sagt: Es regnet.\n[Tim Kolbe] sagt: Es schneit.\n[Kolbe] ging.",
    "[Jan Kolbe] schwieg.\n[Kolbe] las.",
    "[Tim Kolbe] malte.",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = filled(tmp_path, TEXTS)
    rebuilt(archive)
    yield archive
    archive.close()


def rebuilt(archive: Archive) -> Linked:
    build(archive, clock=clock, pipeline=Parting())
    assert archive.verify() == []
    return archive.linked()


def taken(archive: Archive, entity: str, *mentions: str) -> tuple[Judgement, ...]:
    return parted(archive, Split(entity, mentions=mentions))


def parted(archive: Archive, wish: Split) -> tuple[Judgement, ...]:
    return record(archive, split(archive, wish, author="me", made_at=now(), pipeline=Parting()))


def entity_of(archive: Archive, source: str, number: int) -> Entity:
    """The entity of the n-th name of an article, in order of the text."""
    document = archive.document(source)
    local = sorted(document.mentions, key=lambda m: m.start)[number - 1].entity
    (found,) = (
        e
        for e in archive.linked().entities
        if any((m.article, m.local) == (document.article.id, local) for m in e.members)
    )
    return found


def groups(archive: Archive, source: str) -> list[list[int]]:
    """Which names of an article are one across articles, by number."""
    found: dict[str, list[int]] = {}
    for number in range(1, len(archive.document(source).mentions) + 1):
        found.setdefault(entity_of(archive, source, number).id, []).append(number)
    return sorted(found.values())


def speakers(archive: Archive) -> list[str]:
    return [row.chain[0][0][1] for row in claims(archive)]


# Mentions --------------------------------------------------------------------------------------------------------


def test_mentions_are_numbered_article_by_article(archive: SqlArchive) -> None:
    placed = mentions_of(archive, entity_of(archive, "a1.txt", 1))
    told = [(one.source[-6:], one.number, one.quoted.exact) for one in placed]
    assert told == [
        ("a1.txt", 1, "Jan Kolbe"),
        ("a1.txt", 2, "Kolbe"),
        ("a1.txt", 3, "Tim Kolbe"),
        ("a1.txt", 4, "Kolbe"),
        ("a2.txt", 1, "Jan Kolbe"),
        ("a2.txt", 2, "Kolbe"),
    ]
    assert placed[2].sentence.exact == "[Tim Kolbe] sagt: Es schneit."
    assert {one.identifier for one in placed} <= {i for d in archive.documents() for i in member_ids(d).values()}


# Parting ---------------------------------------------------------------------------------------------------------


def test_mentions_that_leave_are_an_entity_that_links_with_others(archive: SqlArchive) -> None:
    before = entity_of(archive, "a1.txt", 1)
    assert speakers(archive) == ["Jan Kolbe", "Jan Kolbe"]
    (made,) = taken(archive, "Jan Kolbe", "a1.txt:3-4")
    assert (made.verdict, made.field, made.subject) == (
        Verdict.CORRECT,
        "parted",
        archive.document("a1.txt").article.id,
    )
    rebuilt(archive)
    assert groups(archive, "a1.txt") == [[1, 2], [3, 4]]
    left, new = entity_of(archive, "a1.txt", 1), entity_of(archive, "a1.txt", 3)
    assert (left.id, left.name, new.name) == (before.id, "Jan Kolbe", "Tim Kolbe")
    assert entity_of(archive, "a2.txt", 1).id == left.id
    assert entity_of(archive, "a3.txt", 1).id == new.id
    assert ([o.text for o in left.offices], new.offices) == (["Außenminister"], ())
    assert speakers(archive) == ["Jan Kolbe", "Tim Kolbe"]
    assert "judgement:parted" in new.reasons


def test_the_offices_go_with_the_name_beside_them(archive: SqlArchive) -> None:
    archive.add_capture(article(4, "Außenminister [Udo Rink] kam.\nKremlsprecher [Rink] ging.\n[Rink] blieb."))
    rebuilt(archive)
    taken(archive, "Udo Rink", "a4.txt:2")
    rebuilt(archive)
    offices = [[o.text for o in entity_of(archive, "a4.txt", n).offices] for n in (1, 2)]
    assert offices == [["Außenminister"], ["Kremlsprecher"]]


def test_whoever_is_called_so_keeps_the_name_and_what_stays_the_identifier(archive: SqlArchive) -> None:
    before = entity_of(archive, "a1.txt", 1).id
    parted(archive, Split("Jan Kolbe", within=("a1.txt",), spellings=("Jan Kolbe",)))
    rebuilt(archive)
    assert groups(archive, "a1.txt") == [[1], [2, 3, 4]]
    left, new = entity_of(archive, "a1.txt", 3), entity_of(archive, "a1.txt", 1)
    assert (left.id, left.name, new.name) == (before, "Tim Kolbe", "Jan Kolbe")
    # Each goes on with those of the other articles that are called so.
    assert entity_of(archive, "a2.txt", 1).id == new.id
    assert entity_of(archive, "a3.txt", 1).id == left.id


def test_the_same_word_can_be_two(archive: SqlArchive) -> None:
    taken(archive, "Jan Kolbe", "a2.txt:2")
    rebuilt(archive)
    assert groups(archive, "a2.txt") == [[1], [2]]
    # It may be the other one of that surname, but not the one that it was parted from.
    sides = {frozenset((d.one, d.other)) for d in archive.linked().doubts}
    assert sides == {frozenset((entity_of(archive, "a2.txt", 2).id, entity_of(archive, "a3.txt", 1).id))}


def test_an_undo_brings_everything_back(archive: SqlArchive) -> None:
    before, documents = archive.linked(), list(archive.documents())
    (made,) = taken(archive, "Jan Kolbe", "a1.txt:3,4")
    rebuilt(archive)
    undo(archive, made.id, author="me", made_at=now())
    assert rebuilt(archive) == before
    assert list(archive.documents()) == documents
    undo(archive, "last", author="me", made_at=now())
    rebuilt(archive)
    assert groups(archive, "a1.txt") == [[1, 2], [3, 4]]


def test_two_partings_in_a_row_and_the_first_undone(archive: SqlArchive) -> None:
    (first,) = taken(archive, "Jan Kolbe", "a1.txt:3-4")
    rebuilt(archive)
    name = entity_of(archive, "a1.txt", 3).id
    taken(archive, name, "a1.txt:2")  # of what left, the second is a third
    rebuilt(archive)
    assert groups(archive, "a1.txt") == [[1, 2], [3], [4]]
    assert entity_of(archive, "a1.txt", 3).id == name
    third = entity_of(archive, "a1.txt", 4).id
    undo(archive, first.id, author="me", made_at=now())
    rebuilt(archive)
    assert groups(archive, "a1.txt") == [[1, 2, 3], [4]]
    assert entity_of(archive, "a1.txt", 4).id == third


def test_two_partings_of_the_same_entity(archive: SqlArchive) -> None:
    taken(archive, "Jan Kolbe", "a1.txt:2")
    rebuilt(archive)
    taken(archive, entity_of(archive, "a1.txt", 1).id, "a1.txt:2")  # now "Tim Kolbe"
    rebuilt(archive)
    assert groups(archive, "a1.txt") == [[1, 4], [2], [3]]


def test_people_may_declare_parts_the_same_with_others_and_again_with_each_other(archive: SqlArchive) -> None:
    taken(archive, "Jan Kolbe", "a1.txt:2")
    rebuilt(archive)
    one, part_of_it = entity_of(archive, "a1.txt", 1).id, entity_of(archive, "a1.txt", 2).id
    judge(
        archive, Decision(Verdict.SAME, part_of_it, other=entity_of(archive, "a3.txt", 1).id), author="a", made_at=now()
    )
    rebuilt(archive)
    assert entity_of(archive, "a1.txt", 2) == entity_of(archive, "a3.txt", 1)
    undo(archive, "last", author="me", made_at=now())
    judge(archive, Decision(Verdict.SAME, part_of_it, other=one), author="a", made_at=now())
    rebuilt(archive)
    assert entity_of(archive, "a1.txt", 2) == entity_of(archive, "a1.txt", 1)


def test_what_leaves_in_two_articles_is_one_and_one_decision(archive: SqlArchive) -> None:
    made = taken(archive, "Jan Kolbe", "a1.txt:2", "a2.txt:2")
    assert [j.verdict for j in made] == [Verdict.CORRECT, Verdict.CORRECT, Verdict.SAME]
    rebuilt(archive)
    assert entity_of(archive, "a1.txt", 2) == entity_of(archive, "a2.txt", 2)
    assert groups(archive, "a2.txt") == [[1], [2]]
    undo(archive, made[1].id, author="me", made_at=now())
    assert in_force(archive.judgements()) == []
    rebuilt(archive)
    assert groups(archive, "a1.txt") == [[1, 2, 3, 4]]


def test_a_parting_survives_a_build_from_nothing(archive: SqlArchive, tmp_path: Path) -> None:
    taken(archive, "Jan Kolbe", "a1.txt:3-4")
    expected = rebuilt(archive)
    fresh = open_archive(str(tmp_path / "fresh.db"), create=True)
    for capture in archive.captures():
        fresh.add_capture(capture)
    for judgement in archive.judgements():
        fresh.add_judgement(judgement)
    assert rebuilt(fresh) == expected
    fresh.close()


def test_only_the_article_in_question_is_read_again(archive: SqlArchive) -> None:
    taken(archive, "Jan Kolbe", "a1.txt:3-4")
    report = build(archive, clock=clock, pipeline=Parting())
    assert (report.analysed, report.unchanged) == (1, 2)


def test_a_parted_name_is_forgotten_without_the_other(archive: SqlArchive) -> None:
    taken(archive, "Jan Kolbe", "a1.txt:3")
    rebuilt(archive)
    forget_person(archive, "Tim Kolbe", clock=clock, pipeline=Parting())
    assert archive.verify() == []
    assert [e.name for e in rebuilt(archive).entities] == ["Jan Kolbe"]
    forget_article(archive, "a1.txt", clock=clock, pipeline=Parting())
    assert archive.verify() == []
    rebuilt(archive)
    assert groups(archive, "a2.txt") == [[1, 2]]


def test_a_split_of_whole_articles_goes_on_beside_it(archive: SqlArchive) -> None:
    taken(archive, "Jan Kolbe", "a1.txt:3-4")
    rebuilt(archive)
    record(archive, split(archive, Split("Jan Kolbe", ("a2.txt",)), author="me", made_at=now(), pipeline=Parting()))
    rebuilt(archive)
    assert groups(archive, "a1.txt") == [[1, 2], [3, 4]]
    assert entity_of(archive, "a2.txt", 1) not in {entity_of(archive, "a1.txt", n) for n in (1, 3)}


@pytest.mark.parametrize(
    ("wish", "error", "message"),
    [
        (Split("Jan Kolbe", mentions=("a1.txt:1-4",)), BadInput, "would leave"),
        (Split("Jan Kolbe", mentions=("a1.txt:9",)), NotFound, "no such mention"),
        (Split("Jan Kolbe", mentions=("a3.txt:1",)), NotFound, "no part"),
        (Split("Jan Kolbe", mentions=("2",)), BadInput, "several articles"),
        (Split("Jan Kolbe", mentions=("a1.txt:x",)), BadInput, "no number"),
        (Split("Jan Kolbe", mentions=("a1.txt:2",), out=("a2.txt",)), BadInput, "at once"),
        (Split("Jan Kolbe", mentions=("a1.txt:2",), spellings=("Kolbe",)), BadInput, "at once"),
        (Split("Jan Kolbe", within=("a1.txt",)), BadInput, "at once"),
        (Split("Jan Kolbe", within=("a1.txt",), spellings=("Udo",)), NotFound, "spelled so there"),
        (Split("a1.txt", mentions=("1",)), BadInput, "no entity"),
    ],
)
def test_partings_that_make_no_sense(archive: SqlArchive, wish: Split, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        split(archive, wish, author="me", made_at=now(), pipeline=Parting())
    assert archive.judgements() == []


def test_a_bare_number_suffices_where_one_article_names_it(archive: SqlArchive) -> None:
    archive.add_capture(article(4, "[Eva Rink] kam.\n[Rink] ging."))
    rebuilt(archive)
    taken(archive, "Eva Rink", "2")
    rebuilt(archive)
    assert groups(archive, "a4.txt") == [[1], [2]]


def test_an_article_without_text_cannot_be_parted(archive: SqlArchive) -> None:
    forget_texts(archive, clock=clock, pipeline=Parting())
    with pytest.raises(BadInput, match="deleted"):
        taken(archive, "Jan Kolbe", "a1.txt:2")


def test_a_preview_of_a_parting_and_of_its_undo(archive: SqlArchive) -> None:
    wish = Split("Jan Kolbe", mentions=("a1.txt:3-4",))
    made = split(archive, wish, author="me", made_at=now(), pipeline=Parting())
    before = archive.linked()
    effect = preview(archive, made, pipeline=Parting())
    assert (archive.judgements(), archive.linked()) == ([], before)
    (change,) = effect.changes
    assert sorted(e.name for e in change.before) == ["Jan Kolbe", "Tim Kolbe"]
    assert sorted(e.name for e in change.after) == ["Jan Kolbe", "Tim Kolbe"]
    assert "Es schneit." in [quote.exact for quote in effect.claims]
    record(archive, made)
    # Before and after the build that follows it, an undo shows the way back.
    for _ in range(2):
        back, number = taking_back(archive, "last", author="me", made_at=now())
        assert number == 1
        (change_back,) = preview(archive, (back,), pipeline=Parting()).changes
        assert (change_back.before, change_back.after) == (change.after, change.before)
        rebuilt(archive)
    assert in_force(archive.judgements()) == list(made)


def test_the_log_knows_whom_a_parting_concerns(archive: SqlArchive) -> None:
    (made,) = taken(archive, "Jan Kolbe", "a1.txt:3-4")
    rebuilt(archive)
    for name in ("Jan Kolbe", "Tim Kolbe"):
        assert [one.judgement for one in logged(archive, name)] == [made]
    assert parted_words(archive, made).startswith("Tim Kolbe, Kolbe (")
    undo(archive, "last", author="me", made_at=now())
    rebuilt(archive)
    assert [one.state for one in logged(archive, "Jan Kolbe")] == ["undone", "in-force"]
    forget_article(archive, "a1.txt", clock=clock, pipeline=Parting())
    assert parted_words(archive, made) == made.value
    assert logged(archive, "Jan Kolbe") == []


# The judgement itself --------------------------------------------------------------------------------------------


DOCUMENT = parted_document(article(1, TEXTS[0]))
SPANS = [m.span for m in DOCUMENT.mentions]


@pytest.mark.parametrize("value", ["", "x", "1", "1:2,", "1:2;3:4", "0:1", "-1:3", spans_value(SPANS)])
def test_a_value_without_mentions_of_one_entity_does_nothing(value: str) -> None:
    assert part(DOCUMENT, [value]) is DOCUMENT


def test_what_is_gone_of_a_value_is_left_out() -> None:
    assert part(DOCUMENT, [f"{spans_value(SPANS[3:4])},9000:9001"]).mentions[3].entity != DOCUMENT.mentions[3].entity


def test_places_are_kept_in_order_and_once() -> None:
    value = spans_value([Span(5, 8), Span(1, 2), Span(5, 8)])
    assert (value, value_spans(value)) == ("1:2,5:8", frozenset({(1, 2), (5, 8)}))


# Undo ------------------------------------------------------------------------------------------------------------


def test_undo_last_takes_an_undo_back(archive: SqlArchive) -> None:
    (one,) = judge(archive, Decision(Verdict.REJECT, "Tim Kolbe"), author="me", made_at=now())
    states = []
    for _ in range(4):
        undo(archive, "last", author="me", made_at=now())
        states.append(one.id in undone(archive.judgements()))
    assert states == [True, False, True, False]
    assert find(archive, "Tim Kolbe").kind == "entity"
