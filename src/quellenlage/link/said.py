"""Claims made comparable across articles: who said it, in which words, on which days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from quellenlage.link.origins import Provenance
from quellenlage.link.wording import Places, Wording, read_wording
from quellenlage.model import (
    Claim,
    DateInterval,
    Document,
    EntityKind,
    Judgement,
    Member,
    Polarity,
    Retelling,
    Span,
    Verdict,
    evidence,
    fold,
)

KNOWN = 31
"""Days up to which an interval counts as a date: from a wider one nothing follows about occasions."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim made comparable. `speaker` is a key: claims of two speakers are never compared.

    `speakers` are the entities of its first link; `family` names the articles that share text with its own.
    """

    key: str
    speaker: str
    speakers: tuple[str, ...]
    wording: Wording
    retelling: Retelling
    family: str

    @property
    def days(self) -> DateInterval | None:
        """Days of saying or of publication, if known."""
        return self.retelling.interval


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
    by_name: dict[str, str] = {}
    for document in documents:
        for entity in document.entities:
            if (member := Member(document.article.id, entity.id)) in entity_of:
                by_name.setdefault(fold(entity.name), entity_of[member])
    for document in documents:
        article = document.article
        places = Places(_named_places(document, entity_of))
        generic = _generic(document)
        for claim in document.claims:
            key = claim.key(article.id)
            if verdicts.get(key) is Verdict.REJECT:
                continue
            if key in corrected:
                name = fold(corrected[key]) or key  # a deleted name is nobody's, and no one's with others
                who = tuple(by_name[one] for one in (name,) if one in by_name)
                speaker = who[0] if who else f"name:{name}"
            else:
                who, speaker = _speaker(document, claim, entity_of, family, generic)
            wording = read_wording(document, claim, places, frozenset(who))
            origin = provenance.origin_of[article.id]
            retelling = _retelling(document, claim, key, origin, wording.stance)
            yield Said(key, speaker, who, wording, retelling, family.get(article.id, ""))


def _named_places(document: Document, entity_of: Mapping[Member, str]) -> dict[Span, str]:
    names = {entity.id: fold(entity.name) for entity in document.entities}
    return {
        mention.span: entity_of.get(Member(document.article.id, mention.entity), names[mention.entity])
        for mention in document.mentions
        if mention.form == "name"
    }


def _speaker(
    document: Document,
    claim: Claim,
    entity_of: Mapping[Member, str],
    family: Mapping[str, str],
    generic: frozenset[str],
) -> tuple[tuple[str, ...], str]:
    """Entities of the first link, and the key under which claims of one speaker meet.

    Somebody without a name ("Experten", "das Amtsgericht"), or nobody, is the same only in articles that share text.
    """
    article = document.article.id
    link = claim.chain[0] if claim.chain else ()
    who = tuple(dict.fromkeys(e for e in (entity_of.get(Member(article, one)) for one in link) if e))
    kinds = {entity.id: entity.kind for entity in document.entities}
    named = all(kinds[one] is not EntityKind.GRP and one not in generic for one in link)
    if link and who and len(who) == len(set(link)) and named:
        return who, "+".join(sorted(who))
    names = "+".join(sorted(fold(document.entity(one).name) for one in link))
    return who, f"within:{family.get(article, article)}:{names}"


def _generic(document: Document) -> frozenset[str]:
    """Entities that the article calls by a common noun only ("Polizei", "Sprecher"): another's may be another.

    Bodies of which a country has one ("Bundestag") are names. Where the parts of speech are unknown, all are.
    """
    sure: set[str] = set()
    for mention in document.mentions:
        if mention.form == "name" and mention.entity not in sure:
            tokens = document.tokens_in(mention.span)
            if any(token.upos in {None, "PROPN", "X"} for token in tokens) or len(tokens) == 0:
                sure.add(mention.entity)
    return frozenset(
        entity.id
        for entity in document.entities
        if entity.id not in sure and not (_UNIQUE.match(entity.name) or _PROPER.search(entity.name))
    )


_UNIQUE = re.compile(r"Bundes(?:tag|rat|regierung|wehr|bank|verfassungs|kriminal|gerichtshof|kanzler)|Weiße[sn]? Haus")
_PROPER = re.compile(r"[A-ZÄÖÜ]{2}|[A-Z]\S*-|\s[A-ZÄÖÜ]\S+")
"""Short names and names of several words are taken for proper ones: "SPD", "CDU-Fraktion", "Amtsgericht Kiel"."""


def _retelling(document: Document, claim: Claim, key: str, origin: str, stance: Polarity) -> Retelling:
    article = document.article
    said = next((t.interval for t in document.timexes if t.id == claim.said), None) if claim.said else None
    days, dated_by = _days(said, article.dct.interval if article.dct else None)
    return Retelling(
        member=Member(article.id, claim.id),
        claim=key,
        evidence=tuple(evidence(article.id, article.text, s, digest=article.text_sha256) for s in claim.spans),
        origin=origin,
        evidentiality=claim.evidentiality,
        stance=stance,
        earliest=days.earliest if days else None,
        latest=days.latest if days else None,
        dated_by=dated_by,
    )


def _days(
    said: DateInterval | None, printed: DateInterval | None
) -> tuple[DateInterval | None, Literal["said", "printed"] | None]:
    """The days of saying where the text tells them, no later than publication; else those of publication."""
    if said and said.days <= KNOWN and not (printed and said.earliest > printed.latest):
        return (said.intersection(DateInterval(said.earliest, printed.latest)) if printed else said), "said"
    if printed and printed.days <= KNOWN:
        return printed, "printed"
    return None, None
