"""A report as Markdown, as an e-mail, and as records for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from quellenlage.execution.watching.letters import Part
from quellenlage.model import seen
from quellenlage.views.cli.failures import printable
from quellenlage.views.locale import Words
from quellenlage.views.records import Record, encoded
from quellenlage.views.watching.report import TITLES, TROUBLES, Report, Source, Told

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>#|"})


def clean(text: str) -> str:
    """Text on one line, without what could move a cursor or end a header."""
    return printable(" ".join(seen(text).split()))


def counted(report: Report, words: Words) -> str:
    """How much came in: "3 new articles, 1 new version"."""
    parts = [words.count("watch.added", report.added), words.count("watch.revised", report.revised)]
    told = ", ".join(part for part, n in zip(parts, (report.added, report.revised), strict=True) if n)
    return told or words("watch.no_articles")


def markdown(report: Report, words: Words) -> str:
    """A section for a file: changes with their sentences and where these stand."""
    return "".join(part.text for part in markdown_parts(report, words))


def markdown_parts(report: Report, words: Words) -> list[Part]:
    """The same, each change apart."""
    parts = [Part(f"## {words('watch.title', at=report.at)}\n\n{counted(report, words)}.\n")]
    for kind, listed in _by_kind(report):
        parts.append(Part(f"\n### {words(TITLES[kind])}\n\n", heading=True))
        for told in listed:
            lines = [f"- **{_escaped(told.line)}**", *(f"  - {_escaped(note)}" for note in told.notes)]
            lines += [f"  - {_source(source, quoted=told.kind != 'correction')}" for source in told.sources]
            parts.append(_part(lines, told, told.quoted))
    return [*parts, *(Part(f"\n{_escaped(text)}\n", stands=True) for text in _closing(report, words)), Part("\n")]


def _part(lines: Sequence[str], told: Told, quoted: tuple[str, ...] = ()) -> Part:
    return Part("".join(f"{line}\n" for line in lines), told.articles, quoted)


def _source(source: Source, *, quoted: bool) -> str:
    where = ", ".join(_escaped(part) for part in (source.label, source.headline) if part)
    where += f" <{source.url}>" if source.url and not any(c in source.url for c in "<> ") else ""
    return f"{_escaped(source.quote)} ({where})" if quoted and source.quote else where


def _escaped(text: str) -> str:
    return clean(text).translate(_SPECIAL)


def mail_text(report: Report, words: Words) -> tuple[str, str]:
    """Subject and text of an e-mail: headings and lines with citations, no sentence of an article."""
    subject, parts = mail_parts(report, words)
    return subject, "".join(part.text for part in parts)


def mail_parts(report: Report, words: Words) -> tuple[str, list[Part]]:
    """The same, each change apart."""
    parts = [Part(f"{counted(report, words)}.\n")]
    for kind, listed in _by_kind(report):
        parts.append(Part(f"\n{words(TITLES[kind])}\n\n", heading=True))
        for told in listed:
            cited = (clean(", ".join(filter(None, (s.label, s.headline, s.url)))) for s in told.sources)
            parts.append(_part([f"- {clean(told.line)}", *(f"    {one}" for one in cited)], told))
    parts += [Part(f"\n{clean(text)}\n", stands=True) for text in _closing(report, words)]
    changes = len(report.told or ())
    subject = words("watch.subject", counted=counted(report, words), changes=words.count("watch.changes", changes))
    return clean(subject), parts


def record_parts(report: Report) -> list[Part]:
    """The records of a report as JSON, each apart."""
    told = dict(enumerate(report.told or (), 1))
    parts = []
    for number, record in enumerate(records(report)):
        one = told.get(number)
        rests = (one.articles, one.quoted) if one else ((), ())
        parts.append(Part(encoded(record).decode(), *rests, stands=number > 0 and one is None))
    return parts


def records(report: Report) -> Iterator[Record]:
    """The report and each change as records; feeds that failed among them."""
    counts = {"added": report.added, "revised": report.revised, "unread": report.unread}
    changes = None if report.told is None else len(report.told)
    yield {"record": "report", "report": report.id, "at": report.at, "since": report.since or None, **counts,
           "changes": changes}  # fmt: skip
    for told in report.told or ():
        notes = {"notes": list(told.notes), "sources": [_source_record(one) for one in told.sources]}
        yield {**told.record, "report": report.id, **notes}
    for trouble in report.troubles:
        message = trouble.error.message
        yield {"record": "feed", "report": report.id, "url": trouble.url, "kind": trouble.kind, "message": message}


def _source_record(source: Source) -> Record:
    return {"citation": source.label, "headline": source.headline or None, "url": source.url or None}


def _by_kind(report: Report) -> Iterator[tuple[str, list[Told]]]:
    for kind, listed in groupby(report.told or (), key=lambda told: told.kind):
        yield kind, list(listed)


def _closing(report: Report, words: Words) -> Iterator[str]:
    """What is to say at the end: too much to tell, articles that could not be read, feeds that failed."""
    if report.told is None:
        yield words("watch.too_many", day=report.at[:10])
    if report.unread:
        yield words.count("watch.unread", report.unread)
    for trouble in report.troubles:
        yield words(TROUBLES[trouble.kind], url=trouble.url, reason=words.phrase(trouble.error.said))
