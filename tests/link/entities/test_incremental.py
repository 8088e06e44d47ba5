"""One article after the other gives what all at once give."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.link.entities import registry as registry_module
from quellenlage.link.entities.posts import NONE, Posts
from quellenlage.link.entities.profile import Profile, form_of
from quellenlage.link.entities.profiles import Profiles
from quellenlage.link.entities.registry import Registry
from quellenlage.link.entities.shorts import Shorts
from quellenlage.link.entities.units import Pairs, units
from quellenlage.model import EntityKind, Member

NAMES = [
    (EntityKind.PER, "Dmitri Woronkow"), (EntityKind.PER, "Dmitry Voronkov"), (EntityKind.PER, "Woronkow"),
    (EntityKind.PER, "D. Voronkov"), (EntityKind.PER, "Darja Woronkowa"), (EntityKind.PER, "Anna Quint"),
    (EntityKind.PER, "Quint"), (EntityKind.PER, "Uwe Quint"), (EntityKind.ORG, "Institut für Küstenforschung"),
    (EntityKind.ORG, "IFK"), (EntityKind.ORG, "IFKA"), (EntityKind.ORG, "Interessengemeinschaft freier Küstenfischer"),
    (EntityKind.GPE, "Qudsayya"), (EntityKind.GPE, "Kudsaija"), (EntityKind.GRP, "Augenzeugen"),
]  # fmt: skip
article = st.lists(st.tuples(st.sampled_from(NAMES), st.booleans()), min_size=1, max_size=5)


def profiles_of(articles: list[list[tuple[tuple[EntityKind, str], bool]]]) -> list[list[Profile]]:
    order, found = 0, []
    for number, chosen in enumerate(articles):
        companions = frozenset({f"PER:company {number % 2}"})
        posts = Posts(frozenset({("body chief", "chief")}), frozenset({"chief"})) if number % 3 == 0 else NONE
        made = []
        for local, ((kind, name), introduces) in enumerate(chosen):
            surfaces = (name, "IFK") if introduces and kind is EntityKind.ORG and " " in name else (name,)
            member = Member(f"art-{number}", f"e{local}")
            made.append(
                Profile(order, member, f"ent-{order}", kind, name, surfaces, form_of(kind, name), posts, companions)
            )
            order += 1
        found.append(made)
    return found


def grouped(registry: Registry, shorts: Shorts) -> list[tuple[int, ...]]:
    found = units(registry, shorts, Pairs((), ()))
    return [tuple(p.order for p in unit.profiles) for unit in found]


@settings(max_examples=150)
@given(st.lists(article, max_size=7))
def test_article_by_article_is_as_all_at_once(articles: list[list[tuple[tuple[EntityKind, str], bool]]]) -> None:
    listed = profiles_of(articles)
    whole = Registry(Profiles())
    for profiles in listed:
        for profile in profiles:
            whole.add(whole.profiles.add(profile))
    at_once = Shorts()
    at_once.settle(whole)

    grown, step = Registry(Profiles()), Shorts()
    for profiles in listed:
        for profile in profiles:
            grown.add(grown.profiles.add(profile))
        step.settle(grown)
    assert grouped(grown, step) == grouped(whole, at_once)
    assert sorted(o for group in grouped(grown, step) for o in group) == [p.order for ps in listed for p in ps]
    assert {(p.one, p.other, p.score) for p in step.perhaps} == {(p.one, p.other, p.score) for p in at_once.perhaps}


@settings(max_examples=60)
@given(st.lists(article, max_size=7))
def test_what_articles_tell_of_a_bearer_can_be_read_again(
    articles: list[list[tuple[tuple[EntityKind, str], bool]]],
) -> None:
    found = []
    for held in (1, 1 << 14):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(registry_module, "_HELD", held)
            registry, shorts = Registry(Profiles()), Shorts()
            for profiles in profiles_of(articles):
                for profile in profiles:
                    registry.add(registry.profiles.add(profile))
                shorts.settle(registry)
        found.append((grouped(registry, shorts), [*registry.perhaps, *shorts.perhaps]))
    assert found[0] == found[1]
