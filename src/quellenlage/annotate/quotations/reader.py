"""Quotations as rules and encoder find them together, and the roles of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.evidence import (
    ROLES,
    Floats,
    Places,
    Weights,
    all_runs,
    best_run,
    bias,
    cut,
    match,
)
from quellenlage.annotate.quotations.marks import pair
from quellenlage.annotate.quotations.sharing import Groups, Names
from quellenlage.encoder import quotations as encoder
from quellenlage.model.article import ZoneKind
from quellenlage.model.document import Document
from quellenlage.model.layers import Medium, QuotationType
from quellenlage.model.spans import Span

GAPS = {"cue": 0, "frame": 3}
"""Words between two pieces of a role that are still part of it; of the other roles one run is taken."""
OPPOSITE = {"speaker": "addressee", "addressee": "speaker"}
"""Roles of which nobody plays both."""
MEDIA: tuple[Medium, ...] = ("speech", "writing", "thought")
FAINT, SURE = 0.1, 0.9
"""Probabilities of a medium other than speech from which it is believed: with the rules, and alone."""
BRIEF = 60
"""Words below which the rules read alone: the encoder was trained on whole articles, not on single sentences."""
SNIPPET = 4
"""Words that are no quotation where the rules hold them for part of another one's frame."""
_MODALS = frozenset({"soll", "sollen", "will", "wollen"})
_PRONOUNS = frozenset({"er", "sie", "es", "man", "ich", "wir"})
_RELAYS = frozenset({"laut", "gemäß", "zufolge"})
_EDGES = frozenset(" ,;:–—-")


def refine(document: Document, drafts: list[Draft], use: Weights) -> list[Draft]:
    """The quotations of an article as both hold them; in headlines, unknown to the encoder, the rules' alone."""
    words = words_of(document)
    places = places_of(document.text, words)
    if len(places.words) < BRIEF:
        return drafts
    reader = encoder.Reader()
    reading = reader.read(document.text, words)
    own = [d for d in drafts if places.of(d.quote)]
    found = settle(reader.find(reading, bias(own, places, reader.tags, use)), own, places, use)
    roles = reader.attribute(reading, [one.words for one in found])
    apart = [d for d in drafts if not places.of(d.quote)]
    return combine(document, own, places, list(zip(found, roles, strict=True)), use) + apart


def settle(found: Sequence[encoder.Found], rules: Sequence[Draft], places: Places, use: Weights) -> list[encoder.Found]:
    """What one or the other found; words in quotation marks are quoted from mark to mark, whatever the encoder says.

    What only the rules find stays, with a lower score: the encoder knows one newsroom, the rules know the language. A
    few words that frame another quotation ("Er soll laut seinem Sprecher gesagt haben, …") are none themselves.
    """
    marked = [d for d in rules if d.type is QuotationType.DIRECT]
    exact = [(frozenset(places.of(d.quote)), d) for d in marked]
    covered = frozenset[int]().union(*(words for words, _ in exact))
    framing = [d for d in rules if d.cue]
    frames, modal = Groups(places.of(d.frame) for d in framing), [_modal(d, places) for d in framing]
    reports = Groups(places.of(d.quote) for d in rules if d.type is QuotationType.REPORTED)
    heard = Groups(one.words for one in found)

    def stands(one: encoder.Found) -> bool:
        if one.type != QuotationType.DIRECT:
            within = [modal[number] for number in frames.around(one.words)]
            return not within or (len(one.words) > SNIPPET and not any(within))
        return not reports.around(one.words) and not covered.intersection(one.words)

    kept = [one for one in _cut(found, rules, places) if stands(one)]
    by_mark = [
        encoder.Found(
            tuple(sorted(words)), str(d.type), d.parent is not None, _sure(words, found, heard, d.score * use.unseen)
        )
        for words, d in exact
    ]
    taken = covered.union(*(one.words for one in kept if not one.nested))
    for draft in rules:
        words = frozenset(places.of(draft.quote))
        if draft.type is not QuotationType.DIRECT and draft.parent is None and not words & taken:
            kept.append(encoder.Found(tuple(sorted(words)), str(draft.type), False, draft.score * use.unseen))
    kept += _inner(rules, kept, places, use)
    return sorted([*kept, *by_mark], key=lambda one: (one.words[0], one.nested))


