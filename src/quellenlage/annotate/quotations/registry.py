"""The article's mentions and entities while speakers are resolved: lookups by place, and additions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from quellenlage.model.document import Document
from quellenlage.model.folding import fold, seen
from quellenlage.model.layers import EntityKind, LocalEntity, Mention, MentionForm
from quellenlage.model.spans import Span

WINDOW = 1200
"""Code points before a pronoun within which its antecedent is looked for."""


_BRACKET = re.compile(r"(?: (?:der|des|für|von)(?: \w+){1,4})? \((?:[a-z]+ )?([A-ZÄÖÜ]\w{1,7})\)")


def _next(identifiers: Iterator[str]) -> int:
    numbers = [int(i[1:]) for i in identifiers if i[1:].isdigit()]
    return max(numbers, default=0) + 1


class Registry:
    """Mentions sorted by place, entities by identifier; what is added keeps both consistent."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.mentions = sorted(document.mentions, key=lambda m: (m.start, m.end, m.id))
        self._starts = [m.start for m in self.mentions]
        self.entities = list(document.entities)
        self._by_id = {e.id: e for e in self.entities}
        self._by_name = {fold(e.name): e for e in reversed(self.entities)}
        self._by_surname: dict[str, list[str]] = {}
        self._by_part: dict[str, list[str]] = {}
        self._abbreviated: dict[str, str] = {}
        for mention in self.mentions:
            found = _BRACKET.match(self.text, mention.end)
            if found and mention.kind is EntityKind.ORG:
                self._abbreviated.setdefault(found[1], mention.entity)
        for entity in self.entities:
            self._note(entity)
        self._mention_number = _next(m.id for m in document.mentions)
        self._entity_number = _next(e.id for e in document.entities)

    def entity(self, identifier: str) -> LocalEntity:
        """The entity with this identifier."""
        return self._by_id[identifier]

    def overlapping(self, span: Span) -> list[Mention]:
        """Mentions that share a code point with a span, in order."""
        low = bisect_left(self._starts, max(0, span.start - 120))
        high = bisect_right(self._starts, span.end - 1)
        return [m for m in self.mentions[low:high] if m.span.overlaps(span)]

    def before(self, offset: int) -> Iterator[Mention]:
        """Mentions that end before an offset, nearest first, within the window."""
        for i in range(bisect_left(self._starts, offset) - 1, -1, -1):
            mention = self.mentions[i]
            if mention.start < offset - WINDOW:
                return
            if mention.end <= offset:
                yield mention

    def named(self, name: str) -> LocalEntity | None:
        """An entity of this name, whatever its spelling."""
        return self._by_name.get(fold(name))

    def surname(self, word: str) -> str | None:
        """A person whose name ends in this word, or else has it as a part ("Thaksin" of "Thaksin Shinawatra")."""
        for table in (self._by_surname, self._by_part):
            found = table.get(word, [])
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def bracketed(self, word: str) -> str | None:
        """What the article itself abbreviates so: "die Gewerkschaft der Flugsicherung (GdF)"."""
        return self._abbreviated.get(word)

    def _note(self, entity: LocalEntity) -> None:
        if entity.kind is EntityKind.PER and entity.name:
            *parts, last = entity.name.split()
            self._by_surname.setdefault(last, []).append(entity.id)
            for part in parts:
                self._by_part.setdefault(part, []).append(entity.id)

    def with_role(self, noun: str, offset: int) -> str | None:
        """The nearest preceding person one of whose roles ends in this noun ("Minister": Außenminister X)."""
        wanted = noun.lower()
        for mention in self.before(offset):
            entity = self._by_id[mention.entity]
            if mention.kind is EntityKind.PER and any(wanted in _tail(r.text, wanted) for r in entity.roles):
                return entity.id
        return None

    def add_entity(self, kind: EntityKind, name: str) -> LocalEntity:
        """A new entity, or the one that goes by this name already."""
        known = self.named(name)
        if known is not None:
            return known
        entity = LocalEntity(f"e{self._entity_number}", kind, seen(name), score=0.6, reasons=("speaker-phrase",))
        self._entity_number += 1
        self.entities.append(entity)
        self._by_id[entity.id] = entity
        self._by_name[fold(name)] = entity
        self._note(entity)
        return entity

    def add_mention(self, span: Span, entity: str, *, pronoun: bool = False, name: bool = False) -> None:
        """A further place where the entity is meant, unless that very place is a mention already."""
        at = bisect_left(self._starts, span.start)
        while at < len(self.mentions) and self.mentions[at].start == span.start:
            if self.mentions[at].end == span.end:
                return
            at += 1
        form: MentionForm = "pronoun" if pronoun else "name" if name else "noun"
        kind = self._by_id[entity].kind
        mention = Mention(f"m{self._mention_number}", span.start, span.end, kind, form, entity)
        self._mention_number += 1
        self.mentions.insert(at, mention)
        self._starts.insert(at, mention.start)


def _tail(role: str, wanted: str) -> str:
    """The words of a role that end like the wanted noun."""
    return " ".join(w for w in role.lower().split() if w.endswith(wanted))
