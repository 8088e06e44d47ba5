"""Claims made comparable across articles: who said it, in which words, on which days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Literal

from quellenlage.link.origins import Provenance
from quellenlage.link.wording import Places, Wording, read_wording
from quellenlage.model import (
    Claim,
    DateInterval,
    Document,
    EntityKind,
    Evidentiality,
    Judgement,
    Member,
    Polarity,
    Retelling,
    Verdict,
    evidence,
    fold,
)
from quellenlage.model.filed import Filed

KNOWN = 31
"""Days up to which an interval counts as a date: from a wider one nothing follows about occasions."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim made comparable. `speaker` is a key: claims of two speakers are never compared.

    `number` is its place in order of capture. `speakers` are the entities of its first link; `family` names the
    articles that share text with its own; `days` are those of saying or of publication, if known, and `when` the first
    of them, by which claims are brought in order.
    """

    number: int
    key: str
    speaker: str
    speakers: tuple[str, ...]
    wording: Wording
    retelling: Retelling
    family: str
    days: DateInterval | None
    when: str


def said_claims(
    documents: Sequence[Document],
    entity_of: Mapping[Member, str],
    provenance: Provenance,
    family: Mapping[str, str],
    judgements: Sequence[Judgement],
) -> Iterator[Said]:
    """Every claim that nobody rejected, with its speaker as people corrected it."""
    verdicts = {j.subject: j.verdict for j in judgements if j.verdict in {Verdict.REJECT, Verdict.CONFIRM}}
    corrected = {
        j.subject: j.value for j in judgements if j.verdict is Verdict.CORRECT and j.field == "speaker" and j.value
    }
    by_name = _by_name(documents, entity_of) if corrected else {}
    before = 0
    for document in documents:
        article = document.article.id
        claims = [(claim.key(article), claim) for claim in document.claims]
        claims = [(key, claim) for key, claim in claims if verdicts.get(key) is not Verdict.REJECT]
        if not claims:
            continue
        numbers = {key: number for number, (key, _) in enumerate(claims, before)}
        before += len(claims)
        teller = _Teller(document, entity_of, provenance.origin_of[article], family.get(article, ""))
        for key, claim in claims:
            if key in corrected:
                name = fold(corrected[key]) or key  # a deleted name is nobody's, and no one's with others
                who = tuple(by_name[one] for one in (name,) if one in by_name)
                speaker = who[0] if who else f"name:{name}"
            else:
                who, speaker = teller.speaker(claim)
            yield teller.said(numbers[key], key, claim, who, speaker)


def _by_name(documents: Sequence[Document], entity_of: Mapping[Member, str]) -> dict[str, str]:
    """The first entity of each folded name."""
    found: dict[str, str] = {}
    for document in documents:
        for entity in document.entities:
            if (member := Member(document.article.id, entity.id)) in entity_of:
                found.setdefault(fold(entity.name), entity_of[member])
    return found


_Packed = tuple[
    int,
    str,
    str,
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    bytes,
    tuple[tuple[int, int], ...],
    frozenset[str],
    frozenset[str],
    frozenset[int],
    bool,
    Polarity,
    Polarity,
    Evidentiality,
    Retelling,
    str,
    DateInterval | None,
    str,
]
"""A claim as it is filed: its fields, with those of its wording in the place of that."""


def filed_said() -> Filed[Said]:
    """A file for claims: those of a large archive do not fit into memory."""
    return Filed(_Packed, _pack, _unpack)


def _pack(one: Said) -> _Packed:
    w = one.wording
    words = (w.words, w.stems, w.capital, w.clauses, w.numbers, w.names, w.questions, w.direct)
    signs = (w.polarity, w.stance, w.reserve)
    who = (one.number, one.key, one.speaker, one.speakers)
    return (*who, *words, *signs, one.retelling, one.family, one.days, one.when)


def _unpack(packed: _Packed) -> Said:
    number, key, speaker, speakers, *words, retelling, family, days, when = packed
    return Said(number, key, speaker, speakers, Wording(*words), retelling, family, days, when)  # type: ignore[arg-type]  # a row as it was packed


class _Teller:
    """An article while its claims are read, with what all of them share."""

    def __init__(self, document: Document, entity_of: Mapping[Member, str], origin: str, family: str) -> None:
        self._document = document
        self._article = document.article
        self._origin = intern(origin)
        self._family = family
        self._entities = {entity.id: entity for entity in document.entities}
        self._entity_of = {
            local: one for local in self._entities if (one := entity_of.get(Member(self._article.id, local)))
        }
        named = {(m.start, m.end): m.entity for m in document.mentions if m.form == "name"}
        self._places = Places(
            (start, end, self._entity_of.get(local) or fold(self._entities[local].name))
            for (start, end), local in named.items()
        )
        self._generic: dict[str, bool] = {}

    def said(self, number: int, key: str, claim: Claim, who: tuple[str, ...], speaker: str) -> Said:
        """A claim with its words and days."""
        wording = read_wording(self._document, claim, self._places, frozenset(who))
        days, dated_by = self._days(claim)
        article = self._article
        retelling = Retelling(
            member=Member(article.id, intern(claim.id)),
            claim=key,
            evidence=tuple([evidence(article.id, article.text, s, digest=article.text_sha256) for s in claim.spans]),
            origin=self._origin,
            evidentiality=claim.evidentiality,
            stance=wording.stance,
            earliest=days.earliest if days else None,
            latest=days.latest if days else None,
            dated_by=dated_by,
        )
        when = intern(days.earliest.isoformat()) if days else _UNDATED
        return Said(number, key, speaker, who, wording, retelling, self._family, days, when)

    def speaker(self, claim: Claim) -> tuple[tuple[str, ...], str]:
        """Entities of the first link, and the key under which claims of one speaker meet.

        Somebody without a name ("Experten", "das Amtsgericht"), or nobody, is the same only in articles that share
        text.
        """
        link = claim.chain[0] if claim.chain else ()
        who = tuple(dict.fromkeys(e for e in map(self._entity_of.get, link) if e))
        if link and who and len(who) == len(set(link)) and not any(map(self._is_generic, link)):
            return who, who[0] if len(who) == 1 else "+".join(sorted(who))
        names = "+".join(sorted(fold(self._entities[one].name) for one in link))
        return who, f"within:{self._family or self._article.id}:{names}"

    def _is_generic(self, local: str) -> bool:
        """Whether these are people without a name, or an entity that the article calls by a common noun only
        ("Polizei", "Sprecher"): another's may be another.

        Bodies of which a country has one ("Bundestag") are names. Where the parts of speech are unknown, all are.
        """
        found = self._generic.get(local)
        if found is None:
            found = self._generic[local] = self._read_generic(local)
        return found

    def _read_generic(self, local: str) -> bool:
        entity = self._entities[local]
        if entity.kind is EntityKind.GRP:
            return True
        if _UNIQUE.match(entity.name) or _PROPER.search(entity.name):
            return False
        for mention in self._document.mentions:
            if mention.form == "name" and mention.entity == local:
                tokens = self._document.tokens_in(mention.span)
                if not tokens or any(token.upos in _NAMES for token in tokens):
                    return False
        return True

    def _days(self, claim: Claim) -> tuple[DateInterval | None, Literal["said", "printed"] | None]:
        """The days of saying where the text tells them, no later than publication; else those of publication."""
        said = next((t.interval for t in self._document.timexes if t.id == claim.said), None) if claim.said else None
        printed = self._article.dct.interval if self._article.dct else None
        if said and said.days <= KNOWN and not (printed and said.earliest > printed.latest):
            return (said.intersection(DateInterval(said.earliest, printed.latest)) if printed else said), "said"
        if printed and printed.days <= KNOWN:
            return printed, "printed"
        return None, None


_UNDATED = "9999"
"""After all days."""
_NAMES = frozenset({None, "PROPN", "X"})
_UNIQUE = re.compile(r"Bundes(?:tag|rat|regierung|wehr|bank|verfassungs|kriminal|gerichtshof|kanzler)|Weiße[sn]? Haus")
_PROPER = re.compile(r"[A-ZÄÖÜ]{2}|[A-Z]\S*-|\s[A-ZÄÖÜ]\S+")
"""Short names and names of several words are taken for proper ones: "SPD", "CDU-Fraktion", "Amtsgericht Kiel"."""
