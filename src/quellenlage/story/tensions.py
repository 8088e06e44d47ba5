"""Passages about one event that strain against each other: firm headline and doubtful text, orderly and chaotic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from quellenlage.model import (
    READ_ZONES,
    Conflict,
    ConflictGrade,
    ConflictKind,
    Document,
    Event,
    Factuality,
    Member,
    Sentence,
    Side,
    Span,
    ZoneKind,
    evidence,
    fold,
)
from quellenlage.resources import load
from quellenlage.story.conflicts import make_conflict
from quellenlage.story.figures import WORDS
from quellenlage.story.rejections import denies_manner, denying_word
from quellenlage.story.ways import BOTH, Ways, of_type

_HEADS = frozenset({ZoneKind.HEADLINE, ZoneKind.LEAD})
_BULLETS = ("•", "-", "–", "*", "·")
_WORD = re.compile(r"\w+")
_ALLEGED_PAST = re.compile(r"\b(?:haben|sein|worden)\b")
_NEAR = 8
"""Words between an act and what leaves it open."""

_MOST = 3
"""Sentences of each side that are shown."""

_AFTER = 2
"""Sentences after that which tells an event in which it may say how it went."""

_REACH = 1500
"""Code points before a doubtful passage in which the event stands that it is about."""


def head_tensions(document: Document, event_of: Mapping[Member, Event], chains: Chains) -> Iterator[Conflict]:
    """Yield where a headline, teaser or bullet states as fact what the text tells only as "offenbar" or "soll"."""
    heads = [s for s in document.sentences if _is_head(document, s) and not _hedged(document, s.span)]
    if not heads:
        return
    doubtful = list(document.read_sentences())
    taken: set[tuple[Sentence, Sentence]] = set()
    for name, phrases in _rows(document, heads, doubtful):
        firm = [s for s in heads if _phrase(document, s.span, phrases)]
        if not firm:
            continue
        open_ = [s for s in doubtful if _open(document, s, _phrase(document, s.span, phrases), doubtful)]
        pairs = [(f, d) for f in firm for d in open_ if _one_matter(document, f.span, d.span)]
        event = _nearest(document, [d for _, d in pairs], event_of)
        if event is None or taken.issuperset(pairs):
            continue
        taken.update(pairs)
        told = list(dict.fromkeys(f for f, _ in pairs))[:_MOST]
        left = list(dict.fromkeys(d for _, d in pairs))[:_MOST]
        sides = [_side(document, s.span, str(Factuality.HAPPENED), event, chains) for s in told]
        sides += [_side(document, s.span, str(Factuality.ALLEGED), event, chains) for s in left]
        graded = (ConflictGrade.TENSION, ("headline:firm", f"act:{name}"))
        yield make_conflict(event.id, ConflictKind.HAPPENED, f"headline:{name}", sides, graded)


def _rows(
    document: Document, heads: Sequence[Sentence], text: Sequence[Sentence]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Acts of the table with their phrases, then each verb of a headline with the forms that the article has of it."""
    yield from _acts().items()
    forms: dict[str, dict[str, None]] = {}
    stated = {lemma for s in heads for lemma, _ in _verbs(document, s)} - _any_verb()
    for sentence in (*heads, *text) if stated else ():
        for lemma, form in _verbs(document, sentence):
            if lemma in stated:
                forms.setdefault(lemma, {})[form] = None
    yield from ((lemma, tuple(found)) for lemma, found in forms.items() if len(found) > 1)


