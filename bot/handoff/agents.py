"""The agents: who they are, what they are for, and whether they are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from bot.clock import Clock
from bot.handoff.errors import UnknownAgent
from bot.handoff.queueing import Queue
from bot.knowledge.library import Library
from bot.model.people import Agent, Presence, Role
from bot.store import agents, ownership
from bot.store.database import Database, announce_desk


@dataclass(frozen=True)
class Agents:
    """Accounts and passwords are the desk's; here an agent is who helps citizens."""

    database: Database
    library: Callable[[], Library]
    clock: Clock

    async def add(self, name: str, role: Role = "agent", skills: frozenset[str] = frozenset(), most: int = 3) -> UUID:
        """Store a new agent and give their id; `name` is what citizens see, `skills` are teams (none means all)."""
        key = uuid4()
        async with self.database.transaction() as connection:
            await agents.add(connection, key, name, role, skills, most)
            await announce_desk(connection, "agents")
        return key

    async def change(self, agent_id: UUID, name: str, role: Role, skills: frozenset[str], most: int, *, disabled: bool = False) -> None:
        """Change who an agent is; who is disabled loses their conversations to the queue. Raises UnknownAgent."""
        async with self.database.transaction() as connection:
            if not await agents.change(connection, agent_id, name, role, skills, most, disabled):
                raise UnknownAgent
            await announce_desk(connection, "agents")
        if disabled:
            await self.sign_off(agent_id)

    async def find(self, agent_id: UUID) -> Agent | None:
        """The agent, or None."""
        async with self.database.transaction() as connection:
            return await agents.find(connection, agent_id)

    async def presence(self, agent_id: UUID, presence: Presence, reason: str | None = None) -> None:
        """The agent says where they are; away keeps their conversations, offline gives them back. Raises UnknownAgent."""
        if presence == "offline":
            await self.sign_off(agent_id)
            return
        async with self.database.transaction() as connection:
            if await agents.locked(connection, agent_id) is None:
                raise UnknownAgent
            await agents.set_presence(connection, agent_id, presence, reason if presence == "away" else None, self.clock())
            await announce_desk(connection, "agents")

    async def heartbeat(self, agent_id: UUID, *, active: bool) -> None:
        """The desk of this agent is connected; send it every 15 seconds, `active` when a key or the mouse was touched since."""
        async with self.database.transaction() as connection:
            await agents.heartbeat(connection, agent_id, self.clock(), active)

    async def sign_off(self, agent_id: UUID) -> None:
        """The agent goes: every conversation goes back to the queue, and its citizen is told."""
        queue = Queue(self.library, self.clock)
        async with self.database.transaction() as connection:
            if await agents.locked(connection, agent_id) is None:
                raise UnknownAgent
            await agents.set_presence(connection, agent_id, "offline", None, self.clock())
            for conversation_id in await ownership.held_by(connection, agent_id):
                await queue.put_back(connection, conversation_id, agent_id)
            await announce_desk(connection, "agents")
