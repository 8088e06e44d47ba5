"""Forms of German verbs: weak ones by rule, strong ones from a table that their compounds share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quellenlage.resources import load

RESOURCE = "de/attribution_mood.toml"
_INSEPARABLE = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "wider", "unter", "über", "hinter", "voll")
_NEEDS_E = ("t", "d", "chn", "ffn", "gn", "tm", "dm")


@dataclass(frozen=True, slots=True)
class Forms:
    """Forms of one verb without its separable prefix; all in lower case."""

    infinitive: str
    finite: frozenset[str]
    participle: str
    present_participle: str


@cache
def _strong() -> dict[str, list[str]]:
    table: dict[str, list[str]] = load(RESOURCE)["strong"]
    return table


def _inherit(infinitive: str) -> tuple[str, str, str] | None:
    """Principal parts of a strong verb, its own or those of the verb it is derived from by an inseparable prefix."""
    own = _strong().get(infinitive)
    if own:
        return own[0], own[1], own[2]
    for prefix in _INSEPARABLE:
        root = _strong().get(infinitive.removeprefix(prefix)) if infinitive.startswith(prefix) else None
        if root:
            participle = root[2].removeprefix("ge") if not root[2].startswith("geb") else root[2][2:]
            return prefix + root[0], prefix + root[1], prefix + participle
    return None


def inflect(infinitive: str) -> Forms:
    """Third-person forms, first person plural, Konjunktiv I, participles of a simple or prefixed verb."""
    stem = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
    parts = _inherit(infinitive)
    if parts is None:
        e = "e" if stem.endswith(_NEEDS_E) else ""
        regular = load(RESOURCE)["regular"]
        plain = (
            infinitive.startswith(_INSEPARABLE) or infinitive.endswith("ieren") or infinitive in regular["without_ge"]
        )
        plain = plain and infinitive not in regular["with_ge"]
        present, past = f"{stem}{e}t", f"{stem}{e}te"
        participle = f"{'' if plain else 'ge'}{stem}{e}t"
        plural_past = f"{past}n"
        old = {f"{stem}{e}te"}
    else:
        present, past, participle = parts
        plural_past = past if past.endswith("en") else (f"{past}n" if past.endswith("e") else f"{past}en")
        old = {form.replace("ss", "ß") for form in (present, past) if form.endswith("ss")}
    finite = {present, past, plural_past, infinitive, f"{stem}e", *old}
    if infinitive == "sein":
        finite = {"ist", "sind", "war", "waren", "sei", "seien", "wäre", "wären"}
    return Forms(infinitive, frozenset(finite), participle, f"{infinitive}d")
