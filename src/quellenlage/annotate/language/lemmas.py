"""Dictionary forms: tables for closed classes, a dictionary (simplemma) with the part of speech as its judge.

The dictionary knows no parts of speech: to it "veränderte" is the verb and "Versuchen" the noun. Where the part of
speech is known, what it offers is taken only if it can be a lemma of that class; otherwise the ending is taken off.
Lemmas are those of Universal Dependencies: a contraction has its preposition's ("im": "in"), a verb stands without the
particle that it left behind, a participle used as an adjective keeps its form.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from quellenlage.annotate.language.verbs import readings
from quellenlage.model.recent import recent
from quellenlage.resources import load

LEMMAS = "de/lemmas.toml"

_ENDINGS = ("em", "en", "er", "es", "e")
_LONGEST = 60
_SHORTEST_HEAD = 4
"""Letters of the last part of a compound: shorter ones are found in everything."""


@recent(131_072)
def lemma(form: str, opens: bool, upos: str | None = None, feats: str | None = None) -> str:
    """Return the lemma of a word form; `opens` says that its capital may be due to the start of a sentence.

    Of a hyphenated word the last part is looked up ("US-Präsidenten"); forms with a gender mark keep theirs.
    """
    listed = _listed().get((upos or "", form.lower()))
    if listed is not None:
        return _polite(form, listed, opens)
    if len(form) > _LONGEST:
        return form
    head, hyphen, last = form.rpartition("-")
    if hyphen and head and last.isalpha() and len(last) > 2:
        return f"{head}-{lemma(last, False, upos, feats)}"
    digits = len(form) - len(form.lstrip("0123456789"))
    if digits and form[digits:].isalpha() and len(form) > digits + 2:
        return form[:digits] + lemma(form[digits:], False, upos, feats)
    if not form.isalpha():
        return form
    found = _BY_CLASS.get(upos or "")
    return _unknown(form, opens) if found is None else found(form, feats or "")


def _unknown(form: str, opens: bool) -> str:
    if opens and form[1:].islower():
        lower = form.lower()
        found = _look_up(lower)
        if found != lower:
            return found
    return _look_up(form)


def _verb(form: str, feats: str) -> str:
    lower = form.lower()
    known = readings(lower)
    if known:
        wanted = {part for part in feats.split("|") if part.startswith(("VerbForm", "Mood", "Tense"))}
        return max(known, key=lambda reading: len(wanted & set(reading.feats.split("|")))).lemma
    found = _look_up(lower)
    if found.endswith("n") and found[0].islower() and (found != lower or "VerbForm=Inf" in feats):
        return found
    return _infinitive(lower) or found


def _infinitive(lower: str) -> str | None:
    """Infinitive of a weak verb that no table lists."""
    for stem in _stems(lower):
        for ending in ("en", "n"):
            if _is_lemma(stem + ending):
                return stem + ending
    return None


def _stems(lower: str) -> list[str]:
    stems = [lower[: -len(end)] for end in ("test", "ten", "tet", "te", "st", "et", "t", "e") if lower.endswith(end)]
    return [stem for bare in stems for stem in (bare, bare.replace("ge", "", 1)) if len(stem) > 2]


def _adjective(form: str, feats: str) -> str:
    lower = form.lower()
    found = _look_up(lower)
    if form[0].isupper() and form.endswith("er") and (found[0].isupper() or not _known(lower)):
        return form  # "Berliner" does not change
    if found == lower and lower.endswith(("em", "en", "es")) and len(lower) > 4 and _is_lemma(lower[:-2]):
        return lower[:-2]
    if found[0].islower() and _known(lower) and not _is_infinitive(found, lower):
        return found
    if found != lower and not lower.endswith((*_ENDINGS, "nd")):
        return found  # a participle without ending ("ist geplant"): the verb
    ending = next((e for e in _ENDINGS if lower.endswith(e) and len(lower) - len(e) > 2), "")
    base = lower.removesuffix(ending) if ending else lower
    return found if ending == "en" and _is_participle(lower, base, found) else base


def _is_lemma(form: str) -> bool:
    return _known(form) and _look_up(form) == form


def _is_infinitive(found: str, lower: str) -> bool:
    """Whether the dictionary offers the verb that an adjective's form is from ("planen" for "geplante")."""
    inflected = lower.startswith(found) and not lower.startswith(f"{found}d")  # "offene" is, "umfassende" is not
    return found != lower and found.endswith(("en", "ern", "eln")) and not inflected


def _is_participle(lower: str, base: str, found: str) -> bool:
    """Whether a form in -en is a participle without ending ("betroffen"), rather than inflected ("geplanten")."""
    if found == lower:
        return any("VerbForm=Part" in reading.feats for reading in readings(lower))
    return not base.endswith(("t", "nd", "en"))


def _noun(form: str, feats: str) -> str:
    if form.isupper():
        return form
    title = form[0].upper() + form[1:]
    found = _look_up(title)
    if found == title or not found[0].isupper():
        found = title if _known(title) else _by_last_part(title)
    for ending in _ENDINGS:  # an adjective used as a noun ("den Toten") stands in the weak form
        if found.endswith("er") and found != title and title == found[:-2] + ending:
            return found[:-2] + "e"
    return found


def _by_last_part(title: str) -> str:
    """Lemma of a compound by that of its longest known last part."""
    for cut in range(3, len(title) - _SHORTEST_HEAD + 1):
        part = title[cut].upper() + title[cut + 1 :]
        if _known(part):
            found = _look_up(part)
            return title[:cut] + found.lower() if found[0].isupper() else title
    return title


def _name(form: str, feats: str) -> str:
    if "Case=Gen" in feats and form.endswith("s") and not form.endswith(("ss", "us", "is", "os")) and len(form) > 3:
        return form[:-1]
    return form


def _as_it_stands(form: str, feats: str) -> str:
    return form.lower()


_BY_CLASS: dict[str, Callable[[str, str], str]] = {
    "VERB": _verb,
    "AUX": _verb,
    "ADJ": _adjective,
    "NOUN": _noun,
    "PROPN": _name,
    **dict.fromkeys(("ADP", "ADV", "CCONJ", "INTJ", "NUM", "PART", "PRON", "SCONJ", "DET"), _as_it_stands),
}


def _polite(form: str, listed: str, opens: bool) -> str:
    return "Sie" if form in ("Sie", "Ihnen") and not opens else listed


@cache
def _listed() -> dict[tuple[str, str], str]:
    table = load(LEMMAS)
    return {
        (upos, form): base
        for upos, rows in table.items()
        if upos != "meta"
        for base, forms in rows.items()
        for form in forms.split()
    }


@recent(131_072)
def _look_up(form: str) -> str:
    from simplemma import lemmatize  # the dictionary takes a second and some 110 MB: only where it is needed

    return str(lemmatize(form, lang="de"))


@recent(131_072)
def _known(form: str) -> bool:
    from simplemma import is_known

    return bool(is_known(form, lang="de"))
