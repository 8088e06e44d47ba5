"""Texts that a pattern may stumble over, against every stage: the offsets hold and the work grows with the length."""

from __future__ import annotations

import gzip

import pytest
from benchmarks.poison.texts import UNITS

from quellenlage.annotate.claims.chains import _Frames
from quellenlage.annotate.language.tokenizer import pieces
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.model import Capture, Zone, ZoneKind
from quellenlage.model.layers import Quotation, QuotationType
from quellenlage.model.spans import Span
from quellenlage.pipeline import analyse

OPTIONS = IntakeOptions("2026-01-01T00:00:00Z")


@pytest.mark.parametrize("unit", UNITS, ids=[ascii(unit)[1:25] for unit in UNITS])
def test_runs_of_one_thing_are_read_by_every_stage(unit: str) -> None:
    text = (
        f"Kopf des Artikels\n\nKarven (dpa) - Der Minister Jan Tamm sagte: {unit * (800 // len(unit))} Das war gestern."
    )
    for found in capture_bytes("a.txt", text.encode("utf-8", "surrogatepass"), OPTIONS):
        if not isinstance(found, Capture):
            assert "\x02" in unit, "only what is full of control characters is no text"
            assert found.remedy
            continue
        document = analyse(found)
        assert document.text == found.text
        assert "".join(t.span.of(document.text) for t in document.tokens).replace(" ", "")


@pytest.mark.parametrize("letter", ["a", "A", "1", "ä", "a\u0301", "a-", "1.", "!", "-", "."])
def test_a_piece_without_an_end_is_cut_and_no_character_is_lost(letter: str) -> None:
    text = letter * 30_000
    found = pieces(text, 0, len(text))
    assert max(piece.end - piece.start for piece in found) <= 51 * 501
    covered: set[int] = set()
    for piece in found:
        assert piece.form == text[piece.start : piece.end]
        covered.update(range(piece.start, piece.end + piece.dotted))
    assert covered == set(range(len(text)))


def test_words_as_long_as_any_stay_whole() -> None:
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 7
    assert [piece.form for piece in pieces(f"{word} 123456789.", 0, len(word) + 11)] == [word, "123456789"]


def test_three_hundred_thousand_members_of_a_gzip_file() -> None:
    """Once each of them copied all that was behind it."""
    (found,) = capture_bytes("a.txt.gz", gzip.compress(b"a", mtime=0) * 300_000, OPTIONS)
    assert isinstance(found, Capture)
    assert found.text == "a" * 300_000


@pytest.mark.parametrize("cut", [1, 9, 15, 24, 40])
def test_a_gzip_file_that_is_cut_off_within_any_member(cut: int) -> None:
    data = gzip.compress(b"Ein Satz. ", mtime=0) + gzip.compress(b"Noch einer.", mtime=0)
    (found,) = capture_bytes("a.txt.gz", data[:-cut], OPTIONS)
    assert not isinstance(found, Capture)
    assert "cut off" in str(found) or cut >= len(gzip.compress(b"Noch einer.", mtime=0))


def test_a_hundred_thousand_line_ends_take_no_quadratic_time() -> None:
    (found,) = capture_bytes("a.txt", b"\n" * 400_000 + b"Ende.", OPTIONS)
    assert isinstance(found, Capture)
    (nothing,) = capture_bytes("a.txt", b"\n" * 400_000, OPTIONS)
    assert not isinstance(nothing, Capture)


def test_the_zone_at_an_offset_is_the_one_that_covers_it() -> None:
    (capture,) = capture_bytes("a.txt", b"Titel\n\nErster Absatz mit Text.\n\nZweiter Absatz.\n", OPTIONS)
    assert isinstance(capture, Capture)
    article = analyse(capture).article
    for offset in range(len(article.text) + 2):
        expected = next((z for z in article.zones if z.start <= offset < z.end), None)
        assert article.zone_at(offset) == expected
    assert any(isinstance(z, Zone) and z.kind is not ZoneKind.HEADLINE for z in article.zones)


def test_the_last_frame_before_a_quotation_that_names_its_speaker() -> None:
    def quotation(number: int, *frame: Span, parent: str | None = None) -> Quotation:
        quote = (Span(1000 + number, 1001 + number),)
        return Quotation(f"q{number}", QuotationType.DIRECT, "speech", quote, frame=frame, parent=parent)

    listed = [
        quotation(0, Span(0, 50)),
        quotation(1, Span(10, 20)),
        quotation(2, Span(12, 18), parent="q1"),
        quotation(3, Span(30, 40)),
    ]
    frames = _Frames(listed)
    speaker = Span(13, 15)
    assert [frames.before(n, speaker) for n in range(5)] == [None, 0, 1, 1, 1]
    assert frames.before(4, Span(45, 60)) is None
