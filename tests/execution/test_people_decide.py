"""Same, differ, split, rename, undo: what people decide, over the real linker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.execution.linking import Linking, article, document_of, filled, now
from tests.store.fakes import clock

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import (
    Decision,
    Split,
    build,
    claims,
    find,
    forget_person,
    judge,
    logged,
    member_ids,
    nearest,
    preview,
    record,
    resolve,
    spelled_like,
    split,
    undo,
)
from quellenlage.model import Archive, Entity, Judgement, Linked, Verdict, in_force, make_judgement, to_json, undone
from quellenlage.store import SqlArchive, open_archive

TEXTS = (
    "Kremlsprecher [Dmitri Peskow] schwieg.\n[Dmitri Peskow] sagt: Alles ist gut.",
    "Kremlsprecher [Dmitri Peskow] kam mit [Anna Lohberger].",
    "[Dmitri Peskow] und [Anna Lohberger] gingen.\n[Dmitri Peskow] sagt: Nichts ist gut.",
    "Außenminister [Sergej Lawrow] reiste ab.",
    "[Dimitri Peskov] blieb.",
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = filled(tmp_path, TEXTS)
    rebuilt(archive)
    yield archive
    archive.close()


def rebuilt(archive: Archive) -> Linked:
    build(archive, clock=clock, pipeline=Linking())
    assert archive.verify() == []
    return archive.linked()


def decide(archive: Archive, verdict: Verdict, subject: str, **rest: str) -> tuple[Judgement, ...]:
    return judge(archive, Decision(verdict, subject, **rest), author="me", made_at=now(), pipeline=Linking())


def named(linked: Linked, name: str) -> Entity:
    (found,) = (e for e in linked.entities if e.name == name)
    return found


def articles(entity: Entity, archive: Archive) -> list[str]:
    return sorted(archive.document(m.article).article.source[-6:-4] for m in entity.members)


# Finding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reference", ["Dmitry Peskow", "Dmitrij Peskoff", "Peskov", "Песков", "Дмитрий Песков", "Lavrov"]
)
def test_an_entity_is_found_in_another_spelling(archive: SqlArchive, reference: str) -> None:
    expected = "Sergej Lawrow" if reference == "Lavrov" else "Dmitri Peskow"
    assert find(archive, reference).label == expected


def test_a_surname_that_several_bear_lists_them(archive: SqlArchive) -> None:
    archive.add_capture(article(6, "[Nikolai Peskow] malte."))
    linked = rebuilt(archive)
    assert {like.entity.name for like in spelled_like(linked.entities, "Песков")} == {"Dmitri Peskow", "Nikolai Peskow"}
    with pytest.raises(NotFound, match="2 entities") as caught:
        find(archive, "Peskov")
    assert "Nikolai Peskow" in caught.value.remedy


def test_a_given_name_is_no_surname(archive: SqlArchive) -> None:
    assert spelled_like(archive.linked().entities, "Sergei") == []


def test_what_no_entity_is_called_gives_the_nearest(archive: SqlArchive) -> None:
    with pytest.raises(NotFound) as caught:
        find(archive, "Lohbergerin")
    assert "did you mean" in caught.value.remedy
    assert "Anna Lohberger" in caught.value.remedy
    assert [e.name for e in nearest(archive.linked().entities, "Anna Lohbergerin")][:1] == ["Anna Lohberger"]
    assert nearest(archive.linked().entities, "Quux") == []


def test_a_person_is_forgotten_by_an_exact_name_only(archive: SqlArchive) -> None:
    with pytest.raises(NotFound, match="nothing in the archive") as caught:
        forget_person(archive, "Dmitrij Peskoff", clock=clock, pipeline=Linking())
    assert "Dmitri Peskow" in caught.value.remedy
    assert named(archive.linked(), "Dmitri Peskow")


def test_a_forgotten_person_takes_no_namesake_along(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "b.db"), create=True)
    texts = (
        "[Karla Weber] kam.\n[Karla Weber] sagt: Alles ist gut.",
        "[Dieter Weber] kam.\n[Dieter Weber] sagt: Nichts ist gut.",
        "Finanzminister [Dieter Weber] kam mit [Anna Lohberger].",
    )
    for number, text in enumerate(texts, 1):
        archive.add_capture(article(number, text))
    build(archive, clock=clock, pipeline=Linking())
    karla = named(archive.linked(), "Karla Weber")
    archive.suppress(["Weber"])  # as where an article called her so
    forget_person(archive, "Karla Weber", clock=clock, pipeline=Linking())
    linked = archive.linked()
    assert {e.name for e in linked.entities} == {"Dieter Weber", "Anna Lohberger"}
    dieter = next(e for e in linked.entities if e.name == "Dieter Weber")
    told = [n for e in linked.entities for n in (e.name, *e.spellings, *(o.text for o in e.offices))]
    assert [name for name in told if "Karla" in name] == []
    assert karla.id not in to_json(linked).decode()
    assert karla.id not in {i for doubt in linked.doubts for i in (doubt.one, doubt.other)}
    chains = [row.chain for row in claims(archive)]
    assert chains == [((),), (((dieter.id, "Dieter Weber"),),)]
    archive.close()


# Undo ------------------------------------------------------------------------------------------------------------


def test_undo_gives_back_what_there_was_and_keeps_the_log(archive: SqlArchive) -> None:
    before, fingerprint = archive.linked(), archive.linked_fingerprint()
    (same,) = decide(archive, Verdict.SAME, "Anna Lohberger", other="Sergej Lawrow")
    assert len(rebuilt(archive).entities) == len(before.entities) - 1
    made, parts = undo(archive, "last", author="me", made_at=now())
    assert (made.verdict, made.subject, parts) == (Verdict.UNDO, same.id, 1)
    assert archive.judgements() == [same, made]
    assert rebuilt(archive).entities == before.entities
    assert archive.linked_fingerprint() == fingerprint
    again, _ = undo(archive, made.id, author="me", made_at=now())
    assert in_force(archive.judgements()) == [same]
    assert len(rebuilt(archive).entities) == len(before.entities) - 1
    assert [(one.state, one.by) for one in logged(archive)] == [
        ("in-force", None), ("undone", again.id), ("in-force", None),
    ]  # fmt: skip


def test_undo_is_of_the_whole_decision_wherever_its_parts_went() -> None:
    first = make_judgement(Verdict.SAME, "ent-a", made_at="1", author="a", other="ent-b")
    moved = make_judgement(Verdict.SAME, "ent-c", made_at="1", author="a", other="ent-b")
    other = make_judgement(Verdict.SAME, "ent-c", made_at="2", author="a", other="ent-d")
    back = make_judgement(Verdict.UNDO, first.id, made_at="3", author="a")
    assert in_force([first, other, back, moved]) == [other]
    assert undone([first, other, back, moved]) == {first.id: back.id, moved.id: back.id}


def test_the_last_word_counts_again_when_it_is_undone() -> None:
    same = make_judgement(Verdict.SAME, "ent-a", made_at="1", author="a", other="ent-b")
    differ = make_judgement(Verdict.DIFFER, "ent-b", made_at="2", author="a", other="ent-a")
    back = make_judgement(Verdict.UNDO, differ.id, made_at="3", author="a")
    assert in_force([same, differ]) == [differ]
    assert in_force([same, differ, back]) == [same]


def test_an_undo_of_what_comes_later_or_is_unknown_does_nothing() -> None:
    same = make_judgement(Verdict.SAME, "ent-a", made_at="2", author="a", other="ent-b")
    early = make_judgement(Verdict.UNDO, same.id, made_at="1", author="a")
    unknown = make_judgement(Verdict.UNDO, "jdg-0", made_at="3", author="a")
    assert in_force([early, same, unknown]) == [same]


def test_what_cannot_be_undone_says_so(archive: SqlArchive) -> None:
    with pytest.raises(NotFound):
        undo(archive, "last", author="me", made_at=now())
    decide(archive, Verdict.REJECT, "Sergej Lawrow")
    made, _ = undo(archive, "last", author="me", made_at=now())
    with pytest.raises(BadInput, match="already") as caught:
        undo(archive, made.subject, author="me", made_at=now())
    assert made.id in caught.value.remedy
    with pytest.raises(NotFound):
        undo(archive, "jdg-", author="me", made_at=now())


def test_confirming_takes_a_rejection_back_everywhere() -> None:
    reject = make_judgement(Verdict.REJECT, "evm-a", made_at="1", author="a")
    confirm = make_judgement(Verdict.CONFIRM, "evm-a", made_at="2", author="a")
    assert in_force([reject, confirm]) == [confirm]


def test_the_log_of_one_entity(archive: SqlArchive) -> None:
    decide(archive, Verdict.CORRECT, "Dmitri Peskow", field="name", value="D. S. Peskow")
    decide(archive, Verdict.REJECT, "Sergej Lawrow")
    undo(archive, "last", author="me", made_at=now())
    assert [one.judgement.verdict for one in logged(archive, "Sergej Lawrow")] == [Verdict.REJECT, Verdict.UNDO]


# Split -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("out", "spellings", "left"),
    [
        (("a2.txt",), (), ["a1", "a3", "a5"]),
        (("a1.txt",), (), ["a2", "a3", "a5"]),
        (("a3.txt", "a2.txt"), (), ["a1", "a5"]),
        (("a1.txt", "a3.txt"), (), ["a2", "a5"]),
        ((), ("Dimitri Peskov",), ["a1", "a2", "a3"]),
        (("a1.txt",), ("Dimitri Peskov",), ["a2", "a3"]),
    ],
)
def test_a_split_makes_two_of_one_and_its_undo_one_again(
    archive: SqlArchive, out: tuple[str, ...], spellings: tuple[str, ...], left: list[str]
) -> None:
    before = archive.linked()
    whole = articles(named(before, "Dmitri Peskow"), archive)
    assert whole == ["a1", "a2", "a3", "a5"]
    made = split(archive, Split("Peskow", out, spellings), author="me", made_at=now(), pipeline=Linking())
    assert archive.judgements() == []
    record(archive, made)
    parts = [articles(e, archive) for e in rebuilt(archive).entities if "Pesko" in e.name]
    assert sorted(parts) == sorted([left, sorted(set(whole) - set(left))])
    _, count_of_parts = undo(archive, made[0].id, author="me", made_at=now())
    assert count_of_parts == len(made)
    assert rebuilt(archive).entities == before.entities


def test_every_part_of_an_entity_can_be_taken_out(archive: SqlArchive) -> None:
    sources = ["a1.txt", "a2.txt", "a3.txt", "a5.txt"]
    documents = list(archive.documents())
    for size in (1, 2, 3):
        for out in combinations(sources, size):
            made = split(archive, Split("Dmitri Peskow", out), author="me", made_at=now(), pipeline=Linking())
            found = Linking().connect(documents, in_force(made), frozenset())
            parts = [articles(e, archive) for e in found.entities if "Pesko" in e.name]
            gone = sorted(source[:2] for source in out)
            assert sorted(parts) == sorted([gone, sorted({"a1", "a2", "a3", "a5"} - set(gone))])


def test_a_member_is_taken_out_by_its_identifier(archive: SqlArchive) -> None:
    member = member_ids(archive.document("a2.txt"))["e1"]
    wish = Split("Dmitri Peskow", (member,))
    record(archive, split(archive, wish, author="me", made_at=now(), pipeline=Linking()))
    assert archive.linked().aliases[member]
    assert ["a2"] in [articles(e, archive) for e in rebuilt(archive).entities if "Pesko" in e.name]


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Split("Dmitri Peskow"), BadInput),
        (Split("Dmitri Peskow", ("a1.txt", "a2.txt", "a3.txt", "a5.txt")), BadInput),
        (Split("Dmitri Peskow", ("a4.txt",)), NotFound),
        (Split("Dmitri Peskow", (), ("Lawrow",)), NotFound),
        (Split("a1.txt", ("a1.txt",)), BadInput),
    ],
)
def test_splits_that_make_no_sense(archive: SqlArchive, wish: Split, error: type[Exception]) -> None:
    with pytest.raises(error):
        split(archive, wish, author="me", made_at=now(), pipeline=Linking())


# Preview ---------------------------------------------------------------------------------------------------------


def test_a_preview_tells_what_a_build_would_do_and_writes_nothing(archive: SqlArchive) -> None:
    before = archive.linked()
    decision = Decision(Verdict.SAME, "Anna Lohberger", other="Dmitri Peskow")
    made = resolve(archive, decision, author="me", made_at=now(), pipeline=Linking())
    effect = preview(archive, made, pipeline=Linking())
    assert (archive.judgements(), archive.linked()) == ([], before)
    (change,) = effect.changes
    assert {e.name for e in change.before} == {"Anna Lohberger", "Dmitri Peskow"}
    assert [quote.exact for quote in effect.claims] == ["Alles ist gut.", "Nichts ist gut."]
    record(archive, made)
    after = rebuilt(archive)
    assert change.after == tuple(e for e in after.entities if e.id == change.after[0].id)
    differing = {s.id for s in (*before.statements, *after.statements)} & {s.id for s in effect.statements}
    assert {s.id for s in effect.statements} == differing


def test_a_preview_of_a_rejection_and_of_nothing(archive: SqlArchive) -> None:
    made = resolve(archive, Decision(Verdict.REJECT, "Sergej Lawrow"), author="me", made_at=now())
    (change,) = preview(archive, made, pipeline=Linking()).changes
    assert ([e.name for e in change.before], change.after) == (["Sergej Lawrow"], ())
    nothing = preview(archive, (), pipeline=Linking())
    assert (nothing.changes, nothing.claims, nothing.events, nothing.statements) == ((), (), (), ())


def test_a_preview_sees_decisions_that_no_build_has_followed_yet(archive: SqlArchive) -> None:
    decide(archive, Verdict.SAME, "Anna Lohberger", other="Sergej Lawrow")
    made = resolve(archive, Decision(Verdict.REJECT, "Sergej Lawrow"), author="me", made_at=now())
    (change,) = preview(archive, made, pipeline=Linking()).changes
    assert len(change.before) == 1
    assert len(change.before[0].members) == 3


# Rebuilding ------------------------------------------------------------------------------------------------------


def test_judgements_win_over_a_rebuild_from_nothing(archive: SqlArchive, tmp_path: Path) -> None:
    record(archive, split(archive, Split("Peskow", ("a2.txt",)), author="me", made_at=now(), pipeline=Linking()))
    decide(archive, Verdict.SAME, "Anna Lohberger", other="Sergej Lawrow")
    decide(archive, Verdict.REJECT, "Anna Lohberger")
    undo(archive, "last", author="me", made_at=now())
    decide(archive, Verdict.CORRECT, "Anna Lohberger", field="name", value="A. L.")
    expected = rebuilt(archive)
    archive.put_linked(Linked(), "")  # nothing across articles is left
    assert rebuilt(archive).entities == expected.entities
    assert archive.linked().aliases == expected.aliases
    fresh = open_archive(str(tmp_path / "fresh.db"), create=True)
    for capture in archive.captures():
        fresh.add_capture(capture)
    for judgement in archive.judgements():
        fresh.add_judgement(judgement)
    assert rebuilt(fresh) == expected
    fresh.close()


DOCUMENTS = [document_of(article(n, text)) for n, text in enumerate(TEXTS, 1)]
IDS = [identifier for document in DOCUMENTS for identifier in member_ids(document).values()]
PICK = st.integers(0, len(IDS) - 1)
DECISIONS = st.one_of(
    st.tuples(st.sampled_from([Verdict.SAME, Verdict.DIFFER]), PICK, PICK),
    st.tuples(st.just(Verdict.UNDO), st.integers(0, 40), st.just(0)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(DECISIONS, max_size=12))
def test_any_sequence_leaves_every_member_in_one_entity_and_can_be_undone(
    steps: list[tuple[Verdict, int, int]],
) -> None:
    log: list[Judgement] = []
    for number, (verdict, one, two) in enumerate(steps):
        when = {"made_at": f"{number:03d}", "author": "me"}
        if verdict is Verdict.UNDO:
            if log:
                log.append(make_judgement(verdict, log[one % len(log)].id, **when))
        elif IDS[one] != IDS[two]:
            log.append(make_judgement(verdict, IDS[one], other=IDS[two], **when))
    original = Linking().connect(DOCUMENTS, [], frozenset())
    found = Linking().connect(DOCUMENTS, in_force(log), frozenset())
    members = [m for e in found.entities for m in e.members]
    assert sorted((m.article, m.local) for m in members) == sorted(
        (d.article.id, local) for d in DOCUMENTS for local in member_ids(d)
    )
    assert len(set(members)) == len(members)
    assert {*found.aliases, *(e.id for e in found.entities)} >= set(IDS)
    for judgement in list(log):
        if judgement.verdict is not Verdict.UNDO and judgement.id not in undone(log):
            back = make_judgement(Verdict.UNDO, judgement.id, made_at=f"{len(log):03d}", author="me")
            log.append(back)
    assert in_force(log) == []
    again = Linking().connect(DOCUMENTS, in_force(log), frozenset())
    assert replace(again, reuses=()) == replace(original, reuses=())
