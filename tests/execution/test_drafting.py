from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quellenlage.encoder import files
from quellenlage.evaluation import data
from quellenlage.evaluation.drafts import archived
from quellenlage.execution.drafting import DraftReport, Finding, Verdict, check_draft
from quellenlage.execution.drafting.reading import MOST_LETTERS
from quellenlage.model import Archive, make_judgement
from quellenlage.model import Verdict as Decision
from quellenlage.store import open_archive

DAY = "2024-02-01"
ARRIVAL = ("clipping_01", "2018-09-18", "clipping_26", "clipping_04")
"""Articles of the demo archive that tell of the arrival of the troops."""


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts are read as users read them, with the encoder."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


@pytest.fixture(scope="module")
def ferry() -> Iterator[Archive]:
    with data.reading_with(files.Models.DEFAULT), archived("ferry") as archive:
        yield archive


@pytest.fixture(scope="module")
def sample() -> Iterator[Archive]:
    with data.reading_with(files.Models.DEFAULT), archived("sample", *ARRIVAL) as archive:
        yield archive


def first(report: DraftReport, words: str) -> Finding:
    return next(s.main for s in report.sentences if words in s.draft.exact)


def checked(archive: Archive, text: str) -> Finding:
    (sentence,) = check_draft(archive, text, dct=DAY).sentences
    return sentence.main


def test_a_wrong_number_and_an_inexact_quotation_are_found_in_the_demo_archive(sample: Archive) -> None:
    report = check_draft(
        sample,
        "Am 17. September 2018 gingen im Hafen von Miren 700 Soldaten aus Perkonien an Land. „Wir haben Gäste "
        "eingeladen, und sie sind gekommen“, sagte Präsident Nadir al-Kaswani am Kai.",
        dct=DAY,
    )
    number = first(report, "700 Soldaten")
    assert (number.label, number.sure, number.draft.exact) == ("number", True, "700 Soldaten")
    assert {one.exact for one in number.exact} <= {"600 Soldaten", "800 Soldaten"} | {one.exact for one in number.exact}
    assert "600 Soldaten" in {one.exact for one in number.exact}
    assert len(number.origins) > 1
    quote = first(report, "Gäste")
    assert (quote.verdict, quote.sure) == (Verdict.INEXACT, True)
    assert [(w.side, w.text) for w in quote.difference if w.side != "both"] == [
        ("draft", "Gäste"),
        ("archive", "Freunde"),
    ]
    assert quote.exact[0].exact == "Wir haben Freunde eingeladen, und sie sind gekommen"


def test_every_finding_rests_on_slices_of_both_texts(ferry: Archive) -> None:
    text = (
        "Die Fähre „Seeschwalbe“ rammte am 3. Mai 2022 die Mole von Olmvik. "
        "Bei dem Unfall wurden 46 Menschen verletzt. "
        "„Die Bremse hat gegriffen“, sagte Kapitän Ole Brandtner. Die Reederei kaufte eine Insel. Das war es."
    )
    report = check_draft(ferry, text, dct=DAY)
    assert [s.main.label for s in report.sentences] == ["supported", "number", "inexact", "nothing", "unchecked"]
    for sentence in report.sentences:
        assert sentence.draft.exact == text[sentence.span.start : sentence.span.end]
        for finding in sentence.findings:
            assert finding.draft.exact == text[finding.span.start : finding.span.end]
            for cited in finding.evidence:
                stored = ferry.document(cited.evidence.article).text
                assert cited.evidence.holds_in(stored)
                assert cited.told is None or cited.told.holds_in(stored)


@pytest.mark.parametrize(
    ("draft", "label"),
    [
        ("Bei dem Unfall wurden 26 Menschen verletzt.", "supported"),
        ("Der Landtag stimmte im Februar 2023 für die Brücke.", "date"),
        ("Die Fähre wird in der Werft von Olmvik repariert.", "place"),
        ("„Das ist das Ende der Warterei“, sagte Erik Vasshaug.", "speaker"),
        ("„Das ist das Ende der Warterei“, sagte Tove Granlund.", "supported"),
        ("Die Unfallkommission gab Kapitän Ole Brandtner die Schuld.", "denied"),
        ("Jon Eskildal warf der Nordlinie vor, die Wartung verschleppt zu haben.", "agent"),
    ],
)
def test_what_the_archive_says_instead(ferry: Archive, draft: str, label: str) -> None:
    found = checked(ferry, draft)
    assert (found.label, found.sure) == (label, True)


@pytest.mark.parametrize(
    ("draft", "label", "sure"),
    [
        ("Die ersten Soldaten gingen im Hafen der karvenischen Stadt Miren an Land.", "supported", True),
        ("Die ersten Soldaten gingen im Hafen der karvenischen Stadt Dorvat an Land.", "place", True),
    ],
)
def test_what_only_describes_a_place_is_no_part_of_its_name(
    sample: Archive, draft: str, label: str, sure: bool
) -> None:
    found = checked(sample, draft)
    assert (found.label, found.sure) == (label, sure)
    assert "open:place" not in found.reasons


