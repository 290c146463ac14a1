"""Routes of appointments: an agent sees, makes, moves and cancels them for citizens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, get_args
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from bot.appointments.errors import (
    AppointmentRefused,
    BackendUnavailable,
    BookingUnknown,
    CustomerRefused,
    HoldExpired,
    SlotTaken,
)
from bot.appointments.service import Appointments
from bot.desk import fields
from bot.desk.errors import Conflict
from bot.desk.guard import conversation_of, doorkeeper, signed_in
from bot.desk.shapes import day_of, moment_of, show_booking
from bot.gateway.errors import BadRequest, NotInKnowledge, OutOfOrder, UnknownConversation
from bot.gateway.house import house_of
from bot.gateway.requests import json_object
from bot.model.account import Account
from bot.model.appointment import AppointmentKind, Booking, Customer, Slot, Wish

blueprint = Blueprint("desk_appointments", url_prefix="/desk/api/appointments")

_KINDS: tuple[AppointmentKind, ...] = get_args(AppointmentKind)
_MOST_DAYS = 31


@asynccontextmanager
async def _refusals() -> AsyncIterator[None]:
    """The room's errors as the page gets them."""
    try:
        yield
    except (SlotTaken, HoldExpired) as error:
        raise Conflict("slot_taken") from error
    except BookingUnknown as error:
        raise NotInKnowledge("booking") from error
    except CustomerRefused as error:
        raise BadRequest(f"customer.{error.field}") from error
    except AppointmentRefused as error:
        raise BadRequest(str(error)) from error
    except BackendUnavailable as error:
        raise OutOfOrder(type(error).__name__) from error


@blueprint.get("/")
@signed_in()
async def of_day(request: Request, account: Account) -> HTTPResponse:
    """The appointments of a municipality on a day."""
    async with _refusals():
        municipality, day = request.args.get("municipality", ""), day_of(request.args.get("day", ""))
        found = await house_of(request).appointments.on_day(municipality, day)
        return json({"appointments": [await _shown(house_of(request).appointments, booking) for booking in found]})


@blueprint.get("/products")
@signed_in()
async def bookable(request: Request, account: Account) -> HTTPResponse:
    """What can be booked in a municipality, and how; the usual way first."""
    house, municipality = house_of(request), request.args.get("municipality", "")
    async with _refusals():
        found = [(product, house.appointments.kinds_of(product.id, municipality)) for product in house.library().products()]
    return json({"products": [{"id": product.id, "name": product.name, "kinds": list(kinds)} for product, kinds in found if kinds]})


@blueprint.get("/slots")
@signed_in()
async def slots(request: Request, account: Account) -> HTTPResponse:
    """Where and when something could be."""
    house, query = house_of(request), {name: values[0] for name, values in request.args.items()}
    async with _refusals():
        wish = await _sought(house.appointments, query)
        first, last = day_of(query.get("from", "")), day_of(query.get("to", ""))
        if not 0 <= (last - first).days < _MOST_DAYS:
            raise AppointmentRefused(f"at most {_MOST_DAYS} days")
        locations = await house.appointments.locations(wish)
        free = await house.appointments.offers(wish, query.get("location") or None, first, last)
    return json(
        {
            "locations": [{"id": item.id, "name": item.name, "town": item.town} for item in locations],
            "slots": [{"location": item.location, "starts": item.starts.isoformat(), "ends": item.ends.isoformat()} for item in free],
        }
    )


@blueprint.post("/")
@signed_in()
async def book(request: Request, account: Account) -> HTTPResponse:
    """Book for a citizen; the same key again gives the first appointment."""
    body, service = json_object(request), house_of(request).appointments
    async with _refusals():
        wish = _wish(service, body, fields.number(body, "amount", 1, 20))
        key, conversation, customer = _key(account, body), await _conversation(request, body), _customer(body)
        booking = await service.done(key)
        if booking is None:
            slot = await _slot(service, wish, body)
            booking = await service.book_for(key, account.agent.name, wish, slot, customer, conversation)
        await house_of(request).notices.arranged(booking, [fields.text(body, "product", 80)])
        await doorkeeper(request).administration.record(account.agent_id, "appointment_booked", booking.reference)
        return json(await _shown(service, booking), status=201)


