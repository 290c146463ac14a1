"""Where a link of Chatwoot's may lead us: its own house, its file storage, or an address that anybody on the internet can reach."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.gateway.files import NotFetched, Passing

FILES = "/rails/active_storage/"
"""Where Chatwoot (a Rails application) serves attachments, and what redirects to its storage."""

_PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""The addresses of a host. Raises OSError."""


@dataclass(frozen=True)
class Way:
    """One request that may be made: for `asked`, as it was written, at `url`."""

    asked: httpx.URL
    url: httpx.URL
    options: dict[str, Any] = field(default_factory=dict)


async def resolve(host: str) -> Sequence[str]:
    """What this machine makes of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def origin(address: str | httpx.URL) -> str | None:
    """Scheme, host and port of an address; None when it is none of the web."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return None
    return f"{url.scheme}://{url.host}:{url.port or _PORTS[url.scheme]}" if url.scheme in _PORTS and url.host else None


@dataclass(frozen=True)
class Outward:
    """`home` is CHATWOOT_URL, `storage` the origins that somebody put into the settings."""

    home: httpx.URL
    storage: frozenset[str]
    resolve: Resolve = resolve

    async def way(self, address: str, after: httpx.URL | None = None) -> Way:
        """How to ask for `address`, which a webhook named, or a redirect of Chatwoot's (`after` it). Raises NotFetched.

        A webhook may only name a file of Chatwoot's, and then only its path counts: what Chatwoot believes its own address to be may
        be another one than ours, or wrong. A redirect may leave for storage, never for what only this machine can reach.
        """
        try:
            url = after.join(address) if after else httpx.URL(address)
        except httpx.InvalidURL as error:
            raise NotFetched("odd_address") from error
        if url.path.startswith(FILES) and "/.." not in url.path:
            return Way(url, self.home.copy_with(raw_path=url.raw_path))
        if after is None:
            raise NotFetched("foreign_address")
        if origin(url) in self.storage:
            return Way(url, url.copy_with(username=None, password=None))
        return await self._public(url)

    async def _public(self, url: httpx.URL) -> Way:
        if origin(url) != f"https://{url.host}:443":
            raise NotFetched("foreign_address")
        try:
            addresses = await self.resolve(url.host)
        except OSError as error:
            raise Passing("no_such_host") from error
        if not addresses or not all(is_public(address) for address in addresses):
            raise NotFetched("private_address")
        # We connect to the address that was looked at: asked again, a name may have another one.
        host = addresses[0]
        options = {"headers": {"Host": url.host}, "extensions": {"sni_hostname": url.host}}
        return Way(url, url.copy_with(host=host, username=None, password=None), options)


def is_public(address: str) -> bool:
    """Whether an address is everybody's; one that holds an IPv4 address inside counts as that."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inside = found.ipv4_mapped or found.sixtofour
        if inside is not None:
            return inside.is_global and not inside.is_multicast
        if found in _NAT64:
            return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF).is_global
    return found.is_global and not found.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
