"""The whole way from a clipping to its claims, on real clippings where they lie beside the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quellenlage.model import Claim, Document, make_capture
from quellenlage.pipeline import analyse

SEEDS = Path(os.environ.get("QUELLENLAGE_DATA", Path(__file__).parents[4] / "shared" / "data")) / "seeds"


def read(number: str) -> Document:
    found = sorted(SEEDS.glob(f"{number}_*.txt")) if SEEDS.is_dir() else []
    if not found:
        pytest.skip(f"no clippings at {SEEDS}")
    raw = found[0].read_bytes()
    capture = make_capture(
        source=found[0].name,
        media_type="text/plain",
        content=raw,
        text=raw.decode("utf-8"),
        captured_at="2026-01-01T00:00:00+00:00",
        encoding="utf-8",
    )
    return analyse(capture)


def about(document: Document, words: str) -> list[Claim]:
    return [c for c in document.claims if any(words in s.of(document.text) for s in c.spans)]


def names(document: Document, claim: Claim) -> list[list[str]]:
    return [[document.entity(e).name.split()[-1] for e in link] for link in claim.chain]


def test_three_links() -> None:
    document = read("001")
    claim = about(document, "mit Zuversicht sagen")[0]
    assert names(document, claim) == [["Putin"], ["Peskow"], ["Interfax"]]
    assert str(claim.evidentiality) == "hedged"
    claim = about(document, "auf einem Kommandoposten")[0]
    assert names(document, claim) == [["Peskow"], ["Interfax"]]


def test_knowing_nothing_and_rejecting() -> None:
    document = read("003")
    claim = about(document, "darüber sei ihm nichts bekannt")[0]
    assert (names(document, claim), str(claim.polarity)) == ([["Peskow"]], "unknown")
    claim = about(document, "Militär wies den Bericht zurück")[0]
    assert (names(document, claim), str(claim.polarity)) == ([["Militär"]], "denied")


def test_nobody_answered_and_somebody_relayed() -> None:
    document = read("000")
    assert any(str(c.polarity) == "unknown" and names(document, c) == [["Peskov"]] for c in document.claims)
    claim = about(document, "läuft weiter“")[-1]
    assert names(document, claim)[-1] == ["Novosti"]
    assert len(claim.chain) == 2
