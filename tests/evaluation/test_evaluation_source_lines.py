import json
from email.message import EmailMessage
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quellenlage.evaluation.source_lines import lines, located, occurrence
from quellenlage.model import Span

PAGE = """<html><head><title>Nicht im Text</title><style>p {}</style></head><body>
<nav>Start Politik</nav><h1>Feuer am <b>Kai</b></h1><p>Es brannte &amp; rauchte.</p><script>x</script>
</body></html>"""


def test_every_format_gives_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffTitel\r\n\r\n  Größe  \r\n".encode())
    (tmp_path / "b.txt").write_bytes("Größe „x“".encode("cp1252"))
    (tmp_path / "c.html").write_text(PAGE, encoding="utf-8")
    rows = [{"title": "Eins", "text": "Erster\nZweiter"}, {"title": "Zwei", "text": "Dritter"}]
    (tmp_path / "d.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    mail = EmailMessage()
    mail.set_content("Größe\nSchluss\n")
    mail.add_alternative("<p>anders</p>", subtype="html")
    (tmp_path / "e.eml").write_bytes(mail.as_bytes())
    assert lines(tmp_path, "a.txt") == ["Titel", "Größe"]
    assert lines(tmp_path, "b.txt") == ["Größe „x“"]
    assert lines(tmp_path, "c.html") == ["Start Politik", "Feuer am Kai", "Es brannte & rauchte."]
    assert lines(tmp_path, "d.jsonl#1") == ["Eins", "Erster", "Zweiter"]
    assert lines(tmp_path, "d.jsonl#2") == ["Zwei", "Dritter"]
    assert lines(tmp_path, "e.eml") == ["Größe", "Schluss"]


def test_white_space_does_not_matter() -> None:
    text = "Feuer  am\u00a0Kai\n\nEs brannte."
    found = located(["Feuer am Kai", "Es brannte."], text)
    assert [line.places is not None for line in found] == [True, True]
    span = found[0].span(6, 12)
    assert span is not None
    assert span.of(text) == "am\u00a0Kai"


def test_a_short_line_is_not_taken_for_a_word_within_another() -> None:
    found = located(["Teilen", "Wir teilen alles.", "Teilen"], "Teilen wir?\n\nWir teilen alles.\nTeilen")
    assert [line.places and line.places[0] for line in found] == [31, 13, None]


def test_a_long_line_is_found_within_a_joined_one() -> None:
    text = "Die erste Zeile hat genug Zeichen. Die zweite auch, mehr als genug."
    found = located(["Die erste Zeile hat genug Zeichen.", "Die zweite auch, mehr als genug."], text)
    assert [line.places and line.places[0] for line in found] == [0, 35]


def test_equal_lines_are_found_one_after_the_other() -> None:
    found = located(["„", "Text", "„"], "„\nText\n„")
    assert [line.places for line in found] == [(0,), (2, 3, 4, 5), (7,)]


def test_occurrences_count_over_lines_and_overlap() -> None:
    text = "aaa\nweg\naa"
    own = located(["aaa", "aa"], text)
    assert [occurrence(own, "aa", n) for n in (1, 2, 3, 4)] == [Span(0, 2), Span(1, 3), Span(8, 10), None]
    assert occurrence(own, "", 1) is None


def test_what_we_did_not_read_still_counts_as_an_occurrence() -> None:
    own = located(["Berg lacht.", "Berg weint."], "Berg weint.")
    assert occurrence(own, "Berg", 1) is None
    assert occurrence(own, "Berg", 2) == Span(0, 4)


@given(st.lists(st.text("ab„ \u00a0", min_size=1).filter(str.strip), max_size=6))
def test_every_line_of_a_text_is_found_in_it_and_says_the_same(source: list[str]) -> None:
    text = "\n".join(source)
    taken: set[int] = set()
    for line in located(source, text):
        assert line.places is not None
        assert [text[i] for i in line.places] == [c for c in line.text if not c.isspace()]
        assert not taken & set(line.places)
        taken |= set(line.places)
