"""What the pipeline and the views ask of a store; implemented in `store`, never imported from there by a stage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeAlias

from quellenlage.errors import StateUnusable
from quellenlage.model.archive import ChronicleEntry, Linked, Member, Reuse, Story
from quellenlage.model.capture import Capture
from quellenlage.model.document import Document
from quellenlage.model.judgement import Activity, Judgement
from quellenlage.model.ledger import Deed, LogEntry, LogKind
from quellenlage.model.lists import Lists
from quellenlage.model.making import Making, Remakes
from quellenlage.model.reference import Reference, ReferenceList
from quellenlage.model.spans import Evidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float32]"
"""A vector, or one a row."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that a search found, quoted; `score` grows with relevance, `outlet`/`headline`/`dct` for the
    citation.

    `text_score` (BM25) and `meaning_score` (cosine) are there where the words, or the meaning, found it. `zone` is the
    part of its page that it stands in.
    """

    evidence: Evidence
    score: float
    headline: str | None = None
    outlet: str | None = None
    dct: str | None = None
    source: str = ""
    text_score: float | None = None
    meaning_score: float | None = None
    zone: str | None = None

    @property
    def found_by(self) -> tuple[str, ...]:
        """Ways in which it was found: "text", "meaning"."""
        ways = (("text", self.text_score), ("meaning", self.meaning_score))
        return tuple(way for way, score in ways if score is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `verify` found: a stable code, the identifier concerned, and what is wrong in words."""

    code: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """An article or input that a stage could not treat: nothing vanishes."""

    capture: str
    source: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What a deletion removed, in numbers.

    `entities` are persons, bodies and places, `spellings` names of persons of which digests alone stay. Of texts: how
    many `characters` (without white space) they had, and how many of these stay as citations. `reports` of a watch that
    were still to be delivered told of it; None where a watch is running, which takes it out itself, or where its state
    cannot be used, which `unread` tells.
    """

    articles: int = 0
    texts: int = 0
    entities: int = 0
    claims: int = 0
    events: int = 0
    characters: int = 0
    cited: int = 0
    spellings: int = 0
    reports: int | None = 0
    unread: StateUnusable | None = None


@dataclass(frozen=True, slots=True)
class TextsDue:
    """Which texts are to be deleted: captured before a day (ISO; None: all), of one outlet alone or of all but some.

    Outlets are compared folded. Where `captures` are given, only theirs.
    """

    before: str | None = None
    outlet: str | None = None
    but: tuple[str, ...] = ()
    captures: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """An article whose text was deleted: it stays as the analysis with this fingerprint left it."""

    article: str
    capture: str
    source: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Changes:
    """How often documents came to captures that had none, and how often documents were changed or deleted."""

    arrived: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class LinkedStand:
    """What is linked: all captures up to the one of number `sequence`, so many `articles`.

    `basis` is a digest of all that the link depends on besides them. `position` is where further rows begin.
    """

    basis: str
    sequence: int
    articles: int
    position: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Where what some articles tell stands across articles: identifiers by member, by account, by claim, by article."""

    entity_of: Mapping[Member, str]
    event_of: Mapping[Member, str]
    statement_of: Mapping[Member, str]
    origin_of: Mapping[Member, str]
    """Origins of accounts."""
    stories_of: Mapping[str, tuple[str, ...]]
    """Stories that nobody made, as far as the events of an article lead to them."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What new articles bring to what spans articles.

    `added` is new, in order; what is in `changed` takes the place of what has its identifier. `lines` are all lines of
    the chronicle of the stories that they touch; `gone` conflicts that are none any more. `articles` are the new ones.
    """

    articles: tuple[str, ...]
    added: Linked
    changed: Linked
    lines: Mapping[str, tuple[ChronicleEntry, ...]]
    gone: tuple[str, ...] = ()


