"""Rounds of a watch against a server of the tests: what is fetched when, what is kept, what is left alone."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from tests.execution.watching.site import BEGIN, HOSTS, Answer, Site, plan, ports
from tests.execution.watching.watched import NEW_TEXT, OLD_TEXT, Watched, feed

from quellenlage.execution.watching import visiting
from quellenlage.execution.watching.plan import DAY, HOUR, MINUTE, Feed
from quellenlage.execution.watching.running import rehearse
from quellenlage.model import Capture


def test_pages_of_a_feed_are_taken_once(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT))
    assert watched.go(what).added == 1
    (capture,) = watched.captures()
    assert capture.given.outlet == "Morgenruf"
    assert capture.given.url == site.url("/a0")
    done = watched.go(what, 31 * MINUTE)
    assert (done.feeds, done.unchanged, done.pages, done.added) == (1, 1, 0, 0)
    assert site.asked("/a0") == 1
    assert [taken.revision for taken in watched.state.taken()] == [False]


def test_a_feed_is_asked_for_a_new_version_only_and_when_it_is_due(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT))
    watched.go(what)
    watched.go(what, 10 * MINUTE)
    assert site.asked("/feed") == 1
    watched.go(what, 20 * MINUTE)
    assert [headers.get("if-none-match") for _, path, headers in site.seen if path == "/feed"] == [None, '"f"']


def test_a_changed_article_is_taken_as_a_revision_when_its_feed_says_so(watched: Watched, site: Site) -> None:
    link = site.page("/a", OLD_TEXT, etag='"1"')
    what = plan(Feed(site.rss("/feed", [link], updated="Wed, 01 May 2024 08:00:00 GMT")))
    watched.go(what)
    site.page("/a", NEW_TEXT, etag='"2"')
    site.rss("/feed", [link], updated="Wed, 01 May 2024 12:20:00 GMT")
    done = watched.go(what, 31 * MINUTE)
    assert (done.added, done.revised) == (0, 1)
    assert [NEW_TEXT in capture.text for capture in watched.captures()] == [False, True]
    assert [taken.revision for taken in watched.state.taken()] == [False, True]


def test_pages_are_looked_at_again_at_the_ages_of_the_plan_and_no_more(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT), revisit=(6 * HOUR, DAY))
    watched.go(what)
    for _ in range(5):
        watched.go(what, HOUR)
    assert site.asked("/a0") == 1
    assert watched.go(what, HOUR).same == 1  # 304
    site.page("/a0", NEW_TEXT, etag='"new"')
    assert watched.go(what, 18 * HOUR).revised == 1
    watched.go(what, 30 * DAY)
    assert site.asked("/a0") == 3


def test_a_page_that_changes_around_its_text_is_no_revision(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT), revisit=(HOUR,))
    watched.go(what)
    site.page("/a0", OLD_TEXT, etag='"other"', head='<meta name="generated" content="12:31">')
    done = watched.go(what, HOUR)
    assert (done.pages, done.same, done.revised) == (1, 1, 0)
    assert len(watched.captures()) == 1


def test_a_vanished_feed_is_asked_less_and_less_and_named_once(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT))
    watched.go(what)
    site.routes["/feed"] = Answer(b"", 404)
    troubles, asked = [], []
    for _ in range(12 * 24):
        done = watched.go(what, 5 * MINUTE)
        troubles += [(one.url, one.kind) for one in done.troubles]
        asked += [watched.clock.now - BEGIN] if done.failed else []
    assert troubles == [(site.url("/feed"), "gone")]
    gaps = [later - earlier for earlier, later in pairwise(asked)]
    assert len(asked) < 8
    assert gaps == sorted(gaps)
    feed(site, OLD_TEXT, NEW_TEXT)
    site.rss("/feed", [site.url("/a0"), site.url("/a1")])
    assert watched.go(what, 2 * DAY).added == 1


@pytest.mark.parametrize(
    "broken",
    [
        b"<?xml version='1.0'?><rss><channel><item>",
        b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'b'>]><rss><channel>&a;</channel></rss>",
        b"<html><body><h1>Seite nicht gefunden</h1><p>Dieser Feed wurde eingestellt.</p></body></html>",
        b"",
        b"{",
    ],
)
def test_a_malformed_feed_costs_nothing_else(watched: Watched, site: Site, broken: bytes) -> None:
    good, bad = feed(site, OLD_TEXT), Feed(site.rss("/bad", [site.page("/b", NEW_TEXT)]))
    what = plan(bad, good)
    watched.go(what)
    site.routes["/bad"] = Answer(broken)
    watched.site.page("/c", "Die Brücke von Halvik ist seit Montag gesperrt, teilte die Verwaltung mit.")
    site.rss("/feed", [site.url("/a0"), site.url("/c")])
    done = watched.go(what, 31 * MINUTE)
    assert (done.added, done.failed) == (1, 1)
    assert [trouble.url for trouble in done.troubles] == [bad.url]
    assert len(watched.captures()) == 3


def test_a_reservation_that_appears_later_is_kept_from_then_on(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT), revisit=(HOUR,))
    watched.go(what)
    site.routes["/.well-known/tdmrep.json"] = Answer(b'[{"location": "/a*", "tdm-reservation": 1}]')
    site.page("/a9", NEW_TEXT)
    site.rss("/feed", [site.url("/a0"), site.url("/a9")], etag='"g"')
    asked = site.asked("/a0")
    done = watched.go(what, HOUR)
    assert (done.added, done.revised, done.reserved) == (0, 0, 2)
    assert (site.asked("/a0"), site.asked("/a9")) == (asked, 0)
    assert len(watched.captures()) == 1
    watched.go(what, 30 * DAY)
    assert site.asked("/a9") == 0


@pytest.mark.parametrize("how", ["header", "meta", "robots"])
def test_what_is_reserved_is_never_stored(watched: Watched, site: Site, how: str) -> None:
    what = plan(feed(site, OLD_TEXT))
    if how == "header":
        site.routes["/a0"].headers["TDM-Reservation"] = "1"
    elif how == "meta":
        site.page("/a0", OLD_TEXT, head='<meta name="tdm-reservation" content="1">')
    else:
        site.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /a\n")
    done = watched.go(what)
    assert (done.added, done.reserved) == (0, 1)
    assert watched.captures() == []
    assert OLD_TEXT.encode() not in Path(watched.path).read_bytes()


def test_a_reserved_feed_is_told_and_asked_about_once_a_day(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT))
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n")
    kinds = [trouble.kind for _ in range(48) for trouble in watched.go(what, 30 * MINUTE).troubles]
    assert kinds == ["reserved"]
    assert site.asked("/feed") == 0
    assert 1 <= site.asked("/robots.txt") <= 3


def test_a_watched_page_that_reserves_itself_is_asked_about_once_a_day(watched: Watched, site: Site) -> None:
    what = plan(Feed(site.page("/ticker", OLD_TEXT, head='<meta name="tdm-reservation" content="1">'), kind="page"))
    kinds = [trouble.kind for _ in range(48) for trouble in watched.go(what, 30 * MINUTE).troubles]
    assert kinds == ["reserved"]
    assert site.asked("/ticker") == 1
    site.page("/ticker", NEW_TEXT)
    assert watched.go(what, 6 * HOUR).added == 1


def test_a_reserved_page_is_fetched_once_a_day_however_often_its_feed_changes(watched: Watched, site: Site) -> None:
    page = site.page("/a", OLD_TEXT, head='<meta name="tdm-reservation" content="1">')
    for hour in range(48):
        at = f"Wed, {1 + hour // 24:02} May 2024 {hour % 24:02}:30:00 GMT"
        what = plan(Feed(site.rss("/feed", [page], updated=at)))
        watched.go(what, HOUR)
    assert site.asked("/a") == 2
    assert watched.captures() == []


def test_feeds_at_rest_are_told(watched: Watched, site: Site) -> None:
    good, bad = feed(site, OLD_TEXT), Feed(site.url("/fort"))
    what = plan(good, bad)
    (would,) = rehearse(what, watched.state, ports(site, watched.clock))[0].resting
    (rest,) = watched.go(what).resting
    assert would == rest
    assert (rest.url, rest.failures, rest.begun) == (bad.url, 1, True)
    assert rest.until > BEGIN + bad.every
    (again,) = watched.go(what, 5 * MINUTE).resting
    assert again == replace(rest, begun=False)
    assert rehearse(what, watched.state, ports(site, watched.clock))[0].resting == [again]
    site.rss("/fort", [])
    assert watched.go(what, 3 * HOUR).resting == []


def test_endless_redirects_of_pages_and_feeds_end(watched: Watched, site: Site) -> None:
    site.routes["/kreis"] = Answer(b"", 302, {"Location": "/kreis"})
    done = watched.go(plan(Feed(site.rss("/feed", [site.url("/kreis"), site.page("/a", OLD_TEXT)]))))
    assert (done.added, done.failed) == (1, 1)
    assert watched.go(plan(Feed(site.url("/kreis")))).failed == 1


def test_a_slow_server_is_given_up_and_left_alone_while_others_are_served(watched: Watched, site: Site) -> None:
    slow = Feed(site.url("/slow", HOSTS[1]))
    other = Feed(site.url("/more", HOSTS[1]))
    good = feed(site, OLD_TEXT)
    free = threading.Event()

    def before(path: str) -> None:
        if path == "/slow":
            free.wait(20)

    site.before = before
    how = ports(site, watched.clock, read_seconds=0.3, total_seconds=0.5)
    done = watched.go(plan(slow, other, good), how=how)
    free.set()
    assert (done.added, done.failed, done.left) == (1, 1, 1)
    assert site.asked("/more") == 0
    assert watched.state.host(f"{HOSTS[1]}:{site.port}").rest > BEGIN


def test_a_host_that_asks_for_time_gets_it(watched: Watched, site: Site) -> None:
    what = plan(replace(feed(site, OLD_TEXT, NEW_TEXT), every=MINUTE))
    site.routes["/a0"] = Answer(b"", 429, {"Retry-After": "7200"})
    done = watched.go(what)
    assert (done.failed, done.left) == (1, 1)
    assert [(one.failures, one.begun) for one in done.resting] == [(0, True)]
    before = len(site.seen)
    assert [one.begun for one in watched.go(what, HOUR).resting] == [False]
    assert len(site.seen) == before
    site.page("/a0", OLD_TEXT)
    watched.go(what, HOUR + MINUTE)
    assert len(watched.captures()) == 2


def test_two_feeds_of_one_host_share_its_connection_and_a_page(watched: Watched, site: Site) -> None:
    both = site.page("/both", OLD_TEXT)
    one = Feed(site.rss("/one", [both, site.page("/x", "In Port Alven tagt am Freitag der Rat der Stadt wieder.")]))
    two = Feed(site.rss("/two", [both], updated="Wed, 01 May 2024 08:00:00 GMT"))
    what = plan(one, two)
    for _ in range(4):
        watched.go(what, 31 * MINUTE)
    assert (site.most, site.asked("/both"), len(watched.captures())) == (1, 1, 2)


def test_pages_of_one_round_are_bounded_for_each_host(watched: Watched, site: Site) -> None:
    what = plan(feed(site, *(f"{OLD_TEXT} Teil {n}." for n in range(5))), pages=2)
    assert [watched.go(what, 31 * MINUTE).added for _ in range(4)] == [2, 2, 1, 0]


def test_sitemaps_lead_to_what_is_new(watched: Watched, site: Site) -> None:
    def urlset(*entries: tuple[str, str]) -> bytes:
        listed = "".join(f"<url><loc>{site.url(p)}</loc>{m}</url>" for p, m in entries)
        xml = f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'
        return gzip.compress(xml.encode())

    for path in ("/old", "/there", "/new", "/later"):
        site.page(path, f"{OLD_TEXT} Seite {path}.")
    new = ("/new", "<lastmod>2024-05-01T09:00:00+02:00</lastmod>")
    old = ("/old", "<lastmod>2023-01-01</lastmod>")
    maps = f"<sitemap><loc>{site.url('/m.xml.gz')}</loc></sitemap>"
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>'
    site.routes["/sitemap.xml"] = Answer(index.encode())
    site.routes["/m.xml.gz"] = Answer(urlset(old, ("/there", ""), new))
    what = plan(Feed(site.url("/sitemap.xml")))
    assert watched.go(what).added == 1
    site.routes["/m.xml.gz"] = Answer(urlset(old, ("/there", ""), new, ("/later", "")))
    assert watched.go(what, 31 * MINUTE).added == 1
    assert [p for p in site.paths() if p.startswith(("/old", "/there", "/new", "/later"))] == ["/new", "/later"]


def test_a_page_is_watched_itself(watched: Watched, site: Site) -> None:
    what = plan(Feed(site.page("/ticker", OLD_TEXT, etag='"1"'), kind="page"))
    assert watched.go(what).added == 1
    assert watched.go(what, 31 * MINUTE).unchanged == 1
    site.page("/ticker", NEW_TEXT, etag='"2"')
    assert watched.go(what, 31 * MINUTE).revised == 1


def test_texts_of_a_feed_are_taken_where_its_pages_are_not_wanted(watched: Watched, site: Site) -> None:
    items = [
        {"id": "1", "url": site.url("/j1"), "title": "Fähre", "content_html": f"<p>{OLD_TEXT}</p>"},
        {"id": "2", "url": site.url("/j2"), "title": "Brücke", "content_text": NEW_TEXT},
    ]
    body = {"version": "https://jsonfeed.org/version/1.1", "title": "Bote", "language": "de", "items": items}
    site.routes["/feed.json"] = Answer(json.dumps(body).encode())
    what = plan(Feed(site.url("/feed.json"), follow=False))
    assert watched.go(what).added == 2
    assert [c.given.outlet for c in watched.captures()] == ["Bote", "Bote"]
    items[1]["content_text"] = NEW_TEXT.replace("vier", "fünf")
    site.routes["/feed.json"] = Answer(json.dumps(body).encode())
    assert watched.go(what, 31 * MINUTE).revised == 1
    assert site.paths() == ["/feed.json"] * 2


def test_only_chosen_paths_are_followed(watched: Watched, site: Site) -> None:
    links = [site.page("/politik/a", OLD_TEXT), site.page("/sport/b", NEW_TEXT)]
    watched.go(plan(Feed(site.rss("/feed", links), only=("/politik/*",))))
    assert [c.given.url for c in watched.captures()] == links[:1]


def test_a_rehearsal_changes_nothing(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT))
    done, pages = rehearse(what, watched.state, ports(site, watched.clock))
    assert (done.feeds, pages) == (1, [site.url("/a0")])
    assert site.paths() == ["/feed"]
    assert watched.go(what).added == 1


def test_what_nothing_lists_any_more_is_forgotten(watched: Watched, site: Site) -> None:
    what = plan(feed(site, OLD_TEXT))
    watched.go(what)
    site.rss("/feed", [], etag='"leer"')
    watched.go(what, visiting.KEPT + DAY)
    assert watched.state.page(site.url("/a0")) is None


def test_a_page_that_breaks_a_parser_ends_nothing(
    watched: Watched, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(raw: object) -> Iterator[Capture]:
        raise RecursionError("too deep")

    monkeypatch.setattr(visiting, "unreserved", broken)
    done = watched.go(plan(feed(site, OLD_TEXT)))
    assert (done.added, done.failed) == (0, 1)
    assert "too deep" in done.failures[0].message
