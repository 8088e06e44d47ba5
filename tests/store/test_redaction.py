"""What is left of a tree when the text around it is deleted."""

from __future__ import annotations

from tests.store.fakes import capture_of, document_of

from quellenlage.model import Document, Evidence, Token, text_digest
from quellenlage.store.redaction import redact


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
    cited = Evidence("a", text_digest(text), start, start + len("alten Hund"), "alten Hund")
    left = redact(document, [cited])
    forms = [t.span.of(text) for t in left.tokens]
    at = forms.index("alten")
    assert "gestern" not in forms
    assert forms[at : at + 2] == ["alten", "Hund"]
    assert (left.tokens[at].head, left.tokens[at].deprel) == (None, None)
    assert (left.tokens[at + 1].head, left.tokens[at + 1].deprel) == (at, "dep")
