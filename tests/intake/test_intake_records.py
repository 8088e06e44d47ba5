from __future__ import annotations

import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from quellenlage.errors import BadInput, EmptyInput, TooLarge, UnreadableInput
from quellenlage.intake import IntakeOptions, capture_bytes, captures
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
