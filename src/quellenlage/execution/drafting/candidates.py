"""Which sentences of an archive a draft's sentences may be compared with: by words, names and meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from quellenlage.errors import MissingResource
from quellenlage.execution.drafting.reading import Quote
from quellenlage.execution.drafting.stems import stem
from quellenlage.execution.meaning import Encoder
from quellenlage.model import Archive, Document, Sentence, fold

ARTICLES, EACH = 60, 6
"""Articles that are read for a draft at most, and for one of its sentences."""

_TERMS, _PAIRED, _HITS, _CLOSE = 4, 4, 6, 16
"""Words of a sentence that are looked up, those of them that are looked up in pairs, hits of each look, by meaning."""

_TERMS_BESIDE, _PAIRED_BESIDE = 1, 3
"""The same where meaning is asked as well."""

_LARGE = 3_000
"""Articles from which an archive is not asked for single words, of which it has too many sentences."""

_RUNS = 3
"""Parts of a quotation that are looked up as they stand."""

_MEANING_FLOOR = 0.88
"""Likeness of meaning, passage against passage, from which a sentence is looked at; it decides nothing."""

_NO_WORD = frozenset("DET ADP PRON AUX PART CCONJ SCONJ PUNCT INTJ".split())
_RUN, _LONGEST = 4, 60
"""Words of a part of a quotation, and of a whole one, that are looked up as they stand."""


def find_articles(
    archive: Archive,
    document: Document,
    sentences: Sequence[Sentence],
    quotes: Sequence[Sequence[Quote]],
    encoder: Encoder | None,
) -> tuple[list[str], dict[int, dict[tuple[str, int], float]]]:
    """Articles to read, and for each sentence of the draft the likeness of meaning of sentences of theirs.

    Every sentence has its say in turn, its best article first.
    """
    ranked: list[list[str]] = []
    near = _near(archive, document, sentences, encoder)
    alone, paired = (_TERMS_BESIDE, _PAIRED_BESIDE) if near else (_TERMS, _PAIRED)
    few = (0 if _is_large(archive) else alone, paired)
    for number, sentence in enumerate(sentences):
        weights: dict[str, float] = {}
        for query, weight in _queries(document, sentence, quotes[number], few):
            for rank, hit in enumerate(archive.search(query, limit=_HITS)):
                article = hit.evidence.article
                weights[article] = weights.get(article, 0.0) + weight / (2 + rank)
        for (article, _), score in near.get(number, {}).items():
            weights[article] = weights.get(article, 0.0) + 3 * (score - _MEANING_FLOOR) / (1 - _MEANING_FLOOR)
        ranked.append(sorted(weights, key=lambda one: (-round(weights[one], 6), one))[:EACH])
    found: dict[str, None] = {}
    for place in range(EACH):
        for listed in ranked:
            if place < len(listed) and len(found) < ARTICLES:
                found[listed[place]] = None
    return list(found), near


def _is_large(archive: Archive) -> bool:
    stand = archive.linked_stand()
    return stand is not None and stand.articles > _LARGE


def _queries(
    document: Document, sentence: Sentence, quotes: Sequence[Quote], few: tuple[int, int]
) -> Iterator[tuple[str, float]]:
    for quote in quotes:
        words = [word.key for word in quote.words]
        yield f'"{" ".join(words[:_LONGEST])}"', 8.0
        if len(words) > _RUN:
            step = max(1, (len(words) - _RUN) // (_RUNS - 1))
            for at in range(0, len(words) - _RUN + 1, step):
                yield f'"{" ".join(words[at : at + _RUN])}"', 3.0
    terms = _terms(document, sentence)
    for word in terms[: few[0]]:
        yield word, 0.5
    for pair in combinations(terms[: few[1]], 2):
        yield " ".join(pair), 2.0


def _terms(document: Document, sentence: Sentence) -> list[str]:
    """Words to look up: the last words of names, then content words, the longest first, as beginnings of words."""
    span = sentence.span
    named = [m for m in document.mentions if m.form == "name" and span.contains(m.span)]
    words: dict[str, None] = {}
    for mention in named:
        last = fold(document.text[mention.start : mention.end]).rpartition(" ")[2]
        if last:
            words[last] = None
    inside: dict[str, None] = {}
    for token in document.tokens_in(span):
        folded = fold(token.lemma or token.of(document.text))
        taken = any(m.span.overlaps(token.span) for m in named)
        if token.upos in _NO_WORD or taken or len(folded) < 4:
            continue
        inside[f"{stem(folded)}*"] = None
    longest = sorted(inside, key=lambda word: (-len(word), word))
    names, others = list(words), longest
    mixed = [one for two in zip(names, others, strict=False) for one in two]
    return list(dict.fromkeys((*mixed, *names, *others)))


def _near(
    archive: Archive, document: Document, sentences: Sequence[Sentence], encoder: Encoder | None
) -> dict[int, dict[tuple[str, int], float]]:
    """By number of the sentence: article and start of sentences that mean the like; empty without vectors."""
    if encoder is None or not sentences or not archive.with_vectors(encoder.digest):
        return {}
    asked = [s.span.of(document.text) for s in sentences]
    try:
        vectors = encoder.encode(asked, "passage")
    except MissingResource:
        return {}
    found = archive.nearest_each(vectors, encoder.digest, floor=_MEANING_FLOOR, limit=_CLOSE)
    return {
        number: {(h.evidence.article, h.evidence.start): h.meaning_score or 0.0 for h in hits}
        for number, hits in enumerate(found)
    }
