"""Addresses on the web: what lies there is fetched, once and within bounds, and read as if it were a file."""

from __future__ import annotations

import re
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

from toolkit.article import Source
from toolkit.errors import MissingExtra, ToolkitError
from toolkit.kinds import loader
from toolkit.loaders import addresses
from toolkit.loaders.remote import is_remote_table

ADDRESS = re.compile(r"^https?://", re.IGNORECASE)
CONNECT, READ, TOTAL = 10.0, 30.0, 120.0
"""Seconds to wait for a connection, for a reply, and for the whole."""

LARGEST = 64 * 2**20
"""Bytes of what is fetched, unpacked."""

REDIRECTS = 5
AGENT = "Mozilla/5.0 (compatible; news-toolkit)"


class Unreachable(ToolkitError, OSError):
    """An address could not be fetched; the message says why, in the words that follow it."""


@dataclass(frozen=True)
class Reply:
    """What an address gave: where it was found in the end, its bytes, and what the server calls them."""

    url: str
    body: bytes
    kind: str


@loader(claims=lambda source: _is_address(source))
def web(source: Source) -> Iterator[Source]:
    """A web address, fetched when you name it and never otherwise: pages, feeds, tables, archives."""
    if not _is_address(source):
        return
    try:
        reply = fetch(source.name)
    except Unreachable as error:
        source.problem(f"{error}.", "skipped")
        return
    yield Source(_named(reply), opener=partial(BytesIO, _in_utf8(reply)), meta={"url": reply.url})


def _is_address(source: Source) -> bool:
    return (
        source.opener is None
        and source.value is None
        and bool(ADDRESS.match(source.name))
        and not is_remote_table(source)
    )


def fetch(url: str) -> Reply:
    """What lies at an address. Raises Unreachable.

    Addresses of this machine and its network are fetched only if the environment says TOOLKIT_PRIVATE_ADDRESSES=1; redirects
    are followed to other public addresses only, whatever it says: a page on the web cannot point into your own network.
    """
    deadline = time.monotonic() + TOTAL
    host = urlsplit(url).hostname
    for _ in range(REDIRECTS + 1):
        reply, onward = _request(url, deadline)
        if not onward:
            return reply
        url = urljoin(url, onward)
        if not ADDRESS.match(url) or (
            urlsplit(url).hostname != host and not addresses.is_public(urlsplit(url).hostname)
        ):
            raise Unreachable(f"leads on to {url}, which is not on the public web")
    raise Unreachable(f"leads on more than {REDIRECTS} times")


def _request(url: str, deadline: float) -> tuple[Reply, str | None]:
    """The reply of one address, and the address that it points on to, if it does."""
    try:
        import urllib3
    except ImportError:
        raise MissingExtra(f"Fetching {url}", "loaders") from None

    timeout = urllib3.Timeout(connect=CONNECT, read=READ)
    headers = {**urllib3.util.make_headers(accept_encoding=True), "User-Agent": AGENT, "Accept": "text/html,*/*;q=0.8"}
    try:
        with _pool(url) as pool:
            response = pool.request(
                "GET", url, redirect=False, retries=False, timeout=timeout, headers=headers, preload_content=False
            )
            onward = response.get_redirect_location()
            if not onward and response.status != 200:
                raise Unreachable(
                    f"could not be fetched: the server answers {response.status} {response.reason or ''}".strip()
                )
            return Reply(
                url, b"" if onward else _body(response, deadline), response.headers.get("content-type", "")
            ), onward or None
    except (urllib3.exceptions.HTTPError, UnicodeError, ValueError) as error:
        raise Unreachable(f"could not be fetched: {_reason(error)}") from error


def _pool(url: str) -> Any:
    """A pool of connections, through the proxy that the system names for this address, if any."""
    import urllib3

    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if proxy and not urllib.request.proxy_bypass(parts.hostname or ""):
        if addresses.is_known_private(parts.hostname) and not addresses.may_be_private():
            raise Unreachable(f"could not be fetched: {addresses.refused(parts.hostname)}")
        return urllib3.ProxyManager(proxy)
    return addresses.guarded()


def _body(response: Any, deadline: float) -> bytes:
    """The bytes, piece by piece as they come, so that a server which drips them is left in time."""
    parts, size = [], 0
    while part := response.read1(2**16):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Unreachable(f"is larger than {LARGEST // 2**20} MB, which is more than is fetched; download it first")
        if time.monotonic() > deadline:
            raise Unreachable(f"could not be fetched within {TOTAL:.0f} seconds")
    return b"".join(parts)


def _reason(error: Exception) -> str:
    """Why a connection failed, without the library's names."""
    said = getattr(error, "reason", None) or next((part for part in error.args if isinstance(part, str)), error)
    return re.sub(r"^\w+\([^)]*\): ", "", str(said)).split(": IncompleteRead")[0].rstrip(".")


def _named(reply: Reply) -> str:
    """The address as a name; of a file that is no page without what is asked of it (`data.csv?key=...`)."""
    return reply.url if "html" in reply.kind else re.sub(r"[?#].*", "", reply.url)


def _in_utf8(reply: Reply) -> bytes:
    """The body, in UTF-8 if it is text in an encoding that the server names."""
    charset = re.search(r"charset=[\"']?([\w-]+)", reply.kind)
    if not charset or charset[1].lower() in ("utf-8", "utf8") or not reply.kind.startswith("text/"):
        return reply.body
    try:
        return reply.body.decode(charset[1]).encode()
    except (UnicodeError, LookupError):
        return reply.body
