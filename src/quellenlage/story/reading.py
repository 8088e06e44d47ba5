"""What telling asks of every document by itself, all of it while the document is at hand: each is read once for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from quellenlage.model import Conflict, Document, Entity, Linked, Member
from quellenlage.model.filed import lent
from quellenlage.story.afar import Afar
from quellenlage.story.answers import find_answers
from quellenlage.story.counts import find_counts
from quellenlage.story.denials import Denied, find_denials
from quellenlage.story.figures import risen_in
from quellenlage.story.glance import Glance
from quellenlage.story.parties import Parties
from quellenlage.story.rejections import Granted
from quellenlage.story.scenes import Archive, by_account
from quellenlage.story.tensions import Chains, head_tensions
from quellenlage.story.ways import Ways


class Reading:
    """Takes the documents of an archive one after the other, in order of capture, with what stories need of them.

    `archive` has those that no newer version replaced, `printed` the last day of print of each article that has one,
    `risen` the numbers that by its words have risen. The others are found in the articles that stand.
    """

    def __init__(
        self, linked: Linked, entities: Mapping[str, Entity], entity_of: Mapping[Member, str], parties: Parties
    ) -> None:
        """`entities` by their identifiers, `entity_of` what the members of articles are across them."""
        self._replaced = {r.earlier for r in linked.revisions if r.whole}
        self._counting = {a.member.article for event in linked.events for a in event.accounts if a.figures}
        self._documents: dict[str, Document] = {}
        self._event_of = by_account(lent(linked.events))
        self._entity_of = entity_of
        self.archive = Archive(self._documents, entities, entity_of, parties)
        self.chains = Chains(entity_of)
        reprints = {a.member.article for event in linked.events for a in event.accounts if a.reprint_of is not None}
        self.afar = Afar(self._event_of, reprints, self.archive, self.chains)
        self.granted, self.ways = Granted(linked.events), Ways(linked.events)
        self.glances: dict[str, Glance] = {}
        self.printed: dict[str, date] = {}
        self.risen: dict[str, frozenset[float]] = {}
        self.denied: list[Denied] = []
        self.answered: list[Denied] = []
        self.counted: list[Conflict] = []
        self.heads: list[Conflict] = []

    def take(self, document: Document, glance: Glance) -> None:
        """Read a document."""
        article = document.article
        self.glances[article.id] = glance
        if article.dct:
            self.printed[article.id] = article.dct.latest
        if article.id in self._counting:
            self.risen[article.id] = risen_in(article.text)
        if article.id in self._replaced:
            return
        self._documents[article.id] = document
        self.granted.read(document)
        self.ways.read(document)
        self.afar.take(document)
        self.denied += find_denials(document, self._event_of, self._entity_of)
        self.answered += find_answers(document, self._event_of, self.chains)
        self.counted += find_counts(document, self._event_of, self.chains)
        self.heads += head_tensions(document, self._event_of, self.chains)
