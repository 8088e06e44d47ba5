"""The words of a claim made comparable: folded, stemmed, with numbers, names, days and negation apart."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from sys import intern
from typing import NamedTuple

from quellenlage.model import Claim, Document, Evidentiality, Polarity, Span, fold
from quellenlage.model.recent import recent
from quellenlage.resources import load

INFORMATIVE = (4, 2)
"""Words, and content words among them, from which a passage is recognised by its words in any article."""

_MOST = 400
"""Words of a passage that are compared: more than any quotation has, so that hostile text costs no more."""

_WORD = re.compile(r"\w+(?:[-.,]\w+)*")
_MINUS = re.compile(r"(?<!\w)[-−–]$")
_NUMBER = re.compile(r"\d[\d.,]*")
_NO_CONTENT = frozenset("ADP DET PRON AUX PART CCONJ SCONJ PUNCT INTJ".split())
_STOP = frozenset(
    "aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da damit dann das dass "
    "dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem "
    "einen einer eines er es etwas euch euer fuer gegen habe haben habt haette haetten hat hatte hatten ich ihm "
    "ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes jetzt kann koenne koennen "
    "koennte man mehr mein mich mir mit muesse muessen muss nach noch nun nur ob oder schon sehr sei seien sein "
    "seine seinem seinen seiner seit sich sie sind so solle sollen sollte soll sondern sowie ueber um und uns "
    "unser unsere unserem unseren unter vom von vor war waere waeren waren was weil welche welcher wenn wer werde "
    "werden wie wieder will wir wird wo wolle wollen worden wurde wurden wuerde wuerden zu zum zur zwar zwischen "
    "hier dabei dazu ganz eben sagen geben machen koenn muess".split()
)  # fmt: skip
NEGATORS = frozenset(
    "nicht kein keine keinem keinen keiner keines nie niemals niemand niemandem niemanden nichts weder nirgends "
    "keinesfalls keineswegs keinerlei nimmer".split()
)
"""Folded words that turn what is said into its opposite."""

_CALENDAR = frozenset(
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar maerz april mai juni juli "
    "august september oktober november dezember heute gestern morgen".split()
)
_MULTIPLES = {"tausend": 10**3, "million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9}


_ARTICLES = {
    **{word: word for word in "der die das den dem des".split()},
    **dict(zip("ein eine einen einem eines einer".split(), ("", "die", "den", "dem", "des", "der"), strict=True)),
    **dict(zip("diese diesen diesem dieses dieser".split(), ("die", "den", "dem", "", "der"), strict=True)),
}
"""Articles and what they tell of the case: left out of the comparison, unless two contradict each other."""

_LEFT_OUT = frozenset("und dass".split())
_TIMES = frozenset("montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag heute gestern".split())
"""Words that agencies drop or add; two different days keep passages apart nevertheless."""

_FORMS = {
    word: f"={lemma}"
    for lemma, words in {
        "ist": "bin bist ist sind seid sei seien", "hat": "habe hast hat haben habt",
        "wird": "werde wirst wird werden werdet", "kann": "kann kannst koennen koennt koenne",
        "will": "will willst wollen wollt wolle", "muss": "muss musst muessen muesst muesse",
        "soll": "soll sollst sollen sollt solle", "darf": "darf darfst duerfen duerft duerfe",
        "war": "war waren", "hatte": "hatte hatten", "wurde": "wurde wurden", "wollte": "wollte wollten",
        "konnte": "konnte konnten", "musste": "musste mussten", "sollte": "sollte sollten",
        "waere": "waere waeren", "haette": "haette haetten", "wuerde": "wuerde wuerden",
        "koennte": "koennte koennten", "muesste": "muesste muessten", "duerfte": "duerfte duerften",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Forms of one verb that person and indirect speech exchange; tenses and the irrealis stay apart."""

