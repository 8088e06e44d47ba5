"""Stories: what joins articles, that they are stable, what people decide; changes and gaps of the chronicle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.link.made import Making, made

from quellenlage.model import (
    Account,
    ChronicleEntry,
    Conflict,
    ConflictKind,
    Event,
    Evidence,
    Factuality,
    Figure,
    Judgement,
    Linked,
    Member,
    Side,
    Story,
    Verdict,
    make_judgement,
)
from quellenlage.story.changes import find_changes
from quellenlage.story.chronicle import importance
from quellenlage.story.courses import Courses, grow
from quellenlage.story.features import Features
from quellenlage.story.gaps import find_gaps
from quellenlage.story.glance import Glance
from quellenlage.story.stories import find_stories, story_id

DAY = date(2021, 3, 1).toordinal()
WORDS = tuple(f"wort{letter}" for letter in "abcdefghij")


def one(
    number: int,
    names: str = "",
    *,
    day: int | None = 0,
    words: tuple[str, ...] = WORDS,
    ties: str = "",
    tie: str = "event:evm-1",
    worth: float = 1.0,
    faint: tuple[str, ...] = (),
) -> Features:
    at = None if day is None else DAY + day
    return Features(
        article=f"art-{number:02}",
        names={f"ent-{name}": worth for name in names.split()},
        words=words,
        first=at,
        last=at,
        ties={f"art-{other}": tie for other in ties.split()},
        faint=faint,
    )


def groups(courses: Courses) -> set[frozenset[str]]:
    return {frozenset(course.articles) for course in courses.stories.values()}


def test_two_rare_names_and_words_within_weeks_are_one_story_and_years_apart_two() -> None:
    near = grow([one(1, "a b"), one(2, "a b", day=9)])
    assert groups(near) == {frozenset({"art-01", "art-02"})}
    far = grow([one(1, "a b"), one(2, "a b", day=2000, words=tuple({"anderes", "thema", "worta"}))])
    assert len(far.stories) == 2


def test_a_story_that_rests_goes_on_by_more_names() -> None:
    names = "a b c d e f"
    assert len(grow([one(1, names), one(2, names, day=400)]).stories) == 1


def test_names_without_common_words_join_nothing() -> None:
    assert len(grow([one(1, "a b c"), one(2, "a b c", words=tuple({"fremd"}))]).stories) == 2


def test_what_every_article_names_does_not_chain_them() -> None:
    many = [one(n, f"everywhere x{n}", words=(f"wort{n}", f"nomen{n}"), faint=("bericht",)) for n in range(60)]
    assert max(len(course.articles) for course in grow(many).stories.values()) == 1


def test_names_that_go_together_in_every_article_join_nothing_with_a_noun_or_two() -> None:
    parties = [
        one(n, "cdu spd fdp", day=9 * n, words=(f"wort{n}", f"nomen{n}", f"sache{n}", f"thema{n}", "rente"))
        for n in range(40)
    ]
    assert max(len(course.articles) for course in grow(parties).stories.values()) <= 4


def test_one_rare_name_and_strong_nouns_within_days_are_one_story() -> None:
    first = one(1, "ort", worth=0.5, words=("stauda", "wasser", "flucht", "zersto"))
    later = one(2, "ort", worth=0.5, day=2, words=("stauda", "wasser", "helfer", "zelte"))
    assert len(grow([first, later]).stories) == 1
    other = one(3, "ort", worth=0.5, day=2, words=("einbru", "tresor", "nachtz", "beute"))
    assert len(grow([first, other]).stories) == 2


def test_a_trial_is_of_the_story_of_the_crime_and_another_trial_at_its_court_is_not() -> None:
    crime = one(1, "tatort taeter bank", words=("ueberf", "beute", "motorr", "maskie"))
    trial = one(2, "tatort taeter bank", day=200, words=("ueberf", "prozes", "angekl"))
    assert len(grow([crime, trial]).stories) == 1
    court = [one(n, f"gericht x{n}", day=200, words=("prozes", "angekl", f"tat{n}", f"wort{n}")) for n in (3, 4)]
    court = [replace(c, names={**c.names, "ent-gericht": 0.4}) for c in court]
    assert len(grow([crime, trial, *court]).stories) == 3


def test_the_same_nouns_at_once_join_reports_without_a_name_and_never_those_of_two_towns() -> None:
    nouns = ("razzia", "schleu", "wohnun", "bargel")
    bare = [one(1, "bayern", words=nouns), one(2, words=nouns, day=1)]
    assert len(grow(bare).stories) == 1
    assert len(grow([bare[0], one(2, "kiel", words=nouns, day=1)]).stories) == 2
    assert len(grow([bare[0], one(2, words=nouns, day=9)]).stories) == 2


def test_what_is_recalled_or_copied_years_later_ties_no_more() -> None:
    words = ("fremd", "anders", "sonst", "nichts")
    early = one(1, "a b")
    assert len(grow([early, one(2, "a", ties="01", words=words)]).stories) == 1
    assert len(grow([early, one(2, "a", ties="01", tie="recalled:evm-1", words=words, day=60)]).stories) == 2
    assert len(grow([early, one(2, "a", ties="01", tie="text:art-01", words=words, day=600)]).stories) == 2


def test_a_tie_between_articles_that_share_nothing_else_joins_nothing() -> None:
    assert len(grow([one(1, "a"), one(2, "b", ties="01", words=("fremd", "anders"))]).stories) == 2


def test_a_later_article_that_is_tied_to_two_stories_makes_them_one_under_the_older_identifier() -> None:
    early, other = one(1, "a b"), one(2, "c d", words=("fremd", "anders"))
    courses = grow([early, other, one(3, "a b c d", ties="01 02", words=(*WORDS, "fremd", "anders"))])
    assert groups(courses) == {frozenset({"art-01", "art-02", "art-03"})}
    assert set(courses.stories) == {story_id("art-01")}
    assert courses.aliases == {story_id("art-02"): story_id("art-01")}


def test_reasons_say_why() -> None:
    courses = grow([one(1, "a b"), one(2, "a b", day=3, ties="01")])
    score, reasons = courses.why["art-02"]
    assert reasons == ("event:evm-1", "name:ent-a", "name:ent-b", "words:100", "days:3")
    assert score > 0
    assert courses.why["art-01"] == (0.0, ("opens",))


@given(
    st.lists(st.tuples(st.sets(st.sampled_from("abcdef"), max_size=4), st.integers(0, 300), st.booleans()), max_size=12)
)
def test_a_later_article_never_regroups_the_earlier(rows: list[tuple[set[str], int, bool]]) -> None:
    features = [
        one(n, " ".join(sorted(names)), day=day, words=WORDS if same else (f"wort{n}",))
        for n, (names, day, same) in enumerate(rows)
    ]
    before: dict[str, str] = {}
    for count in range(1, len(features) + 1):
        courses = grow(features[:count])
        for article, story in before.items():
            now = courses.story_of[article]
            assert now == story or courses.aliases[story] == now
        assert set(courses.story_of.values()) == set(courses.stories)
        assert sorted(a for c in courses.stories.values() for a in c.articles) == sorted(courses.story_of)
        before = dict(courses.story_of)


DOCUMENTS = [made(n, f"Etwas geschah zum {n}. Mal.", Making(dct="2021-03-01")) for n in (1, 2, 3)]
A, B, C = (d.article.id for d in DOCUMENTS)


def told(*judgements: Judgement) -> tuple[dict[str, tuple[str, ...]], dict[str, str], tuple[Story, ...]]:
    stories, aliases = find_stories({d.article.id: Glance.at(d) for d in DOCUMENTS}, Linked(), judgements)
    return {story.id: story.articles for story in stories}, aliases, stories


def said(verdict: Verdict, subject: str, other: str | None = None, *, title: str | None = None) -> Judgement:
    field = "title" if title else None
    return make_judgement(verdict, subject, made_at="2021-04-01", author="test", other=other, field=field, value=title)


def test_without_decisions_strangers_stay_apart() -> None:
    assert told()[0] == {story_id(A): (A,), story_id(B): (B,), story_id(C): (C,)}


def test_people_join_stories_and_the_older_identifier_stays() -> None:
    found, aliases, stories = told(said(Verdict.SAME, story_id(B), story_id(A)))
    assert found == {story_id(A): (A, B), story_id(C): (C,)}
    assert aliases == {story_id(B): story_id(A)}
    assert stories[0].title


def test_people_put_articles_into_a_story_and_split_them_off() -> None:
    into = said(Verdict.SAME, C, story_id(A))
    found, aliases, stories = told(into)
    assert found == {story_id(A): (A, C), story_id(B): (B,)}
    assert aliases == {story_id(C): story_id(A)}
    assert stories[0].why[1].reasons == (f"judgement:{into.id}",)
    again = told(into, said(Verdict.SAME, C, story_id(C)))[0]
    assert again == {story_id(A): (A,), story_id(B): (B,), story_id(C): (C,)}


def test_a_story_of_ones_own_stands_beside_the_others() -> None:
    own = "sty-0123456789abcdef"
    log = (
        said(Verdict.CORRECT, own, title="Meine Akte"),
        said(Verdict.SAME, A, own),
        said(Verdict.SAME, story_id(C), own),
    )
    found, _, stories = told(*log)
    assert found == {story_id(A): (A,), story_id(B): (B,), story_id(C): (C,), own: (A, C)}
    assert (stories[-1].title, stories[-1].made) == ("Meine Akte", True)
    assert own not in told(log[0])[0]
    assert told(*log[:2], said(Verdict.DIFFER, A, own))[0].get(own) is None


def test_a_story_is_called_what_people_call_it() -> None:
    assert told(said(Verdict.CORRECT, story_id(B), title="Zweites"))[2][1].title == "Zweites"


def account(article: str, factuality: Factuality = Factuality.HAPPENED, low: float | None = None) -> Account:
    words = Evidence(article, "0" * 64, 0, 4, "Satz", "", "")
    figures = (Figure("Tote", low, low, words),) if low is not None else ()
    return Account(Member(article, "v1"), words, factuality, (), f"org-{article}", figures=figures)


def happening(number: int, *accounts: Account, **fields: object) -> Event:
    return Event(f"evm-{number}", "CONSULT", accounts, **fields)  # type: ignore[arg-type]  # fields by name


def test_changes_tell_new_events_new_accounts_numbers_conflicts_and_denials() -> None:
    moved = happening(1, account("art-1", low=12), account("art-2", low=17))
    fresh = happening(2, account("art-2"))
    old = happening(3, account("art-1"))
    denied = happening(4, account("art-1"), account("art-2", Factuality.DENIED))
    sides = tuple(Side(a.factuality.value, a.evidence) for a in denied.accounts)
    conflict = Conflict("cfl-1", "evm-4", ConflictKind.HAPPENED, "", sides)
    linked = Linked(events=(moved, fresh, old, denied), conflicts=(conflict,))
    found = [(c.kind, c.event) for c in find_changes(linked, {"art-2"})]
    assert found == [
        ("conflict", "evm-4"), ("denial", "evm-4"), ("number", "evm-1"), ("event", "evm-2"),
        ("account", "evm-1"), ("account", "evm-4"),
    ]  # fmt: skip
    number = next(c for c in find_changes(linked, {"art-2"}) if c.kind == "number")
    assert (number.unit, number.before, number.after) == ("Tote", (12, 12), (17, 17))
    assert find_changes(linked, ()) == []


def with_line(*events: Event) -> Linked:
    story = Story("sty-1", "T", ("art-1", "art-2"), tuple(e.id for e in events))
    entries = tuple(
        ChronicleEntry(e.id, "sty-1", n, e.accounts[0].evidence, e.event_type, e.factuality)
        for n, e in enumerate(events)
    )
    return Linked(events=events, stories=(story,), chronicle=entries)


PUBLISHED = {"art-1": (date(2021, 3, 1),) * 2, "art-2": (date(2021, 4, 20),) * 2}


def test_what_was_announced_and_never_reported_as_done_is_open() -> None:
    day = date(2021, 3, 10)
    plan = happening(
        1, account("art-1", Factuality.PLANNED), actors=("ent-a",), earliest=day, latest=day,
        factuality=Factuality.PLANNED,
    )  # fmt: skip
    (gap,) = find_gaps(with_line(plan), PUBLISHED)
    assert (gap.kind, gap.event, gap.since, gap.until) == ("announced", "evm-1", day, date(2021, 4, 20))
    done = happening(2, account("art-2"), actors=("ent-a",))
    assert find_gaps(with_line(plan, done), PUBLISHED) == []
    coming = replace(plan, earliest=date(2021, 5, 1), latest=date(2021, 5, 1))
    assert find_gaps(with_line(coming), PUBLISHED) == []


def test_long_silence_in_a_story_is_told() -> None:
    late = {**PUBLISHED, "art-2": (date(2021, 9, 1),) * 2}
    (gap,) = find_gaps(with_line(happening(1, account("art-1"))), late)
    assert (gap.kind, gap.since, gap.until) == ("silence", date(2021, 3, 1), date(2021, 9, 1))


def test_importance_grows_with_articles_and_later_references_and_shrinks_with_doubt() -> None:
    alone, twice = happening(1, account("art-1")), happening(1, account("art-1"), account("art-2"))
    assert importance(twice, 0) > importance(alone, 0)
    assert importance(alone, 2) > importance(alone, 0)
    assert importance(replace(alone, factuality=Factuality.ALLEGED), 0) < importance(alone, 0)
