"""Templates keep to the content security policy: nothing inline, nothing unescaped, nothing from elsewhere."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

TEMPLATES = Path(str(files("quellenlage.views.web"))) / "templates"
FORBIDDEN = {
    "style attribute": re.compile(r"<[^>{]*\sstyle\s*="),
    "style element": re.compile(r"<style\b"),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc=)"),
    "event handler": re.compile(r"<[^>{]*\son\w+\s*="),
    "htmx script attribute": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*[\"']?js:"),
    "unescaped value": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "address elsewhere": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//"),
}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not found, found