@blueprint.post("/<reference:str>/move")
@signed_in()
async def move(request: Request, account: Account, reference: str) -> HTTPResponse:
    """Move to another time; the old one is given up only when the new one is certain."""
    body, service = json_object(request), house_of(request).appointments
    async with _refusals():
        booking, key = await _booking(service, reference), _key(account, body)
        moved = await service.done(key)
        if moved is None:
            hold = await service.hold(None, booking.wish, await _slot(service, booking.wish, body))
            moved = await service.move(key, booking, hold.id, account.agent.name)
        await house_of(request).notices.arranged(moved)
        await doorkeeper(request).administration.record(account.agent_id, "appointment_moved", reference)
        return json(await _shown(service, moved))


@blueprint.post("/<reference:str>/cancel")
@signed_in()
async def cancel(request: Request, account: Account, reference: str) -> HTTPResponse:
    """Cancel for a citizen."""
    service = house_of(request).appointments
    async with _refusals():
        cancelled = await service.cancel(await _booking(service, reference), account.agent.name)
        await house_of(request).notices.cancelled(cancelled)
        await doorkeeper(request).administration.record(account.agent_id, "appointment_cancelled", reference)
        return json(await _shown(service, cancelled))


async def _sought(service: Appointments, query: dict[str, str]) -> Wish:
    """What a moment is sought for: an appointment that moves, or a new one."""
    if "reference" in query:
        return (await _booking(service, query["reference"])).wish
    return _wish(service, query, int(query.get("amount", "1")) if query.get("amount", "1").isdigit() else 0)


def _wish(service: Appointments, source: dict[str, Any], amount: int) -> Wish:
    kind = fields.one_of(source, "kind", _KINDS)
    option = fields.optional(source, "option", 40)
    return service.plan(fields.text(source, "municipality", 60), {fields.text(source, "product", 80): amount}, kind, option)


async def _slot(service: Appointments, wish: Wish, body: dict[str, Any]) -> Slot:
    """The free slot that starts then and there. Raises SlotTaken when there is none (any more)."""
    location, starts = fields.text(body, "location", 80), moment_of(fields.text(body, "starts", 40))
    day: date = starts.date()
    free = await service.offers(wish, location, day, day)
    found = next((slot for slot in free if slot.starts == starts), None)
    if found is None:
        raise SlotTaken("not free")
    return found


def _key(account: Account, body: dict[str, Any]) -> str:
    return f"desk:{account.agent_id}:{fields.text(body, 'key', 128)}"


async def _conversation(request: Request, body: dict[str, Any]) -> UUID | None:
    """The conversation that the citizen is in, so that they can ask there about the appointment. Raises UnknownConversation."""
    given = fields.optional(body, "conversation", 40)
    if not given:
        return None
    key = conversation_of(given)
    if await house_of(request).office.board.conversation(key) is None:
        raise UnknownConversation
    return key


async def _booking(service: Appointments, reference: str) -> Booking:
    booking = await service.by_reference(reference)
    if booking is None:
        raise BookingUnknown(reference)
    return booking


def _customer(body: dict[str, Any]) -> Customer:
    given = body.get("customer")
    if not isinstance(given, dict):
        raise BadRequest("customer: an object")
    first, email, phone = (fields.optional(given, name, 254) or "" for name in ("first_name", "email", "phone"))
    return Customer(fields.text(given, "last_name", 80), first, email, phone)


async def _shown(service: Appointments, booking: Booking) -> dict[str, Any]:
    names = {item.id: item.name for item in service.activities(booking.wish.municipality)}
    try:
        places = {item.id: item.name for item in await service.locations(booking.wish)}
    except (AppointmentRefused, BackendUnavailable, asyncio.TimeoutError):
        places = {}  # planned before the file was changed, or the calendar is away: its id must do
    return show_booking(booking, names, places)
