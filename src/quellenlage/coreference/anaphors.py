"""Words that refer back: pronouns by place and form, and nouns with an article that can mean something named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quellenlage.coreference.discourse import DEFINITE, INDEFINITE, Discourse
from quellenlage.coreference.lexicon import (
    DEMONSTRATIVE,
    PERSONAL,
    POSSESSIVE,
    RELATIVE,
    Gender,
    Noun,
    Pronoun,
    genders_of,
    noun,
)
from quellenlage.model.spans import Span

_SPEAKS_OF_ITSELF = frozenset({"ich", "wir", "mir", "mich", "uns", "unser", "man", "es"})
Group = Literal["personal", "demonstrative", "relative", "possessive", "noun"]


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word or phrase that may refer back. `genders` are those it can have; `head` is a noun's last word.

    `demonstrative` marks "dieser Konzern"; `modified` a noun with adjectives, `extended` one with a genitive or
    prepositional phrase after it, which mostly say who is meant.
    """

    start: int
    end: int
    group: Group
    word: str
    genders: frozenset[Gender]
    sentence: int
    paragraph: int
    subject: bool = True
    opens: bool = False
    noun: Noun | None = None
    head: str = ""
    demonstrative: bool = False
    modified: bool = False
    extended: bool = False

    @property
    def span(self) -> Span:
        """As a span."""
        return Span(self.start, self.end)


def pronoun_at(discourse: Discourse, index: int, *, plural: bool | None = None) -> Anaphor | None:
    """The pronoun that a token is, if it refers back; `plural` is what the caller knows of its verb.

    "man", "es" and the speaker's own "ich" and "wir" never do; "Sie" amid a sentence is an address.
    """
    form = discourse.word(index)
    low = form.lower()
    if not form or low in _SPEAKS_OF_ITSELF:
        return None
    start, end = discourse.tokens[index].start, discourse.tokens[index].end
    opens = discourse.opens(start)
    if form != low and not opens and discourse.word(index - 1) not in {":", "–"}:
        return None
    found = _pronoun(discourse, index, low)
    if found is None:
        return None
    genders = found.genders
    if low == "sie":
        several = discourse.plural_verb(start) if plural is None else plural
        if several is not None:
            genders = frozenset("p") if several else frozenset("f")
    sentence, paragraph = discourse.sentence(start), discourse.paragraph(start)
    return Anaphor(start, end, found.group, low, genders, sentence, paragraph, found.subject, opens)


def _pronoun(discourse: Discourse, index: int, low: str) -> Pronoun | None:
    following = discourse.word(index + 1)
    if low in PERSONAL:
        return PERSONAL[low]
    if low in POSSESSIVE:
        return POSSESSIVE[low]
    if low in DEMONSTRATIVE:
        attributive = following[:1].isupper() or (
            following.endswith(("e", "en", "er", "es")) and discourse.word(index + 2)[:1].isupper()
        )
        return None if attributive and not low.startswith("letzter") else DEMONSTRATIVE[low]
    before = discourse.word(index - 1)
    if low in RELATIVE and (before == "," or discourse.word(index - 2) == ",") and not following[:1].isupper():
        return RELATIVE[low]
    if low in RELATIVE and before == ",":
        return RELATIVE[low]
    return None


def noun_at(discourse: Discourse, span: Span) -> Anaphor | None:
    """The noun phrase of a span, where an article says that it is known already and one thing is meant."""
    first, last = discourse.index(span.start), discourse.index(span.end) - 1
    while last > first and discourse.tokens[last].start >= span.end:
        last -= 1
    head = discourse.word(last)
    entry = noun(head)
    aged = head.endswith(("-Jährige", "-Jährigen", "-Jähriger", "-Jährigem"))
    if last < first or (entry is None and not aged):
        return None
    before = discourse.word(first - 1).lower()
    inside = discourse.word(first).lower()
    if inside in DEFINITE:
        before, first = inside, first + 1
    if before not in DEFINITE or before in INDEFINITE:
        return None
    genders = discourse.genders_at(Span(discourse.tokens[first].start, span.end), "noun")
    if genders == {"p"} or (entry is not None and not entry.singular):
        return None
    following = discourse.word(last + 1)
    extended = following.lower() in {"der", "des", "von", "vom", "für", "aus", "im", "in", "eines", "einer"} or (
        following[:1].isupper() and following[:1].isalpha()
    )
    return Anaphor(
        span.start,
        span.end,
        "noun",
        head.lower(),
        (genders & genders_of(head)) or genders,
        discourse.sentence(span.start),
        discourse.paragraph(span.start),
        noun=entry,
        head=head,
        demonstrative=before.startswith("dies"),
        modified=first < last,
        extended=extended,
    )
