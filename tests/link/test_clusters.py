"""Clusters that were put away come back as they were left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.link import clusters as module
from quellenlage.link.cluster import Cluster
from quellenlage.link.clusters import Clusters
from quellenlage.link.sameness import Sameness
from quellenlage.model import DateInterval

deeds = st.lists(st.tuples(st.sampled_from(["open", "change", "look", "let go"]), st.integers(0, 20)), max_size=60)


def change(cluster: Cluster, by: int) -> None:
    cluster.articles |= {f"art-{by}"}
    cluster.content += (f"wort{by}",)
    cluster.reasons.append(f"reason:{by}")
    cluster.prints[f"art-{by}"] = frozenset({f"lemma{by}"})
    cluster.linked.append((by, Sameness(0.5, ("day:same",), "series")))
    cluster.interval = DateInterval.parse(f"2031-05-{by + 1:02}")


@given(deeds, st.integers(1, 4))
def test_they_are_as_if_all_were_held(done: list[tuple[str, int]], held: int) -> None:
    found, plain = Clusters(), list[Cluster]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_HELD", held)
        for deed, by in done:
            if deed == "open":
                assert found.open() == len(plain)
                plain.append(Cluster())
            elif deed == "let go":
                found.let_go()
            elif plain and deed == "change":
                change(found.change(by % len(plain)), by)
                change(plain[by % len(plain)], by)
            elif plain:
                assert _told(found[by % len(plain)]) == _told(plain[by % len(plain)])
        assert len(found) == len(plain)
        assert [_told(one) for one in found] == [_told(one) for one in plain]
        assert [_told(one) for one in found[1:]] == [_told(one) for one in plain[1:]]
    with pytest.raises(IndexError):
        found[len(plain)]


def _told(cluster: Cluster) -> tuple[object, ...]:
    return (list(cluster.tellings), *(getattr(cluster, name) for name in Cluster.__slots__ if name != "tellings"))
