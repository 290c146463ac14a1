"""Speaks with JCC-Afspraken: a token from client credentials, renewed before it ends and once when it is refused."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

import httpx

from bot.appointments.backends.jcc.shapes import TOKEN
from bot.appointments.backends.together import Together
from bot.appointments.errors import BackendUnavailable, OutcomeUnknown
from bot.appointments.http import Client, Pairs, read_json
from bot.clock import Clock
from bot.logs import logger
from bot.settings import Secret

log = logger()

_EARLY = timedelta(seconds=30)
"""A token is renewed this much before it ends, so that it does not end on its way."""


class Connection:
    """One client of one JCC; `url` ends in api/warp/v1."""

    def __init__(self, url: str, client_id: str, client_secret: Secret, timeout: float, clock: Clock) -> None:
        """Connects to nothing yet; `timeout` in seconds for one call."""
        self._client = Client(url.rstrip("/") + "/", timeout, {"language": "nl"})
        self._credentials = base64.b64encode(f"{client_id}:{client_secret.reveal()}".encode()).decode()
        self._clock = clock
        self._token = ""
        self._token_ends = datetime.min.replace(tzinfo=clock().tzinfo)
        self._renewing: Together[None] = Together()

    async def read(self, path: str, params: Pairs = (), method: Literal["GET", "DELETE"] = "GET") -> httpx.Response:
        """Ask something that may be asked twice. Raises BackendUnavailable."""
        return await self._authorised(lambda headers: self._client.read(path, params, headers, method))

    async def send(self, path: str, body: Mapping[str, Any]) -> httpx.Response:
        """Post once. Raises BackendUnavailable when it surely was not taken, OutcomeUnknown when no answer came."""
        return await self._authorised(lambda headers: self._client.send(path, json=body, headers=headers))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _authorised(self, call: Callable[[Mapping[str, str]], Awaitable[httpx.Response]]) -> httpx.Response:
        token = await self._valid_token(refused=None)
        response = await call({"Authorization": f"Bearer {token}"})
        if response.status_code == httpx.codes.UNAUTHORIZED:
            # Refused before anything was done: the same call may go again with a new token.
            token = await self._valid_token(refused=token)
            response = await call({"Authorization": f"Bearer {token}"})
        if response.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            log.error("appointment_system_refuses_us", backend="jcc", status=response.status_code)
            raise BackendUnavailable(f"http_{response.status_code}")
        return response

    async def _valid_token(self, refused: str | None) -> str:
        if self._token in ("", refused) or self._clock() >= self._token_ends:
            await self._renewing.ask("token", self._renew)
        return self._token

    async def _renew(self) -> None:
        try:
            response = await self._client.send(
                "connect/token",
                form={"grant_type": "client_credentials", "scope": "warp-api"},
                headers={"Authorization": f"Basic {self._credentials}"},
            )
        except OutcomeUnknown as error:
            # Of a token it does not matter whether it was made.
            raise BackendUnavailable("no token") from error
        token = read_json(response, TOKEN)
        self._token = token.access_token
        self._token_ends = self._clock() + timedelta(seconds=token.expires_in) - _EARLY
