from pathlib import Path

import pytest
from tests.evaluation.evaluation_documents import document, entity, mention

from quellenlage.errors import MissingResource
from quellenlage.evaluation import data
from quellenlage.evaluation.names import CLASSES, Sentence, ours, sentences
from quellenlage.evaluation.running import running
from quellenlage.evaluation.splits import part

ROWS = """#\thttp://example.org\t[2010-01-01]
1\tAnna\tB-PER\tO
2\tBerg\tI-PER\tO
3\tund\tO\tO
4\tKieler\tB-LOCderiv\tO
5\tin\tO\tO
6\tVerein\tB-ORG\tO
7\tKiel\tI-ORG\tB-LOC
8\t,\tO\tO
9\tEM-Sieg\tB-OTHpart\tO

#\thttp://example.org\t[2010-01-01]
1\tBonn\tB-LOC\tO
2\tKöln\tB-LOC\tO
"""


def everything(path: Path) -> list[Sentence]:
    return [s for wanted in ("train", "tune", "test") for s in sentences(path, wanted)]


def test_names_of_the_outer_level_over_running_text(tmp_path: Path) -> None:
    path = tmp_path / "dev.tsv"
    path.write_text(ROWS, encoding="utf-8")
    found = {s.text: [(s.text[a:b], kind) for a, b, kind in s.names] for s in everything(path)}
    assert found == {
        "Anna Berg und Kieler in Verein Kiel, EM-Sieg": [
            ("Anna Berg", "PER"), ("Kieler", "derived"), ("Verein Kiel", "ORG"), ("EM-Sieg", "part"),
        ],
        "Bonn Köln": [("Bonn", "LOC"), ("Köln", "LOC")],
    }  # fmt: skip


def test_a_sentence_is_in_the_part_of_its_joined_tokens(tmp_path: Path) -> None:
    path = tmp_path / "dev.tsv"
    path.write_text(ROWS, encoding="utf-8")
    keys = ("Anna Berg und Kieler in Verein Kiel , EM-Sieg", "Bonn Köln")
    for wanted in ("train", "tune", "test"):
        assert len(list(sentences(path, wanted))) == sum(part(key) == wanted for key in keys)


def test_the_parts_of_the_corpus_are_those_of_the_training() -> None:
    try:
        path = data.folder("ner", "germeval14-dev.tsv")
    except MissingResource as error:
        pytest.skip(str(error))
    assert [len(list(sentences(path, wanted))) for wanted in ("train", "tune", "test")] == [1511, 231, 458]
    assert {kind for s in sentences(path, "test") for _, _, kind in s.of(CLASSES)} == set(CLASSES)


def test_running_text_has_its_marks_where_a_printer_sets_them() -> None:
    text, words = running(['"', "Ja", '"', ",", "sagte", "(", "er", ")", "."])
    assert text == '"Ja", sagte (er).'
    assert [text[a:b] for a, b in words] == ['"', "Ja", '"', ",", "sagte", "(", "er", ")", "."]


def test_states_are_places_there_and_role_nouns_no_names() -> None:
    text = "Anna in Kiel mit Gästen im Olympiafieber"
    anna, kiel, guests = entity("e1", "PER", "Anna"), entity("e2", "GPE", "Kiel"), entity("e3", "GRP", "Gäste")
    games = entity("e4", "MISC", "Olympiafieber")
    mentions = (
        mention(text, "Anna", anna, "noun"), mention(text, "Kiel", kiel), mention(text, "Gästen", guests),
        mention(text, "Olympiafieber", games),
    )  # fmt: skip
    found = ours(document(text, entities=(anna, kiel, guests, games), mentions=mentions))
    assert [(text[a:b], kind) for a, b, kind in found] == [("Kiel", "LOC"), ("Olympiafieber", "OTH")]
