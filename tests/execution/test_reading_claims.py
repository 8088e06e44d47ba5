from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from tests.link.made import Making, made
from tests.store.fakes import FakePipeline, Overrides, capture_of, clock, document_of

from quellenlage.execution import apply_judgements, build, claims, forget_person, forget_texts
from quellenlage.model import (
    AUTHOR,
    Archive,
    Claim,
    Document,
    Entity,
    EntityKind,
    Evidentiality,
    Linked,
    Member,
    Polarity,
    Quotation,
    QuotationType,
    Span,
    Verdict,
    make_judgement,
    text_digest,
)
from quellenlage.store import SqlArchive, open_archive

TEXT = "Gipfel in Bern\n@Adam sagt: Das TREFFEN mit @Berta war groß, #12 kamen.\n@Berta sagt: Es kamen viele."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    archive = open_archive(str(tmp_path / "a.db"), create=True)
    archive.add_capture(capture_of(TEXT, source="bern.txt"))
    archive.add_capture(
        capture_of("Anderswo\n@ADAM sagt: Nichts davon stimmt, sagt auch die Straße.", source="zwei.txt")
    )
    build(archive, clock=clock, pipeline=FakePipeline())
    yield archive
    archive.close()


def document() -> Document:
    return document_of(capture_of(TEXT), Overrides())


def key(number: int) -> str:
    return document().claims[number].key(document().article.id)


def event_key() -> str:
    return document().events[0].key(document().article.id)


def test_no_decisions_no_change() -> None:
    made = document()
    assert apply_judgements(made, []) is made
    assert apply_judgements(made, [make_judgement(Verdict.REJECT, "clm-0", made_at="1", author="a")]) is made


def test_rejected_claims_take_what_rests_on_their_word() -> None:
    made = document()
    assert made.events[0].word_of == "c1"
    judged = apply_judgements(made, [make_judgement(Verdict.REJECT, key(0), made_at="1", author="a")])
    assert [c.id for c in judged.claims] == ["c2"]
    assert judged.events == ()
    assert judged.quotations == made.quotations


def test_the_last_decision_counts() -> None:
    judgements = [
        make_judgement(verdict, event_key(), made_at=str(n), author="a")
        for n, verdict in enumerate([Verdict.REJECT, Verdict.CONFIRM, Verdict.REJECT])
    ]
    assert len(apply_judgements(document(), judgements[:1]).events) == 0
    assert len(apply_judgements(document(), judgements[:2]).events) == 1
    assert len(apply_judgements(document(), judgements).events) == 0


@pytest.mark.parametrize(("name", "entity"), [("Berta", "e2"), ("BERTA", "e2"), ("Carla", "e3")])
def test_corrected_speakers(name: str, entity: str) -> None:
    judgement = make_judgement(Verdict.CORRECT, key(0), made_at="1", author="a", field="speaker", value=name)
    judged = apply_judgements(document(), [judgement])
    assert judged.claims[0].chain == ((entity,),)
    assert judged.claims[0].score == 1.0
    assert "judgement:speaker" in judged.claims[0].reasons
    assert fold_name(judged, entity) == name.casefold()
    assert judged.claims[0].key(judged.article.id) == key(0)
    assert judged.events[0].word_of != AUTHOR


def fold_name(judged: Document, entity: str) -> str:
    return judged.entity(entity).name.casefold()


def test_rows_of_claims(archive: SqlArchive) -> None:
    rows = claims(archive)
    assert [(r.source, r.chain[0][0][1]) for r in rows] == [
        ("bern.txt", "Adam"),
        ("bern.txt", "Berta"),
        ("zwei.txt", "Adam"),
    ]
    first = rows[0]
    text = archive.document("bern.txt").text
    assert first.headline == "Gipfel in Bern"
    assert first.quotation_type is QuotationType.INDIRECT
    assert all(e.holds_in(text) for e in (*first.evidence, first.sentence))
    assert first.sentence.exact == "@Adam sagt: Das TREFFEN mit @Berta war groß, #12 kamen."
    assert first.chain == (((archive.linked().entities[0].id, "Adam"),),)


def test_filters(archive: SqlArchive) -> None:
    adam = archive.linked().entities[0].id
    assert [r.source for r in claims(archive, speaker="adam")] == ["bern.txt", "zwei.txt"]
    assert [r.source for r in claims(archive, speaker=adam)] == ["bern.txt", "zwei.txt"]
    assert claims(archive, speaker="Niemand") == []
    assert claims(archive, speaker="!") == []
    assert [r.source for r in claims(archive, about="strasse")] == ["zwei.txt"]
    assert [r.source for r in claims(archive, about="TREFFEN bert")] == ["bern.txt"]
    assert claims(archive, about="TREFFEN ber") == [], "a beginning has four letters"
    assert claims(archive, about="reffen") == []
    assert claims(archive, about="nie davon") == []
    assert claims(archive, about="?") == []
    assert claims(archive, evidentiality=Evidentiality.HEDGED) == []
    assert len(claims(archive, evidentiality=Evidentiality.ASSERTED)) == 3


def test_decisions_show(archive: SqlArchive) -> None:
    article = archive.document("bern.txt")
    one, two = (c.key(article.article.id) for c in article.claims)
    archive.add_judgement(make_judgement(Verdict.REJECT, one, made_at="1", author="a"))
    archive.add_judgement(make_judgement(Verdict.CORRECT, two, made_at="2", author="a", field="speaker", value="Adam"))
    rows = claims(archive, speaker="Adam")
    assert len(rows) == 2
    assert rows[0].key == two
    assert rows[0].chain[0][0][0] == archive.linked().entities[0].id


