"""When an event was: the time expression of its clause, else of its sentence; never more precise than they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from quellenlage.annotate.events.negation import CALLED_OFF
from quellenlage.annotate.events.planned import AGREEMENTS, in_present
from quellenlage.annotate.events.triggers import Trigger
from quellenlage.annotate.events.underway import NOW
from quellenlage.annotate.events.words import DETERMINERS, Word
from quellenlage.model import DateInterval, Dct, Factuality, Span, Timex

_ISO_PREFIX = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?![\dW])")
_WIDEST = 366 * 3
"""Days of the widest interval that still says when something was; "in den vergangenen Jahrzehnten" does not."""
_UNTIL = re.compile(r"\.?\s*(?:[-–—]|,?\s*bis(?:\s+einschließlich)?(?:\s+zum)?)\s*(?:den\s+|dem\s+)?")
"""What joins the two ends of a range: "vom 3. bis zum 5. Mai", "3.–5. Mai"."""
_SINCE = frozenset({"seit", "ab"})
_ABOUT = frozenset("derzeit rund etwa knapp fast gut circa zirka bislang zuletzt mindestens".split())
"""Words after which four figures are a number, not a year."""
_YEAR = re.compile(r"\d{4}")
_AND = re.compile(r"\.?\s*(?:/|und(?:\s+am)?)\s*(?:den\s+|dem\s+)?")
_BETWEEN = re.compile(r"\bzwischen\s+(?:dem\s+|den\s+)?$", re.IGNORECASE)
_SAME_TIME = re.compile(
    r"(?:Dabei|Daraufhin|Währenddessen|Gleichzeitig|Zeitgleich|Zugleich|Zur selben Zeit|Anschließend|Kurz darauf|"
    r"Wenig später|Kurz danach|Bei dem (?:Vorfall|Angriff|Anschlag|Unglück|Unfall|Brand|Einsatz|Absturz|Treffen))\b"
)
_TOLD = frozenset({Factuality.HAPPENED, Factuality.ALLEGED, Factuality.DENIED})
_SPOKEN = frozenset({"REQUEST", "THREATEN", "ACCUSE", "REJECT", "AGREE", "SUPPORT", "CONCEDE"})
"""Types whose saying is the act."""
_WEEKDAYS = frozenset("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag".split())
_NEIGHBOURING = 3
"""Days that may lie between two that "und" joins, for both to be when it happened ("am 3. und 4. Mai")."""


@dataclass(frozen=True, slots=True)
class When:
    """ISO value (None where the text gives no day, month or year of its own) and the days in question."""

    value: str | None = None
    earliest: date | None = None
    latest: date | None = None


def when(
    trigger: Trigger,
    sentence: Span,
    timexes: Sequence[Timex],
    text: str,
    told_in: Sequence[Span] | None = None,
    before: Span | None = None,
) -> When:
    """Take the nearest resolved point or period in time: of the clause first, then of the sentence.

    `told_in` is what somebody says in the sentence, where the event is part of it: the time of the saying around it is
    not the time of what is said. `before` is the sentence before: one that goes on with "Dabei" is on the day of that.
    """
    usable = [t for t in timexes if sentence.contains(t.span) and _says_when(t) and not _of_another(trigger, t, text)]
    usable = list(_ranges(usable, text))
    spans = [word.token.span for word in trigger.clause.words]
    inside = [t for t in usable if any(span.overlaps(t.span) for span in spans)]
    if not inside:
        usable = [t for t in usable if not _in_relative(trigger, t)]
    if not inside and told_in is not None:
        usable = [t for t in usable if any(span.overlaps(t.span) for span in told_in)]
    if not usable and before is not None and _goes_on(text, sentence):
        usable = [t for t in timexes if before.contains(t.span) and _says_when(t) and t.earliest == t.latest][-1:]
    at = trigger.word.token.start
    chosen = min(inside or usable, key=lambda t: (abs(t.start - at), t.start), default=None)
    if chosen is None or chosen.interval is None or chosen.interval.days > _WIDEST:
        return When()
    return _of(chosen, chosen.interval)


def _of_another(trigger: Trigger, timex: Timex, text: str) -> bool:
    """Whether a time is said of a noun, not of what happens: "der seit 1991 amtierende Chef", "die Meldung vom 3. Mai".

    A noun with "vom" dates itself, unless it is the trigger; a range ("vom 3. bis 5. Mai") may be said of anything.
    """
    sentence = trigger.clause.sentence
    inside = [word for word in sentence if timex.span.overlaps(word.token.span)]
    if not inside:
        return False
    before = [word for word in sentence if word.index < inside[0].index][-2:]
    if before and before[-1].low in _ABOUT and _YEAR.fullmatch(timex.value):
        return True  # "von derzeit 2000 auf rund 15.000"
    if len(before) == 2 and before[1].low == "vom" and before[0].capital and not _UNTIL.match(text, timex.end):
        owner = before[0]
        return owner.token.upos in {"NOUN", "PROPN"} and not _stands_in(trigger, owner)
    begins = [*before, *inside]
    since = next((word for word in begins if word.low in _SINCE and word.index >= inside[0].index - 1), None)
    after = sentence[inside[-1].index + 1] if inside[-1].index + 1 < len(sentence) else None
    if since is None or after is None or since.index == 0 or after is trigger.word:
        return False
    return after.relation == "amod" and sentence[since.index - 1].low in DETERMINERS


def _in_relative(trigger: Trigger, timex: Timex) -> bool:
    """Whether a time stands in a clause on some noun, but the trigger does not: "beerbt X, der ab Mai führt"."""
    own = {trigger.word.index, *(word.index for word in _above(trigger, trigger.word))}
    inside = next((word for word in trigger.clause.sentence if timex.span.overlaps(word.token.span)), None)
    if inside is None:
        return False
    return any(w.relation.startswith("acl") and w.index not in own for w in (inside, *_above(trigger, inside)))


def _above(trigger: Trigger, word: Word) -> Iterator[Word]:
    step = trigger.clause.above(word)
    for _ in trigger.clause.sentence:
        if step is None:
            return
        yield step
        step = trigger.clause.above(step)


def _stands_in(trigger: Trigger, word: Word) -> bool:
    """Whether a noun is the trigger, part of it, or a genitive of it ("der Angriff der Armee vom 3. Mai")."""
    own = {trigger.word.index, *(other.index for other in (*trigger.parts, *trigger.also))}
    step: Word | None = word
    while step is not None and not step.is_verb:
        if step.index in own:
            return True
        step = trigger.clause.above(step)
    return False


def _goes_on(text: str, sentence: Span) -> bool:
    """Whether a sentence says that it tells more of the same hour: "Dabei wurden drei Menschen verletzt"."""
    return _SAME_TIME.match(text, sentence.start, sentence.end) is not None


def _says_when(timex: Timex) -> bool:
    """Whether an expression has days: a point or period in time, or a length from now ("vor zwei Wochen")."""
    return timex.interval is not None and not timex.value.startswith(("PAST", "FUTURE", "PRESENT"))


def _ranges(timexes: Sequence[Timex], text: str) -> Iterator[Timex]:
    """The same, with the two ends of a range ("vom 3. bis 5. Mai") and neighbouring days as one expression."""
    waiting: Timex | None = None
    for timex in timexes:
        if waiting is None:
            waiting = timex
        elif (joined := _joined(waiting, timex, text)) is not None:
            waiting = joined
        else:
            yield waiting
            waiting = timex
    if waiting is not None:
        yield waiting


def _joined(first: Timex, second: Timex, text: str) -> Timex | None:
    a, b = first.interval, second.interval
    if a is None or b is None or b.latest < a.earliest or first.type != "DATE" or second.type != "DATE":
        return None
    gap = text[first.end : second.start]
    if _AND.fullmatch(gap):
        near = (b.earliest - a.latest).days <= _NEIGHBOURING and a.days == b.days == 1
        if not near and not _BETWEEN.search(text, max(0, first.start - 20), first.start):
            return None
    elif not _UNTIL.fullmatch(gap):
        return None
    whole = DateInterval(a.earliest, max(a.latest, b.latest))
    return replace(first, end=second.end, value=whole.value, earliest=whole.earliest, latest=whole.latest)


def _of(timex: Timex, interval: DateInterval) -> When:
    match = _ISO_PREFIX.match(timex.value)
    if match and "X" not in timex.value:
        value = interval.value if "W" in timex.value or timex.value[4:6] in {"-Q", "-S", "-H"} else match.group()
        if DateInterval.parse(value) != interval:
            value = interval.value
        return When(value, interval.earliest, interval.latest)
    # The weekday is known, the week is not: an interval without a value of its own.
    return When(None if "X" in timex.value else interval.value, interval.earliest, interval.latest)


def ahead(trigger: Trigger, time: When, how: Factuality, dct: Dct | None) -> tuple[When, Factuality]:
    """What a day after publication says: the event is still to come, unless its verb tells of the past.

    "Am 9. Juni wird gewählt" is planned; "legte fest, dass bis August gejagt wird" was done before, and "X fordert, die
    Straße bis zum 15. März zu räumen" demands today: neither is of that day.
    """
    if dct is None or time.earliest is None:
        return time, how
    if time.earliest <= dct.latest:
        later = _from_day_on(trigger, time, dct) if how in _TOLD | {Factuality.ONGOING} else None
        return (later, Factuality.PLANNED) if later is not None else (time, how)
    acted = trigger.reading.event_type in _SPOKEN or trigger.word.lemma in CALLED_OFF
    if not trigger.noun and _past(trigger) and how in _TOLD:
        return _week_before(trigger, time, dct), how
    if how is Factuality.HAPPENED and acted:
        return When(), how
    return time, Factuality.PLANNED if how in {Factuality.HAPPENED, Factuality.ONGOING} else how


def _week_before(trigger: Trigger, time: When, dct: Dct) -> When:
    """The weekday before publication for one after it, where it stands with a verb of the past; no day for any other.

    "Erlagen am Mittwoch ihren Verletzungen": the name alone may mean either, and the tense decides. In "hat die für
    Montag geplante Reise abgesagt" it stands with another word, and nothing is known of the day of the verb.
    """
    days = [word for word in trigger.clause.below(trigger.word) if word.low in _WEEKDAYS]
    on_it = any(case.low == "am" for word in days for case in trigger.clause.below(word))
    if len(days) != 1 or not on_it or time.earliest is None or time.earliest != time.latest:
        return When()
    day = time.earliest - timedelta(days=7)
    return When(day.isoformat(), day, day) if day <= dct.latest else When()


def _from_day_on(trigger: Trigger, time: When, dct: Dct) -> When | None:
    """The weekday after publication for one before it that stands with "ab" and a verb in the present.

    "Ab Montag streiken die Fahrer": what began earlier would be told with "seit".
    """
    days = [word for word in trigger.clause.words if word.low in _WEEKDAYS]
    begins = len(days) == 1 and any(case.low == "ab" for case in trigger.clause.below(days[0]))
    if not begins or time.earliest is None or time.earliest != time.latest or trigger.noun or not in_present(trigger):
        return None
    day = time.earliest + timedelta(days=7)
    return When(day.isoformat(), day, day) if day > dct.latest else None


def _past(trigger: Trigger) -> bool:
    """Whether the clause of a verb is told in the past: of finite verbs of its own, or with the perfect."""
    own = [w for w in trigger.clause.words if w is trigger.word or w.governor == trigger.word.index]
    finite = [w for w in own if "VerbForm=Fin" in (w.token.feats or "")]
    return any(w.past for w in own) or any(w.lemma in {"haben", "sein"} for w in finite)


def of_agreement(trigger: Trigger, time: When, how: Factuality, dct: Dct | None) -> bool:
    """Whether a day is that on which a plan was agreed on: "einigten sich am Donnerstag auf einen Abzug"."""
    if how is not Factuality.PLANNED or not trigger.noun or dct is None or time.latest is None:
        return False
    agreed = any(word.is_verb and word.lemma in AGREEMENTS for word in trigger.clause.words)
    return agreed and time.latest <= dct.latest


def present(dct: Dct | None, factuality: Factuality, words: Iterable[str]) -> When:
    """Ongoing events told with "jetzt" or "derzeit" take the day of publication, where that is one day."""
    if factuality is Factuality.ONGOING and dct and dct.earliest == dct.latest and not NOW.isdisjoint(words):
        return When(dct.value, dct.earliest, dct.latest)
    return When()
