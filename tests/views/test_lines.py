"""The line of an event, made of its fields: both languages, and what must keep its short title."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model import EVENT_TYPES, DateInterval, EntityKind, Factuality
from quellenlage.resources import load
from quellenlage.views.locale import words_for
from quellenlage.views.wording.days import when_phrase
from quellenlage.views.wording.phrases import Name, phrase, place_phrase
from quellenlage.views.wording.sentences import Told, sentence

PER, GPE, ORG, GRP, LOC = EntityKind.PER, EntityKind.GPE, EntityKind.ORG, EntityKind.GRP, EntityKind.LOC
DE, EN = words_for("de"), words_for("en")


def per(name: str) -> Name:
    return Name(f"ent-{name}", name, PER)


def gpe(name: str) -> Name:
    return Name(f"ent-{name}", name, GPE)


def org(name: str) -> Name:
    return Name(f"ent-{name}", name, ORG)


def grp(name: str) -> Name:
    return Name(f"ent-{name}", name, GRP)


ADA, BEN, CEM = per("Ada Lovsen"), per("Ben Tarnau"), per("Cem Orhun")
DAY = DateInterval(date(2021, 5, 3), date(2021, 5, 3))
MONTH = DateInterval(date(2021, 5, 1), date(2021, 5, 31))
ALLEGED, PLANNED, DENIED, ONGOING = Factuality.ALLEGED, Factuality.PLANNED, Factuality.DENIED, Factuality.ONGOING

MEET = Told("CONSULT", ("trafen",), actors=(ADA, BEN), place=gpe("Wien"), interval=DAY)
ATTACK = Told("ASSAULT", ("angegriffen",), actors=(grp("Rebellen"),), recipients=(gpe("Damaskus"),), interval=DAY)
SEND = Told(
    "MOBILIZE", ("entsandt",), actors=(gpe("Frankreich"),), recipients=(grp("Soldaten"),), place=gpe("Mali"), way="to"
)
PULL = Told("RETREAT", ("Abzug",), actors=(grp("fremde Truppen"),), place=gpe("Irak"), way="from", interval=MONTH)
LEAVE = Told("MOVEMENT", ("verließ",), actors=(ADA,), place=gpe("Türkei"), way="bare", interval=DAY)
FLEE = Told("MOVEMENT", ("floh",), actors=(ADA,), place=gpe("USA"), way="to")
ARREST = Told("COERCE", ("festgenommen",), recipients=(grp("vier Personen"),), figures=((4.0, 4.0, "Person"),))
DEMO = Told(
    "PROTEST", ("protestierten",), actors=(grp("Menschen"),), place=gpe("Bonn"), interval=DAY,
    figures=((200.0, None, "Mensch"),),
)  # fmt: skip
WARN = Told("THREATEN", ("warnte",), actors=(gpe("USA"),), recipients=(gpe("Iran"),))
ACCUSED = Told("ACCUSE", ("wirft",), actors=(gpe("Türkei"),), recipients=(org("EU"),), interval=MONTH)
OFFICE = org("nordisches Außenministerium")
RALLY = Told("PROTEST", ("Kundgebung",), PLANNED, place=gpe("Bonn"), interval=DAY)
EVAC = Told(
    "RETREAT", ("evakuiert",), actors=(gpe("Russland"),), recipients=(grp("400 Soldaten"),), place=gpe("Damaskus"),
    way="from", figures=((400.0, None, "Soldat"),),
)  # fmt: skip
CALL = Told("CONSULT", ("telefonierte",), actors=(ADA,), interval=DAY)
DEAD = Told("DEATH", ("starben",), recipients=(grp("14 Menschen"),), interval=DAY, figures=((12.0, 16.0, "Tote"),))

CASES: tuple[tuple[Told, str | None, str | None], ...] = (
    (MEET, "Ada Lovsen und Ben Tarnau trafen sich am 3. Mai 2021 in Wien.",
     "Ada Lovsen and Ben Tarnau met in Vienna on 3 May 2021."),
    (replace(MEET, sources=((org("Präsidialamt"),),)),
     "Ada Lovsen und Ben Tarnau trafen sich am 3. Mai 2021 in Wien, so das Präsidialamt.",
     "Ada Lovsen and Ben Tarnau met in Vienna on 3 May 2021, according to the presidential office."),
    (replace(MEET, actors=(ADA,), recipients=(BEN, CEM), interval=MONTH, place=gpe("Türkei")),
     "Ada Lovsen, Ben Tarnau und Cem Orhun trafen sich im Mai 2021 in der Türkei.",
     "Ada Lovsen, Ben Tarnau and Cem Orhun met in Turkey in May 2021."),
    (replace(MEET, factuality=PLANNED), "Ada Lovsen und Ben Tarnau sollen sich am 3. Mai 2021 in Wien treffen.",
     "Ada Lovsen and Ben Tarnau are to meet in Vienna on 3 May 2021."),
    (replace(MEET, factuality=ALLEGED),
     "Ada Lovsen und Ben Tarnau sollen sich am 3. Mai 2021 in Wien getroffen haben.",
     "Ada Lovsen and Ben Tarnau are said to have met in Vienna on 3 May 2021."),
    (replace(MEET, factuality=ONGOING), "Ada Lovsen und Ben Tarnau treffen sich am 3. Mai 2021 in Wien.",
     "Ada Lovsen and Ben Tarnau are meeting in Vienna on 3 May 2021."),
    (replace(MEET, factuality=DENIED, sources=((CEM,),)),
     "Cem Orhun bestreitet, dass Ada Lovsen und Ben Tarnau sich am 3. Mai 2021 in Wien getroffen haben.",
     "Cem Orhun denies that Ada Lovsen and Ben Tarnau met in Vienna on 3 May 2021."),
    (replace(MEET, factuality=DENIED), None, None),  # nobody is named who denies it
    (replace(MEET, factuality=Factuality.HYPOTHETICAL), None, None),
    (replace(MEET, actors=(ADA,)), None, None),  # with whom is not known
    (replace(MEET, actors=(ADA, grp("Gast"))), None, None),  # "Gast" has no article
    (replace(MEET, actors=(ADA, gpe("Frankreich"))), None, None),  # a person beside a state
    (replace(MEET, actors=(ADA, BEN, gpe("Frankreich"), grp("Präsidenten"))),
     "Ada Lovsen und Ben Tarnau trafen sich am 3. Mai 2021 in Wien.",
     "Ada Lovsen and Ben Tarnau met in Vienna on 3 May 2021."),
    (replace(MEET, actors=(gpe("Frankreich"), gpe("Türkei"))),
     "Frankreich und die Türkei trafen sich am 3. Mai 2021 in Wien.", "France and Turkey met in Vienna on 3 May 2021."),
    (replace(MEET, actors=(), interval=DAY, triggers=("Gespräch",)), "In Wien fand am 3. Mai 2021 ein Gespräch statt.",
     "Talks took place in Vienna on 3 May 2021."),
    (replace(MEET, place=Name("l", "Nordmole", LOC)), None, None),  # which preposition is not known
    (replace(MEET, place=Name("l", "Luftwaffenbasis Tarnau", LOC)),
     "Ada Lovsen und Ben Tarnau trafen sich am 3. Mai 2021 auf der Luftwaffenbasis Tarnau.", None),
    (replace(MEET, claimed=True), "Ada Lovsen und Ben Tarnau trafen sich am 3. Mai 2021 in Wien, heißt es.",
     "Ada Lovsen and Ben Tarnau met in Vienna on 3 May 2021, it is reported."),
    (replace(MEET, sources=((CEM,), (org("Interfax"),))),
     "Ada Lovsen und Ben Tarnau trafen sich am 3. Mai 2021 in Wien, so Cem Orhun laut Interfax.",
     "Ada Lovsen and Ben Tarnau met in Vienna on 3 May 2021, according to Cem Orhun via Interfax."),
    (replace(MEET, sources=((CEM,), (OFFICE,))),
     "Ada Lovsen und Ben Tarnau trafen sich am 3. Mai 2021 in Wien, so Cem Orhun laut dem nordischen Außenministerium.",
     "Ada Lovsen and Ben Tarnau met in Vienna on 3 May 2021, according to Cem Orhun via nordisches Außenministerium."),
    (replace(MEET, sources=((grp("Vertreter"),),)),
     "Ada Lovsen und Ben Tarnau trafen sich am 3. Mai 2021 in Wien, heißt es.",
     "Ada Lovsen and Ben Tarnau met in Vienna on 3 May 2021, it is reported."),
    (replace(MEET, triggers=("Ausflug",)), None, None),  # no frame for this word
    (CALL, "Ada Lovsen telefonierte am 3. Mai 2021.", "Ada Lovsen spoke by telephone on 3 May 2021."),
    (replace(CALL, actors=(ADA, BEN)), "Ada Lovsen und Ben Tarnau telefonierten am 3. Mai 2021 miteinander.",
     "Ada Lovsen and Ben Tarnau spoke by telephone on 3 May 2021."),
    (ATTACK, "Rebellen griffen Damaskus am 3. Mai 2021 an.", "Rebels attacked Damascus on 3 May 2021."),
    (replace(ATTACK, actors=()), "Damaskus wurde am 3. Mai 2021 angegriffen.", "Damascus was attacked on 3 May 2021."),
    (replace(ATTACK, actors=(), factuality=PLANNED), "Damaskus soll am 3. Mai 2021 angegriffen werden.",
     "Damascus is to be attacked on 3 May 2021."),
    (replace(ATTACK, actors=(), factuality=ALLEGED), "Damaskus soll am 3. Mai 2021 angegriffen worden sein.",
     "Damascus is said to have been attacked on 3 May 2021."),
    (replace(ATTACK, actors=(), factuality=ONGOING), "Damaskus wird am 3. Mai 2021 angegriffen.",
     "Damascus is being attacked on 3 May 2021."),
    (replace(ATTACK, actors=(), factuality=DENIED, sources=((OFFICE,),)),
     "Das nordische Außenministerium bestreitet, dass Damaskus am 3. Mai 2021 angegriffen wurde.",
     "Nordisches Außenministerium denies that Damascus was attacked on 3 May 2021."),
    (replace(ATTACK, factuality=DENIED, actors=(gpe("Türkei"),), sources=((gpe("Türkei"),),)),
     "Die Türkei bestreitet, Damaskus am 3. Mai 2021 angegriffen zu haben.",
     "Turkey denies that Turkey attacked Damascus on 3 May 2021."),
    (replace(ATTACK, actors=(grp("Vertreter"),)), None, None),  # the attacker is known and cannot be told
    (Told("ASSAULT", ("Angriff",), place=gpe("Iran"), interval=DAY), "Im Iran kam es am 3. Mai 2021 zu einem Angriff.",
     "An attack took place in Iran on 3 May 2021."),
    (Told("ASSAULT", ("Angriff",), PLANNED, place=gpe("Iran")), None, "An attack is planned in Iran."),
    (Told("ASSAULT", ("stürzen",), actors=(grp("Rebellen"),), recipients=(ADA,)), "Rebellen stürzten Ada Lovsen.",
     "Rebels overthrew Ada Lovsen."),
    (Told("ASSAULT", ("stürzen",), actors=(grp("Rebellen"),), recipients=(gpe("Bonn"),)), None, None),
    (SEND, "Frankreich entsandte Soldaten nach Mali.", "France sent soldiers to Mali."),
    (replace(SEND, actors=(), factuality=PLANNED), "Soldaten sollen nach Mali entsandt werden.",
     "Soldiers are to be sent to Mali."),
    (replace(SEND, factuality=PLANNED), "Frankreich will Soldaten nach Mali entsenden.",
     "France is to send soldiers to Mali."),
    (replace(SEND, place=gpe("Ukraine")), "Frankreich entsandte Soldaten in die Ukraine.",
     "France sent soldiers to Ukraine."),
    (replace(SEND, way="in"), None, None),  # whether they went there is not told
    (PULL, "Fremde Truppen zogen im Mai 2021 aus dem Irak ab.", None),
    (replace(PULL, actors=(grp("Truppen"),)), "Truppen zogen im Mai 2021 aus dem Irak ab.",
     "Troops withdrew from Iraq in May 2021."),
    (replace(PULL, actors=(gpe("USA"),), recipients=(grp("Truppen"),)),
     "Die USA zogen Truppen im Mai 2021 aus dem Irak ab.", "The USA withdrew troops from Iraq in May 2021."),
    (replace(PULL, factuality=ALLEGED), "Fremde Truppen sollen im Mai 2021 aus dem Irak abgezogen sein.", None),
    (EVAC, "Russland evakuierte mindestens 400 Soldaten aus Damaskus.",
     "Russia evacuated at least 400 soldiers from Damascus."),
    (replace(EVAC, sources=((gpe("Russland"),),)),
     "Russland evakuierte nach eigenen Angaben mindestens 400 Soldaten aus Damaskus.",
     "Russia evacuated at least 400 soldiers from Damascus, by its own account."),
    (replace(EVAC, figures=()), "Russland evakuierte Soldaten aus Damaskus.",
     "Russia evacuated soldiers from Damascus."),
    (LEAVE, "Ada Lovsen verließ die Türkei am 3. Mai 2021.", "Ada Lovsen left Turkey on 3 May 2021."),
    (replace(LEAVE, way="in"), None, None),
    (FLEE, "Ada Lovsen floh in die USA.", "Ada Lovsen fled to the USA."),
    (replace(FLEE, factuality=ALLEGED, claimed=True), "Ada Lovsen soll in die USA geflohen sein, heißt es.",
     "Ada Lovsen is said to have fled to the USA, it is reported."),
    (ARREST, "Vier Personen wurden festgenommen.", "4 people were arrested."),
    (replace(ARREST, recipients=(grp("Mann"),), figures=()), None, None),
    (DEMO, "Mindestens 200 Menschen protestierten am 3. Mai 2021 in Bonn.",
     "At least 200 people protested in Bonn on 3 May 2021."),
    (DEAD, "12 bis 16 Menschen starben am 3. Mai 2021.", "12 to 16 people died on 3 May 2021."),
    (WARN, "Die USA warnten den Iran.", "The USA warned Iran."),
    (replace(WARN, sources=((gpe("USA"),),)), "Die USA warnten den Iran.", "The USA warned Iran."),
    (ACCUSED, "Die Türkei erhob im Mai 2021 Vorwürfe gegen die EU.",
     "Turkey made accusations against the EU in May 2021."),
    (RALLY, "In Bonn soll am 3. Mai 2021 eine Kundgebung stattfinden.", "A rally is planned in Bonn on 3 May 2021."),
    (Told("SUPPORT", ("dankte",), actors=(ADA,), recipients=(grp("einige Mitarbeiter"),)),
     "Ada Lovsen dankte einigen Mitarbeitern.", "Ada Lovsen thanked several employees."),
    (Told("PERSONNEL", ("zurückgetreten",), actors=(BEN,), interval=DateInterval(date(2023, 2, 13), date(2023, 2, 19))),
     "Ben Tarnau trat zwischen dem 13. und dem 19. Februar 2023 zurück.",
     "Ben Tarnau resigned between 13 and 19 February 2023."),
    (Told("MOBILIZE", ("stationiert",), ONGOING, actors=(grp("Truppen"),), place=gpe("Polen"), way="in"),
     "Truppen sind in Polen stationiert.", "Troops are stationed in Poland."),
    (Told("OTHER", ("geschah",), actors=(ADA,)), None, None),
)  # fmt: skip


@pytest.mark.parametrize(("told", "german", "english"), CASES)
def test_a_line_is_made_of_the_fields_or_none_is(told: Told, german: str | None, english: str | None) -> None:
    assert sentence(told, DE) == german
    assert sentence(told, EN) == english


def test_where_the_day_stands_in_front_the_line_goes_without() -> None:
    assert sentence(MEET, DE, dated=False) == "Ada Lovsen und Ben Tarnau trafen sich in Wien."


@pytest.mark.parametrize(
    ("first", "last", "german", "english"),
    [
        ("2015-09-18", "2015-09-18", "am 18. September 2015", "on 18 September 2015"),
        ("2020-01-01", "2020-01-31", "im Januar 2020", "in January 2020"),
        ("2017-01-01", "2017-12-31", "im Jahr 2017", "in 2017"),
        ("2015-01-01", "2017-12-31", "zwischen 2015 und 2017", "between 2015 and 2017"),
        ("2024-12-02", "2024-12-15", "zwischen dem 2. und dem 15. Dezember 2024", "between 2 and 15 December 2024"),
        ("2024-11-28", "2024-12-03", "zwischen dem 28. November und dem 3. Dezember 2024",
         "between 28 November and 3 December 2024"),
        ("2021-11-16", "2021-11-17", "am 16. oder 17. November 2021", "on 16 or 17 November 2021"),
        ("2018-09-01", "2018-11-30", "zwischen September und November 2018", "between September and November 2018"),
        ("2019-12-30", "2020-01-02", "zwischen dem 30. Dezember 2019 und dem 2. Januar 2020",
         "between 30 December 2019 and 2 January 2020"),
    ],
)  # fmt: skip
def test_days_stand_in_a_sentence_with_their_preposition(first: str, last: str, german: str, english: str) -> None:
    interval = DateInterval(date.fromisoformat(first), date.fromisoformat(last))
    assert when_phrase(interval, DE) == german
    assert when_phrase(interval, EN) == english


@pytest.mark.parametrize(
    ("name", "way", "german"),
    [
        (gpe("USA"), "in", "in den USA"),
        (gpe("USA"), "from", "aus den USA"),
        (gpe("Türkei"), "from", "aus der Türkei"),
        (gpe("Irak"), "to", "in den Irak"),
        (gpe("Krim"), "in", "auf der Krim"),
        (gpe("Frankreich"), "to", "nach Frankreich"),
        (Name("x", "Provinz Latakia", GPE), "in", "in der Provinz Latakia"),
        (Name("x", "Hafen Miren", LOC), "in", "im Hafen Miren"),
        (Name("x", "Nordmole", LOC), "in", None),
    ],
)
def test_places_take_the_article_they_need(name: Name, way: str, german: str | None) -> None:
    assert place_phrase(name, "de", way) == german  # type: ignore[arg-type]  # one of the ways


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        (org("nordisches Außenministerium"), ("das nordische Außenministerium", "dem nordischen Außenministerium")),
        (org("neue Regierung"), ("die neue Regierung", "der neuen Regierung")),
        (org("Vereinte Nationen"), ("die Vereinten Nationen", "den Vereinten Nationen")),
        (org("Weißes Haus"), ("das Weiße Haus", "dem Weißen Haus")),
        (grp("nordische Truppen"), ("nordische Truppen", "nordischen Truppen")),
        (grp("mehrere Mitarbeiter"), ("mehrere Mitarbeiter", "mehreren Mitarbeitern")),
        (org("Hayat Tahrir al-Sham"), ("Hayat Tahrir al-Sham", "Hayat Tahrir al-Sham")),
    ],
)
def test_names_are_inflected(name: Name, cases: tuple[str, str]) -> None:
    found = phrase(name, "de")
    assert found is not None
    assert (found.nom, found.dat) == cases


@pytest.mark.parametrize("name", ["Vertreter", "russischer Soldat", "beiden Präsidenten", "X-Konto @abc", "", "Gast"])
def test_what_cannot_be_inflected_gives_no_phrase(name: str) -> None:
    assert phrase(grp(name), "de") is None


@given(
    st.sampled_from(sorted(EVENT_TYPES)),
    st.sampled_from([row["triggers"][0] for row in load("de/event_lines.toml")["frame"]]),
    st.sampled_from(list(Factuality)),
    st.lists(st.sampled_from([ADA, BEN, gpe("USA"), grp("Rebellen"), grp("Gast"), OFFICE]), max_size=3, unique=True),
    st.lists(st.sampled_from([CEM, gpe("Iran"), grp("400 Soldaten"), org("EU")]), max_size=2, unique=True),
    st.sampled_from([None, gpe("Wien"), gpe("Türkei"), Name("l", "Nordmole", LOC)]),
)
def test_a_line_is_one_clean_sentence_of_known_names(
    kind: str, trigger: str, factuality: Factuality, actors: list[Name], recipients: list[Name], place: Name | None
) -> None:
    told = Told(kind, (trigger,), factuality, tuple(actors), tuple(recipients), place, "to" if place else None)
    for words in (DE, EN):
        line = sentence(replace(told, sources=((CEM,),)), words)
        if line is None:
            continue
        assert line.endswith(".")
        assert line[0] == line[0].upper()
        assert "  " not in line
        assert " ," not in line
        assert " ." not in line
        assert "Gast" not in line
        assert sentence(replace(told, sources=((CEM,),)), words) == line


def test_every_frame_carries_examples() -> None:
    for row in load("de/event_lines.toml")["frame"]:
        assert row["examples"], row["type"]
        assert all(example.endswith(".") for example in row["examples"])
