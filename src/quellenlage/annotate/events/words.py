"""Tokens of one sentence with what the rules ask of them: lemma, case of the first letter, verb or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from quellenlage.model import Document, Sentence, Token

PREPOSITIONS = {
    "am": "an", "beim": "bei", "im": "in", "ins": "in", "ans": "an", "vom": "von", "zum": "zu", "zur": "zu",
    "aufs": "auf",
    **{word: word for word in (
        "mit von durch gegen an in aus nach bei zu für auf über unter zwischen vor wegen laut gegenüber samt "
        "ohne seit um "
        "neben nahe innerhalb außerhalb trotz während anlässlich nördlich südlich östlich westlich bis"
    ).casefold().split()},
}  # fmt: skip
"""Prepositions and contracted forms to the plain preposition."""

DETERMINERS = frozenset(
    "der die das den dem des ein eine einen einem einer eines sein seine seinen seinem seiner seines ihr ihre ihren "
    "ihrem ihrer ihres dieser diese dieses diesen diesem jeder jede jedes jeden kein keine keinen keinem keiner alle "
    "allen beide beiden beider mehrere mehreren einige einigen".split()
)
RELATIVE = frozenset("der die das den dem denen deren dessen welcher welche welches welchen welchem wo".split())
SUBORDINATORS = frozenset(
    "dass daß weil wenn falls ob obwohl nachdem bevor ehe während als da damit sodass bis seit seitdem sobald solange "
    "indem sofern wie".split()
)
_NOT_VERBS = frozenset(
    "gegen neben wegen zwischen morgen gestern sondern innen außen oben unten hinten vorn einen denen "
    "ihnen jeden jenen "
    "allen keinen meinen seinen ihren unseren euren wenigen vielen beiden andern anderen ersten letzten sieben "
    "mindestens höchstens eben soeben daneben dagegen hingegen entlang".casefold().split()
)
_NEVER_FINITE = ("ter", "tes", "tem", "ener", "enes", "enem")
"""Endings of inflected participles ("geplanter") that no form of a verb has."""

_TAGGED_VERBS = frozenset({"VERB", "AUX"})
_TAGGED_EITHER = frozenset({"ADJ", "X"})
"""Tags that a participle may have beside those of verbs ("ist umgestürzt")."""

_ADJECTIVE = re.compile(r"[a-zäöüß-]+(?:e|en|er|es|em)", re.UNICODE)
_NO_INDICATIVE = re.compile(r"VerbForm=(?:Part|Inf)|Mood=Sub")
_IERT = re.compile(r"(?<!\w)(\w{2,}ier)(?:t|te|ten|test|tet|end)$")
"""Begins where the word or its part after a hyphen does: tried from every letter, a long word takes quadratic time."""
_ZU = re.compile(
    r"(ab|an|auf|aus|bei|ein|fest|frei|her|hin|heim|los|mit|nach|nieder|um|unter|vor|weg|wieder|zu|zurück|zusammen)zu(\w{3,}n)$"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its form and its lemma in folded case, as all tables of words are ("ss" for "ß").

    `governor` is the index in the sentence of the word that it depends on; -1 for the root, and without a tree.
    """

    token: Token
    form: str
    low: str
    lemma: str
    index: int
    governor: int = -1

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.form[:1].isupper()

    @property
    def is_verb(self) -> bool:
        """Whether it can be a form of a verb, as far as its tag tells, and without one its lemma and spelling."""
        if self.token.upos in _TAGGED_VERBS:
            return not self.capital
        if self.token.upos is not None and (self.token.upos not in _TAGGED_EITHER or self.relation == "amod"):
            return False
        return (
            not self.capital
            and self.lemma.endswith("n")
            and self.lemma[-2:] in {"en", "ln", "rn", "un", "in"}
            and self.low not in _NOT_VERBS
            and self.low not in PREPOSITIONS
            and self.low not in DETERMINERS
            and self.low.isalpha()
            and not self.low.endswith(_NEVER_FINITE)
        ) or self.low in {"ist", "sind", "war", "waren", "sei", "seien", "wäre", "wären", "tut", "tat"}

    @property
    def past(self) -> bool:
        """Whether it is a finite verb of the past by its tag, or by its form in the plural ("erlagen").

        In the present the plural is the infinitive, so that another form in -n is past, whatever the tagger says.
        """
        feats = self.token.feats or ""
        if self.low == self.lemma and "Number=Plur" in feats:
            return False
        if "Tense=Past" in feats and "VerbForm=Fin" in feats:
            return True
        if self.token.upos != "VERB" or "Number=Plur" not in feats or _NO_INDICATIVE.search(feats):
            return False
        other = self.low.endswith("n") and self.lemma.endswith("n") and self.low != self.lemma
        return other and not self.lemma.endswith(self.low) and not ("zu" in self.low and "zu" not in self.lemma)

    @property
    def relation(self) -> str:
        """Its relation to the word that governs it ("nsubj"); empty without a tree."""
        return self.token.deprel or ""

    @property
    def is_adjective_like(self) -> bool:
        """Whether it can stand between an article and its noun."""
        return not self.capital and bool(_ADJECTIVE.fullmatch(self.low))


def sentence_words(document: Document, sentence: Sentence) -> list[Word]:
    """Words of a sentence, punctuation included."""
    words = []
    first = bisect_left(document.tokens, sentence.start, key=lambda token: token.start)
    for index, token in enumerate(document.tokens_in(sentence.span)):
        form = token.span.of(document.text)
        own = token.head is None or token.head == first + index
        governor = -1 if token.head is None or own else token.head - first
        words.append(Word(token, form, form.casefold(), _lemma(form, token.lemma), index, governor))
    return words


def _lemma(form: str, lemma: str | None) -> str:
    """Lemma in lower case; repairs what the lexicon of lemmas leaves: "evakuiert", "abzuziehen"."""
    low = form.casefold()
    given = (lemma or form).casefold()
    if not form[:1].isupper():
        if given == low and (match := _IERT.search(low)):
            return match[1] + "en"
        if match := _ZU.match(low):
            return match[1] + match[2]
    return given
