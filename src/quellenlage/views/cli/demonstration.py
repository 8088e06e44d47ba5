"""What `demo` shows: the chronicle, two conflicts, the longest chain, and the page."""

from __future__ import annotations

from pathlib import Path

from quellenlage.resources import resource
from quellenlage.views.cli import output
from quellenlage.views.cli.files import cannot_write, written
from quellenlage.views.cli.lines import claim_lines, conflict_lines
from quellenlage.views.cli.settings import Settings
from quellenlage.views.cli.story import print_chronicle
from quellenlage.views.dossier import make_dossier, render_page
from quellenlage.views.holdings import Holdings, Selection
from quellenlage.views.locale import Words
from quellenlage.views.records import claim_record, conflict_record


def lay_out(folder: Path, words: Words) -> Path:
    """Copy the sample's articles into the folder, so that every source named can be opened. Raises Failed."""
    articles = folder / "articles"
    try:
        articles.mkdir(parents=True, exist_ok=True)
        for item in sorted(resource("sample").iterdir(), key=lambda one: one.name):
            if item.is_file() and item.name != "__init__.py":
                (articles / item.name).write_bytes(item.read_bytes())
    except OSError as error:
        raise cannot_write(folder, error, words) from error
    return articles


def show(holdings: Holdings, settings: Settings) -> None:
    """Print the chronicle, two conflicts of different kinds where there are, and the longest chain."""
    words = settings.words
    _title(words("demo.chronicle"), settings)
    print_chronicle(holdings.linked.chronicle, holdings, settings)
    kinds = {c.kind: c for c in reversed(holdings.linked.conflicts)}
    conflicts = [*kinds.values(), *(c for c in holdings.linked.conflicts if c not in kinds.values())][:2]
    if conflicts:
        _title(words("demo.conflicts"), settings)
    for conflict in conflicts:
        if settings.json:
            output.json_line(conflict_record(conflict, holdings))
            continue
        for text in conflict_lines(conflict, holdings, words):
            output.line(text)
        output.line()
    longest = max(holdings.claims, key=lambda c: min(3, len(c.chain)), default=None)
    if longest is None or len(longest.chain) < 2:
        return
    _title(words("demo.chain"), settings)
    if settings.json:
        output.json_line(claim_record(longest, holdings))
        return
    for text in claim_lines(longest, holdings, words):
        output.line(text)
    output.line()


def write_page(holdings: Holdings, path: Path, words: Words) -> Path:
    """Write the dossier of the whole sample. Raises Failed."""
    page = render_page(make_dossier(holdings, Selection(), words))
    written(path, [page.encode("utf-8", "replace")], words)
    return path


def _title(text: str, settings: Settings) -> None:
    if not settings.json:
        output.line(output.bold(text.upper()))
        output.line()
