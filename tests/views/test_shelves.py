"""Pages read by keys against the same read from all of the archive: the same records, the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from tests.views import views_story

from quellenlage.model import Document, Verdict, make_judgement
from quellenlage.model.listing import ClaimQuestion, LineQuestion
from quellenlage.store import SqlArchive
from quellenlage.views import shelves
from quellenlage.views.holdings import Holdings, read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.records import (
    claim_record,
    conflict_record,
    entity_record,
    entry_record,
    event_record,
    reuse_record,
    statement_record,
)
from quellenlage.views.resting import event_tree, event_tree_record
from quellenlage.views.wording.corrections import account_mark, claim_mark, event_marks
from quellenlage.views.wording.lines import (
    conflict_words,
    corroboration_words,
    event_date,
    event_title,
    side_sentence,
    trail,
)
from quellenlage.views.wording.statements import counted_words


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    made = views_story.make_archive(tmp_path / "own.db")
    yield made
    made.close()


@pytest.fixture
def whole(archive: SqlArchive) -> Holdings:
    return read_holdings(archive, claims=True)


def test_lines_of_a_page(archive: SqlArchive, whole: Holdings) -> None:
    page = archive.lines(LineQuestion(), limit=1000)
    held = shelves.holdings_of_events(archive, [line.event for line in page.items])
    assert held.linked.chronicle == whole.linked.chronicle
    for entry in whole.linked.chronicle:
        assert entry_record(entry, held) == entry_record(entry, whole)
        event = whole.events[entry.event]
        for lang in ("de", "en"):
            words = words_for(lang)
            assert event_date(event, held, words) == event_date(event, whole, words)
            assert event_title(event, held, words) == event_title(event, whole, words)
            assert corroboration_words(event, words)
            assert list(event_marks(event, held, words)) == list(event_marks(event, whole, words))


def test_one_event_with_all_that_belongs_to_it(archive: SqlArchive, whole: Holdings) -> None:
    words = words_for("de")
    for event in whole.linked.events:
        held = shelves.holdings_of_events(archive, [event.id], whole=True)
        assert event_record(held.events[event.id], held) == event_record(event, whole)
        assert event_tree_record(event_tree(event, held), held) == event_tree_record(event_tree(event, whole), whole)
        for account in event.accounts:
            assert account_mark(account, held, words) == account_mark(account, whole, words)
            assert held.cite(account.member.article) == whole.cite(account.member.article)
            for figure in account.figures:
                place = (figure.evidence.article, figure.evidence.start)
                assert held.sentences[place] == whole.sentences[place]


def test_conflicts_of_a_page(archive: SqlArchive, whole: Holdings) -> None:
    held = shelves.holdings_of_conflicts(archive, [c.id for c in whole.linked.conflicts])
    assert whole.linked.conflicts
    for conflict in whole.linked.conflicts:
        assert conflict_record(conflict, held) == conflict_record(conflict, whole)
        assert conflict_words(conflict, held, words_for("de")) == conflict_words(conflict, whole, words_for("de"))
        for side in conflict.sides:
            assert side_sentence(conflict, side, held) == side_sentence(conflict, side, whole)


def same_claims(held: Holdings, whole: Holdings, keys: list[str]) -> None:
    words = words_for("de")
    lines = {claim.key: claim for claim in whole.claims}
    assert [claim.key for claim in held.claims] == keys
    for claim in held.claims:
        assert claim == lines[claim.key]
        assert claim_record(claim, held) == claim_record(lines[claim.key], whole)
        assert trail(claim, held, words) == trail(claim, whole, words)
        assert claim_mark(claim, held, words) == claim_mark(claim, whole, words)
        statement = held.statement_of[claim.key]
        assert statement_record(statement, held) == statement_record(whole.statement_of[claim.key], whole)
        assert counted_words(statement, held, words) == counted_words(statement, whole, words)


def test_claims_of_a_page(archive: SqlArchive, whole: Holdings) -> None:
    keys = [claim.key for claim in whole.claims]
    same_claims(shelves.holdings_of_claims(archive, keys), whole, keys)
    for key in keys:
        same_claims(shelves.holdings_of_claims(archive, [key]), whole, [key])
    assert shelves.holdings_of_claims(archive, []).claims == []


def test_claims_as_people_left_them(archive: SqlArchive, whole: Holdings) -> None:
    first, second, *rest = [claim.key for claim in whole.claims if any(claim.chain)]
    someone = whole.linked.entities[0].name
    decided = (
        make_judgement(Verdict.REJECT, first, made_at="2026-01-01T00:00:01Z", author="a"),
        make_judgement(
            Verdict.CORRECT, second, field="speaker", value=someone, made_at="2026-01-01T00:00:02Z", author="a"
        ),
        make_judgement(
            Verdict.CORRECT, rest[0], field="speaker", value="Wer Anders", made_at="2026-01-01T00:00:03Z", author="a"
        ),
    )
    for judgement in decided:
        archive.add_judgement(judgement)
    now = read_holdings(archive, claims=True)
    keys = [claim.key for claim in now.claims]
    assert first not in keys
    held = shelves.holdings_of_claims(archive, [first, *keys])
    assert {claim.key: claim for claim in held.claims} == {claim.key: claim for claim in now.claims}


def test_an_entity_with_its_events_and_claims(archive: SqlArchive, whole: Holdings) -> None:
    for entity in whole.linked.entities:
        held = shelves.holdings_of_entity(archive, entity.id)
        found, expected = entity_record(held.entities[entity.id], held), entity_record(entity, whole)
        assert {**found, "forms": sorted(found["forms"].items())} == {
            **expected,
            "forms": sorted(expected["forms"].items()),
        }
    entity = whole.linked.entities[0]
    few = shelves.holdings_of_entity(archive, entity.id, events=(), claims=())
    assert not few.linked.events
    assert not few.claims


def test_an_article_with_all_that_it_tells(archive: SqlArchive, whole: Holdings) -> None:
    for article, citation in whole.citations.items():
        held = shelves.holdings_of_article(archive, article)
        assert held.cite(article) == citation
        mine = [claim.key for claim in whole.claims if claim.article == article]
        same_claims(held, whole, mine)
        told = {e.id for e in whole.linked.events if any(a.member.article == article for a in e.accounts)}
        assert told <= set(held.events)
        taken = [r for r in whole.linked.reuses if article in (r.article, r.earlier)]
        found = {(r.article, r.earlier): r for r in held.linked.reuses}
        for reuse in taken:
            assert reuse_record(found[reuse.article, reuse.earlier], held) == reuse_record(reuse, whole)
    assert set(shelves.holdings_of_articles(archive, list(whole.citations)).citations) == set(whole.citations)


def test_a_page_reads_no_more_documents_than_its_claims_are_of(
    archive: SqlArchive, whole: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []
    read = archive.documents_of

    def noted(articles: Iterable[str]) -> Iterator[Document]:
        listed = set(articles)
        asked.append(listed)
        return read(listed)

    monkeypatch.setattr(archive, "documents_of", noted)
    monkeypatch.setattr(archive, "linked", lambda: pytest.fail("everything was read"))
    monkeypatch.setattr(archive, "documents", lambda: pytest.fail("everything was read"))
    claim = whole.claims[0]
    shelves.holdings_of_claims(archive, [claim.key])
    shelves.holdings_of_events(archive, [line.event for line in archive.lines(LineQuestion()).items])
    assert asked == [{claim.article}]
    assert archive.claims(ClaimQuestion(), limit=1).total == len(whole.claims)
