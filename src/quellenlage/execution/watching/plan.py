"""What is watched and who is told: the feeds, limits and targets that a FEEDS.toml names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MINUTE, HOUR, DAY = 60, 3_600, 86_400
LEAST_EVERY = 60
"""Seconds between two looks at one feed, at least."""
Kind = Literal["feed", "sitemap", "page"]
Form = Literal["markdown", "jsonl"]
Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, sitemap or page.

    `every` is the time between two looks, and `max_age` how old a page may be when it is first listed (None: feeds have
    no limit, sitemaps a week), both in seconds. Of the pages behind it only those are fetched whose path matches one of
    `only`; without `follow` none are, and the text that the feed carries itself is taken.
    """

    url: str
    outlet: str | None = None
    kind: Kind | None = None
    every: int = 30 * MINUTE
    follow: bool = True
    only: tuple[str, ...] = ()
    max_age: int | None = None


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file to which every report is appended."""

    path: str
    form: Form = "markdown"
    lang: str | None = None

    @property
    def key(self) -> str:
        """What it is known by in the state and in messages."""
        return f"file {self.path}"


@dataclass(frozen=True, slots=True)
class MailTarget:
    """An e-mail per report; the password is in the environment, under the name `password_env`."""

    server: str
    sender: str
    to: tuple[str, ...]
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password_env: str = "QUELLENLAGE_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
    lang: str | None = None

    @property
    def key(self) -> str:
        """What it is known by in the state and in messages."""
        return f"email {', '.join(self.to)}"


@dataclass(frozen=True, slots=True)
class HookTarget:
    """An address to which every report is posted as JSON, signed with the secret in the environment."""

    url: str
    secret_env: str = "QUELLENLAGE_WEBHOOK_SECRET"  # noqa: S105 - the name of a variable
    lang: str | None = None

    @property
    def key(self) -> str:
        """What it is known by in the state and in messages."""
        return f"webhook {self.url}"


Target = FileTarget | MailTarget | HookTarget


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a FEEDS.toml. `revisit` are ages of a page, in seconds, at which it is looked at for a new version.

    `pause` is the least time in seconds between two requests to one host, `pages` how many of its pages are fetched in
    one round at most, `max_bytes` the size of an answer at most. `state` is where is kept what was seen, None for the
    place beside the archive.
    """

    path: str
    feeds: tuple[Feed, ...]
    targets: tuple[Target, ...] = ()
    terminal: bool = True
    revisit: tuple[int, ...] = (6 * HOUR, DAY, 3 * DAY)
    pause: float = 2.0
    pages: int = 50
    max_bytes: int = 8 << 20
    state: str | None = None
