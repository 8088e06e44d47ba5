"""Joined reading for views: claims as people left them, with names, citation and the sentence they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from quellenlage.model import (
    FORGOTTEN,
    Archive,
    Channel,
    Claim,
    Document,
    EntityKind,
    Evidence,
    Evidentiality,
    Judgement,
    Linked,
    LocalEntity,
    Member,
    Polarity,
    Quotation,
    QuotationType,
    Span,
    Timex,
    Verdict,
    evidence,
    fold,
    hull,
    in_force,
    text_digest,
)
from quellenlage.store import digest_as_received

if TYPE_CHECKING:
    from quellenlage.annotate.quotations.marks import Mark

Chain = tuple[tuple[tuple[str, str], ...], ...]
"""Links from the one whose words they are to the last relay; each one or more (entity id, name).

The id is empty where nothing across articles stands for it; a link is empty where its name was deleted on request.
"""


Form = Literal["direct", "translated", "indirect"]
"""Whose words a claim's words are: the speaker's own, a translation that the text names as one, the author's."""

_PARAGRAPH = re.compile(r"\n[ \t\r]*\n|\n[ \t]")
_LINE = re.compile(r"\n")
_AROUND = " ,.;:!?–-\t\r\n\u00a0"
_TRANSLATED = re.compile(
    r"(?<!\w)(?:in (?:deutscher|eigener|freier|sinngemäßer|wörtlicher) Übersetzung"
    r"|(?:sinngemäß|frei|wörtlich|etwa|aus dem \w+en) übersetzt"
    r"|übersetzt aus dem \w+en)(?!\w)"
    r"|\((?:[^()]{0,60}\W)?(?:Übersetzung|übersetzt)(?:\W[^()]{0,60})?\)"
    r"|(?<!\w)übersetzt ?:"
)
_BESIDE = re.compile(r"\s+(?:(?!und\b|oder\b)\w+\s+){0,2}")
LONG_WORD = 4
"""Letters from which on a word that is asked for may be the beginning of one in the text."""


