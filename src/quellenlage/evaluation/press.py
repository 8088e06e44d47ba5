"""Exports of press databases: whether a file of many articles is split where they begin, and a single one left whole.

The files are made here from articles and layouts of our own, the halves from different ones. Articles are told apart
by their sentences: one is right where all of its own are in it and none of another's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from quellenlage.evaluation import data
from quellenlage.evaluation import press_layouts as forms
from quellenlage.evaluation.press_files import as_docx, as_html, as_pdf, as_rtf, as_text
from quellenlage.evaluation.press_layouts import Render, Story
from quellenlage.evaluation.results import Counter, Miss, SuiteResult, rate
from quellenlage.intake import IntakeOptions, capture_bytes
from quellenlage.model import Capture, fold

FOLDER = "press"
SINGLES = "singles.toml"
GATE = (
    "articles.precision", "articles.recall", "articles.f1", "kept-whole.accuracy", "outlet.accuracy", "date.accuracy",
    "headline.accuracy", "author.accuracy", "characters-kept.recall", "characters-own.precision",
)  # fmt: skip
NEEDS_DEV, NEEDS_REPORT = (
    ((FOLDER, f"articles-{part}.toml"), (FOLDER, SINGLES)) for part in ("dev", "report")
)  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?“])\s+(?=[„A-ZÄÖÜ©])")
_SHORT = 20

Write = Callable[[Sequence[str]], bytes]


@dataclass(frozen=True, slots=True)
class File:
    """A file with the stories in it, in order; one story for what must stay whole."""

    name: str
    content: bytes
    stories: tuple[Story, ...]


_PAGED = "Seite {page} von {pages}"
_WRITERS: dict[str, tuple[str, Write]] = {
    "text": ("txt", as_text),
    "wrapped": ("txt", partial(as_text, wrapped=True, centred=3)),
    "rtf": ("rtf", as_rtf),
    "rtf-page": ("rtf", partial(as_rtf, unicode=False)),
    "pdf": ("pdf", partial(as_pdf, foot=_PAGED)),
    "pdf-heads": ("pdf", partial(as_pdf, head="Dokumente", foot=_PAGED)),
    "pdf-columns": ("pdf", partial(as_pdf, columns=2, head="Pressespiegel Karvenien", foot="- {page} -")),
    "docx": ("docx", as_docx),
    "html": ("html", as_html),
}
_FILES: dict[str, tuple[tuple[Render, tuple[str, ...]], ...]] = {
    "dev": (
        (forms.lexis_german, ("wrapped", "rtf", "pdf")),
        (forms.nexis_german, ("text", "rtf", "pdf", "docx")),
        (forms.factiva, ("text", "rtf", "pdf")),
        (forms.genios, ("pdf-heads", "rtf", "text")),
        (forms.defacto, ("text", "rtf-page")),
        (forms.monitor, ("pdf", "text")),
        (forms.wire, ("text",)),
        (forms.unknown_labels, ("text", "wrapped")),
        (forms.unknown_lines, ("pdf", "rtf")),
    ),
    "report": (
        (forms.lexis_english, ("wrapped", "rtf-page", "pdf", "html")),
        (forms.nexis_english, ("text", "rtf", "pdf-heads", "docx")),
        (forms.factiva_codes, ("text", "rtf", "html")),
        (forms.factiva, ("rtf-page", "pdf-heads")),
        (forms.genios_bare, ("pdf", "rtf-page")),
        (forms.genios, ("pdf-heads",)),
        (forms.defacto, ("rtf", "pdf")),
        (forms.monitor, ("pdf-columns", "rtf")),
        (forms.pressreader, ("text", "pdf")),
        (forms.agency, ("text", "rtf")),
        (forms.proquest, ("text", "pdf", "rtf")),
        (forms.unknown_labels, ("rtf", "pdf")),
        (forms.unknown_lines, ("text", "pdf-heads")),
    ),
}
_NEEDS_DAY = frozenset({"defacto", "monitor", "wire", "pressreader", "agency", "unknown_labels", "unknown_lines"})
"""Layouts whose articles cannot be told without a day: none is left out of them."""
_NAMELESS = frozenset({"wire", "agency"})
"""Layouts of agencies, without outlet and author."""
_UNSIGNED = frozenset({"genios", "genios_bare"})
_WITH_LEAD = frozenset({"lexis_english", "nexis_german", "nexis_english", "genios", "genios_bare", "monitor"})


def stories(part: str) -> tuple[Story, ...]:
    """Articles of one half."""
    with data.shipped(FOLDER, f"articles-{part}.toml").open("rb") as file:
        return tuple(_story(row) for row in tomllib.load(file)["article"])


def _story(row: dict[str, Any]) -> Story:
    body = [*row["body"], *(_more(number) for number in range(row.get("long", 0)))]
    return Story(
        row["outlet"], row["day"], row["page"], row["section"], tuple(row["authors"]), row["headline"],
        row.get("lead", ""), tuple(body),
    )  # fmt: skip


def _more(number: int) -> str:
    """A paragraph of a long article, so that pages break within it."""
    return (
        f"Zeuge Nummer {number + 1} schilderte den Hergang anders als die übrigen: Nicht um {number % 12 + 1} Uhr sei "
        f"es geschehen, sondern eine halbe Stunde später, und gesehen habe man in dem dichten Nebel ohnehin nur "
        f"{number + 2} Schritte weit."
    )


def files(part: str) -> Iterator[File]:
    """Every file of one half, exports first."""
    every = stories(part)
    for render, written in _FILES[part]:
        name = render.__name__
        chosen = [_shown(name, s, number) for number, s in enumerate(every)]
        for writer in written:
            suffix, write = _WRITERS[writer]
            yield File(f"{name}-{writer}.{suffix}", write(render(chosen)), tuple(chosen))
    with data.shipped(FOLDER, SINGLES).open("rb") as file:
        for row in tomllib.load(file)["single"]:
            if row["part"] == part:
                whole = Story("", None, "", "", (), "", "", tuple(row["text"].split("\n\n")))
                for suffix, write in (("txt", as_text), ("rtf", as_rtf), ("pdf", as_pdf)):
                    yield File(f"{row['name']}.{suffix}", write(row["text"].split("\n\n")), (whole,))


def _shown(layout: str, story: Story, number: int) -> Story:
    """A story with what this layout leaves out: a day here and there, names where the agency signs."""
    if number % 5 == 4 and layout not in _NEEDS_DAY:
        story = replace(story, day=None)
    if layout not in _WITH_LEAD:
        story = replace(story, lead="")
    if layout in _NAMELESS:
        return replace(story, authors=(), outlet="dpa" if layout == "wire" else "APA")
    return replace(story, authors=()) if layout in _UNSIGNED else story


@dataclass(slots=True)
class Figures:
    """Counts over files."""

    articles: Counter = field(default_factory=Counter)
    whole: list[bool] = field(default_factory=list)
    fields: dict[str, list[bool]] = field(
        default_factory=lambda: {n: [] for n in ("outlet", "date", "headline", "author")}
    )
    kept: Counter = field(default_factory=Counter)
    own: Counter = field(default_factory=Counter)
    undivided: Counter = field(default_factory=Counter)
    pages: Counter = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


def evaluate(part: str) -> SuiteResult:
    """Score one half."""
    figures = Figures()
    for file in files(part):
        found = [
            c for c in capture_bytes(file.name, file.content, IntakeOptions(data.CAPTURED_AT)) if isinstance(c, Capture)
        ]
        _compare(figures, file, found)
    paths = [data.shipped(FOLDER, name) for name in (f"articles-{part}.toml", SINGLES)]
    metrics = [
        *figures.articles.metrics("articles", trivial=max(figures.undivided.f1, figures.pages.f1)),
        rate("kept-whole.accuracy", sum(figures.whole), len(figures.whole), trivial=1.0),
        *(rate(f"{name}.accuracy", sum(right), len(right), trivial=0.0) for name, right in figures.fields.items()),
        rate("characters-kept.recall", figures.kept.hits, round(figures.kept.gold)),
        rate("characters-own.precision", figures.own.hits, round(figures.own.predicted)),
        *figures.undivided.metrics("peer.whole-file"),
        *figures.pages.metrics("peer.form-feeds"),
    ]
    return SuiteResult(
        name=f"press-{part}",
        metrics=tuple(metrics),
        worst=tuple(figures.misses[:10]),
        data_sha256=data.digest(*paths),
        notes=(
            "trivial: the better of two answers, the whole file as one article or a cut at every form feed",
            "fields are asked of articles that were found; one that the export leaves out must be left out",
        ),
    )


def _compare(figures: Figures, file: File, found: Sequence[Capture]) -> None:
    texts = [_packed(capture.text) for capture in found]
    own = [[_packed(s) for s in _sentences(story)] for story in file.stories]
    if len(file.stories) == 1:
        figures.whole.append(len(found) == 1)
        if len(found) != 1:
            figures.misses.append(Miss(file.name, 0, 0, "whole", str(len(found))))
        return
    right = 0
    for number, sentences in enumerate(own):
        others = [s for other, listed in enumerate(own) if other != number for s in listed if s not in sentences]
        best = max(range(len(texts)), key=lambda i: sum(s in texts[i] for s in sentences), default=None)
        text = texts[best] if best is not None else ""
        inside = sum(len(s) for s in sentences if s in text)
        foreign = sum(len(s) for s in others if s in text)
        figures.kept.add(inside, 0, sum(map(len, sentences)))
        figures.own.add(inside, inside + foreign, 0)
        if best is not None and foreign == 0 and all(s in text for s in sentences):
            right += 1
            _fields(figures, file.stories[number], found[best])
        else:
            figures.misses.append(Miss(f"{file.name}#{number + 1}", 0, 0, "article", "cut or joined"))
    figures.articles.add(right, len(found), len(own))
    figures.undivided.add(0, 1, len(own))
    feeds = _packed(file.content.decode("utf-8", "replace")) if file.name.endswith("txt") else ""
    pages = [_packed(p) for p in file.content.decode("utf-8", "replace").split("\f")] if feeds else []
    figures.pages.add(
        sum(any(all(s in page for s in sentences) for page in pages) for sentences in own) if len(pages) > 1 else 0,
        max(1, len(pages)), len(own),
    )  # fmt: skip


def _fields(figures: Figures, story: Story, capture: Capture) -> None:
    given = capture.given
    right = {
        "outlet": fold(given.outlet or "") == fold(story.outlet),
        "date": (given.published or None) == (story.day.isoformat() if story.day else None),
        "headline": fold(given.title or "") == fold(story.headline),
        "author": {fold(a) for a in given.authors} == {fold(a) for a in story.authors},
    }
    for name, is_right in right.items():
        figures.fields[name].append(is_right)
        if not is_right:
            figures.misses.append(Miss(capture.source, 0, 0, name, _state(name, capture)))


def _state(name: str, capture: Capture) -> str:
    value = {"outlet": capture.given.outlet, "date": capture.given.published, "headline": capture.given.title}.get(name)
    return "other" if value or (name == "author" and capture.given.authors) else "none"


def _sentences(story: Story) -> list[str]:
    return [s for paragraph in (*story.body, story.lead) for s in _SENTENCE.split(paragraph) if len(s) >= _SHORT]


def _packed(text: str) -> str:
    """Letters and figures only: white space and hyphens at line ends do not count as lost characters."""
    return re.sub(r"[\W_]+", "", text)


evaluate_dev = partial(evaluate, "dev")
evaluate_report = partial(evaluate, "report")
