"""One booking through Open Forms: hand in the form in a session of its own, and follow it to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from bot.appointments.backends import contact
from bot.appointments.backends.open_forms import shapes
from bot.appointments.backends.open_forms.session import Session
from bot.appointments.errors import BackendUnavailable, CustomerRefused, OutcomeUnknown, SlotTaken
from bot.appointments.http import read_json
from bot.appointments.once import Remember

_GLANCES = (0.1, 0.2, 0.4, 0.8, 1.0, 1.0)
"""Seconds between looks at a form in progress; together short enough for one turn of the conversation."""


class FormBooking:
    """The form with its contents, for bot.appointments.once."""

    def __init__(self, session: Session, body: Mapping[str, Any], check_free: Callable[[], Awaitable[None]]) -> None:
        """`check_free` raises SlotTaken when the slot is not offered any more."""
        self._session = session
        self._body = body
        self._check_free = check_free
        self._pauses: tuple[float, ...] = _GLANCES

    async def send(self, remember: Remember) -> str:
        """Hand in the form, and give the id of its submission once it is booked."""
        submission = await self._session.start()
        response = await self._session.send("appointments/appointments", {"submission": submission, **self._body})
        address = _accepted(response)
        number = submission.rstrip("/").rsplit("/", 1)[-1]
        await remember(f"{number} {address}")
        if await self._is_booked(address):
            return number
        await self._check_free()
        raise BackendUnavailable("refused a free slot")

    async def look_up(self, note: str | None) -> str | None:
        """What became of a form that was accepted; OutcomeUnknown when nothing is known of its acceptance."""
        if note is None:
            raise OutcomeUnknown("it is not known whether the form was accepted")
        number, address = note.split(" ", 1)
        if await self._is_booked(address):
            return number
        await self._check_free()
        return None

    async def close(self) -> None:
        """Close the session."""
        await self._session.close()

    async def _is_booked(self, address: str) -> bool:
        """Follow an accepted form to its end; False when the calendar behind refused it.

        Failed without a message: a later step failed (the PDF, say), and the appointment may well be there. That is for
        a person to see: OutcomeUnknown, as when it is not ready in time.
        """
        status = await self._status(address)
        for pause in self._pauses:
            if status is not None and status.status == "done":
                break
            await asyncio.sleep(pause)
            status = await self._status(address)
        self._pauses = ()  # waiting once is enough
        if status is None or status.status != "done":
            raise OutcomeUnknown("accepted, and not ready yet")
        if status.result != "success" and not status.errorMessage:
            raise OutcomeUnknown("accepted, and a step failed that may have come after the booking")
        return status.result == "success"

    async def _status(self, address: str) -> shapes.Status | None:
        """How far it is; None when it does not say now."""
        try:
            return read_json(await self._session.look(address), shapes.STATUS)
        except BackendUnavailable:
            return None


def _accepted(response: httpx.Response) -> str:
    """Where to follow the form, or what its refusal means: SlotTaken, CustomerRefused, BackendUnavailable or OutcomeUnknown."""
    if response.status_code == httpx.codes.BAD_REQUEST:
        _complain(response)
    if response.is_server_error:
        raise OutcomeUnknown(f"http_{response.status_code}")
    if not response.is_success:
        raise BackendUnavailable(f"http_{response.status_code}")
    try:
        return read_json(response, shapes.ACCEPTED).statusUrl
    except BackendUnavailable as error:
        raise OutcomeUnknown("nonsense after a booking") from error


def _complain(response: httpx.Response) -> None:
    """Raise what the fields mean that a 400 complains about; nothing when it is about none that we know."""
    try:
        names = [item.name for item in shapes.PROBLEM.validate_json(response.content).invalidParams]
    except ValueError:
        return
    if any(name in ("date", "datetime") for name in names):
        raise SlotTaken("not offered any more")
    for name in names:
        ours = contact.OURS.get(name.removeprefix("contactDetails."))
        if ours is not None:
            raise CustomerRefused(ours)
