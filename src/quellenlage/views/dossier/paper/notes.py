"""Notes and quotations: the exact words, and what is needed to find them again."""

from __future__ import annotations

from quellenlage.model import Evidence, Span
from quellenlage.views.dossier.contents import Dossier
from quellenlage.views.dossier.paper.model import Note, Quote, clean
from quellenlage.views.locale import Words
from quellenlage.views.wording.lines import citation_words, place_in_source
from quellenlage.views.wording.quoting import marks_around, quoted


def quote(evidence: Evidence, words: Words, *, keep: Span | None = None) -> Quote:
    """A sentence in quotation marks, up to the citation limit; `keep` stays in sight."""
    cut = quoted(evidence, keep=keep)
    opening, closing = marks_around(cut, words)
    ellipsis = words("quote.ellipsis")
    return Quote(clean(cut.exact), opening, closing, ellipsis if cut.before else "", ellipsis if cut.after else "")


def note(evidence: Evidence, dossier: Dossier, *, keep: Span | None = None, quoted_above: bool = False) -> Note:
    """The source of a sentence; `quoted_above` says that the sentence stands set apart where the note is called."""
    citation = dossier.holdings.cite(evidence.article)
    cut = quoted(evidence, keep=keep)
    where = place_in_source(evidence, citation)
    if evidence.end != cut.end or evidence.start != cut.start:
        where = where.removesuffix(f":{evidence.start}-{evidence.end}") + f":{cut.start}-{cut.end}"
    return Note(
        source=clean(citation_words(citation, dossier.words)),
        headline=clean(citation.headline or ""),
        quote=None if quoted_above else quote(evidence, dossier.words, keep=keep),
        place=clean(where),
    )
