"""Plain texts: runs of one thing that a pattern may stumble over, wrong encodings, and articles with damage in them."""

from __future__ import annotations

import codecs
import random
from collections.abc import Callable

from benchmarks.poison.made import Expected, Made

UNITS = (
    "„", "“", '"', "„“\"»«‚‘'", "'", "’", "»", "‚", "1", "12 34 ", "1.2.2015 ", "1.2.2015-", "1.", "1,", "1 bis ",
    "1 000 ", "50 Prozent ",
    "1.000.000 Euro ", "2015 ", "19. Jahrhundert ", "XIV. ", "12.30 Uhr ", "zweiundzwanzig ",
    "zweihundertfünfzigtausend", ".", ". ",
    "…", "A", "Wort ", "A. ", "ABC ", "Wort-", "-", " – ", "\n", "a\n\n", "Berlin\n\n", ":", "Müller: ", ", ",
    "Wort, ", "und ", "von ",
    "der ", "(", ")", "()", "[", "/", "|", "*", " ", "\t", "\u00a0", "\u200d", "\u200b",
    "\u202e\u2066abc\u2069\u202c ", "a\u0301", "a" + "\u0300" * 30,
    "👨‍👩‍👧‍👦", "a\x02\x1b[31m ", "sagte ", "sagte er, ", "dass ", "er sagte, dass ", "laut ",
    "Laut Minister Müller ", "„Das ist so“, sagte Müller. ",
    "„Er sagte: ‚", "Minister ", "Minister Hans Müller ", "am Montag ", "gestern ", "vor zwei Wochen ",
    "300 Soldaten getötet ", "(dpa) ",
    "Von Hans Müller\n", "http://a.b/c?d=e&f ", "www.", "a@", "a@b.de ", "aaaa", "a" * 400 + " ", "你好", "مرحبا ",
    "Привет ", ";", "!", "? ", "Ja! Nein? ",
    "&amp;", "<", "ﬁ", "ß", "İ", "\ue000", "\uffff ", "\U0010ffff", "Ein Wort\n", "12\n", "Datum: 1.1.2015\n",
    "- Punkt\n", "• ", "z. B. ", "Dr. ", "St. ",
    "der Präsident, ein Freund, ", "„Wort\n\n", "1.–2. März bis ", "Nach Angaben von ", "wird gesagt worden sein ",
    "Russland und ", "Berlin, ",
    "von Russland ", "des Ministers ", "(1.1.2015) ", "gegen ", "nicht ", "Er soll gesagt haben, ",
    "Er sagte ihr, sie habe ihn gesehen. ",
    "Frau Müller und Herr Meier ", "Berlin-",
    "Der Minister sagte am Montag in Berlin, er habe 300 Soldaten verloren. ", "\r", "\f", "\u2028", "\x85", "\ufeff",
    "Dokument 1 von 100\n", "=====\n", "Copyright 2015 Blatt\n", "Länge: 100 Wörter\n",
    "Karver Hafenbote vom 12.03.2019, S. 5\n\n", "End of Document\n",
    "Korrektur: ", "In einer früheren Fassung hieß es ", "Anm. d. Red.: ", "Foto: dpa\n", "Lesen Sie auch: ", "*** ",
    "#a ", "@a ", "--", "``",
)  # fmt: skip
"""What patterns for words, days, names, quotations, headers and lists may stumble over."""
_ARTICLE = (
    "Minister widerspricht Bericht über Abzug\n\nKarven (dpa) - Der karvenische Minister Jan Tamm hat am Montag einen "
    "Bericht über den Abzug von 300 Soldaten aus Miren bestritten. „Das ist falsch“, sagte Tamm. Nach Angaben der "
    "Polizei wurden zwei Menschen verletzt.\n\nPräsidentin Ada Voss teilte mit, sie habe davon am 12. März 2019 "
    "erfahren. Die Opposition warf der Regierung vor, sie verschweige die Lage. Am Dienstag will das Parlament in "
    "Karven darüber beraten.\n"
)


def _whole(inside: str) -> str:
    opening = "Kopf des Artikels\n\nKarven (dpa) - Der Minister Jan Tamm sagte am Montag:"
    return f"{opening} {inside} Das war am 1. März 2015 so.\n"


