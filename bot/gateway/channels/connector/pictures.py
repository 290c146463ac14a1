"""Pictures that a connector brings in the message itself; nothing is fetched, and nothing is unpacked before the worker does."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from bot.gateway.errors import BadRequest, TooLong
from bot.gateway.files import NotFetched
from bot.model.channel import Arrival
from bot.store import arrivals
from bot.store.database import Database

LARGEST = 5_000_000
"""Bytes of one picture, as on WhatsApp."""

LARGEST_BODY = 4 * LARGEST // 3 + 64 * 1024
"""Bytes of a request with such a picture in base64, and words beside it."""

_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF")
"""JPEG, PNG, GIF and WebP; whether it really is one is seen when it is redrawn."""


def read_picture(encoded: str) -> str:
    """The base64 of a picture, as it was given. Raises BadRequest or TooLong, for a program can put that right."""
    if len(encoded) > LARGEST_BODY:
        raise TooLong
    try:
        data = base64.b64decode(encoded, validate=True)
    except ValueError as error:  # signs that are no ASCII, or no base64
        raise BadRequest("picture: base64") from error
    if len(data) > LARGEST:
        raise TooLong
    if not data.startswith(_BEGINNINGS):
        raise BadRequest("picture: JPEG, PNG, GIF or WebP")
    return encoded


@dataclass(frozen=True)
class BroughtPictures:
    """A channel's FileSource: the picture waits with its message."""

    database: Database

    async def fetch(self, arrival: Arrival, file: str) -> bytes:
        """Its bytes. Raises NotFetched."""
        async with self.database.transaction() as connection:
            encoded = await arrivals.brought(connection, arrival.key)
        if encoded is None:
            raise NotFetched("read_before")
        return base64.b64decode(encoded)
