"""The dossier as Markdown with footnotes, for an editor's desk or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quellenlage.views.dossier.contents import Dossier
from quellenlage.views.dossier.paper import Note, Paper, Quote, make_paper
from quellenlage.views.dossier.paper.model import ClaimTold, ConflictTold, LineTold, OriginTold, PersonTold

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&^])")
_LEADING = re.compile(r"^(\d+)([.)])(?=\s|$)|^([-+=])")


def plain(text: str) -> str:
    """Text that Markdown shows as it stands, also at the beginning of a line."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _LEADING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def render_markdown(dossier: Dossier) -> str:
    """The dossier as one Markdown text."""
    return "\n".join(_Writer(make_paper(dossier)).lines()).rstrip("\n") + "\n"


class _Writer:
    """One pass over a paper; notes are numbered as they are called and stand at the end."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.notes: list[Note] = []

    def lines(self) -> Iterator[str]:
        paper, labels = self.paper, self.paper.labels
        yield f"# {plain(paper.title)}"
        yield from ("", plain(paper.standfirst), "", plain(" · ".join(paper.counts)))
        made = {
            "chronicle": self._chronicle,
            "conflicts": self._conflicts,
            "claims": self._claims,
            "people": self._people,
            "sources": self._sources,
            "reading": self._reading,
        }
        for name in paper.sections:
            yield from ("", f"## {plain(labels[name])}")
            yield from made[name]()
        yield from ("", f"*{plain(labels['made_with'])}*")
        for number, one in enumerate(self.notes, 1):
            yield from ("", f"[^{number}]: {self._note(one)}")

    def _mark(self, note: Note) -> str:
        self.notes.append(note)
        return f"[^{len(self.notes)}]"

    @staticmethod
    def _note(note: Note) -> str:
        headline = f": *{plain(note.headline)}*" if note.headline else ""
        quote = f" {plain(note.quote.text)}" if note.quote else ""
        return f"{plain(note.source)}{headline}.{quote} ({plain(note.place)})"

    def _quotation(self, quote: Quote, mark: str, indent: str = "") -> Iterator[str]:
        yield from ("", f"{indent}> {plain(quote.text)}{mark}")

    def _chronicle(self) -> Iterator[str]:
        if not self.paper.chronicle:
            yield from ("", self.paper.labels["nothing"])
        for year in self.paper.chronicle:
            yield from ("", f"### {plain(year.title)}", "")
            for line in year.lines:
                yield from self._line(line)

    def _line(self, line: LineTold) -> Iterator[str]:
        labels = self.paper.labels
        mark = f" *({plain(line.mark)})*" if line.mark else ""
        called = self._mark(line.note)
        head = f"**{plain(line.when)}** · {plain(line.text)}{mark}"
        if line.quote is None:
            yield f"- [ ] {head}{called}"
        else:
            yield f"- [ ] {head}"
            yield from self._quotation(line.quote, called, "  ")
        yield from ("", "  " + plain(" · ".join([line.chain, line.borne, *line.figures])))
        for warning in line.warnings:
            yield from ("", f"  **{plain(warning)}**")
        for _, conflict in line.conflicts:
            yield from ("", f"  **{plain(labels['conflict'])}:** {plain(conflict)}")
        if line.also:
            told = "; ".join(f"{plain(a.source)}, {plain(a.chain)}{self._mark(a.note)}" for a in line.also)
            yield from ("", f"  {plain(labels['also'])}: {told}")
        if line.reprints:
            yield from ("", f"  {plain(labels['reprinted'])}: {plain('; '.join(line.reprints))}")
        yield ""

    def _conflicts(self) -> Iterator[str]:
        labels = self.paper.labels
        yield from ("", plain(labels["conflicts_intro" if self.paper.conflicts else "no_conflicts"]))
        for conflict in self.paper.conflicts:
            yield from self._conflict(conflict)

    def _conflict(self, conflict: ConflictTold) -> Iterator[str]:
        """The sides beside each other in tables, each of one row."""
        yield from ("", f"### {plain(conflict.title)}")
        if conflict.about:
            yield from ("", plain(conflict.about))
        for sides in conflict.rows:
            cells = [f"{plain(s.quote.text)} {plain(s.chain)}{self._mark(s.note)}" for s in sides]
            yield from ("", "| " + " | ".join(plain(side.value) for side in sides) + " |")
            yield "|" + " --- |" * len(sides)
            yield "| " + " | ".join(cells) + " |"

    def _claims(self) -> Iterator[str]:
        labels = self.paper.labels
        yield from ("", plain(labels["claims_intro" if self.paper.claims else "no_claims"]))
        for speaker in self.paper.claims:
            yield from ("", f"### {plain(speaker.name)}", "")
            yield from (self._claim(claim) for claim in speaker.claims)

    def _claim(self, claim: ClaimTold) -> str:
        label = f"*{plain(claim.label)}:* " if claim.label else ""
        told = f"{plain(claim.text)}{self._mark(claim.note)} {plain(claim.chain)} ({plain(claim.firmness)})"
        return f"- {label}{told}"

    def _people(self) -> Iterator[str]:
        for kind in self.paper.people:
            yield from ("", f"### {plain(kind.title)}", "")
            for one in kind.entities:
                yield from self._person(one)

    def _person(self, one: PersonTold) -> Iterator[str]:
        labels = self.paper.labels
        yield f"- **{plain(one.name)}**" + (f", {plain(one.office)}" if one.office else "")
        if one.spellings:
            yield f"  - {plain(labels['spellings'])}: {plain(one.spellings)}"
        if one.offices:
            told = "; ".join(f"{o.when} {o.text} ({o.source})".strip() for o in one.offices)
            yield f"  - {plain(labels['offices'])}: {plain(told)}"
        yield from (f"  - {plain(one.perhaps_label)}: {plain(f'{o.name} ({o.why})')}" for o in one.perhaps)

    def _sources(self) -> Iterator[str]:
        labels = self.paper.labels
        yield from ("", plain(labels["sources_intro"]), "")
        for origin in self.paper.origins:
            yield from self._origin(origin)
        if self.paper.rests:
            yield from ("", f"### {plain(labels['rests'])}", "")
        for rest in self.paper.rests:
            yield f"- {plain(f'{rest.later} ← {rest.earlier} ({rest.told})')}"

    def _origin(self, origin: OriginTold) -> Iterator[str]:
        yield f"- **{plain(origin.name)}** ({plain(origin.kind)}): {plain(origin.count)}"
        for source, headline, mark in origin.articles:
            told = (f": {headline}" if headline else "") + (f" [{mark}]" if mark else "")
            yield f"  - {plain(source + told)}"
        if origin.relayed:
            yield f"  - {plain(self.paper.labels['relayed'])}: {plain('; '.join(origin.relayed))}"

    def _reading(self) -> Iterator[str]:
        yield from ("", plain(self.paper.labels["reading_text"]))
