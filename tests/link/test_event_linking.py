"""When two tellings are one event, and when they are two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.link.made import Making, Telling, made

from quellenlage.link.events import group, make_event
from quellenlage.link.origins import find_origins
from quellenlage.link.tellings import tellings
from quellenlage.model import (
    ConflictKind,
    Corrected,
    DateInterval,
    Document,
    EntityKind,
    Event,
    Factuality,
    Judgement,
    Member,
    Verdict,
    fold,
    in_force,
    make_judgement,
)
from quellenlage.story.conflicts import find_conflicts

PER, GPE = EntityKind.PER, EntityKind.GPE
PEOPLE = {"Marek Toldin": PER, "Ilse Brandner": PER, "Dorwa": GPE, "Kalt-Hafen": GPE}


def link_by_name(documents: Sequence[Document], judgements: Sequence[Judgement] = ()) -> list[Event]:
    """Link with entities identified by their exact names: the identity stage is not what is tested here."""
    entity_of = {Member(d.article.id, e.id): f"ent-{e.name}" for d in documents for e in d.entities}
    provenance = find_origins(documents, ())
    named = {fold(e.name): f"ent-{e.name}" for d in documents for e in d.entities}
    clusters = group(tellings(documents, entity_of, judgements, named), provenance.reprint_of, judgements)
    return [make_event(cluster, provenance, {}) for cluster in clusters]


def call(number: int, text: str, **telling: object) -> Document:
    defaults: dict[str, object] = {"trigger": "telefoniert", "actors": ["Marek Toldin", "Ilse Brandner"]}
    told = Telling(**{**defaults, **telling})  # type: ignore[arg-type]  # fields by name
    names = {name: kind for name, kind in PEOPLE.items() if name in text}
    return made(number, text, Making(dct="2021-03-12", names=names, events=[told]))


FIRST = "Marek Toldin hat mit Ilse Brandner telefoniert."
SECOND = "Das Telefonat von Ilse Brandner und Marek Toldin dauerte eine Stunde."


def test_two_words_for_one_call_on_one_day_are_one_event() -> None:
    events = link_by_name([call(1, FIRST, time="2021-03-11"), call(2, SECOND, trigger="Telefonat", time="2021-03")])
    assert len(events) == 1
    assert [account.member.article for account in events[0].accounts] == ["art-01", "art-02"]
    assert events[0].time == "2021-03-11"
    assert any(reason.startswith("participants:2") for reason in events[0].reasons)


def test_two_calls_a_month_apart_are_two_events() -> None:
    assert len(link_by_name([call(1, FIRST, time="2021-03-11"), call(2, FIRST + " ", time="2021-04-11")])) == 2


def test_one_shared_person_without_a_day_is_not_enough() -> None:
    one = call(1, "Marek Toldin hat mit Ilse Brandner telefoniert.")
    other = call(2, "Marek Toldin hat beraten.", trigger="beraten", actors=["Marek Toldin"])
    assert len(link_by_name([one, other])) == 2


def test_accounts_that_differ_by_a_day_stay_one_event_when_all_else_agrees() -> None:
    events = link_by_name([call(1, FIRST, time="2021-03-11"), call(2, FIRST + " ", time="2021-03-12")])
    assert len(events) == 1
    assert [account.time for account in events[0].accounts] == ["2021-03-11", "2021-03-12"]


def test_an_article_cannot_have_reported_what_came_after_it() -> None:
    old = made(
        1,
        FIRST,
        Making(
            dct="2019-01-05",
            names=_people(FIRST),
            events=[Telling("telefoniert", actors=["Marek Toldin", "Ilse Brandner"])],
        ),
    )
    new = call(2, FIRST + " ", time="2021-03-11")
    assert len(link_by_name([new, old])) == 2


def test_two_events_of_one_article_are_never_joined_through_another() -> None:
    text = (
        "Marek Toldin hat Ilse Brandner in Dorwa getroffen. Am Abend hat Marek Toldin Ilse Brandner wieder empfangen."
    )
    both = ["Marek Toldin", "Ilse Brandner"]
    two = made(
        1,
        text,
        Making(
            names=_people(text),
            events=[
                Telling("getroffen", actors=both, time="2021-03-11"),
                Telling("empfangen", actors=both, time="2021-03-11"),
            ],
        ),
    )
    events = link_by_name([two, call(2, FIRST, time="2021-03-11")])
    assert sorted(len(event.accounts) for event in events) == [1, 2]


def test_a_plan_and_its_happening_are_one_event_that_happened() -> None:
    events = link_by_name(
        [
            call(
                1,
                "Marek Toldin will Ilse Brandner in Dorwa treffen.",
                trigger="treffen",
                time="2021-03-20",
                place="Dorwa",
                factuality=Factuality.PLANNED,
            ),
            call(
                2,
                "Marek Toldin hat Ilse Brandner in Dorwa getroffen.",
                trigger="getroffen",
                time="2021-03-20",
                place="Dorwa",
            ),
        ]
    )
    assert [event.factuality for event in events] == [Factuality.HAPPENED]
    assert [a.factuality for a in events[0].accounts] == [Factuality.PLANNED, Factuality.HAPPENED]


def test_people_can_join_and_part() -> None:
    documents = [call(1, FIRST, time="2021-03-11"), call(2, FIRST + " ", time="2021-04-11")]
    a, b = (event.id for event in link_by_name(documents))
    joined = make_judgement(Verdict.SAME, a, other=b, made_at="2021-05-01T00:00:00Z", author="test")
    parted = make_judgement(Verdict.DIFFER, b, other=a, made_at="2021-05-02T00:00:00Z", author="test")
    assert len(link_by_name(documents, [joined])) == 1
    assert len(link_by_name(documents, [joined, parted])) == 2


def test_rejected_tellings_are_left_out_and_corrected_ones_corrected() -> None:
    documents = [call(1, FIRST, time="2021-03-11")]
    (event,) = link_by_name(documents)
    rejected = make_judgement(Verdict.REJECT, event.id, made_at="2021-05-01T00:00:00Z", author="test")
    corrected = make_judgement(
        Verdict.CORRECT, event.id, field="time", value="2021-03-10", made_at="2021-05-01T00:00:00Z", author="test"
    )
    assert link_by_name(documents, [rejected]) == []
    (after,) = link_by_name(documents, [corrected])
    assert (after.time, after.earliest) == ("2021-03-10", date(2021, 3, 10))
    assert after.accounts == event.accounts
    assert [a.time for a in after.accounts] == ["2021-03-11"]


def test_a_correction_of_one_account_is_that_of_the_event_and_says_whose_it_is() -> None:
    documents = [call(1, FIRST, time="2021-03-11"), call(2, SECOND, trigger="Telefonat", time="2021-03-11")]
    (before,) = link_by_name(documents)
    key = documents[1].events[0].key(documents[1].article.id)
    words = [
        make_judgement(Verdict.CORRECT, key, field=field, value=value, made_at=made_at, author="Ida", note="Protokoll")
        for field, value, made_at in (
            ("time", "2021-03-11/2021-03-12", "2021-05-01T00:00:00Z"),
            ("type", "MOVEMENT", "2021-05-02T00:00:00Z"),
        )
    ]
    (after,) = link_by_name(documents, words)
    assert (after.id, after.time, after.event_type) == (before.id, "2021-03-11/2021-03-12", "MOVEMENT")
    assert after.interval == DateInterval(date(2021, 3, 11), date(2021, 3, 12))
    assert after.accounts == before.accounts
    member = before.accounts[1].member
    assert after.corrected == (
        Corrected("time", "2021-03-11/2021-03-12", "Ida", "2021-05-01T00:00:00Z", "Protokoll", "", (member,)),
        Corrected("type", "MOVEMENT", "Ida", "2021-05-02T00:00:00Z", "Protokoll", "CONSULT", (member,)),
    )


def test_the_last_word_on_any_account_counts_for_the_event() -> None:
    documents = [call(1, FIRST, time="2021-03-11"), call(2, SECOND, trigger="Telefonat", time="2021-03-11")]
    keys = [document.events[0].key(document.article.id) for document in documents]
    said = [
        make_judgement(Verdict.CORRECT, key, field="time", value=value, made_at=made_at, author="Ida")
        for key, value, made_at in (
            (keys[1], "2021-03-12", "2021-05-01T00:00:00Z"),
            (keys[0], "2021-03-12", "2021-05-01T00:00:00Z"),
            (keys[1], "2021-03", "2021-05-02T00:00:00Z"),
        )
    ]
    (both,) = link_by_name(documents, said[:2])
    assert (both.time, [m.article for m in both.corrected[0].members]) == ("2021-03-12", ["art-01", "art-02"])
    (last,) = link_by_name(documents, in_force(said))
    assert (last.time, last.corrected[0].members) == ("2021-03", (last.accounts[1].member,))


def test_accounts_go_on_contradicting_each_other_about_a_corrected_day() -> None:
    documents = [call(1, FIRST, time="2021-03-11"), call(2, FIRST + " ", time="2021-03-12")]
    (before,) = link_by_name(documents)
    (conflict,) = find_conflicts(before, {})
    assert conflict.kind is ConflictKind.TIME
    said = [
        make_judgement(Verdict.CORRECT, key, field="time", value="2021-03-12", made_at="2021-05-01", author="Ida")
        for key in (d.events[0].key(d.article.id) for d in documents)
    ]
    (after,) = link_by_name(documents, said)
    assert after.time == "2021-03-12"
    assert list(find_conflicts(after, {})) == [conflict]


def test_tellings_are_grouped_by_what_a_person_said_of_the_day() -> None:
    """What is told of another month is another call, until somebody says that the paper had the day wrong."""
    documents = [call(1, FIRST, time="2021-03-11"), call(2, SECOND, trigger="Telefonat", time="2021-07-11")]
    apart = link_by_name(documents)
    assert len(apart) == 2
    right = make_judgement(
        Verdict.CORRECT, apart[1].id, field="time", value="2021-03-11", made_at="2021-08-01T00:00:00Z", author="Ida"
    )
    (joined,) = link_by_name(documents, [right])
    assert (joined.time, [a.time for a in joined.accounts]) == ("2021-03-11", ["2021-03-11", "2021-07-11"])


def test_a_corrected_place_is_that_of_the_event_whether_its_article_names_it_or_not() -> None:
    """Once a place was accepted as corrected, and nothing came of it."""
    first = call(1, "Marek Toldin hat mit Ilse Brandner in Dorwa telefoniert.", time="2021-03-11", place="Dorwa")
    other = call(2, "Marek Toldin hat mit Ilse Brandner in Kalt-Hafen telefoniert.", time="2021-06-11")
    (event, _) = link_by_name([first, other])
    assert event.place == "ent-Dorwa"
    for subject, value, place in ((0, "Kalt-Hafen", "ent-Kalt-Hafen"), (1, "kalt-hafen", "ent-Kalt-Hafen")):
        told = link_by_name([first, other])[subject]
        corrected = make_judgement(
            Verdict.CORRECT, told.id, field="place", value=value, made_at="2021-05-01T00:00:00Z", author="test"
        )
        after = link_by_name([first, other], [corrected])[subject]
        assert (after.id, after.place) == (told.id, place)
        assert after.accounts == told.accounts
    unknown = make_judgement(
        Verdict.CORRECT, event.id, field="place", value="Nirgends", made_at="2021-05-01T00:00:00Z", author="test"
    )
    after = link_by_name([first, other], [unknown])[0]
    assert (after.place, after.accounts) == (None, event.accounts)
    (right,) = after.corrected
    assert (right.field, right.value, right.author) == ("place", "Nirgends", "test")


def test_the_identifier_is_that_of_the_first_telling() -> None:
    first = call(1, FIRST, time="2021-03-11")
    alone = link_by_name([first])[0].id
    assert link_by_name([first, call(2, SECOND, trigger="Telefonat", time="2021-03-11")])[0].id == alone


def _people(text: str) -> dict[str, EntityKind]:
    return {name: kind for name, kind in PEOPLE.items() if name in text}
