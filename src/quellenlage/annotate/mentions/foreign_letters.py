"""Names in Cyrillic or Greek letters within a German text: "Песков", "Москва"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.words import Words
from quellenlage.model import EntityKind, fold
from quellenlage.names.regions import canonical_place

_NAME = re.compile(r"[\u0370-\u03ff\u0400-\u052f][\u0370-\u03ff\u0400-\u052f'’-]+")
_SCORE = 0.6


def in_foreign_letters(sentences: Sequence[Words], candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Candidates for single capitalised words in other letters that nothing else took for names."""
    taken = {offset for c in candidates if c.form == "name" for offset in range(c.start, c.end)}
    for words in sentences:
        for i, form in enumerate(words.forms):
            start = words.starts[i]
            if start in taken or not form[:1].isupper() or form.isupper() or not _NAME.fullmatch(form):
                continue
            at, end = start, words.ends[i]
            place = canonical_place(form)
            if place is not None:
                yield Candidate(at, end, EntityKind.GPE, "name", form, words.index, place, _SCORE, "letters")
            else:
                key = fold(form)
                yield Candidate(at, end, EntityKind.PER, "name", form, words.index, key, _SCORE, "letters", last=form)