class Archive(Lists, Remakes, Protocol):
    """One archive. Order of captures is the order in which they were added; every write is one transaction."""

    location: str

    def close(self) -> None:
        """Release the database."""

    def renew(self) -> bool:
        """Work with what lies at the location now, if another archive took the place of this one; True if one did.

        Raises:
            ArchiveUnusable: nothing lies there any more, or nothing that can be opened.
        """

    # captures and documents
    def add_capture(self, capture: Capture) -> bool:
        """Keep a capture; False when it is already there."""

    def captures(self) -> Iterator[Capture]:
        """Every capture, in order."""

    def capture(self, capture_id: str) -> Capture:
        """One capture. Raises NotFound."""

    def pending(self, fingerprints: Iterable[tuple[str, str]]) -> list[str]:
        """Of (capture id, fingerprint) pairs, the capture ids whose document is missing or was made otherwise."""

    def capture_ids(self) -> list[str]:
        """Identifiers of all captures that still have their text, in order."""

    def put_document(self, document: Document, fingerprint: str, making: Making | None = None) -> bool:
        """Write an article with all its layers and its search rows, replacing an older one, in one transaction.

        With `making` it can be made again in part. Returns whether there was another one.
        """

    def put_articles(
        self, made: Sequence[tuple[Capture, Document, str]], told: Mapping[str, Making] | None = None
    ) -> int:
        """Keep new captures with their documents and fingerprints, all at once; returns how many were new.

        What is there already is left as it is. `told` gives by capture how its document was made.
        """

    def reject(self, rejection: Rejection, fingerprint: str) -> None:
        """Record that a capture could not be analysed, and why."""

    def rejections(self) -> list[Rejection]:
        """What could not be analysed."""

    def documents(self) -> Iterator[Document]:
        """Every article with its layers, in the order of its capture (texts already forgotten are left out)."""

    def shelf(self) -> Sequence[Document]:
        """The same as a sequence that reads them when they are asked for, and holds few at a time."""

    def document(self, article_id: str) -> Document:
        """One article by identifier (or an unambiguous beginning of it, or its source). Raises NotFound."""

    # across articles
    def order(self) -> Sequence[int]:
        """The numbers of the captures that have a document, in order: that of `shelf`."""

    def changes(self) -> Changes:
        """How often documents came, and how often they were changed or deleted, up to now."""

    def put_linked(
        self, linked: Linked, fingerprint: str, stand: LinkedStand | None = None, since: Changes | None = None
    ) -> bool:
        """Replace everything that spans articles, in one transaction, and keep aliases of old identifiers.

        `stand` tells what was linked, so that new articles can be linked around later. With what the `changes` were
        when the documents were read, nothing is written (False) where one of these was changed or deleted since; where
        others came, it is written as what has to be done again.
        """

    def linked_stand(self) -> LinkedStand | None:
        """What is linked and still is as it was then; None where the next link has to be a whole one."""

    def provisional(self) -> tuple[str, ...]:
        """Articles that were linked with what is nearest to them alone, since the last whole link."""

    def captures_after(self, sequence: int) -> list[tuple[int, str]]:
        """Numbers and identifiers of the captures that came after the one of this number, in order."""

    def near(self, articles: Sequence[str], among: int, most: int) -> list[str]:
        """Articles, of the captures up to the number `among`, that have most to do with these, `most` of them."""

    def shelf_of(self, articles: Collection[str]) -> Sequence[Document]:
        """Some articles like `shelf`."""

    def placed(self, articles: Collection[str]) -> Placed:
        """Where what these articles tell stands across articles."""

    def parts_of(self, identifiers: Collection[str]) -> Linked:
        """Entities, events, statements, stories, origins of these identifiers; conflicts of the events among them.

        And the lines of the stories among them.
        """

    def lines_of(self, events: Collection[str]) -> Sequence[ChronicleEntry]:
        """The lines of the chronicle that tell these events."""

    def first_reports(self, events: Collection[str]) -> Mapping[str, date]:
        """The last days on which the first articles that tell these events can have been published, where known."""

    def articles_of(self, captures: Collection[str]) -> list[str]:
        """Articles that were made of these captures, in order of capture."""

    def append_linked(self, delta: Delta, before: LinkedStand, after: LinkedStand) -> bool:
        """Write what new articles bring, in one transaction; False where the stand is not that of `before` any more."""

    def linked(self) -> Linked:
        """Everything that spans articles, as last written."""

    def gone_from(self, linked: Linked) -> Linked:
        """Of `linked()`, what has another identifier, or none, in what is going to take its place; and the aliases."""

    def stories_named(self, name: str) -> list[str]:
        """Identifiers of stories by identifier or its beginning, else by words of the title."""

    def stories(self) -> Sequence[Story]:
        """The stories of `linked`."""

    def linked_of(self, stories: Collection[str], more: Collection[str] = ()) -> Linked:
        """Of `linked`, some stories with their events and lines, and what these name: enough to tell them.

        `more` are events and entities that shall be in it as well.
        """

    def entities_named(self, name: str) -> list[str]:
        """Identifiers of entities by a name or spelling, else by all words of one."""

    def events_with(self, entities: Collection[str]) -> set[str]:
        """Identifiers of events that entities take part in or are the place of."""

    def events_in(self, articles: Iterable[str]) -> set[str]:
        """Identifiers of events that articles tell."""

    def reuses_of(self, articles: Collection[str]) -> Sequence[Reuse]:
        """Of the reuses of `linked`, those that one of these articles has to do with."""

    def events_of(self, conflicts: Iterable[str]) -> set[str]:
        """Identifiers of the events of which conflicts are."""

    def published_since(self, day: date) -> frozenset[str]:
        """Identifiers of articles that cannot have been published before this day."""

    def captured_since(self, day: str) -> frozenset[str]:
        """Identifiers of articles whose capture is of this ISO day (UTC) or later."""

    def documents_of(self, articles: Iterable[str]) -> Iterator[Document]:
        """Articles by identifier, in order of capture, without their tokens; those that are not there are left out."""

    def linked_fingerprint(self) -> str | None:
        """Fingerprint of the last `put_linked`, None when it has to be done again."""

    def resolve(self, identifier: str) -> str:
        """Follow aliases to the identifier that stands for this one now (itself, if none)."""

    def resolve_all(self, identifiers: Collection[str]) -> Mapping[str, str]:
        """The same of many."""

    def known_as(self, identifiers: Collection[str]) -> Mapping[str, frozenset[str]]:
        """All identifiers that stand for the same as each of these, itself and what it stands for now among them."""

    # references: lists from outside, input like the captures
    def put_references(self, listed: ReferenceList, entries: Iterable[tuple[Reference, Sequence[str]]]) -> int:
        """Keep a list with the blocking keys of each entry, in place of one of the same name; returns how many."""

    def remove_references(self, name: str) -> int:
        """Remove a list; returns how many entries it had. Raises NotFound."""

    def reference_lists(self) -> list[ReferenceList]:
        """All lists, in order of name."""

    def list_entries(self, name: str) -> Iterator[Reference]:
        """Entries of a list, in order of identifier."""

    def by_keys(self, keys: Iterable[str]) -> Sequence[Reference]:
        """Every entry with one of these keys, each once, in order of list and identifier."""

    def by_ids(self, identifiers: Iterable[str]) -> Sequence[Reference]:
        """The entries of these identifiers that there are."""

    # people's decisions and provenance
    def add_judgement(self, judgement: Judgement) -> None:
        """Append a decision."""

    def judgements(self) -> list[Judgement]:
        """All decisions, oldest first."""

    def decisions(self) -> Sequence[Judgement]:
        """Decisions in force, oldest first: `in_force(judgements())`."""

    def decisions_about(self, subjects: Collection[str]) -> Sequence[Judgement]:
        """Decisions in force about these identifiers, just as they were named, oldest first."""

    def add_activity(self, activity: Activity) -> None:
        """Append the record of a stage run."""

    def activities(self) -> list[Activity]:
        """All stage runs, oldest first."""

    # reading
    def search(self, query: str, *, limit: int = 20) -> Sequence[Hit]:
        """Full text over sentences; words must all occur, a phrase in quotation marks as it stands."""

    def nearest(self, question: Floats, model: str, *, floor: float, limit: int, query: str = "") -> Sequence[Hit]:
        """Sentences of the report whose likeness to a vector is at least `floor`, best first.

        What stands in quotation marks in `query`, or ends in an asterisk, must occur in them.
        """

    def nearest_each(self, questions: Floats, model: str, *, floor: float, limit: int) -> Sequence[Sequence[Hit]]:
        """The same for each row of a matrix, every vector being read once for all of them."""

    # vectors for `nearest`; a model is named by its digest
    def without_vectors(self, model: str) -> list[str]:
        """Articles with text that have no vectors of this model, or were built anew since, in order of capture."""

    def lacking_vectors(self, model: str) -> int:
        """Number of articles `without_vectors`."""

    def with_vectors(self, model: str) -> int:
        """Number of articles that `nearest` searches."""

    def passages(self, article_id: str, model: str) -> list[str]:
        """Sentences of an article's report that have no vector of this model yet, each once."""

    def put_vectors(self, article_id: str, model: str, found: Mapping[str, Floats]) -> bool:
        """Keep vectors by passage, beside those of unchanged sentences; False where one is still lacking."""

    def counts(self) -> dict[str, int]:
        """Number of captures, articles, sentences, claims, entities, events, conflicts, judgements, rejections."""

    # deleting and checking
    def forget_article(self, article_id: str, deed: Deed | None = None) -> Forgotten:
        """Delete an article with everything that rests on it alone; aliases of its identifiers stay.

        With a `deed` the log tells of this and every other deletion.
        """

    def forget_texts(
        self, *, before: str | None = None, due: TextsDue | None = None, deed: Deed | None = None
    ) -> Forgotten:
        """Delete texts and bytes captured before an ISO date (all, if None), or those that are `due`.

        Citations and derived rows stay.
        """

    def frozen(self) -> Sequence[Frozen]:
        """Articles whose text was deleted, in order of capture, with what they were made under."""

    def suppress(
        self,
        folded_names: Iterable[str],
        judgements: Iterable[str] = (),
        deed: Deed | None = None,
        surnames: Iterable[str] = (),
    ) -> None:
        """Keep only digests of folded names that may never again become a person's record.

        Of the `judgements` about the person (identifiers), and of all that tell such a name, name and note are blanked.
        Of `surnames` (folded words) digests are kept by which the log alone is blanked.
        """

    def suppress_digests(self, digests: Iterable[str]) -> None:
        """The same with digests, as another archive keeps them (`suppressed`)."""

    def suppressed(self) -> frozenset[str]:
        """Digests of suppressed names."""

    def name_forms(self) -> Mapping[str, frozenset[str]]:
        """Forms in which articles write the names of people, by entity."""

    def log(self, kind: LogKind | None = None) -> Sequence[LogEntry]:
        """What was deleted, and what was left alone since somebody reserved it, oldest first."""

    def log_reservation(self, entry: LogEntry) -> bool:
        """Append what was left alone; False where the same was logged on the same day already."""

    def setting(self, name: str) -> str | None:
        """What people set for this archive under a name, None where they set nothing."""

    def put_setting(self, name: str, value: str | None) -> None:
        """Set it; None takes it back."""

    def verify(self) -> list[Problem]:
        """Every evidence span against its text, every reference, the search index; empty when all holds."""
