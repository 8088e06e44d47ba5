"""RTF: text with its characters, without pictures; bombs and damage are refused by name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.errors import BadInput, EmptyInput, TooLarge, UnreadableInput
from quellenlage.evaluation.press_files import as_rtf
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.intake.rtf import MAX_DEPTH
from quellenlage.model import Capture

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")


def read(data: bytes, name: str = "a.rtf") -> Capture:
    (found,) = capture_bytes(name, data, OPTIONS)
    assert isinstance(found, Capture), found
    return found


def refused(data: bytes) -> BadInput:
    (found,) = capture_bytes("a.rtf", data, OPTIONS)
    assert isinstance(found, BadInput), found
    assert "a.rtf" in found.message
    return found


@pytest.mark.parametrize("unicode", [True, False])
def test_a_single_article(unicode: bool) -> None:
    text = "Fähre bleibt „im Hafen“ – größer als 5 € {sic} \\ und ż"
    found = read(as_rtf([text, "Ein zweiter Absatz."], unicode=unicode))
    assert found.text == f"{text}\n\nEin zweiter Absatz."
    assert (found.media_type, found.offsets_in) == ("application/rtf", "extracted")
    assert set(found.warnings) == {"pictures-not-read:1", "page-headers-not-read:1"}


def test_characters_beyond_the_basic_plane_and_other_code_pages() -> None:
    assert read(rb"{\rtf1\ansi\uc1 Boje \u-10179?\u-8704? rot}").text == "Boje 😀 rot"
    assert read(rb"{\rtf1\ansi\uc0 halb \u-10179 Ende}").text == "halb \ufffdEnde"
    cyrillic = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset204 Arial;}}\f0 " + b"\\'cc\\'ee\\'f1\\'ea\\'e2\\'e0}"
    assert read(cyrillic).text == "Москва"
    assert read("{\\rtf1\\ansi\\ansicpg1252 Brücke}".encode()).text == "Brücke"
    assert read("{\\rtf1\\ansi\\ansicpg1252 Brücke}".encode("cp1252")).text == "Brücke"
    assert read(b"\xef\xbb\xbf{\\rtf1 Hallo Welt}").text == "Hallo Welt"


def test_cells_of_a_table_stay_parted_and_pages_too() -> None:
    table = rb"\trowd\cellx100\cellx200 HD\cell Titel\cell\row LA\cell Deutsch\cell\row\pard "
    data = rb"{\rtf1" + table + rb"Text\page Mehr \\page hier\par}"
    assert read(data).text == "HD\tTitel\nLA\tDeutsch\nText\n\n\f\n\nMehr \\page hier"


def test_links_keep_their_words() -> None:
    data = rb'{\rtf1 Siehe {\field{\*\fldinst{HYPERLINK "https://beispiel.example/a"}}{\fldrslt{den Bericht}}} dazu.}'
    assert read(data).text == "Siehe den Bericht dazu."


def test_the_title_of_the_document_is_given() -> None:
    found = read(rb"{\rtf1{\info{\title Br\'fccke er\'f6ffnet}{\author Amt}}Ein Satz.}")
    assert found.given.title == "Brücke eröffnet"
    assert found.text == "Ein Satz."


def test_binary_data_are_no_markup() -> None:
    assert read(rb"{\rtf1 Vor {\pict\bin7 }}{\par}nach}").text == "Vor nach"


def test_a_document_that_breaks_off_is_read_and_said_to() -> None:
    found = read(rb"{\rtf1 Ein Satz und {\b noch ein")
    assert found.text == "Ein Satz und noch ein"
    assert "document-cut-off" in found.warnings


def test_nothing_in_it() -> None:
    assert isinstance(refused(rb"{\rtf1\ansi\pard\par}"), EmptyInput)


@pytest.mark.parametrize(
    "bomb",
    [
        b"{\\rtf1" + b"{" * 3_000_000,
        b"{\\rtf1" + b"{}" * 4_100_000 + b"x}",
        b"{\\rtf1" + b"\\b x" * 13_000_000,
    ],
)
def test_bombs_are_too_large(bomb: bytes) -> None:
    start = time.monotonic()
    assert isinstance(refused(bomb), TooLarge)
    assert time.monotonic() - start < 20


def test_a_table_of_fonts_without_end() -> None:
    assert isinstance(refused(b"{\\rtf1{\\fonttbl" + b"{\\f0 A;}" * 200_000), UnreadableInput)


@pytest.mark.parametrize(
    "slow",
    [
        b"{\\rtf1 x" + b"{\\field{\\*\\fldinst{ a " * 900 + b"}" * 2701,
        b"{\\rtf1{\\fonttbl" + b"\\f1 \\fcharset" * 40_000 + b"}Text}",
        b"{\\rtf1 Text {\\pict " + b"0f" * 10_000_000 + b"}}",
    ],
)
def test_no_input_takes_quadratic_time(slow: bytes) -> None:
    start = time.monotonic()
    capture_bytes("a.rtf", slow, OPTIONS)
    assert time.monotonic() - start < 10


def test_deep_groups_are_read_up_to_the_limit() -> None:
    depth = MAX_DEPTH - 10
    assert read(b"{\\rtf1" + b"{" * depth + b"tief" + b"}" * depth + b"}").text == "tief"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([rb"\par", rb"\'e4", rb"\u228?", "{", "}", "\\", "Wort ", rb"\bin3 ", rb"\cell", "*", rb"\f1"])
    )
)
def test_any_markup_is_read_or_refused(pieces: list[bytes | str]) -> None:
    data = b"{\\rtf1 " + b"".join(p if isinstance(p, bytes) else p.encode() for p in pieces) + b"}"
    for found in capture_bytes("a.rtf", data, OPTIONS):
        assert isinstance(found, Capture | BadInput)
