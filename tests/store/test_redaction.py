"""What is left of a tree, and around a citation, when the text around it is deleted."""

from __future__ import annotations

import pytest
from tests.store.fakes import capture_of, document_of

from quellenlage.model import Account, Document, Evidence, Factuality, Figure, Member, Span, Token
from quellenlage.store.redaction import context_left, redact, without_contexts


def chained(document: Document) -> Document:
    """Every token depends on the one before it."""
    tokens = tuple(
        Token(t.start, t.end, t.lemma, t.upos, None, max(0, i - 1), "dep" if i else "root")
        for i, t in enumerate(document.tokens)
    )
    return Document(document.article, document.sentences, tokens)


def test_heads_follow_the_tokens_that_are_kept() -> None:
    document = chained(document_of(capture_of("Nachricht vom Tage\nAnna sah gestern den alten Hund im Garten.")))
    text = document.text
    start = text.index("alten")
    left = redact(document, [Span(start, start + len("alten Hund"))])
    forms = [t.span.of(text) for t in left.tokens]
    at = forms.index("alten")
    assert "gestern" not in forms
    assert forms[at : at + 2] == ["alten", "Hund"]
    assert (left.tokens[at].head, left.tokens[at].deprel) == (None, None)
    assert (left.tokens[at + 1].head, left.tokens[at + 1].deprel) == (at, "dep")


@pytest.mark.parametrize(
    ("prefix", "suffix", "left"),
    [
        ("", "", ("", "")),
        ("sagte er. ", " Dann ging er", ("sagte er. ", " Dann ging er")),
        ("gekommen.          am Abend ", " in Port Alven         er", ("am Abend ", " in Port Alven")),
        ("      \n     ", "        ", ("", "")),
        ("er sagte.\n\n", "\n\nDanach", ("", "")),
    ],
)
def test_context_is_what_stands_right_beside_the_citation(prefix: str, suffix: str, left: tuple[str, str]) -> None:
    assert context_left(prefix, suffix) == left
    assert context_left(*left) == left
    assert prefix.endswith(left[0])
    assert suffix.startswith(left[1])


def test_contexts_go_from_the_articles_named_wherever_they_stand() -> None:
    def quoted(article: str) -> Evidence:
        return Evidence(article, "0", 4, 8, "drei", "vor ", " Uhr")

    def account(article: str) -> Account:
        figures = (Figure("Boote", 3, 3, quoted(article)),)
        return Account(Member(article, "e1"), quoted(article), Factuality.HAPPENED, (), "o", figures=figures)

    one, other = account("a"), account("b")
    bared = without_contexts((one, other), {"a"})
    assert [(e.exact, e.prefix, e.suffix) for e in (bared[0].evidence, bared[0].figures[0].evidence)] == [
        ("drei", "", "")
    ] * 2
    assert bared[1] is other
    assert without_contexts(other, {"a"}) is other
