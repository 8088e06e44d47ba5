"""Web archives: what is whole is read under its address and of its time, what is lost or reserved is named."""

from __future__ import annotations

import gzip
import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.intake.warc_files import address, http, info, packed, page, pages, record

from quellenlage.errors import BadInput, EmptyInput, Reserved, TooLarge, UnreadableInput
from quellenlage.intake import IntakeOptions, Skipped, capture_bytes, captures
from quellenlage.model.capture import Capture

OPTIONS = IntakeOptions("2024-05-01T12:00:00Z")
Found = list[Capture | BadInput]


def read(tmp_path: Path, data: bytes, options: IntakeOptions = OPTIONS, name: str = "a.warc.gz") -> Found:
    path = tmp_path / name
    path.write_bytes(data)
    return list(captures([str(path)], options))


def taken(found: Found) -> list[str]:
    return [one.source for one in found if isinstance(one, Capture)]


def failures(found: Found) -> list[BadInput]:
    return [one for one in found if isinstance(one, BadInput)]


@pytest.mark.parametrize("form", ["plain", "members", "one member", "in memory"])
def test_a_page_becomes_a_capture_of_its_address_and_time(tmp_path: Path, form: str) -> None:
    records = [info(), *pages(2)]
    data = b"".join(records)
    if form == "members":
        found = read(tmp_path, packed(records))
    elif form == "one member":
        found = read(tmp_path, gzip.compress(data))
    elif form == "in memory":
        found = capture_bytes("a.warc", data, OPTIONS)
    else:
        found = read(tmp_path, data, name="a.warc")
    first, second = found
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    assert (first.source, first.given.url, first.captured_at) == (address(1), address(1), "2015-09-18T10:00:00Z")
    assert first.content == page(1)
    assert "Im Hafen von Osthafen sind 1 Schiffe eingetroffen" in first.text
    assert second.source == address(2)


def test_the_same_page_fetched_and_stored_is_one_capture() -> None:
    (stored,) = capture_bytes("a.warc", record(address(1), http(page(1))), OPTIONS)
    (fetched,) = capture_bytes(address(1), page(1), OPTIONS, url=address(1))
    assert isinstance(stored, Capture)
    assert isinstance(fetched, Capture)
    assert stored.id == fetched.id


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page(1)), ["Content-Encoding: gzip"]),
        (page(1), ["Content-Encoding: gzip"]),  # unpacked when it was stored
        (page(1), ["Content-Encoding: br"]),
        (page(1), ["Transfer-Encoding: chunked"]),  # joined when it was stored
        (b"%x;name=wert\r\n%b\r\n0\r\n\r\n" % (len(page(1)), page(1)), ["Transfer-Encoding: chunked"]),
        (
            b"64\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n"
            % (gzip.compress(page(1))[:100], len(gzip.compress(page(1))) - 100, gzip.compress(page(1))[100:]),
            ["transfer-encoding: Chunked", "content-encoding: GZIP"],
        ),
    ],
)
def test_bodies_are_unpacked(body: bytes, headers: list[str]) -> None:
    (found,) = capture_bytes("a.warc", record(address(1), http(body, *headers)), OPTIONS)
    assert isinstance(found, Capture)
    assert found.content == page(1)


def test_pdf_and_text_and_records_without_http() -> None:
    text = "Die Brücke in Osthafen ist wieder offen. Das sagte der Bürgermeister am Freitag."
    data = b"".join(
        [
            record(address(1), http(text.encode("cp1252"), media="text/plain; charset=windows-1252")),
            record(address(2), page(2), kind="resource", media="text/html"),
            record(address(3), text.encode(), kind="conversion", media="text/plain"),
        ]
    )
    found = capture_bytes("a.warc", data, OPTIONS)
    assert taken(found) == [address(1), address(2), address(3)]
    assert next(one.text for one in found if isinstance(one, Capture)) == text


