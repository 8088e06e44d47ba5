"""`quellenlage judge ...`: a human's decision, kept through every rebuild."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from quellenlage.views.cli.command import Group, option
from quellenlage.views.cli.settings import settings_of


@click.group("judge", cls=Group)
def command() -> None:
    """Record a decision."""


def _deciding(function: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in (
        click.pass_context,
        option("--author", key="author", metavar="NAME"),
        option("--note", key="note", default="", metavar="TEXT"),
    ):
        function = decorate(function)
    return function


@command.command("same", key="help.judge_same")
@click.argument("a")
@click.argument("b")
@_deciding
def same(ctx: click.Context, a: str, b: str, **said: str | None) -> None:
    """Record that two are one."""
    _record(ctx, "same", a, {"other": b}, said)


@command.command("differ", key="help.judge_differ")
@click.argument("a")
@click.argument("b")
@_deciding
def differ(ctx: click.Context, a: str, b: str, **said: str | None) -> None:
    """Record that two are not one."""
    _record(ctx, "differ", a, {"other": b}, said)


@command.command("reject", key="help.judge_reject")
@click.argument("x")
@_deciding
def reject(ctx: click.Context, x: str, **said: str | None) -> None:
    """Record that something is wrong."""
    _record(ctx, "reject", x, {}, said)


@command.command("confirm", key="help.judge_confirm")
@click.argument("x")
@_deciding
def confirm(ctx: click.Context, x: str, **said: str | None) -> None:
    """Record that something was checked and is right."""
    _record(ctx, "confirm", x, {}, said)


@command.command("correct", key="help.judge_correct")
@click.argument("x")
@click.argument("field_value", metavar="FIELD=VALUE")
@_deciding
def correct(ctx: click.Context, x: str, field_value: str, **said: str | None) -> None:
    """Record another value of a field."""
    from quellenlage.views.cli.failures import WrongUsage

    field, equals, value = field_value.partition("=")
    if not equals or not field.strip() or not value.strip():
        form = "dct=2015-09-18"
        raise WrongUsage(settings_of(ctx).words("error.bad_pair", value=field_value, form=form), ctx)
    _record(ctx, "correct", x, {"field": field.strip(), "value": value.strip()}, said)


def _record(ctx: click.Context, verdict: str, subject: str, about: dict[str, str], said: dict[str, str | None]) -> None:
    from quellenlage.execution import Decision, judge
    from quellenlage.model import Verdict, to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import now
    from quellenlage.views.cli.person import user_name
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    words = settings.words
    decision = Decision(Verdict(verdict), subject, note=said.get("note") or "", **about)
    with opened(settings) as archive:
        made = judge(archive, decision, author=said.get("author") or user_name(), made_at=now())
    for judgement in made:
        if settings.json:
            output.json_line({"record": "judgement", **to_builtins(judgement)})
        else:
            output.line(words("judge.done", id=judgement.id))
    output.notice(words("judge.next"), settings)
