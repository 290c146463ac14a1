"""Fetches a file that a citizen sent from where the channel keeps it: never more than we want, never longer than they wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import httpx

from bot.errors import BotError
from bot.model.channel import Arrival

LARGEST = 10_000_000
"""Bytes of one file; what reports take at most, and twice of what WhatsApp sends."""

PATIENCE = 20.0
"""Seconds that one file may take with all its tries: the citizen waits, and so does what they write after it."""

PAUSES = (0.5, 2.0)
"""Seconds before the second and the third try."""


class NotFetched(BotError):
    """The file did not come, and will not; the code is for the log and holds nothing of the citizen's."""

    def __init__(self, code: str) -> None:
        """`code` says why."""
        super().__init__(code)
        self.code = code


class TooLarge(NotFetched):
    """There is more of it than we take."""

    def __init__(self) -> None:
        """There is nothing to add."""
        super().__init__("too_large")


class Passing(NotFetched):
    """It did not come now; another try may help."""


class FileSource(Protocol):
    """Where a channel keeps what its citizens send."""

    async def fetch(self, arrival: Arrival, file: str) -> bytes:
        """The bytes of one of the files of a message, by the channel's own name for it. Raises NotFetched."""
        ...


async def persist(once: Callable[[], Awaitable[bytes]], pauses: Sequence[float] = PAUSES, patience: float = PATIENCE) -> bytes:
    """Do `once` until it succeeds or nothing more may be hoped for, within `patience` seconds in all. Raises NotFetched."""
    try:
        async with asyncio.timeout(patience):
            for pause in pauses:
                try:
                    return await once()
                except Passing:
                    await asyncio.sleep(pause)
            return await once()
    except TimeoutError as error:
        raise NotFetched("too_slow") from error


@asynccontextmanager
async def opened(client: httpx.AsyncClient, url: str | httpx.URL, **options: object) -> AsyncIterator[httpx.Response]:
    """The answer to a GET, with nothing of its body read and no redirect followed. Raises Passing when no whole answer comes."""
    try:
        request = client.build_request("GET", url, **options)  # type: ignore[arg-type]
        response = await client.send(request, stream=True, follow_redirects=False)
        try:
            yield response
        finally:
            await response.aclose()
    except httpx.TransportError as error:
        raise Passing(type(error).__name__) from error


async def body_of(response: httpx.Response, most: int = LARGEST) -> bytes:
    """The body of an answer, read no further than `most` bytes, whatever its headers say. Raises TooLarge."""
    if _length(response.headers) > most:
        raise TooLarge
    pieces: list[bytes] = []
    size = 0
    async for piece in response.aiter_bytes(65_536):
        size += len(piece)
        if size > most:
            raise TooLarge
        pieces.append(piece)
    return b"".join(pieces)


def _length(headers: Mapping[str, str]) -> int:
    given = headers.get("content-length", "")
    return int(given) if given.isdigit() else 0
