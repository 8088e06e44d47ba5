"""What a build would do, or did, and why, in words and as records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quellenlage.execution import Explanation, Reason
    from quellenlage.execution.explaining import Difference
    from quellenlage.views.locale import Words

_MOST = 12
"""So many reasons of one stage are told; records have all of them."""

_OF_ALL = frozenset({"new", "failed", "unknown", "program", "stages"})
"""Reasons for which all stages are run: they are told once."""

_LINKS = {"none": "explain.link_none", "around": "explain.link_around", "whole": "explain.link_whole"}


def explanation_lines(told: Explanation, words: Words) -> Iterator[str]:
    """What a build would do, or did, line by line."""
    if not told.articles and told.link.how == "none":
        yield words("explain.nothing")
    else:
        yield from _work(told, words)
    if told.installation:
        yield words("explain.installation")
        for one in told.installation:
            yield "  " + difference(one, words)


def _work(told: Explanation, words: Words) -> Iterator[str]:
    figures = {"whole": told.whole, "partly": told.articles - told.whole, "unchanged": told.unchanged}
    shown = {name: words.number(value) for name, value in figures.items()}
    same = {"same": words.number(told.same)} if told.done else {}
    yield words.count("explain.did" if told.done else "explain.todo", told.articles, **shown, **same)
    for reason, count in told.stages[0].reasons if told.stages else ():
        if reason.code in _OF_ALL:
            yield f"  {words.number(count)} × {reason_words(reason, words)}"
    for stage in told.stages:
        if not stage.articles and not stage.following:
            continue
        key = "explain.stage_did" if told.done else "explain.stage_todo"
        more = words(key, n=words.number(stage.following)) if stage.following else ""
        name = words.code("explain_stage", stage.stage)
        yield f"  {name} ({stage.stage}): {words.number(stage.articles)}{more}"
        own = [(reason, count) for reason, count in stage.reasons if reason.code not in _OF_ALL]
        for reason, count in own[:_MOST]:
            yield f"    {words.number(count)} × {reason_words(reason, words)}"
        if len(own) > _MOST:
            yield "    " + words.count("explain.more_reasons", len(own) - _MOST)
    yield words(_LINKS[told.link.how])
    for reason in told.link.reasons:
        yield f"  {reason_words(reason, words)}"


def difference(one: Difference, words: Words) -> str:
    """In what this installation differs from the one that made some articles."""
    stage = f"{words.code('explain_stage', one.stage)}: " if one.stage else ""
    return f"{stage}{reason_words(one.reason, words)} ({words.count('count.articles', one.articles)})"


def reason_words(reason: Reason, words: Words) -> str:
    """A reason in words."""
    if reason.code == "correction":
        key = f"explain_correction.{reason.name}"
        what = words(key) if words.knows(key) else reason.name
        by = words("explain.corrected", what=what, author=reason.after)
        return by if reason.after else words("explain.uncorrected", what=what)
    code: str = reason.code
    if code in {"resource", "model", "list"} and not (reason.before and reason.after):
        code += "_came" if reason.after else "_went"
    figures = {"name": reason.name, "before": reason.before or "–", "after": reason.after}
    return words(f"explain_reason.{code}", **figures)


def explanation_records(told: Explanation) -> Iterator[dict[str, Any]]:
    """The same as records: one of the whole, one a stage, one of the link, one a difference of the installation."""
    counts = {"articles": told.articles, "whole": told.whole, "unchanged": told.unchanged, "same": told.same}
    yield {"record": "explanation", "done": told.done, **counts}
    for stage in told.stages:
        reasons = [{**_record(reason), "articles": count} for reason, count in stage.reasons]
        figures = {"articles": stage.articles, "following": stage.following}
        yield {"record": "stage", "stage": stage.stage, **figures, "reasons": reasons}
    yield {"record": "link", "how": told.link.how, "reasons": [_record(reason) for reason in told.link.reasons]}
    for one in told.installation:
        yield {"record": "difference", "stage": one.stage or None, **_record(one.reason), "articles": one.articles}


def _record(reason: Reason) -> dict[str, str | None]:
    return {
        "code": reason.code,
        "name": reason.name or None,
        "before": reason.before or None,
        "after": reason.after or None,
    }
