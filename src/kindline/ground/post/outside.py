"""Where a push endpoint may lead: to a public address over https, and nowhere into this machine or its network.

A name is resolved once; what is checked is the very address that is then connected to.
"""

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from kindline.ground.post.models import LONGEST_TARGET

HTTPS_PORT = 443
# Addresses that hold another one inside, which a gateway may lead to, and that gateway's own; those of a site, as they
# once were; and what newer tables than Python's keep for routers and for examples.
_HOLDING = ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96", "2002::/16", "192.88.99.0/24", "2001::/32")
_INNER = tuple(map(ipaddress.ip_network, (*_HOLDING, "fec0::/10", "5f00::/16", "3fff::/20")))


class NotOutside(Exception):  # noqa: N818 - what is the case
    """An endpoint does not lead to a public address over https."""


class Unresolved(Exception):  # noqa: N818 - what is the case
    """Nobody knows the name right now."""


class Endpoint(NamedTuple):
    """An address as it is written, taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """Return host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS_PORT else f"{host}:{self.port}"


def read(text: str) -> Endpoint:
    """Take an endpoint apart; raise NotOutside for one that can't lead outside, whatever its name resolves to."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or HTTPS_PORT
    except ValueError as error:
        raise NotOutside from error
    printable = text.isascii() and text.isprintable() and " " not in text
    if not host or not printable or parts.username is not None or parts.fragment or len(text) > LONGEST_TARGET:
        raise NotOutside
    if parts.scheme != "https" and not (settings.PUSH_LOOPBACK and parts.scheme == "http"):
        raise NotOutside
    found = _as_address(host)
    if found is not None and not is_allowed(found, parts.scheme):
        raise NotOutside
    return Endpoint(parts.scheme, host, port, f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")


def resolved(endpoint: Endpoint) -> str:
    """Return the address to connect to; raise NotOutside when any that the name has is not public, else Unresolved."""
    try:
        told = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unresolved from error
    found = [address for *_, name in told if (address := _as_address(str(name[0]))) is not None]
    if not found or not all(is_allowed(address, endpoint.scheme) for address in found):
        raise NotOutside
    return str(found[0])


def is_allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address, scheme: str) -> bool:
    """Say whether an address is public. A test setting lets loopback pass, and only there what is not encrypted."""
    if address.is_loopback:
        return settings.PUSH_LOOPBACK
    if scheme != "https" or not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return False
    return not any(address in network for network in _INNER)


def _as_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
