"""The place of an entity that spans articles: counted by articles, however many names each has for it."""

from __future__ import annotations

from dataclasses import replace

from tests.annotate.events.told import document

from quellenlage.annotate.places import STAGE as PLACES
from quellenlage.link.entities import link_entities
from quellenlage.model import Document, EntityKind


def told(number: int, text: str, *names: str) -> Document:
    read = PLACES.run(document(text, dict.fromkeys(names, EntityKind.GPE)))
    return replace(read, article=replace(read.article, id=f"art-{number}", capture=f"cap-{number}"))


TWO_NAMES = "Frankfurt (Oder)", "Frankfurt an der Oder"
TWICE = told(0, "In Frankfurt (Oder) tagt der Rat. Auf Frankfurt an der Oder fiel Regen.", *TWO_NAMES)
ONCE = told(1, "Die Deiche in Frankfurt (Oder) halten.", "Frankfurt (Oder)")


def test_an_article_with_two_names_for_a_place_counts_once() -> None:
    (entity,) = link_entities([TWICE], (), frozenset()).entities
    assert entity.place is not None
    assert (len(entity.members), entity.place.articles) == (2, 1)


def test_every_article_counts() -> None:
    (entity,) = link_entities([TWICE, ONCE], (), frozenset()).entities
    assert entity.place is not None
    assert (len(entity.members), entity.place.articles) == (3, 2)
