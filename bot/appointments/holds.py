"""Keeps a slot for a conversation while the citizen finishes, and gives it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from bot.appointments.books import books
from bot.appointments.calendars import Calendars
from bot.appointments.protocol import Backend
from bot.clock import Clock
from bot.model.appointment import Hold, Slot, Wish
from bot.store import appointment_holds
from bot.store.database import Database

HOLD = timedelta(minutes=10)
"""How long a slot is kept."""


@dataclass(frozen=True)
class Holds:
    """One hold a conversation; an agent's hold belongs to none."""

    database: Database
    clock: Clock
    calendars: Calendars

    async def keep(self, conversation_id: UUID | None, wish: Wish, slot: Slot) -> Hold:
        """Keep `slot`, after giving back what the conversation kept before; raises SlotTaken."""
        if conversation_id is not None:
            await self.release(conversation_id)
        backend = self.calendars.of(wish.municipality)
        return await self.take(backend, Hold(uuid4(), conversation_id, wish, slot, self.clock()))

    async def take(self, backend: Backend, hold: Hold) -> Hold:
        """Keep what `hold` says from now on, as new or once more; raises SlotTaken."""
        fresh = replace(hold, expires=self.clock() + HOLD)
        fresh = replace(fresh, backend_ref=await backend.hold(fresh))
        async with books(self.database) as connection:
            await appointment_holds.put(connection, fresh, backend.name)
        return fresh

    async def of_conversation(self, conversation_id: UUID) -> Hold | None:
        """What is kept for a conversation and has not expired."""
        async with books(self.database) as connection:
            found = await appointment_holds.of_conversation(connection, conversation_id)
        return found[0] if found and found[0].expires > self.clock() else None

    async def release(self, conversation_id: UUID) -> None:
        """Give back what is kept for a conversation, if anything."""
        async with books(self.database) as connection:
            found = await appointment_holds.of_conversation(connection, conversation_id)
        if found is None:
            return
        hold, system = found
        await self.calendars.of(hold.wish.municipality, system).release(hold)
        async with books(self.database) as connection:
            await appointment_holds.remove(connection, hold.id)