MODALS = frozenset(f"={one}" for one in (
    "kann will muss soll darf wollte konnte musste sollte waere haette wuerde koennte muesste duerfte"
).split())  # fmt: skip
_CONTRACTED = {"im": "in", "ins": "in", "am": "an", "ans": "an", "vom": "von", "zum": "zu", "zur": "zu", "beim": "bei"}
_PERSONS = {
    **dict.fromkeys("ich wir er sie man".split(), "=pers"),
    **dict.fromkeys("mich mir uns sich".split(), "=self"),
    **{stem + ending: "=poss" for stem in ("mein", "unser", "sein", "ihr") for ending in "|e|en|em|er|es".split("|")},
}
"""Words of the person who speaks, and those that indirect speech puts for them."""

_QUOTES = frozenset("„“”\"»«›‹‚‘’'")


class Unit(NamedTuple):
    """A word as it is compared: words with one key differ in form only. `at` is its place among the words."""

    key: str
    word: str
    article: str
    at: int
    noun: bool


@dataclass(slots=True)
class Wording:
    """A passage made comparable: folded words with sentence and clause, content stems, numbers, names, negation.

    `stems` has a stem for every word ("" where it is no content word), `capital` whether it was written so; `names` are
    entity ids, or folded names; `questions` are the numbers of sentences that ask. `polarity` is that of the verb of
    saying, as far as it says more than the words; `stance` that of both. Millions of these wait for each other: what
    follows from the words is worked out when it is first asked for.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    capital: bytes
    clauses: tuple[tuple[int, int], ...]
    numbers: frozenset[str]
    names: frozenset[str]
    questions: frozenset[int]
    direct: bool
    polarity: Polarity
    stance: Polarity
    reserve: Evidentiality
    _content: frozenset[str] | None = field(default=None, init=False, repr=False, compare=False)
    _units: tuple[Unit, ...] | None = field(default=None, init=False, repr=False, compare=False)
    _keys: tuple[str, ...] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def content(self) -> frozenset[str]:
        """The stems of its content words."""
        if self._content is None:
            self._content = frozenset([stem for stem in self.stems if stem])
        return self._content

    @property
    def units(self) -> tuple[Unit, ...]:
        """The words that two passages must share, each under a key for all its harmless forms."""
        if self._units is None:
            self._units = _units(self)
        return self._units

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its units."""
        if self._keys is None:
            self._keys = tuple([unit.key for unit in self.units])
        return self._keys

    @property
    def days(self) -> frozenset[str]:
        """Words for days and months."""
        return _CALENDAR.intersection(self.words)

    @property
    def informative(self) -> bool:
        """Whether it is long enough to be recognised by its words alone."""
        return len(self.words) >= INFORMATIVE[0] and len({stem for stem in self.stems if stem}) >= INFORMATIVE[1]

    @property
    def identity(self) -> tuple[str, ...]:
        """What two passages in the same words have in common."""
        asks = ",".join(str(one) for one in sorted(self.questions))
        return (self.polarity.value, self.stance.value, self.reserve.value, asks, *self.words)


class Places:
    """The names of an article by their places, found without reading all of them for every claim."""

    def __init__(self, names: Iterable[tuple[int, int, str]]) -> None:
        self._listed = sorted(names)
        self._starts = [start for start, _, _ in self._listed]

    def within(self, span: Span) -> list[tuple[int, int, str]]:
        """Names that lie wholly inside, with start, end and entity."""
        near = self._listed[bisect_left(self._starts, span.start) : bisect_right(self._starts, span.end)]
        return [place for place in near if place[1] <= span.end]


_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Reading:
    """What has been read of a claim so far."""

    words: list[str]
    stems: list[str]
    capital: list[bool]
    clauses: list[tuple[int, int]]
    numbers: set[str]
    questions: set[int]
    sentence: int = 0
    clause: int = 0

    def mark(self, raw: str) -> None:
        """Take in a mark of punctuation."""
        if raw == "?":
            self.questions.add(self.sentence)
        self.sentence += raw in {".", "!", "?", "…", ":"}
        self.clause += raw in {",", ";", "–", "-"}

    def multiply(self, word: str) -> bool:
        """Read "1,2 Millionen" as one number."""
        if word not in _MULTIPLES or not self.words or self.words[-1] not in self.numbers or not _plain(self.words[-1]):
            return False
        self.numbers.discard(self.words[-1])
        self.words[-1] = self.stems[-1] = _written(float(self.words[-1]) * _MULTIPLES[word])
        self.numbers.add(self.words[-1])
        return True

    def word(self, word: str, stem: str, *, capital: bool) -> None:
        """Take in a word."""
        self.words.append(word)
        self.stems.append(stem)
        self.capital.append(capital)
        self.clauses.append(_clause(self.sentence, self.clause))


