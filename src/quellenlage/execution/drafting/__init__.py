"""Check a draft against an archive: what bears each sentence out, what speaks against it, which quotation differs."""

from quellenlage.execution.drafting.checking import check_draft
from quellenlage.execution.drafting.report import (
    Cited,
    DraftKind,
    DraftReport,
    DraftSentence,
    Finding,
    Verdict,
    Voice,
    Word,
)

__all__ = ["Cited", "DraftKind", "DraftReport", "DraftSentence", "Finding", "Verdict", "Voice", "Word", "check_draft"]
