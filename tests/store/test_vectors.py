from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.databases import edited, open_archive
from tests.store.fakes import capture_of, document_of
from tests.store.meaning import ConceptEncoder

from quellenlage.execution import encode_sentences
from quellenlage.model import Hit
from quellenlage.model.ports import Floats
from quellenlage.store import SqlArchive, nearest, vectors

TEXTS = (
    "Abzug\nDie Armee hat den Ort verlassen.\nEr lehnte das ab.\nDie Bahn hält.",
    "Amt\nDer Minister kam.\nDas Viadukt ist gesperrt.",
    "Abzug\nDie Armee hat den Ort verlassen.\nEin Viadukt.",
)


def clock() -> str:
    return "2026-01-05T10:00:00Z"


def fill(archive: SqlArchive, texts: tuple[str, ...] = TEXTS) -> None:
    for number, text in enumerate(texts):
        capture = capture_of(text, source=f"{number}.txt")
        archive.add_capture(capture)
        archive.put_document(document_of(capture), "1")


@pytest.fixture
def encoder() -> ConceptEncoder:
    return ConceptEncoder()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = open_archive(str(tmp_path / "a.db"), create=True)
    fill(made)
    yield made
    made.close()


def asked(archive: SqlArchive, encoder: ConceptEncoder, query: str, *, floor: float = 0.5) -> list[Hit]:
    (question,) = encoder.encode([query], "query")
    return list(archive.nearest(question, encoder.digest, floor=floor, limit=10, query=query))


def said(hits: list[Hit]) -> list[str]:
    return [hit.evidence.exact for hit in hits]


