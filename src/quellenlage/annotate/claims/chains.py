"""Chains: from the one whose words they are to the last who passed them on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from quellenlage.annotate.claims import voices
from quellenlage.annotate.claims.people import People
from quellenlage.annotate.claims.positions import Positions
from quellenlage.annotate.claims.relays import SPREAD, Relay, find_relays
from quellenlage.model.document import Document
from quellenlage.model.layers import Quotation
from quellenlage.model.spans import Span, hull

DEEPEST = 10
"""Levels of nesting beyond which given quotations are taken for a loop."""
APPOSED = 2
"""Code points between a noun and the name in apposition to it: a blank, perhaps an opening mark."""
AROUND = 400
"""Code points before and after a quotation, within its sentences, where relays are looked for."""


@dataclass(slots=True)
class Chain:
    """Links with the words that name them, and why they are there."""

    links: list[tuple[str, ...]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def add(self, link: tuple[str, ...], span: Span | None) -> None:
        """Append a link unless one of its entities is in the chain already.

        A name right after a noun is an apposition and takes its place: "der staatlichen Agentur Xy" is one body.
        """
        if not link or any(set(link) & set(known) for known in self.links):
            return
        if span is not None and any(span.overlaps(known) for known in self.spans):
            return  # "Ria" within "Ria Novosti" names nobody else
        if (
            span is not None
            and self.spans
            and len(self.spans) == len(self.links)
            and 0 <= span.start - self.spans[-1].end <= APPOSED
        ):
            self.links[-1], self.spans[-1] = link, span
        else:
            self.links.append(link)
            if span is not None:
                self.spans.append(span)

    def copy(self) -> Chain:
        """An independent copy."""
        return Chain(list(self.links), list(self.spans), list(self.reasons))


def chains(document: Document, people: People, positions: Positions) -> list[Chain]:
    """The chain of every quotation of the document, in its order."""
    by_id: dict[str, Chain] = {}
    quotations = document.quotations
    parents = {q.id: q.parent for q in quotations}
    order = sorted(range(len(quotations)), key=lambda i: (_depth(parents, quotations[i].parent), i))
    result: dict[int, Chain] = {}
    for i in order:
        quotation = quotations[i]
        parent = by_id.get(quotation.parent) if quotation.parent else None
        chain = _own(people, positions, quotation, _gaps(document, quotations, i))
        if parent is not None:
            for link, span in zip(parent.links, [*parent.spans, *[None] * len(parent.links)], strict=False):
                chain.add(link, span)
        by_id[quotation.id] = chain
        result[i] = chain
    built = [result[i] for i in range(len(quotations))]
    _carry(people, quotations, built)
    _cite_back(document, quotations, built)
    _interview(quotations, built)
    return built


def _depth(parents: Mapping[str, str | None], parent: str | None) -> int:
    """How many quotations are around one whose parent this is."""
    depth = 0
    while parent is not None and depth < DEEPEST:
        depth, parent = depth + 1, parents.get(parent)
    return depth


def _own(people: People, positions: Positions, quotation: Quotation, outside: Sequence[Span]) -> Chain:
    """The chain that the quotation's own frame tells: who speaks, then who passed it on."""
    chain = Chain()
    if voices.is_rumour(people, quotation) or _is_open(quotation):
        return chain
    reported = voices.denied_report(people, quotation)
    if reported is not None:
        chain.add((reported.entity,), reported.span)
        chain.reasons.append(voices.DENIED_REPORT)
        return chain
    cited = voices.cited(people, quotation)
    if cited is not None:
        chain.add((cited.entity,), cited.span)
        chain.reasons.append("relay:zitiert")
    speakers = _speakers(chain, people, positions, quotation)
    origins = _relays(chain, people, quotation, outside, named=bool(speakers))
    if voices.passes_on(quotation) and cited is None:
        _addressees(chain, people, quotation)
    for relay in origins:
        if not any(relay.entity in link for link in chain.links):
            chain.links.insert(0, (relay.entity,))
            chain.spans.insert(0, relay.span)
            chain.reasons.append(f"relay:{relay.word}")
    return chain


