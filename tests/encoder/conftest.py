from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quellenlage.encoder import files, sessions


@pytest.fixture
def installed() -> Callable[[str], None]:
    """Skips where a model is not part of this tree (`test_files` fails then)."""

    def check(name: str) -> None:
        if not files.available(name):
            pytest.skip(f"no model files of {name}")

    return check


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of models of one's own, without the large ones."""
    folder = tmp_path / "models"
    real = files.root()
    for name in ("manifest.json", "quotations/settings.json", "quotations/attribute.onnx", "shared/scales.npy"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(real / name, folder / name)
    monkeypatch.setattr(files, "_PLACES", (folder,))
    files._manifest.cache_clear()
    sessions.forget()
    yield folder
    files._manifest.cache_clear()
    sessions.forget()
