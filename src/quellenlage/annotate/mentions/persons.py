"""Names of persons in one sentence: first names, titles, particles, initials, surnames first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quellenlage.annotate.mentions.lexicon import (
    common_surnames,
    double_meaning,
    first_names,
    first_surnames,
    is_office,
    is_unknown,
    kinship,
    known_names,
    org_head,
    org_table,
    person_noun,
    surnames,
    titles,
)
from quellenlage.annotate.mentions.organisations import is_capitalised_adjective
from quellenlage.annotate.mentions.words import (
    Words,
    function_words,
    is_adjective_form,
    is_initial,
    is_name_like,
    is_quote,
)

NICKNAME = "nickname"
"""Reason of a name with a nickname in it, which the encoder cuts in pieces."""
_LONGEST = 7  # words in a name: "Sheikh Mohammed bin Raschid bin Said Al Maktum"

_OF = frozenset({"von", "vom", "für", "in", "im", "bei", "beim"})
_OFFICE_REACH = 6
_ARTICLES = frozenset("al el as asch ar an at ad ash".split())  # the Arabic article, as it assimilates


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as words `start` to `end` of a sentence, taken apart."""

    start: int
    end: int
    first: tuple[str, ...]
    last: str
    score: float
    reason: str


def is_first_name(form: str) -> bool:
    """Whether a word is a first name, also a double one ("Frank-Walter") or with an initial part."""
    names = first_names()
    if form in names:
        return True
    if "-" in form:
        parts = form.split("-")
        return all(part in names for part in parts) or (len(parts) == 2 and parts[0] in names and parts[1].islower())
    return False


def can_be_surname(form: str) -> bool:
    """A capitalised word that may close a person's name; organisations and words of time are excluded."""
    if not is_name_like(form) and not form.startswith(("al-", "el-", "as-", "asch-", "ar-", "at-", "d'", "d’")):
        return False
    if form in titles("not_names") or form in org_table("legal_forms"):
        return False
    return org_head(form) is None or form in surnames()


def full_name(words: Words, i: int, *, titled: bool = False) -> Name | None:
    """Find the name that begins at word `i`: first names or initials, particles, surname.

    `titled` says that an office or form of address stands before it, so that less is asked of the words themselves.
    """
    function_word = words.opens(i) and words.at(i).lower() in function_words()  # "Im Dorf" is no Mr Im
    if not function_word and words.at(i) in first_surnames() and (found := _surname_first(words, i)):
        return found
    j, first = i, []
    while j < len(words) and j - i < _LONGEST and (is_first_name(words.forms[j]) or is_initial(words.forms[j])):
        first.append(words.forms[j])
        j += 1
    nickname = _nickname(words, j) if first else ""
    if nickname:
        first.append(nickname)
        j += 3
    if not first:
        return _unlisted(words, i, titled=titled)
    if all(is_initial(form) for form in first) and not (j < len(words) and is_name_like(words.forms[j])):
        return None
    last, j = _surname(words, j, j - i)
    if not last:
        if len(first) < 2 or is_initial(first[-1]):
            return None
        last = first.pop()
    doubtful = all(form in double_meaning() or is_initial(form) for form in first)
    if doubtful and not titled and not _stands_for_name(last):
        return None
    if words.at(j) in org_table("legal_forms"):
        return None
    return Name(i, j, tuple(first), last, 0.7 if doubtful else 0.95, NICKNAME if nickname else "first-name")


def _nickname(words: Words, j: int) -> str:
    """What a person is called, in quotation marks or brackets between first name and surname: "Ernst „Otto“ Quint"."""
    opening, name, closing = words.at(j), words.at(j + 1), words.at(j + 2)
    if not is_name_like(name) or not can_be_surname(words.at(j + 3)) or words.at(j + 3) in titles("not_names"):
        return ""
    quoted = is_quote(opening) and is_quote(closing)
    return name if quoted or (opening == "(" and closing == ")" and is_first_name(name)) else ""


