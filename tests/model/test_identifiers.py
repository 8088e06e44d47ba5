"""Identifiers in little memory are those that were added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model import content_id
from quellenlage.model.identifiers import Identifiers, Joined

made = st.builds(content_id, st.sampled_from(["ent", "evm", "sty"]), st.integers())
near_made = st.from_regex(r"[a-zA-Z]{0,3}-?[0-9a-fA-F]{14,18}\n?", fullmatch=True)
identifiers = st.lists(made | near_made | st.text())
mappings = st.dictionaries(st.sampled_from("abcdefg"), st.text(max_size=2))


@given(identifiers)
def test_they_come_back_in_their_order(listed: list[str]) -> None:
    found = Identifiers(listed)
    assert list(found) == listed
    assert [found[number] for number in range(len(found))] == listed
    assert [found[-number] for number in range(1, len(found) + 1)] == listed[::-1]
    assert list(found[1:3]) == listed[1:3]
    with pytest.raises(IndexError):
        found[len(listed)]


def test_more_prefixes_than_are_numbered() -> None:
    def word(number: int) -> str:
        return "".join(chr(97 + int(digit)) for digit in str(number))

    listed = [content_id(word(number), number) for number in range(600)] * 2
    assert list(Identifiers(listed)) == listed


@given(st.lists(mappings, max_size=4))
def test_several_mappings_are_as_one(parts: list[dict[str, str]]) -> None:
    whole: dict[str, str] = {}
    for part in parts:
        whole.update(part)
    found = Joined(*parts)
    assert found == whole
    assert list(found) == list(whole)
    assert len(found) == len(whole)
    assert {key: found.get(key) for key in "abcdefgh"} == {key: whole.get(key) for key in "abcdefgh"}
    assert {key for key in "abcdefgh" if key in found} == whole.keys()
