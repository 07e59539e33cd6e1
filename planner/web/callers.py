"""Where a request comes from: the socket's address, or what a proxy that the installation names says of it."""

import ipaddress
from collections.abc import Iterator

from starlette.types import Scope

from planner.settings import Network

UNKNOWN = "unknown"
ONE_HOME = 64  # of an IPv6 address, the part that one home or office is given: the rest is theirs to choose
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def caller_of(scope: Scope, proxies: tuple[Network, ...]) -> str:
    """The right-most address that no trusted proxy has; further left stands what anybody may have written."""
    found = _read(str((scope.get("client") or ("", 0))[0]))
    for said in _forwarded(scope):
        if found is None or not any(found in network for network in proxies):
            break
        found = _read(said) or found
    return UNKNOWN if found is None else _home_of(found)


def _forwarded(scope: Scope) -> Iterator[str]:
    """What X-Forwarded-For says, the nearest first; nothing more after a word that is no address."""
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"x-forwarded-for"]
    for said in reversed(",".join(lines).split(",")):
        if _read(said) is None:
            return
        yield said


def _read(said: str) -> Address | None:
    """An address, with or without a port."""
    bare = said.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def _home_of(found: Address) -> str:
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(ipaddress.ip_network((int(found), ONE_HOME), strict=False))
