"""`annotate --given FILE`: layers of a file in place of ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.views.views_story import Run

from quellenlage.errors import BadInput
from quellenlage.intake import IntakeOptions, capture_file
from quellenlage.model import Capture, make_capture
from quellenlage.pipeline import analyse
from quellenlage.views.exports.standoff import standoff
from quellenlage.views.given import entries, stages
from quellenlage.views.records import encoded

TEXT = (
    "Streit um die Brücke\n\n"
    "Die Brücke von Halvik bleibt gesperrt, sagte Bürgermeisterin Elin Torvald am Montag.\n"
    "Sie bestritt, dass Geld fehle. „Wir bauen weiter“, so Torvald.\n"
)
Record = dict[str, Any]


def place(words: str, text: str = TEXT) -> list[int]:
    at = text.index(words)
    return [at, at + len(words)]


BRIDGE = {"quote": [place("Die Brücke von Halvik bleibt gesperrt")], "speaker": [place("Bürgermeisterin Elin Torvald")],
          "cue": [place("sagte")], "addressee": [], "frame": [place("sagte Bürgermeisterin Elin Torvald am Montag")],
          "type": "indirect"}  # fmt: skip
MONEY = {"quote": [place("dass Geld fehle")], "speaker": [place("Sie")], "cue": [place("bestritt")],
         "frame": [place("Sie bestritt")]}  # fmt: skip


@pytest.fixture
def annotate(run: Run, tmp_path: Path) -> Callable[..., Any]:
    """Call the command on the text with a file that holds the given entries."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    def call(*records: Record | str, inputs: tuple[str, ...] = ("a.txt",), options: tuple[str, ...] = ()) -> Any:
        lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
        (tmp_path / "g.json").write_text("\n".join(lines), encoding="utf-8")
        return run("annotate", *inputs, "--given", "g.json", "--lang", "en", *options)

    return call


def printed(done: Any) -> list[Record]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def names(made: Record, chain: list[list[str]]) -> list[list[str]]:
    known = {e["id"]: e["name"] for e in made["entities"]}
    return [[known[e] for e in link] for link in chain]


def test_a_minimal_file_gives_quotations_and_the_rest_follows(annotate: Callable[..., Any]) -> None:
    done = annotate({"quotations": [MONEY, BRIDGE]})
    assert (done.exit_code, done.stderr) == (0, "")
    (made,) = printed(done)
    first, second = made["quotations"]
    assert (first["id"], second["id"]) == ("q2", "q1")
    assert (first["type"], first["medium"], first["parent"]) == ("indirect", "speech", None)
    assert "given" in first["reasons"]
    claims = {c["quotation"]: c for c in made["claims"] if c["quotation"]}
    assert set(claims) == {"q1", "q2"}
    assert all("given" in c["reasons"] for c in claims.values())
    assert names(made, claims["q2"]["chain"]) == [["Elin Torvald"]]
    assert names(made, claims["q1"]["chain"]) == [["Elin Torvald"]]
    assert (claims["q2"]["polarity"], claims["q1"]["polarity"]) == ("affirmed", "denied")


def test_what_is_left_out_is_filled_in(annotate: Callable[..., Any]) -> None:
    outer, inner = place("„Wir bauen weiter“"), place("bauen weiter")
    (made,) = printed(
        annotate({"quotations": [{"quote": outer}, {"id": "q1", "quote": [inner], "type": "FreeIndirect"}]})
    )
    assert [(q["id"], q["type"], q["parent"]) for q in made["quotations"]] == [
        ("q2", "direct", None),
        ("q1", "free_indirect", "q2"),
    ]
    assert [q["speaker_entities"] for q in made["quotations"]] == [[], []]


def test_given_mentions_stand_in_place_of_ours(annotate: Callable[..., Any]) -> None:
    start, end = place("Bürgermeisterin Elin Torvald")
    mentions = [
        {"start": start, "end": end, "entity": "B", "kind": "PER"},
        {"start": place("Halvik")[0], "end": place("Halvik")[1]},
    ]
    (made,) = printed(annotate({"mentions": mentions, "quotations": [BRIDGE]}))
    assert [(e["id"], e["kind"], e["name"]) for e in made["entities"]] == [
        ("B", "PER", "Bürgermeisterin Elin Torvald"),
        ("e1", "LOC", "Halvik"),  # the kind that we read there ourselves
    ]
    assert all(e["reasons"] == ["given"] for e in made["entities"])
    assert {m["entity"]: m["form"] for m in made["mentions"]} == {"B": "name", "e1": "name"}
    assert made["quotations"][0]["speaker_entities"] == ["B"]
    assert made["claims"][0]["chain"] == [["B"]]


