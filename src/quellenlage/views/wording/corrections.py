"""Corrections and withdrawals in words: of an article, one of its sentences, an event that nobody tells any more.

And what people corrected about events and claims, which is no correction by a paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from quellenlage.execution import SpeakerCorrected
from quellenlage.model import (
    FORGOTTEN,
    Account,
    Corrected,
    Event,
    Evidence,
    Revision,
    RevisionKind,
    TextChange,
)
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.dates import day_words
from quellenlage.views.wording.lines import citation_words, time_value
from quellenlage.views.wording.quoting import in_marks, quoted

_STRENGTH = {kind: strength for strength, kind in enumerate(RevisionKind)}


def revised_by(article: str, holdings: Holdings) -> Revision | None:
    """What made an article one that no longer stands; of several the strongest."""
    found = [r for r in holdings.linked.revisions if r.earlier == article and r.whole]
    return min(found, key=lambda r: _STRENGTH[r.kind], default=None)


def about_article(article: str, holdings: Holdings) -> list[Revision]:
    """Every revision that an article makes or undergoes."""
    return [r for r in holdings.linked.revisions if article in (r.article, r.earlier)]


def revision_words(revision: Revision, holdings: Holdings, words: Words) -> str:
    """Which article corrects, updates or withdraws which, with the day and the words for it."""
    newer = version_words(revision.article, holdings, words)
    if revision.earlier == revision.article:
        told = f"{newer}: {kind_words(revision, words)}"
    elif revision.earlier is None:
        told = words(f"corrections.mentions_{revision.kind}", newer=newer)
    else:
        older = version_words(revision.earlier, holdings, words)
        scope = revision.kind.value if revision.whole else "noted"
        told = words(f"corrections.pair_{scope}", newer=newer, older=older)
    said = " ".join(in_marks(quoted(e), words) for e in revision.evidence)
    return ": ".join(part for part in (told, said, revision.note) if part)


def version_words(article: str, holdings: Holdings, words: Words) -> str:
    """Outlet and day of an article with the file or address, by which its versions are told apart."""
    citation = holdings.cite(article)
    told, file = citation_words(citation, words), citation.source.rstrip("/").rsplit("/", 1)[-1]
    return told if file == citation.label else f"{told} ({file})"


def kind_words(revision: Revision, words: Words) -> str:
    """What became of an article and, of a withdrawal, since when: "zurückgezogen am 2. Januar 2026"."""
    if revision.kind is RevisionKind.WITHDRAWN and revision.day:
        return words("corrections.withdrawn_on", day=day_words(revision.day, words))
    return words(f"corrections.{revision.kind}")


def change_words(change: TextChange, words: Words) -> str:
    """One change of a sentence: the words that differ where they are few, else the sentences."""
    if change.kind == "changed":
        was = change.was or (change.old.exact if change.old else "")
        now = change.now or (change.new.exact if change.new else "")
        if change.was or change.now:
            return words("corrections.changed", was=change.was or "–", now=change.now or "–")
        return words("corrections.changed", was=was, now=now)
    side = change.old or change.new
    return words(f"corrections.{change.kind}", sentence=in_marks(quoted(side), words) if side else "")


def account_mark(account: Account, holdings: Holdings, words: Words) -> str:
    """What became of an account that no longer stands, or of a sentence that a note corrected; else empty."""
    article = account.member.article
    own = revised_by(article, holdings)
    if account.revised is not None and own is None:
        return words(f"corrections.copy_{account.revised}")
    return _mark(account.evidence, own, holdings, words) or _noted(account.evidence, holdings, words)


def claim_mark(claim: ClaimLine, holdings: Holdings, words: Words) -> str:
    """The same for a claim."""
    if not holdings.linked.revisions:
        return ""
    own = revised_by(claim.article, holdings)
    if own and own.kind is not RevisionKind.WITHDRAWN and claim.key in own.dropped:
        return words(f"corrections.dropped_{own.kind}")
    if own is None and _copies_withdrawn(claim, holdings):
        return words("corrections.copy_withdrawn")
    return _mark(claim.sentence, own, holdings, words) or _noted(claim.sentence, holdings, words)


def _copies_withdrawn(claim: ClaimLine, holdings: Holdings) -> bool:
    """Whether the words of a claim were taken from an article that is withdrawn."""
    for reuse in holdings.linked.reuses:
        if reuse.article == claim.article and any(p.span.overlaps(claim.evidence[0].span) for p in reuse.passages):
            source = revised_by(reuse.earlier, holdings)
            if source and source.kind is RevisionKind.WITHDRAWN:
                return True
    return False


def _mark(sentence: Evidence, own: Revision | None, holdings: Holdings, words: Words) -> str:
    if own is None:
        return ""
    if own.kind is RevisionKind.WITHDRAWN:
        by = "" if own.article == own.earlier else f" ({version_words(own.article, holdings, words)})"
        return kind_words(own, words) + by
    change = _change_of(sentence, own)
    if change is None:
        return words(f"corrections.kept_{own.kind}")
    if change.kind == "removed":
        return words(f"corrections.dropped_{own.kind}")
    return words(f"corrections.altered_{own.kind}", change=change_words(change, words))


def _noted(sentence: Evidence, holdings: Holdings, words: Words) -> str:
    """A correction of this sentence by a note that leaves the rest of the article as it is."""
    for revision in holdings.linked.revisions:
        if not revision.whole and revision.earlier == sentence.article and (change := _change_of(sentence, revision)):
            by = version_words(revision.article, holdings, words)
            return words("corrections.noted", by=by, change=change_words(change, words))
    return ""


def _change_of(sentence: Evidence, revision: Revision) -> TextChange | None:
    for change in revision.changes:
        if change.old and change.old.article == sentence.article and change.old.span.overlaps(sentence.span):
            return change
    return None


def event_marks(event: Event, holdings: Holdings, words: Words) -> Iterator[str]:
    """What a reader of an event must know: what people corrected, and what became of its articles."""
    yield from hand_marks(event, holdings, words)
    yield from revision_marks(event, holdings, words)


def hand_marks(event: Event, holdings: Holdings, words: Words) -> Iterator[str]:
    """What people corrected about an event: who, when and why, and what the articles say."""
    for one in event.corrected:
        value = _value(one.field, one.value, words)
        told = words(f"corrections.by_hand_{one.field}", value=value)
        told = f"{told} ({_by(one, words)})"
        said = [_value(one.field, other, words) for other in told_instead(event, one, holdings)]
        if others := [other for other in said if other != value]:
            key = "corrections.by_hand_read" if one.field == "type" else "corrections.by_hand_said"
            told = words(key, told=told, said="; ".join(others))
        yield told


def speaker_mark(claim: ClaimLine, holdings: Holdings, words: Words) -> str:
    """What a person corrected about who speaks: who, when and why, and who was read; else empty."""
    one = claim.corrected
    if one is None:
        return ""
    value = words("judge.forgotten") if one.value == FORGOTTEN else one.value
    told = f"{words('corrections.by_hand_speaker', value=value)} ({_by(one, words)})"
    return words("corrections.by_hand_was_read", told=told, said=speaker_read(claim, holdings, words))


def speaker_read(claim: ClaimLine, holdings: Holdings, words: Words) -> str:
    """Whom an article was read to name as the speaker of a claim that a person corrected."""
    if claim.corrected and claim.corrected.read:
        return words("list.and").join(holdings.names(claim.corrected.read))
    if claim.speaker:
        named = " ".join(in_marks(quoted(one), words) for one in claim.speaker)
        return words("chain.unresolved_named", words=named)
    return words("chain.unresolved" if claim.attributed else "chain.unnamed")


def _by(one: Corrected | SpeakerCorrected, words: Words) -> str:
    """Who corrected it, when, and why."""
    why = words("judge.forgotten") if one.note == FORGOTTEN else one.note
    by = f"{one.author or '–'}, {_day(one.made_at, words)}"
    return f"{by}: {why}" if why else by


def told_instead(event: Event, one: Corrected, holdings: Holdings) -> list[str]:
    """What the accounts of an event say about what a person corrected, or what type was read, each once."""
    if one.field == "type":
        return [one.was] if one.was else []
    accounts = (a.time if one.field == "time" else holdings.name(a.place) for a in event.accounts)
    return [told for told in dict.fromkeys(accounts) if told]


def _value(field: str, value: str, words: Words) -> str:
    if value == FORGOTTEN:
        return words("judge.forgotten")
    if field == "time":
        return time_value(value, words)
    return words.code("event", value) if field == "type" else value


def _day(made_at: str, words: Words) -> str:
    """The day of a decision, in the time of this machine."""
    try:
        made = datetime.fromisoformat(made_at)
    except ValueError:
        return made_at
    return day_words((made if made.tzinfo is None else made.astimezone()).date(), words)


def revision_marks(event: Event, holdings: Holdings, words: Words) -> Iterator[str]:
    """That nobody tells an event any more, and what was told otherwise before."""
    if not holdings.linked.revisions:
        return
    told: list[str] = []
    for account in event.accounts:
        revision = revised_by(account.member.article, holdings)
        change = _change_of(account.evidence, revision) if revision else None
        kept = account.revised is not None and event.revised is None
        if kept and revision and revision.kind is not RevisionKind.WITHDRAWN and (change is None or not change.was):
            continue  # an older version that tells the same
        if mark := account_mark(account, holdings, words):
            told.append(f"{version_words(account.member.article, holdings, words)}: {mark}")
    yield from dict.fromkeys(told)


def gone_events(holdings: Holdings) -> list[Event]:
    """Events that left the chronicle, since only withdrawn or corrected articles tell them, in time."""
    left = (RevisionKind.WITHDRAWN, RevisionKind.CORRECTED)
    found = [e for e in holdings.linked.events if e.revised in left and (e.actors or e.recipients or e.place)]
    return sorted(found, key=lambda e: (e.earliest is None, e.earliest.isoformat() if e.earliest else "", e.id))
