"""A crowd for one slot: one after another books, the others look together, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from bot.appointments.backends import turnstile
from bot.appointments.backends.turnstile import Turnstile
from bot.appointments.errors import BackendUnavailable, SlotTaken
from bot.model.appointment import Hold, Slot, Wish
from tests.appointments.builders import amsterdam, hold

SLOT = Slot("castricum", amsterdam(3, 14, 30), amsterdam(3, 14, 45))


class Calendar:
    """A calendar with room for so many in one slot; it counts the looks, each of which takes a moment."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.looks = 0
        self.at_once = 0

    async def slots(self, _wish: Wish, _location: str, _first: date, _last: date) -> tuple[Slot, ...]:
        self.looks += 1
        await asyncio.sleep(0)
        return (SLOT,) if self.room else ()

    async def book(self) -> None:
        self.at_once += 1
        assert self.at_once == 1, "two at once"
        await asyncio.sleep(0)
        self.at_once -= 1
        if not self.room:
            raise SlotTaken("too late")
        self.room -= 1


class Keys:
    """What was sent before."""

    def __init__(self, *known: str) -> None:
        self.known = set(known)

    async def knows(self, key: str) -> bool:
        return key in self.known


def made(calendar: Calendar, keys: Keys | None = None) -> Turnstile:
    return Turnstile(calendar, keys or Keys())  # type: ignore[arg-type]


async def test_a_hundred_are_one_booking_after_another_and_a_few_looks() -> None:
    calendar = Calendar(room=3)
    gate = made(calendar)

    async def one(number: int) -> str:
        try:
            async with gate.turn(f"key-{number}", hold(SLOT)):
                await calendar.book()
            return "booked"
        except SlotTaken:
            return "taken"

    outcomes = await asyncio.gather(*(one(number) for number in range(100)))
    assert (outcomes.count("booked"), outcomes.count("taken")) == (3, 97)
    assert calendar.looks <= 6


async def test_another_slot_need_not_wait() -> None:
    gate = made(Calendar(room=1))
    other = Slot("castricum", amsterdam(3, 15, 0), amsterdam(3, 15, 15))
    async with gate.turn("key-1", hold(SLOT)), gate.turn("key-2", hold(other)):
        pass


async def test_a_key_that_was_sent_before_asks_at_once_what_became_of_it() -> None:
    gate = made(Calendar(room=0), Keys("key-1"))
    async with gate.turn("key-2", hold(SLOT)), gate.turn("key-1", hold(SLOT)):
        pass


async def test_a_booking_that_takes_too_long_lets_nobody_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turnstile, "_PATIENCE", 0.05)
    gate = made(Calendar(room=1))
    async with gate.turn("key-1", hold(SLOT)):
        with pytest.raises(BackendUnavailable):
            await _pass(gate, hold(SLOT))
    await _pass(gate, hold(SLOT))


async def test_an_error_inside_lets_the_next_one_in() -> None:
    gate = made(Calendar(room=1))
    with pytest.raises(BackendUnavailable):
        async with gate.turn("key-1", hold(SLOT)):
            raise BackendUnavailable("away")
    await _pass(gate, hold(SLOT))


async def _pass(gate: Any, held: Hold) -> None:
    async with gate.turn("key-2", held):
        pass
