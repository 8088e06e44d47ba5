"""Noun phrases by their surface: articles, capitalised nouns, genitives, "von" phrases, appositions.

German writes nouns and names with a capital, which makes them visible without a parser.
"""

from __future__ import annotations

from collections.abc import Sequence

from quellenlage.annotate.quotations.lexicon import AUXILIARY, after_nach, words
from quellenlage.annotate.quotations.units import Word

PRONOUNS = words("grammar", "pronouns")
NOMINATIVE = words("grammar", "nominative")
OBLIQUE = words("grammar", "oblique")
"""Words that open a phrase that is no subject."""
GENITIVE = words("grammar", "genitive")
ATTACHED = words("grammar", "attached")
"""Prepositions that belong to the noun before them."""
PREPOSITIONS = ATTACHED | words("grammar", "placed") | words("grammar", "other_prepositions")
LONGEST = 40
"""Words of the longest noun phrase that is followed."""
_PERSONAL = words("grammar", "personal")
_PLACED = words("grammar", "placed")
_POSSESSIVES = tuple(sorted(words("grammar", "possessive_stems")))
_DETERMINERS = words("grammar", "determiners")
_TEMPORAL = words("grammar", "temporal")
_WEEKDAYS = tuple(sorted(words("grammar", "weekdays")))
_JOINING = frozenset({"und", "sowie", "oder"})
_DEMONSTRATIVE = frozenset({"der", "die", "das", "dieser", "diese"})
_PARTICLES = words("grammar", "name_particles") - {"von"}
_SKIPPED = words("grammar", "skipped")
_NOT_ADJECTIVES = words("grammar", "not_adjectives")
_NOT_FIRST = _SKIPPED | _NOT_ADJECTIVES | words("adverbs", "words")
_ENDINGS = frozenset({"", "e", "er", "es", "em", "en"})


def is_determiner(word: Word) -> bool:
    """An article, possessive, quantifier or number before a noun."""
    low = word.low
    if low in _DETERMINERS or low[:1].isdigit():
        return True
    return len(low) < 9 and any(low.startswith(p) and low[len(p) :] in _ENDINGS for p in _POSSESSIVES)


def _adjective(word: Word) -> bool:
    low = word.low
    return (
        (low.isalpha() or "-" in low or low[:-1].isdigit())
        and low not in _NOT_ADJECTIVES
        and low not in AUXILIARY
        and low not in PREPOSITIONS
        and not (word.feats is not None and "VerbForm=Fin" in word.feats)
    )


def _core(ws: Sequence[Word], i: int, hi: int) -> int:
    """End of determiner, adjectives and nouns from i; i itself where there is no noun."""
    if i >= hi:
        return i
    j = i
    if ws[i].low in _PERSONAL and not ws[i].mark:
        return i
    if j < hi and is_determiner(ws[j]) and not ws[j].mark:
        j += 1
    k = j
    if k > i and k < hi and ws[k].low in PREPOSITIONS:
        k = _inserted(ws, k, hi)
    while k < hi and k < j + 10 and not _noun(ws[k], first=k == i) and (_adjective(ws[k]) or is_determiner(ws[k])):
        if k == i and not ws[k].low.endswith(("e", "er", "es", "en", "em")):
            return i
        k += 1
    if k >= hi or not _noun(ws[k], first=k == i):
        return i
    k += 1
    while (
        k < hi
        and not _complete(ws[k - 1])
        and (
            _noun(ws[k])
            or _particle(ws, k, hi)
            or (ws[k].low.isdigit() and ws[k - 1].capital)
            or ws[k].text in {"/", "&"}
        )
    ):
        k += 1
    return k


def _complete(word: Word) -> bool:
    """Whether a noun like "Angaben" ends its phrase: what follows directly is another one."""
    return word.low.endswith(("angaben", "berichten", "aussagen", "informationen"))


def _inserted(ws: Sequence[Word], k: int, hi: int) -> int:
    """Past "am Dienstag" in "einer am Dienstag veröffentlichten Studie"; k itself if no participle follows."""
    m = k + 1
    while m < min(hi, k + 6) and (
        _noun(ws[m]) or is_determiner(ws[m]) or (ws[m].low.endswith(("en", "er", "em")) and m == k + 1)
    ):
        m += 1
    return (
        m if m < hi and m > k + 1 and ws[m].low.endswith(("ten", "tem", "ter", "te", "nen", "ner", "nem", "ne")) else k
    )


def _particle(ws: Sequence[Word], k: int, hi: int) -> bool:
    return ws[k].low in _PARTICLES and k + 1 < hi and ws[k + 1].capital


def _noun(word: Word, *, first: bool = False) -> bool:
    if word.mark:
        return word.text.count(" ") < 8
    if not word.capital:
        return False
    low = word.low
    return not (first and (low in PREPOSITIONS or low in PRONOUNS or is_determiner(word) or low in _NOT_FIRST))


