"""The pages of claims and statements: filters, each statement once, the words that tell each link of a chain."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.link.test_statements import one as told_by
from tests.store.fakes import capture_of
from tests.views.test_statements import NO, YES, put

from quellenlage.model import Evidentiality, Polarity, Verdict, make_judgement
from quellenlage.model.listing import ClaimQuestion
from quellenlage.store import open_archive
from quellenlage.views.holdings import ClaimLine, Holdings, read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.web.links import page_of, sentence_of
from quellenlage.views.web.shown.statements import said_in


@pytest.fixture(scope="module")
def holdings(sample_path: Path) -> Holdings:
    archive = open_archive(str(sample_path))
    try:
        return read_holdings(archive, claims=True)
    finally:
        archive.close()


def read(client: TestClient, address: str, lang: str = "de") -> html.HtmlElement:
    answer = client.get(address, headers={"accept-language": lang})
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def listed(client: TestClient, address: str) -> list[html.HtmlElement]:
    """All entries of a list, page after page."""
    found: list[html.HtmlElement] = []
    while address:
        page = read(client, address)
        found += page.cssselect("ol.claims > li")
        following = page.cssselect("a[rel=next]")
        address = following[0].get("href") if following else ""
    return found


def spoken(holdings: Holdings, name: str) -> tuple[str, list[ClaimLine]]:
    """Who bears a name, with the claims that are their words."""
    who = next(e.id for e in holdings.linked.entities if e.name == name)
    return who, [c for c in holdings.claims if c.chain and who in c.chain[0]]


def test_every_claim_is_there_once(client: TestClient, holdings: Holdings) -> None:
    found = [one.get("id") for one in listed(client, "/claims")]
    assert Counter(found) == Counter(claim.key for claim in holdings.claims)
    assert sorted(found) == sorted(one.get("id") for one in listed(client, "/claims?order=time"))


@pytest.mark.parametrize("typed", ["Gleb Tschuwarin", "Tschuwarin Gleb", "Chuvarin", "Чуварин", "Chuwarin"])
def test_a_speaker_is_found_in_any_spelling(client: TestClient, holdings: Holdings, typed: str) -> None:
    who, claims = spoken(holdings, "Gleb Tschuwarin")
    assert claims
    found = {one.get("id") for one in listed(client, f"/claims?speaker={typed}")}
    bearers = {e.id for e in holdings.linked.entities if "Tschuwarin" in " ".join((e.name, *e.spellings))}
    assert {c.key for c in claims} <= found
    assert found <= {c.key for c in holdings.claims if c.chain and bearers.intersection(c.chain[0])}
    (chip,) = read(client, f"/claims?speaker={typed}").cssselect("ul.chosen a.chip")
    assert "Gleb Tschuwarin" in chip.text_content() or typed in chip.text_content()
    assert chip.get("href") == "/claims"
    page = read(client, f"/claims?speaker={who}")
    assert "Gleb Tschuwarin" in page.cssselect("ul.chosen")[0].text_content()
    (box,) = page.cssselect(f'input[name=speaker][value="{who}"]')
    assert box.get("checked") is not None
    assert "Gleb Tschuwarin" in box.getparent().text_content()


def test_whom_nobody_bears_is_said_to_be_unknown(client: TestClient) -> None:
    page = read(client, "/claims?speaker=Xqzzv")
    assert not page.cssselect("ol.claims")
    assert "Xqzzv" in page.cssselect(".notice.warn")[0].text_content()


@pytest.mark.parametrize("polarity", list(Polarity))
@pytest.mark.parametrize("evidentiality", list(Evidentiality))
def test_filters_narrow(
    client: TestClient, holdings: Holdings, evidentiality: Evidentiality, polarity: Polarity
) -> None:
    wanted = {c.key for c in holdings.claims if c.evidentiality is evidentiality and c.polarity is polarity}
    found = listed(client, f"/claims?evidentiality={evidentiality}&polarity={polarity}")
    assert {one.get("id") for one in found} == wanted


def test_what_makes_no_sense_is_named_and_left_out(client: TestClient, holdings: Holdings) -> None:
    page = read(client, "/claims?polarity=loud&from=gestern")
    assert [one.text for one in page.cssselect(".notice.warn code")] == ["polarity=loud", "from=gestern"]
    assert str(len(holdings.claims)) in page.cssselect(".list-head")[0].text_content()


def test_the_part_that_htmx_asks_for_names_what_was_chosen_alone(client: TestClient) -> None:
    address = "/claims?about=&speaker=&from=&to=&polarity=denied&view=statements"
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == "/claims?polarity=denied&view=statements"
    assert "<html" not in answer.text
    assert 'id="claims"' in answer.text


@pytest.mark.parametrize("query", ["", "&order=time", "&polarity=denied", "&about=Hafen", "&evidentiality=hedged"])
def test_each_statement_is_told_once(client: TestClient, holdings: Holdings, query: str) -> None:
    claims = {one.get("id") for one in listed(client, f"/claims?{query[1:]}")}
    wanted = {page_of(s.id): s for s in holdings.linked.statements if any(r.claim in claims for r in s.retellings)}
    found = listed(client, f"/claims?view=statements{query}")
    told = [one.cssselect(".facts a")[0].get("href") for one in found]
    assert Counter(told) == Counter(dict.fromkeys(wanted, 1))
    assert wanted
    for one, href in zip(found, told, strict=True):
        origins = {holdings.origin_name(r.origin) for r in wanted[href].retellings}
        assert all(origin in one.text_content() for origin in origins)


def test_claims_that_are_not_linked_yet_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    put(path, [told_by(1, YES), told_by(2, NO, "2021-04-02")])
    archive = open_archive(str(path))
    try:
        late = told_by(3, YES, "2021-05-02")
        capture = capture_of(late.text, source=late.article.source)
        archive.add_capture(capture)
        archive.put_document(replace(late, article=replace(late.article, capture=capture.id)), "built")
        cards = archive.claims(ClaimQuestion(), order="time").items
        shown, apart = said_in(archive, ClaimQuestion(), "time", cards, words_for("de"))
    finally:
        archive.close()
    assert (len(cards), len(shown), apart) == (3, 2, 1)


def test_a_claim_shows_its_words_its_chain_and_the_words_for_each_link(client: TestClient, holdings: Holdings) -> None:
    claim = max(holdings.claims, key=lambda c: len(c.chain))
    assert len(claim.chain) > 1
    page = read(client, page_of(claim.key))
    assert sentence_of(claim.sentence) in {a.get("href") for a in page.cssselect("a.open")}
    links = page.cssselect("#chain ol.links > li")
    assert len(links) == len(claim.chain)
    for shown, link in zip(links, claim.chain, strict=True):
        told = [b.text_content() for b in shown.cssselect("b")]
        assert told == [holdings.name(one) for one in link]
        assert all(mark.text_content().strip() for mark in shown.cssselect("mark"))
        assert shown.cssselect("a.open")


def test_words_for_links_are_slices_of_the_article(client: TestClient, holdings: Holdings, sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    texts = {document.article.id: document.text for document in archive.documents()}
    archive.close()
    for claim in holdings.claims[:60]:
        page = read(client, page_of(claim.key))
        for exact in page.cssselect("#chain .exact"):
            assert exact.text_content() in texts[claim.article]


def test_a_corrected_speaker_has_no_words_in_the_article(
    own_client: TestClient, own_path: Path, holdings: Holdings
) -> None:
    claim = next(c for c in holdings.claims if len(c.chain) == 1 and c.chain[0])
    archive = open_archive(str(own_path))
    when = "2024-07-01T08:00:00+00:00"
    said = make_judgement(Verdict.CORRECT, claim.key, field="speaker", value="Ada Nell", made_at=when, author="P")
    archive.add_judgement(said)
    archive.close()
    page = read(own_client, page_of(claim.key))
    assert page.cssselect("h1")[0].text_content().strip() == "Ada Nell (von Hand berichtigt)"
    (link,) = page.cssselect("#chain ol.links > li")
    assert not link.cssselect("blockquote")
    assert "berichtigt" in link.text_content()


def test_other_prints_and_occasions_stand_on_the_page_of_a_claim(client: TestClient, holdings: Holdings) -> None:
    statement = max(holdings.linked.statements, key=lambda s: len(s.retellings))
    assert len(statement.retellings) > 1
    for address in (page_of(statement.retellings[0].claim), page_of(statement.id)):
        page = read(client, address)
        printed = {a.get("href") for a in page.cssselect(".occasion .source a")}
        assert {page_of(r.claim) for r in statement.retellings} <= printed
        assert len(page.cssselect(".occasion")) == len(statement.occasions)


def test_statements_close_to_it_are_linked(client: TestClient, holdings: Holdings) -> None:
    statement = next(s for s in holdings.linked.statements if s.related)
    links = {a.get("href") for a in read(client, page_of(statement.id)).cssselect(".part a")}
    assert {page_of(one.statement) for one in statement.related} <= links


@pytest.mark.parametrize("address", ["/claims/clm-0", "/statements/stm-0", "/claims/<script>", "/statements/%00"])
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("value", ['"><script>alert(1)</script>', "\x00", "%", "a" * 3000, "name:", "ent-"])
def test_hostile_values_are_words(client: TestClient, value: str) -> None:
    for name in ("speaker", "voice", "told", "about", "outlet", "story", "article", "view", "order"):
        answer = client.get("/claims", params={name: value})
        assert answer.status_code == 200, name
        assert "<script>alert" not in answer.text


def test_english_says_it_in_english(client: TestClient) -> None:
    page = read(client, "/claims?view=statements", "en")
    (here,) = page.cssselect("#claims nav.views a[aria-current]")
    assert here.text_content() == "Each statement once"
    assert "said once" in page.text_content()


def test_who_may_be_meant_is_set_off_and_likely_as_the_language_writes_it(client: TestClient) -> None:
    for lang, told in (("de", r"“, vielleicht .+ \(\d+ %\)"), ("en", r"”, perhaps .+ \(\d+%\)")):
        page = read(client, "/claims?unclear=yes", lang)
        who = [" ".join(one.text_content().split()) for one in page.cssselect(".claim > .who")]
        assert any(re.search(told, one) for one in who), who
