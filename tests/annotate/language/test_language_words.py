"""What the encoder says becomes tokens: heads as indices of the document, moods that the rules know kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from quellenlage.annotate.language import STAGE, words
from quellenlage.annotate.language.morphology import Tag
from quellenlage.annotate.language.tokenizer import Kind, Piece, given
from quellenlage.annotate.language.verbs import INFINITIVE, PARTICIPLE
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
    assert words.joined("%", (None, "SYM", None), word("NOUN", "Case=Nom", 0, "nmod")) == ("SYM", "")
    assert words.joined("gut", (None, "ADV", None), word("ADJ", "Degree=Pos", 0, "amod")) == ("ADJ", "Degree=Pos")


FINITE = "Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin"


@pytest.mark.parametrize(
    ("form", "rule", "read", "joined"),
    [
        ("rief", (None, "VERB", FINITE), word("NOUN", "Case=Nom|Gender=Masc", 0, "nsubj"), ("VERB", FINITE)),
        ("dort", (None, "ADV", None), word("PROPN", "Case=Nom", 0, "nsubj"), ("ADV", "")),
        ("quoll", (None, None, None), word("NOUN", "Case=Nom", 0, "nsubj"), ("NOUN", "Case=Nom")),
        ("Rief", (None, "VERB", FINITE), word("NOUN", "Case=Nom", 0, "nsubj"), ("NOUN", "Case=Nom")),
        ("dort", (None, "ADV", None), word("ADJ", "Degree=Pos", 0, "amod"), ("ADJ", "Degree=Pos")),
    ],
)
def test_a_noun_in_lower_case_is_what_the_rules_say(form: str, rule: Tag, read: Word, joined: tuple[str, str]) -> None:
    assert words.joined(form, rule, read) == joined


@pytest.mark.parametrize("upos", ["VERB", "AUX"])
def test_a_word_in_lich_is_never_a_verb(upos: str) -> None:
    read = word(upos, "Mood=Ind|VerbForm=Fin", 0, "conj")
    assert words.joined("wörtlich", (None, None, None), read) == ("ADJ", "")
    assert words.joined("gleicht", (None, None, None), read) == (upos, "Mood=Ind|VerbForm=Fin")
    adverb = word("ADV", "Degree=Pos", 0, "advmod")
    assert words.joined("wörtlich", (None, None, None), adverb) == ("ADV", "Degree=Pos")


@pytest.mark.parametrize("upos", ["NOUN", "ADJ", "ADV", "PROPN"])
def test_mood_and_finiteness_count_only_on_a_verb(upos: str) -> None:
    read = word(upos, "Case=Nom|Mood=Ind|Number=Sing|Tense=Past|VerbForm=Part", 0, "obj")
    assert words.joined("Quollen", (None, None, None), read) == (upos, "Case=Nom|Number=Sing")


@pytest.mark.parametrize("upos", ["VERB", "AUX"])
def test_mood_and_finiteness_of_a_verb_stay(upos: str) -> None:
    read = word(upos, FINITE, 0, "root")
    assert words.joined("rief", (None, None, None), read) == (upos, FINITE)


@pytest.mark.parametrize(
    ("rule", "feats", "joined"),
    [
        (INFINITIVE, "", "VerbForm=Inf"),
        (PARTICIPLE, "", "VerbForm=Part"),
        (PARTICIPLE, "Aspect=Perf", "Aspect=Perf|VerbForm=Part"),
        (FINITE, "", ""),
        (None, "", ""),
        (INFINITIVE, "Mood=Ind|VerbForm=Fin", "Mood=Ind|VerbForm=Fin"),
        (INFINITIVE, "Mood=Ind", "Mood=Ind"),
        (PARTICIPLE, "VerbForm=Fin", "VerbForm=Fin"),
    ],
)
def test_the_rules_tell_infinitive_and_participle_where_the_reading_does_not(
    rule: str | None, feats: str, joined: str
) -> None:
    assert words.joined("gehen", (None, "VERB", rule), word("VERB", feats, 0, "root")) == ("VERB", joined)


def test_an_infinitive_of_the_rules_says_nothing_of_a_noun() -> None:
    read = word("NOUN", "Case=Nom", 0, "nsubj")
    assert words.joined("Gehen", (None, "VERB", INFINITIVE), read) == ("NOUN", "Case=Nom")


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
