"""Finds the point of an address in a citizen's words, at the Locatieserver of PDOK: the government's own, on the address register."""

from __future__ import annotations

import asyncio
import re

import httpx
from pydantic import BaseModel, ValidationError

from bot.logs import logger

log = logger()

_POINT = re.compile(r"POINT\((-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)\)")
_KINDS = "type:(adres OR weg)"
_LONGEST = 200
"""Signs of the question; an address is shorter."""


class _Found(BaseModel):
    centroide_ll: str
    straatnaam: str


class _Response(BaseModel):
    docs: list[_Found]


class _Answer(BaseModel):
    response: _Response


class Locator:
    """Asks once and quickly: who gets no answer goes on without one. An empty `url` finds nothing."""

    def __init__(self, url: str, timeout: float) -> None:
        """`url` up to and with the version; `timeout` in seconds."""
        self._on = bool(url)
        self._timeout = timeout
        self._client = httpx.AsyncClient(base_url=url.rstrip("/") or "http://localhost", timeout=httpx.Timeout(timeout))

    async def find(self, words: str, municipality_code: str) -> tuple[float, float] | None:
        """Latitude and longitude of the address or street in these words, within a municipality by its CBS code; None when unsure."""
        if not self._on or not words.strip() or not municipality_code:
            return None
        asked: dict[str, str | list[str]] = {
            "q": words[:_LONGEST],
            "fq": [_KINDS, f"gemeentecode:{municipality_code}"],
            "fl": "centroide_ll,straatnaam",
            "rows": "1",
        }
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._client.get("/free", params=asked)
            response.raise_for_status()
            found = _Answer.model_validate_json(response.content).response.docs
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValidationError) as error:
            log.warning("address_not_looked_up", error=type(error).__name__)
            return None
        point = _POINT.fullmatch(found[0].centroide_ll) if found else None
        # It always finds something that resembles; only a street that the citizen named is the one that was meant.
        if point is None or found[0].straatnaam.casefold() not in words.casefold():
            return None
        return float(point[2]), float(point[1])

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
