from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import followthemoney as ftm
import pytest
from tests.views import views_story

from quellenlage.model import EntityKind, ReferenceMatch
from quellenlage.views.exports.ftm import entities as told
from quellenlage.views.exports.part import part_of
from quellenlage.views.holdings import Holdings, Selection
from quellenlage.views.locale import Lang, words_for
from quellenlage.views.wording.quoting import CITATION_LIMIT

SCHEMA = tomllib.loads(Path(__file__).with_name("ftm_schema.toml").read_text(encoding="utf-8"))
FORMS = {
    "date": r"\d{4}(-\d{2}(-\d{2})?)?",
    "country": r"[a-z]{2}",
    "url": r"https?://.+",
    "wikidata": r"Q\d+",
    "number": r"-?\d+(\.\d+)?",
}

Record = dict[str, Any]


def entities(holdings: Holdings, selection: Selection | None = None, lang: Lang = "en") -> list[Record]:
    return list(told(part_of(holdings, selection), holdings, words_for(lang)))


def ancestors(schema: str) -> list[str]:
    above = SCHEMA[schema].get("extends")
    return [schema, *(ancestors(above) if above else [])]


def types(schema: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in ancestors(schema):
        found |= {name: type_ for name, type_ in SCHEMA[one].items() if name not in {"extends", "required"}}
    return found


def problems(records: list[Record]) -> list[str]:
    """What the subset of the schema has against records."""
    by_id = {record["id"]: record["schema"] for record in records}
    found = [] if len(by_id) == len(records) else ["an identifier comes twice"]
    for record in records:
        known = types(record["schema"])
        missing = set(SCHEMA[record["schema"]].get("required", ())) - set(record["properties"])
        found += [f"{record['id']}: no {name}" for name in sorted(missing)]
        for name, values in record["properties"].items():
            if name not in known:
                found.append(f"{record['schema']} has no {name}")
                continue
            for value in values:
                kind, _, target = known[name].partition(":")
                right = isinstance(value, str) and bool(value.strip())
                if kind == "entity":
                    right = value in by_id and target in ancestors(by_id[value])
                elif kind in FORMS:
                    right = right and re.fullmatch(FORMS[kind], value) is not None
                if not right:
                    found.append(f"{record['schema']}.{name}: {value!r}")
    return found


def with_matches(holdings: Holdings) -> Holdings:
    """The story with one person accepted as an entry of a list, and another proposed."""
    one, other = persons(holdings)
    matches = (
        ReferenceMatch(one, "ref-1", 0.9, True, ("word:a~a",), "Erika Muster", "liste", "NK-1", "Q42"),
        ReferenceMatch(other, "ref-2", 0.5, False, ("word:b~b",), "Otto Muster", "liste", "NK-2", "Q43"),
    )
    return Holdings(replace(holdings.linked, references=matches), holdings.citations, holdings.claims)


def persons(holdings: Holdings) -> tuple[str, str]:
    found = [e.id for e in holdings.linked.entities if e.kind is EntityKind.PER]
    return found[0], found[1]


def test_every_record_fits_the_schema(holdings: Holdings) -> None:
    records = entities(with_matches(holdings))
    assert problems(records) == []
    there = {record["schema"] for record in records}
    assert {"Article", "Person", "Mention", "Position", "Occupancy", "UnknownLink", "Address"} <= there
    assert {"Event", "Note", "Documentation"} <= there


def test_the_check_finds_what_is_wrong(holdings: Holdings) -> None:
    records = entities(holdings)
    link = next(record for record in records if record["schema"] == "UnknownLink")
    link["properties"]["subject"] = ["ent-none"]
    link["properties"]["colour"] = ["red"]
    assert len(problems(records)) == 2
    assert problems([*records, {"id": "x", "schema": "Person", "properties": {}}])[-1] == "x: no name"


def test_accepted_entries_are_named_and_proposed_ones_are_not(holdings: Holdings) -> None:
    one, other = persons(holdings)
    by_id = {record["id"]: record for record in entities(with_matches(holdings))}
    assert by_id[one]["properties"]["wikidataId"] == ["Q42"]
    assert by_id[one]["referents"] == ["NK-1"]
    assert by_id[one]["properties"]["notes"] == ["liste: NK-1 (Erika Muster)"]
    assert "wikidataId" not in by_id[other]["properties"]
    assert "referents" not in by_id[other]


def test_names_have_all_spellings_and_articles_no_path(holdings: Holdings) -> None:
    records = entities(holdings)
    by_id = {record["id"]: record for record in records}
    for entity in holdings.linked.entities:
        if record := by_id.get(entity.id):
            told = record["properties"]
            assert set(entity.spellings) <= {*told["name"], *told.get("alias", ())}
    files = [name for r in records if r["schema"] == "Article" for name in r["properties"]["fileName"]]
    assert files
    assert not any("/" in name or "\\" in name for name in files)


def test_no_more_than_citations(holdings: Holdings) -> None:
    for record in entities(holdings):
        for values in record["properties"].values():
            assert all(len(value) <= CITATION_LIMIT for value in values)


def test_it_is_the_same_every_time(run: views_story.Run, tmp_path: Path) -> None:
    first = run("export", "--format", "ftm")
    assert first.exit_code == 0
    lines = first.stdout.splitlines()
    assert run("export", "--format", "ftm").stdout.splitlines() == lines
    assert run("export", "--format", "ftm", "-o", str(tmp_path / "a.json")).exit_code == 0
    assert (tmp_path / "a.json").read_text(encoding="utf-8").splitlines() == lines
    assert problems([json.loads(line) for line in lines]) == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_library_takes_every_record(holdings: Holdings, lang: Lang) -> None:
    for record in entities(with_matches(holdings), lang=lang):
        schema = ftm.model[record["schema"]]
        properties = dict(record["properties"])
        if "proof" not in schema.properties:
            properties.pop("proof", None)  # links have it from FollowTheMoney 4 on, which needs a compiled ICU
        known = {**record, "properties": properties}
        schema.validate(known)
        proxy = ftm.model.get_proxy(known, cleaned=False)
        for name, values in properties.items():
            assert sorted(proxy.get(name)) == sorted(values)
            kind = schema.properties[name].type
            if kind.name in {"date", "url", "country"}:
                assert all(kind.validate(value) for value in values), (name, values)


def test_an_event_is_told_with_its_accounts_and_conflicts(holdings: Holdings) -> None:
    by_id = {record["id"]: record for record in entities(holdings, lang="de")}
    event = next(e for e in holdings.linked.events if e.event_type == "ASSAULT")
    properties = by_id[event.id]["properties"]
    assert properties["date"] == ["2018-09-21"]
    assert properties["location"] == ["Halvik"]
    assert len(properties["proof"]) == 2
    assert any("laut Innenministerium" in note and "11 Menschen" in note for note in properties["notes"])
    assert "2 Ursprünge" in properties["description"][0]
    (conflict,) = (by_id[c.id] for c in holdings.conflicts_of[event.id])
    assert conflict["properties"]["entity"] == [event.id]
    assert len(conflict["properties"]["description"]) == 2
    fuzzy = next(e for e in holdings.linked.events if e.interval and "/" in e.interval.value)
    days = by_id[fuzzy.id]["properties"]
    assert ("date" in days, len(days["startDate"]), len(days["endDate"])) == (False, 1, 1)


def test_a_claim_is_a_note_on_those_whose_words_they_are(holdings: Holdings) -> None:
    by_id = {record["id"]: record for record in entities(holdings, lang="de")}
    claim = next(c for c in holdings.claims if len(c.chain) == 3)
    note = by_id[claim.key]["properties"]
    assert note["entity"] == list(claim.chain[0])
    assert note["name"] == ["laut Elin Torvald, über Ossi Brandt, dann über Zeitung Morgenruf und Nordfunk"]
    assert note["description"] == [claim.evidence[0].exact]


def test_articles_rest_on_their_origin(holdings: Holdings) -> None:
    records = entities(holdings)
    agency = next(o for o in holdings.linked.origins if o.reprints)
    roles = {
        r["properties"]["document"][0]: r["properties"]["role"]
        for r in records
        if r["schema"] == "Documentation" and r["properties"]["entity"] == [agency.id]
    }
    assert sorted(roles.values()) == [["origin"], ["reprint"]]
    assert roles[agency.reprints[0]] == ["reprint"]


def test_a_part_refers_to_nothing_outside(holdings: Holdings) -> None:
    person = persons(holdings)[0]
    part = entities(holdings, Selection(actors=frozenset({person})))
    assert problems(part) == []
    assert person in {record["id"] for record in part}
    assert len(part) < len(entities(holdings))