def _attaches(ws: Sequence[Word], i: int, j: int, *, wide: bool) -> bool:
    """Whether the preposition at j goes on with the phrase that began at i: "ein Sprecher in …", "Ina Voss vom …"."""
    low = ws[j].low
    if wide:
        return low in ATTACHED or low in _PLACED
    if is_determiner(ws[i]):
        return low in ATTACHED or low == "in"
    return low in {"von", "vom"} and (j - i > 1 or after_nach(ws[i].low) is not None)


def _bracket(ws: Sequence[Word], j: int, hi: int) -> int:
    if j < hi and ws[j].text == "(":
        for k in range(j + 1, min(hi, j + 9)):
            if ws[k].text == ")":
                return k + 1
    return j


def temporal(ws: Sequence[Word], lo: int, hi: int) -> bool:
    """Whether a phrase tells when rather than who or where: its last noun is one of time, or it is a bare number."""
    for k in range(min(hi, lo + 12) - 1, lo - 1, -1):
        word = ws[k]
        if word.capital and not (k == lo and is_determiner(word)):
            return word.low in _TEMPORAL or word.low.startswith(_WEEKDAYS)
    return ws[lo].low[:1].isdigit()


_LONGEST_TITLE = 4
"""Words that a paper's name in quotation marks has at most."""
_SHORTEST_TITLE = 6
"""Letters above which a word with the ending of a paper's name is taken for one ("Tagesbote", not "Bote")."""


def is_medium(word: Word) -> bool:
    """Whether a word, or the last of words in quotation marks, names a paper, agency or broadcaster."""
    if word.low in words("media", "nouns") or word.text in words("media", "names"):
        return True
    titles = word.text.strip('„“”"»«‚‘').split()
    if word.mark is not None and len(titles) <= _LONGEST_TITLE and any(t in words("media", "names") for t in titles):
        return True
    inner = titles[-1:]
    named = inner and inner[0][:1].isupper() and (word.mark is not None or len(inner[0]) > _SHORTEST_TITLE)
    return bool(named) and inner[0].lower().endswith(tuple(words("media", "ends")))


def _addressed(ws: Sequence[Word], j: int, k: int, name: bool) -> bool:
    """Whether "der Agentur Y" after a name is to whom it was said, not whose it is."""
    media = any(is_medium(ws[m]) for m in range(j, k))
    return media and (
        name
        or not ws[j - 1].low.endswith(
            ("sprecher", "chef", "redakteur", "korrespondent", "sprecherin", "chefin", "en", "angaben")
        )
    )


def phrase_end(ws: Sequence[Word], i: int, hi: int, *, wide: bool = False) -> int:
    """End (exclusive) of the noun phrase that begins at word i, or i if none does.

    `wide` also takes place phrases ("in Kiel"), right where the verb ends the phrase anyway.
    """
    hi = min(hi, i + LONGEST)
    if i >= hi:
        return i
    j = _core(ws, i, hi)
    if j == i:
        alone = ws[i].low in PRONOUNS or ws[i].low in _DEMONSTRATIVE
        return i + 1 if alone and not ws[i].mark else i
    begin = i
    while j < hi:
        k = _further(ws, begin, j, hi, wide=wide)
        if k == j and ws[j].low in _JOINING and j + 1 < hi and (ws[j + 1].capital or is_determiner(ws[j + 1])):
            k = _core(ws, j + 1, hi)
            begin = j + 1
            k = j if k == j + 1 else k
        if k == j:
            break
        j = k
    return j


def _further(ws: Sequence[Word], i: int, j: int, hi: int, *, wide: bool) -> int:
    """Past what belongs to the noun before j: a parenthesis, a genitive, a prepositional phrase, a name; or j."""
    k = _bracket(ws, j, hi)
    if k > j:
        return k
    if ws[j].low in GENITIVE and (k := _core(ws, j, hi)) > j:
        name = j - 2 >= i and ws[j - 1].capital and ws[j - 2].capital and ws[j - 1].mark is None
        return j if _addressed(ws, j, k, name) else k
    if _attaches(ws, i, j, wide=wide):
        k = _core(ws, j + 1, hi)
        if k > j + 1 and not temporal(ws, j + 1, k):
            return k
    if ws[j].capital and not ws[j].mark and not ws[j].low.endswith("er"):
        return j + 1
    return j


def skip_adverbs(ws: Sequence[Word], i: int) -> int:
    """First word that is not "auch", "aber", "und" …"""
    while i < len(ws) and ws[i].low in _SKIPPED:
        i += 1
    return i


def can_be_subject(ws: Sequence[Word], i: int) -> bool:
    """Whether the phrase at i can stand in the nominative, by its first word."""
    low = ws[i].low
    if low == "ihr" and i + 1 < len(ws) and ws[i + 1].capital and not ws[i + 1].mark:
        return True  # "sagte ihr Sprecher"
    return low not in OBLIQUE and low not in PREPOSITIONS and low not in {"sich", "so", "wie", "dass", "ob"}
