"""Archives that are more, or something else, than they say."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from benchmarks.poison.made import Expected, Made

MEBIBYTE = 1 << 20
_DOCUMENT = "word/document.xml"
_SHELL = ("[Content_Types].xml", b'<?xml version="1.0"?><Types/>')


def _zeros(size: int) -> bytes:
    """Gzip of so many zeros, made piece by piece."""
    packer = zlib.compressobj(9, wbits=31)
    piece = b"\0" * MEBIBYTE
    packed = [packer.compress(piece) for _ in range(size // MEBIBYTE)]
    return b"".join([*packed, packer.flush()])


def member_of(name: str) -> zipfile.ZipInfo:
    """A member without the time of its making, so that the same seed gives the same bytes."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(member_of(name), data)
    return packed.getvalue()


def zip_bomb(chance: random.Random, size: int = 80 * MEBIBYTE) -> Made:
    """A document that is tiny on disk and huge unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member_of(_SHELL[0]), _SHELL[1])
        with archive.open(member_of(_DOCUMENT), "w") as member:
            for _ in range(size // MEBIBYTE):
                member.write(bytes([chance.randrange(65, 90)]) * MEBIBYTE)
    return Made(".docx", packed.getvalue(), Expected.REFUSED)


def zip_liar(chance: random.Random) -> Made:
    """The same with sizes in its directory that look harmless."""
    data = bytearray(zip_bomb(chance, (1 + chance.randrange(8)) * MEBIBYTE).data)
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", chance.randrange(100, 5000))
    return Made(".docx", bytes(data), Expected.REFUSED)


def zip_nested(chance: random.Random) -> Made:
    """Archives within archives within archives."""
    data = b"A" * chance.randrange(1, MEBIBYTE)
    for depth in range(chance.randrange(2, 12)):
        data = _zipped({f"{depth}-{n}.zip": data for n in range(1 + chance.randrange(6))})
    return Made(chance.choice([".docx", ".zip", ".txt"]), data, Expected.REFUSED)


def zip_overlapping(chance: random.Random) -> Made:
    """Thousands of entries of the directory that all name one member (as a quine does, an archive without an end)."""
    data = _zipped({_DOCUMENT: b"A" * chance.randrange(1000, MEBIBYTE)})
    start, end = data.find(b"PK\x01\x02"), data.find(b"PK\x05\x06")
    entry, count = data[start:end], chance.randrange(50, 4000)
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:16] = struct.pack("<I", len(entry) * count)
    return Made(".docx", data[:start] + entry * count + bytes(tail), Expected.REFUSED)


def zip_crowded(chance: random.Random) -> Made:
    """More members than any document has."""
    members = {f"{n}": b"" for n in range(chance.randrange(5001, 7000))}
    return Made(".docx", _zipped({**members, _DOCUMENT: b"<a/>"}), Expected.REFUSED)


def gzip_bomb(chance: random.Random) -> Made:
    """A hundred megabytes in a hundred kilobytes."""
    return Made(chance.choice([".txt.gz", ".html.gz", ".gz"]), _zeros(100 * MEBIBYTE), Expected.REFUSED)


def gzip_nested(chance: random.Random) -> Made:
    """Packed again and again."""
    data = b"Ein Satz. " * 100
    for _ in range(chance.randrange(2, 60)):
        data = gzip.compress(data, mtime=0)
    return Made(".gz", data, Expected.REFUSED)


def gzip_crowded(chance: random.Random, members: int = 20_000) -> Made:
    """Thousands of members of one letter each."""
    data = gzip.compress(b"a", mtime=0) * chance.randrange(members // 2, members)
    return Made(".txt.gz", data, Expected.TAKEN)


def gzip_damaged(chance: random.Random) -> Made:
    """Cut off, with bytes changed, or with something else behind it."""
    data = bytearray(gzip.compress(b"Der Minister sagte am Montag etwas. " * chance.randrange(1, 500), mtime=0))
    match chance.randrange(3):
        case 0:
            del data[chance.randrange(2, len(data)) :]
        case 1:
            data[chance.randrange(10, len(data))] ^= 1 << chance.randrange(8)
        case _:
            data += chance.randbytes(chance.randrange(1, 500))
    return Made(".txt.gz", bytes(data))


def gzip_bomb_of_a_gigabyte(_chance: random.Random) -> Made:
    """A gigabyte of zeros."""
    return Made(".gz", _zeros(1024 * MEBIBYTE), Expected.REFUSED)


def gzip_of_three_million_members(_chance: random.Random) -> Made:
    """Sixty megabytes of members of one letter each."""
    return Made(".txt.gz", gzip.compress(b"a", mtime=0) * 3_000_000)


def zip_bomb_of_a_gigabyte(chance: random.Random) -> Made:
    """A gigabyte of letters in one document."""
    return zip_bomb(chance, 1024 * MEBIBYTE)


FAMILIES: dict[str, Callable[[random.Random], Made]] = {
    "zip-bomb": zip_bomb, "zip-liar": zip_liar, "zip-nested": zip_nested, "zip-overlapping": zip_overlapping,
    "zip-crowded": zip_crowded, "gzip-bomb": gzip_bomb, "gzip-nested": gzip_nested, "gzip-crowded": gzip_crowded,
    "gzip-damaged": gzip_damaged,
}  # fmt: skip
HEAVY: dict[str, Callable[[random.Random], Made]] = {
    "gzip-gigabyte": gzip_bomb_of_a_gigabyte, "gzip-million": gzip_of_three_million_members,
    "zip-gigabyte": zip_bomb_of_a_gigabyte,
}  # fmt: skip
