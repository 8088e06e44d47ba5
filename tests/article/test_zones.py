from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quellenlage.article import Overrides, make_article
from quellenlage.article.units import split_units
from quellenlage.article.zones import find_zones
from quellenlage.model import Article, Given, Mark, MarkKind, Zone, ZoneKind, make_capture

PROSE = "Die Fähre legte am Morgen wieder im Hafen an, wie der Lotse dem Amt der Stadt mitteilte."
LONG = PROSE + " Danach schwieg er lange, und niemand im Amt wollte sagen, was aus der Ladung geworden war."


def zones_of(text: str, given: Given | None = None, marks: tuple[Mark, ...] = ()) -> tuple[Zone, ...]:
    capture = make_capture(
        source="a", media_type="text/plain", content=b"", text=text, captured_at="", given=given, marks=marks
    )
    return find_zones(capture)


def kinds(text: str, given: Given | None = None, marks: tuple[Mark, ...] = ()) -> list[tuple[str, str]]:
    return [(zone.kind.value, text[zone.start : zone.end]) for zone in zones_of(text, given, marks)]


def table(text: str, **options: object) -> list[str]:
    return [kind for kind, _ in kinds(text, **options)]  # type: ignore[arg-type]  # fields by name


def test_agency_report_with_headline_and_photo() -> None:
    text = f"Fähre legt wieder ab\n\nHafenstadt (dpa) - {LONG}\n\nFoto: dpa\n\n{LONG}\n\nStreit um die Ladung\n\n{LONG}"
    assert table(text) == ["headline", "dateline", "body", "credit", "body", "headline", "body"]


def test_the_paragraph_before_a_dateline_is_the_lead() -> None:
    text = f"{PROSE}\n\nWashington - {LONG}\n\n{LONG}"
    assert table(text) == ["lead", "dateline", "body", "body"]


def test_summary_list_below_the_headline_is_lead_and_a_list_of_voices_is_not() -> None:
    text = (
        f"Fähre legt ab\n\n{PROSE}\n\n  • Lotse sieht Gefahr\n  • Amt wiegelt ab\n\n{LONG}\n\n"
        f'  • "Das war zu erwarten."\n  • "Nie wieder."\n\n{LONG}'
    )
    assert table(text) == ["headline", "lead", "lead", "lead", "body", "body", "body", "body"]


def test_page_around_the_report() -> None:
    text = "\n".join(
        [
            "Startseite > Politik > Küste",
            "Hafenstreit",
            "Fähre legt wieder ab",
            "Von Anna Beispiel, Hafenstadt",
            "12. März 2019, 14:30 Uhr",
            "Teilen",
            LONG,
            "Lesen Sie auch:",
            "So lebt es sich am Kai",
            LONG,
            "Die Fähre am Kai. Foto: Bert Muster/dpa",
            LONG + " (dpa/mf)",
            "Mehr zum Thema",
            "Hafen schließt früher",
            "Lotsen streiken",
            "17 Kommentare",
            "Zur Startseite",
            "© 2019 Hafenbote",
        ]
    )
    assert table(text) == [
        "boilerplate",
        "headline",
        "headline",
        "byline",
        "dateline",
        "boilerplate",
        "body",
        "boilerplate",
        "boilerplate",
        "body",
        "caption",
        "credit",
        "body",
        "credit",
        "boilerplate",
        "boilerplate",
        "boilerplate",
        "boilerplate",
        "boilerplate",
        "credit",
    ]


def test_page_of_a_broadcaster() -> None:
    text = (
        "Deutsche Welle\nPOLITIK\n\nMiren: Hafen bleibt zu\n\nDie Regierung lässt den Hafen sperren. "
        "Die Reeder klagen.\n\n"
        "Der leere Hafen (Archivbild)Bild: Jana Muster/AP/picture alliance\n\n"
        f"{LONG}\n\nKein Ende in Sicht\n\n{LONG}\n\n"
        "kle/sti (dpa, afp, rtr)\n\nWas Reeder fürchten"
    )
    assert table(text) == [
        "boilerplate", "boilerplate", "headline", "lead", "caption", "credit", "body", "headline", "body", "credit",
        "boilerplate",
    ]  # fmt: skip