def test_our_quotations_rest_on_given_mentions(annotate: Callable[..., Any]) -> None:
    start, end = place("Elin Torvald")
    entity = {"id": "x", "kind": "PER", "name": "E. Torvald", "roles": ["Bürgermeisterin", "Königin"],
              "mentions": [{"start": start, "end": end, "text": "Elin Torvald", "form": "name"}]}  # fmt: skip
    (made,) = printed(annotate({"entities": [entity]}))
    assert made["entities"][0]["roles"] == ["Bürgermeisterin"]
    assert made["quotations"][0]["speaker_entities"] == ["x"]
    assert "given" not in made["quotations"][0]["reasons"]


def test_speakers_and_parents_that_are_given_are_kept(annotate: Callable[..., Any]) -> None:
    start, end = place("Halvik")
    entity = {"id": "e9", "kind": "ORG", "mentions": [{"start": start, "end": end}]}
    odd = {**BRIDGE, "speaker_entities": ["e9"], "id": "a"}
    (made,) = printed(
        annotate({"entities": [entity], "quotations": [odd, {**MONEY, "id": 7, "parent": "a", "speaker_entities": []}]})
    )
    assert [q["speaker_entities"] for q in made["quotations"]] == [["e9"], []]
    assert [(q["id"], q["parent"]) for q in made["quotations"]] == [("a", None), ("7", "a")]
    assert names(made, made["claims"][0]["chain"]) == [["Halvik"]]


def test_entries_are_matched_by_text_then_name_then_order(annotate: Callable[..., Any], tmp_path: Path) -> None:
    other = TEXT.replace("Halvik", "Sundby")
    (tmp_path / "b.txt").write_text(other, encoding="utf-8")
    by_text = {"article": {"text": TEXT, "source": "elsewhere.txt"}, "quotations": [BRIDGE]}
    by_name = {"article": {"source": "./b.txt"}, "quotations": [MONEY]}
    done = annotate(by_name, by_text, inputs=("a.txt", "b.txt"))
    assert [len(m["quotations"][0]["quote"]) for m in printed(done)] == [1, 1]
    assert [m["quotations"][0]["cue"] for m in printed(done)] == [BRIDGE["cue"], MONEY["cue"]]
    done = annotate(
        [{"quotations": [MONEY]}, {"quotations": []}].__repr__().replace("'", '"'), inputs=("b.txt", "a.txt")
    )
    assert [len(m["quotations"]) for m in printed(done)] == [1, 0]
    done = annotate(by_text, by_name, {"article": {"source": "c.txt"}, "quotations": []}, inputs=("a.txt", "b.txt"))
    assert done.exit_code == 0
    assert "Entries for none of the inputs: g.json:3" in done.stderr


def test_a_file_that_was_printed_may_be_pretty_and_come_from_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    made = json.loads(run("annotate", "a.txt").stdout)
    made["quotations"] = made["quotations"][:1]
    done = run("annotate", "a.txt", "--given", "-", stdin="\ufeff" + json.dumps(made, indent=2))
    assert done.exit_code == 0
    (again,) = printed(done)
    assert [q["id"] for q in again["quotations"]] == [made["quotations"][0]["id"]]
    assert "made anew, not taken from there: zones, sentences, tokens, timexes, claims, events" in done.stderr
    done = run("annotate", "-", "--given", "-", "--lang", "de", stdin=TEXT)
    assert done.exit_code == 2
    assert "nicht zugleich Text" in done.stderr


def test_a_layer_that_is_null_is_not_given(annotate: Callable[..., Any]) -> None:
    (made,) = printed(annotate({"quotations": None, "mentions": []}))
    assert "given" not in str(made["quotations"])
    assert made["quotations"]
    assert "no layer in it" in annotate({"quotations": None}).stderr


def test_unknown_layers_are_named(annotate: Callable[..., Any]) -> None:
    done = annotate({"quotations": [], "quotes": [], "claims": []})
    assert "not a layer that can be given: quotes (known: mentions, entities, derived, quotations)" in done.stderr
    assert "made anew, not taken from there: claims" in done.stderr
    assert annotate({"quotations": [], "quotes": []}, options=("--quiet",)).stderr == ""


