"""Bytes to characters: the encoding is told by the input, or detected and said to be detected."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from quellenlage.errors import Phrase, UnreadableInput

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that may be declared (WHATWG Encoding Standard, and the code pages of DOS): Python knows codecs, such as
# "idna" or "unicode_escape", that no page may choose. Latin-1 and ASCII mean Windows-1252 there, as in browsers.
_ALLOWED = frozenset(
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 "
    "cp1258 cp850 cp437 cp852 cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 "
    "iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman "
    "mac-cyrillic gbk gb2312 gb18030 big5 euc_jp shift_jis iso2022_jp euc_kr".split()
)
_AS_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}
_CANDIDATES = ("cp1252", "mac-roman", "cp850")
# What German prose is written with beyond ASCII: letters, quotation marks, dashes, signs, names of neighbours.
_EXPECTED = frozenset("äöüÄÖÜßéèáàâêîôûçñëïíóúÉ„“”‚‘’»«›‹–—…•·€§°´µ½²³©®\u00a0\u00ad")
_LETTERS = frozenset("äöüÄÖÜßéèáàâêîôûçñëïíóú")
# Second choice: what decodes to letters where words have letters. In order of preference where several do as well;
# the Central European page comes last, because French, Spanish and Portuguese names are met more often.
_PLAUSIBLE = ("cp1252", "iso8859-15", "mac-roman", "cp850", "cp1250")
_GERMAN_LETTERS = frozenset("äöüÄÖÜß")
_SIGNS = _EXPECTED - _LETTERS - frozenset("ÄÖÜßÉ²³´µ½")
_GERMAN_WORDS = re.compile(
    rb"\b(?:der|die|das|den|dem|des|und|ist|nicht|ein|eine|einen|einer|mit|von|vom|auf|sich|hat|haben|wird|war|zu|im|"
    rb"zum|zur|sagte|auch|nach|bei|aus|dass|als|oder|wie|wurde|werden)\b",
    re.IGNORECASE,
)
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 1 << 17
_REMEDY = "name the encoding with --encoding, e.g. --encoding cp1252"
_BINARY = "add the text itself; if this is text, name its encoding with --encoding"
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding they were read with, and what was uncertain about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def normalised(label: str) -> str | None:
    """Python's name of an encoding that a text may be in, None where there is no such encoding."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")[:40]).name
    except (LookupError, ValueError, UnicodeError):
        return None
    name = _AS_WINDOWS.get(name, name)
    return name if name in _ALLOWED or name == "cp874" else None


