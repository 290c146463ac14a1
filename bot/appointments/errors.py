"""What can go wrong with an appointment, one class for each thing a caller does differently."""

from bot.errors import BotError


class AppointmentRefused(BotError):
    """What was asked cannot be booked at all: unknown activity, not in this municipality, against a rule; nothing was done."""


class SlotTaken(BotError):
    """Somebody else was quicker: offer other times."""


class HoldExpired(BotError):
    """The slot was kept too long without a booking: offer times again."""


class CustomerRefused(BotError):
    """The backend wants something else of the citizen; `field` (of CustomerField) says what, so that it can be asked."""

    def __init__(self, field: str) -> None:
        """Name the field that is missing or wrong."""
        super().__init__(field)
        self.field = field


class BookingUnknown(BotError):
    """No such booking, or the second fact does not match: the two are not told apart."""


class CancelElsewhere(BotError):
    """Only the citizen can cancel in this calendar, by the link in its own e-mail: say so, or bring in a person; nothing was done."""


class TooManyTries(BotError):
    """So many wrong codes that no further one is looked at for a while."""


class BackendUnavailable(BotError):
    """The calendar does not answer or answers nonsense; nothing is known to be booked: bring in a person."""


class OutcomeUnknown(BackendUnavailable):
    """A booking was sent and no answer came, and looking it up failed too: a person must check before anybody tries again."""
