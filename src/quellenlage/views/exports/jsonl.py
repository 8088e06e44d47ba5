"""The whole archive as JSON Lines, one record a line, each naming its kind.

Without full texts the records carry citations: sentences up to the citation limit. With them come the captures and
the lists from outside as well, from which `add` restores the archive, and the judgements.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quellenlage.model import Archive, to_builtins
from quellenlage.views.discretion import discreet_record
from quellenlage.views.holdings import read_holdings
from quellenlage.views.records import (
    citation_record,
    claim_record,
    conflict_record,
    doubt_record,
    entity_record,
    entry_record,
    event_record,
    origin_record,
    reuse_record,
    revision_record,
    running_record,
    statement_record,
)
from quellenlage.views.wording.quoting import CITATION_LIMIT

Record = dict[str, Any]

SUPPRESSED = "suppressed"
"""Kind of the records with digests of names that were deleted on request."""

LIST, LIST_ENTRY = "reference_list", "reference"
"""Kinds of the records from which lists are restored."""


def records(archive: Archive, *, full_text: bool = False, digests: bool = True) -> Iterator[Record]:
    """Every table of the archive, in a fixed order; without `digests` a full copy lacks those of forgotten names."""
    if full_text:
        for capture in archive.captures():
            yield {"record": "capture", **discreet_record(to_builtins(capture))}
    if full_text and digests:
        # What is restored elsewhere has to stay deleted. The digests have no salt: whoever knows a name finds it, so
        # that the workbench gives them to nobody but who manages it.
        yield from ({"record": SUPPRESSED, "digest": digest} for digest in sorted(archive.suppressed()))
    for listed in archive.reference_lists():
        yield {"record": LIST, **discreet_record(to_builtins(listed))}
        if full_text:
            # Behind their list: what is restored is read line by line.
            for entry in archive.list_entries(listed.name):
                yield {"record": LIST_ENTRY, **to_builtins(entry)}
    for derived in _derived(archive):
        yield derived if full_text else limited(derived)
    for judgement in archive.judgements():
        yield {"record": "judgement", **to_builtins(judgement)}
    for logged in archive.log():
        yield {"record": "log", **to_builtins(logged)}
    for activity in archive.activities():
        yield {"record": "activity", **to_builtins(activity)}
    for rejection in archive.rejections():
        yield {"record": "rejection", **discreet_record(to_builtins(rejection))}


def _derived(archive: Archive) -> Iterator[Record]:
    holdings = read_holdings(archive, claims=True)
    linked = holdings.linked
    for citation in holdings.citations.values():
        yield {"record": "article", **citation_record(citation)}
    yield from (entity_record(e, holdings) for e in linked.entities)
    yield from (doubt_record(d, holdings) for d in holdings.doubts)
    yield from ({"record": "reference_match", **to_builtins(match)} for match in linked.references)
    yield from (claim_record(c, holdings) for c in holdings.claims)
    yield from (statement_record(s, holdings) for s in linked.statements)
    yield from (event_record(e, holdings) for e in linked.events)
    yield from (running_record(e, holdings) for e in linked.events if e.running)
    yield from (conflict_record(c, holdings) for c in linked.conflicts)
    yield from (origin_record(o, holdings) for o in linked.origins)
    yield from (reuse_record(r, holdings) for r in linked.reuses)
    yield from (revision_record(r, holdings) for r in linked.revisions)
    yield from ({"record": "story", **to_builtins(s)} for s in linked.stories)
    yield from (entry_record(e, holdings) for e in linked.chronicle)


def limited(record: Record) -> Record:
    """The same record with every quotation cut to the citation limit; its offsets go with it."""
    return {key: _limited(value) for key, value in record.items()}


def _limited(value: Any) -> Any:
    if isinstance(value, dict):
        cut = limited(value)
        exact = cut.get("exact")
        if isinstance(exact, str) and len(exact) > CITATION_LIMIT:
            cut.update(exact=exact[:CITATION_LIMIT], end=cut["start"] + CITATION_LIMIT, suffix="")
        return cut
    return [_limited(one) for one in value] if isinstance(value, list) else value
