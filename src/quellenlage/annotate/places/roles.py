"""Whether a mention of a seat of government is the town, or stands for the government: "Moskau warnt"."""

from __future__ import annotations

import re

from quellenlage.model import Document, EntityKind, Mention, Sentence, Token
from quellenlage.places import bodies, key, seats, word_set

_ARTICLES = frozenset("der die das des dem den ein eine einem einer eines".split())
_BODY_PLACE = frozenset("vor im am beim zum hinter gegenüber neben nahe rund um auf".split())


class Words:
    """Tokens of a document as a mention sees them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.forms = [document.text[t.start : t.end] for t in document.tokens]
        self._of_clubs: dict[int, bool] = {}

    def range(self, mention: Mention) -> range:
        """Numbers of the tokens of a mention."""
        return self.document.token_range(mention.span)

    def at(self, number: int) -> str:
        """A token's form in lower case, "" beyond the ends."""
        return self.forms[number].lower() if 0 <= number < len(self.forms) else ""

    def upos(self, number: int) -> str | None:
        """A token's part of speech."""
        token = self.token(number)
        return token.upos if token else None

    def number(self, token: Token) -> int:
        """The number of a token."""
        return self.document.token_range(token.span).start

    def token(self, number: int) -> Token | None:
        """A token."""
        return self.document.tokens[number] if 0 <= number < len(self.forms) else None

    def of_clubs(self, sentence: Sentence) -> bool:
        """Whether a sentence has a word or a score of sports; asked once for all its mentions."""
        found = self._of_clubs.get(sentence.start)
        if found is None:
            inside = self.document.token_range(sentence.span)
            found = any(self.at(k) in word_set("clubs", "words") or _SCORE.fullmatch(self.forms[k]) for k in inside)
            self._of_clubs[sentence.start] = found
        return found


def stands_for(words: Words, mention: Mention, name: str) -> tuple[str, str] | None:
    """The code of the state (or "EU") that a mention stands for, and why; None where it is a place."""
    code = bodies().get(key(name))
    if code:
        return (code, "body") if _body_acts(words, mention) else None
    code = seats().get(key(name))
    if code is None:
        return None
    reason = _acts(words, mention)
    return (code, reason) if reason else None


def is_club(words: Words, mention: Mention) -> bool:
    """Whether a town or region is a team's short name: "Bremen gewann 3:1 gegen Dortmund"."""
    span = words.range(mention)
    sentence = words.document.sentence_at(mention.start)
    if not span or sentence is None:
        return False
    inside = words.document.token_range(sentence.span)
    if not words.of_clubs(sentence):
        return False
    if words.at(span.start - 1) in word_set("clubs", "before"):
        return True
    if words.at(span.start - 1) in word_set("where", "words") | word_set("where", "open") | _ARTICLES:
        return False
    head = words.token(span.start)
    verb = words.token(span.stop) if span.start == inside.start else None  # as far as order tells, without a tree
    if head is not None and head.head is not None:
        verb = words.token(head.head) if head.deprel == "nsubj" else None
    return verb is not None and (verb.lemma or "").lower() in word_set("clubs", "verbs")


_SCORE = re.compile(r"\d{1,3}:\d{1,3}")


def _body_acts(words: Words, mention: Mention) -> bool:
    span = words.range(mention)
    if not span:
        return mention.kind is EntityKind.ORG
    before = words.at(span.start - 1)
    if before in _ARTICLES:
        before = words.at(span.start - 2)
    return before not in _BODY_PLACE


def _acts(words: Words, mention: Mention) -> str | None:
    span = words.range(mention)
    if not span:
        return None
    at, last = span.start, span.stop - 1
    before, behind = words.at(at - 1), words.at(last + 1)
    surface = words.forms[last]
    if surface.endswith("s") and key(surface[:-1]) in seats() and _owned(words, last + 1):
        return "owner"
    if before in word_set("where", "words"):
        return None
    if before == "wie" and words.upos(last + 1) in {"VERB", "AUX"}:
        return "as-told"  # "Wie Teheran mitteilte"
    if before in word_set("where", "open"):
        return _by_talk(words, at, before)
    if behind in {"(", "/", "-", "–"} or before in {"(", "/", "-"}:
        return None
    head = words.token(at)
    if head is None or head.deprel is None or head.head is None:
        behind_it = words.token(last + 1)
        return _verb(behind_it) if at == _opening(words, mention) else None
    return _by_tree(words, head, bare=before not in _ARTICLES)


def _by_tree(words: Words, head: Token, *, bare: bool) -> str | None:
    """Whether a seat is the subject of an act, stands beside one, or is addressed."""
    other = words.token(head.head) if head.head is not None else None
    if head.deprel == "nsubj":
        return _verb(other)
    if head.deprel == "conj" and other is not None:
        number = words.number(other)
        governed = words.at(number - 1)
        if governed in {"zwischen", "mit"} and words.at(number + 1) in {"und", "sowie"}:
            return _by_talk(words, number, governed)
        return "joined" if other.deprel == "nsubj" and _verb(words.token(other.head or 0)) else None
    addressed = head.deprel in {"obj", "iobj", "obl:arg"} and bare and _talked_of(words, head)
    return "object" if addressed else None


def _opening(words: Words, mention: Mention) -> int:
    sentence = words.document.sentence_at(mention.start)
    return words.document.token_range(sentence.span).start if sentence else -1


def _verb(verb: Token | None) -> str | None:
    if verb is None or verb.upos not in {"VERB", "AUX"} or not verb.lemma:
        return None
    if verb.lemma.lower() in word_set("town_verbs", "words"):
        return None
    return f"acts:{verb.lemma.lower()}"


def _talked_of(words: Words, token: Token) -> bool:
    verb = words.token(token.head) if token.head is not None else None
    return verb is not None and (verb.lemma or "").lower() in _TOLD


_RUMOURED = frozenset("hieß heißt verlautete verlautet".split())
_TOLD = frozenset(
    "drohen warnen auffordern drängen kritisieren beschuldigen verdächtigen unterstützen bitten provozieren".split()
)


def _by_talk(words: Words, at: int, preposition: str) -> str | None:
    """Whether the words before "aus Moskau", "zwischen Moskau und Kiew" are about governments."""
    if preposition == "aus" and any(words.at(k) in _RUMOURED for k in range(at + 1, at + 4)):
        return "told-from"  # "Aus Moskau hieß es"
    seen = [words.at(k) for k in range(max(0, at - 7), at - 1)]
    if preposition in {"zwischen", "von", "auf", "an"} and not any(word in word_set("where", "talk") for word in seen):
        return None
    if any(word in word_set("where", "travel") for word in seen):
        return None
    near = words.at(at - 2)
    if near in word_set("where", "talk") or _ends_in_talk(near):
        return f"talk:{near}"
    if preposition in {"gegen", "gegenüber"}:
        return f"towards:{preposition}"
    return next((f"talk:{word}" for word in seen if preposition in {"mit", "zwischen"} and _ends_in_talk(word)), None)


def _ends_in_talk(word: str) -> bool:
    return any(word.endswith(noun) for noun in word_set("where", "talk")) if len(word) > 3 else False


def _owned(words: Words, at: int) -> bool:
    return any(
        words.at(k) in word_set("town_verbs", "owned") or words.at(k).endswith(("minister", "regierung", "politik"))
        for k in (at, at + 1)
    )