def _speakers(chain: Chain, people: People, positions: Positions, quotation: Quotation) -> tuple[str, ...]:
    """Add who speaks; where no words name a speaker, the subject of the verb of saying."""
    speakers = tuple(e for e in quotation.speaker_entities if not people.silent(e))
    span = voices.naming(people, quotation, speakers)
    if not speakers and not quotation.speaker and quotation.cue:
        subject = positions.subject_of(quotation.cue)
        if subject is not None:
            speakers, span = (subject[0],), subject[1]
            chain.reasons.append("speaker-subject")
    chain.add(speakers, span)
    return speakers


def _is_open(quotation: Quotation) -> bool:
    """Whether a pronoun names the speaker and it is not known whom it means: a relay would pass for the speaker."""
    pronoun = any(reason.startswith("speaker-anaphora:") for reason in quotation.reasons)
    return not quotation.speaker_entities and pronoun and "speaker-unresolved" in quotation.reasons


def _relays(chain: Chain, people: People, quotation: Quotation, outside: Sequence[Span], *, named: bool) -> list[Relay]:
    """Add those who passed the words on; those from whom the speaker has them are returned."""
    origins: list[Relay] = []
    for span in outside:
        for relay in find_relays(people, span.start, span.end):
            if named and relay.word not in SPREAD and any(relay.span.overlaps(part) for part in quotation.speaker):
                continue
            if relay.origin:
                origins.append(relay)
            else:
                chain.add((relay.entity,), relay.span)
                chain.reasons.append(f"relay:{relay.word}")
    return origins


def _addressees(chain: Chain, people: People, quotation: Quotation) -> None:
    """Add the media to which it was said."""
    told = people.told if quotation.cue and voices.tells(quotation) else people.medium
    for part in quotation.addressee:
        within = people.within(part.start, part.end)
        if len(within) > 1 and within[0].form == "noun" and people.medium(within[0]):
            within = within[1:]  # "den Zeitungen der Mediengruppe X"
        for mention in within:
            if told(mention) and people.passes_on(mention):
                chain.add((mention.entity,), mention.span)
                chain.reasons.append("relay:addressee")
        if not within and people.mediated(part):
            named = people.name_at(part.start, part.end)
            if named is not None and not people.silent(named[0]):
                chain.add((named[0],), named[1])
                chain.reasons.append("relay:addressee")


def _gaps(document: Document, quotations: Sequence[Quotation], i: int) -> list[Span]:
    """What the sentences of a quotation hold besides quoted words: where relays stand."""
    quotation = quotations[i]
    if not quotation.frame:
        return []
    whole = hull([*quotation.quote, *quotation.frame])
    first, last = document.sentence_at(whole.start), document.sentence_at(whole.end - 1)
    start = max(min(whole.start, first.start), whole.start - AROUND) if first else whole.start
    end = min(max(whole.end, last.end), whole.end + AROUND) if last else whole.end
    if quotation.parent is not None:
        start, end = hull(quotation.frame).start, hull(quotation.frame).end
    taken = sorted(quotation.quote)
    gaps: list[Span] = []
    at = start
    for part in taken:
        if at < min(part.start, end):
            gaps.append(Span(at, min(part.start, end)))
        at = max(at, part.end)
    if at < end:
        gaps.append(Span(at, end))
    return gaps


