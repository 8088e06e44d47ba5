"""The parts of the report itself: headline, lead, subheadings and body, told from their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quellenlage.article.captions import PHOTO_CREDITS
from quellenlage.article.units import is_prose, is_title_like
from quellenlage.model import MarkKind, ZoneKind

LOOSE = frozenset({"ticker-time", "residue-prefix"})
"""Prefixes that are zones of kind dateline but do not open the report as "Wien (APA) -" does."""
_KICKER = 45
_TITLE_WORDS = 3
_SUBTITLE_WORDS = 5
"""A title of fewer words is a kicker, and a shorter line below a title no subtitle."""
_SUBHEADING = 110
_LEAD = 700
_APART = frozenset({ZoneKind.BYLINE, ZoneKind.DATELINE, ZoneKind.CAPTION})


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of a unit before the order of the units is looked at; `kind` None means "part of the report"."""

    line: str
    length: int
    kind: ZoneKind | None
    rule: str
    bullet: bool
    dateline: bool
    ticker: bool
    marks: frozenset[MarkKind]
    is_title: bool

    @property
    def open(self) -> bool:
        """Whether it still has to be told what part of the report this is."""
        return self.kind is None

    @property
    def prose(self) -> bool:
        """Whether it is running text."""
        return self.length >= 180 or is_prose(self.line)

    @property
    def titled(self) -> bool:
        """Whether it may be a headline."""
        return self.length <= 200 and is_title_like(self.line) and not self.bullet and not self.dateline


def mark_report(labels: Sequence[Label]) -> list[tuple[ZoneKind, str]]:
    """Give every unit its kind and the rule that decided it.

    Order decides: titles at the top are headlines, what lies between them and a dateline, byline or picture is the
    lead, a short line without a full stop between paragraphs is a subheading, the rest is body.
    """
    result = [(label.kind or ZoneKind.BODY, label.rule or "paragraph") for label in labels]
    todo = [i for i, label in enumerate(labels) if label.open]
    head = _headlines(labels, todo)
    for i in head:
        result[i] = (ZoneKind.HEADLINE, _why_headline(labels[i]))
    subtitle = _subtitle(labels, sorted(head))
    if subtitle is not None:
        head.discard(subtitle)
        result[subtitle] = (ZoneKind.LEAD, "subtitle")
    rest = [i for i in todo if i not in head and i != subtitle]
    lead = _lead(labels, rest, bool(head))
    for i, rule in lead.items():
        result[i] = (ZoneKind.LEAD, rule)
    for position, i in enumerate(rest):
        if i not in lead and _is_subheading(labels, rest, position):
            result[i] = (ZoneKind.HEADLINE, "subheading")
    return result


def _why_headline(label: Label) -> str:
    if label.is_title:
        return "given-title"
    return "markup-heading" if label.marks & {MarkKind.TITLE, MarkKind.HEADING} else "first-line"


def _headlines(labels: Sequence[Label], todo: Sequence[int]) -> set[int]:
    """Titles at the top: by markup, by the given title, or the first short lines before the first sentence."""
    found: set[int] = set()
    for position, i in enumerate(todo):
        label = labels[i]
        if label.marks & {MarkKind.TITLE} or label.is_title:
            found.add(i)
            continue
        if label.marks & {MarkKind.HEADING} and label.titled and position < 3:
            found.add(i)
            continue
        following = [labels[j] for j in todo[position + 1 : position + 8]]
        kicker = label.length <= _KICKER and label.line.endswith(":") and bool(following) and following[0].titled
        if len(found) >= 3 or label.bullet or label.dateline or not (label.titled or kicker):
            break
        if any(MarkKind.TITLE in other.marks for other in following[:3]) and label.length > _KICKER:
            continue
        if not following or not any(other.length > label.length or other.prose for other in following):
            break
        if label.prose and not label.line.endswith(("!", "?")):
            break
        found.add(i)
    return found


def _subtitle(labels: Sequence[Label], head: Sequence[int]) -> int | None:
    """The line below a headline that says more at length, as printed papers set it.

    Without a masthead above or a byline below, the first of two titles may as well be the kicker of the second.
    """
    if len(head) < 2 or any(labels[i].marks or labels[i].is_title for i in head[-2:]):
        return None
    title, below = labels[head[-2]], labels[head[-1]]
    printed = any(label.rule.startswith("masthead-") for label in labels[: head[-2]])
    signed = any(label.kind is ZoneKind.BYLINE for label in labels[head[-1] + 1 : head[-1] + 2])
    longer = below.length > title.length and len(below.line.split()) >= _SUBTITLE_WORDS
    return head[-1] if (printed or signed) and longer and len(title.line.split()) >= _TITLE_WORDS else None


def _lead(labels: Sequence[Label], rest: Sequence[int], has_headline: bool) -> dict[int, str]:
    """Units between headline and body, with the rule for each."""
    found: dict[int, str] = {}
    for i in rest:
        if MarkKind.LEAD in labels[i].marks:
            found[i] = "markup-lead"
    opening = next((p for p, i in enumerate(rest[:6]) if labels[i].dateline), None)
    if opening:
        for i in rest[:opening]:
            if labels[i].length <= _LEAD:
                found.setdefault(i, "before-dateline")
        return found
    after = 0
    if has_headline and opening is None and rest and labels[rest[0]].prose and labels[rest[0]].length <= _LEAD:
        first = rest[0]
        nearest = labels[first + 1 : first + 3]
        apart = any(label.kind in _APART or label.rule in PHOTO_CREDITS for label in nearest[:1])
        bullets = len(rest) > 1 and labels[rest[1]].bullet and labels[rest[-1]].prose
        if (apart or bullets) and len(rest) > 1 and not labels[first].bullet:
            found.setdefault(first, "set-apart")
            after = 1
    if has_headline or after:
        summary = []
        for i in rest[after:]:
            if not labels[i].bullet:
                break
            summary.append(i)
        if 1 < len(summary) <= 6 and after + len(summary) < len(rest):
            found.update({i: "summary-list" for i in summary if i not in found})
    return found


def _is_subheading(labels: Sequence[Label], rest: Sequence[int], position: int) -> bool:
    label = labels[rest[position]]
    if position + 1 >= len(rest) or label.bullet or (label.ticker and not label.titled) or label.dateline:
        return False
    if MarkKind.HEADING in label.marks and label.titled:
        return True
    if (
        label.length > _SUBHEADING
        or not label.titled
        or MarkKind.LIST_ITEM in label.marks
        or MarkKind.TABLE in label.marks
    ):
        return False
    bare = label.line.lstrip("„\"»'“‚ ")
    if not (bare[:1].isupper() or bare[:1].isdigit()):
        return False
    following = labels[rest[position + 1]]
    if label.ticker:
        return following.prose
    if position == 0 or not following.prose or following.bullet:
        return False
    asks = label.line.rstrip('"“”«» ').endswith(("?", "!"))
    return label.length <= 60 or not asks
