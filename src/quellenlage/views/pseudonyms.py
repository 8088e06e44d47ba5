"""Private persons by initials or role instead of their names, in whatever is shown meanwhile.

It works on what is finished: lines, records, pages. Words of an article get the initials in square brackets, so that
nothing stands in quotation marks as if the article said it. Offsets are those of the text as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from quellenlage.errors import BadInput
from quellenlage.views.discretion import Manner
from quellenlage.views.wording.quoting import CITATION_LIMIT

if TYPE_CHECKING:
    from quellenlage.execution.publicity import Publicity
    from quellenlage.model import Archive, Entity

T = TypeVar("T")

CITED = frozenset({"exact", "headline", "quote", "text", "summary", "description"})
"""Fields that hold words of articles."""
_AROUND = frozenset({"prefix", "suffix"})
"""Context of a quotation, cut anywhere: half a name in it would be found by nobody, so it is left out."""
_CLOSING = {"„": "“”", "“": "”", "»": "«", "«": "»", "‚": "‘’", "›": "‹", "‹": "›", '"': '"'}
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_GENITIVE = r"(?:['’]s?|s)?"


@dataclass(frozen=True, slots=True)
class _Name:
    """A form of a name, and what is shown for it."""

    pattern: re.Pattern[str]
    shown: str


class Veil:
    """Replaces names. `shown` gives for each form of a name what stands for it."""

    def __init__(self, shown: Mapping[str, str]) -> None:
        """Take forms as articles write them; a form of one word is found only as it is written."""
        self._by_first: dict[str, list[_Name]] = {}
        for form in sorted(shown, key=lambda f: (-len(f), f)):
            words = form.split()
            if not words:
                continue
            first = _WORD.search(form)
            flags = re.IGNORECASE if len(words) > 1 else 0
            ending = "" if form.endswith(".") else rf"{_GENITIVE}(?!\w)"
            # What is cut within a name still begins it: "der Chefarzt Farid …".
            begun = "|".join(_spaced(words[:n]) + r"(?=\s*…)" for n in range(len(words) - 1, 0, -1))
            whole = _spaced(words) + ending + (f"|{begun}" if begun else "")
            name = _Name(re.compile(whole, flags), shown[form])
            key = (first[0] if first else form).casefold()
            self._by_first.setdefault(key, []).append(name)

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where names stand, and what stands for them; none overlaps another."""
        behind = 0
        for word in _WORD.finditer(text):
            if word.start() < behind:
                continue
            for key in _keys(word[0]):
                found = self._at(text, word.start(), key)
                if found:
                    yield found
                    behind = found[1]
                    break

    def _at(self, text: str, start: int, key: str) -> tuple[int, int, str] | None:
        for name in self._by_first.get(key, ()):
            if match := name.pattern.match(text, start):
                return start, match.end(), name.shown
        return None

    def words(self, text: str, *, cited: bool = False) -> str:
        """A text with names replaced; within quotation marks, or all over where it is `cited`, in square brackets."""
        found = list(self.spans(text))
        if not found:
            return text
        quoted = () if cited else quoted_spans(text)
        out, behind = [], 0
        for start, end, shown in found:
            inside = cited or any(a < start < b for a, b in quoted)
            out += [text[behind:start], f"[{shown}]" if inside else shown]
            behind = end
        return "".join((*out, text[behind:]))

    def value(self, value: Any, *, cited: bool = False) -> Any:
        """A plain value (of JSON) or a dataclass of plain values with all texts in it treated."""
        if isinstance(value, str):
            if cited and len(value) == CITATION_LIMIT:  # cut, perhaps within a name
                return self.words(f"{value}…", cited=True).removesuffix("…")
            return self.words(value, cited=cited)
        if isinstance(value, Mapping):
            return {
                self.words(str(k)) if isinstance(k, str) else k: ""
                if k in _AROUND
                else self.value(v, cited=cited or k in CITED)
                for k, v in value.items()
            }
        if is_dataclass(value) and not isinstance(value, type):
            return self._dataclass(value, cited)
        if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
            return type(value)(self.value(one, cited=cited) for one in value)
        return value

    def _dataclass(self, value: Any, cited: bool) -> Any:
        changed = {}
        for field in fields(value):
            if not field.init:
                continue
            before = getattr(value, field.name)
            after = self.value(before, cited=cited or field.name in {"exact", "headline"})
            if after != before:
                changed[field.name] = after
        return replace(value, **changed) if changed else value


