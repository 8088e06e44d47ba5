"""Names of private persons in a finished page: in its text, also across tags, in attributes, in data for scripts."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import quote_plus, unquote_plus

from quellenlage.views.pseudonyms import Veil, quoted_spans

_TOKENS = re.compile(r"<!--.*?-->|<(script|style)\b[^>]*>.*?</\1\s*>|<[^>]*>|[^<]+", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|button|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|time|u|wbr)\b", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([\w-]+)")
_QUOTING = frozenset({"blockquote", "q"})
_CITED = re.compile(r"""class=["'](?:[^"']*\s)?(?:exact|slice|block in-[\w-]*)(?=[\s"'])""")
"""Elements of ours with words of an article in them."""
_ATTRIBUTE = re.compile(r"(?P<name>[\w:-]+)=(?P<mark>[\"'])(?P<value>.*?)(?P=mark)", re.DOTALL)
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post", "data-href"})
_DATA = re.compile(r"(<script\b[^>]*type=[\"']application/(?:ld\+)?json[\"'][^>]*>)(.*)(</script\s*>)", re.DOTALL)


def veil_page(page: str, veil: Veil) -> str:
    """The page with names replaced; within quotation marks and in words of articles in square brackets."""
    out: list[str] = []
    run: list[tuple[int, bool]] = []
    citing = _Citing()
    for match in _TOKENS.finditer(page):
        token = match[0]
        if not token.startswith("<"):
            run.append((len(out), citing.cites))
            out.append(token)
            continue
        if not _INLINE.match(token):
            _replace(out, run, veil)
            run = []
        citing.pass_by(token)
        out.append(_tag(token, veil))
    _replace(out, run, veil)
    return "".join(out)


class _Citing:
    """Whether what follows are words of an article: within an element that says so."""

    def __init__(self) -> None:
        self._name = ""
        self._level = 0

    @property
    def cites(self) -> bool:
        return self._level > 0

    def pass_by(self, token: str) -> None:
        """Go past a tag: into such an element, deeper, or out of it."""
        match = _TAG.match(token)
        if match is None or token.endswith("/>"):
            return
        closing, name = bool(match[1]), match[2].lower()
        if self._level and name == self._name:
            self._level += -1 if closing else 1
        elif not self._level and not closing and (name in _QUOTING or _CITED.search(token)):
            self._name, self._level = name, 1


def _replace(out: list[str], run: list[tuple[int, bool]], veil: Veil) -> None:
    """Replace names in texts that stand behind each other, with tags between them at most."""
    texts = [html.unescape(out[at]) for at, _ in run]
    whole = "".join(texts)
    begins = [sum(map(len, texts[:n])) for n in range(len(texts))]
    found = _names(whole, texts, begins, veil)
    if not found:
        return
    quoted = quoted_spans(whole)
    for n, (at, cites) in enumerate(run):
        low, high = begins[n], begins[n] + len(texts[n])
        pieces, behind = [], low
        for start, end, shown in found:
            if end <= low or start >= high:
                continue
            pieces.append(whole[behind : max(start, low)])
            if start >= low:  # the name begins here; what of it stands in later texts goes
                pieces.append(f"[{shown}]" if cites or any(a < start < b for a, b in quoted) else shown)
            behind = min(end, high)
        if behind > low:
            out[at] = html.escape("".join((*pieces, whole[behind:high])), quote=False)


def _names(whole: str, texts: list[str], begins: list[int], veil: Veil) -> list[tuple[int, int, str]]:
    """Names, also across tags; and those within one text where a tag alone ends a word."""
    across = list(veil.spans(whole))
    within = (
        (low + a, low + b, told) for low, text in zip(begins, texts, strict=True) for a, b, told in veil.spans(text)
    )
    return sorted((*across, *(one for one in within if all(one[1] <= a or one[0] >= b for a, b, _ in across))))


def _tag(token: str, veil: Veil) -> str:
    if token.startswith("<!--"):
        return token
    if data := _DATA.fullmatch(token):
        told = json.dumps(veil.value(json.loads(data[2])), ensure_ascii=False)
        return data[1] + told.replace("<", "\\u003c") + data[3]
    head, mark, rest = token.partition(">")
    if "=" not in head:
        return token
    return _ATTRIBUTE.sub(lambda m: _attribute(m, veil), head) + mark + rest


def _attribute(match: re.Match[str], veil: Veil) -> str:
    name, mark, value = match["name"], match["mark"], html.unescape(match["value"])
    after = "".join(_address(value, veil)) if name.lower() in _ADDRESSES else veil.words(value)
    return match[0] if after == value else f"{name}={mark}{html.escape(after)}{mark}"


def _address(value: str, veil: Veil) -> Iterator[str]:
    """An address with names in its query replaced: such a link finds nobody, as it should."""
    path, question, query = value.partition("?")
    yield path + question
    for at, part in enumerate(query.split("&") if query else ()):
        key, equals, said = part.partition("=")
        after = veil.words(unquote_plus(said))
        yield ("&" if at else "") + key + equals + (said if after == unquote_plus(said) else quote_plus(after))
