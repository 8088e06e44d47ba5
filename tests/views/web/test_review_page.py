"""The review: one question after another with both sides; each answer recorded and taken back; several at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.views.web.deciding_help import HTMX, Desk, deciding

from quellenlage.errors import ArchiveUnusable
from quellenlage.execution import member_ids, resolve
from quellenlage.execution.queue import Question, candidates
from quellenlage.model import Verdict, in_force
from quellenlage.views.locale import words_for
from quellenlage.views.parts import parts_of
from quellenlage.views.shelves import citation_of
from quellenlage.views.web.links import page_of
from quellenlage.views.web.pages import review_several
from quellenlage.views.wording.lines import published_words


@pytest.fixture
def desk(own_client: TestClient, own_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with deciding(own_client, own_path, monkeypatch) as made:
        yield made


def of_kind(desk: Desk, kind: str) -> Question:
    return next(one for one in candidates(desk.archive) if one.kind == kind)


def shown_id(page: html.HtmlElement) -> str:
    return str(page.cssselect('#answers input[name="question"]')[0].get("value"))


def test_the_most_valuable_question_comes_first_with_all_its_answers(desk: Desk) -> None:
    first = candidates(desk.archive)[0]
    page = desk.page("/review")
    assert shown_id(page) == first.id
    keys = [one.get("data-key") for one in page.cssselect("#answers button")]
    assert keys == [*(str(n + 1) for n in range(len(first.choices))), "s"]


@pytest.mark.parametrize("kind", ["entity", "speaker", "event", "conflict"])
def test_every_kind_shows_its_sentences_and_opens_them(desk: Desk, kind: str) -> None:
    question = of_kind(desk, kind)
    page = desk.page(f"/review?kind={kind}&question={question.id}")
    assert shown_id(page) == question.id
    links = page.cssselect(".side-of a.beside-link")
    assert links
    assert len(page.cssselect(".side-of")) >= (1 if kind == "speaker" else 2)
    answer = desk.client.get(links[0].get("hx-get"), headers=HTMX)
    marked = html.fromstring(answer.text).cssselect("mark#at")[0].text_content()
    exact = page.cssselect(".side-of .exact")[0].text_content()
    assert marked.split()[0] == exact.split()[0]


def test_members_of_one_name_are_quoted_where_each_stands(desk: Desk) -> None:
    entity = max(desk.archive.linked().entities, key=lambda one: len({m.article for m in one.members}))
    documents = {d.article.id: d for d in desk.archive.documents()}
    wanted = {
        identifier: member
        for member in entity.members[:4]
        for local, identifier in member_ids(documents[member.article]).items()
        if local == member.local
    }
    found = parts_of(desk.archive, entity, wanted)
    assert found.keys() == wanted.keys()
    for identifier, member in wanted.items():
        part = found[identifier]
        assert part.member == member
        document = documents[member.article]
        assert part.evidence.exact == document.text[part.evidence.start : part.evidence.end]
        assert part.evidence.start == min(m.start for m in document.mentions if m.entity == member.local)


def test_an_answer_is_recorded_and_the_next_question_comes(desk: Desk) -> None:
    page = desk.page("/review?kind=entity")
    first = shown_id(page)
    fields = {"question": first, "kind": "entity", "choice": "2", "note": "verschiedene Ämter"}
    answer = desk.post("/review", fields, htmx=True)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    after = html.fromstring(answer.text)
    assert shown_id(after) != first
    (made,) = desk.log
    assert (made.verdict, made.note) == (Verdict.DIFFER, "verschiedene Ämter")
    assert desk.told == [made]
    assert "nicht dasselbe" in after.cssselect(".last")[0].text_content()
    assert after.cssselect("progress")[0].get("value") == "1"

    undo = after.cssselect(".last form")[0]
    again = desk.post(undo.get("hx-post"), {"verdict": "undo", "subject": made.id}, htmx=True)
    assert shown_id(html.fromstring(again.text)) == first
    assert not in_force(desk.log)


def test_without_a_script_the_address_says_what_was_done(desk: Desk) -> None:
    first = shown_id(desk.page("/review?kind=conflict"))
    answer = desk.post("/review", {"question": first, "kind": "conflict", "choice": "1"})
    assert answer.status_code == 303
    after = desk.page(answer.headers["location"])
    assert shown_id(after) != first
    assert first in after.cssselect(".last form")[0].get("action")


def test_settling_needs_a_reason(desk: Desk) -> None:
    question = of_kind(desk, "conflict")
    number = str([one.name for one in question.choices].index("settle") + 1)
    fields = {"question": question.id, "choice": number}
    answer = desk.post("/review", fields, htmx=True)
    assert answer.status_code == 400
    assert "Grund" in html.fromstring(answer.text).cssselect("[role=alert]")[0].text_content()
    assert not desk.log
    assert desk.post("/review", {**fields, "note": "Berichtigung des Amts"}, htmx=True).status_code == 200
    assert [(j.verdict, j.note) for j in desk.log] == [(Verdict.SETTLE, "Berichtigung des Amts")]


def test_a_speaker_is_chosen_or_named(desk: Desk) -> None:
    question = of_kind(desk, "speaker")
    named = next(n for n, one in enumerate(question.choices, 1) if one.asks == "name")
    fields = {"question": question.id, "choice": str(named)}
    assert desk.post("/review", fields, htmx=True).status_code == 400
    assert desk.post("/review", {**fields, "q": "Irgendwer"}, htmx=True).status_code == 200
    (made,) = desk.log
    assert (made.subject, made.field, made.value) == (question.subject, "speaker", "Irgendwer")


def test_what_is_put_off_comes_back_when_asked_for(desk: Desk) -> None:
    first = shown_id(desk.page("/review"))
    after = html.fromstring(desk.post("/review", {"question": first, "choice": "skip"}, htmx=True).text)
    assert shown_id(after) != first
    assert not desk.log
    assert desk.post("/review/again", {"question": "", "choice": "again"}).status_code == 303
    assert shown_id(desk.page("/review")) == first


@pytest.mark.parametrize("choice", ["0", "99", "x", "", "-1", "²"])
def test_an_answer_that_is_none_is_refused(desk: Desk, choice: str) -> None:
    fields = {"question": shown_id(desk.page("/review")), "choice": choice}
    assert desk.post("/review", fields).status_code == 400
    assert not desk.log


def test_a_question_that_a_link_settled_gives_way_to_the_next(desk: Desk) -> None:
    answer = desk.post("/review", {"question": "qst-0000000000000000", "choice": "1"}, htmx=True)
    assert answer.status_code == 200
    assert shown_id(html.fromstring(answer.text))
    assert not desk.log


def test_the_preview_says_what_merges_and_writes_nothing(desk: Desk) -> None:
    question = of_kind(desk, "entity")
    page = desk.page(f"/review/preview?question={question.id}&choice=1")
    assert "Wird eins" in page.text_content()
    assert not desk.log


def test_several_are_summed_up_recorded_and_taken_back_together(desk: Desk) -> None:
    page = desk.page("/review/list?kind=conflict")
    rows = [one.get("value") for one in page.cssselect('.rows input[name="question"]')]
    assert 2 < len(rows) <= 20
    fields = {"kind": "conflict", "choice": "reject", "question": rows[:2]}
    summary = html.fromstring(desk.post("/review/summary", fields).text)
    assert [one.get("value") for one in summary.cssselect('.summary input[name="question"]')] == rows[:2]
    assert not desk.log
    answer = desk.post("/review/several", {**fields, "note": "Zählweise"})
    assert answer.status_code == 303
    assert [(j.verdict, j.note) for j in desk.log] == [(Verdict.REJECT, "Zählweise")] * 2
    done = desk.page(answer.headers["location"])
    undone = [one.get("value") for one in done.cssselect('form:last-of-type input[name="subject"]')]
    subjects = list(dict.fromkeys(undone))
    assert set(subjects) == {j.id for j in desk.log}
    (back,) = {one.get("value") for one in done.cssselect('input[name="back"]')}
    answer = desk.post("/decisions", {"verdict": "undo", "subject": subjects, "back": back})
    assert answer.status_code == 303
    assert len(desk.page(answer.headers["location"]).cssselect("ol.log > li.undone")) == 2
    assert not in_force(desk.log)


def test_a_failure_among_several_is_named_and_the_others_are_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        one.get("value") for one in desk.page("/review/list?kind=conflict").cssselect('.rows input[name="question"]')
    ][:3]
    calls = iter(range(9))

    def failing_second(*given: Any, **more: Any) -> Any:
        if next(calls) == 1:
            raise ArchiveUnusable("another process is writing to this archive", remedy="wait")
        return resolve(*given, **more)

    monkeypatch.setattr(review_several, "resolve", failing_second)
    answer = desk.post("/review/several", {"kind": "conflict", "choice": "reject", "question": rows})
    assert answer.status_code == 409
    page = html.fromstring(answer.text)
    (link,) = page.cssselect("[role=alert] a")
    assert rows[1] in link.get("href")
    assert "schreibt" in page.cssselect("[role=alert]")[0].text_content()
    assert len(page.cssselect("ol.log > li")) == len(desk.log) == 2
    assert desk.page(link.get("href")).cssselect(f'#answers input[value="{rows[1]}"]')


def test_an_answer_for_one_alone_is_not_given_to_several(desk: Desk) -> None:
    question = of_kind(desk, "speaker")
    fields = {"kind": "speaker", "choice": "speaker", "question": question.id}
    page = html.fromstring(desk.post("/review/summary", fields).text)
    assert not page.cssselect('.summary input[name="question"]')


def test_more_than_are_shown_are_never_decided_at_once(desk: Desk) -> None:
    fields = {"kind": "conflict", "choice": "reject", "question": [f"qst-{n:016x}" for n in range(21)]}
    assert desk.post("/review/several", fields).status_code == 400


def test_an_article_beside_a_question_is_its_whole_text(desk: Desk, own_path: Path) -> None:
    document = next(iter(desk.archive.documents()))
    page = desk.page(f"/review/text/{document.article.id}?at=0-5")
    words = " ".join(page.cssselect(".read-beside")[0].text_content().split())
    assert all(word in words for word in document.text.split())
    assert page.cssselect("mark#at")[0].text_content() == document.text[:5].strip()
    cited = citation_of(desk.archive.citations([document.article.id])[0])
    told = f"{cited.label}, {published_words(cited, words_for('de'))}"
    assert str(page.cssselect(".source")[0].text).strip() == told
    assert desk.client.get("/review/text/art-0000000000000000").status_code == 404
    assert not desk.page(f"/review/text/{document.article.id}?at=5-99999999").cssselect("mark")


def test_links_of_a_question_lead_to_pages(desk: Desk) -> None:
    question = of_kind(desk, "conflict")
    page = desk.page(f"/review?question={question.id}")
    hrefs = {one.get("href") for one in page.cssselect(".side-of h3 a")}
    assert hrefs == {page_of(question.subject)}


def test_the_sentence_of_a_side_is_an_exact_slice(desk: Desk) -> None:
    page = desk.page("/review?kind=conflict")
    text = {d.article.id: d.text for d in desk.archive.documents()}
    for link in page.cssselect(".side-of a.open"):
        article = str(link.get("href")).split("/")[2].split("?")[0]
        assert link.cssselect(".exact")[0].text_content() in text[article]
