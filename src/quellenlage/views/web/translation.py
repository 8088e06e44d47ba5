"""Words of the pages in German: gettext catalogues, one for each area, read at start; the English text is the key.

What the command line says, too (kinds of events, dates, reasons, lines of the chronicle), comes from `views.locale`.
"""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from quellenlage.views.locale import Lang

_DE = files("quellenlage.views.web") / "locale" / "de"


def german() -> Catalog:
    """All German catalogues in one. A text that two areas need is translated in one of them."""
    merged = Catalog(locale="de")
    for path in sorted((p for p in _DE.iterdir() if p.name.endswith(".po")), key=lambda p: p.name):
        with path.open("rb") as file:
            for message in read_po(file, locale="de"):
                if message.id:
                    merged.add(message.id, message.string, context=message.context)
    return merged


def marked(text: str) -> str:
    """Mark a text for translation where it is listed; whoever shows it translates it. Import it as `_`."""
    return text


@cache
def translations(lang: Lang) -> gettext.NullTranslations:
    """The texts of a language; English ones are their own."""
    if lang == "en":
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, german())
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
