"""JSON that is deep or of the wrong kinds, and noise that claims to be a WARC or Parquet file."""

from __future__ import annotations

import gzip
import json
import random
import struct
from collections.abc import Callable

from benchmarks.poison.made import Expected, Made

_SENTENCE = "Der Minister sagte am Montag in Berlin, er habe davon nichts gewusst. "


def json_deep(chance: random.Random) -> Made:
    """Lists or objects within each other."""
    depth = chance.choice([50, 900, 5000, 100_000])
    opening, closing = chance.choice([("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
    value = opening * depth + "1" + closing * depth
    text = chance.choice(
        [value, f'{{"text": {value}}}', f'{{"text": "{_SENTENCE}", "author": {value}}}', opening * depth]
    )
    return Made(chance.choice([".json", ".jsonl"]), text.encode())


def json_kinds(chance: random.Random) -> Made:
    """Fields of the wrong kinds, numbers without an end, halves of characters, keys without number."""
    odd: list[object] = [
        None, True, 1e308, -0.0, [], {}, [[]], "", " ", "\ud800", "\x00", "a" * 50_000, {"name": {"name": []}},
        [None, 1, "x"],
        2**60, "9" * 4000, "2015-99-99", ["a"] * 3000, {"rendered": "<p>" * 900},
    ]  # fmt: skip
    fields = (
        "title",
        "published",
        "modified",
        "url",
        "outlet",
        "author",
        "language",
        "source",
        "date",
        "content_sha256",
    )
    record: dict[str, object] = {name: chance.choice(odd) for name in fields}
    record["text"] = chance.choice([_SENTENCE * 3, *odd])
    record |= {f"k{n}": n for n in range(chance.choice([0, 5, 20_000]))}
    text = json.dumps([record] * chance.choice([1, 3]), ensure_ascii=chance.random() < 0.7)
    if chance.random() < 0.3:
        text = text.replace("1e+308", chance.choice(["1" * 6000, "NaN", "-Infinity", "1e999999"]))
    return Made(".json", text.encode("utf-8", "surrogatepass"))


def json_lines(chance: random.Random) -> Made:
    """Good lines among bad ones."""
    good = json.dumps({"text": _SENTENCE * 2})
    bad = [
        "{",
        "}",
        "null",
        "[1]",
        '{"text": 5}',
        '{"text": ""}',
        "\x00",
        "{" * 2000,
        '{"record": "claim"}',
        '{"a":1}' * 50,
        '"' * 999,
    ]
    lines = [good, *(chance.choice([good, *bad]) for _ in range(chance.randrange(60)))]
    return Made(".jsonl", "\n".join(lines).encode())


def json_capture(chance: random.Random) -> Made:
    """Records that claim to be captures of an export."""
    names = ("id", "content_sha256", "text_sha256", "captured_at", "media_type", "source", "content", "text", "record")
    record: dict[str, object] = {
        name: chance.choice(["a", "capture", 1, None, [], "QUJD", "x" * 9000]) for name in names
    }
    return Made(".jsonl", (json.dumps(record) + "\n").encode() * chance.choice([1, 50]))


def warc(chance: random.Random) -> Made:
    """Records with wrong lengths, headers without an end, or pages of noise."""
    length = chance.choice([b"10", b"-1", b"99999999999999", b"x", b"0"])
    page = chance.choice(
        [
            b"HTTP/1.1 200 OK\r\n\r\n<html><p>Text.",
            b"HTTP/1.1 " + b"9" * 3000,
            b"A: b\r\n" * 3000,
            chance.randbytes(900),
        ]
    )
    record = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/\r\n"
    record += b"Content-Type: application/http; msgtype=response\r\n"
    record += (
        b"WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2015-01-01T00:00:00Z\r\nContent-Length: "
        + length
        + b"\r\n\r\n"
        + page
        + b"\r\n\r\n"
    )
    data = chance.choice(
        [
            record,
            record * 200,
            record[: chance.randrange(8, len(record))],
            b"WARC/1.0\r\n" + b"A: b\r\n" * 20_000,
            b"WARC/9.9\r\n\r\n",
        ]
    )
    packed = chance.random() < 0.4
    return Made(".warc.gz" if packed else ".warc", gzip.compress(data, mtime=0) if packed else data)


def parquet(chance: random.Random) -> Made:
    """The first and last four letters of a Parquet file, noise between them."""
    size = struct.pack("<I", chance.choice([0, 4, 200, 2**31 - 1, 2**32 - 1]))
    return Made(".parquet", b"PAR1" + chance.randbytes(chance.randrange(2000)) + size + b"PAR1", Expected.REFUSED)


def json_of_a_hundred_thousand(_chance: random.Random) -> Made:
    """A list of three hundred thousand records without a text."""
    return Made(".json", b"[" + b'{"text":""},' * 300_000 + b'{"text":""}]')


FAMILIES: dict[str, Callable[[random.Random], Made]] = {
    "json-deep": json_deep, "json-kinds": json_kinds, "json-lines": json_lines, "json-capture": json_capture,
    "warc": warc,
    "parquet": parquet,
}  # fmt: skip
HEAVY: dict[str, Callable[[random.Random], Made]] = {"json-many": json_of_a_hundred_thousand}
