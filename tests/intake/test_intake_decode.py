from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.errors import UnreadableInput
from quellenlage.intake.decode import decode, normalised

GERMAN = "Der Präsident sagte: „Wir müssen größere Anstrengungen unternehmen – für alle.“ Köln, Österreich, Übermut."


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)  # fmt: skip
def test_byte_order_mark_decides_and_is_dropped(bom: bytes, encoding: str) -> None:
    found = decode("a", bom + GERMAN.encode(encoding), forced="cp1252")
    assert (found.text, found.encoding, found.warnings) == (GERMAN, encoding, ())


def test_utf8_needs_no_word() -> None:
    assert decode("a", GERMAN.encode()).warnings == ()
    assert decode("a", GERMAN.encode(), forced="cp1252").text == GERMAN


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "cp850"])
def test_old_german_encodings_are_detected_and_said_so(encoding: str) -> None:
    text = "Die Bürger von Köln müssen größere Lasten tragen. Das hörte man überall, in Österreich wie in Thüringen."
    found = decode("a", text.encode(encoding))
    assert found.text == text
    assert found.encoding == encoding
    assert found.warnings == (f"encoding-detected:{encoding}",)


def test_forced_and_declared_encodings_are_no_detection() -> None:
    data = GERMAN.encode("cp1252")
    assert decode("a", data, forced="windows-1252").warnings == ()
    assert decode("a", data, declared="ISO-8859-1").text == GERMAN
    assert decode("a", "Привет, мир и город".encode("koi8-r"), forced="koi8-r").text == "Привет, мир и город"
    assert decode("a", GERMAN.encode("utf-16-le"), forced="utf-16-le").text == GERMAN


def test_a_forced_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="utf-16"):
        decode("a", "Köln".encode("cp1252") + b"!", forced="utf-16")
    with pytest.raises(UnreadableInput, match="no encoding"):
        decode("a", b"x", forced="klingonisch")


@pytest.mark.parametrize(
    "label", ["idna", "rot13", "zlib", "unicode_escape", "punycode", "utf-7", "undefined", "hex", "\x00", "mbcs" * 50]
)
def test_a_page_may_not_choose_any_codec(label: str) -> None:
    assert normalised(label) is None


def test_cut_off_utf8_is_noted() -> None:
    found = decode("a", "Müller trifft Größe".encode() + "ü".encode()[:1])
    assert (found.text, found.warnings) == ("Müller trifft Größe", ("truncated-at-end",))


def test_a_last_letter_in_an_old_encoding_is_not_taken_for_a_cut() -> None:
    found = decode("a", "Der Weg nach Malm\xf6 und das Caf\xe9".encode("cp1252"))
    assert found.text.endswith("Café")


def test_few_damaged_bytes_among_many_sound_ones_do_not_garble_the_rest() -> None:
    found = decode("a", ("äöü" * 20).encode() + b"\xe4 und weiter " + "ß".encode())
    assert found.encoding == "utf-8"
    assert found.warnings == ("damaged-bytes-replaced:1",)
    assert found.text.count("ä") == 20


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02", b"Text\x00Text", bytes(range(256)), b"\x01\x02\x03\x04\x05" * 9, bytes(range(128, 256)) * 4],
)
def test_binary_data_is_refused_with_a_remedy(data: bytes) -> None:
    with pytest.raises(UnreadableInput) as caught:
        decode("bild.txt", data)
    assert caught.value.remedy
    assert "bild.txt" in str(caught.value)


@given(st.binary(max_size=300), st.sampled_from([None, "cp1252", "utf-16", "latin-1", "idna"]))
def test_any_bytes_decode_or_are_refused(data: bytes, label: str | None) -> None:
    try:
        found = decode("a", data, declared=label)
    except UnreadableInput:
        return
    found.text.encode("utf-8")
    assert "\x00" not in found.text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_utf8_comes_back_unchanged(text: str) -> None:
    assert decode("a", b"\xef\xbb\xbf" + text.encode()).text == text


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
def test_foreign_names_do_not_turn_german_text_into_central_european(encoding: str) -> None:
    for text in (
        "Der „Ministerpräsident“ François Morel war in São Paulo und in La Coruña, aß dort à la carte.",
        "„Ministerpräsident“ François … São Paulo … La Coruña … à la carte",
    ):
        found = decode("a", text.encode(encoding))
        assert (found.text, found.encoding) == (text, encoding)
        assert found.warnings == (f"encoding-detected:{encoding}",)


def test_the_euro_sign_of_latin_9_is_told() -> None:
    text = "Die Bürger von São Paulo und Århus zahlen 5 € für die Fähre."
    assert decode("a", text.encode("iso8859-15")).text == text


def test_polish_letters_in_a_german_text_are_a_guess_that_is_said() -> None:
    text = "Die Stadt Łódź wählt, sagte Müller. Auch in Gdańsk und Wałęsas Heimat wird gewählt."
    found = decode("a", text.encode("cp1250"))
    assert (found.text, found.warnings) == (text, ("encoding-detected:cp1250",))
