"""One turn at a time per conversation, in the order of arrival, within this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore


class ConversationLocks(LockStore):
    """Rasa's lock store on asyncio locks: no polling, no lifetime after which a second turn slips in."""

    def __init__(self) -> None:
        """Start without any lock; a lock lives as long as somebody holds or awaits it."""
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(  # type: ignore[override] # there are no tickets here, and nobody uses them
        self, conversation_id: str, *_args: Any, **_kwargs: Any
    ) -> AsyncIterator[None]:
        """Hold the conversation; lifetime and polling time of Rasa's signature mean nothing here."""
        lock, users = self._locks.get(conversation_id, (asyncio.Lock(), 0))
        self._locks[conversation_id] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._locks.pop(conversation_id)
            if users > 1:
                self._locks[conversation_id] = (lock, users - 1)

    def __len__(self) -> int:
        """How many conversations are held or awaited."""
        return len(self._locks)
