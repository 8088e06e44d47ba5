"""What shares words with a quotation is what asking every other one would find, and is asked of few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from quellenlage.annotate.quotations.drafts import Draft
from quellenlage.annotate.quotations.evidence import match
from quellenlage.annotate.quotations.sharing import Groups, Names
from quellenlage.model import EntityKind, Mention, QuotationType, Span
from quellenlage.model.layers import MentionForm

WORDS = st.lists(st.integers(0, 12), max_size=6)
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 30), st.integers(1, 8))
FORMS: st.SearchStrategy[MentionForm] = st.sampled_from(["name", "noun", "pronoun"])


@given(st.lists(WORDS, max_size=8), WORDS)
def test_groups_that_share_a_word_are_found_in_order(groups: list[list[int]], words: list[int]) -> None:
    assert Groups(groups).touching(words) == [n for n, group in enumerate(groups) if set(group) & set(words)]


@given(st.lists(WORDS, max_size=8), st.lists(st.integers(0, 12), min_size=1, max_size=3))
def test_groups_that_hold_all_words_are_found_in_order(groups: list[list[int]], words: list[int]) -> None:
    assert Groups(groups).around(words) == [n for n, group in enumerate(groups) if set(group) >= set(words)]


def most(found: Sequence[int], drafts: Sequence[Draft], groups: Sequence[Sequence[int]]) -> Draft | None:
    """The first of the drafts with the greatest share of words, from half of both on."""
    shares = [2 * len(set(found) & set(g)) / (len(set(found)) + len(set(g))) if g else 0.0 for g in groups]
    greatest = max(shares, default=0.0)
    return drafts[shares.index(greatest)] if greatest >= 0.5 else None


@given(st.lists(st.integers(0, 8), min_size=1, max_size=8), st.lists(WORDS, max_size=8))
def test_the_rule_that_shares_most_words_is_the_one_of_all(found: list[int], groups: list[list[int]]) -> None:
    drafts = [Draft(QuotationType.INDIRECT, "speech", [Span(n, n + 1)]) for n in range(len(groups))]
    assert match(found, drafts, Groups(groups)) is most(found, drafts, groups)


def mentioned(spans: Sequence[tuple[Span, MentionForm]]) -> Iterator[Mention]:
    for number, (span, form) in enumerate(spans):
        yield Mention(f"m{number}", span.start, span.end, EntityKind("PER"), form, "e1")


@given(st.lists(st.tuples(SPANS, FORMS), max_size=8), st.lists(SPANS, max_size=4))
def test_a_span_takes_in_the_names_it_meets(listed: list[tuple[Span, MentionForm]], spans: list[Span]) -> None:
    def whole(span: Span) -> Span:
        names = [name for name, form in listed if form == "name" and name.overlaps(span)]
        return Span(min([span.start, *(n.start for n in names)]), max([span.end, *(n.end for n in names)]))

    assert Names(mentioned(listed)).whole(spans) == [whole(span) for span in spans]


class Watched(frozenset[int]):
    """Words that count how often they are compared."""

    asked = 0

    def __len__(self) -> int:
        Watched.asked += 1
        return super().__len__()


def test_of_thousands_of_quotations_only_those_that_share_words_are_compared() -> None:
    drafts = [Draft(QuotationType.INDIRECT, "speech", [Span(n, n + 1)]) for n in range(2000)]
    groups = Groups((3 * n, 3 * n + 1, 3 * n + 2) for n in range(2000))
    groups.listed = [Watched(group) for group in groups.listed]
    assert all(match((3 * n, 3 * n + 1), drafts, groups) is draft for n, draft in enumerate(drafts))
    assert Watched.asked < 10 * 2000
