"""What can go wrong with a report, one class for each thing a caller does differently."""

from typing import Literal

from bot.errors import BotError

PictureReason = Literal["too_large", "not_a_picture", "too_many"]
ReportReason = Literal["not_taken", "text", "place", "email", "phone"]


class PictureRefused(BotError):
    """The picture was not kept; `reason` says why, so that the citizen can be told what to do."""

    def __init__(self, reason: PictureReason) -> None:
        """Name the reason."""
        super().__init__(reason)
        self.reason = reason


class ReportRefused(BotError):
    """The report cannot be taken; `reason` names what is missing or wrong, or that this municipality takes none. Nothing was stored."""

    def __init__(self, reason: ReportReason) -> None:
        """Name the reason."""
        super().__init__(reason)
        self.reason = reason


class ReportUnknown(BotError):
    """No such report or picture (any more)."""


class AlreadyHandled(BotError):
    """Somebody marked this report as handled before."""


class ElsewhereUnavailable(BotError):
    """The other system surely received nothing: try again, after `seconds` when it said so."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        """Say why, without personal data."""
        super().__init__(why)
        self.seconds = seconds


class ElsewhereUnsure(BotError):
    """Something was sent and no clear answer came: sending it again could make two of it."""


class ElsewhereRefuses(BotError):
    """The other system will never take this: a person must look."""
