"""Encrypted e-mail against a real SMTP server with a certificate of its own: STARTTLS, TLS from the first byte, and every refusal."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from bot.mail import Mail, MailServer, MailUnavailable
from bot.settings import Secret
from tests.appointments.test_mail import Inbox, envelope, server_at
from tests.ports import free_port

AUTHORITY = trustme.CA()
PASSWORD = "juist-wachtwoord"


def trusting(authority: trustme.CA = AUTHORITY) -> ssl.SSLContext:
    """What we check a server with; only this authority is known."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def showing(name: str = "127.0.0.1") -> ssl.SSLContext:
    """What a server shows: a certificate for `name`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(name).configure_cert(context)
    return context


def checked(_server: SMTP, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    """Only our own name and password."""
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"wegwijs", PASSWORD.encode())
    return AuthResult(success=good, handled=good)


@contextmanager
def running(inbox: Inbox, encryption: str, shown: ssl.SSLContext, **more: Any) -> Iterator[MailServer]:
    """A server that wants encryption, as a municipality's does: at once (tls), or before anything is said (starttls)."""
    options = {"ssl_context": shown} if encryption == "tls" else {"tls_context": shown, "require_starttls": True}
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **options, **more)
    controller.start()
    try:
        yield server_at(controller.port, encryption=encryption)
    finally:
        controller.stop()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


both = pytest.mark.parametrize("encryption", ["starttls", "tls"])


@both
async def test_a_letter_goes_over_an_encrypted_connection(inbox: Inbox, encryption: str) -> None:
    with running(inbox, encryption, showing()) as server:
        await Mail(server, trusting()).send(envelope())
    assert [message["To"] for message in inbox.taken] == ["jan@voorbeeld.nl"]


@both
async def test_a_certificate_of_an_unknown_authority_gets_nothing(inbox: Inbox, encryption: str) -> None:
    with running(inbox, encryption, showing()) as server:
        with pytest.raises(MailUnavailable):
            await Mail(server, trusting(trustme.CA())).send(envelope())
        with pytest.raises(MailUnavailable):
            await Mail(server).send(envelope())  # as it runs in production: the system's own authorities
    assert inbox.taken == []


@both
async def test_a_certificate_of_another_name_gets_nothing(inbox: Inbox, encryption: str) -> None:
    with running(inbox, encryption, showing("mail.iemand-anders.example")) as server, pytest.raises(MailUnavailable):
        await Mail(server, trusting()).send(envelope())
    assert inbox.taken == []


async def test_a_server_that_does_not_offer_tls_gets_no_letter_and_no_password(inbox: Inbox) -> None:
    heard: list[str] = []

    def listening(_server: SMTP, _session: Any, _envelope: Any, mechanism: str, _data: Any) -> AuthResult:
        heard.append(mechanism)
        return AuthResult(success=True)

    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), authenticator=listening, auth_require_tls=False)
    controller.start()
    try:
        for encryption in ("starttls", "tls"):
            server = server_at(controller.port, encryption=encryption, user="wegwijs", password=Secret(PASSWORD))
            with pytest.raises(MailUnavailable):
                await Mail(server, trusting()).send(envelope())
    finally:
        controller.stop()
    assert (heard, inbox.taken) == ([], [])


@both
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("password", [PASSWORD, "fout"])
async def test_the_password_is_shown_over_tls_only_and_a_wrong_one_keeps_the_letter(inbox: Inbox, encryption: str, password: str) -> None:
    # With TLS from the first byte aiosmtpd does not see that it is there, so it may not insist on STARTTLS.
    more = {"authenticator": checked, "auth_required": True, "auth_require_tls": encryption == "starttls"}
    with running(inbox, encryption, showing(), **more) as server:
        mail = Mail(server_at(server.port, encryption=encryption, user="wegwijs", password=Secret(password)), trusting())
        if password == PASSWORD:
            await mail.send(envelope())
        else:
            with pytest.raises(MailUnavailable, match="authentication") as raised:
                await mail.send(envelope())
            assert password not in str(raised.value)
    assert len(inbox.taken) == (password == PASSWORD)
