"""One article as UIMA CAS XMI with its type system, as INCEpTION imports it: text, layers, and links between spans.

Offsets in the file count UTF-16 code units, as UIMA does; cassis turns code points into them. The text is the
article's, character for character; only what XML cannot hold is replaced, one for one. Words in several pieces
(a quotation that its speaker interrupts) are a span over the first piece, linked to each further one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from cassis import Cas, TypeSystem

from quellenlage.model import AUTHOR, Document, Mention, Span
from quellenlage.views.discretion import shown_source
from quellenlage.views.exports import uima_types as types
from quellenlage.views.exports.packing import zipped
from quellenlage.views.holdings import Holdings

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Known = Mapping[tuple[str, str], str]
"""Entities across articles by article and local identifier."""


def uima_files(
    documents: Iterable[Document], articles: frozenset[str], holdings: Holdings
) -> Iterator[tuple[str, list[bytes]]]:
    """A zip file for each of these articles, with the XMI file and `TypeSystem.xml`."""
    known = {(m.article, m.local): entity.id for entity in holdings.linked.entities for m in entity.members}
    made = types.make_type_system()
    described = made.to_xml().encode()
    for document in documents:
        article = document.article.id
        if article in articles:
            packed = io.BytesIO()
            xmi = make_cas(document, made, known).to_xmi().encode()
            zipped([(f"{article}.xmi", [xmi]), ("TypeSystem.xml", [described])], packed)
            yield f"{article}.zip", [packed.getvalue()]


def make_cas(document: Document, made: TypeSystem, known: Known | None = None) -> Cas:
    """An article as a CAS; `known` gives names the identifiers that they have across articles."""
    article = document.article
    cas = Cas(typesystem=made, sofa_string=_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", document.text))
    writer = _Writer(cas, made)
    writer.span(
        types.METADATA,
        Span(0, len(document.text)),
        language=article.language or "x-unspecified",
        documentTitle=article.headline.value if article.headline else shown_source(article.source),
        documentId=article.id,
        documentUri=article.url,
    )
    _words(document, writer)
    named = _mentions(document, writer, known or {})
    for timex in document.timexes:
        days = {"earliest": _day(timex.earliest), "latest": _day(timex.latest)}
        writer.span(
            types.TIMEX,
            timex.span,
            tid=timex.id,
            timexType=timex.type,
            value=timex.value,
            mod=timex.mod,
            anchorTimeID=timex.anchor,
            **days,
        )
    _quotations(document, writer)
    _claims(document, writer, named)
    _events(document, writer, named)
    return cas


class _Writer:
    """Makes feature structures and puts them into the index of a CAS."""

    def __init__(self, cas: Cas, made: TypeSystem) -> None:
        self._cas = cas
        self._made = made
        self._parts: dict[tuple[Span, str], Any] = {}

    def span(self, name: str, span: Span, **features: object) -> Any:
        """An annotation; features without a value are left out."""
        given = {key: value for key, value in features.items() if value is not None}
        one = self._made.get_type(name)(begin=span.start, end=span.end, **given)
        self._cas.add(one)
        return one

    def part(self, span: Span, role: str) -> Any:
        """Words that something is linked to; the same words in the same role are one annotation."""
        if (span, role) not in self._parts:
            self._parts[span, role] = self.span(types.PART, span, role=role)
        return self._parts[span, role]

    def links(self, owner: str, feature: str, ends: Iterable[tuple[str, Any]]) -> Any:
        """The list of links of a feature, in order."""
        link = self._made.get_type(types.link_type(owner, feature))
        return self._made.get_type("uima.cas.FSArray")(elements=[link(role=role, target=end) for role, end in ends])


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _words(document: Document, writer: _Writer) -> None:
    for sentence in document.sentences:
        writer.span(types.SENTENCE, sentence.span)
    for token in document.tokens:
        lemma = writer.span(types.LEMMA, token.span, value=token.lemma) if token.lemma else None
        pos = writer.span(types.POS, token.span, PosValue=token.upos, coarseValue=token.upos) if token.upos else None
        writer.span(types.TOKEN, token.span, lemma=lemma, pos=pos)


def _mentions(document: Document, writer: _Writer, known: Known) -> dict[str, list[tuple[Mention, Any]]]:
    """Every mention; returns them by the local identifier of what they mean."""
    made: dict[str, list[tuple[Mention, Any]]] = {}
    for mention in document.mentions:
        identifier = known.get((document.article.id, mention.entity), mention.entity)
        if mention.form == "name":
            one = writer.span(types.NAME, mention.span, value=mention.kind.value, identifier=identifier)
        else:
            told = {"kind": mention.kind.value, "form": mention.form, "identifier": identifier}
            one = writer.span(types.MENTION, mention.span, **told)
        made.setdefault(mention.entity, []).append((mention, one))
    return made


def _nearest(entity: str, at: Span, named: dict[str, list[tuple[Mention, Any]]]) -> Any | None:
    """The mention of an entity that stands nearest to some words."""
    found = named.get(entity)
    if not found:
        return None
    return min(found, key=lambda pair: (abs(pair[0].start - at.start), pair[0].start))[1]


def _quotations(document: Document, writer: _Writer) -> None:
    for one in document.quotations:
        roles = (("cue", one.cue), ("speaker", one.speaker), ("addressee", one.addressee), ("frame", one.frame))
        ends = [("quote", writer.part(span, "quote")) for span in one.quote[1:]]
        ends += [(role, writer.part(span, role)) for role, spans in roles for span in spans]
        writer.span(
            types.QUOTATION,
            one.quote[0],
            qid=one.id,
            quotationType=one.type.value,
            medium=one.medium,
            parent=one.parent,
            parts=writer.links(types.QUOTATION, "parts", ends),
        )


def _claims(document: Document, writer: _Writer, named: dict[str, list[tuple[Mention, Any]]]) -> None:
    names = {entity.id: entity.name for entity in document.entities}
    for one in document.claims:
        words = [("claim", writer.part(span, "claim")) for span in one.spans[1:]]
        words += [("cue", writer.part(span, "cue")) for span in one.cue]
        words += [("addressee", writer.part(span, "addressee")) for span in one.addressee]
        sources = [
            (f"{number}", found)
            for number, link in enumerate(one.chain, 1)
            for entity in link
            if (found := _nearest(entity, one.spans[0], named)) is not None
        ]
        writer.span(
            types.CLAIM,
            one.spans[0],
            cid=one.id,
            quotation=one.quotation,
            chain=" > ".join(" + ".join(names[entity] for entity in link) for link in one.chain),
            evidentiality=one.evidentiality.value,
            polarity=one.polarity.value,
            channel=one.channel.value if one.channel else None,
            said=one.said,
            score=one.score,
            parts=writer.links(types.CLAIM, "parts", words),
            sources=writer.links(types.CLAIM, "sources", sources),
        )


def _events(document: Document, writer: _Writer, named: dict[str, list[tuple[Mention, Any]]]) -> None:
    for one in document.events:
        told = [("actor", entity) for entity in one.actors] + [("recipient", entity) for entity in one.recipients]
        told += [("place", one.place)] if one.place else []
        ends = [(role, found) for role, e in told if (found := _nearest(e, one.trigger, named)) is not None]
        words = [("also", writer.part(span, "also")) for span in one.also]
        words += [("quantity", writer.part(quantity.span, "quantity")) for quantity in one.quantities]
        writer.span(
            types.EVENT,
            one.trigger,
            eid=one.id,
            eventType=one.event_type,
            factuality=one.factuality.value,
            wordOf=None if one.word_of == AUTHOR else one.word_of,
            time=one.time,
            earliest=_day(one.earliest),
            latest=_day(one.latest),
            score=one.score,
            arguments=writer.links(types.EVENT, "arguments", ends),
            parts=writer.links(types.EVENT, "parts", words),
        )
