"""What is told, as nodes of the JSON-LD export: events with their accounts, claims, conflicts, and their evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from quellenlage.execution import SpeakerCorrected
from quellenlage.model import Account, Camp, Conflict, DateInterval, Event, Evidence, Factuality, Figure, Side
from quellenlage.model.spans import CONTEXT
from quellenlage.views.exports.facts import Record
from quellenlage.views.holdings import Chain, ClaimLine, Holdings
from quellenlage.views.locale import LANGS, Words, words_for
from quellenlage.views.wording.corrections import hand_marks, speaker_mark
from quellenlage.views.wording.lines import (
    account_chain,
    camp_words,
    chain_words,
    conflict_words,
    corroboration_words,
    event_title,
    side_claimed,
    side_sentence,
    side_value,
)
from quellenlage.views.wording.quoting import quoted

_STATUS = {
    Factuality.HAPPENED: "schema:CompletedActionStatus",
    Factuality.ONGOING: "schema:ActiveActionStatus",
    Factuality.PLANNED: "schema:PotentialActionStatus",
}
"""What schema.org has a word for; of the others only `factuality` tells."""


def labels(said: Callable[[Words], str]) -> list[Record]:
    """A text in every language of the catalogue."""
    return [{"@language": lang, "@value": said(words_for(lang))} for lang in LANGS]


def days(interval: DateInterval | None) -> Record:
    """The days in question, both ends counted; a date only where there is one day, month or year to name."""
    if interval is None:
        return {}
    told: Record = {"earliest": interval.earliest.isoformat(), "latest": interval.latest.isoformat()}
    if "/" in interval.value:
        return {**told, "temporalCoverage": interval.value}
    return {**told, "startDate": interval.value, "endDate": interval.value}


class Teller:
    """Makes the nodes of what articles tell; `last` are the latest runs of the stages by name."""

    def __init__(self, holdings: Holdings, last: dict[str, str], events: frozenset[str] = frozenset()) -> None:
        """Take what the nodes refer to; `events` are those that are told."""
        self._holdings = holdings
        self._events = events
        self._last = last
        self._origins: dict[str, list[str]] = {}
        for origin in holdings.linked.origins:
            for article in origin.articles:
                self._origins.setdefault(article, []).append(f"q:{origin.id}")

    def made(self, stage: str) -> Record:
        """Which run made a node, if it is on record."""
        return {"wasGeneratedBy": self._last[stage]} if stage in self._last else {}

    def origins_of(self, article: str) -> Record:
        """Who first obtained what an article tells."""
        found = self._origins.get(article)
        return {"wasAttributedTo": found} if found else {}

    def reference(self, identifier: str) -> Record:
        """A node of the archive; of who is no entity across articles the name alone."""
        holdings = self._holdings
        if "+" in identifier:  # who speaks together is one voice
            return {"type": "Link", "speaker": self.references(identifier.split("+"))}
        resolved = holdings.linked.aliases.get(identifier, identifier)
        if resolved in holdings.entities or resolved in holdings.origins:
            return {"id": f"q:{resolved}"}
        return {"type": "Thing", "name": identifier}

    def references(self, identifiers: Iterable[str]) -> list[Record]:
        """Several of them."""
        return [self.reference(one) for one in identifiers]

    def target(self, evidence: Evidence) -> Record:
        """Evidence as a Web Annotation target: its place and its words, both cut at the citation limit."""
        cut = quoted(evidence)
        left, right = cut.start - evidence.start, cut.end - evidence.start
        before = evidence.exact[max(0, left - CONTEXT) : left] if cut.before else evidence.prefix
        after = evidence.exact[right : right + CONTEXT] if cut.after else evidence.suffix
        return {
            "type": "SpecificResource",
            "source": f"q:{evidence.article}",
            "textSha256": evidence.text_sha256,
            "selector": [
                {"type": "TextPositionSelector", "start": cut.start, "end": cut.end},
                {"type": "TextQuoteSelector", "exact": cut.exact, "prefix": before, "suffix": after},
            ],
        }

    def chain(self, chain: Chain) -> list[Record]:
        """On whose word, from whose words they are to the last relay."""
        return [{"type": "Link", "speaker": self.references(link)} for link in chain]

    def event(self, event: Event) -> Record:
        """An event with every account of it."""
        holdings, borne = self._holdings, event.corroboration
        node: Record = {
            "id": f"q:{event.id}",
            "type": ["Event", "Action"],
            "name": labels(lambda words: event_title(event, holdings, words)),
            "eventType": event.event_type,
            "additionalType": labels(lambda words: words.code("event", event.event_type)),
            "factuality": event.factuality.value,
            "description": labels(lambda words: corroboration_words(event, words)),
            "agent": self.references(event.actors),
            "recipient": self.references(event.recipients),
            "informant": self.references(borne.informants),
            "origin": self.references(borne.origins),
            "reprints": borne.reprints,
            "camp": [self._camp(camp) for camp in borne.camps],
            "subjectOf": list(dict.fromkeys(f"q:{a.member.article}" for a in event.accounts)),
            "conflict": [{"id": f"q:{c.id}"} for c in holdings.conflicts_of.get(event.id, ())],
            "account": [self._account(event, number, account) for number, account in enumerate(event.accounts)],
            **days(event.interval),
        }
        if status := _STATUS.get(event.factuality):
            node["actionStatus"] = status
        if event.place:
            node["location"] = self.reference(event.place)
        for relation, kind in (("superEvent", "part-of"), ("inSeriesWith", "series")):
            if others := [f"q:{one.event}" for one in event.links if one.kind == kind and one.event in self._events]:
                node[relation] = others
        if event.revised:
            node["revised"] = event.revised.value
        if event.corrected:
            node["corrected"] = [self._corrected(event, number) for number in range(len(event.corrected))]
        if event.reasons:
            node["reasons"] = list(event.reasons)
        return node | self.made("link")

    def _corrected(self, event: Event, number: int) -> Record:
        one = event.corrected[number]
        told = labels(lambda words: list(hand_marks(event, self._holdings, words))[number])
        return {"type": "Correction", "field": one.field, "value": one.value, "name": told, "endedAtTime": one.made_at}

    def _camp(self, camp: Camp) -> Record:
        told = labels(lambda words: camp_words((camp.key, camp.name), words))
        return {"type": "Camp", "name": told, "voice": self.references(camp.voices), "reasons": list(camp.reasons)}

    def _account(self, event: Event, number: int, account: Account) -> Record:
        node: Record = {
            "id": f"q:{event.id}/{number + 1}",
            "type": ["Account", "Annotation"],
            "motivation": "oa:describing",
            "body": f"q:{event.id}",
            "target": self.target(account.evidence),
            "factuality": account.factuality.value,
            "chain": self.chain(account.chain),
            "name": labels(lambda words: account_chain(account, self._holdings, words)),
            "origin": self.reference(account.origin),
            "figure": [self._figure(figure) for figure in account.figures],
        }
        if account.revised:
            node["revised"] = account.revised.value
        if account.claim:
            node["claim"] = f"q:{account.claim}"
        if account.reprint_of:
            node["reprintOf"] = f"q:{account.reprint_of}"
        if account.time:
            node["time"] = account.time
        if account.place:
            node["place"] = self.reference(account.place)
        return node

    def _figure(self, figure: Figure) -> Record:
        bounds = {name: value for name, value in (("low", figure.low), ("high", figure.high)) if value is not None}
        told = {"type": "Figure", "unit": figure.unit, **bounds, "chain": self.chain(figure.word_of)}
        return {**told, "evidence": self.target(figure.evidence)}

    def claim(self, claim: ClaimLine) -> Record:
        """A claim: the words up to the citation limit, whose they are and how they came into the article."""
        node: Record = {
            "id": f"q:{claim.key}",
            "type": "Claim",
            "text": " […] ".join(quoted(part).exact for part in claim.evidence),
            "appearance": f"q:{claim.article}",
            "author": self.references(claim.chain[0]) if claim.chain else [],
            "chain": self.chain(claim.chain),
            "evidentiality": claim.evidentiality.value,
            "polarity": claim.polarity.value,
            "score": claim.score,
            "form": claim.form,
            "audience": self.references(claim.told),
            "evidence": [self.target(part) for part in claim.evidence],
        }
        if claim.corrected:
            node["corrected"] = self._speaker(claim, claim.corrected)
        if claim.channel:
            node["channel"] = claim.channel.value
        if claim.said and claim.said.interval:
            node |= days(claim.said.interval)
        if statement := self._holdings.statement_of.get(claim.key):
            node |= {"occasions": len(statement.occasions), "printed": self._holdings.printed(statement)}
        return node | self.made("claims")

    def _speaker(self, claim: ClaimLine, one: SpeakerCorrected) -> Record:
        told = labels(lambda words: speaker_mark(claim, self._holdings, words))
        return {"type": "Correction", "field": "speaker", "value": one.value, "name": told, "endedAtTime": one.made_at}

    def conflict(self, conflict: Conflict) -> Record:
        """Accounts that cannot all hold, side by side."""
        holdings = self._holdings
        return {
            "id": f"q:{conflict.id}",
            "type": "Conflict",
            "kind": conflict.kind.value,
            "grade": conflict.grade.value,
            **({"settled": conflict.settled} if conflict.settled else {}),
            "name": labels(lambda words: conflict_words(conflict, holdings, words)),
            "about": f"q:{conflict.event}",
            "side": [self._side(conflict, side) for side in conflict.sides],
        }

    def _side(self, conflict: Conflict, side: Side) -> Record:
        holdings = self._holdings
        claimed = side_claimed(conflict, side, holdings)

        def told(words: Words) -> str:
            word = chain_words(side.chain, holdings, words, claimed=claimed)
            return f"{side_value(conflict, side.value, holdings, words)} ({word})"

        node: Record = {
            "type": "Side",
            "value": side.value,
            "name": labels(told),
            "chain": self.chain(side.chain),
            "evidence": self.target(side_sentence(conflict, side, holdings)),
        }
        return node | ({"origin": self.reference(side.origin)} if side.origin else {})
