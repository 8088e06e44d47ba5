"""What a view needs of an archive, looked up once: names, citations, the words behind each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from quellenlage.execution import ClaimRow, Form, SpeakerCorrected, member_ids, spelled_like
from quellenlage.execution import claims as all_claims
from quellenlage.model import (
    Archive,
    Channel,
    Conflict,
    DateInterval,
    Document,
    Doubt,
    Entity,
    Event,
    Evidence,
    Evidentiality,
    Linked,
    Member,
    Origin,
    Polarity,
    Span,
    Statement,
    Story,
    Timex,
    evidence,
    fold,
    in_force,
    seen,
)
from quellenlage.store import digest_as_received
from quellenlage.story.affiliations import Affiliations
from quellenlage.story.corroboration import prints
from quellenlage.views.discretion import shown_source
from quellenlage.views.doubting import DoubtSide, Part, open_doubts, side_of, wanted_members

Chain = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """What is needed to cite an article; `published` is the interval of its publication, if known.

    `open_end` says that nothing but the day of the capture bounds the interval from above.
    """

    article: str
    source: str
    outlet: str | None = None
    headline: str | None = None
    published: DateInterval | None = None
    open_end: bool = False
    dct_method: str | None = None
    agencies: tuple[str, ...] = ()
    url: str | None = None

    @property
    def label(self) -> str:
        """Outlet, or the file or address the article came from."""
        return self.outlet or self.source.rstrip("/").rsplit("/", 1)[-1] or self.article


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim, quoted; a link of its chain that stands for no entity across articles is the name itself.

    `corrected` says that its first link is what a person gave, and whom the article was read to name.
    """

    key: str
    article: str
    evidence: tuple[Evidence, ...]
    sentence: Evidence
    chain: Chain
    evidentiality: Evidentiality
    polarity: Polarity
    score: float
    reasons: tuple[str, ...] = ()
    form: Form = "indirect"
    attributed: bool = False
    speaker: tuple[Evidence, ...] = ()
    corrected: SpeakerCorrected | None = None
    told: tuple[str, ...] = ()
    candidates: tuple[tuple[str, float], ...] = ()
    channel: Channel | None = None
    said: Timex | None = None

    @property
    def unresolved(self) -> bool:
        """Whether the text attributes the words and it is not known to whom."""
        return self.attributed and not any(self.chain)


