"""`--engine`, `--workers` and `--address`: where a command has its articles analysed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from quellenlage.views.cli.command import F, option
from quellenlage.views.cli.settings import settings_of

if TYPE_CHECKING:
    from quellenlage.execution.engines import Engine

NAMES = ("auto", "process", "pool", "ray")
"""Those of `execution.engines.Engines`, which takes too long to import for a help page."""
_GIVEN = "quellenlage.engine"


def engine_options() -> Callable[[F], F]:
    """The three options, for commands that analyse many articles; `engine_given` is what they mean."""
    kept: dict[str, Any] = {"expose_value": False, "callback": _keep}

    def decorate(function: F) -> F:
        function = option("--address", key="address", metavar="ADDRESS", **kept)(function)
        function = option("--workers", key="workers", type=click.IntRange(1), metavar="N", **kept)(function)
        return option("--engine", key="engine", type=click.Choice(NAMES), default=NAMES[0], **kept)(function)

    return decorate


def engine_given(ctx: click.Context) -> Engine:
    """The engine that the options of a call name.

    Raises:
        WrongUsage: an address for an engine that has none, or Ray where it is not installed.
    """
    from quellenlage.execution.engines import engine_of
    from quellenlage.views.cli.failures import WrongUsage, given_wrongly

    given, settings = ctx.meta.get(_GIVEN, {}), settings_of(ctx)
    if given.get("address") and given.get("engine") != "ray":
        raise WrongUsage(settings.words("error.address_of_ray"))
    with given_wrongly(settings):
        return engine_of(given.get("engine") or NAMES[0], workers=given.get("workers"), address=given.get("address"))


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    ctx.meta.setdefault(_GIVEN, {})[param.name] = value
