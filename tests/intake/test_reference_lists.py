from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quellenlage.errors import BadInput, EmptyInput
from quellenlage.intake.references import ListOptions, Passed, form_of, list_name, read_list
from quellenlage.intake.references.entry import WORDS, country_of, day_of, kind_of, words_of
from quellenlage.model import EntityKind, Post, Reference
from quellenlage.resources import load


def read(path: Path, content: str | bytes, kind: EntityKind | None = None) -> list[Reference | Passed | BadInput]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_list(path, ListOptions("liste", kind, "CC0-1.0")))


def entries(found: list[Reference | Passed | BadInput]) -> list[Reference]:
    return [one for one in found if isinstance(one, Reference)]


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (
            "Name;Art;Aliase;ID;Geburtsdatum;Land;Amt;von;bis",
            "Eva Klar;Person;Ewa Klar|E. Klar;7;3.5.1960;Polen;Botschafterin;1.2.2010;2014",
        ),
        (
            "name,kind,aliases,id,birth,country,office,from,to",
            "Eva Klar,person,Ewa Klar; E. Klar,7,1960-05-03,pl,Botschafterin,2010-02-01,2014",
        ),
        (
            "id\tschema\tname\taliases\tbirth_date\tcountries\tposition\tstart\tend",
            "7\tPerson\tEva Klar\tEwa Klar;E. Klar\t1960-05-03\tpl\tBotschafterin\t2010-02-01\t2014",
        ),
    ],
)  # fmt: skip
def test_tables_in_both_languages_and_with_every_separator(tmp_path: Path, heading: str, row: str) -> None:
    [one] = entries(read(tmp_path / "a.csv", f"{heading}\n{row}\n"))
    assert (one.kind, one.name, one.source_id) == (EntityKind.PER, "Eva Klar", "7")
    assert one.names == ("Eva Klar", "Ewa Klar", "E. Klar")
    assert (one.births, one.countries) == (("1960-05-03",), ("pl",))
    assert one.posts == (Post("Botschafterin", date(2010, 2, 1), date(2014, 12, 31)),)
    assert (one.list, one.licence) == ("liste", "CC0-1.0")


def test_every_bad_row_is_named_and_the_rest_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = ["name,kind,birth,from,to", "Eva Klar,PER,1960,,", ",PER,,,", "Ole Fern,Planet,,,", "Ida Moor,PER,gestern,,"]
    rows += ["Uwe Tal,PER,,2010,2005", "Anna Berg,PER,31.2.1960,,", "Max Rot,,1970,,", "MS Stern,Vessel,,,"]
    found = read(path, "\n".join(rows))
    assert [e.name for e in entries(found)] == ["Eva Klar", "Max Rot"]
    failed = [one for one in found if isinstance(one, BadInput)]
    assert [one.source for one in failed] == [f"{path}:{n}" for n in (3, 4, 5, 6, 7)]
    assert all(one.remedy for one in failed)
    assert [one.what for one in found if isinstance(one, Passed)] == ["Vessel"]


def test_rows_of_one_identifier_are_one_entry_with_its_offices(tmp_path: Path) -> None:
    text = "name,id,office,from,to\nEva Klar,7,Richterin,2001,2003\nEva Klar,7,Ministerin,2004,\nOle Fern,8,,,\n"
    first, second = entries(read(tmp_path / "a.csv", text))
    assert [p.text for p in first.posts] == ["Richterin", "Ministerin"]
    assert second.posts == ()


def test_a_plain_list_of_names_needs_no_heading(tmp_path: Path) -> None:
    found = entries(read(tmp_path / "a.txt", "Eva Klar\nOle Fern\n", EntityKind.ORG))
    assert [(e.name, e.kind) for e in found] == [("Eva Klar", EntityKind.ORG), ("Ole Fern", EntityKind.ORG)]


def test_a_table_without_a_column_for_the_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no column for the name") as caught:
        read(tmp_path / "a.csv", "x,y\n1,2\n")
    assert "name" in caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    [one] = entries(read(tmp_path / "a.csv", "Name;Land\nJörg Große;Österreich\n".encode(encoding)))
    assert (one.name, one.countries) == ("Jörg Große", ("at",))


def test_identifiers_depend_on_list_and_entry_only(tmp_path: Path) -> None:
    one = entries(read(tmp_path / "a.csv", "name,id\nEva Klar,7\n"))
    other = entries(read(tmp_path / "b.csv", "id,name,country\n7,Eva Clar,pl\n"))
    assert [e.id for e in one] == [e.id for e in other]
    assert one[0].id.startswith("ref-")


