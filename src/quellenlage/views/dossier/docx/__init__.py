"""The dossier as a Word document: headings, footnotes, side-by-side tables, a box to tick before each line."""

from __future__ import annotations

from quellenlage.views.dossier.contents import Dossier
from quellenlage.views.dossier.docx.body import written
from quellenlage.views.dossier.docx.package import packed
from quellenlage.views.dossier.paper import make_paper


def render_docx(dossier: Dossier) -> bytes:
    """The dossier as a DOCX file; the same archive gives the same bytes."""
    paper = make_paper(dossier)
    return packed(paper, written(paper))


__all__ = ["render_docx"]
