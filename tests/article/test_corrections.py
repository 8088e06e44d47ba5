"""Notes in which an article tells of its own correction, beside news in which somebody corrects or withdraws."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.article.corrections import ZONE_RULE, Rule, find_notices, rules, set_apart
from quellenlage.model import READ_ZONES, Article, Given, RevisionKind, Zone, ZoneKind

from .conftest import MakeArticle

HEAD = "Brand im Lagerhaus von Kalt-Hafen"
BODY = (
    "Bei einem Brand im Lagerhaus von Kalt-Hafen sind am Dienstag 14 Menschen verletzt worden. Die Feuerwehr war mit "
    "drei Zügen im Einsatz, wie ein Sprecher der Stadt mitteilte."
)
MORE = (
    "Das Lagerhaus stammt aus dem Jahr 1921 und stand seit Jahren leer. Der Hafenmeister sagte, man habe mehrfach auf "
    "die Gefahr hingewiesen. Am Abend war das Feuer gelöscht."
)
CORRECTED, UPDATED, WITHDRAWN = RevisionKind.CORRECTED, RevisionKind.UPDATED, RevisionKind.WITHDRAWN

NOTES: list[tuple[str, RevisionKind]] = [
    ("Korrektur: Das Feuer brach am Dienstag aus, nicht am Montag.", CORRECTED),
    ("Berichtigung: Im 2. Absatz muss es heißen: 14 statt 41.", CORRECTED),
    ("(Berichtigung: im 1. Absatz, 1. Satz, muss es „14“ statt „41“ heißen.)", CORRECTED),
    (
        "In einer früheren Version dieses Artikels hieß es, 41 Menschen seien verletzt worden. Das ist falsch.",
        CORRECTED,
    ),
    (
        "*In einer früheren Fassung dieses Textes stand, das Lagerhaus stamme von 1912. Wir haben das korrigiert.",
        CORRECTED,
    ),
    ("Wir haben die Zahl der Verletzten nachträglich korrigiert.", CORRECTED),
    ("Anm. d. Red.: Die Zahl war zunächst fälschlich mit 41 angegeben.", CORRECTED),
    ("Anmerkung der Redaktion: Der Name des Hafenmeisters wurde berichtigt.", CORRECTED),
    ("Dieser Artikel wurde nachträglich korrigiert.", CORRECTED),
    ("Richtigstellung: Der Hafenmeister heißt Tjark Bolland.", CORRECTED),
    ("An earlier version of this article misstated the number of injured. It was 14, not 41.", CORRECTED),
    ("Correction: The fire broke out on Tuesday.", CORRECTED),
    ("This story has been corrected.", CORRECTED),
    ("The second paragraph should read 14 instead of 41.", CORRECTED),
    ("Aktualisiert am 13.05.2020, 14:30 Uhr", UPDATED),
    ("Update vom 13. Mai 2020, 14 Uhr: Das Feuer ist gelöscht.", UPDATED),
    ("Dieser Artikel wurde zuletzt am Abend aktualisiert.", UPDATED),
    ("Diese Meldung wird hiermit zurückgezogen.", WITHDRAWN),
    ("Achtung Redaktionen: Bitte die Meldung „Brand im Lagerhaus“ nicht verwenden!", WITHDRAWN),
    ("Wir ziehen unsere Meldung „Brand im Lagerhaus von Kalt-Hafen“ zurück.", WITHDRAWN),
    ("Dieser Artikel wurde von der Redaktion zurückgezogen.", WITHDRAWN),
    ("This story has been withdrawn.", WITHDRAWN),
]
NEWS = [
    "Der Minister sprach von einer Kurskorrektur. Korrekturen am Haushalt lehnte er ab.",
    "Der Konzern korrigierte seine Prognose und nannte 14 statt 41 Millionen.",
    "Die Fraktion zog den Antrag zurück. Auch die Klage wurde zurückgezogen.",
    "„Wir haben die Zahlen korrigiert“, sagte der Minister.",
    "Wir haben die Angaben korrigiert, sagte eine Sprecherin des Amtes.",
    "In einer früheren Fassung des Berichts der Kommission hieß es, 41 Menschen seien verletzt.",
    "Im ersten Absatz des Vertrags heißt es, der Hafen sei frei.",
    "„Im ersten Absatz muss es heißen: Die Küste ist frei“, forderte der Abgeordnete.",
    "Die Nachrichtenagentur zog die Meldung am Abend zurück.",
    "Die Truppen wurden zurückgezogen. Diese Einheiten wurden aktualisiert ausgerüstet.",
    "(Anm. d. Red.: Das Gespräch fand vor dem Brand statt.)",
    "(Wiederholung der Meldung von 14.30 Uhr)",
    "Der Hersteller hat das Produkt zurückgezogen. Bitte nicht trinken, mahnt das Amt.",
    "Korrektur tut not, meint der Hafenmeister.",
    "Artikel 5 wurde korrigiert; in einer früheren Fassung des Artikels 5 stand es anders.",
    "„Diese Meldung wird zurückgezogen“, rief der Sprecher in den Saal.",
]
HEADLINES: list[tuple[str, RevisionKind | None]] = [
    ("KORREKTUR: Vierzehn Verletzte nach Brand", CORRECTED),
    ("Berichtigung: Vierzehn Verletzte nach Brand", CORRECTED),
    ("Achtung: Meldung „Minister tritt zurück“ wird zurückgezogen", WITHDRAWN),
    ("KILL: Minister tritt zurück", WITHDRAWN),
    ("UPDATE 2-Fähre sinkt im Sturm vor Kalt-Hafen", UPDATED),
    ("Kurskorrektur: Der Minister lenkt ein", None),
    ("Truppen zurückgezogen: Ruhe am Fluss", None),
    ("Nach der Korrektur: Anleger greifen zu", None),
]


@pytest.mark.parametrize("below", [True, False], ids=["below", "above"])
@pytest.mark.parametrize(("note", "kind"), NOTES)
def test_a_note_stands_in_a_zone_of_its_own(article: MakeArticle, note: str, kind: RevisionKind, below: bool) -> None:
    parts = [HEAD, BODY, MORE, note] if below else [HEAD, note.strip(), BODY, MORE]
    made = article("\n\n".join(parts))
    assert [n.kind for n in made.notices] == [kind]
    assert note.startswith(made.notices[0].span.of(made.text)[:20])
    apart = [z for z in made.zones if z.rule.startswith(ZONE_RULE)]
    assert {(z.start, z.end) for z in apart} <= {(n.start, n.end) for n in made.notices}
    assert all(z.kind in READ_ZONES for z in apart)
    rest = "".join(z.span.of(made.text) for z in made.zones if z not in apart and z.kind in READ_ZONES)
    assert note.strip() not in rest
    assert BODY in rest
    assert MORE in rest


@pytest.mark.parametrize("below", [True, False], ids=["below", "above"])
@pytest.mark.parametrize("news", NEWS)
def test_who_corrects_or_withdraws_something_is_in_the_news(article: MakeArticle, news: str, below: bool) -> None:
    made = article("\n\n".join([HEAD, BODY, MORE, news] if below else [HEAD, news, BODY, MORE]))
    assert made.notices == ()


@pytest.mark.parametrize(("headline", "kind"), HEADLINES)
def test_headlines(article: MakeArticle, headline: str, kind: RevisionKind | None) -> None:
    made: Article = article(f"{headline}\n\n{BODY}\n\n{MORE}", given=Given(title=headline))
    assert [n.kind for n in made.notices] == ([kind] if kind else [])


def test_a_note_in_a_long_paragraph_takes_no_more_than_what_goes_on_with_it(article: MakeArticle) -> None:
    note = "In einer früheren Version dieses Artikels hieß es, 41 Menschen seien verletzt. Richtig ist: 14 Verletzte."
    made = article(f"{HEAD}\n\n{note} {BODY}")
    assert [n.span.of(made.text) for n in made.notices] == [note]


def test_a_bracket_before_a_note_does_not_end_it(article: MakeArticle) -> None:
    note = "(Bote) - Berichtigung: In unserem Artikel „Sturm über Kiel“ muss es im 1. Absatz heißen: 3 statt 30."
    (notice,) = article(f"Berichtigung\n\n{note}\n\n{BODY}").notices
    assert notice.about is not None
    assert notice.wrong is not None


def test_what_was_wrong_and_what_is_right(article: MakeArticle) -> None:
    told = {
        "Berichtigung: Im 2. Absatz muss es heißen: 14 statt 41.": ("41", "14"),
        "Korrektur: Im zweiten Absatz muss es richtig heißen „am Mittwoch“ (nicht: „am Dienstag“).": (
            "am Dienstag",
            "am Mittwoch",
        ),
        "Korrektur: Verletzt wurden nicht 41 Menschen, sondern 14 Menschen.": ("41 Menschen", "14 Menschen"),
        "The second paragraph should read Tuesday instead of Monday.": ("Monday", "Tuesday"),
    }
    for note, (wrong, right) in told.items():
        made = article(f"{HEAD}\n\n{BODY}\n\n{note}")
        (notice,) = made.notices
        assert notice.wrong is not None, note
        assert notice.right is not None, note
        assert (notice.wrong.of(made.text), notice.right.of(made.text)) == (wrong, right)


def test_the_headline_that_a_note_names_is_kept(article: MakeArticle) -> None:
    made = article("Hinweis an alle\n\nAchtung Redaktionen: Bitte die Meldung „Minister tritt zurück“ nicht verwenden!")
    (notice,) = made.notices
    assert notice.about is not None
    assert notice.about.of(made.text) == "Minister tritt zurück"


def test_the_day_of_change_comes_from_the_container_and_from_the_words(article: MakeArticle) -> None:
    changed = Given(published="2020-05-12T08:00:00Z", modified="2020-05-13T09:00:00Z")
    made = article(f"{HEAD}\n\n{BODY}\n\nAktualisiert am 13.05.2020, 14:30 Uhr", given=changed)
    assert str(made.modified) == "2020-05-13"
    assert [str(n.day) for n in made.notices] == ["2020-05-13"]
    same = Given(published="2020-05-12T08:00:00Z", modified="2020-05-12T09:00:00Z")
    assert article(f"{HEAD}\n\n{BODY}", given=same).modified is None


def _placed(rule: Rule, words: str) -> tuple[str, list[Zone]]:
    kind = ZoneKind.HEADLINE if rule.where == "headline" else ZoneKind.BODY
    return words, [Zone(0, len(words), kind)]


EXAMPLES = [(rule, words) for rule in rules() for words in rule.examples]
COUNTER = [(rule, words) for rule in rules() for words in rule.counter]


@pytest.mark.parametrize(("rule", "words"), EXAMPLES, ids=lambda v: v.name if isinstance(v, Rule) else v)
def test_examples_are_found(rule: Rule, words: str) -> None:
    assert rule.kind in {n.kind for n in find_notices(*_placed(rule, words))}


@pytest.mark.parametrize(("rule", "words"), COUNTER, ids=lambda v: v.name if isinstance(v, Rule) else v)
def test_counterexamples_are_not(rule: Rule, words: str) -> None:
    assert find_notices(*_placed(rule, words)) == ()


_PIECES = (
    "Korrektur: ",
    "14 statt 41",
    "Diese Meldung wird zurückgezogen. ",
    "„",
    "“",
    "(",
    ")",
    "\n",
    " ",
    "Die Fähre. ",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join), st.sampled_from(ZoneKind))
def test_notes_never_overlap_and_zones_still_cover_the_text(text: str, kind: ZoneKind) -> None:
    zones = [Zone(0, len(text), kind)] if text.strip() else []
    notices = find_notices(text, zones)
    assert all(a.end <= b.start for a, b in pairwise(notices))
    cut = set_apart(zones, notices, text)
    assert all(a.end <= b.start for a, b in pairwise(cut))
    covered = {at for z in cut for at in range(z.start, z.end)}
    assert all(at in covered for z in zones for at in range(z.start, z.end) if not text[at].isspace())
