"""Paper is white, whatever the screen shows."""

from __future__ import annotations

import re
from pathlib import Path

TOKENS = Path(__file__).parents[3] / "web" / "styles" / "tokens.css"


def test_dark_colours_are_for_the_screen_alone() -> None:
    css = TOKENS.read_text(encoding="utf-8")
    dark = re.findall(r"#15171a", css)
    of_screen = re.findall(r"@media screen[^{]*\{\s*[^{]+\{[^}]*#15171a[^}]*\}\s*\}", css)
    assert len(dark) == len(of_screen) == 2
