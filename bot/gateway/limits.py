"""How much one citizen and one address may send; a few numbers and the counting of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.gateway.errors import TooFast
from bot.store import rates


@dataclass(frozen=True)
class Limits:
    """Limits at the door, a minute; those of an address are wide because a library or a mobile network shares one."""

    text_length: int = 1_000
    messages_per_conversation: int = 60
    messages_per_address: int = 6_000
    conversations_per_address: int = 3_000
    window: timedelta = timedelta(minutes=1)


async def count(connection: AsyncConnection, limits: Limits, kind: str, subject: str, allowed: int, now: datetime) -> None:
    """Count one event of `subject`; raises TooFast with the seconds to wait when there were more than `allowed` in the window.

    Only a hash of the subject is stored, salted with the window, so that an address cannot be found back later.
    """
    seconds = int(limits.window.total_seconds())
    start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
    key = hashlib.sha256(f"{kind}|{subject}|{start.isoformat()}".encode()).digest()
    if await rates.count(connection, key, start) > allowed:
        raise TooFast(kind, retry_after=max(1, int((start + limits.window - now).total_seconds())))
