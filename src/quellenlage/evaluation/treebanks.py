"""German treebanks of Universal Dependencies in the words that this program reads.

A treebank takes a contraction ("im") apart into two syntactic words; in running text it is one. Here it is one word,
with the lemma and class of its preposition, the features of both, and the place in the tree of whichever of the two
depends on another word. Figures over these words are therefore not those of a shared task, though close to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from quellenlage.evaluation import data
from quellenlage.evaluation.splits import Part, part

FILES = (("ud", "de_gsd-dev.conllu"), ("ud", "de_pud.conllu"))
ROOT = -1


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its gold analysis; `head` is its head's place in the sentence, -1 for the root."""

    start: int
    end: int
    lemma: str
    upos: str
    feats: dict[str, str]
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence: its identifier in the treebank, its text and its words."""

    id: str
    text: str
    words: tuple[Word, ...]

    def form(self, i: int) -> str:
        """A word as written."""
        return self.text[self.words[i].start : self.words[i].end]


@cache
def trees(wanted: Part) -> tuple[Tree, ...]:
    """The sentences of one part of all treebanks, in their order.

    Raises:
        MissingResource: the treebanks are not there.
    """
    return tuple(tree for parts in FILES for tree in _read(parts, wanted))


def _read(parts: Sequence[str], wanted: Part) -> Iterator[Tree]:
    for block in data.folder(*parts).read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        key = next(line for line in lines if line.startswith("# sent_id"))
        if part(key) == wanted:
            text = next(line for line in lines if line.startswith("# text = "))[len("# text = ") :]
            rows = [line.split("\t") for line in lines if not line.startswith("#")]
            yield Tree(key.removeprefix("# sent_id = "), text, tuple(_words(text, surface(rows))))


def surface(rows: Sequence[Sequence[str]]) -> list[tuple[str, list[Sequence[str]]]]:
    """The words as written, each with the rows of its syntactic words."""
    found: list[tuple[str, list[Sequence[str]]]] = []
    last = 0
    for row in rows:
        if "-" in row[0]:
            last = int(row[0].split("-")[1])
            found.append((row[1], []))
        elif "." in row[0]:  # a word that is not there
            continue
        elif int(row[0]) <= last:
            found[-1][1].append(row)
        else:
            found.append((row[1], [row]))
    return found


def _words(text: str, written: Sequence[tuple[str, list[Sequence[str]]]]) -> Iterator[Word]:
    owner = {row[0]: i for i, (_, group) in enumerate(written) for row in group}
    at = 0
    for i, (form, group) in enumerate(written):
        at = text.index(form, at)
        main = next((row for row in group if owner.get(row[6], ROOT) != i), group[0])
        feats = dict(pair.split("=", 1) for row in reversed(group) if row[5] != "_" for pair in row[5].split("|"))
        if main[3] in ("VERB", "AUX") and "Mood" in feats:
            feats["VerbForm"] = "Fin"  # one of the two treebanks leaves it out
        head = ROOT if main[6] == "0" else owner[main[6]]
        yield Word(at, at + len(form), main[2], main[3], feats, head, main[7])
        at += len(form)
