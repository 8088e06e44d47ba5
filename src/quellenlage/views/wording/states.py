"""States by their codes, as the language of the call names them."""

from __future__ import annotations

from functools import cache

from quellenlage.views.locale import Lang, Words


def state_name(code: str, words: Words) -> str:
    """Name of a state by its ISO 3166 code, of a state within one ("de-by") that of the whole; else the code."""
    return _names(words.lang).get(code.partition("-")[0].upper(), code.upper())


@cache
def _names(lang: Lang) -> dict[str, str]:
    from babel import Locale  # its tables load when a state is named

    return {code: str(name) for code, name in Locale(lang).territories.items()}
