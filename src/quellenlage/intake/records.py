"""JSON and JSON Lines: one capture per record, with the names of its fields given or looked for."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from quellenlage.errors import BadInput, Defect, EmptyInput, Phrase, UnreadableInput
from quellenlage.intake.dates import iso_date
from quellenlage.intake.decode import decode
from quellenlage.intake.options import IntakeOptions
from quellenlage.intake.raw import Raw, Reading, capture_of, too_large
from quellenlage.model.capture import Capture, Given, Mark

_MEDIA_TYPE = "application/json"
# A whole page in a field counts where there is no text: "html".
USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "fulltext", "full_text", "articleBody", "article_body", "body_text",
        "content_text", "volltext", "inhalt", "artikeltext", "originalText", "content.rendered", "content_html",
        "content.text", "paragraphs", "maintext", "raw_text", "document",
    ),
    "html": ("html", "raw_html", "page_html", "html_content"),
    "title": (
        "title", "headline", "titel", "ueberschrift", "überschrift", "schlagzeile", "title.rendered", "head",
        "documentName",
    ),
    "published": (
        "published", "date", "pubDate", "datum", "datePublished", "date_published", "published_at", "publishedAt",
        "publication_date", "published_date", "publish_date", "date_publish", "erscheinungsdatum", "pubdate",
        "created_at", "dct",
    ),
    "modified": ("modified", "dateModified", "date_modified", "updated", "updated_at", "updatedAt", "date_modify"),
    "url": ("url", "link", "href", "permalink", "source_url", "canonical_url"),
    "outlet": (
        "outlet", "source", "paper", "quelle", "medium", "publisher", "newspaper", "zeitung", "source.name",
        "site_name", "publisher.name", "source_domain", "media", "feed",
    ),
    "author": ("author", "authors", "autor", "autoren", "byline", "creator", "author.name"),
    "language": ("language", "lang", "sprache", "inLanguage"),
}  # fmt: skip
"""Usual names, in order of preference; a dotted name reaches into an object (WordPress, Elasticsearch)."""
_WORDS = re.compile(r"\S\s+\S")
_LISTS = ("articles", "items", "documents", "docs", "records", "data", "results", "artikel", "entries", "posts")
_CAPTURE = frozenset({"content_sha256", "text_sha256", "captured_at", "media_type", "source", "content", "text"})
# Names that hold the text in some collections and only the identifier of an article in others.
_REFERENCES = frozenset({"article", "document"})
# Kinds of records in an export of an archive; full texts are in those of the kind "capture" only.
_EXPORTED = frozenset({
    "article", "entity", "doubt", "claim", "event", "conflict", "origin", "reuse", "story", "chronicle", "judgement",
    "activity", "rejection",
})  # fmt: skip
_NAME, _DETAIL = 60, 300
"""Characters of a field's name, and of what is wrong with a record, that a message repeats: it may be of any length."""
_REMEDY_FIELDS = Phrase("name the field with --field text=NAME")


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """A JSON value: one object, a list of objects, or an object around such a list."""
    decoded = decode(raw.name, raw.data, forced=raw.options.encoding, declared=raw.declared)
    value = _load(raw.name, decoded.text)
    records = _records(value, raw.options.fields)
    if records is None:
        yield _guarded(raw, value, decoded.encoding, decoded.warnings)
        return
    if not records:
        raise EmptyInput(raw.name, "the list has no records")
    if _is_derived(records[0], raw.options.fields):
        raise _citations_only(raw.name)
    for number, record in enumerate(records, start=1):
        # Python's parser gives no offsets of nested values, so a record is written again.
        data = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")
        part = raw.part(f"{raw.name}#{number}", data)
        yield _guarded(part, record, decoded.encoding, decoded.warnings)


def read_lines(raw: Raw) -> Iterator[Capture | BadInput]:
    """JSON Lines that are in memory already."""
    yield from stream_lines(raw.name, raw.data.split(b"\n"), raw.options, raw.declared)


def lines_of(stream: io.BufferedIOBase, limit: int) -> Iterator[bytes]:
    """Lines of a stream, one at a time; of a line over the limit comes the beginning only, over the limit too."""
    while line := stream.readline(limit + 2):
        yield line
        while len(line) > limit + 1 and not line.endswith(b"\n") and (line := stream.readline(limit + 2)):
            pass


