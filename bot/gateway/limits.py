"""How much one citizen and one address may send; a few numbers and the counting of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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


@dataclass(frozen=True)
class Subject:
    """Something that is counted: its kind, who it is, and how much is allowed in a window."""

    kind: str
    name: str
    allowed: int


async def count(connection: AsyncConnection, limits: Limits, kind: str, subject: str, allowed: int, now: datetime) -> None:
    """Count one event of `subject`; raises TooFast with the seconds to wait when there were more than `allowed` in the window."""
    await count_all(connection, limits, (Subject(kind, subject, allowed),), now)


async def count_all(connection: AsyncConnection, limits: Limits, subjects: Sequence[Subject], now: datetime) -> None:
    """Count one event of each subject; raises TooFast, as `count`, for the first that had too many.

    Only a hash of a subject is stored, salted with the window, so that an address cannot be found back later.
    """
    seconds = int(limits.window.total_seconds())
    start = datetime.fromtimestamp(now.timestamp() // seconds * seconds, tz=now.tzinfo)
    keys = [hashlib.sha256(f"{subject.kind}|{subject.name}|{start.isoformat()}".encode()).digest() for subject in subjects]
    counted = await rates.count_all(connection, keys, start)
    for key, subject in zip(keys, subjects, strict=True):
        if counted[key] > subject.allowed:
            raise TooFast(subject.kind, retry_after=max(1, int((start + limits.window - now).total_seconds())))