def _carry(people: People, quotations: Sequence[Quotation], built: list[Chain]) -> None:
    """A sentence that goes on without a frame stands on the chain of the quotation it takes its speaker from."""
    known: dict[tuple[int, int], int] = {}
    frames = _Frames(quotations)
    for i, quotation in enumerate(quotations):
        if not quotation.speaker:
            continue
        key = (quotation.speaker[0].start, quotation.speaker[-1].end)
        told = known[key] if key in known else frames.before(i, quotation.speaker[0])
        if "speaker-carried" in quotation.reasons and told is not None:
            if not built[told].links:
                continue
            source = built[told].copy()
            speaker = source.links[0] if source.links else ()
            told_of = len(source.links) > 1 and any(
                m.entity in speaker and m.form != "pronoun"
                for part in quotation.quote
                for m in people.within(part.start, part.end)
            )
            if told_of:
                source.links, source.spans = source.links[1:], source.spans[1:]
                source.reasons.append("speaker-told-of")
            built[i].links, built[i].spans = source.links, source.spans
            built[i].reasons += source.reasons
        elif quotation.parent is None:
            known.setdefault(key, i)


def _interview(quotations: Sequence[Quotation], built: list[Chain]) -> None:
    """What somebody told a medium goes on: further words of the same speaker, with nothing between, pass it as well."""
    last: int | None = None
    for i, quotation in enumerate(quotations):
        if quotation.parent is not None:
            continue
        chain = built[i]
        if last is not None and len(chain.links) == 1 and chain.links[0] == built[last].links[0]:
            gap = hull(quotation.quote).start - hull([*quotations[last].quote, *quotations[last].frame]).end
            if gap <= NEAR and _takes_up(quotation):
                for link, span in zip(built[last].links[1:], built[last].spans[1:], strict=False):
                    chain.add(link, span)
                chain.reasons.append("relay:interview-goes-on")
        told = len(chain.links) > 1 and any(r in _TOLD for r in chain.reasons)
        last = i if told or "relay:interview-goes-on" in chain.reasons else None


_TOLD = frozenset({"relay:addressee", "relay:Interview", "relay:interview-goes-on"})
NEAR = 400
"""Code points between two statements of one speaker that still belong to one interview."""


def _takes_up(quotation: Quotation) -> bool:
    """Whether the frame only takes up a speaker who is at it (", so Lanzer"), or there is none."""
    goes_on = "speaker-carried" in quotation.reasons or "cue:so" in quotation.reasons
    return goes_on or not quotation.cue


class _Frames:
    """Frames of the quotations that are within no other, to be asked by what lies in them."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        outer = [(i, q) for i, q in enumerate(quotations) if q.parent is None]
        self._parts = sorted((part.start, part.end, i) for i, q in outer for part in q.frame)
        self._starts = [start for start, _, _ in self._parts]
        self._furthest = list(accumulate((end for _, end, _ in self._parts), max))

    def before(self, number: int, speaker: Span) -> int | None:
        """The last quotation before this one that the words naming a speaker frame, whoever was read as its own."""
        found: int | None = None
        at = bisect_right(self._starts, speaker.start) - 1
        while at >= 0 and self._furthest[at] >= speaker.end:
            _, end, i = self._parts[at]
            if end >= speaker.end and i < number and (found is None or i > found):
                found = i
            at -= 1
        return found


def _cite_back(document: Document, quotations: Sequence[Quotation], built: list[Chain]) -> None:
    """ "…, wird X von Y zitiert" closes a passage: Y passed on what X was said to have said just before, too."""
    for i, quotation in enumerate(quotations):
        if "relay:zitiert" not in built[i].reasons or quotation.parent is not None or len(built[i].links) < 2:
            continue
        speaker, relay, span = built[i].links[-2], built[i].links[-1], built[i].spans[-1]
        at = hull(quotation.quote).start
        for j in range(i - 1, -1, -1):
            before = quotations[j]
            whole = hull([*before.quote, *before.frame])
            gap = document.text[whole.end : at] if whole.end <= at else ""
            if (
                len(gap.strip(' .,“”"«')) > 3
                or "\n" in gap.strip("\r")
                or not any(set(speaker) & set(link) for link in built[j].links)
            ):
                break
            built[j].add(relay, span)
            built[j].reasons.append("relay:zitiert-back")
            if before.parent is None:
                at = whole.start
                if before.frame:
                    break