def decode(
    name: str, data: bytes, *, forced: str | None = None, declared: str | None = None, nul: bool = False
) -> Decoded:
    """Decode by byte order mark, then as UTF-8, then as forced by the user or declared, then by detection.

    UTF-8 goes before what the user forces, so that one old file in a folder does not garble the others: text in an
    older encoding with umlauts is practically never valid UTF-8. `nul` lets NUL characters pass (as U+FFFD), which
    stray into HTML.

    Raises:
        UnreadableInput: binary data, or an encoding that cannot be told.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(name, data[len(bom) :], encoding)
    if forced and not normalised(forced):
        raise UnreadableInput(name, "there is no encoding {label!r}", remedy="e.g. --encoding cp1252", label=forced)
    wide = forced and (normalised(forced) or "").startswith(("utf-16", "utf-32"))
    if nul and not wide:
        data = data.replace(b"\x00", b"\xef\xbf\xbd" if _is_utf8(data) else b" ")
    if not wide:
        _refuse_binary(name, data)
        found = _utf8(data)
        if found:
            return found
    for label, origin in ((forced, "forced"), (declared, "declared")):
        encoding_name = normalised(label) if label else None
        if not encoding_name or encoding_name == "utf-8":
            continue
        try:
            return _checked(name, Decoded(data.decode(encoding_name), encoding_name))
        except UnicodeDecodeError as error:
            if origin == "forced":
                reason = Phrase(error.reason)
                raise UnreadableInput(
                    name, "it is not {label}: {reason}", remedy=_REMEDY, label=forced, reason=reason
                ) from error
    return _detected(name, data)


def _strict(name: str, data: bytes, encoding: str) -> Decoded:
    """Decode what a byte order mark announced; a character cut off at the end is noted."""
    try:
        return _checked(name, Decoded(data.decode(encoding), encoding))
    except UnicodeDecodeError as error:
        if len(data) - error.start > 4:
            raise UnreadableInput(
                name, "damaged {label} at byte {at}", remedy=_REMEDY, label=encoding, at=error.start
            ) from error
        return _checked(name, Decoded(data[: error.start].decode(encoding), encoding, ("truncated-at-end",)))


def _checked(name: str, decoded: Decoded) -> Decoded:
    """Refuse what decodes but is no text."""
    if "\x00" in decoded.text:
        raise UnreadableInput(name, "binary data (NUL characters), not text", remedy=_BINARY)
    return decoded


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _refuse_binary(name: str, data: bytes) -> None:
    """Refuse NUL bytes and more control characters than stray into a text."""
    if b"\x00" in data:
        raise UnreadableInput(name, "binary data (NUL bytes), not text", remedy=_BINARY)
    controls = len(data) - len(data.translate(None, _CONTROL))
    if controls > max(3, len(data) // 200):
        raise UnreadableInput(
            name, "binary data ({count} control characters), not text", remedy=_BINARY, count=controls
        )


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also where it is cut off at the end or where a few bytes of many are damaged, which is noted."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        before = len(_HIGH.findall(data[: error.start]))
        cut_off = error.reason == "unexpected end of data" and error.end == len(data)
        if cut_off and before >= 2:
            return Decoded(data[: error.start].decode("utf-8"), "utf-8", ("truncated-at-end",))
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    sound = sum(1 for c in text if c > "\x7f") - text.count("\ufffd")
    if sound >= 5 and damaged * 10 <= sound:
        return Decoded(text, "utf-8", (f"damaged-bytes-replaced:{damaged}",))
    return None


def _detected(name: str, data: bytes) -> Decoded:
    """Detect: German letters under the usual encodings first, then charset-normalizer; always with a warning."""
    sample = _sample(data)
    scores = {encoding: _score(sample, encoding) for encoding in _CANDIDATES}
    best = max(_CANDIDATES, key=lambda encoding: scores[encoding])
    if scores[best] >= 0.95 and all(scores[best] - s > 0.3 for e, s in scores.items() if e != best):
        found: str | None = best
    else:
        found = _plausible(sample) or _normalizer(sample)
    if found:
        try:
            text = data.decode(found)
        except (UnicodeDecodeError, LookupError):
            text = ""
        if text and _is_prose(text[:_SAMPLE]):
            return _checked(name, Decoded(text, found, (f"encoding-detected:{found}",)))
    raise UnreadableInput(name, "the encoding cannot be told (it is not UTF-8)", remedy=_REMEDY)


def _sample(data: bytes) -> bytes:
    """A piece around the first byte beyond ASCII: that is where encodings differ."""
    first = _HIGH.search(data)
    at = max(0, (first.start() if first else 0) - _SAMPLE // 4)
    return data[at : at + _SAMPLE]


def _score(sample: bytes, encoding: str) -> float:
    """Share of the characters beyond ASCII that German prose uses, and at places where it uses them."""
    text = sample.decode(encoding, "replace")
    high = good = 0
    for at, char in enumerate(text):
        if char <= "\x7f":
            continue
        high += 1
        if char in _LETTERS:
            good += text[max(0, at - 1) : at + 2].strip(char).isalpha() or text[at + 1 : at + 2].isalpha()
        else:
            good += char in _EXPECTED
    return good / high if high else 0.0


def _plausible(sample: bytes) -> str | None:
    """Encoding under which German text with foreign names makes sense, None where none does or it is no German."""
    best, highest = None, 0.75  # a text in which all is in order has 0.8 or more
    for encoding in _PLAUSIBLE:
        text = sample.decode(encoding, "replace")
        score = _plausibility(text)
        if score > highest and _looks_german(sample, text):
            best, highest = encoding, score
    return best


def _looks_german(sample: bytes, text: str) -> bool:
    """Whether there are umlauts, and common words of German or its quotation marks."""
    if not any(char in _GERMAN_LETTERS for char in text):
        return False
    return len(_GERMAN_WORDS.findall(sample)) * 20 >= len(sample.split()) or ("„" in text and "“" in text)


def _plausibility(text: str) -> float:
    """Share of the characters beyond ASCII that are in order where they stand; letters of German count a quarter more.

    Letters are in order beside a letter or alone as the French à, capitals not after small letters; of the signs,
    those of German typography.
    """
    high = 0
    good = 0.0
    for at, char in enumerate(text):
        if char <= "\x7f":
            continue
        high += 1
        if not char.isalpha() or char in "ªº":
            good += char in _SIGNS
            continue
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        fits = before.isalpha() or after.isalpha() or char in "àÀ"
        if fits and not (char.isupper() and before.islower()):
            good += 1.0 if char in _GERMAN_LETTERS else 0.8
    return good / high if high else 0.0


def _normalizer(sample: bytes) -> str | None:
    """What charset-normalizer takes it for, where it finds little disorder in it."""
    from charset_normalizer import from_bytes

    match = from_bytes(sample).best()
    if match is None or match.chaos > 0.1:
        return None
    return normalised(match.encoding)


def _is_prose(text: str) -> bool:
    """Mostly letters and spaces, hardly any control characters."""
    usual = sum(1 for c in text if c.isalpha() or c.isspace())
    return usual >= 0.5 * len(text) and not any("\x80" <= c <= "\x9f" for c in text)
