"""Which IP addresses a fetch may connect to.

The check is made on the addresses that a name resolved to, and the connection uses those same addresses, so that a name
that changes its answer in between (DNS rebinding) cannot evade it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Final, TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""Resolves a host name and port to the IP addresses to try, best first. Raises OSError for an unknown name."""

_METADATA: Final = frozenset(
    ipaddress.ip_address(address)
    for address in (
        "100.100.100.200",  # Alibaba Cloud
        "168.63.129.16",  # Azure; a public address that only reaches the machine's own host
        "192.0.0.192",  # Oracle Cloud
        "fd00:ec2::254",  # Amazon, IPv6
        "fd00:ec2::23",  # Amazon's containers, IPv6
        "fd20:ce::254",  # Google, IPv6
        "fd00:42::42",  # Scaleway, IPv6
    )
)
# Most clouds use 169.254.169.254 or an address near it, which are link-local anyway.

_NUMBERS: Final = re.compile(r"[0-9a-fx]+(?:\.[0-9a-fx]+){0,3}", re.IGNORECASE)
"""A host that inet_aton reads as a whole: it ignores anything after white space."""

_ENDING_IN_V4: Final = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "::ffff:0:0:0/96", "::/96"))
"""Networks whose last four bytes are an IPv4 address: translation (RFC 6052 and 2765), and the form ::127.0.0.1 that
some network stacks accept.
"""
_ISATAP: Final = (0x5EFE, 0x0200_5EFE)
"""The third quarter of an address whose last quarter is the IPv4 address of a tunnel (RFC 5214), in any network."""

_V6: Final = 6
_PRIVATE_TOO: Final = ipaddress.IPv6Network("64:ff9b:1::/48")
"""Translation within a network (RFC 8215), which only that network can interpret."""


def refusal(address: Address, *, allow_private: bool) -> str | None:
    """Why an address must not be connected to; None if it may be."""
    inner = _embedded(address)
    if inner is not None:
        return refusal(inner, allow_private=allow_private)
    if address.version == _V6 and (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
        reason = refusal(ipaddress.IPv4Address(address.packed[-4:]), allow_private=allow_private)
        if reason is not None:
            return reason
    if address in _METADATA:
        return "a cloud-metadata address"
    if address.is_link_local:
        return "a link-local or cloud-metadata address"
    if allow_private:
        return None
    if address.is_loopback or address.is_unspecified:
        return "a loopback address"
    if address.is_multicast:
        return "a multicast address"
    public = address.is_global and not address.is_reserved and address not in _PRIVATE_TOO
    if isinstance(address, ipaddress.IPv6Address):
        public = public and not address.is_site_local
    return None if public else "a private or reserved address"


def _embedded(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address wraps."""
    if isinstance(address, ipaddress.IPv4Address) or address in _SELVES:
        return None
    if any(address in network for network in _ENDING_IN_V4):
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


_SELVES: Final = (ipaddress.IPv6Address("::"), ipaddress.IPv6Address("::1"))


def literal(host: str) -> Address | None:
    """The IP address that a host denotes in any form (`127.1`, `0x7f000001`, `017700000001`, `[::1%eth0]`), if any."""
    host = host.strip("[]").rstrip(".")
    if ":" in host:
        host = host.partition("%")[0]  # the network interface
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if not _NUMBERS.fullmatch(host):
        return None
    try:
        # inet_aton reads decimal, octal, hexadecimal and shortened forms, as the connecting stack would.
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


async def look_up(host: str, port: int) -> list[str]:
    """Resolve a host, in a thread that is abandoned when time is up.

    The loop's own executor is joined at exit, so a name server that never answers would block the program.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def settle(addresses: list[str] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(addresses or [])

    def ask() -> None:
        found: list[str] | None = None
        failure: Exception | None = None
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(info[4][0]) for info in infos))
        except OSError as error:
            failure = error
        except UnicodeError as error:  # such as a label of more than 63 characters
            failure = socket.gaierror(socket.EAI_NONAME, str(error))
        with suppress(RuntimeError):  # the loop is closed: the fetch is over
            loop.call_soon_threadsafe(settle, found, failure)

    threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
    return await answer
