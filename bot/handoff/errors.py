"""What can go wrong when a person is asked in, or at the desk: one class for each thing a caller does differently."""

from __future__ import annotations

from bot.errors import BotError


class CallbackRefused(BotError):
    """The request cannot be stored as it is: no callable number or no name."""


class DeskRefused(BotError):
    """The desk's request cannot be done as things are now; nothing was changed."""

    code = "refused"


class UnknownAgent(DeskRefused):
    """There is no such agent, or not any more."""

    code = "unknown_agent"


class NotAllowed(DeskRefused):
    """Only a team lead may do this."""

    code = "not_allowed"


class NotPresent(DeskRefused):
    """The agent is not at the desk: away, offline, or busy where a new conversation is given."""

    code = "not_present"


class TooMany(DeskRefused):
    """The agent has as many conversations as they may have."""

    code = "too_many"


class AlreadyTaken(DeskRefused):
    """Somebody was quicker, or the citizen does not wait any more: show the queue again."""

    code = "already_taken"


class NotYours(DeskRefused):
    """The conversation is not, or not any more, this agent's."""

    code = "not_yours"


class NobodyThere(DeskRefused):
    """Nobody of that team is at the desk: offer a call-back or an appointment."""

    code = "nobody_there"


class NothingSaid(DeskRefused):
    """The text is empty or too long."""

    code = "nothing_said"