@dataclass(slots=True)
class Holdings:
    """An archive's contents as the views read them; built by `read_holdings`."""

    linked: Linked
    citations: dict[str, Citation]
    claims: list[ClaimLine] = field(default_factory=list)
    triggers: dict[tuple[str, str], Span] = field(default_factory=dict)
    """Where the word stands that tells an event, by article and local identifier."""
    sentences: dict[tuple[str, int], Evidence] = field(default_factory=dict)
    """The sentence around a number, or a name in doubt, by article and start."""
    doubts: tuple[Doubt, ...] = ()
    """What may be one or two and nobody has decided, the most valuable first."""
    parts: dict[str, Part] = field(default_factory=dict)
    """Members that doubts name, by identifier."""
    forms: dict[str, Counter[str]] = field(default_factory=dict)
    """How often the articles write which form of a name, by entity."""
    entities: dict[str, Entity] = field(init=False)
    events: dict[str, Event] = field(init=False)
    origins: dict[str, Origin] = field(init=False)
    stories: dict[str, Story] = field(init=False)
    conflicts_of: dict[str, list[Conflict]] = field(init=False)
    statements: dict[str, Statement] = field(init=False)
    statement_of: dict[str, Statement] = field(init=False)
    """Statements by the keys of the claims that tell them."""
    doubts_of: dict[str, list[Doubt]] = field(init=False)
    """Doubts by the entities they are about."""
    _affiliations: Affiliations | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.entities = {e.id: e for e in self.linked.entities}
        self.events = {e.id: e for e in self.linked.events}
        self.origins = {o.id: o for o in self.linked.origins}
        self.stories = {s.id: s for s in self.linked.stories}
        self.statements = {s.id: s for s in self.linked.statements}
        self.statement_of = {r.claim: s for s in self.linked.statements for r in s.retellings}
        self.conflicts_of = {}
        for conflict in self.linked.conflicts:
            self.conflicts_of.setdefault(conflict.event, []).append(conflict)
        self.doubts_of = {}
        for doubt in self.doubts:
            for entity in dict.fromkeys(self.linked.aliases.get(i, i) for i in (doubt.one, doubt.other)):
                self.doubts_of.setdefault(entity, []).append(doubt)

    @property
    def affiliations(self) -> Affiliations:
        """Which people, bodies and origins belong to one state or party; worked out when first asked for."""
        if self._affiliations is None:
            self._affiliations = Affiliations(self.entities, self.origins)
        return self._affiliations

    def printed(self, statement: Statement) -> int:
        """Number of articles that print a statement, versions of one article counted once."""
        return prints(statement, self.linked.revisions)

    def name(self, entity_id: str | None) -> str:
        """Name of an entity (or an origin, which stands in for an informant); the identifier itself if unknown."""
        if entity_id is None:
            return ""
        entity = self.entities.get(self.linked.aliases.get(entity_id, entity_id))
        return entity.name if entity else self.origin_name(entity_id)

    def names(self, entity_ids: Iterable[str]) -> list[str]:
        """Names of several entities, in their order."""
        return [self.name(e) for e in entity_ids]

    def chain_names(self, chain: Chain) -> list[list[str]]:
        """Names along a chain, from the one whose words they are to the last relay."""
        return [self.names(link) for link in chain]

    def cite(self, article: str) -> Citation:
        """Citation of an article; a bare one where its text was forgotten and nothing else is known."""
        return self.citations.get(article) or Citation(article, article)

    def origin_name(self, origin: str) -> str:
        """Name of an origin; the identifier where it is not known."""
        found = self.origins.get(origin)
        return found.name if found else origin

    def sides(self, doubt: Doubt) -> tuple[DoubtSide, DoubtSide] | None:
        """Both sides of a doubt; None where one of them is gone."""
        one, other = (
            side_of(i, doubt, self.entities, self.parts, self.linked.aliases) for i in (doubt.one, doubt.other)
        )
        return (one, other) if one and other else None

    def perhaps(self, entity_id: str) -> list[tuple[Doubt, DoubtSide]]:
        """What may be the same as an entity, with the doubt, the most valuable first."""
        found = []
        for doubt in self.doubts_of.get(entity_id, ()):
            sides = None if doubt.merged else self.sides(doubt)
            if sides:
                found.append((doubt, sides[sides[0].entity.id == entity_id]))
        return found

    def find_entities(self, name: str, *, like: bool = True) -> list[Entity]:
        """Entities of this identifier, name or spelling; where none, those whose name contains all its words.

        In the order of how many articles name them, then of the archive. With `like`, and where there are none either,
        those that it means in another spelling (Peskov, Песков for Peskow), the likeliest first.
        """
        wanted = fold(name)
        resolved = self.linked.aliases.get(name, name)
        if resolved in self.entities:
            return [self.entities[resolved]]
        exact = [e for e in self.linked.entities if wanted and wanted in {fold(s) for s in (e.name, *e.spellings)}]
        if not exact and wanted:
            parts = set(wanted.split())
            exact = [
                e for e in self.linked.entities if any(parts <= set(fold(s).split()) for s in (e.name, *e.spellings))
            ]
        if not exact and like:
            return [found.entity for found in spelled_like(self.linked.entities, name)]
        return sorted(exact, key=lambda e: -len({m.article for m in e.members}))

    def find_speakers(self, name: str) -> frozenset[str]:
        """Links of chains that go by a name: entities, and who is heard or told without being one, by all its words."""
        found = {e.id for e in self.find_entities(name, like=False)}
        wanted = set(fold(name).split())
        for claim in self.claims if wanted else ():
            for link in (*(e for part in claim.chain for e in part), *claim.told):
                if link not in self.entities and wanted <= set(fold(link).split()):
                    found.add(link)
        return frozenset(found) or frozenset(e.id for e in self.find_entities(name))

    def find_story(self, name: str) -> list[Story]:
        """Stories of this identifier (or its beginning) or whose title contains the words."""
        wanted = fold(name)
        return [
            s
            for s in self.linked.stories
            if s.id == name or s.id.startswith(name) or (wanted and wanted in fold(s.title))
        ]


def cite(document: Document) -> Citation:
    """Citation of a document."""
    article = document.article
    return Citation(
        article=article.id,
        source=shown_source(article.source),
        outlet=article.outlet.value if article.outlet else None,
        headline=article.headline.value if article.headline else None,
        published=article.dct.interval if article.dct else None,
        open_end=article.dct is not None and any(reason.startswith("captured:") for reason in article.dct.reasons),
        dct_method=article.dct.method if article.dct else None,
        agencies=tuple(a.value for a in article.agencies),
        url=article.url,
    )


