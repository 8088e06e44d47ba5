"""A checked draft as plain records, for JSON Lines, the REST API and tools: offsets of both sides, all evidence."""

from __future__ import annotations

from typing import Any

from quellenlage.execution.drafting import Cited, DraftReport, DraftSentence, Finding, Voice
from quellenlage.model import Evidence
from quellenlage.views.discretion import shown_source

Record = dict[str, Any]


def draft_record(report: DraftReport) -> Record:
    """A whole report in one record."""
    return {
        "record": "draft",
        "dct": report.dct,
        "length": len(report.text),
        "checked_to": report.checked_to,
        "cut": report.cut,
        "sentences": [sentence_record(one) for one in report.sentences],
    }


def sentence_record(sentence: DraftSentence) -> Record:
    """A sentence with its findings, the weightiest first; offsets are code points of the draft."""
    return {
        "record": "draft_sentence",
        "start": sentence.span.start,
        "end": sentence.span.end,
        "text": sentence.draft.exact,
        "verdict": sentence.main.label,
        "sure": sentence.main.sure,
        "findings": [finding_record(one) for one in sentence.findings],
    }


def finding_record(finding: Finding) -> Record:
    """A finding: verdict, how sure, the part of the draft, the sentences of the archive, the difference by words."""
    return {
        "verdict": finding.verdict.value,
        "kind": finding.kind.value if finding.kind else None,
        "sure": finding.sure,
        "disputed": finding.disputed,
        "score": finding.score,
        "draft": {"start": finding.span.start, "end": finding.span.end, "exact": finding.draft.exact},
        "evidence": [cited_record(one) for one in finding.evidence],
        "origins": [voice_record(one) for one in finding.origins],
        "informants": [voice_record(one) for one in finding.informants],
        "difference": [{"side": word.side, "text": word.text} for word in finding.difference],
        "reasons": list(finding.reasons),
    }


def cited_record(cited: Cited) -> Record:
    """A sentence of the archive with its citation; `told` are the words in it that answer the draft's."""
    return {
        "article": cited.evidence.article,
        "source": shown_source(cited.source),
        "outlet": cited.outlet,
        "headline": cited.headline,
        "published": cited.dct,
        **_quote(cited.evidence),
        "told": _quote(cited.told) if cited.told else None,
        "origin": voice_record(cited.origin) if cited.origin else None,
        "informants": [voice_record(one) for one in cited.informants],
    }


def voice_record(voice: Voice) -> Record:
    """An origin or informant; the identifier is null where nothing across articles stands for it."""
    return {"id": voice.id or None, "name": voice.name}


def _quote(evidence: Evidence) -> Record:
    return {
        "text_sha256": evidence.text_sha256,
        "start": evidence.start,
        "end": evidence.end,
        "exact": evidence.exact,
        "prefix": evidence.prefix,
        "suffix": evidence.suffix,
    }
