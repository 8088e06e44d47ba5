"""What a page says of itself: JSON-LD, meta elements, time elements; each value with the place it was read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from quellenlage.intake.dates import iso_date
from quellenlage.intake.html.tree import ancestors
from quellenlage.model.capture import Given

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_META_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created",
    "pubdate", "publishdate", "publish-date", "published-date", "publication_date", "sailthru.date", "parsely-pub-date",
    "article.published", "article_date_original", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "bt:pubdate",
)  # fmt: skip
_META_MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified",
    "article:updated", "article_date_updated",
)  # fmt: skip
_META_AUTHOR = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
)
_META_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "headline")
_META_OUTLET = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "apple-mobile-web-app-title",
)
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Reportage|Review)$")
_CHANGED = re.compile(r"modif|updat|aktualisier|stand", re.IGNORECASE)
_MAX_SCRIPTS, _MAX_NODES, _MAX_SCRIPT = 40, 5000, 2_000_000


@dataclass(frozen=True, slots=True)
class PageData:
    """Structured data of a page: the JSON-LD node of the article, all of its types, and the meta elements by name."""

    article: Mapping[str, Any]
    types: frozenset[str]
    meta: Mapping[str, str]
    language: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    title_element: str | None = None


def page_data(root: Element) -> PageData:
    """Read the structured data of a page, once."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    links: dict[str, str] = {}
    for element in root.iter("link"):
        for rel in (element.get("rel") or "").lower().split():
            if element.get("href"):
                links.setdefault(rel, element.get("href", "").strip())
    nodes = list(_nodes(root))
    articles = [node for node in nodes if _article_types(node)]
    article = max(articles, key=lambda n: (bool(n.get("datePublished")), bool(n.get("headline"))), default={})
    types = frozenset(t for node in articles for t in _article_types(node))
    title = next(root.iter("title"), None)
    words = _one_line("".join(title.itertext())) if title is not None else None
    return PageData(
        article, types, meta, root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"), links, words
    )


