"""Conditional requests, and what a server that will not answer now says about later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.execution.watching.site import Answer, Site, manners

from quellenlage.errors import FetchRefused, Reserved
from quellenlage.intake import IntakeOptions
from quellenlage.intake.fetch import Fetcher, Validators


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


@pytest.fixture
def fetcher(site: Site) -> Iterator[Fetcher]:
    made = Fetcher(IntakeOptions("2024-05-01T12:00:00Z", fetch=manners(site.port)))
    yield made
    made.close()


def refused(fetcher: Fetcher, url: str) -> FetchRefused:
    with pytest.raises(FetchRefused) as caught:
        fetcher.fetch(url)
    return caught.value


def test_only_another_version_is_sent(site: Site, fetcher: Fetcher) -> None:
    day = "Wed, 01 May 2024 08:00:00 GMT"
    site.routes["/a"] = Answer(b"eins", 200, {"ETag": '"1"', "Last-Modified": day})
    first = fetcher.fetch(site.url("/a"))
    assert (first.data, first.unchanged, first.validators) == (b"eins", False, Validators('"1"', day))
    again = fetcher.fetch(site.url("/a"), first.validators)
    assert (again.data, again.unchanged, again.validators) == (b"", True, first.validators)
    assert site.seen[-1][2]["if-modified-since"] == day
    site.routes["/a"] = Answer(b"zwei", 200, {"ETag": '"2"'})
    assert fetcher.fetch(site.url("/a"), first.validators).data == b"zwei"


def test_a_304_that_nobody_asked_for_is_an_error(site: Site, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(b"", 304)
    assert refused(fetcher, site.url("/a")).status == 304


def test_a_version_that_is_reserved_meanwhile_is_not_unchanged(site: Site, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(b"eins", 200, {"ETag": '"1"', "TDM-Reservation": "1"})
    with pytest.raises(Reserved):
        fetcher.fetch(site.url("/a"), Validators('"1"'))


@pytest.mark.parametrize(
    ("status", "headers", "passing", "wait"),
    [
        (404, {}, False, None),
        (410, {"Retry-After": "5"}, False, None),
        (429, {"Retry-After": "120"}, True, 120.0),
        (503, {"Date": "Wed, 01 May 2024 08:00:00 GMT", "Retry-After": "Wed, 01 May 2024 08:10:00 GMT"}, True, 600.0),
        (503, {"Date": "Wed, 01 May 2024 08:00:00 GMT", "Retry-After": "Wed, 01 May 2024 07:00:00 GMT"}, True, 0.0),
        (503, {"Retry-After": "99999999999999999999"}, True, 7 * 86_400.0),
        (503, {"Retry-After": "bald"}, True, None),
        (500, {}, True, None),
    ],
)
def test_what_an_answer_says_about_later(
    site: Site, fetcher: Fetcher, status: int, headers: dict[str, str], passing: bool, wait: float | None
) -> None:
    site.routes["/a"] = Answer(b"", status, headers)
    error = refused(fetcher, site.url("/a"))
    assert (error.status, error.passing) == (status, passing)
    assert error.wait == wait


def test_rules_that_cannot_be_had_are_no_reservation(site: Site, fetcher: Fetcher) -> None:
    site.routes["/robots.txt"] = Answer(b"", 500)
    error = refused(fetcher, site.url("/a"))
    assert error.passing
    assert not isinstance(error, Reserved)
    assert site.asked("/a") == 0


def test_the_pause_that_is_left_can_be_asked_for(site: Site) -> None:
    fetcher = Fetcher(IntakeOptions("2024-05-01", fetch=manners(site.port)))
    site.routes["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 9\n")
    site.routes["/a"] = Answer(b"eins")
    assert fetcher.pause_left(site.url("/a")) == 0.0
    fetcher.fetch(site.url("/a"))
    assert 0 < fetcher.pause_left(site.url("/b")) <= 9
    assert fetcher.pause_left("http://[kaputt") == 0.0
    fetcher.close()
