"""`quellenlage serve`: the workbench, the REST API and its reference, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quellenlage.views.cli.command import command as make_command
from quellenlage.views.cli.command import option, pseudonyms_option
from quellenlage.views.cli.settings import settings_of

if TYPE_CHECKING:
    from quellenlage.views.discretion import Manner


@make_command("serve")
@option("--host", key="host", default="127.0.0.1", metavar="ADDRESS")
@option("--port", key="port", type=click.IntRange(1, 65535), default=8400, metavar="N")
@option("--hostname", "hostnames", key="hostname", multiple=True, metavar="NAME")
@option("--behind-proxy", "behind_proxy", key="behind_proxy", is_flag=True)
@option("--proxy", "proxies", key="proxy", multiple=True, default=["127.0.0.0/8", "::1"], metavar="ADDRESS")
@option("--certificate", key="certificate", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@option("--key", "private_key", key="private_key", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@option("--accounts", key="accounts_file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@option("--insecure-http", "insecure", key="insecure_http", is_flag=True)
@pseudonyms_option()
@option("--open", "browse", key="browse", is_flag=True)
@click.pass_context
def command(  # noqa: PLR0913 - the options of a server
    ctx: click.Context,
    /,
    *,
    host: str,
    port: int,
    hostnames: tuple[str, ...],
    behind_proxy: bool,
    proxies: tuple[str, ...],
    certificate: Path | None,
    private_key: Path | None,
    accounts: Path | None,
    insecure: bool,
    pseudonyms: Manner | None,
    browse: bool,
) -> None:
    """Serve the archive until interrupted; from this machine alone unless `--host` says otherwise."""
    from quellenlage.views.cli import output
    from quellenlage.views.cli.failures import Failed, WrongUsage
    from quellenlage.views.cli.session import opened
    from quellenlage.views.web.access import Settings
    from quellenlage.views.web.serving import PortTaken, serve

    settings = settings_of(ctx)
    words = settings.words
    if (certificate is None) != (private_key is None):
        raise WrongUsage(words("serve.both_files"))
    access = Settings(
        archive=settings.archive,
        host=host,
        port=port,
        https=certificate is not None or behind_proxy,
        hostnames=hostnames,
        behind_proxy=behind_proxy,
        proxies=proxies,
        accounts=accounts,
    )

    if not access.local and not access.https and not insecure:
        raise WrongUsage(words("serve.refuses_http"))

    def ready(address: str) -> None:
        output.line(words("serve.ready", address=address))
        if behind_proxy:
            output.notice(words("serve.for_proxy", address=access.listens), settings)
        output.notice(words("serve.stop"), settings)
        if not access.local and not access.https:
            output.notice(words("serve.unencrypted"), settings)
        if browse:
            click.launch(address)

    with opened(settings, create=True) as archive:
        try:
            tls = (certificate, private_key)
            serve(archive, access, lang=settings.lang, tls=tls, pseudonyms=pseudonyms, ready=ready)
        except PortTaken as error:
            raise Failed(words("serve.port_taken", host=host, port=port), words("serve.other_port")) from error
