"""Live news: a desk hears what changed, once however often it was told, and everything after a lost connection."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.gateway.live import EVERYTHING, Live
from bot.store.database import announce_desk


async def test_a_desk_hears_what_changed_and_a_new_connection_means_everything(bench: Any) -> None:
    live = Live(bench.database.address)
    with live.subscribe_desk() as news:
        listening = asyncio.create_task(live.run())
        async with asyncio.timeout(30):
            await news.event.wait()
            assert news.take() == {EVERYTHING}
            async with bench.database.transaction() as connection:
                await announce_desk(connection, "queue", "agents", "queue")
                await announce_desk(connection, "callbacks")
            heard: list[str] = []
            while "callbacks" not in heard:
                await news.event.wait()
                heard += news.take()  # of one transaction the notes may come apart
        assert sorted(heard) == ["agents", "callbacks", "queue"]
        assert not news.event.is_set()
        listening.cancel()
