"""What can go wrong at the door, one class per thing a client is told."""

from __future__ import annotations

from bot.errors import BotError


class Refused(BotError):
    """A request that is not taken in: `code` and `status` are those of docs/protocol.md, `text_key` names the Dutch sentence."""

    code = "bad_request"
    status = 400
    text_key = "fout"

    def __init__(self, detail: str = "", retry_after: int | None = None) -> None:
        """`detail` is for the log; `retry_after` is in seconds."""
        super().__init__(detail or self.code)
        self.retry_after = retry_after


class BadRequest(Refused):
    """The request is not of the form the protocol gives."""


class PictureTooLarge(Refused):
    """A picture has more bytes than we take."""

    code, status, text_key = "too_large", 413, "foto_te_groot"


class Unauthorized(Refused):
    """The token is missing or wrong."""

    code, status, text_key = "unauthorized", 401, "niet_toegestaan"


class UnknownConversation(Refused):
    """There is no such conversation."""

    code, status, text_key = "unknown_conversation", 404, "onbekend_gesprek"


class Moved(Refused):
    """The conversation goes on in another channel; the token opens it no longer."""

    code, status, text_key = "moved", 410, "gesprek_verhuisd"


class NoWhatsApp(Refused):
    """There is no WhatsApp number that this conversation can go to."""

    code, status, text_key = "no_whatsapp", 409, "geen_whatsapp"


class NoMail(Refused):
    """No mail server is set: the citizen keeps the conversation as a file."""

    code, status, text_key = "no_mail", 409, "geen_mail"


class NotInKnowledge(Refused):
    """The knowledge base has no such product, aspect, theme, municipality or organisation."""

    code, status, text_key = "not_found", 404, "niet_in_kennisbank"


class ForeignSite(Refused):
    """A website that may not show the chat of this municipality."""

    code, status, text_key = "foreign_site", 403, "vreemde_website"


class ChoiceUsed(Refused):
    """The choice is not open: used before, or never offered in this conversation."""

    code, status, text_key = "choice_used", 409, "onbekende_keuze"


class NotAsked(Refused):
    """Nobody asked this citizen how it went, or they have said so before it was forgotten."""

    code, status, text_key = "not_asked", 409, "onbekende_keuze"


class TooLong(Refused):
    """The text is over the limit; the client keeps it."""

    code, status, text_key = "too_long", 413, "te_lang"


class UnknownMunicipality(Refused):
    """The municipality is not one of ours."""

    code, status, text_key = "unknown_municipality", 422, "kies_gemeente"


class TooFast(Refused):
    """Too many messages in a short time."""

    code, status, text_key = "too_fast", 429, "te_snel"


class OutOfOrder(Refused):
    """The database is away, or there is no room now: nothing is stored, the client sends it again."""

    code, status, text_key = "out_of_order", 503, "storing_kort"
