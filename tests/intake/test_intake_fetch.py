from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from tests.server import HOST, LocalServer, OnlyThisServer, headers_of, resolving

from quellenlage.errors import BadInput, FetchRefused, TooLarge
from quellenlage.intake import FetchOptions, IntakeOptions, captures
from quellenlage.model.capture import Capture

PAGE = (
    "<!doctype html><html lang=de><head><meta charset=utf-8><title>Probe</title>{head}</head><body><article>"
    "<h1>Die Fähre fährt wieder</h1><p>Nach drei Wochen Pause hat die Fähre am Dienstag den Betrieb wieder "
    "aufgenommen, wie die Reederei mitteilte.</p><p>Die Fahrgäste mussten in dieser Zeit auf Busse ausweichen, "
    "{more}die oft überfüllt waren.</p></article></body></html>"
)
Route = tuple[int, dict[str, str], bytes]


class Clock:
    """Stands for the module `time` where pages are fetched: its time passes only where a test lets it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Site(LocalServer):
    """A web server on this machine, with the answers that a test gives it."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.writes: Callable[[str], None] = lambda path: None
        """Called before each byte of an answer that is dripped, and before the whole of another."""
        super().__init__(self._answer)

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        self.seen.append((request.path, headers_of(request)))
        status, headers, body = self.routes.get(request.path, (404, {}, b"nichts"))
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        if "Content-Length" not in headers:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        try:
            for piece in (bytes([b]) for b in body) if request.path == "/drip" else (body,):
                self.writes(request.path)
                request.wfile.write(piece)
        except OSError:
            pass

    def page(self, path: str, *, head: str = "", more: str = "", headers: dict[str, str] | None = None) -> str:
        body = PAGE.format(head=head, more=more).encode()
        self.routes[path] = (200, {"Content-Type": "text/html; charset=utf-8", **(headers or {})}, body)
        return self.url(path)

    def asked(self) -> list[str]:
        return [path for path, _ in self.seen]


NAMES = resolving({HOST: ["127.0.0.1"], "intern.example": ["10.0.0.7"], "halb.example": ["127.0.0.1", "192.168.1.1"]})


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in ("connections", "fetch"):
        monkeypatch.setattr(f"quellenlage.intake.{module}.time", made)
    return made


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def options(site: Site, **changes: Any) -> IntakeOptions:
    fetch = FetchOptions(policy=OnlyThisServer(site.port), resolver=NAMES, pause=0.0)
    return IntakeOptions("2024-05-01T12:00:00Z", fetch=replace(fetch, **changes))


def one(url: str, how: IntakeOptions) -> Capture | BadInput:
    (found,) = captures([url], how)
    return found


def refused(url: str, how: IntakeOptions) -> str:
    found = one(url, how)
    assert isinstance(found, FetchRefused), found
    assert found.remedy
    assert found.source == url
    return found.message


def test_a_page_is_captured_with_its_address(site: Site) -> None:
    url = site.page("/a.html?id=1")
    found = one(url, options(site))
    assert isinstance(found, Capture)
    assert "Die Fähre fährt wieder" in found.text
    assert found.given.url == url
    assert found.source == url
    assert site.asked() == ["/robots.txt", "/.well-known/tdmrep.json", "/a.html?id=1"]


def test_it_says_who_asks_and_keeps_the_host(site: Site) -> None:
    one(site.page("/a"), options(site))
    _, headers = site.seen[-1]
    assert headers["user-agent"].startswith("Quellenlage/")
    assert headers["host"] == f"zeitung.example:{site.port}"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a",
        "http://127.1/a",
        "http://2130706433/a",
        "http://0x7f.1/a",
        "http://[::1]/a",
        "http://localhost/a",
        "http://[::ffff:127.0.0.1]/a",
        "http://10.1.2.3/a",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://100.64.0.1/",
        "http://0.0.0.0/",
        "http://224.0.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://240.0.0.1/",
    ],
)
def test_private_addresses_are_refused_however_they_are_written(url: str) -> None:
    found = one(url, IntakeOptions("2024-05-01"))
    assert isinstance(found, FetchRefused)
    assert "address" in found.message


def test_a_name_that_stands_for_a_private_address_is_refused(site: Site) -> None:
    assert "10.0.0.7" in refused(site.url("/a", "intern.example"), options(site))


def test_one_private_address_among_several_is_enough(site: Site) -> None:
    assert "192.168.1.1" in refused(site.url("/a", "halb.example"), options(site))
    assert site.seen == []


def test_a_name_that_changes_its_address_later_leads_nowhere_else(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])

    def changing(host: str, port: int) -> Sequence[str]:
        return next(answers)

    how = options(site)
    url = site.page("/a")
    assert "10.0.0.7" in refused(url, replace(how, fetch=replace(how.fetch, resolver=changing)))
    assert site.asked() == ["/robots.txt"]  # this server closes connections, so each is resolved and checked


