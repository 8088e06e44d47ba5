"""From sentences of the archive to findings: what bears a sentence out, what speaks against it, what is unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quellenlage.execution.drafting.comparing import Match, compare
from quellenlage.execution.drafting.course import PARTY, Clash
from quellenlage.execution.drafting.facts import Facts
from quellenlage.execution.drafting.pool import Pool
from quellenlage.execution.drafting.report import DraftKind, Finding, Verdict
from quellenlage.model import Evidence, Span, evidence

SURE, PERHAPS = 0.68, 0.58
"""Score from which a sentence of the archive tells the same, and from which it perhaps does. Chosen on the suite
`drafts-dev`."""

AGAINST = 0.6
"""Score from which a sentence of the archive that says otherwise speaks of the same."""

GIST = 0.5
"""Share of the words, names left out, that a sentence of the archive must have to speak of the same."""

STRONG = 0.85
"""Score from which a sentence without any name, number or day is held to be told in the archive."""

CERTAIN = 0.9
"""Score from which it is told even where a verb of the draft is not."""

SAME_EVENT = 0.4
"""Score from which another account of the same event is listed beside one that surely speaks of the same."""

_AS_NEAR = 0.15
_COMPARED = 16
_LISTED = 6
NEAR = 0.2
"""How much less a sentence may score that gives the draft's number, day or place and keeps another from being sure."""

_GIVEN = frozenset({DraftKind.NUMBER, DraftKind.DATE, DraftKind.PLACE})
_PARTIES = frozenset({PARTY, "open:agent"})
_ORDER = (DraftKind.DENIED, DraftKind.NUMBER, DraftKind.DATE, DraftKind.PLACE, DraftKind.PLANNED, DraftKind.AGENT)


def weigh(pool: Pool, mine: Facts, draft: Evidence, meanings: Mapping[tuple[str, int], float]) -> list[Finding]:
    """Findings about what a sentence says; empty where the archive has nothing like it."""
    matches = _matches(pool, mine, meanings)
    bearing = [m for m in matches if not m.clashes and not m.open and _tells(m)]
    against = [m for m in matches if m.clashes]
    if not mine.acts:
        bearing = _of_that_name(bearing, against)
    least = SURE if mine.checkable else STRONG
    sure = [m for m in bearing if m.score >= (least if m.whole else CERTAIN)]
    if sure:
        return [_supported(pool, mine, sure, draft, sure=True), *_disputed(pool, mine, against, draft, sure)]
    granting = [m for m in matches if not m.clashes and m.predicate]
    opposed = _against(pool, mine, against, draft, granting)
    if not mine.checkable:
        opposed = [one for one in opposed if one.score >= SURE]
    if any(one.sure for one in opposed):
        return [one for one in opposed if one.sure]
    likely = [m for m in matches if not m.clashes and _tells(m) and m.score >= PERHAPS] if mine.checkable else []
    found = [*opposed]
    if likely:
        found.append(_supported(pool, mine, likely, draft, sure=False))
    return found


def _of_that_name(bearing: Sequence[Match], against: Sequence[Match]) -> list[Match]:
    """What bears out that something took place: not another of its kind where it is denied by name."""
    denied = [m.score for m in against if m.exact and any(_clear(m, c) for c in m.clashes)]
    return [m for m in bearing if m.exact or not denied or m.score > max(denied)]


def _matches(pool: Pool, mine: Facts, meanings: Mapping[tuple[str, int], float]) -> list[Match]:
    by_place = {}
    for (article, start), score in meanings.items():
        place = pool.place_at(article, start)
        if place is not None:
            by_place[place] = score
    spots = dict.fromkeys((*by_place, *pool.sharing((*mine.names, *mine.words), _COMPARED)))
    found = [compare(pool, mine, spot, by_place.get(spot, 0.0) if by_place else None) for spot in spots]
    about = [m for m in found if not m.apart]
    if not any(m.predicate and m.same_word and _of_the_same(m) for m in about):
        about += (m for m in found if m.misnamed and _of_another(m))
    return sorted(about, key=lambda m: (-m.score, m.spot))


def _of_the_same(match: Match) -> bool:
    """Whether a sentence surely tells of those of whom the draft does."""
    return _PARTIES.isdisjoint(match.open) and not _of_another(match)