def _verbs(document: Document, sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Lemmas of the full verbs of a sentence, with the form that stands there."""
    for token in document.tokens_in(sentence.span):
        if token.upos == "VERB" and token.lemma:
            yield fold(token.lemma), token.of(document.text).lower()


def _open(document: Document, sentence: Sentence, said: str, text: Sequence[Sentence]) -> bool:
    """Whether a sentence that tells an act leaves it open, or tells it as planned and the next one as unconfirmed."""
    if not said:
        return False
    if _hedged(document, sentence.span, said):
        return True
    told = [m for m in document.events if m.sentence == sentence.span]
    if not any(m.factuality in {Factuality.PLANNED, Factuality.ALLEGED} for m in told):
        return False
    following = next((s for s in text if s.start >= sentence.end), None)
    return any(_unconfirmed(document, s) for s in (sentence, following) if s)


def _unconfirmed(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence says that something is not confirmed ("Bestätigt ist das nicht", "eine Bestätigung fehlt")."""
    words = set(_WORD.findall(sentence.span.of(document.text).casefold()))
    table = load(WORDS)["hedges"]
    confirmed, lacking = (set(table[name].split()) for name in ("confirmed", "lacking"))
    return bool(words & set(table["unconfirmed"].split()) or (words & confirmed and words & lacking))


def manner_tensions(event: Event, documents: Mapping[str, Document], chains: Chains, ways: Ways) -> Iterator[Conflict]:
    """Yield where accounts tell that an event went one way, and others the opposite way, or deny the one."""
    for number, row in of_type(event.event_type):
        telling = _telling(event, documents)
        told = ways.of(number, telling)
        if len(told) < 2 and not (told and any(denying_word(documents[one].text.casefold()) for one in telling)):
            continue
        found: dict[str, list[Side]] = {way: [] for way in BOTH}
        for document, sentence in _around(event, documents):
            words = {way: _phrase(document, sentence, tuple(row[way])) for way in found}
            if bool(words["one"]) == bool(words["other"]):
                continue
            way, words_found = next((way, words) for way, words in words.items() if words)
            if denies_manner(span_text := sentence.of(document.text)):
                way, words_found = ("one" if way == "other" else "other"), denying_word(span_text)
            found[way].append(_side(document, sentence, words_found, event, chains))
        if all(found.values()):
            sides = [side for way in found.values() for side in way[:_MOST]]
            graded = (ConflictGrade.TENSION, (f"manner:{row['about']}",))
            yield make_conflict(event.id, ConflictKind.MANNER, row["about"], sides, graded)


def _telling(event: Event, documents: Mapping[str, Document]) -> list[str]:
    """Articles at hand that tell an event and do not repeat another."""
    told = (a.member.article for a in event.accounts if a.reprint_of is None)
    return [one for one in dict.fromkeys(told) if one in documents]


class Chains:
    """On whose word a passage stands, as entity ids across articles."""

    def __init__(self, entity_of: Mapping[Member, str]) -> None:
        self._entity_of = entity_of

    def of(self, document: Document, span: Span) -> tuple[tuple[str, ...], ...]:
        """Chain of the claim that covers most of a passage; empty for the author's own word."""
        covering = [(sum(_common(part, span) for part in c.spans), c) for c in document.claims if c.chain]
        best = max(covering, key=lambda one: one[0], default=None)
        if best is None or not best[0]:
            return ()
        return self.across(document, best[1].chain)

    def across(self, document: Document, chain: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
        """A chain of an article's own entities as one of entities across articles."""
        article = document.article.id
        links = (
            tuple(self._entity_of[m] for one in link if (m := Member(article, one)) in self._entity_of)
            for link in chain
        )
        return tuple(link for link in links if link)


def _common(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _is_head(document: Document, sentence: Sentence) -> bool:
    zone = document.article.zone_at(sentence.start)
    if zone is None or zone.kind not in READ_ZONES:
        return False
    if zone.kind in _HEADS:
        return True
    line = document.text.rfind("\n", 0, sentence.start) + 1
    opening = document.text[line : sentence.end].lstrip()
    # A quotation in a list is nobody's headline.
    return opening.startswith(_BULLETS) and not set(opening) & set('"„“”»«')


def _hedged(document: Document, span: Span, phrase: str | None = None) -> bool:
    """Whether a passage has a word that leaves open whether it is so; near the phrase, where one is given."""
    if phrase == "":
        return False
    text = span.of(document.text).casefold()
    words = _WORD.findall(text)
    near = words
    if phrase:
        at = len(_WORD.findall(text[: text.index(phrase.casefold())]))
        near = words[max(0, at - _NEAR) : at + _NEAR]
    told = set(near) & _hedges()
    if told <= {"soll", "sollen"}:
        # "soll" alone may be a duty; of the past it is what people say.
        return bool(told) and bool(_ALLEGED_PAST.search(text))
    return True


def _phrase(document: Document, span: Span, phrases: Sequence[str]) -> str:
    """First of some phrases in a passage, as the text has it up to the end of the word; empty where there is none."""
    text = span.of(document.text)
    for phrase in phrases:
        found = re.search(rf"(?<!\w){re.escape(phrase)}\w*", text, re.IGNORECASE)
        if found:
            return found[0]
    return ""


def _one_matter(document: Document, one: Span, other: Span) -> bool:
    """Whether two passages name an entity, a group of people or a noun in common."""
    sides = []
    for span in (one, other):
        entities = {m.entity for m in document.mentions if span.start <= m.start < span.end}
        tokens = document.tokens_in(span)
        nouns = {fold(t.lemma) for t in tokens if t.upos == "NOUN" and t.lemma}
        # In a headline a noun is easily taken for a name.
        nouns |= {fold(t.of(document.text)) for t in tokens if t.upos in {"NOUN", "PROPN"}}
        sides.append(entities | nouns | {group for noun in nouns for group in _groups().get(noun, ())})
    return bool(sides[0] & sides[1])


def _nearest(document: Document, passages: Sequence[Sentence], event_of: Mapping[Member, Event]) -> Event | None:
    """The event whose people a passage is about, else that told in it, else the last before one on the same matter."""
    article = document.article.id
    best: tuple[tuple[bool, bool, int], Event] | None = None
    for sentence in passages:
        about = _people_in(document, sentence.span)
        for mention in document.events:
            event = event_of.get(Member(article, mention.id))
            inside = mention.sentence.overlaps(sentence.span)
            distance = sentence.start - mention.trigger.start
            if event is None or not (inside or 0 <= distance <= _REACH):
                continue
            if not inside and not _one_matter(document, mention.sentence, sentence.span):
                continue
            who = {*mention.actors, *mention.recipients}
            spans = [m.span for m in document.mentions if m.entity in who and m.form == "noun"]
            theirs = {group for span in spans for group in _people_in(document, span)}
            key = (not about & theirs, not inside, abs(distance))
            if best is None or key < best[0]:
                best = (key, event)
    return best[1] if best else None


def _people_in(document: Document, span: Span) -> set[str]:
    """Groups of people that a passage names with a noun."""
    nouns = (fold(t.lemma) for t in document.tokens_in(span) if t.upos == "NOUN" and t.lemma)
    return {group for noun in nouns for group in _groups().get(noun, ())}


def _around(event: Event, documents: Mapping[str, Document]) -> Iterator[tuple[Document, Span]]:
    """Sentences that tell an event, and those after them about the same people, each once, reprints left out."""
    seen: set[tuple[str, int]] = set()
    for account in event.accounts:
        document = documents.get(account.member.article)
        if document is None or account.reprint_of is not None:
            continue
        told = account.evidence.span
        near = [s.span for s in document.read_sentences() if s.start >= told.start][: _AFTER + 1]
        for span in near:
            key = (document.article.id, span.start)
            if key not in seen and (span.overlaps(told) or _one_matter(document, told, span)):
                seen.add(key)
                yield document, span


def _side(document: Document, span: Span, value: str, event: Event, chains: Chains) -> Side:
    article = document.article
    origin = next((a.origin for a in event.accounts if a.member.article == article.id), "")
    quoted = evidence(article.id, article.text, span, digest=article.text_sha256)
    return Side(value, quoted, chains.of(document, span), origin)


@cache
def _hedges() -> frozenset[str]:
    return frozenset(load(WORDS)["hedges"]["words"].casefold().split())


@cache
def _acts() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(phrases) for name, phrases in load(WORDS)["acts"].items()}


@cache
def _any_verb() -> frozenset[str]:
    return frozenset(map(fold, load(WORDS)["afar"]["any"].split()))


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for name, nouns in load("de/event_families.toml")["people"].items():
        for noun in map(fold, nouns.split()):
            groups[noun] = (*groups.get(noun, ()), name)
    return groups
