"""HTTP to appointment systems: reading is tried again, booking never is, and every call ends within its time."""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Literal, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from bot.appointments.errors import BackendUnavailable, OutcomeUnknown

Pairs = Sequence[tuple[str, str | int]]
"""Query parameters in order; a name may come more than once."""

Shape = TypeVar("Shape")

_TRIES = 3
_PAUSE = 0.15
"""Seconds before the second try, doubled before the third; each is stretched or shrunk by half at random."""
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
"""Errors after which the other side surely received nothing."""
_dice = random.SystemRandom()

CONNECTIONS = 20
"""Calls at the same time to one system; the others wait for their turn."""


@cache
def _tls() -> ssl.SSLContext:
    """Certificates are read once: a client of its own for each booking would spend most of its time on that."""
    return httpx.create_ssl_context()


class Client:
    """A pool of connections to one system. `timeout` is in seconds, for one call with all its tries."""

    def __init__(self, url: str, timeout: float, headers: Mapping[str, str] | None = None) -> None:
        """Connects to nothing yet; cookies are kept, redirects are not followed."""
        self._timeout = timeout
        self._turns = asyncio.Semaphore(CONNECTIONS)
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Accept": "application/json", **(headers or {})},
            timeout=httpx.Timeout(timeout),
            verify=_tls(),
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
        )

    @property
    def cookies(self) -> httpx.Cookies:
        """The cookies of this client's session."""
        return self._client.cookies

    async def read(
        self, path: str, params: Pairs = (), headers: Mapping[str, str] | None = None, method: Literal["GET", "DELETE"] = "GET"
    ) -> httpx.Response:
        """Ask something that may be asked twice, and give any answer below 500.

        Raises BackendUnavailable when no such answer came in time: refused, slow, broken, 429 or 5xx at every try.
        """
        try:
            async with self._turn(), asyncio.timeout(self._timeout):
                return await self._read(path, params, headers, method)
        except TimeoutError as error:
            raise BackendUnavailable(f"{method} took too long") from error

    async def _read(self, path: str, params: Pairs, headers: Mapping[str, str] | None, method: str) -> httpx.Response:
        why = ""
        for number in range(_TRIES):
            if number:
                await asyncio.sleep(_PAUSE * 2 ** (number - 1) * _dice.uniform(0.5, 1.5))
            try:
                # Half the time for one try: an answer that is lost leaves time to ask again.
                async with asyncio.timeout(self._timeout / 2):
                    response = await self._client.request(method, path, params=httpx.QueryParams(tuple(params)) or None, headers=headers)
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
                why = type(error).__name__
                continue
            if response.status_code not in _TRY_AGAIN:
                return response
            why = f"http_{response.status_code}"
        raise BackendUnavailable(f"{method} failed {_TRIES} times: {why}")

    async def send(
        self, path: str, *, json: Any = None, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """POST once, and give the answer whatever its status.

        Raises BackendUnavailable when surely nothing was received (also on 429), OutcomeUnknown when no answer came or
        only one of something in between (502, 503, 504).
        """
        try:
            async with self._turn(), asyncio.timeout(self._timeout):
                response = await self._client.post(path, json=json, data=form, headers=headers)
        except _NOT_SENT as error:
            raise BackendUnavailable(f"not sent: {type(error).__name__}") from error
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise OutcomeUnknown(f"no answer: {type(error).__name__}") from error
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise BackendUnavailable("http_429")
        if response.status_code in (502, 503, 504):
            raise OutcomeUnknown(f"http_{response.status_code}")
        return response

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """A place among the calls under way. Raises BackendUnavailable when none comes free in the time of one call.

        The wait is not part of the call: a booking that was still waiting was surely not sent.
        """
        try:
            async with asyncio.timeout(self._timeout):
                await self._turns.acquire()
        except TimeoutError as error:
            raise BackendUnavailable("too many calls at once") from error
        try:
            yield
        finally:
            self._turns.release()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def read_json(response: httpx.Response, shape: TypeAdapter[Shape]) -> Shape:
    """The body of a good answer in its shape; raises BackendUnavailable on another status or on nonsense."""
    if not response.is_success:
        raise BackendUnavailable(f"http_{response.status_code}")
    try:
        return shape.validate_json(response.content)
    except ValidationError as error:
        # What was received may hold personal data: the error goes without it.
        raise BackendUnavailable(f"nonsense at {error.error_count()} places") from None
