"""The dossier of one name as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from quellenlage.model import Entity
from quellenlage.views.cli.lines import INDENT, claim_lines, heading, quotation_lines
from quellenlage.views.cli.output import bold, dim, plain
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Words
from quellenlage.views.records import claims_of, events_of
from quellenlage.views.wording.dates import short_interval
from quellenlage.views.wording.lines import citation_words, place_in_source
from quellenlage.views.wording.offices import held, offices_in_time


def candidate_line(entity: Entity, words: Words) -> str:
    """One of several of a name: name, kind, first office, in how many articles, identifier."""
    articles = words.count("count.articles", len({m.article for m in entity.members}))
    office = f", {entity.offices[0].text}" if entity.offices else ""
    kind = words.code("kind", entity.kind.value)
    return f"{bold(entity.name)} ({plain(kind + office)}), {articles}  {dim(entity.id)}"


def entity_lines(entity: Entity, holdings: Holdings, words: Words) -> Iterator[str]:
    """Spellings, offices in time, events, claims, articles."""
    yield f"{bold(entity.name)} ({words.code('kind', entity.kind.value)})  {dim(entity.id)}"
    others = [s for s in entity.spellings if s != entity.name]
    if others:
        yield f"{INDENT}{words('entity.spellings')}: {plain('; '.join(others))}"
    if entity.reasons:
        yield INDENT + dim(f"{words('entity.reasons')}: {'; '.join(entity.reasons)}")
    if entity.offices:
        yield from _section(words("entity.offices"))
        for office in offices_in_time(entity):
            citation = holdings.cite(office.evidence.article)
            yield f"{INDENT}{short_interval(held(office), words)}: {plain(office.text)}"
            yield INDENT * 2 + dim(f"{citation_words(citation, words)} ({place_in_source(office.evidence, citation)})")
    if events := events_of(entity.id, holdings):
        yield from _section(words("entity.events"))
        for event in events:
            yield INDENT + heading(event, holdings, words)
            for text in quotation_lines(event.accounts[0].evidence, holdings, words):
                yield INDENT + text
    if claims := claims_of(entity.id, holdings):
        yield from _section(words("entity.claims"))
        for claim in claims:
            for text in claim_lines(claim, holdings, words):
                yield INDENT + text
    yield from _section(words("entity.articles"))
    for article in dict.fromkeys(m.article for m in entity.members):
        citation = holdings.cite(article)
        headline = f": {citation.headline}" if citation.headline else ""
        yield f"{INDENT}{plain(citation_words(citation, words) + headline)} {dim(f'({citation.source})')}"


def name_lines(name: str, holdings: Holdings, words: Words) -> Iterator[str]:
    """A name that stands for no entity, as a person put it in or an article has it: the claims on its word."""
    yield bold(name)
    yield from _section(words("entity.claims"))
    for claim in claims_of(name, holdings):
        for text in claim_lines(claim, holdings, words):
            yield INDENT + text


def _section(title: str) -> Iterator[str]:
    yield ""
    yield bold(title)
