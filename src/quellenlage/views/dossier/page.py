"""The page itself: one file that asks for nothing from outside and works without its script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from quellenlage import __version__
from quellenlage.views.dossier.clashes import conflicts
from quellenlage.views.dossier.contents import LANES, Dossier
from quellenlage.views.dossier.entries import chronicle
from quellenlage.views.dossier.html import Html, el
from quellenlage.views.dossier.marks import legend, symbols
from quellenlage.views.dossier.paper.making import standfirst
from quellenlage.views.dossier.registers import claims, people, sources
from quellenlage.views.dossier.ribbon import ribbon
from quellenlage.views.dossier.timeline import timeline


def render_page(dossier: Dossier) -> str:
    """The dossier as one self-contained HTML page."""
    words = dossier.words
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy()),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="generator", content=f"Quellenlage {__version__}"),
        el("title", dossier.title),
        Html(f"<style>{_packaged('page.css')}</style>"),
    )
    body = el(
        "body",
        symbols(),
        el("a", words("dossier.jump"), href="#chronicle", class_="skip") if "chronicle" in dossier.sections else None,
        _header(dossier),
        el(
            "main",
            *[make(dossier) for name in dossier.sections for make in _MAKERS[name]],
        ),
        el("footer", el("p", words("dossier.made_with", version=__version__))),
        Html(f"<script>{_packaged('page.js')}</script>"),
    )
    return f"<!doctype html>\n{el('html', head, body, lang=words.lang)}\n"


def _policy() -> str:
    """Nothing may be fetched, and only our own style and script may run."""
    style, script = (_hash(_packaged(name)) for name in ("page.css", "page.js"))
    return f"default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


@cache
def _packaged(name: str) -> str:
    return "\n" + files(__package__).joinpath(name).read_text(encoding="utf-8")


def _header(dossier: Dossier) -> Html:
    words = dossier.words
    numbers = (
        ("events", len(dossier.lines), "chronicle"),
        ("articles", len(dossier.articles), "sources"),
        ("outlets", len(dossier.outlets), "sources"),
        ("origins", len(dossier.origins), "sources"),
        ("claims", len(dossier.claims), "claims"),
        ("conflicts", len(dossier.conflicts), "conflicts"),
    )
    has = dossier.sections
    figures = [_figure(words.count(f"count.{name}", n), target) for name, n, target in numbers if target in has]
    links = [
        el("li", el("a", words(f"dossier.{name}"), href=f"#{name}"))
        for name in has
        if name != "timeline" or _dated(dossier)
    ]
    return el(
        "header",
        el("p", "Quellenlage", el("span", words("dossier.kicker")), class_="kicker"),
        el("h1", dossier.title, lang="de"),
        el("p", standfirst(dossier), class_="standfirst"),
        el("ul", *figures, class_="numbers-row"),
        el("nav", el("ul", *links), aria_label=words("dossier.contents")),
    )


def _figure(told: str, target: str) -> Html:
    count, _, name = told.partition(" ")
    return el("li", el("a", el("b", count), " ", name, href=f"#{target}"))


def _dated(dossier: Dossier) -> bool:
    return any(line.interval for line in dossier.lines)


def _drawing(dossier: Dossier) -> Html | None:
    wide = timeline(dossier)
    if wide is None:
        return None
    title = el("h2", dossier.words("dossier.timeline"))
    return el("section", title, el("figure", legend(dossier), wide, ribbon(dossier)), id="timeline")


def _filter(dossier: Dossier) -> Html:
    """Search and filter; hidden until the script, which does it, runs."""
    words = dossier.words
    lanes = [name for name in [*(n for n, _ in LANES), "life"] if any(line.lane == name for line in dossier.lines)]
    kinds = list(dict.fromkeys(line.event.factuality.value for line in dossier.lines))
    return el(
        "form",
        el(
            "label",
            el("span", words("dossier.search"), class_="off"),
            el("input", type="search", id="q", placeholder=words("dossier.search_hint"), autocomplete="off"),
        ),
        _select("lane", words("dossier.all_lanes"), [(name, words(f"lane.{name}")) for name in lanes]),
        _select("kind", words("dossier.all_kinds"), [(name, words.code("factuality", name)) for name in kinds]),
        el("label", el("input", type="checkbox", id="clash"), " ", words("dossier.only_conflicts"), class_="check"),
        el("button", words("dossier.open_all"), type="button", id="all", data_other=words("dossier.close_all")),
        el(
            "output",
            id="shown",
            data_told=words("dossier.shown", n="#", total=words.number(len(dossier.lines))),
            aria_live="polite",
        ),
        id="filter",
        role="search",
        aria_label=words("dossier.filter"),
        hidden=True,
    )


def _select(name: str, every: str, choices: list[tuple[str, str]]) -> Html:
    options = [el("option", every, value="")] + [el("option", label, value=value) for value, label in choices]
    return el("select", *options, id=name, aria_label=every)


def _reading(dossier: Dossier) -> Html:
    words = dossier.words
    return el("section", el("h2", words("dossier.reading")), el("p", words("dossier.reading_text")), id="reading")


_MAKERS: dict[str, tuple[Callable[[Dossier], Html | None], ...]] = {
    "timeline": (_drawing,),
    "chronicle": (_filter, chronicle),
    "conflicts": (conflicts,),
    "claims": (claims,),
    "people": (people,),
    "sources": (sources,),
    "reading": (_reading,),
}
"""What makes each section; `None` where there is nothing to show."""
