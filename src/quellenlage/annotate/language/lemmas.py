"""Dictionary forms from simplemma, loaded when the first word is asked for and kept per form."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=131_072)
def lemma(form: str, opens: bool) -> str:
    """Return the lemma of a word form; `opens` says that its capital may be due to the start of a sentence.

    Of a hyphenated word the last part is looked up ("US-Präsidenten"); forms with a gender mark keep theirs.
    """
    from simplemma import lemmatize  # the dictionary takes a second and some 110 MB: only where it is needed

    head, hyphen, last = form.rpartition("-")
    if hyphen and head and last.isalpha() and len(last) > 2:
        return f"{head}-{lemma(last, False)}"
    if not form.isalpha() or len(form) > 60:
        return form
    if opens and form[1:].islower():
        lower = form.lower()
        found = str(lemmatize(lower, lang="de"))
        if found != lower:
            return found
    return str(lemmatize(form, lang="de"))
