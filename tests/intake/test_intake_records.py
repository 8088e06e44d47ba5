from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from quellenlage.errors import BadInput, EmptyInput, TooLarge, UnreadableInput
from quellenlage.intake import Doubt, IntakeOptions, capture_bytes, captures
from quellenlage.intake.raw import MAX_CHARACTERS
from quellenlage.model.capture import Capture
from quellenlage.model.serial import to_json

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")
TEXT = "Der Rat hat am Montag\ndem Haushalt zugestimmt."


def read(value: object, options: IntakeOptions = OPTIONS, name: str = "a.json") -> list[Capture | BadInput]:
    return capture_bytes(name, json.dumps(value).encode(), options)


def sound(found: list[Capture | BadInput]) -> list[Capture]:
    assert all(isinstance(f, Capture) for f in found), found
    return [f for f in found if isinstance(f, Capture)]


def test_mapped_fields() -> None:
    fields = {
        "text": "body",
        "title": "headline",
        "published": "when.day",
        "url": "link",
        "outlet": "paper",
        "author": "by",
    }
    record = {
        "body": TEXT,
        "headline": "Rat stimmt zu",
        "when": {"day": "18.09.2015"},
        "link": "https://a.example/1",
        "paper": "Kreisbote",
        "by": ["A. Bee", {"name": "C. Dee"}],
        "text": "falsch",
    }
    (found,) = sound(read(record, replace(OPTIONS, fields=fields)))
    given = found.given
    assert found.text == TEXT
    assert (given.title, given.published, given.url, given.outlet) == (
        "Rat stimmt zu",
        "2015-09-18",
        "https://a.example/1",
        "Kreisbote",
    )
    assert given.authors == ("A. Bee", "C. Dee")
    assert given.how["published"] == "json when.day"
    assert found.offsets_in == "extracted"


@pytest.mark.parametrize(
    ("text", "title", "date", "outlet"),
    [
        ("text", "title", "date", "source"),
        ("body", "headline", "published", "paper"),
        ("content", "titel", "datum", "quelle"),
        ("articleBody", "headline", "datePublished", "publisher"),
        ("inhalt", "ueberschrift", "pubDate", "medium"),
    ],
)
def test_usual_names_are_found(text: str, title: str, date: str, outlet: str) -> None:
    (found,) = sound(read({text: TEXT, title: "Titel", date: "2015-09-18", outlet: "Bote"}))
    assert (found.text, found.given.title, found.given.published, found.given.outlet) == (
        TEXT,
        "Titel",
        "2015-09-18",
        "Bote",
    )


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: {"articles": r}, lambda r: {"status": "ok", "items": r}])
def test_lists_and_objects_around_lists(wrap: object) -> None:
    assert callable(wrap)
    found = sound(read(wrap([{"text": "Eins."}, {"text": "Zwei."}])))
    assert [f.text for f in found] == ["Eins.", "Zwei."]
    assert [f.source for f in found] == ["a.json#1", "a.json#2"]


def test_content_of_other_systems() -> None:
    (found,) = sound(
        read(
            {
                "title": {"rendered": "Titel"},
                "content": {"rendered": "<p>Erster Absatz.</p>\n<p>Zweiter &amp; letzter.</p>"},
            }
        )
    )
    assert found.text == "Erster Absatz.\n\nZweiter & letzter."
    assert found.given.title == "Titel"
    assert "html-in-field" in found.warnings
    assert sound(read({"paragraphs": ["Eins.", "Zwei."]}))[0].text == "Eins.\n\nZwei."


def test_one_bad_line_leaves_the_others() -> None:
    lines = [
        b'{"text": "Eins."}',
        b"{kaputt",
        b"",
        b'{"text": ""}',
        b'{"other": 1}',
        b'["x"]',
        b'{"text": 5}',
        b'{"text": "Acht."}',
    ]
    found = capture_bytes("l.jsonl", b"\n".join(lines), OPTIONS)
    assert [type(f) for f in found] == [
        Capture,
        UnreadableInput,
        EmptyInput,
        EmptyInput,
        UnreadableInput,
        UnreadableInput,
        Capture,
    ]
    assert [f.source for f in found] == [
        "l.jsonl#1",
        "l.jsonl#2",
        "l.jsonl#4",
        "l.jsonl#5",
        "l.jsonl#6",
        "l.jsonl#7",
        "l.jsonl#8",
    ]
    assert "line 1, column 2" in str(found[1])
    assert "fields: other" in str(found[3])


def test_a_named_field_that_is_missing_is_named() -> None:
    (found,) = read({"text": TEXT}, replace(OPTIONS, fields={"text": "volltext"}))
    assert isinstance(found, EmptyInput)
    assert "'volltext'" in found.message
    with pytest.raises(ValueError, match="unknown field"):
        replace(OPTIONS, fields={"txet": "a"})


def test_an_unreadable_date_is_a_warning_not_a_guess() -> None:
    (found,) = sound(read({"text": TEXT, "date": "neulich"}))
    assert found.given.published is None
    assert found.warnings == ("unread-date:published",)


def test_characters_that_cannot_be_stored_are_replaced_one_by_one() -> None:
    (found,) = sound(capture_bytes("a.json", b'{"text": "a\\u0000b\\ud800c"}', OPTIONS))
    assert found.text == "a\ufffdb\ufffdc"
    assert "unstorable-characters-replaced" in found.warnings