def claim_line(row: ClaimRow) -> ClaimLine:
    """A claim as the views hold it."""
    return ClaimLine(
        key=row.key,
        article=row.article,
        evidence=row.evidence,
        sentence=row.sentence,
        chain=tuple(tuple(identifier or name for identifier, name in link) for link in row.chain),
        evidentiality=row.evidentiality,
        polarity=row.polarity,
        score=row.score,
        reasons=row.reasons,
        form=row.form,
        attributed=row.attributed,
        speaker=row.speaker,
        corrected=row.corrected,
        told=tuple(identifier or name for identifier, name in row.told),
        candidates=tuple((identifier or name, score) for identifier, name, score in row.candidates),
        channel=row.channel,
        said=row.said,
    )


def _quote(document: Document, span: Span) -> Evidence:
    digest = digest_as_received(document)
    return evidence(document.article.id, document.text, span, digest=digest)


def read_holdings(archive: Archive, *, claims: bool = False) -> Holdings:
    """Look an archive up: everything across articles, a citation of every article, on demand every claim."""
    linked = archive.linked()
    doubts = open_doubts(linked, in_force(archive.judgements()))
    held = _gathered(linked, doubts, archive.shelf())
    lines = [claim_line(row) for row in all_claims(archive)] if claims else []
    return replace(held, linked=spoken(linked, lines), claims=lines) if lines else held


def read_stories(
    archive: Archive, stories: Collection[str], more: Collection[str] = (), *, reuses: Collection[str] = ()
) -> Holdings:
    """Of what an archive holds, some stories with what their lines name: as much as their chronicle needs.

    `more` are events and entities beside them, `reuses` articles whose sources are wanted, too. There are neither
    claims, statements nor doubts in it; the citations are those of the articles that are quoted.
    """
    linked = archive.linked_of(stories, more)
    if reuses:
        linked = replace(linked, reuses=tuple(archive.reuses_of(reuses)))
    quoted = {*reuses, *(one for reuse in linked.reuses for one in (reuse.article, reuse.earlier))}
    quoted.update(one for r in linked.revisions for one in (r.article, r.earlier) if one)
    quoted |= {account.evidence.article for event in linked.events for account in event.accounts}
    quoted.update(side.evidence.article for conflict in linked.conflicts for side in conflict.sides)
    quoted.update(entry.evidence.article for entry in linked.chronicle)
    quoted.update(article for story in linked.stories for article in story.articles)
    return _gathered(linked, (), archive.documents_of(quoted))


def read_listed(archive: Archive, stories: Sequence[Story], *, cited: bool = True) -> Holdings:
    """Stories alone, with citations of their articles and of those by which they belong to it."""
    told = {article for story in stories for article in story.articles}
    told.update(
        reason.partition(":")[2]
        for s in stories
        for one in s.why
        for reason in one.reasons
        if reason.startswith(("text:", "revision:"))
    )
    found = archive.documents_of(told) if cited else ()
    return Holdings(Linked(stories=tuple(stories)), {one.article.id: cite(one) for one in found})


def read_chosen(archive: Archive, story: str | None, entity: str | None = None) -> Holdings:
    """The stories that go by a name, or the events of what goes by one, where there are any; else all there is.

    By both names at once, that is all, too: whether anything goes by a name is not a matter of one story.
    """
    if story and not entity:
        found = archive.stories_named(story)
        return read_stories(archive, found) if found else read_holdings(archive)
    if entity and not story:
        now = archive.resolve(entity)
        known = [now] if now.startswith("ent-") else archive.entities_named(entity)
        if known:
            return read_stories(archive, (), {*known, *archive.events_with(known)})
    return read_holdings(archive)


def read_news(archive: Archive, articles: Collection[str], conflicts: Collection[str]) -> Holdings:
    """The events that articles tell, and those of which some conflicts are, as far as they are there."""
    events = archive.events_in(articles) | archive.events_of(conflicts)
    return read_stories(archive, (), events, reuses=articles)