def test_other_words_find_the_sentence_and_quote_it(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    assert archive.search("Soldaten evakuiert") == []
    assert encode_sentences(archive, clock=clock, encoder=encoder) == 3
    hits = asked(archive, encoder, "Soldaten evakuiert", floor=0.9)
    assert said(hits) == ["Die Armee hat den Ort verlassen."] * 2
    assert {hit.source for hit in hits} == {"0.txt", "2.txt"}
    for hit in hits:
        assert hit.evidence.holds_in(archive.document(hit.evidence.article).text)
        assert hit.found_by == ("meaning",)
        assert hit.meaning_score is not None
        assert 0.9 < hit.meaning_score <= 1.001
    assert archive.verify() == []


def test_several_questions_get_what_each_gets_alone(
    archive: SqlArchive, encoder: ConceptEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode_sentences(archive, clock=clock, encoder=encoder)
    questions = encoder.encode(["Soldaten evakuiert", "Minister", "Brücke", "Zug"], "query")
    alone = [list(archive.nearest(one, encoder.digest, floor=0.5, limit=2)) for one in questions]
    for at_once in (16, 3):
        monkeypatch.setattr(nearest, "_AT_ONCE", at_once)
        found = archive.nearest_each(questions, encoder.digest, floor=0.5, limit=2)
        assert [[h.evidence for h in hits] for hits in found] == [[h.evidence for h in hits] for hits in alone]
        scores = [h.score for hits in found for h in hits]
        assert scores == pytest.approx([h.score for hits in alone for h in hits], abs=1e-6)
    assert all(alone)
    assert archive.nearest_each(questions, "another", floor=0.5, limit=2) == [[], [], [], []]


def test_every_sentence_has_the_vector_of_its_own_words(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    encode_sentences(archive, clock=clock, encoder=encoder)
    hits = asked(archive, encoder, "Bahn", floor=-1.0)
    assert len(hits) == 10  # headlines are sentences of the report too
    for hit in hits:
        (own,), (question,) = encoder.encode([hit.evidence.exact], "query"), encoder.encode(["Bahn"], "query")
        assert hit.meaning_score == pytest.approx(float(own @ question), abs=0.02)


def test_a_neighbour_lifts_a_sentence_above_others_as_near(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    encode_sentences(archive, clock=clock, encoder=encoder)
    hits = asked(archive, encoder, "Armee verlassen", floor=-1.0)
    places = {hit.evidence.exact: rank for rank, hit in enumerate(hits)}
    assert places["Er lehnte das ab."] < places["Der Minister kam."]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Soldaten „hat den Ort“", 2),
        ("Soldaten „den hat Ort“", 0),
        ("Soldaten verl*", 2),
        ("Soldaten Brück*", 0),
    ],
)
def test_what_is_asked_for_to_the_letter_must_occur(
    archive: SqlArchive, encoder: ConceptEncoder, query: str, found: int
) -> None:
    encode_sentences(archive, clock=clock, encoder=encoder)
    assert len(asked(archive, encoder, query, floor=0.3)) == found


def test_nothing_is_read_twice(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    encode_sentences(archive, clock=clock, encoder=encoder)
    assert len(encoder.read) == len(set(encoder.read)) == 8  # what two articles share is read once
    assert encode_sentences(archive, clock=clock, encoder=encoder) == 0
    assert [a.stage for a in archive.activities()] == ["vectors"]
    fill(archive)
    assert len(archive.without_vectors(encoder.digest)) == archive.lacking_vectors(encoder.digest) == 3
    assert asked(archive, encoder, "Soldaten", floor=-1.0) == []  # not until it was seen which still hold
    assert encode_sentences(archive, clock=clock, encoder=encoder) == 3
    assert len(encoder.read) == 8
    assert said(asked(archive, encoder, "Soldaten evakuiert", floor=0.9)) == ["Die Armee hat den Ort verlassen."] * 2


def test_a_changed_article_is_read_where_it_changed(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    encode_sentences(archive, clock=clock, encoder=encoder)
    encoder.read.clear()
    capture = capture_of(TEXTS[0] + "\nEine Lok kam dazu.", source="3.txt")
    archive.add_capture(capture)
    archive.put_document(document_of(capture), "1")
    encode_sentences(archive, clock=clock, encoder=encoder)
    assert encoder.read == ["Abzug", "Die Armee hat den Ort verlassen.", "Er lehnte das ab.", "Die Bahn hält.",
                            "Eine Lok kam dazu."]  # fmt: skip
    assert archive.with_vectors(encoder.digest) == 4


def test_another_model_starts_anew(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    encode_sentences(archive, clock=clock, encoder=encoder)
    other = ConceptEncoder("concepts-2")
    assert archive.with_vectors(other.digest) == 0
    assert asked(archive, other, "Soldaten evakuiert") == []
    assert encode_sentences(archive, clock=clock, encoder=other) == 3
    assert archive.with_vectors(encoder.digest) == 0
    assert archive.verify() == []


def test_stopping_keeps_what_is_done(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    class Stopped(ConceptEncoder):
        def encode(self, texts: object, kind: object) -> Floats:
            if len(self.read) > 3:
                raise KeyboardInterrupt
            return super().encode(texts, kind)  # type: ignore[arg-type]  # the same kind

    with pytest.raises(KeyboardInterrupt):
        encode_sentences(archive, clock=clock, encoder=Stopped())
    assert archive.with_vectors(encoder.digest) == 1
    assert encode_sentences(archive, clock=clock, encoder=encoder) == 2
    assert archive.verify() == []


def test_forgetting_takes_the_vectors_along(archive: SqlArchive, encoder: ConceptEncoder, tmp_path: Path) -> None:
    encode_sentences(archive, clock=clock, encoder=encoder)
    archive.forget_article("0.txt")
    assert said(asked(archive, encoder, "Soldaten evakuiert", floor=0.9)) == ["Die Armee hat den Ort verlassen."]
    archive.forget_texts()
    assert archive.with_vectors(encoder.digest) == 0
    assert archive.without_vectors(encoder.digest) == []
    assert archive.lacking_vectors(encoder.digest) == 0
    assert archive.verify() == []
    with edited(tmp_path / "a.db") as connection:
        assert connection.execute("SELECT count(*) FROM vectors").fetchone() == (0,)


def test_an_article_that_was_deleted_meanwhile_gets_none(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    (first, *_) = archive.without_vectors(encoder.digest)
    archive.forget_article(first)
    assert not archive.put_vectors(first, encoder.digest, {})
    assert archive.verify() == []


def test_lacking_vectors_are_not_kept_by_halves(archive: SqlArchive, encoder: ConceptEncoder) -> None:
    (first, *_) = archive.without_vectors(encoder.digest)
    passages = archive.passages(first, encoder.digest)
    found = dict(zip(passages[1:], encoder.encode(passages[1:], "passage"), strict=True))
    assert not archive.put_vectors(first, encoder.digest, found)
    assert archive.with_vectors(encoder.digest) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE vectors SET keys = x'00'",
        "UPDATE vectors SET components = substr(components, 2)",
        "UPDATE vectors SET scales = CAST(x'0000c07f' || substr(scales, 5) AS BLOB)",
        "UPDATE vectors SET keys = CAST(substr(keys, 9) || substr(keys, 1, 8) AS BLOB)",
    ],
)
def test_damage_is_found(tmp_path: Path, encoder: ConceptEncoder, statement: str) -> None:
    made = open_archive(str(tmp_path / "b.db"), create=True)
    fill(made)
    encode_sentences(made, clock=clock, encoder=encoder)
    made.close()
    with edited(tmp_path / "b.db") as connection:
        connection.execute(statement)
    again = open_archive(str(tmp_path / "b.db"))
    assert {problem.code for problem in again.verify()} == {"vectors"}
    again.close()


def test_an_archive_of_the_first_schema_gets_the_table(tmp_path: Path, encoder: ConceptEncoder) -> None:
    path = tmp_path / "old.db"
    made = open_archive(str(path), create=True)
    fill(made)
    made.close()
    with edited(path) as connection:
        added_later = ("vectors", "statement_members", "statements", "doubts", "revisions")
        lists = ("reference_keys", "reference_entities", "reference_lists", "reference_matches")
        for table in (*added_later, *lists):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    again = open_archive(str(path))
    assert again.verify() == []
    assert encode_sentences(again, clock=clock, encoder=encoder) == 3
    again.close()


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(np.float32, 384, elements=st.floats(-1, 1, width=32)))
def test_eight_bits_keep_a_vector_to_half_a_step(vector: Floats) -> None:
    scale, components = vectors.packed(vector)
    step = float(np.frombuffer(scale, vectors.SCALE)[0])
    again = np.frombuffer(components, np.int8).astype(np.float32) * step
    assert float(np.abs(again - vector).max()) <= step * 0.501


def test_neighbours_count_within_an_article_only() -> None:
    likeness = np.array([0.9, 0.5, 0.5, 0.5], dtype=np.float32)
    apart, together = nearest._with_neighbours(likeness, [1, 3]), nearest._with_neighbours(likeness, [4])
    assert together[1] == pytest.approx(0.5 + 0.2 * 0.3 - 0.1 * 0.1, abs=1e-6)
    assert apart[1] == pytest.approx(0.5 - 0.1 * 0.1, abs=1e-6)