def test_what_is_no_page_is_counted_and_told() -> None:
    told: list[Skipped] = []
    data = b"".join(
        [
            info(),
            record(address(1), http(page(1))),
            record("https://bote.example/bild.png", http(b"\x89PNG\r\n\x1a\n", media="image/png")),
            record("https://bote.example/feed", http(b"<rss></rss>", media="application/rss+xml")),
            record("https://bote.example/luege", http(b'{"a": 1}', media="text/html")),
            record("dns:bote.example", b"1.2.3.4", media="text/dns"),
            record(address(2), http(b"", "Location: /3", status="301 Moved Permanently")),
            record(address(3), http(page(3), status="404 Not Found")),
            record(address(1), http(b""), kind="revisit"),
            record(address(1), b"GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http; msgtype=request"),
        ]
    )
    found = capture_bytes("a.warc", data, replace(OPTIONS, on_skip=told.append))
    assert taken(found) == [address(1)]
    assert failures(found) == []
    counted = {one.reason: one.records for one in told}
    assert counted == {"warc-no-page": 4, "warc-no-answer": 2, "warc-revisit": 1}


def test_a_record_that_was_cut_by_the_crawler_says_so() -> None:
    (found,) = capture_bytes("a.warc", record(address(1), http(page(1)), "WARC-Truncated: length"), OPTIONS)
    assert isinstance(found, Capture)
    assert "document-cut-off" in found.warnings


@pytest.mark.parametrize(
    ("before", "headers", "head", "sign"),
    [
        (b"", ["TDM-Reservation: 1"], "", "tdm-header"),
        (b"", [], '<meta name="tdm-reservation" content="1">', "tdm-page"),
        (record("https://bote.example/robots.txt", http(b"User-agent: *\nDisallow: /meldung", media="text/plain")),
         [], "", "robots"),
        (record("https://bote.example/.well-known/tdmrep.json",
                http(b'[{"location": "/meldung/*", "tdm-reservation": 1}]', media="application/json")),
         [], "", "tdm-file"),
    ],
)  # fmt: skip
def test_what_a_site_reserves_is_left_alone(before: bytes, headers: list[str], head: str, sign: str) -> None:
    other = "https://anzeiger.example/1"
    data = before + record(address(1), http(page(1, head), *headers)) + record(other, http(page(2)))
    found = capture_bytes("a.warc", data, OPTIONS)
    (refused,) = failures(found)
    assert isinstance(refused, Reserved)
    assert (refused.sign, refused.source) == (sign, address(1))
    assert taken(found) == [other]


def test_a_page_over_the_limit_is_named_and_the_others_go_on() -> None:
    bomb = gzip.compress(b"<p>" + b"a" * (1 << 24))
    data = b"".join(
        [
            record(address(1), http(bomb, "Content-Encoding: gzip")),
            record(address(2), http(b"a" * (1 << 21))),
            record(address(3), http(page(3))),
        ]
    )
    options = replace(OPTIONS, max_bytes=1 << 20)
    tracemalloc.start()
    with io.BytesIO(packed([data])) as stream:
        found = list(captures(["-"], options, stdin=stream))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken(found) == [address(3)]
    assert [type(one) for one in failures(found)] == [TooLarge, TooLarge]
    assert peak < 12 << 20


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (40, 400):
        path = tmp_path / f"{count}.warc.gz"
        path.write_bytes(packed([record(address(n), http(b"x" * 20_000, media="image/png")) for n in range(count)]))
        tracemalloc.start()
        list(captures([str(path)], OPTIONS))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + (1 << 20)


