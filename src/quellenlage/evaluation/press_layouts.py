"""How press databases lay out articles, written down for the suite apart from what the reader knows of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.evaluation.press_files import PAGE

_MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_ENGLISH = "January February March April May June July August September October November December".split()
_DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
_ENGLISH_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@dataclass(frozen=True, slots=True)
class Story:
    """An article as the suite knows it; `day` None where the export leaves the day out."""

    outlet: str
    day: date | None
    page: str
    section: str
    authors: tuple[str, ...]
    headline: str
    lead: str
    body: tuple[str, ...]

    @property
    def words(self) -> int:
        """Length as databases state it."""
        return sum(len(paragraph.split()) for paragraph in self.body)


Render = Callable[[Sequence[Story]], list[str]]


def german(day: date | None, *, weekday: bool = False) -> str:
    """12. März 2019 Dienstag."""
    if day is None:
        return ""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}" + (f" {_DAYS[day.weekday()]}" if weekday else "")


def english(day: date | None, *, weekday: bool = False) -> str:
    """March 12, 2019 Tuesday."""
    if day is None:
        return ""
    return f"{_ENGLISH[day.month - 1]} {day.day}, {day.year}" + (f" {_ENGLISH_DAYS[day.weekday()]}" if weekday else "")


def figures(day: date | None) -> str:
    """12.03.2019."""
    return f"{day:%d.%m.%Y}" if day else ""


def _some(*paragraphs: str) -> list[str]:
    return [paragraph for paragraph in paragraphs if paragraph.strip()]


def lexis_german(stories: Sequence[Story]) -> list[str]:
    """The older German LexisNexis: counting line, outlet, day, headline, labels in capitals."""
    out = ["Auftrag: Alle Dokumente: 1-" + str(len(stories)), "Suchbegriffe: Deich ODER Hafen"]
    for number, s in enumerate(stories, start=1):
        out += [PAGE, f"Dokument {number} von {len(stories)}"]
        out += _some(s.outlet, german(s.day), s.headline, "AUTOR: " + "; ".join(s.authors) if s.authors else "")
        out += [f"RUBRIK: {s.section.upper()}; S. {s.page}", f"LÄNGE: {s.words} Wörter", *s.body]
        out += [f"UPDATE: {german(s.day)}" if s.day else "UPDATE: unbekannt", "SPRACHE: GERMAN; DEUTSCH"]
        out += ["PUBLICATION-TYPE: Zeitung", f"Copyright 2019 {s.outlet} Verlag", "Alle Rechte vorbehalten"]
    return out


def lexis_english(stories: Sequence[Story]) -> list[str]:
    """The older English LexisNexis."""
    out = [f"Download Request: All Documents: 1-{len(stories)}", "Time Of Request: Saturday, July 11, 2020"]
    for number, s in enumerate(stories, start=1):
        out += [PAGE, f"{number} of {len(stories)} DOCUMENTS", f"Copyright 2021 {s.outlet} Ltd.", "All Rights Reserved"]
        out += _some(s.outlet, english(s.day, weekday=True), "Late Edition" if number % 2 else "")
        out += [f"SECTION: {s.section.upper()}; Pg. {s.page}", f"LENGTH: {s.words} words", f"HEADLINE: {s.headline}"]
        out += _some("BYLINE: " + "; ".join(s.authors) if s.authors else "", f"HIGHLIGHT: {s.lead}" if s.lead else "")
        out += ["BODY:", *s.body, "LOAD-DATE: November 30, 2021", "LANGUAGE: GERMAN", "PUBLICATION-TYPE: Newspaper"]
    return out


def _nexis(stories: Sequence[Story], german_form: bool) -> list[str]:
    told = german if german_form else english
    cover = (
        ["Benutzer: M. Ried", f"Dokumente ({len(stories)})"] if german_form else ["User Name: M. Ried", "Job Number: 8"]
    )
    out = [*cover, *(f"{n}. {s.headline}\nClient/Matter: -None-" for n, s in enumerate(stories, start=1)), PAGE]
    words = {
        True: ("Rubrik", "Länge", "Wörter", "Autor", "Textkörper", "Update", "Ende des Dokuments"),
        False: ("Section", "Length", "words", "Byline", "Body", "Load-Date", "End of Document"),
    }[german_form]
    for s in stories:
        out += _some(
            s.headline, s.outlet, told(s.day, weekday=True), f"Copyright 2021 {s.outlet} Alle Rechte vorbehalten"
        )
        out += [f"{words[0]}: {s.section.upper()}; S. {s.page}", f"{words[1]}: {s.words} {words[2]}"]
        out += _some(
            f"{words[3]}: " + ", ".join(s.authors) if s.authors else "", f"Highlight: {s.lead}" if s.lead else ""
        )
        out += [words[4], *s.body, f"{words[5]}: {told(date(2021, 12, 1))}", words[6], PAGE]
    return out[:-1]


def nexis_german(stories: Sequence[Story]) -> list[str]:
    """Nexis Uni with the German interface: a cover with the list of hits, headline above the outlet."""
    return _nexis(stories, True)


def nexis_english(stories: Sequence[Story]) -> list[str]:
    """Nexis Uni with the English interface."""
    return _nexis(stories, False)


def _code(number: int, day: date | None) -> str:
    return f"Document KARV0000{day or date(2020, 1, 1):%Y%m%d}ef3c000{number:02d}".replace("-", "")


def factiva(stories: Sequence[Story]) -> list[str]:
    """Factiva without labels: section, headline, author, length, day, outlet, code, language, rights."""
    out = []
    for number, s in enumerate(stories, start=1):
        top = [s.section, s.headline, *([", ".join(s.authors)] if s.authors else []), f"{s.words} Wörter"]
        top += _some(f"{s.day.day} {_MONTHS[s.day.month - 1]} {s.day.year}" if s.day else "", s.outlet, "KARHBT")
        top += [s.page, "Deutsch", f"(c) 2019 {s.outlet}"]
        out += ["\n".join(top), *s.body, _code(number, s.day).replace("Document", "Dokument"), PAGE]
    return [*out[:-1], "Suchzusammenfassung", "Text Deich", "Datum Alle Daten"]


def factiva_codes(stories: Sequence[Story]) -> list[str]:
    """Factiva with labels of two capitals."""
    out = []
    for number, s in enumerate(stories, start=1):
        rows = [("SE", s.section), ("HD", s.headline), ("BY", ", ".join(s.authors)), ("WC", f"{s.words} words")]
        rows += [("PD", f"{s.day.day} {_ENGLISH[s.day.month - 1]} {s.day.year}" if s.day else ""), ("SN", s.outlet)]
        rows += [("SC", "KARHBT"), ("PG", s.page), ("LA", "German"), ("CY", f"(c) 2021 {s.outlet}")]
        out += ["\n".join(f"{code}\t{value}" for code, value in rows if value), "LP\t" + s.body[0]]
        out += ["TD\t" + "\n\n".join(s.body[1:]), f"AN\t{_code(number, s.day)}", PAGE]
    return out[:-1]


def _genios(stories: Sequence[Story], contents: bool) -> list[str]:
    out = ["Inhaltsverzeichnis", *(f"{n}. {s.headline[:40]} ........ {n + 1}" for n, s in enumerate(stories, 1)), PAGE]
    out = out if contents else []
    for number, s in enumerate(stories, start=1):
        out += _some(s.headline, s.lead, *s.body)
        told = f" vom {figures(s.day)}, Nr. {number + 50}, S. {s.page}" if s.day else ""
        out += [f"Quelle: {s.outlet}{told}", f"Ressort: {s.section}", f"Dokumentnummer: HBT_{number:05d}"]
        out += [f"Dauerhafte Adresse des Dokuments: https://www.beispiel.example/document/HBT__{number:05d}"]
        out += [f"Alle Rechte vorbehalten: (c) {s.outlet}", "© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH", PAGE]
    return out[:-1]


def genios(stories: Sequence[Story]) -> list[str]:
    """Genios and wiso with a table of contents; the header stands below the text."""
    return _genios(stories, True)


def genios_bare(stories: Sequence[Story]) -> list[str]:
    """The same without a table of contents."""
    return _genios(stories, False)


def defacto(stories: Sequence[Story]) -> list[str]:
    """APA DeFacto: outlet in quotation marks with day and page, section, author, headline."""
    out = []
    for s in stories:
        out += [f'"{s.outlet}" vom {figures(s.day)}   Seite: {s.page}', f"Ressort: {s.section}"]
        out += _some("Von " + ", ".join(s.authors) if s.authors else "", s.headline, *s.body)
        out += [PAGE]
    return out[:-1]


def monitor(stories: Sequence[Story]) -> list[str]:
    """Presse-Monitor: outlet and day, a table of labels, headline."""
    out = [
        "Pressespiegel",
        "Übersicht",
        *(f"{s.outlet}: {s.headline[:50]} ..... {n}" for n, s in enumerate(stories, 2)),
        PAGE,
    ]
    for s in stories:
        told = _DAYS[s.day.weekday()] + ", " + figures(s.day) if s.day else ""
        out += [f"{s.outlet} vom {told}"]
        out += ["\n".join(_some("Autor: " + " und ".join(s.authors) if s.authors else "", f"Seite: {s.page}",
                                f"Ressort: {s.section}", "Mediengattung: Tageszeitung", "Auflage: 41.250 (verkauft)",
                                "Reichweite: 0,112 (in Mio.)"))]  # fmt: skip
        out += [*_some(s.headline, s.lead), *s.body, PAGE]
    return out[:-1]


def pressreader(stories: Sequence[Story]) -> list[str]:
    """PressReader: one line for outlet, day and headline."""
    out = []
    for s in stories:
        out += [f"PressReader - {s.outlet}: {s.day} - {s.headline}"]
        out += _some("Von " + " und ".join(s.authors) if s.authors else "", *s.body)
    return out


def wire(stories: Sequence[Story]) -> list[str]:
    """Texts of a news agency as its system writes them."""
    out = []
    for number, s in enumerate(stories, start=1):
        day = s.day or date(2019, 1, 1)
        month = "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez".split()[day.month - 1]
        out += [
            f"bdt{number:04d} 4 pl {s.words}  dpa {number + 100:04d}",
            f"{s.section}/Karvenien/",
            s.headline,
            *s.body,
        ]
        out += [f"dpa ka yyka z2 {'ab'[number % 2]}x\n{day.day:02d}1430 {month} {day:%y}"]
    return out


def agency(stories: Sequence[Story]) -> list[str]:
    """Texts of the other agency: number, desk and day above, number and time below."""
    out = []
    for number, s in enumerate(stories, start=1):
        day = s.day or date(2021, 1, 1)
        month = "Jän Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez".split()[day.month - 1]
        weekday = _DAYS[day.weekday()][:2]
        out += [f"APA{number:04d} 5 AI 0{s.words:03d} II    {weekday}, {day.day:02d}.{month} {day.year}", s.headline]
        out += [*s.body, "(Schluss) ka/ax", f"APA{number:04d}    {day}/14:30"]
    return out


def unknown_labels(stories: Sequence[Story]) -> list[str]:
    """A database that nobody knows: rules of signs of equality and labels."""
    out = ["Ihre Auswahl vom 30.03.2019", f"{len(stories)} Artikel"]
    for s in stories:
        signed = f"Autor: {', '.join(s.authors)}" if s.authors else ""
        rows = _some(f"Medium: {s.outlet}", f"Datum: {figures(s.day)}", f"Seite: {s.page}", signed)
        out += ["=" * 60, "\n".join([*rows, f"Titel: {s.headline}"])]
        out += list(s.body)
    return out


def unknown_lines(stories: Sequence[Story]) -> list[str]:
    """Another: page breaks, and one line for outlet, day and page above the headline."""
    out = []
    for s in stories:
        out += [f"{s.outlet}, {german(s.day)}, Seite {s.page}", s.headline]
        out += _some("Von " + " und ".join(s.authors) if s.authors else "", *s.body)
        out += [PAGE]
    return out[:-1]


def proquest(stories: Sequence[Story]) -> list[str]:
    """ProQuest: counting lines, labels with small letters, the text labelled too."""
    out = ["Inhaltsverzeichnis", *(f"{n}. {s.headline[:40]} ..... {n + 1}" for n, s in enumerate(stories, 1))]
    for number, s in enumerate(stories, start=1):
        out += [
            PAGE,
            f"Dokument {number} von {len(stories)}",
            s.headline,
            *_some("Autor: " + "; ".join(s.authors) if s.authors else ""),
        ]
        out += [f"Publikationstitel: {s.outlet}", *_some(f"Publikationsdatum: {german(s.day)}" if s.day else "")]
        out += [f"Seite: {s.page}", "Volltext: " + s.body[0], *s.body[1:], f"ProQuest document ID: {number + 880000}"]
    return out
