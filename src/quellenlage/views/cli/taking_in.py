"""Inputs into an archive, and what to say about it; shared by `add` and `demo`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quellenlage.execution import AddReport, BuildReport, add, build, encode_sentences
from quellenlage.execution.engines import Engine, engine_of
from quellenlage.execution.intake import CollectionAdded
from quellenlage.intake import Doubt, IntakeOptions, Skipped
from quellenlage.model import Archive
from quellenlage.views.cli import output
from quellenlage.views.cli.clock import now
from quellenlage.views.cli.explained import explanation_records
from quellenlage.views.cli.failures import FAILED, WrongUsage, report, report_error
from quellenlage.views.cli.retaining import report_unread
from quellenlage.views.cli.settings import Settings
from quellenlage.views.exports.restore import is_export, restore_rest, restored_captures

_FIELD_NAMES = {"date": "published", "authors": "author"}
"""Other names for what a field or a column is mapped to."""
_TOLD = 10
"""So many passages of one file that were left out are named one by one."""
_LEFT_OUT = {
    "cover-page": "left_out.cover_page", "contents": "left_out.contents", "legal-notice": "left_out.legal_notice",
    "behind-last-article": "left_out.behind_last_article", "between-articles": "left_out.between_articles",
    "no-article-text": "left_out.no_article_text", "page-without-text": "left_out.page_without_text",
}  # fmt: skip


def intake_options(settings: Settings, given: Mapping[str, object]) -> IntakeOptions:
    """Options of intake as the user gave them."""
    words = settings.words
    fields: dict[str, str] = {}
    columns = [pair for one in _listed(given.get("columns")) for pair in one.split(",")]
    for pair in (*_listed(given.get("fields")), *columns):
        name, equals, field = (part.strip() for part in pair.partition("="))
        if not equals or not field:
            raise WrongUsage(words("error.bad_pair", value=pair, form="text=FIELD"))
        fields[_FIELD_NAMES.get(name, name)] = field
    chosen: dict[str, Any] = {k: given[k] for k in ("encoding", "outlet", "max_bytes") if given.get(k)}

    def skipped(found: Skipped) -> None:
        told = {"source": found.source, "reason": words.code("skipped", found.reason)}
        if found.records:
            output.notice(words.count("add.skipped_records", found.records, **told), settings)
        else:
            output.notice(words("add.skipped", **told), settings)

    try:
        return IntakeOptions(
            captured_at=now(),
            fields=fields,
            network=not given.get("no_network"),
            storage=True,
            follow_feed=bool(given.get("follow_feed")),
            on_skip=skipped,
            **chosen,
        )
    except ValueError as error:
        raise WrongUsage(words.detail(str(error))) from None


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, tuple) else []


def take_in(archive: Archive, sources: Sequence[str], settings: Settings, given: Mapping[str, object]) -> AddReport:
    """Add sources in their order; a full export of another archive is restored with its lists and judgements."""
    doubts: list[Doubt] = []
    options = replace(intake_options(settings, given), on_doubt=doubts.append)
    exported = [s for s in sources if is_export(s)]
    others = [s for s in sources if s not in exported]
    reports = []
    with output.progress_bars(settings) as progress:
        if others:
            reports.append(add(archive, others, options, progress=progress))
        if exported:
            reports.append(add(archive, exported, options, progress=progress, reader=restored_captures))
            for path in exported:
                restore_rest(archive, Path(path))
    _tell(doubts, settings)
    return AddReport(
        sum(r.added for r in reports),
        sum(r.known for r in reports),
        tuple(f for r in reports for f in r.failed),
        tuple(c for r in reports for c in r.collections),
    )


def _tell(doubts: Sequence[Doubt], settings: Settings) -> None:
    """Name each file once of which it is not certain that its characters were read right."""
    words = settings.words
    told = []
    for doubt in doubts:
        # Records of a file and messages of a mailbox are named FILE#17.
        file, hash_sign, number = doubt.source.rpartition("#")
        source = file if hash_sign and number.isdigit() else doubt.source
        told.append(words(f"add.{doubt.code}", source=source, detail=doubt.detail))
    for text in dict.fromkeys(told):
        output.notice(text, settings)


def _tell_collection(one: CollectionAdded, settings: Settings) -> None:
    """Say of an export how many articles were in it, and which parts of it are none, with the place."""
    words = settings.words
    figures = {"added": words.number(one.added), "known": words.number(one.known)}
    figures["found"] = words.count("count.articles", one.found)
    if one.database:
        told = words("add.collection_of", source=one.source, database=one.database, **figures)
    else:
        told = words("add.collection", source=one.source, **figures)
    if one.failed:
        told = words("add.collection_failed", told=told, failed=words.number(one.failed))
    output.notice(told, settings)
    for left in one.left_out[:_TOLD]:
        reason = words(_LEFT_OUT[left.reason])
        places = {"first": words.number(left.first), "last": words.number(left.last), "reason": reason}
        key = "add.left_pages" if left.unit == "pages" else "add.left_lines"
        output.notice(words.count(key, left.last - left.first + 1, source=one.source, **places), settings)
    if len(one.left_out) > _TOLD:
        output.notice(words.count("add.left_more", len(one.left_out) - _TOLD, source=one.source), settings)


def _collection_record(one: CollectionAdded) -> dict[str, object]:
    left = [{"reason": x.reason, "unit": x.unit, "first": x.first, "last": x.last} for x in one.left_out]
    counts = {"found": one.found, "added": one.added, "known": one.known, "failed": one.failed}
    return {"source": one.source, "database": one.database or None, **counts, "left_out": left}


def print_added(done: AddReport, settings: Settings, *, hint: bool = True) -> int:
    """Say what was added; every input that failed with its remedy. Returns the exit status."""
    words = settings.words
    for failure in done.failed:
        report_error(failure, words)
    if settings.json:
        failed = [{"source": f.source, "error": type(f).__name__, "message": f.message} for f in done.failed]
        counts = {"added": done.added, "known": done.known}
        collections = [_collection_record(one) for one in done.collections]
        output.json_line({"record": "added", **counts, "failed": failed, "collections": collections})
    for one in done.collections:
        _tell_collection(one, settings)
    told = words("add.done", added=words.number(done.added), known=words.number(done.known))
    if done.failed:
        told += " " + words.count("count.failed", len(done.failed)) + "."
    output.notice(told, settings)
    if done.added and hint:
        output.notice(words("add.next"), settings)
    return FAILED if done.failed else 0


def build_up(archive: Archive, settings: Settings, *, whole: bool = False, engine: Engine | None = None) -> BuildReport:
    """Bring an archive up to date, with a bar where somebody watches; search by meaning last, it needs most time.

    Articles are analysed where it is fastest, if no `engine` is given.
    """
    with output.progress_bars(settings) as progress:
        engine = engine or engine_of()
        done = build(archive, progress=progress, clock=now, whole=whole, engine=engine)
        encode_sentences(archive, progress=progress, clock=now, engine=engine)
    return done


def print_built(done: BuildReport, settings: Settings) -> int:
    """Say what was built; every article that could not be analysed. Returns the exit status."""
    words = settings.words
    for rejection in done.rejected:
        told = {"source": rejection.source, "stage": rejection.stage, "reason": rejection.reason}
        report(words("build.rejected", **told), words)
    if settings.json:
        rejected = [{"source": r.source, "stage": r.stage, "reason": r.reason} for r in done.rejected]
        output.json_line(
            {
                "record": "built",
                "analysed": done.analysed,
                "unchanged": done.unchanged,
                "linked": done.linked,
                "provisional": done.provisional,
                "forgotten": done.forgotten.texts,
                "underivable": [
                    {"article": u.article, "source": u.source, "decided": u.decided, "analysis": u.analysis}
                    for u in done.underivable
                ],
                "rejected": rejected,
                "counts": done.counts,
            }
        )
        output.json_lines(explanation_records(done.explained) if done.explained else ())
    kept = {"events": "count.events", "claims": "count.claims", "conflicts": "count.conflicts"}
    counts = ", ".join(words.count(key, done.counts[name]) for name, key in kept.items() if name in done.counts)
    figures = {"analysed": words.number(done.analysed), "unchanged": words.number(done.unchanged)}
    output.notice(words("build.done", **figures, counts=counts), settings)
    if done.provisional:
        output.notice(words.count("build.provisional", done.provisional), settings)
    if done.forgotten.texts:
        output.notice(words.count("build.expired", done.forgotten.texts), settings)
    if done.underivable:
        output.notice(words.count("build.underivable", len(done.underivable)), settings)
    for one in [u for u in done.underivable if u.decided][:_TOLD]:
        output.notice(words("build.decided_in_vain", source=one.source), settings)
    unread = report_unread(done.forgotten, settings)
    return FAILED if done.rejected else unread