def test_page_of_a_tabloid_portal() -> None:
    text = (
        "Miren: Mann stürzt von Fähre\n\nAktualisiert: 12.03.2019, 08:14\nVon: Anna Beispiel\nKommentare\nTeilen\n\n"
        f"Helfer am Hafen. © Jana Muster/dpa (Symbolbild)\n\n"
        f"{PROSE}\n\nMiren – {PROSE}\n\n"
        f"Zeugen in Miren gesucht\n\n{LONG} (anb)"
        "\n\nAuch interessant: Unfall auf der Brücke – drei Verletzte\n\n"
        "Mit unserem Newsletter verpassen Sie nichts mehr – jetzt kostenlos anmelden!\n\nGemeinsam für die Küste\n\n"
        "Rubriklistenbild: © Jana Muster/dpa\n\nZur Startseite"
    )
    assert table(text) == [
        "headline", "dateline", "byline", "boilerplate", "boilerplate", "caption", "lead", "dateline", "body",
        "headline", "body", "credit", "boilerplate", "boilerplate", "boilerplate", "caption", "credit", "boilerplate",
    ]  # fmt: skip


def test_press_release_portal() -> None:
    text = (
        f"POL-MI: Zeugen gesucht\n12.03.2019 – 10:15\n\nMiren (ots)\n\n{LONG}\n\nRückfragen bitte an:\n\n"
        "Polizei Miren\nPressestelle\nTelefon: 0123/456-0\n\nOriginal-Content von: Polizei Miren, übermittelt durch x"
    )
    assert table(text) == ["headline", "dateline", "dateline", "body", *["boilerplate"] * 5]


def test_a_sentence_after_a_teaser_heading_stays_body() -> None:
    text = f"Fähre legt ab\n\n{LONG}\n\nLesen Sie auch:\n\n{LONG}"
    assert table(text) == ["headline", "body", "boilerplate", "body"]


def test_one_teaser_belongs_to_the_heading_and_the_next_subheading_does_not() -> None:
    text = f"Fähre legt ab\n\n{LONG}\n\nEbenfalls interessant:\n\nSo lebt es sich am Kai\n\nStreit im Amt\n\n{LONG}"
    assert table(text) == ["headline", "body", "boilerplate", "boilerplate", "headline", "body"]


def test_residue_prefix_is_cut_from_the_report() -> None:
    assert kinds(f" date 2019-03 {LONG}\n{LONG}")[:2] == [("dateline", "date 2019-03"), ("body", LONG)]


def test_live_ticker() -> None:
    text = f"Der Streit im Ticker\n\n14:32 Uhr: {PROSE}\n\n+++ 14:10 Lotse: Keine Gefahr +++\n{LONG}\n\n[13:55] {PROSE}"
    assert kinds(text) == [
        ("headline", "Der Streit im Ticker"),
        ("dateline", "14:32 Uhr:"),
        ("body", PROSE),
        ("dateline", "+++ 14:10"),
        ("headline", "Lotse: Keine Gefahr"),
        ("boilerplate", "+++"),
        ("body", LONG),
        ("dateline", "[13:55]"),
        ("body", PROSE),
    ]


def test_a_caption_printed_twice_is_a_caption_twice() -> None:
    caption = "Die Fähre läuft am Morgen in den Hafen ein"
    text = f"Fähre legt ab\n\n{LONG}\n\n{caption}.\n{caption}. © Seeamt\n\n{LONG}"
    assert table(text) == ["headline", "lead", "caption", "caption", "credit", "body"]


def test_photo_credit_glued_to_a_long_paragraph_leaves_the_paragraph() -> None:
    paragraph = " ".join([PROSE] * 5)
    assert kinds(f"{paragraph} Foto: dpa\n\n{PROSE}")[:2] == [("body", paragraph), ("credit", "Foto: dpa")]


