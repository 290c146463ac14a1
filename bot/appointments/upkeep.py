"""Finishes or undoes what a crash left halfway, and removes personal data when its time is over; run by the worker now and then."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError

from bot.appointments.calendars import Calendars
from bot.appointments.errors import AppointmentRefused, BackendUnavailable, CancelElsewhere
from bot.clock import Clock
from bot.logs import logger
from bot.store import appointment_attempts, appointment_holds, appointment_steps, appointments, calendar
from bot.store.appointment_steps import Step
from bot.store.database import Database

log = logger()

PATIENCE = timedelta(minutes=30)
"""After this nobody tries a message again (the gateway gives up after a quarter of an hour), so what is halfway stays so."""


_EVERY = timedelta(minutes=5)


@dataclass(frozen=True)
class Upkeep:
    """What must happen even when no citizen writes."""

    database: Database
    clock: Clock
    calendars: Calendars
    keep_days: int

    async def run(self) -> None:
        """Make rounds for ever; an error of the database only skips a round."""
        while True:
            await asyncio.sleep(_EVERY.total_seconds())
            try:
                await self.settle()
                await self.forget()
            except (SQLAlchemyError, DriverError) as error:
                log.warning("appointments_round_failed", error=type(error).__name__)

    async def settle(self) -> int:
        """Finish or undo steps that nobody takes up any more; gives how many are left for a person to look at."""
        async with self.database.transaction() as connection:
            steps = await appointment_steps.unfinished(connection, self.clock() - PATIENCE)
        left = 0
        for step in steps:
            try:
                left += not await self._settle(step)
            except (BackendUnavailable, AppointmentRefused, CancelElsewhere) as error:
                log.warning("appointment_not_settled", reference=step.reference, error=type(error).__name__)
                left += 1
        if left:
            log.warning("appointments_unsettled", number=left)
        return left

    async def _settle(self, step: Step) -> bool:
        municipality = step.hold.wish.municipality
        if step.status == "certain":
            if step.gives_up is not None:
                await self.calendars.of(municipality, step.gives_up_backend).cancel(step.gives_up)
            async with self.database.transaction() as connection:
                await appointment_steps.reach(connection, step.key, "done")
            return True
        if self.calendars.rules(municipality).system != "own":
            return False  # only a person can see in the other system whether it was booked
        # In our own calendar the booking has the hold's id. The citizen was never told of it, so it is given back.
        await self.calendars.of(municipality).cancel(str(step.hold.id))
        async with self.database.transaction() as connection:
            await appointment_steps.remove(connection, step.key)
            await appointments.remove(connection, step.reference)
        return True

    async def forget(self) -> int:
        """Remove the personal data of appointments that are `keep_days` over, and dead holds; gives how many bookings were emptied."""
        now = self.clock()
        before = now - timedelta(days=self.keep_days)
        async with self.database.transaction() as connection:
            await appointment_holds.forget(connection, now - PATIENCE)
            await calendar.forget(connection, before, now)
            await appointment_attempts.forget(connection, before)
            await appointment_attempts.forget(connection, before)
            return await appointments.forget(connection, before)