def _gathered(linked: Linked, doubts: tuple[Doubt, ...], documents: Iterable[Document]) -> Holdings:
    named = _Named(linked, doubts)
    citations: dict[str, Citation] = {}
    triggers: dict[tuple[str, str], Span] = {}
    sentences: dict[tuple[str, int], Evidence] = {}
    for document in documents:
        citations[document.article.id] = cite(document)
        named.read(document)
        for event in document.events:
            triggers[(document.article.id, event.id)] = event.trigger
            for quantity in event.quantities:
                if around := document.sentence_at(quantity.start):
                    sentences[(document.article.id, quantity.start)] = _quote(document, around.span)
        for start in named.starts(document):
            if around := document.sentence_at(start):
                sentences[(document.article.id, start)] = _quote(document, around.span)
    return Holdings(linked, citations, [], triggers, sentences, doubts, named.parts, named.forms)


FRAGMENT = 40
"""Code points of a side of a conflict up to which it is read with the sentence around it: a number, a word."""


class _Named:
    """What the articles' own words add to entities: how often each form is written, and members that doubts name."""

    def __init__(self, linked: Linked, doubts: Iterable[Doubt]) -> None:
        self._entity_of: dict[Member, str] = {m: e.id for e in linked.entities for m in e.members}
        self._wanted = wanted_members(doubts)
        in_doubt = {i for d in doubts if not d.merged for i in (d.one, d.other)}
        self._starts: dict[str, set[int]] = {}
        for entity in linked.entities:
            if entity.id in in_doubt and entity.evidence:
                self._starts.setdefault(entity.evidence[0].article, set()).add(entity.evidence[0].start)
        for side in (side for conflict in linked.conflicts for side in conflict.sides):
            if side.evidence.end - side.evidence.start <= FRAGMENT:
                self._starts.setdefault(side.evidence.article, set()).add(side.evidence.start)
        self.parts: dict[str, Part] = {}
        self.forms: dict[str, Counter[str]] = {}

    def read(self, document: Document) -> None:
        """Take in one article."""
        article = document.article.id
        for mention in document.mentions:
            entity = self._entity_of.get(Member(article, mention.entity)) if mention.form == "name" else None
            if entity is not None:
                self.forms.setdefault(entity, Counter())[seen(mention.span.of(document.text))] += 1
        if self._wanted:
            for local, identifier in member_ids(document).items():
                if identifier in self._wanted:
                    first = next(m for m in document.mentions if m.entity == local)
                    quoted = _quote(document, first.span)
                    self.parts[identifier] = Part(Member(article, local), document.entity(local).name, quoted)
                    self._starts.setdefault(article, set()).add(first.start)

    def starts(self, document: Document) -> Iterator[int]:
        """Where names in doubt stand in an article, and what a conflict rests on that is less than a sentence."""
        return iter(sorted(self._starts.get(document.article.id, ())))


def spoken(linked: Linked, claims: Iterable[ClaimLine]) -> Linked:
    """Statements whose speaker stands for no entity across articles carry the name, as the chain of a claim does."""
    named = {c.key: c.chain[0] for c in claims if c.chain and c.chain[0]}
    statements = tuple(
        replace(s, speakers=named[s.retellings[0].claim]) if not s.speakers and s.retellings[0].claim in named else s
        for s in linked.statements
    )
    return linked if statements == linked.statements else replace(linked, statements=statements)


def events_of(entity_id: str, holdings: Holdings) -> list[Event]:
    """Events that an entity does, undergoes or is the place of, in time; undated ones at the end."""
    found = [e for e in holdings.linked.events if entity_id in (*e.actors, *e.recipients, e.place)]
    return sorted(found, key=lambda e: (e.earliest is None, e.earliest.isoformat() if e.earliest else "", e.id))


def claims_of(entity_id: str, holdings: Holdings) -> list[ClaimLine]:
    """Claims whose chain an entity stands in."""
    return [c for c in holdings.claims if any(entity_id in link for link in c.chain)]


@dataclass(frozen=True, slots=True)
class Selection:
    """What part of the chronicle is asked for; None everywhere means all of it."""

    stories: frozenset[str] | None = None
    actors: frozenset[str] | None = None
    places: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    types: frozenset[str] | None = None

    def takes(self, event: Event, story: str) -> bool:
        """Whether an event belongs to the selection; undated ones do not where a time is asked for."""
        if self.stories is not None and story not in self.stories:
            return False
        if self.types is not None and event.event_type not in self.types:
            return False
        if self.actors is not None and not self.actors.intersection((*event.actors, *event.recipients)):
            return False
        if self.places is not None and event.place not in self.places:
            return False
        if self.first is None and self.last is None:
            return True
        interval = event.interval
        if interval is None:
            return False
        return not (
            (self.first is not None and interval.latest < self.first)
            or (self.last is not None and interval.earliest > self.last)
        )
