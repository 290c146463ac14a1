"""Lets a citizen take a conversation from the website along to WhatsApp, with a one-time code."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.gateway import limits
from bot.gateway.errors import TooFast
from bot.gateway.limits import Limits
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.channel import Arrival
from bot.model.conversation import Conversation, Inbound, Reply
from bot.store import conversations, messages, moves
from bot.store.database import Database, announce, announce_desk

log = logger()

CHANNELS = ("whatsapp",)
"""Channels that a conversation of the website can go on in."""

VALID = timedelta(minutes=10)
"""How long a code may be used."""

GUESSES = 5
"""Codes that one person may send, right or wrong, in the time that a code is valid.

There are more than 3 * 10^11 codes; with a thousand of them open at once and a thousand telephones guessing, one guess in sixty thousand
such periods of ten minutes is right.
"""

OFFERS = 5
"""Codes that one conversation may ask for in the same time."""

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, 1, I and L, U and V: codes are read aloud and typed over."""

_DASH = r"\-\u2010-\u2015"
_HALF = rf"((?=[A-Z]{{0,3}}[0-9])[{_SIGNS}]{{4}})"
"""Each half has a digit: "WW" is a benefit as well, and "WW aanvraag" or "WW maar geen" is a question about it."""

_CODES = (
    re.compile(rf"\bWW[{_DASH}]([0-9A-Z]{{4}})[{_DASH}]([0-9A-Z]{{4}})\b", re.IGNORECASE),  # with its dashes, right or mistyped
    re.compile(rf"\bWW[\s{_DASH}]{{0,3}}{_HALF}[\s{_DASH}]{{0,3}}{_HALF}\b", re.IGNORECASE),
)


@dataclass(frozen=True)
class Offer:
    """A fresh code; it is not kept anywhere."""

    code: str
    expires_at: datetime


def code_in(text: str | None) -> str | None:
    """The code in a message, as it was given out; None when there is none."""
    found = _find(text or "")
    return f"WW-{found[1]}-{found[2]}".upper() if found else None


@dataclass(frozen=True)
class Moving:
    """Gives codes out at the website and takes them in on WhatsApp."""

    database: Database
    library: Callable[[], Library]
    clock: Clock
    limits: Limits

    async def offer(self, conversation_id: UUID) -> Offer:
        """A code for this conversation; an earlier one stops being valid. Raises TooFast."""
        await self._count("move_offer", str(conversation_id), OFFERS)
        offer = Offer(_fresh(), self.clock() + VALID)
        async with self.database.transaction() as connection:
            await moves.offer(connection, _hash(offer.code), conversation_id, offer.expires_at)
        log.info("move_offered", conversation_id=str(conversation_id))
        return offer

    async def heed(self, arrival: Arrival) -> tuple[Arrival | None, str | None]:
        """Use the code in a message, if there is one: what is left of it to be read, and the text that says why the code is refused."""
        code = code_in(arrival.text) if arrival.channel in CHANNELS else None
        if code is None:
            return arrival, None
        refusal = await self.take(arrival, code)
        return (arrival, refusal) if refusal else (_behind_code(arrival), None)

    async def take(self, arrival: Arrival, code: str) -> str | None:
        """Give the conversation of `code` to whoever sent it; None when that is done, else the text that says why not.

        Doing it twice with the same arrival does it once.
        """
        async with self.database.transaction() as connection:
            if await messages.seq_of_inbound(connection, arrival.key) is not None:
                return None
        try:
            await self._count("move_guess", f"{arrival.channel}:{arrival.user}", GUESSES)
        except TooFast:
            log.warning("move_guesses_slowed", channel=arrival.channel)
            return "code_te_vaak"
        # A transaction of its own, so that after a refusal nothing is held any more.
        async with self.database.transaction() as connection:
            return await self._take(connection, arrival, code)

    async def _take(self, connection: AsyncConnection, arrival: Arrival, code: str) -> str | None:
        found = await moves.conversation_of(connection, _hash(code), self.clock(), arrival.municipality)
        if found is None:
            log.info("move_code_wrong", channel=arrival.channel)
            return "code_klopt_niet"
        before = await conversations.current_of_user(connection, arrival)
        if before is not None and before.owner in ("queued", "agent"):
            return "code_ander_gesprek"
        if before is not None:
            await conversations.supersede(connection, before.id, self.clock())
        await moves.use(connection, found.id, arrival, self.clock())
        await self._welcome(connection, found, arrival)
        log.info("conversation_moved", conversation_id=str(found.id), channel=arrival.channel, owner=found.owner)
        return None

    async def _welcome(self, connection: AsyncConnection, moved: Conversation, arrival: Arrival) -> None:
        """Say who is talking on the new channel, and say again what the citizen was asked last."""
        last = await self._asked_last(connection, moved)
        library, where = self.library(), moved.municipality
        inbound = Inbound(arrival.key, arrival.key, address=arrival.user)
        await messages.add_inbound(connection, moved.id, inbound, library.message("ontvangen_code", municipality=where))
        note = library.message(f"verhuisd_{moved.owner}", municipality=where)
        await messages.add_reply(connection, moved.id, Reply(note, meta={"route": "moved"}, author="system"))
        if last is not None:
            await messages.add_reply(connection, moved.id, last)
        await announce(connection, moved.id)
        await announce_desk(connection, moved.id)

    async def _asked_last(self, connection: AsyncConnection, moved: Conversation) -> Reply | None:
        """What the bot said last, with the choices that are still open; None while somebody else has the word."""
        said = [item for item in await messages.latest_of_all(connection, moved.id, 5) if item.author != "system"]
        if moved.owner != "bot" or not said or said[-1].author != "bot":
            return None
        offered = await messages.open_choices_of(connection, said[-1].id)
        return Reply(said[-1].text, offered, {"route": "moved"})

    async def _count(self, kind: str, subject: str, allowed: int) -> None:
        async with self.database.transaction() as connection:
            await limits.count(connection, replace(self.limits, window=VALID), kind, subject, allowed, self.clock())


def _find(text: str) -> re.Match[str] | None:
    return next((found for form in _CODES if (found := form.search(text))), None)


def _behind_code(arrival: Arrival) -> Arrival | None:
    """What was written behind the code, as a message of its own: the code comes filled in, and some go on typing. None when nothing was."""
    text = arrival.text or ""
    found = _find(text)
    rest = text[found.end() :].lstrip(" .,;:!-") if found else ""
    return replace(arrival, key=f"{arrival.key}:words", kind="text", text=rest) if any(map(str.isalnum, rest)) else None


def _fresh() -> str:
    while True:
        first, second = ("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(2))
        if code_in(f"WW {first} {second}"):  # with a digit in each half
            return f"WW-{first}-{second}"


def _hash(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
