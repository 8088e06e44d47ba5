"""What editors say of their own reports, in texts read from the beginning."""

from __future__ import annotations

import pytest

from quellenlage.annotate.language import words
from quellenlage.encoder import files
from quellenlage.model import Linked, RevisionKind, make_capture
from quellenlage.pipeline import analyse, connect

pytestmark = pytest.mark.skipif(not files.available(words.MODEL), reason="the model files are not in this tree")


@pytest.fixture(autouse=True)
def encoder(models: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as users do: kinds of words come from the encoder."""
    monkeypatch.setenv(files.VARIABLE, files.Models.DEFAULT)


def told(*texts: str) -> Linked:
    captures = [
        make_capture(
            source=f"{number}.txt",
            media_type="text/plain",
            content=text.encode(),
            text=text,
            captured_at=f"2025-01-01T00:00:0{number}Z",
        )
        for number, text in enumerate(texts)
    ]
    return connect([analyse(capture) for capture in captures], [], frozenset())


RESIGNED = (
    "ELBE-KURIER\n3. Juni 2024\n\nPräsident Holt wirft hin\n\n"
    "Der Präsident des Ruderverbands, Jens Holt, ist am Montag zurückgetreten. Das steht in einem Brief.\n"
)
WITHDRAWN = (
    "ELBE-KURIER\n4. Juni 2024\n\nRückzug eines Berichts\n\n"
    "Die Redaktion hat den Bericht „Präsident Holt wirft hin“ vom 3. Juni zurückgezogen. Die darin enthaltene "
    "Nachricht über einen Rücktritt von Jens Holt beruhte auf einem gefälschten Brief.\n"
)


def test_an_outlet_takes_a_named_report_back_and_the_note_bears_nothing_out() -> None:
    linked = told(RESIGNED, WITHDRAWN)
    first = linked.revisions[0].earlier
    assert [r.kind for r in linked.revisions] == [RevisionKind.WITHDRAWN]
    resigned = [event for event in linked.events if event.event_type == "PERSONNEL"]
    assert resigned
    assert {a.member.article for event in resigned for a in event.accounts} == {first}
    assert all(event.revised is RevisionKind.WITHDRAWN for event in resigned)


HURT = (
    "ELBE-KURIER\n1. Juli 2024\n\nTrainerin schwer verletzt\n\n"
    "Bei einem Unfall in Erfurt ist am Sonntag die Trainerin Ida Moll schwer verletzt worden. Zwei Begleiter starben.\n"
)
LIGHTLY = (
    "ELBE-KURIER\n2. Juli 2024\n\nTrainerin leicht verletzt\n\n"
    "Anmerkung der Redaktion: In einer früheren Fassung dieses Artikels hieß es, Ida Moll sei schwer verletzt worden. "
    "Wir haben das korrigiert.\n\n"
    "Bei einem Unfall in Erfurt ist am Sonntag die Trainerin Ida Moll leicht verletzt worden. Ein Begleiter starb.\n"
)
ELSEWHERE = LIGHTLY.replace("ELBE-KURIER", "HAFENZEITUNG")
OF_OTHERS = LIGHTLY.replace("Erfurt", "Kassel").replace("Ida Moll", "Eva Brand").replace("Unfall", "Sturz vom Rad")


def test_a_report_that_speaks_of_its_earlier_version_replaces_it_under_another_headline() -> None:
    linked = told(HURT, LIGHTLY)
    assert [r.kind for r in linked.revisions] == [RevisionKind.CORRECTED]
    assert "speaks-of-earlier-version" in linked.revisions[0].reasons
    assert ("schwer", "leicht") in [(change.was, change.now) for change in linked.revisions[0].changes]


@pytest.mark.parametrize("newer", [ELSEWHERE, OF_OTHERS], ids=["another outlet", "another matter"])
def test_no_other_report_is_taken_for_the_earlier_version(newer: str) -> None:
    assert not [r for r in told(HURT, newer).revisions if r.earlier and r.earlier != r.article]


LEAD = (
    "Bei einem Brand in einem Pflegeheim in Graz sind in der Nacht zum Samstag zwölf Bewohner ums Leben gekommen. "
    "Die Feuerwehr war mit 140 Leuten vor Ort."
)


def test_news_that_two_papers_open_with_is_one_account_though_the_second_goes_on_to_other_things() -> None:
    more = "Schnee lag indes in Kiel. Der Verkehr kam zum Erliegen, und Busse fuhren nicht mehr in die Stadt."
    linked = told(
        f"ELBE-KURIER\n13. Januar 2024\n\nTote in Graz\n\n{LEAD} Die Ursache war am Abend noch nicht bekannt.\n",
        f"HAFENZEITUNG\n14. Januar 2024\n\nFlammen und Schnee\n\n{LEAD}\n\n{more}\n",
    )
    assert [(r.kind, len(r.passages)) for r in linked.reuses] == [("reprint", 1)]
    deaths = [event for event in linked.events if event.event_type == "DEATH"]
    assert len(deaths) == 1
    assert len(deaths[0].corroboration.origins) == 1


def test_two_people_before_one_court_on_one_day_are_two_judgements() -> None:
    linked = told(
        "ELBE-KURIER\n12. März 2024\n\nUrteil\n\nDas Amtsgericht Aachen hat Uwe Stolz am Montag freigesprochen.\n",
        "HAFENZEITUNG\n13. März 2024\n\nUrteil\n\nDas Amtsgericht Aachen hat am Montag Ali Demir verurteilt.\n",
    )
    assert all(len({a.member.article for a in event.accounts}) == 1 for event in linked.events)
