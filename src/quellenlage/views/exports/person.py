"""Everything that an archive holds on one person, for that person to read: as JSON and as Markdown.

Sentences are cut to the citation limit, as in every export without full texts; their places tell where the rest stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quellenlage.execution.log import Logged, logged
from quellenlage.execution.personal import Personal, personal
from quellenlage.model import Archive, Event, Evidence, to_builtins
from quellenlage.store.beside import called
from quellenlage.views.dossier.markdown import plain
from quellenlage.views.exports.jsonl import limited
from quellenlage.views.holdings import Holdings, read_holdings
from quellenlage.views.locale import Words
from quellenlage.views.records import (
    citation_record,
    claim_record,
    conflict_record,
    doubt_record,
    entity_record,
    event_record,
    evidence_record,
    statement_record,
)
from quellenlage.views.wording.dates import day_words
from quellenlage.views.wording.lines import (
    citation_words,
    conflict_words,
    event_date,
    event_mark,
    event_title,
    place_in_source,
    trail,
)
from quellenlage.views.wording.quoting import in_marks, quoted, shown

Record = dict[str, Any]

PARTS = (
    "spellings", "offices", "mentions", "claims", "events", "conflicts", "doubts", "lists", "judgements", "bylines",
    "texts",
)  # fmt: skip
"""Sections of the readable form, in their order."""


class Information:
    """What one person is told, in both forms; the archive is read once."""

    def __init__(self, archive: Archive, reference: str) -> None:
        """Gather it. Raises NotFound where nobody, or more than one person, goes by the name."""
        self.person: Personal = personal(archive, reference)
        self.holdings: Holdings = read_holdings(archive, claims=True)
        self.location = called(archive.location)
        wanted = set(self.person.judgements)
        self.judgements: list[Logged] = [one for one in logged(archive) if one.judgement.id in wanted]
        self.entries = {entry.id: entry for entry in archive.by_ids(self.person.references)}

    @property
    def articles(self) -> list[str]:
        """Articles that mention the person, or have the name, in order of capture."""
        person = self.person
        told = {m.words.article for m in person.mentions} | {t.article for t in person.texts} | set(person.bylines)
        return [one for one in self.holdings.citations if one in told]

    def record(self) -> Record:
        """All of it as one JSON object."""
        person, holdings = self.person, self.holdings
        claims = set(person.claims)
        statements, events, conflicts = set(person.statements), set(person.events), set(person.conflicts)
        told: Record = {
            "record": "person",
            "entity": entity_record(person.entity, holdings),
            "names": list(person.names),
            "articles": [citation_record(holdings.cite(one)) for one in self.articles],
            "mentions": [
                {
                    "form": m.form,
                    "words": evidence_record(m.words, holdings),
                    "sentence": evidence_record(m.sentence, holdings),
                }
                for m in person.mentions
            ],
            "claims": [claim_record(c, holdings) for c in holdings.claims if c.key in claims],
            "statements": [statement_record(s, holdings) for s in holdings.linked.statements if s.id in statements],
            "events": [event_record(e, holdings) for e in holdings.linked.events if e.id in events],
            "conflicts": [conflict_record(c, holdings) for c in holdings.linked.conflicts if c.id in conflicts],
            "doubts": [doubt_record(d, holdings) for d in holdings.doubts_of.get(person.entity.id, ())],
            "references": [
                {"match": to_builtins(m), "entry": to_builtins(self.entries.get(m.reference))}
                for m in holdings.linked.references
                if m.entity == person.entity.id
            ],
            "judgements": [{**to_builtins(one.judgement), "state": one.state} for one in self.judgements],
            "bylines": list(person.bylines),
            "texts": [evidence_record(one, holdings) for one in person.texts],
        }
        return limited(told)

    def markdown(self, words: Words) -> Iterator[str]:
        """All of it to be read, line by line; `lines` of each part where there is anything."""
        from datetime import UTC, datetime

        person, holdings = self.person, self.holdings
        yield f"# {plain(words('person.title', name=person.entity.name))}"
        day = day_words(datetime.now(UTC).date(), words)
        yield from ("", plain(words("person.made", day=day, archive=self.location)))
        claims, events, conflicts = set(person.claims), set(person.events), set(person.conflicts)
        parts: Mapping[str, Iterable[str]] = {
            "spellings": (plain(name) for name in person.names),
            "offices": (self._quote(o.evidence, words, o.text) for o in person.entity.offices),
            "mentions": (self._quote(m.sentence, words) for m in _once(person)),
            "claims": (
                f"{plain(trail(c, holdings, words))}: {plain(shown(c.evidence, c.form, words))}"
                f" ({self._source(c.sentence, words)})"
                for c in holdings.claims
                if c.key in claims
            ),
            "events": (plain(self._event(e, words)) for e in holdings.linked.events if e.id in events),
            "conflicts": (
                plain(conflict_words(c, holdings, words)) for c in holdings.linked.conflicts if c.id in conflicts
            ),
            "doubts": (plain(other.name) for _, other in holdings.perhaps(person.entity.id)),
            "lists": (plain(f"{one.list}: {', '.join(one.names)}") for one in self.entries.values()),
            "judgements": (plain(_judged(one)) for one in self.judgements),
            "bylines": (plain(citation_words(holdings.cite(one), words)) for one in person.bylines),
            "texts": (self._quote(one, words) for one in person.texts),
        }
        for name in PARTS:
            lines = parts[name]
            yield from ("", f"## {plain(words(f'person.{name}'))}", "")
            told = [f"- {line}" for line in lines]
            yield from told or [plain(words("person.nothing"))]

    def _event(self, event: Event, words: Words) -> str:
        told = (event_date(event, self.holdings, words), event_title(event, self.holdings, words))
        return " ".join(filter(None, (*told, event_mark(event, words))))

    def _quote(self, evidence: Evidence, words: Words, label: str = "") -> str:
        told = plain(" ".join(in_marks(quoted(evidence), words).split()))
        head = f"{plain(label)}: " if label else ""
        return f"{head}{told} ({self._source(evidence, words)})"

    def _source(self, evidence: Evidence, words: Words) -> str:
        citation = self.holdings.cite(evidence.article)
        return plain(f"{citation_words(citation, words)}; {place_in_source(evidence, citation)}")


def _once(person: Personal) -> Iterator[Any]:
    """Mentions, each sentence once."""
    seen: set[tuple[str, int]] = set()
    for one in person.mentions:
        place = (one.sentence.article, one.sentence.start)
        if place not in seen:
            seen.add(place)
            yield one


def _judged(one: Logged) -> str:
    judgement = one.judgement
    what = " ".join(part for part in (judgement.field, judgement.value, judgement.note) if part)
    return " · ".join(
        p for p in (judgement.made_at[:16].replace("T", " "), judgement.author, judgement.verdict, what) if p
    )
