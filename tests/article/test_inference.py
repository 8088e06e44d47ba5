from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from importlib.util import find_spec

import pytest

from quellenlage.article import Overrides
from quellenlage.article.inference.clues import EVER, Clue, Passage, intersect, merge
from quellenlage.article.inference.falls import find_falls
from quellenlage.article.inference.meetings import meeting_clues
from quellenlage.article.inference.news import anniversary_clues, news_clues
from quellenlage.article.inference.offices import office_clues
from quellenlage.article.inference.solver import Solver
from quellenlage.article.inference.visits import visit_clues
from quellenlage.article.inference.years import year_clues
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
    assert all(reason.endswith(")") and "(-" in reason for reason in dct.reasons)


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
    built = article(text)
    assert "dct-clues-disagree" in built.warnings
    assert built.dct is not None
    assert any(reason.startswith("contradicts:office:Bundeskanzler Olaf Scholz") for reason in built.dct.reasons)


def test_the_solver_says_what_each_clue_removed_and_keeps_what_contradicts() -> None:
    month = DateInterval(date(2015, 9, 1), date(2015, 9, 30))
    solver = Solver((month,))
    solver.take(Clue(1, (DateInterval(date(2015, 9, 11), date(2015, 10, 31)),), (), "first"))
    solver.take(Clue(2, (month,), (), "says nothing new"))
    solver.take(Clue(2, (DateInterval(date(2016, 1, 1), date(2016, 1, 2)),), (), "another year"))
    assert solver.allowed == (DateInterval(date(2015, 9, 11), date(2015, 9, 30)),)
    assert solver.reasons() == ("first (-10)",)
    assert solver.contradictions() == ("another year",)


def test_an_unverified_row_is_never_the_only_clue(article: Build) -> None:
    alone = f"{PROSE} Das sagte Verteidigungsminister Rudolf Scharping in Wien."
    (clue,) = office_clues([Passage(alone, 0)], frozenset())
    assert not clue.verified
    assert article(alone).dct is None
    assert article(alone, captured="2026-01-01T00:00:00Z").dct is None
    two = f"{PROSE} Das sagten Verteidigungsminister Rudolf Scharping und Bundesjustizministerin Herta Däubler-Gmelin."
    assert value(article(two)) == "1998-10-24/2002-07-22"
    sure = f"{PROSE} Das sagten Verteidigungsminister Rudolf Scharping und Bundeskanzler Gerhard Schröder in Wien."
    assert value(article(sure)) == "1998-10-24/2002-07-22"
    solver = Solver((EVER,))
    solver.take(Clue(2, (DateInterval(date(2002, 1, 1), date(2003, 1, 1)),), (), "office:x", verified=False))
    assert not solver.firm()


@pytest.mark.parametrize(
    "sentence",
    [
        "Am 11. Dezember 2009 wurde ein Anschlag auf den Hafen verübt.",
        "Ein heftiger Sturm hat am 1. Dezember 2006 zu Ausfällen geführt.",
        "Die Fähre stürzte am Nachmittag des 7. Dezember 2009 um.",
    ],
)
def test_the_latest_dated_happening_told_as_news_dates_the_article(sentence: str) -> None:
    (clue,) = news_clues([Passage(sentence, 0)])
    assert clue.reason.startswith("dated-news:")
    assert clue.allowed[0].days == 31


