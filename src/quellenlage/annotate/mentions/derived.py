"""Words made from names, which name nothing themselves ("syrisch", "Berliner", "EU-Budget"), and the name within."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from quellenlage.annotate.mentions.candidates import Candidate
from quellenlage.annotate.mentions.gazetteer import canonical_key, gazetteer, table_rows, wide_places
from quellenlage.annotate.mentions.lexicon import is_unknown, known_names
from quellenlage.annotate.mentions.reading import holds, spelled
from quellenlage.annotate.mentions.told import MADE_FROM_NAMES, Told
from quellenlage.annotate.mentions.words import Words
from quellenlage.model import Derived, EntityKind, Mention, fold
from quellenlage.model.recent import recent
from quellenlage.resources import load

DERIVED_NAMES = "de/derived_names.toml"
_RECENT = 1 << 14
_BETWEEN = frozenset({"Ex", "Vize", "Alt", "Noch", "Co"})
_SHORTEST = 4  # letters of a name that opens a compound without a hyphen: "Irakkrieg", "Syrienkonflikt"
_ENDING = re.compile(r"(?:isch(?:st)?(?:e[rnms]?)?|er(?:s|n|in|innen)?|e[nrs]?|n|in|innen|is?|s)$")
_LINKS = ("", "an", "ian", "en", "es", "n", "länd", "it", "ens", "ien", "in")
_NAME_ENDINGS = ("", "ien", "en", "n", "land", "enland", "istan", "a", "ia", "e", "ei", "o", "s")


def derived(
    sentences: Iterable[Words], candidates: Sequence[Candidate], mentions: Sequence[Mention]
) -> Iterator[Derived]:
    """The words made from names, each with the article's entity of that name where there is one."""
    entity_of = {(m.start, m.end): m.entity for m in mentions}
    known: dict[str, str] = {}
    for candidate in candidates:
        entity = entity_of.get((candidate.start, candidate.end))
        if candidate.form == "name" and entity:
            known.setdefault(candidate.key, entity)
    names = [m for m in mentions if m.form == "name"]
    ends = [m.end for m in names]
    for words in sentences:
        for told in dict.fromkeys((words.told or {}).values()):
            if told.kind not in MADE_FROM_NAMES or not holds(words, told):
                continue
            start, end = words.starts[told.start], words.ends[told.end - 1]
            after = bisect_right(ends, start)
            if after == len(names) or names[after].start >= end:
                yield _derived(words, told, (start, end), known)


def _derived(words: Words, told: Told, span: tuple[int, int], known: Mapping[str, str]) -> Derived:
    form = spelled(words, told.start, told.end)
    base = _opening(form, known) if told.kind == "PART" else place_of(form)
    if base is None and told.kind == "DERIVED":
        base = _of_article(form, known)
    entity = (known.get(canonical_key(base)) or known.get(fold(base))) if base else None
    return Derived(*span, "part" if told.kind == "PART" else "derived", base, entity, round(told.score, 2))


def _opening(form: str, known: Mapping[str, str]) -> str | None:
    """The name that a compound begins with: "EU-Budget", "Irakkrieg"."""
    if "-" in form:
        parts = form.split("-")
        for count in range(len(parts) - 1, 0, -1):
            name = "-".join(parts[:count])
            if fold(name) in known or _is_known(name):
                return name
        while len(parts) > 2 and parts[-2] in _BETWEEN:
            del parts[-2]
        return "-".join(parts[:-1]) if is_unknown(parts[0]) or parts[0].isupper() else None
    for cut in range(len(form) - 3, _SHORTEST - 1, -1):
        name = form[:cut]
        if fold(name) in known or (_is_known(name) and not _needs_context(name)):
            return name
    return None


def _is_known(name: str) -> bool:
    return any(k.surface == name for k in known_names().get(name, ()))


def _needs_context(name: str) -> bool:
    place = gazetteer().get(name)
    return place is not None and place.needs_context


@recent(_RECENT)
def place_of(form: str) -> str | None:
    """The place that an adjective or an inhabitant comes from: "syrischen", "Syrerinnen", "Berliner"."""
    if form.endswith("er") and form[:1].isupper():
        for ending in ("", "e", "en"):
            place = gazetteer().get(form[:-2] + ending)
            if place and place.kind is EntityKind.GPE:
                return place.canonical
    lowered = form.lower()
    for candidate in (lowered, lowered.rsplit("-", 1)[-1]):
        stem = candidate
        while (match := _ENDING.search(stem)) and match.start() >= 2:
            stem = stem[: match.start()]
            for link in _LINKS:
                if stem.endswith(link) and (place_name := _stems().get(stem.removesuffix(link) if link else stem)):
                    return place_name
        if candidate in _stems():
            return _stems()[candidate]
    return None


@cache
def _stems() -> dict[str, str]:
    """Stems of states, regions and continents, the listed ones before those that the names give."""
    found: dict[str, str] = {row[0]: row[1] for row in table_rows(load(DERIVED_NAMES)["stems"]["names"])}
    for name in wide_places():
        lowered, place = name.lower(), gazetteer()[name]
        for ending in _NAME_ENDINGS:
            stem = lowered.removesuffix(ending) if ending else lowered
            if len(stem) >= 3 and (stem != lowered or not ending):
                found.setdefault(stem, place.canonical)
    return found


def _of_article(form: str, known: Mapping[str, str]) -> str | None:
    """A name of the article that the word begins like: "merkelsche", "Loruker"."""
    folded = fold(form)
    stem = folded.removesuffix("isch").removesuffix("sche").removesuffix("schen").removesuffix("er")
    return stem if stem in known else None
