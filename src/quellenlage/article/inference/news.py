"""Clues from dates with a year that the report tells as news, and from anniversaries that fall on a known day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quellenlage.article.inference.clues import EVER, Clue, Passage, around
from quellenlage.article.inference.days import FUTURE, OLDEST, PAST_VERB, day_of, on_wrong_weekday
from quellenlage.model.calendar import MONTH_PATTERN, explicit_dates

NEWS_REACH = 29
"""Days after which an article still tells a dated happening as its latest news.

Of 18 such dates without a weekday in 700 Wikinews articles (the training part, on which the conditions were set) 16 lay
so near: 13 within 9 days, three at 17 to 29; the two others looked back years without a word that says so.
"""
_EARLY = 1
"""An article may name the next day as the one it tells of: it was written on the evening before."""
_PLANNED = 730
"""Days ahead for which news still names a day or month: what lies further from a date makes that date a look back."""
_MARKED_REACH = 9
_ANNIVERSARY_REACH = 10
OPENING = 2
"""So many passages are an article's opening."""

_DATE = re.compile(
    rf"(?<![\d.,])(?P<day>\d{{1,2}})\.\s?(?:(?P<month>{MONTH_PATTERN})|(?P<number>\d{{1,2}})\.)"
    r",?\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/]|[.,]\d)(?!\s(?:Menschen|Euro|Meter|Kilometer|Dollar|Personen))")
