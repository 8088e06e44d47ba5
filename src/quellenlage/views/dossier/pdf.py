"""The dossier as PDF, tagged and archivable (PDF/A-2a, PDF/UA-1), set from its words with the fonts typst carries.

The same archive gives the same bytes. Nothing is fetched: the layout uses no package. Characters that those fonts do
not have (emoji, Chinese) are looked for in the fonts of the machine; what no font has is a box, and the file does not
claim to be archivable then.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec
import typst

from quellenlage.errors import Defect
from quellenlage.views.dossier.contents import Dossier
from quellenlage.views.dossier.paper import make_paper

if TYPE_CHECKING:
    from typst import PDFStandard

_ARCHIVABLE: list[PDFStandard] = ["a-2a", "ua-1"]
_NO_FONT = "could not be displayed"
"""Part of what typst says of a character that no font has."""
_PROBE = b"""#set document(title: "-")
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"))
#sys.inputs.dossier"""
_LONG = re.compile(r"\S{40,}")
_STEP = 12
_HEADER = 90


def render_pdf(dossier: Dossier) -> bytes:
    """The dossier as a PDF file."""
    paper = make_paper(dossier)
    day = paper.day
    data = _breakable(msgspec.to_builtins(paper))
    title = data["title"]
    data["short-title"] = title if len(title) <= _HEADER else title[: _HEADER - 1].rstrip() + "…"
    data |= {"year": day.year, "month": day.month, "of-month": day.day}
    made = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _set(msgspec.json.encode(data).decode(), made)


def _set(data: str, made: datetime) -> bytes:
    """Set the layout with the fonts it brings; where they lack a character, with those of the machine as well.

    Which characters there are is tried first: setting a long dossier twice would take twice as long.
    """
    rare = " ".join(sorted({char for char in data if char > "\u024f"}))
    for own_fonts in (True, False):
        try:
            _compiled(_PROBE, rare, made, own_fonts=own_fonts)
            return _compiled(_layout(), data, made, own_fonts=own_fonts)
        except typst.TypstError as error:
            if _NO_FONT not in error.message:
                raise Defect("the dossier cannot be set: {problem}", problem=error.message) from error
    return _compiled(_layout(), data, made, own_fonts=False, archivable=False)


def _layout() -> bytes:
    return files(__package__).joinpath("layout.typ").read_bytes()


def _compiled(source: bytes, data: str, made: datetime, *, own_fonts: bool, archivable: bool = True) -> bytes:
    return typst.compile(
        source,
        format="pdf",
        sys_inputs={"dossier": data},
        ignore_system_fonts=own_fonts,
        pdf_standards=_ARCHIVABLE if archivable else [],
        timestamp=made,
    )


def _breakable(value: Any) -> Any:
    """The same data in which very long words may be broken: a zero-width space every few characters."""
    if isinstance(value, str):
        return _LONG.sub(lambda m: "\u200b".join(m[0][n : n + _STEP] for n in range(0, len(m[0]), _STEP)), value)
    if isinstance(value, dict):
        return {key: _breakable(one) for key, one in value.items()}
    return [_breakable(one) for one in value] if isinstance(value, list | tuple) else value
