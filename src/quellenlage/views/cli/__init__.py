"""Command line: `quellenlage COMMAND`. Commands are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

from quellenlage.views.cli.root import cli

__all__ = ["cli", "main"]


def main() -> None:
    """Entry point of the installed command."""
    cli(prog_name="quellenlage")
