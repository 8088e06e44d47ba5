"""Every message that the code can raise has its German words: collected from the source, so that none is forgotten."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import quellenlage
from quellenlage.errors import ArchiveUnusable, NotFound, Phrase, TooLarge, UnreadableInput
from quellenlage.execution.lookup import Kind
from quellenlage.intake import docx, sniff
from quellenlage.model import EntityKind
from quellenlage.store import sqlite
from quellenlage.store.postgresql import troubles
from quellenlage.views.cli.failures import describe
from quellenlage.views.locale import words_for
from quellenlage.views.locale.phrases import catalogue, detail_in_german

ROOT = Path(quellenlage.__file__).parent
# Which positional argument is the message; `Defect` is for us, in English, and views say so.
_POSITION = {
    "EmptyInput": 1, "UnreadableInput": 1, "TooLarge": 1, "FetchRefused": 1, "Reserved": 1, "BadInput": 1,
    "MissingResource": 0,
    "ArchiveUnusable": 0, "ChangedMeanwhile": 0, "InUse": 0, "StateUnusable": 0, "EngineUnusable": 0,
    "ArchiveGone": 0, "NotFound": 0, "Phrase": 0, "foreign": 1,
    "capture_of": None,
}  # fmt: skip
_KEYWORDS = {"remedy", "empty"}
# Names through which a message passes that was collected where it was written.
_PASSED = {
    "WRITE_REMEDY",
    "message",
    "remedy",
    "what",
    "empty",
    "rule",
    "problem",
    "lacking",
    "reason",
    "text",
    "template",
}
_TABLES = (
    *(text for _, what, remedy in sniff._MAGIC for text in (str(what), remedy)),
    *(text for _, what, remedy in docx._OTHER_ZIP for text in (str(what), remedy)),
    *(text for pair in (*sqlite._CODES.values(), sqlite._OTHER) for text in pair),
    *(text for pair in (*troubles._CODES.values(), *troubles._CLASSES.values()) for text in pair),
    *(text for pair in (troubles._OTHER, troubles._UNFIT) for text in pair),
    *(str(kind) for kind in get_args(Kind)),
)


def _literals(node: ast.expr, constants: dict[str, list[ast.expr]], place: str) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, constants, place)
        yield from _literals(node.orelse, constants, place)
    elif isinstance(node, ast.Name) and node.id in constants:
        for value in constants[node.id]:
            if isinstance(value, ast.Constant | ast.IfExp):
                yield from _literals(value, constants, place)
    elif isinstance(node, ast.JoinedStr):
        pytest.fail(f"{place}: an f-string cannot be translated; give a template and its parameters")
    elif isinstance(node, ast.Name) and node.id not in _PASSED and not node.id.startswith("_"):
        pytest.fail(f"{place}: cannot tell what {node.id} is")


def _constants(tree: ast.Module) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


@cache
def collected() -> tuple[tuple[str, str], ...]:
    """Template and place of every message in the source."""
    found: list[tuple[str, str]] = [(text, "table") for text in _TABLES]
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if path.name != "errors.py" and not re.search("quellenlage.errors|capture_of", source):
            continue
        tree = ast.parse(source)
        constants = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                defaults = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                given = [value for argument, value in defaults if argument.arg in _KEYWORDS and value is not None]
                found += [(text, path.name) for one in given for text in _literals(one, {}, path.name) if text]
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in _POSITION:
                continue
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            at = _POSITION[node.func.id]
            wanted = [node.args[at]] if at is not None and len(node.args) > at else []
            wanted += node.args[2:3] if node.func.id == "foreign" else []
            wanted += [k.value for k in node.keywords if k.arg in _KEYWORDS]
            found += [(text, place) for one in wanted for text in _literals(one, constants, place) if text]
    return tuple(found)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _details() -> list[tuple[str, str]]:
    """A sample of every text that `verify` or a skipped suite hands over finished, with the place of it."""
    tree = ast.parse((ROOT / "store/checking.py").read_text(encoding="utf-8"))
    samples = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
            detail = node.args[2]
            parts = detail.values if isinstance(detail, ast.JoinedStr) else [detail]
            sample = "".join(str(p.value) if isinstance(p, ast.Constant) else "7" for p in parts)
            if re.search("[a-z]{2}", sample):
                samples.append((sample, f"checking.py:{node.lineno}"))
    return samples


def test_enough_messages_are_found() -> None:
    assert len({text for text, _ in collected()}) > 120


def test_every_message_has_its_german_words() -> None:
    known = catalogue()["messages"]
    assert sorted({f"{place}: {text}" for text, place in collected() if text not in known}) == []


def test_no_german_words_for_a_message_that_is_gone() -> None:
    raised = {text for text, _ in collected()} | set(_ADDRESSES)
    assert sorted(set(catalogue()["messages"]) - raised) == []


def test_both_languages_name_the_same_parameters() -> None:
    for table in ("messages", "details"):
        wrong = [en for en, de in catalogue()[table].items() if _fields(en) != _fields(de)]
        assert wrong == []


_ADDRESSES = tuple(
    node.value
    for node in ast.walk(ast.parse((ROOT / "intake/addresses.py").read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w -]+ address", node.value)
)


def test_reasons_to_refuse_an_address_have_their_words() -> None:
    assert len(_ADDRESSES) >= 6
    assert [reason for reason in _ADDRESSES if reason not in catalogue()["messages"]] == []


@pytest.mark.parametrize(("sample", "place"), _details())
def test_what_verify_finds_has_its_german_words(sample: str, place: str) -> None:
    german = detail_in_german(sample)
    assert german != sample, place
    assert german.count("7") == sample.count("7"), place


def test_a_message_in_both_languages() -> None:
    error = UnreadableInput("a.txt", "it cannot be read: {reason}", reason=Phrase("Permission denied"))
    assert describe(error, words_for("en")) == "Not readable: a.txt: it cannot be read: Permission denied"
    assert describe(error, words_for("de")) == "Nicht lesbar: a.txt: lässt sich nicht lesen: keine Berechtigung"
    assert error.message == "a.txt: it cannot be read: Permission denied"


def test_numbers_are_written_as_in_german() -> None:
    error = TooLarge("a.txt", "{size:,} bytes, the limit is {limit:,}", size=1234567, limit=1000000)
    assert error.message == "a.txt: 1,234,567 bytes, the limit is 1,000,000"
    assert "1.234.567 Byte" in describe(error, words_for("de"))


def test_a_message_without_translation_stays_english() -> None:
    assert describe(NotFound("{a}: odd", a=1), words_for("de")) == "Nicht gefunden: 1: odd"


def test_braces_in_names_mean_themselves() -> None:
    error = ArchiveUnusable("{location}: the file is empty", location="{0}{x}.db")
    assert error.message == "{0}{x}.db: the file is empty"
    assert "{0}{x}.db" in describe(error, words_for("de"))
    assert UnreadableInput("{x}", "plain {y}").message == "{x}: plain {y}"


@pytest.mark.parametrize("kind", list(EntityKind))
def test_kinds_of_entities_pass_as_codes(kind: EntityKind) -> None:
    error = NotFound("{reference}: of kind {kind}, not a person", reference="Bern", kind=Phrase(kind))
    assert str(kind) in describe(error, words_for("de"))
