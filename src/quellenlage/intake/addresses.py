"""To which network addresses a connection may be made, and how names become addresses."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Protocol

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""Host and port to the addresses they stand for; raises OSError when there are none."""

# IPv6 networks that carry an IPv4 address inside, with the bits below it: the inner one decides.
_EMBEDDED = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),
    (ipaddress.IPv6Network("::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),
    (ipaddress.IPv6Network("64:ff9b:1::/48"), 0),
    (ipaddress.IPv6Network("2002::/16"), 80),
)
# Python 3.11 calls some of these global.
_NEVER = tuple(
    ipaddress.ip_network(n)
    for n in ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "2001::/23", "fec0::/10")
)


class AddressPolicy(Protocol):
    """Decides whether a connection may be made to an address."""

    def refusal(self, address: str, port: int) -> str | None:
        """Say why not (in a few words), or None where it may."""


class StrictPolicy:
    """Public addresses only: a URL must never reach into the user's own network or machine."""

    def refusal(self, address: str, port: int) -> str | None:
        """Refuse whatever is not a public unicast address, also where it hides in an IPv6 address."""
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return "not an IP address"
        return _reason(parsed)


def _reason(address: Address) -> str | None:
    """First reason to refuse, or None."""
    if isinstance(address, ipaddress.IPv6Address):
        for network, below in _EMBEDDED:
            if address in network and address not in {ipaddress.IPv6Address(0), ipaddress.IPv6Address(1)}:
                return _reason(ipaddress.IPv4Address((int(address) >> below) & 0xFFFFFFFF))
    named = (
        (address.is_loopback, "loopback address"),
        (address.is_link_local, "link-local address"),
        (address.is_multicast, "multicast address"),
        (address.is_unspecified, "unspecified address"),
        (any(address.version == n.version and address in n for n in _NEVER), "reserved address"),
        (address.is_private, "private address"),
        (address.is_reserved or not address.is_global, "reserved address"),
    )
    return next((reason for holds, reason in named if holds), None)


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the system, once; every address it names, in its order, none twice."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
