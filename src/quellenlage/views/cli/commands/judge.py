"""`quellenlage judge ...`: a human's decision, kept through every rebuild."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from quellenlage.views.cli.command import Group, option
from quellenlage.views.cli.settings import settings_of

if TYPE_CHECKING:
    from quellenlage.model import Archive, Judgement


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


def _previewing(function: Callable[..., Any]) -> Callable[..., Any]:
    return option("--preview", "--dry-run", "preview", key="preview", is_flag=True)(_deciding(function))


@command.command("same", key="help.judge_same")
@click.argument("a")
@click.argument("b")
@_previewing
def same(ctx: click.Context, a: str, b: str, preview: bool, **said: str | None) -> None:
    """Record that two are one."""
    _record(ctx, "same", a, {"other": b}, said, preview=preview)


@command.command("differ", key="help.judge_differ")
@click.argument("a")
@click.argument("b")
@_previewing
def differ(ctx: click.Context, a: str, b: str, preview: bool, **said: str | None) -> None:
    """Record that two are not one."""
    _record(ctx, "differ", a, {"other": b}, said, preview=preview)


@command.command("split", key="help.judge_split")
@click.argument("entity")
@option("--out", "out", key="out", multiple=True, metavar="ARTICLE_OR_MEMBER")
@option("--spelling", "spellings", key="spelling", multiple=True, metavar="TEXT")
@option("--mention", "mentions", key="mention", multiple=True, metavar="ARTICLE:NUMBERS")
@option("--within", "within", key="within", multiple=True, metavar="ARTICLE")
@_previewing
def split(
    ctx: click.Context, entity: str, preview: bool, author: str | None, note: str | None, **parts: tuple[str, ...]
) -> None:
    """Record that a part of an entity is another one."""
    from quellenlage.execution import Split
    from quellenlage.execution import split as parted
    from quellenlage.views.cli.failures import WrongUsage

    if not (parts["out"] or parts["spellings"] or parts["mentions"]):
        raise WrongUsage(settings_of(ctx).words("error.split_what"), ctx)
    wish = Split(entity, note=note or "", **parts)

    def make(archive: Archive, who: str, when: str) -> tuple[Judgement, ...]:
        return parted(archive, wish, author=who, made_at=when)

    _keep(ctx, make, {"author": author, "note": note}, preview=preview)


@command.command("reject", key="help.judge_reject")
@click.argument("x")
@_previewing
def reject(ctx: click.Context, x: str, preview: bool, **said: str | None) -> None:
    """Record that something is wrong."""
    _record(ctx, "reject", x, {}, said, preview=preview)


@command.command("confirm", key="help.judge_confirm")
@click.argument("x")
@_previewing
def confirm(ctx: click.Context, x: str, preview: bool, **said: str | None) -> None:
    """Record that something was checked and is right."""
    _record(ctx, "confirm", x, {}, said, preview=preview)


@command.command("settle", key="help.judge_settle")
@click.argument("conflict")
@_previewing
def settle(ctx: click.Context, conflict: str, preview: bool, **said: str | None) -> None:
    """Record that a conflict is settled, and why."""
    _record(ctx, "settle", conflict, {}, said, preview=preview)


@command.command("correct", key="help.judge_correct")
@click.argument("x")
@click.argument("field_value", metavar="FIELD=VALUE")
@_previewing
def correct(ctx: click.Context, x: str, field_value: str, preview: bool, **said: str | None) -> None:
    """Record another value of a field."""
    from quellenlage.views.cli.failures import WrongUsage

    field, equals, value = field_value.partition("=")
    if not equals or not field.strip() or not value.strip():
        form = "dct=2015-09-18"
        raise WrongUsage(settings_of(ctx).words("error.bad_pair", value=field_value, form=form), ctx)
    _record(ctx, "correct", x, {"field": field.strip(), "value": value.strip()}, said, preview=preview)


@command.command("rename", key="help.judge_rename")
@click.argument("entity")
@click.argument("name")
@_previewing
def rename(ctx: click.Context, entity: str, name: str, preview: bool, **said: str | None) -> None:
    """Record another name of an entity."""
    from quellenlage.views.cli.failures import WrongUsage

    if not name.strip():
        raise WrongUsage(settings_of(ctx).words("error.empty_name"), ctx)
    _record(ctx, "correct", entity, {"field": "name", "value": name}, said, preview=preview)


@command.command("withdraw", key="help.judge_withdraw")
@click.argument("article")
@_previewing
def withdraw(ctx: click.Context, article: str, preview: bool, **said: str | None) -> None:
    """Record that an article was withdrawn."""
    _record(ctx, "withdraw", article, {}, said, preview=preview)


@command.command("revises", key="help.judge_revises")
@click.argument("new")
@click.argument("old")
@_previewing
def revises(ctx: click.Context, new: str, old: str, preview: bool, **said: str | None) -> None:
    """Record that an article is a newer version of another."""
    _record(ctx, "revises", new, {"other": old}, said, preview=preview)


@command.command("tick", key="help.judge_tick")
@click.argument("x")
@option("--account", "account", key="account", is_flag=True)
@option("--off", "off", key="tick_off", is_flag=True)
@_deciding
def tick(ctx: click.Context, x: str, account: bool, off: bool, **said: str | None) -> None:
    """Record that a person verified a fact, or no longer says so."""
    from quellenlage.execution import unticking
    from quellenlage.model import ACCOUNT

    if not off:
        _record(ctx, "tick", x, {"field": ACCOUNT} if account else {}, said)
        return

    def make(archive: Archive, who: str, when: str) -> tuple[Judgement, ...]:
        return unticking(archive, x, author=who, made_at=when, account=account)

    _keep(ctx, make, said, preview=False)


@command.command("note", key="help.judge_note")
@click.argument("x")
@click.argument("text")
@option("--author", key="author", metavar="NAME")
@click.pass_context
def note(ctx: click.Context, x: str, text: str, author: str | None) -> None:
    """Record a note on anything."""
    _record(ctx, "note", x, {}, {"author": author, "note": text})


@command.command("grade", key="help.judge_grade")
@click.argument("x")
@click.argument("grade", metavar="A-F|1-6")
@option("--account", "account", key="account", is_flag=True)
@_deciding
def grade(ctx: click.Context, x: str, grade: str, account: bool, **said: str | None) -> None:
    """Record how reliable a source, or how credible an information is."""
    from quellenlage.model import ACCOUNT

    about = {"field": ACCOUNT} if account else {}
    _record(ctx, "grade", x, {**about, "value": grade}, said)


@command.command("private", key="help.judge_private")
@click.argument("person")
@_deciding
def private(ctx: click.Context, person: str, **said: str | None) -> None:
    """Record that somebody is a private person."""
    _privacy(ctx, person, "private", said)


@command.command("public", key="help.judge_public")
@click.argument("person")
@_deciding
def public(ctx: click.Context, person: str, **said: str | None) -> None:
    """Record that somebody is of public life."""
    _privacy(ctx, person, "public", said)


def _privacy(ctx: click.Context, person: str, value: str, said: dict[str, str | None]) -> None:
    from quellenlage.model import PRIVACY

    _record(ctx, "grade", person, {"field": PRIVACY, "value": value}, said)


@command.command("undo", key="help.judge_undo")
@click.argument("judgement")
@_previewing
def undo(ctx: click.Context, judgement: str, preview: bool, **said: str | None) -> None:
    """Take a decision back."""
    from quellenlage.execution import record, taking_back
    from quellenlage.model import bearing, to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import moment
    from quellenlage.views.cli.deciding import show_effect
    from quellenlage.views.cli.person import user_name
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    words = settings.words
    who, note = said.get("author") or user_name(), said.get("note") or ""
    with opened(settings) as archive:
        made, count = taking_back(archive, judgement, author=who, made_at=moment(), note=note)
        if preview:
            show_effect(archive, (made,), settings)
            return
        record(archive, (made,))
        changing = bearing(archive.judgements())
    if settings.json:
        output.json_line({"record": "judgement", **to_builtins(made)})
    else:
        output.line(words.count("judge.undone", count, id=made.id, subject=made.subject))
    if made in changing:
        output.notice(words("judge.next"), settings)


@command.command("list", key="help.judge_list")
@option("--entity", key="entity", metavar="NAME")
@click.pass_context
def listed(ctx: click.Context, entity: str | None) -> None:
    """Print the log of decisions."""
    from quellenlage.execution import logged, parted_words
    from quellenlage.model import PARTED, to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.deciding import log_lines, named_in
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    with opened(settings) as archive:
        found = logged(archive, entity)
        names = named_in(archive.linked())
        named = {j: names[now] for one in found for j in (one.judgement.subject, one.judgement.other)
                 if j and (now := archive.resolve(j)) in names}  # fmt: skip
        parted = {one.judgement.id: parted_words(archive, one.judgement)
                  for one in found if one.judgement.field == PARTED and not settings.json}  # fmt: skip
    if not found:
        output.notice(settings.words("judge.none"), settings)
    for one in found:
        if settings.json:
            output.json_line({"record": "judgement", **to_builtins(one.judgement), "state": one.state, "by": one.by})
            continue
        for text in log_lines(one, {**named, **parted}, settings.words):
            output.line(text)


def _record(
    ctx: click.Context,
    verdict: str,
    subject: str,
    about: dict[str, str],
    said: dict[str, str | None],
    *,
    preview: bool = False,
) -> None:
    from quellenlage.execution import Decision, resolve
    from quellenlage.model import Verdict

    decision = Decision(Verdict(verdict), subject, note=said.get("note") or "", **about)
    _keep(ctx, lambda archive, who, when: resolve(archive, decision, author=who, made_at=when), said, preview=preview)


def _keep(
    ctx: click.Context,
    make: Callable[[Archive, str, str], tuple[Judgement, ...]],
    said: dict[str, str | None],
    *,
    preview: bool,
) -> None:
    """Record the judgements that `make` gives for an archive, an author and a time; or show what they would change."""
    from quellenlage.execution import record
    from quellenlage.model import bearing, to_builtins
    from quellenlage.views.cli import output
    from quellenlage.views.cli.clock import moment
    from quellenlage.views.cli.deciding import joined_line, show_effect, unlike_lines
    from quellenlage.views.cli.person import user_name
    from quellenlage.views.cli.session import opened

    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        made = make(archive, said.get("author") or user_name(), moment())
        for warning in unlike_lines(archive, made, words):
            output.notice(warning, settings)
        if preview:
            show_effect(archive, made, settings)
            return
        record(archive, made)
        joined = [line for judgement in made if (line := joined_line(archive, judgement, words))]
    for judgement in made:
        if settings.json:
            output.json_line({"record": "judgement", **to_builtins(judgement)})
        else:
            output.line(words("judge.done", id=judgement.id))
    for line in joined:
        output.notice(line, settings)
    if bearing(made):
        output.notice(words("judge.next"), settings)