def stream_lines(
    name: str, lines: Iterable[bytes], options: IntakeOptions, declared: str | None = None
) -> Iterator[Capture | BadInput]:
    """One capture or error per line that is not empty; named after the file and the line, `FILE#17`.

    An export of an archive that begins without captures has no texts and is refused as a whole; what follows the
    captures in a full export is derived from them and passed over, but for judgements, which need a file.
    """
    seen = restored = False
    for number, line in enumerate(lines, start=1):
        data = line.rstrip(b"\r\n")
        if not data.strip():
            continue
        seen = True
        raw = Raw(f"{name}#{number}", data, options)
        if len(data) > options.max_bytes:
            yield too_large(raw.name, options.max_bytes)
            continue
        try:
            decoded = decode(raw.name, data, forced=options.encoding, declared=declared)
            value = _load(raw.name, decoded.text)
        except BadInput as error:
            yield error
            continue
        if _is_derived(value, options.fields):
            if not restored:
                yield _citations_only(name)
                return
            if value["record"] == "judgement":
                yield UnreadableInput(
                    name, "the judgements of an export are restored from an uncompressed file only",
                    remedy="save the export as a file and add that",
                )  # fmt: skip
                return
            continue
        found = _guarded(raw, value, decoded.encoding, decoded.warnings)
        restored |= isinstance(found, Capture) and value.get("record") == "capture"
        yield found
    if not seen:
        yield EmptyInput(name, "there are no records in it")


def _is_derived(value: Any, fields: Mapping[str, str]) -> bool:
    """Whether a value is a record of an export that holds no article's text; a field the user named decides first."""
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("record"), str)
        and value["record"] in _EXPORTED
        and "text" not in fields
        and _find(value, "text", fields) is None
    )


def _citations_only(name: str) -> UnreadableInput:
    """Build the error for an export that holds what was derived from the articles, but not the articles."""
    return UnreadableInput(
        name, "an export with citations only, without the texts of the articles",
        remedy="export with --full-text and add that file, which restores the articles",
    )  # fmt: skip


def read_record(raw: Raw, record: Mapping[str, Any], remedy: str | Phrase) -> Capture | BadInput:
    """The capture of a record that is no JSON where it comes from; `raw` holds it as JSON, which the capture keeps.

    `remedy` says how to name what holds the text.
    """
    return _guarded(raw, record, "utf-8", (), remedy)


def _guarded(
    raw: Raw, value: Any, encoding: str, warnings: tuple[str, ...], remedy: str | Phrase = _REMEDY_FIELDS
) -> Capture | BadInput:
    """One record to its capture or its error, so that the other records go on."""
    try:
        return _capture(raw, value, encoding, warnings, remedy)
    except BadInput as error:
        return error


def _load(name: str, text: str) -> Any:
    """Parse JSON, with what is wrong and where in the user's terms."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableInput(
            name, "not valid JSON: {reason} at line {line}, column {column}", remedy="repair or leave out this record",
            reason=Phrase(error.msg), line=error.lineno, column=error.colno,
        ) from error  # fmt: skip
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(name, "JSON that is too deep or has too long a number: {detail}", detail=error) from error


def _records(value: Any, fields: Mapping[str, str]) -> list[Any] | None:
    """The list of records in a JSON value, None where the value is one record itself."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and _find(value, "text", fields) is None:
        return next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
    return None


def _reach(record: Mapping[str, Any], name: str) -> Any:
    """Value of a field; a dotted name reaches into objects unless a field is called exactly so."""
    if name in record:
        return record[name]
    value: Any = record
    for part in name.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def _find(record: Mapping[str, Any], wanted: str, fields: Mapping[str, str]) -> tuple[str, Any] | None:
    """Name and value of the field for this purpose: the one the user named, or the first usual one with a value."""
    for name in (fields[wanted],) if wanted in fields else USUAL[wanted]:
        value = _reach(record, name)
        if wanted not in fields and name in _REFERENCES and isinstance(value, str) and not _WORDS.search(value):
            continue
        if value not in (None, "", [], {}) and (wanted in fields or not isinstance(value, Mapping)):
            return name, value
    return None


def _capture(raw: Raw, record: Any, encoding: str, warnings: tuple[str, ...], remedy: str | Phrase) -> Capture:
    """Make the capture of one record."""
    if not isinstance(record, Mapping):
        raise UnreadableInput(raw.name, "a record must be a JSON object, this is {what}", what=_kind(record))
    if record.keys() >= _CAPTURE:
        return _restored(raw)
    fields = raw.options.fields
    found = _find(record, "text", fields)
    if found is None and (page := _find(record, "html", fields)):
        return _page(raw, record, page, warnings, remedy)
    if found is None:
        present: object = ", ".join(key[:_NAME] for key in sorted(map(str, record))[:12]) or Phrase("none")
        if "text" in fields:
            lacking = Phrase(
                "no field {field!r} with a value in it (fields: {present})", field=fields["text"], present=present
            )
        else:
            lacking = Phrase("no field for the text with a value in it (fields: {present})", present=present)
        raise EmptyInput(raw.name, lacking, remedy=remedy)
    text, marks, more = _text(raw.name, *found, remedy)
    given, unread = _given(record, fields)
    reading = Reading(
        text=text, media_type=_MEDIA_TYPE, encoding=encoding, given=given, marks=marks,
        warnings=(*warnings, *more, *(f"unread-date:{name}" for name in unread)),
    )  # fmt: skip
    return capture_of(raw, reading, empty=Phrase("field {field!r} has no text in it", field=found[0]), remedy=remedy)


