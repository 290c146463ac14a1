"""Letters and reminders through the real queue and a real SMTP server: sent once, tried again, and never about an old time."""

from __future__ import annotations

import email
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import text

from bot.appointments.letters import Letters
from bot.appointments.notices import Notices
from bot.appointments.promises import Promises
from bot.clock import AMSTERDAM, local
from bot.handoff.service import Callbacks
from bot.mail import Mail, MailServer, MailUnavailable
from bot.model.appointment import Booking, Customer
from bot.settings import ROOT, Secret
from bot.store import messages
from bot.store.database import Database
from bot.store.jobs import JOBS, GiveUp, Jobs
from bot.store.queue import make_queue
from tests.appointments.town import DE_VRIES, Town, wish
from tests.ports import free_port

MONDAY = datetime(2027, 3, 1, 8, 0, tzinfo=AMSTERDAM)
"""Later than the real clock of the queue, or its reminders would be due at once."""


@dataclass
class Postbox:
    """A mail server that takes letters, or gives the answers it was told to give first."""

    letters: list[Any] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - the server's name for it
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    @property
    def subjects(self) -> list[str]:
        return [letter["Subject"] for letter in self.letters]


@dataclass
class Desk:
    """The town's appointments with their notices, and a worker to run by hand."""

    town: Town
    notices: Notices
    queue: Any

    async def work(self) -> None:
        await self.queue.run_worker_async(queues=[JOBS], wait=False, install_signal_handlers=False, listen_notify=False)

    async def book(self, customer: Customer = DE_VRIES, days: int = 3) -> Booking:
        conversation = await self.town.conversation()
        planned = self.town.service.plan("castricum", {"paspoort": 2}, "balie")
        slot = (await self.town.slots(planned, self.town.now.date() + timedelta(days=days), "gemeentehuis-castricum"))[0]
        hold = await self.town.service.hold(conversation, planned, slot)
        booking = await self.town.service.book("key-1", hold.id, customer)
        await self.notices.arranged(booking, ["paspoort"])
        return booking

    async def moved(self, booking: Booking) -> Booking:
        slot = (await self.town.slots(booking.wish, self.town.now.date() + timedelta(days=4), "gemeentehuis-castricum"))[0]
        assert booking.conversation_id
        hold = await self.town.service.hold(booking.conversation_id, booking.wish, slot)
        moved = await self.town.service.move("key-2", booking, hold.id)
        await self.notices.arranged(moved)
        return moved

    async def said(self, booking: Booking) -> list[str]:
        assert booking.conversation_id
        async with self.town.database.transaction() as connection:
            return [message.text for message in await messages.after(connection, booking.conversation_id, 0)]


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    box, port = Postbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
async def desk(database: Database, database_url: str, postbox: tuple[Postbox, int]) -> AsyncIterator[Desk]:
    town = Town(database, now=MONDAY)
    server = MailServer("127.0.0.1", postbox[1], "", Secret(""), "afspraken@voorbeeld.nl", "none", 5.0)
    letters = Letters(ROOT / "knowledge" / "mail", "https://www.voorbeeld.nl")
    deferring = Jobs(make_queue(database_url))
    promises = Promises(Callbacks(database, lambda: town.now, 2), lambda: town.library)
    notices = Notices(
        database, deferring, town.service, lambda: town.library, letters, Mail(server), lambda: town.now, "http://x", promises
    )
    queue = make_queue(database_url)
    Jobs(queue, notices.handlers())
    async with queue.open_async():
        yield Desk(town, notices, queue)


async def test_a_booking_sends_one_letter_with_what_to_bring_and_where(desk: Desk, postbox: tuple[Postbox, int]) -> None:
    booking = await desk.book()
    await desk.notices.arranged(booking, ["paspoort"])  # the action was run again
    await desk.work()
    [letter] = postbox[0].letters
    body = letter.get_body(("plain",)).get_content()
    assert letter["To"] == DE_VRIES.email
    assert letter["Subject"].startswith("Uw afspraak op")
    for part in ("(2 keer)", "gemeentehuis Castricum", booking.reference, "pasfoto", f"om {local(booking.slot.starts).hour}."):
        assert part in body


