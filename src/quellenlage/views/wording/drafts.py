"""Findings about a draft in words, shared by the terminal and the pages; unsure is said to be unsure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quellenlage.execution.drafting import Cited, Finding, Verdict, Voice, Word
from quellenlage.views.discretion import shown_source
from quellenlage.views.locale import Words
from quellenlage.views.wording.lines import time_value

_LABELS = {
    "supported": "draft.supported",
    "number": "draft.number",
    "date": "draft.date",
    "place": "draft.place",
    "denied": "draft.denied",
    "planned": "draft.planned",
    "agent": "draft.agent",
    "inexact": "draft.inexact",
    "speaker": "draft.speaker",
    "nothing": "draft.nothing",
    "unchecked": "draft.unchecked",
}
_REASONS = {
    "number-near": "draft.reason.number_near",
    "date-near": "draft.reason.date_near",
    "open:number": "draft.reason.open_number",
    "open:date": "draft.reason.open_date",
    "open:place": "draft.reason.open_place",
    "open:agent": "draft.reason.open_agent",
    "open:party": "draft.reason.open_party",
    "day-by-person": "draft.reason.day_by_person",
    "revised": "draft.reason.revised",
    "corrected": "draft.reason.corrected",
    "affirmed": "draft.reason.affirmed",
    "printed-before": "draft.reason.printed_before",
    "side": "draft.reason.side",
    "not-in-marks": "draft.reason.not_in_marks",
    "nobody-named": "draft.reason.nobody_named",
    "speaker-unknown": "draft.reason.speaker_unknown",
    "cut-short": "draft.reason.cut_short",
    "negation-only-in:draft": "draft.reason.negation_draft",
    "negation-only-in:archive": "draft.reason.negation_archive",
}
"""Reasons that a reader needs; the others are scores, and in the records."""

_CASES = {"both": "{}", "draft": "[−{}−]", "archive": "[+{}+]"}


def finding_words(finding: Finding, words: Words) -> str:
    """The verdict: "Zahl stimmt nicht", "vielleicht: belegt", "andere Quellen: …"."""
    told = words(_LABELS[finding.label])
    if finding.disputed:
        told = words("draft.disputed", finding=told)
    nothing = finding.verdict in {Verdict.NOT_FOUND, Verdict.NOTHING_TO_CHECK}
    return told if finding.sure or nothing else words("draft.perhaps", finding=told)


def borne_words(finding: Finding, words: Words) -> str:
    """How many independent origins stand behind it, and on whose word; empty where nothing is known of that."""
    parts = []
    if finding.origins:
        parts.append(words.count("draft.origins", len(finding.origins), names=voices_words(finding.origins, words)))
    if finding.informants:
        parts.append(words("draft.on_word", names=voices_words(finding.informants, words)))
    return "; ".join(parts)


def voices_words(voices: Sequence[Voice], words: Words, most: int = 4) -> str:
    """Names of origins or informants, the first of many."""
    names = list(dict.fromkeys(voice.name for voice in voices))
    shown = names[:most] if len(names) <= most else [*names[:most], words("draft.more", n=len(names) - most)]
    return ", ".join(shown)


def reason_words(finding: Finding, words: Words) -> Iterator[str]:
    """What a reader should know about why it is so, or why it is not sure."""
    for reason in finding.reasons:
        if reason in _REASONS:
            yield words(_REASONS[reason])
    speakers = [reason.partition(":")[2] for reason in finding.reasons if reason.startswith("said-by:")]
    if speakers:
        yield words("draft.reason.said_by", names=", ".join(speakers))


def difference_words(difference: Sequence[Word]) -> str:
    """The wording of both sides in one line: "[−gern−]" stands in the draft alone, "[+nicht+]" in the archive alone."""
    return " ".join(_CASES[word.side].format(word.text) for word in difference)


def cited_words(cited: Cited, words: Words) -> str:
    """Outlet, day and headline of a sentence, and where it stands."""
    label = cited.outlet or cited.source.rstrip("/").rsplit("/", 1)[-1]
    when = time_value(cited.dct, words) if cited.dct else words("citation.undated")
    named = ", ".join(part for part in (label, when, cited.headline) if part)
    return f"{named} ({shown_source(cited.source)}:{cited.evidence.start}-{cited.evidence.end})"
