"""Identifiers in little memory are those that were added."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.model import content_id
from quellenlage.model.identifiers import Identifiers, IdentifierSet, Joined

made = st.builds(content_id, st.sampled_from(["ent", "evm", "sty"]), st.integers())
near_made = st.from_regex(r"[a-zA-Z]{0,3}-?[0-9a-fA-F]{14,18}\n?", fullmatch=True)
identifiers = st.lists(made | near_made | st.text())
mappings = st.dictionaries(st.sampled_from("abcdefg"), st.text(max_size=2))


def several(listed: list[str]) -> Identifiers:
    found = Identifiers()
    for one in listed:
        found.append(one)
    return found


@given(identifiers)
def test_they_come_back_in_their_order(listed: list[str]) -> None:
    found = several(listed)
    assert list(found) == listed
    assert [found[number] for number in range(len(found))] == listed
    assert [found[-number] for number in range(1, len(found) + 1)] == listed[::-1]
    assert list(found[1:3]) == listed[1:3]
    for number in (len(listed), -len(listed) - 1, -2 * len(listed) - 1):
        with pytest.raises(IndexError):
            found[number]


@given(identifiers, identifiers)
def test_a_set_has_each_once(listed: list[str], others: list[str]) -> None:
    found = IdentifierSet(listed)
    assert sorted(found) == sorted(set(listed))
    assert len(found) == len(set(listed))
    assert [one in found for one in others] == [one in listed for one in others]


def test_more_prefixes_than_are_numbered() -> None:
    def word(number: int) -> str:
        return "".join(chr(97 + int(digit)) for digit in str(number))

    listed = [content_id(word(number), number) for number in range(600)] * 2
    assert list(several(listed)) == listed


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
