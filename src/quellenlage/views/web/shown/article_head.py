"""What is known of an article besides its text: where it is from, when it was published and how that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from quellenlage.model import RevisionKind
from quellenlage.store.redaction import FORGOTTEN
from quellenlage.views.discretion import shown_source
from quellenlage.views.locale import Words
from quellenlage.views.web.links import page_of
from quellenlage.views.web.shown.article_dating import Dating, dating, moment
from quellenlage.views.web.shown.article_held import Held
from quellenlage.views.web.shown.article_items import Items
from quellenlage.views.web.shown.quotes import ShownName
from quellenlage.views.web.translation import marked as _
from quellenlage.views.wording.corrections import kind_words, revised_by, version_words
from quellenlage.views.wording.lines import published_words


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of the article: `grade` is that of a notice, `href` leads to the version that stands."""

    told: str
    grade: str
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Head:
    """Everything above and beside the text. `headline` is empty where it stands in the text itself."""

    title: str
    headline: str
    label: str
    published: str
    language: str
    dating: Dating
    captured: str
    captured_iso: str
    source: str
    url: str
    media_type: str
    extracted: bool
    agencies: tuple[str, ...]
    authors: tuple[str, ...]
    origin: ShownName | None
    stories: tuple[ShownName, ...]
    warnings: tuple[str, ...]
    standing: tuple[Standing, ...]
    deleted: bool
    letters: int


_WARNINGS = {
    "paywall-remains": _("Remains of a paywall: parts of the report may be missing."),
    "live-ticker": _("A live ticker: several reports under one address."),
    "no-report": _("No report was recognised in it."),
    "encoding-detected": _("The encoding was detected, not given: %(what)s."),
    "damaged-bytes-replaced": _("Damaged characters were replaced: %(what)s."),
    "truncated-at-end": _("The file breaks off at its end."),
    "hyphenation-kept": _("Hyphens at the ends of lines may have stayed."),
    "unread-date": _("A date of the file could not be read: %(what)s."),
    "unstorable-characters-replaced": _("Characters that no database can keep were replaced."),
    "feed-summary-only": _("Only the summary of a feed, not the article."),
    "tdm-reservation": _("The page reserves the right to text and data mining."),
    "given-date-unreadable": _("The date that the file gives could not be read."),
    "dct-clues-disagree": _("The clues to the day of publication disagree."),
}


def head(held: Held, items: Items, words: Words, say: Callable[[str], str]) -> Head:
    """Word all that is known of an article."""
    article = held.document.article
    citation = held.holdings.cite(article.id)
    headline = article.headline.value if article.headline else ""
    in_text = bool(article.headline and article.headline.spans)
    capture = held.capture
    return Head(
        title=headline or citation.label,
        headline="" if in_text else headline,
        label=citation.label,
        published=published_words(citation, words) if citation.published else words("citation.undated"),
        language=article.language or "",
        dating=dating(held, items, words, say),
        captured=moment(capture.captured_at, words) if capture else "",
        captured_iso=capture.captured_at if capture else "",
        source=shown_source(article.source),
        url=_web(article.url) or _web(article.source),
        media_type=capture.media_type if capture else "",
        extracted=article.offsets_in == "extracted",
        agencies=tuple(dict.fromkeys(one.value for one in article.agencies)),
        authors=tuple(dict.fromkeys(one.value for one in article.authors)),
        origin=_origin(held),
        stories=_stories(held),
        warnings=tuple(_warnings(article.warnings, say)),
        standing=tuple(_standing(held, words, say)),
        deleted=any(warning.startswith(FORGOTTEN) for warning in article.warnings),
        letters=len(article.text),
    )


def _warnings(codes: tuple[str, ...], say: Callable[[str], str]) -> Iterator[str]:
    for one in dict.fromkeys(codes):
        code, _colon, detail = one.partition(":")
        if one.startswith(FORGOTTEN):
            continue
        told = say(_WARNINGS[code]) if code in _WARNINGS else one
        yield told % {"what": detail or "–"}


def _web(address: str | None) -> str:
    """An address that may be linked: of the web, nothing else."""
    try:
        scheme = urlsplit(address or "").scheme
    except ValueError:
        return ""
    return address or "" if scheme in {"http", "https"} else ""


def _origin(held: Held) -> ShownName | None:
    """The agency or outlet that first obtained what the article tells: that of most of its accounts."""
    told = Counter(origin for member, origin in held.placed.origin_of.items() if member.article == held.id)
    for origin, _count in told.most_common(1):
        if found := held.holdings.origins.get(origin):
            return ShownName(found.name, page_of(origin))
    return None


def _stories(held: Held) -> tuple[ShownName, ...]:
    return tuple(ShownName(one.title, page_of(one.id)) for one in held.stories)


def _standing(held: Held, words: Words, say: Callable[[str], str]) -> Iterator[Standing]:
    """That it was withdrawn or replaced, that notes correct it, and that it corrects others."""
    holdings = held.holdings
    replaced = revised_by(held.id, holdings)
    if replaced:
        grade = "warn" if replaced.kind is RevisionKind.UPDATED else "bad"
        newer = replaced.article if replaced.article != held.id else ""
        link = version_words(newer, holdings, words) if newer else ""
        told = kind_words(replaced, words)
        yield Standing(told[:1].upper() + told[1:], grade, page_of(newer) if newer else "", link)
    for revision in held.revisions:
        if revision.earlier == held.id and not revision.whole:
            told = say(_("A note corrects single statements of it"))
            yield Standing(told, "warn", page_of(revision.article), version_words(revision.article, holdings, words))
        elif revision.article == held.id and revision.earlier not in {None, held.id}:
            earlier = revision.earlier or ""
            told = say(_RELATIONS[revision.kind]) if revision.whole else say(_("Corrects single statements of"))
            yield Standing(told, "", page_of(earlier), version_words(earlier, holdings, words))
        elif revision.article == held.id and revision.earlier is None:
            told = words(f"corrections.mentions_{revision.kind}", newer=say(_("This article")))
            yield Standing(told, "warn", "", "")


_RELATIONS = {
    RevisionKind.WITHDRAWN: _("Withdraws"),
    RevisionKind.CORRECTED: _("Corrects"),
    RevisionKind.UPDATED: _("Newer version of"),
}
