"""Evidentiality and polarity of words, from the verb that reports them and from the words themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quellenlage.annotate.claims.lexicon import hedges
from quellenlage.model.layers import Evidentiality, Polarity, Quotation, QuotationType


@dataclass(frozen=True, slots=True)
class Standing:
    """How a speaker stands to the words, and why we think so."""

    evidentiality: Evidentiality
    polarity: Polarity
    reasons: tuple[str, ...] = ()


def standing(quotation: Quotation, text: str, *, reported: bool = False) -> Standing:
    """Judge a quotation by its cue's stance, then by what its words and its frame hold.

    `reported` says that the words are those of a report which the cue denies: as such they are affirmed.
    """
    if reported:
        return Standing(Evidentiality.ASSERTED, Polarity.AFFIRMED)
    table = hedges()
    stance = next((r.removeprefix("stance:") for r in quotation.reasons if r.startswith("stance:")), "neutral")
    words = " ".join(s.of(text) for s in quotation.quote)
    frame = " ".join(s.of(text) for s in quotation.frame)
    cue = " ".join(s.of(text).lower() for s in quotation.cue)
    reasons: list[str] = []
    evidentiality = table.evidentiality.get(stance)
    if evidentiality is not None and not _carried(quotation):
        reasons.append(f"evidentiality:{stance}")
    else:
        evidentiality, reason = _by_words(quotation, words, cue, frame)
        reasons += reason
    polarity = table.polarity.get(stance, Polarity.AFFIRMED)
    direct = quotation.type is QuotationType.DIRECT
    if _carried(quotation) or (stance == "deny" and direct and frame.rstrip().endswith(":")):
        polarity = Polarity.AFFIRMED  # "widersprach ihm: „Wir bleiben“" are words of one's own
    if "speaker-nobody" in quotation.reasons and stance not in _THINKING:
        return Standing(Evidentiality.HEDGED, Polarity.UNKNOWN, ("nobody-says",))
    if stance in _OPPOSING and "cue-negated" in quotation.reasons:
        return Standing(Evidentiality.HEDGED, Polarity.AFFIRMED, ("cue-negated",))  # "bestritt nicht, dass …"
    # "schließt nicht aus" is one verb, and its own negation denies nothing.
    if "cue-negated" in quotation.reasons and not any(r.startswith("cue:") and "nicht" in r for r in quotation.reasons):
        thought = stance in _THINKING
        return Standing(evidentiality, Polarity.DENIED if thought else Polarity.UNKNOWN, (*reasons, "cue-negated"))
    if _contradicted(quotation, text):
        return Standing(Evidentiality.HEDGED, Polarity.AFFIRMED, (*reasons, "author-contradicts"))
    if table.unknown.search(words) and len(words.split()) < 14:
        polarity = Polarity.UNKNOWN
    elif _denies(words) or _denies(frame):
        polarity = Polarity.DENIED
    if polarity is not Polarity.AFFIRMED:
        reasons.append(f"polarity:{polarity}")
    if not _carried(quotation):
        tables = (("factivity", table.factivity), ("commitment", table.commitment))
        reasons += [f"{label}:{values[stance]}" for label, values in tables if stance in values]
    return Standing(evidentiality, polarity, tuple(reasons))


def _denies(words: str) -> bool:
    """Whether words call something untrue; "X habe gelogen" accuses somebody and denies nothing."""
    return hedges().denied.search(_LIED.sub(" ", words)) is not None


_LIED = re.compile(
    r"(?<!\w)(?:hat|habe|haben|hätte|hätten|hatte|hatten)(?!\w)[^.;:,]{0,80}?(?<!\w)gelogen(?!\w)"
    r"|(?<!\w)gelogen\s+(?:zu\s+)?(?:hat|habe|haben|hätte|hätten|hatte|hatten)(?!\w)"
)
_OPPOSING = frozenset({"deny", "doubt"})
"""Stances of verbs that, negated, leave their words standing."""
_THINKING = frozenset({"suppose", "opine"})
"""Stances of verbs that negate their words when they are negated: "glaubt nicht, dass …"."""
CLAUSE = 80
"""Code points around a cue within which the author's word on it is looked for."""


def _contradicted(quotation: Quotation, text: str) -> bool:
    """Whether the author calls the statement wrong in the cue's own clause: "behauptete fälschlich, …"."""
    if not quotation.cue or not quotation.frame or _carried(quotation):
        return False
    around = next((s for s in quotation.frame if s.overlaps(quotation.cue[0])), None)
    if around is None:
        return False
    start, end = max(around.start, quotation.cue[0].start - CLAUSE), min(around.end, quotation.cue[-1].end + CLAUSE)
    if start >= end:
        return False
    before = re.split("[,;:]", text[start : quotation.cue[0].start])[-1]
    after = re.split("[,;:]", text[quotation.cue[0].start : end])[0]
    return hedges().contradicted.search(before + after) is not None


