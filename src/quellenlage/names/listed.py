"""Tables that give one thing a name a cell, the first form first: "Damaskus=Damascus | Aleppo=Halab"."""

from __future__ import annotations

from functools import cache

from quellenlage.model import fold
from quellenlage.resources import load


@cache
def first_forms(resource: str, sections: tuple[str, ...]) -> dict[str, str]:
    """Folded first form of each folded form; a form of two cells belongs to the first."""
    found: dict[str, str] = {}
    table = load(resource)
    for section in sections:
        for cell in table[section]["names"].replace("\n", "|").split("|"):
            forms = [fold(form) for form in cell.split("=") if form.strip()]
            for form in forms:
                found.setdefault(form, forms[0])
    return found
