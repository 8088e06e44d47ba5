from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pyld import jsonld
from tests.views.views_story import Run

from quellenlage.model import Activity, Camp, EntityPlace, EventLink
from quellenlage.views.exports.jsonld import document
from quellenlage.views.exports.part import part_of
from quellenlage.views.holdings import Holdings
from quellenlage.views.wording.quoting import CITATION_LIMIT

Record = dict[str, Any]
SCHEMA, OA, PROV, OURS = (
    "https://schema.org/",
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/prov#",
    "urn:quellenlage:",
)
RUNS = tuple(
    Activity(f"act-{stage}", stage, "1", "", "", "2024-01-01T00:00:00+00:00", "2024-01-01T00:01:00+00:00", 3)
    for stage in ("article", "claims", "link")
)


def no_network(url: str, options: Record) -> Record:
    raise AssertionError(f"{url} was to be loaded")


@pytest.fixture
def written(holdings: Holdings) -> Record:
    found: Record = json.loads(b"".join(document(part_of(holdings), holdings, RUNS)))
    return found


def expanded(content: Record) -> list[Record]:
    found: list[Record] = jsonld.expand(content, {"documentLoader": no_network})
    return found


def of_type(nodes: list[Record], iri: str) -> list[Record]:
    return [node for node in nodes if iri in node.get("@type", ())]


def keys(value: Any) -> Iterator[str]:
    """Every property of a document before expansion, the context left out."""
    if isinstance(value, dict):
        for name, below in value.items():
            if name != "@context":
                yield name
                yield from keys(below)
    elif isinstance(value, list):
        for one in value:
            yield from keys(one)


def words(value: list[Record], language: str) -> str:
    return str(next(v["@value"] for v in value if v.get("@language") == language))


def test_a_processor_drops_no_term_and_loads_nothing(written: Record) -> None:
    assert unknown(written) == set()
    nodes = expanded(written)
    assert len(nodes) == len(written["@graph"])
    for node in nodes:
        assert all(name.startswith(("@", SCHEMA, OA, PROV, f"{OURS}term:")) for name in keys(node))
        assert node["@id"].startswith(OURS)
        assert all(":" in iri for iri in node.get("@type", ()))


def unknown(content: Record) -> set[str]:
    """Terms that the context does not have: a processor drops them without a word."""
    return set(keys(content)) - set(content["@context"]) - {"@graph", "@value", "@language"}


def test_the_check_finds_an_unknown_term(written: Record) -> None:
    written["@graph"][0]["colour"] = "vermilion"
    assert unknown(written) == {"colour"}
    assert "vermilion" not in json.dumps(expanded(written))


def test_every_reference_leads_somewhere(written: Record) -> None:
    flat = jsonld.flatten(written, None, {"documentLoader": no_network})
    described = {node["@id"] for node in flat if len(node) > 1}
    own = {value for node in flat for value in references(node) if value.startswith(OURS)}
    assert own <= described


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for below in value.values():
            yield from references(below)
    elif isinstance(value, list):
        for one in value:
            yield from references(one)


def test_it_becomes_triples(written: Record) -> None:
    quads = jsonld.to_rdf(written, {"documentLoader": no_network})["@default"]
    chained = [q for q in quads if q["predicate"]["value"] == f"{OURS}term:chain"]
    assert chained
    types = {q["object"]["value"] for q in quads if q["predicate"]["value"].endswith("#type")}
    assert {f"{SCHEMA}Claim", f"{SCHEMA}NewsArticle", f"{PROV}Activity", f"{OA}TextQuoteSelector"} <= types


def test_an_event_with_accounts_conflict_and_corroboration(written: Record, holdings: Holdings) -> None:
    nodes = expanded(written)
    event = next(e for e in holdings.linked.events if e.event_type == "ASSAULT")
    node = next(n for n in nodes if n["@id"] == f"{OURS}{event.id}")
    assert {f"{SCHEMA}Event", f"{SCHEMA}Action"} <= set(node["@type"])
    assert words(node[f"{SCHEMA}additionalType"], "de") == "Angriff"
    assert words(node[f"{SCHEMA}additionalType"], "en") != "Angriff"
    assert node[f"{SCHEMA}startDate"] == [{"@type": f"{SCHEMA}Date", "@value": "2018-09-21"}]
    assert len(node[f"{OURS}term:account"]) == 2
    assert len(node[f"{OURS}term:origin"]) == 2
    (conflict,) = node[f"{OURS}term:conflict"]
    sides = next(n for n in nodes if n["@id"] == conflict["@id"])[f"{OURS}term:side"]
    assert len(sides) == len(holdings.conflicts_of[event.id][0].sides)


def test_fuzzy_days_are_no_dates(written: Record, holdings: Holdings) -> None:
    nodes = {n["@id"]: n for n in expanded(written)}
    fuzzy = next(e for e in holdings.linked.events if e.interval and "/" in e.interval.value)
    node = nodes[f"{OURS}{fuzzy.id}"]
    assert f"{SCHEMA}startDate" not in node
    assert node[f"{SCHEMA}temporalCoverage"][0]["@value"] == fuzzy.interval.value if fuzzy.interval else False
    undated = next(e for e in holdings.linked.events if e.interval is None)
    assert not {f"{SCHEMA}startDate", f"{SCHEMA}temporalCoverage"} & nodes[f"{OURS}{undated.id}"].keys()


