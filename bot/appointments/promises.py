"""Makes a call that stands in the calendar a promise that agents see among the call-backs, moved and taken back with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.handoff.service import Callbacks
from bot.knowledge.library import Library
from bot.model.appointment import Booking
from bot.model.people import GENERAL_TEAM


@dataclass(frozen=True)
class Promises:
    """The promises of appointments by telephone; other appointments have none."""

    callbacks: Callbacks
    library: Callable[[], Library]

    async def arranged(self, booking: Booking, products: Sequence[str] = ()) -> None:
        """Promise the call of a booking that was made or moved; safe to call twice."""
        if booking.wish.kind != "terugbellen":
            return
        library, customer = self.library(), booking.customer
        known = [found for found in map(library.product, products) if found]
        subject = customer.extra.get("note") or ", ".join(product.name for product in known) or self._activity(booking)
        await self.callbacks.plan(
            booking.reference,
            booking.conversation_id,
            booking.wish.municipality,
            " ".join(part for part in (customer.first_name, customer.last_name) if part),
            customer.phone,
            subject,
            booking.slot.starts,
            team=next((product.team for product in known if product.team), GENERAL_TEAM),
        )

    async def cancelled(self, booking: Booking) -> None:
        """Take back the promise of a booking that was cancelled; safe to call twice."""
        if booking.wish.kind == "terugbellen":
            await self.callbacks.unplan(booking.reference)

    def _activity(self, booking: Booking) -> str:
        """What it is for by the planning's names, where no product is known: an agent's booking that was moved, say."""
        here = self.library().municipality(booking.wish.municipality)
        rules = here.appointments if here else None
        names = [rules.activities[item.activity].name for item in booking.wish.wanted if rules and item.activity in rules.activities]
        return ", ".join(names)