@recent(1 << 10)
def _clause(sentence: int, clause: int) -> tuple[int, int]:
    """One pair of numbers for all passages."""
    return sentence, clause


def read_wording(document: Document, claim: Claim, places: Places, speakers: frozenset[str]) -> Wording:
    """Make a claim's words comparable; `places` has the entities of the article by the place of their names."""
    text = document.text
    read = _Reading([], [], [], [], set(), set())
    named = [item for span in claim.spans for item in places.within(span)]
    own = {at for start, end, one in named if one in speakers for at in range(start, end)}
    for span in claim.spans:
        for start, end, lemma, upos in _tokens(document, span):
            if len(read.words) >= _MOST:
                break
            raw = text[start:end]
            word, number, stem = _word(raw, lemma, upos)
            if not word:
                read.mark(raw)
                continue
            if word in _MULTIPLES and read.multiply(word):
                continue
            if number:
                sign = _MINUS.search(text, max(0, start - 2), start)
                word = stem = f"minus{number}" if sign else number
                read.numbers.add(word)
            elif start in own:  # who speaks is known to be the same: the name says nothing about what is said
                stem = ""
            read.word(word, "" if stem in _STOP else stem, capital=raw[:1].isupper())
    first, last = claim.start, claim.end
    after = text[last : last + 2].lstrip(_AROUND)
    if after.startswith("?") and read.clauses:
        read.questions.add(read.clauses[-1][0])
    before = text[max(0, first - 3) : first].rstrip()
    direct = text[first : first + 1] in _QUOTES or before[-1:] in _QUOTES
    negated = not NEGATORS.isdisjoint(read.words)
    polarity = _polarity(claim, negated=negated, own_words=direct or before.rstrip(_MARKS).endswith(":"))
    reserve = claim.evidentiality
    return Wording(
        words=tuple(read.words),
        stems=tuple(read.stems),
        capital=bytes(read.capital),
        clauses=tuple(read.clauses),
        numbers=frozenset(read.numbers) if read.numbers else _NONE,
        names=frozenset(names) if (names := [one for *_, one in named if one not in speakers]) else _NONE,
        questions=frozenset(read.questions) if read.questions else _NO_QUESTIONS,
        direct=direct,
        polarity=polarity,
        stance=_stance(claim, polarity, negated=negated),
        # "Fordert: „Wir müssen …“" and "sagt: „Wir müssen …“" are the same words.
        reserve=Evidentiality.ASSERTED if direct and reserve is Evidentiality.DEMANDED else reserve,
    )


_MARKS = "".join(_QUOTES)
_AROUND = _MARKS + " "
_NO_QUESTIONS: frozenset[int] = frozenset()


@recent(1 << 15)
def _word(raw: str, lemma: str | None, upos: str | None) -> tuple[str, str, str]:
    """A token as a folded word (empty: a mark), as a number (empty: none), and the stem of its content, if any."""
    word = intern(fold(raw))
    number = _number(raw, word) if word else ""
    if not word or number:
        return word, number, number
    if upos in _NO_CONTENT or word in _STOP or word in NEGATORS or len(word) < 2:
        return word, "", ""
    return word, "", intern(_stem(fold(lemma) if lemma else word))


def _units(wording: Wording) -> tuple[Unit, ...]:
    units: list[Unit] = []
    article = ""
    for at, word in enumerate(wording.words):
        if word in _ARTICLES:
            article = _ARTICLES[word]
            continue
        if word in _TIMES:
            if units and units[-1].word == "am" and units[-1].at == at - 1:
                units.pop()
            article = ""
            continue
        if word in _LEFT_OUT:
            continue
        noun = bool(wording.capital[at] and wording.stems[at])
        units.append(Unit(_key(word), word, article, at, noun))
        article = ""
    return tuple(units)