def _modal(draft: Draft, places: Places) -> bool:
    """Whether "soll" or "will" is part of the cue: "X soll laut Y gesagt haben"."""
    return any(places.word(n) in _MODALS for n in places.of(draft.cue))


def _inner(rules: Sequence[Draft], kept: Sequence[encoder.Found], places: Places, use: Weights) -> list[encoder.Found]:
    """What the rules alone find in somebody's words: "X sagte, Y habe versichert, [Z werde zahlen]"."""
    outer = Groups(one.words for one in kept if not one.nested)
    inner = frozenset[int]().union(*(one.words for one in kept if one.nested))
    found = []
    for draft in rules:
        words = frozenset(places.of(draft.quote))
        if draft.type is QuotationType.DIRECT or draft.parent is None or not _names(draft, places):
            continue
        if not words or words & inner:
            continue
        quoted = tuple(sorted(words))
        if any(len(outer.listed[number]) > len(words) for number in outer.around(quoted)):
            found.append(encoder.Found(quoted, str(draft.type), True, draft.score * use.unseen))
    return found


def _names(draft: Draft, places: Places) -> bool:
    """Whether the speaker is named by more than a pronoun: another voice than the one around it."""
    written = [places.text[slice(*places.words[n])] for n in places.of(draft.speaker)]
    return any(word[:1].isupper() and word.lower() not in _PRONOUNS for word in written)


def _cut(found: Sequence[encoder.Found], rules: Sequence[Draft], places: Places) -> Iterator[encoder.Found]:
    """What is told without quotation marks ends with its paragraph, and before a sentence that the rules hold for
    another quotation, or at the semicolon where theirs ends: trained on one newsroom, the encoder runs on where another
    would not."""
    own = [d for d in rules if d.type is not QuotationType.DIRECT and d.parent is None]
    at = places.paragraphs | {places.sentence(places.of(d.quote)[0]) for d in own}
    known = Groups(places.of(d.quote) for d in own)
    for one in found:
        marked = one.type == QuotationType.DIRECT
        parts = cut(one.words, places.paragraphs if marked else at)
        for words in parts:
            if len(parts) > 1 and len(words) == 1 and words[0] in places.sentences:
                continue  # "… sei leer. [Das] Vieh sei fort."
            rule = match(words, own, known) if len(parts) > 1 and not marked else None
            kept = words if marked else _without_start(_until_semicolon(words, known, places), places)
            yield encoder.Found(kept, str(rule.type) if rule else one.type, one.nested, one.score)


def _until_semicolon(words: tuple[int, ...], known: Groups, places: Places) -> tuple[int, ...]:
    """As far as the first of the rules' quotations inside that ends at a semicolon, if one does."""
    own = set(words)
    inside = (known.listed[number] for number in known.touching(words))
    ending = next((max(k) for k in inside if k < own and places.word(max(k) + 1) == ";"), None)
    return words if ending is None else tuple(n for n in words if n <= ending)


def _without_start(words: tuple[int, ...], places: Places) -> tuple[int, ...]:
    """Without the first word of the next sentence, which takes up what was said: "… getroffen. [Das] teilte X mit"."""
    alone = len(words) > 1 and words[-1] in places.sentences
    return words[:-1] if alone else words


def _sure(words: frozenset[int], found: Sequence[encoder.Found], heard: Groups, otherwise: float) -> float:
    """The score of the encoder's quotation of these words, if it has one; `heard` are the words of those found."""
    near = (number for number in heard.touching(words) if 2 * len(words & heard.listed[number]) >= len(words))
    return max((found[number].score for number in near), default=otherwise)


