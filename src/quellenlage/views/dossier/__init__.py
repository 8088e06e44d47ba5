"""The dossier: one page, or one Markdown text, that tells a story with the sentence behind every line."""

from __future__ import annotations

from quellenlage.views.dossier.contents import Dossier, make_dossier
from quellenlage.views.dossier.markdown import render_markdown
from quellenlage.views.dossier.page import render_page

__all__ = ["Dossier", "make_dossier", "render_markdown", "render_page"]
