"""What becomes of a round: the archive it works with, its report, its line in the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from quellenlage.errors import ArchiveUnusable
from quellenlage.execution import BuildReport, build, encode_sentences
from quellenlage.execution.engines import engine_of
from quellenlage.execution.ports import Progress
from quellenlage.execution.watching.letters import ENDING, withdraw
from quellenlage.execution.watching.plan import Plan
from quellenlage.execution.watching.round import Ports, Rest, Round
from quellenlage.execution.watching.running import iso
from quellenlage.execution.watching.state import State, Waiting
from quellenlage.intake.fetch import printable
from quellenlage.model import Archive
from quellenlage.views.cli import output
from quellenlage.views.cli.clock import now
from quellenlage.views.cli.failures import FAILED, describe
from quellenlage.views.cli.session import opened
from quellenlage.views.cli.settings import Settings
from quellenlage.views.discretion import Manner
from quellenlage.views.locale import LANGS, Words, words_for
from quellenlage.views.pseudonyms import veil_of, veiled, veiling
from quellenlage.views.watching.rendering import markdown, records
from quellenlage.views.watching.report import News, news_of, report_of
from quellenlage.views.watching.targets import deliver, letter_for

NAMED = 10
"""Failures of one round that are named; of more, how many there were."""


class Keeper:
    """Opens the archive of the call for each round, and tells what became of it."""

    def __init__(
        self, settings: Settings, plan: Plan, state: State, ports: Ports, pseudonyms: Manner | None = None
    ) -> None:
        """Take what the call was given."""
        self._settings, self._plan, self._state, self._ports = settings, plan, state, ports
        self._pseudonyms = pseudonyms
        self.status = 0

    def opened(self) -> AbstractContextManager[Archive]:
        """The archive; made where there is none."""
        return opened(self._settings, create=True)

    def tell(self, archive: Archive, done: Round) -> None:
        """Report what is new, deliver what waits, and write one line about the round."""
        with veiling(veil_of(archive, self._pseudonyms) if self._pseudonyms else None):
            self._tell(archive, done)

    def _tell(self, archive: Archive, done: Round) -> None:
        self.status = FAILED if done.failed else 0
        changes = None
        if not done.stopped:
            changes = self._report(archive, done)
        # What was deleted since a report was written is delivered no more.
        withdraw(archive, self._state)
        self._deliver()
        for text in self._lines(done, changes):
            output.notice(veiled(text), self._settings)
        if self._settings.json:
            output.json_line(_round_record(done))

    def fail(self, error: ArchiveUnusable, wait: int) -> None:
        """Say that a round was lost, and when the next one is."""
        words = self._settings.words
        at = iso(self._ports.wall())
        told = words("watch.lost", at=at, reason=describe(error, words), seconds=words.number(wait))
        output.notice(told, self._settings)

    def _report(self, archive: Archive, done: Round) -> int | None:
        """Report what was taken and not reported yet; returns how many changes that were."""
        state, at = self._state, iso(self._ports.wall())
        taken = state.taken()
        news = news_of(archive, taken, state.fact("reported") or "", done)
        report = veiled(report_of(news, self._settings.words))
        letters = [] if report.empty else self._letters(news)
        if not report.empty and self._plan.terminal:
            # Before it is noted as reported: whoever reads a terminal rather sees it twice than never.
            if self._settings.json:
                output.json_lines(records(report))
            else:
                output.line(markdown(report, self._settings.words))
        state.hand_over([one.capture for one in taken], letters, at)
        return None if report.told is None else len(report.told)

    def _letters(self, news: News) -> list[Waiting]:
        reports = {lang: veiled(report_of(news, words_for(lang))) for lang in LANGS}
        letters = []
        for target in self._plan.targets:
            lang = next((one for one in LANGS if one == target.lang), self._settings.lang)
            body = letter_for(target, reports[lang], words_for(lang))
            letters.append(Waiting(reports[lang].id, target.key, news.at, body, 0, 0))
        return letters

    def _deliver(self) -> None:
        words = self._settings.words
        targets = {target.key: target for target in self._plan.targets}
        for one in deliver(self._state, targets, int(self._ports.wall())):
            key = "watch.given_up" if one.given_up else "watch.undelivered"
            told = words(key, target=one.target, reason=words.phrase(one.error.said), tries=words.number(one.tries))
            output.notice(told, self._settings)
            self.status = FAILED

    def _lines(self, done: Round, changes: int | None) -> Iterator[str]:
        """What failed, which grows rarer as it is tried less and less; then the line about the round."""
        words = self._settings.words
        for error in done.failures[:NAMED]:
            yield describe(error, words)
        if len(done.failures) > NAMED:
            yield words.count("watch.more_failed", len(done.failures) - NAMED)
        yield from rest_lines([one for one in done.resting if one.begun], words)
        yield round_line(done, changes, words)


def round_line(done: Round, changes: int | None, words: Words, key: str = "watch.round") -> str:
    """One line about a round, or a rehearsal of one (`key`); what did not happen is left out."""
    parts = [words.count("watch.feeds", done.feeds, unchanged=words.number(done.unchanged))]
    counted = {
        "watch.pages": done.pages, "watch.added": done.added, "watch.revised": done.revised,
        "watch.reserved": done.reserved, "watch.failed": done.failed, "watch.left": done.left,
        "watch.resting": len(done.resting),
        "watch.rejected": len(done.built.rejected) if done.built else 0, "watch.changes": changes or 0,
    }  # fmt: skip
    parts += [words.count(key, number) for key, number in counted.items() if number]
    if done.stopped:
        parts.append(words("watch.stopped"))
    return words(key, at=done.at, told=", ".join(parts))


def rest_lines(resting: Sequence[Rest], words: Words) -> Iterator[str]:
    """Until when feeds are left alone, and why that is."""
    for one in resting[:NAMED]:
        told = _rest_told(one)
        if one.failures:
            yield words.count("watch.rests_after", one.failures, **told)
        else:
            yield words("watch.rests_with_host", **told)


def rehearsed_lines(done: Round, words: Words) -> Iterator[str]:
    """What a rehearsal found: feeds that rest, those that would after a round, and all in one line."""
    resting = [one for one in done.resting if not one.begun]
    yield from rest_lines(resting, words)
    for one in [rest for rest in done.resting if rest.begun][:NAMED]:
        yield words("watch.would_rest", **_rest_told(one))
    yield round_line(replace(done, resting=resting), None, words, "watch.rehearsed")


def _rest_told(one: Rest) -> dict[str, str]:
    return {"url": output.plain(printable(one.url)), "until": iso(one.until)}


def _round_record(done: Round) -> dict[str, object]:
    names = ("feeds", "unchanged", "pages", "same", "added", "revised", "reserved", "failed", "left", "stopped")
    resting = [{"url": printable(r.url), "until": iso(r.until), "failures": r.failures} for r in done.resting]
    return {"record": "round", "at": done.at, **{name: getattr(done, name) for name in names}, "resting": resting}


def build_all(archive: Archive, progress: Progress) -> BuildReport:
    """Analyse and link what is new; search by meaning last."""
    engine = engine_of()
    done = build(archive, progress=progress, clock=now, engine=engine)
    encode_sentences(archive, progress=progress, clock=now, engine=engine)
    return done


def state_path(plan: Plan, archive: str) -> str:
    """Where the state lies: where the plan says, else beside the archive, else (a server) beside the plan."""
    if plan.state:
        return plan.state
    if "://" not in archive:
        return f"{Path(archive).expanduser()}{ENDING}"
    scheme, _, path = archive.partition(":///")
    return f"{path if scheme.startswith('sqlite') and path else Path(plan.path).with_suffix('')}{ENDING}"
