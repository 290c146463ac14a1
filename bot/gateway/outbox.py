"""Sends what was stored for a citizen to the channel they are on: in order, and never a second time knowingly."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.gateway import metrics
from bot.gateway.sending import CannotSend, NoAnswer, Sender, SendLater
from bot.logs import logger
from bot.model.channel import Parcel
from bot.store import deliveries, messages
from bot.store.database import Database, announce_desk

log = logger()

UNANSWERED = timedelta(seconds=45)
"""A parcel without an answer for so long is sent again; until then the channel may still report that it has it."""

GIVE_UP_AFTER = timedelta(hours=23)
"""After so long an answer is of no use, and WhatsApp's window of a day is about to close."""

_MOST_ATTEMPTS = 100
"""So often a parcel is handed over without an answer; what the channel itself puts off only gets too old."""

_EVERY_SECONDS = 0.1
_AT_ONCE = 8


@dataclass(frozen=True)
class Outbox:
    """The rounds a worker makes for the channels of `senders`; any number of workers may make them at once.

    A round lasts as long as its slowest call: a channel that should not wait for others has an outbox of its own.
    """

    database: Database
    senders: Mapping[str, Sender]
    clock: Clock

    async def run(self) -> None:
        """Make rounds for ever; an error of the database only skips a round."""
        while True:
            sent = 0
            try:
                sent = await self.round()
            except (SQLAlchemyError, DriverError) as error:
                log.warning("outbox_round_failed", error=type(error).__name__)
            if not sent:
                await asyncio.sleep(_EVERY_SECONDS)

    async def round(self) -> int:
        """Send everything that is due, several conversations at once; how many were due."""
        if not self.senders:
            return 0
        async with self.database.statement() as connection:
            due = await deliveries.due(connection, self.clock(), UNANSWERED, self.senders.keys())
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(conversation_id: UUID) -> None:
            async with room:
                await self._send(conversation_id)

        await asyncio.gather(*(one(item) for item in due))
        return len(due)

    async def _send(self, conversation_id: UUID) -> None:
        parcel = await self._take(conversation_id)
        if parcel is None:
            return
        sender = self.senders.get(parcel.addressee.channel)
        try:
            if sender is None:
                raise CannotSend("channel_off")
            await self._parts(sender, parcel)
        except NoAnswer:
            await self._unanswered(parcel, "no_answer")
        except SendLater as later:
            await self._later(parcel, later)
        except CannotSend as error:
            await self._failed(parcel, error.code)
        except (SQLAlchemyError, DriverError):
            raise
        except Exception as error:  # one parcel that we cannot make or send must not keep all others from going out
            log.error("parcel_broken", channel=parcel.addressee.channel, error=type(error).__name__, exc_info=error)
            await self._unanswered(parcel, "broken")

    async def _take(self, conversation_id: UUID) -> Parcel | None:
        async with self.database.transaction() as connection:
            taken = await deliveries.take(connection, conversation_id, self.clock(), UNANSWERED)
            addressee = await deliveries.addressee(connection, conversation_id)
            if taken is None or addressee is None:
                return None
            said = await messages.by_ids(connection, taken.messages)
        return Parcel(str(taken.parcel), addressee, said, taken.attempts, taken.parts_sent, taken.first_owed_at)

    async def _parts(self, sender: Sender, parcel: Parcel) -> None:
        parts = sender.parts(parcel)
        if parcel.parts_sent >= len(parts):
            raise CannotSend("parts_changed")  # what is left of it cannot be told
        for number in range(parcel.parts_sent, len(parts)):
            external_id = await sender.send(parcel, parts[number])
            async with self.database.transaction() as connection:
                done = number + 1 == len(parts)
                await deliveries.sent(connection, UUID(parcel.key), number + 1, external_id, self.clock(), done)
        self._count(parcel, "sent")

    def _is_old(self, parcel: Parcel) -> bool:
        return self.clock() - parcel.owed_at > GIVE_UP_AFTER

    async def _unanswered(self, parcel: Parcel, outcome: str) -> None:
        """It stays as handed over, and is sent again after a while: `outcome` says why nobody knows how it fared."""
        if self._is_old(parcel) or parcel.attempts >= _MOST_ATTEMPTS:
            await self._failed(parcel, outcome)
        else:
            self._count(parcel, outcome)

    async def _later(self, parcel: Parcel, later: SendLater) -> None:
        if self._is_old(parcel):
            await self._failed(parcel, later.code)
            return
        async with self.database.transaction() as connection:
            again = self.clock() + timedelta(seconds=later.seconds)
            await deliveries.later(connection, UUID(parcel.key), later.code, again)
        self._count(parcel, "later", later.code)

    async def _failed(self, parcel: Parcel, code: str) -> None:
        async with self.database.transaction() as connection:
            await deliveries.failed(connection, UUID(parcel.key), code, self.clock())
            await announce_desk(connection, parcel.addressee.conversation_id)
        self._count(parcel, "failed", code)

    def _count(self, parcel: Parcel, outcome: str, code: str | None = None) -> None:
        metrics.SENT.labels(parcel.addressee.channel, outcome).inc()
        if outcome != "sent":
            conversation = str(parcel.addressee.conversation_id)
            log.warning("parcel_not_sent", conversation_id=conversation, outcome=outcome, code=code, attempts=parcel.attempts)
