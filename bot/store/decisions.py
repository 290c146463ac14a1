"""Repository of triage's decisions, with the facts they were taken on and without what anybody said."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.triage import Decision, Facts, Route, Sign
from bot.store.people_tables import triage_decision

_SETS = ("signs", "appointments")


@dataclass(frozen=True)
class KeptDecision:
    """A decision as it was taken."""

    decided_at: datetime
    policy: str
    facts: Facts
    route: Route
    rule: str


async def keep(
    connection: AsyncConnection, message_id: str, conversation_id: UUID, facts: Facts, decision: Decision, policy: str, now: datetime
) -> None:
    """Store the decision on one message; the same message again keeps the first."""
    written = asdict(facts) | {name: sorted(getattr(facts, name)) for name in _SETS}
    await connection.execute(
        upsert(triage_decision)
        .values(
            message_id=message_id,
            conversation_id=conversation_id,
            decided_at=now,
            policy=policy,
            facts=written,
            route=decision.route,
            others=list(decision.others),
            rule=decision.rule,
        )
        .on_conflict_do_nothing()
    )


async def since(connection: AsyncConnection, start: datetime, limit: int = 100_000) -> list[KeptDecision]:
    """The decisions after `start`, oldest first."""
    query = select(triage_decision).where(triage_decision.c.decided_at >= start).order_by(triage_decision.c.decided_at).limit(limit)
    return [KeptDecision(row.decided_at, row.policy, read_facts(row.facts), row.route, row.rule) for row in await connection.execute(query)]


def read_facts(written: dict[str, Any]) -> Facts:
    """Facts as they were stored; a fact that has gone since is left out, a new one has its default."""
    known = {name: value for name, value in written.items() if name in Facts.__dataclass_fields__}
    return Facts(**known | {name: frozenset(known.get(name, ())) for name in _SETS})


async def signs_of(connection: AsyncConnection, conversation_id: UUID) -> frozenset[Sign]:
    """Everything that was heard between the lines in this conversation."""
    heard = func.jsonb_array_elements_text(triage_decision.c.facts["signs"]).label("sign")
    rows = await connection.execute(select(heard).where(triage_decision.c.conversation_id == conversation_id).distinct())
    return frozenset(rows.scalars())