MONEY = [
    {"id": "NK-1", "schema": "Person", "properties": {
        "name": ["Eva Klar"], "alias": ["Ева Клар"], "weakAlias": ["Evchen"], "birthDate": ["1960-05-03"],
        "nationality": ["pl"], "position": ["Judge"], "wikidataId": ["Q77"]}, "datasets": ["pl_peps"]},
    {"id": "NK-2", "schema": "Company", "properties": {"name": ["Werk AG"], "country": ["de"]}},
    {"id": "NK-3", "schema": "Address", "properties": {"full": ["Am Kai 3"]}},
    {"id": "NK-4", "schema": "Vessel", "properties": {"name": ["Stern"]}},
    {"id": "NK-5", "schema": "LegalEntity", "properties": {"name": ["Klar und Co"]}},
    {"id": "P-1", "schema": "Position", "properties": {"name": ["Minister of Justice"]}},
    {"id": "O-1", "schema": "Occupancy", "properties": {
        "holder": ["NK-1"], "post": ["P-1"], "startDate": ["2011"], "endDate": ["2014-06-30"]}},
    {"id": "NK-6", "schema": "Person", "properties": {"alias": []}},
]  # fmt: skip


def test_follow_the_money(tmp_path: Path) -> None:
    path = tmp_path / "targets.nested.json"
    found = read(path, "\n".join([*(json.dumps(one) for one in MONEY), '{"id": "NK-7", "sche', "[1]"]))
    assert form_of(path) == "ftm"
    person, company, either = entries(found)
    assert (person.names, person.weak, person.wikidata) == (("Eva Klar", "Ева Клар"), ("Evchen",), "Q77")
    assert (person.births, person.countries, person.sources) == (("1960-05-03",), ("pl",), ("pl_peps",))
    assert person.posts == (Post("Minister of Justice", date(2011, 1, 1), date(2014, 6, 30)), Post("Judge"))
    assert (company.kind, either.kind, either.either) == (EntityKind.ORG, EntityKind.ORG, True)
    assert sorted(one.what for one in found if isinstance(one, Passed)) == [
        "Address",
        "Occupancy",
        "Position",
        "Vessel",
    ]
    assert [one.source for one in found if isinstance(one, BadInput)] == [f"{path}:{n}" for n in (8, 9, 10)]


def item(number: int, label: str, **claims: list[Any]) -> dict[str, Any]:
    return {
        "id": f"Q{number}",
        "labels": {"de": {"language": "de", "value": label}, "ru": {"language": "ru", "value": "Ева"}},
        "aliases": {"en": [{"language": "en", "value": f"{label} alias"}]},
        "claims": claims,
    }


def statement(value: Any, **qualifiers: Any) -> dict[str, Any]:
    made = {key: [{"datavalue": {"value": one}}] for key, one in qualifiers.items()}
    return {"mainsnak": {"datavalue": {"value": value}}, "qualifiers": made, "rank": "normal"}


def day(time: str, precision: int = 11) -> dict[str, Any]:
    return {"time": f"+{time}T00:00:00Z", "precision": precision}


ITEMS = [
    item(
        77, "Eva Klar", P31=[statement({"id": "Q5"})], P569=[statement(day("1960-00-00", 9))],
        P27=[statement({"id": "Q36"})], P39=[statement({"id": "Q900"}, P580=day("2011-03-01"))],
    ),
    item(900, "Justizministerin", P31=[statement({"id": "Q4164871"})]),
    item(183, "Deutschland", P31=[statement({"id": "Q3624078"})]),
]  # fmt: skip


@pytest.mark.parametrize("form", ["dump", "lines", "answer", "pretty"])
def test_wikidata_in_every_form(tmp_path: Path, form: str) -> None:
    lines = [json.dumps(one) for one in ITEMS]
    answer = {"entities": {one["id"]: one for one in ITEMS}}
    text = {
        "dump": "[\n" + ",\n".join(lines) + "\n]\n",
        "lines": "\n".join(lines),
        "answer": json.dumps(answer),
        "pretty": json.dumps(answer, indent=1),
    }[form]
    path = tmp_path / "wd.json"
    found = read(path, text)
    person, state = entries(found)
    assert form_of(path) == "wikidata"
    assert (person.kind, person.name, person.wikidata) == (EntityKind.PER, "Eva Klar", "Q77")
    assert person.names == ("Eva Klar", "Ева", "Eva Klar alias")
    assert (person.births, person.countries) == (("1960",), ("pl",))
    assert person.posts == (Post("Justizministerin", date(2011, 3, 1)),)
    assert (state.kind, state.countries) == (EntityKind.GPE, ("de",))
    assert [one.what for one in found if isinstance(one, Passed)] == ["Q4164871"]


def test_an_item_that_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wd.jsonl"
    found = read(path, "\n".join([json.dumps(ITEMS[0]), '{"id": "Q1", "labels": []}', '{"labels": {"de": 1}}']))
    assert len(entries(found)) == 1
    assert [one.source for one in found if isinstance(one, BadInput)] == [f"{path}:2", f"{path}:3"]