@pytest.mark.parametrize("credit", ["Foto: dpa", "(Foto: Muster)", "© Seeamt/AFP"])
def test_a_credit_glued_to_a_sentence_of_the_report_takes_no_word_of_it(credit: str) -> None:
    sentence = "Die Fähre bleibe im Hafen, sagte er."
    for report in (sentence, f"Der Kai ist leer. {sentence}", f"{PROSE} {PROSE} {PROSE}"):
        assert kinds(f"{LONG}\n\n{report} {credit}\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n{LONG}")[1:3] == [
            ("body", report),
            ("credit", credit),
        ]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Die Fähre am Kai. Foto: npx / Bert Muster", "Die Fähre am Kai.", "Foto: npx / Bert Muster"),
        ("Bild: Die Fähre am leeren Kai. (Foto: Muster)", "Bild: Die Fähre am leeren Kai.", "(Foto: Muster)"),
        ("Die Fähre am KaiFoto: npx", "Die Fähre am Kai", "Foto: npx"),
    ],
)
def test_caption_and_credit_in_one_line_are_two_zones(line: str, caption: str, credit: str) -> None:
    found = kinds(f"{LONG}\n\n{line}\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n{LONG}")
    assert found[1:3] == [("caption", caption), ("credit", credit)]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Teilen   Drucken   3 Kommentare", "boilerplate"),
        ("12 Postings | Artikel merken | Newsletter „Kaipost“ abonnieren", "boilerplate"),
        ("Teilen | Die Fähre legt ab", "body"),
        ("Anna Beispiel schreibt für die Küstenpost über Fischerei.", "byline"),
    ],
)
def test_last_lines_of_a_page(line: str, wanted: str) -> None:
    assert kinds(f"{LONG}\n\n{LONG}\n\n{line}")[-1] == (wanted, line)


def test_an_author_note_in_the_midst_of_a_report_is_a_sentence_of_it() -> None:
    note = "Anna Beispiel schreibt für die Küstenpost über Fischerei."
    assert ("body", note) in kinds("\n\n".join([LONG, note, LONG, LONG, LONG, LONG, LONG]))


def test_the_line_below_a_printed_headline_is_lead() -> None:
    text = f"Fähre legt ab\nLotsen und Reeder einigen sich auf einen Plan\nVon Anna Beispiel\n\n{LONG}\n\n{LONG}"
    assert table(text) == ["headline", "lead", "byline", "body", "body"]
    kicker = f"Hafenstreit\nLotsen und Reeder einigen sich auf einen Plan\nVon Anna Beispiel\n\n{LONG}\n\n{LONG}"
    assert table(kicker) == ["headline", "headline", "byline", "body", "body"]


def test_navigation_lists_go_but_short_lines_of_a_poem_stay() -> None:
    menu = "Politik\nWirtschaft\nSport\nKultur\nWetter\n"
    poem = "Die See\nDer Wind\nDas Boot\nDie Nacht\n"
    assert table(f"{menu}\n{LONG}\n\n{LONG}")[:5] == ["boilerplate"] * 5
    assert "boilerplate" not in table(f"{LONG}\n\n{poem}\n{LONG}")


def test_hard_wrapped_mail_is_read_by_paragraphs() -> None:
    wrapped = (
        "Pressemitteilung des Seeamts\n\nDie Fähre legte am Morgen wieder im Hafen an, wie der Lotse dem\n"
        "zuständigen Amt der Stadt mitteilte. Danach schwieg er lange, und\nniemand im Amt wollte sagen, was aus der "
        "Ladung geworden war. Der\nBürgermeister kündigte an, dass die Fähre bis zum Abend im Hafen\nbleiben werde, "
        "weil die Prüfung noch nicht beendet sei. Am nächsten\nTag soll sie auslaufen.\n"
    )
    assert table(wrapped) == ["headline", "body"]


def test_markup_is_a_strong_hint_but_no_law() -> None:
    lines = ["Fähre legt ab", "Ein Kutter am Kai", "Hafen schließt früher", LONG, "Streit im Amt!", PROSE, LONG]
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines[:6]]
    where = [(s, s + len(line)) for s, line in zip(starts, lines, strict=False)]
    marks = (
        Mark(*where[0], MarkKind.TITLE),
        Mark(*where[1], MarkKind.CAPTION),
        Mark(*where[2], MarkKind.LINK),
        Mark(*where[4], MarkKind.HEADING),
        Mark(*where[5], MarkKind.ASIDE),
    )
    assert table(text, marks=marks) == ["headline", "caption", "boilerplate", "body", "headline", "body", "body"]


def test_the_given_title_finds_its_line() -> None:
    text = f"Kurz gemeldet\nFähre legt ab.\n{LONG}\n{LONG}"
    assert table(text, given=Given(title="Fähre legt ab."))[:2] == ["headline", "headline"]


