"""All that the gateway's pages and channels need, in one value on the Sanic app."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sanic import Request

from bot.appointments.notices import Notices
from bot.appointments.service import Appointments
from bot.clock import Clock
from bot.gateway.engine import Engine
from bot.gateway.errors import Refused
from bot.gateway.gate import Gate
from bot.gateway.live import Live
from bot.gateway.starts import Starts
from bot.gateway.watch import Watch
from bot.handoff.office import Office
from bot.knowledge.library import Library
from bot.reports.service import Reports
from bot.settings import Settings
from bot.store.database import Database


@dataclass(frozen=True)
class House:
    """The gateway's services; made by bot.wiring, opened and closed with the server."""

    settings: Settings
    clock: Clock
    database: Database
    library: Callable[[], Library]
    refresh_library: Callable[[], Awaitable[None]]
    engine: Engine
    gate: Gate
    starts: Starts
    live: Live
    watch: Watch
    office: Office
    appointments: Appointments
    notices: Notices
    reports: Reports
    open: Callable[[], Awaitable[None]]
    close: Callable[[], Awaitable[None]]


def house_of(request: Request) -> House:
    """The house that serves this request."""
    house: House = request.app.ctx.house
    return house


def shown_error(house: House, refused: Refused) -> dict[str, Any]:
    """An error as docs/protocol.md gives it: a code, and a Dutch sentence."""
    return {"error": refused.code, "message": house.library().message(refused.text_key)}
