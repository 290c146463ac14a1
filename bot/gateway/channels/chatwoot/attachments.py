"""Pictures at Chatwoot: a link in the webhook that redirects to where Chatwoot keeps its files."""

from __future__ import annotations

import ssl
from collections.abc import Sequence

import httpx

from bot.gateway.channels.chatwoot.outward import Outward
from bot.gateway.files import PATIENCE, PAUSES, NotFetched, Passing, body_of, opened, persist
from bot.model.channel import Arrival

_REDIRECTS = 3

_PASSING = frozenset({404, 408, 425, 429})
"""404 too: Chatwoot may tell of a file while it is still being put into the storage. (chatwoot/chatwoot#15540.)"""


class Attachments:
    """A channel's FileSource; it shows nobody a token, for the links are signed."""

    def __init__(
        self,
        outward: Outward,
        timeout: float = 10.0,
        pauses: Sequence[float] = PAUSES,
        patience: float = PATIENCE,
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        """`timeout` for one call, `pauses` and `patience` in seconds; `certificates`: those of this machine, unless given."""
        self._outward, self._pauses, self._patience = outward, pauses, patience
        # A kept connection would serve another name at the same address without looking at its certificate.
        limits = httpx.Limits(max_connections=8, max_keepalive_connections=0)
        # No proxy of the environment, but its certificates: a request must go to the very address that was looked at.
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(timeout, connect=3.0),
            limits=limits,
            trust_env=False,
            verify=certificates or httpx.create_ssl_context(),
        )

    async def fetch(self, arrival: Arrival, file: str) -> bytes:
        """The bytes behind a link. Raises NotFetched."""
        return await persist(lambda: self._once(file), self._pauses, self._patience)

    async def _once(self, address: str) -> bytes:
        way = await self._outward.way(address)
        for _ in range(_REDIRECTS + 1):
            async with opened(self._client, way.url, **way.options) as response:
                if response.is_redirect:
                    way = await self._outward.way(response.headers.get("location", ""), after=way.asked)
                    continue
                if response.status_code == httpx.codes.OK:
                    return await body_of(response)
                status = response.status_code
                passes = status in _PASSING or status >= httpx.codes.INTERNAL_SERVER_ERROR
                raise Passing(str(status)) if passes else NotFetched(str(status))
        raise NotFetched("too_many_redirects")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
