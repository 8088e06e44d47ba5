"""Speaker phrases to entities of the article; unsure stays empty, with a reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quellenlage.annotate.quotations.heads import (
    apposed,
    core_of,
    first_noun,
    head_of,
    is_one_person,
    is_simple,
    kind_of,
    own_words,
)
from quellenlage.annotate.quotations.lexicon import after_nach, lexicon, words
from quellenlage.annotate.quotations.phrases import ATTACHED, GENITIVE, is_determiner
from quellenlage.annotate.quotations.registry import Registry
from quellenlage.annotate.quotations.units import Word
from quellenlage.coreference import References
from quellenlage.coreference.lexicon import DEMONSTRATIVE, PERSONAL, POSSESSIVE, noun
from quellenlage.model.document import Document
from quellenlage.model.layers import EntityKind, Mention
from quellenlage.model.spans import Span

_PRONOUNS = frozenset({*PERSONAL, *DEMONSTRATIVE, *POSSESSIVE, "es", "man"})
_THINGS = ("ung", "heit", "keit", "ismus", "nahme", "ität", "nung", "nis", "tion", "ament", "anz", "enz")
"""Ends of nouns for what does not speak, unless they are listed as bodies."""
_SPEAKING = frozenset({EntityKind.PER, EntityKind.ORG, EntityKind.GPE, EntityKind.GRP})
_COMPOUND = re.compile(r"([A-ZÄÖÜ][a-zäöüß]{3,}?)s?(?:angaben|informationen|erkenntnissen|erkenntnisse)")
NOBODY = "speaker-nobody"
_NOBODY = frozenset({"niemand", "kein", "keine", "keiner", "keines", "keinem", "keinen", "weder"})
_RUMOURS = frozenset({"gerüchten", "gerüchte", "spekulationen", "vermutungen"})
MOST, LEAST = 3, 0.05
"""How many candidates for an unresolved speaker are kept, and the probability below which none is."""
UNRESOLVED = "speaker-unresolved"
ANONYMOUS = "speaker-anonymous"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a speaker phrase means, and why."""

    entities: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    certainty: float = 1.0
    otherwise: bool = False
    """Whether the second reading of the phrase was taken."""
    candidates: tuple[tuple[str, float], ...] = ()
    """Whom the words may mean where they are unresolved, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words that name a quotation's speaker (none: nobody is named), its own words, its cue.

    `otherwise` is another reading of who speaks, for when the first means nobody; `around` is the phrase of the
    quotation that this one stands in, given before it; `known` is whom the words mean, where that is told beforehand.
    """

    speaker: Sequence[Span]
    quote: Sequence[Span]
    cue: Sequence[Span] = ()
    otherwise: Sequence[Span] = ()
    around: Phrase | None = None
    known: tuple[str, ...] | None = None


def resolve_all(document: Document, phrases: Sequence[Phrase]) -> tuple[list[Resolution], Document]:
    """Whom the phrases of an article mean, in the order of the text, and the article with the mentions they add."""
    registry = Registry(document)
    resolver = Resolver(document, registry)
    found = [resolver.resolve(phrase) for phrase in phrases]
    return found, replace(document, mentions=tuple(registry.mentions), entities=tuple(registry.entities))


def _plural(phrase: Phrase, text: str) -> bool:
    """Whether the verb of the cue stands in the plural ("sagten")."""
    return bool(phrase.cue) and phrase.cue[0].of(text).endswith("en")


