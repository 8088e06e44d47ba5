"""Every list against what all of the archive says, read at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.views import views_story

from quellenlage.execution import claims as all_claims
from quellenlage.execution.reading import is_about
from quellenlage.model import (
    ChronicleEntry,
    Conflict,
    ConflictGrade,
    Document,
    EntityKind,
    Event,
    Evidentiality,
    Factuality,
    Linked,
    Polarity,
    QuotationType,
    Verdict,
    fold,
    make_judgement,
)
from quellenlage.model.listing import (
    NAMED,
    ArticleQuestion,
    ClaimQuestion,
    ConflictQuestion,
    EntityQuestion,
    LineQuestion,
)
from quellenlage.store import SqlArchive

ALL = 1000


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = views_story.make_archive(tmp_path / "own.db")
    yield made
    made.close()


class Whole:
    """All of an archive, to be asked one by one."""

    def __init__(self, archive: SqlArchive) -> None:
        self.linked: Linked = archive.linked()
        self.documents: dict[str, Document] = {d.article.id: d for d in archive.documents()}
        self.events: dict[str, Event] = {e.id: e for e in self.linked.events}
        self.lines: list[ChronicleEntry] = list(self.linked.chronicle)
        self.conflicts: dict[str, list[Conflict]] = {}
        for conflict in self.linked.conflicts:
            self.conflicts.setdefault(conflict.event, []).append(conflict)

    def outlets(self, event: Event) -> set[str]:
        found = (self.documents[a.member.article].article.outlet for a in event.accounts)
        return {one.value for one in found if one}

    def grade(self, event: Event) -> ConflictGrade | None:
        return min((c.grade for c in self.conflicts.get(event.id, ()) if not c.settled), default=None, key=_severity)

    def asked(self, takes: Callable[[Event, ChronicleEntry], bool]) -> set[str]:
        return {entry.event for entry in self.lines if takes(self.events[entry.event], entry)}


def _severity(grade: ConflictGrade) -> int:
    return list(ConflictGrade).index(grade)


@pytest.fixture
def whole(archive: SqlArchive) -> Whole:
    return Whole(archive)


def events_of(archive: SqlArchive, question: LineQuestion) -> set[str]:
    page = archive.lines(question, limit=ALL)
    assert page.total == len(page.items)
    assert not page.more
    return {line.event for line in page.items}


def meets(event: Event, first: date | None, last: date | None) -> bool:
    if event.earliest is None or event.latest is None:
        return False
    return (first is None or event.latest >= first) and (last is None or event.earliest <= last)


def test_lines_have_the_fields_of_their_events(archive: SqlArchive, whole: Whole) -> None:
    page = archive.lines(LineQuestion(), limit=ALL)
    assert {line.event for line in page.items} == {entry.event for entry in whole.lines}
    assert whole.lines
    entries = {entry.event: entry for entry in whole.lines}
    for line in page.items:
        event, entry = whole.events[line.event], entries[line.event]
        assert (line.story, line.importance) == (entry.story, entry.importance)
        assert (line.event_type, line.factuality, line.place) == (event.event_type, event.factuality, event.place)
        assert (line.earliest, line.latest, line.revised) == (event.earliest, event.latest, event.revised)
        assert set(line.actors) == set(event.actors)
        assert set(line.recipients) == set(event.recipients)
        assert line.origins == len(event.corroboration.origins)
        assert line.informants == len(event.corroboration.informants)
        assert line.reprints == event.corroboration.reprints
        assert line.articles == len({a.member.article for a in event.accounts})
        assert line.grade == whole.grade(event)
        assert archive.lines_by_event([line.event]) == {line.event: line}


def test_lines_by_every_filter(archive: SqlArchive, whole: Whole) -> None:
    events = [whole.events[entry.event] for entry in whole.lines]
    for entity in {e for event in events for e in (*event.actors, *event.recipients, event.place) if e}:
        assert events_of(archive, LineQuestion(entities=(entity,))) == whole.asked(
            lambda e, _, x=entity: x in (*e.actors, *e.recipients, e.place)  # type: ignore[misc]  # bound now
        )
        assert events_of(archive, LineQuestion(actors=(entity,))) == whole.asked(lambda e, _, x=entity: x in e.actors)  # type: ignore[misc]
        assert events_of(archive, LineQuestion(recipients=(entity,))) == whole.asked(
            lambda e, _, x=entity: x in e.recipients  # type: ignore[misc]  # bound now
        )
        assert events_of(archive, LineQuestion(places=(entity,))) == whole.asked(lambda e, _, x=entity: e.place == x)  # type: ignore[misc]
    for kind in {event.event_type for event in events}:
        assert events_of(archive, LineQuestion(types=(kind,))) == whole.asked(lambda e, _, x=kind: e.event_type == x)  # type: ignore[misc]
    for one in Factuality:
        assert events_of(archive, LineQuestion(factualities=(one,))) == whole.asked(
            lambda e, _, x=one: e.factuality is x  # type: ignore[misc]  # bound now
        )
    for story in whole.linked.stories:
        assert events_of(archive, LineQuestion(stories=(story.id,))) == whole.asked(
            lambda _, entry, x=story.id: x in (entry.story, *entry.also)  # type: ignore[misc]  # bound now
        )
    for origin in whole.linked.origins:
        assert events_of(archive, LineQuestion(origins=(origin.id,))) == whole.asked(
            lambda e, _, x=origin.id: x in {a.origin for a in e.accounts}  # type: ignore[misc]  # bound now
        )
    for document in whole.documents.values():
        assert events_of(archive, LineQuestion(articles=(document.article.id,))) == whole.asked(
            lambda e, _, x=document.article.id: x in {a.member.article for a in e.accounts}  # type: ignore[misc]
        )
        if document.article.outlet:
            assert events_of(archive, LineQuestion(outlets=(document.article.outlet.value,))) == whole.asked(
                lambda e, _, x=document.article.outlet.value: x in whole.outlets(e)  # type: ignore[misc]  # bound now
            )
    for least in range(1, 4):
        assert events_of(archive, LineQuestion(min_origins=least)) == whole.asked(
            lambda e, _, x=least: len(e.corroboration.origins) >= x  # type: ignore[misc]  # bound now
        )
    for grade in ConflictGrade:
        assert events_of(archive, LineQuestion(grades=(grade,))) == whole.asked(
            lambda e, _, x=grade: whole.grade(e) is x  # type: ignore[misc]  # bound now
        )
    assert events_of(archive, LineQuestion(conflicting=False)) == whole.asked(lambda e, _: whole.grade(e) is None)
    assert events_of(archive, LineQuestion(revised=True)) == whole.asked(lambda e, _: e.revised is not None)
    assert events_of(archive, LineQuestion(dated=False)) == whole.asked(lambda e, _: e.interval is None)
    assert events_of(archive, LineQuestion(all=True)) == set(whole.events)
    days = sorted({day for event in events for day in (event.earliest, event.latest) if day})
    for first in days:
        assert events_of(archive, LineQuestion(first=first)) == whole.asked(lambda e, _, x=first: meets(e, x, None))  # type: ignore[misc]
        assert events_of(archive, LineQuestion(last=first)) == whole.asked(lambda e, _, x=first: meets(e, None, x))  # type: ignore[misc]


def test_lines_by_words_of_their_sentences(archive: SqlArchive, whole: Whole) -> None:
    words = {fold(a.evidence.exact).split()[0] for e in whole.linked.events for a in e.accounts}
    for word in sorted(words)[:12]:
        expected = {
            e.id
            for e in whole.linked.events
            for a in e.accounts
            if (document := whole.documents[a.member.article])
            for mention in document.events
            if mention.id == a.member.local
            and (sentence := document.sentence_at(mention.trigger.start))
            and word in fold(sentence.span.of(document.text)).split()
        }
        assert expected
        assert events_of(archive, LineQuestion(words=word, all=True)) == expected
    assert events_of(archive, LineQuestion(words="…")) == set()


def test_lines_in_order_page_by_page(archive: SqlArchive, whole: Whole) -> None:
    keys: dict[str, Callable[[Event], tuple[int, int]]] = {
        "time": lambda e: (e.earliest is None, e.earliest.toordinal() if e.earliest else 0),
        "-time": lambda e: (e.earliest is None, -(e.earliest.toordinal() if e.earliest else 0)),
        "origins": lambda e: (-len(e.corroboration.origins), 0),
    }
    for order, key in keys.items():
        total = len(whole.lines)
        pages = [archive.lines(LineQuestion(), offset=at, limit=2, order=order) for at in range(0, total + 2, 2)]  # type: ignore[arg-type]
        assert {page.total for page in pages} == {total}
        listed = [line.event for page in pages for line in page.items]
        assert len(listed) == len(set(listed)) == total
        found = [key(whole.events[event]) for event in listed]
        assert found == sorted(found)
    told = [line.position for line in archive.lines(LineQuestion(), order="story").items]
    assert told == sorted(told, key=lambda position: position or 0)


@pytest.mark.parametrize("unit", ["day", "month", "year"])
def test_density_counts_each_line_once(archive: SqlArchive, whole: Whole, unit: str) -> None:
    found = archive.density(LineQuestion(), unit)  # type: ignore[arg-type]  # one of the units
    events = [whole.events[entry.event] for entry in whole.lines]
    assert found.undated == sum(1 for e in events if e.interval is None)
    assert sum(sum(b.counts.values()) + b.wider for b in found.buckets) + found.undated == len(events)

    def start(day: date) -> date:
        return day if unit == "day" else day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)

    for bucket in found.buckets:
        mine = [e for e in events if e.earliest and start(e.earliest) == bucket.start]
        within = [e for e in mine if e.latest and start(e.latest) == bucket.start]
        assert bucket.counts == dict(sorted(Counter(str(e.factuality) for e in within).items()))
        assert bucket.wider == len(mine) - len(within)


def test_gaps_are_the_days_between_lines(archive: SqlArchive, whole: Whole) -> None:
    events = [whole.events[entry.event] for entry in whole.lines]
    told = sorted(
        (e.earliest, e.latest) for e in events if e.earliest and e.latest and (e.latest - e.earliest).days <= 31
    )
    expected: list[tuple[date, date]] = []
    until: date | None = None
    for first, last in told:
        if until and (first - until).days - 1 >= 5:
            expected.append((until, first))
        until = max(until, last) if until else last
    assert [(gap.since, gap.until) for gap in archive.gaps(LineQuestion(), 5)] == expected
    assert all(gap.days >= 5 for gap in archive.gaps(LineQuestion(), 5))


def test_facets_of_lines_count_what_filters_find(archive: SqlArchive, whole: Whole) -> None:
    for field, name in {
        "type": "types", "factuality": "factualities", "story": "stories", "actor": "actors", "recipient": "recipients",
        "entity": "entities", "place": "places", "origin": "origins", "outlet": "outlets", "grade": "grades",
    }.items():  # fmt: skip
        facets = archive.facets(LineQuestion(), field, ALL)  # type: ignore[arg-type]  # one of the fields
        assert facets.complete
        assert facets.counted == len(whole.lines)
        for facet in facets.values:
            asked = LineQuestion(**{name: (facet.value,)})  # type: ignore[arg-type]  # fields by name
            if field == "grade":
                asked = LineQuestion(grades=(ConflictGrade(facet.value),))
            assert facet.count == archive.lines(asked).total > 0
            assert facet.label
    names = {e.id: e.name for e in whole.linked.entities}
    assert all(f.label == names[f.value] for f in archive.facets(LineQuestion(), "entity", ALL).values)
    with pytest.raises(KeyError):
        archive.facets(LineQuestion(), "speaker")


def claims_of(archive: SqlArchive, question: ClaimQuestion) -> set[str]:
    page = archive.claims(question, limit=ALL)
    assert page.total == len(page.items)
    return {card.key for card in page.items}


def links(link: Iterable[tuple[str, str]]) -> set[str]:
    return {identifier or NAMED + fold(name) for identifier, name in link}


def check_claims(archive: SqlArchive) -> None:
    """Every question about claims against all claims as people left them."""
    rows = all_claims(archive)
    assert [card.key for card in archive.claims(ClaimQuestion(), limit=ALL).items] == [row.key for row in rows]
    voices = {who for row in rows for link in (*row.chain, row.told) for who in links(link)}
    for who in voices:
        assert claims_of(archive, ClaimQuestion(speakers=(who,))) == {
            r.key for r in rows if r.chain and who in links(r.chain[0])
        }
        assert claims_of(archive, ClaimQuestion(voices=(who,))) == {
            r.key for r in rows if any(who in links(link) for link in r.chain)
        }
    for level in Evidentiality:
        assert claims_of(archive, ClaimQuestion(evidentialities=(level,))) == {
            r.key for r in rows if r.evidentiality is level
        }
    for polarity in Polarity:
        assert claims_of(archive, ClaimQuestion(polarities=(polarity,))) == {
            r.key for r in rows if r.polarity is polarity
        }
    for kind in QuotationType:
        assert claims_of(archive, ClaimQuestion(types=(kind,))) == {r.key for r in rows if r.quotation_type is kind}
    for outlet in {r.outlet for r in rows if r.outlet}:
        assert claims_of(archive, ClaimQuestion(outlets=(outlet,))) == {r.key for r in rows if r.outlet == outlet}
    lost = {r.key for r in rows if r.attributed and not any(r.chain)}
    found = claims_of(archive, ClaimQuestion(unresolved=True))
    assert found == lost if not archive.suppressed() else found <= lost  # a deleted name is known to the article
    for row in rows[:8]:
        word = fold(row.sentence.exact).split()[-1]
        for about in (word, word[:4], f"{word} {fold(row.sentence.exact).split()[0]}"):
            assert claims_of(archive, ClaimQuestion(about=about)) == {
                r.key for r in rows if is_about(r.sentence.exact, about)
            }
    facets = archive.facets(ClaimQuestion(), "speaker", ALL)
    assert {f.value: f.count for f in facets.values} == dict(
        Counter(who for r in rows if r.chain for who in links(r.chain[0]))
    )


def test_claims_by_every_filter(archive: SqlArchive) -> None:
    check_claims(archive)
    cards = archive.claims(ClaimQuestion(), limit=ALL, order="-time").items
    dated = [card.earliest for card in cards if card.earliest]
    assert dated == sorted(dated, reverse=True)
    assert [card.earliest for card in cards][: len(dated)] == dated


def test_claims_as_people_left_them(archive: SqlArchive) -> None:
    rows = all_claims(archive)
    first, second, *_ = [row for row in rows if row.chain]
    names = [entity.name for entity in archive.linked().entities if entity.kind is EntityKind.PER]
    at = iter(f"2026-01-01T00:00:{n:02}Z" for n in range(60))

    def decide(verdict: Verdict, subject: str, **said: str) -> str:
        judgement = make_judgement(verdict, subject, made_at=next(at), author="a", **said)
        archive.add_judgement(judgement)
        check_claims(archive)
        assert archive.verify() == []
        return judgement.id

    rejected = decide(Verdict.REJECT, first.key)
    assert first.key not in claims_of(archive, ClaimQuestion())
    decide(Verdict.UNDO, rejected)
    assert first.key in claims_of(archive, ClaimQuestion())
    decide(Verdict.REJECT, first.key)
    decide(Verdict.CONFIRM, first.key)
    assert first.key in claims_of(archive, ClaimQuestion())
    decide(Verdict.CORRECT, second.key, field="speaker", value=names[-1])
    decide(Verdict.CORRECT, first.key, field="speaker", value="Niemand Bekanntes")
    assert claims_of(archive, ClaimQuestion(speakers=(f"{NAMED}niemand bekanntes",))) == {first.key}


def test_events_that_people_rejected_are_not_listed(archive: SqlArchive, whole: Whole) -> None:
    entry = whole.lines[0]
    event, before = whole.events[entry.event], archive.totals().lines
    keys = [
        mention.key(a.member.article)
        for a in event.accounts
        for mention in whole.documents[a.member.article].events
        if mention.id == a.member.local
    ]
    for number, key in enumerate(keys):
        assert event.id in events_of(archive, LineQuestion())
        archive.add_judgement(make_judgement(Verdict.REJECT, key, made_at=f"2026-01-01T00:00:0{number}Z", author="a"))
    assert event.id not in events_of(archive, LineQuestion())
    assert archive.totals().lines == before - 1
    assert archive.verify() == []


def test_conflicts_by_every_filter(archive: SqlArchive, whole: Whole) -> None:
    conflicts = whole.linked.conflicts
    assert conflicts
    found = archive.conflicts(ConflictQuestion(), limit=ALL)
    assert {card.id: (card.kind, card.grade, card.settled) for card in found.items} == {
        c.id: (c.kind, c.grade, bool(c.settled)) for c in conflicts
    }
    assert [_severity(card.grade) for card in found.items] == sorted(_severity(card.grade) for card in found.items)
    for conflict in conflicts:
        asked = ConflictQuestion(kinds=(conflict.kind,), grades=(conflict.grade,), events=(conflict.event,))
        assert conflict.id in {card.id for card in archive.conflicts(asked).items}
    assert archive.conflicts(ConflictQuestion(settled=True)).total == sum(bool(c.settled) for c in conflicts)
    for entity in whole.linked.entities:
        expected = {
            c.id for c in conflicts if (e := whole.events[c.event]) and entity.id in (*e.actors, *e.recipients, e.place)
        }
        page = archive.conflicts(ConflictQuestion(entities=(entity.id,)))
        assert {card.id for card in page.items} == expected


def test_entities_by_name_and_number(archive: SqlArchive, whole: Whole) -> None:
    page = archive.entities(EntityQuestion(), limit=ALL)
    said = all_claims(archive)
    assert {card.id for card in page.items} == {e.id for e in whole.linked.entities}
    counts = [card.articles for card in page.items]
    assert counts == sorted(counts, reverse=True)
    for entity in whole.linked.entities:
        card = archive.entities_by_id([entity.id])[entity.id]
        assert (card.name, card.kind) == (entity.name, entity.kind)
        assert card.articles == len({m.article for m in entity.members})
        assert card.events == sum(entity.id in (*e.actors, *e.recipients, e.place) for e in whole.linked.events)
        assert card.claims == sum(bool(r.chain) and entity.id in links(r.chain[0]) for r in said)
        words = fold(entity.name).split()
        assert entity.id in {c.id for c in archive.entities(EntityQuestion(entity.name)).items}
        assert entity.id in {
            c.id for c in archive.entities(EntityQuestion(words[-1][:2], prefix=True), limit=ALL).items
        }
        for question in (EntityQuestion(words[-1]), EntityQuestion(" ".join(reversed(words)))):
            asked = set(fold(question.words).split())
            assert {c.id for c in archive.entities(question, limit=ALL).items} == {
                e.id
                for e in whole.linked.entities
                if any(asked <= set(fold(s).split()) for s in (e.name, *e.spellings))
            }
    for kind in EntityKind:
        assert archive.entities(EntityQuestion(kinds=(kind,))).total == sum(
            e.kind is kind for e in whole.linked.entities
        )
    assert archive.entities(EntityQuestion("…")).total == 0


def test_who_is_told_of_with_whom(archive: SqlArchive, whole: Whole) -> None:
    articles = {e.id: {m.article for m in e.members} for e in whole.linked.entities}
    parties = {e.id: {*e.actors, *e.recipients, e.place} for e in whole.linked.events}
    for entity in whole.linked.entities:
        found = archive.co_mentions(entity.id, ALL)
        assert found.complete
        expected = {
            other: (sum({other, entity.id} <= told for told in parties.values()), len(named & articles[entity.id]))
            for other, named in articles.items()
            if other != entity.id
        }
        assert {one.id: (one.events, one.articles) for one in found.items} == {
            other: counts for other, counts in expected.items() if any(counts)
        }


def test_articles_by_every_filter(archive: SqlArchive, whole: Whole) -> None:
    documents = list(whole.documents.values())

    def found(question: ArticleQuestion) -> set[str]:
        page = archive.articles(question, limit=ALL)
        assert page.total == len(page.items)
        return {card.article for card in page.items}

    assert [c.article for c in archive.articles(ArticleQuestion(), limit=ALL, order="capture").items] == list(
        whole.documents
    )
    for outlet in {d.article.outlet.value for d in documents if d.article.outlet}:
        assert found(ArticleQuestion(outlets=(outlet,))) == {
            d.article.id for d in documents if d.article.outlet and d.article.outlet.value == outlet
        }
    for agency in {a.value for d in documents for a in d.article.agencies}:
        assert found(ArticleQuestion(agencies=(agency,))) == {
            d.article.id for d in documents if agency in {a.value for a in d.article.agencies}
        }
    for story in whole.linked.stories:
        assert found(ArticleQuestion(stories=(story.id,))) == set(story.articles)
    for entity in whole.linked.entities:
        assert found(ArticleQuestion(entities=(entity.id,))) == {m.article for m in entity.members}
    for origin in whole.linked.origins:
        assert found(ArticleQuestion(origins=(origin.id,))) == {*origin.articles, *origin.reprints, *origin.relayed}
    for document in documents:
        word = fold(document.text).split()[0]
        assert document.article.id in found(ArticleQuestion(words=word))
    assert found(ArticleQuestion(dated=False)) == {d.article.id for d in documents if d.article.dct is None}


def test_origins_and_who_rests_on_them(archive: SqlArchive, whole: Whole) -> None:
    cards = {card.id: card for card in archive.origins(limit=ALL).items}
    assert set(cards) == {o.id for o in whole.linked.origins}
    for origin in whole.linked.origins:
        card = cards[origin.id]
        assert (card.articles, card.reprints, card.relayed) == (
            len(origin.articles), len(origin.reprints), len(origin.relayed),
        )  # fmt: skip
        assert card.events == sum(origin.id in {a.origin for a in e.accounts} for e in whole.linked.events)
    counted: Counter[tuple[str, str | None, str]] = Counter()
    for origin in whole.linked.origins:
        for role, listed in (("own", origin.articles), ("reprint", origin.reprints), ("relay", origin.relayed)):
            for article in listed:
                outlet = whole.documents[article].article.outlet
                counted[origin.id, outlet.value if outlet else None, role] += 1
    edges = archive.resting(limit=ALL)
    assert {(e.origin, e.outlet): (e.articles, e.reprints, e.relayed) for e in edges} == {
        (o, outlet): tuple(counted[o, outlet, role] for role in ("own", "reprint", "relay")) for o, outlet, _ in counted
    }


def test_places_stories_and_totals(archive: SqlArchive, whole: Whole) -> None:
    places = Counter(e.place for entry in whole.lines if (e := whole.events[entry.event]).place)
    assert {p.entity: p.events for p in archive.places(LineQuestion())} == dict(places)
    stories = {card.id: card for card in archive.story_cards(limit=ALL).items}
    assert set(stories) == {s.id for s in whole.linked.stories}
    for story in whole.linked.stories:
        assert stories[story.id].articles == len(story.articles)
        assert stories[story.id].lines == sum(story.id in (e.story, *e.also) for e in whole.lines)
        assert story.id in {s.id for s in archive.story_cards(story.title.split()[0]).items}
    totals = archive.totals()
    assert totals.articles == len(whole.documents)
    assert totals.lines == len(whole.lines)
    assert totals.conflicts == len(whole.linked.conflicts)
    assert totals.entities == dict(sorted(Counter(str(e.kind) for e in whole.linked.entities).items()))