def test_wacz(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as whole:
        whole.writestr("archive/b.warc.gz", packed(pages(2)[1:]))
        whole.writestr("archive/a.warc", pages(1)[0])
        whole.writestr("indexes/index.cdx.gz", b"")
    assert taken(list(captures([str(path)], OPTIONS))) == [address(1), address(2)]
    path.write_bytes(path.read_bytes()[:300])
    (found,) = captures([str(path)], OPTIONS)
    assert isinstance(found, UnreadableInput)


@pytest.mark.parametrize("form", ["plain", "members"])
def test_a_file_that_is_cut_off_gives_what_is_whole(tmp_path: Path, form: str) -> None:
    records = [info(), *pages(3)]
    parts = records if form == "plain" else [packed([one]) for one in records]
    data = b"".join(parts)
    at = len(parts[0]) + len(parts[1])
    for cut in (at + 3, at + 60, at + 300, at + len(parts[2]) - 40):
        found = read(tmp_path, data[:cut], name="a.warc")
        assert taken(found)[:1] == [address(1)], cut
        assert len(failures(found)) == 1, cut
        assert isinstance(failures(found)[0], UnreadableInput)
    assert taken(read(tmp_path, data[:at], name="a.warc")) == [address(1)]


@pytest.mark.parametrize("form", ["plain", "members"])
def test_behind_a_damaged_record_it_goes_on(tmp_path: Path, form: str) -> None:
    records = [info(), *pages(40)]
    parts = [bytearray(one if form == "plain" else packed([one])) for one in records]
    parts[5][:20] = b"\0" * 20
    found = read(tmp_path, b"".join(parts), name="a.warc")
    assert taken(found) == [address(n) for n in range(1, 41) if n != 5]
    (failure,) = failures(found)
    assert "whole records before that: 5" in failure.message


def of_length(one: bytes, added: int) -> bytes:
    """A record whose head tells a length that is so much longer or shorter than its block."""
    told = re.search(rb"\r\nContent-Length: (\d+)", one)
    assert told
    return one[: told.start(1)] + b"%d" % max(0, int(told[1]) + added) + one[told.end(1) :]


FORMS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "members": packed,
    "one member": lambda records: gzip.compress(b"".join(records)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("added", [-10_000, -100, -1, 5, 700, 9_000, 90_000, 10**9, 10**15])
def test_a_false_length_costs_that_record_alone(tmp_path: Path, form: str, added: int) -> None:
    records = [info(), *pages(40)]
    before = FORMS[form](records[:5])
    records[5] = of_length(records[5], added)
    found = read(tmp_path, FORMS[form](records), name="a.warc")
    assert taken(found) == [address(n) for n in range(1, 41) if n != 5]
    (failure,) = failures(found)
    where = f"at byte {len(before):,}" if form == "plain" else "in the gzip member at byte "
    assert f"record 6 ({where}" in failure.message
    assert failure.message.endswith(f"tells a false length and was left out: {address(5)}")
    assert form != "members" or f"at byte {len(before):,})" in failure.message


def seems_whole(records: list[bytes], at: int, added: int) -> bool:
    """Whether what stands where a false length ends is what stands behind a whole block: nothing tells it is false."""
    data = b"".join(records)
    rest = data[max(0, sum(map(len, records[: at + 1])) - len(b"\r\n\r\n") + added) :]
    return rest.startswith(b"\r\n\r\n") or rest.lstrip(b"\r\n").startswith(b"WARC/")


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(FORMS)),
    st.dictionaries(st.integers(0, 11), st.integers(-900, 20_000).filter(lambda n: not 0 <= n <= 4), max_size=4),
    st.booleans(),
)
def test_false_lengths_cost_their_records_alone(form: str, added: dict[int, int], seekable: bool) -> None:
    records = pages(12)
    for at, much in added.items():
        records[at] = of_length(records[at], much)
    assume(not any(seems_whole(records, at, much) for at, much in added.items()))
    data = FORMS[form](records)
    with io.BytesIO(data) as stream:
        stream.seekable = lambda: seekable  # type: ignore[method-assign]  # as a pipe, or not
        found = list(captures(["-"], OPTIONS, stdin=stream))
    assert taken(found) == [address(n) for n in range(1, 13) if n - 1 not in added]
    assert len(failures(found)) == len(added)


@pytest.mark.parametrize("form", ["plain", "one member"])
def test_a_false_length_that_ends_where_another_record_does_is_believed(tmp_path: Path, form: str) -> None:
    records = pages(12)
    records[1] = of_length(records[1], sum(len(one) for one in records[2:10]))
    assert taken(read(tmp_path, FORMS[form](records), name="a.warc")) == [address(n) for n in (1, 2, 11, 12)]


def test_what_is_too_much_to_be_held_is_read_once_more(tmp_path: Path) -> None:
    records = [*pages(300)]
    records[0] = of_length(records[0], 150_000)
    options = replace(OPTIONS, max_bytes=20_000)
    data = b"".join(records)
    found = read(tmp_path, data, options, name="a.warc")
    assert taken(found) == [address(n) for n in range(2, 301)]
    (failure,) = failures(found)
    assert "record 1 (at byte 0) tells a false length" in failure.message


def piped(data: bytes, limit: int) -> Found:
    """What is read from standard input, where nothing is read twice."""
    with io.BytesIO(data) as stream:
        stream.seekable = lambda: False  # type: ignore[method-assign]  # as a pipe says it
        return list(captures(["-"], replace(OPTIONS, max_bytes=limit), stdin=stream))


