"""What `shard` and `load` say of what they did."""

from __future__ import annotations

from quellenlage.execution.shards import Entry, LoadReport, ShardReport
from quellenlage.views.cli import output
from quellenlage.views.cli.failures import FAILED, report, report_error
from quellenlage.views.cli.settings import Settings


def print_sharded(done: ShardReport, target: str, settings: Settings) -> int:
    """Say which shards were made; every input, article and shard that failed. Returns the exit status."""
    words = settings.words
    for failure in done.unread:
        report_error(failure, words)
    for rejection in done.rejected:
        told = {"source": rejection.source, "stage": rejection.stage, "reason": rejection.reason}
        report(words("build.rejected", **told), words)
    for entry in done.failed:
        report(words("shard.failed", name=entry.name, reason=entry.reason), words, words("shard.again"))
    if settings.json:
        rejected = [{"source": r.source, "stage": r.stage, "reason": r.reason} for r in done.rejected]
        unread = [{"source": f.source, "error": type(f).__name__, "message": f.message} for f in done.unread]
        counts = {"made": done.made, "before": done.before, "captures": done.captures}
        output.json_line(
            {"record": "sharded", **counts, "rejected": rejected, "unread": unread, "failed": _listed(done.failed)}
        )
    made, articles = words.count("count.shards", done.made), words.count("count.articles", done.captures)
    output.notice(words("shard.done", made=made, before=words.number(done.before), captures=articles), settings)
    if done.made or done.before:
        output.notice(words("shard.next", folder=target), settings)
    return FAILED if done.unread or done.rejected or done.failed else 0


def print_loaded(done: LoadReport, settings: Settings) -> int:
    """Say what was loaded; every shard that is missing or damaged. Returns the exit status."""
    words = settings.words
    for failure in done.failed:
        report_error(failure, words)
    for entry in done.missing:
        reason = entry.reason or words("shard.unfinished")
        report(words("shard.failed", name=entry.name, reason=reason), words, words("shard.again"))
    if settings.json:
        failed = [{"source": f.source, "error": type(f).__name__, "message": f.message} for f in done.failed]
        names = ("shards", "added", "known", "rejected", "waiting")
        counts = {name: getattr(done, name) for name in names}
        output.json_line({"record": "loaded", **counts, "missing": _listed(done.missing), "failed": failed})
    shards, added = words.count("count.shards", done.shards), words.count("count.articles", done.added)
    output.notice(words("load.done", shards=shards, added=added, known=words.number(done.known)), settings)
    if done.waiting:
        output.notice(words.count("load.waiting", done.waiting), settings)
    if done.rejected:
        output.notice(words.count("load.rejected", done.rejected), settings)
    if done.added:
        output.notice(words("add.next"), settings)
    return FAILED if done.failed or done.missing else 0


def _listed(entries: tuple[Entry, ...]) -> list[dict[str, object]]:
    return [{"shard": one.name, "captures": one.captures, "reason": one.reason or None} for one in entries]
