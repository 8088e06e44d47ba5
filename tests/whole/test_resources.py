"""What comes with the package is there and can be read, or the build says so and touches nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from quellenlage import resources
from quellenlage.errors import MissingResource


@pytest.mark.parametrize("content", [b"garbage = [", b"\xff\xfe"])
def test_a_broken_lexicon_is_a_missing_resource(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    broken = tmp_path / "words.toml"
    broken.write_bytes(content)
    monkeypatch.setattr(resources, "resource", lambda _: broken)
    with pytest.raises(MissingResource, match=r"de/broken\.toml cannot be read"):
        resources.load("de/broken.toml")
