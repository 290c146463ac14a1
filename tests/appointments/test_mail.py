"""E-mail against a real SMTP server on this machine: sent whole, refused for ever or for now, slow, or not there at all."""

from __future__ import annotations

import email
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timezone
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from bot.appointments.calendar_file import calendar_file
from bot.appointments.letters import Letters
from bot.errors import ConfigurationError
from bot.mail import Envelope, Mail, MailRefused, MailServer, MailUnavailable, mail_server
from bot.settings import ROOT, Secret, load_settings
from tests.appointments.letters_shown import details
from tests.ports import free_port

NOW = datetime(2027, 1, 5, 9, 0, tzinfo=timezone.utc)


class Inbox:
    """What the server took; `answers` are given to RCPT before anything else."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.rcpt_answers: list[str] = []
        self.data_answers: list[str] = []

    async def handle_RCPT(  # noqa: N802 - the server's name for it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.rcpt_answers:
            return self.rcpt_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        if self.data_answers:
            return self.data_answers.pop(0)
        self.taken.append(email.message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[MailServer]:
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield server_at(controller.port)
    controller.stop()


def server_at(port: int, **changes: Any) -> MailServer:
    values = {"user": "", "password": Secret(""), "encryption": "none", "timeout": 5.0, **changes}
    return MailServer(host="127.0.0.1", port=port, sender="afspraken@voorbeeld.nl", **values)


def envelope(to: str = "jan@voorbeeld.nl") -> Envelope:
    letter = Letters(ROOT / "knowledge" / "mail", "https://www.voorbeeld.nl").write("bevestiging", details())
    return Envelope(
        to=to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id="af-7k4m2p.0.bevestiging",
        sender_name="gemeente Castricum",
        calendar=calendar_file(details(), NOW),
        calendar_method="PUBLISH",
        written=NOW,
    )


async def test_a_letter_arrives_in_both_forms_with_its_calendar_file(server: MailServer, inbox: Inbox) -> None:
    await Mail(server).send(envelope())
    [message] = inbox.taken
    assert message["Message-ID"] == "<af-7k4m2p.0.bevestiging@voorbeeld.nl>"
    assert message["From"] == "gemeente Castricum <afspraken@voorbeeld.nl>"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "woensdag 3 maart 2027 om 14.30 uur" in text.get_content()
    assert "<h1" in html.get_content()
    [part] = list(message.iter_attachments())
    assert (part.get_content_type(), part.get_param("method"), part.get_filename()) == ("text/calendar", "PUBLISH", "afspraak.ics")
    assert "UID:af-7k4m2p@wegwijs" in part.get_content()


@pytest.mark.parametrize(
    ("rcpt", "data", "error"),
    [
        (["550 5.1.1 no such user"], [], MailRefused),
        (["451 4.2.1 greylisted"], [], MailUnavailable),
        ([], ["554 5.7.1 spam"], MailRefused),
        ([], ["452 4.3.1 no room"], MailUnavailable),
    ],
)
async def test_what_is_refused_for_ever_is_not_what_is_refused_for_now(
    server: MailServer, inbox: Inbox, rcpt: list[str], data: list[str], error: type[Exception]
) -> None:
    inbox.rcpt_answers, inbox.data_answers = rcpt, data
    with pytest.raises(error) as raised:
        await Mail(server).send(envelope())
    assert "jan@" not in str(raised.value)
    assert raised.value.__cause__ is None


async def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with pytest.raises(MailUnavailable):
        await Mail(server_at(free_port())).send(envelope())


async def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(MailUnavailable):
            await Mail(server_at(silent.getsockname()[1], timeout=0.3)).send(envelope())


async def test_a_wrong_password_keeps_the_letter(inbox: Inbox) -> None:
    def refuse(*_: Any) -> AuthResult:
        return AuthResult(success=False, handled=False)

    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), authenticator=refuse, auth_require_tls=False, auth_required=True)
    controller.start()
    try:
        with pytest.raises(MailUnavailable, match="authentication"):
            await Mail(server_at(controller.port, user="wegwijs", password=Secret("fout"))).send(envelope())
    finally:
        controller.stop()


async def test_a_server_without_encryption_gets_nothing_when_we_ask_for_it(server: MailServer, inbox: Inbox) -> None:
    with pytest.raises(MailUnavailable):
        await Mail(server_at(server.port, encryption="starttls"), ssl.create_default_context()).send(envelope())
    assert inbox.taken == []


async def test_an_address_that_would_add_a_header_is_refused(server: MailServer, inbox: Inbox) -> None:
    with pytest.raises(MailRefused):
        await Mail(server).send(envelope("jan@voorbeeld.nl\r\nBcc: allen@voorbeeld.nl"))
    assert inbox.taken == []


def test_settings_that_cannot_work_are_told_at_the_start() -> None:
    with pytest.raises(ConfigurationError, match="SMTP_ENCRYPTION"):
        mail_server(load_settings({"SMTP_ENCRYPTION": "ssl"}))
    with pytest.raises(ConfigurationError, match="MAIL_FROM"):
        mail_server(load_settings({"SMTP_HOST": "mail.voorbeeld.nl"}))
    assert not Mail(mail_server(load_settings({}))).is_on
