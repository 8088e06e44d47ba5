"""Texts for people in German and English: one TOML catalogue a language, same keys, same placeholders."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from quellenlage.errors import Phrase

Lang = Literal["de", "en"]
LANGS: tuple[Lang, ...] = ("de", "en")


class Words:
    """The catalogue of one language: `words("chronicle.empty")`, `words.count("count.articles", 3)`."""

    def __init__(self, lang: Lang) -> None:
        """Read the catalogue of a language (once per process through `words_for`)."""
        self.lang: Lang = lang
        raw = files(__name__).joinpath(f"{lang}.toml").read_text(encoding="utf-8")
        self._texts = dict(_flat(tomllib.loads(raw)))

    def __call__(self, key: str, **values: object) -> str:
        """Text of a key with its placeholders filled in. Raises KeyError for an unknown key."""
        text = self._texts[key]
        return text.format_map(values) if values else text

    def count(self, key: str, number: int, **values: object) -> str:
        """Text that depends on a number: `key.one` or `key.other`, which know it as `{n}`."""
        form = "one" if number == 1 else "other"
        return self(f"{key}.{form}", n=self.number(number), **values)

    def code(self, family: str, code: str) -> str:
        """Word for a value of an enumeration, e.g. `code("factuality", "planned")`; the code itself if unknown."""
        return self._texts.get(f"{family}.{code}", code)

    def phrase(self, phrase: Phrase) -> str:
        """A message of the deeper layers, which is English there, in this language."""
        if self.lang == "en":
            return str(phrase)
        from quellenlage.views.locale.phrases import in_german

        return in_german(phrase, self.number)

    def detail(self, text: str) -> str:
        """A finished English text (a problem, a reason) in this language where its form is known."""
        if self.lang == "en":
            return text
        from quellenlage.views.locale.phrases import detail_in_german

        return detail_in_german(text)

    def knows(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return key in self._texts

    def keys(self) -> frozenset[str]:
        """All keys, for the test that both languages have the same."""
        return frozenset(self._texts)

    def number(self, value: float) -> str:
        """A number as this language writes it: 12.000,5 or 12,000.5; whole numbers without decimals.

        Four digits stay together in German (2500), as newspapers print them.
        """
        whole = float(value).is_integer()
        text = f"{int(value):,}" if whole else f"{value:,.2f}".rstrip("0")
        if self.lang == "de":
            if whole and abs(value) < 10_000:
                return str(int(value))
            text = text.translate(str.maketrans(",.", ".,"))
        return text


def _flat(table: Mapping[str, Any], path: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found += _flat(value, f"{path}{key}.")
        else:
            found.append((f"{path}{key}", str(value)))
    return found


@cache
def words_for(lang: Lang) -> Words:
    """Catalogue of a language, read once."""
    return Words(lang)


def lang_from_environment(environ: Mapping[str, str] = os.environ) -> Lang:
    """German where the locale of messages is German, else English (LC_ALL before LC_MESSAGES before LANG)."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(variable):
            return "de" if value.lower().startswith("de") else "en"
    return "en"
