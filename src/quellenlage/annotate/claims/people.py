"""Whom a stretch of text names: mentions by place, and new entities where a relay has no mention yet."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from quellenlage.annotate.claims.lexicon import media_ends, media_names, media_nouns, platforms
from quellenlage.model.article import Article
from quellenlage.model.document import Document
from quellenlage.model.folding import fold, seen
from quellenlage.model.layers import EntityKind, LocalEntity, Mention
from quellenlage.model.spans import Span

SPEAKING = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.GRP})
LONGEST = 200
"""Longest mention in code points; the search for mentions at a place looks back that far."""
_NAME = re.compile(
    r"(?<=[„\"»])\w[\w-]*(?:\.\w[\w-]*)+|[„\"»]?[A-ZÄÖÜ][\w.&’'-]*(?:[ \u00a0][A-ZÄÖÜ][\w.&’'-]*){0,4}[“\"«]?"
)


class People:
    """The article's mentions by place; collects what the claims stage adds."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.mentions = sorted(document.mentions, key=lambda m: (m.start, m.end, m.id))
        self._starts = [m.start for m in self.mentions]
        self.entities = list(document.entities)
        self._by_id = {e.id: e for e in self.entities}
        self._by_name = {fold(e.name): e.id for e in reversed(self.entities)}
        self._silent = _silent(document.article)
        numbers = [int(e.id[1:]) for e in self.entities if e.id[1:].isdigit()]
        self._entity_number = max(numbers, default=0) + 1
        numbers = [int(m.id[1:]) for m in self.mentions if m.id[1:].isdigit()]
        self._mention_number = max(numbers, default=0) + 1

    def entity(self, identifier: str) -> LocalEntity:
        """The entity with this identifier."""
        return self._by_id[identifier]

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie wholly in [start, end), in order."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [m for m in self.mentions[low:high] if m.end <= end]

    def over(self, start: int, end: int) -> list[Mention]:
        """Mentions that overlap [start, end)."""
        low, high = bisect_left(self._starts, max(0, start - LONGEST)), bisect_right(self._starts, end - 1)
        return [m for m in self.mentions[low:high] if m.end > start]

    def silent(self, identifier: str) -> bool:
        """Whether it is the article's own outlet or a credited agency, which is never a link."""
        return fold(self._by_id[identifier].name) in self._silent

    def medium(self, mention: Mention) -> bool:
        """Whether a mention is a medium or agency, by its own words or the one before it."""
        before = self.text[max(0, mention.start - 40) : mention.start].split()[-1:]
        words = [w.strip('„“"»«,.') for w in (*self.text[mention.start : mention.end].split(), *before)]
        return any(w in media_names() or w.lower() in media_nouns() or w.lower().endswith(media_ends()) for w in words)

    def passes_on(self, mention: Mention) -> bool:
        """Whether a mention can be a link behind the speaker: speaks, and is neither our outlet nor a platform."""
        if mention.kind not in SPEAKING or self.silent(mention.entity):
            return False
        return self._by_id[mention.entity].name.casefold() not in platforms()

    def is_paper(self, mention: Mention) -> bool:
        """Whether a mention is a medium, or the title that follows the noun for one: "das Blatt „Neue Woche“"."""
        lead = self.text[max(0, mention.start - 40) : mention.start].rstrip('„“"»« ').split()[-1:]
        return self.medium(mention) or any(word.lower() in media_nouns() for word in lead)

    def told(self, mention: Mention) -> bool:
        """Whether what was said to it is likely to be printed: a medium, or an organisation by its proper name."""
        return self.medium(mention) or (mention.kind is EntityKind.ORG and mention.form == "name")

    def mediated(self, span: Span) -> bool:
        """Whether a phrase names a medium by its words."""
        words = [w.strip('„“"»«,.') for w in span.of(self.text).split()]
        return any(w in media_names() or w.lower() in media_nouns() for w in words)

    def name_at(self, start: int, end: int) -> tuple[str, Span] | None:
        """The medium named at the beginning of [start, end), as an entity that is made where it is missing."""
        found = _NAME.search(self.text, start, min(end, start + LONGEST))
        if found is None:
            return None
        span = Span(found.start(), found.end())
        name = found.group().strip('„“"»« ')
        words = name.split()
        while len(words) > 1 and words[0].lower() in media_nouns():
            words = words[1:]
        name = " ".join(words)
        if not name:
            return None
        known = self._by_name.get(fold(name))
        if known is None:
            known = self._add(EntityKind.ORG, name)
        at = self.text.find(name, span.start, span.end)
        place = Span(at, at + len(name)) if at >= 0 else span
        self._mention(place, known)
        return known, place

    def _add(self, kind: EntityKind, name: str) -> str:
        entity = LocalEntity(f"e{self._entity_number}", kind, seen(name), score=0.6, reasons=("relay-phrase",))
        self._entity_number += 1
        self.entities.append(entity)
        self._by_id[entity.id] = entity
        self._by_name[fold(name)] = entity.id
        return entity.id

    def _mention(self, span: Span, entity: str) -> None:
        if any(m.start == span.start and m.end == span.end for m in self.over(span.start, span.end)):
            return
        at = bisect_left(self._starts, span.start)
        kind = self._by_id[entity].kind
        self.mentions.insert(at, Mention(f"m{self._mention_number}", span.start, span.end, kind, "name", entity))
        self._starts.insert(at, span.start)
        self._mention_number += 1


def _silent(article: Article) -> frozenset[str]:
    """Folded names of outlet and credited agencies, with the outlet's initials ("Financial Times": "ft")."""
    names = {fold(agency.value) for agency in article.agencies}
    if article.outlet is not None:
        outlet = fold(article.outlet.value)
        names |= {outlet, "".join(word[0] for word in outlet.split()) if " " in outlet else outlet}
    return frozenset(name for name in names if name)
