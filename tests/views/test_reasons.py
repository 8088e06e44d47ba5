"""Reasons for people: whole phrases, with names as the articles spell them and states by their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.link.entities.profile import companion_key
from quellenlage.model import Entity, EntityKind, Linked, Member, fold
from quellenlage.names import compare
from quellenlage.views.locale import Lang, words_for
from quellenlage.views.wording.offices import office_name
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.spelled import Spelled, spelled_in
from quellenlage.views.wording.states import state_name


def told(reason: str, *names: str, lang: Lang = "de") -> str:
    [text] = reason_words([reason], words_for(lang), Spelled(names))
    return text


def entity(number: int, name: str, article: str = "a", kind: EntityKind = EntityKind.PER) -> Entity:
    return Entity(f"ent-{number}", kind, name, (Member(article, f"e{number}"),), (name,))


@pytest.mark.parametrize(
    ("reason", "names", "german", "english"),
    [
        ("surname:mueller", ("Jörg Müller",), "derselbe Nachname: Müller", "the same surname: Müller"),
        ("word:mueller~mueller", ("Jörg Müller",), "dasselbe Wort: Müller", "the same word: Müller"),
        (
            "spelling:peskow~peskov",
            ("Dmitri Peskow", "Dmitry Peskov"),
            "andere Schreibung: Peskow / Peskov",
            "spelled otherwise: Peskow / Peskov",
        ),
        (
            "spelling:peskow~peskov",
            ("Дмитрий Песков", "Dmitry Peskov"),
            "andere Schreibung: Песков / Peskov",
            "spelled otherwise: Песков / Peskov",
        ),
        ("extra:abdrahman", ("Omar Abd al-Rahman",), "nur auf einer Seite: Abd al-Rahman", None),
        ("extra:jongun", ("Kim Jong-un",), "nur auf einer Seite: Jong-un", None),
        ("word:mcdonald~mcdonald", ("Ann McDonald",), "dasselbe Wort: McDonald", None),
        ("short-form:hts", ("HTS", "Hajat Tahrir al-Scham"), "eingeführte Kurzform: HTS", None),
        ("office:kremlsprecher", ("Kremlsprecher",), "dasselbe Amt: Kremlsprecher", None),
        ("state:ru", (), "derselbe Staat: Russland", "the same state: Russia"),
        (
            "states-differ:ru+ua~us",
            (),
            "verschiedene Staaten: Russland und Ukraine / Vereinigte Staaten",
            "different states: Russia and Ukraine / United States",
        ),
        ("kind:PER~ORG", (), "verschiedene Arten: Person / Organisation", None),
        ("births-differ:1950-1951~1960", (), "verschiedene Geburtsjahre: 1950-1951 / 1960", None),
        ("offices:us-state,ru-foreign", (), "2 Ämter kommen in Frage", "2 offices come into question"),
        ("several:1", (), "1 kommt in Frage", "1 comes into question"),
        ("days:1", (), "1 Tag auseinander", "1 day apart"),
        ("days:4", (), "4 Tage auseinander", "4 days apart"),
        (
            "term:ru-president:2000-05-07/2008-05-07",
            (),
            "nach der Tabelle der Amtszeiten: Kremlchef, 07.05.2000 – 07.05.2008",
            "by the table of terms of office: Kremlchef, 7 May 2000 – 7 May 2008",
        ),
        (
            "term:fi-president:2012-03-01/..:unverified",
            (),
            "nach der Tabelle der Amtszeiten: Präsident (Finnland), ab 01.03.2012",
            None,
        ),
        ("archive-office:ru-spokes:art-0123", (), "nach einem anderen Artikel: Kremlsprecher", None),
        ("archive-office:bahnchef:art-0123", ("Bahn-Chef",), "nach einem anderen Artikel: Bahn-Chef", None),
        (
            "office-in-time:Minister of Foreign Affairs of Russia",
            (),
            "dasselbe Amt zur selben Zeit: Minister of Foreign Affairs of Russia",
            None,
        ),
        ("no-such-code:x", (), "no-such-code:x", "no-such-code:x"),
    ],
)
def test_a_reason_in_words(reason: str, names: tuple[str, ...], german: str, english: str | None) -> None:
    assert told(reason, *names) == german
    if english is not None:
        assert told(reason, *names, lang="en") == english


def test_a_name_that_nobody_spells_gets_capitals() -> None:
    assert told("surname:mueller") == "derselbe Nachname: Mueller"


def test_company_is_named_as_spelled_and_left_out_where_it_is_unclear() -> None:
    peskow, weber, other = entity(1, "Peskow"), entity(2, "Karla Weber"), entity(3, "Kurt Weber")
    reason = f"surname:peskow; companion:{companion_key('Karla Weber')}"
    german = words_for("de")
    known = spelled_in(Linked(entities=(peskow, weber)), peskow)
    assert reason_words([reason], german, known) == [
        "derselbe Nachname: Peskow",
        "neben derselben Person genannt: Karla Weber",
    ]
    for linked in (Linked(entities=(peskow, weber, other)), Linked(entities=(peskow,))):
        assert reason_words([reason], german, spelled_in(linked, peskow))[1] == "neben derselben Person genannt"
    elsewhere = Linked(entities=(peskow, entity(2, "Karla Weber", "b")))
    assert reason_words([reason], german, spelled_in(elsewhere, peskow))[1] == "neben derselben Person genannt"


def test_two_names_in_common() -> None:
    bank, peskow = entity(2, "Österreichische Bank", kind=EntityKind.ORG), entity(1, "Peskow")
    linked = Linked(entities=(peskow, bank, entity(3, "Kurt Weber")))
    reason = f"companions:oesterreichische bank+{companion_key('Kurt Weber')}"
    [text] = reason_words([reason], words_for("de"), spelled_in(linked, peskow))
    assert text == "neben denselben Namen genannt: Österreichische Bank, Kurt Weber"


@given(
    st.lists(st.sampled_from("Jörg Müller Öztürk Şahin Łukasz al-Scharaa van Dijk Weiß O'Neill".split()), min_size=2)
)
def test_whatever_two_equal_names_have_in_common_is_told_as_spelled(parts: list[str]) -> None:
    name = " ".join(parts)
    reasons = compare(EntityKind.PER, name, name.upper()).reasons
    folded = {fold(part) for part in parts if fold(part) != part.lower()}
    for text in reason_words(reasons, words_for("de"), Spelled((name,))):
        assert folded.isdisjoint(text.rpartition(": ")[2].lower().split())


def test_offices_and_states_that_are_none() -> None:
    assert office_name("no-office", words_for("de")) == ""
    assert state_name("q9", words_for("de")) == "Q9"
    assert (state_name("de-by", words_for("en")), state_name("eu", words_for("de"))) == ("Germany", "Europäische Union")
