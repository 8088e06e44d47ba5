"""The article's mentions and entities while speakers are resolved: lookups by place, and additions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from quellenlage.annotate.quotations.lexicon import words
from quellenlage.model.document import Document
from quellenlage.model.folding import fold
from quellenlage.model.layers import EntityKind, LocalEntity, Mention, MentionForm
from quellenlage.model.spans import Span

WINDOW = 1200
"""Code points before a pronoun within which its antecedent is looked for."""


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
        for entity in self.entities:
            self._note(entity)
        self._mention_number = _next(m.id for m in document.mentions)
        self._entity_number = _next(e.id for e in document.entities)
        self._genders = {e.id: gender(e) for e in self.entities}

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

    def gender_of(self, identifier: str) -> str:
        """ "f", "m", or "" where nothing tells."""
        return self._genders[identifier]

    def named(self, name: str) -> LocalEntity | None:
        """An entity of this name, whatever its spelling."""
        return self._by_name.get(fold(name))

    def surname(self, word: str) -> str | None:
        """A person whose name ends in this word."""
        found = self._by_surname.get(word, [])
        return found[0] if len(found) == 1 else None

    def _note(self, entity: LocalEntity) -> None:
        if entity.kind is EntityKind.PER and entity.name:
            self._by_surname.setdefault(entity.name.split()[-1], []).append(entity.id)

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
        entity = LocalEntity(f"e{self._entity_number}", kind, name, score=0.6, reasons=("speaker-phrase",))
        self._entity_number += 1
        self.entities.append(entity)
        self._by_id[entity.id] = entity
        self._by_name[fold(name)] = entity
        self._note(entity)
        self._genders[entity.id] = ""
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


def gender(entity: LocalEntity) -> str:
    """What names and roles say about grammatical gender; "" if nothing."""
    for role in entity.roles:
        for word in role.text.lower().split():
            if word.endswith(("erin", "orin", "istin", "ntin", "chefin", "ltin", "gin")):
                return "f"
    first = entity.name.split()[0] if entity.name else ""
    if first in words("female_names", "names"):
        return "f"
    if first in words("male_names", "names"):
        return "m"
    masculine = words("role_nouns", "masculine")
    for role in entity.roles:
        for word in role.text.lower().split():
            if any(word.endswith(noun) for noun in masculine):
                return "m"
    return ""
