"""Repository of promises: call-back requests and notes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.conversation import CallbackOutcome, CallbackRequest
from bot.store.tables import callback_request

_KEPT_APART = ("created_at", "status")


def _noun(row: Any) -> CallbackRequest:
    values = dict(row._mapping)
    values.pop("idempotency_key")
    return CallbackRequest(**values)


async def add(connection: AsyncConnection, idempotency_key: str, request: CallbackRequest) -> CallbackRequest:
    """Store a request; the same idempotency key again gives the first one. Raises IntegrityError when the reference is taken."""
    values = {field.name: getattr(request, field.name) for field in fields(request) if field.name not in _KEPT_APART}
    await connection.execute(
        upsert(callback_request)
        .values(idempotency_key=idempotency_key, status="te_verwerken", **values)
        .on_conflict_do_nothing(index_elements=["idempotency_key"])
    )
    row = await connection.execute(select(callback_request).where(callback_request.c.idempotency_key == idempotency_key))
    return _noun(row.one())


async def find(connection: AsyncConnection, reference: str) -> CallbackRequest | None:
    """The request with this reference, or None."""
    row = (await connection.execute(select(callback_request).where(callback_request.c.reference == reference))).one_or_none()
    return _noun(row) if row else None


async def of_conversation(connection: AsyncConnection, conversation_id: UUID) -> list[CallbackRequest]:
    """Requests made in this conversation, newest first."""
    rows = await connection.execute(
        select(callback_request)
        .where(callback_request.c.conversation_id == conversation_id)
        .order_by(callback_request.c.created_at.desc(), callback_request.c.reference)
    )
    return [_noun(row) for row in rows]


async def pick_up(connection: AsyncConnection, reference: str, agent_id: UUID, now: datetime) -> bool:
    """The agent deals with it; False when somebody else does already, or it is done."""
    result = await connection.execute(
        update(callback_request)
        .where(
            callback_request.c.reference == reference,
            callback_request.c.status == "te_verwerken",
            callback_request.c.agent_id.is_(None) | (callback_request.c.agent_id == agent_id),
        )
        .values(agent_id=agent_id, picked_up_at=func.coalesce(callback_request.c.picked_up_at, now))
    )
    return result.rowcount == 1


async def put_down(connection: AsyncConnection, reference: str, agent_id: UUID) -> bool:
    """The agent does not deal with it after all; False when it was not theirs."""
    result = await connection.execute(
        update(callback_request)
        .where(callback_request.c.reference == reference, callback_request.c.agent_id == agent_id)
        .values(agent_id=None, picked_up_at=None)
    )
    return result.rowcount == 1


async def reference_of(connection: AsyncConnection, idempotency_key: str) -> str | None:
    """The reference of the request that was made with this key."""
    found = await connection.scalar(select(callback_request.c.reference).where(callback_request.c.idempotency_key == idempotency_key))
    return str(found) if found is not None else None


async def move(connection: AsyncConnection, reference: str, wanted_at: datetime, promised_on: date) -> None:
    """Promise another time, as if nobody had called yet."""
    fresh = {"status": "te_verwerken", "outcome": None, "finished_at": None, "agent_id": None, "picked_up_at": None, "attempts": 0}
    await connection.execute(
        update(callback_request)
        .where(callback_request.c.reference == reference)
        .values(wanted_at=wanted_at, promised_on=promised_on, attempted_at=None, **fresh)
    )


async def count_attempt(connection: AsyncConnection, reference: str, now: datetime) -> bool:
    """A call that nobody answered; False when the request is not open."""
    result = await connection.execute(
        update(callback_request)
        .where(callback_request.c.reference == reference, callback_request.c.status == "te_verwerken")
        .values(attempts=callback_request.c.attempts + 1, attempted_at=now)
    )
    return result.rowcount == 1


async def finish(connection: AsyncConnection, reference: str, outcome: CallbackOutcome | None = None, now: datetime | None = None) -> bool:
    """Mark a request as dealt with; False when it was already."""
    result = await connection.execute(
        update(callback_request)
        .where(callback_request.c.reference == reference, callback_request.c.status == "te_verwerken")
        .values(status="verwerkt", outcome=outcome, finished_at=now if now is not None else func.now())
    )
    return result.rowcount == 1


async def open_requests(connection: AsyncConnection) -> list[CallbackRequest]:
    """Requests that nobody dealt with, the one promised first on top."""
    rows = await connection.execute(
        select(callback_request)
        .where(callback_request.c.status == "te_verwerken")
        .order_by(
            callback_request.c.promised_on,
            callback_request.c.wanted_at.nulls_last(),
            callback_request.c.created_at,
            callback_request.c.reference,
        )
    )
    return [_noun(row) for row in rows]