@recent(1 << 13)
def _key(word: str) -> str:
    special = _FORMS.get(word) or _PERSONS.get(word) or _CONTRACTED.get(word)
    if special:
        return special
    if word in NEGATORS:
        return "kein" if word.startswith("kein") and word not in {"keinesfalls", "keineswegs", "keinerlei"} else word
    return word if word in _STOP else _stem(word)


_Token = tuple[int, int, str | None, str | None]


def _tokens(document: Document, span: Span) -> list[_Token]:
    found: list[_Token] = [(t.start, t.end, t.lemma, t.upos) for t in document.tokens_in(span)]
    return found or [(*m.span(), None, None) for m in _WORD.finditer(document.text, span.start, span.end)]


def _number(raw: str, word: str) -> str:
    if word in _cardinals():
        return _cardinals()[word]
    match = _NUMBER.fullmatch(raw.rstrip("%€$"))
    if not match:
        return ""
    digits = match.group().rstrip(".,")
    digits = digits.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits) else digits
    try:
        return _written(float(digits.replace(",", ".")))
    except ValueError:
        return fold(raw)  # a date or a score: 12.5.2020


@cache
def _cardinals() -> dict[str, str]:
    """Number words up to a million less one, for the thousands whole ones only; "ein" is an article."""
    table = load("de/numbers.toml")["cardinals"]
    ones, words, tens = (
        {fold(word): float(value) for word, value in (pair.rsplit(":", 1) for pair in table[name].split())}
        for name in ("ones", "words", "tens")
    )
    small = {word: value for word, value in words.items() if not re.fullmatch("ein(?:e[nmrs]?|s)?", word)} | tens
    small |= {f"{one}und{ten}": n + m for one, n in ones.items() for ten, m in tens.items()}
    under = {word: n for word, n in small.items() if 1 < n < 100}
    for one, n in ones.items():
        small[f"{one}hundert"] = n * 100
        small |= {f"{one}hundert{rest}": n * 100 + m for rest, m in under.items()}
    small |= {f"{word}tausend": n * 1000 for word, n in small.items() if 1 < n < 1000}
    return {word: _written(value) for word, value in small.items()}


def _written(number: float) -> str:
    return f"{number:.12g}"


def _plain(number: str) -> bool:
    return " " not in number and "e" not in number


_ENDING = re.compile(r"(?:esten|sten|eten|ten|est|en|er|es|em|et|te|e|n|s|t)$")


def _stem(lemma: str) -> str:
    """Cut one ending off, so that forms whose lemma is not known still meet ("liefere", "liefern")."""
    word = lemma.replace(" ", "")
    cut = _ENDING.sub("", word) if len(word) > 5 else word
    return cut if len(cut) >= 4 else word


def _polarity(claim: Claim, *, negated: bool, own_words: bool) -> Polarity:
    """What the verb of saying adds to the words: somebody who denies in words of his own affirms these.

    A label that rests on the words ("keine") adds nothing to them.
    """
    if claim.polarity is not Polarity.DENIED:
        return claim.polarity
    if "stance:deny" not in claim.reasons:
        return Polarity.AFFIRMED if negated and "cue-negated" not in claim.reasons else Polarity.DENIED
    inside = any(span.overlaps(cue) for span in claim.spans for cue in claim.cue)
    return Polarity.AFFIRMED if own_words and not inside else Polarity.DENIED


def _stance(claim: Claim, polarity: Polarity, *, negated: bool) -> Polarity:
    """Affirmed, denied or left open by the words and the verb together: to deny a negation affirms.

    Not where the verb stands among the words ("bestritt das: Seine Leute hätten nichts getan"): both deny one thing.
    """
    if polarity is Polarity.UNKNOWN or claim.evidentiality is Evidentiality.QUESTIONED:
        return Polarity.UNKNOWN
    if polarity is Polarity.DENIED:
        outside = bool(claim.cue) and not any(span.overlaps(cue) for span in claim.spans for cue in claim.cue)
        return Polarity.AFFIRMED if negated and outside and "stance:deny" in claim.reasons else Polarity.DENIED
    return Polarity.DENIED if negated else Polarity.AFFIRMED
