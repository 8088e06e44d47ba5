"""All frames through a table of our own: every verb in every factuality, in both languages, is one clean sentence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from quellenlage.model import DateInterval, EntityKind, Factuality
from quellenlage.resources import load
from quellenlage.views.locale import Lang, words_for
from quellenlage.views.wording.phrases import Name
from quellenlage.views.wording.sentences import Told, sentence

PER, GPE, ORG, GRP = EntityKind.PER, EntityKind.GPE, EntityKind.ORG, EntityKind.GRP
ADA, BEN = Name("ent-a", "Ada Lovsen", PER), Name("ent-b", "Ben Tarnau", PER)
ONE, OTHER = Name("ent-k", "Karvenien", GPE), Name("ent-p", "Perkonien", GPE)
TROOPS = Name("ent-t", "Soldaten", GRP)
EIFEL, HOME = Name("ent-e", "Eifel", GPE), Name("ent-h", "Grazer Altenheim", GPE)
COUNT = Name("ent-c", "90 Menschen", GRP)
DAY = DateInterval(date(2021, 5, 3), date(2021, 5, 3))
FRAMES = load("de/event_lines.toml")["frame"]
NUMBERS = {"en": re.compile(r"^[A-Z0-9][^<>|{}\[\]]*\.$"), "de": re.compile(r"^[A-ZÄÖÜ0-9][^<>|{}\[\]]*\.$")}


def _told(frame: dict[str, object]) -> list[Told]:
    """Fields that a frame takes."""
    triggers = frame["triggers"]
    assert isinstance(triggers, list)
    told = Told(str(frame["type"]), (str(triggers[0]),), interval=DAY, mutual=bool(frame.get("mutual")))
    who, thing = frame["who"], TROOPS if frame.get("forces") else BEN
    if who == "none":
        return [replace(told, place=EIFEL)]
    if who == "joint":
        return [replace(told, actors=(ADA, BEN), place=EIFEL)]
    if who in {"sufferers", "stationed"}:
        return [replace(told, recipients=(TROOPS if frame.get("forces") else ADA,), place=EIFEL)]
    place = replace(told, place=EIFEL, way="bare" if frame.get("place") == "left" else "to")
    found = [replace(place, actors=(ONE if frame.get("forces") else ADA,), recipients=(thing,))]
    return found if frame.get("object") in {"must", "may"} else [replace(place, actors=(ADA,))]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: f"{frame['type']}-{frame['triggers'][0]}-{frame['who']}")
def test_every_frame_makes_clean_sentences(frame: dict[str, object], lang: Lang) -> None:
    words = words_for(lang)
    made = [
        line
        for told in _told(frame)
        for factuality in Factuality
        if (line := sentence(replace(told, factuality=factuality), words))
    ]
    assert made
    for line in made:
        assert NUMBERS[lang].match(line), line
        assert not re.search(r" [ ,.]", line), line
        assert not re.search(r"\bin Eifel\b|\bzwischen \d", line), line
    assert len(set(made)) == len(made)


MEET = Told("CONSULT", ("Treffen",), actors=(ADA, BEN), interval=DAY)
BLAME = Told("ACCUSE", ("Vorwürfe",), actors=(ONE, OTHER))
DIED = Told("DEATH", ("starben",), recipients=(COUNT,), figures=((90.0, 90.0, "Mensch"),))


@pytest.mark.parametrize(
    ("told", "german", "english"),
    [
        (replace(BLAME, mutual=True), "Karvenien und Perkonien beschuldigten einander.",
         "Karvenien and Perkonien accused each other."),
        (BLAME, None, None),
        (replace(BLAME, actors=(ONE,), recipients=(OTHER,)), "Karvenien erhob Vorwürfe gegen Perkonien.",
         "Karvenien made accusations against Perkonien."),
        (replace(DIED, place=EIFEL), "90 Menschen starben in der Eifel.", "90 people died in the Eifel."),
        (replace(DIED, place=HOME), None, None),
        (replace(DIED, sources=((COUNT,),)), "90 Menschen starben, heißt es.", "90 people died, it is reported."),
        (Told("ACCIDENT", ("Absturz",), place=Name("ent-u", "Ulm", GPE), way="near", interval=DAY),
         "Bei Ulm kam es am 3. Mai 2021 zu einem Unglück.", "An accident happened near Ulm on 3 May 2021."),
        (Told("PERSONNEL", ("Rücktritt",), actors=(ADA, BEN)), None, None),
        (Told("PERSONNEL", ("zurückgetreten",), actors=(ADA, BEN)), "Ada Lovsen und Ben Tarnau traten zurück.",
         "Ada Lovsen and Ben Tarnau resigned."),
        (Told("REQUEST", ("forderten",), actors=(Name("ent-v", "Vereine", ORG),)), "Vereine erhoben eine Forderung.",
         None),
        (Told("ELECTION", ("gewählt",), recipients=(Name("ent-s", "neuer Stadtrat", ORG),)), None, None),
        (Told("CONSULT", ("besuchen",), Factuality.PLANNED, actors=(ADA,), place=Name("ent-w", "Wien", GPE)),
         "Ada Lovsen will Wien besuchen.", "Ada Lovsen is to visit Vienna."),
        (Told("CONSULT", ("Besuch",), place=Name("ent-w", "Wien", GPE), interval=DAY),
         "In Wien fand am 3. Mai 2021 ein Besuch statt.", "A visit took place in Vienna on 3 May 2021."),
        (Told("CONSULT", ("Gespräche",), actors=(ONE,), interval=DAY), "Karvenien führte am 3. Mai 2021 Gespräche.",
         "Karvenien held talks on 3 May 2021."),
        (Told("DISASTER", ("brennt",), Factuality.ONGOING, place=Name("ent-w", "Wien", GPE)), None, None),
        (Told("DISASTER", ("Brand",), place=Name("ent-w", "Wien", GPE)), "In Wien kam es zu einem Brand.",
         "A fire broke out in Vienna."),
        (replace(MEET, interval=DateInterval(date(2021, 5, 3), date(2021, 5, 9))),
         "Ada Lovsen und Ben Tarnau trafen sich zwischen dem 3. und dem 9. Mai 2021.",
         "Ada Lovsen and Ben Tarnau met between 3 and 9 May 2021."),
    ],
)  # fmt: skip
def test_lines_that_once_read_wrong(told: Told, german: str | None, english: str | None) -> None:
    assert sentence(told, words_for("de")) == german
    assert sentence(told, words_for("en")) == english
