from __future__ import annotations

from collections.abc import Callable

import pytest

from quellenlage.annotate.language import STAGE
from quellenlage.model import Document, Token
from quellenlage.resources import load

pytestmark = pytest.mark.usefixtures("rules_alone")

Make = Callable[..., Document]


def tokens(document: Document) -> list[str]:
    return [t.span.of(document.text) for t in STAGE.run(document).tokens]


def token(document: Document, form: str) -> Token:
    return next(t for t in STAGE.run(document).tokens if t.span.of(document.text) == form)


CASES = [
    "Der US-Präsident kam am 18. September .",
    "Bürger:innen , Helfer*innen und Leser_innen",
    "Groß- und Kleinstädte , z. B. Wien , d. h. viele",
    "geht 's gut , sagt Putin's Sprecher",
    "100 km , 5 % und 1.000,50 Euro um 17.30 Uhr",
    "die 80er , eine 25-jährige Frau und die A7",
    "„ Ja “ , » nein « , ‚ doch ‘",
    "post@beispiel.de und www.beispiel.de/a-b",
]


@pytest.mark.parametrize("case", CASES)
def test_forms_stay_whole(make_document: Make, case: str) -> None:
    assert tokens(make_document(case)) == case.replace("z. B.", "z.\0B.").replace("d. h.", "d.\0h.").replace(
        " ", "\n"
    ).replace("\0", " ").split("\n")


def test_glued_forms_are_cut(make_document: Make) -> None:
    assert tokens(make_document("geht's (5%).")) == ["geht", "'s", "(", "5", "%", ")", "."]


@pytest.mark.parametrize("example", load("de/verb_forms.toml")["examples"]["feats"])
def test_verb_forms(make_document: Make, example: str) -> None:
    text, form, wanted, unwanted = (part.strip() for part in f"{example} ".split("|"))
    feats = (token(make_document(text), form).feats or "").split("|")
    assert set(wanted.split()) <= set(feats)
    assert not set(unwanted.split()) & set(feats)


@pytest.mark.parametrize("example", load("de/closed_classes.toml")["examples"]["upos"])
def test_closed_classes(make_document: Make, example: str) -> None:
    text, form, upos = example.split(" | ")
    assert token(make_document(text), form).upos == upos


KONJUNKTIV = (
    "sei habe werde könne müsse solle wolle dürfe möge gehe komme gebe stehe bleibe sage wisse nehme halte lasse"
)


@pytest.mark.parametrize("form", KONJUNKTIV.split())
def test_third_person_is_konjunktiv_first_person_is_not(make_document: Make, form: str) -> None:
    assert "Mood=Sub" in (token(make_document(f"Er sagte, sie {form} das."), form).feats or "")
    if form != "sei":
        assert "Mood=Sub" not in (token(make_document(f"Das {form} ich nicht."), form).feats or "")


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("Häuser", "Haus"),
        ("ging", "gehen"),
        ("abgezogen", "abziehen"),
        ("US-Präsidenten", "US-Präsident"),
        ("sei", "sein"),
    ],
)
def test_lemmas(make_document: Make, form: str, lemma: str) -> None:
    assert token(make_document(f"Sie sagte, er {form} dort."), form).lemma == lemma


def test_nouns_are_no_verbs(make_document: Make) -> None:
    for text, form in (
        ("Die Lage ist ernst.", "Lage"),
        ("Seine Rede war lang.", "Rede"),
        ("Eine neue Liste fehlt.", "neue"),
    ):
        assert token(make_document(text), form).feats is None
