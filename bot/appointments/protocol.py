"""What every appointment system can do for us; one module in backends/ for each, one contract test for all."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.model.appointment import Customer, CustomerField, Hold, Location, Slot, Wish


class Backend(Protocol):
    """One calendar of one municipality. Every call may raise BackendUnavailable, within ten seconds."""

    @property
    def name(self) -> str:
        """Stable name, stored with every booking: own, jcc, qmatic, open_forms."""
        ...

    @property
    def can_cancel(self) -> bool:
        """Whether `cancel` works; when not, nothing is moved either, because the old time could not be given up."""
        ...

    async def locations(self, wish: Wish) -> tuple[Location, ...]:
        """Where this wish can be met; raises AppointmentRefused when the system does not know the activity."""
        ...

    async def slots(self, wish: Wish, location: str, first: date, last: date) -> tuple[Slot, ...]:
        """Free slots on the days `first` to `last` (both included, Amsterdam), ascending, none that has begun, in UTC.

        The service has already kept `first` and `last` within `Appointments.days`. Raises AppointmentRefused.
        """
        ...

    async def customer_fields(self, wish: Wish) -> tuple[CustomerField, ...]:
        """What must be known of the citizen; raises AppointmentRefused when the system insists on a BSN."""
        ...

    async def hold(self, hold: Hold) -> str | None:
        """Keep the slot until `hold.expires`; gives the backend's name for it, None when it has no holds. Raises SlotTaken.

        A backend without holds looks whether the slot is still free.
        """
        ...

    async def release(self, hold: Hold) -> None:
        """Give a held slot back; releasing twice, or one that expired, is fine."""
        ...

    async def book(self, key: str, hold: Hold, customer: Customer) -> str:
        """Book, and give the external id. The same `key` again never books twice, also after a lost answer.

        `customer.extra` holds whatever `customer_fields` asked beyond the name, e-mail address and phone number.
        Raises SlotTaken, HoldExpired, CustomerRefused, or OutcomeUnknown when it cannot be known whether it was booked.
        """
        ...

    async def find(self, external_id: str) -> Slot | None:
        """When the appointment is, as the system knows it now; None when it is not there (any more)."""
        ...

    async def cancel(self, external_id: str) -> None:
        """Cancel; cancelling twice is fine. Raises CancelElsewhere."""
        ...

    async def close(self) -> None:
        """Close connections."""
        ...
