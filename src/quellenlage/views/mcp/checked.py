"""A checked draft as an answer, no longer than an assistant can read."""

from __future__ import annotations

from quellenlage.execution.drafting import Cited, DraftReport, DraftSentence, Finding
from quellenlage.model import Archive
from quellenlage.views.holdings import Holdings
from quellenlage.views.mcp import answers
from quellenlage.views.mcp.citing import cited
from quellenlage.views.shelves import holdings_of_articles

_MOST_PROOFS = 3


def checked(archive: Archive, report: DraftReport, longest: int) -> answers.Checked:
    """The findings, sentence by sentence, as far as they fit into so many letters; the first always does."""
    proofs = (proof for s in report.sentences for f in s.findings for proof in f.evidence[:_MOST_PROOFS])
    holdings = holdings_of_articles(archive, {proof.evidence.article for proof in proofs})
    kept: list[answers.CheckedSentence] = []
    letters = 0
    for one in report.sentences:
        told = _sentence(one, holdings)
        letters += len(told.model_dump_json())
        if kept and letters > longest:
            return answers.Checked(sentences=kept, checked_to=kept[-1].end)
        kept.append(told)
    return answers.Checked(sentences=kept, checked_to=report.checked_to)


def _sentence(one: DraftSentence, holdings: Holdings) -> answers.CheckedSentence:
    findings = [_finding(finding, holdings) for finding in one.findings]
    return answers.CheckedSentence(start=one.span.start, end=one.span.end, exact=one.draft.exact, findings=findings)


def _finding(finding: Finding, holdings: Holdings) -> answers.Found:
    return answers.Found(
        verdict=finding.verdict.value,
        kind=finding.kind.value if finding.kind else None,
        sure=finding.sure,
        disputed=finding.disputed,
        said=finding.draft.exact,
        start=finding.span.start,
        end=finding.span.end,
        proofs=[_proof(proof, holdings) for proof in finding.evidence[:_MOST_PROOFS]],
        proofs_in_all=len(finding.evidence),
    )


def _proof(proof: Cited, holdings: Holdings) -> answers.Proof:
    return answers.Proof(
        citation=cited(proof.evidence, holdings),
        told=cited(proof.told, holdings) if proof.told else None,
        origin=proof.origin.name if proof.origin else None,
        informants=[voice.name for voice in proof.informants],
    )