def test_a_claim_keeps_its_chain_in_order(written: Record, holdings: Holdings) -> None:
    claim = next(c for c in holdings.claims if len(c.chain) == 3)
    node = next(n for n in expanded(written) if n["@id"] == f"{OURS}{claim.key}")
    links = node[f"{OURS}term:chain"][0]["@list"]
    named = [[one["@id"].removeprefix(OURS) for one in link[f"{OURS}term:speaker"]] for link in links]
    assert named == [list(link) for link in claim.chain]
    assert node[f"{SCHEMA}author"] == links[0][f"{OURS}term:speaker"]


def test_evidence_is_where_it_says(run: Run, written: Record, holdings: Holdings) -> None:
    texts = {r["id"]: r["text"] for r in map(json.loads, run("export", "--full-text").stdout.splitlines())
             if r["record"] == "capture"}  # fmt: skip
    by_words = "\n".join(texts.values())
    targets = [n for n in nested(written["@graph"]) if n.get("type") == "SpecificResource"]
    assert targets
    for target in targets:
        place, quote = target["selector"]
        assert len(quote["exact"]) == place["end"] - place["start"] <= CITATION_LIMIT
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in by_words


def nested(value: Any) -> Iterator[Record]:
    if isinstance(value, dict):
        yield value
        for below in value.values():
            yield from nested(below)
    elif isinstance(value, list):
        for one in value:
            yield from nested(one)


def test_reprints_are_derived_and_runs_are_on_record(written: Record, holdings: Holdings) -> None:
    nodes = expanded(written)
    reuse = holdings.linked.reuses[0]
    derived = {n["@id"]: n[f"{PROV}wasDerivedFrom"][0]["@id"] for n in nodes if f"{PROV}wasDerivedFrom" in n}
    assert derived == {f"{OURS}{reuse.article}": f"{OURS}{reuse.earlier}"}
    assert {n["@id"] for n in of_type(nodes, f"{PROV}Activity")} == {f"{OURS}{one.id}" for one in RUNS}
    assert all(f"{PROV}wasGeneratedBy" in n for n in of_type(nodes, f"{SCHEMA}Claim"))


def test_places_are_as_precise_as_they_are_known(holdings: Holdings) -> None:
    region = EntityPlace("area:1", "Kalta", (), 50.0, 10.0, 300.0, "region", 1.0, 1)
    unsure = replace(region, key="gn:1", precision="settlement", score=0.5)
    places = {"Kalta": region, "Halvik": unsure, "Port Alven": replace(unsure, score=0.9)}
    entities = tuple(replace(e, place=places.get(e.name)) for e in holdings.linked.entities)
    located = Holdings(replace(holdings.linked, entities=entities), holdings.citations)
    nodes = json.loads(b"".join(document(part_of(located), located)))["@graph"]
    geo = {n["name"]: n.get("geo", {}) for n in nodes if n.get("type") == "AdministrativeArea"}
    assert (geo["Kalta"]["type"], geo["Kalta"]["geoRadius"]) == ("GeoCircle", 300_000)
    assert geo["Halvik"] == {}
    assert geo["Port Alven"]["type"] == "GeoCoordinates"


def test_camps_joint_voices_series_and_settled_conflicts(holdings: Holdings) -> None:
    event, other = (next(e for e in holdings.linked.events if e.event_type == kind) for kind in ("ASSAULT", "CONSULT"))
    one, two = (e.id for e in holdings.linked.entities[:2])
    voices = (f"{one}+{two}", event.corroboration.origins[0])
    borne = replace(event.corroboration, informants=voices[:1], camps=(Camp("state:RU", "Russland", voices, ("a:b",)),))
    told = replace(
        event, corroboration=borne, links=(EventLink(other.id, "part-of", 0.8), EventLink("evm-x", "series", 1))
    )
    events = tuple(told if e.id == event.id else e for e in holdings.linked.events)
    conflicts = tuple(replace(c, settled="geklärt") for c in holdings.linked.conflicts)
    made = Holdings(replace(holdings.linked, events=events, conflicts=conflicts), holdings.citations)
    content = json.loads(b"".join(document(part_of(made), made)))
    assert unknown(content) == set()
    nodes = {n["id"]: n for n in content["@graph"]}
    node = nodes[f"q:{event.id}"]
    (camp,) = node["camp"]
    assert [label["@value"] for label in camp["name"]] == ["Russland", "Russia"]
    together = {"type": "Link", "speaker": [{"id": f"q:{one}"}, {"id": f"q:{two}"}]}
    assert (node["informant"], camp["voice"][0]) == ([together], together)
    assert node["superEvent"] == [f"q:{other.id}"]
    assert "inSeriesWith" not in node
    assert {n["settled"] for n in content["@graph"] if n.get("type") == "Conflict"} == {"geklärt"}


def test_whole_articles_only_where_asked_for(run: Run) -> None:
    cited = run("export", "--format", "jsonld")
    assert cited.exit_code == 0
    assert "articleBody" not in set(keys(json.loads(cited.stdout)["@graph"]))
    whole = json.loads(run("export", "--format", "jsonld", "--full-text").stdout)
    bodies = [n["articleBody"] for n in whole["@graph"] if "articleBody" in n]
    articles = [n for n in whole["@graph"] if n.get("type") == "NewsArticle"]
    assert len(bodies) == len(articles) > 0
    assert run("export", "--format", "jsonld").stdout == cited.stdout


def test_a_part_has_everything_that_it_names(run: Run) -> None:
    part = json.loads(run("export", "--format", "jsonld", "--actor", "Halldal").stdout)
    flat = jsonld.flatten(part, None, {"documentLoader": no_network})
    described = {node["@id"] for node in flat if len(node) > 1}
    own = {value for node in flat for value in references(node) if value.startswith(OURS)}
    assert own - described == set()
    events = [n for n in part["@graph"] if n.get("type") == ["Event", "Action"]]
    assert 0 < len(events) < 10