_MARK = re.compile(
    r"\b(?:[Hh]eute|[Gg]estern|[Vv]orgestern|morgen|letzte Woche|dieser Woche)(?:\s[Aa]bend|\s[Mm]orgen)?,?\s"
    r"(?:am\s|dem\s|den\s)?$|\b(?:heutigen|gestrigen|morgigen|vergangenen|Stand:?)\s$"
)
NOT_NEWS = re.compile(
    r"\b(?:[Ss]eit(?: de[mr])?|[Bb]is(?: zum| einschließlich)?|[Aa]b(?: de[mr])?|[Zz]um|für den|auf den|"
    r"[Gg]eboren(?: am)?|nach dem|vor dem|zwischen dem|\w*[Ww]ahl(?:en|kampf)? am|Termin(?: \w+){0,2}|\w*[Dd]atum|"
    r"(?:anstehend|bevorstehend|kommend|nächst)\w* \w+ am)\s$|"
    r", (?:der|die|das|dem|den|deren|dessen|welche[rms]?)\b[^,]{0,60}$"
)
"""What stands right before a date that is no day of news, a date in a relative clause among it."""
LOOK_BACK = re.compile(
    r"\b(?:geboren\w*|Geburtstag\w*|\w*[Jj]ahrestag\w*|gegründet|[Gg]edenk\w*|gedacht\w*|damal\w*|einst|"
    r"[Vv]or (?:\w+ ){1,3}(?:Jahre?n?|Monaten)|nach \w+ Jahren|[Ee]rinner\w*|[Zz]um Vergleich|früher\w*|"
    r"Begründung|seinerzeit|Vorjahr\w*|[Zz]uletzt|[Ll]etztmals|Jahrgang)\b"
)
COURT = re.compile(
    r"\b(?:(?:Land|Amts|Schwur|Straf|Verwaltungs|Oberlandes)?[Gg]ericht\w*|Prozess\w*|\w*[Aa]nklag\w*|[Aa]ngeklagt\w*|"
    r"\w*[Uu]rteil\w*|\w+haft|Staatsanwalt\w*|Bewährung|Strafverfahren|Berufung|Abschlussbericht|verschollen\w*)\b"
)
"""Words of what is told again months later: a trial, an inquiry."""
_EARLIER = re.compile(r"\b(?:hatten?|war(?:en)?)\b")
_PERFECT = re.compile(
    r"\b(?:hat|haben|ist|sind|wurden?)\b.{1,250}\b(?:ge\w+(?:t|en)|(?:ver|be|er|ent|zer|miss|über|unter|um)\w+(?:t|en)|"
    r"\w*ge\w{2,}(?:t|en)|\w+iert|\w+stattgefunden)\b",
    re.DOTALL,
)
_PRETERITE = re.compile(
    r"\b(?!heute\b|Heute\b|[A-ZÄÖÜ])\w{3,}te[nst]{0,2}\b|"
    r"\b(?:beschloss|schloss|nahm|griff|trug|hob|flog|fuhr|sprach|verstarb|starb|betrat|schlug|trat|verlor|gewann|sank|riss|"
    r"schoss|erhielt|verließ|wies|stieß|ging|kam|fand|begann|gab|traf|rief|lief|hielt|zog|wurde|bekam|verbot|bat)e?n?\b"
)
_AGE = re.compile(
    r"\b(?P<n>\d{1,3})\.\s(?:\w+\s)?(?P<what>\w*[Jj]ahrestag\w*|Geburtstag\w*|Todestag\w*|Hochzeitstag\w*|Bestehen)|"
    r"\bwird (?:heute|am \w+) (?P<m>\d{1,3})\b|\b[Hh]eute (?:[\w.]+ ){0,9}(?P<o>\d{2,3}) Jahre alt\b"
)
_AGO = re.compile(
    r"\b[Vv]or (?:genau|fast genau|exakt|auf den Tag genau) (?P<n>\w+) Jahr(?:en)?\b|"
    r"\b[Hh]eute vor (?P<m>\w+) Jahr(?:en)?\b"
)
_TODAY = re.compile(r"\b(?:[Hh]eute|[Gg]estern|heutigen|gestrigen)\b")
_NUMBER = {
    word: number
    for number, word in enumerate(
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn".split()
    )
} | {"einem": 1, "zwanzig": 20, "dreißig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60}


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date with its year and where it stands."""

    day: date
    at: int
    passage: Passage
    match: re.Match[str]


def _dated(passages: Sequence[Passage]) -> Iterator[_Dated]:
    for at, passage in enumerate(passages):
        for match in _DATE.finditer(passage.text):
            day = day_of(match, int(match["year"]))
            if day and day.year >= OLDEST and not on_wrong_weekday(passage.text, match.end()):
                yield _Dated(day, at, passage, match)


def news_clues(passages: Sequence[Passage]) -> list[Clue]:
    """The latest day that the report names with its year, told as news and not as a look back, lies shortly before.

    Trials and inquiries tell old deeds in the same words, so their dates only count in the
    sentence of the court itself.
    """
    dated = list(_dated(passages))
    clues: list[Clue] = []
    if not dated:
        return clues
    named_days = [(passage, found.interval.earliest) for passage in passages for found in explicit_dates(passage.text)]
    latest = max((day for passage, day in named_days if not FUTURE.search(passage.text)), default=date.min)
    farthest = max((day for _, day in named_days), default=date.min)
    named = latest_year(passages)
    courts = [passage for passage in passages if COURT.search(passage.text)]
    for told in dated:
        span = told.passage.span(*told.match.span())
        words = " ".join(told.match.group().split())
        before = told.passage.text[: told.match.start()]
        if _MARK.search(before[-40:]):
            clues.append(Clue(1, (around(told.day, _MARKED_REACH, _MARKED_REACH),), (span,), f"dated-today:{words}"))
        elif (
            (not courts or told.passage in courts)
            and told.day >= latest
            and (farthest - told.day).days <= _PLANNED
            and told.day.year >= (named or 0)
            and _is_news(told, before)
            and not any(_TODAY.search(p.text) for p in passages[:OPENING] if p is not told.passage)
        ):
            clues.append(Clue(2, (around(told.day, _EARLY, NEWS_REACH),), (span,), f"dated-news:{words}"))
    return clues


def _plans(told: _Dated) -> bool:
    return bool(FUTURE.search(told.passage.text))


def tells_earlier(sentence: str) -> bool:
    """Whether a sentence tells, in the pluperfect, what came before the news."""
    return bool(_EARLIER.search(sentence)) and not _PERFECT.search(sentence)


def _is_news(told: _Dated, before: str) -> bool:
    sentence = told.passage.text
    if NOT_NEWS.search(before[-80:]) or LOOK_BACK.search(sentence) or _plans(told):
        return False
    if tells_earlier(sentence):
        return False
    return bool(_PERFECT.search(sentence) or PAST_VERB.search(sentence) or _PRETERITE.search(sentence))


def anniversary_clues(passages: Sequence[Passage]) -> list[Clue]:
    """ "wird heute 75 Jahre alt … am 5. August 1930": the day and the number of years give the date."""
    clues: list[Clue] = []
    for at, passage in enumerate(passages):
        found = _AGE.search(passage.text) or _AGO.search(passage.text)
        if not found:
            continue
        years = next((_number(v) for k, v in found.groupdict().items() if k != "what" and v and _number(v)), None)
        if not years:
            continue
        near = [passage, *passages[at + 1 : at + 2]]
        for other in near:
            for match in _DATE.finditer(other.text):
                born = day_of(match, int(match["year"]))
                day = day_of(match, int(match["year"]) + years) if born else None
                if not day or not EVER.earliest < day < EVER.latest or _SINCE.search(other.text[: match.start()][-12:]):
                    continue
                spans = (passage.span(*found.span()), other.span(*match.span()))
                words = f"{found.group()} / {' '.join(match.group().split())}"
                allowed = (around(day, _ANNIVERSARY_REACH, _ANNIVERSARY_REACH),)
                clues.append(Clue(1, allowed, spans, f"anniversary:{words}"))
    return clues[:1]


_SINCE = re.compile(r"\b[Ss]eit(?: de[mr])?\s$")


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return _NUMBER.get(word.casefold().removesuffix("en")) or _NUMBER.get(word.casefold())


def latest_year(passages: Sequence[Passage]) -> int | None:
    """The latest year that the report names as past or present."""
    years = (
        int(match.group())
        for passage in passages
        if not FUTURE.search(passage.text)
        for match in _YEAR.finditer(passage.text)
    )
    return max((year for year in years if OLDEST <= year < EVER.latest.year), default=None)
