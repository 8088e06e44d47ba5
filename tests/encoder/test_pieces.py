"""Words to word pieces and windows, whatever the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.encoder.encoder_texts import STRANGE, SUMMIT, long_article, words

from quellenlage.encoder import pieces
from quellenlage.encoder.pieces import MOST, Window, article_windows, cut, encoded, tokenizer, windows

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@given(st.lists(st.integers(1, 600), max_size=40), st.integers(1, 400), st.integers(0, 100))
def test_windows_hold_every_sentence_and_keep_their_limits(lengths: list[int], longest: int, overlap: int) -> None:
    found = windows(lengths, longest, overlap)
    assert {i for a, b in found for i in range(a, b)} == set(range(len(lengths)))
    for a, b in found:
        assert b == a + 1 or sum(lengths[a:b]) <= longest
    for (a, b), (c, d) in pairwise(found):
        assert a < c <= b <= d
        assert sum(lengths[c:b]) <= overlap


def test_neighbouring_windows_share_sentences() -> None:
    assert windows([10] * 6, 30, 10) == [(0, 3), (2, 5), (4, 6)]
    assert windows([10] * 6, 30, 9) == [(0, 3), (3, 6)]
    assert windows([], 30, 10) == []


def _check(text: str, sentences: list[list[tuple[int, int]]], found: list[Window], longest: int) -> None:
    total = sum(map(len, sentences))
    assert {i for w in found for i in range(w.start, w.end)} == set(range(total))
    for window in found:
        ids, firsts = window.pieces.ids, window.pieces.firsts
        assert ids[0] == 0
        assert ids[-1] == 2
        assert len(ids) <= MOST + 2
        assert len(window.parts) == 1 or sum(len(p.pieces.ids) for p in window.parts) <= longest
        assert len(firsts) == window.end - window.start
        assert firsts == sorted(firsts)
        assert all(1 <= first < len(ids) for first in firsts)
        own = [word for part in window.parts for word in part.words]
        assert own == [word for sentence in sentences for word in sentence][window.start : window.end]
        assert all(set(part.words) <= set(sentences[part.sentence]) for part in window.parts)
    for before, after in pairwise(found):
        assert before.start < after.start <= before.end < after.end


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(max_size=30), max_size=12),
    st.sampled_from([8, 40, 254]),
    st.sampled_from([0, 16]),
)
def test_windows_of_any_text(parts: list[str], longest: int, overlap: int) -> None:
    text = ". ".join(parts)
    sentences = words(text)
    _check(text, sentences, article_windows(text, sentences, longest, overlap), longest)


@pytest.mark.parametrize(
    "text", [STRANGE, "\ud800 halb \udfff", "\x00\x01 x", "\u200b\u200b", "…" * 40, "  \n\t a \n\n b "]
)
def test_windows_of_strange_text(text: str) -> None:
    sentences = [[(i, i + 1) for i in range(len(text))]]
    _check(text, sentences, article_windows(text, sentences, 254, 0), 254)


def test_a_long_article_has_windows_that_overlap() -> None:
    text = long_article()
    sentences = words(text)
    found = article_windows(text, sentences, 382, 64)
    assert len(found) > 2
    _check(text, sentences, found, 382)
    assert all(after.start < before.end for before, after in pairwise(found))


def test_a_sentence_longer_than_a_window_is_read_in_parts() -> None:
    text = " ".join(f"Wort{i}" for i in range(900))
    sentences = words(f"Ein Satz. {text}")
    whole = [sentences[0], sentences[1]]
    found = article_windows(f"Ein Satz. {text}", whole, 254, 0)
    _check(f"Ein Satz. {text}", whole, found, 254)
    assert {part.sentence for window in found for part in window.parts} == {0, 1}
    assert sum(part.sentence == 1 for window in found for part in window.parts) > 2


def test_a_word_longer_than_a_window_is_cut_off() -> None:
    word = "xqzj" * 1500
    text = f"Vorher {word} nachher. Ende."
    sentences = words(text)
    found = article_windows(text, sentences, 254, 0)
    _check(text, sentences, found, 254)
    assert any(len(window.pieces.ids) == MOST + 2 for window in found)


def test_much_text_between_two_sentences_does_not_push_them_out() -> None:
    text = f"Der Anfang.{' Anzeige' * 2000} Das Ende."
    sentences = [[(0, 3), (4, 10), (10, 11)], [(len(text) - 9, len(text) - 6), (len(text) - 5, len(text))]]
    (window,) = article_windows(text, sentences, 254, 0)
    _check(text, sentences, [window], 254)
    assert len(window.pieces.ids) < 20
    assert len(set(window.pieces.firsts)) == 5


def test_sentences_without_words_are_passed_over() -> None:
    text = "Ja. Nein."
    found = article_windows(text, [[], [(0, 2), (2, 3)], [], [(4, 8), (8, 9)]], 254, 0)
    assert [(part.sentence, part.start, part.end) for part in found[0].parts] == [(1, 0, 2), (3, 2, 4)]
    assert article_windows("", [], 254, 0) == []
    assert article_windows("", [[], []], 254, 0) == []


def test_first_pieces_begin_where_the_words_do() -> None:
    own = tokenizer()
    for sentence in words(SUMMIT):
        pieces = cut(own, SUMMIT, sentence)
        origin = sentence[0][0]
        ids, offsets = encoded(own, SUMMIT[origin : sentence[-1][1]])
        assert pieces.ids == [0, *ids, 2]
        for (start, end), first in zip(sentence, pieces.firsts, strict=True):
            low, high = offsets[first - 1]
            assert low + origin < end
            assert high + origin > start


def test_halves_of_character_pairs_can_be_read() -> None:
    assert encoded(tokenizer(), "a \ud800 b")[0] == encoded(tokenizer(), "a \ufffd b")[0]


def test_words_that_share_a_piece_are_read_in_parts_as_well() -> None:
    # signs that no encoding knows are one piece, however many: the parser would compare each with all others
    text = "Der Rat tagt. " + "\ufffd" * 5000
    sentences = [[(0, 3), (4, 7), (8, 12), (12, 13)], [(i, i + 1) for i in range(14, len(text))]]
    found = article_windows(text, sentences, 382, 0)
    assert {i for w in found for i in range(w.start, w.end)} == set(range(sum(map(len, sentences))))
    assert max(w.end - w.start for w in found) <= MOST
    assert all(len(w.pieces.firsts) == w.end - w.start for w in found)


def test_a_ruler_does_not_move_the_windows_of_an_article() -> None:
    # sixty underscores are a dozen pieces: what stood in one window stands there as before
    ruler = "_" * 60
    text = f"Der Rat tagt. {ruler} Er geht."
    ends = (14, 14 + len(ruler))
    sentences = [[(0, 3), (4, 7), (8, 12), (12, 13)], [(i, i + 1) for i in range(*ends)]]
    sentences.append([(ends[1] + 1, ends[1] + 3), (ends[1] + 4, ends[1] + 8), (ends[1] + 8, ends[1] + 9)])
    assert len(article_windows(text, sentences, 40, 0)) == 1


def test_what_comes_again_in_a_text_is_cut_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plain = pieces.cut

    def cutting(own: Tokenizer, text: str, given: Sequence[pieces.Span]) -> pieces.Pieces:
        asked.append(text)
        return plain(own, text, given)

    text = f"{SUMMIT} " * 60
    sentences = words(text)
    monkeypatch.setattr(pieces, "cut", cutting)
    found = article_windows(text, sentences, 382, 64)
    assert len(asked) < len(sentences) / 2
    monkeypatch.setattr(pieces, "_KEPT", 1)
    asked.clear()
    assert article_windows(text, sentences, 382, 64) == found
    assert len(asked) > len(sentences)