@pytest.mark.parametrize(
    "target", ["http://10.0.0.7/x", "http://intern.example/x", "file:///etc/passwd", "ftp://zeitung.example/x"]
)
def test_redirects_are_checked_like_the_first_address(site: Site, target: str) -> None:
    site.routes["/weg"] = (302, {"Location": target}, b"")
    refused(site.url("/weg"), options(site))


def test_a_redirect_is_followed_and_its_end_recorded(site: Site) -> None:
    end = site.page("/neu")
    site.routes["/alt"] = (301, {"Location": "/neu"}, b"")
    found = one(site.url("/alt"), options(site))
    assert isinstance(found, Capture)
    assert found.given.url == end


def test_endless_redirects_end(site: Site) -> None:
    site.routes["/kreis"] = (302, {"Location": "/kreis"}, b"")
    assert "more than 5 redirects" in refused(site.url("/kreis"), options(site))
    assert site.asked().count("/kreis") == 6


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.routes["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /gesperrt/\n")
    assert "robots.txt" in refused(site.page("/gesperrt/a"), options(site))
    assert "/gesperrt/a" not in site.asked()
    assert isinstance(one(site.page("/offen"), options(site)), Capture)


def test_robots_txt_may_name_us(site: Site) -> None:
    site.routes["/robots.txt"] = (200, {}, b"User-agent: Quellenlage\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert "robots.txt" in refused(site.page("/a"), options(site))


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_missing_robots_txt_allows_and_a_broken_one_does_not(site: Site, status: int, allowed: bool) -> None:
    site.routes["/robots.txt"] = (status, {}, b"")
    assert isinstance(one(site.page("/a"), options(site)), Capture) is allowed


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ('[{"location": "/", "tdm-reservation": 1}]', "/a", False),
        ('[{"location": "/", "tdm-reservation": 0}]', "/a", True),
        ('[{"location": "/bilder/*", "tdm-reservation": 1}]', "/a", True),
        ('[{"location": "/a*", "tdm-reservation": 1, "tdm-policy": "https://zeitung.example/p"}]', "/abc", False),
        ('[{"location": "/", "tdm-reservation": 1}, {"location": "/frei/", "tdm-reservation": 0}]', "/frei/a", True),
        ('{"location": "/*.html$", "tdm-reservation": "1"}', "/x.html", False),
        ("<html>keine Regeln</html>", "/a", True),
        ('[{"location": 5}, null, "x"]', "/a", True),
    ],
)
def test_tdmrep_json(site: Site, rules: str, path: str, allowed: bool) -> None:
    site.routes["/.well-known/tdmrep.json"] = (200, {"Content-Type": "application/json"}, rules.encode())
    url = site.page(path)
    if allowed:
        assert isinstance(one(url, options(site)), Capture)
    else:
        assert "tdmrep.json" in refused(url, options(site))
        assert path not in site.asked()


def test_reservation_in_the_header(site: Site) -> None:
    assert "header tdm-reservation" in refused(site.page("/a", headers={"TDM-Reservation": "1"}), options(site))
    assert isinstance(one(site.page("/b", headers={"tdm-reservation": "0"}), options(site)), Capture)


@pytest.mark.parametrize(
    "meta",
    [
        '<meta name="tdm-reservation" content="1">',
        "<META content=1 name=tdm-reservation>",
        "<meta\nname='TDM-Reservation'\ncontent='1'/>",
    ],
)
def test_reservation_in_the_page(site: Site, meta: str) -> None:
    assert "meta" in refused(site.page("/a", head=meta), options(site))


def test_reservation_in_words_is_a_warning(site: Site) -> None:
    found = one(site.page("/a", more="(Nutzung für Text und Data Mining vorbehalten) "), options(site))
    assert isinstance(found, Capture)
    assert "reservation-in-words" in found.warnings


def test_size_limit_announced_and_found_out(site: Site) -> None:
    how = replace(options(site), max_bytes=1000)
    site.routes["/gross"] = (200, {"Content-Type": "text/plain"}, b"Wort " * 1000)
    found = one(site.url("/gross"), how)
    assert isinstance(found, TooLarge)
    assert "5,000" in found.message
    site.routes["/gzip"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"Wort " * 2_000_000))
    found = one(site.url("/gzip"), how)
    assert isinstance(found, TooLarge)


def test_compressed_answers_are_unpacked(site: Site) -> None:
    body = PAGE.format(head="", more="").encode()
    site.routes["/z"] = (200, {"Content-Encoding": "gzip", "Content-Type": "text/html"}, gzip.compress(body))
    found = one(site.url("/z"), options(site))
    assert isinstance(found, Capture)
    assert found.content == body
    site.routes["/br"] = (200, {"Content-Encoding": "br"}, b"xxx")
    refused(site.url("/br"), options(site))
    site.routes["/bad"] = (200, {"Content-Encoding": "gzip"}, b"kein gzip")
    refused(site.url("/bad"), options(site))


