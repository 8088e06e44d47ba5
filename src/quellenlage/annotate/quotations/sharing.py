"""What shares words with a quotation, found without asking every other one: an article may hold thousands of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate

from quellenlage.model.layers import Mention
from quellenlage.model.spans import Span


class Groups:
    """Groups of words by number (`listed`, as given), such as quotations and their frames."""

    def __init__(self, listed: Iterable[Iterable[int]]) -> None:
        self.listed = [frozenset(group) for group in listed]
        self._at: defaultdict[int, list[int]] = defaultdict(list)
        for number, group in enumerate(self.listed):
            for word in group:
                self._at[word].append(number)

    def touching(self, words: Iterable[int]) -> list[int]:
        """The groups, by number and in order, that share a word with these."""
        return sorted({number for word in words for number in self._at.get(word, ())})

    def around(self, words: Sequence[int]) -> list[int]:
        """The groups, by number and in order, that hold all of these words, of which there must be one."""
        return [number for number in self._at.get(words[0], ()) if self.listed[number].issuperset(words)]


class Names:
    """The names of an article."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._names = sorted((m.start, m.end) for m in mentions if m.form == "name")
        self._starts = [start for start, _ in self._names]
        self._reached = list(accumulate((end for _, end in self._names), max))

    def whole(self, spans: Iterable[Span]) -> list[Span]:
        """The same spans, none of which ends within a name: "seinem Berater Anton [Delev]"."""
        whole = []
        for span in spans:
            low, high = bisect_right(self._reached, span.start), bisect_left(self._starts, span.end)
            met = [name for name in self._names[low:high] if name[1] > span.start]
            whole.append(Span(min([span.start, *(a for a, _ in met)]), max([span.end, *(b for _, b in met)])))
        return whole
