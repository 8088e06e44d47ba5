"""Mail: one message (EML) or a mailbox; the plain text part is preferred, else the HTML part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from quellenlage.errors import BadInput, EmptyInput, UnreadableInput
from quellenlage.intake.dates import iso_date
from quellenlage.intake.decode import decode
from quellenlage.intake.options import IntakeOptions
from quellenlage.intake.raw import Raw, Reading, capture_of, foreign, too_large
from quellenlage.model.capture import Capture, Given

if TYPE_CHECKING:
    from email.message import EmailMessage
    from email.policy import EmailPolicy

_MEDIA_TYPE = "message/rfc822"
_DAMAGED = "the message is damaged"
_REMEDY = "save the message again, or its text as a file"
_MAX_PARTS = 500
_MAX_NESTED = 200
_LONGEST_HEADER = 1 << 12
"""Characters of a header that are read."""
_CUT = frozenset(("subject", "from", "date"))
_WHOLE = frozenset(("snapshot-content-location",))
_MULTIPART = re.compile(rb"(?im)^content-type:\s*multipart/")
_SEPARATOR = re.compile(rb"From \S+ .*\d{4}\s*$")
_QUOTED_SEPARATOR = re.compile(rb"(?m)^>(>*From )")


def read(raw: Raw) -> Iterator[Capture | BadInput]:
    """One message: Subject, From and Date become the title, author and publication date given."""
    from email import message_from_bytes

    # The standard library takes quadratic time for parts within parts.
    if sum(1 for _ in _MULTIPART.finditer(raw.data)) > _MAX_NESTED:
        raise UnreadableInput(
            raw.name, "more than {limit} nested parts in one message", remedy=_REMEDY, limit=_MAX_NESTED
        )
    with foreign(raw.name, _DAMAGED, _REMEDY):
        message = message_from_bytes(raw.data, policy=_policy())
        parts = [part for _, part in zip(range(_MAX_PARTS), message.walk(), strict=False) if not part.is_multipart()]
    bodies = {t: next((p for p in parts if _is_body(p, t)), None) for t in ("text/plain", "text/html")}
    attachments = sum(1 for part in parts if _disposition(part) == "attachment")
    warnings = (f"attachments-not-read:{attachments}",) if attachments else ()
    saved_from = _header(message, "Snapshot-Content-Location")
    page = bodies["text/html"]
    if saved_from and page is not None:
        yield _saved_page(raw, page, saved_from)
        return
    given = _given(message)
    for media_type, part in bodies.items():
        if part is None:
            continue
        payload = _payload(raw.name, part)
        if not payload.strip():
            continue
        body = raw.part(raw.name, payload, declared=_charset(part))
        if media_type == "text/plain":
            yield _plain(raw, body, part, given, warnings)
        else:
            yield _html(raw, body, given, warnings)
        return
    remedy = "save the attachments as files and add those" if attachments else ""
    raise EmptyInput(raw.name, "the message has no text", remedy=remedy)


def _plain(raw: Raw, body: Raw, part: EmailMessage, given: Given, warnings: tuple[str, ...]) -> Capture:
    """Capture of a plain text body, with soft line breaks (RFC 3676) undone where the mail declares them."""
    decoded = decode(raw.name, body.data, forced=raw.options.encoding, declared=body.declared)
    text = decoded.text.replace("\r\n", "\n")
    if _parameter(part, "format").lower() == "flowed":
        text = re.sub(r"(?<!\n--)(?<!^--) \n(?!>)", "" if _parameter(part, "delsp").lower() == "yes" else " ", text)
    reading = Reading(text, _MEDIA_TYPE, decoded.encoding, given=given, warnings=(*warnings, *decoded.warnings))
    return capture_of(raw, reading, empty="the message has no text")


def _html(raw: Raw, body: Raw, given: Given, warnings: tuple[str, ...]) -> Capture:
    """Capture of an HTML body; what the mail's headers say goes before what the page says."""
    from quellenlage.intake.html import read_page

    page = read_page(body)
    found = page.given or Given()
    merged = Given(
        url=found.url,
        title=given.title or found.title,
        published=given.published or found.published,
        modified=found.modified,
        outlet=found.outlet,
        authors=given.authors or found.authors,
        language=found.language,
        how={**found.how, **given.how},
    )
    reading = Reading(
        page.text, _MEDIA_TYPE, page.encoding, given=merged, marks=page.marks, warnings=(*warnings, *page.warnings)
    )
    return capture_of(raw, reading, empty="the message has no text")


