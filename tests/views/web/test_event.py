"""The page of an event: every account with its sentence, who rests on whom, numbers, conflicts."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from quellenlage.model import Event
from quellenlage.store import open_archive
from quellenlage.views.holdings import Holdings, read_holdings
from quellenlage.views.web.links import page_of, sentence_of
from quellenlage.views.wording.quoting import quoted


@pytest.fixture(scope="module")
def holdings(sample_path: Path) -> Holdings:
    archive = open_archive(str(sample_path))
    try:
        return read_holdings(archive)
    finally:
        archive.close()


@pytest.fixture(scope="module")
def told(holdings: Holdings) -> Event:
    return max(holdings.linked.events, key=lambda e: len(e.accounts))


def test_every_account_is_quoted_exactly_and_opens_at_its_sentence(
    client: TestClient, holdings: Holdings, told: Event
) -> None:
    shown = html.fromstring(client.get(page_of(told.id)).text)
    links = {a.get("href"): a for a in shown.cssselect("#accounts a.open")}
    assert len(told.accounts) > 3
    for account in told.accounts:
        link = links[sentence_of(account.evidence)]
        (exact,) = link.cssselect(".exact")
        assert quoted(account.evidence).exact in exact.text_content() or account.evidence.exact.startswith(
            exact.text_content()
        )


def test_all_prints_hang_on_their_origins(client: TestClient, holdings: Holdings, told: Event) -> None:
    shown = html.fromstring(client.get(page_of(told.id)).text)
    tree = shown.cssselect("#origins .tree")[0].text_content()
    for account in told.accounts:
        assert holdings.cite(account.member.article).label in tree
        assert holdings.origin_name(account.origin) in tree


def test_conflicts_show_both_sides(client: TestClient, holdings: Holdings) -> None:
    conflict = next(c for c in holdings.linked.conflicts if c.kind.value == "number")
    shown = html.fromstring(client.get(page_of(conflict.event)).text)
    (drawn,) = shown.cssselect(f"#{conflict.id}")
    assert len(drawn.cssselect("section.value")) == len({side.value for side in conflict.sides})
    for side in conflict.sides:
        assert side.evidence.exact in drawn.text_content()


def test_a_merged_identifier_leads_to_the_event(client: TestClient, holdings: Holdings) -> None:
    alias, target = next((a, t) for a, t in holdings.linked.aliases.items() if a.startswith("evm-"))
    answer = client.get(page_of(alias), follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, page_of(target))


@pytest.mark.parametrize("identifier", ["evm-0000000000000000", "evm-x", "<script>", "%00", "a" * 500])
def test_an_unknown_event_is_not_found(client: TestClient, identifier: str) -> None:
    answer = client.get(f"/events/{identifier}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_english_says_the_same(client: TestClient, told: Event) -> None:
    shown = html.fromstring(client.get(page_of(told.id), headers={"accept-language": "en"}).text)
    assert shown.get("lang") == "en"
    assert "Accounts side by side" in shown.text_content()
