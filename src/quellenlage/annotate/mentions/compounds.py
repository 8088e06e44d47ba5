"""Bodies named by a compound with another name: "US-Regierung"; the "Hisbollah-Miliz" is the Hisbollah itself."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.annotate.mentions.lexicon import known_names, noun_key, org_head, org_table, person_noun
from quellenlage.annotate.mentions.nominative import body_nominative
from quellenlage.model import EntityKind, fold

REASON = "compound:"


@dataclass(frozen=True, slots=True)
class Compound:
    """The body's name and key, the compound's head (folded), and whether the body bears the first part's name."""

    name: str
    key: str
    head: str
    itself: bool

    @property
    def reason(self) -> str:
        """Why it is a body, with the noun that means it."""
        return REASON + self.head


def compound(form: str) -> Compound | None:
    """The body that a word names, if its last part is a noun for bodies.

    Before a part that says nothing new ("-Miliz", "-Konzern") stands the body's own name, which must be no place;
    before any other a place, since "SPD-Fraktion" and "UN-Gericht" leave open whose.
    """
    opening, _, last = form.rpartition("-")
    if not opening or not form[0].isupper():
        return None
    head = last[:1].upper() + last[1:]
    renames = noun_key(head) in org_table("heads", "renaming")
    if org_head(head) is None or (person_noun(head) and not renames):
        return None
    listed = known_names().get(opening, ())
    itself = renames and not any(known.kind is not EntityKind.ORG for known in listed)
    if not itself and not any(known.kind is EntityKind.GPE and known.surface == opening for known in listed):
        return None
    name = opening if itself else f"{opening}-{body_nominative(head)}"
    known = next((k for k in known_names().get(name, ()) if k.surface == name and k.kind is EntityKind.ORG), None)
    return Compound(name, fold(known.canonical if known else name), noun_key(head), itself)
