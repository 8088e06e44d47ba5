"""One article as TimeML 1.2.1: its whole text with time expressions and events marked, and the links between them.

The text between the tags is the article's, character for character; only characters that XML cannot hold are replaced,
one for one. `REPORTING` events are the words by which a claim is attributed; SLINKs tie to them what is told on that
word. What TimeML has no place for (type of an event, who took part, other articles) is left to the other formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from quellenlage.model import AUTHOR, DateInterval, Document, EventMention, Factuality, Polarity, Span, Timex

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = r"[0-9X]{4}-[0-9X]{2}-[0-9X]{2}"
_WEEK = r"[0-9X]{4}-W[0-9X]{2}"
_LENGTH = r"(?:\d+|X{1,2})"
_VALUE = re.compile(
    rf"""[0-9X]{{2,4}}(?:-[0-9X]{{2}}(?:-[0-9X]{{2}})?)?
    | {_WEEK}(?:-(?:[1-7X]|WE))?
    | [0-9X]{{4}}-(?:SP|SU|WI|FA|H[12X]|Q[1-4X])
    | (?:{_DAY}|{_WEEK}-[1-7X])?T(?:[0-9X]{{2}}(?::[0-9X]{{2}}(?::[0-9X]{{2}})?)?|MO|MI|AF|EV|NI|DT)
    | (?:PAST|PRESENT|FUTURE)_REF
    | P(?=[\dXT])(?:{_LENGTH}Y)?(?:{_LENGTH}M)?(?:{_LENGTH}D)?(?:T(?:{_LENGTH}H)?(?:{_LENGTH}M)?(?:{_LENGTH}S)?)?
    | P{_LENGTH}(?:W|L|E|C|Q)""",
    re.VERBOSE,
)
_MODS = frozenset(
    "BEFORE AFTER ON_OR_BEFORE ON_OR_AFTER LESS_THAN MORE_THAN EQUAL_OR_LESS EQUAL_OR_MORE START MID END APPROX".split()
)
_ACTIONS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
"""Types whose act is about another act: I_ACTION; everything else is an OCCURRENCE."""
_POS = {"VERB": "VERB", "AUX": "VERB", "NOUN": "NOUN", "PROPN": "NOUN", "ADJ": "ADJECTIVE"}
_TENSES = (
    ("VerbForm=Inf", "INFINITIVE"),
    ("VerbForm=Part", "PASTPART"),
    ("Tense=Past", "PAST"),
    ("Tense=Pres", "PRESENT"),
)
_CREATION = "t0"

Attributes = list[tuple[str, str]]


@dataclass(slots=True)
class _Marks:
    """What is put around words, by place; no two overlap. `instances` and `links` stand behind the text."""

    inline: dict[Span, tuple[str, Attributes]] = field(default_factory=dict)
    empty: list[tuple[str, Attributes]] = field(default_factory=list)
    links: int = 0

    def free(self, span: Span) -> bool:
        return not any(span.overlaps(other) for other in self.inline)

    def link(self, tag: str, attributes: Attributes) -> None:
        self.links += 1
        self.empty.append((tag, [("lid", f"l{self.links}"), *attributes]))


def timeml(document: Document) -> Iterator[str]:
    """The XML file of an article in pieces."""
    marks = _Marks()
    told = _events(document, marks)
    _subordinate(document, marks, told)
    times = _times(document, marks)
    _when(document, marks, told, times)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>'
    at = 0
    for span, (tag, attributes) in sorted(marks.inline.items()):
        yield _text(document.text[at : span.start])
        yield f"<{tag}{_written(attributes)}>{_text(span.of(document.text))}</{tag}>"
        at = span.end
    yield _text(document.text[at:])
    # New lines inside the tags keep the text as it is.
    yield from (f"<{tag}{_written(attributes)}\n/>" for tag, attributes in (*_created(document), *marks.empty))
    yield "</TimeML>\n"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text), {"\r": "&#13;"})


def _written(attributes: Attributes) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes)


def _created(document: Document) -> Iterator[tuple[str, Attributes]]:
    """The publication as a time without words, as precise as the days in question have one value."""
    dct = document.article.dct
    if dct is None:
        return
    value, mod = dct.value, None
    if "/" in value:
        first, last = dct.earliest, dct.latest
        same = 2 if (first.year, first.month) == (last.year, last.month) else 1 if first.year == last.year else 0
        value, mod = (first.isoformat()[:7], first.isoformat()[:4], "XXXX")[2 - same], "APPROX"
    attributes = [("tid", _CREATION), ("type", "DATE"), ("value", value)]
    attributes += [("mod", mod)] if mod else []
    yield "TIMEX3", [*attributes, ("temporalFunction", "false"), ("functionInDocument", "CREATION_TIME")]


def _times(document: Document, marks: _Marks) -> dict[str, Timex]:
    """Mark time expressions that TimeML has a value for and that no event stands in; returns them by identifier."""
    kept = {t.id: t for t in document.timexes if _VALUE.fullmatch(t.value) and marks.free(t.span)}
    for timex in kept.values():
        anchor = _CREATION if timex.anchor == "dct" and document.article.dct else timex.anchor
        known = anchor == _CREATION or anchor in kept
        attributes = [("tid", timex.id), ("type", timex.type), ("value", timex.value)]
        attributes += [("mod", timex.mod)] if timex.mod in _MODS else []
        attributes.append(("temporalFunction", "true" if timex.anchor else "false"))
        attributes += [("anchorTimeID", anchor)] if anchor and known else []
        marks.inline[timex.span] = ("TIMEX3", attributes)
    return kept


def _events(document: Document, marks: _Marks) -> dict[str, str]:
    """Mark the words that tell events; returns the instance that stands for each event.

    Words that tell two events are marked once and have two instances; further words for an event are identical to it.
    """
    instance: dict[str, str] = {}
    for event in document.events:
        for number, span in enumerate((event.trigger, *event.also)):
            kind = "I_ACTION" if event.event_type in _ACTIONS else "OCCURRENCE"
            made = _instance(document, marks, span, kind, _standing(event, document))
            if number == 0:
                instance[event.id] = made
            else:
                same = [("eventInstanceID", made), ("relatedToEventInstance", instance[event.id])]
                marks.link("TLINK", [*same, ("relType", "IDENTITY")])
    return instance


def _standing(event: EventMention, document: Document) -> Attributes:
    """Polarity and modality: what is denied by somebody's verb is not negated itself."""
    rebutted = event.word_of != AUTHOR and document.claim(event.word_of).polarity is Polarity.DENIED
    negated = event.factuality is Factuality.DENIED and not rebutted
    told: Attributes = [("polarity", "NEG" if negated else "POS")]
    if event.factuality in {Factuality.PLANNED, Factuality.ALLEGED, Factuality.HYPOTHETICAL}:
        told.append(("modality", event.factuality.value))
    return told


