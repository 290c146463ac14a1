"""The calendar file of an appointment, for the link in the chat: /api/v1/appointments/CONVERSATION/CODE/afspraak.ics."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from bot.gateway.errors import NotInKnowledge, UnknownConversation
from bot.gateway.house import house_of
from bot.gateway.requests import conversation_key

blueprint = Blueprint("appointments", url_prefix="/api/v1/appointments")


class UnknownAppointment(NotInKnowledge):
    """There is no such appointment in this conversation; the two are not told apart."""

    text_key = "afspraak_onbekend"


@blueprint.get("/<conversation:str>/<reference:str>/afspraak.ics")
async def calendar_file(request: Request, conversation: str, reference: str) -> HTTPResponse:
    """The appointment as it is now. A link in a browser carries no token: the conversation's id, which nobody can guess, is the key."""
    house = house_of(request)
    try:
        key = conversation_key(conversation)
    except UnknownConversation:
        raise UnknownAppointment from None
    booking = await house.notices.appointments.by_reference(reference.upper())
    if booking is None or booking.conversation_id != key or booking.status == "unsure":
        raise UnknownAppointment
    headers = {"Content-Disposition": 'attachment; filename="afspraak.ics"', "Cache-Control": "private, no-store"}
    body = await house.notices.calendar_file(booking)
    return HTTPResponse(body, headers=headers, content_type="text/calendar; charset=utf-8")
