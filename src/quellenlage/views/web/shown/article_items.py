"""Entries beside the text of an article: one for each thing that a layer marks, worded and linked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from quellenlage.model import (
    AUTHOR,
    Claim,
    ConflictGrade,
    EntityKind,
    EventMention,
    Evidence,
    LocalEntity,
    Quotation,
    QuotationType,
    Span,
    Timex,
    evidence,
    hull,
)
from quellenlage.store import digest_as_received
from quellenlage.views.dossier.contents import lane_of
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of, sentence_of
from quellenlage.views.web.shown.article_held import Held
from quellenlage.views.web.shown.article_item import Fact, Group, Item, Slice
from quellenlage.views.web.shown.quotes import ShownName
from quellenlage.views.web.translation import marked as _
from quellenlage.views.wording.corrections import speaker_mark
from quellenlage.views.wording.dates import date_words
from quellenlage.views.wording.lines import factuality_mark
from quellenlage.views.wording.quoting import marks_around, quoted

LIMIT = 150
"""Entries of a layer that are listed at first."""
_JUMPS = 8
_WORDS = 160
"""Code points of a passage that an entry quotes; the text beside it has all of them."""


_KINDS = tuple(EntityKind)
_TYPES = {
    QuotationType.DIRECT: _("verbatim"),
    QuotationType.INDIRECT: _("indirect"),
    QuotationType.REPORTED: _("reported"),
    QuotationType.FREE_INDIRECT: _("free indirect"),
    QuotationType.INDIRECT_FREE_INDIRECT: _("indirect, then free"),
}
_MEDIA = {"speech": _("said"), "thought": _("thought"), "writing": _("written")}
_TIMEX = {"DATE": _("Day or period"), "TIME": _("Time of day"), "DURATION": _("Duration"), "SET": _("Repeated")}
_MODS = {
    "START": _("beginning"),
    "MID": _("middle"),
    "END": _("end"),
    "APPROX": _("about"),
    "BEFORE": _("before"),
    "AFTER": _("after"),
    "LESS_THAN": _("less than"),
    "MORE_THAN": _("more than"),
    "EQUAL_OR_LESS": _("at most"),
    "EQUAL_OR_MORE": _("at least"),
    "ON_OR_BEFORE": _("at the latest"),
    "ON_OR_AFTER": _("at the earliest"),
}


class Items:
    """The entries of one article in one language."""

    def __init__(self, held: Held, words: Words, say: Callable[[str], str], limit: int | None = LIMIT) -> None:
        """Without a limit all entries are made."""
        self._held = held
        self._words = words
        self._say = say
        self._limit = limit
        self._document = held.document
        self._digest = digest_as_received(held.document)
        # As long as one quotation is held, all share its text; else each would encode the whole of it anew.
        self._kept = self._quote(Span(0, len(self._document.text)))
        self._entities = {entity.id: entity for entity in held.document.entities}
        self._claims = {claim.id: claim for claim in held.document.claims}
        self._claim_of = {claim.quotation: claim for claim in reversed(held.document.claims) if claim.quotation}
        self._timexes = {timex.id: timex for timex in held.document.timexes}

    def groups(self) -> list[Group]:
        """All layers that have entries."""
        document = self._document
        made: tuple[tuple[str, Sequence[object], Callable[..., Item]], ...] = (
            ("names", self._named(), self._name),
            ("times", document.timexes, self._time),
            ("quotations", document.quotations, self._quotation),
            ("claims", document.claims, self._claim),
            ("events", document.events, self._event),
        )
        return [
            Group(layer, tuple(make(one) for one in listed[: self._limit]), len(listed)) for layer, listed, make in made
        ]

    def slice(self, span: Span, limit: int = _WORDS) -> Slice:
        """Words of the article as they stand there."""
        one = self._quote(span)
        cut = quoted(one, limit)
        opening, closing = marks_around(cut, self._words)
        ellipsis = f" {self._words('quote.ellipsis')}" if cut.after else ""
        return Slice(opening, cut.exact, closing, ellipsis, sentence_of(one))

    def _quote(self, span: Span) -> Evidence:
        return evidence(self._held.id, self._document.text, span, digest=self._digest)

    def who(self, local: str) -> ShownName:
        """Whom a local entity is, by the name across articles."""
        known = self._held.entity(local)
        if local in self._held.hidden:
            return ShownName("–", "")
        holdings = self._held.holdings
        if known and known in holdings.entities:
            return ShownName(holdings.name(known), page_of(known))
        return ShownName(self._entities[local].name, "")

    # names
    def _named(self) -> list[tuple[LocalEntity, list[Span]]]:
        spans: dict[str, list[Span]] = {}
        for mention in self._document.mentions:
            spans.setdefault(mention.entity, []).append(mention.span)
        for word in self._document.derived:
            if word.entity:
                spans.setdefault(word.entity, []).append(word.span)
        found = [
            (entity, spans[entity.id])
            for entity in self._document.entities
            if entity.id in spans and entity.id not in self._held.hidden
        ]
        order = {kind: place for place, kind in enumerate(_KINDS)}
        return sorted(found, key=lambda one: (order[one[0].kind], -len(one[1])))

    def _name(self, one: tuple[LocalEntity, list[Span]]) -> Item:
        entity, spans = one
        who = self.who(entity.id)
        roles = dict.fromkeys(role.text for role in entity.roles)
        facts = [Fact(self._say(_("called")), ", ".join(roles))] if roles else []
        if who.name != entity.name:
            facts.append(Fact(self._say(_("written here")), entity.name))
        return Item(
            local=entity.id,
            kicker=self._words.code("kind", entity.kind.value),
            drawn=f"n n-{entity.kind}",
            name=who,
            page=who.href,
            facts=tuple(facts),
            jumps=tuple(self._place(span) for span in spans[:_JUMPS]),
            places=len(spans),
        )

    # times
    def _time(self, timex: Timex) -> Item:
        facts = []
        if timex.interval is not None:
            facts.append(Fact(self._say(_("means")), date_words(timex.interval, self._words)))
        value = timex.value
        if timex.mod:
            value = f"{self._say(_MODS.get(timex.mod, timex.mod))} · {value}"
        facts.append(Fact(self._say(_("value")), value))
        facts.append(self._anchor(timex))
        return Item(
            local=timex.id,
            kicker=self._say(_TIMEX[timex.type]),
            drawn="t",
            words=self.slice(timex.span),
            facts=tuple(facts),
        )

    def _anchor(self, timex: Timex) -> Fact:
        label = self._say(_("counted from"))
        if timex.anchor is None:
            resolved = _("nothing: it stands by itself") if timex.interval else _("nothing known: not resolved")
            return Fact(label, self._say(resolved))
        dct = self._document.article.dct
        if timex.anchor == "dct":
            day = f" ({date_words(dct.interval, self._words)})" if dct else ""
            return Fact(label, self._say(_("the day of publication")) + day, "#published")
        other = self._timexes.get(timex.anchor)
        return Fact(label, other.span.of(self._document.text) if other else timex.anchor, f"#x-{timex.anchor}")

    # quotations
    def _quotation(self, one: Quotation) -> Item:
        claim = self._claim_of.get(one.id)
        facts = [
            Fact(self._say(label), " … ".join(s.of(self._document.text) for s in spans), self._place(spans[0]))
            for label, spans in (
                (_("speaker"), one.speaker),
                (_("cue"), one.cue),
                (_("spoken to"), one.addressee),
            )
            if spans
        ]
        if one.parent:
            facts.append(Fact(self._say(_("within")), self._say(_("another quotation")), f"#x-{one.parent}"))
        if claim:
            facts.append(Fact(self._say(_("claim")), self._firmness(claim), f"#x-{claim.id}"))
        chain = claim.chain if claim and claim.chain else (one.speaker_entities,) if one.speaker_entities else ()
        return Item(
            local=one.id,
            kicker=f"{self._say(_MEDIA[one.medium])}, {self._say(_TYPES[one.type])}",
            drawn="q",
            words=self.slice(hull(one.quote)),
            facts=tuple(facts),
            chain=self._chain(chain),
            nobody=self._unknown(one),
            corrected=self._corrected(claim),
            page=page_of(claim.key(self._held.id)) if claim else "",
        )

    def _unknown(self, one: Quotation) -> str:
        words = self._words
        told = words("chain.unresolved")
        if one.candidates:
            listed = ", ".join(
                words("chain.candidate", who=self.who(c.entity).name, percent=round(100 * c.score))
                for c in one.candidates
            )
            return words("chain.candidates", unresolved=told, listed=listed)
        return told if one.speaker else words("chain.unnamed")

    def _chain(self, chain: Iterable[Iterable[str]]) -> tuple[tuple[ShownName, ...], ...]:
        links = (tuple(self.who(local) for local in link) for link in chain)
        return tuple(link for link in links if link)

    # claims
    def _corrected(self, claim: Claim | None) -> str:
        line = self._held.corrected.get(claim.key(self._held.id)) if claim else None
        return speaker_mark(line, self._held.holdings, self._words) if line else ""

    def _firmness(self, claim: Claim) -> str:
        told = (("evidentiality", claim.evidentiality.value), ("polarity", claim.polarity.value))
        return ", ".join(self._words.code(family, code) for family, code in told)

    def _claim(self, claim: Claim) -> Item:
        words = self._words
        facts = [Fact(self._say(_("stance")), self._firmness(claim))]
        if claim.channel:
            place = self._place(claim.channel_spans[0])
            facts.append(Fact(self._say(_("channel")), words.code("channel", claim.channel.value), place))
        if claim.told:
            facts.append(Fact(self._say(_("spoken to")), ", ".join(self.who(local).name for local in claim.told)))
        if said := self._timexes.get(claim.said or ""):
            told = date_words(said.interval, words) if said.interval else said.span.of(self._document.text)
            facts.append(Fact(self._say(_("said when")), told, f"#x-{said.id}"))
        if claim.quotation:
            facts.append(Fact(self._say(_("taken from")), self._say(_("a quotation")), f"#x-{claim.quotation}"))
        return Item(
            local=claim.id,
            kicker=self._say(_("Claim")),
            drawn="c",
            words=self.slice(hull(claim.spans)),
            facts=tuple(facts),
            chain=self._chain(claim.chain),
            nobody=words("chain.unresolved") if claim.quotation else words("chain.unnamed"),
            corrected=self._corrected(claim),
            page=page_of(claim.key(self._held.id)),
        )

    # events
    def _event(self, event: EventMention) -> Item:
        words = self._words
        known = self._held.event(event.id)
        facts = [
            Fact(self._say(label), ", ".join(self.who(local).name for local in named))
            for label, named in (
                (_("does it"), event.actors),
                (_("undergoes it"), event.recipients),
                (_("place"), (event.place,) if event.place else ()),
            )
            if named
        ]
        when = date_words(event.interval, words) if event.interval else words("date.undated")
        facts.append(Fact(self._say(_("when")), when))
        facts += [
            Fact(self._say(_("number")), q.span.of(self._document.text), self._place(q.span)) for q in event.quantities
        ]
        facts.append(self._word_of(event))
        return Item(
            local=event.id,
            kicker=words.code("event", event.event_type),
            drawn=f"v lane-{lane_of(event.event_type)}",
            words=self.slice(event.trigger),
            page=page_of(known) if known else "",
            badges=tuple(self._badges(event, known)),
            facts=tuple(facts),
            jumps=tuple(self._place(span) for span in (event.trigger, *event.also[:_JUMPS])) if event.also else (),
            places=1 + len(event.also),
        )

    def _badges(self, event: EventMention, known: str) -> Iterator[tuple[str, str]]:
        """That it is told as less than happened, and how serious accounts of it are in conflict."""
        if mark := factuality_mark(event.factuality, self._words):
            yield event.factuality.value, mark
        grades = {
            conflict.grade for conflict in self._held.holdings.conflicts_of.get(known, ()) if not conflict.settled
        }
        for grade in ConflictGrade:
            if grade in grades:
                yield grade.value, self._words.code("grade", grade.value)
                return

    def _word_of(self, event: EventMention) -> Fact:
        label = self._say(_("on whose word"))
        claim = self._claims.get(event.word_of)
        if event.word_of == AUTHOR or claim is None:
            return Fact(label, self._words("dossier.own_word"))
        names = [name.name for link in self._chain(claim.chain) for name in link]
        return Fact(label, " → ".join(names) or self._words("chain.unnamed"), f"#x-{claim.id}")

    def _place(self, span: Span) -> str:
        return sentence_of(self._quote(span))