def run_of_one(chance: random.Random) -> Made:
    """One thing again and again, alone or in an article."""
    unit, size = chance.choice(UNITS), int(10 ** chance.uniform(1, 4.6))
    text = (unit * (size // len(unit) + 1))[:size]
    whole = chance.random() < 0.6
    data = (_whole(text) if whole else text).encode("utf-8", "surrogatepass")
    return Made(chance.choice([".txt", ".txt", ".md", ""]), data)


def run_of_several(chance: random.Random) -> Made:
    """Some things in turn or in disorder."""
    units = chance.sample(UNITS, chance.randrange(2, 6))
    count = int(10 ** chance.uniform(1, 3.6))
    text = (
        "".join(chance.choices(units, k=count)) if chance.random() < 0.5 else "".join(units) * (count // len(units) + 1)
    )
    return Made(".txt", _whole(text).encode("utf-8", "surrogatepass"))


def damaged_article(chance: random.Random) -> Made:
    """An article with pieces taken out, doubled, turned round or put in."""
    text = _ARTICLE
    for _ in range(chance.randrange(1, 12)):
        one, other = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        piece = text[one:other]
        instead = chance.choice(
            [
                "",
                piece * 2,
                piece[::-1],
                piece.upper(),
                chance.choice(UNITS) * chance.randrange(1, 50),
                piece.replace(" ", ""),
            ]
        )
        text = (text[:one] + instead + text[other:])[:20_000] or "a"
    return Made(".txt", text.encode("utf-8", "surrogatepass"))


def wrong_encoding(chance: random.Random) -> Made:
    """Bytes that are not what they begin as: broken UTF-8, UTF-16 of odd length, byte order marks that lie."""
    name = chance.choice(
        ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252", "cp850", "mac-roman", "utf-7", "shift_jis"]
    )
    data = bytearray(_ARTICLE.encode(name, "replace"))
    for _ in range(chance.choice([0, 1, 5, 80])):
        at = chance.randrange(len(data))
        data[at : at + chance.randrange(3)] = chance.choice(
            [b"\xff", b"\x00", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xe2\x80", b"\x80"]
        )
    mark = chance.choice(
        [b"", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, b"+/v8"]
    )
    return Made(chance.choice([".txt", ".html", ".json", ".xml", ".eml"]), mark + bytes(data))


def noise(chance: random.Random) -> Made:
    """Bytes of no meaning behind the beginning of some format."""
    beginnings = [
        b"", b"<html>", b"<?xml version='1.0'?><rss><channel>", b'{"text": ', b"%PDF-1.4\n", b"PK\x03\x04",
        b"\x1f\x8b\x08\x00", b"From: a\nSubject: b\nTo: c\n\n",
        b"{\\rtf1", b"WARC/1.0\r\n", b"PAR1", b"\xff\xfe", b"BZh91AY&SY", b"\x28\xb5\x2f\xfd",
        b"SQLite format 3\x00", b"From a@b 2015\n", b"MZ", b"Rar!\x1a\x07",
    ]  # fmt: skip
    suffix = chance.choice(".txt .html .json .jsonl .xml .rss .pdf .docx .rtf .eml .mbox .gz .warc .parquet".split())
    return Made(suffix, chance.choice(beginnings) + chance.randbytes(chance.randrange(3000)))


def control_characters(chance: random.Random) -> Made:
    """Direction marks, joiners, escapes for terminals, characters that are none, among sound words."""
    odd = [
        chr(c)
        for c in (
            *range(1, 32),
            0x7F,
            *range(0x80, 0xA0),
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
        )
    ]
    odd += ["\ufeff", "\ufff9", "\uffff", "\U000e0041", "\U0001f3f4", "\u0600", "\u061c", "\u180e", "\ufdd0", "\u034f"]
    often = chance.choice([0.01, 0.1, 0.5])
    text = "".join(c + chance.choice(odd) if chance.random() < often else c for c in _ARTICLE)
    return Made(chance.choice([".txt", ".html"]), text.encode("utf-8", "surrogatepass"))


def export(chance: random.Random) -> Made:
    """Lines of the headers of press databases, in no order and without number."""
    lines = [
        "Dokument 1 von 100", "Document 7 of 7", "12.03.2019", "Karver Hafenbote vom 12.03.2019, Nr. 60, S. 5",
        "Überschrift: Titel", "Quelle: Blatt", "Datum: 1.1.2015",
        "=" * 60, "-" * 9, "\f", "", "", "Länge: 100 Wörter", "Alle Rechte vorbehalten", "© Blatt", "LP", "TD Text",
        "Von Hans Müller", "End of Document",
        "Der Minister sagte am Montag in Berlin, er habe davon nichts gewusst, und das schon seit langem nicht.",
        "Autor: A", "SN Blatt", "HD Titel", "PD 1 January 2015",
    ]  # fmt: skip
    chosen = chance.sample(lines, chance.randrange(2, 9))
    count = int(10 ** chance.uniform(1, 4))
    listed = chance.choices(chosen, k=count) if chance.random() < 0.5 else chosen * (count // len(chosen) + 1)
    return Made(".txt", chance.choice(["\n", "\n\n", "\r\n"]).join(listed).encode())


def line_of_200_megabytes(_chance: random.Random) -> Made:
    """Two hundred megabytes without a line's end."""
    return Made(".txt", b"Ein Satz, der nicht aufhoert und " * (200_000_000 // 33), Expected.REFUSED)


def record_of_200_megabytes(_chance: random.Random) -> Made:
    """The same as one record of many."""
    good = b'{"text": "Der Minister sagte am Montag etwas."}\n'
    return Made(".jsonl", good + b'{"text": "' + b"a" * 200_000_000 + b'"}\n' + good)


def two_million_marks(_chance: random.Random) -> Made:
    """As many quotation marks as an article may have characters."""
    return Made(".txt", ("„" * 1_999_000).encode(), Expected.TAKEN)


def two_million_letters(_chance: random.Random) -> Made:
    """One word as long as an article may be."""
    return Made(".txt", b"A" * 1_999_000, Expected.TAKEN)


def sixty_megabytes_of_lines(_chance: random.Random) -> Made:
    """Nothing but line ends, up to the limit for one input."""
    return Made(".txt", b"\n" * 60_000_000, Expected.REFUSED)


FAMILIES: dict[str, Callable[[random.Random], Made]] = {
    "text-run": run_of_one, "text-runs": run_of_several, "text-damaged": damaged_article,
    "text-encoding": wrong_encoding, "noise": noise,
    "text-control": control_characters, "text-export": export,
}  # fmt: skip
HEAVY: dict[str, Callable[[random.Random], Made]] = {
    "line-200-mb": line_of_200_megabytes, "record-200-mb": record_of_200_megabytes,
    "lines-60-mb": sixty_megabytes_of_lines,
    "marks-2-million": two_million_marks, "letters-2-million": two_million_letters,
}  # fmt: skip
