"""Why two names are taken for one's, a claim is read as it is, tellings are one event: in whole phrases.

Names stand in them as the articles spell them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from quellenlage.views.locale import Words
from quellenlage.views.wording.dates import short_day
from quellenlage.views.wording.offices import office_name
from quellenlage.views.wording.spelled import UNKNOWN, Spelled
from quellenlage.views.wording.states import state_name

_COUNTED = frozenset({"days", "offices", "several"})
_STATES = frozenset({"state", "states-differ", "state-of-article"})
_COMPANY = frozenset({"companion", "companions"})
_WORDED = frozenset(
    {
        "act", "company", "cue", "demand", "hedge", "manner", "ordinal", "participants", "relay",
        "speaker-anaphora", "speaker-role", "things", "told", "trigger", "trigger-general", "trigger-stem", "words",
    }
)  # fmt: skip
"""What names a word or a number, which is told as it stands."""
_ALIASES = {"evidentiality": "stance"}
"""What says the same of a claim as another reason does."""
_WEIGHED = re.compile(r"(?P<code>.+)\((?P<sign>[+-])\d+\.\d\)")
"""A reason with what it weighs, as events have them: "time:same-day(+2.0)"."""
_OPEN = ".."
"""End of a term that lasts."""


def reason_words(reasons: Iterable[str], words: Words, spelled: Spelled = UNKNOWN) -> list[str]:
    """Each reason in words, once; a code that the catalogue does not know stays as it is.

    Reasons name people, bodies and places folded; `spelled` knows how the articles write them.
    """
    found = (_one(part, words, spelled) for reason in reasons for part in reason.split("; "))
    return list(dict.fromkeys(text for text in found if text))


def _one(reason: str, words: Words, spelled: Spelled) -> str:
    if weighed := _WEIGHED.fullmatch(reason):
        told_of = _one(weighed["code"], words, spelled)
        return words("reason.against", a=told_of) if weighed["sign"] == "-" else told_of
    code, _, detail = reason.partition(":")
    code = _ALIASES.get(code, code)
    # What has few values has a text for each: "time:same-day", and "time:near:3d", whose number is left out.
    for value in (detail, detail.partition(":")[0]):
        if value and words.knows(f"reason.{code}-{value}"):
            return words(f"reason.{code}-{value}")
    key = f"reason.{code}"
    if code in _COUNTED:
        return words.count(key, _number(detail))
    if not words.knows(key):
        return reason
    if code in _COMPANY:
        met = [spelled.met(one) for one in detail.split("+")]
        named = [one for one in met if one]
        return words(key, a=named[0], b=named[-1]) if len(named) == len(met) else words(f"{key}-unnamed")
    sides = detail.split("~")
    if len(sides) > 1 and sides[0] == sides[1]:
        key = "reason.word"
    reader = _reader(code, words, spelled)
    told = [words("list.and").join(map(reader, side.split("+"))) for side in sides]
    return words(key, a=told[0], b=told[-1])


def _number(detail: str) -> int:
    """A number, or how many are listed."""
    return int(detail) if detail.isdecimal() else len(detail.split(","))


def _reader(code: str, words: Words, spelled: Spelled) -> Callable[[str], str]:
    """How what a reason of this code names is read."""
    if code in _WORDED:
        return str
    if code in _STATES:
        return lambda codes: ", ".join(state_name(one, words) for one in dict.fromkeys(codes.split(",")) if one)
    if code == "kind":
        return lambda kind: words.code("kind", kind)
    if code == "term":
        return lambda row: _term(row.split(":"), words)
    if code == "archive-office":
        return lambda row: office_name(row.partition(":")[0], words) or spelled.of(row.partition(":")[0])
    return spelled.of


def _term(row: Sequence[str], words: Words) -> str:
    """A row of the table of terms, `ru-president:2000-05-07/2008-05-07`, as office and days."""
    told = office_name(row[0], words) or row[0]
    first, _, last = (row[1] if len(row) > 1 else "").partition("/")
    if not first:
        return told
    start = short_day(date.fromisoformat(first), words)
    if last in {"", _OPEN}:
        return f"{told}, {words('date.since', first=start)}"
    return f"{told}, {start} – {short_day(date.fromisoformat(last), words)}"


def script_of(text: str) -> str:
    """The script of the first letter: "latin", "cyrillic", "arabic"; empty where there is none."""
    letter = next((c for c in text if c.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0].lower() if letter else ""
