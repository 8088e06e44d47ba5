"""Whether the words around a trigger say that it took place, so that it counts though nobody is named in it.

"Es kam zu Ausschreitungen", "bei einer Gesprächsrunde", "das Treffen am 24. März" tell an event; "für den Angriff" and
"das Gespräch" go back to one that was told, and "Gespräche über Wasser" may be a mere topic.
"""

from __future__ import annotations

import re

from quellenlage.annotate.events.clauses import Clause
from quellenlage.annotate.events.words import DETERMINERS, Word

_TAKING_PLACE = frozenset(
    "stattfinden ereignen ausbrechen geschehen erfolgen beginnen enden andauern dauern fortsetzen einleiten auslösen "
    "verursachen durchführen veranstalten abhalten verüben begehen eskalieren entstehen einsetzen eröffnen "
    "beenden aufnehmen wiederaufnehmen ausrichten organisieren absolvieren überschatten abschließen stoppen "
    "verhängen erheben einlegen erhalten ausrufen anmelden beantragen anberaumen ansetzen erwägen verschieben "
    "absagen platzen scheitern ausfallen starten anlaufen aufflammen erleiden überleben beilegen".casefold().split()
)
"""Verbs that say of their subject or object that it is, was or will be."""

_OCCURRING = frozenset({"geben", "kommen", "finden", "brechen", "führen", "laufen", "halten", "fallen", "leiten"})
"""Verbs that say so together with a word beside them: "es gab", "kam zu", "fand ... statt", "brach ... aus"."""

_BESIDE = frozenset({"es", "zu", "zum", "zur", "statt", "laut", "aus", "ab", "an", "durch", "bevor", "ein"})
_AT_ITS_TIME = frozenset(
    "bei beim nach während seit anlässlich infolge trotz angesichts aufgrund wegen durch vor im am in rande".split()
)
_ONLY_WITH_ARTICLE = frozenset({"in", "im", "am", "vor", "durch", "wegen", "aufgrund"})
"""Of these, those that lead to a topic as often as to what happened: they need an adjective or "ein" beside it."""

_MONTHS = "januar februar märz april mai juni juli august september oktober november dezember jänner feber"
_DAYS = "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
_WHEN = frozenset(f"{_MONTHS} {_DAYS} heute gestern morgen vorgestern".casefold().split())
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_DEFINITE = frozenset("der die das den dem des am im beim vom zum zur ins dieser diese dieses diesem diesen".split())
_OPEN = frozenset({"ob", "wenn", "falls", "sofern", "wie", "damit"})
_NAMING = frozenset({"nmod", "acl", "amod", "appos", "nummod", "acl:relcl", "nmod:poss"})
_AGAIN_AND_AGAIN = frozenset(
    "jährlich täglich wöchentlich monatlich regelmäßig normalerweise üblicherweise meist meistens stets immer oft "
    "häufig gewöhnlich jeweils traditionell".casefold().split()
)
_BY = frozenset({"von", "vom", "durch"})
_GOING_ON = frozenset("aktuell anhaltend andauernd laufend derzeitig gegenwärtig".split())


def took_place(clause: Clause, noun: Word, *, topic: bool) -> bool:
    """Whether the clause says of a noun that it took place; of a `topic` an indefinite subject or object does not."""
    below = clause.below(noun)
    if _dated(clause, noun):
        return True
    cases = {word.low for word in below if word.relation == "case"}
    if any(word.relation == "cop" for word in below):
        return "im" in cases  # "waren im Einsatz"
    if any(word.lemma in _GOING_ON for word in below):
        return True
    ruler = clause.above(noun)
    if ruler is None or not (ruler.is_verb or ruler.relation == "root"):
        return False
    if cases == {"auf"}:  # "auf Antrag der Staatsanwaltschaft"
        return all(word.relation != "det" for word in below) and any(word.relation == "nmod" for word in below)
    known = any(word.low in _DEFINITE for word in below if word.relation in {"det", "case"})
    told_more = _told_more(clause, noun)
    if _says_so(clause, ruler) and (not cases or cases <= _BESIDE):
        return not known or told_more or _dated(clause, ruler)
    if cases & _AT_ITS_TIME:
        if cases <= _ONLY_WITH_ARTICLE:
            return not known and told_more and not topic
        return not known or told_more
    return not topic and not cases and not known and noun.relation in {"nsubj", "nsubj:pass", "obj"} and told_more


def goes_back(clause: Clause, noun: Word) -> bool:
    """Whether a noun names again what was told before: with the definite article and nothing else ("das Gespräch")."""
    below = clause.below(noun)
    known = any(word.low in _DEFINITE for word in below if word.relation in {"det", "case"})
    return known and not _told_more(clause, noun)


def _told_more(clause: Clause, noun: Word) -> bool:
    """Whether a noun is told with more than itself: what hangs on it, or follows it before the finite verb.

    "Der Angriff auf Miren fand nicht statt": a main clause has room for one phrase there, so that it is the noun's,
    whatever the tree makes of it.
    """
    if "-" in noun.form or any(word.relation in _NAMING for word in clause.below(noun)):
        return True
    ruler = clause.above(noun)
    after = clause.sentence[noun.index + 1] if noun.index + 1 < len(clause.sentence) else None
    if ruler is None or after is None or after.relation != "case" or clause.conjunction:
        return False
    host = clause.above(after)
    finite = [word for word in (ruler, *clause.below(ruler)) if "VerbForm=Fin" in (word.token.feats or "")]
    return host is not None and host.governor == ruler.index and any(host.index < word.index for word in finite[:1])


def told_as_fact(clause: Clause, verb: Word) -> bool:
    """Whether a verb is told with tense or as a participle, in no clause that leaves it open ("ob", "wenn")."""
    feats = verb.token.feats or ""
    if clause.conjunction in _OPEN or clause.words[0].low in _OPEN:
        return False
    return "VerbForm=Fin" in feats or "VerbForm=Part" in feats or verb.token.upos == "ADJ"


def is_habit(clause: Clause) -> bool:
    """Whether a clause in the present tells what is so again and again ("jährlich verkaufen sie ...")."""
    if not any(word.low in _AGAIN_AND_AGAIN for word in clause.words):
        return False
    return not any("Tense=Past" in (word.token.feats or "") for word in clause.words)


def participle_tells(clause: Clause, word: Word) -> bool:
    """Whether a participle before its noun is told with a day or with who did it ("der am Montag verhaftete X")."""
    between: list[Word] = []
    for other in reversed(clause.words[: clause.words.index(word)]):
        if other.low in DETERMINERS:
            break
        between.append(other)
    return any(_dates(other) or other.low in _BY for other in between)


def _dated(clause: Clause, word: Word) -> bool:
    """Whether a day, month or year depends on a word, a noun's behind it ("das Treffen am 24. März")."""
    below = [other for other in clause.below(word) if word.is_verb or other.index > word.index]
    return any(_dates(other) or any(_dates(low) for low in clause.below(other)) for other in below)


def _dates(word: Word) -> bool:
    return word.lemma in _WHEN or word.low in _WHEN or bool(_YEAR.fullmatch(word.form))


def _says_so(clause: Clause, verb: Word) -> bool:
    if verb.lemma in _TAKING_PLACE or verb.low == "laut":
        return True
    if verb.lemma not in _OCCURRING:
        return False
    return any(word.low in _BESIDE for word in clause.words)