def test_packed_files_are_read_and_damaged_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv.gz"
    found = read(path, gzip.compress(b"name\nEva Klar\n"))
    assert [e.name for e in entries(found)] == ["Eva Klar"]
    assert list_name(path) == "liste"
    path.write_bytes(b"\x1f\x8bnothing")
    with pytest.raises(BadInput):
        form_of(path)
    with pytest.raises(BadInput, match="no such file"):
        form_of(tmp_path / "none.csv")
    with pytest.raises(EmptyInput):
        read(tmp_path / "empty.csv", " \n\n")


KEYS = ("id", "schema", "properties", "name", "labels", "aliases", "claims", "entities", "P31", "P39", "mainsnak")
VALUES = st.recursive(
    st.one_of(st.none(), st.integers(), st.sampled_from(["Q5", "Person", "Eva Klar"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from((*KEYS, "de", "holder")), inner, max_size=4)
    ),
    max_leaves=12,
)
MONEY_LIKE = st.fixed_dictionaries(
    {"schema": st.sampled_from(["Person", "Occupancy", "Company"]), "properties": VALUES, "datasets": VALUES}
)
WIKIDATA_LIKE = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["Q5", "Q7"]),
        "labels": st.fixed_dictionaries({"de": VALUES, "en": st.just({"value": "Eva Klar"})}),
        "aliases": VALUES,
        "claims": st.dictionaries(st.sampled_from(["P31", "P39", "P569", "P27"]), VALUES, max_size=3),
    }
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(alphabet='name,;\t"\n{}[]:Qid15ä', max_size=200).map(lambda t: t.encode()),
        st.one_of(VALUES, MONEY_LIKE, WIKIDATA_LIKE).map(lambda value: json.dumps(value).encode()),
    )
)
def test_whatever_is_read_it_is_entries_or_named_errors(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    try:
        found = list(read_list(path, ListOptions("x", EntityKind.PER)))
    except BadInput as error:
        found = [error]
    assert all(isinstance(one, Reference | Passed) or str(path) in one.source for one in found)


def test_words_of_the_table_do_what_their_examples_say() -> None:
    assert [kind_of(word) for word in load(WORDS)["kinds"]["examples"]] == [
        EntityKind.PER,
        EntityKind.ORG,
        EntityKind.ORG,
    ]
    assert set(load(WORDS)["ignored"]["examples"]) <= set(words_of("ignored", "schemata"))
    assert [country_of(word) for word in ("Germany", "RU", "su", "deutsch", "Nirgendwo")] == [
        "de",
        "ru",
        "ru",
        "de",
        None,
    ]
    assert [day_of(word) for word in ("3.5.1960", "5.1960", "1960", "1960-05-03T00:00", "31.2.1960", "x")] == [
        "1960-05-03", "1960-05", "1960", "1960-05-03", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "damaged", ['{"schema":"Person","id":"q1","properties":{"name":["\\ud800Putin"]}}', '{"schema']
)
def test_a_damaged_first_line_takes_no_other_along(tmp_path: Path, damaged: str) -> None:
    good = [json.dumps({"schema": "Person", "id": i, "properties": {"name": [n]}}) for i, n in NAMED]
    path = tmp_path / "liste.json"
    path.write_text("\n".join([damaged, *good]), encoding="utf-8")
    found = list(read_list(path, ListOptions("liste")))
    assert [one.name for one in found if isinstance(one, Reference)] == ["Eva Klar", "Ole Fern"]
    assert [one.source for one in found if isinstance(one, BadInput)] == [f"{path}:1"]


def test_a_damaged_first_line_of_wikidata_takes_no_other_along(tmp_path: Path) -> None:
    found = read(tmp_path / "items.json", "\n".join(['{"id": "Q1", "labels": ', *map(json.dumps, ITEMS)]))
    assert "Eva Klar" in [one.name for one in found if isinstance(one, Reference)]
    assert sum(isinstance(one, BadInput) for one in found) == 1


NAMED = (("a", "Eva Klar"), ("b", "Ole Fern"))


def test_numbers_of_a_table_are_wikidatas_where_it_says_so(tmp_path: Path) -> None:
    address = "https://www.wikidata.org/wiki/Q3"
    found = read(tmp_path / "t.csv", f"id;name;wikidata\nQ2;Eva Klar;\n{address};Ole Fern;\nQ4;Ida Fuchs;Q77\n")
    assert [one.wikidata for one in found if isinstance(one, Reference)] == [None, "Q3", "Q77"]
    simple = "id,schema,name,dataset\nQ5,Person,Eva Klar,Some List\n"
    assert [one.wikidata for one in read(tmp_path / "s.csv", simple) if isinstance(one, Reference)] == ["Q5"]


def test_names_have_no_signs_that_show_nothing(tmp_path: Path) -> None:
    [entry] = read(tmp_path / "t.csv", "name\nGer\u00adhard Schrö\u00adder\u200b\n")
    assert isinstance(entry, Reference)
    assert entry.names == ("Gerhard Schröder",)
