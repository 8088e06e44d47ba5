"""A name that was deleted on request is in no layer, nor is anything that leads to it."""

from __future__ import annotations

from pathlib import Path

from tests.views.serving import served

from quellenlage.model import EntityKind, fold
from quellenlage.store import open_archive


def test_layers_leave_deleted_names_out(own_path: Path) -> None:
    archive = open_archive(str(own_path))
    article, local, name = next(
        (document.article.id, entity.id, entity.name)
        for document in archive.documents()
        for entity in document.entities
        if entity.kind is EntityKind.PER
        and " " in entity.name
        and any(entity.id in link for claim in document.claims for link in claim.chain)
    )
    with served(own_path) as client:
        before = client.get(f"/api/v1/articles/{article}/layers").json()
        assert local in {one["id"] for one in before["entities"]}
        archive.suppress([name])
        after = client.get(f"/api/v1/articles/{article}/layers").json()
    archive.close()
    assert set(after) == set(before)
    assert fold(name) not in {fold(one["name"]) for one in after["entities"]}
    assert local not in {one["id"] for one in after["entities"]}
    assert local not in {one["entity"] for one in after["mentions"]}
    assert not [one for claim in after["claims"] for link in claim["chain"] for one in link if one == local]
    for event in after["events"]:
        assert local not in {*event["actors"], *event["recipients"], event["place"]}
    for quotation in after["quotations"]:
        assert local not in quotation["speaker_entities"]
        assert local not in {one["entity"] for one in quotation["candidates"]}
    assert len(after["claims"]) == len(before["claims"])
