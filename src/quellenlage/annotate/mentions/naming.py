"""Names of bodies in the nominative, as they stand without an article: "der Deutschen Bahn" is "Deutsche Bahn"."""

from __future__ import annotations

from quellenlage.annotate.mentions.lexicon import org_head, org_table
from quellenlage.annotate.mentions.nominative import STRONG, body_nominative, gender_of
from quellenlage.annotate.mentions.organisations import is_capitalised_adjective
from quellenlage.annotate.mentions.words import Words
from quellenlage.coreference.lexicon import Gender

_OBLIQUE = frozenset("des dem den im vom beim zum am".split())
_WEAK = frozenset("der die das zur ins ans".split()) | _OBLIQUE
_GENDERS: dict[str, Gender] = {"Masc": "m", "Fem": "f", "Neut": "n"}
_NO_ARTICLE = ""


def strong_name(words: Words, start: int, end: int) -> str:
    """The words from `start` to `end` as a name: adjectives that open it agree with their noun, which loses its
    genitive ending; the rest stays as it is spelled.
    """
    forms = words.forms[start:end]
    opening = 0
    while opening < len(forms) - 1 and (
        _is_adjective(words, start + opening) or (opening and _follows_adjective(forms[opening : opening + 2]))
    ):
        opening += 1
    head = forms[opening]
    before = words.at(start - 1).lower()
    gender = gender_of(head) or _GENDERS.get(words.genders[start + opening] or "", _NO_ARTICLE)
    if opening and (before in _WEAK or forms[0].endswith("en")):
        forms[:opening] = [_agreeing(form, gender, before) for form in forms[:opening]]
        if before == "den" and gender == "p" and opening + 1 == len(forms):
            forms[opening] = head.removesuffix("n") if head.endswith(("en", "ern", "eln")) else head
    if org_head(head):
        forms[opening] = body_nominative(head)
    spaced = [" " if words.starts[k] > words.ends[k - 1] else "" for k in range(start + 1, end)]
    return forms[0] + "".join(gap + form for gap, form in zip(spaced, forms[1:], strict=True))


def _is_adjective(words: Words, i: int) -> bool:
    form = words.forms[i]
    described = words.upos[i] in (None, "ADJ", "PROPN") or org_head(words.at(i + 1)) is not None
    if not form[:1].isupper() or not described:
        return False
    if org_head(form) or form.lower().endswith(tuple(org_table("naming"))):
        return False
    return is_capitalised_adjective(form)


def _agreeing(form: str, gender: Gender, before: str) -> str:
    stem = next((form.removesuffix(e) for e in ("en", "em", "es", "er", "e") if form.endswith(e)), form)
    if gender in STRONG:
        return stem + STRONG[gender]
    return stem + "e" if before in {"der", "die", "zur", "das"} else form


def _follows_adjective(forms: list[str]) -> bool:
    """Whether the first word is a further adjective: "Serbische Radikale Partei"."""
    return forms[0].endswith(("e", "en")) and forms[0][:1].isupper() and org_head(forms[-1]) is not None
