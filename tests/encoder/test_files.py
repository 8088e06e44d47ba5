"""The model files: all there, within the size promised, and named when one is missing or damaged."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from quellenlage.encoder import files, sessions
from quellenlage.encoder.files import Models
from quellenlage.errors import MissingResource

LIMIT_MIB = 90


@pytest.mark.parametrize("name", ["words", "quotations", "sentences"])
def test_every_model_is_part_of_the_tree(name: str) -> None:
    assert files.available(name)


def test_the_manifest_lists_what_lies_there() -> None:
    folder = files.root()
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix in (".onnx", ".npy", ".json") and path.name != "manifest.json"
    }
    assert set(listed) == there
    for name, entry in listed.items():
        content = (folder / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["bytes"], entry["sha256"]), name


def test_all_files_together_stay_small() -> None:
    total = sum(path.stat().st_size for path in files.root().rglob("*") if path.is_file())
    assert total < LIMIT_MIB * 2**20


def test_embeddings_are_stored_once() -> None:
    folder = files.root()
    table = (folder / "shared/embeddings.npy").stat().st_size
    graphs = {path.name: path.stat().st_size for path in folder.rglob("*.onnx")}
    layers = 12 * 1.78e6  # int8 weights of a layer of width 384
    assert all(size < layers + 0.1 * table for size in graphs.values()), graphs


@pytest.mark.parametrize("use", [files.content, files.checked])
def test_a_missing_file_is_named(copied: Path, use: Callable[[str], object]) -> None:
    path = copied / "quotations/attribute.onnx"
    use("quotations/attribute.onnx")
    path.unlink()
    with pytest.raises(MissingResource, match="missing") as caught:
        use("quotations/attribute.onnx")
    assert str(path) in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("use", [files.content, files.checked])
@pytest.mark.parametrize("damage", ["cut", "changed", "longer", "empty"])
def test_a_damaged_file_is_named(copied: Path, use: Callable[[str], object], damage: str) -> None:
    path = copied / "shared/scales.npy"
    content = path.read_bytes()
    use("shared/scales.npy")
    middle = len(content) // 2
    changed = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
    path.write_bytes({"cut": content[:-1], "changed": changed, "longer": content + b"\0", "empty": b""}[damage])
    with pytest.raises(MissingResource, match="damaged") as caught:
        use("shared/scales.npy")
    assert str(path) in caught.value.message


def test_a_file_that_no_manifest_lists_is_missing(copied: Path) -> None:
    (copied / "quotations/other.onnx").write_bytes(b"x")
    with pytest.raises(MissingResource, match=r"other\.onnx"):
        files.content("quotations/other.onnx")


def test_a_damaged_graph_is_never_run(copied: Path) -> None:
    path = copied / "quotations/attribute.onnx"
    sessions.session("quotations/attribute")
    sessions.forget()
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(MissingResource, match=r"attribute\.onnx is damaged"):
        sessions.session("quotations/attribute")


@pytest.mark.parametrize("content", ["", "[]", '{"files": 1}', '{"other": {}}', '{"files": {"a": {}}}'])
def test_a_damaged_manifest_is_named(copied: Path, content: str) -> None:
    (copied / "manifest.json").write_text(content)
    with pytest.raises(MissingResource, match=r"manifest\.json is damaged"):
        files.content("shared/scales.npy")


def test_no_folder_of_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PLACES", (tmp_path / "nowhere",))
    assert not files.available("sentences")
    assert files.digest("sentences") == ""
    with pytest.raises(MissingResource, match="nowhere"):
        files.content("shared/tokenizer.json")


def test_open_models_leave_out_what_is_restricted() -> None:
    assert files.available("quotations")
    assert not files.available("quotations", Models.OPEN)
    assert files.available("sentences", Models.OPEN)
    assert not files.available("unheard of")
    assert not files.available("shared")


def test_a_model_with_a_file_missing_is_named(copied: Path) -> None:
    with pytest.raises(MissingResource, match=r"quotations.*missing"):
        files.available("quotations")


def test_a_model_without_its_folder_is_not_wanted(copied: Path) -> None:
    shutil.rmtree(copied / "quotations")
    assert not files.available("quotations")
    assert files.digest("quotations") == ""


def test_a_slip_of_the_pen_brings_no_models_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(files.VARIABLE, "opne")
    with pytest.raises(MissingResource, match="opne"):
        files.wanted()


def test_the_digest_of_a_model_follows_its_files(copied: Path) -> None:
    whole = json.loads((copied / "manifest.json").read_text())
    wanted = {k: v for k, v in whole["files"].items() if (copied / k).is_file()}
    (copied / "manifest.json").write_text(json.dumps({"files": wanted}))
    files._manifest.cache_clear()
    before = files.digest("quotations")
    assert before
    wanted["quotations/settings.json"]["sha256"] = "0" * 64
    (copied / "manifest.json").write_text(json.dumps({"files": wanted}))
    files._manifest.cache_clear()
    assert files.digest("quotations") not in ("", before)
