"""A checked draft as a file to hand on: what was found, on what it rests, and who ticked what off when."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files

import docx
from docx.document import Document
from docx.shared import Pt, RGBColor

from quellenlage.views.dossier.html import Html, el, join
from quellenlage.views.dossier.markdown import plain
from quellenlage.views.locale import Words
from quellenlage.views.web.shown.draft_told import BAD, GOOD, ShownCited, ShownDraft, ShownFinding, ShownSentence
from quellenlage.views.wording.drafts import difference_words

Say = Callable[[str], str]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_COLOURS = {BAD: RGBColor(0xB0, 0x10, 0x2B), GOOD: RGBColor(0x2B, 0x6E, 0x3F)}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What a file of a checked draft says: its heading, facts as (label, value), the sentences, a note at the end."""

    title: str
    facts: list[tuple[str, str]]
    shown: ShownDraft
    note: str
    words: Words
    say: Say


def html_file(checked: CheckedFile) -> bytes:
    """One page without anything from elsewhere."""
    facts = [join(el("dt", label), el("dd", value)) for label, value in checked.facts]
    body = el(
        "body",
        el("h1", checked.title),
        el("dl", *facts),
        *(_html_sentence(one, checked) for one in checked.shown.sentences),
        el("p", checked.note, class_="small"),
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", checked.title),
        el("style", Html(files(__package__).joinpath("draft_file.css").read_text(encoding="utf-8"))),
    )
    page = el("html", head, body, lang=checked.words.lang)
    return f"<!doctype html>\n{page}\n".encode("utf-8", "replace")


def _html_sentence(one: ShownSentence, checked: CheckedFile) -> Html:
    text = [el("mark", piece) if marked else piece for piece, marked in one.pieces]
    left = el("div", el("p", *text, class_="text"), el("p", _tick(one, checked.say), class_="tick"))
    right = el("div", *(_html_finding(found) for found in one.findings))
    return el("article", el("b", one.number), left, right, class_="ticked" if one.tick else None)


def _html_finding(found: ShownFinding) -> Html:
    tags = {"draft": "del", "archive": "ins"}
    difference = [
        join(el(tags[word.side], word.text) if word.side in tags else word.text, " ") for word in found.difference
    ]
    return join(
        el(
            "p", found.told, el("span", f" · {found.borne}", class_="small") if found.borne else None, class_=_of(found)
        ),
        el("p", *difference) if difference else None,
        el("p", "; ".join(found.reasons), class_="small") if found.reasons else None,
        *(_html_cited(cited) for cited in (*found.first, *found.more)),
    )


def _of(found: ShownFinding) -> str:
    return f"told {found.tone}"


def _html_cited(cited: ShownCited) -> Html:
    quote = cited.quote
    marked = el("mark", quote.marked) if quote.marked else None
    return el(
        "blockquote",
        join(quote.left, quote.opening, quote.head, marked, quote.tail, quote.closing, quote.right),
        el("cite", source_words(cited)),
    )


def source_words(cited: ShownCited) -> str:
    """Outlet, day and headline of a sentence of the archive."""
    quote = cited.quote
    told = f"{quote.label}, {quote.published}"
    return f"{told}: {quote.headline}" if quote.headline else told


def markdown_file(checked: CheckedFile) -> bytes:
    """Plain text with marks, for an editor's desk or a wiki."""
    return ("\n".join(_markdown(checked)).rstrip("\n") + "\n").encode("utf-8", "replace")


def _markdown(checked: CheckedFile) -> Iterator[str]:
    yield f"# {_line(checked.title)}"
    yield ""
    yield from (f"- {_line(label)}: {_line(value)}" for label, value in checked.facts)
    for one in checked.shown.sentences:
        yield from ("", f"## {one.number}. {_line(one.told)}", "", _line(one.text), "")
        yield f"*{_line(_tick(one, checked.say))}*"
        for found in one.findings:
            yield from ("", f"**{_line(found.told)}**" + (f" · {_line(found.borne)}" if found.borne else ""))
            if found.difference:
                yield from ("", plain(checked.words("draft.difference", words=difference_words(found.difference))))
            if found.reasons:
                yield from ("", _line("; ".join(found.reasons)))
            for cited in (*found.first, *found.more):
                yield from ("", f"> {_line(_quoted(cited))}  ", f"> {_line(source_words(cited))}")
    yield from ("", _line(checked.note))


def _line(text: str) -> str:
    return plain(" ".join(text.split()))


def _quoted(cited: ShownCited) -> str:
    quote = cited.quote
    words = f"{quote.opening}{quote.head}{quote.marked}{quote.tail}{quote.closing}"
    return " ".join(part for part in (quote.left, words, quote.right) if part)


def docx_file(checked: CheckedFile) -> bytes:
    """A Word document: the sentences in a table, what was found beside each."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(10)
    document.core_properties.title = _clean(checked.title)[:255]
    document.core_properties.author = "Quellenlage"
    document.add_heading(_clean(checked.title), 1)
    for label, value in checked.facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        line.add_run(f"{_clean(label)}: ").bold = True
        line.add_run(_clean(value))
    document.add_paragraph()
    _table(document, checked)
    document.add_paragraph(_clean(checked.note))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _table(document: Document, checked: CheckedFile) -> None:
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for one in checked.shown.sentences:
        left, right = table.add_row().cells
        text = left.paragraphs[0]
        text.add_run(f"{one.number}  ").bold = True
        for piece, marked in one.pieces:
            run = text.add_run(_clean(piece))
            run.underline, run.font.strike = marked, one.tick is not None
        left.add_paragraph().add_run(_clean(_tick(one, checked.say))).italic = True
        for number, found in enumerate(one.findings):
            told = right.add_paragraph() if number else right.paragraphs[0]
            run = told.add_run(_clean(found.told))
            run.bold = True
            if found.tone in _COLOURS:
                run.font.color.rgb = _COLOURS[found.tone]
            told.add_run(f" · {_clean(found.borne)}" if found.borne else "")
            if found.difference:
                right.add_paragraph(_clean(checked.words("draft.difference", words=difference_words(found.difference))))
            if found.reasons:
                right.add_paragraph(_clean("; ".join(found.reasons)))
            for cited in (*found.first, *found.more):
                right.add_paragraph(_clean(_quoted(cited)))
                right.add_paragraph().add_run(_clean(source_words(cited))).italic = True


def _clean(text: str) -> str:
    """Without what no XML may contain."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _tick(one: ShownSentence, say: Say) -> str:
    if one.tick is None:
        return say("Not ticked off")
    return say("Ticked off by %(who)s, %(when)s") % {"who": one.tick.author, "when": one.ticked_at}


@dataclass(frozen=True, slots=True)
class FileForm:
    """A format of the checked draft."""

    name: str
    media_type: str
    make: Callable[[CheckedFile], bytes]


FORMS: dict[str, FileForm] = {
    "docx": FileForm("Word", _WORD, docx_file),
    "html": FileForm("HTML", "text/html; charset=utf-8", html_file),
    "md": FileForm("Markdown", "text/markdown; charset=utf-8", markdown_file),
}
