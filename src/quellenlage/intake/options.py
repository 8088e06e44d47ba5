"""What the caller decides about taking in: limits, names of fields, network, who is told what was left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quellenlage.intake.addresses import AddressPolicy, Resolver, StrictPolicy, system_resolver

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was left out on purpose, and why (a stable code): nothing vanishes unseen.

    `records` is 0 for a file, else the number of records of it that were left out for this reason.
    """

    source: str
    reason: str
    records: int = 0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that was taken in though its characters are not certain.

    `code` is "encoding-detected", "truncated-at-end", "document-cut-off" or "damaged-bytes-replaced", `detail` what
    follows the colon in the capture's warning: the encoding, nothing, or the number of characters.
    """

    source: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a file that was not taken in as an article, why (a stable code), and where to look for it.

    `unit` is "lines" or "pages", `first` and `last` count from 1, both included.
    """

    reason: str
    unit: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Collection:
    """A file that holds several articles, told before they are read: `layout` is the name of its layout.

    `database` says whose exports look so, empty where the layout was learned from the file itself. Each article
    becomes a capture of its own, named `SOURCE#3`.
    """

    source: str
    layout: str
    database: str
    articles: int
    left_out: tuple[LeftOut, ...] = ()


DOUBTS = frozenset({"encoding-detected", "truncated-at-end", "document-cut-off", "damaged-bytes-replaced"})
"""Warnings of a capture that its reader is told of at once."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """Limits and manners of fetching a URL; times in seconds.

    `policy` says to which addresses a connection may be made and `resolver` turns names into addresses; both are
    objects so that tests can reach a server of their own, which the strict policy refuses by design.
    `pause` is kept between two pages of one host, longer where its robots.txt asks for more (up to `longest_pause`).
    """

    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_redirects: int = 5
    pause: float = 1.0
    longest_pause: float = 30.0
    policy: AddressPolicy = field(default_factory=StrictPolicy)
    resolver: Resolver = system_resolver


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """How inputs are read.

    Attributes:
        captured_at: ISO 8601 time of the capture, given by the caller: nothing here looks at a clock.
        max_bytes: limit per input, after decompression; per line for JSON Lines, per message for mailboxes, per page
            for web archives and per row for Parquet, which are read as streams and may be larger.
        fields: names of the fields of JSON records and of the columns of Parquet files, e.g. {"text": "body",
            "published": "date"}; a dotted name reaches into nested objects. Names not given are looked for under the
            usual ones. "html" is a whole page, which counts where there is no text.
        outlet: outlet of all inputs, over whatever they say themselves.
        encoding: encoding of texts that are neither marked with a byte order mark nor valid UTF-8.
        network: whether URLs may be fetched at all.
        storage: whether URLs of shared or object storage (`s3://`, `file://` and others) are read, too: only for
            whoever sits at the machine, since they open what this process may open.
        follow_feed: whether the pages that a feed links to are fetched as well.
        on_skip: told of every file that is left out on purpose.
        on_doubt: told of every text whose encoding was detected, and of every one that is cut off or damaged.
        on_collection: told of every file that is split into its articles, before the first of them comes.
    """

    captured_at: str
    max_bytes: int = 64 * MEBIBYTE
    fields: Mapping[str, str] = field(default_factory=dict)
    outlet: str | None = None
    encoding: str | None = None
    network: bool = True
    storage: bool = False
    follow_feed: bool = False
    fetch: FetchOptions = field(default_factory=FetchOptions)
    on_skip: Callable[[Skipped], None] | None = None
    on_doubt: Callable[[Doubt], None] | None = None
    on_collection: Callable[[Collection], None] | None = None

    def __post_init__(self) -> None:
        if self.max_bytes < 1:
            raise ValueError("max_bytes must be positive")
        unknown = set(self.fields) - KNOWN_FIELDS
        if unknown:
            raise ValueError(
                f"unknown field names: {', '.join(sorted(unknown))} (known: {', '.join(sorted(KNOWN_FIELDS))})"
            )


KNOWN_FIELDS = frozenset({"text", "html", "title", "published", "modified", "url", "outlet", "author", "language"})
"""What a field of a JSON record, or a column, can be mapped to."""
