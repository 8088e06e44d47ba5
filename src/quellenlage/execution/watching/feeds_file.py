"""Reading FEEDS.toml: every problem with its line, all of them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

from quellenlage.errors import Phrase, UnreadableInput
from quellenlage.execution.watching.plan import (
    LEAST_EVERY,
    MINUTE,
    Feed,
    FileTarget,
    Form,
    HookTarget,
    Kind,
    MailTarget,
    Plan,
    Security,
    Target,
)
from quellenlage.execution.watching.tables import CORRECT, Table, line_numbers, seconds
from quellenlage.intake.listings import address

_ADDRESS = Phrase("addresses begin with http:// or https://")
_LANGS = ("de", "en")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def read_plan(path: str) -> tuple[Plan | None, list[UnreadableInput]]:
    """The plan of a file, or None and everything that is wrong with it."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        reason = Phrase(str(error.strerror or error))
        remedy = "check the name and the rights of the file"
        return None, [UnreadableInput(path, "it cannot be read: {reason}", remedy=remedy, reason=reason)]
    try:
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except UnicodeDecodeError:
        return None, [UnreadableInput(path, "it is not UTF-8", remedy="save it as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        remedy = "correct this line; docs/watch.md describes every setting"
        detail = Phrase(str(error))
        return None, [UnreadableInput(path, "not valid TOML: {detail}", remedy=remedy, detail=detail)]
    return _plan(path, values, text)


def _plan(path: str, values: Mapping[str, object], text: str) -> tuple[Plan | None, list[UnreadableInput]]:
    top = Table(path, values, (), line_numbers(text))
    every = top.duration("every", 30 * MINUTE, LEAST_EVERY)
    usual = Feed("", every=every or 30 * MINUTE)
    plain = Plan(path, ())
    feeds = tuple(_feed(table, usual, top) for table in top.tables("feed"))
    targets = [_target(table, Path(path).parent, top) for table in top.tables("report")]
    if not feeds and "feed" not in values:
        top.wrong(
            None, Phrase("there is no [[feed]] in it"), Phrase("name one: [[feed]] and, in the next line, url = …")
        )
    seen: dict[str, int] = {}
    for at, feed in enumerate(feeds):
        if feed.url and seen.setdefault(feed.url, at) != at:
            twice = Table(path, {}, ("feed", at), line_numbers(text))
            twice.wrong("url", Phrase("{url} is named twice", url=feed.url), Phrase("take one of them out"))
            top.problems += twice.problems
    plan = Plan(
        path,
        feeds,
        tuple(one for one in targets if one is not None),
        terminal=not targets or None in targets,
        revisit=_revisit(top, plain),
        pause=float(top.duration("pause", int(plain.pause), 1) or plain.pause),
        pages=top.number("pages_per_round", plain.pages, 1, 10_000),
        max_bytes=top.number("max_bytes", plain.max_bytes, 1_000, 64 << 20),
        state=_beside(top.text("state"), Path(path).parent) or None,
    )
    top.unknown()
    top.problems.sort(key=lambda one: int(str(one.said.params["problem"].params["line"])))  # type: ignore[attr-defined]  # each has a line
    return (None if top.problems else plan), top.problems


def _revisit(top: Table, plain: Plan) -> tuple[int, ...]:
    listed = top.texts("revisit")
    if listed is None:
        return plain.revisit
    found = [seconds(one) for one in listed]
    ages = tuple(one for one in found if one)
    if len(ages) < len(found) or list(ages) != sorted(set(ages)):
        problem = Phrase("{key} is not what it should be: {expected}", key="revisit", expected='["6h", "1d", "3d"]')
        top.wrong("revisit", problem, CORRECT)
    return ages


def _feed(table: Table, usual: Feed, top: Table) -> Feed:
    written = table.needed("url")
    url = address(written)
    if written and not url:
        table.wrong("url", Phrase("{url} is no web address", url=written), _ADDRESS)
    feed = Feed(
        url,
        table.text("outlet") or None,
        cast("Kind | None", table.choice("kind", get_args(Kind), None)),
        table.duration("every", usual.every, LEAST_EVERY) or usual.every,
        table.flag("follow", usual.follow),
        table.texts("only") or (),
        table.duration("max_age", None, 1),
    )
    if any(not pattern.startswith(("/", "*")) for pattern in feed.only):
        problem = Phrase("{key} is not what it should be: {expected}", key="only", expected='["/politik/*"]')
        table.wrong("only", problem, CORRECT)
    table.unknown()
    top.problems += table.problems
    return feed


def _target(table: Table, folder: Path, top: Table) -> Target | None:
    """A target; None for the terminal."""
    kind = table.choice("to", ("terminal", "file", "email", "webhook"), None)
    lang = table.choice("lang", _LANGS, None)
    found: Target | None = None
    if kind is None:
        table.needed("to")
    elif kind == "file":
        form = cast(Form, table.choice("format", get_args(Form), "markdown"))
        found = FileTarget(_beside(table.needed("path"), folder), form, lang)
    elif kind == "email":
        found = _mail(table, lang)
    elif kind == "webhook":
        url = table.needed("url")
        if url and not address(url):
            table.wrong("url", Phrase("{url} is no web address", url=url), _ADDRESS)
        found = HookTarget(url, table.text("secret_env", "QUELLENLAGE_WEBHOOK_SECRET"), lang)
    if kind is not None:
        table.unknown()
    top.problems += table.problems
    return found


def _mail(table: Table, lang: str | None) -> MailTarget:
    security = cast(Security, table.choice("security", get_args(Security), "starttls"))
    server, sender = table.needed("server"), table.needed("from")
    to = table.texts("addresses")
    if not to:
        table.wrong(None, Phrase("{key} is missing", key="addresses"), CORRECT)
    for one in (*(to or ()), sender):
        if one and ("@" not in one or any(c in one for c in "\r\n<>,")):
            table.wrong("addresses", Phrase("{address} is no e-mail address", address=one), CORRECT)
    return MailTarget(
        server, sender, to or (), table.number("port", _PORTS[security], 1, 65_535), security,
        table.text("user"), table.text("password_env", "QUELLENLAGE_SMTP_PASSWORD"), lang,
    )  # fmt: skip


def _beside(path: str, folder: Path) -> str:
    """A path as it is meant in a file: from the folder of that file."""
    return str(folder / Path(path).expanduser()) if path else ""
