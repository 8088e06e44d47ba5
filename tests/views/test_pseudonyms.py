"""Private persons without their names: in lines, in quotations, in records, in pages, in every format."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views import views_story

from quellenlage.errors import BadInput
from quellenlage.execution import Decision, judge
from quellenlage.execution.publicity import is_public, publicity
from quellenlage.model import PRIVACY, Verdict
from quellenlage.resources import load
from quellenlage.store import open_archive
from quellenlage.views.exports.formats import FORMATS, Order, check, write
from quellenlage.views.holdings import read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.pseudonyms import Veil, initials, quoted_spans, veil_of, veiled, veiling
from quellenlage.views.pseudonyms_html import veil_page

VEIL = Veil({"Max Koch": "M. K.", "Koch": "M. K.", "Dunja R.": "D. R.", "Eva-Maria Groß": "E.-M. G."})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Max Koch kam.", "M. K. kam."),
        ("Max\nKoch kam.", "M. K. kam."),
        ("MAX KOCH", "M. K."),
        ("Max Kochs Haus, Kochs Hund", "M. K. Haus, M. K. Hund"),
        ("Er sagte: „Max Koch lügt“, so Koch.", "Er sagte: „[M. K.] lügt“, so M. K.."),
        ('»Koch« und «Koch» und “Koch” und "Koch"', '»[M. K.]« und «[M. K.]» und “[M. K.]” und "[M. K.]"'),
        ("Sie kochte, ein koch, die Kochkunst.", "Sie kochte, ein koch, die Kochkunst."),
        ("Dunja R. aus Miren; Dunja R.", "D. R. aus Miren; D. R."),
        ("Eva-Maria Groß' Haus", "E.-M. G. Haus"),
        ("der Nachbar Max …", "der Nachbar M. K. …"),
        ("Max kam.", "Max kam."),
        ("5″ „offen Max Koch", "5″ „offen M. K."),
    ],
)
def test_names_in_a_line(before: str, after: str) -> None:
    assert VEIL.words(before) == after
    assert VEIL.words(after) == after


def test_words_of_articles_get_brackets_all_over() -> None:
    assert VEIL.words("Max Koch kam.", cited=True) == "[M. K.] kam."


@given(st.text())
def test_texts_without_names_stay_as_they_are(text: str) -> None:
    assert Veil({}).words(text) == text
    assert all(0 <= a < b < len(text) for a, b in quoted_spans(text))


@given(st.text(), st.sampled_from(["Max Koch", "MAX  KOCH", "Max\tKoch", "Max Kochs"]), st.text())
def test_no_name_stays(before: str, name: str, after: str) -> None:
    found = VEIL.words(f"{before} {name} {after}")
    assert name not in found
    assert VEIL.words(found) == found


def test_records_keep_places_and_lose_context() -> None:
    record = {"name": "Max Koch", "evidence": {"exact": "Max Koch kam.", "start": 3, "end": 16, "prefix": "x Koch "}}
    assert VEIL.value(record) == {
        "name": "M. K.",
        "evidence": {"exact": "[M. K.] kam.", "start": 3, "end": 16, "prefix": ""},
    }
    assert VEIL.value({"forms": {"Max Koch": 2}}) == {"forms": {"M. K.": 2}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Max Koch</p><p>Max</p><p>Koch</p>", "<p>M. K.</p><p>Max</p><p>M. K.</p>"),
        ("<b>who</b><i>Max Koch</i><b>when</b>", "<b>who</b><i>M. K.</i><b>when</b>"),
        ("<p>Max <mark>Koch</mark> &amp; Co</p>", "<p>M. K.<mark></mark> &amp; Co</p>"),
        ("<blockquote><p>Max Koch</p></blockquote>Koch", "<blockquote><p>[M. K.]</p></blockquote>M. K."),
        (
            '<span class="exact">Max <mark>sah</mark> Koch</span> Koch',
            '<span class="exact">Max <mark>sah</mark> [M. K.]</span> M. K.',
        ),
        ("<p>„<span>Koch</span>“</p>", "<p>„<span>[M. K.]</span>“</p>"),
        ('<a title="Max Koch" href="/c?s=Max+Koch&amp;t=1">x</a>', '<a title="M. K." href="/c?s=M.+K.&amp;t=1">x</a>'),
        ("<style>.Koch{}</style><!-- Koch -->", "<style>.Koch{}</style><!-- Koch -->"),
        (
            '<script type="application/json">{"name": "Max Koch <b>"}</script>',
            '<script type="application/json">{"name": "M. K. \\u003cb>"}</script>',
        ),
    ],
)
def test_names_in_a_page(before: str, after: str) -> None:
    assert veil_page(before, VEIL) == after


@pytest.mark.parametrize(
    ("name", "short"), [("Max Koch", "M. K."), ("Max-Peter von der Au", "M.-P. v. d. A."), ("R.", "R."), ("…", "N. N.")]
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


def test_examples_of_public_roles() -> None:
    listed = load("de/public_roles.toml")
    for example in [*listed["anywhere"]["examples"], *listed["whole"]["examples"]]:
        assert is_public(example), example
    for office in ("Chefarzt", "Kellnerin", "Anwohner", "Polizistin", "Königsmacher", "Zeugin", "Lehrer", ""):
        assert not is_public(office), office


@pytest.fixture
def own(sample_path: Path, tmp_path: Path) -> Path:
    path = tmp_path / "own.db"
    path.write_bytes(sample_path.read_bytes())
    return path


def test_who_is_private_in_the_sample_and_what_people_say(own: Path) -> None:
    archive = open_archive(str(own))
    names = {e.id: e.name for e in archive.linked().entities}
    private = {names[i] for i, one in publicity(archive).items() if one.private}
    assert {"Farid Haddadin", "Uwe Stolte"} <= private
    assert not {"Lidija Haddadin", "Gleb Tschuwarin", "Kirill Jantscharow", "Jens Harms"} & private
    for name, value in (("Farid Haddadin", "public"), ("Gleb Tschuwarin", "private")):
        decision = Decision(Verdict.GRADE, name, field=PRIVACY, value=value)
        judge(archive, decision, author="Ada", made_at=f"2026-01-01T10:00:0{len(name) % 9}+00:00")
    private = {names[i] for i, one in publicity(archive).items() if one.private}
    assert "Farid Haddadin" not in private
    assert "Gleb Tschuwarin" in private
    roles = veil_of(archive, "roles")
    assert roles.words("Uwe Stolte und Gleb Tschuwarin") == "Dienststellenleiter und Präsident"
    assert VEIL.words("Haddadin") == "Haddadin"
    archive.close()


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_no_format_has_a_private_name(sample_path: Path, form: str) -> None:
    archive = open_archive(str(sample_path))
    names = ("Farid", "Stolte", "Wiebke", "Dunja")
    try:
        order = Order(
            archive, words_for("de"), full_text=FORMATS[form].needs_text, known=read_holdings(archive, claims=True)
        )
        with veiling(veil_of(archive)):
            if FORMATS[form].needs_text:
                with pytest.raises(BadInput, match="without names"):
                    check(form, order)
                return
            out = io.BytesIO()
            write(form, order, out)
    finally:
        archive.close()
    found = _text(form, out.getvalue())
    assert [name for name in names if name in found] == []
    if form != "timelinejs":  # of events with a day, which name others
        assert "Lidija Haddadin" in found
        assert "F. H." in found


def _text(form: str, content: bytes) -> str:
    if form in {"csv", "docx"}:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if form == "parquet":
        from pyarrow import parquet

        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            tables = [parquet.read_table(io.BytesIO(packed.read(name))) for name in packed.namelist()]
        return json.dumps([table.to_pylist() for table in tables], ensure_ascii=False, default=str)
    if form == "pdf":
        import pypdfium2

        pages = pypdfium2.PdfDocument(content)
        return " ".join(pages[n].get_textpage().get_text_range() for n in range(len(pages))).replace("\r\n", " ")
    return content.decode("utf-8")


def test_nothing_is_veiled_unasked() -> None:
    assert veiled({"name": "Max Koch"}) == {"name": "Max Koch"}


def test_commands_veil(run: views_story.Run, own: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUELLENLAGE_ARCHIVE", str(own))
    assert run("dossier", "-o", "d.md", "--pseudonyms").exit_code == 0
    assert "Farid" not in (tmp_path / "d.md").read_text(encoding="utf-8")
    assert run("export", "--format", "ftm", "-o", "e.ftm", "--pseudonyms=roles").exit_code == 0
    assert "Chefarzt" in (tmp_path / "e.ftm").read_text(encoding="utf-8")
    refused = run("export", "--full-text", "--pseudonyms", "-o", "x.jsonl")
    assert (refused.exit_code, (tmp_path / "x.jsonl").exists()) == (1, False)
    assert run("judge", "public", "Farid Haddadin", "--author", "Ada").exit_code == 0
    assert "of public life" in run("judge", "list").output
    assert run("dossier", "-o", "d.md", "--pseudonyms").exit_code == 0
    assert "Farid" in (tmp_path / "d.md").read_text(encoding="utf-8")
    assert run("judge", "private", "Miren").exit_code == 1