def _spaced(words: Sequence[str]) -> str:
    """Words with any white space between them, also the end of a line."""
    return r"\s+".join(map(re.escape, words))


def _keys(word: str) -> tuple[str, ...]:
    """How a word of a text may begin a name: as it stands, or without the ending of a genitive."""
    key = word.casefold()
    shorter = (key.rstrip("'’"), key.removesuffix("s"), key.removesuffix("'s"), key.removesuffix("’s"))
    return tuple(dict.fromkeys((key, *shorter)))


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """What stands within quotation marks, of one kind at a time; a mark without its partner opens nothing."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        closing = _CLOSING.get(text[at])
        if closing:
            ends = [end for mark in closing if (end := text.find(mark, at + 1)) > 0]
            if ends:
                found.append((at, min(ends)))
                at = min(ends)
        at += 1
    return found


_veil: ContextVar[Veil | None] = ContextVar("names of private persons are veiled", default=None)


@contextmanager
def veiling(veil: Veil | None) -> Iterator[None]:
    """Veil names, or not, in whatever is shown meanwhile, also on threads that work for it."""
    token = _veil.set(veil)
    try:
        yield
    finally:
        _veil.reset(token)


def veiled(value: T, *, cited: bool = False) -> T:
    """A value as it may be shown now."""
    veil = _veil.get()
    if not veil:
        return value
    result: T = veil.value(value, cited=cited)
    return result


def current() -> Veil | None:
    """What veils names at the moment, if anything does."""
    return _veil.get()


def check_offsets_wanted(form: str) -> None:
    """Refuse what consists of whole texts with offsets into them, while names are veiled.

    Raises:
        BadInput: names are veiled, which would move every offset.
    """
    if _veil.get() is not None:
        raise BadInput(
            form,
            "whole articles cannot be given out without names",
            remedy="leave --pseudonyms out, or choose a format without full texts",
        )


def veil_of(archive: Archive, manner: Manner = "initials") -> Veil:
    """What veils the private persons of an archive, as it is now."""
    from quellenlage.execution.publicity import publicity
    from quellenlage.model import EntityKind

    people = publicity(archive)
    entities = archive.linked().entities
    forms = archive.name_forms()
    kept = {
        form
        for e in entities
        if e.kind is not EntityKind.PER or not people[e.id].private
        for form in (e.name, *e.spellings, *forms.get(e.id, ()))
    }
    # A surname that somebody of public life, or a place, has as well cannot be told apart in a finished text.
    kept |= {form.split()[-1] for e in entities if e.kind is EntityKind.PER and not people[e.id].private
             for form in (e.name, *e.spellings) if form.split()}  # fmt: skip
    private = [e for e in entities if e.kind is EntityKind.PER and people[e.id].private]
    shown = _shown(private, people, manner)
    found: dict[str, set[str]] = {}
    for entity in private:
        written = {entity.name, *entity.spellings, *forms.get(entity.id, ())}
        # Of one word are surnames of people with a full name alone: "Kurz darauf" names nobody.
        surnames = {form.split()[-1] for form in written if len(form.split()) > 1}
        for form in written - kept:
            if len(form.split()) > 1 or form in surnames:
                found.setdefault(form, set()).add(shown[entity.id])
    return Veil(
        {form: one if len(names) == 1 else initials(form) for form, names in found.items() for one in [*names][:1]}
    )


def _shown(private: Sequence[Entity], people: Mapping[str, Publicity], manner: Manner) -> dict[str, str]:
    """What stands for each, different for two that would look alike: "M. K.", "M. K. (2)"; "Kellnerin"."""
    counted: Counter[str] = Counter()
    result = {}
    for entity in private:
        role = people[entity.id].role if manner == "roles" else ""
        told = role or initials(entity.name)
        counted[told] += 1
        result[entity.id] = told if counted[told] == 1 else f"{told} ({counted[told]})"
    return result


def initials(name: str) -> str:
    """The initials of a name: "Max-Peter von der Au" is "M.-P. v. d. A."."""
    parts: Iterable[str] = (
        "-".join(f"{piece[0]}." for piece in word.split("-") if piece[:1].isalnum()) for word in name.split()
    )
    return " ".join(part for part in parts if part) or "N. N."