def single_name(words: Words, i: int, *, address: bool) -> Name | None:
    """Find a surname alone after an office or a form of address ("Präsident Putin", "Frau Lohberger")."""
    last, j = _surname(words, i, 0)
    if not last or (words.forms[i][0].islower() and last.rsplit(" ", 1)[-1] not in surnames()):
        return None
    form = words.forms[j - 1]
    if person_noun(form) and (not address or is_office(form)):
        return None
    if not address and form not in surnames():
        place = _is_place(words, form)
        member = words.at(i - 1).lower().endswith(_personal()) and j == i + 1 and is_definite(words, i - 2)
        if place and not member:
            return None
        acts = member and j < len(words) and words.finite[j]
        if not (place or acts or is_unknown(form) or form.removesuffix("s") in common_surnames()):
            return None
    return Name(i, j, (), last, 0.9, "address" if address else "office")


@cache
def _personal() -> tuple[str, ...]:
    return tuple(sorted(titles("offices", "personal")))


def is_definite(words: Words, i: int) -> bool:
    """Whether word `i` is a definite article, adjectives behind it left out: "der (hessische) Abgeordnete"."""
    while i > 0 and is_adjective_form(words.at(i)):
        i -= 1
    return words.at(i).lower() in {"der", "die", "dem", "den"}


def _stands_for_name(last: str) -> bool:
    form = last.rsplit(" ", 1)[-1]
    return form in surnames() or is_unknown(form) or " " in last or is_unknown(form.removesuffix("s"))


def _surname(words: Words, j: int, length: int) -> tuple[str, int]:
    """Particles and surname from word `j` on; empty where there is none."""
    begin = j
    while words.at(j) in titles("particles") and j - begin + length < _LONGEST:
        j += 1
        if can_be_surname(words.at(j)) and words.at(j) not in titles("particles"):
            break
    if not can_be_surname(words.at(j)) or (j > begin and _is_place(words, words.at(j)) and words.at(begin) == "von"):
        return "", begin
    if j > begin and words.forms[begin] in titles("particles", "weak") and not _stands_for_name(words.forms[j]):
        return "", begin
    j += 1
    # A second surname ("García Márquez") is taken only if no German noun can be meant.
    following = words.at(j)
    while following in ("al", "bin", "ibn", "bint") and can_be_surname(words.at(j + 1)) and j - begin < _LONGEST:
        j += 2
        following = words.at(j)
    if j - begin < 3 and _second_surname(words, j):
        j += 1
    return " ".join(words.forms[begin:j]), j


def _second_surname(words: Words, j: int) -> bool:
    form = words.at(j)
    if not can_be_surname(form) or words.finite[j] or _is_place(words, form) or not is_unknown(form):
        return False
    return person_noun(form) is None and form not in surnames() and form not in first_names()


def _is_place(words: Words, form: str) -> bool:
    known = (*words.learned.get(form, ()), *known_names().get(form, ()))
    return any(k.surface in (form, form.removesuffix("s")) and not k.needs_context for k in known)


def _surname_first(words: Words, i: int) -> Name | None:
    """Chinese, Korean and Vietnamese names: "Xi Jinping", "Kim Jong Un"."""
    if not is_name_like(words.at(i + 1)):
        return None
    given = words.forms[i + 1]
    if org_head(given) or _is_place(words, given) or given in common_surnames():
        return None
    j = i + 2
    if len(given) <= 5 and is_name_like(words.at(j)) and len(words.at(j)) <= 5 and not person_noun(words.at(j)):
        j += 1  # three short words: "Kim Jong Un"
    elif "-" in given:
        head, _, tail = given.partition("-")
        if len(head) > 6 or len(tail) > 6 or not tail.islower():
            return None
    elif not is_unknown(given):
        return None
    return Name(i, j, tuple(words.forms[i + 1 : j]), words.forms[i], 0.8, "surname-first")


