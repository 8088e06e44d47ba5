"""What of an article speaks for a story: which names and nouns count, what ties it, and what it only recalls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from quellenlage.model import (
    Account,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Factuality,
    Linked,
    Member,
    Reuse,
    fold,
)
from quellenlage.resources import load
from quellenlage.story.features import WORDS, Features, read_features
from quellenlage.story.glance import Glance

DAY = date(2022, 5, 3)


def glance(article: str, words: str = "", *, day: int | None = 0) -> Glance:
    at = None if day is None else DAY + timedelta(days=day)
    return Glance(article, article, True, at, at, tuple(words.split()), (), frozenset())


def entity(name: str, kind: EntityKind, *articles: str) -> Entity:
    return Entity(f"ent-{name}", kind, name, members=tuple(Member(one, "e1") for one in articles))


def event(*articles: str, day: int | None = 0) -> Event:
    at = None if day is None else DAY + timedelta(days=day)
    accounts = tuple(
        Account(Member(one, "v1"), Evidence(one, "0" * 64, 0, 1, "x"), Factuality.HAPPENED, (), "org-1")
        for one in articles
    )
    return Event("evm-1", "ASSAULT", accounts, earliest=at, latest=at)


def read(glances: Sequence[Glance], linked: Linked) -> dict[str, Features]:
    return {one.article: one for one in read_features({g.article: g for g in glances}, linked)}


def test_compounds_meet_and_nouns_of_any_article_are_faint() -> None:
    found = read([glance("a", "rakete montag"), glance("b", "raketenangriff sprecher")], Linked())
    assert found["a"].words == found["b"].words == ("rakete",)
    assert found["a"].faint == ("montag",)
    assert found["b"].faint == ("sprecher",)


def test_a_court_counts_less_than_a_town_a_state_least_and_a_noun_is_no_name() -> None:
    listed = [
        entity("Landgericht Bonn", EntityKind.ORG, "a"),
        entity("Bonn", EntityKind.GPE, "a"),
        entity("Frankreich", EntityKind.GPE, "a"),
        entity("Werft", EntityKind.ORG, "a"),
        entity("Polizei", EntityKind.ORG, "a"),
    ]
    names = read([glance("a", "werft")], Linked(entities=tuple(listed)))["a"].names
    assert names["ent-Bonn"] > names["ent-Landgericht Bonn"] > names["ent-Frankreich"] > 0
    assert "ent-Werft" not in names
    assert "ent-Polizei" not in names


def test_an_event_of_these_days_ties_and_one_long_past_is_recalled() -> None:
    glances = [glance("a"), glance("b", day=2), glance("c", day=400)]
    found = read(glances, Linked(events=(event("a", "b", "c"),)))
    assert found["b"].ties == {"a": "event:evm-1"}
    assert found["c"].ties == {"a": "recalled:evm-1"}


def test_an_event_without_a_day_ties_only_articles_of_the_same_weeks() -> None:
    glances = [glance("a"), glance("b", day=2), glance("c", day=None)]
    found = read(glances, Linked(events=(event("a", "b", "c", day=None),)))
    assert found["b"].ties == {"a": "event:evm-1"}
    assert found["c"].ties == {"a": "recalled:evm-1"}


def test_nothing_is_tied_to_itself_or_to_what_is_not_there() -> None:
    gone = Reuse("b", "gone", "reprint", 1.0)
    same = Reuse("b", "b", "reprint", 1.0)
    assert read([glance("a"), glance("b")], Linked(reuses=(gone, same)))["b"].ties == {}


def test_the_table_keeps_its_examples() -> None:
    table = load(WORDS)
    listed = {fold(word) for row in table["any"].values() for word in row.split()}
    assert {"montag", "angabe", "sprecher", "polizei"} <= listed
    assert not {fold(word) for word in table["meta"]["counterexamples"]} & listed
