"""Speaker phrases to entities of the article; unsure stays empty, with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.annotate.quotations.lexicon import after_nach, lexicon, words
from quellenlage.annotate.quotations.phrases import ATTACHED, GENITIVE, PREPOSITIONS, is_determiner
from quellenlage.annotate.quotations.registry import Registry
from quellenlage.annotate.quotations.units import Word
from quellenlage.model.document import Document
from quellenlage.model.layers import EntityKind, Mention
from quellenlage.model.spans import Span

UNRESOLVED = "speaker-unresolved"
ANONYMOUS = "speaker-anonymous"
_MALE, _FEMALE, _NEUTER = (
    frozenset({"er", "seiner", "ihm", "letzterer"}),
    frozenset({"sie", "ihrer"}),
    frozenset({"es"}),
)
_RELATIVE = frozenset({"der", "die", "das", "dem", "den", "welcher", "welche"})
_SPEAKING = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.GRP})


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a speaker phrase means, and why."""

    entities: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    certainty: float = 1.0


class Resolver:
    """Resolves speaker phrases in the order of the text; remembers who spoke last."""

    def __init__(self, document: Document, registry: Registry) -> None:
        self.document = document
        self.registry = registry
        self._last: tuple[str, ...] = ()
        self._around: tuple[str, ...] = ()
        self._known: dict[tuple[int, int], Resolution] = {}

    def resolve(self, spans: list[Span], plural: bool = False, around: tuple[str, ...] = ()) -> Resolution:
        """Entities that a speaker phrase names; `around` are the speakers of the words that it stands in."""
        if not spans:
            return Resolution((), (ANONYMOUS,), 0.7)
        key = (spans[0].start, spans[-1].end)
        if key not in self._known:
            self._around = around
            resolution = self._resolve(Span(*key), plural)
            self._known[key] = resolution
        resolution = self._known[key]
        if resolution.entities:
            self._last = resolution.entities
        return resolution

    def _resolve(self, span: Span, plural: bool) -> Resolution:
        text = self.document.text
        ws = [
            Word(t.start, t.end, text[t.start : t.end], text[t.start : t.end].lower())
            for t in self.document.tokens_in(span)
        ]
        if not ws:
            return Resolution((), (UNRESOLVED,), 0.5)
        if ws[0].low in {"demnach", "demzufolge", "danach"}:
            return Resolution(self._last, ("speaker-anaphora:" + ws[0].low,), 0.6)
        if len(ws) == 1 and not (ws[0].capital and ws[0].low not in _MALE | _FEMALE | _NEUTER):
            return self._pronoun(ws[0], plural)
        inner = self._possessor(ws)
        if isinstance(inner, Resolution):
            return inner
        joint = self._joint(inner)
        if joint is not None:
            return joint
        return self._phrase(inner)

    def _possessor(self, ws: list[Word]) -> list[Word] | Resolution:
        """Past "Angaben", "Ansicht" …: whose they are."""
        for i, word in enumerate(ws[:5]):
            medium = after_nach(word.low) if word.capital else None
            if medium is None:
                continue
            rest = ws[i + 1 :]
            while rest and (rest[0].low in ATTACHED or rest[0].low in GENITIVE or rest[0].low in {"der", "den", "dem"}):
                rest = rest[1:]
            document = word.low in lexicon().documents
            if rest and (rest[0].capital or rest[0].low.isalpha()) and any(w.capital for w in rest):
                media = any(w.low in words("media", "nouns") or w.text in words("media", "names") for w in rest)
                return ws if document and not media else rest
            if i > 0 and ws[i - 1].low in {"seiner", "ihrer", "eigenen"}:
                return self._pronoun(ws[i - 1], False)
            if word.low not in lexicon().after_nach or document:
                return ws
            if i > 0 and ws[i - 1].capital:
                return ws[:i]
            return Resolution((), (ANONYMOUS,), 0.7)
        return ws

    def _pronoun(self, word: Word, plural: bool) -> Resolution:
        low = word.low
        reason = f"speaker-anaphora:{low}"
        found: str | None = None
        if low in _RELATIVE and not word.capital:
            nearest = next(self.registry.before(word.start), None)
            found = nearest.entity if nearest is not None and word.start - nearest.end <= 3 else None
        elif low in _MALE | _FEMALE | _NEUTER | {"eigenen", "dieser", "diese", "letztere"}:
            found = self._antecedent(word, plural)
        if found is None:
            return Resolution((), (UNRESOLVED, reason), 0.5)
        if low in _MALE | _FEMALE | _NEUTER and low not in {"seiner", "ihrer"}:
            self.registry.add_mention(Span(word.start, word.end), found, pronoun=True)
        return Resolution((found,), (reason,), 0.75)

    def _antecedent(self, word: Word, plural: bool) -> str | None:
        low = word.low
        if self._around and low not in {"seiner", "ihrer"} and self._fits(low, self._around[0]):
            return self._around[0]
        last = self._last[0] if len(self._last) == 1 else None
        if last is not None and self._agrees(low, last, plural) and self._near(last, word.start):
            return last
        for mention in self.registry.before(word.start):
            if mention.form != "pronoun" and self._agrees(low, mention.entity, plural):
                sex = self.registry.gender_of(mention.entity)
                return mention.entity if sex or low not in _FEMALE or mention.kind is not EntityKind.PER else None
        return None

    def _fits(self, low: str, entity: str) -> bool:
        """Whether the speaker of the words around can say "er", "sie" of themselves; bodies may be "sie" or "es"."""
        kind = self.registry.entity(entity).kind
        return self._agrees(low, entity, False) or (kind is not EntityKind.PER and low in _FEMALE | _NEUTER)

    def _near(self, entity: str, offset: int) -> bool:
        return any(m.entity == entity for m in self.registry.before(offset))

    def _agrees(self, low: str, entity: str, plural: bool) -> bool:
        kind, sex = self.registry.entity(entity).kind, self.registry.gender_of(entity)
        if low in _MALE:
            return kind is EntityKind.PER and sex != "f"
        if low in _FEMALE:
            if plural:
                return kind is EntityKind.GRP
            if low == "ihrer" and kind is EntityKind.GRP:
                return True
            return (kind is EntityKind.PER and sex != "m") or (kind is EntityKind.ORG and self._feminine(entity))
        if low in _NEUTER:
            return kind is EntityKind.ORG or kind is EntityKind.GPE
        return kind in _SPEAKING

    def _feminine(self, entity: str) -> bool:
        name = self.registry.entity(entity).name.lower()
        return name.endswith(
            ("ei", "ung", "schaft", "ion", "behörde", "firma", "kirche", "wehr", "bank", "agentur", "tät")
        )

    def _joint(self, ws: list[Word]) -> Resolution | None:
        """ "X und Y": two speakers, where each side begins with a mention of its own."""
        for i, word in enumerate(ws):
            if word.low not in {"und", "sowie"} or i == 0 or i == len(ws) - 1:
                continue
            left, right = self._phrase(ws[:i], create=False), self._phrase(ws[i + 1 :], create=False)
            heads = _head(ws[:i]) is not None and _simple(ws[:i]) and _simple(ws[i + 1 :])
            if heads and left.entities and right.entities and left.entities != right.entities:
                return Resolution(left.entities + right.entities, ("speaker-joint",), 0.9)
        return None

    def _phrase(self, ws: list[Word], *, create: bool = True) -> Resolution:
        core = _core(ws)
        head = _head(core)
        if head is None:
            return Resolution((), (UNRESOLVED,), 0.5)
        span = Span(core[0].start, core[-1].end)
        inside = self.registry.overlapping(span)
        person = next((m for m in inside if m.kind is EntityKind.PER and m.form == "name"), None)
        if person is None and _apposed(ws) is not None:
            rest = _apposed(ws) or []
            person = next(
                (m for m in self.registry.overlapping(Span(rest[0].start, rest[-1].end)) if m.kind is EntityKind.PER),
                None,
            )
        if person is not None:
            return Resolution((person.entity,))
        covering = [
            m for m in inside if m.start <= head.start and m.end >= head.end and not self._somebody_else(m, ws, core)
        ]
        if covering:
            best = max(covering, key=lambda m: (m.end - m.start, m.id))
            return Resolution((best.entity,))
        by_role = self._by_role(core, head)
        if by_role is not None:
            return Resolution((by_role,), (f"speaker-role:{head.text}",), 0.8)
        return self._create(core, ws, head) if create else Resolution(())

    def _somebody_else(self, mention: Mention, ws: list[Word], core: list[Word]) -> bool:
        """Whether "ein Sprecher", "der Sprecher von X" can hardly be the person whom the mention stands for."""
        if mention.form != "noun" or mention.kind is not EntityKind.PER:
            return False
        if core and core[0].low in {"ein", "eine", "einer", "einem", "einen"}:
            return True
        tail = [w.text for w in ws[len(core) :] if w.capital]
        if not tail or ws[len(core)].low not in ATTACHED | GENITIVE:
            return False
        entity = self.registry.entity(mention.entity)
        return not any(word in role.text for role in entity.roles for word in tail)

    def _by_role(self, core: list[Word], head: Word) -> str | None:
        """ "der Minister": the person introduced with that office."""
        if not core or core[0].low not in {"der", "die", "dieser", "diese"} or head is not core[-1]:
            return None
        found = self.registry.with_role(head.text, head.start)
        if found is not None:
            self.registry.add_mention(Span(head.start, head.end), found)
        return found

    def _create(self, core: list[Word], ws: list[Word], head: Word) -> Resolution:
        start = 0
        while (
            start < len(core) - 1
            and is_determiner(core[start])
            and not core[start].low[:1].isdigit()
            and not core[start].low.startswith(("zwei", "drei", "mehr", "viel", "einig"))
        ):
            start += 1
        body = core[start:]
        tail = ws[len(core) :]
        media = next((k for k, w in enumerate(body[:-1]) if w.low in words("media", "nouns")), None)
        if media is not None:
            body = body[media + 1 :]
        while len(body) > 2 and any(body[0].low.endswith(noun) for noun in words("role_nouns", "masculine")):
            body = body[1:]
        kind = EntityKind.ORG if media is not None else kind_of(body, head)
        last = body[-1].end
        if kind is EntityKind.GRP or kind is EntityKind.MISC:
            for word in tail:
                if word.text in {",", "("}:
                    break
                last = word.end
        span = Span(body[0].start, last)
        if len(span) > 120 or not any(c.isalpha() for c in span.of(self.document.text)):
            return Resolution((), (UNRESOLVED,), 0.5)
        named = self.registry.surname(body[-1].text) if len(body) == 1 else None
        if named is not None:
            self.registry.add_mention(span, named, name=True)
            return Resolution((named,), (), 0.9)
        entity = self.registry.add_entity(kind, " ".join(span.of(self.document.text).split()))
        self.registry.add_mention(span, entity.id, name=kind is EntityKind.PER)
        return Resolution((entity.id,), ("speaker-new",), 0.8)


