from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.made import Making, made

from quellenlage.link.offices import SURE, ArchiveTable, Candidate, holders_for, offices_in_archive, state_hints
from quellenlage.model import DateInterval, Document, EntityKind, Member, Role

PER, GPE = EntityKind.PER, EntityKind.GPE


def telling(number: int, day: str | None, roles: Mapping[str, str], places: tuple[str, ...] = ()) -> Document:
    """An article of a day that gives each named person a role right before the name."""
    text = " ".join(f"Das sagte {role} {name}." for name, role in roles.items()) + "".join(f" In {p}." for p in places)
    names = {**dict.fromkeys(roles, PER), **dict.fromkeys(places, GPE)}
    document = made(number, text, Making(dct=day, names=names))
    entities = tuple(
        replace(e, roles=(Role(at, at + len(roles[e.name]), roles[e.name]),))
        if e.name in roles and (at := text.index(f"{roles[e.name]} {e.name}")) >= 0
        else e
        for e in document.entities
    )
    return replace(document, entities=entities)


def day(value: str) -> DateInterval:
    return DateInterval.parse(value)


def one(candidates: tuple[Candidate, ...]) -> Candidate:
    (candidate,) = candidates
    return candidate


def test_the_table_alone_names_the_holder_of_the_day() -> None:
    assert one(holders_for("Pentagon-Chef", (), day("2015-10-07"))).name == "Ashton Carter"
    found = one(holders_for("Pentagon-Chef", (), day("2020-03-12")))
    assert (found.name, found.score >= SURE, found.persons) == ("Mark Esper", True, ())
    assert found.reasons == ("term:us-defense:2019-07-22/2020-11-09",)
    assert found.verified


def test_a_person_in_articles_before_and_after_a_day_held_the_office_on_it() -> None:
    archive = offices_in_archive(
        [
            telling(1, "2014-03-01", {"Anton Weglin": "Bahnchef"}),
            telling(2, "2015-06-01", {"Anton Weglin": "Bahnchef"}),
        ]
    )
    found = one(holders_for("der Bahnchef", (), day("2014-10-10"), archive))
    assert found.name == "Anton Weglin"
    assert found.score >= SURE
    assert found.persons == ("anton weglin",)
    assert found.reasons == ("archive-office:bahnchef:art-01:10-18", "archive-office:bahnchef:art-02:10-18")


def test_a_person_in_one_article_is_only_likely_near_it() -> None:
    archive = offices_in_archive([telling(1, "2014-03-01", {"Anton Weglin": "Bahnchef"})])
    assert 0 < one(holders_for("Bahnchef", (), day("2014-03-20"), archive)).score < SURE
    assert holders_for("Bahnchef", (), day("2016-03-20"), archive) == ()


def test_two_persons_of_one_office_at_one_time_leave_it_unsure() -> None:
    archive = offices_in_archive(
        [
            telling(1, "2014-03-01", {"Anton Weglin": "Bahnchef"}),
            telling(2, "2014-09-01", {"Berta Lohm": "Bahnchefin"}),
            telling(3, "2015-06-01", {"Anton Weglin": "Bahnchef"}),
        ]
    )
    found = holders_for("Bahnchef", (), day("2014-08-15"), archive)
    assert found
    assert all(candidate.score < SURE for candidate in found)


def test_spellings_of_one_person_count_as_one_where_the_caller_knows() -> None:
    documents = [
        telling(1, "2014-03-01", {"Dmitri Weglin": "Bahnchef"}),
        telling(2, "2015-06-01", {"Dmitrij Weglin": "Bahnchef"}),
    ]
    apart = holders_for("Bahnchef", (), day("2014-10-10"), offices_in_archive(documents))
    persons = {Member("art-01", "e1"): "ent-1", Member("art-02", "e1"): "ent-1"}
    together = one(holders_for("Bahnchef", (), day("2014-10-10"), offices_in_archive(documents, persons)))
    assert all(candidate.score < SURE for candidate in apart)
    assert (together.persons, together.score >= SURE) == (("ent-1",), True)
    assert together.spellings == ("Dmitri Weglin", "Dmitrij Weglin")