@dataclass(frozen=True, slots=True)
class SpeakerCorrected:
    """Whose words a person says that a claim's are, in place of whom the article was read to name: who, when, why.

    `value` is as the person gave it. `read` is the first link as it was read: an identifier, or a name where nobody
    across articles stands for it; empty where the article was read to name nobody.
    """

    value: str
    author: str
    made_at: str
    note: str = ""
    read: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as a view lists it. `evidence` quotes the claim, `sentence` all of the sentences it stands in.

    `attributed` says that the text puts the words in somebody's mouth, also where `chain` does not know whose;
    `speaker` are the words for that person, `candidates` whom they may mean (identifier, name, probability). `told` are
    those who were spoken to (words where no name is known). `corrected` says that the first link is a person's word.
    """

    key: str
    article: str
    source: str
    headline: str | None
    outlet: str | None
    dct: str | None
    chain: Chain
    evidentiality: Evidentiality
    polarity: Polarity
    score: float
    evidence: tuple[Evidence, ...]
    sentence: Evidence
    quotation_type: QuotationType | None
    reasons: tuple[str, ...]
    form: Form = "indirect"
    attributed: bool = False
    speaker: tuple[Evidence, ...] = ()
    corrected: SpeakerCorrected | None = None
    told: tuple[tuple[str, str], ...] = ()
    candidates: tuple[tuple[str, str, float], ...] = ()
    channel: Channel | None = None
    said: Timex | None = None


def apply_judgements(document: Document, judgements: Sequence[Judgement]) -> Document:
    """The document as people left it: rejected claims and events out, corrected speakers in.

    The last decision on each thing counts; confirming takes a rejection back. An event or a number that rested on
    the word of a rejected claim goes with it: whose word it was is no longer known.
    """
    article = document.article.id
    rejected = _rejected(judgements)
    claims = [c for c in document.claims if c.key(article) not in rejected]
    gone = {c.id for c in document.claims} - {c.id for c in claims}
    events = [
        replace(v, quantities=tuple(q for q in v.quantities if q.word_of not in gone)) if gone else v
        for v in document.events
        if v.key(article) not in rejected and v.word_of not in gone
    ]
    entities = list(document.entities)
    speakers = corrected_speakers(judgements)
    claims = [_spoken_by(c, speakers.get(c.key(article)), entities) for c in claims]
    if tuple(claims) == document.claims and tuple(events) == document.events:
        return document
    return replace(document, claims=tuple(claims), events=tuple(events), entities=tuple(entities))


def corrected_speakers(judgements: Sequence[Judgement]) -> dict[str, Judgement]:
    """The last word on who speaks, by the key of a claim, of decisions in force."""
    return {
        j.subject: j
        for j in judgements
        if j.verdict is Verdict.CORRECT and j.field == "speaker" and j.value is not None
    }


def claims(
    archive: Archive,
    *,
    speaker: str | None = None,
    about: str | None = None,
    evidentiality: Evidentiality | None = None,
) -> list[ClaimRow]:
    """Claims of all articles in order of capture, then of the text.

    `speaker` is an identifier or a name: the first link of the chain has this identifier, or somebody there has all
    words of the name in one of the spellings. `about` is matched as by `is_about`.
    """
    linked = archive.linked()
    judgements = in_force(archive.judgements())
    suppressed = archive.suppressed()
    names = _Names(linked, suppressed)
    wanted = names.speakers(archive, speaker) if speaker else None
    given = corrected_speakers(judgements)
    found: list[ClaimRow] = []
    for document in archive.documents():
        judged = apply_judgements(document, judgements)
        for claim in judged.claims:
            if evidentiality is not None and claim.evidentiality is not evidentiality:
                continue
            row = _row(judged, claim, names)
            if said := given.get(row.key):
                row = replace(row, corrected=_corrected(said, document, claim, names))
            if wanted is not None and not wanted.said(row):
                continue
            if about and not is_about(row.sentence.exact, about):
                continue
            found.append(row)
    return found


def _rejected(judgements: Sequence[Judgement]) -> set[str]:
    last = {j.subject: j.verdict for j in judgements if j.verdict in {Verdict.REJECT, Verdict.CONFIRM}}
    return {subject for subject, verdict in last.items() if verdict is Verdict.REJECT}


def _corrected(said: Judgement, document: Document, claim: Claim, names: _Names) -> SpeakerCorrected:
    """The correction of a claim of a document that is given as it was read."""
    read = next(c.chain for c in document.claims if c.id == claim.id)
    first = _present(names.link(document, e) for e in (read[0] if read else ()))
    return SpeakerCorrected(
        said.value or "", said.author, said.made_at, said.note, tuple(one or name for one, name in first)
    )


def _spoken_by(claim: Claim, said: Judgement | None, entities: list[LocalEntity]) -> Claim:
    """The claim with another first link; adds the speaker to `entities` where the article does not name them."""
    if said is None or said.value is None:
        return claim
    name = said.value
    wanted = fold(name)
    local = next((e.id for e in entities if fold(e.name) == wanted), None)
    if local is None:
        taken = {e.id for e in entities}
        local = next(i for i in (f"e{n}" for n in range(len(taken) + 1, 2 * len(taken) + 3)) if i not in taken)
        entities.append(LocalEntity(local, EntityKind.PER, name, reasons=("judgement:speaker",)))
    return replace(
        claim,
        chain=((local,), *claim.chain[1:]),
        chain_spans=claim.chain_spans[1:] if claim.chain else (),
        score=1.0,
        reasons=(*claim.reasons, "judgement:speaker"),
    )


class _Names:
    """Names across articles, less those deleted on request."""

    def __init__(self, linked: Linked, suppressed: frozenset[str]) -> None:
        self._entities = {e.id: e for e in linked.entities}
        self._of_member = {m: e.id for e in linked.entities for m in e.members}
        self._by_name: dict[str, str] = {}
        for entity in linked.entities:
            self._by_name.setdefault(fold(entity.name), entity.id)
        self._suppressed = suppressed

    def link(self, document: Document, local: str) -> tuple[str, str] | None:
        """Identifier and name of a local entity, None where the name was deleted on request."""
        # Only where names are read: the stage behind it is large.
        from quellenlage.link.entities.making import tells_suppressed

        entity = document.entity(local)
        identifier = self._of_member.get(Member(document.article.id, local))
        # A bare surname is hidden only where nobody across articles stands for it: a namesake may bear it.
        if (
            entity.name == FORGOTTEN
            or tells_suppressed(entity.name, self._suppressed)
            or (identifier is None and text_digest(fold(entity.name)) in self._suppressed)
        ):
            return None
        if identifier is None and "judgement:speaker" in entity.reasons:
            identifier = self._by_name.get(fold(entity.name))
        return (identifier, self._entities[identifier].name) if identifier else ("", entity.name)

    def speakers(self, archive: Archive, reference: str) -> _Speakers:
        """Who is meant by an identifier or a name."""
        identifier = archive.resolve(reference.strip())
        if identifier in self._entities:
            return _Speakers(frozenset({identifier}), frozenset())
        words = frozenset(fold(reference).split())
        found = frozenset(
            e.id
            for e in self._entities.values()
            if words and any(words <= set(fold(s).split()) for s in (e.name, *e.spellings))
        )
        return _Speakers(found, words)


@dataclass(frozen=True, slots=True)
class _Speakers:
    identifiers: frozenset[str]
    words: frozenset[str]

    def said(self, row: ClaimRow) -> bool:
        for identifier, name in row.chain[0] if row.chain else ():
            if identifier in self.identifiers:
                return True
            if not identifier and self.words and self.words <= set(fold(name).split()):
                return True
        return False


def _row(document: Document, claim: Claim, names: _Names) -> ClaimRow:
    article = document.article
    digest = digest_as_received(document)

    def quote(span: Span) -> Evidence:
        return evidence(article.id, document.text, span, digest=digest)

    whole = hull(claim.spans)
    around = [s.span for s in (document.sentence_at(whole.start), document.sentence_at(whole.end - 1)) if s]
    quotation = next((q for q in document.quotations if q.id == claim.quotation), None)
    chain = tuple(tuple(_present(names.link(document, e) for e in link)) for link in claim.chain)
    return ClaimRow(
        key=claim.key(article.id),
        article=article.id,
        source=article.source,
        headline=article.headline.value if article.headline else None,
        outlet=article.outlet.value if article.outlet else None,
        dct=article.dct.value if article.dct else None,
        chain=chain,
        evidentiality=claim.evidentiality,
        polarity=claim.polarity,
        score=claim.score,
        evidence=tuple(quote(span) for span in claim.spans),
        sentence=quote(hull([whole, *around])),
        quotation_type=quotation.type if quotation else None,
        reasons=claim.reasons,
        form=_form(document, claim, quotation, around),
        attributed=claim.quotation is not None,
        speaker=tuple(quote(span) for span in quotation.speaker) if quotation else (),
        told=_told(document, claim, names),
        candidates=tuple(
            (*link, one.score) for one in claim.candidates if (link := names.link(document, one.entity)) is not None
        ),
        channel=claim.channel,
        said=next((t for t in document.timexes if t.id == claim.said), None) if claim.said else None,
    )


def _told(document: Document, claim: Claim, names: _Names) -> tuple[tuple[str, str], ...]:
    known = tuple(_present(names.link(document, e) for e in claim.told))
    if known or claim.told:
        return known
    return tuple(("", span.of(document.text)) for span in claim.addressee)


def _form(document: Document, claim: Claim, quotation: Quotation | None, around: Sequence[Span]) -> Form:
    """Direct only where the text itself puts all of the words in quotation marks.

    Of a direct quotation any part is; anything else, the author's paraphrase among it, only where it fills the marks.
    """
    text = document.text
    if quotation is not None and quotation.type is QuotationType.INDIRECT:
        return "indirect"
    part = quotation is not None and quotation.type is QuotationType.DIRECT
    if not all(_in_marks(text, span, part=part) for span in claim.spans):
        return "indirect"
    return "translated" if _says_translated(text, claim, hull([*around, *claim.spans])) else "direct"


def _in_marks(text: str, span: Span, *, part: bool) -> bool:
    """Whether one pair of marks encloses the words (`part`), or encloses them and nothing else.

    Marks are paired within the line, else within the paragraph, which may be set in several lines.
    """
    start, end = _trimmed(text, span.start, span.end)
    for border in (_LINE, _PARAGRAPH):
        first = max((m.end() for m in border.finditer(text, 0, start)), default=0)
        found = border.search(text, end)
        for mark in _paired(text, first, found.start() if found else len(text)):
            if not mark.closed or not (mark.start <= start and end <= mark.end):
                continue
            if text[mark.start] in text[mark.start + 1 : mark.end - 1]:
                continue  # a stray mark before it: what it encloses is not certain
            if part or _trimmed(text, mark.start + 1, mark.end - 1) == _trimmed(
                text, max(start, mark.start + 1), min(end, mark.end - 1)
            ):
                return True
    return False


@lru_cache(maxsize=64)
def _paired(text: str, start: int, end: int) -> list[Mark]:
    # Only where a claim is read: the stage behind it is large.
    from quellenlage.annotate.quotations.marks import pair

    return pair(text, start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without white space and punctuation at its ends."""
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return start, end


def _says_translated(text: str, claim: Claim, sentence: Span) -> bool:
    """Whether the words around say that these are a translation; "übersetzt" alone only beside the verb of saying."""
    rest = "".join(
        " " if any(span.start <= at < span.end for span in claim.spans) else text[at]
        for at in range(sentence.start, sentence.end)
    )
    if _TRANSLATED.search(rest):
        return True
    for found in re.finditer(r"(?<!\w)übersetzt(?!\w)", rest):
        start, end = found.start() + sentence.start, found.end() + sentence.start
        for cue in claim.cue:
            between = text[cue.end : start] if cue.end <= start else text[end : cue.start]
            if _BESIDE.fullmatch(between):
                return True
    return False


def _present(links: Iterator[tuple[str, str] | None]) -> Iterator[tuple[str, str]]:
    return (link for link in links if link is not None)


def is_about(sentence: str, about: str) -> bool:
    """Whether each word of `about` is one of the sentence or, from four letters on, begins one; without words: no."""
    wanted = fold(about).split()
    said = fold(sentence).split()
    return bool(wanted) and all(
        any(one == word or (len(word) >= LONG_WORD and one.startswith(word)) for one in said) for word in wanted
    )
