"""What a dossier says, as plain words in sections: the one content from which DOCX, PDF and Markdown are set."""

from __future__ import annotations

from quellenlage.views.dossier.paper.making import make_paper
from quellenlage.views.dossier.paper.model import Note, Paper, Quote

__all__ = ["Note", "Paper", "Quote", "make_paper"]