@pytest.mark.parametrize(
    "sentences",
    [
        ["Seit dem 1. Juli 2003 steht er im Dienst der Fähre und wurde gelobt."],
        ["Der Hafen, der am 17. Juli 2004 eröffnet wurde, ist geschlossen worden."],
        ["Am 4. April 2006 hatte der Lotse gekündigt."],
        ["Die Feier soll am 1. November 2006 stattfinden."],
        ["Er fuhr am 4. November 2006 mit dem Boot.", "Das Gericht sprach ihn frei."],
        ["Am 30. Januar 2005 fanden Wahlen statt.", "Heute wurde das Ergebnis bekannt."],
        ["Der Rat wies am 1. Februar 2003 den Plan zurück.", "Im Oktober 2005 will er neu entscheiden."],
        ["Am 11. Juli 1995 eroberten Truppen die Stadt.", "Im Juni 2007 wurde das Urteil gesprochen."],
    ],
)
def test_a_look_back_a_plan_or_a_trial_is_no_news(sentences: list[str]) -> None:
    assert news_clues([Passage(sentence, 0) for sentence in sentences]) == []


def test_a_day_called_yesterday_dates_the_article_anywhere() -> None:
    passages = [Passage("Die Fähre fährt.", 0)] * 9 + [Passage("Das Amt hat gestern, am 3. März 2006, gewarnt.", 0)]
    (clue,) = news_clues(passages)
    assert clue.reason.startswith("dated-today:")
    assert clue.allowed[0].days <= 19
    assert news_clues([Passage("Am Morgen des 4. November 2006 hatte er es eilig.", 0)]) == []


def test_an_anniversary_is_counted_from_its_day() -> None:
    born = "Heute wurde der am 5. August 1930 geborene Lotse 75 Jahre alt."
    (clue,) = anniversary_clues([Passage(born, 0)])
    assert clue.allowed[0].earliest <= date(2005, 8, 5) <= clue.allowed[0].latest
    assert anniversary_clues([Passage("Seit dem 19. Januar 1949, dem 140. Geburtstag des Lotsen, kommt er.", 0)]) == []


DAY = Passage("Am Samstag, dem 6. Februar, starb er.", 0)


@pytest.mark.parametrize(
    "sentence",
    [
        "In diesem Jahr 2021 starb hier noch keiner.",
        "Er kam am 7. Januar 2021 ins Krankenhaus.",
        "Im Januar 2021 kam er ins Krankenhaus.",
        "Die Feier soll am 9. April 2021 sein.",
    ],
)
def test_weekday_and_date_agree_in_the_year_of_a_day_told_nearby(sentence: str) -> None:
    (clue,) = year_clues([DAY, Passage(sentence, 0)], 9)
    assert clue.allowed == (DateInterval(date(2021, 1, 28), date(2021, 2, 15)),)
    assert year_clues([DAY, Passage(sentence.replace("2021", "2020"), 0)], 9) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Im Jahr 2021 lebte er hier.",
        "Er wurde 2021 gewählt.",
        "Seit Januar 2021 war er krank.",
        "Im Januar 2021 hatte er gekündigt.",
        "Zuletzt brannte es dort im Januar 2021.",
        "Im Mai 2021 brannte es dort.",
        "Er fuhr einen Lotsen 2021.",
        "Die Fähre stammt vom Januar 2021.",
        "Man fand ein Boot aus dem Januar 2021.",
        "Das Gesetz gilt ab dem 1. Dezember 2021.",
        "Im Januar 2021 kam er, 2022 blieb er.",
    ],
)
def test_a_year_by_itself_and_one_of_a_look_back_are_no_clue(sentence: str) -> None:
    assert year_clues([DAY, Passage(sentence, 0)], 9) == []


@pytest.mark.parametrize(
    "text",
    [
        "Am Dienstag, 3. März, ist ein Lastwagen umgestürzt. Der Fahrer wurde 1992 geboren.",
        "Am Dienstag, 3. März, ist ein Lastwagen umgestürzt. Zuletzt hatte es dort 2015 einen solchen Unfall gegeben.",
        "Am Dienstag, 3. März, ist ein Lastwagen umgestürzt. Zuletzt brannte dort am 5. Februar 2015 ein Haus.",
        "Am Donnerstag, 8. Mai, ist ein Wagen umgestürzt. Das Auto war ein Peugeot 2008.",
        "Am Dienstag, 3. März, ist ein Wagen umgestürzt. Der Fahrer ist Jahrgang 1992.",
    ],
)
def test_a_year_that_tells_nothing_of_the_news_dates_no_article(article: Build, text: str) -> None:
    assert article(f"{PROSE} {text}").dct is None