@pytest.mark.parametrize("form", ["plain", "one member"])
@pytest.mark.parametrize("added", [100_000, 10**9, 10**17])
def test_what_is_lost_with_a_false_length_is_told_where_nothing_is_read_twice(form: str, added: int) -> None:
    records = pages(300)
    records[2] = of_length(records[2], added)
    found = piped(FORMS[form](records), 20_000)
    (failure,) = failures(found)
    got = taken(found)
    behind = [address(n) for n in range(4, 301) if address(n) in got]
    assert got == [address(1), address(2), *behind]
    if added == 100_000:
        assert "tells a false length; what it spans was left out too" in failure.message
        # Up to the end of the length, and not a record farther.
        spanned = sum(map(len, pages(300)[2 : 300 - len(behind)]))
        assert added < spanned < added + 2_000
    else:
        assert behind == []
        assert "tells a length beyond the end; all behind it is left out" in failure.message
    assert "standard input: record 3 (" in failure.message
    assert failure.message.endswith(address(3))
    assert "in a file that is not packed" in str(failure.advice)


def test_a_false_length_over_the_limit_ends_with_its_gzip_member() -> None:
    records = pages(40)
    inside = record(address(99), http(b"x\nWARC/1.0\n" + bytes(range(11, 211)) * 1_500))
    records[2] = of_length(inside, 10**9)
    found = piped(packed(records), 20_000)
    assert taken(found) == [address(n) for n in range(1, 41) if n != 3]
    (failure,) = failures(found)
    assert failure.message.endswith(address(99))


@pytest.mark.parametrize("length", [b"9" * 18, b"9" * 19, b"9" * 5_000, b"-1", b"1e9", b""])
def test_no_length_however_it_is_written_costs_what_was_read_before(length: bytes) -> None:
    records = pages(40)
    records[2] = re.sub(rb"\r\nContent-Length: \d+", b"\r\nContent-Length: " + length, records[2], count=1)
    found = piped(b"".join(records), 20_000)
    assert taken(found)[:2] == [address(1), address(2)]
    (failure,) = failures(found)
    assert "record 3 (at byte " in failure.message


def test_a_record_within_a_block_is_no_record(tmp_path: Path) -> None:
    inside = record("https://anzeiger.example/1", http(page(9)))
    for kind, media in (("response", "application/octet-stream"), ("resource", "text/plain")):
        data = record(address(1), http(b"\n" + inside * 3, media=media), kind=kind) + pages(2)[1]
        found = read(tmp_path, data, replace(OPTIONS, max_bytes=2_000), name="a.warc")
        assert "https://anzeiger.example/1" not in taken(found)
        assert taken(found)[-1] == address(2)


def test_a_record_without_a_length_is_named(tmp_path: Path) -> None:
    first, second, third = pages(3)
    found = read(tmp_path, first + second.replace(b"Content-Length", b"Content-Laenge") + third, name="a.warc")
    assert taken(found) == [address(1), address(3)]
    assert "record 2 (at byte " in failures(found)[0].message
    assert "does not tell its length" in failures(found)[0].message


def test_a_web_archive_without_records() -> None:
    (found,) = capture_bytes("a.warc", b"WARC/", OPTIONS)
    assert isinstance(found, UnreadableInput | EmptyInput)


WHOLE = b"".join([info(), *pages(3)])
PACKED = packed([info(), *pages(3)])


@settings(max_examples=150)
@given(
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=12)), max_size=4),
    st.integers(0, 6000),
    st.booleans(),
)
def test_whatever_is_garbled_gives_captures_or_bad_input(
    in_members: bool, garbled: list[tuple[int, bytes]], cut: int, inserted: bool
) -> None:
    data = bytearray(PACKED if in_members else WHOLE)
    for at, piece in garbled:
        data[at : at + (0 if inserted else len(piece))] = piece
    found = list(captures(["-"], OPTIONS, stdin=io.BytesIO(bytes(data[:cut]))))
    assert all(isinstance(one, Capture | BadInput) for one in found)


@settings(max_examples=60)
@given(st.integers(10, len(WHOLE)))
def test_a_cut_never_invents_and_never_loses_what_is_whole(cut: int) -> None:
    found = list(captures(["-"], OPTIONS, stdin=io.BytesIO(WHOLE[:cut])))
    ends = [len(info())]
    for one in pages(3):
        ends.append(ends[-1] + len(one))
    whole = sum(end - 4 <= cut for end in ends[1:])
    assert taken(found) == [address(n) for n in range(1, whole + 1)]