END = len(TEXT)
BAD: list[tuple[Record, str, str]] = [
    ({"quotations": [BRIDGE, {"quote": [[5, END + 1]]}]}, "quotations[1].quote[0]: [5, ", "lies outside the text"),
    ({"quotations": [{"quote": [[-3, 4]]}]}, "quotations[0].quote[0]", "lies outside the text"),
    ({"quotations": [{"quote": [[9, 5]]}]}, "quotations[0].quote[0]", "the wrong way round"),
    ({"quotations": [{"quote": [[9, 9]]}]}, "quotations[0].quote[0]", "is empty"),
    ({"quotations": [{"quote": [[5, 9], [8, 12]]}]}, "quotations[0].quote", "[5, 9] and [8, 12] overlap"),
    ({"quotations": [{"quote": [[5, 9.0]]}]}, "quotations[0].quote[0]", "a place [start, end] is expected"),
    ({"quotations": [{"quote": [[True, 9]]}]}, "quotations[0].quote[0]", "a place [start, end] is expected"),
    ({"quotations": [{"quote": [{"start": 0, "end": 6, "text": "Zank"}]}]}, "quote[0]", 'says "Streit" there'),
    ({"quotations": [{"cue": [[5, 9]]}]}, "quotations[0].quote", "a quotation without words"),
    ({"quotations": [{**BRIDGE, "cue": "sagte"}]}, "quotations[0].cue", 'a list is expected here, not "sagte"'),
    ({"quotations": [7]}, "quotations[0]", "an object is expected here, not 7"),
    ({"quotations": {"quote": []}}, "quotations", "a list is expected here"),
    ({"quotations": [{**BRIDGE, "type": "loud"}]}, "quotations[0].type", '"loud" is not known here'),
    ({"quotations": [{**BRIDGE, "medium": "song"}]}, "quotations[0].medium", '"song" is not known here'),
    ({"quotations": [{**BRIDGE, "score": 2}]}, "quotations[0].score", "a number from 0 to 1"),
    ({"quotations": [{**BRIDGE, "id": "²"}]}, "quotations[0].id", "is no identifier"),
    ({"quotations": [{**BRIDGE, "id": "x"}, {**MONEY, "id": "x"}]}, "quotations[1].id", "x is given twice"),
    ({"quotations": [{**BRIDGE, "parent": "z"}]}, "quotations[0].parent", "there is no quotation z"),
    ({"quotations": [{**BRIDGE, "id": "x", "parent": "x"}]}, "quotations[0].parent", "stands within itself"),
    ({"quotations": [{**BRIDGE, "speaker_entities": ["e1"]}]}, "speaker_entities[0]", 'no entity "e1" in this entry'),
    ({"mentions": [{"start": 0, "end": 6, "entity": "e1"}], "entities": []}, "mentions[0].entity", "no entity e1"),
    ({"mentions": [{"start": 0, "end": 6, "kind": "DOG"}]}, "mentions[0].kind", '"DOG" is not known here'),
    ({"mentions": [{"start": 0, "end": 6, "form": "verb"}]}, "mentions[0].form", '"verb" is not known here'),
    ({"mentions": [{"start": 0, "end": END + 1}]}, "mentions[0]", "lies outside the text"),
    ({"mentions": [], "entities": [{"mentions": []}]}, "mentions", "both here and within entities"),
    ({"entities": [{"id": "e1", "kind": "PER"}]}, "entities", "entities without mentions"),
    ({"mentions": [], "derived": [{"start": 0, "end": 6, "entity": "e4"}]}, "derived[0].entity", "no entity e4"),
    ({"mentions": [], "entities": [{"id": "e1", "name": "\ud800"}]}, "entities[0].name", "half a character"),
    ({"quotes": []}, "g.json", "no layer in it that can be given"),
    ({"article": {"text_sha256": "0" * 64}, "quotations": []}, "g.json", "text_sha256 is not that of this text"),
    ({"article": {"source": "a.txt", "text": "x"}, "quotations": []}, "g.json", "text_sha256 is not that of this text"),
    ({"article": {"source": "z.txt"}, "quotations": []}, "g.json", "no entry for this input"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "where", "problem"), BAD, ids=[f"{b[1]} {b[2]}" for b in BAD])
