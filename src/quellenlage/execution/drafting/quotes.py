"""Quotations of a draft against the archive: the exact words, who said them, what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quellenlage.execution.drafting.facts import Facts
from quellenlage.execution.drafting.pool import Place, Pool
from quellenlage.execution.drafting.reading import Quote, marks_in
from quellenlage.execution.drafting.report import Cited, Finding, Verdict, Voice, Word
from quellenlage.execution.drafting.wordwise import MOST, Aligned, Spelled, Step, align, covered, words_of
from quellenlage.link.wording import NEGATORS
from quellenlage.model import Claim, Document, EntityKind, Evidence, Span, fold
from quellenlage.names import compare

LIKE, SURE_LIKE = 0.6, 0.72
"""Share of a quotation's words from which a passage may be it, told otherwise; from the second on it surely is, and
between the two where the same person says it."""

_KEPT = 2
"""Words that must be the same, so that two of three common words are no quotation."""

_SHORT = 4
"""Words up to which a quotation must be said by the same person to be recognised in other words."""

_TRIED = 40
"""Sentences that a quotation is aligned with, those with most of its words."""

_FIRM = 0.7
"""Score of a claim from which a pronoun for its speaker is held to be understood."""

_OTHER_NAME = 0.35
"""Likeness of two names below which they are those of two people."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where the archive has a quotation's words, or words like them. `like` is 1.0 where they are the same.

    `marked` says that they stand in quotation marks there, `speakers` whose they are; `speaker_named` that the article
    calls them by a name, `beside` that the words for them stand beside.
    """

    facts: Facts
    span: Span
    like: float
    steps: tuple[Word, ...]
    marked: bool
    claim: Claim | None
    speakers: tuple[Voice, ...]
    speaker_named: bool
    beside: bool


class Quotes:
    """Checks the quotations of one draft."""

    def __init__(self, pool: Pool, document: Document) -> None:
        self._pool = pool
        self._document = document
        self._words: dict[str, list[Spelled]] = {}
        self._keys: dict[str, Counter[str]] = {}
        self._marks: dict[str, tuple[Span, ...]] = {}

    def check(self, quote: Quote, draft: Evidence) -> list[Finding]:
        """Findings about one quotation; where the archive has no such words, that alone."""
        found = self._occurrences(quote)
        said_by = self._draft_speakers(quote)
        agreeing = [one for one in found if _same_voice(said_by, one)]
        exact = [one for one in found if one.like == 1.0]
        if exact:
            return list(self._of_exact(quote, draft, exact))
        best = max(found, key=lambda one: (one.like, one in agreeing), default=None)
        short = len(quote.words) <= _SHORT
        if best is None or (short and best not in agreeing and len(quote.words) - 1 <= _KEPT):
            return [Finding(Verdict.NOT_FOUND, draft, sure=True, score=0.5, reasons=("quotation",))]
        alike = [one for one in found if one.like >= best.like - 0.01]
        sure = best.like >= SURE_LIKE or best in agreeing
        reasons = [f"words:{best.like:.2f}", *_turned(best)]
        findings = [self._finding(Verdict.INEXACT, draft, alike, sure, tuple(reasons), best.steps)]
        if sure and said_by and not any(_same_voice(said_by, one) for one in alike):
            findings += self._misattributed(draft, alike, said_by, weaker=best.like < SURE_LIKE)
        return findings

    def _of_exact(self, quote: Quote, draft: Evidence, exact: Sequence[Occurrence]) -> Iterator[Finding]:
        said_by = self._draft_speakers(quote)
        marked = [one for one in exact if one.marked]
        if not marked:
            yield self._finding(Verdict.INEXACT, draft, exact, False, ("not-in-marks",), exact[0].steps)
            return
        same = [one for one in marked if _same_voice(said_by, one)]
        known = [one for one in marked if one.speakers]
        if said_by and known and not same:
            yield from self._misattributed(draft, known, said_by, weaker=False)
            return
        if same or not said_by:
            reasons = ["exact", *(["nobody-named"] if not said_by else ["same-speaker"])]
            if _cut_short(exact[0], self._document_words(exact[0])):
                reasons.append("cut-short")
            yield self._finding(Verdict.SUPPORTED, draft, same or marked, True, tuple(reasons))
        else:
            yield self._finding(Verdict.SUPPORTED, draft, marked, False, ("exact", "speaker-unknown"))

    def _misattributed(
        self, draft: Evidence, found: Sequence[Occurrence], said_by: Sequence[Voice], *, weaker: bool
    ) -> Iterator[Finding]:
        known = [one for one in found if one.speakers]
        if not known:
            return
        firm = {voice for one in known if _apart(said_by, one) for voice in one.speakers}
        sure = not weaker and bool(firm) and all(not firm.isdisjoint(one.speakers) for one in known)
        names = tuple(f"said-by:{v.name}" for v in dict.fromkeys(v for one in known for v in one.speakers))
        mine = tuple(f"draft-says:{v.name}" for v in said_by)
        yield self._finding(Verdict.WRONG_SPEAKER, draft, known, sure, (*mine, *names[:3]))

    def _finding(
        self,
        verdict: Verdict,
        draft: Evidence,
        found: Sequence[Occurrence],
        sure: bool,
        reasons: tuple[str, ...],
        steps: tuple[Word, ...] = (),
    ) -> Finding:
        cited = tuple(dict.fromkeys(self._cite(one) for one in found))
        score = round(max(one.like for one in found), 3)
        return Finding(verdict, draft, sure, score, evidence=cited, reasons=reasons, difference=steps)

    def _cite(self, one: Occurrence) -> Cited:
        return self._pool.cite(one.facts, one.span)

    def _occurrences(self, quote: Quote) -> list[Occurrence]:
        words = quote.words[:MOST]
        asked = Counter(word.key for word in words)
        weights = {key: self._pool_weight(key) for key in asked}
        scored: list[tuple[float, Place]] = []
        for article, document in self._pool.documents.items():
            if article not in self._keys:
                self._words[article] = words_of(document.text)
                self._keys[article] = Counter(word.key for word in self._words[article])
            if sum(min(n, self._keys[article][key]) for key, n in asked.items()) < LIKE * len(words):
                continue
            for number, sentence in enumerate(document.sentences):
                inside = Counter(w.key for w in _within(self._words[article], sentence.start, sentence.end))
                shared = sum(weights[key] * min(n, inside[key]) for key, n in asked.items())
                if shared:
                    scored.append((shared, (article, number)))
        scored.sort(key=lambda one: (-round(one[0], 6), one[1]))
        found: dict[tuple[str, int, int], Occurrence] = {}
        for _, place in scored[:_TRIED]:
            one = self._at(place, quote, words)
            if one is not None:
                found.setdefault((place[0], one.span.start, one.span.end), one)
        return sorted(found.values(), key=lambda one: -one.like)

    def _pool_weight(self, key: str) -> float:
        return 1.0 + len(key) / 8

    def _at(self, place: Place, quote: Quote, words: Sequence[Spelled]) -> Occurrence | None:
        """The quotation at one sentence, or over it and the next."""
        facts = self._pool.facts(place)
        article = facts.document.article.id
        around = _within(self._words[article], facts.span.start, facts.span.end)
        after = self._pool.after(place)
        if after is not None and len(words) > len(around) // 2:
            around = around + _within(self._words[article], after.span.start, after.span.end)
        around = around[: 2 * MOST]
        keys = [word.key for word in around]
        aligned = _in_parts(quote, keys) if len(quote.parts) > 1 else align([word.key for word in words], keys)
        like = round(max(0.0, 1 - aligned.cost / len(words)), 3)
        span = covered(around, aligned.first, aligned.last)
        if span is None or like < LIKE or (like < 1.0 and aligned.kept < _KEPT):
            return None
        claim = _claim_at(facts.document, span)
        speakers = self._pool.speakers(facts.document, claim.chain[:1]) if claim else ()
        marked = any(mark.start <= span.start and span.end <= mark.end for mark in self._marks_of(facts.document))
        steps = _steps(self._document.text, words, facts.document.text, around, aligned)
        return Occurrence(facts, span, like, steps, marked, claim, speakers, *_told(facts.document, claim))

    def _marks_of(self, document: Document) -> tuple[Span, ...]:
        article = document.article.id
        if article not in self._marks:
            self._marks[article] = marks_in(document.text)
        return self._marks[article]

    def _document_words(self, one: Occurrence) -> list[Spelled]:
        return self._words[one.facts.document.article.id]

    def _draft_speakers(self, quote: Quote) -> tuple[Voice, ...]:
        """Whom the draft names for the words; identifiers where the archive knows them, joined where several do."""
        if quote.claim is None or not quote.claim.chain:
            return ()
        found = []
        for local in quote.claim.chain[0]:
            entity = self._document.entity(local)
            meant = self._pool.directory.meant(entity)
            found.append(Voice("+".join(sorted(meant)), entity.name))
        return tuple(found)


def _within(words: Sequence[Spelled], start: int, end: int) -> list[Spelled]:
    return [word for word in words if start <= word.start and word.end <= end]


def _in_parts(quote: Quote, keys: Sequence[str]) -> Aligned:
    """Parts between marked omissions, each as it stands and in this order; else all of them aligned as one."""
    first, at, steps = -1, 0, list[tuple[Step, tuple[int, int], tuple[int, int]]]()
    mine = 0
    for part in quote.parts:
        wanted = [word.key for word in part]
        place = next((n for n in range(at, len(keys) - len(wanted) + 1) if keys[n : n + len(wanted)] == wanted), None)
        if place is None:
            return align([word.key for word in quote.words], keys)
        first = place if first < 0 else first
        at = place + len(wanted)
        steps.append(("both", (mine, mine + len(wanted)), (place, at)))
        mine += len(wanted)
    return Aligned(0.0, first, at, tuple(steps))


def _steps(
    draft: str, words: Sequence[Spelled], archive: str, around: Sequence[Spelled], aligned: Aligned
) -> tuple[Word, ...]:
    found: list[Word] = []
    for step, (a, b), (c, d) in aligned.steps:
        if step == "both":
            found.append(Word(archive[around[c].start : around[d - 1].end], "both"))
            continue
        if a < b:
            found.append(Word(draft[words[a].start : words[b - 1].end], "draft"))
        if c < d:
            found.append(Word(archive[around[c].start : around[d - 1].end], "archive"))
    return tuple(found)


def _claim_at(document: Document, span: Span) -> Claim | None:
    """The claim that has these words; the shortest of several, one with a speaker before others."""
    found = [c for c in document.claims if any(part.overlaps(span) for part in c.spans)]
    found.sort(key=lambda c: (not c.chain, sum(len(part) for part in c.spans)))
    return found[0] if found else None


def _told(document: Document, claim: Claim | None) -> tuple[bool, bool]:
    """Whether a speaker is called by a name in the article, and whether the words for him stand beside these."""
    if claim is None or not claim.chain:
        return False, False
    named = {m.entity for m in document.mentions if m.form == "name"}
    quotation = next((q for q in document.quotations if q.id == claim.quotation), None)
    around = [s.span for s in map(document.sentence_at, (claim.start, claim.end - 1)) if s]
    spans = quotation.speaker if quotation else ()
    near = any(span.overlaps(one) for span in spans for one in around)
    pronoun = any(m.form == "pronoun" and any(m.span.overlaps(s) for s in spans) for m in document.mentions)
    return any(local in named for local in claim.chain[0]), near and (not pronoun or claim.score >= _FIRM)


def _same_voice(said_by: Sequence[Voice], one: Occurrence) -> bool:
    """Whether the draft's speaker is the archive's: the same across articles, or a part of the name where unknown."""
    return any(_one(mine, theirs) for mine in said_by for theirs in one.speakers)


def _one(mine: Voice, theirs: Voice) -> bool:
    words, others = set(fold(mine.name).split()), set(fold(theirs.name).split())
    if mine.id and theirs.id:
        return theirs.id in mine.id.split("+") or (len(others) == 1 and others <= words)
    return bool(words and others) and (words <= others or others <= words)


def _apart(said_by: Sequence[Voice], one: Occurrence) -> bool:
    """Whether the archive's speaker is surely another than the draft's: named beside the words, and no namesake."""
    if not one.beside:
        return False
    if not one.speaker_named:
        return _indefinite(one)
    return not any(
        compare(EntityKind.PER, mine.name, theirs.name).score >= _OTHER_NAME and not (mine.id and theirs.id)
        for mine in said_by
        for theirs in one.speakers
    )


def _indefinite(one: Occurrence) -> bool:
    """Whether an unnamed speaker is introduced as somebody unknown ("ein Hafenarbeiter")."""
    text = one.facts.document.text
    claim = one.claim
    quotation = next((q for q in one.facts.document.quotations if claim and q.id == claim.quotation), None)
    if quotation is None or not quotation.speaker:
        return False
    said = fold(quotation.speaker[0].of(text)).split()
    before = fold(text[max(0, quotation.speaker[0].start - 8) : quotation.speaker[0].start]).split()
    return bool({"ein", "eine", "einer"} & {*said[:1], *before[-1:]})


def _turned(one: Occurrence) -> Iterator[str]:
    """What weighs more than a word: a negation on one side alone."""
    for side in ("draft", "archive"):
        words = {key for word in one.steps if word.side == side for key in fold(word.text).split()}
        if words & NEGATORS:
            yield f"negation-only-in:{side}"


def _cut_short(one: Occurrence, words: Sequence[Spelled]) -> bool:
    """Whether the archive's quotation goes on in the same clause behind the draft's."""
    text = one.facts.document.text
    following = next((word for word in words if word.start >= one.span.end), None)
    return following is not None and not text[one.span.end : following.start].strip()
