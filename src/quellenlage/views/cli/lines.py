"""Chronicle, claims and conflicts as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.model import ChronicleEntry, Conflict, Event, Evidence, Figure
from quellenlage.story.corrections import standing_accounts
from quellenlage.views.cli.output import bold, dim, plain, quotation, warn
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.corrections import claim_mark, event_marks, speaker_mark
from quellenlage.views.wording.lines import (
    account_chain,
    chain_words,
    citation_words,
    conflict_words,
    corroboration_words,
    event_date,
    event_mark,
    event_title,
    place_in_source,
    running_words,
    side_claimed,
    side_sentence,
    side_value,
    trail,
)
from quellenlage.views.wording.numbers import merged_figures
from quellenlage.views.wording.quoting import quoted, shown
from quellenlage.views.wording.statements import around_words, circumstances, counted_words, firmness
from quellenlage.views.wording.told import entry_line

INDENT = "    "


def entry_lines(entry: ChronicleEntry, holdings: Holdings, words: Words) -> Iterator[str]:
    """A line of the chronicle with its sentence, its source, on whose word, and how far it is borne out."""
    event = holdings.events[entry.event]
    yield heading(event, holdings, words, line=entry_line(entry, holdings, words, dated=False))
    yield from quotation_lines(entry.evidence, holdings, words, chain=_best_chain(event, entry, holdings, words))
    yield INDENT + dim(corroboration_words(event, words))
    figures = merged_figures((f for a in standing_accounts(event) for f in a.figures), words)
    if figures:
        yield INDENT + dim("; ".join(figures))
    for mark in event_marks(event, holdings, words):
        yield INDENT + warn(mark)
    for conflict in holdings.conflicts_of.get(event.id, ()):
        yield INDENT + warn(f"{words('chronicle.conflict')}: {conflict_words(conflict, holdings, words)}")


def heading(event: Event, holdings: Holdings, words: Words, *, line: str | None = None) -> str:
    """Date, the event in a sentence or its kind and participants, and the mark of what did not simply happen."""
    mark = event_mark(event, words)
    title = f"{bold(event_date(event, holdings, words))} · {plain(line or event_title(event, holdings, words))}"
    marks = [mark] if mark else []
    marks += [words(f"corrections.{event.revised}")] if event.revised else []
    return " ".join([title, *(warn(f"[{one}]") for one in marks)])


def quotation_lines(evidence: Evidence, holdings: Holdings, words: Words, *, chain: str = "") -> Iterator[str]:
    """The quoted sentence and where it stands."""
    citation = holdings.cite(evidence.article)
    yield INDENT + quotation(quoted(evidence), words)
    source = f"{citation_words(citation, words)} ({place_in_source(evidence, citation)})"
    yield INDENT + dim(f"{source} · {chain}" if chain else source)


def claim_lines(claim: ClaimLine, holdings: Holdings, words: Words) -> Iterator[str]:
    """On whose word, how firmly, the words, and the sentence around them."""
    who = trail(claim, holdings, words)
    yield f"{bold(who)} · {plain(', '.join(firmness(claim.evidentiality, claim.polarity, words)))}"
    yield INDENT + plain(shown(claim.evidence, claim.form, words))
    if around := around_words(claim, words):
        yield INDENT + plain(around)
    if told := circumstances(claim, holdings, words):
        yield INDENT + plain(", ".join(told))
    for mark in filter(None, (speaker_mark(claim, holdings, words), claim_mark(claim, holdings, words))):
        yield INDENT + warn(mark)
    citation = holdings.cite(claim.article)
    score = "" if claim.corrected else f" · {words('claims.score', score=words.number(round(claim.score, 2)))}"
    where = place_in_source(claim.evidence[0], citation)
    statement = holdings.statement_of.get(claim.key)
    again = f" · {counted_words(statement, holdings, words)}" if statement and len(statement.retellings) > 1 else ""
    yield INDENT + dim(f"{citation_words(citation, words)} ({where}){score}{again} · {claim.key}")


def conflict_lines(conflict: Conflict, holdings: Holdings, words: Words) -> Iterator[str]:
    """The accounts that cannot both hold, one beside the other."""
    event = holdings.events.get(conflict.event)
    yield f"{bold(conflict_words(conflict, holdings, words))}  {dim(conflict.id)}"
    if event is not None:
        title = f"{event_date(event, holdings, words)} · {event_title(event, holdings, words)}"
        yield f"{INDENT}{plain(title)}  {dim(event.id)}"
    for side in conflict.sides:
        yield f"{INDENT}– {plain(side_value(conflict, side.value, holdings, words))}"
        chain = chain_words(side.chain, holdings, words, claimed=side_claimed(conflict, side, holdings))
        for text in quotation_lines(side_sentence(conflict, side, holdings), holdings, words, chain=chain):
            yield INDENT + text


def running_lines(event: Event, holdings: Holdings, words: Words) -> Iterator[str]:
    """The figures of an event that later reports replaced, as a series."""
    title = f"{event_date(event, holdings, words)} · {event_title(event, holdings, words)}"
    yield f"{plain(title)}  {dim(event.id)}"
    for running in event.running:
        yield INDENT + plain(running_words(running, words))
        for figure in running.figures:
            for text in quotation_lines(_sentence_of(figure, event), holdings, words):
                yield INDENT + text


def _sentence_of(figure: Figure, event: Event) -> Evidence:
    told = (a.evidence for a in event.accounts if a.evidence.article == figure.evidence.article)
    return next((one for one in told if one.span.contains(figure.evidence.span)), figure.evidence)


def _best_chain(event: Event, entry: ChronicleEntry, holdings: Holdings, words: Words) -> str:
    for account in event.accounts:
        if account.evidence.article == entry.evidence.article and account.evidence.start == entry.evidence.start:
            return account_chain(account, holdings, words)
    return ""
