"""Connections that are made to a checked address and nowhere else, within a deadline.

A name is resolved once, every address it stands for is checked, and the connection goes to one of those addresses: a
second answer of the name server (DNS rebinding) is never asked for. Host header and TLS server name stay the URL's.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import httpcore
import httpx

from quellenlage.errors import Phrase
from quellenlage.intake.options import FetchOptions


class AddressRefusedError(Exception):
    """The policy refuses an address that the host name stands for; its argument is the phrase that says so."""

    def __init__(self, said: Phrase) -> None:
        """Keep the phrase."""
        super().__init__(said)
        self.said = said


class Deadline:
    """Time that is left for one fetch, whatever it consists of."""

    def __init__(self) -> None:
        self._end = float("inf")

    def start(self, seconds: float) -> None:
        """Begin to count."""
        self._end = time.monotonic() + seconds

    def left(self, wanted: float | None) -> float:
        """Seconds that a step may take: what it wants, or less where less is left.

        Raises:
            httpcore.ReadTimeout: nothing is left.
        """
        rest = self._end - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout(Phrase("the time for this address is over"))
        return min(rest, wanted if wanted is not None else rest, 3600.0)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step is bound by the deadline: a server that drips bytes gains nothing."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Resolves, checks, and connects to what was checked."""

    def __init__(self, options: FetchOptions, deadline: Deadline) -> None:
        self._options, self._deadline = options, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        addresses = self._resolve(host, port, self._deadline.left(timeout))
        for address in addresses:
            reason = self._options.policy.refusal(address, port)
            if reason:
                word = Phrase(reason)
                if host == address:
                    raise AddressRefusedError(Phrase("{host} is a {reason}", host=host, reason=word))
                raise AddressRefusedError(
                    Phrase("{host} stands for {address}, a {reason}", host=host, address=address, reason=word)
                )
        failure: Exception = httpcore.ConnectError(Phrase("{host} has no address", host=host))
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _resolve(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """Ask the resolver, in a thread since the system's has no time limit of its own."""
        answer: list[Sequence[str] | OSError | UnicodeError] = []

        def ask() -> None:
            try:
                answer.append(self._options.resolver(host, port))
            except (OSError, UnicodeError) as error:
                answer.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(seconds)
        if not answer:
            raise httpcore.ConnectTimeout(Phrase("the name server did not answer for {host}", host=host))
        if isinstance(answer[0], OSError | UnicodeError):
            raise httpcore.ConnectError(Phrase("{host} is not known: {reason}", host=host, reason=_reason(answer[0])))
        return answer[0]

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, self._deadline.left(seconds)))


def _reason(error: OSError | UnicodeError) -> Phrase:
    """What the resolver says, without the number of the error where it has words."""
    return Phrase(getattr(error, "strerror", None) or str(error))


class _Body(httpx.SyncByteStream):
    """Body of a response, closed with it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class CheckedTransport(httpx.BaseTransport):
    """Transport for httpx over checked connections."""

    def __init__(self, options: FetchOptions, deadline: Deadline) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=4,
            keepalive_expiry=5.0,
            network_backend=_Backend(options, deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request over a checked connection."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        response = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response.stream), extensions=response.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()
