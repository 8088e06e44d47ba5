"""Profiles in columns are those that were put there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quellenlage.link.entities.posts import NONE, Posts
from quellenlage.link.entities.profile import Asked, Profile
from quellenlage.link.entities.profiles import Chosen, Profiles
from quellenlage.model import DateInterval, EntityKind, Member, content_id

names = st.sampled_from(["Mirko Dahl", "Dahl", "Karvenien", "Sprecherin", ""])
companions = st.frozensets(st.sampled_from(["PER:dahl", "GPE:karvenien", "ORG:werft"]))
days = st.none() | st.tuples(st.integers(700_000, 700_009), st.integers(700_010, 700_020))
asked = st.builds(
    Asked,
    st.sampled_from(["die Sprecherin", "der Minister"]),
    st.frozensets(st.sampled_from(["kv"])),
    st.dates(date(2031, 1, 1), date(2031, 1, 3)).map(lambda day: DateInterval(day, day)),
)
profiles = st.builds(
    Profile,
    st.just(0),
    st.builds(Member, st.sampled_from(["art-1", "art-2"]), st.sampled_from(["e1", "e2"])),
    st.builds(content_id, st.just("ent"), st.integers(0, 50)) | st.sampled_from(["ent-of-old", "x"]),
    st.sampled_from(EntityKind),
    names,
    st.lists(names).map(tuple),
    st.sampled_from(["full", "short", "noun"]),
    st.sampled_from([NONE, Posts(frozenset({("kv-head", "chef")}), frozenset({"chef"}))]),
    companions,
    st.none() | st.sampled_from(["p-1", "p-2"]),
    days,
    st.booleans(),
    st.none() | asked,
)


@given(st.lists(profiles))
def test_each_comes_back_as_it_was_in_its_place(given: list[Profile]) -> None:
    held = Profiles()
    put = [held.add(profile) for profile in given]
    assert put == [replace(profile, order=order) for order, profile in enumerate(given)]
    assert list(held) == put
    assert [held.member(order) for order in range(len(held))] == [profile.member for profile in given]
    assert list(held.identifiers) == [profile.identifier for profile in given]
    assert [held.asked(order) for order in range(len(held))] == [profile.asked for profile in given]


@given(st.lists(profiles, min_size=1), st.data())
def test_some_are_those_of_their_orders(given: list[Profile], data: st.DataObject) -> None:
    held = Profiles()
    put = [held.add(profile) for profile in given]
    orders = data.draw(st.lists(st.integers(0, len(put) - 1)))
    some = Chosen(held, orders)
    assert list(some) == [put[order] for order in orders]
    assert list(some.identifiers) == [put[order].identifier for order in orders]
    assert list(some.members) == [put[order].member for order in orders]
    assert list(some[1:]) == [put[order] for order in orders[1:]]
    some.append(put[-1])
    some.sort()
    assert [profile.order for profile in some] == sorted([*orders, len(put) - 1])
