"""Dossiers that test what sets them: the invented story, nothing at all, and text that is hostile to every format."""

from __future__ import annotations

from dataclasses import replace

from quellenlage.model import Linked
from quellenlage.views.dossier import Dossier, make_dossier
from quellenlage.views.holdings import Holdings, Selection
from quellenlage.views.locale import Lang, words_for

HOSTILE = (
    "#eval(\"1+1\") #import \"x\": y; *fett* _kursiv_ $x^2$ = @ref <label> // weg \\u{41} [a](b) | </w:t>&amp; ]]> "
    "\u202everdreht\u202c Привет שלום \x00\x0b \ud800 \U0001f642 字 " + "Q" * 300
)  # fmt: skip
"""Markup of typst, Markdown and Word, directions, other scripts, what XML forbids, and a word longer than a line."""


def dossier(holdings: Holdings, lang: Lang = "de", title: str | None = None) -> Dossier:
    return make_dossier(holdings, Selection(), words_for(lang), title)


def empty() -> Dossier:
    return dossier(Holdings(Linked(), {}), "en")


def hostile(holdings: Holdings) -> Dossier:
    cited = {key: replace(one, headline=HOSTILE, outlet=HOSTILE) for key, one in holdings.citations.items()}
    entities = tuple(replace(one, name=HOSTILE) for one in holdings.linked.entities)
    made = Holdings(
        replace(holdings.linked, entities=entities), cited, holdings.claims, holdings.triggers, holdings.sentences
    )
    return dossier(made, "de", HOSTILE)


def squeezed(text: str) -> str:
    """Text without what breaking lines adds to it or takes from it."""
    return "".join(c for c in text if not c.isspace() and c not in "-\u00ad\u200b\u2060\ufffe\x02")
