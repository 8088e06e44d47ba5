"""Reports: what confirms, how a report is written, and that a target which fails is tried again and given up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from quellenlage.errors import UnreadableInput
from quellenlage.execution.watching.letters import Letter
from quellenlage.execution.watching.plan import FileTarget
from quellenlage.execution.watching.round import Round, Trouble
from quellenlage.execution.watching.state import State, Taken, Waiting, open_state
from quellenlage.model import (
    Account,
    Event,
    Factuality,
    Member,
    Revision,
    RevisionKind,
    Span,
    Verdict,
    evidence,
    make_judgement,
)
from quellenlage.store import SqlArchive
from quellenlage.story.changes import Change
from quellenlage.views.locale import words_for
from quellenlage.views.watching import report as reporting
from quellenlage.views.watching.rendering import mail_text, markdown, records
from quellenlage.views.watching.report import Report, confirms, news_of, report_of
from quellenlage.views.watching.targets import MOST_TRIES, deliver, letter_for

AT = "2024-03-01T08:00:00+00:00"
TEXT = "Sundrien verlegte 400 Soldaten an die Brücke."


def taken_of(archive: SqlArchive, first: int = 0) -> list[Taken]:
    return [Taken(capture, f"https://z.example/{capture}", AT, False) for capture in archive.capture_ids()[first:]]


@pytest.fixture
def report(archive: SqlArchive) -> Report:
    gone = Trouble("https://z.example/feed", "gone", UnreadableInput("https://z.example/feed", "it is not UTF-8"))
    done = Round(AT, troubles=[gone])
    return report_of(news_of(archive, taken_of(archive, 2), "", done), words_for("de"))


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with open_state(str(tmp_path / "s.watch")) as made:
        yield made


def account(article: str, speaker: str, origin: str, factuality: Factuality = Factuality.HAPPENED) -> Account:
    said = evidence(article, TEXT, Span(0, len(TEXT)))
    return Account(Member(article, "e1"), said, factuality, ((speaker,),) if speaker else (), origin)


@pytest.mark.parametrize(
    ("later", "confirming"),
    [
        (account("art-2", "ent-2", "org-2"), True),
        (account("art-2", "", "org-2"), True),
        (account("art-2", "ent-1", "org-2"), False),
        (account("art-2", "ent-2", "org-2", Factuality.DENIED), False),
        (account("art-2", "ent-2", "org-2", Factuality.PLANNED), False),
        (replace(account("art-2", "ent-2", "org-2"), reprint_of="art-1"), False),
    ],
)
def test_a_firm_account_on_another_word_confirms(later: Account, confirming: bool) -> None:
    event = Event("evt-1", "MOBILIZE", (account("art-1", "ent-1", "org-1"), later))
    assert confirms(event, [later], {"art-2"}) is confirming


def test_what_only_denials_told_before_is_told_and_not_confirmed() -> None:
    later = account("art-2", "ent-2", "org-2")
    event = Event("evt-1", "MOBILIZE", (later,))
    assert not confirms(event, [later], {"art-2"})


def test_a_report_has_the_weightiest_first_each_with_line_and_source(report: Report) -> None:
    assert report.told
    order = list(reporting.TITLES)
    kinds = [order.index(told.kind) for told in report.told]
    assert kinds == sorted(kinds)
    assert len(set(kinds)) > 2
    assert all(told.line and told.sources and told.sources[0].label for told in report.told)


def test_markdown_quotes_and_an_e_mail_does_not(report: Report) -> None:
    words = words_for("de")
    subject, text = mail_text(report, words)
    written = markdown(report, words)
    quotes = [source.quote for told in report.told or () for source in told.sources if len(source.quote) > 40]
    assert quotes
    assert all(quote.split(" ")[1] in written for quote in quotes)
    assert [quote for quote in quotes if quote in text] == []
    assert "\n" not in subject
    assert "gibt es nicht mehr" in text


def test_what_articles_say_cannot_format_a_report(report: Report) -> None:
    assert report.told
    told = replace(report.told[0], line="# <script>\n**x** [y](javascript:z)\x1b[31m")
    written = markdown(replace(report, told=(told,)), words_for("en"))
    assert "<script>" not in written
    assert "\x1b" not in written
    assert "\\[y\\]" in written
    assert "\n**x" not in written


def test_records_belong_to_their_report(report: Report) -> None:
    head, *rest = records(report)
    assert (head["record"], head["changes"]) == ("report", len(report.told or ()))
    assert {record["report"] for record in rest} == {report.id}
    assert [record["kind"] for record in rest if record["record"] == "feed"] == ["gone"]


def test_decisions_since_the_last_report_are_told_once(archive: SqlArchive) -> None:
    conflict = archive.linked().conflicts[0].id
    archive.add_judgement(make_judgement(Verdict.SETTLE, conflict, made_at="2024-03-02T08:00:00+00:00", author="x"))
    told = [report_of(news_of(archive, [], since, Round(AT)), words_for("de")).told
            for since in ("2024-03-01T00:00:00+00:00", "2024-03-03T00:00:00+00:00")]  # fmt: skip
    assert [[one.kind for one in part or ()] for part in told] == [["settled"], []]


def test_too_much_is_counted(archive: SqlArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "MOST", 1)
    found = report_of(news_of(archive, taken_of(archive), "", Round(AT)), words_for("en"))
    assert found.told is None
    assert "chronicle --since 2024-03-01" in markdown(found, words_for("en"))


def test_nothing_new_is_no_report(archive: SqlArchive) -> None:
    assert report_of(news_of(archive, [], AT, Round(AT)), words_for("de")).empty


def test_a_failing_target_is_tried_again_then_given_up_and_costs_nothing_else(
    report: Report, state: State, tmp_path: Path
) -> None:
    good, bad = FileTarget(str(tmp_path / "gut.md")), FileTarget(str(tmp_path / "fehlt" / "b.md"))
    targets = {one.key: one for one in (bad, good)}
    letters = [
        Waiting(report.id, key, AT, letter_for(one, report, words_for("de")), 0, 0) for key, one in targets.items()
    ]
    state.hand_over([], letters, AT)
    now, tries = 1_000_000, []
    for _ in range(200):
        now += 3_600
        tries += [(one.target, one.tries, one.given_up) for one in deliver(state, targets, now)]
    assert tries == [(bad.key, n, n == MOST_TRIES) for n in range(1, MOST_TRIES + 1)]
    assert Path(good.path).read_text("utf-8") == markdown(report, words_for("de"))
    assert state.waiting() == []


def test_a_report_that_was_written_before_a_kill_is_not_written_twice(
    report: Report, state: State, tmp_path: Path
) -> None:
    target = FileTarget(str(tmp_path / "b.jsonl"), "jsonl")
    letter = Waiting(report.id, target.key, AT, letter_for(target, report, words_for("de")), 0, 0)
    for _ in range(2):
        state.hand_over([], [letter], AT)
        assert deliver(state, {target.key: target}, 0) == []
    written = Path(target.path).read_text("utf-8")
    assert written.count('"record":"report"') == 1


def test_a_version_whose_earlier_one_is_not_here_makes_a_letter_that_can_be_read(archive: SqlArchive) -> None:
    taken = taken_of(archive, 2)
    article = archive.articles_of([taken[0].capture])[0]
    news = replace(
        news_of(archive, taken, "", Round(AT)),
        revisions=(Revision(article, None, next(iter(RevisionKind))),),
        changes=(("correction", Change("correction", None, other=article)),),
    )
    words = words_for("de")
    letter = msgspec.json.decode(letter_for(FileTarget("b.md"), report_of(news, words), words), type=Letter)
    assert [part.articles for part in letter.parts if part.articles] == [(article,)]


def test_what_waits_for_a_target_that_is_no_more_is_let_go(report: Report, state: State) -> None:
    state.hand_over([], [Waiting(report.id, "file /weg", AT, "{}", 0, 0)], AT)
    assert deliver(state, {}, 0) == []
    assert state.waiting() == []
