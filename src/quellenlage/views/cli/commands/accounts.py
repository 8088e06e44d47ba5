"""`quellenlage accounts ...`: who may log in to a server that other machines reach."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quellenlage.views.cli.command import Group, option
from quellenlage.views.cli.settings import settings_of

if TYPE_CHECKING:
    from quellenlage.views.web.access.book import Book

_ROLES = ("reader", "editor", "admin")


@click.group("accounts", cls=Group)
def command() -> None:
    """Make, list, change and disable accounts; make tokens."""


_file = option("--accounts", "file", key="accounts_file", type=click.Path(path_type=Path), metavar="FILE")
_stdin = option("--password-stdin", "stdin", key="password_stdin", is_flag=True)


@command.command("add", key="help.accounts_add")
@click.argument("name")
@option("--role", key="role", type=click.Choice(_ROLES), default="reader")
@_stdin
@_file
@click.pass_context
def add(ctx: click.Context, name: str, role: str, stdin: bool, file: Path | None) -> None:
    """Make an account; the first one makes the file."""
    from quellenlage.views.web.access.passwords import Passwords
    from quellenlage.views.web.access.roles import Role

    password = _password(ctx, name, stdin=stdin)
    with _book(ctx, file, create=True) as book:
        book.accounts.add(name, Passwords().hash(password), Role(role))
    _done(ctx, "accounts.added", name, role=role)


@command.command("list", key="help.accounts_list")
@_file
@click.pass_context
def listed(ctx: click.Context, file: Path | None) -> None:
    """Print accounts and their tokens, never a secret."""
    from quellenlage.model import to_builtins
    from quellenlage.views.cli import output

    settings = settings_of(ctx)
    words = settings.words
    with _book(ctx, file) as book:
        accounts, tokens = book.accounts.all(), book.tokens.all()
    if settings.json:
        output.json_lines({"record": "account", **to_builtins(one)} for one in accounts)
        output.json_lines({"record": "token", **to_builtins(one)} for one in tokens)
        return
    for account in accounts:
        off = f"  {output.warn(words('accounts.off'))}" if account.disabled_at else ""
        sessions = output.dim(words.count("accounts.sessions", account.sessions))
        output.line(f"{output.bold(account.name)}  {account.role}{off}  {sessions}")
        for token in (one for one in tokens if one.account == account.name):
            output.line(f"    {words('accounts.token')} {output.plain(token.label)}  {token.role}")


@command.command("passwd", key="help.accounts_passwd")
@click.argument("name")
@_stdin
@_file
@click.pass_context
def passwd(ctx: click.Context, name: str, stdin: bool, file: Path | None) -> None:
    """Set another password; all sessions end."""
    from quellenlage.views.web.access.accounts import no_account
    from quellenlage.views.web.access.passwords import Passwords

    with _book(ctx, file) as book:
        if book.accounts.kept(name) is None:
            raise no_account(name)
        password = _password(ctx, name, stdin=stdin)
        book.accounts.set_hash(name, Passwords().hash(password), end_sessions=True)
    _done(ctx, "accounts.changed", name)


@command.command("role", key="help.accounts_role")
@click.argument("name")
@click.argument("role", type=click.Choice(_ROLES))
@_file
@click.pass_context
def set_role(ctx: click.Context, name: str, role: str, file: Path | None) -> None:
    """Change what somebody may do; it holds at once."""
    from quellenlage.views.web.access.roles import Role

    with _book(ctx, file) as book:
        book.accounts.set_role(name, Role(role))
    _done(ctx, "accounts.given", name, role=role)


@command.command("disable", key="help.accounts_disable")
@click.argument("name")
@_file
@click.pass_context
def disable(ctx: click.Context, name: str, file: Path | None) -> None:
    """Let somebody in no more; sessions and tokens end at once."""
    with _book(ctx, file) as book:
        book.accounts.disable(name)
    _done(ctx, "accounts.disabled", name)


@command.command("enable", key="help.accounts_enable")
@click.argument("name")
@_file
@click.pass_context
def enable(ctx: click.Context, name: str, file: Path | None) -> None:
    """Let somebody in again."""
    with _book(ctx, file) as book:
        book.accounts.enable(name)
    _done(ctx, "accounts.enabled", name)


@command.command("token", key="help.accounts_token")
@click.argument("name")
@option("--label", key="token_label", default="token", metavar="TEXT", show_default=True)
@option("--role", key="token_role", type=click.Choice(_ROLES), default="reader")
@option("--days", key="token_days", type=click.IntRange(1, 3650))
@option("--revoke", key="token_revoke", metavar="LABEL")
@_file
@click.pass_context
def token(ctx: click.Context, /, name: str, revoke: str | None, file: Path | None, **wish: Any) -> None:
    """Make a token for a program and print it, this once; or revoke one."""
    from quellenlage.views.cli import output
    from quellenlage.views.web.access.roles import Role

    settings = settings_of(ctx)
    with _book(ctx, file) as book:
        if revoke is not None:
            book.tokens.revoke(name, revoke)
            _done(ctx, "accounts.revoked", name)
            return
        made = book.tokens.add(name, wish["label"], Role(wish["role"]), days=wish["days"])
    if settings.json:
        output.json_line({"record": "token", "account": name, "label": wish["label"], "token": made})
    else:
        output.line(made)
    output.notice(settings.words("accounts.once"), settings)


@contextmanager
def _book(ctx: click.Context, file: Path | None, *, create: bool = False) -> Iterator[Book]:
    from quellenlage.views.web.access.book import Book
    from quellenlage.views.web.access.settings import accounts_beside

    book = Book(file or accounts_beside(settings_of(ctx).archive), create=create)
    try:
        yield book
    finally:
        book.close()


def _password(ctx: click.Context, name: str, *, stdin: bool) -> str:
    """A password of the first line of standard input, or asked for twice and not shown. Raises BadInput."""
    from quellenlage.views.web.access.passwords import check_strength

    words = settings_of(ctx).words
    if stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt(
            words("accounts.ask"), hide_input=True, confirmation_prompt=words("accounts.ask_again"), err=True
        )
    check_strength(password, name)
    return password


def _done(ctx: click.Context, key: str, name: str, **values: str) -> None:
    from quellenlage.views.cli import output

    settings = settings_of(ctx)
    output.notice(settings.words(key, name=name, **values), settings)