def combine(
    document: Document,
    rules: Sequence[Draft],
    places: Places,
    found: Sequence[tuple[encoder.Found, encoder.Roles]],
    use: Weights,
) -> list[Draft]:
    """Quotations found, with the roles that the second pass and the rules give them."""
    known, names = Groups(places.of(d.quote) for d in rules), Names(document.mentions)
    made: list[tuple[encoder.Found, Draft]] = []
    for one, role in found:
        rule = match(one.words, rules, known)
        draft = _draft(names, places, one, role, rule, use)
        _carry(document, draft)
        made.append((one, draft))
    _nest(made)
    result = [draft for _, draft in made if draft.quote]
    result.sort(key=lambda d: (d.quote[0].start, -d.quote[-1].end))
    return result


def places_of(text: str, words: Sequence[Sequence[tuple[int, int]]]) -> Places:
    """All words by number, and where sentences, paragraphs and passages open among them."""
    listed = list[tuple[int, int]]()
    sentences, paragraphs, apart = set[int](), set[int](), set[int]()
    for sentence in filter(None, words):
        between = text[listed[-1][1] : sentence[0][0]] if listed else ""
        sentences.add(len(listed))
        if "\n" in between:
            paragraphs.add(len(listed))
        if between.strip():
            apart.add(len(listed))
        listed += sentence
    return Places(text, listed, frozenset(sentences), frozenset(paragraphs | apart), frozenset(apart))


def words_of(document: Document) -> list[list[tuple[int, int]]]:
    """The words of every sentence of lead and body."""
    headlines = sorted((z.start, z.end) for z in document.article.zones if z.kind is ZoneKind.HEADLINE)
    starts, reached = [start for start, _ in headlines], list(accumulate((end for _, end in headlines), max, initial=0))
    sentences = [s for s in document.read_sentences() if reached[bisect_right(starts, s.start)] <= s.start]
    return [[(t.start, t.end) for t in document.tokens_in(s.span)] for s in sentences]


def _draft(
    names: Names, places: Places, found: encoder.Found, role: encoder.Roles, rule: Draft | None, use: Weights
) -> Draft:
    draft = Draft(_type(found, role, rule, use), _medium(role, rule), _words(places, found, rule))
    for number, name in enumerate(ROLES):
        setattr(draft, name, _role(places, name, role, number, rule, use))
    draft.speaker = names.whole(draft.speaker)
    draft.addressee = names.whole(draft.addressee)
    if rule is not None and _passed_on(rule, places, places.of(draft.speaker)):
        draft.speaker, draft.cue = list(rule.speaker), list(rule.cue)
        draft.frame = places.spans(sorted({*places.of(rule.frame), *places.of(draft.frame)}))
    elif rule is not None and _modal(rule, places):
        draft.cue = list(rule.cue)  # "soll gesagt haben": the modal says how far to believe it
    draft.reasons = [*(rule.reasons if rule else ()), "encoder"]
    draft.score = min(0.99, found.score * (use.agreed if rule else use.alone))
    if rule is not None:
        draft.paragraph, draft.carried = rule.paragraph, rule.carried
        draft.otherwise = [] if rule.speaker == draft.speaker else list(rule.speaker)
    return draft


def _words(places: Places, found: encoder.Found, rule: Draft | None) -> list[Span]:
    """The spans quoted, without punctuation at their edges; quotation marks are exact where there are some."""
    if rule is not None and found.words == tuple(places.of(rule.quote)):
        return list(rule.quote)
    spans, text = [], places.text
    for span in places.spans(found.words):
        start, end = span.start, span.end
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if start < end:
            spans.append(Span(start, end + _closing(text, start, end)))
    return spans


def _closing(text: str, start: int, end: int) -> int:
    """1 where the quotation mark that closes what was opened inside stands right behind, else 0."""
    return int(any(mark.end == end + 1 and mark.start >= start for mark in pair(text, start, min(end + 1, len(text)))))


def _type(found: encoder.Found, role: encoder.Roles, rule: Draft | None, use: Weights) -> QuotationType:
    """The type that tags, second pass and rules hold together most probable."""
    scores = dict(role.types)
    scores[found.type] += use.tags
    if rule is not None:
        scores[str(rule.type)] += use.kind
    return QuotationType(max(scores, key=lambda kind: scores[kind]))


