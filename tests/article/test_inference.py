from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from quellenlage.article.inference.clues import EVER, Passage, intersect, merge
from quellenlage.article.inference.falls import find_falls
from quellenlage.article.inference.offices import office_clues
from quellenlage.model import Article, DateInterval
from quellenlage.resources import load

PROSE = "Die Fähre legte am Morgen wieder im Hafen an, wie der Lotse dem Amt der Stadt mitteilte."
Build = Callable[..., Article]


def value(built: Article) -> str | None:
    return built.dct.value if built.dct else None


def test_office_and_name_bound_the_date_with_their_words(article: Build) -> None:
    text = f"{PROSE} Das begrüßten US-Präsident Barack Obama und Bundeskanzlerin Angela Merkel."
    dct = article(text).dct
    assert dct is not None
    assert (dct.earliest, dct.latest, dct.method) == (date(2009, 1, 17), date(2017, 1, 23), "inferred")
    assert "US-Präsident Barack Obama" in [span.of(text) for span in dct.evidence]


OFFICES = load("de/terms_of_office.toml")["meta"]


@pytest.mark.parametrize(
    "words",
    [
        *OFFICES["examples"],
        "Präsident Barack Obama",
        "des amerikanischen Präsidenten Obama",
        "Pentagon-Chef Carter",
        "die Verteidigungsminister Sergej Schoigu und Ashton Carter",
        "Frankreichs Präsident Hollande",
        "Papst Benedikt XVI.",
        "Kremlchef Dmitrij Medwedew",
        "Präsident Baschar al-Assad",
        "der syrische Präsident Assad",
        "Kanzler Gerhard Schröder",
    ],
)
def test_offices_are_read(words: str) -> None:
    assert office_clues([Passage(f"Das sagte {words} am Abend.", 0)], frozenset())


@pytest.mark.parametrize(
    "words",
    [
        *OFFICES["counter"],
        "Altkanzler Gerhard Schröder",
        "der damalige Außenminister Colin Powell",
        "Präsident Obama",
        "unter US-Präsident George W. Bush",
        "Obama",
        "der künftige Bundeskanzler Olaf Scholz",
        "Präsident Müller",
        "US-Präsident Barack Obama im Jahr 2011",
        "Johannes II.",
        "Amtsvorgänger Präsident Bill Clinton",
    ],
)
def test_what_is_past_or_unclear_is_no_office(words: str) -> None:
    assert office_clues([Passage(f"Das sagte {words} am Abend.", 0)], frozenset()) == []


def test_a_surname_shared_by_two_holders_allows_both() -> None:
    (clue,) = office_clues([Passage("Das sagte US-Präsident Bush am Abend.", 0)], frozenset())
    assert [interval.earliest.year for interval in clue.allowed] == [1989, 2001]


def test_a_fall_told_as_done_is_a_lower_bound_and_so_long_ago_an_interval(article: Build) -> None:
    fallen = "Rebellen haben den syrischen Machthaber Baschar al-Assad gestürzt."
    assert value(article(f"{PROSE} {fallen}", captured="2025-02-03T10:00:00Z")) == "2024-12-08/2025-02-03"
    assert article(f"{PROSE} {fallen}").dct is None
    week = "Das Regime von Assad ist verschwunden, seit es vor zwei Wochen gestürzt wurde."
    assert value(article(f"{PROSE} {fallen} {week}")) == "2024-12-20/2024-12-24"


@pytest.mark.parametrize(
    "sentence",
    [
        "Washington strebte lange den Sturz Assads an.",
        "Assad soll gestürzt werden.",
        "Die Zeit nach dem Sturz Assads beschäftigt die Gegner.",
        "Wenn Assad gestürzt wird, fliehen viele.",
    ],
)
def test_a_fall_that_is_wished_or_told_once_in_passing_is_no_bound(sentence: str) -> None:
    assert find_falls([Passage(sentence, 0)]).clues == ()


def test_who_is_told_as_dead_does_not_bound_the_date(article: Build) -> None:
    text = f"{PROSE} Palästinenserpräsident Jassir Arafat sei vergiftet worden. Seine Leiche wird geprüft."
    assert article(text).dct is None


