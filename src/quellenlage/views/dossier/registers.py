"""Claims, persons and sources on the page: the registers behind the chronicle."""

from __future__ import annotations

from quellenlage.model import Origin, Reuse
from quellenlage.views.dossier.contents import Dossier
from quellenlage.views.dossier.html import Html, el
from quellenlage.views.dossier.paper.model import OfficeTold, PersonTold
from quellenlage.views.dossier.paper.registers import by_speaker
from quellenlage.views.dossier.paper.registers import people as people_told
from quellenlage.views.dossier.quotes import chain_trail, published, quotation, source_line
from quellenlage.views.holdings import ClaimLine
from quellenlage.views.wording.corrections import speaker_mark
from quellenlage.views.wording.lines import origin_counts
from quellenlage.views.wording.quoting import marks_around, quoted, without_marks
from quellenlage.views.wording.statements import counted_words, firmness


def claims(dossier: Dossier) -> Html:
    """The section with all claims, grouped by the one whose words they are."""
    words = dossier.words
    blocks = [
        el(
            "details",
            el("summary", el("span", who, class_="name"), " ", el("span", words.count("count.claims", len(told)))),
            el("ul", *[_claim(claim, dossier) for claim in told]),
            class_="speaker",
        )
        for who, told in by_speaker(dossier)
    ]
    intro = words("dossier.claims_intro" if blocks else "dossier.no_claims")
    return el("section", el("h2", words("dossier.claims")), el("p", intro, class_="intro"), *blocks, id="claims")


def _claim(claim: ClaimLine, dossier: Dossier) -> Html:
    words = dossier.words
    firmly = firmness(claim.evidentiality, claim.polarity, words)
    statement = dossier.holdings.statement_of.get(claim.key)
    if statement and len(statement.retellings) > 1:
        firmly.append(counted_words(statement, dossier.holdings, words))
    if mark := speaker_mark(claim, dossier.holdings, words):
        firmly.append(mark)
    parts: list[Html | str] = []
    for evidence in claim.evidence:
        cut = quoted(evidence)
        direct = claim.form == "direct"
        cut = without_marks(cut) if direct else cut
        opening, closing = marks_around(cut, words) if direct else ("", "")
        if not direct and not parts:
            parts.append(el("span", f"{words(f'quote.{claim.form}')}: ", class_="firmly"))
        exact = el(
            "span",
            cut.exact,
            class_="exact",
            data_article=evidence.article,
            data_start=cut.start,
            data_end=cut.end,
            lang="de",
            dir="auto",
        )
        parts += [opening, exact, closing, f" {words('quote.ellipsis')} " if cut.after else " "]
    return el(
        "li",
        el("p", *parts, el("span", ", ".join(firmly), class_="firmly")),
        chain_trail(claim.chain, dossier, claimed=True, unresolved=claim.unresolved),
        el(
            "details",
            el("summary", words("dossier.in_sentence")),
            quotation(claim.sentence, dossier, context=True),
            source_line(claim.sentence, dossier),
        ),
        class_=f"claim {claim.evidentiality.value}",
    )


def people(dossier: Dossier) -> Html:
    """The section with everybody of a name who takes part or is heard, by kind."""
    words = dossier.words
    groups = [
        el("section", el("h3", kind.title), *[_person(e, dossier) for e in kind.entities], class_="kind-group")
        for kind in people_told(dossier)
    ]
    intro = el("p", words("dossier.people_intro"), class_="intro")
    return el("section", el("h2", words("dossier.people")), intro, el("div", *groups, class_="index"), id="people")


def _person(told: PersonTold, dossier: Dossier) -> Html:
    words = dossier.words
    rows: list[Html] = []
    if told.spellings:
        rows.append(_row(words("entity.spellings"), told.spellings))
    if told.offices:
        rows.append(_row(words("entity.offices"), el("ul", *map(_office, told.offices), class_="offices")))
    if told.perhaps:
        items = [el("li", other.name, " ", el("small", other.why)) for other in told.perhaps]
        rows.append(_row(told.perhaps_label, el("ul", *items, class_="offices")))
    if told.lines:
        links = [[el("a", str(n), href=f"#e-{n}"), " "] for n in told.lines]
        rows.append(_row(words("dossier.lines"), el("span", *links, class_="numbers")))
    if told.claims:
        rows.append(_row(words("entity.claims"), words.number(told.claims)))
    office = el("span", told.office, class_="office") if told.office else None
    count = len(told.lines)
    total = el("span", str(count), class_="total", title=words.count("count.events", count)) if count else None
    return el("details", el("summary", el("span", told.name, class_="name"), " ", office, total), el("dl", *rows))


def _office(told: OfficeTold) -> Html:
    return el("li", el("span", told.when, class_="held"), " ", told.text, " ", el("small", told.source))


def _row(label: str, value: Html | str) -> Html:
    return el("div", el("dt", label), el("dd", value))


def sources(dossier: Dossier) -> Html:
    """The section with origins, what rests on them, and who repeats whom."""
    words = dossier.words
    ordered = sorted(dossier.origins, key=lambda o: (-len(o.articles), o.name.casefold()))
    most = max((len(o.articles) for o in ordered), default=1)
    blocks = [_origin(origin, most, dossier) for origin in ordered]
    reuse = None
    if dossier.reuses:
        rows = [_reuse(r, dossier) for r in dossier.reuses]
        reuse = el("details", el("summary", words("sources.reuse")), el("ul", *rows, class_="reuse"), class_="repeats")
    intro = el("p", words("dossier.sources_intro"), class_="intro")
    body = el("div", *blocks, class_="origins")
    return el("section", el("h2", words("dossier.sources")), intro, body, reuse, id="sources")


def _origin(origin: Origin, most: int, dossier: Dossier) -> Html:
    words = dossier.words
    own = len(origin.articles) - len(origin.reprints)
    squares = [
        el("rect", x=n * 9, y=0, width=7, height=7, class_="own" if n < own else "copy")
        for n in range(len(origin.articles))
    ]
    bar = el(
        "svg",
        *squares,
        view_box=f"0 0 {most * 9} 7",
        class_="bar",
        aria_hidden="true",
        preserve_aspect_ratio="xMinYMid meet",
    )
    told = origin_counts(origin, words)
    items = []
    for article in origin.articles:
        citation = dossier.holdings.cite(article)
        mark = el("span", words("reuse.reprint"), class_="badge") if article in origin.reprints else None
        headline = [": ", el("span", citation.headline, lang="de")] if citation.headline else None
        items.append(el("li", el("cite", citation.label), ", ", published(citation, dossier), headline, " ", mark))
    return el(
        "details",
        el(
            "summary",
            el("span", origin.name, class_="name"),
            " ",
            el("span", words.code("origin", origin.kind.value), class_="office"),
            bar,
            el("span", told, class_="told"),
        ),
        el("ul", *items),
        class_="origin",
    )


def _reuse(reuse: Reuse, dossier: Dossier) -> Html:
    words, holdings = dossier.words, dossier.holdings
    later, earlier = holdings.cite(reuse.article), holdings.cite(reuse.earlier)
    percent = words("sources.share", percent=words.number(round(100 * reuse.similarity)))
    return el(
        "li",
        el("cite", later.label),
        ", ",
        published(later, dossier),
        " ← ",
        el("cite", earlier.label),
        ", ",
        published(earlier, dossier),
        el("span", f" {words.code('reuse', reuse.kind)}, {percent}", class_="office"),
    )
