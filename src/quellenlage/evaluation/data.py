"""Where evaluation data lie and how their texts become documents; nothing of them is copied."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files as packaged_files
from pathlib import Path
from typing import Any

from quellenlage.encoder import files
from quellenlage.errors import MissingResource
from quellenlage.model import Article, Capture, Document, make_capture

VARIABLE = "QUELLENLAGE_DATA"
CHECKOUT = Path(__file__).resolve().parents[3]
"""Root of the source tree, where this module runs from one."""
CAPTURED_AT = "2026-01-01T00:00:00Z"
"""When all texts count as captured: later than each was published, and the same on every run, since nothing is dated
after its capture."""
_BESIDE = Path("shared", "data")
_PUBLISHED = re.compile(r"\((\d{4}-\d{2}-\d{2})\)\s*$")


@dataclass(frozen=True, slots=True)
class NewsText:
    """A text of the quotation corpus; `published` is the ISO day at the end of its name."""

    name: str
    number: str
    text: str
    published: str | None
    raw: dict[str, Any]


def folder(*parts: str) -> Path:
    """Return a folder (or file) of the evaluation data, which lie beside the project or at `$QUELLENLAGE_DATA`.

    Raises:
        MissingResource: it is not there.
    """
    given = os.environ.get(VARIABLE)
    roots = [Path(given)] if given else [CHECKOUT.parent / _BESIDE, Path("..") / _BESIDE]
    for root in roots:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise MissingResource(
        "no evaluation data at {path}",
        remedy="set {variable} to the folder that holds them",
        path=roots[0].joinpath(*parts),
        variable=VARIABLE,
    )


def shipped(*parts: str) -> Path:
    """Return a file of ours: of the installed package, or of `evaluation/` where the source tree is used.

    Raises:
        MissingResource: it is in neither.
    """
    packaged = packaged_files("quellenlage.evaluation").joinpath(*parts)
    if isinstance(packaged, Path) and packaged.exists():
        return packaged
    path = CHECKOUT.joinpath("evaluation", *parts)
    if not path.exists():
        raise MissingResource(
            "evaluation file {name} is missing", remedy="run from the source tree", name="/".join(parts)
        )
    return path


def digest(*paths: Path) -> str:
    """SHA-256 over the given files (folders: their files in order of name), so that a pin names its data."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
            total.update(file.name.encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def content_sha256(path: Path) -> str:
    """SHA-256 of one file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def news(split: str) -> Iterator[NewsText]:
    """Texts of one split of the quotation corpus ("dev" or "train")."""
    with folder("quotations", f"{split}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            name = raw["documentName"]
            published = _PUBLISHED.search(name)
            yield NewsText(name, name.split(" ")[0], raw["originalText"], published[1] if published else None, raw)


def clipping(text: str) -> Capture:
    """Capture a bare text, as if it had been added from a file without a name that says anything."""
    return make_capture(
        source="evaluation",
        media_type="text/plain",
        content=text.encode("utf-8", "surrogatepass"),
        text=text,
        captured_at=CAPTURED_AT,
        encoding="utf-8",
    )


@lru_cache(maxsize=1024)
def article(text: str) -> Article:
    """Run the article stage alone: zones and metadata, no annotation."""
    from quellenlage.article import Overrides, make_article
    from quellenlage.pipeline import article_id

    capture = clipping(text)
    return make_article(capture, article_id(capture.id), Overrides())


def analysed(text: str, published: str | None) -> Document:
    """Run a text through the pipeline as an undated clipping, or with its publication date given."""
    return _analysed(text, published, files.wanted())


@lru_cache(maxsize=512)
def _analysed(text: str, published: str | None, _models: files.Models) -> Document:
    from quellenlage.article import Overrides
    from quellenlage.pipeline import analyse

    return analyse(clipping(text), Overrides(dct=published))


@contextmanager
def reading_with(models: files.Models) -> Iterator[None]:
    """Let the pipeline use these models for a while."""
    before = os.environ.get(files.VARIABLE)
    files.choose(models)
    try:
        yield
    finally:
        if before is None:
            del os.environ[files.VARIABLE]
        else:
            os.environ[files.VARIABLE] = before
