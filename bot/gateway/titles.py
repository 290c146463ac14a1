"""Reads words as a choice: some channels send the title of a button back instead of its id, and people type it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from bot.model.conversation import Inbound
from bot.store import messages
from bot.store.database import Database

LONGEST_TITLE = 60
"""Signs of the longest title that a choice has; longer words are none."""


async def as_choice(database: Database, conversation_id: UUID, inbound: Inbound) -> Inbound:
    """Words that are exactly those on an open choice are that choice; all others stay words."""
    async with database.transaction() as connection:
        offered = await messages.open_choices(connection, conversation_id)
    said = " ".join((inbound.text or "").split()).casefold()
    for key, title in offered:
        if said and said in (key.casefold(), title.casefold(), title[:24].strip().casefold(), title[:20].strip().casefold()):
            return replace(inbound, text=None, choice=key)
    return inbound
