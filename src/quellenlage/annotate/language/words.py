"""Words in sentences to tokens: what the encoder reads in context, beside what the form alone tells for sure.

The encoder gives every word a part of speech, features and its place in the tree. The rules of `morphology` are silent
on most words and right where they speak: they decide the mood of a verb, which decides who vouches for a sentence.
Without the encoder's files the rules stand alone, and no word has a head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quellenlage.annotate.language.lemmas import lemma
from quellenlage.annotate.language.morphology import Tag, tag
from quellenlage.annotate.language.tokenizer import Kind, Piece
from quellenlage.annotate.language.verbs import INFINITIVE, PARTICIPLE
from quellenlage.encoder import files
from quellenlage.model.layers import Token

if TYPE_CHECKING:
    from quellenlage.encoder.words import Word

MODEL = "words"

_SIGNS = ("PUNCT", "SYM")
_VERBS = frozenset(("VERB", "AUX"))
_OF_VERBS = frozenset(("Mood", "VerbForm", "Tense"))
_NOUNS = frozenset(("NOUN", "PROPN"))
"""Written with a capital letter in German."""
_NEVER_VERB = ("lich",)
"""Endings of adjectives and adverbs only ("wörtlich")."""
_ROOT = -1


def tokens(text: str, sentences: Sequence[Sequence[Piece]], *, encoder: bool = True) -> list[Token]:
    """The tokens of sentences that follow one another, by the rules alone where the encoder is not there or not wanted.

    Raises:
        MissingResource: a file of the encoder is damaged.
    """
    found: list[Token] = []
    read = _read(text, sentences) if encoder and files.available(MODEL, files.wanted()) else None
    for number, sentence in enumerate(sentences):
        found += _sentence(sentence, read[number] if read else None, len(found))
    return found


def _read(text: str, sentences: Sequence[Sequence[Piece]]) -> list[Sequence[Word]]:
    from quellenlage.encoder import words

    return [s.words for s in words.read(text, [[(p.start, p.end) for p in sentence] for sentence in sentences])]


def _sentence(sentence: Sequence[Piece], read: Sequence[Word] | None, before: int) -> Iterator[Token]:
    for i, (piece, rule) in enumerate(zip(sentence, tag(sentence), strict=True)):
        opens = i == 0 or sentence[i - 1].kind is Kind.MARK
        if read is None:
            base, upos, feats = rule
            found = lemma(piece.form, opens, upos, feats) if base is None else base
            yield Token(piece.start, piece.end, found, upos, feats or None)
            continue
        word = read[i]
        upos, feats = joined(piece.form, rule, word)
        base = rule[0] if rule[1] == upos else None
        found = lemma(piece.form, opens, upos, feats) if base is None else base
        head, deprel = (i, "root") if word.head == _ROOT else (word.head, word.relation)
        yield Token(piece.start, piece.end, found, upos, feats or None, before + head, deprel)


def joined(form: str, rule: Tag, word: Word) -> tuple[str, str]:
    """Part of speech and features of one word: the encoder's, but for what the form alone decides.

    The encoder scores features and parts of speech apart; mood and finiteness count only on a verb.

    On the tune part of the treebanks the rules were right in every dispute over a mark or a sign, and never wrong where
    they said Konjunktiv; on all else the encoder is the better or as good (`training/words_choices.py` counts it).
    """
    _, upos, feats = rule
    if upos in _SIGNS:
        return upos, ""
    if feats and "Mood=Sub" in feats:
        told = word.feats | dict(pair.split("=", 1) for pair in feats.split("|"))
        return (word.upos if word.upos in _VERBS else upos or word.upos), spelled(told)
    if word.upos in _NOUNS and form.islower() and upos:
        return upos, feats or ""
    if word.upos not in _VERBS:
        return word.upos, spelled({name: value for name, value in word.feats.items() if name not in _OF_VERBS})
    if form.endswith(_NEVER_VERB):
        return "ADJ", ""
    if "VerbForm" not in word.feats and "Mood" not in word.feats:
        return word.upos, spelled(word.feats | _form_of(feats))
    return word.upos, spelled(word.feats)


def _form_of(feats: str | None) -> dict[str, str]:
    """Infinitive or participle as the rules tell it: the treebanks name finite forms alone."""
    return {"VerbForm": "Inf" if feats == INFINITIVE else "Part"} if feats in (INFINITIVE, PARTICIPLE) else {}


def spelled(feats: dict[str, str]) -> str:
    """Features as Universal Dependencies writes them, in order of name."""
    return "|".join(f"{name}={value}" for name, value in sorted(feats.items()) if value)