def test_weekday_and_date_agree_in_one_year_of_the_term(article: Build) -> None:
    text = f"{PROSE} Am Freitag (18. September) sprach US-Verteidigungsminister Ashton Carter in Wien."
    assert value(article(text)) == "2015-09-09/2015-09-27"
    full = f"{PROSE} Das Feuer brach am Montag, dem 6. Dezember 2004, aus."
    assert value(article(full)) == "2004-12-06/2004-12-15"
    wrong = f"{PROSE} Das Feuer brach am Dienstag, dem 6. Dezember 2004, aus."
    assert article(wrong).dct is None
    assert article(f"{PROSE} Am Freitag, dem 18. September, sprach der Lotse.").dct is None


def test_a_look_back_with_its_weekday_is_no_clue(article: Build) -> None:
    text = f"{PROSE} Am Mittwoch, dem 5. Dezember 1945, verschwand das Boot. Auch 2001 sank eines."
    assert article(text).dct is None


def test_a_plan_at_a_known_meeting_keeps_the_year_that_fits(article: Build) -> None:
    text = (
        f"{PROSE} US-Außenminister John Kerry lobte Pentagon-Chef Ashton Carter. "
        "Reden der zwei plant man für den 28. September auf der UN-Vollversammlung."
    )
    dct = article(text).dct
    assert dct is not None
    assert (dct.earliest.year, dct.latest) == (2015, date(2015, 9, 28))
    assert any(reason.startswith("meeting-planned:") for reason in dct.reasons)


def test_hearsay_and_custom_are_no_plan(article: Build) -> None:
    base = f"{PROSE} Das sagte Pentagon-Chef Ashton Carter."
    plain = value(article(base))
    assert value(article(f"{base} Am 3. Mai soll er gelogen haben.")) == plain
    assert value(article(f"{base} Jährlich am 3. Mai wird gefeiert.")) == plain
    assert value(article(f"{base} Er will am 3. Oktober nach Wien reisen.")) == "2015-05-16/2016-10-03"


def test_the_latest_day_told_as_past_narrows_a_term(article: Build) -> None:
    text = f"{PROSE} Das sagte US-Präsident Barack Obama. Am 3. Mai 2014 wurde der Hafen gesperrt."
    dct = article(text).dct
    assert dct is not None
    assert dct.earliest == date(2014, 5, 3)


def test_clues_that_contradict_each_other_are_reported(article: Build) -> None:
    text = f"{PROSE} Das sagten US-Präsident Barack Obama und Bundeskanzler Olaf Scholz in Wien."
    assert "dct-clues-disagree" in article(text).warnings


def test_a_handover_is_told_early_and_late(article: Build) -> None:
    text = f"{PROSE} Das sagten Bundeskanzlerin Angela Merkel und Familienministerin Renate Schmidt."
    dct = article(text).dct
    assert dct is not None
    assert dct.earliest <= date(2005, 10, 12) <= dct.latest


def test_unions_of_days() -> None:
    first, second = DateInterval(date(2001, 1, 1), date(2001, 1, 9)), DateInterval(date(2001, 1, 10), date(2001, 2, 1))
    assert merge([second, first]) == (DateInterval(first.earliest, second.latest),)
    assert intersect((first,), (second,)) == ()
    assert intersect((EVER,), (first,)) == (first,)


def test_tables_are_sized_for_the_news_and_hold_together() -> None:
    offices = load("de/terms_of_office.toml")
    rows = [(o["key"], h) for o in offices["office"] for h in o["holders"]]
    assert len(rows) >= 150
    assert all(h["unverified"] for _, h in rows)
    assert offices["meta"]["verified"] is False
    for key, holder in rows:
        assert holder["start"] < holder.get("end", date(2100, 1, 1)), (key, holder["name"])
        assert holder.get("ended", "fall") in {"fall", "death", "resignation"}
        assert "end" in holder or "ended" not in holder
    meetings = load("de/recurring_dates.toml")["meeting"]
    for meeting in meetings:
        days = [tuple(pair) for pair in meeting["days"]]
        assert days == sorted(days), meeting["name"]
        assert all(first <= last and (last - first).days <= 20 for first, last in days)


def test_agencies_are_sized_for_the_news_and_unambiguous() -> None:
    rows = load("de/agencies.toml")["agency"]
    assert len(rows) >= 60
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    spellings = [spelling for row in rows for spelling in row["spellings"]]
    assert sorted(s for s in set(spellings) if spellings.count(s) > 1) == []
    assert {row["code"] for row in rows if row["state"]} >= {"TASS", "Sana", "Xinhua", "IRNA", "KCNA", "RIA Nowosti"}
    hosts = [host for row in load("de/outlets.toml")["outlet"] for host in row["hosts"]]
    assert len(hosts) == len(set(hosts))
