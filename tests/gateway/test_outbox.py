"""Sending to channels: one message that cannot be sent keeps nobody else's from going out, and is not tried for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from bot.gateway.outbox import GIVE_UP_AFTER, UNANSWERED, Outbox
from bot.gateway.sending import NoAnswer, Part
from bot.model.channel import Arrival, Parcel
from bot.model.conversation import Reply
from bot.store import conversations, deliveries, messages


@dataclass
class Channel:
    """A sender that fails for who is in `trouble`, in its own way."""

    trouble: dict[str, Exception] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    def parts(self, parcel: Parcel) -> Sequence[Part]:
        return [{"text": message.text} for message in parcel.messages]

    async def send(self, parcel: Parcel, part: Part) -> str:
        error = self.trouble.get(parcel.addressee.user)
        if error is not None:
            raise error
        self.sent.append(part["text"])
        return uuid4().hex


async def owe(bench: Any, user: str, text: str) -> UUID:
    arrival = Arrival(uuid4().hex, "whatsapp", user, "text", datetime.now(timezone.utc))
    async with bench.database.transaction() as connection:
        conversation, _ = await conversations.of_channel_user(connection, arrival, uuid4())
        await messages.add_reply(connection, conversation.id, Reply(text))
    return conversation.id


async def status(bench: Any, conversation_id: UUID) -> list[str]:
    async with bench.database.transaction() as connection:
        return list((await deliveries.statuses_of(connection, conversation_id)).values())


def past(bench: Any, by: timedelta) -> None:
    bench.clock.move(by + timedelta(seconds=1))


async def test_a_message_that_we_cannot_make_keeps_no_other_from_going_out(bench: Any) -> None:
    channel = Channel({"odd": KeyError("title")})
    outbox = Outbox(bench.database, {"whatsapp": channel}, bench.clock)
    odd, _ = await owe(bench, "odd", "één"), await owe(bench, "fine", "twee")
    past(bench, timedelta())
    await outbox.round()
    assert channel.sent == ["twee"]
    channel.trouble.clear()
    past(bench, UNANSWERED)
    await outbox.round()
    assert channel.sent == ["twee", "één"]
    assert await status(bench, odd) == ["sent"]


async def test_a_channel_that_never_answers_is_not_asked_for_ever(bench: Any) -> None:
    channel = Channel({"u1": NoAnswer("ReadTimeout")})
    outbox = Outbox(bench.database, {"whatsapp": channel}, bench.clock)
    conversation_id = await owe(bench, "u1", "één")
    past(bench, timedelta())
    await outbox.round()
    assert await status(bench, conversation_id) == ["sending"]
    past(bench, GIVE_UP_AFTER)
    await outbox.round()
    assert await status(bench, conversation_id) == ["failed"]


async def test_a_second_worker_does_not_send_what_came_later_before_what_the_first_is_sending(bench: Any) -> None:
    conversation_id = await owe(bench, "u1", "één")
    now = bench.clock.now + timedelta(seconds=1)

    async def take() -> Any:
        async with bench.database.transaction() as connection:
            return await deliveries.take(connection, conversation_id, now, UNANSWERED)

    async with bench.database.transaction() as first:
        assert await deliveries.take(first, conversation_id, now, UNANSWERED)
        await owe(bench, "u1", "twee")
        second = asyncio.create_task(take())
        await until_somebody_waits_for_a_row(bench)
    assert await second is None


async def until_somebody_waits_for_a_row(bench: Any) -> None:
    async with bench.database.statement() as connection:
        while not await connection.scalar(text("select count(*) from pg_locks where not granted")):
            continue
