"""Quotations as rules and encoder find them together, and the roles of each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.evidence import ROLES, Floats, Places, Weights, all_runs, best_run, bias, match
from quellenlage.encoder import quotations as encoder
from quellenlage.model.article import ZoneKind
from quellenlage.model.document import Document
from quellenlage.model.layers import Medium, QuotationType
from quellenlage.model.spans import Span

GAPS = {"cue": 0, "frame": 2}
"""Words between two pieces of a role that are still part of it; of the other roles one run is taken."""
MEDIA: tuple[Medium, ...] = ("speech", "writing", "thought")
FAINT, SURE = 0.1, 0.9
"""Probabilities of a medium other than speech from which it is believed: with the rules, and alone."""
BRIEF = 60
"""Words below which the rules read alone: the encoder was trained on whole articles, not on single sentences."""
_EDGES = frozenset(" ,;:–—-")


def refine(document: Document, drafts: list[Draft], use: Weights) -> list[Draft]:
    """The quotations of an article as both hold them; in headlines, unknown to the encoder, the rules' alone."""
    words = words_of(document)
    places = Places([word for sentence in words for word in sentence])
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

    What only the rules find stays, with a lower score: the encoder knows one newsroom, the rules know the language.
    """
    marked = [d for d in rules if d.type is QuotationType.DIRECT]
    exact = [(frozenset(places.of(d.quote)), d) for d in marked]
    covered = frozenset[int]().union(*(words for words, _ in exact))
    kept = [
        one
        for one in found
        if one.type != QuotationType.DIRECT or 2 * len(covered.intersection(one.words)) < len(one.words)
    ]
    by_mark = [
        encoder.Found(
            tuple(sorted(words)), str(d.type), d.parent is not None, _sure(words, found, d.score * use.unseen)
        )
        for words, d in exact
    ]
    taken = covered.union(*(one.words for one in kept if not one.nested))
    for draft in rules:
        words = frozenset(places.of(draft.quote))
        if draft.type is not QuotationType.DIRECT and draft.parent is None and not words & taken:
            kept.append(encoder.Found(tuple(sorted(words)), str(draft.type), False, draft.score * use.unseen))
    return sorted([*kept, *by_mark], key=lambda one: (one.words[0], one.nested))


def _sure(words: frozenset[int], found: Sequence[encoder.Found], otherwise: float) -> float:
    """The score of the encoder's quotation of these words, if it has one."""
    return max((one.score for one in found if 2 * len(words & set(one.words)) >= len(words)), default=otherwise)


def combine(
    document: Document,
    rules: Sequence[Draft],
    places: Places,
    found: Sequence[tuple[encoder.Found, encoder.Roles]],
    use: Weights,
) -> list[Draft]:
    """Quotations found, with the roles that the second pass and the rules give them."""
    known = [frozenset(places.of(d.quote)) for d in rules]
    made: list[tuple[encoder.Found, Draft]] = []
    for one, role in found:
        rule = match(one.words, rules, known)
        made.append((one, _draft(document, places, one, role, rule, use)))
    _nest(made)
    result = [draft for _, draft in made if draft.quote]
    result.sort(key=lambda d: (d.quote[0].start, -d.quote[-1].end))
    return result


def words_of(document: Document) -> list[list[tuple[int, int]]]:
    """The words of every sentence of lead and body."""
    headlines = [z for z in document.article.zones if z.kind is ZoneKind.HEADLINE]
    sentences = [s for s in document.read_sentences() if not any(z.start <= s.start < z.end for z in headlines)]
    return [[(t.start, t.end) for t in document.tokens_in(s.span)] for s in sentences]


def _draft(
    document: Document, places: Places, found: encoder.Found, role: encoder.Roles, rule: Draft | None, use: Weights
) -> Draft:
    draft = Draft(_type(found, role, rule, use), _medium(role, rule), _words(document.text, places, found, rule))
    for number, name in enumerate(ROLES):
        setattr(draft, name, _role(places, name, role, number, rule, use))
    draft.reasons = [*(rule.reasons if rule else ()), "encoder"]
    draft.score = min(0.99, found.score * (use.agreed if rule else use.alone))
    if rule is not None:
        draft.paragraph, draft.carried = rule.paragraph, rule.carried
    _carry(document, draft)
    return draft


def _words(text: str, places: Places, found: encoder.Found, rule: Draft | None) -> list[Span]:
    """The spans quoted, without punctuation at their edges; quotation marks are exact where there are some."""
    if rule is not None and found.words == tuple(places.of(rule.quote)):
        return list(rule.quote)
    spans = []
    for span in places.spans(found.words):
        start, end = span.start, span.end
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if start < end:
            spans.append(Span(start, end))
    return spans


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
    scores = np.clip(role.roles[:, number], 1e-6, 1 - 1e-6)
    logits: Floats = np.log(scores / (1 - scores))
    if rule is not None:
        theirs = [i - role.start for i in places.of(getattr(rule, name))]
        inside = np.zeros(len(logits), dtype=bool)
        inside[[i for i in theirs if 0 <= i < len(logits)]] = True
        logits = logits + np.where(inside, use.role[name], -use.not_role[name])
    chance: Floats = 1 / (1 + np.exp(-logits))
    threshold = use.threshold[name]
    chosen = all_runs(chance, threshold, GAPS[name]) if name in GAPS else best_run(chance, threshold)
    return places.spans([i + role.start for i in chosen])


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
    outer = [(frozenset(found.words), draft) for found, draft in made if not found.nested]
    for found, draft in made:
        if found.nested:
            around = [(len(words), d) for words, d in outer if words.issuperset(found.words[:1])]
            draft.parent = around[0][1] if around else None