def test_a_bad_entry_fails_its_input_alone(
    annotate: Callable[..., Any], tmp_path: Path, record: Record, where: str, problem: str
) -> None:
    done = annotate(record)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Unusable input: a.txt: g.json" in done.stderr
    assert where in done.stderr
    assert problem in done.stderr
    assert "mistake in Quellenlage" not in done.stderr
    assert "Eingabe unbrauchbar" in annotate(record, options=("--lang", "de")).stderr
    (tmp_path / "b.txt").write_text(TEXT + "Ende.", encoding="utf-8")
    good = {"article": {"source": "b.txt"}, "quotations": [BRIDGE]}
    bad = {**record, "article": record.get("article") or {"source": "a.txt"}}
    done = annotate(bad, good, inputs=("a.txt", "b.txt"))
    assert [m["article"]["source"] for m in printed(done)] == ["b.txt"]
    assert done.exit_code == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no layers in it"),
        (b" \n", "no layers in it"),
        (b"[]", "no layers in it"),
        (b'{"quotations": [}', "no JSON at line 1, column 17"),
        (b'{"quotations": []}\n{"quotations"', "no JSON at line 2"),
        (b'{"quotations": []}\n7', "g.json:2: an object is expected here"),
        (b"[{}, 7]", "g.json[1]: an object is expected here"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary data, or text in another encoding"),
        ('{"quotations": "ä"}'.encode("latin-1"), "binary data, or text in another encoding"),
        (b"[" * 100_000, "no"),
        (b"9" * 5000, "too long a number"),
        (b'{"quotations": []}{"quotations": []}', "2 entries for 1 inputs"),
        (None, "No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_used_is_wrong_usage(run: Run, tmp_path: Path, content: bytes | None, said: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    if content is not None:
        (tmp_path / "g.json").write_bytes(content)
    done = run("annotate", "a.txt", "--given", "g.json", "--lang", "en")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "g.json" in done.stderr
    assert said in done.stderr
    assert "Remedy: " in done.stderr
    assert "Abhilfe: " in run("annotate", "a.txt", "--given", "g.json", "--lang", "de").stderr


def test_a_folder_is_no_file_of_layers(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = run("annotate", "a.txt", "--given", str(tmp_path), "--lang", "de")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "das ist ein Ordner" in done.stderr


def test_an_input_that_cannot_be_read_keeps_its_place_in_the_order(annotate: Callable[..., Any]) -> None:
    done = annotate({"quotations": [MONEY]}, {"quotations": [BRIDGE]}, inputs=("gone.txt", "a.txt"))
    assert done.exit_code == 1
    assert [m["quotations"][0]["cue"] for m in printed(done)] == [BRIDGE["cue"]]


def captured(text: str) -> Capture:
    return make_capture(
        source="a.txt", media_type="text/plain", content=text.encode(), text=text, captured_at=CAPTURED_AT
    )


CAPTURED_AT = "2026-01-01T00:00:00Z"
SAMPLE = [
    one
    for one in capture_file(str(files("quellenlage.resources") / "sample"), IntakeOptions(captured_at=CAPTURED_AT))
    if isinstance(one, Capture)
]
PARAGRAPHS = sorted({p for one in SAMPLE for p in one.text.split("\n") if p.strip()})
MIXED = st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=8).map("\n\n".join).map(captured)


def unmarked(records: list[Record]) -> list[Record]:
    """Records without the mark that they were given."""
    return [{k: [r for r in v if r != "given"] if k == "reasons" else v for k, v in one.items()} for one in records]


@settings(max_examples=40)
@given(st.sampled_from(SAMPLE) | MIXED)
@example(captured(TEXT))
def test_what_annotate_prints_can_be_given_back(capture: Capture) -> None:
    content = encoded(standoff(analyse(capture)))
    (entry,) = entries("g.json", content)
    once, again = json.loads(content), json.loads(encoded(standoff(analyse(capture, None, stages(entry, "a.txt")))))
    for layer in ("mentions", "entities", "derived", "quotations", "claims", "events"):
        assert unmarked(again[layer]) == unmarked(once[layer]), layer


KEYS = "id start end quote cue speaker speaker_entities parent mentions entity kind form roles".split()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 60) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
LAYER_NAMES = ["mentions", "entities", "quotations", "derived", "article"]


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(LAYER_NAMES), JSON, min_size=1))
def test_whatever_an_entry_holds_is_taken_or_named_as_bad_input(record: Record) -> None:
    (entry,) = entries("g.json", json.dumps(record).encode())
    with suppress(BadInput):
        analyse(captured(TEXT), None, stages(entry, "a.txt"))
