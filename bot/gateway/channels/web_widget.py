"""What the widget asks besides the conversation itself: its settings, whether an answer helped, ending, deleting."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty
from sanic.response import json as json_response

from bot.clock import local
from bot.gateway.channels.web_sharing import sharing_of
from bot.gateway.channels.whatsapp.setup import phone_for
from bot.gateway.embedding import check_site
from bot.gateway.errors import BadRequest, NoWhatsApp, UnknownMunicipality
from bot.gateway.house import house_of
from bot.gateway.leaving import Leaving
from bot.gateway.moving import Moving
from bot.gateway.requests import bearer_token, client_address, conversation_key, json_object, message_number, optional_text
from bot.gateway.transcripts import Transcripts
from bot.mail import Mail, mail_server
from bot.model.widget import WidgetSettings
from bot.store import conversations, feedback

blueprint = Blueprint("web_widget", url_prefix="/api/v1")


@blueprint.get("/widget")
async def settings(request: Request) -> HTTPResponse:
    """How the widget of `municipality` looks, and what it tells about privacy."""
    house = house_of(request)
    key = request.args.get("municipality")
    town = house.library().municipality(key) if key else None
    if key and town is None:
        raise UnknownMunicipality(key[:40])
    check_site(request, key)
    shown = _shown(town.widget if town else WidgetSettings(), house.settings.retention_days, phone_for(house.settings, key) is not None)
    shown["mail"] = bool(house.settings.smtp_host)
    shown["pictures"] = sharing_of(house).are_taken(key)
    return json_response(shown, headers={"Cache-Control": "public, max-age=300"})


def _shown(own: WidgetSettings, keep_days: int, whatsapp: bool) -> dict[str, Any]:
    return {
        "title": own.title,
        "language": own.language,
        "welcome": own.dutch.welcome,
        "avatar": own.avatar,
        "colours": dict(own.colours),
        "privacy": {"text": own.dutch.privacy_text, "url": own.privacy_url, "keep_days": keep_days},
        "opening_hours": own.dutch.opening_hours,
        "english": {
            "welcome": own.english.welcome,
            "opening_hours": own.english.opening_hours,
            "privacy": {"text": own.english.privacy_text},
        },
        "person_button": own.person_button,
        "hidden_on": list(own.hidden_on),
        "whatsapp": whatsapp,
    }


@blueprint.post("/conversations/<raw_id:str>/messages/<seq:int>/feedback")
async def judge(request: Request, raw_id: str, seq: int) -> HTTPResponse:
    """Whether an answer helped, with a reason from a closed list; a second time replaces the first."""
    house = house_of(request)
    key = conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    body = json_object(request)
    helpful, reason = body.get("helpful"), optional_text(body, "reason")
    if not isinstance(helpful, bool) or (reason is not None and (helpful or reason not in feedback.REASONS)):
        raise BadRequest("helpful: true or false; reason: one of the list, when it did not help")
    number = message_number(seq)
    async with house.database.transaction() as connection:
        if not await feedback.give(connection, key, number, feedback.Judgement(helpful, reason), house.clock()):
            raise BadRequest("there is no such answer")
    return empty(204)


@blueprint.post("/conversations/<raw_id:str>/move")
async def move(request: Request, raw_id: str) -> HTTPResponse:
    """A one-time code and the address with which the conversation goes on in WhatsApp."""
    house = house_of(request)
    key = conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    async with house.database.transaction() as connection:
        conversation = await conversations.find(connection, key)
    municipality = conversation.municipality if conversation else None
    phone = phone_for(house.settings, municipality)
    if phone is None:
        raise NoWhatsApp
    offer = await Moving(house.database, house.library, house.clock, house.gate.limits).offer(key)
    said = house.library().message("verhuis_bericht", municipality=municipality, code=offer.code)
    shown = {
        "code": offer.code,
        "phone": f"+{phone}",
        "link": f"https://wa.me/{phone}?text={quote(said)}",
        "expires_at": local(offer.expires_at).isoformat(timespec="seconds"),
    }
    return json_response(shown, status=201)


@blueprint.post("/conversations/<raw_id:str>/transcript")
async def transcript(request: Request, raw_id: str) -> HTTPResponse:
    """Send the conversation by e-mail to the address in the body."""
    house = house_of(request)
    key = conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    transcripts = Transcripts(house.database, house.library, house.clock, Mail(mail_server(house.settings)))
    address = (optional_text(json_object(request), "email") or "").strip()
    await transcripts.send(key, address, client_address(request, house.settings.trusted_proxies))
    return empty(204)


@blueprint.post("/conversations/<raw_id:str>/end")
async def end(request: Request, raw_id: str) -> HTTPResponse:
    """End the conversation; it can be read until it is forgotten."""
    house = house_of(request)
    key = conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    await Leaving(house.database, house.library, house.clock).end(key)
    return empty(204)


@blueprint.delete("/conversations/<raw_id:str>")
async def erase(request: Request, raw_id: str) -> HTTPResponse:
    """Delete the conversation with all that was said in it."""
    house = house_of(request)
    key = conversation_key(raw_id)
    await house.starts.authorise(key, bearer_token(request))
    await Leaving(house.database, house.library, house.clock).erase(key)
    return empty(204)
