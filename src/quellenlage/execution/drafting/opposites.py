"""Words of which one takes back what the other says: "zustimmen" and "ablehnen", "für" and "gegen"."""

from __future__ import annotations

from functools import cache

from quellenlage.model import fold

_PAIRS = (
    ("zustimmen billigen annehmen befürworten bejahen zusagen", "ablehnen zurückweisen verweigern verwerfen weigern"),
    ("freisprechen freispruch", "verurteilen verurteilung schuldsprechen"),
    ("bestätigen einräumen zugeben gestehen bekennen", "bestreiten dementieren leugnen zurückweisen abstreiten"),
    ("freilassen freilassung entlassen freikommen", "festnehmen verhaften inhaftieren festnahme verhaftung"),
    ("teilnehmen erscheinen besuchen anreisen", "fernbleiben fehlen absagen boykottieren meiden"),
    ("steigen zunehmen wachsen erhöhen anheben", "sinken abnehmen schrumpfen senken zurückgehen fallen"),
    ("gewinnen siegen sieg", "verlieren unterliegen niederlage"),
    ("begrüßen loben würdigen", "kritisieren verurteilen beklagen bedauern"),
    ("einmarschieren einrücken ankommen", "abziehen zurückziehen abrücken"),
    ("öffnen eröffnen freigeben", "schließen sperren"),
    ("aufnehmen fortsetzen wiederaufnehmen", "abbrechen aussetzen einstellen"),
    ("bleiben", "verlassen abziehen gehen"),
    ("bereit", "ablehnen weigern verweigern"),
    ("überleben", "sterben umkommen töten"),
    ("abgeben niederlegen", "behalten"),
    ("kaufen erwerben", "verkaufen veräußern"),
    ("schuldig", "unschuldig"),
    ("legal", "illegal"),
)
"""Rows of two sides; a word may stand in several."""

_FOR, _AGAINST = frozenset({"fuer", "dafuer"}), frozenset({"gegen", "dagegen"})


@cache
def _sides() -> dict[str, frozenset[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {}
    for row, pair in enumerate(_PAIRS):
        for side, words in enumerate(pair):
            for word in words.split():
                found.setdefault(fold(word), set()).add((row, side))
    return {word: frozenset(places) for word, places in found.items()}


def opposed(one: str, other: str) -> bool:
    """Whether two folded lemmas are on the two sides of a row."""
    sides = _sides()
    mine, theirs = sides.get(one, frozenset()), sides.get(other, frozenset())
    return any((row, 1 - side) in theirs for row, side in mine) and mine.isdisjoint(theirs)


def against(words: frozenset[str]) -> bool | None:
    """Whether folded words speak for something (False) or against it (True); None where neither, or both."""
    pro, contra = bool(words & _FOR), bool(words & _AGAINST)
    return contra if pro is not contra else None
