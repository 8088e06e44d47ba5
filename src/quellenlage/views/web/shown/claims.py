"""Claims and statements as a template shows them: who said it, on whose word, how firmly, in which words."""

from __future__ import annotations

from dataclasses import dataclass

from quellenlage.model import Evidence, Member, Occasion, Retelling, Span, Statement, hull
from quellenlage.story.corroboration import statement_borne
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.quotes import ShownName, ShownQuote, shown_chain, shown_name, shown_quote
from quellenlage.views.wording.corrections import claim_mark, speaker_mark
from quellenlage.views.wording.lines import borne_words
from quellenlage.views.wording.quoting import in_marks, quoted
from quellenlage.views.wording.reasons import reason_words
from quellenlage.views.wording.statements import circumstances, counted_words, firmness, occasion_words, standing


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom the words for a speaker may mean."""

    name: ShownName
    percent: int


@dataclass(frozen=True, slots=True)
class ShownClaim:
    """A claim with its sentence, the claim's own words marked in it.

    `form` is "direct", "translated" or "indirect"; `firm` tells how firmly it is said, `denied` whether it is not
    simply affirmed. `unclear` are the words for a speaker whom nobody knows, `again` how often it was said and printed.
    `corrected` tells who corrected whose words they are, when and why, and who was read: `percent` says nothing then.
    """

    key: str
    href: str
    quote: ShownQuote
    exact: list[ShownQuote]
    form: str
    form_told: str
    chain: list[list[ShownName]]
    nobody: str
    unclear: str
    candidates: list[Candidate]
    told: list[ShownName]
    around: list[str]
    firm: list[str]
    evidentiality: str
    polarity: str
    percent: int
    revised: str
    corrected: str
    statement: str
    statement_href: str
    again: str
    reasons: list[str]


def shown_claim(claim: ClaimLine, holdings: Holdings, words: Words) -> ShownClaim:
    """Word a claim."""
    statement = holdings.statement_of.get(claim.key)
    whole = hull([one.span for one in claim.evidence])
    inside = claim.sentence.span.contains(whole) and claim.sentence.span != whole
    unresolved = not any(claim.chain) and claim.unresolved
    return ShownClaim(
        key=claim.key,
        href=page_of(claim.key),
        quote=shown_quote(claim.sentence, holdings, words, mark=whole if inside else None),
        exact=[shown_quote(one, holdings, words) for one in claim.evidence],
        form=claim.form,
        form_told="" if claim.form == "direct" else words(f"quote.{claim.form}"),
        chain=shown_chain(claim.chain, holdings),
        nobody=words("chain.unresolved" if unresolved else "chain.unnamed" if claim.attributed else "dossier.own_word"),
        unclear=" ".join(in_marks(quoted(one), words) for one in claim.speaker) if unresolved else "",
        candidates=[Candidate(shown_name(who, holdings), round(100 * score)) for who, score in claim.candidates],
        told=[shown_name(one, holdings) for one in claim.told],
        around=circumstances(claim, holdings, words),
        firm=firmness(claim.evidentiality, claim.polarity, words),
        evidentiality=claim.evidentiality.value,
        polarity=claim.polarity.value,
        percent=round(100 * claim.score),
        revised=claim_mark(claim, holdings, words),
        corrected=speaker_mark(claim, holdings, words),
        statement=statement.id if statement else "",
        statement_href=page_of(statement.id) if statement else "",
        again=counted_words(statement, holdings, words) if statement and len(statement.retellings) > 1 else "",
        reasons=reason_words(claim.reasons, words),
    )


@dataclass(frozen=True, slots=True)
class ShownPrinting:
    """One print of a statement."""

    claim: str
    href: str
    quote: ShownQuote
    standing: list[str]
    origin: ShownName
    chain: list[list[ShownName]]
    corrected: str


@dataclass(frozen=True, slots=True)
class ShownOccasion:
    """Once that it was said, with every print of it."""

    when: str
    prints: list[ShownPrinting]


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """What somebody said, once or repeatedly, with how far that it was said is borne out.

    `corrected` says that whose words it is was corrected by hand in every print.
    """

    id: str
    href: str
    speakers: list[ShownName]
    quote: ShownQuote
    counted: str
    borne: str
    occasions: list[ShownOccasion]
    related: list[tuple[str, str, str]]
    claims: list[str]
    corrected: bool


def shown_statement(statement: Statement, holdings: Holdings, words: Words) -> ShownStatement:
    """Word a statement; its claims must be among those of the holdings where their chains are to be shown."""
    told = {one.member: one for one in statement.retellings}
    claims = {claim.key: claim for claim in holdings.claims}
    first = statement.retellings[0]
    return ShownStatement(
        id=statement.id,
        href=page_of(statement.id),
        speakers=[shown_name(one, holdings) for one in statement.speakers],
        quote=shown_quote(_sentence(first, claims), holdings, words),
        counted=counted_words(statement, holdings, words),
        borne=borne_words(statement_borne(statement, holdings.origins, holdings.affiliations), words),
        occasions=[_occasion(one, told, claims, holdings, words) for one in statement.occasions],
        related=[
            (words.code("related", one.kind), _first_words(holdings, one.statement), page_of(one.statement))
            for one in statement.related
        ],
        claims=list(dict.fromkeys(one.claim for one in statement.retellings)),
        corrected=all(one.claim in claims and claims[one.claim].corrected for one in statement.retellings),
    )


def _first_words(holdings: Holdings, statement: str) -> str:
    found = holdings.statements.get(statement)
    return found.retellings[0].evidence[0].exact if found else ""


def _sentence(retelling: Retelling, claims: dict[str, ClaimLine]) -> Evidence:
    claim = claims.get(retelling.claim)
    return claim.sentence if claim else retelling.evidence[0]


def _occasion(
    occasion: Occasion,
    told: dict[Member, Retelling],
    claims: dict[str, ClaimLine],
    holdings: Holdings,
    words: Words,
) -> ShownOccasion:
    prints = []
    for member in occasion.members:
        one = told[member]
        claim = claims.get(one.claim)
        prints.append(
            ShownPrinting(
                claim=one.claim,
                href=page_of(one.claim),
                quote=shown_quote(_sentence(one, claims), holdings, words, mark=_mark(one, claims)),
                standing=standing(one, claim, words),
                origin=shown_name(one.origin, holdings),
                chain=shown_chain(claim.chain, holdings) if claim else [],
                corrected=speaker_mark(claim, holdings, words) if claim else "",
            )
        )
    return ShownOccasion(occasion_words(occasion, words), prints)


def _mark(retelling: Retelling, claims: dict[str, ClaimLine]) -> Span | None:
    """The words of a print within its sentence, where they are not all of it."""
    claim = claims.get(retelling.claim)
    whole = hull([one.span for one in retelling.evidence])
    return whole if claim and claim.sentence.span.contains(whole) and claim.sentence.span != whole else None
