"""Templates of the pages: one environment a language, everything escaped, words from the catalogues."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from quellenlage import __version__
from quellenlage.views.dossier.marks import symbols
from quellenlage.views.locale import Lang
from quellenlage.views.web import links, navigation
from quellenlage.views.web.assets import asset
from quellenlage.views.web.translation import translations


@cache
def environment(lang: Lang) -> Environment:
    """The templates with the words of a language."""
    made = Environment(
        loader=FileSystemLoader(str(files("quellenlage.views.web") / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    from quellenlage.views.web.deciding.tools import GLOBALS  # it asks for a page, which asks for templates

    made.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]  # of the extension
    made.globals.update(GLOBALS)
    made.globals.update(
        lang=lang,
        asset=asset,
        page_of=links.page_of,
        sentence_of=links.sentence_of,
        with_query=links.with_query,
        reading=navigation.READING,
        working=navigation.WORKING,
        more=navigation.MORE,
        version=__version__,
        symbols=Markup(symbols()),  # noqa: S704 - drawn by us, without a word from an article
    )
    return made