def _unlisted(words: Words, i: int, *, titled: bool) -> Name | None:
    """Two capitalised words that the dictionary does not have: most often a person's name."""
    form, following = words.at(i), words.at(i + 1)
    if (
        not is_name_like(form)
        or form in titles("not_names")
        or _is_place(words, form)
        or org_head(form)
        or person_noun(form)
    ):
        return None
    last, j = _surname(words, i + 1, 1)
    if not last or (words.opens(i) and not titled and not is_unknown(form)):
        return None
    if titled:
        fits = is_unknown(form) or is_unknown(following)
    else:
        fits = is_unknown(form) and is_unknown(words.forms[j - 1]) and not known_names().get(form)
    if (
        not fits
        or "’" in form
        or "'" in form[1:-2]
        or _is_place(words, words.forms[j - 1])
        or person_noun(words.forms[j - 1])
    ):
        return None
    if words.at(j) in org_table("legal_forms"):
        return None
    return Name(i, j, (form,), last, 0.8 if titled else 0.6, "titled" if titled else "two-unlisted-words")


def role_start(words: Words, i: int) -> int:
    """First word of the role that ends at word `i`: adjectives of origin and rank belong to it."""
    start = i
    while start > 0 and i - start < 4 and _belongs_to_role(words.forms[start - 1]):
        start -= 1
    return start - 1 if _is_attribute(words, start - 1) else start


def _belongs_to_role(form: str) -> bool:
    if not is_adjective_form(form):
        return False
    for ending in ("en", "er", "es", "em", "e"):
        stem = form.removesuffix(ending)
        if stem != form and (stem.endswith("isch") or stem in titles("modifiers") or stem == "deutsch"):
            return True
    return False


def _is_attribute(words: Words, i: int) -> bool:
    """Whether word `i` is an adjective that belongs to the office behind it and is written like a name:
    "Regierender (Bürgermeister)".
    """
    form = words.at(i)
    if words.opens(i) or not form[:1].isupper() or not is_office(words.at(i + 1)):
        return False
    return is_capitalised_adjective(form) and person_noun(form) is None and not _is_place(words, form)


def apposition_after(words: Words, end: int) -> tuple[int, int] | None:
    """Words of the role in ", der russische Vizeaußenminister," behind a name that ends before word `end`.

    A headline gives it after a colon: "Wladimir Putin: Kremlchef gewährt Asyl".
    """
    if words.at(end) == ":" and is_office(words.at(end + 1)) and not words.at(end + 2)[:1].isupper():
        return end + 1, end + 2
    if words.at(end) != ",":
        return None
    i = end + 1
    if words.at(i).lower() in {"der", "die", "das", "ein", "eine", "dem", "den", "einer", "einem", "einen", "des"}:
        i += 1
    begin = i
    while i < min(len(words), begin + 4) and (is_adjective_form(words.forms[i]) or _is_place(words, words.forms[i])):
        i += 1
    i += _is_attribute(words, i)
    noun = person_noun(words.at(i))
    if noun is None or not noun.singular or kinship(words.at(i)):
        return None
    while begin < i and not (is_adjective_form(words.forms[begin]) or _is_attribute(words, begin)):
        begin += 1
    stop = i + 1
    while stop < min(len(words), i + 9) and words.forms[stop] not in {",", ".", "(", ";", ":", "–", "-"}:
        if words.finite[stop] or is_quote(words.forms[stop]):
            return None
        stop += 1
    if words.at(stop) == "," and is_first_name(words.at(stop + 1)):
        return None  # an enumeration: "X, der Leiter der Behörde, Anna Y": the role may be the next person's
    following = words.at(i + 1)
    goes_on = following in {"der", "des"} or _is_place(words, following)
    closed = words.at(stop) == "," and following in _OF  # ", der Gouverneur von Osrana,"
    if following in {"von", "in"} and stop == i + 3 and _is_place(words, words.at(i + 2)):
        closed = True  # ", Gouverneur von Osrana."
    return begin, (stop if goes_on or closed else i + 1)