def test_lines_are_streamed_and_limited_one_by_one() -> None:
    options = replace(OPTIONS, max_bytes=200)
    lines = (
        b"".join(b'{"text": "Satz Nummer %d."}\n' % n for n in range(100))
        + b'{"text": "'
        + b"x" * 5000
        + b'"}\n{"text": "Ende."}'
    )
    found = list(captures(["-"], options, stdin=io.BytesIO(lines)))
    assert [type(f) for f in found[-2:]] == [TooLarge, Capture]
    assert len(found) == 102
    assert found[-1].source == "standard input#102"


@pytest.mark.parametrize(
    "data", [b"[" * 5000, b'{"a":' * 5000, b'{"text": ' + b"9" * 6000 + b"}", b'{"text": NaN}', b"[]", b"{}"]
)
def test_hostile_json(data: bytes) -> None:
    (found,) = capture_bytes("a.json", data, OPTIONS)
    assert isinstance(found, BadInput)


def test_an_exported_capture_comes_back_as_it_was() -> None:
    (first,) = sound(
        capture_bytes("a.txt", "Größe".encode("cp1252"), replace(OPTIONS, outlet="Bote", encoding="cp1252"))
    )
    (again,) = capture_bytes("export.jsonl", to_json(first), replace(OPTIONS, captured_at="2030-01-01"))
    assert again == first
    changed = to_json(first).replace("Größe".encode(), b"Kleine")
    (found,) = capture_bytes("export.jsonl", changed, OPTIONS)
    assert isinstance(found, UnreadableInput)


def test_real_articles_as_json_lines() -> None:
    data = (
        Path(os.environ.get("QUELLENLAGE_DATA", Path(__file__).parents[3] / "shared" / "data"))
        / "quotations"
        / "train.jsonl"
    )
    if not data.exists():
        pytest.skip("the development data is not beside the project")
    options = replace(OPTIONS, fields={"text": "originalText", "title": "documentName"})
    found = sound(list(captures([str(data)], options)))
    assert len(found) == 700
    assert len({f.id for f in found}) == 700
    assert found[0].text == json.loads(found[0].content)["originalText"]


def derived(kind: str) -> bytes:
    return json.dumps({"record": kind, "article": "art-60dc0b68d745eee8", "source": "a.txt"}).encode()


def test_an_export_without_texts_is_refused_once() -> None:
    data = b"\n".join(derived(kind) for kind in ("article", "entity", "claim", "claim", "activity"))
    (found,) = capture_bytes("h.jsonl", data, OPTIONS)
    assert isinstance(found, UnreadableInput)
    assert found.source == "h.jsonl"
    assert "--full-text" in found.remedy
    assert [type(f) for f in read([json.loads(derived("article"))] * 3)] == [UnreadableInput]


def test_a_full_export_on_a_stream_restores_the_captures_and_names_what_it_cannot() -> None:
    (first,) = sound(capture_bytes("a.txt", TEXT.encode(), OPTIONS))
    capture = json.dumps({"record": "capture", **json.loads(to_json(first))}).encode()
    assert sound(capture_bytes("f.jsonl", b"\n".join([capture, derived("article"), derived("claim")]), OPTIONS)) == [
        first
    ]
    data = b"\n".join([capture, derived("article"), derived("judgement"), derived("judgement")])
    again, refused = capture_bytes("f.jsonl", data, OPTIONS)
    assert again == first
    assert isinstance(refused, UnreadableInput)
    assert "judgements" in refused.message


def test_an_identifier_is_no_text() -> None:
    (found,) = read({"article": "art-60dc0b68d745eee8", "date": "2015-09-18"})
    assert isinstance(found, EmptyInput)
    assert sound(read({"article": "art-1", "document": TEXT}))[0].text == TEXT
    assert sound(read({"article": TEXT, "record": "article"}))[0].text == TEXT


def test_a_text_too_long_for_one_article_is_refused() -> None:
    (kept,) = capture_bytes("a.txt", b"Wort " * (MAX_CHARACTERS // 5), OPTIONS)
    assert isinstance(kept, Capture)
    (found,) = capture_bytes("a.txt", b"Wort " * (MAX_CHARACTERS // 5) + b"x", OPTIONS)
    assert isinstance(found, TooLarge)
    assert "2,000,001 characters" in found.message
    assert "2,000,000" in found.message
    assert "--max-bytes does not" in found.remedy


def test_doubts_about_characters_are_told_and_sound_texts_are_not() -> None:
    told: list[Doubt] = []
    options = replace(OPTIONS, on_doubt=told.append)
    data = {"alt.txt": "Die Bürger müssen".encode("cp1252"), "ab.txt": "Müller, Größe".encode() + b"\xc3"}
    for name, content in {**data, "gut.txt": "Größe".encode()}.items():
        list(captures(["-"], options, stdin=io.BytesIO(content)))
        told.append(Doubt(name, "end"))
    assert [(d.code, d.detail) for d in told] == [
        ("encoding-detected", "cp1252"), ("end", ""), ("truncated-at-end", ""), ("end", ""), ("end", ""),
    ]  # fmt: skip


def test_messages_about_records_are_short_however_long_the_records() -> None:
    capture = sound(read({"text": TEXT}))[0]
    exported = json.loads(to_json(capture)) | {"source": "x" * 9_000, "text": TEXT + "!"}
    nameless = {f"{number:02}{'k' * 9_000}": 1 for number in range(20)}
    for record, said in ((exported, "a damaged export of a capture"), (nameless, "no field for the text")):
        (found,) = read(record)
        assert isinstance(found, BadInput)
        assert said in found.message
        assert len(str(found)) < 1_200
