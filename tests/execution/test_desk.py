"""Ticks, notes and grades stay beside things through merge, split, rebuild and deletion; nothing is linked by them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.execution.linking import Linking, article
from tests.store.fakes import FakePipeline, capture_of, entity_key

from quellenlage import pipeline as real
from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import Decision, Desk, build, desk, find, forget_person, judge, logged, undo, unticking
from quellenlage.execution.marking import outlet_key
from quellenlage.model import (
    ACCOUNT,
    CREDIBILITY,
    RELIABILITY,
    Archive,
    Judgement,
    Verdict,
    bearing,
    in_force,
    make_judgement,
)
from quellenlage.store import SqlArchive, open_archive
from quellenlage.views.exports.jsonl import records
from quellenlage.views.exports.restore import restored_captures, restored_judgements
from quellenlage.views.records import encoded

TEXTS = {
    "/data/bern.txt": "Gipfel in Bern\n@Müller und @Berta beim TREFFEN mit #12 Gästen.\n@Müller sagt: Alles war gut.",
    "/data/nochmal.txt": "Noch einmal\n@Mueller und @Berta hatten ein TREFFEN.\n@Dora sagt: Nein.",
    "/data/woanders.txt": "Woanders\n@Dora schwieg.",
}
_moments = count()


def clock() -> str:
    return f"2026-01-05T10:00:00.{next(_moments):06d}+00:00"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    for source, text in TEXTS.items():
        made.add_capture(capture_of(text, source=source))
    build(made, clock=clock, pipeline=FakePipeline())
    yield made
    made.close()


def decide(archive: Archive, verdict: Verdict, subject: str, author: str = "anna", **rest: str) -> Judgement:
    [made] = judge(archive, Decision(verdict, subject, **rest), author=author, made_at=clock())
    return made


def words(archive: Archive, identifier: str) -> list[str]:
    return [mark.words for mark in desk(archive, [identifier])[identifier].notes]


def ticked(archive: Archive, identifier: str) -> list[str]:
    return [mark.author for mark in desk(archive, [identifier])[identifier].ticks]


def test_notes_stand_side_by_side_and_an_edited_one_is_a_new_one(archive: SqlArchive) -> None:
    berta = archive.linked().entities[1].id
    first = decide(archive, Verdict.NOTE, "Berta", note="ruft zurück")
    decide(archive, Verdict.NOTE, "Berta", "ben", note=" nicht vor Montag ")
    assert words(archive, berta) == ["ruft zurück", "nicht vor Montag"]
    undo(archive, first.id, author="anna", made_at=clock())
    decide(archive, Verdict.NOTE, berta, note="rief zurück")
    assert words(archive, berta) == ["nicht vor Montag", "rief zurück"]
    assert [one.state for one in logged(archive)] == ["undone", "in-force", "in-force", "in-force"]


def test_anything_can_be_noted_upon(archive: SqlArchive) -> None:
    linked = archive.linked()
    claim = archive.document("bern.txt").claims[0].key(archive.document("bern.txt").article.id)
    things = [
        *(group[0].id for group in (linked.entities, linked.events, linked.stories, linked.statements, linked.origins)),
        claim,
        archive.document("woanders.txt").article.id,
    ]
    things += [conflict.id for conflict in linked.conflicts[:1]]
    for thing in things:
        assert decide(archive, Verdict.NOTE, thing, note="siehe Akte").subject == thing
    assert {thing: [m.words for m in marks.notes] for thing, marks in desk(archive, things).items()} == {
        thing: ["siehe Akte"] for thing in things
    }


def test_ticks_of_two_people_count_twice_and_each_takes_back_its_own(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    decide(archive, Verdict.TICK, event.id, note="Anruf bei der Pressestelle")
    decide(archive, Verdict.TICK, event.id, "ben")
    decide(archive, Verdict.TICK, event.id, note="und im Protokoll gelesen")
    assert [(m.author, m.words) for m in desk(archive, [event.id])[event.id].ticks] == [
        ("ben", ""),
        ("anna", "und im Protokoll gelesen"),
    ]
    for one in unticking(archive, event.id, author="anna", made_at=clock()):
        archive.add_judgement(one)
    assert ticked(archive, event.id) == ["ben"]
    with pytest.raises(BadInput, match="not ticked off by anna"):
        unticking(archive, event.id, author="anna", made_at=clock())


def test_the_same_tick_sent_twice_is_one(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    first = decide(archive, Verdict.TICK, event.id, note="Anruf")
    assert decide(archive, Verdict.TICK, event.id, note=" Anruf ") == first
    account = decide(archive, Verdict.TICK, event.id, field=ACCOUNT, note="Anruf")
    assert account != first
    assert decide(archive, Verdict.TICK, event.id, field=ACCOUNT, note="Anruf") == account
    assert decide(archive, Verdict.TICK, event.id, "ben", note="Anruf") != first
    assert [(j.author, j.field) for j in archive.judgements()] == [("anna", None), ("anna", ACCOUNT), ("ben", None)]
    assert ticked(archive, event.id) == ["anna", "ben"]
    undo(archive, first.id, author="anna", made_at=clock())
    again = decide(archive, Verdict.TICK, event.id, note="Anruf")
    assert again != first
    assert ticked(archive, event.id) == ["ben", "anna"]


def test_what_became_one_is_ticked_off_once_by_each(archive: SqlArchive) -> None:
    adam, berta = (entity.id for entity in archive.linked().entities[:2])
    for author in ("anna", "ben", "anna"):
        for one in (adam, berta):
            tick = make_judgement(Verdict.TICK, one, made_at=clock(), author=author)
            archive.add_judgement(tick)
    decide(archive, Verdict.SAME, adam, other=berta)
    build(archive, clock=clock, pipeline=FakePipeline())
    assert sorted(ticked(archive, archive.resolve(adam))) == ["anna", "ben"]


def test_an_account_is_ticked_and_graded_apart_from_its_event(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    (second,) = [key for key, target in archive.linked().aliases.items() if target == event.id]
    decide(archive, Verdict.TICK, event.id, field=ACCOUNT)
    decide(archive, Verdict.GRADE, second, field=ACCOUNT, value="4")
    reader = Desk(archive)
    assert reader.of([event.id])[event.id].ticks == ()
    accounts = reader.of_accounts([event.id, second])
    assert len(accounts[event.id].ticks) == 1
    assert accounts[event.id].grades == ()
    assert accounts[second].grade(ACCOUNT) == "4"
    decide(archive, Verdict.TICK, second)  # of the whole event, by the key of one of its tellings
    assert ticked(archive, event.id) == ["anna"]


def test_a_later_grade_takes_the_place_of_an_earlier_one(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    origin = archive.linked().origins[0]
    decide(archive, Verdict.GRADE, event.id, value="3")
    decide(archive, Verdict.GRADE, event.id, "ben", value="2")
    decide(archive, Verdict.GRADE, origin.id, value="b")
    marks = desk(archive, [event.id, origin.id])
    assert marks[event.id].grade(CREDIBILITY) == "2"
    assert [mark.author for mark in marks[event.id].grades] == ["ben"]
    assert marks[origin.id].grade(RELIABILITY) == "B"
    assert [j.value for j in in_force(archive.judgements())] == ["2", "B"]


def test_an_outlet_that_is_the_origin_of_nothing_is_graded_by_its_name(archive: SqlArchive) -> None:
    decide(archive, Verdict.CORRECT, "woanders.txt", field="outlet", value="Tagblatt")
    build(archive, clock=clock, pipeline=FakePipeline())
    made = decide(archive, Verdict.GRADE, "tagblatt", value="C")
    assert made.subject == outlet_key("Tagblatt")
    assert decide(archive, Verdict.GRADE, made.subject, value="D").subject == made.subject
    assert desk(archive, [made.subject])[made.subject].grade(RELIABILITY) == "D"


@pytest.mark.parametrize(
    ("verdict", "subject", "rest", "message"),
    [
        (Verdict.TICK, "Berta", {}, "only events, claims"),
        (Verdict.TICK, "EVENT", {"field": "time"}, "takes no field"),
        (Verdict.TICK, "EVENT", {"value": "ja"}, "takes no field"),
        (Verdict.TICK, "CLAIM", {"field": ACCOUNT}, "no account"),
        (Verdict.NOTE, "Berta", {}, "needs words"),
        (Verdict.NOTE, "Berta", {"note": " \N{SOFT HYPHEN} "}, "needs words"),
        (Verdict.NOTE, "Berta", {"note": "x", "field": "name"}, "takes no field"),
        (Verdict.GRADE, "EVENT", {"value": "A"}, "only agencies"),
        (Verdict.GRADE, "Berta", {"value": "B"}, "only agencies"),
        (Verdict.GRADE, "ORIGIN", {"value": "1"}, "only events, claims"),
        (Verdict.GRADE, "EVENT", {"value": "7"}, "no grade"),
        (Verdict.GRADE, "EVENT", {"value": "12"}, "no grade"),
        (Verdict.GRADE, "EVENT", {}, "no grade"),
    ],
)
def test_what_cannot_be_ticked_noted_or_graded(
    archive: SqlArchive, verdict: Verdict, subject: str, rest: dict[str, str], message: str
) -> None:
    linked = archive.linked()
    first = archive.document("bern.txt")
    known = {
        "EVENT": linked.events[0].id,
        "CLAIM": first.claims[0].key(first.article.id),
        "ORIGIN": linked.origins[0].id,
    }
    with pytest.raises(BadInput, match=message):
        decide(archive, verdict, known.get(subject, subject), **rest)
    assert archive.judgements() == []


def test_nothing_unknown_is_noted_or_graded(archive: SqlArchive) -> None:
    for verdict, rest in ((Verdict.NOTE, {"note": "x"}), (Verdict.GRADE, {"value": "A"}), (Verdict.TICK, {})):
        for reference in ("ent-0000000000000000", "org-0000000000000000", "Niemand", ""):
            with pytest.raises(NotFound):
                decide(archive, verdict, reference, **rest)


def test_nothing_is_linked_or_analysed_anew(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    before = archive.linked_fingerprint()
    made = [
        decide(archive, Verdict.TICK, event.id),
        decide(archive, Verdict.NOTE, "bern.txt", note="liegt vor"),
        decide(archive, Verdict.GRADE, event.id, value="1"),
    ]
    assert bearing([*made, make_judgement(Verdict.UNDO, made[0].id, made_at="x", author="y")]) == []
    capture = archive.capture_ids()[0]
    assert real.overrides_for(made, capture) == real.overrides_for((), capture)
    assert real.linked_fingerprint([], made, "") == real.linked_fingerprint([], [], "")
    fixed = decide(archive, Verdict.CORRECT, "bern.txt", field="dct", value="2015")
    assert real.linked_fingerprint([], [*made, fixed], "") != real.linked_fingerprint([], made, "")
    undone = make_judgement(Verdict.UNDO, fixed.id, made_at="x", author="y")
    assert bearing([*made, fixed, undone, make_judgement(Verdict.UNDO, undone.id, made_at="z", author="y")])[0] == fixed
    assert len(bearing([*made, fixed, undone])) == 2
    assert archive.linked_fingerprint() == before


def test_marks_follow_a_merge_and_its_undoing(archive: SqlArchive) -> None:
    berta, dora = (find(archive, name).id for name in ("Berta", "Dora"))
    decide(archive, Verdict.NOTE, berta, note="von Berta")
    decide(archive, Verdict.NOTE, dora, note="von Dora")
    reader = Desk(archive)
    assert [m.words for m in reader.of([berta])[berta].notes] == ["von Berta"]
    same = decide(archive, Verdict.SAME, berta, other=dora)
    build(archive, clock=clock, pipeline=FakePipeline())
    found = reader.of([berta, dora])
    assert [m.words for m in found[berta].notes] == ["von Berta", "von Dora"]
    assert found[berta] == found[dora]
    undo(archive, same.id, author="anna", made_at=clock())
    build(archive, clock=clock, pipeline=FakePipeline())
    assert {k: [m.words for m in v.notes] for k, v in reader.of([berta, dora]).items()} == {
        berta: ["von Berta"],
        dora: ["von Dora"],
    }


def test_marks_follow_an_identifier_whose_first_article_is_deleted(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    decide(archive, Verdict.TICK, event.id, note="geprüft")
    decide(archive, Verdict.TICK, event.id, field=ACCOUNT, note="dieser Bericht")
    decide(archive, Verdict.NOTE, event.id, note="Notiz")
    decide(archive, Verdict.GRADE, event.id, value="2")
    archive.forget_article("bern.txt")
    build(archive, clock=clock, pipeline=FakePipeline())
    (left,) = archive.linked().events
    assert left.id != event.id
    marks = desk(archive, [left.id])[left.id]
    assert [m.words for m in marks.ticks] == ["geprüft"]
    assert [m.words for m in marks.notes] == ["Notiz"]
    assert marks.grade(CREDIBILITY) == "2"
    assert Desk(archive).of_accounts([left.id])[left.id].ticks == ()  # nobody verified the other account
    assert archive.verify() == []


def test_marks_travel_with_a_full_export(archive: SqlArchive, tmp_path: Path) -> None:
    (event,) = archive.linked().events
    decide(archive, Verdict.TICK, event.id, note="geprüft")
    decide(archive, Verdict.GRADE, event.id, value="2")
    decide(archive, Verdict.NOTE, "Berta", note="ruft zurück")
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(encoded(record) + b"\n" for record in records(archive, full_text=True)))
    other = open_archive(str(tmp_path / "b.db"), create=True)
    for capture in restored_captures([str(path)], None):  # type: ignore[arg-type]  # no options
        assert other.add_capture(capture)  # type: ignore[arg-type]  # no failure here
    for judgement in restored_judgements(path):
        other.add_judgement(judgement)
    build(other, clock=clock, pipeline=FakePipeline())
    asked = [event.id, find(archive, "Berta").id]
    assert desk(other, asked) == desk(archive, asked)
    assert desk(other, asked)[event.id].grade(CREDIBILITY) == "2"
    assert other.verify() == []
    other.close()


def test_what_was_noted_of_somebody_goes_with_the_person(tmp_path: Path) -> None:
    made = open_archive(str(tmp_path / "p.db"), create=True)
    for number, text in enumerate(("[Karla Weber] kam.", "[Eva Klar] sagt: Alles ist gut."), 1):
        made.add_capture(article(number, text))
    build(made, clock=clock, pipeline=Linking())
    decide(made, Verdict.NOTE, "Karla Weber", note="wohnt in Holunderheim")
    decide(made, Verdict.NOTE, "Eva Klar", note="kennt Karla Weber")
    decide(made, Verdict.NOTE, "Eva Klar", note="ruft zurück")
    forget_person(made, "Karla Weber", clock=clock, pipeline=Linking())
    eva = find(made, "Eva Klar").id
    assert [(m.words, m.forgotten) for m in desk(made, [eva])[eva].notes] == [("", True), ("ruft zurück", False)]
    raw = b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.name.startswith("p.db"))
    assert b"Holunderheim" not in raw
    assert made.verify() == []
    made.close()


def test_a_corrected_event_is_corrected_in_all_its_tellings(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    told = Decision(Verdict.CORRECT, event.id, field="time", value="2015-09-18")
    made = judge(archive, told, author="anna", made_at=clock())
    assert len(made) == 2
    assert made[0].subject == event.id
    _, count_ = undo(archive, made[1].id, author="anna", made_at=clock())
    assert count_ == 2
    assert in_force(archive.judgements()) == []


def test_members_are_meant_by_their_own_identifiers(archive: SqlArchive) -> None:
    second = archive.document("nochmal.txt").article.id
    member = entity_key(second, "Mueller")
    assert find(archive, member).id == member
    assert find(archive, member).label == "Müller"