@pytest.mark.parametrize(("each", "given_up"), [(5.0, True), (0.0001, False)])
def test_a_server_that_drips_is_given_up(site: Site, clock: Clock, each: float, given_up: bool) -> None:
    def writes(path: str) -> None:
        clock.now += each if path == "/drip" else 0

    site.writes = writes
    # More than one reading takes: the client has to come back for the rest, however late it is scheduled.
    site.routes["/drip"] = (200, {"Content-Type": "text/plain"}, b"Wort " * 30_000)
    if given_up:
        assert "the time for this address is over" in refused(site.url("/drip"), options(site))
    else:
        assert isinstance(one(site.url("/drip"), options(site)), Capture)


def test_a_name_server_that_is_silent_is_given_up(site: Site) -> None:
    over = threading.Event()

    def silent(host: str, port: int) -> Sequence[str]:
        over.wait(60)  # whoever waits for it gets the page in the end, and fails the test
        return ["127.0.0.1"]

    how = options(site, connect_seconds=0.05)
    said = refused(site.page("/a"), replace(how, fetch=replace(how.fetch, resolver=silent)))
    over.set()
    assert "the name server did not answer for zeitung.example" in said
    assert site.seen == []


def test_errors_of_the_server_and_of_the_connection(site: Site) -> None:
    assert "404" in refused(site.url("/fehlt"), options(site))
    refused(site.url("/a", "unbekannt.example"), options(site))
    site.routes["/leer"] = (200, {}, b"")
    found = one(site.url("/leer"), options(site))
    assert isinstance(found, BadInput)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://zeitung.example/a",
        "file:///etc/passwd",
        "gopher://x",
        "http://",
        "http://[kaputt",
        "https://ä" + "x" * 300,
    ],
)
def test_other_schemes_and_broken_addresses(site: Site, url: str) -> None:
    assert isinstance(one(url, options(site)), FetchRefused)


def test_passwords_are_neither_sent_nor_shown(site: Site) -> None:
    found = one(f"http://nutzer:geheim@zeitung.example:{site.port}/a", options(site))
    assert isinstance(found, FetchRefused)
    assert "geheim" not in str(found)
    assert site.seen == []


def test_network_off_is_said(site: Site) -> None:
    assert "switched off" in refused(site.page("/a"), replace(options(site), network=False))
    assert site.seen == []


def test_one_refusal_does_not_stop_the_others(site: Site) -> None:
    found = list(captures([site.url("/fehlt"), site.page("/a"), "http://10.0.0.1/"], options(site)))
    assert [isinstance(f, Capture) for f in found] == [False, True, False]
    assert site.asked().count("/robots.txt") == 1


def feed(site: Site) -> str:
    items = "".join(
        f"<item><title>Meldung {n}</title><link>{site.url(f'/m{n}')}</link><description>Kurz {n}.</description></item>"
        for n in (1, 2)
    )
    xml = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Zeitung</title>{items}</channel></rss>'
    site.routes["/feed"] = (200, {"Content-Type": "application/rss+xml"}, xml.encode())
    return site.url("/feed")


def test_links_of_a_feed_are_left_alone_unless_asked_for(site: Site) -> None:
    found = list(captures([feed(site)], options(site)))
    assert [f.warnings for f in found if isinstance(f, Capture)] == [("feed-summary-only",)] * 2
    assert "/m1" not in site.asked()


def test_links_of_a_feed_are_fetched_where_asked_for(site: Site) -> None:
    site.page("/m1")
    found = list(captures([feed(site)], replace(options(site), follow_feed=True)))
    assert [type(f) for f in found] == [Capture, FetchRefused]


@pytest.mark.parametrize(
    ("robots", "took", "waited"),
    [
        ("", 0, 4),
        ("", 1, 3),
        ("", 9, 0),
        ("User-agent: *\nCrawl-delay: 7", 0, 7),
        ("User-agent: *\nCrawl-delay: 2", 0, 4),
        ("User-agent: *\nCrawl-delay: 900", 0, 30),
    ],
)
def test_time_is_kept_between_two_pages_of_one_site(
    site: Site, clock: Clock, robots: str, took: int, waited: int
) -> None:
    def writes(path: str) -> None:
        clock.now += took if path == "/a" else 0

    site.writes = writes
    site.routes["/robots.txt"] = (200, {}, robots.encode())
    # Waiting does not count as time for the address: there is less of that than of pauses.
    found = list(captures([site.page("/a"), site.page("/b")], options(site, pause=4, total_seconds=20)))
    assert all(isinstance(f, Capture) for f in found)
    assert clock.slept == [waited]
