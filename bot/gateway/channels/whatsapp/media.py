"""Pictures at Meta: a message names one by an id; the address behind the id lives for five minutes, so it is asked for each time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from bot.gateway.channels import loose
from bot.gateway.channels.whatsapp.errors import BUSY, TOKEN
from bot.gateway.files import LARGEST, PATIENCE, PAUSES, NotFetched, Passing, TooLarge, body_of, opened, persist
from bot.logs import logger
from bot.model.channel import Arrival

log = logger()

_HOSTS = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")
"""Meta's own: nobody else is ever shown our token. The files stand at lookaside.fbsbx.com. (Meta, media download.)"""

_LONGEST_ANSWER = 20_000
"""Bytes of what Meta tells about a file."""


class Media:
    """A channel's FileSource over the client of the Cloud API, which carries the token."""

    def __init__(self, client: httpx.AsyncClient, pauses: Sequence[float] = PAUSES, patience: float = PATIENCE) -> None:
        """`pauses` and `patience` in seconds."""
        self._client, self._pauses, self._patience = client, pauses, patience

    async def fetch(self, arrival: Arrival, file: str) -> bytes:
        """The bytes behind a media id. Raises NotFetched."""
        return await persist(lambda: self._once(str(arrival.facts["account"]), file), self._pauses, self._patience)

    async def _once(self, account: str, media: str) -> bytes:
        url = await self._address(account, media)
        async with opened(self._client, url) as response:
            if response.status_code == httpx.codes.OK:
                return await body_of(response)
            if response.is_redirect:
                raise NotFetched("redirect")
            # 404 is an address that has ended; whatever else it is, the next try begins with a fresh one.
            raise Passing(str(response.status_code))

    async def _address(self, account: str, media: str) -> httpx.URL:
        if not media.isalnum():
            raise NotFetched("odd_id")  # it becomes part of an address
        async with opened(self._client, media, params={"phone_number_id": account}) as response:
            told = _object(await body_of(response, _LONGEST_ANSWER))
            if response.status_code != httpx.codes.OK:
                raise _error(response.status_code, told)
        size = str(told.get("file_size", ""))
        if size.isdigit() and int(size) > LARGEST:
            raise TooLarge
        return self._ours(loose.text(told, "url"))

    def _ours(self, address: str) -> httpx.URL:
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise NotFetched("odd_address") from error
        base = self._client.base_url
        at_graph = (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)
        if not at_graph and not (url.scheme == "https" and url.host.endswith(_HOSTS) and url.port is None):
            raise NotFetched("foreign_address")
        return url


def _error(status: int, told: Mapping[str, Any]) -> NotFetched:
    code = loose.part(told, "error").get("code")
    name = str(code if code is not None else status)
    if code in TOKEN or status == httpx.codes.UNAUTHORIZED:
        log.error("channel_token_refused", channel="whatsapp", code=name)
        return NotFetched(name)
    passes = code in BUSY or status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR
    return Passing(name) if passes else NotFetched(name)


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
