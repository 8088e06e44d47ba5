"""What an article has said so far: its mentions in order, with what grammar shows of each.

Grammar is read off the surface (articles, prepositions, order); where tokens carry part of speech and features, these
are asked first.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from quellenlage.coreference.lexicon import (
    ALL,
    FEMALE_ADDRESS,
    MALE_ADDRESS,
    Gender,
    gender_of_name,
    genders_of,
    noun,
    titles,
)
from quellenlage.model.document import Document
from quellenlage.model.layers import EntityKind, LocalEntity, Mention, Token
from quellenlage.model.spans import Span

_ARTICLES: dict[str, frozenset[Gender]] = {
    form: frozenset(g for g in ("m", "f", "n", "p") if g in genders)
    for genders, forms in {
        "mfp": "der", "fp": "die diese", "n": "das ins dieses", "mp": "den diesen", "m": "einen", "f": "eine einer zur",
        "mn": "dem des ein einem eines im am zum vom beim diesem", "mf": "dieser",
    }.items()
    for form in forms.split()
}  # fmt: skip
"""What an article or the like says about the gender of its noun; "der" and "den" are looked at again in context."""
_OBLIQUE = frozenset("dem den des einem einen eines zur zum vom beim im am ins ans diesem diesen dieses jenem".split())
_PREPOSITIONS = frozenset(
    "in an auf von vor nach mit bei aus zu für gegen über unter durch um ohne seit bis zwischen neben hinter laut "
    "wegen trotz während gegenüber statt außer binnen mittels dank seitens gemäß per pro vom zum zur im am "
    "beim ins ans".split()
)
DEFINITE = frozenset("der die das dem den des dieser diese dieses diesem diesen beim vom zum zur im am ins".split())
INDEFINITE = frozenset("ein eine einer einem einen eines kein keine keiner keinem keinen".split())
_JOINING = frozenset({"und", "sowie", "oder"})
_GENITIVE = frozenset({"der", "des", "eines", "einer", "dieser", "dieses"})
_MARKS = {"„": "“", "»": "«", "“": "”"}
_LONGEST_QUOTED = 1500


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention with what grammar shows of it.

    `governed`: it depends on a preposition or stands in an oblique case or the genitive, so that it is no subject;
    `first`: the first mention of its sentence that is not governed; `quoted`: inside quotation marks.
    """

    start: int
    end: int
    entity: str
    form: str
    sentence: int
    paragraph: int
    genders: frozenset[Gender]
    governed: bool
    first: bool
    quoted: bool


@dataclass(slots=True)
class Known:
    """What the article says of one entity: possible genders, offices (lower case) and words of its name."""

    kind: EntityKind
    name: str
    genders: frozenset[Gender]
    offices: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    senses: frozenset[str] = frozenset()
    seen: list[Seen] = field(default_factory=list)
    named: bool = False
    """Whether one of its mentions is a name."""

    def times(self, offset: int) -> int:
        """How often it was mentioned before an offset."""
        return bisect_left(self.seen, offset, key=lambda s: s.start)


