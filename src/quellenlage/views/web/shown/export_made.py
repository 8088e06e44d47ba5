"""Files of an archive, or of a part of it, written at once or by a process of its own.

`python -m quellenlage.views.web.shown.export_made` reads what is asked for (JSON) from standard input and says on
standard output what it made, or which error kept it from that.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from quellenlage.model import from_json, to_builtins
from quellenlage.views.discretion import hiding
from quellenlage.views.dossier.excerpt import Excerpt
from quellenlage.views.exports.excerpts import EXCERPT_FORMATS
from quellenlage.views.locale import Lang, words_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from quellenlage.model import Archive
    from quellenlage.views.holdings import Holdings

PART_DATA = ("ftm", "geojson", "jsonld", "timelinejs", "timeml", "uima")
"""Formats for programs that a part of the chronicle can be had in, beside `EXCERPT_FORMATS`."""

NICE = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that is asked for; without a `part` the whole archive. `full_text`: whole articles may go along.

    Only for who `manages` the archive it tells where files lay on the server, and has digests of forgotten names.
    """

    form: str
    lang: Lang
    full_text: bool = False
    part: Excerpt | None = None
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: its media type, and the ending of a name for it."""

    media_type: str
    suffix: str


def write(archive: Archive, asked: Asked, stream: BinaryIO) -> Written:
    """Write the file.

    Raises:
        BadInput: there is no such format, or not of this.
        NotFound: the archive holds nothing of one of the identifiers any more.
        OSError: the stream cannot be written.
    """
    with hiding(not asked.manages):
        return _written(archive, asked, stream)


def _written(archive: Archive, asked: Asked, stream: BinaryIO) -> Written:
    from quellenlage.views.exports.excerpts import export_excerpt
    from quellenlage.views.exports.formats import Order, check
    from quellenlage.views.exports.formats import write as write_order
    from quellenlage.views.holdings import Selection

    words, part = words_for(asked.lang), asked.part
    if part is not None and asked.form not in PART_DATA:
        holdings = _holdings(archive, part)
        made = export_excerpt(_there(part, holdings), asked.form, holdings, words)
        stream.write(made.content)
        return Written(made.media_type, made.suffix)
    order = Order(archive, words, full_text=asked.full_text, digests=asked.manages)
    if part is not None:
        order = Order(archive, words, Selection(), asked.full_text, part.title, _holdings(archive, part))
    kind = check(asked.form, order)
    write_order(asked.form, order, stream)
    return Written(kind.media_type, kind.suffix)


def forms_of(part: Excerpt | None) -> tuple[str, ...]:
    """Formats in which a part can be had."""
    from quellenlage.views.exports.formats import FORMATS

    if part is None:
        return tuple(FORMATS)
    return (*EXCERPT_FORMATS, *(PART_DATA if part.kind == "chronicle" else ()))


def _holdings(archive: Archive, part: Excerpt) -> Holdings:
    """What these identifiers need, read by keys, with the claims that the events rest on."""
    from quellenlage.views.shelves import (
        holdings_of_claims,
        holdings_of_conflicts,
        holdings_of_entity,
        holdings_of_events,
    )

    match part.kind:
        case "conflicts":
            return holdings_of_conflicts(archive, part.conflicts)
        case "entity":
            return holdings_of_entity(archive, part.entities[0], events=part.events, claims=part.claims)
        case "sources":
            return _of_origins(archive, part.origins)
        case "claims":
            return holdings_of_claims(archive, part.claims)
        case _:
            events = holdings_of_events(archive, part.events).events.values()
            claims = {account.claim for event in events for account in event.accounts if account.claim}
            return holdings_of_claims(archive, claims, events=part.events)


def _of_origins(archive: Archive, origins: Collection[str]) -> Holdings:
    """Origins with how to cite all their articles, and which of these repeat which."""
    from quellenlage.views.holdings import Holdings
    from quellenlage.views.shelves import citation_of

    linked = archive.parts_of(origins)
    articles = {article for one in linked.origins for article in (*one.articles, *one.relayed)}
    reuses = tuple(one for one in archive.reuses_of(articles) if one.article in articles and one.earlier in articles)
    cited = {card.article: citation_of(card) for card in archive.citations(articles)}
    return Holdings(replace(linked, reuses=reuses), cited)


def _there(part: Excerpt, holdings: Holdings) -> Excerpt:
    """The part without what is no longer there, since somebody was forgotten; as it is where nothing is left."""
    claims = {claim.key for claim in holdings.claims}
    conflicts = {conflict.id for conflict in holdings.linked.conflicts}
    left = replace(
        part,
        events=tuple(one for one in part.events if one in holdings.events),
        claims=tuple(one for one in part.claims if one in claims),
        conflicts=tuple(one for one in part.conflicts if one in conflicts),
        origins=tuple(one for one in part.origins if one in holdings.origins),
    )
    return left if left.events or left.claims or left.conflicts or left.entities or left.origins else part


def main() -> None:
    """Entry point of the process."""
    from quellenlage.errors import QuellenlageError
    from quellenlage.store import open_archive
    from quellenlage.views.web.jobs.job import failure_of

    if hasattr(os, "nice"):
        os.nice(NICE)
    told: dict[str, Any] = json.load(sys.stdin)
    answer: dict[str, Any]
    try:
        archive = open_archive(told["archive"])
        with Path(told["path"]).open("wb") as file:
            made = write(archive, from_json(json.dumps(told["asked"]), Asked), file)
        answer = {"written": to_builtins(made)}
    except (QuellenlageError, OSError) as error:
        answer = {"failure": to_builtins(failure_of(error))}
    sys.stdout.write(json.dumps(answer, default=str))


if __name__ == "__main__":
    main()