class Resolver:
    """Resolves speaker phrases in the order of the text; remembers who spoke last."""

    def __init__(self, document: Document, registry: Registry) -> None:
        self.document = document
        self.registry = registry
        self.references = References(document)
        self._last: tuple[str, ...] = ()
        self._known: dict[tuple[int, int], Resolution] = {}

    def resolve(self, phrase: Phrase) -> Resolution:
        """Entities that a speaker phrase names; phrases come in the order of their quotations."""
        plural = _plural(phrase, self.document.text)
        resolution = self._told(phrase) or self._of_outer(phrase) or self._named(list(phrase.speaker), plural)
        if not resolution.entities and phrase.otherwise:
            second = self._named(list(phrase.otherwise), plural)
            resolution = replace(second, otherwise=True) if second.entities else resolution
        self.references.spoken(phrase.quote, resolution.entities)
        return resolution

    def _told(self, phrase: Phrase) -> Resolution | None:
        """Whom the words mean where that is known beforehand, nobody included."""
        if phrase.known is None:
            return None
        resolution = Resolution(phrase.known)
        if phrase.known:
            self._last = phrase.known
            if phrase.speaker:
                self._known.setdefault((phrase.speaker[0].start, phrase.speaker[-1].end), resolution)
        return resolution

    def _of_outer(self, phrase: Phrase) -> Resolution | None:
        """Whom "er" means in somebody's words: "Putin sagte, er könne sagen, dass …" is Putin all along."""
        if phrase.around is None or len(phrase.speaker) != 1:
            return None
        word = phrase.speaker[0].of(self.document.text).lower()
        around = phrase.around.speaker
        outer = self._known.get((around[0].start, around[-1].end)) if around else None
        if word not in ("er", "sie") or outer is None or len(outer.entities) != 1:
            return None
        known = self.references.discourse.known.get(outer.entities[0])
        if known is None or known.kind is not EntityKind.PER or not known.genders & PERSONAL[word].genders:
            return None
        self.registry.add_mention(phrase.speaker[0], outer.entities[0], pronoun=True)
        return Resolution(outer.entities, (f"speaker-anaphora:{word}", "speaker-of-outer"), 0.9)

    def _named(self, spans: list[Span], plural: bool) -> Resolution:
        if not spans:
            return Resolution((), (ANONYMOUS,), 0.7)
        key = (spans[0].start, spans[-1].end)
        if key not in self._known:
            self._known[key] = self._resolve(Span(*key), plural)
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
        if len(ws) == 1 and not (ws[0].capital and ws[0].low not in _PRONOUNS):
            return self._pronoun(ws[0], plural)
        if ws[0].low in _NOBODY:
            return Resolution((), (ANONYMOUS, NOBODY), 0.5)
        if len(ws) == 1 and ws[0].low in _RUMOURS:
            return Resolution((), (ANONYMOUS,), 0.6)
        compounded = self._compounded(ws[-1]) if len(ws) < 4 else None
        if compounded is not None:
            return compounded
        inner = self._possessor(ws)
        if isinstance(inner, Resolution):
            return inner
        joint = self._joint(inner)
        if joint is not None:
            return joint
        return self._phrase(inner)

    def _note(self, span: Span, entity: str, form: str) -> None:
        """Let pronouns further on know of a mention that was added."""
        if entity not in self.references.discourse.known:
            self.references.introduce(self.registry.entity(entity))
        self.references.add(span, entity, form)

    def _possessor(self, ws: list[Word]) -> list[Word] | Resolution:
        """Past "Angaben", "Ansicht", "Pressemitteilung" …: whose they are."""
        for i, word in enumerate(ws[:5]):
            own = word.low in own_words()
            medium = (after_nach(word.low) or ("speech" if own else None)) if word.capital else None
            if medium is None:
                continue
            rest, linked = ws[i + 1 :], False
            while rest and (rest[0].low in ATTACHED or rest[0].low in GENITIVE or rest[0].low in {"der", "den", "dem"}):
                rest, linked = rest[1:], True
            document = word.low in lexicon().documents and not (own and linked)
            if (own and not linked) and word.low not in lexicon().after_nach:
                return ws
            if rest and (rest[0].capital or rest[0].low.isalpha()) and any(w.capital for w in rest):
                media = any(w.low in words("media", "nouns") or w.text in words("media", "names") for w in rest)
                return ws if document and not media else rest
            if i > 0 and ws[i - 1].low == "eigenen":
                return self._own_word(ws[i - 1])
            if i > 0 and ws[i - 1].low in POSSESSIVE:
                return self._pronoun(ws[i - 1], False)
            if word.low not in lexicon().after_nach or document:
                return ws
            if i > 0 and ws[i - 1].capital:
                return ws[:i]
            return Resolution((), (ANONYMOUS,), 0.7)
        return ws

    def _own_word(self, word: Word) -> Resolution:
        """ "eigenen Angaben zufolge": the words of whoever opens the sentence, or stands right behind."""
        answer = self._pronoun(word, False)
        if answer.entities:
            return answer
        sentence = self.document.sentence_at(word.start)
        here = self.registry.overlapping(sentence.span) if sentence is not None else []
        named = [m for m in here if m.kind in _SPEAKING and self._is_subject(m)]
        if not named:
            return answer
        return Resolution((named[0].entity,), ("speaker-anaphora:eigenen",), 0.7)

    def _is_subject(self, mention: Mention) -> bool:
        return any(token.deprel == "nsubj" for token in self.document.tokens_in(mention.span))

    def _compounded(self, word: Word) -> Resolution | None:
        """ "Polizeiangaben": the police that the article tells of, if it does."""
        found = _COMPOUND.fullmatch(word.text)
        if found is None:
            return None
        for mention in self.registry.mentions:
            if mention.kind in _SPEAKING and mention.span.of(self.document.text) == found[1]:
                return Resolution((mention.entity,), ("speaker-compound",), 0.8)
        return None

    def _pronoun(self, word: Word, plural: bool) -> Resolution:
        """Whom a pronoun means, as far as the ranker is sure enough; "man" and "ich" stay unresolved."""
        reason = f"speaker-anaphora:{word.low}"
        span = Span(word.start, word.end)
        answer = self.references.pronoun(span, plural=True if plural else None)
        if answer is None or answer.entity is None:
            listed = tuple(pair for pair in answer.ranked[:MOST] if pair[1] >= LEAST) if answer is not None else ()
            return Resolution((), (UNRESOLVED, reason), 0.5, candidates=listed)
        if word.low not in POSSESSIVE:
            self.registry.add_mention(span, answer.entity, pronoun=True)
        return Resolution((answer.entity,), (reason,), round(answer.probability, 2))

    def _joint(self, ws: list[Word]) -> Resolution | None:
        """ "X und Y": two speakers, where each side begins with a mention of its own."""
        for i, word in enumerate(ws):
            if word.low not in {"und", "sowie"} or i == 0 or i == len(ws) - 1:
                continue
            left, right = self._phrase(ws[:i], create=False), self._phrase(ws[i + 1 :], create=False)
            heads = head_of(ws[:i]) is not None and is_simple(ws[:i]) and is_simple(ws[i + 1 :])
            if heads and left.entities and right.entities and left.entities != right.entities:
                return Resolution(left.entities + right.entities, ("speaker-joint",), 0.9)
        return None

    def _phrase(self, ws: list[Word], *, create: bool = True) -> Resolution:
        core = core_of(ws)
        head = head_of(core)
        if head is None:
            return Resolution((), (UNRESOLVED,), 0.5)
        span = Span(core[0].start, core[-1].end)
        inside = self.registry.overlapping(span)
        person = self._person(ws, core, head)
        if person is not None:
            return Resolution((person.entity,))
        covering = [
            m
            for m in inside
            if m.start <= head.start
            and m.end >= head.end
            and not self._somebody_else(m, ws, core)
            and not (m.form == "name" and self._owns(m, ws))
        ]
        if covering:
            best = max(covering, key=lambda m: (m.end - m.start, m.id))
            return Resolution((best.entity,))
        body = self.registry.overlapping(Span(core[0].start, core[-1].end))
        beside = [m for m in body if m.kind is EntityKind.ORG and m.end <= head.start and head is core[-1]]
        if beside and noun(first_noun(core)) is not None:
            return Resolution((beside[-1].entity,))  # "die Regierung Bush"
        owner = self._owner(ws)
        if owner is not None:
            return Resolution((owner,), ("speaker-owner",), 0.8)
        by_role = self._by_role(core, head)
        if by_role is not None:
            return Resolution((by_role,), (f"speaker-role:{head.text}",), 0.8)
        return self._create(core, ws, head) if create else Resolution(())

    def _person(self, ws: list[Word], core: list[Word], head: Word) -> Mention | None:
        """The person whom a phrase names: in its core, in an apposition, or at its end after an office's body.

        Who stands in the genitive ("Lahms Arzt", "der Arzt Lahms") or beside a body ("die Regierung Bush") just owns.
        """
        body = noun(first_noun(core)) if core else None
        if body is not None and body.kind is EntityKind.ORG and body.sense in {"authority", "party"}:
            return None

        def named(part: list[Word]) -> list[Mention]:
            found = self.registry.overlapping(Span(part[0].start, part[-1].end)) if part else []
            return [m for m in found if m.kind is EntityKind.PER and m.form == "name" and not self._owns(m, ws)]

        inside = named(core)
        if inside:
            return inside[-1] if self._possesses(inside[0], ws) else inside[0]
        rest = apposed(ws)
        after = named(rest or [])
        if after:
            return after[0]
        beside = self._beside(ws) if rest is None and is_one_person(head) else None
        if beside is not None:
            return beside
        office = noun(head.text)
        if rest is None and office is not None and office.kind is EntityKind.PER and office.singular:
            last = [m for m in named(ws[len(core) :]) if m.end == ws[-1].end]
            before = next((w for w in reversed(ws) if last and w.end <= last[0].start), None)
            owned = before is not None and is_one_person(before)  # "ein Sprecher von Ministerin X"
            if before is not None and before.capital and before is not head and not owned:
                return last[0]
        return None

    def _possesses(self, mention: Mention, ws: list[Word]) -> bool:
        """Whether a name is the genitive before an office: "Eva Laus Sprecher Jens Teich"."""
        behind = next((w for w in ws if w.start >= mention.end), None)
        return mention.span.of(self.document.text).endswith("s") and behind is not None and is_one_person(behind)

    def _beside(self, ws: list[Word]) -> Mention | None:
        """The person named right before or after the phrase, a comma between: "Rob Mueller, Sekretär des Klubs"."""
        text, start, end = self.document.text, ws[0].start, ws[-1].end
        for mention in self.registry.overlapping(Span(max(0, start - 3), end + 3)):
            if mention.kind is EntityKind.PER and mention.form == "name":
                between = text[mention.end : start] if mention.end <= start else text[end : mention.start]
                if between.strip() == ",":
                    return mention
        return None

    def _owner(self, ws: list[Word]) -> str | None:
        """Whose "Idee" or "Worte" they are: a name's genitive -s beside a noun for neither people nor a body."""
        owners = [m for m in self.registry.overlapping(Span(ws[0].start, ws[-1].end)) if self._owns(m, ws)]
        others = [w for i, w in enumerate(ws) if w.capital and not (i == 0 and is_determiner(w))]
        others = [w for w in others if not any(m.span.overlaps(Span(w.start, w.end)) for m in owners)]
        if (
            len(owners) != 1
            or len(others) != 1
            or noun(others[0].text) is not None
            or others[0].low in lexicon().documents
        ):
            return None
        return owners[0].entity if owners[0].kind is EntityKind.PER else None

    def _owns(self, mention: Mention, ws: list[Word]) -> bool:
        """Whether a name in a phrase is a genitive beside another noun, by its -s."""
        name = self.registry.entity(mention.entity).name
        text = mention.span.of(self.document.text)
        if not text.endswith(("s", "’", "'")) or not name.endswith(text[:-1]) or name.endswith(text):
            return False
        return any(w.capital and (w.end <= mention.start or 0 <= w.start - mention.end <= 1) for w in ws)

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
        """An entity for a phrase that no mention covers; a name after a comma is the person's own."""
        rest = apposed(ws)
        if rest is not None and len(rest) in {2, 3, 4} and all(w.capital for w in rest) and is_one_person(head):
            return self._made(EntityKind.PER, Span(rest[0].start, rest[-1].end))
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
        person = next((w for w in body[:-1] if is_one_person(w)), None)
        if person is not None and body[-1].text.endswith("s") and body[-1].start == person.end + 1:
            return self._made(EntityKind.GRP, Span(body[0].start, person.end))  # "die Anwältin Samanis"
        while len(body) > 2 and any(body[0].low.endswith(noun) for noun in words("role_nouns", "masculine")):
            body = body[1:]
        kind = EntityKind.ORG if media is not None else kind_of(body, head)
        if kind is EntityKind.GRP and noun(head.text) is None and head.low.endswith(_THINGS):
            return Resolution((), (UNRESOLVED,), 0.5)  # "die Nennung eines Datums" says nothing
        last = body[-1].end
        if kind is EntityKind.GRP or kind is EntityKind.MISC:
            for word in tail:
                if word.text in {",", "("}:
                    break
                last = word.end
        if len(body) == 1:
            alone = body[0].text
            known = self.registry.surname(alone) or self.registry.bracketed(alone)
            if known is not None:
                span = Span(body[0].start, body[0].end)
                self.registry.add_mention(span, known, name=True)
                self._note(span, known, "name")
                return Resolution((known,), (), 0.9)
        return self._made(kind, Span(body[0].start, last))

    def _made(self, kind: EntityKind, span: Span) -> Resolution:
        if len(span) > 120 or not any(c.isalpha() for c in span.of(self.document.text)):
            return Resolution((), (UNRESOLVED,), 0.5)
        entity = self.registry.add_entity(kind, " ".join(span.of(self.document.text).split()))
        self.registry.add_mention(span, entity.id, name=kind is EntityKind.PER)
        self._note(span, entity.id, "name" if kind is EntityKind.PER else "noun")
        return Resolution((entity.id,), ("speaker-new",), 0.8)
