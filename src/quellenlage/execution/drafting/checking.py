"""Compare a draft with an archive, sentence by sentence; nothing is written, and only what is near is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quellenlage.execution.drafting.candidates import find_articles
from quellenlage.execution.drafting.facts import Facts, read_facts
from quellenlage.execution.drafting.pool import Pool
from quellenlage.execution.drafting.quotes import Quotes
from quellenlage.execution.drafting.reading import Quote, cut, marks_in, quotes_in, read_draft
from quellenlage.execution.drafting.report import DraftReport, DraftSentence, Finding, Verdict
from quellenlage.execution.drafting.weighing import weigh
from quellenlage.execution.meaning import Encoder, installed_encoder
from quellenlage.execution.ports import PipelineLike, default_pipeline
from quellenlage.model import Archive, Document, Evidence, Sentence, evidence

MOST_SENTENCES = 300
"""Sentences of a draft that are checked."""


def check_draft(
    archive: Archive,
    text: str,
    *,
    dct: str | None = None,
    pipeline: PipelineLike | None = None,
    encoder: Encoder | None = None,
    limit: int = MOST_SENTENCES,
) -> DraftReport:
    """Compare a draft with the archive: what bears each sentence out, what speaks against it, what differs.

    `dct` is the day of the draft (ISO), against which "gestern" is read; without it such words are compared with
    nothing. At most `limit` sentences are checked. Sentences are found by meaning, too, where the archive has vectors.

    Raises:
        ValueError: `dct` is no ISO day.
        ArchiveUnusable: the archive cannot be read.
    """
    text = _LONE.sub("\N{REPLACEMENT CHARACTER}", text)
    end = cut(text)
    if not text[:end].strip():
        return DraftReport(text, (), len(text), dct)
    document = read_draft(text[:end], pipeline or default_pipeline(), dct)
    sentences = document.sentences[:limit]
    if len(sentences) < len(document.sentences):
        end = document.sentences[len(sentences)].start
    if not sentences:
        return DraftReport(text, (), end, dct)
    checked = _Checked(archive, document, sentences, encoder or installed_encoder())
    return DraftReport(text, tuple(checked.sentence(n) for n in range(len(sentences))), end, dct)


_LONE = re.compile("[\ud800-\udfff]")
"""Halves of a character, which JSON can carry and no text holds; what stands for them has the same length."""


class _Checked:
    """One draft beside the part of the archive that it is compared with."""

    def __init__(
        self, archive: Archive, document: Document, sentences: Sequence[Sentence], encoder: Encoder | None
    ) -> None:
        self._document, self._sentences = document, sentences
        marks = marks_in(document.text)
        self._quotes = [list(quotes_in(document, marks, sentence)) for sentence in sentences]
        articles, self._meanings = find_articles(archive, document, sentences, self._quotes, encoder)
        self._pool = Pool(archive, articles)
        self._checker = Quotes(self._pool, document)
        directory, entities = self._pool.directory, {e.id: e for e in document.entities}
        self._meant = {one: directory.meant(entity) for one, entity in entities.items()}

    def sentence(self, number: int) -> DraftSentence:
        """Findings about one sentence, the weightiest first."""
        sentence, quotes = self._sentences[number], self._quotes[number]
        draft = self._quote(sentence)
        findings: list[Finding] = []
        for quote in quotes:
            findings += self._checker.check(quote, self._evidence(quote))
        rest = self._rest(sentence, quotes)
        found = weigh(self._pool, rest, draft, self._meanings.get(number, {}))
        if not quotes:
            findings += found or [self._nothing(rest, draft)]
        elif self._says_more(rest, quotes):
            findings += [one for one in found if one.sure]
        findings.sort(key=_order)
        return DraftSentence(draft, tuple(findings))

    def _rest(self, sentence: Sentence, quotes: Sequence[Quote]) -> Facts:
        """What a sentence says beside its quotations."""
        called, without = self._pool.directory.called, [quote.span for quote in quotes]
        return read_facts(self._document, sentence.span, self._meant.__getitem__, called, without)

    def _says_more(self, rest: Facts, quotes: Sequence[Quote]) -> bool:
        quoted = sum(len(quote.words) for quote in quotes)
        return len(rest.words) > max(_FRAME, quoted)

    def _nothing(self, facts: Facts, draft: Evidence) -> Finding:
        verdict = Verdict.NOT_FOUND if facts.checkable else Verdict.NOTHING_TO_CHECK
        return Finding(verdict, draft, sure=True, score=0.5)

    def _quote(self, sentence: Sentence) -> Evidence:
        return evidence(self._document.article.id, self._document.text, sentence.span, digest=self._digest)

    def _evidence(self, quote: Quote) -> Evidence:
        return evidence(self._document.article.id, self._document.text, quote.span, digest=self._digest)

    @property
    def _digest(self) -> str:
        return self._document.article.text_sha256


_FRAME = 3
"""Content words of what stands around a quotation from which it is checked by itself ("sagte er nach dem Treffen")."""

_WEIGHT = {
    Verdict.WRONG_SPEAKER: 0,
    Verdict.INEXACT: 1,
    Verdict.CONTRADICTED: 2,
    Verdict.SUPPORTED: 3,
    Verdict.NOT_FOUND: 4,
    Verdict.NOTHING_TO_CHECK: 5,
}


def _order(finding: Finding) -> tuple[bool, bool, int, float, int]:
    """What is sure first, what is in dispute behind what bears out, then what would change the draft, then by score."""
    nothing = finding.verdict in {Verdict.NOT_FOUND, Verdict.NOTHING_TO_CHECK}
    unsure = not finding.sure and not nothing
    return (unsure, finding.disputed, _WEIGHT[finding.verdict], -finding.score, finding.draft.start)
