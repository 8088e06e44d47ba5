"""Every format in which an archive leaves: its media type, the ending of its files, and what writes it.

One table for the command line and the workbench. Of a format of several files they are packed into one zip file, unless
they go to a folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from quellenlage.errors import BadInput
from quellenlage.views.pseudonyms import check_offsets_wanted

if TYPE_CHECKING:
    from quellenlage.model import Archive
    from quellenlage.views.dossier import Dossier
    from quellenlage.views.exports.packing import Files
    from quellenlage.views.exports.part import Part
    from quellenlage.views.exports.tables import Chosen
    from quellenlage.views.holdings import Holdings, Selection
    from quellenlage.views.locale import Words


@dataclass(slots=True)
class Order:
    """What is asked for: an archive, or a selection of it; `full_text` says that whole articles may go along.

    `digests` says the same of those of forgotten names, without which a copy of the archive would bring them back.

    What was looked up already comes along as `known`, with its claims.
    """

    archive: Archive
    words: Words
    selection: Selection | None = None
    full_text: bool = False
    title: str | None = None
    known: Holdings | None = None
    digests: bool = True
    _part: Part | None = field(default=None, init=False)

    @property
    def holdings(self) -> Holdings:
        """What the archive holds; read when first asked for."""
        from quellenlage.views.holdings import read_holdings

        if self.known is None:
            self.known = read_holdings(self.archive, claims=True)
        return self.known

    @property
    def part(self) -> Part:
        """What is chosen of it."""
        from quellenlage.views.exports.part import part_of

        if self._part is None:
            self._part = part_of(self.holdings, self.selection)
        return self._part

    @property
    def dossier(self) -> Dossier:
        """The same as a dossier."""
        from quellenlage.views.dossier import make_dossier
        from quellenlage.views.holdings import Selection

        return make_dossier(self.holdings, self.selection or Selection(), self.words, self.title)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: either of one file, which `make` gives in pieces, or of several, which `files` names.

    `needs_text`: it consists of whole articles, and is refused where they may not go along. `whole`: no part of the
    chronicle can be chosen for it. `binary`: not for a terminal.
    """

    media_type: str
    suffix: str
    make: Callable[[Order], Iterable[bytes]] | None = None
    files: Callable[[Order], Files] | None = None
    needs_text: bool = False
    whole: bool = False
    binary: bool = False

    @property
    def several(self) -> bool:
        """Whether it is of several files."""
        return self.files is not None


def check(name: str, order: Order) -> Format:
    """The format of a name, if the order can be filled.

    Raises:
        BadInput: there is no such format, or it cannot be had like this.
    """
    found = FORMATS.get(name)
    if found is None:
        raise BadInput(name, "there is no such format", remedy="choose one of {choices}", choices=", ".join(FORMATS))
    if found.needs_text and not order.full_text:
        raise BadInput(name, "it consists of whole articles", remedy="allow full texts, for your own use only")
    if found.needs_text or order.full_text:
        check_offsets_wanted(name)
    if found.whole and order.selection is not None:
        raise BadInput(name, "it always holds the whole archive", remedy="leave the selection out")
    return found


def write(name: str, order: Order, stream: BinaryIO) -> None:
    """Write an export to a stream of bytes.

    Raises:
        BadInput: see `check`.
        OSError: the stream cannot be written.
    """
    from quellenlage.views.exports.packing import zipped

    found = check(name, order)
    if found.files is not None:
        zipped(found.files(order), stream)
    elif found.make is not None:
        for piece in found.make(order):
            stream.write(piece)


def _jsonl(order: Order) -> Iterator[bytes]:
    from quellenlage.views.exports.jsonl import records

    return _lines(records(order.archive, full_text=order.full_text, digests=order.digests))


def _ftm(order: Order) -> Iterator[bytes]:
    from quellenlage.views.exports.ftm import entities

    return _lines(entities(order.part, order.holdings, order.words))


