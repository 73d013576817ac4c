"""Which addresses of the internet are public, and which of them lead to a machine inside."""

from __future__ import annotations

import ipaddress
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_ALSO_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.88.99.0/24",  # relays of 6to4, RFC 7526
            "64:ff9b:1::/48",  # NAT64 of one's own network, RFC 8215
            "2001::/32",  # Teredo, which hides an IPv4 address, RFC 4380
            "3fff::/20",  # documentation, RFC 9637
            "5f00::/16",  # segment routing, RFC 9602
            "fec0::/10",  # site-local, RFC 3879
        ),
    )
)
"""Networks of IANA's registries of special addresses that some versions of Python take for public."""


def special(text: str) -> str | None:
    """What an address is that is not public ("private", "link-local" …), or None for one that is.

    An IPv6 address that stands for an IPv4 one (mapped, compatible, 6to4, NAT64) is what that one is. Raises
    `ValueError` for what is no address.
    """
    address = _meant(ipaddress.ip_address(text.partition("%")[0]))
    for name, holds in (
        ("unspecified", address.is_unspecified),
        ("loopback", address.is_loopback),
        ("link-local", address.is_link_local),
        ("multicast", address.is_multicast),
        ("not public", not address.is_global or address.is_reserved),
        ("not public", any(address in network for network in _ALSO_SPECIAL)),
    ):
        if holds:
            return name
    return None


def _meant(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
