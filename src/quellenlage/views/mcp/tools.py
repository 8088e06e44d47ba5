"""What an assistant may ask of an archive; nothing is written, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from quellenlage.errors import BadInput, NotFound
from quellenlage.execution import By, search
from quellenlage.model import (
    Archive,
    ChronicleEntry,
    ConflictGrade,
    ConflictKind,
    DateInterval,
    Evidentiality,
    Factuality,
    Polarity,
    Span,
    evidence,
)
from quellenlage.model.listing import (
    ClaimQuestion,
    ConflictQuestion,
    EntityQuestion,
    LineQuestion,
    Page,
)
from quellenlage.store import digest_as_received
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Lang, words_for
from quellenlage.views.mcp import answers
from quellenlage.views.mcp.citing import chain, cited, named
from quellenlage.views.shelves import (
    holdings_of_articles,
    holdings_of_claims,
    holdings_of_conflicts,
    holdings_of_entity,
    holdings_of_events,
)
from quellenlage.views.wording.lines import conflict_words, corroboration_words, event_date, event_title, side_sentence
from quellenlage.views.wording.lines import side_value as value_of
from quellenlage.views.wording.told import entry_line

T = TypeVar("T")
L = TypeVar("L", bound=answers.Listed)

LONGEST_PASSAGE = 1200
"""Code points of a passage at most: enough to check a quotation in its paragraph, too few to replace the article."""

_AROUND = 200
_MOST_CANDIDATES = 10

Limit = Annotated[int, Field(ge=1, le=50, description="entries at most")]
Offset = Annotated[int, Field(ge=0, description="entries to skip, as `next_offset` of the answer before")]
Day = Annotated[str | None, Field(description="ISO day, month or year, e.g. 2015-09-18, 2015-09 or 2015")]
Name = Annotated[str | None, Field(description="a name in any spelling, or an identifier (ent-…)")]
Language = Annotated[Lang, Field(description="language of lines and labels; quoted words stay as they are")]


class Tools:
    """The tools over one archive; `check` analyses drafts, which takes the models of the installation."""

    def __init__(self, archive: Archive) -> None:
        """Read from an archive; nothing is written."""
        self._archive = archive

    def all(self) -> tuple[Callable[..., answers.Answer], ...]:
        """The tools in the order in which they are listed."""
        return (
            self.search,
            self.chronicle,
            self.claims,
            self.entity,
            self.conflicts,
            self.article_passage,
            self.check_draft,
        )

    def search(
        self,
        query: Annotated[str, Field(min_length=1, max_length=400, description='words, "a phrase" or begin*')],
        by: Annotated[Literal["text", "meaning", "both"], Field(description="by words, by what is meant")] = "both",
        limit: Limit = 10,
    ) -> answers.Hits:
        """Find sentences of the archived articles by their words or by what they mean, each with its citation."""
        found = search(self._archive, query, by=None if by == "both" else By(by), limit=limit)
        holdings = holdings_of_articles(self._archive, {hit.evidence.article for hit in found.hits})
        return answers.Hits(
            hits=[
                answers.Hit(citation=cited(hit.evidence, holdings), found_by=list(hit.found_by))  # type: ignore[arg-type]
                for hit in found.hits
            ],
            by=str(found.by),
            unread=found.unread,
            provisional=self._provisional(),
        )

    def chronicle(  # noqa: PLR0913, PLR0917 - the filters of a tool are its parameters
        self,
        actor: Name = None,
        place: Name = None,
        story: Annotated[str | None, Field(description="words of a story's title, or its identifier (sty-…)")] = None,
        since: Day = None,
        until: Day = None,
        event_type: Annotated[str | None, Field(description="a code such as CONSULT, ASSAULT or AGREE")] = None,
        factuality: Annotated[Factuality | None, Field(description="how it is told")] = None,
        words: Annotated[str, Field(max_length=200, description="words that stand in the sentences")] = "",
        limit: Limit = 20,
        offset: Offset = 0,
        lang: Language = "en",
    ) -> answers.Chronicle:
        """What happened when: events in time, each with the sentence it rests on and how far that carries.

        Planned, alleged and denied events are marked by `factuality`; say so when you use them.
        """
        asked = LineQuestion(
            stories=self._stories(story),
            entities=self._entities(actor),
            places=self._entities(place),
            first=_first(since),
            last=_last(until),
            types=(event_type.upper(),) if event_type else (),
            factualities=(factuality,) if factuality else (),
            words=words,
        )
        page = self._archive.lines(asked, offset=offset, limit=limit)
        holdings = holdings_of_events(self._archive, [line.event for line in page.items])
        entries = {entry.event: entry for entry in holdings.linked.chronicle}
        lines = [self._line(entries[one.event], holdings, lang) for one in page.items if one.event in entries]
        return _placed(answers.Chronicle(lines=lines, provisional=self._provisional()), page, offset)

    def claims(  # noqa: PLR0913, PLR0917
        self,
        speaker: Name = None,
        told_to: Name = None,
        about: Annotated[str, Field(max_length=200, description="words that stand in the sentence")] = "",
        evidentiality: Evidentiality | None = None,
        polarity: Polarity | None = None,
        since: Day = None,
        until: Day = None,
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> answers.Claims:
        """Who said what, on whose word: claims with the chain from speaker to article, the newest first.

        Only `form: direct` gives the speaker's own words; never put quotation marks around others.
        """
        asked = ClaimQuestion(
            speakers=self._entities(speaker),
            told=self._entities(told_to),
            about=about,
            evidentialities=(evidentiality,) if evidentiality else (),
            polarities=(polarity,) if polarity else (),
            first=_first(since),
            last=_last(until),
        )
        page = self._archive.claims(asked, offset=offset, limit=limit, order="-time")
        holdings = holdings_of_claims(self._archive, [card.key for card in page.items])
        known = {claim.key: claim for claim in holdings.claims}
        said = []
        for card in page.items:
            if (claim := known.get(card.key)) is None:
                continue
            statement = holdings.statement_of.get(claim.key)
            said.append(
                answers.Said(
                    claim=claim.key,
                    chain=chain(claim.chain, holdings),
                    speaker_unclear=claim.unresolved,
                    candidates=[named(one, holdings) for one, _ in claim.candidates] if claim.unresolved else [],
                    told_to=[named(one, holdings) for one in claim.told],
                    evidentiality=claim.evidentiality.value,
                    polarity=claim.polarity.value,
                    form=claim.form,
                    words=[cited(one, holdings) for one in claim.evidence],
                    sentence=cited(claim.sentence, holdings),
                    statement=statement.id if statement else None,
                    printed=holdings.printed(statement) if statement else 1,
                )
            )
        return _placed(answers.Claims(claims=said, provisional=self._provisional()), page, offset)

    def entity(
        self, name: Annotated[str, Field(min_length=1, max_length=200, description="a name, or an identifier (ent-…)")]
    ) -> answers.Entity:
        """One person, body or place: spellings, offices, how much there is of it, who is named with it.

        Several who bear the name come back as `candidates`: ask again with an identifier.
        """
        found = self._entities(name)
        cards = self._archive.entities_by_id(found)
        if len(found) != 1:
            listed = [answers.Named(name=cards[one].name, id=one) for one in found if one in cards]
            return answers.Entity(found=False, candidates=listed, provisional=self._provisional())
        one = found[0]
        holdings = holdings_of_entity(self._archive, one, events=(), claims=())
        entity, card = holdings.entities[one], cards[one]
        return answers.Entity(
            found=True,
            id=one,
            name=entity.name,
            kind=entity.kind.value,
            spellings=list(entity.spellings),
            articles=card.articles,
            events=card.events,
            claims=card.claims,
            offices=[answers.Office(office=o.text, citation=cited(o.evidence, holdings)) for o in entity.offices[:20]],
            perhaps_the_same=[
                answers.Perhaps(other=answers.Named(name=other.name, id=other.entity.id), score=round(doubt.score, 2))
                for doubt, other in holdings.perhaps(one)
            ],
            named_with=[
                answers.Named(name=other.name, id=other.id) for other in self._archive.co_mentions(one, 10).items
            ],
            citation=cited(entity.evidence[0], holdings) if entity.evidence else None,
            provisional=self._provisional(),
        )

    def conflicts(  # noqa: PLR0913, PLR0917
        self,
        story: Annotated[str | None, Field(description="words of a story's title, or its identifier (sty-…)")] = None,
        actor: Name = None,
        kind: ConflictKind | None = None,
        grade: ConflictGrade | None = None,
        limit: Limit = 10,
        offset: Offset = 0,
        lang: Language = "en",
    ) -> answers.Conflicts:
        """Accounts of one event that cannot both hold: each side with its sentence and on whose word it stands.

        They are not resolved; report both sides.
        """
        asked = ConflictQuestion(
            stories=self._stories(story),
            entities=self._entities(actor),
            kinds=(kind,) if kind else (),
            grades=(grade,) if grade else (),
        )
        page = self._archive.conflicts(asked, offset=offset, limit=limit)
        holdings = holdings_of_conflicts(self._archive, [card.id for card in page.items])
        known = {conflict.id: conflict for conflict in holdings.linked.conflicts}
        words = words_for(lang)
        disputed = [
            answers.Disputed(
                conflict=one.id,
                event=one.event,
                told=conflict_words(one, holdings, words),
                kind=one.kind.value,
                grade=one.grade.value,
                settled=one.settled or None,
                sides=[
                    answers.Side(
                        value=value_of(one, side.value, holdings, words),
                        chain=chain(side.chain, holdings),
                        origin=holdings.origin_name(side.origin) if side.origin else None,
                        citation=cited(side_sentence(one, side, holdings), holdings),
                    )
                    for side in one.sides
                ],
            )
            for card in page.items
            if (one := known.get(card.id)) is not None
        ]
        return _placed(answers.Conflicts(conflicts=disputed, provisional=self._provisional()), page, offset)

    def article_passage(
        self,
        article: Annotated[str, Field(description="identifier of the article, as citations have it")],
        start: Annotated[int, Field(ge=0, description="first code point")],
        end: Annotated[int, Field(ge=1, description="code point behind the last one")],
    ) -> answers.Passage:
        """The exact words of an article between two offsets, to check a quotation in its surroundings."""
        document = self._archive.document(article)
        text = document.text
        if not 0 <= start < end <= len(text):
            raise BadInput(
                article, "has no code points {start} to {end}", remedy="it has {length}", start=start, end=end,
                length=len(text),
            )  # fmt: skip
        end = min(end, start + LONGEST_PASSAGE)
        digest = digest_as_received(document)
        words = evidence(document.article.id, text, Span(start, end), digest=digest)
        holdings = holdings_of_articles(self._archive, [document.article.id])
        citation = cited(words, holdings).model_copy(update={"start": start, "end": end, "exact": text[start:end]})
        return answers.Passage(
            citation=citation.model_copy(update={"cut": False}),
            before=text[max(0, start - _AROUND) : start],
            after=text[end : end + _AROUND],
        )

    def check_draft(
        self,
        text: Annotated[str, Field(min_length=1, max_length=20_000, description="a draft in German; it is not kept")],
        published: Annotated[str | None, Field(description="ISO day on which the draft is to appear")] = None,
    ) -> answers.Checked:
        """Compare each sentence of a German draft with the archive: borne out, contradicted, inexactly quoted, unknown.

        What is not `sure` is a perhaps.
        """
        from quellenlage.execution.drafting import check_draft

        report = check_draft(self._archive, text, dct=published)
        articles = {one.evidence.article for s in report.sentences for f in s.findings for one in f.evidence}
        holdings = holdings_of_articles(self._archive, articles)
        return answers.Checked(
            sentences=[
                answers.CheckedSentence(
                    start=one.span.start,
                    end=one.span.end,
                    exact=one.draft.exact,
                    findings=[
                        answers.Found(
                            verdict=finding.verdict.value,
                            kind=finding.kind.value if finding.kind else None,
                            sure=finding.sure,
                            disputed=finding.disputed,
                            said=finding.draft.exact,
                            start=finding.span.start,
                            end=finding.span.end,
                            proofs=[
                                answers.Proof(
                                    citation=cited(proof.evidence, holdings),
                                    told=cited(proof.told, holdings) if proof.told else None,
                                    origin=proof.origin.name if proof.origin else None,
                                    informants=[voice.name for voice in proof.informants],
                                )
                                for proof in finding.evidence
                            ],
                        )
                        for finding in one.findings
                    ],
                )
                for one in report.sentences
            ],
            checked_to=report.checked_to,
            provisional=self._provisional(),
        )

    def _line(self, entry: ChronicleEntry, holdings: Holdings, lang: Lang) -> answers.EventLine:
        words = words_for(lang)
        event = holdings.events[entry.event]
        borne = event.corroboration
        return answers.EventLine(
            event=event.id,
            when=event_date(event, holdings, words),
            earliest=event.earliest.isoformat() if event.earliest else None,
            latest=event.latest.isoformat() if event.latest else None,
            line=entry_line(entry, holdings, words, dated=False) or event_title(event, holdings, words),
            event_type=event.event_type,
            factuality=event.factuality.value,
            borne_out=corroboration_words(event, words),
            informants=len(borne.informants),
            origins=len(borne.origins),
            reprints=borne.reprints,
            conflicts=[conflict_words(c, holdings, words) for c in holdings.conflicts_of.get(event.id, ())],
            story=entry.story,
            citation=cited(entry.evidence, holdings),
        )

    def _entities(self, name: str | None) -> tuple[str, ...]:
        """Who goes by a name: who bears just this one, else all who bear its words. Raises NotFound."""
        if not name:
            return ()
        if name.startswith("ent-"):
            found = tuple(self._archive.entities_by_id([self._archive.resolve(name)]))
        else:
            listed = self._archive.entities(EntityQuestion(words=name), limit=_MOST_CANDIDATES)
            found = tuple(card.id for card in listed.items)
        if not found:
            raise NotFound("{reference}: nobody and nothing goes by that name", remedy="search for it", reference=name)
        return found

    def _stories(self, named_so: str | None) -> tuple[str, ...]:
        if not named_so:
            return ()
        found = self._archive.stories_named(self._archive.resolve(named_so))
        if not found:
            raise NotFound("{reference}: no story goes by that", remedy="ask without a story", reference=named_so)
        return tuple(found)

    def _provisional(self) -> int:
        return len(self._archive.provisional())


def _placed(answer: L, page: Page[T], offset: int) -> L:
    """A list with where in the whole it stands."""
    end = offset + len(page.items)
    more = end < page.total or (page.more and bool(page.items))
    return answer.model_copy(update={"total": page.total, "more": page.more, "next_offset": end if more else None})


def _first(day: str | None) -> date | None:
    return _interval(day).earliest if day else None


def _last(day: str | None) -> date | None:
    return _interval(day).latest if day else None


def _interval(day: str) -> DateInterval:
    try:
        return DateInterval.parse(day)
    except ValueError as error:
        raise BadInput(day, "no date", remedy="write 2015, 2015-09 or 2015-09-18") from error
