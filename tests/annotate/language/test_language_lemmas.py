"""Lemmas by part of speech: what a dictionary without parts of speech gets wrong."""

from __future__ import annotations

import pytest

from quellenlage.annotate.language.lemmas import LEMMAS, lemma
from quellenlage.resources import load

CASES = """
Im ADP - in
zum ADP - zu
den DET - der
ihrer DET - ihr
ihm PRON - er
seien AUX Mood=Sub|Tense=Pres|VerbForm=Fin sein
habe AUX - haben
zurückgewiesen VERB VerbForm=Part zurückweisen
domestiziert VERB VerbForm=Part domestizieren
Versuchen VERB VerbForm=Inf versuchen
veränderte ADJ - verändert
umfassenden ADJ - umfassend
geplant ADJ - planen
tolle ADJ - toll
offenen ADJ - offen
letzten ADJ - letzt
Berliner ADJ - Berliner
18jährigen ADJ - 18jährig
Römischen ADJ - römisch
Versuchen NOUN - Versuch
Toten NOUN - Tote
Abgeordneten NOUN - Abgeordnete
Druckproben NOUN - Druckprobe
USA PROPN - USA
Chinas PROPN Case=Gen China
Hans PROPN Case=Nom Hans
US-Präsidenten NOUN - US-Präsident
2. ADJ NumType=Ord 2.
"""


@pytest.mark.parametrize("case", CASES.strip().split("\n"))
def test_lemma_of_the_class(case: str) -> None:
    form, upos, feats, expected = case.split()
    assert lemma(form, False, upos, "" if feats == "-" else feats) == expected


def test_the_polite_pronoun_keeps_its_capital_but_not_where_every_word_has_one() -> None:
    assert lemma("Sie", False, "PRON", None) == "Sie"
    assert lemma("Sie", True, "PRON", None) == "sie"


def test_no_form_stands_under_two_lemmas_of_a_class() -> None:
    for upos, rows in load(LEMMAS).items():
        if upos != "meta":
            forms = [form for listed in rows.values() for form in listed.split()]
            assert sorted({form for form in forms if forms.count(form) > 1}) == [], upos


@pytest.mark.parametrize("upos", ["NOUN", "VERB", "ADJ", "PROPN", "ADP", "X", "PUNCT", None])
@pytest.mark.parametrize("form", ["", "a", "ß", "İ", "e", "en", "-", "a-", "1", "18e", "ä" * 80, "\ud800"])
def test_any_form_has_a_lemma(form: str, upos: str | None) -> None:
    assert isinstance(lemma(form, True, upos, None), str)
    assert isinstance(lemma(form, False, upos, "Case=Gen"), str)
