"""`quellenlage watch` as its user calls it: a file of feeds, a server, an archive, reports at their targets."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import signal
import socketserver
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from email import message_from_string
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.execution.watching.site import Site, manners
from tests.views.views_story import Run

from quellenlage.encoder import files
from quellenlage.errors import ArchiveUnusable, StateUnusable
from quellenlage.execution import forget_article, forget_person, forget_texts
from quellenlage.execution.watching.letters import withdraw_beside
from quellenlage.execution.watching.state import open_state
from quellenlage.model import Forgotten
from quellenlage.model.ledger import Deed, LogEntry
from quellenlage.store import open_archive
from quellenlage.views.cli.clock import now
from quellenlage.views.cli.settings import Settings
from quellenlage.views.discretion import Manner
from quellenlage.views.watching.starting import Call, start

ROOT = Path(__file__).parents[3]
FIRST = (
    "Port Alven, 14. Mai 2024. Sundrien hat am Dienstag 400 Soldaten an die Brücke von Halvik verlegt. "
    "Das teilte das Verteidigungsministerium von Sundrien mit."
)
DENIAL = (
    "Port Alven, 15. Mai 2024. Sundrien hat am Dienstag nach Angaben der Küstenwache 900 Soldaten an die Brücke von "
    "Halvik verlegt. Ministerpräsidentin Elin Torvald wies den Vorwurf des Wortbruchs am Mittwoch zurück."
)
VISIT = (
    "Kalta, 20. Juni 2024. Ministerpräsidentin Elin Torvald traf am Donnerstag in Kalta den Botschafter von Nordmark."
)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


class Posted:
    """A receiver of webhooks on this machine; `status` is what it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        posted = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                posted.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(posted.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"


class Mailbox:
    """As much of a mail server as a letter needs."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        box = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                def say(text: str) -> None:
                    self.wfile.write(text.encode() + b"\r\n")

                say("220 test")
                while line := self.rfile.readline().decode().strip():
                    word = line[:4].upper()
                    if word == "DATA":
                        say("354 go on")
                        lines = []
                        while (got := self.rfile.readline().rstrip(b"\r\n")) != b".":
                            lines.append(got.decode())
                        box.letters.append("\n".join(lines))
                        say("250 taken")
                    elif word == "QUIT":
                        say("221 bye")
                        return
                    else:
                        say("250 ok")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.port = int(self.server.server_address[1])


@pytest.fixture
def hook() -> Iterator[Posted]:
    made = Posted()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    made = Mailbox()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Desk:
    """A folder with a file of feeds and an archive, watched by rules alone."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site = folder, site
        self.settings = Settings("de", archive=str(folder / "a.db"))
        site.page("/a", FIRST)
        site.rss("/feed", [site.url("/a")])

    def write(self, *reports: str) -> str:
        path = self.folder / "FEEDS.toml"
        feed = f'pause = "1s"\n[[feed]]\nurl = "{self.site.url("/feed")}"\noutlet = "Morgenruf"\n'
        path.write_text(feed + "".join(f"[[report]]\n{one}\n" for one in reports), encoding="utf-8")
        return str(path)

    def once(self, path: str) -> int:
        return start(self.settings, Call(path, once=True), manners(self.site.port))

    def second_article(self, text: str = DENIAL) -> None:
        self.site.page("/b", text)
        self.site.rss("/feed", [self.site.url("/a"), self.site.url("/b")])
        self.let_time_pass()

    def let_time_pass(self) -> None:
        """As if the last round had been a day ago."""
        with open_state(self.settings.archive + ".watch") as state, state.writing():
            state._db.execute("update feeds set due = 0")
            state._db.execute("update pages set due = 0 where due is not null")
            state._db.execute("update outbox set due = 0")


@pytest.fixture
def desk(tmp_path: Path, site: Site) -> Desk:
    return Desk(tmp_path, site)


def test_a_round_adds_builds_and_reports_to_file_and_terminal(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write('to = "file"\npath = "bericht.md"', 'to = "terminal"')
    assert desk.once(path) == 0
    told = capsys.readouterr()
    assert "### Neue Ereignisse" in told.out
    assert "1 Feed angesehen (0 ohne Neues), 1 Seite abgerufen, 1 neuer Artikel" in told.err
    report = (desk.folder / "bericht.md").read_text("utf-8")
    assert "400 Soldaten an die Brücke von Halvik" in report
    assert "Morgenruf" in report
    desk.second_article()
    assert desk.once(path) == 0
    later = (desk.folder / "bericht.md").read_text("utf-8").removeprefix(report)
    assert later.count("## Was neu ist") == 1
    assert "900" in later
    assert capsys.readouterr().out.count("Was neu ist") == 1
    desk.let_time_pass()
    desk.once(path)
    assert (desk.folder / "bericht.md").read_text("utf-8") == report + later
    assert capsys.readouterr().out == ""


def test_a_new_version_is_reported_with_what_it_changed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write()
    desk.once(path)
    capsys.readouterr()
    desk.site.page("/a", FIRST.replace("400", "600"))
    desk.let_time_pass()
    assert desk.once(path) == 0
    told = capsys.readouterr().out
    assert "1 neue Fassung" in told
    assert "### Berichtigungen" in told
    correction = told.partition("### Berichtigungen")[2]
    assert "400" in correction
    assert "600" in correction


def test_a_webhook_is_signed_and_tried_again(
    desk: Desk, hook: Posted, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUELLENLAGE_WEBHOOK_SECRET", "geheim")
    path = desk.write(f'to = "webhook"\nurl = "{hook.url}"', 'to = "file"\npath = "b.jsonl"\nformat = "jsonl"')
    hook.status = 500
    assert desk.once(path) == 1
    assert "Versuch 1, wird wiederholt" in capsys.readouterr().err
    assert (desk.folder / "b.jsonl").read_text("utf-8").count('"record":"report"') == 1
    hook.status = 204
    desk.let_time_pass()
    assert desk.once(path) == 0
    (first, body), (second, again) = hook.got
    assert body == again
    assert first["x-quellenlage-report"] == second["x-quellenlage-report"]
    signed = f"{second['x-quellenlage-report']}.".encode() + body
    digest = hmac.new(b"geheim", signed, hashlib.sha256).hexdigest()
    assert second["x-quellenlage-signature"] == f"sha256={digest}"
    records = json.loads(body)
    assert records[0]["added"] == 1
    changes = [r for r in records if r["record"] == "change"]
    assert changes
    assert all(r["line"] and r["sources"] for r in changes)


def mailed(box: Mailbox) -> str:
    """The text of the one letter that came."""
    (letter,) = box.letters
    return str(message_from_string(letter, policy=default).get_body().get_content())  # type: ignore[union-attr]  # a letter without a body fails here as well


def every_byte(desk: Desk) -> bytes:
    return b"".join(one.read_bytes() for one in desk.folder.glob("a.db.watch*"))


@pytest.fixture
def waiting(desk: Desk, hook: Posted, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The file of feeds of a watch whose three reports on two articles could not be delivered."""
    monkeypatch.setenv("QUELLENLAGE_WEBHOOK_SECRET", "geheim")
    hook.status = 500
    path = desk.write(
        f'to = "webhook"\nurl = "{hook.url}"',
        'to = "file"\npath = "fehlt/b.md"',
        'to = "email"\nserver = "127.0.0.1"\nport = 1\nfrom = "q@example.org"\naddresses = ["r@example.org"]',
    )
    desk.second_article(VISIT)
    assert desk.once(path) == 1
    kept = every_byte(desk)
    assert kept.count(b"Elin Torvald") >= 3
    assert b"traf am Donnerstag" in kept
    assert b"400 Soldaten" in kept
    capsys.readouterr()
    return path


def deliver_all(desk: Desk, hook: Posted, path: str) -> str:
    """What is delivered, when everything can be, to the file and the webhook."""
    (desk.folder / "fehlt").mkdir()
    hook.status = 204
    desk.let_time_pass()
    desk.once(path)
    assert isinstance(json.loads(hook.got[-1][1]), list)
    return hook.got[-1][1].decode() + (desk.folder / "fehlt" / "b.md").read_text("utf-8")


def test_a_forgotten_article_goes_from_the_reports_that_wait(desk: Desk, hook: Posted, waiting: str) -> None:
    archive = open_archive(desk.settings.archive)
    article = next(d.article.id for d in archive.documents() if "Torvald" in d.text)
    assert forget_article(archive, article, clock=now).reports == 3
    assert b"Torvald" not in every_byte(desk)
    told = deliver_all(desk, hook, waiting)
    assert forget_article(archive, archive.capture_ids()[0], clock=now).reports == 1
    archive.close()
    assert "Torvald" not in told
    assert "400 Soldaten" in told
    assert "### " in told


def test_a_forgotten_person_goes_from_the_reports_that_wait(desk: Desk, hook: Posted, waiting: str) -> None:
    archive = open_archive(desk.settings.archive)
    assert forget_person(archive, "Elin Torvald", clock=now).reports == 3
    archive.close()
    assert b"Torvald" not in every_byte(desk)
    told = deliver_all(desk, hook, waiting)
    assert "Torvald" not in told
    assert "400 Soldaten" in told


def test_forgotten_texts_go_from_the_reports_that_wait(desk: Desk, waiting: str) -> None:
    archive = open_archive(desk.settings.archive)
    assert forget_texts(archive, clock=now).reports == 2
    archive.close()
    # An e-mail has no sentence of an article: it is delivered as it is.
    assert b"traf am Donnerstag" not in every_byte(desk)
    assert b"Elin Torvald" in every_byte(desk)


def test_a_watch_that_runs_takes_out_itself_what_is_forgotten(desk: Desk, hook: Posted, waiting: str) -> None:
    archive = open_archive(desk.settings.archive)
    with open_state(desk.settings.archive + ".watch"):
        assert forget_person(archive, "Elin Torvald", clock=now).reports is None
    archive.close()
    assert "Torvald" not in deliver_all(desk, hook, waiting)


@pytest.mark.parametrize(
    ("column", "garbage"),
    [("body", "{"), ("body", '{"parts":' + "[" * 5000), ("at", "gestern"), ("at", "2026-01-01T00:00:00")],
)
def test_a_report_that_cannot_be_read_is_told_and_all_else_is_forgotten(
    desk: Desk, waiting: str, column: str, garbage: str
) -> None:
    path = desk.settings.archive
    with closing(sqlite3.connect(f"{path}.watch")) as connection, connection:
        connection.execute(f"update outbox set {column} = ? where rowid = 2", (garbage,))  # noqa: S608 - our own word
    archive = open_archive(path)
    done = forget_person(archive, "Elin Torvald", clock=now)
    assert (done.entities, done.reports) == (1, None)
    assert isinstance(done.unread, StateUnusable)
    assert archive.suppressed()
    archive.close()
    with closing(sqlite3.connect(f"{path}.watch")) as connection:
        others = [body for (body,) in connection.execute("select body from outbox where rowid <> 2")]
    assert others
    assert not any("Torvald" in body for body in others)
    # The watch itself loses the round, and says so with the remedy.
    with pytest.raises(StateUnusable, match="the state of the watch cannot be read"):
        desk.once(waiting)


def test_what_was_forgotten_before_is_no_reason_to_take_anything_out(desk: Desk, waiting: str) -> None:
    archive = open_archive(desk.settings.archive)
    archive.append_log([LogEntry("deletion", "person", "", "2020-01-01T00:00:00+00:00")])
    archive.suppress(["elin torvald"], deed=Deed("2020-01-01T00:00:00+00:00"))
    assert withdraw_beside(archive, Forgotten()).reports == 0
    archive.close()
    assert b"Elin Torvald" in every_byte(desk)


@pytest.mark.parametrize("manner", ["initials", None])
def test_private_persons_have_no_name_in_any_report(
    desk: Desk, hook: Posted, box: Mailbox, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    manner: Manner | None,
) -> None:  # fmt: skip
    shown = "E. T." if manner else "Elin Torvald"
    monkeypatch.setenv("QUELLENLAGE_WEBHOOK_SECRET", "geheim")
    mail = f'to = "email"\nserver = "127.0.0.1"\nport = {box.port}\nsecurity = "none"'
    path = desk.write(
        f'to = "webhook"\nurl = "{hook.url}"', 'to = "file"\npath = "b.md"', 'to = "terminal"',
        'to = "file"\npath = "b.jsonl"\nformat = "jsonl"',
        f'{mail}\nfrom = "q@example.org"\naddresses = ["r@example.org"]',
    )  # fmt: skip
    desk.site.page("/a", VISIT.replace("Ministerpräsidentin", "Die Bäckerin"))
    start(desk.settings, Call(path, once=True, pseudonyms=manner), manners(desk.site.port))
    files_written = [(desk.folder / name).read_text("utf-8") for name in ("b.md", "b.jsonl")]
    written = [capsys.readouterr().out, hook.got[0][1].decode(), *files_written, mailed(box)]
    assert len(written) == 5
    for one in written:
        assert shown in one
        assert ("Torvald" in one) is (manner is None)


def test_an_e_mail_has_lines_and_citations_and_no_sentence(desk: Desk, box: Mailbox) -> None:
    server = f'server = "127.0.0.1"\nport = {box.port}\nsecurity = "none"'
    path = desk.write(f'to = "email"\n{server}\nfrom = "q@example.org"\naddresses = ["r@example.org"]')
    assert desk.once(path) == 0
    assert "To: r@example.org" in box.letters[0]
    text = mailed(box)
    assert "Neue Ereignisse" in text
    assert "Morgenruf" in text
    assert "teilte das Verteidigungsministerium" not in text


def test_a_target_without_its_secret_is_named_and_costs_nothing_else(
    desk: Desk, hook: Posted, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QUELLENLAGE_WEBHOOK_SECRET", raising=False)
    path = desk.write(f'to = "webhook"\nurl = "{hook.url}"', 'to = "file"\npath = "b.md"')
    assert desk.once(path) == 1
    assert "QUELLENLAGE_WEBHOOK_SECRET" in capsys.readouterr().err
    assert hook.got == []
    assert (desk.folder / "b.md").stat().st_size > 0


def test_a_watch_that_ends_between_add_and_build_reports_everything_at_its_next_start(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.write()

    def killed(*_: object) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patch:
        patch.setattr("quellenlage.views.watching.starting.build_all", killed)
        with pytest.raises(SystemExit):
            desk.once(path)
    archive = open_archive(desk.settings.archive)
    assert archive.counts()["captures"] == 1
    assert archive.counts()["articles"] == 0
    archive.close()
    assert desk.once(path) == 0
    assert "400 Soldaten" in capsys.readouterr().out
    assert desk.site.asked("/a") == 1


def test_what_fails_is_named_at_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write()
    desk.site.routes.clear()
    assert desk.once(path) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(f"Nicht abgerufen: {desk.site.url('/feed')}: der Server antwortete")
    assert told[1].startswith(f"{desk.site.url('/feed')} ruht bis 20")
    assert told[1].endswith(", nach 1 Fehlschlag")
    assert told[-1].endswith("0 Feeds angesehen (0 ohne Neues), 1 misslungen, 1 Feed ruht")
    assert desk.once(path) == 0
    (told_again,) = capsys.readouterr().err.splitlines()
    assert told_again.endswith("0 Feeds angesehen (0 ohne Neues), 1 Feed ruht")
    assert start(desk.settings, Call(path, dry_run=True), manners(desk.site.port)) == 0
    rests, rehearsed = capsys.readouterr().err.splitlines()
    assert rests == told[1]
    assert rehearsed.endswith("– Probelauf, nichts wird geschrieben: 0 Feeds angesehen (0 ohne Neues), 1 Feed ruht")
    assert start(replace(desk.settings, json=True), Call(path, once=True), manners(desk.site.port)) == 0
    (record,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [(one["url"], one["failures"]) for one in record["resting"]] == [(desk.site.url("/feed"), 1)]


def test_a_rehearsal_writes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write()
    assert start(desk.settings, Call(path, dry_run=True), manners(desk.site.port)) == 0
    assert capsys.readouterr().out.split() == [desk.site.url("/a")]
    assert [one.name for one in desk.folder.iterdir()] == ["FEEDS.toml"]


def test_a_rehearsal_lets_nothing_rest(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    path = desk.write()
    desk.site.routes.clear()
    for _ in range(2):
        assert start(desk.settings, Call(path, dry_run=True), manners(desk.site.port)) == 1
        failed, would, told = capsys.readouterr().err.splitlines()
        assert failed.startswith(f"Nicht abgerufen: {desk.site.url('/feed')}")
        assert would.startswith(f"{desk.site.url('/feed')}: eine Runde ließe das von nun an bis 20")
        assert told.endswith("– Probelauf, nichts wird geschrieben: 0 Feeds angesehen (0 ohne Neues), 1 misslungen")


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
def test_a_running_watch_is_stopped_and_started_again(desk: Desk, by: signal.Signals) -> None:
    path = desk.write('to = "file"\npath = "b.md"')
    program = f"""
        import sys
        from tests.execution.watching.site import manners
        from quellenlage.views.cli.settings import Settings
        from quellenlage.views.watching.starting import Call, start
        sys.exit(start(Settings("de", archive={desk.settings.archive!r}), Call({path!r}), manners({desk.site.port})))
    """
    environ = {**os.environ, "PYTHONPATH": str(ROOT), files.VARIABLE: files.Models.RULES}
    report = desk.folder / "b.md"

    def run() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(program)], cwd=ROOT, env=environ, stderr=subprocess.PIPE
        )

    with run() as watch:
        for _ in range(600):
            if report.exists() and report.stat().st_size:
                break
            time.sleep(0.1)
        with pytest.raises(ArchiveUnusable):
            open_state(desk.settings.archive + ".watch")
        watch.send_signal(by)
        _, told = watch.communicate(timeout=60)
    assert watch.returncode == (0 if by is signal.SIGTERM else -by), told.decode()
    before = report.read_text("utf-8")
    desk.second_article()
    assert desk.once(path) == 0
    assert report.read_text("utf-8").startswith(before)
    assert report.read_text("utf-8").count("## Was neu ist") == 2


def test_a_faulty_file_is_told_line_by_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "F.toml").write_text('evry = "1h"\n[[feed]]\nurl = "x"\n', encoding="utf-8")
    done = run("watch", "F.toml", "--once")
    assert done.exit_code == 2
    assert "line 1: there is no setting evry; perhaps every" in done.stderr
    assert "line 3: x is no web address" in done.stderr
    assert run("watch", "F.toml", "--interval", "5").exit_code == 2
    assert run("watch", "keine.toml").exit_code == 2
