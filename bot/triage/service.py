"""The door of triage: gathers the facts of a moment, decides, and keeps the decision with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, local
from bot.handoff.service import Crew, crew_for
from bot.knowledge.library import Library
from bot.model.people import GENERAL_TEAM
from bot.model.triage import Decision, Facts, Policy
from bot.store import decisions, messages
from bot.store.database import Database
from bot.triage.deciding import decide
from bot.triage.hearing import hear
from bot.triage.hours import is_open

HEARD = 6
"""So many of the citizen's last messages are listened to: somebody who cannot read still cannot two questions later."""

Bookable = Callable[[str | None, str], frozenset[str]]
"""Which kinds of appointment (balie, terugbellen, huisbezoek, …) can be made for a product in a municipality."""


def nothing_bookable(product: str | None, municipality: str) -> frozenset[str]:
    """For a house without a calendar."""
    return frozenset()


@dataclass(frozen=True)
class Moment:
    """What the caller knows: what was understood, and which ways there are to go on without a person."""

    conversation_id: UUID
    message_id: str
    act: str = ""
    zone: str = "answer"
    confidence: float = 0.0
    misses: int = 0
    product: str | None = None
    municipality: str | None = None
    channel: str = "web"
    can_answer: bool = False
    can_ask: bool = False
    can_refer: bool = False


@dataclass(frozen=True)
class Considered:
    """The decision with the facts it stands on; `facts.team` is who would help."""

    decision: Decision
    facts: Facts


@dataclass(frozen=True)
class Triage:
    """Click, call or face."""

    database: Database
    library: Callable[[], Library]
    clock: Clock
    bookable: Bookable = nothing_bookable

    async def consider(self, moment: Moment) -> Considered:
        """Decide how the citizen goes on from here; the same message gives the same facts their first record."""
        policy = self.library().policy(moment.municipality)
        async with self.database.transaction() as connection:
            facts = await self._facts(connection, moment, policy)
            decision = decide(facts, policy)
            if moment.message_id:
                await decisions.keep(connection, moment.message_id, moment.conversation_id, facts, decision, policy.version, self.clock())
        return Considered(decision, facts)

    async def _facts(self, connection: AsyncConnection, moment: Moment, policy: Policy) -> Facts:
        library, now, here = self.library(), self.clock(), moment.municipality
        product = library.product(moment.product) if moment.product else None
        said = await messages.latest(connection, moment.conversation_id, "citizen", HEARD)
        crew = await self._crew(connection, product.team if product else GENERAL_TEAM, policy, now, moment.channel)
        return Facts(
            act=moment.act,
            product=product.id if product else None,
            theme=product.theme if product else None,
            preferred=product.channel if product else None,
            zone=moment.zone,
            confidence=round(moment.confidence, 3),
            misses=moment.misses,
            signs=hear((message.text for message in said), policy),
            municipality=here,
            channel=moment.channel,
            can_answer=moment.can_answer,
            can_ask=moment.can_ask,
            can_refer=moment.can_refer,
            team=crew.team,
            team_open=is_open(policy, crew.team, local(now)),
            agents=crew.agents,
            waiting=crew.waiting,
            expected_wait=crew.expected_wait,
            appointments=self.bookable(moment.product, here) if here else frozenset(),
            counter_open=bool(here and library.open_now(here, now)),
        )

    async def _crew(self, connection: AsyncConnection, team: str, policy: Policy, now: datetime, channel: str) -> Crew:
        """The team of the product when it is there now, else the contact centre itself."""
        if team != GENERAL_TEAM and is_open(policy, team, local(now)):
            crew = await crew_for(connection, team, now, channel)
            if crew.agents:
                return crew
        return await crew_for(connection, GENERAL_TEAM, now, channel)