def apposition_before(words: Words, start: int) -> tuple[int, int] | None:
    """Words of the role in "vom Sprecher des Ministeriums, Igor Konaschenkow," before a name at word `start`."""
    if start < 2 or words.forms[start - 1] != ",":
        return _office_of_body(words, start)
    for i in range(start - 2, max(-1, start - 9), -1):
        form = words.forms[i]
        if form in {",", ";", ":", "."} or is_quote(form) or words.finite[i]:
            return None
        noun = person_noun(form) if form[:1].isupper() else None
        if noun and noun.singular and (is_office(form) or _is_set_off(words, i, start)):
            return _outer_role(words, i, start)
        if form[0].islower() and form not in function_words() and not is_adjective_form(form):
            return None
    return None


def _outer_role(words: Words, i: int, start: int) -> tuple[int, int] | None:
    """The role that ends before the comma: of "Sprecher des Präsidenten" the outer noun, not its genitive at `i`.

    None where the outer noun is no office or names a relative: "der Sohn des Präsidenten, Jan Tamm,".
    """
    inner = i
    while (outer := _outer_noun(words, i)) is not None:
        i = outer
    noun = person_noun(words.at(i))
    if noun is None or not noun.singular or kinship(words.at(i)) or (i != inner and words.finite[i]):
        return None
    return role_start(words, i), start - 1


def _outer_noun(words: Words, i: int) -> int | None:
    """The noun on which the one at `i` depends: "Sprecher" of "Sprecher des russischen Präsidenten"."""
    k = role_start(words, i) - 1
    before = words.at(k)
    if before in {"des", "der", "vom"} or (before == "von" and k > 0):
        k -= 1
    elif before in {"dem", "den"} and words.at(k - 1) == "von":
        k -= 2
    else:
        return None
    form = words.at(k)
    return k if k >= 0 and form[:1].isupper() and form.lower() not in function_words() else None


def _office_of_body(words: Words, start: int) -> tuple[int, int] | None:
    """Words of the role in "der Chef des Verwaltungsrats Ulrich Tamm", where the genitive is nobody's name."""
    if start < 3 or not words.forms[start - 1][:1].isupper() or person_noun(words.forms[start - 1]):
        return None
    i = start - 2
    while i > 0 and start - i < _OFFICE_REACH and words.at(i) not in {"der", "des"}:
        if not (is_adjective_form(words.forms[i]) or words.forms[i][:1].isupper()) or words.finite[i]:
            return None
        i -= 1
    office = words.at(i - 1)
    noun = person_noun(office) if office[:1].isupper() else None
    if words.at(i) not in {"der", "des"} or noun is None or not noun.singular or not is_office(office):
        return None
    return role_start(words, i - 1), start


def _is_set_off(words: Words, i: int, start: int) -> bool:
    """Whether "die Sondergesandte des Rates, Anna Quint, …": a definite noun before the name and a comma behind it."""
    k = role_start(words, i) - 1
    behind = next((form for form in words.forms[start : start + _LONGEST] if not form[:1].isupper()), "")
    definite = words.at(k).lower() in {"der", "die", "das", "dem", "den", "des"}
    return definite and behind == "," and words.at(i + 1) in {"der", "des", ",", *_OF}


def is_particle(form: str) -> bool:
    """Whether a word stands before surnames, also where it opens a sentence ("Von der Leyen")."""
    return form in titles("particles") or (form[:1].isupper() and form[0].lower() + form[1:] in titles("particles"))


def bare_surname(last: str) -> str:
    """Surname without particles: "von der Leyen" to "Leyen", "al-Assad" to "Assad", "Al-Muallem" to "Muallem"."""
    words = last.split(" ")
    while len(words) > 1 and is_particle(words[0]):
        words = words[1:]
    head, dash, tail = words[0].partition("-")
    if dash and tail and head.lower() in _ARTICLES:
        words[0] = tail
    return " ".join(words)
