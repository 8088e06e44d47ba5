"""What holds for one call of the command line, whichever side of the command the options stand on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from quellenlage.views.locale import LANGS, Lang, Words, lang_from_environment, words_for

DEFAULT_ARCHIVE = "quellenlage.db"


@dataclass(slots=True)
class Settings:
    """Language, form of output and archive of this call."""

    lang: Lang = "en"
    json: bool = False
    quiet: bool = False
    archive: str = DEFAULT_ARCHIVE

    @property
    def words(self) -> Words:
        """The catalogue of the chosen language."""
        return words_for(self.lang)

    @classmethod
    def at_start(cls, args: Sequence[str], environ: Mapping[str, str] = os.environ) -> Settings:
        """Defaults of the environment; the language is looked for among the arguments, since help needs it first."""
        return cls(
            lang=_lang_in(args) or lang_from_environment(environ),
            archive=environ.get("QUELLENLAGE_ARCHIVE") or DEFAULT_ARCHIVE,
        )


def _lang_in(args: Sequence[str]) -> Lang | None:
    for at, arg in enumerate(args):
        if arg == "--":
            return None
        value = args[at + 1] if arg == "--lang" and at + 1 < len(args) else arg.removeprefix("--lang=")
        for lang in LANGS:
            if value == lang and arg.startswith("--lang"):
                return lang
    return None


def settings_of(ctx: click.Context) -> Settings:
    """Settings of this call."""
    found = ctx.find_object(Settings)
    if found is None:
        found = ctx.obj = Settings.at_start([])
    return found


def remember(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Keep the value of a common option, given before or after the command."""
    if value and param.name:
        setattr(settings_of(ctx), param.name, value)
    return value