def _page(
    raw: Raw, record: Mapping[str, Any], found: tuple[str, Any], warnings: tuple[str, ...], remedy: str | Phrase
) -> Capture:
    """Make the capture of a record that holds a whole page; the record tells what the page leaves open.

    A field that the user named goes before what the page says.
    """
    from quellenlage.intake.html import read_page

    field, value = found
    if not isinstance(value, str):
        raise UnreadableInput(
            raw.name, "field {field!r} is {what}, not text", remedy=remedy, field=field, what=_kind(value)
        )
    told, unread = _given(record, raw.options.fields)
    data = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()
    page = read_page(replace(raw, data=data, url=told.url, declared="utf-8"))
    said = page.given or Given()
    values: dict[str, Any] = {"how": {**told.how, **said.how}}
    for name in ("url", "title", "published", "modified", "outlet", "authors", "language"):
        ours, theirs = getattr(told, name), getattr(said, name)
        chosen = ours if ours and (name.rstrip("s") in raw.options.fields or not theirs) else theirs
        values[name] = chosen
        if chosen and chosen == ours and name in told.how:
            values["how"][name] = told.how[name]
    reading = replace(
        page, media_type=_MEDIA_TYPE, given=Given(**values),
        warnings=(*warnings, *page.warnings, *(f"unread-date:{name}" for name in unread)),
    )  # fmt: skip
    return capture_of(raw, reading, empty=Phrase("field {field!r} has no text in it", field=field), remedy=remedy)


def _text(name: str, field: str, value: Any, remedy: str | Phrase) -> tuple[str, tuple[Mark, ...], tuple[str, ...]]:
    """The text exactly as the field has it; strings of a list become paragraphs, HTML is taken out of its tags."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    if not isinstance(value, str):
        raise UnreadableInput(
            name, "field {field!r} is {what}, not text", remedy=remedy, field=field, what=_kind(value)
        )
    from quellenlage.intake.blocks import assemble
    from quellenlage.intake.html.walk import fragment_blocks, is_fragment

    if not is_fragment(value):
        return value, (), ()
    text, marks = assemble(fragment_blocks(value))
    return text, marks, ("html-in-field",)


def _given(record: Mapping[str, Any], fields: Mapping[str, str]) -> tuple[Given, list[str]]:
    """Metadata of a record, and the names of the date fields that hold no date."""
    values: dict[str, Any] = {}
    how: dict[str, str] = {}
    unread: list[str] = []
    for wanted in ("url", "title", "published", "modified", "outlet", "language", "author"):
        found = _find(record, wanted, fields)
        if found is None:
            continue
        field, value = found
        read: str | tuple[str, ...] | None
        if wanted in {"published", "modified"}:
            read = iso_date(value)
            if read is None:
                unread.append(wanted)
        elif wanted == "author":
            read = _authors(value)
        else:
            read = _words(value)
        if read:
            values[wanted] = read
            how["authors" if wanted == "author" else wanted] = f"json {field}"
    authors = values.pop("author", ())
    return Given(**values, authors=authors, how=how), unread


def _words(value: Any) -> str | None:
    """A string or number as one line; anything else is no name."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return " ".join(str(value).split()).encode("utf-8", "replace").decode() or None
    return None


def _authors(value: Any) -> tuple[str, ...]:
    """Names as given: a list stays a list, a string stays one entry."""
    listed = value if isinstance(value, list) else [value]
    named = [_words(v.get("name")) if isinstance(v, Mapping) else _words(v) for v in listed]
    return tuple(name for name in named if name)


_KINDS: dict[type, Phrase] = {
    dict: Phrase("an object"), list: Phrase("a list"), str: Phrase("a string"), bool: Phrase("true or false"),
    type(None): Phrase("null"),
}  # fmt: skip
_NUMBER = Phrase("a number")


def _kind(value: Any) -> Phrase:
    """What a JSON value is, in words."""
    return _KINDS.get(type(value), _NUMBER)


def _restored(raw: Raw) -> Capture:
    """A capture that an archive wrote out: read back as it was, its digests and identifier checked."""
    import msgspec

    from quellenlage.model.capture import make_capture
    from quellenlage.model.serial import from_json

    remedy = "export it again"
    try:
        kept = from_json(raw.data, Capture)
        made = make_capture(
            source=kept.source, media_type=kept.media_type, content=kept.content, text=kept.text,
            captured_at=kept.captured_at, encoding=kept.encoding, offsets_in=kept.offsets_in, given=kept.given,
            marks=kept.marks, warnings=kept.warnings,
        )  # fmt: skip
    except (msgspec.MsgspecError, Defect, ValueError) as error:
        raise UnreadableInput(
            raw.name, "a damaged export of a capture: {detail}", remedy=remedy, detail=str(error)[:_DETAIL]
        ) from error
    if made != kept:
        raise UnreadableInput(raw.name, "an export of a capture that was changed: its digests differ", remedy=remedy)
    return made
