from pathlib import Path

from tests.evaluation.evaluation_documents import document, entity, mention

from quellenlage.evaluation.names import ours, sentences

ROWS = """#\thttp://example.org\t[2010-01-01]
1\tAnna\tB-PER\tO
2\tBerg\tI-PER\tO
3\tund\tO\tO
4\tKieler\tB-LOCderiv\tO
5\tin\tO\tO
6\tVerein\tB-ORG\tO
7\tKiel\tI-ORG\tB-LOC

#\thttp://example.org\t[2010-01-01]
1\tBonn\tB-LOC\tO
2\tKöln\tB-LOC\tO
"""


def test_names_of_the_outer_level_over_joined_tokens(tmp_path: Path) -> None:
    path = tmp_path / "dev.tsv"
    path.write_text(ROWS, encoding="utf-8")
    read = [(text, [(text[a:b], kind) for a, b, kind in names]) for text, names in sentences(path)]
    assert read == [
        ("Anna Berg und Kieler in Verein Kiel", [("Anna Berg", "PER"), ("Verein Kiel", "ORG")]),
        ("Bonn Köln", [("Bonn", "LOC"), ("Köln", "LOC")]),
    ]


def test_states_are_places_there_and_role_nouns_no_names() -> None:
    text = "Anna in Kiel mit Gästen"
    anna, kiel, guests = entity("e1", "PER", "Anna"), entity("e2", "GPE", "Kiel"), entity("e3", "GRP", "Gäste")
    mentions = (mention(text, "Anna", anna, "noun"), mention(text, "Kiel", kiel), mention(text, "Gästen", guests))
    found = ours(document(text, entities=(anna, kiel, guests), mentions=mentions))
    assert [(text[a:b], kind) for a, b, kind in found] == [("Kiel", "LOC")]
