"""What the worker does for each kind of job; the stages behind it are imported when they are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from quellenlage.errors import BadInput, Phrase
from quellenlage.execution.ports import Progress
from quellenlage.model import Archive, Capture, Rejection, to_builtins
from quellenlage.views.cli.clock import moment, now
from quellenlage.views.web.jobs.job import phrase_record

if TYPE_CHECKING:
    from quellenlage.execution import BuildReport
    from quellenlage.intake import Skipped

_ADDRESSES = "addresses begin with http:// or https://"

MOST_INPUTS = 2000
"""Inputs that a report names at most, those that were not taken first; the rest is counted."""

Payload = Mapping[str, Any]
Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """What a job works with."""

    archive: Archive
    progress: Progress


def add_files(work: Work, payload: Payload) -> Report:
    """Take uploaded files in: `files` are pairs of a path and the name that people know it by.

    `outlet` and `encoding` are those of `IntakeOptions`, where given.
    """
    named = [(str(path), str(name)) for path, name in payload["files"]]
    return _added(work, [path for path, _ in named], payload, named, network=False)


def add_url(work: Work, payload: Payload) -> Report:
    """Take what lies at the `urls` in; `follow_feed` also the pages that a feed links to.

    `none` are texts that somebody gave for addresses though they are none.
    """
    return _added(work, [str(url) for url in payload["urls"]], payload, [], network=True)


def build_all(work: Work, payload: Payload) -> Report:
    """Analyse what is new and link; with `whole` all of it, whatever changed. Vectors for search by meaning last."""
    from quellenlage.execution import build, encode_sentences
    from quellenlage.execution.engines import engine_of

    engine, whole = engine_of(), bool(payload.get("whole"))
    done = build(work.archive, progress=work.progress, clock=moment, whole=whole, engine=engine)
    encode_sentences(work.archive, progress=work.progress, clock=moment, engine=engine)
    return _built(done)


def link_decisions(work: Work, _payload: Payload) -> Report:
    """Bring in what people decided."""
    from quellenlage.execution import apply_decisions

    return _built(apply_decisions(work.archive, progress=work.progress, clock=moment))


def check_draft(work: Work, payload: Payload) -> Report:
    """Compare the draft `text` with the archive; `dct` is its day (ISO). `draft` is then a `DraftReport` in JSON."""
    from quellenlage.execution import drafting

    return {"draft": to_builtins(drafting.check_draft(work.archive, str(payload["text"]), dct=payload.get("dct")))}


def _built(done: BuildReport) -> Report:
    return {
        "analysed": done.analysed,
        "unchanged": done.unchanged,
        "linked": done.linked,
        "provisional": done.provisional,
        "counts": done.counts,
        "rejected": [_rejected(one) for one in done.rejected[:MOST_INPUTS]],
        "failed": len(done.rejected),
    }


def _rejected(one: Rejection) -> Report:
    return {"source": one.source, "stage": one.stage, "reason": one.reason}


class _Named:
    """The names by which people know files that lie elsewhere while they are read."""

    def __init__(self, named: Sequence[tuple[str, str]]) -> None:
        self._named = dict(named)

    def __call__(self, source: str) -> str:
        """The known name; what stands behind that of the file (`#3` of a file of records, a line) stays."""
        for path in (source, *(source[:at] for at, sign in enumerate(source) if sign in _BEHIND)):
            if path in self._named:
                return self._named[path] + source[len(path) :]
        return source


_BEHIND = "#:/"


class _Watched:
    """An archive that keeps captures under their known names, and tells which were new to it."""

    def __init__(self, archive: Archive, shown: _Named, inputs: list[Report]) -> None:
        self._archive = archive
        self._shown = shown
        self._inputs = inputs

    def add_capture(self, capture: Capture) -> bool:
        capture = replace(capture, source=self._shown(capture.source))
        new = self._archive.add_capture(capture)
        state = "taken" if new else "known"
        self._inputs.append({"source": capture.source, "state": state, "warnings": list(capture.warnings)})
        return new

    def __getattr__(self, name: str) -> Any:
        return getattr(self._archive, name)


def _added(
    work: Work, sources: Sequence[str], payload: Payload, named: Sequence[tuple[str, str]], *, network: bool
) -> Report:
    from quellenlage.execution import add
    from quellenlage.intake import IntakeOptions
    from quellenlage.views.exports.restore import is_export, restored_captures

    shown = _Named(named)
    none = (BadInput(one, "is no web address", remedy=_ADDRESSES) for one in payload.get("none", ()))
    inputs: list[Report] = [_failed(error, shown) for error in none]

    def skipped(found: Skipped) -> None:
        inputs.append({"source": shown(found.source), "state": "left-out", "code": found.reason})

    chosen: dict[str, Any] = {k: payload[k] for k in ("outlet", "encoding") if payload.get(k)}
    options = IntakeOptions(
        captured_at=now(),
        network=network,
        follow_feed=bool(payload.get("follow_feed")),
        on_skip=skipped,
        **chosen,
    )
    exports = [source for source in sources if is_export(source)]
    others = [source for source in sources if source not in exports]
    watched = cast("Archive", _Watched(work.archive, shown, inputs))
    collections: list[Report] = []
    for asked, reader in ((others, None), (exports, restored_captures)):
        if asked:
            done = add(watched, asked, options, progress=work.progress, reader=reader)
            inputs += [_failed(error, shown) for error in done.failed]
            collections += [{**to_builtins(one), "source": shown(one.source)} for one in done.collections]
    # Of a full export only the articles are taken: decisions bear names of people, and deletions reach beyond the file,
    # so whoever restores them has to sit at the archive itself (`quellenlage add`).
    inputs += [{"source": shown(path), "state": "left-out", "code": "decisions"} for path in exports]
    return {**_counted(inputs), "collections": collections}


def _counted(inputs: list[Report]) -> Report:
    states = {"taken": 0, "known": 0, "failed": 0, "left-out": 0}
    for one in inputs:
        states[one["state"]] += 1
    weight = {"failed": 0, "left-out": 1, "taken": 2, "known": 3}
    listed = sorted(inputs, key=lambda one: weight[one["state"]])[:MOST_INPUTS]
    return {**{state.replace("-", "_"): n for state, n in states.items()}, "inputs": listed}


def _failed(error: BadInput, shown: _Named) -> Report:
    problem = error.said.params.get("problem", "")
    message = problem if isinstance(problem, Phrase) else error.said
    return {
        "source": shown(error.source),
        "state": "failed",
        "code": type(error).__name__,
        "message": phrase_record(message),
        "remedy": phrase_record(error.advice),
    }