async def test_a_move_and_a_cancellation_send_their_own_letter_with_a_higher_sequence(desk: Desk, postbox: tuple[Postbox, int]) -> None:
    booking = await desk.book()
    await desk.work()
    moved = await desk.moved(booking)
    await desk.work()
    await desk.notices.cancelled(await desk.town.service.cancel(moved))
    await desk.work()
    calendars = [next(letter.iter_attachments()).get_content() for letter in postbox[0].letters]
    assert [f"SEQUENCE:{number}" in calendar for number, calendar in enumerate(calendars)] == [True, True, True]
    assert "METHOD:CANCEL" in calendars[2]
    assert len({letter["Message-ID"] for letter in postbox[0].letters}) == 3


async def test_a_letter_that_waited_until_after_a_move_is_not_sent_any_more(desk: Desk, postbox: tuple[Postbox, int]) -> None:
    booking = await desk.book()
    await desk.moved(booking)
    await desk.work()
    assert len(postbox[0].subjects) == 1
    assert "verzet" in postbox[0].subjects[0]


async def test_a_busy_mail_server_is_tried_again_and_gets_the_letter_once(desk: Desk, postbox: tuple[Postbox, int]) -> None:
    postbox[0].answers = ["451 busy"]
    booking = await desk.book()
    with pytest.raises(MailUnavailable):
        await desk.notices.send_letter(booking.reference, "0", "bevestiging")
    await desk.notices.send_letter(booking.reference, "0", "bevestiging")
    await desk.notices.send_letter(booking.reference, "0", "bevestiging")
    assert len(postbox[0].letters) == 1


async def test_a_letter_that_is_refused_for_ever_is_given_up(desk: Desk, postbox: tuple[Postbox, int]) -> None:
    postbox[0].answers = ["550 no such user"]
    booking = await desk.book()
    with pytest.raises(GiveUp) as error:
        await desk.notices.send_letter(booking.reference, "0", "bevestiging")
    assert DE_VRIES.email not in str(error.value)


async def test_without_an_address_nothing_is_mailed(desk: Desk, postbox: tuple[Postbox, int]) -> None:
    await desk.book(replace(DE_VRIES, email=""))
    await desk.work()
    assert postbox[0].letters == []


async def test_the_reminder_is_planned_a_day_ahead_and_not_for_who_books_for_today(desk: Desk) -> None:
    booking = await desk.book()
    async with desk.town.database.transaction() as connection:
        planned = (
            await connection.execute(text("select scheduled_at from procrastinate_jobs where args->>'kind' like '%reminder'"))
        ).scalars()
        assert list(planned) == [booking.slot.starts - timedelta(days=1)]


async def test_whoever_books_for_today_gets_no_reminder(desk: Desk) -> None:
    await desk.book(days=0)
    async with desk.town.database.transaction() as connection:
        assert await connection.scalar(text("select count(*) from procrastinate_jobs where args->>'kind' like '%reminder'")) == 0


async def test_a_reminder_is_said_once_in_the_conversation_and_mailed_once(desk: Desk, postbox: tuple[Postbox, int]) -> None:
    booking = await desk.book()
    desk.town.now = booking.slot.starts - timedelta(days=1)
    for _ in range(2):
        await desk.notices.remind(booking.reference, "0", "paspoort")
    said = await desk.said(booking)
    assert len(said) == 1
    assert booking.reference in said[0]
    assert [subject.startswith("Herinnering") for subject in postbox[0].subjects] == [True]


async def test_there_is_no_reminder_of_a_time_that_was_moved_or_cancelled(desk: Desk, postbox: tuple[Postbox, int]) -> None:
    booking = await desk.book()
    moved = await desk.moved(booking)
    await desk.notices.remind(booking.reference, "0")
    await desk.town.service.cancel(moved)
    await desk.notices.remind(booking.reference, "1")
    assert await desk.said(booking) == []
    assert postbox[0].letters == []


async def test_a_place_that_left_the_planning_does_not_stop_the_letter(desk: Desk) -> None:
    booking = await desk.book()
    gone = replace(booking, slot=replace(booking.slot, location="gemeentehuis-weg"), wish=wish(2, name="weg"))
    details = await desk.notices.details(gone)
    assert (details.place, details.title) == ("", "Weg (2 keer)")
