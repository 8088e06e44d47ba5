"""Statements, occasions and changes of position in words, shared by the terminal and the pages."""

from __future__ import annotations

from quellenlage.model import Evidentiality, Occasion, Polarity, Retelling, Statement
from quellenlage.views.holdings import ClaimLine, Holdings
from quellenlage.views.locale import Words
from quellenlage.views.wording.dates import date_words
from quellenlage.views.wording.quoting import marks_around, quoted


def counted_words(statement: Statement, holdings: Holdings, words: Words) -> str:
    """How often said and printed: "einmal gesagt, 11-mal gedruckt", "bei drei Gelegenheiten wiederholt, ..."."""
    occasions = len(statement.occasions)
    said = words.count("statement.said", occasions, counted=words.code("cardinal", str(occasions)))
    return f"{said}, {words.count('statement.printed', holdings.printed(statement))}"


def occasion_words(occasion: Occasion, words: Words) -> str:
    """When it was said, or first printed: "gesagt 4. Mai 2021", "gedruckt 5. Mai 2021", "undatiert"."""
    if occasion.dated_by is None:
        return words("date.undated")
    key = "statement.by_said" if occasion.dated_by == "said" else "statement.by_printed"
    return words(key, when=date_words(occasion.interval, words))


def firmness(evidentiality: Evidentiality, polarity: Polarity, words: Words) -> list[str]:
    """How firmly it is said and, where it is not simply affirmed, that it is denied or left open."""
    firmly = [words.code("evidentiality", evidentiality.value)]
    return firmly if polarity is Polarity.AFFIRMED else [*firmly, words.code("polarity", polarity.value)]


def standing(retelling: Retelling, claim: ClaimLine | None, words: Words) -> list[str]:
    """How a telling stands, everywhere in the same words: as the claim was read, else as the telling itself was."""
    polarity = claim.polarity if claim else retelling.stance
    return firmness(claim.evidentiality if claim else retelling.evidentiality, polarity, words)


def circumstances(claim: ClaimLine, holdings: Holdings, words: Words) -> list[str]:
    """To whom, by which way and when something was said, as far as the article tells."""
    parts = []
    if claim.told:
        parts.append(words("claims.told", who=words("list.and").join(holdings.names(claim.told))))
    if claim.channel:
        parts.append(words.code("channel", claim.channel.value))
    if claim.said and claim.said.interval:
        parts.append(words("statement.by_said", when=date_words(claim.said.interval, words)))
    return parts


def around_words(claim: ClaimLine, words: Words) -> str:
    """The sentence around a claim, where it is more than the claim: an exact slice in quotation marks."""
    if any(e.span.contains(claim.sentence.span) for e in claim.evidence):
        return ""
    cut = quoted(claim.sentence, keep=claim.evidence[0].span)
    opening, closing = marks_around(cut, words)
    left = words("quote.ellipsis") + " " if cut.before else ""
    right = " " + words("quote.ellipsis") if cut.after else ""
    return words("claims.sentence", sentence=f"{left}{opening}{cut.exact}{closing}{right}")
