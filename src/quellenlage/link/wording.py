"""The words of a claim made comparable: folded, stemmed, with numbers, names, days and negation apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quellenlage.model import Claim, Document, Polarity, Span, fold

INFORMATIVE = (4, 2)
"""Words, and content words among them, from which a passage is recognised by its words in any article."""

_MOST = 400
"""Words of a passage that are compared: more than any quotation has, so that hostile text costs no more."""

_WORD = re.compile(r"\w+(?:[-.,]\w+)*")
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
_CARDINALS = {
    word: str(number)
    for number, word in enumerate("zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf".split(), start=2)
}
_MULTIPLES = {"tausend": 10**3, "million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9}


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage made comparable: folded words with sentence and clause, content stems, numbers, names, negation.

    `stems` has a stem for every word ("" where it is no content word); `names` are entity ids, or folded names.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    clauses: tuple[tuple[int, int], ...]
    content: frozenset[str]
    verbs: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    name_words: frozenset[str]
    days: frozenset[str]
    negated: bool
    polarity: Polarity
    stance: Polarity

    @property
    def informative(self) -> bool:
        """Whether it is long enough to be recognised by its words alone."""
        return len(self.words) >= INFORMATIVE[0] and len(self.content) >= INFORMATIVE[1]


def read_wording(document: Document, claim: Claim, names: Mapping[Span, str], speakers: frozenset[str]) -> Wording:
    """Make a claim's words comparable; `names` are the entities by the place of their names."""
    words: list[str] = []
    stems: list[str] = []
    clauses: list[tuple[int, int]] = []
    verbs: set[str] = set()
    numbers: set[str] = set()
    days: set[str] = set()
    sentence = clause = 0
    own = [place for place, one in names.items() if one in speakers]
    for span in claim.spans:
        for place, lemma, upos in _tokens(document, span):
            raw = place.of(document.text)
            word = fold(raw)
            if len(words) >= _MOST:
                break
            if not word:
                sentence += raw in {".", "!", "?", "…", ":"}
                clause += raw in {",", ";", "–", "-"}
                continue
            number = _number(raw, word)
            if word in _MULTIPLES and words and words[-1] in numbers and _plain(words[-1]):
                numbers.discard(words[-1])
                number = _written(float(words[-1]) * _MULTIPLES[word])
                words[-1] = stems[-1] = number
                numbers.add(number)
                continue
            if number:
                numbers.add(number)
                word = number
            if word in _CALENDAR:
                days.add(word)
            known = upos in _NO_CONTENT or word in _STOP or word in NEGATORS or len(word) < 2
            # Who speaks is known to be the same: the name says nothing about what is said.
            known = known or any(name.contains(place) for name in own)
            stem = number or ("" if known else _stem(fold(lemma) if lemma else word))
            stem = "" if stem in _STOP else stem
            if stem and upos == "VERB":
                verbs.add(stem)
            words.append(word)
            stems.append(stem)
            clauses.append((sentence, clause))
    named = {place: one for place, one in names.items() if any(span.contains(place) for span in claim.spans)}
    negated = any(word in NEGATORS for word in words)
    return Wording(
        words=tuple(words),
        stems=tuple(stems),
        clauses=tuple(clauses),
        content=frozenset(stem for stem in stems if stem),
        verbs=frozenset(verbs),
        numbers=frozenset(numbers),
        names=frozenset(one for one in named.values() if one not in speakers),
        name_words=frozenset(word for place in named for word in fold(place.of(document.text)).split()),
        days=frozenset(days),
        negated=negated,
        polarity=claim.polarity,
        stance=_stance(claim, negated=negated),
    )


def _tokens(document: Document, span: Span) -> list[tuple[Span, str | None, str | None]]:
    found = [(t.span, t.lemma, t.upos) for t in document.tokens_in(span)]
    return found or [(Span(*m.span()), None, None) for m in _WORD.finditer(document.text, span.start, span.end)]


def _number(raw: str, word: str) -> str:
    if word in _CARDINALS:
        return _CARDINALS[word]
    match = _NUMBER.fullmatch(raw.rstrip("%€$"))
    if not match:
        return ""
    digits = match.group().rstrip(".,")
    digits = digits.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits) else digits
    try:
        return _written(float(digits.replace(",", ".")))
    except ValueError:
        return fold(raw)  # a date or a score: 12.5.2020


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


def _stance(claim: Claim, *, negated: bool) -> Polarity:
    """Affirmed, denied or left open by the words and the verb together: to deny a negation affirms.

    Not where the verb stands among the words ("bestritt das: Seine Leute hätten nichts getan"): both deny one thing.
    """
    if claim.polarity is Polarity.UNKNOWN or claim.evidentiality.value == "questioned":
        return Polarity.UNKNOWN
    if claim.polarity is Polarity.DENIED:
        outside = bool(claim.cue) and not any(span.overlaps(cue) for span in claim.spans for cue in claim.cue)
        return Polarity.AFFIRMED if negated and outside and "stance:deny" in claim.reasons else Polarity.DENIED
    return Polarity.DENIED if negated else Polarity.AFFIRMED
