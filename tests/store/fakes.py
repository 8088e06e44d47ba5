"""A small pipeline with rules of its own, deterministic like the real one, so that store and execution run without it.

A text is lines; the first is the headline. `@Name` names somebody, "@Name sagt: …" is a claim, TREFFEN is an event of
all named in its sentence, `#12` a number of it, KAPUTT makes the analysis fail.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise

from quellenlage.model import (
    Account,
    Article,
    Capture,
    ChronicleEntry,
    Claim,
    Conflict,
    ConflictKind,
    Corroboration,
    Dct,
    Document,
    Entity,
    EntityKind,
    Event,
    EventMention,
    Evidence,
    Evidentiality,
    Figure,
    Found,
    Judgement,
    Linked,
    LocalEntity,
    Member,
    Mention,
    Occasion,
    OfficeHeld,
    Origin,
    OriginKind,
    Polarity,
    Quantity,
    Quotation,
    QuotationType,
    References,
    Related,
    Retelling,
    Reuse,
    Role,
    Sentence,
    Side,
    Span,
    Statement,
    Story,
    Token,
    Verdict,
    Zone,
    ZoneKind,
    content_id,
    evidence,
    fold,
    make_capture,
    text_digest,
)
from quellenlage.model.making import Correction, Recipe, StageIdentity
from quellenlage.model.partition import Mapper, in_process
from quellenlage.model.remaking import Kept, Made

NAME = re.compile(r"@(\w+(?: \w+-)?)")
_CLAIM = re.compile(r"@(\w+) sagt: (.+)")


@dataclass(frozen=True)
class Overrides:
    dct: str | None = None
    outlet: str | None = None


def capture_of(text: str, *, source: str = "", captured_at: str = "2026-01-05T10:00:00Z") -> Capture:
    content = text.encode("utf-8", "surrogatepass")
    return make_capture(
        source=source or f"{text_digest(text)[:8]}.txt",
        media_type="text/plain",
        content=content,
        text=text,
        captured_at=captured_at,
        encoding="utf-8",
    )


def article_id(capture: str) -> str:
    return content_id("art", capture)


def document_of(capture: Capture, overrides: Overrides | None = None) -> Document:
    text = capture.text
    if "KAPUTT" in text:
        raise ValueError(f"cannot read {text[:20]!r}")
    overrides = overrides or Overrides()
    lines = [m for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    sentences = tuple(Sentence(*_stripped(m)) for m in lines)
    zones = tuple(Zone(s.start, s.end, ZoneKind.HEADLINE if i == 0 else ZoneKind.BODY) for i, s in enumerate(sentences))
    entities: dict[str, LocalEntity] = {}
    mentions: list[Mention] = []
    for number, match in enumerate(NAME.finditer(text), 1):
        name = match.group(1)
        roles: tuple[Role, ...] = ()
        office = re.search(r"(Minister|Sprecher) $", text[: match.start()])
        if office:
            roles = (Role(office.start(1), office.end(1), office.group(1)),)
        entity = entities.setdefault(name, LocalEntity(f"e{len(entities) + 1}", EntityKind.PER, name, roles))
        mentions.append(Mention(f"m{number}", *match.span(1), EntityKind.PER, "name", entity.id))
    quotations: list[Quotation] = []
    claims: list[Claim] = []
    for number, match in enumerate(_CLAIM.finditer(text), 1):
        words = Span(*match.span(2))
        speaker = entities[match.group(1)].id
        quotations.append(
            Quotation(f"q{number}", QuotationType.INDIRECT, "speech", (words,), speaker=(Span(*match.span(1)),))
        )
        claims.append(
            Claim(f"c{number}", f"q{number}", (words,), ((speaker,),), Evidentiality.ASSERTED, Polarity.AFFIRMED, 0.75)
        )
    events = tuple(_events(text, sentences, entities, claims))
    headline = sentences[0].span
    return Document(
        Article(
            id=article_id(capture.id),
            capture=capture.id,
            source=capture.source,
            text=text,
            text_sha256=capture.text_sha256,
            offsets_in=capture.offsets_in,
            zones=zones,
            language="de",
            headline=Found(headline.of(text), "text", (headline,)),
            outlet=Found(overrides.outlet, "judgement") if overrides.outlet else None,
            dct=Dct(date.fromisoformat(overrides.dct), date.fromisoformat(overrides.dct), "judgement")
            if overrides.dct
            else None,
        ),
        sentences=sentences,
        tokens=tuple(Token(*m.span(), lemma=m.group().lower(), upos="X") for m in re.finditer(r"\w+", text)),
        mentions=tuple(mentions),
        entities=tuple(entities.values()),
        quotations=tuple(quotations),
        claims=tuple(claims),
        events=events,
    )


def _stripped(match: re.Match[str]) -> tuple[int, int]:
    line = match.group()
    return match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip())


def _events(
    text: str, sentences: Sequence[Sentence], entities: dict[str, LocalEntity], claims: Sequence[Claim]
) -> Iterable[EventMention]:
    number = count(1)
    for sentence in sentences:
        for match in re.compile("TREFFEN").finditer(text, sentence.start, sentence.end):
            words = text[sentence.start : sentence.end]
            actors = tuple(dict.fromkeys(entities[m.group(1)].id for m in NAME.finditer(words)))
            claim = next((c.id for c in claims if c.start <= match.start() < c.end), "author")
            quantities = tuple(
                Quantity(
                    sentence.start + m.start(), sentence.start + m.end(), int(m[1]), int(m[1]), "Gast", word_of=claim
                )
                for m in re.finditer(r"#(\d{1,6})", words)
            )
            yield EventMention(
                f"v{next(number)}",
                "CONSULT",
                Span(*match.span()),
                sentence.span,
                actors=actors,
                word_of=claim,
                quantities=quantities,
            )


class FakePipeline:
    """Like `quellenlage.pipeline`, with the rules above; `version` stands for that of the installation."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.analysed = 0

    def identities(self) -> tuple[StageIdentity, ...]:
        return (StageIdentity("article", self.version, "a" * 64), StageIdentity("rules", self.version, "b" * 64))

    def overrides_for(self, judgements: Sequence[Judgement], capture_id: str) -> Overrides:
        said = {
            j.field: j.value for j in judgements if j.verdict is Verdict.CORRECT and j.subject == article_id(capture_id)
        }
        return Overrides(said.get("dct"), said.get("outlet"))

    def fingerprint(self, capture_id: str, overrides: Overrides) -> str:
        return text_digest(f"{self.version} {capture_id} {overrides!r}")

    def analyse(self, capture: Capture, overrides: Overrides) -> Document:
        self.analysed += 1
        return document_of(capture, overrides)

    def remake(self, capture: Capture, overrides: Overrides, kept: Kept | None = None) -> Made:
        return Made(self.analyse(capture, overrides), None, tuple(i.name for i in self.identities()))

    def recipe(self) -> Recipe:
        return Recipe("1", self.identities())

    def corrections(self, overrides: Overrides) -> tuple[Correction, ...]:
        said = (("dct", overrides.dct), ("outlet", overrides.outlet))
        return tuple(("article", field, text_digest(value)) for field, value in said if value is not None)

    def following(self, again: frozenset[str]) -> frozenset[str]:
        return frozenset({"rules"}) - again

    def copied(self, documents: Sequence[Document], mapper: Mapper = in_process) -> Sequence[Reuse]:
        return ()

    def copied_again(
        self, documents: Sequence[Document], copies: Sequence[Reuse], changed: Collection[str]
    ) -> Sequence[Reuse]:
        return copies

    def changed_anchors(
        self, documents: Sequence[Document], copies: Sequence[Reuse]
    ) -> dict[str, tuple[tuple[str, str], ...]]:
        return {}

    def anchored(self, overrides: Overrides, anchors: tuple[tuple[str, str], ...]) -> Overrides:
        return overrides

    def link_terms(self) -> tuple[tuple[str, str, str], ...]:
        return (("version", "link", self.version),)

    def linked_fingerprint(
        self, documents: Iterable[tuple[str, str]], judgements: Sequence[Judgement], extra: str
    ) -> str:
        return text_digest(repr((self.version, list(documents), [j.id for j in judgements], extra)))

    def connect(
        self,
        documents: Sequence[Document],
        judgements: Sequence[Judgement],
        suppressed: frozenset[str],
        references: References | None = None,
        copies: Sequence[Reuse] | None = None,
        mapper: Mapper = in_process,
    ) -> Linked:
        return connect(documents, judgements, suppressed)


