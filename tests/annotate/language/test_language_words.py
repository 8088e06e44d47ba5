"""What the encoder says becomes tokens: heads as indices of the document, moods that the rules know kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from quellenlage.annotate.language import STAGE, words
from quellenlage.annotate.language.tokenizer import Kind, Piece, given
from quellenlage.encoder import files
from quellenlage.encoder.words import Word
from quellenlage.model import Document, Token


def word(upos: str, feats: str, head: int, relation: str) -> Word:
    told = dict(pair.split("=") for pair in feats.split("|") if pair)
    return Word(upos, 0.9, told, dict.fromkeys(told, 0.9), head, 0.9, relation)


READ = (
    [
        word("PRON", "Case=Nom", 1, "nsubj"),
        word("VERB", "Mood=Ind|VerbForm=Fin", -1, "root"),
        word("PUNCT", "", 1, "punct"),
        word("PRON", "Case=Nom", 4, "nsubj"),
        word("VERB", "Mood=Ind|VerbForm=Fin", 1, "ccomp"),
        word("PUNCT", "", 1, "punct"),
    ],
    [word("PRON", "", 1, "nsubj"), word("VERB", "Mood=Ind|VerbForm=Fin", -1, "root"), word("PUNCT", "", 1, "punct")],
)


@pytest.fixture
def document(make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch) -> Document:
    """Two sentences, read as above."""

    def read(text: str, sentences: Sequence[Sequence[Piece]]) -> list[Sequence[Word]]:
        assert [len(sentence) for sentence in sentences] == [6, 3]
        return list(READ)

    monkeypatch.setattr(files, "available", lambda name, models=None: True)
    monkeypatch.setattr(words, "_read", read)
    return STAGE.run(make_document("Er sagte, sie komme. Sie kam."))


def test_heads_are_indices_of_the_document_and_the_root_its_own(document: Document) -> None:
    assert [(t.head, t.deprel) for t in document.tokens] == [
        (1, "nsubj"), (1, "root"), (1, "punct"), (4, "nsubj"), (1, "ccomp"), (1, "punct"),
        (7, "nsubj"), (7, "root"), (7, "punct"),
    ]  # fmt: skip
    for sentence in document.sentences:
        inside = document.token_range(sentence.span)
        assert all(document.tokens[i].head in inside for i in inside)


def test_a_mood_that_the_form_tells_outweighs_the_reading(document: Document) -> None:
    comes = document.tokens[4]
    assert comes.feats == "Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
    assert (comes.upos, comes.lemma) == ("VERB", "kommen")
    assert document.tokens[7].feats == "Mood=Ind|VerbForm=Fin"


def test_a_sign_is_a_sign_whatever_the_reading_says() -> None:
    assert words.joined((None, "SYM", None), word("NOUN", "Case=Nom", 0, "nmod")) == ("SYM", "")
    assert words.joined((None, "ADV", None), word("ADJ", "Degree=Pos", 0, "amod")) == ("ADJ", "Degree=Pos")


def test_without_the_model_the_rules_stand_alone(
    make_document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "available", lambda name, models=None: False)
    found = STAGE.run(make_document("Er sagte, sie komme."))
    assert {(t.head, t.deprel) for t in found.tokens} == {(None, None)}
    assert "Mood=Sub" in (found.tokens[4].feats or "")


@pytest.mark.skipif(not files.available(words.MODEL), reason="the model files are not in this tree")
def test_the_reader_parses_a_plain_sentence(make_document: Callable[..., Document]) -> None:
    text = "Der Minister wurde am Montag von Demonstranten ausgebuht. Er wies die Vorwürfe zurück."
    found = STAGE.run(make_document(text)).tokens
    of = {t.span.of(text): t for t in found}

    def head(token: Token) -> str:
        assert token.head is not None
        return found[token.head].span.of(text)

    assert (head(of["Minister"]), of["Minister"].deprel) == ("ausgebuht", "nsubj:pass")
    assert (head(of["Vorwürfe"]), of["Vorwürfe"].deprel) == ("wies", "obj")
    assert (of["Er"].upos, of["Vorwürfe"].upos, of["wies"].lemma) == ("PRON", "NOUN", "weisen")


@pytest.mark.parametrize(
    ("form", "kind"),
    [("Haus", Kind.WORD), ("18.", Kind.NUMBER), (",", Kind.MARK), ("3.5.2014", Kind.DATE), ("Ab-und", Kind.WORD)],
)
def test_words_that_others_cut_keep_their_bounds(form: str, kind: Kind) -> None:
    piece = given(f"x {form} y", 2, 2 + len(form))
    assert (piece.form, piece.start, piece.end, piece.kind) == (form, 2, 2 + len(form), kind)
