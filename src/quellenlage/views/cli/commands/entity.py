"""`quellenlage entity NAME`: all that the archive has on one name."""

from __future__ import annotations

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option
from quellenlage.views.cli.settings import settings_of


@make_command("entity")
@click.argument("name")
@option("--mentions", "mentions", key="mentions", is_flag=True)
@click.pass_context
def command(ctx: click.Context, name: str, mentions: bool) -> int:
    """Print the dossier of a name; several candidates are listed instead."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.persons import candidate_lines, entity_lines, name_lines
    from quellenlage.views.cli.session import nobody, opened
    from quellenlage.views.holdings import claims_of, read_holdings
    from quellenlage.views.records import claim_record, entity_record

    if mentions:
        return _mentions(ctx, name)
    settings = settings_of(ctx)
    words = settings.words
    with opened(settings) as archive:
        holdings = read_holdings(archive, claims=True)
    found = holdings.find_entities(name, like=False)
    heard = () if found else holdings.find_speakers(name) - holdings.entities.keys()
    if names := sorted(n for n in heard if claims_of(n, holdings)):
        if settings.json:
            output.json_lines(claim_record(claim, holdings) for told in names for claim in claims_of(told, holdings))
            return 0
        for told in names:
            for text in name_lines(told, holdings, words):
                output.line(text)
        return 0
    exact = bool(found)
    found = found or holdings.find_entities(name)
    if not found:
        raise nobody(name, holdings, settings)
    if not exact:
        output.notice(words("entity.similar", name=name), settings)
    if settings.json:
        output.json_lines(entity_record(one, holdings) for one in found)
        return 0
    if len(found) > 1:
        if exact:
            output.notice(words("entity.ambiguous", name=name), settings)
        for one in found:
            for text in candidate_lines(one, holdings, words):
                output.line(text)
        return 0
    for text in entity_lines(found[0], holdings, words):
        output.line(text)
    return 0


def _mentions(ctx: click.Context, name: str) -> int:
    """Print all mentions of a name, article by article, or of every one that goes by it."""
    from quellenlage.execution import mentions_of
    from quellenlage.views.cli import output
    from quellenlage.views.cli.persons import mention_lines, mention_record
    from quellenlage.views.cli.session import nobody, opened
    from quellenlage.views.holdings import read_holdings

    settings = settings_of(ctx)
    with opened(settings) as archive:
        holdings = read_holdings(archive)
        found = holdings.find_entities(name, like=False)
        if not found and (found := holdings.find_entities(name)):
            output.notice(settings.words("entity.similar", name=name), settings)
        placed = [(entity, mentions_of(archive, entity)) for entity in found]
    if not placed:
        raise nobody(name, holdings, settings)
    for entity, listed in placed:
        if settings.json:
            output.json_lines(mention_record(one, entity) for one in listed)
            continue
        for text in mention_lines(entity, listed, holdings, settings.words):
            output.line(text)
    return 0
