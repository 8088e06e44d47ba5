"""Articles whose stage takes all of one surname for one, linked by the real linker; people take them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tests.execution.linking import Linking, document_of
from tests.store.fakes import Overrides, article_id

from quellenlage.link.entities.parting import part
from quellenlage.model import PARTED, Capture, Document, Judgement


@dataclass(frozen=True)
class Parted(Overrides):
    parted: tuple[str, ...] = ()


class Parting(Linking):
    """Names are taken apart before claims are made of them, as in the real pipeline."""

    def overrides_for(self, judgements: Sequence[Judgement], capture_id: str) -> Overrides:
        said = super().overrides_for(judgements, capture_id)
        about = [j for j in judgements if j.subject == article_id(capture_id) and j.field == PARTED]
        return Parted(said.dct, said.outlet, tuple(j.value for j in about if j.value))

    def analyse(self, capture: Capture, overrides: Overrides) -> Document:
        assert isinstance(overrides, Parted)
        self.analysed += 1
        return parted_document(capture, overrides.parted)


def parted_document(capture: Capture, values: Sequence[str] = ()) -> Document:
    """An article in which all that bear one surname are one, but for what people took apart."""
    document = document_of(capture)
    first: dict[str, str] = {}
    for entity in document.entities:
        first.setdefault(entity.name.split()[-1], entity.id)
    one = {e.id: first[e.name.split()[-1]] for e in document.entities}
    named = replace(
        document,
        claims=(),
        mentions=tuple(replace(m, entity=one[m.entity]) for m in document.mentions),
        entities=tuple(
            replace(e, roles=tuple(r for other in document.entities if one[other.id] == e.id for r in other.roles))
            for e in document.entities
            if one[e.id] == e.id
        ),
    )
    named = part(named, values)
    at = {m.start: m.entity for m in named.mentions}
    speakers = {q.id: at[q.speaker[0].start] for q in named.quotations}
    return replace(named, claims=tuple(replace(c, chain=((speakers[c.quotation or ""],),)) for c in document.claims))