def entity_key(article: str, name: str) -> str:
    return content_id("ent", article, fold(name))


def _pairs(judgements: Sequence[Judgement], verdict: Verdict) -> set[frozenset[str]]:
    last = {frozenset((j.subject, j.other)): j.verdict for j in judgements if j.other}
    return {pair for pair, said in last.items() if said is verdict}


def _rejected(judgements: Sequence[Judgement]) -> set[str]:
    last = {j.subject: j.verdict for j in judgements if j.verdict in {Verdict.REJECT, Verdict.CONFIRM}}
    return {subject for subject, verdict in last.items() if verdict is Verdict.REJECT}


def connect(documents: Sequence[Document], judgements: Sequence[Judgement], suppressed: frozenset[str]) -> Linked:
    same, differ = _pairs(judgements, Verdict.SAME), _pairs(judgements, Verdict.DIFFER)
    names = {j.subject: j.value for j in judgements if j.verdict is Verdict.CORRECT and j.field == "name"}
    groups: list[list[tuple[str, Document, LocalEntity]]] = []
    for document in documents:
        for local in document.entities:
            if text_digest(fold(local.name)) in suppressed:
                continue
            key = entity_key(document.article.id, local.name)
            for group in groups:
                keys = [k for k, _, _ in group]
                if any(frozenset((key, k)) in differ for k in keys):
                    continue
                if any(frozenset((key, k)) in same for k in keys) or any(
                    fold(e.name) == fold(local.name) for _, _, e in group
                ):
                    group.append((key, document, local))
                    break
            else:
                groups.append([(key, document, local)])
    entities = tuple(_entity(group, names) for group in groups)
    of = {m: e.id for e in entities for m in e.members}
    aliases = {key: group[0][0] for group in groups for key, _, _ in group[1:] if key != group[0][0]}
    origins = tuple(
        Origin(content_id("org", d.article.id), OriginKind.ARTICLE, d.article.source, (d.article.id,))
        for d in documents
    )
    events, moved = _link_events(documents, of, _rejected(judgements))
    stories, chronicle = _tell(documents, events)
    reuses = tuple(
        Reuse(
            b.article.id,
            a.article.id,
            "reprint",
            0.5,
            (evidence(b.article.id, b.text, b.sentences[0].span, digest=b.article.text_sha256),),
        )
        for a, b in pairwise(documents)
        if a.article.headline and b.article.headline and a.article.headline.value == b.article.headline.value
    )
    statements, retold = _statements(documents, of, _rejected(judgements))
    aliases = {**aliases, **moved, **retold}
    return Linked(
        entities, origins, reuses, events, _conflicts(events), stories, chronicle, statements, aliases=aliases
    )


