"""The body of the Word document, section by section, and its footnotes in the order in which they are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from quellenlage.views.dossier.docx import markup as w
from quellenlage.views.dossier.paper.model import (
    ClaimTold,
    ConflictTold,
    LineTold,
    Note,
    OriginTold,
    Paper,
    PersonTold,
    SideTold,
)

_CHRONICLE = (520, 1850, w.TEXT_WIDTH - 520 - 1850)


@dataclass(frozen=True, slots=True)
class Written:
    """Markup of the body and of each footnote."""

    body: str
    footnotes: list[str]


@dataclass(slots=True)
class _Writer:
    """One pass over a paper; footnotes and bookmarks are numbered as they come."""

    paper: Paper
    footnotes: list[str] = field(default_factory=list)
    bookmarks: int = 0

    def note(self, note: Note) -> str:
        number = len(self.footnotes) + 1
        self.footnotes.append(w.footnote(number, note))
        return w.footnote_mark(number)

    def marked(self, name: str, *runs: str) -> str:
        """Runs with a bookmark around them."""
        self.bookmarks += 1
        number = self.bookmarks
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{"".join(runs)}<w:bookmarkEnd w:id="{number}"/>'


def written(paper: Paper) -> Written:
    """Write the body of a paper."""
    writer = _Writer(paper)
    return Written("".join(_body(writer)), writer.footnotes)


def _body(writer: _Writer) -> Iterator[str]:
    paper, labels = writer.paper, writer.paper.labels
    yield w.paragraph("Kicker", w.run(f"Quellenlage · {labels['kicker']}"))
    yield w.paragraph("Title", w.run(paper.title))
    yield w.paragraph("Subtitle", w.run(paper.standfirst))
    yield w.paragraph("Counts", w.run(" · ".join(paper.counts)))
    if len(paper.sections) > 1:
        yield from _contents(paper)
    made = {
        "chronicle": _chronicle,
        "conflicts": _conflicts,
        "claims": _claims,
        "people": _people,
        "sources": _sources,
        "reading": _reading,
    }
    for name in paper.sections:
        yield w.paragraph("Heading1", writer.marked(f"_Toc_{name}", w.run(labels[name])))
        yield from made[name](writer)
    yield w.paragraph("Counts", w.run(labels["made_with"]))


def _contents(paper: Paper) -> Iterator[str]:
    """A table of contents that Word can bring up to date, with its entries as they are now."""
    yield w.paragraph("TOCHeading", w.run(paper.labels["contents"]))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    for number, name in enumerate(paper.sections):
        last = number == len(paper.sections) - 1
        entry = w.linked(f"_Toc_{name}", w.run(paper.labels[name]))
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if last else ""
        yield w.paragraph("TOC1", begin if number == 0 else "", entry, end)


def _chronicle(writer: _Writer) -> Iterator[str]:
    labels = writer.paper.labels
    if not writer.paper.chronicle:
        yield w.paragraph("Normal", w.run(labels["nothing"]))
    titles = ("\N{CHECK MARK}", labels["when"], labels["what"])
    head = w.row(
        ((width, w.paragraph("TableHead", w.run(title))) for width, title in zip(_CHRONICLE, titles, strict=True)),
        head=True,
    )
    for year in writer.paper.chronicle:
        yield w.paragraph("Heading2", w.run(year.title))
        yield w.table("Chronicle", _CHRONICLE, [head, *(_line(line, writer) for line in year.lines)])


def _line(line: LineTold, writer: _Writer) -> str:
    labels = writer.paper.labels
    box = w.paragraph("Cell", w.tick_box(line.number, f"{labels['checked']}: {line.number}"))
    when = w.paragraph("Cell", w.run(line.when, "Strong")) + w.paragraph(
        "Small", w.run(f"{line.number} · {line.kind}", "Quiet")
    )
    what = "".join(_told(line, writer))
    return w.row(zip(_CHRONICLE, (box, when, what), strict=True))


def _told(line: LineTold, writer: _Writer) -> Iterator[str]:
    labels = writer.paper.labels
    mark = w.run(f" ({line.mark})", "Mark") if line.mark else ""
    text = writer.marked(f"line_{line.number}", w.run(line.text, "" if line.quote is None else "Strong"))
    if line.quote is None:
        yield w.paragraph("Cell", text, mark, writer.note(line.note))
    else:
        yield w.paragraph("Cell", text, mark)
        yield w.paragraph("Quote", w.quote_runs(line.quote), writer.note(line.note))
    yield w.paragraph("Small", w.run(" · ".join([line.chain, line.borne, *line.figures]), "Quiet"))
    for warning in line.warnings:
        yield w.paragraph("Small", w.run(warning, "Mark"))
    for number, conflict in line.conflicts:
        told = w.run(f"{labels['conflict']}: {conflict}", "Mark")
        yield w.paragraph("Small", w.linked(f"conflict_{number}", told) if number else told)
    if line.also:
        runs = [w.run(f"{labels['also']}: ", "Quiet")]
        for number, one in enumerate(line.also):
            runs.append(w.run(("; " if number else "") + f"{one.source}, {one.chain}", "Quiet") + writer.note(one.note))
        yield w.paragraph("Small", *runs)
    if line.reprints:
        yield w.paragraph("Small", w.run(f"{labels['reprinted']}: {'; '.join(line.reprints)}", "Quiet"))


def _conflicts(writer: _Writer) -> Iterator[str]:
    labels = writer.paper.labels
    yield w.paragraph("Intro", w.run(labels["conflicts_intro" if writer.paper.conflicts else "no_conflicts"]))
    for conflict in writer.paper.conflicts:
        yield from _conflict(conflict, writer)


def _conflict(conflict: ConflictTold, writer: _Writer) -> Iterator[str]:
    """The sides beside each other, three in a row at most."""
    title = w.run(f"{conflict.number}. {conflict.title}")
    yield w.paragraph("Heading2", writer.marked(f"conflict_{conflict.number}", title))
    if conflict.about:
        number = f" {conflict.line}" if conflict.line else ""
        told = w.run(f"{writer.paper.labels['about_event']}{number}: {conflict.about}", "Quiet")
        yield w.paragraph("Small", w.linked(f"line_{conflict.line}", told) if conflict.line else told)
    across = conflict.across
    width = w.TEXT_WIDTH // across
    rows = []
    for sides in conflict.rows:
        cells = [(width, _side(side, writer)) for side in sides]
        cells += [(width, w.paragraph("Cell"))] * (across - len(cells))
        rows.append(w.row(cells))
    yield w.table("Sides", [width] * across, rows)


def _side(side: SideTold, writer: _Writer) -> str:
    return (
        w.paragraph("Cell", w.run(side.value, "Strong"))
        + w.paragraph("Quote", w.quote_runs(side.quote), writer.note(side.note))
        + w.paragraph("Small", w.run(side.chain, "Quiet"))
    )


def _claims(writer: _Writer) -> Iterator[str]:
    labels = writer.paper.labels
    yield w.paragraph("Intro", w.run(labels["claims_intro" if writer.paper.claims else "no_claims"]))
    for speaker in writer.paper.claims:
        yield w.paragraph("Heading2", w.run(speaker.name))
        for claim in speaker.claims:
            yield from _claim(claim, writer)


def _claim(claim: ClaimTold, writer: _Writer) -> Iterator[str]:
    label = w.run(f"{claim.label}: ", "Quiet") if claim.label else ""
    said = w.run(claim.text, "ArticleWords" if claim.direct else "Indirect")
    yield w.paragraph("Claim", label, said, writer.note(claim.note))
    yield w.paragraph("ClaimChain", w.run(f"{claim.chain} · {claim.firmness}", "Quiet"))


def _people(writer: _Writer) -> Iterator[str]:
    yield w.paragraph("Intro", w.run(writer.paper.labels["people_intro"]))
    for kind in writer.paper.people:
        yield w.paragraph("Heading2", w.run(kind.title))
        for one in kind.entities:
            yield from _person(one, writer)


def _person(one: PersonTold, writer: _Writer) -> Iterator[str]:
    labels = writer.paper.labels
    yield w.paragraph("Name", w.run(one.name, "Strong"), w.run(f", {one.office}" if one.office else "", "Quiet"))
    if one.spellings:
        yield _row(labels["spellings"], w.run(one.spellings))
    for number, office in enumerate(one.offices):
        when = w.run(f"{office.when}  " if office.when else "", "Quiet")
        yield _row("" if number else labels["offices"], when, w.run(office.text), w.run(f" ({office.source})", "Quiet"))
    for number, other in enumerate(one.perhaps):
        yield _row("" if number else one.perhaps_label, w.run(f"{other.name} ({other.why})"))
    if one.lines:
        has = "chronicle" in writer.paper.sections
        told = [w.linked(f"line_{n}", w.run(str(n))) if has else w.run(str(n)) for n in one.lines]
        yield _row(labels["lines"], w.run(", ").join(told))
    if one.claims:
        yield _row(labels["heard"], w.run(str(one.claims)))


def _row(label: str, *runs: str) -> str:
    """A label and what stands for it, a tab between."""
    return w.paragraph("Row", w.run(label, "Quiet"), "<w:r><w:tab/></w:r>", *runs)


def _sources(writer: _Writer) -> Iterator[str]:
    labels = writer.paper.labels
    yield w.paragraph("Intro", w.run(labels["sources_intro"]))
    for origin in writer.paper.origins:
        yield from _origin(origin, writer)
    if writer.paper.rests:
        yield w.paragraph("Heading2", w.run(labels["rests"]))
    for rest in writer.paper.rests:
        yield w.paragraph("ListBullet", w.run(f"{rest.later} ← {rest.earlier}"), w.run(f" ({rest.told})", "Quiet"))


def _origin(origin: OriginTold, writer: _Writer) -> Iterator[str]:
    yield w.paragraph("Name", w.run(origin.name, "Strong"), w.run(f" ({origin.kind}) · {origin.count}", "Quiet"))
    for source, headline, mark in origin.articles:
        told = w.run(": ") + w.run(headline, "Headline") if headline else ""
        yield w.paragraph("ListBullet", w.run(source), told, w.run(f" · {mark}" if mark else "", "Mark"))
    if origin.relayed:
        relayed = f"{writer.paper.labels['relayed']}: {'; '.join(origin.relayed)}"
        yield w.paragraph("ClaimChain", w.run(relayed, "Quiet"))


def _reading(writer: _Writer) -> Iterator[str]:
    yield w.paragraph("Normal", w.run(writer.paper.labels["reading_text"]))