def _of_another(match: Match) -> bool:
    """Whether a sentence says that somebody else acts."""
    return any(clash.kind is DraftKind.AGENT for clash in match.clashes)


def _supported(pool: Pool, mine: Facts, found: Sequence[Match], draft: Evidence, *, sure: bool) -> Finding:
    best = found[0]
    reasons = (*best.reasons, *best.agreed, *best.open, *(("revised",) if pool.revised(best.facts) else ()))
    cited = tuple(dict.fromkeys(pool.cite(m.facts) for m in found[:_LISTED]))
    return Finding(Verdict.SUPPORTED, draft, sure, best.score, evidence=cited, reasons=reasons)


def _disputed(
    pool: Pool, mine: Facts, found: Sequence[Match], draft: Evidence, bearing: Sequence[Match]
) -> list[Finding]:
    """What others tell otherwise of what some bear out: of the same event, or of a number in as like a sentence.

    What was planned before it was done is no other telling.
    """
    events = frozenset(event for m in bearing for event in pool.told(m.facts))

    def of_it(match: Match, kind: DraftKind) -> bool:
        same = not events.isdisjoint(pool.told(match.facts))
        return same if kind is not DraftKind.NUMBER else same or match.score >= SURE

    kept = [m for m in found if any(of_it(m, c.kind) and c.kind is not DraftKind.PLANNED for c in m.clashes)]
    return _against(pool, mine, kept, draft, None)


def _against(
    pool: Pool, mine: Facts, found: Sequence[Match], draft: Evidence, bearing: Sequence[Match] | None
) -> list[Finding]:
    """One finding for each kind in which sentences about the same say otherwise.

    `bearing` are those that perhaps tell it as the draft does; None where some surely do, so that it is disputed.
    """
    disputed = bearing is None
    result = []
    for kind in _ORDER:
        pairs = [(m, c) for m in found for c in m.clashes if c.kind is kind and m.score >= SAME_EVENT]
        if not pairs:
            continue
        pairs.sort(key=lambda pair: not _clear(*pair))
        match, clash = pairs[0]
        if match.score < PERHAPS:
            continue
        sure = match.score >= AGAINST and _clear(match, clash) and not _granted(kind, match, bearing or ())
        if disputed and not sure:
            continue
        told = pool.told(match.facts)
        same = [
            (m, c) for m, c in pairs if m.score >= match.score - _AS_NEAR or not told.isdisjoint(pool.told(m.facts))
        ]
        cited = tuple(dict.fromkeys(pool.cite(m.facts, c.told) for m, c in same[:_LISTED]))
        reasons = (*match.reasons, clash.reason, *match.agreed, *match.open)
        part = _part(draft, mine, clash)
        result.append(Finding(Verdict.CONTRADICTED, part, sure, match.score, kind, cited, reasons, disputed=disputed))
    return result


def _clear(match: Match, clash: Clash) -> bool:
    """Whether a sentence differs in this alone, and its words leave no doubt that it does."""
    alone = clash.firm and len({c.kind for c in match.clashes}) == 1 and not _open(match)
    return alone and _tells(match) and (match.same_word or clash.kind not in _GIVEN)


def _open(match: Match) -> bool:
    """Whether a number, a day, a place or who acts is not told; who else is named does not matter here."""
    return any(one != PARTY for one in match.open)


def _granted(kind: DraftKind, match: Match, bearing: Sequence[Match]) -> bool:
    """Whether a sentence that tells the same as nearly gives the number, day or place as the draft does."""
    near = match.score - NEAR
    return kind in _GIVEN and any(str(kind) in m.agreed and not _open(m) and m.score >= near for m in bearing)


def _tells(match: Match) -> bool:
    """Whether what is told is the same, not only of whom."""
    return match.predicate and match.gist >= GIST


def _part(draft: Evidence, mine: Facts, clash: Clash) -> Evidence:
    """The part of the draft's sentence that the archive tells otherwise."""
    inside = clash.draft if mine.span.contains(clash.draft) else Span(draft.start, draft.end)
    return evidence(draft.article, mine.document.text, inside, digest=draft.text_sha256)
