"""What `add` says of the files that it took in: one is told as one."""

from __future__ import annotations

import pytest

from quellenlage.execution import AddReport
from quellenlage.execution.intake import CollectionAdded
from quellenlage.intake import LeftOut, Skipped
from quellenlage.views.cli.settings import Settings
from quellenlage.views.cli.taking_in import intake_options, print_added
from quellenlage.views.locale import Lang


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "en",
            [
                "a.pdf: 1 article found, 1 added, 0 already there",
                "a.pdf, page 3: left out (cover page)",
                "a.pdf, pages 4–6: left out (cover page)",
                "a.pdf, line 7: left out (cover page)",
                *[f"a.pdf, line {n}: left out (cover page)" for n in range(8, 15)],
                "a.pdf: 1 more passage left out",
                "1 added, 0 already there.",
            ],
        ),
        (
            "de",
            [
                "a.pdf: 1 Artikel gefunden, 1 aufgenommen, 0 schon da",
                "a.pdf, Seite 3: ausgelassen (Deckblatt)",
                "a.pdf, Seiten 4–6: ausgelassen (Deckblatt)",
                "a.pdf, Zeile 7: ausgelassen (Deckblatt)",
                *[f"a.pdf, Zeile {n}: ausgelassen (Deckblatt)" for n in range(8, 15)],
                "a.pdf: 1 weitere Stelle ausgelassen",
                "1 aufgenommen, 0 schon da.",
            ],
        ),
    ],
)
def test_a_file_with_one_article(lang: Lang, expected: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    left = [LeftOut("cover-page", "pages", 3, 3), LeftOut("cover-page", "pages", 4, 6)]
    left += [LeftOut("cover-page", "lines", n, n) for n in range(7, 16)]
    done = AddReport(1, 0, (), (CollectionAdded("a.pdf", "", 1, added=1, left_out=tuple(left)),))
    print_added(done, Settings(lang=lang), hint=False)
    assert capsys.readouterr().err.splitlines() == expected


@pytest.mark.parametrize(("lang", "expected"), [("en", "a.warc: 1 record left out"), ("de", "a.warc: 1 Eintrag wegg")])
def test_one_record_that_is_left_out(lang: Lang, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = intake_options(Settings(lang=lang), {})
    assert options.on_skip
    options.on_skip(Skipped("a.warc", "warc-no-page", 1))
    assert capsys.readouterr().err.startswith(expected)