def _saved_page(raw: Raw, part: EmailMessage, address: str) -> Capture:
    """Capture of a page that a browser saved as one file (MHTML): its date is that of saving, so the page's counts."""
    from quellenlage.intake.html import read_page

    known = address if address.startswith(("http://", "https://")) else None
    body = replace(raw, data=_payload(raw.name, part), declared=_charset(part), url=known)
    reading = replace(read_page(body), media_type="multipart/related")
    return capture_of(replace(raw, url=known), reading, empty="there is no article text on the page")


@cache
def _policy() -> EmailPolicy[EmailMessage]:
    """How messages are read: of the headers that say who wrote what and when, the first characters alone.

    The standard library keeps all that is left of a header for each fault in it: twenty thousand in one take gigabytes.
    """
    from email.policy import EmailPolicy

    class Short(EmailPolicy):
        """Reads no more of a header than a person would; an address is read as a whole or not at all."""

        def header_fetch_parse(self, name: str, value: str) -> Any:
            if len(value) > _LONGEST_HEADER and name.lower() in _WHOLE:
                value = ""
            elif len(value) > _LONGEST_HEADER and name.lower() in _CUT:
                value = (value[:_LONGEST_HEADER].rsplit(maxsplit=1) or [""])[0]  # not within an encoded word
            return super().header_fetch_parse(name, value)

    return cast("EmailPolicy[EmailMessage]", Short())


def _header(message: EmailMessage, name: str) -> str | None:
    """A header as one line; the standard library fails on some malformed ones, which then count as missing."""
    try:
        value = message[name]
        return " ".join(str(value).split()).encode("utf-8", "replace").decode() or None if value is not None else None
    except Exception:
        return None


def _given(message: EmailMessage) -> Given:
    """Metadata from the headers."""
    from email.utils import parseaddr

    subject, sender, date = (_header(message, name) for name in ("Subject", "From", "Date"))
    published = iso_date(date) if date else None
    author = next((part for part in parseaddr(sender) if part), None) if sender else None
    found = {"title": subject, "published": published, "authors": author}
    names = {"title": "Subject", "published": "Date", "authors": "From"}
    how = {field: f"mail {names[field]}" for field, value in found.items() if value}
    return Given(title=subject, published=published, authors=(author,) if author else (), how=how)


def _disposition(part: EmailMessage) -> str:
    """How a part is meant: "attachment", "inline" or nothing."""
    try:
        return part.get_content_disposition() or ""
    except Exception:  # a header that the standard library cannot parse
        return ""


def _is_body(part: EmailMessage, media_type: str) -> bool:
    """Whether this part is text of that type, to be shown in the message."""
    return part.get_content_type() == media_type and _disposition(part) != "attachment"


def _payload(name: str, part: EmailMessage) -> bytes:
    """Bytes of a part after its transfer encoding."""
    with foreign(name, _DAMAGED, _REMEDY):
        payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: EmailMessage) -> str | None:
    """Encoding that a part declares."""
    try:
        return part.get_content_charset()
    except Exception:  # a header that the standard library cannot parse
        return None


def _parameter(part: EmailMessage, name: str) -> str:
    """Parameter of the Content-Type."""
    try:
        value = part.get_param(name)
    except Exception:  # a header that the standard library cannot parse
        return ""
    return value if isinstance(value, str) else ""


def read_mailbox(raw: Raw) -> Iterator[Capture | BadInput]:
    """A mailbox that is in memory already."""
    yield from stream_mailbox(raw.name, raw.data.splitlines(keepends=True), raw.options)


def stream_mailbox(name: str, lines: Iterable[bytes], options: IntakeOptions) -> Iterator[Capture | BadInput]:
    """Every message of a mailbox (mboxrd), named `FILE#3`; a message over the limit is an error, the others go on."""
    number = 0
    for number, data in enumerate(_messages(lines, options.max_bytes), start=1):
        raw = Raw(f"{name}#{number}", _QUOTED_SEPARATOR.sub(rb"\1", data), options)
        if len(data) > options.max_bytes:
            yield too_large(raw.name, options.max_bytes)
            continue
        try:
            yield from read(raw)
        except BadInput as error:
            yield error
    if not number:
        yield EmptyInput(name, "there are no messages in it")


def _messages(lines: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Cut at the separator lines; of a message over the limit comes just more than the limit."""
    gathered: list[bytes] = []
    size, blank, inside = 0, True, False
    for line in lines:
        if blank and line.startswith(b"From ") and _SEPARATOR.match(line[:500]):
            if inside:
                yield b"".join(gathered)
            gathered, size, inside = [], 0, True
        elif inside and size <= limit:
            gathered.append(line)
            size += len(line)
        blank = not line.strip()
    if inside:
        yield b"".join(gathered)
