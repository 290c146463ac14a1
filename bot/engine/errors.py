"""What can go wrong in a call of the engine: one class per answer the caller gets."""

from __future__ import annotations

from bot.errors import BotError


class EngineError(BotError):
    """Root of the engine's errors; the message is for the log and never holds citizen text."""

    code = "turn_failed"
    status = 500


class BadRequest(EngineError):
    """The caller sent something outside the contract; sending it again gives the same."""

    code = "bad_request"
    status = 400


class Unauthorized(EngineError):
    """The bearer token is missing or wrong."""

    code = "unauthorized"
    status = 401


class TooLong(EngineError):
    """The text or the body is longer than a citizen's message may be."""

    code = "too_long"
    status = 413


class NoModel(EngineError):
    """No trained model is loaded (yet)."""

    code = "no_model"
    status = 503


class StoreUnavailable(EngineError):
    """The database did not answer, or not in time; nothing was changed."""

    code = "store_unavailable"
    status = 503


class ActionFailed(EngineError):
    """An action raised, answered nonsense, was slow, or its server is away."""

    code = "action_failed"
    status = 502


class TurnTimeout(EngineError):
    """The whole turn took longer than the worker waits."""

    code = "turn_timeout"
    status = 504


class TurnFailed(EngineError):
    """Anything else that went wrong while a turn ran: a policy, a response, a circuit."""


class EmptyTurn(EngineError):
    """The bot said nothing and asked no person in: a dead end for the citizen."""

    code = "empty_turn"


class StaleTracker(EngineError):
    """Another engine changed the conversation while this turn ran."""


class ModelRefused(EngineError):
    """A model file cannot serve this engine; the former model stays."""


class LookupsMissing(EngineError):
    """The tables of Dutch lemmas are not installed; names are found by rules over words alone."""


class LanguageModelBroken(EngineError):
    """The statistical language model that is configured is there but does not load; names are found by rules alone."""
