"""Which stage an exception comes from, and what to say about it."""

from __future__ import annotations

import traceback

_MAX_REASON = 400
_STAGES = ("quellenlage.annotate.", "quellenlage.article", "quellenlage.store")


def stage_of(error: BaseException) -> str:
    """Name of the stage in which it was raised: "article", "timex", "store"; "analyse" where it cannot be told."""
    modules = [frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(error.__traceback__)]
    for module in reversed(modules):
        for prefix in _STAGES:
            if module.startswith(prefix):
                return str(module).removeprefix("quellenlage.annotate.").removeprefix("quellenlage.").split(".")[0]
    return "analyse"


def describe(error: BaseException) -> str:
    """Kind of the error and its message, in one line of bounded length."""
    message = " ".join(str(error).split())
    reason = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return reason if len(reason) <= _MAX_REASON else reason[: _MAX_REASON - 1] + "…"
