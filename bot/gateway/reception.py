"""Reads what channels delivered: finds the citizen's conversation and brings each message to the gate, in the order it was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import takewhile
from typing import Protocol
from uuid import UUID, uuid4

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.gateway import metrics, revisions
from bot.gateway.advice import Advice
from bot.gateway.albums import LONGEST, Albums, Fetched
from bot.gateway.elsewhere import MAIL, Elsewhere
from bot.gateway.errors import OutOfOrder, Refused, TooFast, TooLong
from bot.gateway.gate import Gate
from bot.gateway.moving import Moving
from bot.gateway.sharing import UNREADABLE, Sent
from bot.gateway.starts import Starts
from bot.gateway.titles import as_choice
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.channel import DESK_ELSEWHERE, Arrival
from bot.model.conversation import Conversation, Inbound, Reply
from bot.store import arrivals, conversations, messages
from bot.store.database import Database, announce

log = logger()

SETTLED = timedelta(milliseconds=300)
"""How long a message waits for one that was sent before it: channels call us in any order."""

MAX_FAILURES = 5
"""After so many unexpected errors a message is set aside and the citizen is asked to send it again."""

_OF_PEOPLE = ("person", "status")
"""What no citizen sent."""

_EVERY_SECONDS = 0.1
_AT_ONCE, _MOST = 8, 50
"""Citizens who are read, and who are looked for, at once."""

_User = tuple[str, str]
"""A channel, and who somebody is within it."""


class Courtesy(Protocol):
    """A channel that shows that a message was seen."""

    async def seen(self, arrival: Arrival, *, answering: bool) -> None:
        """Mark it read and, when the bot answers at once, show that an answer is being written; never raises."""
        ...


@dataclass(frozen=True)
class Reception:
    """The rounds a worker makes; any number of workers may make them at once."""

    database: Database
    gate: Gate
    starts: Starts
    library: Callable[[], Library]
    albums: Albums
    courtesies: Mapping[str, Courtesy] = field(default_factory=dict)
    settled: timedelta = SETTLED
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE), repr=False)

    async def run(self) -> None:
        """Read for ever; an error of the database only skips a citizen or a round.

        Nobody waits for somebody else's picture: whoever is being read is left out of the rounds meanwhile.
        """
        busy: set[_User] = set()
        async with asyncio.TaskGroup() as tasks:
            while True:
                found: list[_User] = []
                with _survivable():
                    found = [user for user in await self._waiting(len(busy)) if user not in busy]
                for user in found:
                    busy.add(user)
                    tasks.create_task(self._follow(user, busy))
                if not found:
                    await asyncio.sleep(_EVERY_SECONDS)

    async def round(self) -> int:
        """Read what has settled, several citizens at once and each in order; how many citizens there were."""
        users = await self._waiting()
        await asyncio.gather(*(self._all_of(*user) for user in users))
        return len(users)

    async def _waiting(self, besides: int = 0) -> list[_User]:
        async with self.database.statement() as connection:
            return await arrivals.waiting_users(connection, self.settled, _MOST + besides)

    async def _follow(self, user: _User, busy: set[_User]) -> None:
        try:
            with _survivable():
                await self._all_of(*user)
        finally:
            busy.discard(user)

    async def _all_of(self, channel: str, user: str) -> None:
        """Read a user's arrivals one by one; what must be fetched first is fetched while nothing is held."""
        fetched: Fetched = {}
        more = True
        while more:
            async with self._room:
                more, wanted = await self._next(channel, user, fetched)
            fetched = await self.albums.fetch(wanted) if wanted else {}

    async def _next(self, channel: str, user: str, fetched: Fetched) -> tuple[bool, tuple[Arrival, ...]]:
        """Read what comes first, pictures that were fetched together as one; whether there may be more, and what must be fetched before.

        Nobody else reads this user's arrivals meanwhile.
        """
        async with self.database.transaction() as held:
            if not await arrivals.lock_user(held, channel, user):
                return False, ()
            waiting = await arrivals.waiting(held, channel, user, self.settled, LONGEST)
            if not waiting:
                return False, ()
            together: tuple[Arrival, ...] = (waiting[0],)
            try:
                album = await self.albums.at_head(held, waiting)
                if album and album[0].key not in fetched:
                    known = await conversations.look_up_user(held, album[-1])
                    await self._show_seen(album[-1], answering=known is None or known.owner not in ("queued", "agent"))
                    return True, album
                together = tuple(takewhile(lambda item: item.key in fetched, album)) or together
                await self._read(held, together, fetched)
            except (SQLAlchemyError, DriverError, OutOfOrder):
                raise
            except Exception as error:
                return await self._broken(waiting[0], error), ()
            for item in together:
                await arrivals.handled(held, item.key)
                metrics.ARRIVALS.labels(channel, item.kind).inc()
        return True, ()

    async def _broken(self, arrival: Arrival, error: Exception) -> bool:
        """Count a failure; after too many of them set the arrival aside, so that what comes after it is read."""
        log.error("arrival_failed", channel=arrival.channel, kind=arrival.kind, error=type(error).__name__, exc_info=error)
        metrics.ARRIVALS.labels(arrival.channel, "failed").inc()
        async with self.database.transaction() as connection:
            if await arrivals.count_failure(connection, arrival.key) < MAX_FAILURES:
                return False
            await arrivals.handled(connection, arrival.key)
            if arrival.kind in (*_OF_PEOPLE, "renumbered"):
                return True
            conversation, _ = await conversations.of_channel_user(connection, arrival, uuid4())
            await self._tell(connection, conversation.id, "fout")
        return True

    @property
    def _elsewhere(self) -> Elsewhere:
        return Elsewhere(self.library, self.gate.clock)

    async def _read(self, held: AsyncConnection, together: tuple[Arrival, ...], fetched: Fetched) -> None:
        arrival = together[-1]
        if arrival.kind in _OF_PEOPLE:
            await self._elsewhere.told(held, arrival)
            return
        if arrival.kind == "renumbered":
            return await conversations.renumber(held, arrival, self.gate.clock())
        if arrival.kind == "deleted":
            return await revisions.withdraw(held, self.library(), arrival)
        left, refusal = await self._moving.heed(arrival)
        if left is None:
            return
        arrival = left
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
        news = await revisions.as_new(held, arrival) if arrival.kind == "edited" else arrival
        if news is not None:
            album = tuple(Sent(_inbound(item), fetched[item.key]) for item in together if item.key in fetched)
            await self._answer(held, conversation, news, album)

    async def _answer(self, held: AsyncConnection, conversation: Conversation, arrival: Arrival, album: Sequence[Sent]) -> None:
        if not album:
            await self._show_seen(arrival, answering=conversation.owner not in ("queued", "agent"))
        try:
            if album:
                await self.albums.sharing.pictures(conversation.id, album)
            else:
                await self._bring(conversation.id, arrival)
        except OutOfOrder:
            raise
        except Refused as refused:
            if isinstance(refused, TooLong) and arrival.channel in DESK_ELSEWHERE and arrival.address == MAIL:
                await self._elsewhere.letter(held, conversation.id)
            else:
                await self._tell(held, conversation.id, refused.text_key, again=not isinstance(refused, TooFast))

    @property
    def _moving(self) -> Moving:
        return Moving(self.database, self.library, self.gate.clock, self.gate.limits)

    async def _bring(self, conversation_id: UUID, arrival: Arrival) -> None:
        inbound, sharing = _inbound(arrival), self.albums.sharing
        if arrival.kind == "choice":
            await self.gate.accept(conversation_id, replace(inbound, text=None, choice=arrival.choice))
        elif arrival.kind in UNREADABLE:
            await sharing.unread(conversation_id, arrival.kind, inbound)
        elif arrival.kind == "location":
            await sharing.place(conversation_id, inbound, float(arrival.facts["latitude"]), float(arrival.facts["longitude"]))
        else:
            await self.gate.accept(conversation_id, await as_choice(self.database, conversation_id, inbound))

    async def _show_seen(self, arrival: Arrival, *, answering: bool) -> None:
        if (courtesy := self.courtesies.get(arrival.channel)) is not None:
            await courtesy.seen(arrival, answering=answering)

    async def _tell(self, connection: AsyncConnection, conversation_id: UUID, text_key: str, *, again: bool = True) -> None:
        conversation = await conversations.find(connection, conversation_id)
        if conversation is not None and conversation.owner == "agent" and conversation.channel in DESK_ELSEWHERE:
            return  # the person over there has the message itself, and answers
        text = self.library().message(text_key, municipality=conversation.municipality if conversation else None)
        last = await messages.last_reply(connection, conversation_id)
        if not again and last is not None and last.text == text:
            return
        await messages.add_reply(connection, conversation_id, Reply(text, author="system"))
        await announce(connection, conversation_id)


def _inbound(arrival: Arrival) -> Inbound:
    return Inbound(arrival.key, arrival.key, text=arrival.text, address=arrival.user, masked=arrival.masked)


@contextmanager
def _survivable() -> Iterator[None]:
    """An error of the database: it is tried again in a moment."""
    try:
        yield
    except (SQLAlchemyError, DriverError, OutOfOrder) as error:
        log.warning("reception_round_failed", error=type(error).__name__)
