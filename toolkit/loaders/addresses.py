"""Which addresses are fetched from: those of the public internet, and others only if the environment allows it."""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import Any

ALLOWED = "TOOLKIT_PRIVATE_ADDRESSES"
"""The environment variable that, set to 1, lets addresses of this machine and its network be fetched."""


def may_be_private() -> bool:
    """Whether the environment allows addresses that are not of the public internet."""
    return os.environ.get(ALLOWED, "") == "1"


def is_public(host: str | None) -> bool:
    """Whether a host has addresses, and all of them are of the public internet."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(is_global(address) for address in found)


def is_known_private(host: str | None) -> bool:
    """Whether a host is known to lie in a private network; one whose name is not known here (a proxy may know it) is not."""
    try:
        socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return False
    return not is_public(host)


def is_global(address: str) -> bool:
    """Whether a numeric address is one of the public internet."""
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def refused(host: object) -> str:
    """Why an address is not fetched, as the end of a sentence."""
    return f"{host} is no address of the public internet; set {ALLOWED}=1 in the environment to fetch from it"


def guarded() -> Any:
    """A pool of connections that looks at the address it is connected to before it asks for anything.

    A name is resolved once, by the connection itself, so that a name server which answers otherwise the second time gains nothing.
    """
    import urllib3
    from urllib3 import connection, connectionpool

    def looked_at(sock: socket.socket) -> socket.socket:
        peer = sock.getpeername()[0]
        if may_be_private() or is_global(peer):
            return sock
        sock.close()
        raise urllib3.exceptions.HTTPError(refused(peer))

    class Plain(connection.HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return looked_at(super()._new_conn())

    class Secure(connection.HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return looked_at(super()._new_conn())

    class PlainPool(connectionpool.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(connectionpool.HTTPSConnectionPool):
        ConnectionCls = Secure

    pool = urllib3.PoolManager()
    pool.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return pool
