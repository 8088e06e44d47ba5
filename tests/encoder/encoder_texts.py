"""Articles for the tests of the encoder, cut into words as simply as can be."""

from __future__ import annotations

import re

SUMMIT = (
    "Bundeskanzlerin Angela Merkel reiste am Montag nach Paris. "
    "„Wir werden Griechenland nicht im Stich lassen“, sagte sie dort der Zeitung Le Monde. "
    "Der französische Präsident erklärte, Europa müsse zusammenstehen."
)
FLOOD = (
    "Nach schweren Regenfällen sind in Sachsen mehrere Orte überflutet worden. "
    "Die Feuerwehr teilte mit, 300 Menschen seien in Sicherheit gebracht worden."
)
SHORT = "Der Rat tagt."
STRANGE = "A\u0301rger\u200b 🇩🇪 \u202eשלום\u202c … \U0001d54f\ufffd \u00ad\x07 ﬁ ½ \u3000 Ǆ İstanbul \ue000 \u0345 ʼn."


def words(text: str) -> list[list[tuple[int, int]]]:
    """Words and marks as offsets, per sentence."""
    found: list[list[tuple[int, int]]] = [[]]
    for match in re.finditer(r"\w+|[^\w\s]", text):
        found[-1].append(match.span())
        if match.group() == "." and text[match.end() : match.end() + 1] in ("", " "):
            found.append([])
    return [sentence for sentence in found if sentence]


def long_article(sentences: int = 60) -> str:
    """An article of several windows."""
    parts = [*SUMMIT.split(". "), *FLOOD.removesuffix(".").split(". ")]
    return " ".join(f"{parts[i % len(parts)].removesuffix('.')}, zum {i}. Mal." for i in range(sentences))