def _medium(role: encoder.Roles, rule: Draft | None) -> Medium:
    """Speech unless the rules and, however faintly, the encoder say otherwise, or the encoder is sure."""
    if rule is not None and rule.medium != "speech" and role.media[rule.medium] > FAINT:
        return rule.medium
    return next((medium for medium in MEDIA if role.media[medium] > SURE), "speech")


def _role(places: Places, name: str, role: encoder.Roles, number: int, rule: Draft | None, use: Weights) -> list[Span]:
    """The words of one role. Where the rules name somebody and the encoder nobody, the rules' words stand; of an
    addressee their words are the whole phrase, which the encoder, having seen few, often cuts short."""
    scores = np.clip(role.roles[:, number], 1e-6, 1 - 1e-6)
    logits: Floats = np.log(scores / (1 - scores))
    theirs = frozenset[int]()
    if rule is not None:
        theirs = frozenset(places.of(getattr(rule, name)))
        other = frozenset(places.of(getattr(rule, OPPOSITE[name]))) if name in OPPOSITE else frozenset[int]()
        logits = logits + [_weight(i + role.start, theirs, other, name, use) for i in range(len(logits))]
    chance: Floats = 1 / (1 + np.exp(-logits))
    threshold = use.threshold[name]
    run = all_runs(chance, threshold, GAPS[name]) if name in GAPS else best_run(chance, threshold)
    chosen = [i + role.start for i in run]
    if name == "speaker" and rule is not None and _elsewhere(rule, places, chosen):
        return list(rule.speaker)
    if name in OPPOSITE and theirs and (not chosen or (name == "addressee" and not theirs.isdisjoint(chosen))):
        return list(getattr(rule, name))
    return places.spans(chosen)


def _passed_on(rule: Draft, places: Places, chosen: Sequence[int]) -> bool:
    """Whether the words chosen name who passed on what the rules' speaker said: "X soll laut [Y] gesagt haben"."""
    if not chosen or not rule.cue or not rule.speaker:
        return False
    before = [places.word(n) for n in range(max(0, chosen[0] - 2), chosen[0])]
    relayed = any(word in _RELAYS for word in before) or places.word(chosen[-1] + 1) in _RELAYS
    return relayed and set(places.of(rule.speaker)).isdisjoint(chosen)


def _elsewhere(rule: Draft, places: Places, chosen: Sequence[int]) -> bool:
    """Whether the words chosen stand in another sentence, where the rules' speaker is the subject of what is told:
    "[X] droht mit Rache!"."""
    own, quoted = set(places.of(rule.speaker)), set(places.of(rule.quote))
    if not own or not chosen or not own <= quoted:
        return False
    return {places.sentence(n) for n in quoted}.isdisjoint(places.sentence(n) for n in chosen)


def _weight(word: int, theirs: frozenset[int], other: frozenset[int], name: str, use: Weights) -> float:
    """What the rules say of a word: in the role, not in it, or in the role of the other side."""
    if word in theirs:
        return use.role[name]
    return -use.not_role[name] - (use.opposite if word in other else 0.0)


def _carry(document: Document, draft: Draft) -> None:
    """Say where the speaker is taken over from an earlier sentence: what goes on stands on the same word."""
    if draft.cue or not draft.speaker:
        return
    sentence = document.sentence_at(draft.quote[0].start)
    if sentence is not None and draft.speaker[0].end <= sentence.start:
        draft.carried = True
        draft.reasons = list(dict.fromkeys(["speaker-carried", *draft.reasons]))


def _nest(made: list[tuple[encoder.Found, Draft]]) -> None:
    """Give every nested quotation the one around it."""
    outer = [(found, draft) for found, draft in made if not found.nested]
    words = Groups(found.words for found, _ in outer)
    for found, draft in made:
        if found.nested:
            around = words.touching(found.words[:1])
            draft.parent = outer[around[0]][1] if around else None
