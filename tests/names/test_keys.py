"""What a person is called without the given name."""

from __future__ import annotations

import pytest

from quellenlage.names.keys import last_names


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Anna Müller", {"mueller", "muller"}),
        ("Mueller, Anna", {"mueller"}),
        ("Anna Maria Müller-Lüdenscheidt", {"mueller", "luedenscheidt", "muller", "ludenscheidt"}),
        ("Dr. Maria von der Au", {"au"}),
        ("Nadir al-Kaswani", {"kaswani"}),
        ("Torvald", {"torvald"}),
        ("", set()),
    ],
)
def test_words_by_which_a_person_is_called_without_the_given_name(name: str, words: set[str]) -> None:
    assert last_names(name) == words
