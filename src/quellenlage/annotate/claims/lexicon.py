"""Words of doubt, demand and denial as compiled patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from quellenlage.model.layers import Evidentiality, Polarity
from quellenlage.resources import load

HEDGES, SMALL = "de/hedges.toml", "de/attribution.toml"


@dataclass(frozen=True, slots=True)
class Hedges:
    """One pattern per sort of word; each matches whole words, without regard to case."""

    hedged: re.Pattern[str]
    author: re.Pattern[str]
    demanded: re.Pattern[str]
    questioned: re.Pattern[str]
    denied: re.Pattern[str]
    unknown: re.Pattern[str]
    decline: re.Pattern[str]
    contradicted: re.Pattern[str]
    refuted: re.Pattern[str]
    evidentiality: dict[str, Evidentiality]
    polarity: dict[str, Polarity]
    factivity: dict[str, str]
    commitment: dict[str, str]


def _any(section: dict[str, list[str]]) -> re.Pattern[str]:
    listed = sorted({*section["words"], *section["phrases"]}, key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(_gapped(w) for w in listed) + r")(?!\w)", re.IGNORECASE)


def _gapped(text: str) -> str:
    """A pattern for "reagierte … nicht": up to eight words in the gap, all in one sentence."""
    parts = [re.escape(part.strip()) for part in text.split("…")]
    return r"\s+(?:[^\s]{1,60}\s+){0,8}?".join(parts)


def _opening(text: str) -> str:
    """A pattern for the words that open a sentence, whatever the white space between them."""
    return r"\s+".join(re.escape(word) for word in text.split())


@cache
def hedges() -> Hedges:
    """The packaged tables."""
    data = load(HEDGES)
    decline = "|".join(_gapped(entry["text"]) for entry in data["decline"])
    return Hedges(
        hedged=_any(data["hedged"]),
        author=_any(data["author"]),
        demanded=_any(data["demanded"]),
        questioned=_any(data["questioned"]),
        denied=_any(data["denied"]),
        unknown=_any(data["unknown"]),
        decline=re.compile(rf"(?<!\w)(?:{decline})(?!\w)"),
        contradicted=_any(data["contradicted"]),
        refuted=re.compile(
            "(?:" + "|".join(_opening(text) for text in data["refuted"]["openings"]) + r"),\s+da(?:ss|ß)(?!\w)",
            re.IGNORECASE,
        ),
        evidentiality={k: Evidentiality(v) for k, v in data["stance"]["evidentiality"].items()},
        polarity={k: Polarity(v) for k, v in data["stance"]["polarity"].items()},
        factivity=dict(data["stance"]["factivity"]),
        commitment=dict(data["stance"]["commitment"]),
    )


@cache
def media_nouns() -> frozenset[str]:
    """ "Agentur", "Zeitung" …: what passes words on."""
    return frozenset(load(SMALL)["media"]["nouns"])


@cache
def media_ends() -> tuple[str, ...]:
    """Ends of the names of newspapers and broadcasters ("Nordfunk", "Tagesbote")."""
    return tuple(load(SMALL)["media"]["ends"])


@cache
def platforms() -> frozenset[str]:
    """Where people post, folded: "telegram"."""
    return frozenset(load(SMALL)["media"]["platforms"])


@cache
def media_names() -> frozenset[str]:
    """Names of agencies and media as they are written."""
    return frozenset(load(SMALL)["media"]["names"])
