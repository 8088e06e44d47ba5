"""Citations of answers: short, exact, and checked against the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from quellenlage.errors import NotFound
from quellenlage.model import Archive, Evidence
from quellenlage.store import digest_as_received
from quellenlage.views.holdings import Chain, Holdings
from quellenlage.views.mcp.answers import Citation, Named
from quellenlage.views.wording.quoting import quoted


def cited(evidence: Evidence, holdings: Holdings) -> Citation:
    """Evidence as a citation, cut at the citation limit."""
    cut = quoted(evidence)
    of = holdings.cite(evidence.article)
    return Citation(
        article=evidence.article,
        outlet=of.outlet,
        headline=of.headline,
        published=of.published.value if of.published else None,
        url=of.url,
        start=cut.start,
        end=cut.end,
        exact=cut.exact,
        text_sha256=evidence.text_sha256,
        cut=cut.before or cut.after,
    )


def named(identifier: str, holdings: Holdings) -> Named:
    """An entity or origin by name."""
    known = holdings.linked.aliases.get(identifier, identifier)
    there = known in holdings.entities or known in holdings.origins
    return Named(name=holdings.name(identifier), id=known if there else None)


def chain(links: Chain, holdings: Holdings) -> list[list[Named]]:
    """A chain from the informant to the last relay."""
    return [[named(one, holdings) for one in link] for link in links if link]


def citations(answer: BaseModel) -> Iterator[Citation]:
    """Every citation in an answer."""
    if isinstance(answer, Citation):
        yield answer
        return
    for name in type(answer).model_fields:
        value = getattr(answer, name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                yield from citations(one)


def unfounded(found: Iterable[Citation], archive: Archive) -> Iterator[Citation]:
    """Citations that do not hold: other words stand at the place, or the text is another one."""
    for citation in found:
        try:
            document = archive.document(citation.article)
        except NotFound:
            yield citation
            continue
        same = digest_as_received(document) == citation.text_sha256
        if not same or document.text[citation.start : citation.end] != citation.exact:
            yield citation
