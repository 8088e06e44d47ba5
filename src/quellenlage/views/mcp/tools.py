"""What an assistant may ask of an archive; nothing is written, nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field

from quellenlage.errors import BadInput
from quellenlage.execution import By, search
from quellenlage.model import (
    Archive,
    ChronicleEntry,
    ConflictGrade,
    ConflictKind,
    Evidentiality,
    Factuality,
    Polarity,
    Span,
    evidence,
)
from quellenlage.model.listing import ClaimQuestion, ConflictQuestion, LineQuestion, Page
from quellenlage.store import digest_as_received
from quellenlage.views.holdings import Holdings
from quellenlage.views.locale import Lang, words_for
from quellenlage.views.mcp import answers
from quellenlage.views.mcp.asking import (
    Day,
    EventType,
    Language,
    Limit,
    Name,
    Offset,
    Story,
    bearers,
    bearing,
    first_day,
    identifiers,
    last_day,
    stories,
)
from quellenlage.views.mcp.checked import checked
from quellenlage.views.mcp.citing import chain, cited, named
from quellenlage.views.shelves import (
    holdings_of_articles,
    holdings_of_claims,
    holdings_of_conflicts,
    holdings_of_entity,
    holdings_of_events,
)
from quellenlage.views.wording.corrections import hand_marks, speaker_mark
from quellenlage.views.wording.lines import conflict_words, corroboration_words, event_date, event_title, side_sentence
from quellenlage.views.wording.lines import side_value as value_of
from quellenlage.views.wording.told import entry_line

T = TypeVar("T")
L = TypeVar("L", bound=answers.Listed)

LONGEST_PASSAGE = 1200
"""Code points of a passage at most: enough to check a quotation in its paragraph, too few to replace the article."""

LONGEST_ANSWER = 40_000
"""Letters of the entries of an answer at most, some ten thousand tokens: an assistant has to keep them in mind."""

_AROUND = 200
_MOST_CANDIDATES = 10
_MOST_LISTED = 20
"""Spellings, offices, conflicts and the like that are named of one thing."""


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
        """Find sentences of the archived articles by their words or by what they mean, each with its citation.

        A sentence that is like the question need not answer it: read it. No hit means that these articles say nothing
        of it in such words, not that it did not happen; try other words before you say so.
        """
        found = search(self._archive, query, by=None if by == "both" else By(by), limit=limit)
        holdings = holdings_of_articles(self._archive, {hit.evidence.article for hit in found.hits})
        told = {} if found.hits else {"note": answers.NOTHING}
        return answers.Hits(
            **told,
            hits=[
                answers.Hit(citation=cited(hit.evidence, holdings), found_by=list(hit.found_by))  # type: ignore[arg-type]  # checked
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
        story: Story = None,
        since: Day = None,
        until: Day = None,
        event_type: EventType = None,
        factuality: Annotated[Factuality | None, Field(description="how it is told")] = None,
        words: Annotated[str, Field(max_length=200, description="words that stand in the sentences")] = "",
        limit: Limit = 20,
        offset: Offset = 0,
        lang: Language = "en",
    ) -> answers.Chronicle:
        """What happened when: events in time, each with the sentence it rests on and how far that carries.

        Say of an event what `factuality` says (planned, alleged and denied ones did not simply happen), name its
        conflicts, and cite the sentence. `line` is our wording and no quotation. What is not listed is not told here,
        which does not mean that it did not happen.
        """
        actors, places = bearers(self._archive, actor), bearers(self._archive, place)
        asked = LineQuestion(
            stories=stories(self._archive, story),
            entities=identifiers(actors),
            places=identifiers(places),
            first=first_day(since),
            last=last_day(until),
            types=(event_type,) if event_type else (),
            factualities=(factuality,) if factuality else (),
            words=words,
        )
        page = self._archive.lines(asked, offset=offset, limit=limit)
        holdings = holdings_of_events(self._archive, [line.event for line in page.items])
        entries = {entry.event: entry for entry in holdings.linked.chronicle}
        lines = [self._line(entries[one.event], holdings, lang) for one in page.items if one.event in entries]
        made = answers.Chronicle(lines=lines, meant=[*actors, *places], provisional=self._provisional())
        return _part(made, page, offset)

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
        lang: Language = "de",
    ) -> answers.Claims:
        """Who said what, on whose word: claims with the chain from speaker to article, the newest first.

        Name the speaker and who passed it on. Only `form: direct` gives the speaker's own words; never put quotation
        marks around others. That no claim is listed does not mean that nothing was said.
        """
        words = words_for(lang)
        speakers, told = bearers(self._archive, speaker), bearers(self._archive, told_to)
        asked = ClaimQuestion(
            speakers=identifiers(speakers),
            told=identifiers(told),
            about=about,
            evidentialities=(evidentiality,) if evidentiality else (),
            polarities=(polarity,) if polarity else (),
            first=first_day(since),
            last=last_day(until),
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
                    corrected=speaker_mark(claim, holdings, words),
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
        made = answers.Claims(claims=said, meant=[*speakers, *told], provisional=self._provisional())
        return _part(made, page, offset)

    def entity(
        self, name: Annotated[str, Field(min_length=1, max_length=200, description="a name, or an identifier (ent-…)")]
    ) -> answers.Entity:
        """One person, body or place: spellings, offices, how much there is of it, who is named with it.

        Several who bear the name come back as `candidates`: ask again with an identifier. Where one of them is called
        just so, or is the only person of that surname, `name` says who was taken for it. An error that nobody goes by
        the name says that these articles do not name them, nothing else.
        """
        found, meant = bearing(self._archive, name, _MOST_CANDIDATES)
        if meant is None:
            return answers.Entity(found=False, candidates=list(found), provisional=self._provisional())
        one = meant
        card = self._archive.entities_by_id([one])[one]
        holdings = holdings_of_entity(self._archive, one, events=(), claims=())
        entity = holdings.entities[one]
        return answers.Entity(
            found=True,
            candidates=list(found) if len(found) > 1 else [],
            id=one,
            name=entity.name,
            kind=entity.kind.value,
            spellings=list(entity.spellings[:_MOST_LISTED]),
            articles=card.articles,
            events=card.events,
            claims=card.claims,
            offices=[
                answers.Office(office=o.text, citation=cited(o.evidence, holdings))
                for o in entity.offices[:_MOST_LISTED]
            ],
            perhaps_the_same=[
                answers.Perhaps(other=answers.Named(name=other.name, id=other.entity.id), score=round(doubt.score, 2))
                for doubt, other in holdings.perhaps(one)[:_MOST_LISTED]
            ],
            named_with=[
                answers.Named(name=other.name, id=other.id) for other in self._archive.co_mentions(one, 10).items
            ],
            citation=cited(entity.evidence[0], holdings) if entity.evidence else None,
            provisional=self._provisional(),
        )

    def conflicts(  # noqa: PLR0913, PLR0917
        self,
        story: Story = None,
        actor: Name = None,
        kind: ConflictKind | None = None,
        grade: ConflictGrade | None = None,
        limit: Limit = 10,
        offset: Offset = 0,
        lang: Language = "en",
    ) -> answers.Conflicts:
        """Accounts of one event that cannot both hold: each side with its sentence and on whose word it stands.

        They are not resolved; report both sides with their sources. That none is listed does not mean that all agree:
        often only one article tells a thing.
        """
        actors = bearers(self._archive, actor)
        asked = ConflictQuestion(
            stories=stories(self._archive, story),
            entities=identifiers(actors),
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
        made = answers.Conflicts(conflicts=disputed, meant=list(actors), provisional=self._provisional())
        return _part(made, page, offset)

    def article_passage(
        self,
        article: Annotated[str, Field(description="identifier of the article, as citations have it")],
        start: Annotated[int, Field(ge=0, description="first code point")],
        end: Annotated[int, Field(ge=1, description="code point behind the last one")],
    ) -> answers.Passage:
        """The exact words of an article between two offsets, to check a quotation in its surroundings.

        Ask with the offsets of a citation before you quote it; `before` and `after` show what it stands in.
        """
        document = self._archive.document(article)
        text = document.text
        if not 0 <= start < end <= len(text):
            raise BadInput(
                article, "has no code points {start} to {end}", remedy="it has {length}", start=start, end=end,
                length=len(text),
            )  # fmt: skip
        asked, end = end, min(end, start + LONGEST_PASSAGE)
        digest = digest_as_received(document)
        words = evidence(document.article.id, text, Span(start, end), digest=digest)
        holdings = holdings_of_articles(self._archive, [document.article.id])
        citation = cited(words, holdings).model_copy(update={"start": start, "end": end, "exact": text[start:end]})
        return answers.Passage(
            citation=citation.model_copy(update={"cut": end < asked}),
            before=text[max(0, start - _AROUND) : start],
            after=text[end : end + _AROUND],
        )

    def check_draft(
        self,
        text: Annotated[str, Field(min_length=1, max_length=20_000, description="a draft in German; it is not kept")],
        published: Annotated[str | None, Field(description="ISO day on which the draft is to appear")] = None,
    ) -> answers.Checked:
        """Compare each sentence of a German draft with the archive: borne out, contradicted, inexactly quoted, unknown.

        What is not `sure` is a perhaps. The verdict "nothing" means that this archive has nothing on it: that neither
        bears the sentence out nor speaks against it. A long draft may not be answered whole: send what stands behind
        `checked_to` again.
        """
        from quellenlage.execution.drafting import check_draft

        report = check_draft(self._archive, text, dct=published)
        return checked(self._archive, report, LONGEST_ANSWER).model_copy(update={"provisional": self._provisional()})

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
            corrected=list(hand_marks(event, holdings, words)),
            event_type=event.event_type,
            factuality=event.factuality.value,
            borne_out=corroboration_words(event, words),
            informants=len(borne.informants),
            origins=len(borne.origins),
            reprints=borne.reprints,
            conflicts=[
                conflict_words(c, holdings, words) for c in holdings.conflicts_of.get(event.id, ())[:_MOST_LISTED]
            ],
            story=entry.story,
            citation=cited(entry.evidence, holdings),
        )

    def _provisional(self) -> int:
        return len(self._archive.provisional())


def _part(answer: L, page: Page[T], offset: int) -> L:
    """A list with where in the whole it stands, cut where it would be too long to read."""
    name = answer.entries
    items: list[BaseModel] = getattr(answer, name)
    kept, letters = 0, 0
    for item in items:
        letters += len(item.model_dump_json())
        if kept and letters > LONGEST_ANSWER:
            break
        kept += 1
    whole = kept == len(items)
    end = offset + (len(page.items) if whole else kept)
    goes_on = not whole or end < page.total or (page.more and bool(page.items))
    told = {"total": page.total, "total_is_exact": not page.more, "next_offset": end if goes_on else None}
    note = {} if items else {"note": answers.NOTHING}
    return answer.model_copy(update={**told, **note, name: items[:kept]})
