"""Fetching a URL: only where it is allowed, only from public addresses, within limits of size, time and redirects."""

from __future__ import annotations

import logging
import re
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from quellenlage import __version__
from quellenlage.errors import FetchRefused, Phrase, Reserved
from quellenlage.intake.connections import AddressRefusedError, CheckedTransport, Deadline
from quellenlage.intake.options import IntakeOptions
from quellenlage.intake.raw import too_large
from quellenlage.intake.reservations import TdmRule, reserving_rule, tdm_rules

if TYPE_CHECKING:
    from protego import Protego

USER_AGENT = f"Quellenlage/{__version__}"
_TOKEN = "Quellenlage"  # noqa: S105 - the name by which robots.txt addresses us
_SAVE = "save the page yourself where you have the right to, and add the file"
_CONNECTION = "check the address and the connection, or save the page and add the file"
_NO_ROBOTS = "robots.txt of {host} could not be read ({reason})"
_ERRNO = re.compile(r"^\[Errno -?\d+\] ")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_LIMIT = 512_000
_TDM_LIMIT = 1 << 20
_PASSING = frozenset({408, 425, 429})
"""Answers, beside the server's own errors (5xx), after which the same request may succeed later."""
_LONGEST_WAIT = 7 * 86_400.0
_FAILURES = (
    httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpcore.NetworkError, httpcore.TimeoutException,
    httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpcore.ProxyError, OSError, UnicodeError,
)  # fmt: skip
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the version that it sent last; it is asked for another one only (RFC 9110, section 13)."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """The header fields of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent, decompressed, and the address it came from after redirects.

    `unchanged` says that it has the version still that was asked about, and sent nothing.
    """

    url: str
    data: bytes
    charset: str | None
    validators: Validators = NO_VALIDATORS
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    """One response: status, headers, body (nothing for redirects and refusals)."""

    status: int
    headers: httpx.Headers
    data: bytes = b""
    cut: bool = False


def printable(url: str) -> str:
    """URL for messages and the archive: without a password in it."""
    head, at, tail = url.partition("@")
    scheme, slashes, user = head.partition("//")
    return f"{scheme}//…@{tail}" if at and slashes and "/" not in user else url


class Fetcher:
    """Fetches pages of one run; robots.txt and reservations are asked for once per site."""

    def __init__(self, options: IntakeOptions) -> None:
        self._options = options
        self._limits = options.fetch
        self._deadline = Deadline()
        timeout = httpx.Timeout(self._limits.read_seconds, connect=self._limits.connect_seconds)
        self._client = httpx.Client(
            transport=CheckedTransport(self._limits, self._deadline),
            headers={
                "User-Agent": USER_AGENT,
                "Accept-Encoding": "gzip",
                "Accept": "*/*",
                "Accept-Language": "de, en;q=0.5",
            },
            timeout=timeout,
            trust_env=False,  # a proxy would resolve names itself, unchecked
            follow_redirects=False,
        )
        self._robots: dict[str, Protego | Phrase | None] = {}
        self._tdm: dict[str, tuple[TdmRule, ...] | Phrase] = {}
        self._visited: dict[str, float] = {}

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def pause_left(self, url: str) -> float:
        """Seconds until this host may be asked again: whoever has something else to do until then need not wait."""
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL:
            return 0.0
        last = self._visited.get(parsed.host)
        return 0.0 if last is None else max(0.0, last + self._wished(parsed) - time.monotonic())

    def fetch(self, url: str, known: Validators = NO_VALIDATORS) -> Fetched:
        """Fetch one page; where a version of it is `known`, only another one.

        Raises:
            FetchRefused: it may not be fetched (robots.txt, reservation, address), or could not.
            TooLarge: over the limit, as sent or decompressed.
        """
        name = printable(url)
        if not self._options.network:
            raise FetchRefused(
                name, "the network is switched off", remedy="allow it, or save the page and add the file"
            )
        self._deadline.start(self._limits.total_seconds)
        try:
            return self._follow(name, httpx.URL(url), known)
        except AddressRefusedError as error:
            raise FetchRefused(
                name, "{reason}; only public addresses are fetched", remedy=_SAVE, reason=error.said
            ) from error
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise _passing(
                FetchRefused(name, "no answer in time ({reason})", remedy=_CONNECTION, reason=_detail(error))
            ) from error
        except _FAILURES as error:
            raise _passing(
                FetchRefused(name, "it could not be reached ({reason})", remedy=_CONNECTION, reason=_detail(error))
            ) from error

    def _follow(self, name: str, url: httpx.URL, known: Validators) -> Fetched:
        """Follow redirects, every step checked like the first."""
        for _ in range(self._limits.max_redirects + 1):
            self._permit(name, url)
            self._pause(url)
            answer = self._get(name, url, self._options.max_bytes, headers=known.headers())
            target = _redirected(url, answer)
            if target is not None:
                url = target
                continue
            unchanged = answer.status == 304 and bool(known.headers())
            if answer.status >= 300 and not unchanged:
                raise _answered(name, answer)
            if answer.headers.get("tdm-reservation", "").strip() == "1":
                said = "text and data mining is reserved (header tdm-reservation: 1)"
                self._refuse(name, Phrase(said), "tdm-header")
            if unchanged:
                return Fetched(str(url), b"", None, known, unchanged=True)
            sent = Validators(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
            return Fetched(str(url), answer.data, _charset(answer.headers), sent)
        raise FetchRefused(name, "more than {limit} redirects", remedy=_CONNECTION, limit=self._limits.max_redirects)

    def _refuse(self, name: str, rule: Phrase, sign: str) -> None:
        """Refuse by a rule of the site, which is logged."""
        _LOG.info("not fetched: %s: %s", name, rule)
        refused = Reserved(name, rule, remedy=_SAVE)
        refused.sign = sign
        raise refused

    def _permit(self, name: str, url: httpx.URL) -> None:
        """Check scheme, credentials, robots.txt and the site's reservations."""
        if url.scheme not in {"http", "https"} or not url.host:
            scheme = url.scheme or Phrase("this")
            raise FetchRefused(
                name, "only http and https addresses are fetched, not {scheme}", remedy=_SAVE, scheme=scheme
            )
        if url.userinfo:
            raise FetchRefused(name, "the address contains a password, which is never sent", remedy=_SAVE)
        origin = _origin(url)
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(name, url)
        robots = self._robots[origin]
        if isinstance(robots, Phrase):
            _LOG.info("not fetched: %s: %s", name, robots)
            raise _passing(FetchRefused(name, robots, remedy=_SAVE))
        elif robots is not None and not robots.can_fetch(str(url), _TOKEN):
            self._refuse(name, Phrase("robots.txt of {host} disallows it", host=url.host), "robots")
        if origin not in self._tdm:
            self._tdm[origin] = self._read_tdm(name, url)
        rules = self._tdm[origin]
        if isinstance(rules, Phrase):
            self._refuse(name, rules, "tdm-file")
        elif rule := reserving_rule(rules, url.raw_path.decode("ascii", "replace")):
            said = "text and data mining is reserved (/.well-known/tdmrep.json, location {location})"
            self._refuse(name, Phrase(said, location=rule.location), "tdm-file")

    def _read_robots(self, name: str, url: httpx.URL) -> Protego | Phrase | None:
        """Parsed robots.txt; None where there is none (4xx); the reason to refuse where it cannot be had."""
        from protego import Protego

        try:
            answer = self._get_along(name, url.join("/robots.txt"), _ROBOTS_LIMIT)
        except FetchRefused as error:
            # A site whose robots.txt cannot be had must be left alone (RFC 9309, section 2.3.1.4); where the site
            # cannot be reached at all, that is said instead.
            return Phrase(_NO_ROBOTS, host=url.host, reason=_detail(error))
        if answer is None or 400 <= answer.status < 500:
            return None
        if answer.status >= 500:
            return Phrase(
                _NO_ROBOTS, host=url.host, reason=Phrase("the server answered {status}", status=answer.status)
            )
        try:
            return Protego.parse(answer.data.decode("utf-8", "replace"))
        except Exception as error:  # rules that cannot be read may forbid
            return Phrase(_NO_ROBOTS, host=url.host, reason=_detail(error))

    def _read_tdm(self, name: str, url: httpx.URL) -> tuple[TdmRule, ...] | Phrase:
        """Reservations of the site; none where the file is missing, the reason to refuse where it is too long."""
        try:
            answer = self._get_along(name, url.join("/.well-known/tdmrep.json"), _TDM_LIMIT)
        except (*_FAILURES, FetchRefused):
            return ()
        if answer is None or answer.status != 200:
            return ()
        if answer.cut:
            return Phrase(
                "/.well-known/tdmrep.json of {host} is longer than {limit:,} bytes", host=url.host, limit=_TDM_LIMIT
            )
        return tdm_rules(answer.data)

    def _get_along(self, name: str, url: httpx.URL, limit: int) -> _Answer | None:
        """Fetch a file of rules along its redirects; None where they never end."""
        for _ in range(self._limits.max_redirects + 1):
            if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
                return None
            answer = self._get(name, url, limit, cut=True)
            target = _redirected(url, answer)
            if target is None:
                return answer
            url = target
        return None

    def _wished(self, url: httpx.URL) -> float:
        """Seconds between two pages of a site: what it wishes or we give it anyway, within reason."""
        robots = self._robots.get(_origin(url))
        wished = None if robots is None or isinstance(robots, Phrase) else robots.crawl_delay(_TOKEN)
        return min(max(self._limits.pause, float(wished or 0)), self._limits.longest_pause)

    def _pause(self, url: httpx.URL) -> None:
        """Keep the site's wish for time between two pages."""
        last = self._visited.get(url.host)
        if last is not None:
            waiting = max(0.0, last + self._wished(url) - time.monotonic())
            time.sleep(waiting)
            self._deadline.start(self._limits.total_seconds)
        self._visited[url.host] = time.monotonic()

    def _get(
        self, name: str, url: httpx.URL, limit: int, *, cut: bool = False, headers: dict[str, str] | None = None
    ) -> _Answer:
        """One request; the body is read only where it is wanted, and never beyond the limit."""
        with self._client.stream("GET", url, headers=headers) as response:
            if response.status_code in _REDIRECTS or response.status_code >= 300:
                return _Answer(response.status_code, response.headers)
            data, was_cut = self._body(name, response, limit, cut)
            return _Answer(response.status_code, response.headers, data, was_cut)

    def _body(self, name: str, response: httpx.Response, limit: int, cut: bool) -> tuple[bytes, bool]:
        """Body, decompressed piece by piece so that a small answer cannot become a large one in memory."""
        announced = response.headers.get("content-length", "")
        if not cut and announced.isdigit() and int(announced) > limit:
            raise too_large(name, limit, int(announced))
        unpack = _unpacker(name, response.headers.get("content-encoding", ""))
        pieces: list[bytes] = []
        size = 0
        for chunk in response.iter_raw():
            piece = unpack(chunk, limit + 1 - size)
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                if cut:
                    return b"".join(pieces)[:limit], True
                raise too_large(name, limit)
        return b"".join(pieces), False