FALLEN = "Der libysche Machthaber Muammar al-Gaddafi wurde vor zwei Wochen gestürzt."


def test_clues_from_one_unverified_row_count_once(article: Build) -> None:
    fresh = "Rebellen stürzen den libyschen Machthaber Muammar al-Gaddafi."
    clues = find_falls([Passage(fresh, 0), Passage(FALLEN, 0)]).clues
    assert [clue.reason.partition(":")[0] for clue in clues] == ["fall", "fall-ago", "fall-news"]
    assert clues[1].reason == "fall-ago:vor zwei Wochen 2011-09-06"
    assert not any(clue.verified for clue in clues)
    assert len({clue.rows for clue in clues}) == 1
    assert article(f"{PROSE} {FALLEN}").dct is None
    assert article(f"{PROSE} {fresh} {FALLEN}", captured="2026-01-01T00:00:00Z").dct is None
    sure = f"{PROSE} {FALLEN} Das sagte US-Präsident Barack Obama."
    assert value(article(sure)) == "2011-09-04/2011-09-08"


def test_one_unverified_row_cuts_no_days_of_an_interval_that_rests_on_such_rows() -> None:
    years = DateInterval(date(2015, 1, 1), date(2016, 12, 31))
    solver = Solver((EVER,))
    for row in ("office a", "office b"):
        solver.take(Clue(2, (years,), (), row, verified=False, rows=frozenset({row})))
    assert solver.firm()
    week = (DateInterval(date(2015, 9, 18), date(2015, 9, 24)),)
    visit = Clue(4, week, (), "visit:x", verified=False, rows=frozenset({"visit x"}))
    again = Clue(4, week, (), "visit-planned:x", verified=False, rows=frozenset({"visit x"}))
    other = Clue(4, week, (), "visit:y", verified=False, rows=frozenset({"visit y"}))
    weekday = Clue(3, (DateInterval(date(2015, 9, 1), date(2015, 9, 20)),), (), "weekday-date:z")
    assert solver.supported([visit, again]) == []
    assert solver.supported([visit, other]) == [visit, other]
    assert solver.supported([weekday, visit]) == [weekday, visit]
    solver.take(Clue(2, (years,), (), "office c"))
    assert solver.supported([visit]) == [visit]


def test_meetings_are_unverified_as_their_table_says() -> None:
    assert load("de/recurring_dates.toml")["meta"]["verified"] is False
    (clue,) = meeting_clues([Passage("Er sprach am 28. September bei der UN-Vollversammlung.", 0)])
    assert (clue.verified, clue.rows) == (False, frozenset({"meeting UN general debate"}))


def test_a_date_on_the_wrong_weekday_is_reported(article: Build) -> None:
    wrong = "Am Dienstag, 6. Juni 2016, wurde der Hafen gesperrt."
    built = article(f"{PROSE} {wrong}")
    assert (built.dct, built.warnings) == (None, ("dct-clues-disagree",))
    dct = article(f"{PROSE} {wrong} Das sagte US-Präsident Barack Obama.").dct
    assert dct is not None
    assert dct.interval.value == "2009-01-17/2017-01-23"
    assert "contradicts:weekday-date:Dienstag, 6. Juni 2016" in dct.reasons
    right = article(f"{PROSE} {wrong.replace('Dienstag', 'Montag')}")
    assert (value(right), right.warnings) == ("2016-06-06/2016-06-15", ())


