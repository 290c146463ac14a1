"""Starts a conversation: its id, its token, and the first message that says who is talking."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.gateway import limits
from bot.gateway.errors import Moved, Unauthorized, UnknownConversation, UnknownMunicipality
from bot.gateway.limits import Limits
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.conversation import OfferedChoice, Reply
from bot.store import conversations, messages
from bot.store.database import Database

log = logger()

_ASKED = {"aanvragen": "ask_how", "kosten": "ask_costs", "meenemen": "ask_bring", "duur": "ask_duration", "waar": "ask_where"}
"""What people ask first about a product, with the intent that asks it."""

_OFFERED = 4

WEBSITE = "web"
"""The channel on which a token opens a conversation; one that went on elsewhere is closed to whoever sits at the old screen."""


@dataclass(frozen=True)
class Started:
    """A new conversation and the token that opens it; the token is not kept anywhere."""

    id: UUID
    token: str


@dataclass(frozen=True)
class Starts:
    """Makes conversations and knows who may enter them."""

    database: Database
    library: Callable[[], Library]
    clock: Clock
    limits: Limits

    async def start(self, channel: str, municipality: str | None, address: str, product: str | None = None) -> Started:
        """Start a conversation with a token; `product` is what the page is about. Raises UnknownMunicipality or TooFast."""
        if municipality is not None and self.library().municipality(municipality) is None:
            raise UnknownMunicipality(municipality[:40])
        started = Started(uuid4(), secrets.token_urlsafe(24))
        async with self.database.transaction() as connection:
            per = self.limits
            await limits.count(connection, per, "start", address, per.conversations_per_address, self.clock())
            await conversations.create(connection, started.id, channel, municipality, _hash(started.token))
            await self.welcome(connection, started.id, municipality)
            if product is not None:
                await self._offer(connection, started.id, municipality, product)
        log.info("conversation_started", conversation_id=str(started.id), channel=channel, municipality=municipality)
        return started

    async def welcome(self, connection: AsyncConnection, conversation_id: UUID, municipality: str | None) -> None:
        """Store the first message: that this is a digital assistant and not a person, and which municipality it is for."""
        library = self.library()
        if municipality is not None:
            reply = Reply(library.message("welkom", municipality=municipality), meta={"route": "welcome"})
        else:
            offered = tuple(
                OfferedChoice(item.name, "/choose_municipality" + json.dumps({"municipality": item.id}))
                for item in library.municipalities()
            )
            reply = Reply(library.message("welkom_zonder_gemeente"), offered, meta={"route": "welcome"})
        await messages.add_reply(connection, conversation_id, reply)

    async def _offer(self, connection: AsyncConnection, conversation_id: UUID, municipality: str | None, product: str) -> None:
        """Offer what one may ask about the product of the page; an unknown one is the site's mistake, and no citizen's trouble."""
        library = self.library()
        if library.product(product) is None:
            log.warning("unknown_page_product", municipality=municipality)
            return
        wish = json.dumps({"product": product})
        aspects = [aspect for aspect in _ASKED if aspect in library.aspects_of(product, municipality)][:_OFFERED]
        offered = tuple(OfferedChoice(library.aspect_title(aspect), f"/{_ASKED[aspect]}{wish}") for aspect in aspects)
        text = library.message("welkom_product", municipality=municipality, onderwerp=library.title_of(product))
        await messages.add_reply(connection, conversation_id, Reply(text, offered, {"route": "welcome", "product": product}))

    async def authorise(self, conversation_id: UUID, token: str) -> None:
        """Check the token of a conversation. Raises UnknownConversation, Unauthorized or Moved."""
        async with self.database.statement() as connection:
            entry = await conversations.entry(connection, conversation_id)
        if entry is None:
            raise UnknownConversation
        known, channel = entry
        if known is None or not hmac.compare_digest(known, _hash(token)):
            raise Unauthorized
        if channel != WEBSITE:
            raise Moved


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