def statement_key(claim: str) -> str:
    return content_id("stm", claim)


def _statements(
    documents: Sequence[Document], of: dict[Member, str], rejected: set[str]
) -> tuple[tuple[Statement, ...], dict[str, str]]:
    """The same words of the same speaker are one statement, each article an occasion; each knows the one before."""
    told: dict[tuple[tuple[str, ...], str], list[Retelling]] = {}
    for document in documents:
        article = document.article
        for claim in document.claims:
            if claim.key(article.id) in rejected:
                continue
            who = tuple(of[m] for m in (Member(article.id, e) for e in claim.chain[0]) if m in of)
            quoted = tuple(evidence(article.id, document.text, s, digest=article.text_sha256) for s in claim.spans)
            told.setdefault((who, quoted[0].exact), []).append(
                Retelling(
                    Member(article.id, claim.id),
                    claim.key(article.id),
                    quoted,
                    content_id("org", article.id),
                    claim.evidentiality,
                    claim.polarity,
                )
            )
    made: list[Statement] = []
    for (who, _), retellings in told.items():
        related = (Related(made[-1].id, "perhaps", 0.5, ("before",)),) if made else ()
        occasions = tuple(Occasion((r.member,), reasons=("alone",)) for r in retellings)
        made.append(
            Statement(statement_key(retellings[0].claim), who, tuple(retellings), occasions, ("words",), related)
        )
    aliases = {statement_key(r.claim): s.id for s in made for r in s.retellings[1:]}
    return tuple(made), aliases


