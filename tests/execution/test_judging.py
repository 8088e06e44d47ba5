from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.fakes import FakePipeline, capture_of, clock, entity_key

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import Decision, build, claims, find, judge
from quellenlage.execution.lookup import KnowsIdentifiers
from quellenlage.model import Archive, Verdict
from quellenlage.store import SqlArchive, open_archive

TEXTS = {
    "/data/bern.txt": "Gipfel in Bern\n@Müller und @Berta beim TREFFEN mit #12 Gästen.\n@Müller sagt: Alles war gut.",
    "/data/nochmal.txt": "Noch einmal\n@Mueller und @Berta hatten ein TREFFEN.\n@Dora sagt: Nein.",
    "/data/woanders.txt": "Woanders\n@Dora schwieg.",
}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    for source, text in TEXTS.items():
        archive.add_capture(capture_of(text, source=source))
    build(archive, clock=clock, pipeline=FakePipeline())
    yield archive
    archive.close()


class Plain:
    """The archive with nothing but what the port names."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def __getattr__(self, name: str) -> object:
        if name == "identifiers":
            raise AttributeError(name)
        return getattr(self._archive, name)


def decide(archive: Archive, verdict: Verdict, subject: str, **rest: str) -> list[str]:
    made = judge(archive, Decision(verdict, subject, **rest), author="me", made_at="2026-01-01T00:00:00Z")
    assert archive.judgements()[-len(made) :] == list(made)
    return [j.subject for j in made]


def test_what_people_call_things(archive: SqlArchive) -> None:
    linked = archive.linked()
    first = archive.document("bern.txt")
    claim = first.claims[0].key(first.article.id)
    mueller, berta = linked.entities[0], linked.entities[1]
    expected = {
        "Müller": (mueller.id, "entity"),
        "MUELLER": (mueller.id, "entity"),
        mueller.id: (mueller.id, "entity"),
        f"  {berta.id[:9]} ": (berta.id, "entity"),
        claim: (claim, "claim"),
        claim[:10]: (claim, "claim"),
        first.article.id[:11]: (first.article.id, "article"),
        "bern.txt": (first.article.id, "article"),
        "/data/bern.txt": (first.article.id, "article"),
        linked.events[0].id: (linked.events[0].id, "event"),
        linked.stories[0].id: (linked.stories[0].id, "story"),
    }
    plain = Plain(archive)
    assert isinstance(archive, KnowsIdentifiers)
    assert not isinstance(plain, KnowsIdentifiers)
    for one in (archive, plain):
        for reference, (identifier, kind) in expected.items():
            target = find(one, reference)  # type: ignore[arg-type]  # any of several
            assert (target.id, target.kind) == (identifier, kind), reference
            assert target.label


@pytest.mark.parametrize(
    "reference", ["", "  ", "Niemand", "clm-000000000", "ent-1", "nichts.txt", "Mülle", "%", "\x00"]
)
def test_what_nothing_goes_by(archive: SqlArchive, reference: str) -> None:
    with pytest.raises(NotFound) as caught:
        find(archive, reference)
    assert caught.value.remedy


def test_ambiguous_beginnings_and_names_are_listed(archive: SqlArchive) -> None:
    archive.add_capture(capture_of("Kopf\n@Dora kam.", source="/andere/bern.txt"))
    build(archive, clock=clock, pipeline=FakePipeline())
    with pytest.raises(NotFound, match="more than one"):
        find(archive, "bern.txt")
    other = archive.document("woanders.txt").article.id
    decide(archive, Verdict.DIFFER, "Dora", other=entity_key(other, "Dora"))
    build(archive, clock=clock, pipeline=FakePipeline())
    with pytest.raises(NotFound, match="2 entities") as caught:
        find(archive, "Dora")
    assert all(e.id in caught.value.remedy for e in archive.linked().entities if e.name == "Dora")


def test_merge_and_split(archive: SqlArchive) -> None:
    second = archive.document("nochmal.txt").article.id
    merged = entity_key(second, "Mueller")
    assert archive.resolve(merged) == archive.linked().entities[0].id
    decide(archive, Verdict.DIFFER, "Müller", other=merged)
    build(archive, clock=clock, pipeline=FakePipeline())
    assert archive.resolve(merged) == merged
    assert [e.name for e in archive.linked().entities] == ["Müller", "Berta", "Mueller", "Dora"]
    decide(archive, Verdict.SAME, "Dora", other="Berta")
    build(archive, clock=clock, pipeline=FakePipeline())
    assert [e.name for e in archive.linked().entities] == ["Müller", "Berta", "Mueller"]
    assert archive.verify() == []


def test_differ_undoes_same_by_the_names_it_was_given(archive: SqlArchive) -> None:
    before = archive.linked().entities
    decide(archive, Verdict.SAME, "Mueller", other="Dora")
    build(archive, clock=clock, pipeline=FakePipeline())
    assert [e.name for e in archive.linked().entities] == ["Müller", "Berta"]
    (same,) = archive.judgements()
    undoing = Decision(Verdict.DIFFER, "Dora", other="Mueller", note="doch nicht")
    (made,) = judge(archive, undoing, author="me", made_at="2026-01-02T00:00:00Z", pipeline=FakePipeline())
    assert (made.verdict, made.subject, made.other) == (Verdict.DIFFER, same.other, same.subject)
    assert archive.judgements() == [same, made]
    build(archive, clock=clock, pipeline=FakePipeline())
    assert archive.linked().entities == before


def test_differ_undoes_only_the_judgement_between_the_names(archive: SqlArchive) -> None:
    decide(archive, Verdict.SAME, "Berta", other="Dora")
    build(archive, clock=clock, pipeline=FakePipeline())
    decide(archive, Verdict.SAME, "Müller", other="Dora")
    build(archive, clock=clock, pipeline=FakePipeline())
    assert len(archive.linked().entities) == 1
    first, second = archive.judgements()
    undoing = Decision(Verdict.DIFFER, "Müller", other="Berta")
    (made,) = judge(archive, undoing, author="me", made_at="2026-01-02T00:00:00Z", pipeline=FakePipeline())
    assert {made.subject, made.other} == {second.subject, second.other} != {first.subject, first.other}
    build(archive, clock=clock, pipeline=FakePipeline())
    assert [e.name for e in archive.linked().entities] == ["Müller", "Berta"]
    assert "Dora" in archive.linked().entities[1].spellings


def test_differ_of_two_names_of_one_side_undoes_nothing(archive: SqlArchive) -> None:
    decide(archive, Verdict.SAME, "Müller", other="Dora")
    build(archive, clock=clock, pipeline=FakePipeline())
    undoing = Decision(Verdict.DIFFER, "Müller", other="Mueller")
    with pytest.raises(BadInput, match="already"):
        judge(archive, undoing, author="me", made_at="2026-01-02T00:00:00Z", pipeline=FakePipeline())
    assert len(archive.judgements()) == 1


@pytest.mark.parametrize("reference", ["a", "art", "art-", "art-1"])
def test_a_letter_is_no_beginning(archive: SqlArchive, reference: str) -> None:
    archive.forget_article("nochmal.txt")
    archive.forget_article("woanders.txt")
    with pytest.raises(NotFound):
        find(archive, reference)
    with pytest.raises(NotFound):
        decide(archive, Verdict.CORRECT, reference, field="dct", value="2015")


def test_statements_and_claims_can_be_the_same_and_be_rejected(archive: SqlArchive) -> None:
    for number in (1, 2):
        archive.add_capture(
            capture_of(f"Wieder {number}\n@Dora sagt: Das bleibt unter uns.", source=f"/data/d{number}")
        )
    build(archive, clock=clock, pipeline=FakePipeline())
    alone, _, dora = archive.linked().statements
    keys = [r.claim for r in dora.retellings]
    assert find(archive, dora.id).kind == "statement"
    assert find(Plain(archive), dora.id).kind == "statement"  # type: ignore[arg-type]  # a double
    assert decide(archive, Verdict.SAME, alone.id, other=dora.id) == [alone.id]
    assert decide(archive, Verdict.DIFFER, dora.id, other=keys[1]) == [dora.id]
    assert decide(archive, Verdict.REJECT, dora.id) == keys
    with pytest.raises(BadInput, match="is of kind"):
        decide(archive, Verdict.SAME, dora.id, other="Berta")
    assert [claim.key for claim in claims(archive) if claim.key in keys] == []
    build(archive, clock=clock, pipeline=FakePipeline())
    assert [s.printed for s in archive.linked().statements] == [1, 1]
    assert archive.verify() == []


def test_rejecting_an_event_is_about_all_its_tellings(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    assert len(event.accounts) == 2
    subjects = decide(archive, Verdict.REJECT, event.id, note="erfunden")
    assert len(subjects) == 2
    assert subjects[0] == event.id
    build(archive, clock=clock, pipeline=FakePipeline())
    assert archive.linked().events == ()
    for subject in subjects:
        decide(archive, Verdict.CONFIRM, subject)
    build(archive, clock=clock, pipeline=FakePipeline())
    assert archive.linked().events == (event,)


def test_one_telling_of_several_can_be_rejected(archive: SqlArchive) -> None:
    (event,) = archive.linked().events
    (second,) = [key for key, target in archive.linked().aliases.items() if target == event.id]
    assert decide(archive, Verdict.REJECT, second) == [second]
    build(archive, clock=clock, pipeline=FakePipeline())
    assert len(archive.linked().events[0].accounts) == 1


@pytest.mark.parametrize(
    ("subject", "field", "value", "kept"),
    [
        ("bern.txt", "dct", "2015-09-18", "2015-09-18"),
        ("bern.txt", "dct", " 2015-09-01/2015-09-30 ", "2015-09"),
        ("bern.txt", "outlet", "Bote", "Bote"),
        ("Müller", "name", "Hans Müller", "Hans Müller"),
        ("Müller", "kind", "org", "ORG"),
        ("EVENT", "time", "2015", "2015"),
        ("EVENT", "type", "assault", "ASSAULT"),
        ("EVENT", "place", "Bern", "Bern"),
        ("CLAIM", "speaker", "berta", "Berta"),
        ("CLAIM", "speaker", "Unbekannter Mann", "Unbekannter Mann"),
    ],
)
def test_corrections(archive: SqlArchive, subject: str, field: str, value: str, kept: str) -> None:
    document = archive.document("bern.txt")
    names = {"EVENT": archive.linked().events[0].id, "CLAIM": document.claims[0].key(document.article.id)}
    decide(archive, Verdict.CORRECT, names.get(subject, subject), field=field, value=value)
    judgement = archive.judgements()[-1]
    assert (judgement.field, judgement.value) == (field, kept)


def test_a_speaker_given_by_identifier_is_kept_by_name(archive: SqlArchive) -> None:
    document = archive.document("bern.txt")
    berta = archive.linked().entities[1]
    decide(archive, Verdict.CORRECT, document.claims[0].key(document.article.id), field="speaker", value=berta.id)
    assert archive.judgements()[-1].value == "Berta"


@pytest.mark.parametrize(
    ("verdict", "subject", "rest"),
    [
        (Verdict.CORRECT, "bern.txt", {"field": "dct", "value": "gestern"}),
        (Verdict.CORRECT, "bern.txt", {"field": "dct", "value": "2015-02-30"}),
        (Verdict.CORRECT, "bern.txt", {"field": "dct"}),
        (Verdict.CORRECT, "bern.txt", {"field": "headline", "value": "x"}),
        (Verdict.CORRECT, "Müller", {"field": "dct", "value": "2015"}),
        (Verdict.CORRECT, "Müller", {"field": "kind", "value": "MANN"}),
        (Verdict.CORRECT, "Müller", {"field": "name", "value": "  "}),
        (Verdict.SAME, "Müller", {}),
        (Verdict.SAME, "Müller", {"other": "Mueller"}),
        (Verdict.SAME, "Müller", {"other": "bern.txt"}),
        (Verdict.SAME, "bern.txt", {"other": "woanders.txt"}),
        (Verdict.REJECT, "Müller", {"field": "name", "value": "x"}),
    ],
)
def test_decisions_that_make_no_sense(
    archive: SqlArchive, verdict: Verdict, subject: str, rest: dict[str, str]
) -> None:
    with pytest.raises(BadInput):
        decide(archive, verdict, subject, **rest)
    assert archive.judgements() == []


def test_an_identifier_of_before_is_understood(archive: SqlArchive) -> None:
    old = archive.linked().entities[0].id
    archive.forget_article("bern.txt")
    build(archive, clock=clock, pipeline=FakePipeline())
    new = archive.linked().entities[0].id
    assert new != old
    assert decide(archive, Verdict.CORRECT, old, field="name", value="M.") == [new]