def _core(ws: list[Word]) -> list[Word]:
    """The phrase up to a genitive, preposition, parenthesis or apposition."""
    seen = False
    for i, word in enumerate(ws):
        if seen and (
            word.low in GENITIVE
            or word.low in PREPOSITIONS
            or word.text in {",", "(", "–", "-"}
            or word.low in {"und", "sowie"}
        ):
            return ws[:i]
        seen = seen or (word.capital and not (i == 0 and is_determiner(word)))
    return ws


def _head(ws: list[Word]) -> Word | None:
    """The last noun or name of a phrase's core."""
    nouns = [
        w
        for i, w in enumerate(ws)
        if w.capital and w.text[:1].isalnum() and not (i == 0 and (is_determiner(w) or w.low in PREPOSITIONS))
    ]
    return nouns[-1] if nouns else None


def _apposed(ws: list[Word]) -> list[Word] | None:
    for i, word in enumerate(ws):
        if word.text == "," and i + 1 < len(ws):
            return ws[i + 1 :]
    return None


def _simple(ws: list[Word]) -> bool:
    """No genitive or preposition between the beginning and the end."""
    return len(_core(ws)) == len(ws)


def kind_of(body: list[Word], head: Word) -> EntityKind:
    """Kind of a speaker that no mention covers, by its noun."""
    low = head.low
    for singular in (
        low,
        low.removesuffix("s"),
        low.removesuffix("es"),
        low.removesuffix("en"),
        low.removesuffix("n"),
        low.removesuffix("e"),
    ):
        if singular in lexicon().documents:
            return EntityKind.MISC
    if low.endswith(("angaben", "berichten", "berichte", "kreise", "kreisen", "quellen", "aussagen", "medien")):
        return EntityKind.GRP
    if any(low.endswith(noun) for noun in words("role_nouns", "group")) or low.endswith(("innen", "leute")):
        return EntityKind.GRP
    if any(low.endswith((noun, noun + "s", noun + "es")) for noun in words("role_nouns", "organisation")):
        return EntityKind.ORG
    if low in words("media", "nouns") or head.text in words("media", "names"):
        return EntityKind.ORG
    capitals = [w for w in body if w.capital]
    if len(capitals) >= 2 and all(w.text.isalpha() or "-" in w.text for w in capitals):
        return EntityKind.PER
    if head.text.isupper() and len(head.text) > 1:
        return EntityKind.ORG
    return EntityKind.GRP
