"""Where the server stands and what it is called: that decides whether a login is needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from pathlib import Path

from quellenlage.errors import BadInput
from quellenlage.store.beside import beside

_MIB = 1 << 20
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Bounds:
    """Largest requests in bytes, longest sessions in seconds."""

    body: int = 4 * _MIB
    upload: int = 512 * _MIB
    uploads: tuple[str, ...] = ("/add", "/api/v1/articles")
    """Paths, and what is below them, that take bodies up to `upload`."""
    headers: int = 32 << 10
    address: int = 8 << 10
    idle: int = 8 * _HOUR
    absolute: int = 7 * 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Settings:
    """How the server is reached.

    `https`: browsers reach it encrypted, by itself or through a proxy. `hostnames`: names people type, with a port
    where it is neither this one nor the usual. `proxies`: addresses or networks whose X-Forwarded-* are believed,
    where the server stands behind one; it encrypts, and hands on without. `accounts`: their file, else beside the
    archive.
    """

    archive: str
    host: str = "127.0.0.1"
    port: int = 8400
    https: bool = False
    hostnames: tuple[str, ...] = ()
    behind_proxy: bool = False
    proxies: tuple[str, ...] = ("127.0.0.0/8", "::1")
    accounts: Path | None = None
    bounds: Bounds = field(default_factory=Bounds)

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it: a proxy carries requests from elsewhere to the loopback address."""
        return is_loopback(self.host) and not self.behind_proxy

    @property
    def scheme(self) -> str:
        """How addresses of pages begin."""
        return "https" if self.https else "http"

    @property
    def listens(self) -> str:
        """Where it waits for requests, of browsers or of the proxy."""
        return f"{in_brackets(self.host)}:{self.port}"

    @property
    def address(self) -> str:
        """What people type; a proxy has the usual port. Raises BadInput, as `names`."""
        if self.local or (not self.hostnames and not is_unspecified(self.host)):
            return f"{self.scheme}://{self.listens}/"
        name = self.names()[0]
        has_port = ":" in name.rpartition("]")[2]
        return f"{self.scheme}://{name}/" if self.behind_proxy or has_port else f"{self.scheme}://{name}:{self.port}/"

    def accounts_path(self) -> Path:
        """File of the accounts. Raises BadInput where the archive is no file and none was named."""
        return self.accounts or accounts_beside(self.archive)

    def names(self) -> tuple[str, ...]:
        """What the Host header may say, without a port or with one.

        Raises:
            BadInput: bound to all addresses, and nobody said under which names it is known; a name is no name.
        """
        if self.local:
            return ("localhost", "127.0.0.1", "[::1]", in_brackets(self.host))
        if not self.hostnames and (is_unspecified(self.host) or self.behind_proxy):
            raise BadInput(
                self.host,
                "the server has to know under which names it is reached",
                remedy="name them, e.g. --hostname archive.example.org",
            )
        for name in self.hostnames:
            if not name or any(c in name for c in "/@\\?# ") or not name.isprintable():
                raise BadInput(name, "this is no name of a host", remedy="e.g. --hostname archive.example.org")
        own = () if is_unspecified(self.host) else (in_brackets(self.host),)
        return (*(name.lower().rstrip(".") for name in self.hostnames), *own)


def is_loopback(host: str) -> bool:
    """Whether an address to bind is reached from this machine alone."""
    try:
        return host.lower() == "localhost" or ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_unspecified(host: str) -> bool:
    """Whether it means all addresses of the machine."""
    try:
        return not host or ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return False


def in_brackets(host: str) -> str:
    """An address as a Host header has it."""
    return f"[{host.strip('[]')}]".lower() if ":" in host else host.lower()


def trusts(proxies: tuple[str, ...], address: str) -> bool:
    """Whether an address is one of the proxies'. Raises BadInput for a proxy that is neither address nor network."""
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    for proxy in proxies:
        try:
            if peer in ip_network(proxy, strict=False):
                return True
        except ValueError:
            raise BadInput(proxy, "neither an address nor a network", remedy="e.g. 10.0.0.7 or 10.0.0.0/24") from None
    return False


def accounts_beside(archive: str) -> Path:
    """File of accounts of an archive: never in it, so that no copy or export of the archive carries a hash.

    Raises:
        BadInput: the archive is neither a file nor on a server.
    """
    try:
        place = beside(archive)
    except BadInput:
        raise BadInput(
            archive, "accounts cannot lie beside this archive", remedy="name a file for them with --accounts"
        ) from None
    return place.with_name(f"{place.name}.accounts")
