"""What citizens do to messages afterwards: change them, or take them back."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.knowledge.library import Library
from bot.model.channel import Arrival
from bot.store import conversations, message_pictures, messages, report_pictures
from bot.store.database import announce
from bot.text.plain import tidy


def files_of(key: str) -> str:
    """The key of what came beside the words of a message."""
    return f"{key}:file"


async def withdraw(connection: AsyncConnection, library: Library, arrival: Arrival) -> None:
    """A message was taken back, by the citizen or by a person at another desk: only that it was there stays.

    Its pictures go too, unless they are with a report already. Taking back what is not here (any more) begins no conversation.
    """
    conversation, key = await conversations.current_of_user(connection, arrival), str(arrival.facts["of"])
    if conversation is None:
        return
    gone = library.message("bericht_verwijderd")
    beside = await messages.withdraw(connection, files_of(key), gone)
    await report_pictures.take_back(connection, conversation.id, key)
    for name in (key, files_of(key)):
        await message_pictures.take_back(connection, name)
    if not await messages.withdraw(connection, key, gone) and not beside:
        await messages.withdraw(connection, key, library.message("bericht_verwijderd_medewerker"), "agent")
    await announce(connection, conversation.id)


async def as_new(connection: AsyncConnection, arrival: Arrival) -> Arrival | None:
    """An edited message as it must be read; None when nothing in it is new. One that never came before is read as itself."""
    original = arrival.facts.get("of")
    if original is None:
        return arrival
    before = await messages.text_of_inbound(connection, original)
    if before is None:
        return replace(arrival, key=original)
    return None if arrival.text is not None and tidy(arrival.text) == before else arrival