def test_a_visit_on_record_narrows_what_others_bound(article: Build) -> None:
    told = "Am Montag erwartet Putin in Moskau den israelischen Regierungschef Benjamin Netanjahu."
    text = f"{PROSE} Das sagten US-Außenminister John Kerry und Pentagon-Chef Ashton Carter. {told}"
    dct = article(text).dct
    assert dct is not None
    assert dct.earliest <= date(2015, 9, 18) <= dct.latest
    assert any(reason.startswith("visit-planned:Netanjahu Moskau") for reason in dct.reasons)
    assert article(f"{PROSE} {told}").dct is None
    meta = load("de/visits.toml")["meta"]
    assert all(visit_clues([Passage(f"{words}.", 0)]) for words in meta["examples"])
    assert not any(visit_clues([Passage(f"{words}.", 0)]) for words in meta["counter"])


def test_a_month_in_the_header_is_narrowed_by_the_text(article: Build) -> None:
    visit = "Der russische Präsident Wladimir Putin hat die Hauptstadt Damaskus besucht."
    dct = article(f"date 2020-01 {visit} {PROSE}\n{PROSE}").dct
    assert dct is not None
    assert (dct.method, dct.earliest, dct.latest) == ("header", date(2020, 1, 7), date(2020, 1, 14))


def test_others_of_the_archive_are_clues_of_their_own(article: Build) -> None:
    anchors = (("2015-09-12/2015-09-24", "archive:art-x CONSULT a b"),)
    alone = f"{PROSE} Das sagte US-Präsident Barack Obama."
    dct = article(alone, Overrides(anchors=anchors)).dct
    assert dct is not None
    assert dct.interval.value == "2015-09-12/2015-09-24"
    assert any(reason.startswith("archive:art-x") for reason in dct.reasons)
    assert any(reason.startswith("alone:2009-01-17/2017-01-23 ") for reason in dct.reasons)
    judged = article(alone, Overrides(dct="2016-02-03", anchors=anchors)).dct
    assert judged is not None
    assert (judged.value, judged.method) == ("2016-02-03", "judgement")


def test_a_handover_is_told_early_and_late(article: Build) -> None:
    text = f"{PROSE} Das sagten Bundeskanzlerin Angela Merkel und Familienministerin Renate Schmidt."
    dct = article(text).dct
    assert dct is not None
    assert dct.earliest <= date(2005, 10, 12) <= dct.latest
    assert any(reason.startswith("handover:2005-11-19/2005-11-25 (+") for reason in dct.reasons)


def test_unions_of_days() -> None:
    first, second = DateInterval(date(2001, 1, 1), date(2001, 1, 9)), DateInterval(date(2001, 1, 10), date(2001, 2, 1))
    assert merge([second, first]) == (DateInterval(first.earliest, second.latest),)
    assert intersect((first,), (second,)) == ()
    assert intersect((EVER,), (first,)) == (first,)


@pytest.mark.parametrize("name", ["terms_of_office", "recurring_dates", "visits"])
def test_tables_name_a_module_that_exists(name: str) -> None:
    header = files("quellenlage.resources").joinpath(f"de/{name}.toml").read_text("utf-8").partition("[meta]")[0]
    named = re.findall(r"Read by ([\w.]+)\.$|Read by ([\w.]+)\.\s", header, re.MULTILINE)
    assert named
    assert all(find_spec(one or other) for one, other in named)


def test_tables_are_sized_for_the_news_and_hold_together() -> None:
    offices = load("de/terms_of_office.toml")
    rows = [(o["key"], h) for o in offices["office"] for h in o["holders"]]
    assert len(rows) >= 150
    assert sum("unverified" not in h for _, h in rows) >= 450
    states = {
        o["key"].partition("-")[0] for o in offices["office"] if o["key"].partition("-")[2] in {"foreign", "state"}
    }
    states &= {o["key"].partition("-")[0] for o in offices["office"] if o["key"].endswith(("defense", "-kanzler"))}
    assert len(states) >= 25
    for office in offices["office"]:
        assert "source" in office or all(h.get("unverified") for h in office["holders"]), office["key"]
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