def _instance(document: Document, marks: _Marks, span: Span, kind: str, standing: Attributes) -> str:
    """An instance of the event at a place, which is marked unless words there already are."""
    there = next((one for one in marks.inline if one.overlaps(span)), None)
    if there is None:
        marks.inline[span] = ("EVENT", [("eid", f"e{len(marks.inline) + 1}"), ("class", kind)])
    identifier = dict(marks.inline[there or span][1])["eid"]
    instance = f"ei{sum(tag == 'MAKEINSTANCE' for tag, _ in marks.empty) + 1}"
    pos, tense = _grammar(document, span)
    attributes = [("eiid", instance), ("eventID", identifier), ("pos", pos), ("tense", tense), ("aspect", "NONE")]
    marks.empty.append(("MAKEINSTANCE", [*attributes, *standing]))
    return instance


def _grammar(document: Document, span: Span) -> tuple[str, str]:
    """Part of speech and tense of the word that stands for an event."""
    tokens = [token for token in document.tokens_in(span) if token.upos in _POS]
    if not tokens:
        return "NONE", "NONE"
    pos = _POS[tokens[0].upos or ""]
    feats = tokens[0].feats or ""
    return pos, next((t for sign, t in _TENSES if sign in feats), "NONE") if pos == "VERB" else "NONE"


def _subordinate(document: Document, marks: _Marks, told: dict[str, str]) -> None:
    """Mark the words by which claims are attributed, and tie to them what is told on that word."""
    resting: dict[str, list[str]] = {}
    for event in document.events:
        if event.word_of != AUTHOR:
            resting.setdefault(event.word_of, []).append(told[event.id])
    for claim in document.claims:
        if claim.cue and (claim.id in resting or marks.free(claim.cue[0])):
            saying = _instance(document, marks, claim.cue[0], "REPORTING", [("polarity", "POS")])
            relation = "NEG_EVIDENTIAL" if claim.polarity is Polarity.DENIED else "EVIDENTIAL"
            for instance in resting.get(claim.id, ()):
                if instance != saying:
                    ends = [("eventInstanceID", saying), ("subordinatedEventInstance", instance)]
                    marks.link("SLINK", [*ends, ("relType", relation)])


def _when(document: Document, marks: _Marks, told: dict[str, str], times: dict[str, Timex]) -> None:
    """Tie events to the expression in their sentence that gives their days, and to the publication."""
    dct = document.article.dct
    for event in document.events:
        if event.interval is None:
            continue
        here = [t for t in times.values() if event.sentence.contains(t.span) and t.interval == event.interval]
        if here:
            nearest = min(here, key=lambda t: (abs(t.start - event.trigger.start), t.start))
            _tie(marks, told[event.id], nearest.id, "IS_INCLUDED")
        if dct and (relation := _relation(event.interval, dct.interval)):
            _tie(marks, told[event.id], _CREATION, relation)


def _tie(marks: _Marks, instance: str, time: str, relation: str) -> None:
    marks.link("TLINK", [("eventInstanceID", instance), ("relatedToTime", time), ("relType", relation)])


def _relation(event: DateInterval, published: DateInterval) -> str | None:
    """How days relate to those of publication, where they cannot be otherwise."""
    if event.latest < published.earliest:
        return "BEFORE"
    if event.earliest > published.latest:
        return "AFTER"
    return "IS_INCLUDED" if event == published and event.days == 1 else None


def timeml_files(documents: Iterable[Document], articles: frozenset[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """A file for each of these articles."""
    for document in documents:
        if document.article.id in articles:
            yield f"{document.article.id}.tml", (piece.encode("utf-8") for piece in timeml(document))
