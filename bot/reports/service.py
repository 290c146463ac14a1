"""The door to reports about public space: what was sent for one, handing one in, and how it stands with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.clock import Clock, local
from bot.knowledge.library import Library
from bot.logs import logger
from bot.model.report import Gathered, Report, ReportDraft, ReportPlace, ReportPolicy, Standing
from bot.reports.checking import is_here, report_of
from bot.reports.errors import AlreadyHandled, PictureRefused, ReportRefused, ReportUnknown
from bot.reports.pictures import redraw
from bot.reports.protocol import Backend
from bot.reports.registry import build_backends
from bot.reports.standing import ask_elsewhere
from bot.settings import Settings
from bot.store import conversations, report_passing, report_pictures, reports
from bot.store.database import Database, announce_desk
from bot.text import references

__all__ = ["Reports", "build_reports", "read_reference"]

log = logger()

_GATHERED_FOR = timedelta(days=1)
"""What was sent waits this long for its report."""

_PICTURES = 3
"""How many pictures are kept of a citizen whose municipality is not known yet."""

_LATE = timedelta(hours=2)
"""A report that is not passed on by then is shown at the desk: somebody may want to telephone."""

_AT_ONCE = 1
"""Pictures that one process unpacks at the same time: each may take a hundred megabytes."""


@dataclass(frozen=True)
class Reports:
    """Takes reports, keeps them, and shows them to who deals with them; what goes elsewhere is sent by the worker."""

    database: Database
    library: Callable[[], Library]
    clock: Clock
    backends: Mapping[str, Backend] = field(default_factory=dict)
    """Where to ask how it stands with what was passed on."""
    _drawing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE), repr=False)

    def policy(self, municipality: str | None) -> ReportPolicy | None:
        """How a municipality takes reports; None when it takes none, or is unknown."""
        here = self.library().municipality(municipality) if municipality else None
        return here.reports if here else None

    async def keep_picture(self, conversation_id: UUID, key: str, data: bytes) -> UUID:
        """Keep what can be seen on a picture until there is a report; the same key gives the first picture.

        Raises PictureRefused, and ReportUnknown when there is no such conversation.
        """
        async with self.database.transaction() as connection:
            known = await report_pictures.with_key(connection, conversation_id, key)
        if known is not None:
            return known
        drawn = await self.drawn_anew(data)
        async with self.database.transaction() as connection:
            conversation = await conversations.find(connection, conversation_id)
            if conversation is None:
                raise ReportUnknown("no such conversation")
            # Under the conversation's lock, or two pictures at once would both be the last that fits.
            await conversations.owner_locked(connection, conversation_id)
            known = await report_pictures.with_key(connection, conversation_id, key)
            if known is not None:
                return known
            policy = self.policy(conversation.municipality)
            most = policy.pictures if policy and policy.taken else _PICTURES
            if await report_pictures.count_unclaimed(connection, conversation_id, self._since()) >= most:
                raise PictureRefused("too_many")
            kept = await report_pictures.add(connection, conversation_id, key, drawn, self.clock())
        log.info("report_picture_kept", conversation_id=str(conversation_id), picture=str(kept), size=len(drawn))
        return kept

    async def drawn_anew(self, data: bytes) -> bytes:
        """What can be seen on a picture, as a small JPEG with nothing else in it; kept nowhere. Raises PictureRefused."""
        async with self._drawing:
            return await asyncio.to_thread(redraw, data)

    async def keep_place(self, conversation_id: UUID, latitude: float, longitude: float) -> None:
        """Keep the place that was shared last, in degrees. Raises ReportRefused ("place") outside the Netherlands."""
        if not is_here(latitude, longitude):
            raise ReportRefused("place")
        async with self.database.transaction() as connection:
            await report_pictures.keep_place(connection, conversation_id, latitude, longitude, self.clock())

    async def gathered(self, conversation_id: UUID) -> Gathered:
        """What this citizen sent within a day and is in no report yet."""
        async with self.database.transaction() as connection:
            return await report_pictures.gathered(connection, conversation_id, self._since())

    async def hand_in(self, key: str, draft: ReportDraft) -> Report:
        """Take a report; the same key gives the first one, whatever the draft. Raises ReportRefused.

        It is stored before this returns; the worker passes it on to the municipality's own system, if there is one.
        Only pictures that were sent in the same conversation, and no more than the policy allows, go along.
        """
        async with self.database.transaction() as connection:
            known = await reports.with_key(connection, key)
        if known is not None:
            return known
        made = report_of(draft, self.policy(draft.municipality), self.clock())
        while True:
            stored = await self._store(key, replace(made, reference=references.new_reference("M")))
            if stored is not None:
                return stored

    async def find(self, reference: str, conversation_id: UUID) -> Report | None:
        """The report with the reference in a text, however it is written; without one the newest of this conversation.

        Asked from another conversation it comes without what was reported and who reported it.
        """
        code = read_reference(reference)
        async with self.database.transaction() as connection:
            if code is None:
                found = await reports.newest_of(connection, conversation_id)
            else:
                found = await reports.with_reference(connection, code)
        if found is None:
            return None
        found = await ask_elsewhere(self.database, self.backends, found, self.clock())
        if found.conversation_id == conversation_id:
            return found
        return replace(found, conversation_id=None, text="", place=ReportPlace(), pictures=(), email=None, phone=None)

    async def open_reports(self, municipalities: Collection[str] | None = None, most: int | None = None) -> tuple[Report, ...]:
        """Reports that wait for a person, the one promised first on top, at most `most`; of all municipalities when None.

        A report that another system deals with is not among them, unless it has `trouble` getting there.
        """
        async with self.database.transaction() as connection:
            found = await reports.open_ones(connection, municipalities, self.clock() - _LATE, most)
        return tuple(map(self._shown, found))

    async def count_open(self, municipalities: Collection[str] | None = None) -> int:
        """How many reports wait for a person."""
        async with self.database.transaction() as connection:
            return await reports.count_open(connection, municipalities, self.clock() - _LATE)

    async def standing(self) -> Standing:
        """How the list of reports that wait for a person stands now."""
        now = self.clock()
        async with self.database.transaction() as connection:
            return await reports.standing(connection, now - _LATE, local(now).date())

    async def report(self, report_id: UUID) -> Report:
        """One report, open or not. Raises ReportUnknown."""
        async with self.database.transaction() as connection:
            found = await reports.with_id(connection, report_id)
        if found is None:
            raise ReportUnknown
        return self._shown(found)

    async def named(self, reference: str) -> Report:
        """One report, open or not, by the number that a citizen reads out, for the desk. Raises ReportUnknown."""
        code = read_reference(reference)
        async with self.database.transaction() as connection:
            found = await reports.with_reference(connection, code) if code else None
        if found is None:
            raise ReportUnknown
        return self._shown(found)

    async def picture(self, picture_id: UUID) -> bytes:
        """A picture of a report, as JPEG. Raises ReportUnknown."""
        async with self.database.transaction() as connection:
            content = await report_pictures.content_of(connection, picture_id)
        if content is None:
            raise ReportUnknown
        return content

    async def handled(self, report_id: UUID, agent_id: UUID | None = None) -> Report:
        """It is dealt with. Raises AlreadyHandled, ReportUnknown."""
        async with self.database.transaction() as connection:
            finished = await reports.finish(connection, report_id, agent_id, self.clock())
            found = await reports.with_id(connection, report_id)
            if found is None:
                raise ReportUnknown
            if not finished:
                raise AlreadyHandled
            await announce_desk(connection, "reports")
        log.info("report_handled", report=str(report_id), reference=found.reference)
        return found

    async def send_again(self, report_id: UUID) -> Report:
        """Pass on a report in trouble once more, because an agent saw that it did not arrive. Raises AlreadyHandled, ReportUnknown."""
        async with self.database.transaction() as connection:
            tried = await report_passing.retry(connection, report_id, self.clock())
            found = await reports.with_id(connection, report_id)
            if found is None:
                raise ReportUnknown
            if not tried:
                raise AlreadyHandled
            await announce_desk(connection, "reports")
        log.info("report_sent_again", report=str(report_id), reference=found.reference)
        return found

    def _shown(self, found: Report) -> Report:
        """With the trouble that only time makes: it should have been passed on long ago."""
        waits = found.backend != "own" and found.state == "received" and found.trouble is None
        return replace(found, trouble="late") if waits and found.created_at < self.clock() - _LATE else found

    def _since(self) -> datetime:
        return self.clock() - _GATHERED_FOR

    async def _store(self, key: str, made: Report) -> Report | None:
        """The stored report, or the one that was stored with this key; None when the reference was taken."""
        async with self.database.transaction() as connection:
            due_at = None if made.backend == "own" else self.clock()
            if not await reports.add(connection, key, made, due_at):
                return await reports.with_key(connection, key)
            assert made.conversation_id is not None  # noqa: S101 - a draft has one
            await report_pictures.claim(connection, made.id, made.conversation_id, made.pictures)
            await announce_desk(connection, "reports")
            stored = await reports.with_id(connection, made.id)
        log.info("report_taken", report=str(made.id), reference=made.reference, municipality=made.municipality, backend=made.backend)
        return stored


def build_reports(library: Callable[[], Library], settings: Settings, clock: Clock, database: Database) -> Reports:
    """The service, with the systems that are set up; connects to nothing yet."""
    return Reports(database, library, clock, build_backends(settings, library))


def read_reference(text: str) -> str | None:
    """The first reference of a report in a text, as it is stored: M-7K4M2P."""
    return references.read_reference("M", text)
