from __future__ import annotations

from quellenlage.model import DateInterval, Entity, EntityKind, Evidence, Member, OfficeHeld, Span
from quellenlage.model.spans import evidence
from quellenlage.views.wording.offices import office_spans, offices_in_time

TEXT = "Präsident Barack Obama"


def quoted(article: str) -> Evidence:
    return evidence(article, TEXT, Span(0, 9))


def given(text: str, day: str | None, article: str = "art-1") -> OfficeHeld:
    days = DateInterval.parse(day) if day else None
    return OfficeHeld(text, quoted(article), days.earliest if days else None, days.latest if days else None)


def person(name: str, *offices: OfficeHeld) -> Entity:
    return Entity("ent-1", EntityKind.PER, name, (Member("art-1", "e1"),), (name,), offices)


def test_wordings_of_one_office_are_one_span_with_first_and_last_evidence() -> None:
    obama = person(
        "Barack Obama",
        given("US-Präsidenten", "2014-05-01", "art-2"),
        given("US-Präsident", "2010-01-05", "art-1"),
        given("US-Präsident", "2016-11-01", "art-3"),
    )
    (span,) = office_spans(obama)
    assert (span.office, span.text, span.agreement) == ("us-president", "US-Präsident", "agrees")
    assert span.first.evidence.article == "art-1"
    assert span.last.evidence.article == "art-3"
    assert span.days == DateInterval.parse("2010-01-05/2016-11-01")
    assert span.term is not None
    assert span.term.end is not None
    assert span.term.end.isoformat() == "2017-01-20"
    assert set(span.wordings) == {"US-Präsident", "US-Präsidenten"}


def test_what_the_table_ends_earlier_is_a_span_that_disagrees_and_says_when() -> None:
    obama = person("Barack Obama", given("US-Präsident", "2016-11-01"), given("US-Präsident", "2019-11-01"))
    within, after = office_spans(obama)
    assert (within.agreement, after.agreement) == ("agrees", "disagrees")
    assert after.term == within.term


def test_an_office_held_twice_is_two_spans() -> None:
    putin = person("Wladimir Putin", given("Kremlchef", "2006-01-01"), given("russischer Präsident", "2014-01-01"))
    first, second = office_spans(putin)
    assert first.office == second.office == "ru-president"
    assert first.term != second.term


def test_former_holders_and_offices_that_no_table_has_are_told_as_such() -> None:
    someone = person("Anton Weglin", given("früherer US-Präsident", "2019"), given("Hafenmeister", "2018"))
    harbour, former = office_spans(someone)
    assert (harbour.office, harbour.agreement, harbour.term) == (None, "unknown", None)
    assert (former.office, former.agreement) == (None, "former")


def test_the_table_disagrees_where_somebody_else_held_the_office_and_is_silent_where_nobody_did() -> None:
    weglin = person("Anton Weglin", given("Pentagon-Chef", "2015-10-07"), given("Pentagon-Chef", "2019-03-01"))
    other, gap = office_spans(weglin)
    assert (other.agreement, gap.agreement) == ("disagrees", "unknown")
    assert other.term is not None
    assert other.term.name == "Ashton Carter"


def test_a_bare_office_gets_its_key_from_the_name() -> None:
    lawrow = person("Sergej Lawrow", given("Außenminister", "2016-02-01"), given("russische Außenminister", "2018"))
    (span,) = office_spans(lawrow)
    assert (span.office, span.agreement) == ("ru-foreign", "agrees")


def test_undated_offices_come_last_and_agree_with_nothing() -> None:
    obama = person("Barack Obama", given("US-Präsident", None), given("US-Präsident", "2010-01-05"))
    dated, undated = office_spans(obama)
    assert undated.days is None
    assert undated.agreement == "unknown"
    assert dated.agreement == "agrees"
    assert [office.earliest is None for office in offices_in_time(obama)] == [False, True]
    assert office_spans(person("Anton Weglin")) == []
