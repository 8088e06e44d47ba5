"""Guessing passwords, and asking too often."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.views.web.access.server import Clock, Server, log_in, serve

from quellenlage.views.web.access.limits import ACCOUNT, ADDRESS, HERE, Buckets, Delays, Patience, network_of


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return serve(tmp_path)


def test_who_guesses_waits_longer_each_time(server: Server) -> None:
    client = server.client()
    for _ in range(HERE.free):
        assert log_in(client, "Lena", "falsch").status_code == 403
    waits = []
    for _ in range(6):
        answer = log_in(client, "Lena")  # even the right password
        assert answer.status_code == 429
        assert "Too many attempts" in answer.text
        waits.append(int(answer.headers["retry-after"]))
        server.clock.now += waits[-1]
        assert log_in(client, "Lena", "falsch").status_code == 403
    assert waits == [1, 2, 4, 8, 16, 32]


def test_the_right_password_in_time_forgives(server: Server) -> None:
    client = server.client()
    for _ in range(HERE.free - 1):
        log_in(client, "Lena", "falsch")
    assert log_in(client, "Lena").status_code == 303
    other = server.client()
    for _ in range(HERE.free):
        assert log_in(other, "Lena", "falsch").status_code == 403


def test_many_addresses_guess_one_account_slowly_but_its_owner_is_not_locked_out(server: Server) -> None:
    for n in range(ACCOUNT.free):
        assert log_in(server.client(address=f"198.51.100.{n}"), "Lena", "falsch").status_code == 403
    answer = log_in(server.client(address="198.51.100.200"), "LENA", "falsch")
    assert answer.status_code == 429
    assert log_in(server.client(address="198.51.100.201"), "Emil").status_code == 303
    server.clock.now += ACCOUNT.longest
    assert log_in(server.client(address="192.0.2.9"), "Lena").status_code == 303


def test_one_address_tries_one_password_on_everybody(server: Server) -> None:
    client = server.client()
    codes = [log_in(client, f"Person {n}", "Sommer 2024 Berlin").status_code for n in range(ADDRESS.free + 1)]
    assert codes[:-1] == [403] * ADDRESS.free
    assert codes[-1] == 429
    assert log_in(server.client(address="192.0.2.88"), "Lena").status_code == 303


def test_an_own_account_does_not_buy_more_attempts_on_others(server: Server) -> None:
    client = server.client()
    refused = 0
    for n in range(ADDRESS.free + 5):
        refused += log_in(client, f"Person {n}", "falsch").status_code == 429
        if n % 3 == 0:
            log_in(server.client(), "Emil")
    assert refused >= 1


def test_the_password_page_is_no_way_around(server: Server) -> None:
    from tests.views.web.access.server import csrf

    client = server.logged_in("Lena")
    form = {"csrf": csrf(client), "current": "falsch", "password": "a" * 20, "again": "a" * 20}
    codes = [client.post("/account/password", data=form).status_code for _ in range(HERE.free + 1)]
    assert codes == [403] * HERE.free + [429]


def test_attempts_at_once_gain_nothing() -> None:
    clock = Clock()
    delays = Delays(clock)
    begun = [delays.attempt("lena", "192.0.2.1") for _ in range(50)]
    assert begun.count(0.0) == HERE.free


def test_after_an_hour_all_is_forgiven_and_memory_is_bounded() -> None:
    clock = Clock()
    delays = Delays(clock)
    for _ in range(HERE.free):
        delays.attempt("lena", "192.0.2.1")
    assert delays.attempt("lena", "192.0.2.1") > 0
    clock.now += 3600
    assert delays.attempt("lena", "192.0.2.1") == 0
    for n in range(20_000):
        delays.attempt(f"n{n}", f"10.{n >> 8 & 255}.{n & 255}.1")
    assert len(delays._tried) <= 10_000


@given(st.integers(0, 10**6), st.integers(0, 50), st.floats(1, 3600))
def test_a_delay_never_exceeds_its_bound_and_never_falls(attempts: int, free: int, longest: float) -> None:
    patience = Patience(free, longest)
    assert 0 <= patience.delay(attempts) <= patience.delay(attempts + 1) <= longest
    assert (patience.delay(attempts) > 0) == (attempts >= free)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("nonsense", "nonsense", True),
    ],
)
def test_one_machine_is_one_asker(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_what_is_expensive_is_rationed_per_session(server: Server) -> None:
    lena, emil = server.logged_in("Lena"), server.logged_in("Emil")
    assert [lena.get("/dear").status_code for _ in range(3)] == [200, 200, 429]
    answer = lena.get("/dear")
    assert answer.headers["retry-after"] == "10"
    assert "Seconds to wait: 10" in answer.text
    assert emil.get("/dear").status_code == 200
    server.clock.now += 10
    assert [lena.get("/dear").status_code for _ in range(2)] == [200, 429]


def test_who_sits_at_the_machine_is_not_rationed(tmp_path: Path) -> None:
    client = serve(tmp_path, {}, host="127.0.0.1", hostnames=()).client()
    assert {client.get("/dear").status_code for _ in range(20)} == {200}


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 5))
def test_a_bucket_never_gives_more_than_burst_and_rate(pauses: list[float], burst: int) -> None:
    clock = Clock(0.0)
    buckets, given_out = Buckets(clock), 0
    for pause in pauses:
        clock.now += pause
        wait = buckets.take("k", per_minute=6, burst=burst)
        given_out += wait == 0
        assert given_out <= burst + clock.now / 10 + 1e-6
