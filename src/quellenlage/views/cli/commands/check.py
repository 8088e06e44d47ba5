"""`quellenlage check FILE`: each sentence of a draft beside what the archive says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import Settings, settings_of

if TYPE_CHECKING:
    from quellenlage.execution.drafting import DraftReport, DraftSentence, Finding
    from quellenlage.views.locale import Words

_SHOWN = 3
"""Sentences of the archive that are shown for a finding; all are in the records."""


@make_command("check")
@click.argument("file")
@option("--dct", key="dct_draft", metavar="DATE")
@click.pass_context
def command(ctx: click.Context, file: str, dct: str | None) -> int:
    """Print each sentence of a draft with its findings; `-` reads the draft from standard input."""
    from quellenlage.errors import BadInput
    from quellenlage.execution.drafting import check_draft
    from quellenlage.intake import captures
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import FAILED, report_error
    from quellenlage.views.cli.session import interval_option, opened
    from quellenlage.views.cli.taking_in import intake_options
    from quellenlage.views.records_draft import sentence_record

    settings = settings_of(ctx)
    day = interval_option(dct, settings)
    status = 0
    with opened(settings) as archive:
        for item in captures([file], intake_options(settings, {})):
            if isinstance(item, BadInput):
                report_error(item, settings.words)
                status = FAILED
                continue
            report = check_draft(archive, item.text, dct=day.value if day else None)
            if settings.json:
                output.json_lines(sentence_record(sentence) for sentence in report.sentences)
            else:
                for sentence in report.sentences:
                    _print(sentence, settings.words)
            _tell(report, settings)
    return status


def _print(sentence: DraftSentence, words: Words) -> None:
    from quellenlage.views.cli import output

    output.line(output.bold(sentence.draft.exact))
    for finding in sentence.findings:
        for text in _lines(finding, words):
            output.line(text)
    output.line()


def _lines(finding: Finding, words: Words) -> Iterator[str]:
    """The verdict with its part of the draft, the wording, why, then the sentences that it rests on."""
    from quellenlage.execution.drafting import Verdict
    from quellenlage.views.cli.lines import INDENT
    from quellenlage.views.cli.output import dim, plain, quotation, warn
    from quellenlage.views.wording import drafts
    from quellenlage.views.wording.quoting import quoted

    told = drafts.finding_words(finding, words)
    borne = drafts.borne_words(finding, words)
    fine = finding.verdict in {Verdict.SUPPORTED, Verdict.NOT_FOUND, Verdict.NOTHING_TO_CHECK}
    yield INDENT + (plain(told) if fine else warn(told)) + (f" · {plain(borne)}" if borne else "")
    if finding.difference and finding.verdict is Verdict.INEXACT:
        yield 2 * INDENT + plain(words("draft.difference", words=drafts.difference_words(finding.difference)))
    for reason in drafts.reason_words(finding, words):
        yield 2 * INDENT + plain(reason)
    for cited in finding.evidence[:_SHOWN]:
        yield 2 * INDENT + quotation(quoted(cited.evidence, keep=cited.told.span if cited.told else None), words)
        if cited.told is not None and finding.verdict is Verdict.CONTRADICTED:
            yield 3 * INDENT + plain(words("draft.instead", told=quotation(quoted(cited.told), words)))
        yield 3 * INDENT + dim(drafts.cited_words(cited, words))


def _tell(report: DraftReport, settings: Settings) -> None:
    """Say how much was checked, and what was not."""
    from quellenlage.views.cli import output

    words = settings.words
    if not report.sentences:
        output.notice(words("draft.empty"), settings)
        return
    output.notice(words.count("draft.checked", len(report.sentences)), settings)
    if report.cut:
        output.notice(words("draft.cut", n=words.number(report.checked_to)), settings)
