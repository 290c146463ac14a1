"""All services for people who help, in one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.handoff.agents import Agents
from bot.handoff.board import Board
from bot.handoff.desk import Desk
from bot.handoff.missed import MissedCalls
from bot.handoff.service import Callbacks
from bot.handoff.watch import Patience, PeopleWatch
from bot.knowledge.library import Library
from bot.store.database import Database


@dataclass(frozen=True)
class Office:
    """What the gateway and the desk need to bring in people."""

    agents: Agents
    desk: Desk
    board: Board
    callbacks: Callbacks
    missed: MissedCalls
    watch: PeopleWatch


def open_office(database: Database, library: Callable[[], Library], clock: Clock, working_days: int, patience: Patience) -> Office:
    """The office on this database."""
    return Office(
        agents=Agents(database, library, clock),
        desk=Desk(database, library, clock),
        board=Board(database, clock),
        callbacks=Callbacks(database, clock, working_days),
        missed=MissedCalls(database, library, clock),
        watch=PeopleWatch(database, library, clock, patience),
    )
