from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.fakes import capture_of, document_of
from tests.store.meaning import ConceptEncoder, archive_of

from quellenlage.encoder import files
from quellenlage.errors import MissingResource
from quellenlage.execution import By, encode_sentences, installed_encoder, search
from quellenlage.model import Archive
from quellenlage.store import open_archive

TEXTS = (
    "Nachricht\nDer Abzug der Truppen kam.\nTruppen und Armee: der Abzug.",
    "Meldung\nDie Soldaten haben es verlassen.\nHeute ruht die Armee.",
)


def clock() -> str:
    return "2026-01-05T10:00:00Z"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    yield from archive_of(tmp_path / "a.db", TEXTS)


@pytest.fixture
def encoder(archive: Archive) -> ConceptEncoder:
    made = ConceptEncoder()
    encode_sentences(archive, clock=clock, encoder=made)
    return made


def test_both_put_the_request_as_it_stands_first(archive: Archive, encoder: ConceptEncoder) -> None:
    found = search(archive, "Abzug der Truppen", encoder=encoder)
    assert [h.evidence.exact for h in found.hits] == [
        "Der Abzug der Truppen kam.",
        "Truppen und Armee: der Abzug.",
        "Die Soldaten haben es verlassen.",
    ]
    assert [h.found_by for h in found.hits] == [("text", "meaning"), ("text", "meaning"), ("meaning",)]
    assert (found.by, found.unread, found.obstacle) == (By.BOTH, 0, None)
    scores = [h.score for h in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(search(archive, "Abzug der Truppen", limit=1, encoder=encoder).hits) == 1


def test_each_way_by_itself(archive: Archive, encoder: ConceptEncoder) -> None:
    text = search(archive, "Abzug der Truppen", by=By.TEXT, encoder=encoder)
    assert [h.found_by for h in text.hits] == [("text",)] * 2
    meaning = search(archive, "Abzug der Truppen", by=By.MEANING, encoder=encoder)
    assert {h.found_by for h in meaning.hits} == {("meaning",)}
    assert len(meaning.hits) == 3


def test_a_word_or_two_mean_nothing_by_themselves(archive: Archive, encoder: ConceptEncoder) -> None:
    capture = capture_of("Kurz\nDie Truppen.\nDie Armee ruht noch.", source="short.txt")
    archive.add_capture(capture)
    archive.put_document(document_of(capture), "1")
    encode_sentences(archive, clock=clock, encoder=encoder)
    by_meaning = {h.evidence.exact for h in search(archive, "Soldaten", by=By.MEANING, encoder=encoder).hits}
    assert "Die Armee ruht noch." in by_meaning
    assert "Die Truppen." not in by_meaning
    by_text = {h.evidence.exact for h in search(archive, "Truppen", encoder=encoder).hits}
    assert "Die Truppen." in by_text


def test_nothing_near_is_nothing_found(archive: Archive, encoder: ConceptEncoder) -> None:
    for query in ("Viadukt", "***", "„“", ""):
        assert search(archive, query, encoder=encoder).hits == ()


def test_without_vectors_the_text_is_searched_and_the_lack_is_counted(archive: Archive) -> None:
    found = search(archive, "Abzug der Truppen", encoder=ConceptEncoder())
    assert (len(found.hits), found.unread) == (2, 2)


def test_without_a_model_the_text_is_searched_and_the_reason_is_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_PLACES", ())
    monkeypatch.setattr(files, "available", lambda *_: False)
    assert installed_encoder() is None
    assert encode_sentences(archive, clock=clock) == 0
    found = search(archive, "Abzug der Truppen")
    assert (len(found.hits), found.by) == (2, By.TEXT)
    assert isinstance(found.obstacle, MissingResource)
    assert search(archive, "Abzug der Truppen", by=By.TEXT).obstacle is None
    with pytest.raises(MissingResource):
        search(archive, "Abzug der Truppen", by=By.MEANING)


def test_the_installed_encoder_finds_what_shares_no_word(tmp_path: Path) -> None:
    installed = installed_encoder()
    if installed is None:
        pytest.skip("the model files are not installed")
    made = open_archive(str(tmp_path / "real.db"), create=True)
    text = "Kurz\nDie Kosten dürften 4000 Euro nicht übersteigen.\nIm Krankenhaus sind drei Patienten gestorben."
    capture = capture_of(text, source="a.txt")
    made.add_capture(capture)
    made.put_document(document_of(capture), "1")
    assert encode_sentences(made, clock=clock, encoder=installed) == 1
    found = search(made, "In der Klinik sind noch mehr Menschen ums Leben gekommen", encoder=installed)
    assert found.hits[0].evidence.exact == "Im Krankenhaus sind drei Patienten gestorben."
    assert found.hits[0].found_by == ("meaning",)
    made.close()
