"""Repository of call-back requests."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.conversation import CallbackRequest
from bot.store.tables import callback_request


def _noun(row: Row[Any]) -> CallbackRequest:
    values = dict(row._mapping)
    values.pop("idempotency_key")
    return CallbackRequest(**values)


async def add(
    connection: AsyncConnection,
    idempotency_key: str,
    reference: str,
    conversation_id: UUID,
    municipality: str | None,
    name: str,
    phone: str,
    subject: str,
    summary: str,
    promised_on: date,
) -> CallbackRequest:
    """Store a request; the same idempotency key again gives the first one. Raises IntegrityError when the reference is taken."""
    await connection.execute(
        upsert(callback_request)
        .values(
            reference=reference,
            conversation_id=conversation_id,
            idempotency_key=idempotency_key,
            municipality=municipality,
            name=name,
            phone=phone,
            subject=subject,
            summary=summary,
            status="te_verwerken",
            promised_on=promised_on,
        )
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
        select(callback_request).where(callback_request.c.conversation_id == conversation_id).order_by(callback_request.c.created_at.desc())
    )
    return [_noun(row) for row in rows]


async def finish(connection: AsyncConnection, reference: str) -> bool:
    """Mark a request as dealt with; False when it was already."""
    result = await connection.execute(
        update(callback_request)
        .where(callback_request.c.reference == reference, callback_request.c.status == "te_verwerken")
        .values(status="verwerkt")
    )
    return result.rowcount == 1


async def open_requests(connection: AsyncConnection) -> list[CallbackRequest]:
    """Requests that nobody dealt with, the one promised first on top."""
    rows = await connection.execute(
        select(callback_request)
        .where(callback_request.c.status == "te_verwerken")
        .order_by(callback_request.c.promised_on, callback_request.c.created_at)
    )
    return [_noun(row) for row in rows]
