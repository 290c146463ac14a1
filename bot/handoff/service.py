"""The door to people: promises (call-backs and notes), and who is there to help now."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from bot.clock import Clock, local
from bot.handoff.crew import Crew, crew_for
from bot.handoff.errors import AlreadyTaken, CallbackRefused
from bot.handoff.promise import promised_day
from bot.logs import logger
from bot.model.conversation import CallbackOutcome, CallbackRequest
from bot.model.people import GENERAL_TEAM
from bot.store import callbacks, messages
from bot.store.database import Database, announce_desk
from bot.text import references
from bot.text.phones import read_phone

__all__ = ["Callbacks", "Crew", "crew_for", "is_overdue", "promised_day", "read_email", "read_reference"]

log = logger()

_EMAIL = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+\.[^\s@<>,;:.]{2,}")

_SUMMARY_LENGTH = 1_000
"""Longest `toelichting` of an internetaak in Klantinteracties."""

_SUBJECT_LENGTH = 200
"""Longest `onderwerp` of a klantcontact in Klantinteracties."""

_GRACE = timedelta(hours=1)
"""A call at a chosen time is overdue an hour after it."""


@dataclass(frozen=True)
class Callbacks:
    """Call-back requests and notes: made once, found back by their reference, picked up by one agent at a time."""

    database: Database
    clock: Clock
    working_days: int

    async def request(
        self,
        idempotency_key: str,
        conversation_id: UUID,
        municipality: str | None,
        name: str,
        phone: str,
        subject: str,
        *,
        team: str = GENERAL_TEAM,
        wanted_at: datetime | None = None,
        appointment: str | None = None,
    ) -> CallbackRequest:
        """Promise a call, at a chosen time if one is given; the same idempotency key gives the first one again.

        Raises CallbackRefused when the name or the number is of no use.
        """
        number = read_phone(phone)
        if number is None or not name.strip():
            raise CallbackRefused("a name and a number that can be called")
        promised = local(wanted_at).date() if wanted_at else self._promised()
        asked = self._new(conversation_id, municipality, name, subject, promised)
        asked = replace(asked, phone=number, team=team, wanted_at=wanted_at, appointment=appointment)
        return await self._store(idempotency_key, asked, (name, phone))

    async def plan(
        self,
        appointment: str,
        conversation_id: UUID | None,
        municipality: str,
        name: str,
        phone: str,
        subject: str,
        wanted_at: datetime,
        *,
        team: str = GENERAL_TEAM,
    ) -> CallbackRequest:
        """Promise the call that stands in the calendar under the code `appointment`; again with another time when it was moved.

        One that was dealt with is open again when it was moved after that, to nobody's name.
        """
        promised = local(wanted_at).date()
        asked = self._new(conversation_id, municipality, name, subject, promised)
        asked = replace(asked, phone=read_phone(phone) or phone, team=team, wanted_at=wanted_at, appointment=appointment)
        stored = await self._store(_key_of(appointment), asked, (name, phone))
        if stored.wanted_at == wanted_at:
            return stored
        async with self.database.transaction() as connection:
            await callbacks.move(connection, stored.reference, wanted_at, promised)
            await announce_desk(connection, "callbacks")
        return replace(stored, wanted_at=wanted_at, promised_on=promised)

    async def unplan(self, appointment: str) -> None:
        """The call under this code was cancelled; fine when there is none, or when it was dealt with."""
        async with self.database.transaction() as connection:
            reference = await callbacks.reference_of(connection, _key_of(appointment))
            if reference and await callbacks.finish(connection, reference, "not_needed", self.clock()):
                await announce_desk(connection, "callbacks")

    async def leave_note(
        self,
        idempotency_key: str,
        conversation_id: UUID,
        municipality: str | None,
        name: str,
        answer_to: str,
        note: str,
        *,
        team: str = GENERAL_TEAM,
    ) -> CallbackRequest:
        """Keep a message that is answered by e-mail or phone (`answer_to`) on the promised day. Raises CallbackRefused."""
        number, address = read_phone(answer_to), read_email(answer_to)
        if (number is None and address is None) or not name.strip() or not note.strip():
            raise CallbackRefused("a name, a note, and an address or number for the answer")
        asked = self._new(conversation_id, municipality, name, note, self._promised())
        asked = replace(asked, kind="note", phone=number or "", email=address or "", team=team)
        return await self._store(idempotency_key, asked, (name, answer_to))

    def _promised(self) -> date:
        return promised_day(self.clock(), self.working_days)

    def _new(self, conversation_id: UUID | None, municipality: str | None, name: str, subject: str, promised: date) -> CallbackRequest:
        return CallbackRequest(
            reference="",
            conversation_id=conversation_id,
            municipality=municipality,
            name=name.strip(),
            phone="",
            subject=subject.strip()[:_SUBJECT_LENGTH],
            summary="",
            status="te_verwerken",
            promised_on=promised,
            created_at=self.clock(),
        )

    async def _store(self, key: str, asked: CallbackRequest, personal: tuple[str, ...]) -> CallbackRequest:
        for _ in range(5):
            try:
                return await self._try(key, replace(asked, reference=references.new_reference("TB")), personal)
            except IntegrityError:
                continue  # the reference was taken: draw another
        raise CallbackRefused("no free reference")

    async def _try(self, key: str, asked: CallbackRequest, personal: tuple[str, ...]) -> CallbackRequest:
        async with self.database.transaction() as connection:
            conversation_id = asked.conversation_id
            said = await messages.latest(connection, conversation_id, "citizen", 8) if conversation_id else []
            summary = _shorten([message.text for message in said if message.text not in personal])
            stored = await callbacks.add(connection, key, replace(asked, summary=summary))
            await announce_desk(connection, "callbacks")
        log.info("callback_requested", conversation_id=str(conversation_id), reference=stored.reference, kind=stored.kind)
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

    async def pick_up(self, reference: str, agent_id: UUID) -> None:
        """An agent deals with it from here; the same agent may say so twice. Raises AlreadyTaken."""
        async with self.database.transaction() as connection:
            if not await callbacks.pick_up(connection, reference, agent_id, self.clock()):
                raise AlreadyTaken
            await announce_desk(connection, "callbacks")

    async def put_down(self, reference: str, agent_id: UUID) -> None:
        """The agent leaves it to a colleague. Raises AlreadyTaken when it was not theirs."""
        async with self.database.transaction() as connection:
            if not await callbacks.put_down(connection, reference, agent_id):
                raise AlreadyTaken
            await announce_desk(connection, "callbacks")

    async def finish(self, reference: str, outcome: CallbackOutcome) -> None:
        """It is dealt with. Raises AlreadyTaken when it was already."""
        async with self.database.transaction() as connection:
            if not await callbacks.finish(connection, reference, outcome, self.clock()):
                raise AlreadyTaken
            await announce_desk(connection, "callbacks")
        log.info("callback_finished", reference=reference, outcome=outcome)

    def is_overdue(self, request: CallbackRequest) -> bool:
        """Whether the promised day, or an hour past the chosen time, is over and nobody dealt with it."""
        return is_overdue(request, self.clock())


def is_overdue(request: CallbackRequest, now: datetime) -> bool:
    """Whether what was promised should have been done by `now`."""
    if request.status != "te_verwerken":
        return False
    if request.wanted_at is not None and request.wanted_at + _GRACE < now:
        return True
    return request.promised_on < local(now).date()


def _key_of(appointment: str) -> str:
    return f"appointment:{appointment}"


def read_email(text: str) -> str | None:
    """The first e-mail address in a text."""
    found = _EMAIL.search(text)
    return found.group() if found else None


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