def _lines(records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    from quellenlage.views.records import encoded

    return (encoded(record) + b"\n" for record in records)


def _geojson(order: Order) -> Iterator[bytes]:
    from quellenlage.views.exports.geojson import document

    return document(order.part, order.holdings, order.words)


def _timelinejs(order: Order) -> Iterator[bytes]:
    from quellenlage.views.exports.timelinejs import document

    return document(order.part, order.holdings, order.words)


def _jsonld(order: Order) -> Iterator[bytes]:
    from quellenlage.views.exports.jsonld import document

    wanted = set(order.part.articles) if order.full_text else set()
    documents = order.archive.documents() if wanted else ()
    texts = ((d.article.id, d.text) for d in documents if d.article.id in wanted)
    return document(order.part, order.holdings, order.archive.activities(), texts)


def render_html(dossier: Dossier) -> bytes:
    """A dossier as one self-contained page."""
    from quellenlage.views.dossier import render_page
    from quellenlage.views.pseudonyms import current
    from quellenlage.views.pseudonyms_html import veil_page

    page, veil = render_page(dossier), current()
    return (veil_page(page, veil) if veil else page).encode("utf-8", "replace")


def render_md(dossier: Dossier) -> bytes:
    """A dossier as Markdown."""
    from quellenlage.views.dossier import render_markdown

    return render_markdown(dossier).encode("utf-8", "replace")


def render_docx(dossier: Dossier) -> bytes:
    """A dossier for a word processor."""
    from quellenlage.views.dossier.docx import render_docx

    return render_docx(dossier)


def render_pdf(dossier: Dossier) -> bytes:
    """A dossier to print."""
    from quellenlage.views.dossier.pdf import render_pdf

    return render_pdf(dossier)


def _rendered(name: str) -> Callable[[Order], list[bytes]]:
    return lambda order: [RENDERERS[name](order.dossier)]


def _csv(order: Order) -> Files:
    from quellenlage.views.exports.tables import csv_files

    return csv_files(order.holdings, _chosen(order))


def _parquet(order: Order) -> Files:
    from quellenlage.views.exports.parquet import parquet_files

    return parquet_files(order.holdings, _chosen(order))


def _chosen(order: Order) -> Chosen | None:
    """What tables are made of; None for all there is."""
    from quellenlage.views.exports.tables import Chosen

    return Chosen.of(order.part, order.holdings) if order.selection is not None else None


def _timeml(order: Order) -> Files:
    from quellenlage.views.exports.timeml import timeml_files

    return timeml_files(order.archive.documents(), frozenset(order.part.articles))


def _uima(order: Order) -> Files:
    from quellenlage.views.exports.uima import uima_files

    return uima_files(order.archive.documents(), frozenset(order.part.articles), order.holdings)


RENDERERS: dict[str, Callable[[Dossier], bytes]] = {
    "html": render_html,
    "md": render_md,
    "docx": render_docx,
    "pdf": render_pdf,
}
"""What sets a dossier, by format."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ZIP = "application/zip"
FORMATS: dict[str, Format] = {
    "jsonl": Format("application/x-ndjson", ".jsonl", _jsonl, whole=True),
    "csv": Format(_ZIP, ".zip", files=_csv),
    "parquet": Format(_ZIP, ".zip", files=_parquet),
    "ftm": Format("application/x-ndjson", ".ftm.jsonl", _ftm),
    "geojson": Format("application/geo+json", ".geojson", _geojson),
    "jsonld": Format("application/ld+json", ".jsonld", _jsonld),
    "timelinejs": Format("application/json", ".timeline.json", _timelinejs),
    "timeml": Format(_ZIP, ".zip", files=_timeml, needs_text=True),
    "uima": Format(_ZIP, ".zip", files=_uima, needs_text=True),
    "html": Format("text/html; charset=utf-8", ".html", _rendered("html")),
    "md": Format("text/markdown; charset=utf-8", ".md", _rendered("md")),
    "docx": Format(_WORD, ".docx", _rendered("docx"), binary=True),
    "pdf": Format("application/pdf", ".pdf", _rendered("pdf"), binary=True),
}
"""All formats by the name they have on the command line."""
