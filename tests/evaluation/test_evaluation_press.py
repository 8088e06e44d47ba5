"""The suite of press exports: its files are made the same on every run, and it counts what is cut wrongly."""

from __future__ import annotations

import pytest

from quellenlage.evaluation import press
from quellenlage.evaluation.press import Figures, File
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.model import Capture

NAMES = ("nexis_german-text.txt", "chronicle.txt")


def files() -> dict[str, File]:
    return {file.name: file for file in press.files("dev") if file.name in NAMES}


def captured(file: File) -> list[Capture]:
    found = capture_bytes(file.name, file.content, IntakeOptions("2026-01-01T00:00:00Z"))
    return [capture for capture in found if isinstance(capture, Capture)]


def test_the_halves_share_no_article() -> None:
    dev, report = ({s.headline for s in press.stories(part)} for part in ("dev", "report"))
    assert len(dev) == len(report) == 8
    assert not dev & report


def test_right_articles_and_what_was_cut_wrongly() -> None:
    file = files()["nexis_german-text.txt"]
    found = captured(file)
    right, joined = Figures(), Figures()
    press._compare(right, file, found)
    assert (right.articles.precision, right.articles.recall) == (1.0, 1.0)
    assert all(all(values) for values in right.fields.values())
    press._compare(joined, file, found[:3])
    assert joined.articles.recall == pytest.approx(3 / 8)
    assert joined.kept.recall < 1.0


def test_a_single_text_that_was_split_counts_against_it() -> None:
    file = files()["chronicle.txt"]
    figures = Figures()
    (one,) = captured(file)
    press._compare(figures, file, [one])
    press._compare(figures, file, [one, one])
    assert figures.whole == [True, False]
    assert figures.misses[0].expected == "whole"
