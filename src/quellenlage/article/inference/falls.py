"""Clues from a fall, death or resignation that the report tells as done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quellenlage.article.inference.clues import EVER, Clue, Passage, around
from quellenlage.model import DateInterval
from quellenlage.offices.terms import Holder, names_in, words_of

_NUMBER_WORDS = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS)}
_AGO = re.compile(
    r"\bvor (?P<n>\d{1,2}|eine[mr]|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf) "
    r"(?P<unit>Tag|Woche|Monat)(?:en|e|n|s)?\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:soll\w*|könnten?|würden?|wenn|falls|Ziel\w*|forder\w+|will|wollen|wolle|wollten?|droh\w+|müsse\w*|"
    r"möglich\w*|versuch\w*|"
    r"plan\w+|für die Zeit|im Falle?|hofft?en?|angestrebt\w*|anstreb\w*|möchte\w*|dürfte\w*)\b",
    re.IGNORECASE,
)
_DONE = {
    "fall": r"gestürzt|entmachtet|abgesetzt|vertrieben",
    "death": r"gestorben|verstorben|getötet|ermordet",
    "resignation": r"zurückgetreten",
}
_NOUN = {
    "fall": r"Sturz\w*|Entmachtung|Absetzung|Vertreibung",
    "death": r"Tod\w*|Ableben\w*|Tötung|Ermordung",
    "resignation": r"Rücktritt\w*",
}
_END_WORDS = {
    "fall": re.compile(rf"(?:{_DONE['fall']}|{_NOUN['fall']}|[Ss]türz\w+)"),
    "death": re.compile(
        rf"(?:{_DONE['death']}|{_NOUN['death']}|\bstarb\b|vergiftet|Leich\w+|Exhumierung|\w+sprechung|Begräbnis|Erbe)"
    ),
    "resignation": re.compile(rf"(?:{_DONE['resignation']}|{_NOUN['resignation']}|zurücktr\w+|trat \w+ zurück)"),
}
_ANY_END = re.compile("|".join(pattern.pattern for pattern in _END_WORDS.values()))
_SPAN_SLACK = {"Tag": (1, 1), "Woche": (7, 2), "Monat": (30, 10)}
"""Length of the unit and by how many days a told "vor einer Woche" may be off, both ways."""
_FRESH = re.compile(r"\b(?:stürzen|stürzt|entmachten|entmachtet|flieht|fliehen|tritt zurück|treten zurück|stirbt)\b")
"""A fall told in the present tense at the head of a report is its news."""
_FRESH_DAYS = 13
"""Days after which a fall is no longer told so; assumed, not measured."""
_HEAD = 6
_FRESH_RANK = 4
_MENTIONS = 6
"""So many sentences are kept as evidence for one end."""


@dataclass(frozen=True, slots=True)
class Falls:
    """What is told of ends of office: the clues, and all who are named together with an end, told as done or not."""

    clues: tuple[Clue, ...]
    names: frozenset[str]


def find_falls(passages: Sequence[Passage]) -> Falls:
    """Clues from a fall, death or resignation told as done.

    One sentence that says it outright, or two that date something after it, are needed: "nach dem Sturz" is also
    written of a fall that never came.
    """
    told: dict[str, list[tuple[Holder, Passage, bool]]] = {}
    names: set[str] = set()
    for passage in passages:
        if not _ANY_END.search(passage.text):
            continue
        holders = {
            seen.holder.name: seen.holder for seen in names_in(words_of(passage.text).words) if seen.holder.ended
        }
        for name, holder in holders.items():
            if _END_WORDS[holder.ended].search(passage.text):
                names.add(name)
                outright = None if _UNREAL.search(passage.text) else _told(passage.text, holder)
                if outright is not None:
                    told.setdefault(name, []).append((holder, passage, outright))
    clues: list[Clue] = []
    for name, listed in told.items():
        holder = listed[0][0]
        if holder.end is None or not (any(outright for *_, outright in listed) or len(listed) > 1):
            continue
        spans = tuple(p.span(0, len(p.text)) for _, p, _ in listed[:_MENTIONS])
        after = DateInterval(holder.end, EVER.latest)
        reason = f"{holder.ended}:{name} {holder.end.isoformat()}"
        clues.append(Clue(1, (after,), spans, reason, holder.verified, holder.rows))
        clues += [clue for _, p, outright in listed if outright and (clue := _ago(holder, holder.end, p))]
        clues += _fresh(holder, holder.end, passages)
    return Falls(tuple(clues), frozenset(names))


def _fresh(holder: Holder, end: date, passages: Sequence[Passage]) -> Iterator[Clue]:
    surname = re.compile(rf"\b{re.escape(holder.name.split()[-1])}\b")
    for passage in passages[:_HEAD]:
        if _FRESH.search(passage.text) and not _UNREAL.search(passage.text):
            named = surname.search(passage.text) or any(
                n.holder.name == holder.name for n in names_in(words_of(passage.text).words)
            )
            if named:
                days = DateInterval(end, end + timedelta(days=_FRESH_DAYS))
                span = passage.span(0, len(passage.text))
                reason = f"{holder.ended}-news:{holder.name} {end.isoformat()}"
                yield Clue(_FRESH_RANK, (days,), (span,), reason, holder.verified, holder.rows)
                return


def _told(sentence: str, holder: Holder) -> bool | None:
    """True where the end is told outright, False where something comes after it, None where neither.

    A fall is told with the regime, the army or the palace as often as with the name, so the whole sentence counts; a
    death or resignation only counts close to the name.
    """
    done, noun = _DONE[holder.ended], _NOUN[holder.ended]
    if holder.ended != "fall":
        name = rf"\b{re.escape(holder.name.split()[-1])}\b"
        after = rf"\b(?:nach|seit) (?:dem|der) (?:{noun}) (?:von|des|der) (?:\w+\.? ){{0,4}}{name}"
        verb = rf"{name} (?:\w+ ){{0,3}}(?:{done}) (?:ist|war)\b|{name} (?:ist|war) (?:\w+ ){{0,4}}(?:{done})\b"
        return True if re.search(verb, sentence) else False if re.search(after, sentence) else None
    if re.search(
        rf"\b(?:{done}) (?:hat|haben|hatten?|wurden?|worden|war|ist)\b|"
        rf"\b(?:wurde|hat|haben|ist|war)\b.{{0,90}}\b(?:{done})\b",
        sentence,
    ):
        return True
    after = rf"\b(?:nach|seit) (?:dem|der) (?:\w+ ){{0,2}}(?:{noun})\b|\b(?:{done})e[nrms]?\b|-(?:{noun})\b"
    return False if re.search(after, sentence, re.IGNORECASE) else None


def _ago(holder: Holder, end: date, passage: Passage) -> Clue | None:
    """ "vor einer Woche gestürzt": the day of the fall plus the span, with its slack."""
    match = _AGO.search(passage.text)
    if not match:
        return None
    gap = passage.text[match.end() : match.end() + 60]
    if not re.search(rf"\b(?:{_DONE[holder.ended]})\b", gap):
        return None
    length, slack = _SPAN_SLACK[match["unit"].capitalize()]
    word = match["n"].casefold()
    number = int(word) if word.isdigit() else _NUMBERS.get(word, 1)
    day = end + timedelta(days=length * number)
    reason = f"{holder.ended}-ago:{match.group()} {day.isoformat()}"
    span = passage.span(*match.span())
    return Clue(1, (around(day, slack, slack),), (span,), reason, holder.verified, holder.rows)