def _nodes(root: Element) -> Iterator[Mapping[str, Any]]:
    """Every object in the page's JSON-LD, outer ones first; broken scripts are passed over."""
    scripts = (s for s in root.iter("script") if "ld+json" in (s.get("type") or "").lower())
    for _, script in zip(range(_MAX_SCRIPTS), scripts, strict=False):
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
        text = (
            text.strip()
            .removeprefix("//<![CDATA[")
            .removeprefix("<![CDATA[")
            .removesuffix("]]>")
            .removesuffix("//")
            .strip()
        )
        if len(text) > _MAX_SCRIPT:
            continue
        try:
            value = json.loads(text.rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        queue, seen = [value], 0
        while queue and seen < _MAX_NODES:
            node = queue.pop(0)
            seen += 1
            if isinstance(node, dict):
                yield node
                queue.extend(v for k, v in node.items() if isinstance(v, dict | list) and k not in {"itemListElement"})
            elif isinstance(node, list):
                queue.extend(v for v in node if isinstance(v, dict | list))


def _article_types(node: Mapping[str, Any]) -> list[str]:
    """Types of a node that mean an article."""
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return [t for t in listed if isinstance(t, str) and _ARTICLE_TYPE.search(t)]


def _one_line(value: object) -> str | None:
    """Text on one line, None where there is none; never markup's leftovers of surrogates."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return " ".join(str(value).split()).encode("utf-8", "replace").decode()[:1000] or None
    return None


def _name(value: object) -> str | None:
    """Name of a person or organisation in JSON-LD."""
    if isinstance(value, list):
        return next((name for v in value if (name := _name(v))), None)
    return _one_line(value.get("name")) if isinstance(value, dict) else _one_line(value)


class _Gather:
    """Values with their provenance: the first one that is there stays."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.how: dict[str, str] = {}

    def offer(self, name: str, value: Any, how: str) -> None:
        if value and name not in self.values:
            self.values[name], self.how[name] = value, how

    def offer_meta(self, name: str, data: PageData, keys: tuple[str, ...], read: Any = _one_line) -> None:
        for key in keys:
            self.offer(name, read(data.meta.get(key)), f"meta {key}")


def given_of(root: Element, data: PageData, scope: Any, url: str | None, captured_at: str) -> Given:
    """Everything the page says of itself; the publication date's provenance tells how far to trust it."""
    gather = _Gather()
    _address(gather, data, url)
    ld = data.article
    gather.offer("title", _plain_title(ld.get("headline")), "json-ld headline")
    gather.offer_meta("title", data, _META_TITLE, _plain_title)
    gather.offer("title", _heading(scope), "h1")
    gather.offer("title", data.title_element, "title element")
    gather.offer("published", iso_date(ld.get("datePublished")), "json-ld datePublished")
    gather.offer_meta("published", data, _META_PUBLISHED, iso_date)
    gather.offer("modified", iso_date(ld.get("dateModified")), "json-ld dateModified")
    gather.offer_meta("modified", data, _META_MODIFIED, iso_date)
    _time_elements(gather, scope)
    if "published" not in gather.values:
        gather.offer("published", _htmldate(root, captured_at), "htmldate")
    gather.offer_meta("outlet", data, _META_OUTLET[:1])
    gather.offer("outlet", _name(ld.get("publisher")), "json-ld publisher")
    gather.offer_meta("outlet", data, _META_OUTLET[1:])
    _authors(gather, root, data)
    gather.offer("language", _one_line(data.language), "html lang")
    gather.offer("language", _one_line(ld.get("inLanguage")), "json-ld inLanguage")
    gather.offer_meta("language", data, ("content-language", "og:locale", "language", "dc.language"))
    return Given(**gather.values, how=gather.how)


def _plain_title(value: object) -> str | None:
    """A title without entities that were escaped twice."""
    import html

    words = _one_line(value)
    return _one_line(html.unescape(words)) if words else None


def _address(gather: _Gather, data: PageData, url: str | None) -> None:
    """The page's own address; a canonical link to the site's front page names no article."""
    named = ((data.links.get("canonical"), "link canonical"), (data.meta.get("og:url"), "meta og:url"))
    for value, how in named:
        if not value:
            continue
        try:
            absolute = urljoin(url, value) if url else value
            parts = urlsplit(absolute)
            own = urlsplit(url).hostname if url else None
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and (parts.path.strip("/") or parts.query):
            if own and _site(own) != _site(parts.hostname):
                continue  # a page must not pass for one of another site
            gather.offer("url", _one_line(absolute), how)
    gather.offer("url", url, "fetched")


def _site(host: str) -> str:
    """Last two labels of a host name: near enough to see that two hosts are one site's."""
    return ".".join(host.lower().split(".")[-2:])


def _heading(scope: Any) -> str | None:
    """First heading of the first level in the article."""
    heading = next(scope.iter("h1"), None)
    return _one_line(" ".join(heading.itertext())) if heading is not None else None


def _time_elements(gather: _Gather, scope: Any) -> None:
    """Dates in `time` elements and microdata of the article, those of teasers and asides left out."""
    for element in scope.iter():
        if not isinstance(element.tag, str):
            continue
        prop = (element.get("itemprop") or "").lower()
        if element.tag != "time" and prop not in {"datepublished", "datemodified"}:
            continue
        if any(
            e.tag in {"aside", "nav", "footer"} or (e.tag == "article" and e is not scope)
            for e in _within(element, scope)
        ):
            continue
        value = iso_date(element.get("datetime") or element.get("content"))
        label = f"{prop} {element.get('class') or ''}"
        before = element.getprevious()
        nearby = (before.tail if before is not None else getattr(element.getparent(), "text", None)) or ""
        field_name = "modified" if _CHANGED.search(f"{label} {nearby[-40:]}") else "published"
        gather.offer(
            field_name,
            value,
            {"datepublished": "itemprop datePublished", "datemodified": "itemprop dateModified"}.get(
                prop, "time datetime"
            ),
        )


def _within(element: Any, scope: Any) -> Iterator[Any]:
    """The elements between an element and the article's."""
    for node in ancestors(element):
        if node is scope:
            return
        yield node


def _htmldate(root: Element, captured_at: str) -> str | None:
    """Last resort: htmldate's finding, if the page really writes that day.

    It fills a missing day with the first and may take the time of the crawl, so a day counts only where the page's
    text or attributes have it in a usual form.
    """
    import copy
    import logging

    import htmldate
    import lxml.etree

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    latest = captured_at[:10] if iso_date(captured_at[:10]) else None
    try:
        page: Any = copy.deepcopy(root)
        found = htmldate.find_date(page, extensive_search=False, original_date=True, max_date=latest)
        source = lxml.etree.tostring(root, encoding="unicode")
    except Exception:  # no date is better than a failure over one
        return None
    value = iso_date(found)
    return value if value and len(value) == 10 and _is_written(value, source) else None


def _is_written(day: str, source: str) -> bool:
    """Whether a page writes this day out, with day, month and year."""
    from quellenlage.model.calendar import MONTHS

    year, month, number = day.split("-")
    names = "|".join(name for name, n in MONTHS.items() if n == int(month))
    forms = (
        rf"{year}[-/.]?{month}[-/.]?{number}(?!\d)",
        rf"(?<!\d)0?{int(number)}\.\s?0?{int(month)}\.\s?(?:{year}|{year[2:]})(?!\d)",
        rf"(?<!\d)0?{int(number)}\.?\s*(?:{names})\b\.?\s+{year}",
    )
    return any(re.search(form, source, re.IGNORECASE) for form in forms)


def _authors(gather: _Gather, root: Element, data: PageData) -> None:
    """Names of authors: structured data first, then meta elements, then links that say they lead to the author."""
    value = data.article.get("author")
    listed = value if isinstance(value, list) else [value]
    gather.offer("authors", _names(_name(v) for v in listed), "json-ld author")
    for key in _META_AUTHOR:
        gather.offer("authors", _names([_one_line(data.meta.get(key))]), f"meta {key}")
    linked = (_one_line(" ".join(e.itertext())) for e in root.iter("a") if "author" in (e.get("rel") or "").split())
    gather.offer("authors", _names(name for _, name in zip(range(8), linked, strict=False)), "rel author")


def _names(values: Any) -> tuple[str, ...]:
    """Distinct names in order; addresses of profiles are no names."""
    return tuple(dict.fromkeys(v for v in values if v and not v.startswith(("http://", "https://", "/", "@"))))
