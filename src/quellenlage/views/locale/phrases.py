"""Messages of the deeper layers, which are written in English, in the language of the call.

The catalogue goes from the English template to the German one, like gettext's; a template that it lacks stays English.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from quellenlage.errors import Phrase

Number = Callable[[float], str]


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """The German catalogue: `messages` by template, `system` words, `details` of stored texts."""
    text = files("quellenlage.views.locale").joinpath("errors_de.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def in_german(phrase: Phrase, number: Number) -> str:
    """A phrase in German, the phrases among its parameters too; `number` writes numbers."""
    known = catalogue()
    template = known["messages"].get(phrase.template) or known["system"].get(phrase.template)
    if not phrase.params:
        return template or phrase.template
    if template is None:
        return str(phrase)
    return template.format_map({name: _said(value, number) for name, value in phrase.params.items()})


def detail_in_german(text: str) -> str:
    """A finished English text in German, where the catalogue knows its form; else the text as it is.

    For texts that are kept as strings: what `verify` found wrong, why a suite was skipped.
    """
    for pattern, template in _details():
        match = pattern.fullmatch(text)
        if match:
            return template.format_map({k: _plain(v) for k, v in match.groupdict().items()})
    return text


def _said(value: object, number: Number) -> object:
    if isinstance(value, Phrase):
        return in_german(value, number)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    return value


def _plain(word: str) -> str:
    return catalogue()["system"].get(word, word)


@cache
def _details() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_pattern(english), german) for english, german in catalogue()["details"].items())


def _pattern(template: str) -> re.Pattern[str]:
    """Regular expression of what a template can become."""
    parts = string.Formatter().parse(template)
    form = "".join(re.escape(text) + (f"(?P<{name}>.*)" if name else "") for text, name, _, _ in parts)
    return re.compile(form, re.DOTALL)
