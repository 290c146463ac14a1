"""Room for what is held in memory: never more than there is, and nobody waits for ever."""

from __future__ import annotations

import asyncio

import pytest

from bot.gateway.errors import OutOfOrder
from bot.gateway.room import Room


async def test_no_more_is_held_at_once_than_there_is_room_for() -> None:
    room, held, most = Room(10, 30), 0, 0

    async def hold(size: int) -> None:
        nonlocal held, most
        async with room.held(size):
            held += size
            most = max(most, held)
            await asyncio.sleep(0)
            held -= size

    await asyncio.gather(*(hold(size) for size in (4, 5, 10, 1, 3, 7) * 20))
    assert (held, most) == (0, 10)


async def test_who_finds_no_room_in_time_is_told_when_to_come_back() -> None:
    room = Room(10, 0.05)
    async with room.held(8):
        with pytest.raises(OutOfOrder) as refused:
            async with room.held(3):
                pass
        assert refused.value.retry_after == 0
        async with room.held(2):
            pass


async def test_room_is_free_again_after_an_error_and_after_somebody_left() -> None:
    room = Room(10, 30)
    with pytest.raises(ValueError, match="halfway"):
        async with room.held(10):
            raise ValueError("halfway")

    async def stay() -> None:
        async with room.held(10):
            await asyncio.Event().wait()

    staying = asyncio.create_task(stay())
    await asyncio.sleep(0)
    waiting = asyncio.create_task(stay())
    await asyncio.sleep(0)
    for task in (waiting, staying):
        task.cancel()
    await asyncio.gather(staying, waiting, return_exceptions=True)
    async with room.held(10):
        pass