class Discourse:
    """Mentions of one article in order, and its words by place."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.tokens: Sequence[Token] = document.tokens
        self._token_starts = [t.start for t in document.tokens]
        self._sentences = [s.start for s in document.sentences]
        self._paragraphs = [m.end() for m in re.finditer(r"\n\s*\n|\n", document.text)]
        self._quoted = _quoted(document.text)
        self.known: dict[str, Known] = {}
        self.seen: list[Seen] = []
        self._within: dict[int, dict[str, list[tuple[int, int, int, Seen]]]] = {}
        """By sentence and entity the mentions in order: start, end, how many were noted before, and the mention."""
        self._subject_ends: dict[int, int] = {}
        """By sentence, where the first of its mentions that are not governed ends."""
        by_entity: dict[str, list[Mention]] = {}
        for mention in document.mentions:
            by_entity.setdefault(mention.entity, []).append(mention)
        for entity in document.entities:
            self.introduce(entity, by_entity.get(entity.id, ()))
        for mention in document.mentions:
            self.add(mention.span, mention.entity, mention.form)

    # Words -----------------------------------------------------------------------------------------------------------

    def word(self, index: int) -> str:
        """The form of a token; empty outside the article."""
        return self.text[self.tokens[index].start : self.tokens[index].end] if 0 <= index < len(self.tokens) else ""

    def index(self, offset: int) -> int:
        """Number of the first token that begins at or after an offset."""
        return bisect_left(self._token_starts, offset)

    def sentence(self, offset: int) -> int:
        """Number of the sentence that covers an offset."""
        return bisect_right(self._sentences, offset) - 1

    def paragraph(self, offset: int) -> int:
        """Number of the paragraph that covers an offset."""
        return bisect_right(self._paragraphs, offset)

    def quoted(self, offset: int) -> int:
        """Number (from 1) of the quoted passage around an offset; 0 where there is none."""
        at = bisect_right(self._quoted, (offset, len(self.text)))
        return at if at and self._quoted[at - 1][1] > offset else 0

    def opens(self, offset: int) -> bool:
        """Whether a sentence begins here, quotation marks aside."""
        start = self._sentences[max(0, self.sentence(offset))] if self._sentences else 0
        return not any(c.isalnum() for c in self.text[start:offset])

    def clause_between(self, start: int, end: int) -> bool:
        """Whether a clause can have ended between two places: a comma, colon, dash or a joining word."""
        between = self.text[start:end]
        return any(c in between for c in ",;:–(") or any(f" {word} " in between for word in _JOINING)

    # Entities --------------------------------------------------------------------------------------------------------

    def introduce(self, entity: LocalEntity, mentions: Iterable[Mention] = ()) -> None:
        """Note what the article says of an entity anywhere: who Merkel is may be told late."""
        listed = list(mentions)
        offices = set()
        for role in entity.roles:
            offices |= {w.strip(",.-„“").lower() for w in role.text.split() if w[:1].isupper()}
        heads = [self._head(m.span) for m in listed if m.form == "noun"]
        heads += [self.word(self.index(m.start) - 1) for m in listed if m.form == "name" and self._apposed(m.span)]
        offices |= {known.lemma.lower() if (known := noun(head)) else head.lower() for head in heads}
        words = frozenset(w.strip(',.„“"()').lower() for w in entity.name.replace("-", " - ").split())
        senses = {found.sense for w in (*heads, *entity.name.split()) if (found := noun(w)) is not None and found.sense}
        self.known[entity.id] = Known(
            entity.kind, entity.name, self._genders(entity, listed), frozenset(offices), words, frozenset(senses)
        )

    def _apposed(self, span: Span) -> bool:
        """Whether a noun that says what it is stands right before a name: "die Firma Euryza", "Torwart Kahn"."""
        at = self.index(span.start)
        return at > 0 and self.word(at - 1)[:1].isupper() and noun(self.word(at - 1)) is not None

    def _head(self, span: Span) -> str:
        """Last capitalised word of a noun phrase."""
        words = [w for w in span.of(self.text).split() if w[:1].isupper() or w[:1].isdigit()]
        return words[-1].strip(',.„“"()') if words else ""

    def _genders(self, entity: LocalEntity, mentions: Sequence[Mention]) -> frozenset[Gender]:
        if entity.kind is EntityKind.PER:
            return self._sex(entity, mentions)
        found = ALL
        for mention in mentions:
            here = self.genders_at(mention.span, mention.form)
            found = found & here or found
        if entity.kind is EntityKind.GPE and not any(m.form == "noun" for m in mentions) and found == ALL:
            return frozenset("n")
        return found

    def _sex(self, entity: LocalEntity, mentions: Sequence[Mention]) -> frozenset[Gender]:
        """A person's gender by offices, forms of address and nouns, then by the first name."""
        votes = {"f": 0, "m": 0}
        words = [w for role in entity.roles for w in role.text.split()]
        words += [self._head(m.span) for m in mentions if m.form == "noun"]
        for mention in mentions:
            at = self.index(mention.start)
            words += [self.word(at - 1), self.word(at - 2)] if self.word(at - 1)[:1].isupper() else []
        for word in words:
            known = noun(word)
            if word in FEMALE_ADDRESS or (
                known is not None and known.kind is EntityKind.PER and known.gender == {"f"} and not known.sense
            ):
                votes["f"] += 2
            elif word in MALE_ADDRESS or (
                known is not None and known.kind is EntityKind.PER and known.gender == {"m"} and known.singular
            ):
                votes["m"] += 1
        if votes["f"] or votes["m"]:
            first = gender_of_name(entity.name.split()[0]) if entity.name else ALL
            votes["f"] += first == {"f"}
            votes["m"] += first == {"m"}
            if votes["f"] != votes["m"]:
                return frozenset("f") if votes["f"] > votes["m"] else frozenset("m")
        parts = [p for p in entity.name.split() if p not in titles("address") and p not in titles("ranks")]
        return gender_of_name(parts[0]) if len(parts) > 1 else frozenset("mf")

    def genders_at(self, span: Span, form: str) -> frozenset[Gender]:
        """What the article before a phrase and its noun say about gender and number."""
        first = self.index(span.start)
        before = self.word(first - 1).lower()
        numbered = self.word(first)[:1].isdigit() or self.word(first).lower() in {
            "zwei",
            "drei",
            "vier",
            "fünf",
            "mehrere",
            "viele",
            "einige",
            "zahlreiche",
        }
        head = genders_of(self._head(span)) if form == "noun" else ALL
        if numbered and not self.word(first).endswith("-Jährige"):
            return frozenset("p") & head or head
        article = _ARTICLES.get(before, ALL)
        if (
            form == "noun"
            and before not in _ARTICLES
            and head >= {"p"}
            and len(head) > 1
            and not self._names(first - 1)
        ):
            return frozenset("p")  # "Augenzeugen", "Beobachter": no article, several
        if before == "der":
            oblique = self.word(first - 2).lower() in _PREPOSITIONS
            article = frozenset("fm") if not oblique else frozenset("f")
            article = article if not self.word(first - 2)[:1].isupper() else frozenset("fp")
        elif before == "den" and self.word(first - 2).lower() in {"von", "mit", "bei", "nach", "aus", "zu"}:
            article = frozenset("p")
        return article & head or head

    def _names(self, index: int) -> bool:
        word = self.word(index)
        return word[:1].isupper() and word.endswith(("s", "’", "'"))

    # Mentions --------------------------------------------------------------------------------------------------------

    def add(self, span: Span, entity: str, form: str) -> None:
        """Note a mention; pronouns and nouns that were resolved count like names from then on."""
        known = self.known[entity]
        sentence = self.sentence(span.start)
        governed = form != "pronoun" and self.governed(span, known)
        if form == "pronoun":
            governed = self.text[span.start : span.end].lower() not in {"er", "sie", "dieser", "diese"}
        end = self._subject_ends.get(sentence)
        here = end is not None and end <= span.start
        if not governed:
            self._subject_ends[sentence] = span.end if end is None else min(end, span.end)
        seen = Seen(
            span.start, span.end, entity, form, sentence, self.paragraph(span.start), self.genders_at(span, form),
            governed, not governed and not here, bool(self.quoted(span.start)),
        )  # fmt: skip
        listed = self._within.setdefault(sentence, {}).setdefault(entity, [])
        insort(listed, (seen.start, seen.end, len(self.seen), seen))
        insort(self.seen, seen, key=lambda s: (s.start, s.end))
        insort(known.seen, seen, key=lambda s: (s.start, s.end))
        known.named = known.named or form == "name"

    def before(self, offset: int) -> Iterator[Seen]:
        """Mentions that end before an offset, nearest first; of each entity only the last one in a sentence.

        A sentence without an end may mention the same few thousands of times.
        """
        at = bisect_left(self.seen, offset, key=lambda s: s.start)
        while at > 0:
            at -= 1
            nearest = self.seen[at]
            if nearest.end <= offset:
                yield nearest
                yield from self._others(nearest, offset)
                at = bisect_left(self.seen, nearest.sentence, key=lambda s: s.sentence)

    def _others(self, nearest: Seen, offset: int) -> Iterator[Seen]:
        """In the sentence of the mention nearest to an offset, the last one before there of every other entity."""
        found = []
        for entity, listed in self._within[nearest.sentence].items():
            at = bisect_left(listed, (offset,)) - 1
            while at >= 0 and listed[at][1] > offset:
                at -= 1
            if at >= 0 and entity != nearest.entity:
                found.append(listed[at])
        for *_, seen in sorted(found, reverse=True):
            yield seen

    def governed(self, span: Span, known: Known) -> bool:
        """Whether a phrase can hardly be a subject: a preposition, an oblique article or a genitive says so."""
        at = self.index(span.start)
        form = self.text[span.start : span.end]
        last = form.split()[-1].strip('“"') if form.split() else ""
        own = known.name.split()[-1] if known.name else ""
        if last.endswith(("s", "’", "'")) and last.rstrip("’'") != own and last[:-1] and known.name.endswith(last[:-1]):
            return True
        steps = 0
        while steps < 6:
            at, steps = at - 1, steps + 1
            word = self.word(at)
            low = word.lower()
            if low in _PREPOSITIONS or low in _OBLIQUE:
                return True
            if low in _GENITIVE and self.word(at - 1)[:1].isupper() and not self._new_sentence(at):
                return low == "der" or known.kind is not EntityKind.PER or low == "des"
            if low in DEFINITE or low in INDEFINITE:
                return self.word(at - 1).lower() in _PREPOSITIONS
            if not word or not (word[:1].isupper() or low.endswith(("en", "er", "e", "em", "es"))) or self._finite(at):
                return False
        return False

    def _new_sentence(self, index: int) -> bool:
        return not 0 <= index < len(self.tokens) or self.opens(self.tokens[index].start)

    def _finite(self, index: int) -> bool:
        if not 0 <= index < len(self.tokens):
            return False
        feats = self.tokens[index].feats
        return feats is not None and "VerbForm=Fin" in feats

    def plural_verb(self, offset: int) -> bool | None:
        """Whether the finite verb nearest to a pronoun stands in the plural; None where none is found."""
        at = self.index(offset)
        sentence = self.sentence(offset)
        order = [at + 1, at - 1, at + 2, at - 2, *range(at + 3, at + 25)]
        for index in order:
            if not 0 <= index < len(self.tokens) or self.sentence(self.tokens[index].start) != sentence:
                continue
            feats = self.tokens[index].feats
            if feats is not None and "VerbForm=Fin" in feats:
                if "Number=Plur" in feats:
                    return True
                if "Number=Sing" in feats:
                    return False
        low = self.word(at + 1)
        if low.islower() and low.endswith(("ten", "ssen", "ben", "gen", "hen", "nen")):
            return True
        return None


def _quoted(text: str) -> list[tuple[int, int]]:
    """Passages in quotation marks of at least three words, in order."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        closing = _MARKS.get(text[at])
        if text[at] == "„" or text[at] == "»":
            end = text.find(closing or "", at + 1, at + _LONGEST_QUOTED)
            if end > 0 and text.count(" ", at, end) >= 2:
                found.append((at, end))
                at = end
        at += 1
    return found