def test_a_marked_omission_leaves_a_quotation_exact(ferry: Archive) -> None:
    exact = checked(ferry, "„Die Bremse […] nicht gegriffen“, sagte Kapitän Ole Brandtner.")
    assert (exact.verdict, exact.sure) == (Verdict.SUPPORTED, True)
    turned = checked(ferry, "„Die Bremse hat gegriffen“, sagte Kapitän Ole Brandtner.")
    assert "negation-only-in:archive" in turned.reasons


def test_a_name_in_another_spelling_is_understood(sample: Archive) -> None:
    found = checked(sample, "„Das ist ein Dienst unter Nachbarn“, sagte Vadim Sheludko.")
    assert (found.label, found.sure) == ("supported", True)


def test_accounts_that_disagree_stand_beside_each_other(sample: Archive) -> None:
    (sentence,) = check_draft(sample, "Rund 800 Soldaten gingen im Hafen von Miren an Land.", dct=DAY).sentences
    assert sentence.main.verdict is Verdict.SUPPORTED
    assert [f.label for f in sentence.findings if f.disputed] == ["number"]


def test_nothing_is_written(tmp_path: Path) -> None:
    location = tmp_path / "empty.db"
    open_archive(str(location), create=True).close()
    before = location.read_bytes()
    archive = open_archive(str(location))
    report = check_draft(archive, "In Olmvik wurden 46 Menschen verletzt. „Wir sind da“, sagte Ole Brandtner.")
    archive.close()
    assert [s.main.label for s in report.sentences] == ["nothing", "nothing"]
    assert location.read_bytes() == before
    with sqlite3.connect(location) as connection:
        assert connection.execute("select count(*) from captures").fetchone() == (0,)


@pytest.mark.parametrize(
    "text", ["", " \n\t ", "\u200b", "\x00\x01\x02", "„", "“", "„“", "„“ „“ »«", '"""""', "…", "[…]"]
)
def test_a_draft_without_words_has_nothing_to_find(ferry: Archive, text: str) -> None:
    report = check_draft(ferry, text)
    assert report.text == text
    assert {f.label for s in report.sentences for f in s.findings} <= {"unchecked", "nothing"}


@pytest.mark.parametrize(
    "text",
    [
        "„Die Bremse hat nicht gegriffen, sagte Kapitän Ole Brandtner.",
        "Die Bremse hat nicht gegriffen“, sagte Kapitän Ole Brandtner.",
        "„„Die Bremse“ hat „nicht „gegriffen““, sagte Ole Brandtner.",
        "„Die Bremse\x00 hat\u202e nicht\u200b gegriffen“, sagte Ole\x07 Brandtner.",
        "<script>alert('Olmvik')</script> „Die Bremse“",
        '\'); drop table captures; -- "Olmvik* OR NEAR("',
        "„" + "Bremse " * 900 + "“",
    ],
)
def test_hostile_drafts_are_read(ferry: Archive, text: str) -> None:
    report = check_draft(ferry, text, dct=DAY)
    assert all(s.draft.exact == text[s.span.start : s.span.end] for s in report.sentences)


def test_a_huge_draft_is_cut_and_said_to_be(ferry: Archive) -> None:
    text = "Die Mole von Olmvik ist lang. " * 35_000
    started = time.monotonic()
    report = check_draft(ferry, text, dct=DAY, limit=20)
    assert report.cut
    assert 0 < report.checked_to <= MOST_LETTERS
    assert len(report.sentences) == 20
    assert time.monotonic() - started < 120


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="aÄß „“”»«\"'…[]().,!?\n\r\t\u200b\u0301\ud83dOle Brandtner 23456", max_size=80))
def test_any_text_keeps_its_offsets(ferry: Archive, text: str) -> None:
    report = check_draft(ferry, text, dct=DAY)
    for sentence in report.sentences:
        assert sentence.findings
        assert sentence.draft.exact == text.replace("\ud83d", "\ufffd")[sentence.span.start : sentence.span.end]
        assert all(sentence.span.contains(f.span) for f in sentence.findings)


def test_a_draft_is_checked_after_people_decided_about_claims() -> None:
    """Rejected claims and corrected speakers are read into the documents that drafts are compared with."""
    with data.reading_with(files.Models.DEFAULT), archived("ferry") as archive:
        document = next(one for one in archive.documents() if len(one.claims) > 1)
        rejected, corrected = document.claims[:2]
        for verdict, claim, field, value in (
            (Decision.REJECT, rejected, None, None),
            (Decision.CORRECT, corrected, "speaker", "Ole Brandtner"),
        ):
            key = claim.key(document.article.id)
            archive.add_judgement(
                make_judgement(verdict, key, made_at=f"{DAY}T00:00:00Z", author="a", field=field, value=value)
            )
        sentence = document.text[rejected.spans[0].start : rejected.spans[-1].end]
        assert check_draft(archive, f"{sentence}. Das teilte die Polizei mit.", dct=DAY).sentences
