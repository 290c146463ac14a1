"""Sends e-mail over SMTP: with a time-out, and with a difference between what may be tried again and what may not."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Literal

import aiosmtplib

from bot.errors import BotError, ConfigurationError
from bot.settings import Secret, Settings

Encryption = Literal["starttls", "tls", "none"]


class MailRefused(BotError):
    """The mail server will never take this letter: a wrong address, or the server refuses us."""


class MailUnavailable(BotError):
    """The mail server is away, slow or busy: try again later."""


@dataclass(frozen=True)
class MailServer:
    """Where mail goes out; an empty host means that nothing is sent."""

    host: str
    port: int
    user: str
    password: Secret
    sender: str
    encryption: Encryption
    timeout: float


def mail_server(settings: Settings) -> MailServer:
    """The server in the settings. Raises ConfigurationError for an unknown encryption, or a host without a sender."""
    if settings.smtp_encryption not in ("starttls", "tls", "none"):
        raise ConfigurationError(f"SMTP_ENCRYPTION is {settings.smtp_encryption!r}; it should be starttls, tls or none")
    if settings.smtp_host and "@" not in settings.mail_from:
        raise ConfigurationError("MAIL_FROM must be an e-mail address when SMTP_HOST is set")
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password,
        sender=settings.mail_from,
        encryption=settings.smtp_encryption,  # type: ignore[arg-type]
        timeout=settings.smtp_timeout,
    )


@dataclass(frozen=True)
class Envelope:
    """One e-mail: to whom, what it says, its stable Message-ID (without the host), and a calendar file that may go along."""

    to: str
    subject: str
    text: str
    message_id: str
    sender_name: str
    written: datetime
    html: str = ""
    calendar: bytes = b""
    calendar_method: str = ""


class Mail:
    """Sends envelopes, one connection each: letters are few."""

    def __init__(self, server: MailServer, context: ssl.SSLContext | None = None) -> None:
        """`context` checks the server's certificate; the system's own by default."""
        self._server = server
        self._context = context

    @property
    def is_on(self) -> bool:
        """Whether a server is set."""
        return bool(self._server.host)

    @property
    def sender(self) -> str:
        """The address that letters come from; empty when there is none."""
        return self._server.sender

    async def send(self, envelope: Envelope) -> None:
        """Hand one e-mail to the server. Raises MailRefused or MailUnavailable."""
        try:
            message = self._message(envelope)
        except ValueError as error:
            raise MailRefused("the letter has a header that cannot be sent") from error
        server = self._server
        try:
            await aiosmtplib.send(
                message,
                sender=server.sender,
                recipients=[envelope.to],
                hostname=server.host,
                port=server.port,
                username=server.user or None,
                password=server.password.reveal() or None,
                use_tls=server.encryption == "tls",
                start_tls=server.encryption == "starttls",
                tls_context=self._context,
                timeout=server.timeout,
            )
        except aiosmtplib.SMTPException as error:
            # The error's own text may hold the address: it is not passed on.
            raise _judged(error) from None
        except (OSError, TimeoutError) as error:
            raise MailUnavailable(type(error).__name__) from None

    def _message(self, envelope: Envelope) -> EmailMessage:
        message = EmailMessage()
        message["From"] = formataddr((envelope.sender_name, self._server.sender))
        message["To"] = envelope.to
        message["Subject"] = envelope.subject
        message["Date"] = format_datetime(envelope.written)
        message["Message-ID"] = f"<{envelope.message_id}@{self._server.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
        message.set_content(envelope.text)
        if envelope.html:
            message.add_alternative(envelope.html, subtype="html")
        if envelope.calendar:
            self._attach(message, envelope)
        return message

    def _attach(self, message: EmailMessage, envelope: Envelope) -> None:
        message.add_attachment(envelope.calendar, maintype="text", subtype="calendar", filename="afspraak.ics")
        part = list(message.iter_attachments())[-1]
        part.set_param("method", envelope.calendar_method)
        part.set_param("charset", "utf-8")


def _judged(error: aiosmtplib.SMTPException) -> BotError:
    """What a failure means: 5xx is for ever, all else is worth another try."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        codes = [refused.code for refused in error.recipients]
        forever = bool(codes) and all(500 <= code < 600 for code in codes)
        return MailRefused("recipient refused") if forever else MailUnavailable("recipient refused for now")
    if isinstance(error, aiosmtplib.SMTPResponseException) and 500 <= error.code < 600:
        # A wrong password is ours to repair: the letter must wait for that.
        if isinstance(error, aiosmtplib.SMTPAuthenticationError):
            return MailUnavailable(f"authentication refused ({error.code})")
        return MailRefused(f"refused ({error.code})")
    return MailUnavailable(type(error).__name__)
