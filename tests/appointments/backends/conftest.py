"""The fake systems, each on a socket of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.appointments.backends.systems import SYSTEMS, JccSystem, OpenFormsSystem, QmaticSystem, System
from tests.appointments.builders import NOW


class MovableClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


async def _running(kind: type[Any]) -> AsyncIterator[Any]:
    system = kind()
    await system.server.start()
    yield system
    await system.stop()


@pytest.fixture(params=sorted(SYSTEMS))
async def system(request: pytest.FixtureRequest) -> AsyncIterator[System]:
    """Each of the systems in turn."""
    async for running in _running(SYSTEMS[request.param]):
        yield running


@pytest.fixture
async def jcc() -> AsyncIterator[JccSystem]:
    async for running in _running(JccSystem):
        yield running


@pytest.fixture
async def qmatic() -> AsyncIterator[QmaticSystem]:
    async for running in _running(QmaticSystem):
        yield running


@pytest.fixture
async def open_forms() -> AsyncIterator[OpenFormsSystem]:
    async for running in _running(OpenFormsSystem):
        yield running