def test_agreement_of_table_and_archive_makes_surer_and_tells_the_person() -> None:
    archive = offices_in_archive([telling(1, "2018-02-01", {"Dmitri Peskow": "Kremlsprecher"})])
    alone = one(holders_for("Kremlsprecher", (), day("2018-02-11")))
    both = one(holders_for("Kremlsprecher", (), day("2018-02-11"), archive))
    assert both.score > alone.score >= SURE
    assert (alone.verified, both.verified, both.persons) == (False, True, ("dmitri peskow",))
    assert [reason.partition(":")[0] for reason in both.reasons] == ["term", "archive-office"]


def test_disagreement_of_table_and_archive_leaves_both_unsure() -> None:
    archive = offices_in_archive([telling(1, "2018-02-01", {"Anton Weglin": "Kremlsprecher"})])
    found = holders_for("Kremlsprecher", (), day("2018-02-11"), archive)
    assert {candidate.name for candidate in found} == {"Dmitri Peskow", "Anton Weglin"}
    assert all(candidate.score < SURE for candidate in found)
    assert {candidate.reasons[-1] for candidate in found} == {"archive-disagrees", "table-disagrees"}


def test_a_bare_office_beside_a_name_counts_for_the_state_where_the_table_has_the_name() -> None:
    archive = offices_in_archive([telling(1, "2016-02-01", {"Sergej Lawrow": "Außenminister"})])
    assert list(archive.told) == ["ru-foreign"]


@pytest.mark.parametrize(
    ("role", "when"),
    [("früherer Bahnchef", "2014-03-01"), ("Bahnchef", None), ("Bahnchef", "2012/2015"), ("Polizeisprecher", "2014")],
)
def test_former_undated_and_open_offices_tell_nothing(role: str, when: str | None) -> None:
    assert offices_in_archive([telling(1, when, {"Anton Weglin": role})]).told == {}


def test_a_state_from_the_article_is_sure_only_with_a_checked_row() -> None:
    lawrow = one(holders_for("Außenminister", ["Russland"], day("2016-02-01")))
    peskow = one(holders_for("Regierungssprecher", ["Deutschland"], day("2006-02-01")))
    assert lawrow.score >= SURE > peskow.score
    assert lawrow.reasons[-1] == "state-of-article:ru"
    assert all(c.score < SURE for c in holders_for("Außenminister", ["Russland", "USA"], day("2016-02-01")))
    assert holders_for("Außenminister", (), day("2016-02-01")) == ()


def test_the_states_of_an_article_are_those_named_most() -> None:
    document = telling(1, "2016-02-01", {}, ("Moskau", "Russland", "Tschad", "Paris"))
    assert state_hints(document) == {"ru", "tschad", "fr"}
    document = telling(1, "2016-02-01", {}, ("Moskau", "Russland", "Kreml", "Paris"))
    assert state_hints(document) == {"ru"}
    adjectives = made(2, "Die russische Armee und russische Medien. Auch die türkische Armee.")
    assert state_hints(adjectives) == {"ru", "tr"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["Anton Weglin", "Bert Sudau", "Carl Ohm"]), st.integers(2001, 2020)), max_size=8
    ),
    st.integers(2001, 2020),
)
def test_any_order_of_articles_gives_one_answer_and_at_most_one_person(told: list[tuple[str, int]], year: int) -> None:
    documents = [telling(n, f"{y}-06-01", {name: "Bahnchef"}) for n, (name, y) in enumerate(told)]
    forwards, backwards = offices_in_archive(documents), offices_in_archive(documents[::-1])
    assert forwards == backwards
    found = holders_for("Bahnchef", (), day(f"{year}-06-01"), forwards)
    assert sum(candidate.score >= SURE for candidate in found) <= 1


def test_what_is_said_daily_is_kept_by_its_first_and_last_of_a_month() -> None:
    said = [telling(n, f"2014-03-{n:02d}", {"Anton Weglin": "Bahnchef"}) for n in range(1, 29)]
    rows = offices_in_archive([*said, telling(29, "2014-04-02", {"Anton Weglin": "Bahnchef"})]).told["name:bahnchef"]
    assert [row.days.earliest.isoformat() for row in rows] == ["2014-03-01", "2014-03-28", "2014-04-02"]


def test_an_empty_archive_is_no_evidence() -> None:
    assert holders_for("Bahnchef", (), day("2014"), ArchiveTable()) == ()