@pytest.mark.parametrize(
    "line",
    [
        "Kommentare aus Berlin blieben am Montag aus.",
        "Teilen will der Sieger die Beute nicht.",
        "Quellen im Hafenamt bestätigten den Brand.",
        "Von Anna Beispiel fehlt seit Montag jede Spur.",
        "Das Foto zeigt den Minister im Hafen.",
        "Folgen Sie dem Pfad auf den Berg, riet der Führer.",
        "Korrektur: In einer früheren Fassung hieß es, die Fähre sei gesunken.",
        "Weitere Meldungen gingen am Abend ein.",
        "In seinem Newsletter schrieb der Abgeordnete, er trete zurück.",
        "„Nein“, sagte der Lotse.",
    ],
)
def test_sentences_of_the_report_stay_body(line: str) -> None:
    assert kinds(f"{LONG}\n\n{line}\n\n{LONG}")[1] == ("body", line)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1).filter(lambda t: bool(t.strip())))
@example("\x1c a \x85 b")
@example("\ud800x")
@example("„\n„\n\n+++ 12:00 +++")
@example("Berlin (dpa) -")
@example("Foto: dpa (dpa) (dpa)")
def test_any_text_passes(text: str) -> None:
    check(text)


WORDS = st.sampled_from(
    [
        "Berlin (dpa) -",
        "Foto: dpa",
        "(dpa/mf)",
        "Lesen Sie auch:",
        "Von Anna Beispiel",
        "12. März 2019",
        "+++",
        "14:32 Uhr:",
        "• ",
        "© Getty",
        "(2010-10-21)",
        PROSE,
        "Streit im Amt",
        "\n",
        "\n\n",
        " ",
        "„",
        "date 2019-03",
        "Teilen",
        "Newsletter",
        "WIEN –",
        "Quelle: Hafenbote",
        "/bua/news.de/dpa",
        "Mehr zum Thema",
        "\r\n",
        "\t",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=25).map("".join).filter(lambda t: bool(t.strip())))
def test_any_mixture_of_page_parts_passes(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_article_with_any_marks_is_built(data: st.DataObject) -> None:
    text = data.draw(st.lists(WORDS, min_size=1, max_size=15).map("".join).filter(lambda t: bool(t.strip())))
    place = st.integers(0, len(text) - 1)
    spans = data.draw(st.lists(st.tuples(place, place, st.sampled_from(MarkKind)), max_size=6))
    marks = tuple(Mark(min(a, b), max(a, b) + 1, kind) for a, b, kind in spans)
    title = data.draw(st.sampled_from([None, "", "Streit im Amt", "„"]))
    capture = make_capture(
        source="a",
        media_type="t",
        content=b"",
        text=text,
        captured_at="2020-01-01",
        given=Given(title=title),
        marks=marks,
    )
    built = make_article(capture, "art-x", Overrides())
    found = [built.headline, built.outlet, *built.authors, *built.agencies]
    assert all(span.end <= len(text) for value in found if value for span in value.spans)
    assert built == make_article(capture, "art-x", Overrides())


def check(text: str) -> None:
    zones = zones_of(text)
    capture = make_capture(source="a", media_type="t", content=b"", text=text, captured_at="")
    Article("a", capture.id, "a", text, capture.text_sha256, "input", zones)  # raises a Defect if they do not cover it
    for zone in zones:
        words = text[zone.start : zone.end]
        assert words == words.strip()
        assert zone.rule
    units = split_units(text)
    assert "".join("".join(u.of(text).split()) for u in units) == "".join(text.split())


@pytest.mark.parametrize("piece", ["Die Fähre. ", "a", "„", "+", "dpa/", "12.", "- ", "(", "Anna ", "\n", "\xa0"])
def test_five_megabytes_in_one_line_are_one_article(piece: str) -> None:
    text = piece * (5_000_000 // len(piece)) + "x"
    capture = make_capture(source="a", media_type="t", content=b"", text=text, captured_at="")
    zones = make_article(capture, "a", Overrides()).zones
    assert zones[0].start == len(text) - len(text.lstrip())
    assert zones[-1].end == len(text)


def test_many_lines_are_zones_each_with_its_rule() -> None:
    text = "".join(f"{n}. Zeile am Hafen\nLesen Sie auch:\nFoto: dpa {n}\n" for n in range(2400))
    check(text)
    assert table(text).count("credit") == 2400


def test_the_rule_is_named() -> None:
    zones = zones_of(f"Foto: dpa\n\n{LONG}\n\n{LONG}")
    assert zones[0] == Zone(0, 9, ZoneKind.CREDIT, "photo-credit")
