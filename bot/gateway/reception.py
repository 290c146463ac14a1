"""Reads what channels delivered: finds the citizen's conversation and brings each message to the gate, in the order it was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid4

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.gateway import metrics, outdoors, revisions
from bot.gateway.advice import Advice
from bot.gateway.elsewhere import MAIL, Elsewhere
from bot.gateway.errors import OutOfOrder, Refused, TooLong
from bot.gateway.gate import Gate
from bot.gateway.moving import Moving, code_in
from bot.gateway.starts import Starts
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.channel import DESK_ELSEWHERE, Arrival
from bot.model.conversation import Inbound, Reply
from bot.model.people import Holding
from bot.store import arrivals, conversations, messages, ownership
from bot.store.database import Database, announce

log = logger()

SETTLED = timedelta(milliseconds=300)
"""How long a message waits for one that was sent before it: channels call us in any order."""

MAX_FAILURES = 5
"""After so many unexpected errors a message is set aside and the citizen is asked to send it again."""

_OF_PEOPLE = ("person", "status")
"""What no citizen sent."""

_EVERY_SECONDS = 0.1
_AT_ONCE = 8

MOVES_TO = ("whatsapp",)
"""Channels that a conversation of the website can go on in."""

UNREADABLE = {
    "picture": "geen_foto",
    "voice": "geen_spraak",
    "sticker": "geen_sticker",
    "document": "geen_document",
    "unknown": "geen_bericht",
}
"""The text that says what to do instead, for what the bot cannot read."""

IN_QUEUE, WORDS_ONLY = Advice("bestand_wachtrij"), Advice("alleen_tekst")
"""The same for who waits for a person, and for who wrote words beside it."""


class Courtesy(Protocol):
    """A channel that shows that a message was seen."""

    async def seen(self, arrival: Arrival) -> None:
        """Mark it read and show that an answer is being written; never raises."""
        ...


@dataclass(frozen=True)
class Reception:
    """The rounds a worker makes; any number of workers may make them at once."""

    database: Database
    gate: Gate
    starts: Starts
    library: Callable[[], Library]
    courtesies: Mapping[str, Courtesy] = field(default_factory=dict)
    settled: timedelta = SETTLED

    async def run(self) -> None:
        """Make rounds for ever; an error of the database only skips a round."""
        while True:
            found = 0
            try:
                found = await self.round()
            except (SQLAlchemyError, DriverError, OutOfOrder) as error:
                log.warning("reception_round_failed", error=type(error).__name__)
            if not found:
                await asyncio.sleep(_EVERY_SECONDS)

    async def round(self) -> int:
        """Read what has settled, several citizens at once and each in order; how many citizens there were."""
        async with self.database.transaction() as connection:
            users = await arrivals.waiting_users(connection, self.settled)
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(channel: str, user: str) -> None:
            async with room:
                while await self._next(channel, user):
                    pass

        await asyncio.gather(*(one(channel, user) for channel, user in users))
        return len(users)

    async def _next(self, channel: str, user: str) -> bool:
        """Read the first waiting arrival of a user; False when there is none or somebody else reads them."""
        async with self.database.transaction() as held:
            if not await arrivals.lock_user(held, channel, user):
                return False
            arrival = await arrivals.first_waiting(held, channel, user, self.settled)
            if arrival is None:
                return False
            try:
                await self._read(held, arrival)
            except (SQLAlchemyError, DriverError, OutOfOrder):
                raise
            except Exception as error:
                return await self._broken(arrival, error)
            await arrivals.handled(held, arrival.key)
        metrics.ARRIVALS.labels(arrival.channel, arrival.kind).inc()
        return True

    async def _broken(self, arrival: Arrival, error: Exception) -> bool:
        """Count a failure; after too many of them set the arrival aside, so that what comes after it is read."""
        log.error("arrival_failed", channel=arrival.channel, kind=arrival.kind, error=type(error).__name__, exc_info=error)
        metrics.ARRIVALS.labels(arrival.channel, "failed").inc()
        async with self.database.transaction() as connection:
            if await arrivals.count_failure(connection, arrival.key) < MAX_FAILURES:
                return False
            await arrivals.handled(connection, arrival.key)
            if arrival.kind in _OF_PEOPLE:
                return True
            conversation, _ = await conversations.of_channel_user(connection, arrival, uuid4())
            await self._tell(connection, conversation.id, "fout")
        return True

    @property
    def _elsewhere(self) -> Elsewhere:
        return Elsewhere(self.library, self.gate.clock)

    async def _read(self, held: AsyncConnection, arrival: Arrival) -> None:
        if arrival.kind in _OF_PEOPLE:
            await self._read_elsewhere(held, arrival)
            return
        code = code_in(arrival.text) if arrival.channel in MOVES_TO else None
        refusal = await self._moving.take(arrival, code) if code else None
        if code and refusal is None:
            return
        # In a transaction of its own: the gate stores in its own, and must see the conversation.
        async with self.database.transaction() as connection:
            conversation, new = await conversations.of_channel_user(connection, arrival, uuid4())
            theirs = await self._elsewhere.heed(connection, conversation.id, arrival, new=new)
            if new and not theirs:
                await self.starts.welcome(connection, conversation.id, conversation.municipality)
        if refusal is not None:
            shown = Inbound(arrival.key, arrival.key, self.library().message("ontvangen_code"), address=arrival.user)
            await self.gate.accept_unreadable(conversation.id, shown, Advice(refusal), always=True)
            return
        if arrival.kind == "deleted":
            await revisions.withdraw(held, self.library(), conversation.id, str(arrival.facts["of"]))
            return
        news = await revisions.as_new(held, arrival) if arrival.kind == "edited" else arrival
        if news is not None:
            await self._answer(held, conversation.id, news)

    async def _answer(self, held: AsyncConnection, conversation_id: UUID, arrival: Arrival) -> None:
        courtesy = self.courtesies.get(arrival.channel)
        if courtesy is not None:
            await courtesy.seen(arrival)
        try:
            await self._bring(conversation_id, arrival)
        except OutOfOrder:
            raise
        except Refused as refused:
            if isinstance(refused, TooLong) and arrival.channel in DESK_ELSEWHERE and arrival.address == MAIL:
                await self._elsewhere.letter(held, conversation_id)
            else:
                await self._tell(held, conversation_id, refused.text_key)

    async def _read_elsewhere(self, held: AsyncConnection, arrival: Arrival) -> None:
        if arrival.kind == "person":
            conversation, new = await conversations.of_channel_user(held, arrival, uuid4())
            await self._elsewhere.spoke(held, conversation.id, arrival, new=new)
            return
        known = await conversations.current_of_user(held, arrival)
        if known is not None:
            await self._elsewhere.changed(held, known.id, arrival)

    @property
    def _moving(self) -> Moving:
        return Moving(self.database, self.library, self.gate.clock, self.gate.limits)

    async def _bring(self, conversation_id: UUID, arrival: Arrival) -> None:
        inbound = Inbound(arrival.key, arrival.key, text=arrival.text, address=arrival.user, masked=arrival.masked)
        if arrival.kind == "choice":
            await self.gate.accept(conversation_id, replace(inbound, text=None, choice=arrival.choice))
        elif arrival.kind in UNREADABLE:
            await self._bring_unreadable(conversation_id, arrival, inbound)
        elif arrival.kind == "location":
            await self._bring_location(conversation_id, arrival, inbound)
        else:
            await self.gate.accept(conversation_id, await self._as_choice(conversation_id, inbound))

    async def _bring_unreadable(self, conversation_id: UUID, arrival: Arrival, inbound: Inbound) -> None:
        """What only a person can see; the words beside it are read as any others."""
        library = self.library()
        shown, answer = library.message(f"ontvangen_{arrival.kind}"), Advice(UNREADABLE[arrival.kind])
        if not arrival.text:
            if arrival.kind == "picture" and outdoors.is_subject(library, await self._holding(conversation_id)):
                answer = outdoors.about_picture(library)
            await self.gate.accept_unreadable(conversation_id, replace(inbound, text=shown), answer, waiting=IN_QUEUE)
            return
        beside = Inbound(f"{arrival.key}:file", f"{arrival.key}:file", text=shown, address=arrival.user)
        await self.gate.accept_unreadable(conversation_id, beside, WORDS_ONLY)
        await self.gate.accept(conversation_id, await self._as_choice(conversation_id, inbound))

    async def _bring_location(self, conversation_id: UUID, arrival: Arrival, inbound: Inbound) -> None:
        library = self.library()
        holding = await self._holding(conversation_id)
        place = library.place_near(float(arrival.facts["latitude"]), float(arrival.facts["longitude"]))
        if place is None:
            shown = library.message("ontvangen_location")
            await self.gate.accept_unreadable(conversation_id, replace(inbound, text=shown), Advice("locatie_ver_weg"))
        elif holding is not None and holding.municipality and outdoors.is_subject(library, holding):
            shown = library.message("ontvangen_plaats", plaats=place)
            await self.gate.accept_unreadable(conversation_id, replace(inbound, text=shown), outdoors.about_place(library, place))
        else:
            await self.gate.accept(conversation_id, replace(inbound, text=place))

    async def _holding(self, conversation_id: UUID) -> Holding | None:
        async with self.database.transaction() as connection:
            return await ownership.find(connection, conversation_id)

    async def _as_choice(self, conversation_id: UUID, inbound: Inbound) -> Inbound:
        """Words that are exactly those on an open choice are that choice: some channels send titles back, and people type them."""
        async with self.database.transaction() as connection:
            offered = await messages.open_choices(connection, conversation_id)
        said = " ".join((inbound.text or "").split()).casefold()
        for key, title in offered:
            if said and said in (key.casefold(), title.casefold(), title[:24].strip().casefold(), title[:20].strip().casefold()):
                return replace(inbound, text=None, choice=key)
        return inbound

    async def _tell(self, connection: AsyncConnection, conversation_id: UUID, text_key: str) -> None:
        conversation = await conversations.find(connection, conversation_id)
        if conversation is not None and conversation.owner == "agent" and conversation.channel in DESK_ELSEWHERE:
            return  # the person over there has the message itself, and answers
        text = self.library().message(text_key, municipality=conversation.municipality if conversation else None)
        await messages.add_reply(connection, conversation_id, Reply(text, author="system"))
        await announce(connection, conversation_id)
