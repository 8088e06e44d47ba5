"""The index of names and the page of a name: spellings, offices, what is said in time, company, doubts, namesakes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from quellenlage.execution import member_ids
from quellenlage.model import Doubt, Entity, EntityKind, Member, Verdict, fold, make_judgement
from quellenlage.model.listing import Portion, Wanted
from quellenlage.store import open_archive
from quellenlage.views.holdings import Holdings, read_holdings
from quellenlage.views.locale import words_for
from quellenlage.views.shelves import holdings_of_entity
from quellenlage.views.web.links import page_of, sentence_of
from quellenlage.views.web.shown.names_alike import shown_doubts
from quellenlage.views.wording.offices import office_spans

NAMED = {EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.LOC}


@pytest.fixture(scope="module")
def holdings(sample_path: Path) -> Holdings:
    archive = open_archive(str(sample_path))
    try:
        return read_holdings(archive, claims=True)
    finally:
        archive.close()


def articles(entity: Entity) -> set[str]:
    return {member.article for member in entity.members}


def most(holdings: Holdings, kind: EntityKind) -> Entity:
    return max((e for e in holdings.linked.entities if e.kind is kind), key=lambda e: len(articles(e)))


@pytest.fixture(scope="module")
def person(holdings: Holdings) -> Entity:
    """Who is written in most ways."""
    return max((e for e in holdings.linked.entities if e.kind is EntityKind.PER), key=lambda e: len(e.spellings))


def read(client: TestClient, address: str, lang: str = "de") -> html.HtmlElement:
    answer = client.get(address, headers={"accept-language": lang})
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def rows(page: html.HtmlElement) -> list[tuple[str, list[str]]]:
    return [
        (row.cssselect("th a")[0].get("href"), [cell.text_content().strip() for cell in row.cssselect("td.n")])
        for row in page.cssselect("table.names tbody tr")
    ]


def test_every_name_stands_in_the_index_once(client: TestClient, holdings: Holdings) -> None:
    wanted = {page_of(e.id): len(articles(e)) for e in holdings.linked.entities if e.kind in NAMED}
    found: list[tuple[str, list[str]]] = []
    address = "/entities"
    while address:
        page = read(client, address)
        found += rows(page)
        following = page.cssselect("a[rel=next]")
        address = following[0].get("href") if following else ""
    assert Counter(href for href, _ in found) == Counter(dict.fromkeys(wanted, 1))
    counts = [int(cells[0]) for _, cells in found]
    assert counts == sorted(counts, reverse=True)
    assert all(wanted[href] == int(cells[0]) for href, cells in found)


@pytest.mark.parametrize(
    ("tab", "kinds"),
    [
        ("people", {EntityKind.PER}),
        ("organisations", {EntityKind.ORG}),
        ("places", {EntityKind.GPE, EntityKind.LOC}),
        ("unnamed", {EntityKind.GRP, EntityKind.MISC}),
    ],
)
def test_tabs_count_and_list_their_kinds(
    client: TestClient, holdings: Holdings, tab: str, kinds: set[EntityKind]
) -> None:
    page = read(client, f"/entities?kind={tab}")
    (here,) = page.cssselect("nav.tabs a[aria-current]")
    there = [e for e in holdings.linked.entities if e.kind in kinds]
    assert here.cssselect(".n")[0].text_content() == str(len(there))
    listed = {href for href, _ in rows(page)}
    assert listed
    assert listed <= {page_of(e.id) for e in there}


def test_in_order_of_the_alphabet(client: TestClient) -> None:
    page = read(client, "/entities?kind=people&order=name")
    names = [fold(cell.text_content()) for cell in page.cssselect("table.names tbody th a")]
    assert len(names) > 10
    assert names == sorted(names)


def test_every_spelling_leads_to_the_name(client: TestClient, person: Entity) -> None:
    assert len(person.spellings) > 3
    for spelling in person.spellings:
        assert page_of(person.id) in {href for href, _ in rows(read(client, f"/entities?q={spelling}"))}, spelling


@pytest.mark.parametrize("typed", ["Tschuwa", "Chuv", "Чувар", "Tchouva", "Chuwarin"])
def test_names_are_completed_in_any_spelling(client: TestClient, typed: str) -> None:
    page = html.fromstring("<div>" + client.get("/entities/names", params={"speaker": typed}).text + "</div>")
    assert "Gleb Tschuwarin" in [option.get("value") for option in page.cssselect("option")]


def test_an_unknown_spelling_offers_what_was_perhaps_meant(client: TestClient) -> None:
    page = read(client, "/entities?q=Tchuwarin")
    assert "Gleb Tschuwarin" in page.cssselect("main")[0].text_content()
    assert not read(client, "/entities?q=Xqzzv").cssselect("ul.fits")


def test_names_of_another_tab_are_pointed_out(client: TestClient, person: Entity) -> None:
    page = read(client, f"/entities?kind=places&q={person.name}")
    assert not rows(page)
    (link,) = [a for a in page.cssselect(".nothing a") if "kind=" not in a.get("href")]
    assert page_of(person.id) in {href for href, _ in rows(read(client, link.get("href")))}


@pytest.mark.parametrize("q", ['"><script>alert(1)</script>', "%", "\x00", "' OR 1=1 --", "\u202e", "a" * 5000, "*"])
def test_hostile_words_are_words(client: TestClient, q: str) -> None:
    for address in ("/entities", "/entities/names"):
        answer = client.get(address, params={"q": q})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_spellings_are_counted_as_the_articles_write_them(
    client: TestClient, holdings: Holdings, person: Entity
) -> None:
    page = read(client, page_of(person.id))
    told = {
        row.cssselect("bdi")[0].text_content(): row.cssselect(".n")[0].text_content()
        for row in page.cssselect("#spelled .forms li")
    }
    assert told == {form: f"{count}×" for form, count in holdings.forms[person.id].items()} | {
        form: "–" for form in person.spellings if form not in holdings.forms[person.id]
    }
    scripts = [heading.text_content() for heading in page.cssselect("#spelled h3")]
    assert scripts == ["lateinisch", "kyrillisch"]


def test_offices_stand_with_their_days_and_sentences(client: TestClient, holdings: Holdings) -> None:
    held = max(holdings.linked.entities, key=lambda e: len(office_spans(e)))
    spans = office_spans(held)
    page = read(client, page_of(held.id))
    told = [one.text_content() for one in page.cssselect("#offices summary b")]
    assert told == [s.text for s in spans if s.days] + [s.text for s in spans if not s.days]
    assert len(page.cssselect("#offices .range, #offices .point")) == sum(s.days is not None for s in spans)
    for span in spans:
        marked = [m.text_content() for m in page.cssselect("#offices mark")]
        assert span.first.evidence.exact in marked or span.first.evidence.exact in page.text_content()
    quoted = {link.get("href").partition("?")[0] for link in page.cssselect("#offices a.open")}
    assert quoted == {page_of(one.evidence.article) for s in spans for one in (s.first, s.last)}


def test_a_place_is_told_no_more_precisely_than_it_is_known(client: TestClient, holdings: Holdings) -> None:
    placed = [e for e in holdings.linked.entities if e.place is not None]
    assert {e.place.precision for e in placed if e.place} > {"settlement"}
    for entity in placed:
        assert entity.place is not None
        (shown,) = read(client, page_of(entity.id)).cssselect("#where")
        assert ("°" in shown.text_content()) is (entity.place.precision in {"building", "settlement"})


def test_all_that_is_said_is_there_once_in_order_of_time(client: TestClient, holdings: Holdings) -> None:
    counted = Counter(who for c in holdings.claims if c.chain for who in c.chain[0])
    speaker = next(who for who, _ in counted.most_common() if who in holdings.entities)
    address, days, quoted = page_of(speaker), [], []
    while address:
        page = read(client, address)
        for one in page.cssselect(".position"):
            days.append(one.cssselect(".when")[0].text_content())
            quoted.append(one.cssselect("a.open")[0].get("href"))
        following = page.cssselect("#said a[rel=next]")
        address = following[0].get("href").partition("#")[0] if following else ""
    said = [c for c in holdings.claims if c.chain and speaker in c.chain[0]]
    occasions = sum(len(s.occasions) for s in holdings.linked.statements if speaker in s.speakers)
    assert len(quoted) == occasions > 10
    assert set(quoted) <= {sentence_of(c.sentence) for c in said}
    dated = [day for day in days if day != "undatiert"]
    years = [int(day.rpartition(" ")[2].rpartition(".")[2]) for day in dated]
    assert years == sorted(years)
    assert days == dated + ["undatiert"] * (len(days) - len(dated))
    newest = read(client, f"{page_of(speaker)}?order=newest").cssselect(".position .when")[0].text_content()
    assert newest == dated[-1]


def test_what_is_said_can_be_narrowed_to_words(client: TestClient, holdings: Holdings) -> None:
    speaker = next(e for e in holdings.linked.entities if e.name == "Hassan Ruweidi")
    page = read(client, f"{page_of(speaker.id)}?about=Anschuldigung")
    told = [one.text_content() for one in page.cssselect(".position")]
    assert told
    assert all("Anschuldigung" in text for text in told)
    nothing = read(client, f"{page_of(speaker.id)}?about=Nirgendwort").cssselect("#said")[0]
    assert "Keine Aussage" in nothing.text_content()
    assert not nothing.cssselect(".position")


def test_events_by_the_part_one_has_in_them(client: TestClient, holdings: Holdings) -> None:
    place = most(holdings, EntityKind.GPE)
    lines = {entry.event for entry in holdings.linked.chronicle}
    there = [e for e in holdings.linked.events if e.id in lines and e.place == place.id]
    assert there
    page = read(client, f"{page_of(place.id)}?part=place")
    shown = {one.get("id") for one in page.cssselect("#events .entry")}
    assert shown
    assert shown <= {e.id for e in there}
    (chip,) = page.cssselect("#events .chip.on .n")
    assert chip.text_content() == str(len(there))
    assert f"/chronicle?place={place.id}" in {a.get("href") for a in page.cssselect("#events a")}


def test_company_is_counted_right(client: TestClient, holdings: Holdings, person: Entity) -> None:
    page = read(client, page_of(person.id))
    found = page.cssselect("table.company tbody tr")
    assert found
    for row in found:
        other = holdings.entities[row.cssselect("a")[0].get("href").rpartition("/")[2]]
        assert row.cssselect("td.n")[1].text_content() == str(len(articles(person) & articles(other)))


def test_outlets_are_counted_and_quoted(client: TestClient, holdings: Holdings, person: Entity) -> None:
    counted = Counter(outlet for a in articles(person) if (outlet := holdings.cite(a).outlet))
    page = read(client, page_of(person.id))
    told = {
        one.cssselect("p b")[0].text_content(): one.cssselect("p .muted")[0].text_content().split()[0]
        for one in page.cssselect("#outlets li")
    }
    assert told == {outlet: str(n) for outlet, n in counted.items()}
    for mark in page.cssselect("#outlets mark"):
        assert mark.text_content().strip()


def test_doubts_have_both_sentences_and_their_reasons(client: TestClient, holdings: Holdings) -> None:
    doubt = next(d for d in holdings.doubts if not d.merged)
    sides = holdings.sides(doubt)
    assert sides is not None
    page = read(client, page_of(sides[0].entity.id))
    shown = page.cssselect("#perhaps article.doubt")
    assert len(shown) == len(holdings.doubts_of[sides[0].entity.id])
    mine = next(one for one in shown if page_of(sides[1].entity.id) in {a.get("href") for a in one.cssselect("a")})
    assert f"{round(100 * doubt.score)} %" in mine.text_content()
    assert {mark.text_content() for mark in mine.cssselect("mark")} >= {
        side.evidence.exact for side in sides if side.evidence
    }


def test_two_that_were_merged_are_told_by_their_own_sentences(
    sample_path: Path, holdings: Holdings, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = [e for e in holdings.linked.entities if len({m.article for m in e.members}) > 1]
    archive = open_archive(str(sample_path))
    try:
        entity = named[0]
        ids = {
            Member(d.article.id, local): identifier
            for d in archive.documents_of(articles(entity))
            for local, identifier in member_ids(d).items()
        }
        one, other = (ids[m] for m in (entity.members[0], entity.members[-1]))
        asked = archive.portion

        def doubted(wanted: Wanted) -> Portion:
            found = asked(wanted)
            doubts = (Doubt(one, other, 0.6, ("several-bearers",), 1.0, merged=True),)
            aliases = {**found.linked.aliases, one: entity.id, other: entity.id}
            return replace(found, doubts=doubts, linked=replace(found.linked, doubts=doubts, aliases=aliases))

        monkeypatch.setattr(archive, "portion", doubted)
        held = holdings_of_entity(archive, entity.id, events=(), claims=())
        (doubt,) = shown_doubts(entity, held, {}, words_for("de"))
    finally:
        archive.close()
    assert doubt.merged
    cited = [side.quote.article for side in doubt.sides if side.quote]
    assert cited == [entity.members[0].article, entity.members[-1].article]


def test_namesakes_are_not_confused(client: TestClient, holdings: Holdings) -> None:
    people = [e for e in holdings.linked.entities if e.kind is EntityKind.PER and len(e.name.split()) == 2]
    pairs = [
        (a, b)
        for a in people
        for b in people
        if a.id != b.id
        and a.name.split()[1] == b.name.split()[1]
        and not any({d.one, d.other} >= {a.id, b.id} for d in holdings.doubts)
    ]
    one, other = pairs[0]
    links = {a.get("href") for a in read(client, page_of(one.id)).cssselect("#namesakes a")}
    assert page_of(other.id) in links
    assert page_of(one.id) not in links


def test_what_was_decided_to_be_two_says_by_whom(own_client: TestClient, own_path: Path) -> None:
    archive = open_archive(str(own_path))
    cards = {e.name: e.id for e in archive.linked().entities}
    one, other = cards["Gleb Tschuwarin"], cards["Marko Delibas"]
    when = "2024-07-01T08:00:00+00:00"
    archive.add_judgement(make_judgement(Verdict.DIFFER, one, other=other, made_at=when, author="Petra Lind"))
    archive.close()
    told = read(own_client, page_of(one)).cssselect("#namesakes")[0].text_content()
    assert "Marko Delibas" in told
    assert "Petra Lind" in told


def test_a_merged_name_says_why(client: TestClient, person: Entity) -> None:
    told = read(client, page_of(person.id)).cssselect("#spelled .why li")
    assert person.reasons
    assert told
    assert not any(":" in one.text_content().split(" ")[0] for one in told)


def test_an_identifier_that_was_merged_leads_on(client: TestClient, holdings: Holdings) -> None:
    alias, target = next((a, t) for a, t in holdings.linked.aliases.items() if t in holdings.entities and a != t)
    answer = client.get(f"{page_of(alias)}?about=Hafen", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page_of(target)}?about=Hafen")


@pytest.mark.parametrize("identifier", ["ent-0000000000000000", "evm-1", "name:x", "<script>", "%00"])
def test_an_unknown_name_is_not_found(client: TestClient, identifier: str) -> None:
    assert client.get(f"/entities/{identifier}").status_code == 404


def test_every_page_of_a_name_can_be_read_in_both_languages(client: TestClient, holdings: Holdings) -> None:
    for entity in holdings.linked.entities:
        if len(entity.members) > 2 or holdings.doubts_of.get(entity.id):
            for lang in ("de", "en"):
                assert read(client, page_of(entity.id), lang).cssselect("h1")[0].text_content() == entity.name