_SHALL = frozenset({"soll", "sollen"})
HEARSAY = re.compile(
    r"(?:\w(?:t|en|an)|worden)\s+(?:haben|sein)(?!\w)|(?<!\w)(?:geben|liegen|handeln|stehen|stammen|gehören|befinden|sein)"
    r"(?=\s*(?:[.,;:!?“\"«)]|und(?!\w)|$))"
)
"""What makes "soll" hearsay: an infinitive of the perfect or of a state; else it tells a plan or an order."""
_INTENT = frozenset({"ich werde", "wir werden"})
_UNDERGOES = re.compile(r"[^.;,]*?(?<!\w)(?:\w*ge\w+(?:t|en)|\w+iert)\s*(?:[.,;“”\"«]|$)")
"""The passive after "ich werde": "ich werde festgehalten" announces nothing."""
_CONDITION = re.compile(r"^(?:Sollten?|sollten?)(?!\w)")
"""A condition with its verb in front ("sollte es regnen, …") demands nothing."""


def _carried(quotation: Quotation) -> bool:
    return "speaker-carried" in quotation.reasons


_ANNOUNCES = re.compile(
    r"^(?:er|sie)\s+(?:\w+\s+){0,2}?(?:werde|würden)(?!\w)|^dass\s+(?:er|sie)(?!\w)[^.]*(?<!\w)(?:werde|würden)\W*$",
    re.IGNORECASE,
)
"""What somebody says of their own future: "er werde zurücktreten"."""
_FORECAST = re.compile(
    r"(?<!\w)(?:sein|haben|verlieren|gewinnen|sterben|fehlen|leiden|bekommen|müssen|können|\w+(?:t|en)\s+werden)$"
)
"""Ends of a clause that tell no intention: states, chances, the passive."""
_CLOSING = ' .!?“”"«»'
_BARE = re.compile(
    r"^\W*(?:(?:unbestätigten|ersten|bisherigen|vorläufigen|neuesten|jüngsten|jetzigen)\s+)?"
    r"(?:Berichten|Gerüchten|Angaben|Meldungen)\s+zufolge\W*$"
    r"|^\W*nach\s+(?:(?:den|unbestätigten|ersten|bisherigen|vorläufigen|neuesten|jüngsten|jetzigen)\s+)*"
    r"(?:Erkenntnissen|Berichten|Meldungen|Gerüchten|Schätzungen)\W*$",
    re.IGNORECASE,
)
"""Sources that name nobody: "Berichten zufolge", "nach bisherigen Erkenntnissen"."""


def _hearsay(words: str, found: re.Match[str]) -> bool:
    """Whether "soll" tells what is said to be: before a perfect or a state, after one, or of what goes on already."""
    before, after = words[: found.start()].rstrip(), words[found.end() :]
    return HEARSAY.search(after) is not None or before.endswith(("haben", "sein")) or _GOES_ON.search(after) is not None


_GOES_ON = re.compile(r"(?<!\w)(?:noch immer|immer noch|bereits|schon|inzwischen|seit)(?!\w)")


def _nameless(quotation: Quotation, frame: str) -> bool:
    return not quotation.speaker_entities and _BARE.match(frame) is not None


def _by_words(quotation: Quotation, words: str, cue: str, frame_words: str) -> tuple[Evidentiality, list[str]]:
    table = hedges()
    head = _CONDITION.sub("", words[:400])
    if cue.split()[:1] and cue.split(maxsplit=1)[0] in {"soll", "sollen"}:
        return Evidentiality.HEDGED, ["hedge:soll"]
    if head.rstrip('“”"«»‘’ ').endswith("?") or (
        head.lower().startswith("ob ") and quotation.type is QuotationType.INDIRECT
    ):
        return Evidentiality.QUESTIONED, ["question"]
    if _ANNOUNCES.match(head) and not _FORECAST.search(head.rstrip(_CLOSING)):
        return Evidentiality.DEMANDED, ["demand:werde"]
    if _nameless(quotation, frame_words):
        return Evidentiality.HEDGED, ["hedge:rumour"]
    found = table.hedged.search(head)
    if found and found.group().lower() in _SHALL and not _hearsay(head, found):
        return Evidentiality.DEMANDED, ["demand:soll"]
    if found:
        return Evidentiality.HEDGED, [f"hedge:{found.group().lower()}"]
    found = table.demanded.search(head)
    if found and not (found.group().lower() in _INTENT and _UNDERGOES.match(head, found.end())):
        return Evidentiality.DEMANDED, [f"demand:{found.group().lower()}"]
    return Evidentiality.ASSERTED, []
