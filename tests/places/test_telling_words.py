"""Which words of a place's name tell it from others."""

from __future__ import annotations

import pytest

from quellenlage.places.words import telling_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Hafen von Tartus", {"tartus"}),
        ("Flughafen Frankfurt", {"frankfurt"}),
        ("Provinz Latakia", {"latakia"}),
        ("Bad Ischl", {"ischl"}),
        ("Neue Messe Wien", {"neue", "messe", "wien"}),
        ("der Hafen", set()),
        ("", set()),
    ],
)
def test_words_for_kinds_of_places_tell_nothing(name: str, words: set[str]) -> None:
    assert telling_words(name) == words
