"""The door to people: asks for a call-back and tells how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from bot.clock import Clock, local
from bot.handoff.errors import CallbackRefused
from bot.handoff.promise import promised_day
from bot.logs import logger
from bot.model.conversation import CallbackRequest
from bot.store import callbacks, messages
from bot.store.database import Database
from bot.text import references
from bot.text.phones import read_phone

log = logger()

_SUMMARY_LENGTH = 1_000
"""Longest `toelichting` of an internetaak in Klantinteracties."""

_SUBJECT_LENGTH = 200
"""Longest `onderwerp` of a klantcontact in Klantinteracties."""


@dataclass(frozen=True)
class Callbacks:
    """Call-back requests: made once, kept for ever, found back by their reference."""

    database: Database
    clock: Clock
    working_days: int

    async def request(
        self, idempotency_key: str, conversation_id: UUID, municipality: str | None, name: str, phone: str, subject: str
    ) -> CallbackRequest:
        """Store a request; the same idempotency key gives the first one again. Raises CallbackRefused."""
        number = read_phone(phone)
        if number is None or not name.strip():
            raise CallbackRefused("a name and a number that can be called")
        for _ in range(5):
            try:
                return await self._store(idempotency_key, conversation_id, municipality, name.strip(), number, subject.strip())
            except IntegrityError:
                continue  # the reference was taken: draw another
        raise CallbackRefused("no free reference")

    async def _store(
        self, key: str, conversation_id: UUID, municipality: str | None, name: str, phone: str, subject: str
    ) -> CallbackRequest:
        async with self.database.transaction() as connection:
            said = await messages.latest(connection, conversation_id, "citizen", 8)
            stored = await callbacks.add(
                connection,
                idempotency_key=key,
                reference=references.new_reference("TB"),
                conversation_id=conversation_id,
                municipality=municipality,
                name=name,
                phone=phone,
                subject=subject[:_SUBJECT_LENGTH],
                summary=_shorten([message.text for message in said if message.text not in (name, phone)]),
                promised_on=promised_day(self.clock(), self.working_days),
            )
        log.info("callback_requested", conversation_id=str(conversation_id), reference=stored.reference)
        return stored

    async def find(self, reference: str) -> CallbackRequest | None:
        """The request with this reference, however it is written."""
        found = read_reference(reference)
        if found is None:
            return None
        async with self.database.transaction() as connection:
            return await callbacks.find(connection, found)

    async def newest_of(self, conversation_id: UUID) -> CallbackRequest | None:
        """The last request made in this conversation."""
        async with self.database.transaction() as connection:
            requests = await callbacks.of_conversation(connection, conversation_id)
        return requests[0] if requests else None

    def is_overdue(self, request: CallbackRequest) -> bool:
        """Whether the promised day is over and nobody called."""
        return request.status == "te_verwerken" and request.promised_on < local(self.clock()).date()


def read_reference(text: str) -> str | None:
    """The first reference in a text, as it is stored: TB-7K4M2P."""
    return references.read_reference("TB", text)


def _shorten(lines: list[str]) -> str:
    """The newest lines that fit, in order."""
    kept: list[str] = []
    for line in reversed(lines):
        if sum(map(len, kept)) + len(kept) + len(line) > _SUMMARY_LENGTH:
            break
        kept.insert(0, line)
    return "\n".join(kept)
