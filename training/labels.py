"""Label sets of the heads, and which tags may follow which."""

from __future__ import annotations

QUOTATION_TYPES = ("direct", "indirect", "reported", "free_indirect", "indirect_free_indirect")
QUOTATION_TAGS = ("O", *(f"{step}-{kind}" for kind in QUOTATION_TYPES for step in "BIC"))
"""B opens a quotation, I goes on, C goes on after an interruption."""
ROLES = ("speaker", "cue", "frame", "addressee")
NAME_KINDS = ("PER", "ORG", "GPE", "LOC", "MISC", "DERIVED", "PART")
NAME_TAGS = ("O", *(f"{step}-{kind}" for kind in NAME_KINDS for step in "BI"))
UPOS = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
FEATURES = {
    "Case": ("", "Nom", "Acc", "Dat", "Gen"),
    "Gender": ("", "Masc", "Fem", "Neut"),
    "Number": ("", "Sing", "Plur"),
    "Person": ("", "1", "2", "3"),
    "Mood": ("", "Ind", "Sub", "Imp"),
    "Tense": ("", "Pres", "Past"),
    "VerbForm": ("", "Fin", "Inf", "Part"),
    "Degree": ("", "Pos", "Cmp", "Sup"),
    "PronType": ("", "Art", "Dem", "Ind", "Int", "Neg", "Prs", "Rel"),
    "Reflex": ("", "Yes"),
    "Poss": ("", "Yes"),
}
RELATIONS = tuple(
    "acl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj cop csubj dep det "
    "det:poss discourse expl fixed flat iobj mark nmod nsubj nsubj:pass nummod obj obl obl:agent "
    "orphan parataxis punct root vocative xcomp".split()
)
"""Universal relations; of the subtypes only those that change who does what."""


def relation(name: str) -> str:
    """The label in `RELATIONS` of a treebank's relation."""
    if name in RELATIONS:
        return name
    plain = name.split(":", maxsplit=1)[0]
    return "csubj" if plain == "csubj" else plain if plain in RELATIONS else "dep"


def follows(tags: tuple[str, ...]) -> list[list[bool]]:
    """Which tag may follow which (from, to): inside X only after X has begun or gone on."""
    return [[not after.startswith("I-") or before[2:] == after[2:] for after in tags] for before in tags]