def _entity(group: Sequence[tuple[str, Document, LocalEntity]], names: dict[str, str | None]) -> Entity:
    key = group[0][0]
    quoted: list[Evidence] = []
    offices: list[OfficeHeld] = []
    for _, document, local in group:
        for mention in document.mentions:
            if mention.entity == local.id:
                quoted.append(
                    evidence(document.article.id, document.text, mention.span, digest=document.article.text_sha256)
                )
        for role in local.roles:
            span = Span(role.start, role.end)
            offices.append(
                OfficeHeld(
                    role.text,
                    evidence(document.article.id, document.text, span, digest=document.article.text_sha256),
                )
            )
    return Entity(
        key,
        EntityKind.PER,
        names.get(key) or group[0][2].name,
        tuple(Member(d.article.id, e.id) for _, d, e in group),
        spellings=tuple(dict.fromkeys(e.name for _, _, e in group)),
        offices=tuple(offices),
        evidence=tuple(quoted),
        reasons=("same name",),
    )


def _link_events(
    documents: Sequence[Document], of: dict[Member, str], rejected: set[str]
) -> tuple[tuple[Event, ...], dict[str, str]]:
    told: dict[tuple[str, ...], list[tuple[str, Account]]] = {}
    for document in documents:
        article = document.article
        for mention in document.events:
            key = mention.key(article.id)
            if key in rejected:
                continue
            who = tuple(dict.fromkeys(of[m] for m in (Member(article.id, a) for a in mention.actors) if m in of))
            chain: tuple[tuple[str, ...], ...] = ()
            if mention.word_of != "author":
                links = document.claim(mention.word_of).chain
                chain = tuple(tuple(of[m] for m in (Member(article.id, e) for e in link) if m in of) for link in links)
            figures = tuple(
                Figure(q.unit, q.low, q.high, evidence(article.id, document.text, q.span, digest=article.text_sha256))
                for q in mention.quantities
            )
            quoted = evidence(article.id, document.text, mention.sentence, digest=article.text_sha256)
            told.setdefault(who, []).append(
                (
                    key,
                    Account(
                        Member(article.id, mention.id),
                        quoted,
                        mention.factuality,
                        chain,
                        content_id("org", article.id),
                        figures=figures,
                    ),
                )
            )
    events = tuple(
        Event(
            accounts[0][0],
            "CONSULT",
            tuple(a for _, a in accounts),
            actors=who,
            corroboration=Corroboration((), tuple(dict.fromkeys(a.origin for _, a in accounts)), 0),
            reasons=("same people",),
        )
        for who, accounts in told.items()
    )
    aliases = {key: accounts[0][0] for accounts in told.values() for key, _ in accounts[1:]}
    return events, aliases


def _conflicts(events: Sequence[Event]) -> tuple[Conflict, ...]:
    found: list[Conflict] = []
    for event in events:
        sides = {f.low: Side(str(f.low), f.evidence, a.chain, a.origin) for a in event.accounts for f in a.figures}
        if len(sides) > 1:
            identifier = content_id("cfl", event.id, "Gast")
            found.append(Conflict(identifier, event.id, ConflictKind.NUMBER, "Gast", tuple(sides.values())))
    return tuple(found)


def _tell(
    documents: Sequence[Document], events: Sequence[Event]
) -> tuple[tuple[Story, ...], tuple[ChronicleEntry, ...]]:
    if not events:
        return (), ()
    articles = tuple(dict.fromkeys(a.member.article for e in events for a in e.accounts))
    title = next(d.article.headline.value for d in documents if d.article.id in articles and d.article.headline)
    story = Story(content_id("sty", events[0].id), title, articles, tuple(e.id for e in events))
    chronicle = tuple(
        ChronicleEntry(e.id, story.id, i, e.accounts[0].evidence, e.event_type, e.factuality)
        for i, e in enumerate(events)
    )
    return (story,), chronicle


def clock() -> str:
    return "2026-01-06T12:00:00Z"


def unpacked(packed: bytes) -> bytes:
    """All that is compressed in a column of an archive, one part after the other."""
    found, rest = b"", packed[12:] if packed.startswith(b"QLD") else packed
    while rest:
        reader = zlib.decompressobj()
        found += reader.decompress(rest)
        rest = reader.unused_data
    return found
