"""Who acts and who is acted upon in two sentences that tell the same: nobody may stand on the other side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from quellenlage.execution.drafting.facts import Facts, clause_at
from quellenlage.execution.drafting.roles import held_by, subject_of, token_at
from quellenlage.execution.drafting.stems import stem
from quellenlage.model import EntityKind, Token, fold

_PEOPLE = frozenset({EntityKind.PER, EntityKind.GRP, EntityKind.ORG})
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass"})
_PASSIVE = frozenset({"nsubj:pass", "aux:pass"})
_BY = frozenset({"von", "vom", "durch"})
_AT = frozenset("gegen nach in an auf zu aus gegenueber".split())
"""Prepositions behind which those stand whom a deed is aimed at, or where it leads from or to."""

_CASED = frozenset("der den dem ihn ihm er".split())
"""Words that tell by their form whether somebody acts."""

_MUTUAL = frozenset(
    "treffen zusammentreffen zusammenkommen begegnen telefonieren sprechen reden verhandeln einigen beraten tagen "
    "verstaendigen vereinbaren heiraten kaempfen streiten konferieren abstimmen verbuenden".split()
)
"""Folded verbs of what both sides do to each other."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Those who act and those acted upon, each with where they stand: entities, and stems of nouns for people.

    `passive` is the voice; `decided` says that forms of words leave no doubt who is the subject.
    """

    acting: dict[str, int]
    other: dict[str, int]
    passive: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """Where in the draft somebody stands who is on the other side, and where the archive has the one who acts.

    `told` is None where only one of two is exchanged.
    """

    draft: int
    told: int | None


def parties_at(facts: Facts, at: int) -> Parties:
    """The parties to what is told by the word at a place: of a verb by the tree, of a noun by the frame of events."""
    place = token_at(facts, at)
    if place is None:
        return Parties({}, {}, passive=False, decided=False)
    noun = facts.document.tokens[place].upos == "NOUN"
    found = Parties({}, {}, passive=False, decided=False) if noun else _of_verb(facts, place)
    if not found.acting and not found.other:
        for event in facts.events:
            if event.trigger.start <= at < event.trigger.end:
                found.acting.update((one, at) for local in event.actors for one in facts.meant(local))
                found.other.update((one, at) for local in event.recipients for one in facts.meant(local))
    return found


def _of_verb(facts: Facts, place: int) -> Parties:
    """Parties by the tree; of two subjects the one behind the verb is acted upon, as in headlines without articles.

    What has neither a preposition nor another part is who acts where a clause without a subject begins with it.
    """
    tokens = facts.document.tokens
    below = [n for n in facts.document.token_range(facts.span) if tokens[n].head == place and n != place]
    passive = any(tokens[n].deprel in _PASSIVE for n in below)
    subjects, found = _subjects(facts, place, below)
    acting, other = dict[str, int](), dict[str, int]()
    for n in subjects:
        _put(facts, acting, _meant_by(facts, n, place))
    bare = list[int]()
    for n in below:
        led = _led(facts, n)
        if tokens[n].deprel in _OBJECTS or (tokens[n].deprel in {"obl", "nmod"} and led in _AT):
            found.append(n)
        elif tokens[n].deprel == "obl" and led in _BY:
            _put(facts, acting if passive else other, n)
        elif tokens[n].deprel == "obl" and not led:
            bare.append(n)
    for n in found:
        _put(facts, other, n)
    at = tokens[place].start
    for n in bare:
        first = not acting and not passive and n < place and _first_of_clause(facts, n, at)
        _put(facts, acting if first else other, n)
    return Parties(acting, other, passive, bool(subjects) and _decided(facts, place, subjects, found))


def _subjects(facts: Facts, place: int, below: list[int]) -> tuple[list[int], list[int]]:
    """The subjects of a verb, and those that the tree calls so and that stand behind it beside one before it."""
    tokens = facts.document.tokens
    subjects = [n for n in below if tokens[n].deprel == "nsubj"]
    risen = subject_of(facts, place)
    if not subjects and risen is not None and tokens[risen].deprel == "nsubj":
        subjects = [risen]
    behind = [n for n in subjects if n > place]
    if not behind or len(behind) == len(subjects) or _begins_with_object(tokens, place, subjects):
        return subjects, []
    return [n for n in subjects if n < place], behind


def turned_round(mine: Facts, theirs: Facts, at: int, there: int, lemma: str) -> Turned | None:
    """Whether somebody acts in the one sentence and is acted upon in the other; None where not."""
    if lemma in _MUTUAL:
        return None
    one, other = parties_at(mine, at), parties_at(theirs, there)
    agreed = one.acting.keys() & other.acting.keys()
    undergoing = [x for x in one.acting if x in other.other and x not in other.acting]
    acting = [y for y in one.other if y in other.acting and y not in other.other and y not in one.acting]
    if agreed or not (undergoing or acting):
        return None
    shared = one.other.keys() & other.other.keys()
    if shared and not (one.acting and other.acting):
        return None  # who acts is told in one of them alone: "Truppen aus Perkonien wurden verlegt"
    if undergoing and acting:
        x, y = undergoing[0], acting[0]
        ordered = (one.acting[x] < one.other[y]) is (other.other[x] < other.acting[y])
        if ordered and one.passive is other.passive and not (one.decided and other.decided):
            return None
        return Turned(one.acting[x], other.acting[y])
    if not (one.acting and other.acting):
        return None
    return Turned(one.acting[undergoing[0]] if undergoing else one.other[acting[0]], None)


def on_another_side(mine: Facts, theirs: Facts) -> bool:
    """Whether one noun of both has words made of other names before it ("auf syrischer Seite", "russischer")."""
    here, there = dict(_made_before(mine)), dict(_made_before(theirs))
    return any(noun in there and here[noun].isdisjoint(there[noun]) for noun in here)


def _made_before(facts: Facts) -> Iterator[tuple[str, frozenset[str]]]:
    tokens = facts.document.tokens_in(facts.span)
    for derived in facts.document.derived:
        if not facts.span.contains(derived.span) or derived.form != "derived":
            continue
        behind = next((t for t in tokens if t.start >= derived.end), None)
        ids = facts.bearing(derived)
        if behind is not None and behind.upos == "NOUN" and ids:
            yield stem(fold(behind.lemma or behind.of(facts.document.text))), ids


def _put(facts: Facts, side: dict[str, int], place: int) -> None:
    """Whom a word with what belongs to it means: entities, those it is made from, and the noun where it is people."""
    document = facts.document
    parts = [document.tokens[n].span for n in held_by(facts, place)]
    token = document.tokens[place]
    for one, span in chain(facts.names.items(), facts.spelled.items()):
        if any(span.overlaps(part) for part in parts):
            side.setdefault(one, token.start)
    for mention in document.mentions:
        if any(mention.span.overlaps(part) for part in parts):
            for one in facts.meant(mention.entity):
                side.setdefault(one, token.start)
        if token.upos == "NOUN" and mention.kind in _PEOPLE and mention.span.overlaps(token.span):
            side.setdefault(f"noun:{stem(fold(token.lemma or token.of(document.text)))}", token.start)
    for derived in document.derived:
        if any(derived.span.overlaps(part) for part in parts):
            for one in facts.bearing(derived):
                side.setdefault(one, token.start)


def _meant_by(facts: Facts, subject: int, verb: int) -> int:
    """The noun before a relative clause for its pronoun, else the word itself."""
    tokens = facts.document.tokens
    head = tokens[verb].head
    relative = tokens[subject].upos == "PRON" and (tokens[verb].deprel or "").startswith("acl")
    return head if relative and head is not None else subject


def _led(facts: Facts, place: int) -> str:
    """The folded preposition before a word, empty where it has none."""
    tokens = facts.document.tokens
    inside = facts.document.token_range(facts.span)
    found = next((n for n in inside if tokens[n].head == place and tokens[n].deprel == "case"), None)
    return "" if found is None else fold(tokens[found].lemma or tokens[found].of(facts.document.text))


def _first_of_clause(facts: Facts, place: int, at: int) -> bool:
    clause = clause_at(facts, at)
    return min((facts.document.tokens[n].start for n in held_by(facts, place)), default=-1) == clause.start


def _begins_with_object(tokens: tuple[Token, ...], place: int, subjects: list[int]) -> bool:
    """Whether what stands before the verb has no subject that agrees with it."""
    number = _number(tokens[place])
    before = [n for n in subjects if n < place]
    return bool(number) and all(_number(tokens[n]) not in {"", number} for n in before)


def _decided(facts: Facts, verb: int, subjects: list[int], others: list[int]) -> bool:
    """Whether the number of the verb, an article or a pronoun tells who is the subject."""
    tokens = facts.document.tokens
    inside = facts.document.token_range(facts.span)
    finite = [n for n in inside if tokens[n].head == verb and (tokens[n].deprel or "").startswith("aux")]
    number = _number(tokens[finite[0] if finite else verb])
    kinds = {_number(tokens[n]) for n in others} - {""}
    if number and kinds and number not in kinds:
        return True
    forms = {
        fold(tokens[n].of(facts.document.text))
        for n in inside
        if n in others or n in subjects or (tokens[n].head in (*others, *subjects) and tokens[n].deprel == "det")
    }
    return not forms.isdisjoint(_CASED)


def _number(token: Token) -> str:
    found = [part.partition("=")[2] for part in (token.feats or "").split("|") if part.startswith("Number=")]
    return found[0] if found else ""
