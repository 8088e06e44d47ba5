"""Where reports go: a file, an e-mail, a webhook. What cannot be delivered is tried again, then named."""

from __future__ import annotations

import hashlib
import hmac
import os
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import msgspec

from quellenlage.errors import BadInput, FetchRefused, Phrase, UnreadableInput
from quellenlage.execution.watching.letters import Letter
from quellenlage.execution.watching.plan import FileTarget, HookTarget, MailTarget, Target
from quellenlage.execution.watching.state import State, Waiting
from quellenlage.execution.watching.times import delay
from quellenlage.views.locale import Words
from quellenlage.views.watching.rendering import mail_parts, markdown_parts, record_parts
from quellenlage.views.watching.report import Report

MOST_TRIES = 10
"""Attempts after which a report is given up; the pauses between them grow to a day."""
_SECONDS = 30.0
_AGAIN = "it is tried again; check the target in the file of the feeds"


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A report that a target did not get this time; `given_up` says that it never will."""

    target: str
    tries: int
    given_up: bool
    error: BadInput


def letter_for(target: Target, report: Report, words: Words) -> str:
    """The report as this target gets it."""
    if isinstance(target, MailTarget):
        subject, parts = mail_parts(report, words)
        letter = Letter(subject=subject, parts=tuple(parts))
    elif isinstance(target, FileTarget) and target.form == "markdown":
        letter = Letter(parts=tuple(markdown_parts(report, words)))
    elif isinstance(target, FileTarget):
        letter = Letter(parts=tuple(record_parts(report)), between="\n", closing="\n")
    else:
        letter = Letter(parts=tuple(record_parts(report)), opening="[", between=",", closing="]")
    return msgspec.json.encode(letter).decode()


def deliver(state: State, targets: Mapping[str, Target], now: int) -> list[Undelivered]:
    """Deliver all that waits and is due; returns what failed. A target that fails costs the others nothing.

    What waits for a target that is no longer in the plan is given up.
    """
    failed = []
    broken: set[str] = set()
    for waiting in state.waiting():
        target = targets.get(waiting.target)
        if target is None:
            state.delivered(waiting)
            continue
        if waiting.target in broken or (waiting.due > now and waiting.due <= now + 2 * 86_400):
            continue
        try:
            _SENDERS[type(target)](target, waiting, msgspec.json.decode(waiting.body, type=Letter))
            state.delivered(waiting)
        except (OSError, smtplib.SMTPException, BadInput) as error:
            broken.add(waiting.target)
            failed.append(_postponed(state, waiting, error, now))
    return failed


def _postponed(state: State, waiting: Waiting, error: Exception, now: int) -> Undelivered:
    tries = waiting.tries + 1
    if isinstance(error, BadInput):
        said = error
    else:
        text = getattr(error, "strerror", None) or " ".join(str(error).split())[:200] or type(error).__name__
        said = UnreadableInput(
            waiting.target, "the report was not delivered ({reason})", remedy=_AGAIN, reason=Phrase(str(text))
        )
    given_up = tries >= MOST_TRIES
    if given_up:
        state.delivered(waiting)
    else:
        later = Waiting(
            waiting.id, waiting.target, waiting.at, waiting.body, tries, now + delay(60, tries, waiting.target)
        )
        state.postpone(later)
    return Undelivered(waiting.target, tries, given_up, said)


def _to_file(target: FileTarget, waiting: Waiting, letter: Letter) -> None:
    """Append; a watch that was killed before it noted that finds the report at the end already."""
    data = letter.said.encode("utf-8", "replace")
    path = Path(target.path)
    with path.open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - len(data)))
        if file.read() == data:
            return
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            # Nothing, or all of it: half a report would be taken for a whole one.
            file.truncate(size)
            raise


def _by_mail(target: MailTarget, waiting: Waiting, letter: Letter) -> None:
    message = EmailMessage()
    message["Subject"] = letter.subject
    message["From"] = target.sender
    message["To"] = ", ".join(target.to)
    message["Date"] = format_datetime(datetime.fromisoformat(waiting.at))
    # The same each time it is tried, so that a second copy can be told from the first.
    message["Message-ID"] = f"<{waiting.id}@{target.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.said)
    context = ssl.create_default_context()
    if target.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(target.server, target.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(target.server, target.port, timeout=_SECONDS)
    with server:
        if target.security == "starttls":
            server.starttls(context=context)
        if target.user:
            server.login(target.user, _secret(target.key, target.password_env))
        server.send_message(message)


def _to_hook(target: HookTarget, waiting: Waiting, letter: Letter) -> None:
    import httpx

    body = letter.said.encode()
    headers = signed(body, waiting, _secret(target.key, target.secret_env))
    try:
        with httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client:
            answer = client.post(target.url, content=body, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = Phrase(" ".join(str(error).split())[:200] or type(error).__name__)
        raise FetchRefused(
            target.key, "the report was not delivered ({reason})", remedy=_AGAIN, reason=reason
        ) from error
    if not answer.is_success:
        status = answer.status_code
        raise FetchRefused(target.key, "the server answered {status}", remedy=_AGAIN, status=status)


def signed(body: bytes, waiting: Waiting, secret: str) -> dict[str, str]:
    """Headers of a post: what is signed are the identifier, a full stop, and the body (HMAC with SHA-256)."""
    digest = hmac.new(secret.encode(), f"{waiting.id}.".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Quellenlage-Report": waiting.id,
        "X-Quellenlage-Signature": f"sha256={digest}",
    }


def _secret(target: str, name: str) -> str:
    """A secret of the environment. Raises BadInput where it is not there."""
    value = os.environ.get(name)
    if not value:
        raise UnreadableInput(
            target, "the environment has no {name}", remedy="set it where the watch is started", name=name
        )
    return value


_SENDERS: dict[type, Callable[..., None]] = {FileTarget: _to_file, MailTarget: _by_mail, HookTarget: _to_hook}
