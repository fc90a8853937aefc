"""Which home an address belongs to: what is counted by address is counted by home."""

import ipaddress

HOME_BITS = 64  # one home has that much of an address of version 6 to itself, and as many addresses as it likes in it


def home(address: str) -> str:
    """Return the address, for version 6 the network it lies in, or "" for what is no address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(found), HOME_BITS), strict=False))
        # A server that listens to both versions sees those of version 4 like this; they are not one home.
        found = found.ipv4_mapped
    return str(found)
