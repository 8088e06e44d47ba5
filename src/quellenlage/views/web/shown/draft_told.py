"""A checked draft as a template shows it: each sentence with its verdict in form and word, its findings beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quellenlage.execution.drafting import Cited, DraftReport, DraftSentence, Finding, Verdict, Voice, Word
from quellenlage.model import Span
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.draft_desk import Check, Tick
from quellenlage.views.web.shown.jobs_told import local_time
from quellenlage.views.web.shown.quotes import ShownName, ShownQuote, shown_name, shown_quote
from quellenlage.views.wording.drafts import borne_words, finding_words, reason_words
from quellenlage.views.wording.quoting import in_marks, quoted

FIRST = 3
"""Sentences of the archive that are shown at once for a finding."""

GOOD, BAD, UNSURE, NOTHING, QUIET = "good", "bad", "unsure", "unfound", "quiet"
TONES = (BAD, UNSURE, NOTHING, GOOD, QUIET)
"""How a verdict is drawn, what needs a look first."""

SIGNS = {GOOD: "✓", BAD: "✗", UNSURE: "?", NOTHING: "○", QUIET: "–"}
"""Of each tone one sign, so that nothing hangs on colour."""

_OTHERWISE = frozenset({Verdict.CONTRADICTED, Verdict.INEXACT, Verdict.WRONG_SPEAKER})


@dataclass(frozen=True, slots=True)
class ShownCited:
    """A sentence of the archive; `informants` are on whose word it stands, `instead` its words for the draft's."""

    quote: ShownQuote
    informants: list[ShownName]
    origin: ShownName | None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words; `difference` is word by word, of a quotation that is not exact."""

    label: str
    tone: str
    told: str
    borne: str
    reasons: list[str]
    first: list[ShownCited]
    more: list[ShownCited]
    difference: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence of a draft in pieces (text, whether a finding is about it); `opens` says that a paragraph begins.

    `lead` is text of the draft before it that is no sentence.
    """

    number: int
    tone: str
    sign: str
    told: str
    pieces: list[tuple[str, bool]]
    findings: list[ShownFinding]
    opens: bool
    lead: str
    tick: Tick | None
    ticked_at: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(piece for piece, _marked in self.pieces)


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A checked draft; `counts` are verdicts in words with tone, number and the first sentence that has it."""

    sentences: list[ShownSentence]
    counts: list[tuple[str, str, int, int]]
    rest: str
    ticked: int

    @property
    def needing(self) -> int:
        """Sentences that need a look: what is wrong, unsure or not found."""
        return sum(one.tone in {BAD, UNSURE, NOTHING} for one in self.sentences)


def articles_of(report: DraftReport) -> frozenset[str]:
    """Articles that the findings cite."""
    return frozenset(c.evidence.article for s in report.sentences for f in s.findings for c in f.evidence)


def shown_draft(check: Check, report: DraftReport, holdings: Holdings, words: Words) -> ShownDraft:
    """Word a checked draft; `holdings` has the citations of its articles."""
    sentences = [
        shown_sentence(number, report, holdings, words, check.ticks) for number in range(len(report.sentences))
    ]
    counted = Counter((one.findings[0].told, one.tone) for one in sentences)
    first: dict[tuple[str, str], int] = {}
    for one in sentences:
        first.setdefault((one.findings[0].told, one.tone), one.number)
    order = sorted(counted, key=lambda key: (TONES.index(key[1]), -counted[key], key[0]))
    return ShownDraft(
        sentences,
        [(told, tone, counted[told, tone], first[told, tone]) for told, tone in order],
        report.text[report.checked_to :].strip() if report.cut else "",
        len(check.ticks),
    )


def shown_sentence(
    number: int, report: DraftReport, holdings: Holdings, words: Words, ticks: Mapping[int, Tick]
) -> ShownSentence:
    """Word one sentence, by its number from 0."""
    sentence = report.sentences[number]
    before = report.sentences[number - 1].span.end if number else 0
    gap = report.text[before : sentence.span.start]
    findings = [_finding(one, holdings, words) for one in sentence.findings]
    tick = ticks.get(number)
    return ShownSentence(
        number=number + 1,
        tone=findings[0].tone,
        sign=SIGNS[findings[0].tone],
        told=findings[0].told,
        pieces=list(_pieces(sentence, report.text)),
        findings=findings,
        opens=number > 0 and "\n" in gap,
        lead=gap.strip(),
        tick=tick,
        ticked_at=local_time(tick.at, words) if tick else "",
    )


def tone_of(finding: Finding) -> str:
    """How a finding is drawn."""
    match finding.verdict:
        case Verdict.NOT_FOUND:
            return NOTHING
        case Verdict.NOTHING_TO_CHECK:
            return QUIET
        case _ if not finding.sure or finding.disputed:
            return UNSURE
        case Verdict.SUPPORTED:
            return GOOD
        case _:
            return BAD


def _pieces(sentence: DraftSentence, text: str) -> Iterator[tuple[str, bool]]:
    """The sentence cut where something in it is, or perhaps is, otherwise."""
    otherwise = [f.span for f in sentence.findings if f.verdict in _OTHERWISE and f.span != sentence.span]
    at = sentence.span.start
    for span in _apart(otherwise, sentence.span):
        if at < span.start:
            yield text[at : span.start], False
        yield text[span.start : span.end], True
        at = span.end
    if at < sentence.span.end:
        yield text[at : sentence.span.end], False


def _apart(spans: Sequence[Span], whole: Span) -> Iterator[Span]:
    """Those within the sentence that overlap none before them."""
    at = whole.start
    for span in sorted(set(spans)):
        if at <= span.start and span.end <= whole.end and span.start < span.end:
            yield span
            at = span.end


def _finding(finding: Finding, holdings: Holdings, words: Words) -> ShownFinding:
    cited = [_cited(one, finding, holdings, words) for one in finding.evidence]
    return ShownFinding(
        label=finding.label,
        tone=tone_of(finding),
        told=finding_words(finding, words),
        borne=borne_words(finding, words),
        reasons=list(reason_words(finding, words)),
        first=cited[:FIRST],
        more=cited[FIRST:],
        difference=finding.difference if finding.verdict is Verdict.INEXACT else (),
    )


def _cited(cited: Cited, finding: Finding, holdings: Holdings, words: Words) -> ShownCited:
    instead = ""
    if cited.told is not None and finding.verdict is Verdict.CONTRADICTED:
        instead = in_marks(quoted(cited.told), words)
    return ShownCited(
        shown_quote(cited.evidence, holdings, words, mark=cited.told.span if cited.told else None),
        [_voice(one, holdings) for one in cited.informants],
        _voice(cited.origin, holdings) if cited.origin else None,
        instead,
    )


def _voice(voice: Voice, holdings: Holdings) -> ShownName:
    found = shown_name(voice.id, holdings) if voice.id else None
    return ShownName(voice.name, found.href if found else "")