def test_forgotten_people_are_not_named(archive: SqlArchive) -> None:
    done = forget_person(archive, "Adam", clock=clock, pipeline=FakePipeline())
    assert done.entities == 1
    assert [r.chain for r in claims(archive)] == [((),), (((archive.linked().entities[0].id, "Berta"),),), ((),)]
    assert claims(archive, speaker="Adam") == []
    assert archive.verify() == []


@pytest.mark.parametrize(
    ("local", "linked", "shown"),
    [("Weber", True, "Dieter Weber"), ("Weber", False, ""), ("Karla Weber", True, ""), ("Karla B. Meier", False, "")],
)
def test_a_bare_surname_is_shown_for_a_namesake_only(local: str, linked: bool, shown: str) -> None:
    document = made(1, f"{local} sagte nichts.", Making(names={local: EntityKind.PER}))
    (known,) = document.entities
    claim = Claim(
        "c1", None, (Span(0, 4),), ((known.id,),), Evidentiality.ASSERTED, Polarity.AFFIRMED, 0.9
    )  # fmt: skip
    entity = Entity("ent-1", EntityKind.PER, "Dieter Weber", (Member(document.article.id, known.id),))
    one = SimpleNamespace(
        linked=lambda: Linked(entities=(entity,) if linked else ()),
        judgements=list,
        suppressed=lambda: frozenset(text_digest(n) for n in ("karla weber", "weber", "karla b meier")),
        documents=lambda: [replace(document, claims=(claim,))],
    )
    (row,) = claims(cast(Archive, one))
    assert [name for link in row.chain for _, name in link] == ([shown] if shown else [])


def test_claims_outlast_their_texts(archive: SqlArchive) -> None:
    before = claims(archive)
    assert forget_texts(archive, clock=clock, pipeline=FakePipeline()).texts == 2
    assert claims(archive) == before


def form_of(text: str, words: str, kind: QuotationType | None, cue: str = "") -> str:
    document = made(1, text, Making(names={}))
    at = document.text.index(words)
    span = Span(at, at + len(words))
    spoken = document.text.index(cue) if cue else 0
    claim = Claim(
        "c1", "q1" if kind else None, (span,), (), Evidentiality.ASSERTED, Polarity.AFFIRMED, 0.9,
        cue=(Span(spoken, spoken + len(cue)),) if cue else (),
    )  # fmt: skip
    quotations = (Quotation("q1", kind, "speech", (span,)),) if kind else ()
    one = replace(document, claims=(claim,), quotations=quotations)
    found = {"linked": Linked(), "judgements": [], "suppressed": frozenset(), "documents": [one]}
    only = SimpleNamespace(**{name: (lambda value=value: value) for name, value in found.items()})
    (row,) = claims(cast(Archive, only))
    return row.form


PARAPHRASE = "Er sei mit dem Ergebnis sehr zufrieden."


@pytest.mark.parametrize("marks", ['""', "»«", "«»", "“”", "„“", "‚‘", "›‹"])
@pytest.mark.parametrize("kind", [None, *QuotationType])
def test_what_stands_between_two_quotations_is_not_in_marks(marks: str, kind: QuotationType | None) -> None:
    opening, closing = marks[0], marks[1]
    text = (
        f"Minister Karl Otto sagte: {opening}Wir sind bereit.{closing} {PARAPHRASE} "
        f"{opening}Alles ist gut{closing}, sagte er."
    )
    assert form_of(text, PARAPHRASE, kind) == "indirect"
    if kind is not QuotationType.INDIRECT:
        assert form_of(text, "Wir sind bereit.", kind) == "direct"
        assert form_of(text, f"{opening}Alles ist gut{closing},", kind) == "direct"


def test_marks_within_marks_and_stray_ones() -> None:
    text = "„Er rief: ‚Ich gehe jetzt.‘ Dann ging er. ‚Ich komme.‘ So war es.“, sagte Karl Otto."
    direct, free = QuotationType.DIRECT, QuotationType.FREE_INDIRECT
    assert form_of(text, "Ich gehe jetzt.", free) == "direct"
    assert form_of(text, "Dann ging er.", direct) == "direct", "a part of what he said"
    assert form_of(text, "Dann ging er.", free) == "indirect"
    stray = f'Er sagte: "Wir sind bereit.\n\n{PARAPHRASE} "Alles ist gut", sagte er.'
    assert form_of(stray, PARAPHRASE, direct) == "indirect"
    assert form_of(stray.replace("\n\n", "\n"), PARAPHRASE, direct) == "indirect"
    assert form_of(stray.replace("\n\n", "\n"), "Alles ist gut", direct) == "direct"
    assert (
        form_of("Er sagte: „Wir sind\nbereit und froh.“ Dann ging er.", "Wir sind\nbereit und froh.", direct)
        == "direct"
    )


@pytest.mark.parametrize(
    ("frame", "form"),
    [
        ("Der Übersetzer Jan Bock sagte: {}", "direct"),
        ("Jan Bock, der das Buch übersetzt hat, sagte: {}", "direct"),
        ("In der Übersetzung fehle viel, sagte Jan Bock: {}", "direct"),
        ("Jan Bock sagte sinngemäß übersetzt: {}", "translated"),
        ("{}, sagte Jan Bock in deutscher Übersetzung.", "translated"),
        ("{}, sagte Jan Bock (Übersetzung der Redaktion).", "translated"),
        ("{}, sagte übersetzt Jan Bock.", "translated"),
    ],
)
def test_a_translation_is_one_only_where_the_text_says_so_of_the_words(frame: str, form: str) -> None:
    words = "„Das Buch ist schwer“"
    assert form_of(frame.format(words), words, QuotationType.DIRECT, "sagte") == form
