"""Reasons that the stages give: each has words in both languages, wherever it is written down."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quellenlage
from quellenlage.store import open_archive
from quellenlage.views.locale import words_for
from quellenlage.views.wording.reasons import reason_words

ROOT = Path(quellenlage.__file__).parent
PRODUCERS = (
    "annotate/quotations",
    "annotate/claims",
    "link/weighing.py",
    "link/apart.py",
    "link/units.py",
    "link/sameness.py",
    "link/events.py",
    "story/agents.py",
    "story/answers.py",
    "story/blame.py",
    "story/conflicts.py",
    "story/counts.py",
    "story/figures.py",
    "story/penalties.py",
    "story/plans.py",
    "story/rivals.py",
    "story/tensions.py",
    "story/tolls.py",
)
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*:(?:[a-z]+(?:-[a-z]+)*:?)?")
NONE = re.compile(r"(?:family|state|where|what|content|headline|aux|compound|flat|nsubj|obl):.*|about|time:(?:same)?")
"""What looks like a reason and is none: families of words, keys of places, relations of grammar, beginnings."""
PHRASES = {"speaker-phrase", "relay-phrase"}
"""Reasons of a local entity, which nobody is shown."""


def literals(node: ast.AST) -> Iterator[str]:
    """Texts in a piece of code, of composed ones their beginning."""
    composed = {id(part) for one in ast.walk(node) if isinstance(one, ast.JoinedStr) for part in one.values}
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in composed:
            yield one.value
        elif isinstance(one, ast.JoinedStr) and isinstance(one.values[0], ast.Constant):
            yield str(one.values[0].value)


def reasons_in(tree: ast.AST) -> Iterator[str]:
    """What is written down as a reason: what is assigned, handed over or added as one, and texts that look like one."""
    for one in ast.walk(tree):
        if isinstance(one, ast.keyword) and one.arg in {"reason", "reasons"}:
            yield from literals(one.value)
        elif isinstance(one, ast.Call) and ast.unparse(one.func).endswith(("reasons.append", "Resolution", "Passage")):
            yield from (text for part in one.args for text in literals(part))
        elif isinstance(one, ast.Assign | ast.AugAssign | ast.AnnAssign) and one.value is not None:
            target = ast.unparse(one.targets[0] if isinstance(one, ast.Assign) else one.target)
            named = target.isupper() and isinstance(one.value, ast.Constant) and "-" in str(one.value.value)
            if "reason" in target or named or "graded" in target.lower():
                yield from literals(one.value)
    yield from (text for text in literals(tree) if CODE.fullmatch(text))


def produced() -> list[str]:
    found: set[str] = set()
    for name in PRODUCERS:
        path = ROOT / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            told = reasons_in(ast.parse(file.read_text("utf-8")))
            found |= {text for text in told if re.fullmatch(r"[a-z]+(?:-[a-z]+)*(?::[a-z-]*:?)?", text)}
    return sorted(one for one in found - PHRASES if not NONE.fullmatch(one))


def values() -> Iterator[str]:
    """Reasons that are made of values in tables."""
    hedges = tomllib.loads((ROOT / "resources/de/hedges.toml").read_text("utf-8"))["stance"]
    for table in ("factivity", "commitment"):
        yield from (f"{table}:{value}" for value in sorted(set(hedges[table].values())))
    yield from (f"evidentiality:{stance}" for stance in hedges["evidentiality"])
    verbs = ROOT.glob("resources/de/*.toml")
    found = {one for file in verbs for one in re.findall(r'^stance = "([a-z]+)"', file.read_text("utf-8"), re.M)}
    assert len(found) > 8
    yield from (f"stance:{one}" for one in sorted(found))
    conflicts = tomllib.loads((ROOT / "resources/de/conflict_words.toml").read_text("utf-8"))
    yield from (f"manner:{row['about']}" for row in conflicts["manner"])
    yield from (f"act:{name}" for name in conflicts["acts"])
    yield from (f"shared:{bond}" for bond in ("figure", "number", "persons", "place", "who", "words"))
    yield from (f"figures:{one}" for one in ("apart", "close", "reported-later", "update", "within"))
    yield from ("polarity:denied", "polarity:unknown", "beside(+1.0)", "toll(+1.0)")
    yield from ("denied", "reported", "afar", "accused", "untrue", "same-words", "told-otherwise", "alleged-only")


def has_words(reason: str) -> bool:
    code = reason.partition(":")[0]
    shown = reason + ("x" if reason.endswith(":") else "")
    return all(
        reason_words([shown], words_for(lang)) != [shown]
        and all(code + ":" not in text for text in reason_words([shown], words_for(lang)))
        for lang in ("de", "en")
    )


@pytest.mark.parametrize("reason", sorted({*produced(), *values()}))
def test_every_reason_has_words_in_both_languages(reason: str) -> None:
    if reason in {"stance:", "evidentiality:", "polarity:", "figures:", "manner:", "act:", "shared:"}:
        pytest.skip("made of a table, whose values are tested one by one")
    assert has_words(reason)


def test_the_scan_finds_what_reviewers_met() -> None:
    assert {"speaker-carried", "konjunktiv", "manner:course", "time:same-day", "figures:apart"} <= set(produced())


def test_no_code_is_left_in_an_archive(sample_path: Path) -> None:
    archive = open_archive(str(sample_path))
    try:
        linked = archive.linked()
        told: list[Any] = [*linked.entities, *linked.events, *linked.conflicts, *linked.doubts, *linked.references]
        found = {reason for one in told for reason in one.reasons}
        found |= {reason for document in archive.documents() for claim in document.claims for reason in claim.reasons}
    finally:
        archive.close()
    words = words_for("de")
    assert len(found) > 50
    assert [one for one in sorted(found) if one in reason_words([one], words)] == []


def test_what_speaks_against_it_says_so() -> None:
    told = reason_words(["time:same-day(+2.0)", "things:other(-0.7)", "time:near:3d(-0.5)"], words_for("en"))
    assert told == ["the same day", "against it: other things", "against it: days close to each other"]