def _answered(name: str, answer: _Answer) -> FetchRefused:
    """The error for an answer that is none of a page."""
    status = answer.status
    error = FetchRefused(name, "the server answered {status}", remedy=_CONNECTION, status=status)
    error.status = status
    if status in _PASSING or status >= 500:
        error.wait = _asked_to_wait(answer.headers)
        return _passing(error)
    return error


def _passing(error: FetchRefused) -> FetchRefused:
    error.passing = True
    return error


def _asked_to_wait(headers: httpx.Headers) -> float | None:
    """Seconds of a Retry-After, within reason: a number, or a day by the clock of the server itself."""
    from email.utils import parsedate_to_datetime

    said = headers.get("retry-after", "").strip()
    if said.isdecimal() and said.isascii():
        return min(float(said[:9]), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said).timestamp()
        sent = parsedate_to_datetime(headers["date"]).timestamp() if "date" in headers else time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0.0, until - sent), _LONGEST_WAIT)


def _unpacker(name: str, encoding: str) -> Any:
    """Function that decompresses a chunk to at most so many bytes."""
    named = encoding.strip().lower()
    if named in {"", "identity"}:
        return lambda chunk, room: chunk
    if named not in {"gzip", "x-gzip", "deflate"}:
        raise FetchRefused(
            name, "the server sent an encoding that was not asked for ({label})", remedy=_SAVE, label=named[:20]
        )
    unpacker = zlib.decompressobj(wbits=47)  # gzip or zlib, told by the header

    def unpack(chunk: bytes, room: int) -> bytes:
        try:
            return unpacker.decompress(chunk, max(1, room))
        except zlib.error as error:
            raise FetchRefused(name, "damaged compressed answer ({detail})", remedy=_SAVE, detail=error) from error

    return unpack


def _redirected(url: httpx.URL, answer: _Answer) -> httpx.URL | None:
    """Address that an answer redirects to, without its fragment."""
    location = answer.headers.get("location")
    if answer.status not in _REDIRECTS or not location:
        return None
    return url.join(location).copy_with(fragment=None)


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii', 'replace').lower()}"


def _charset(headers: httpx.Headers) -> str | None:
    """Encoding that the server declares."""
    from email.message import Message

    message = Message()
    message["content-type"] = headers.get("content-type", "").replace("\n", " ")
    charset = message.get_param("charset")
    return charset if isinstance(charset, str) else None


def _detail(error: Exception) -> Phrase:
    """What went wrong, on one line, without the number of a system error."""
    said = error.args[0] if error.args else None
    if isinstance(said, Phrase):
        return said
    if isinstance(error, FetchRefused):
        return error.said
    text = _ERRNO.sub("", " ".join(str(error).split()))[:200]
    return Phrase(text or type(error).__name__)
