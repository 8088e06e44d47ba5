"""What a rejection leaves standing: who rejects reproaches after a fire denies the reproaches, and not the fire.

Denied is the object of the rejecting verb. What is named beside it as time, cause or occasion is taken for granted.
Where only the manner of a happening is denied ("dass das Gespräch im Streit geendet habe"), that stays a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from quellenlage.model import Document, Event, EventMention, Factuality, Member, Span, Token, fold
from quellenlage.resources import load
from quellenlage.story.figures import WORDS

_BESIDE = frozenset({"amod", "acl", "advmod", "det"})


class Granted:
    """Which accounts that deny tell of what a rejection takes for granted: first `read` the documents, in any order.

    Denied accounts of one event may stand in any document; read in the order of the archive, each is read once.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        self._denied: dict[str, list[str]] = {}
        for event in events:
            for account in event.accounts:
                if account.factuality is Factuality.DENIED:
                    self._denied.setdefault(account.member.article, []).append(account.member.local)
        self._found: set[Member] = set()

    def read(self, document: Document) -> None:
        """Note what a document takes for granted."""
        for local in self._denied.pop(document.article.id, ()):
            mention = next((m for m in document.events if m.id == local), None)
            if mention is not None and stands(document, mention):
                self._found.add(Member(document.article.id, local))

    def told(self, event: Event) -> Event:
        """An event whose accounts that a rejection takes for granted tell it as happened rather than as denied."""
        if self._found.isdisjoint([account.member for account in event.accounts]):
            return event
        accounts = [
            replace(account, factuality=Factuality.HAPPENED, chain=()) if account.member in self._found else account
            for account in event.accounts
        ]
        return replace(event, accounts=tuple(accounts))


def stands(document: Document, mention: EventMention) -> bool:
    """Whether an event in the sentence of a rejection is none of what is rejected."""
    rejecting = _rejecting(document, mention.sentence)
    place = _place(document, mention.trigger)
    if not rejecting or place is None or place in rejecting:
        return False
    path = _path(document, place)
    if not rejecting & set(path) or _doubted(document, place):
        return False
    if mention.event_type == "ACCUSE" and document.tokens[place].upos == "NOUN":
        return True  # a reproach that is rejected was made
    path = path[: next(k for k, at in enumerate(path) if at in rejecting)]
    return any(_circumstance(document, at) for at in path)


def denies_manner(text: str) -> bool:
    """Whether a sentence denies how a happening went ("bestritt, dass das Gespräch ohne Ergebnis geendet habe").

    Then nobody denies the happening itself.
    """
    return bool(denying_word(text)) and bool(_manner().search(text))


def denying_word(text: str) -> str:
    """The word with which a sentence denies something, as it stands there; empty where there is none."""
    found = _denying().search(text)
    return found[0] if found else ""


def circumstances(document: Document, sentence: Span) -> Iterator[Span]:
    """Words of a rejection's sentence that give its time, cause or occasion, each noun with what hangs on it.

    Who denies to have had a part in an attack denies what others tell of it: there the attack is no mere occasion.
    """
    rejecting = _rejecting(document, sentence)
    if not rejecting:
        return
    inside = document.token_range(sentence)
    paths = {k: _path(document, k)[1:] for k in inside if _circumstance(document, k)}
    heads = {k for k, above in paths.items() if rejecting & set(above) and not _part(document, above)}
    for place in inside:
        if heads & set(_path(document, place)):
            yield document.tokens[place].span


def _rejecting(document: Document, sentence: Span) -> frozenset[int]:
    """Tokens of the sentence that say that something is rejected or denied."""
    found = (m.trigger for m in document.events if m.sentence == sentence and m.event_type == "REJECT")
    return frozenset(place for trigger in found if (place := _place(document, trigger)) is not None)


def _place(document: Document, span: Span) -> int | None:
    """The token of a span that governs the others."""
    inside = document.token_range(span)
    return next((k for k in inside if document.tokens[k].head not in inside or document.tokens[k].head == k), None)


def _path(document: Document, place: int) -> list[int]:
    """Tokens from this one up to the root of its sentence."""
    path = [place]
    while (head := document.tokens[path[-1]].head) is not None and head not in path:
        path.append(head)
    return path


def _below(document: Document, place: int) -> list[Token]:
    sentence = document.sentence_at(document.tokens[place].start)
    inside = document.tokens_in(sentence.span) if sentence else ()
    return [token for token in inside if token.head == place and token is not document.tokens[place]]


def _circumstance(document: Document, place: int) -> bool:
    """Whether a noun gives time, cause or occasion; after "bei" and "an" only one that is taken for known."""
    if fold(document.tokens[place].lemma or "") in _row("occasion"):
        return True
    below = _below(document, place)
    cases = [token for token in below if token.deprel == "case"]
    words = {fold(token.lemma or token.of(document.text)) for token in cases}
    if words & _row("circumstance"):
        return True
    return bool(words & _row("circumstance_known")) and _definite(document, place)


def _part(document: Document, above: Sequence[int]) -> bool:
    """Whether what a noun hangs on is a taking part in it."""
    return _begins(fold(document.tokens[above[0]].lemma or ""), "part")


def _definite(document: Document, place: int) -> bool:
    """Whether a noun has the definite article, also one that is drawn into its preposition ("beim Einsatz")."""
    for token in _below(document, place):
        form = token.of(document.text).casefold()
        if (token.deprel == "det" and token.lemma == "der") or (token.deprel == "case" and form in _row("contracted")):
            return True
    return False


def _doubted(document: Document, place: int) -> bool:
    """Whether a word at the noun itself leaves it open or says that it did not come about ("angeblichen")."""
    beside = (token for token in _below(document, place) if (token.deprel or "").partition(":")[0] in _BESIDE)
    told = (fold(token.lemma or token.of(document.text)) for token in beside)
    return any(_begins(word, "doubted") for word in told)


def _begins(word: str, row: str) -> bool:
    return any(word.startswith(beginning) for beginning in _row(row))


@cache
def _manner() -> re.Pattern[str]:
    """A clause with "dass" that ends in a verb of how something went."""
    return re.compile(rf"\bdass\b[^.:;]*\b(?:{'|'.join(sorted(_row('manner')))})\b", re.IGNORECASE)


@cache
def _denying() -> re.Pattern[str]:
    parted = r"wies(?:en)?\b(?=.*\bzurück\b)"
    return re.compile(rf"\b(?:{'|'.join(load(WORDS)['rejected']['denying'].split())})\w*|\b{parted}", re.IGNORECASE)


@cache
def _row(name: str) -> frozenset[str]:
    return frozenset(map(fold, load(WORDS)["rejected"][name].split()))
