"""What the widget asks besides the conversation itself: its settings, whether an answer helped, ending, deleting."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty
from sanic.response import json as json_response

from bot.gateway.embedding import check_site
from bot.gateway.errors import BadRequest, UnknownMunicipality
from bot.gateway.house import house_of
from bot.gateway.leaving import Leaving
from bot.gateway.requests import bearer_token, conversation_key, json_object, optional_text
from bot.model.widget import WidgetSettings
from bot.store import feedback

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
    shown = _shown(town.widget if town else WidgetSettings(), house.settings.retention_days)
    return json_response(shown, headers={"Cache-Control": "public, max-age=300"})


def _shown(own: WidgetSettings, keep_days: int) -> dict[str, Any]:
    return {
        "title": own.title,
        "welcome": own.welcome,
        "avatar": own.avatar,
        "colours": dict(own.colours),
        "privacy": {"text": own.privacy_text, "url": own.privacy_url, "keep_days": keep_days},
        "opening_hours": own.opening_hours,
        "person_button": own.person_button,
        "hidden_on": list(own.hidden_on),
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
    async with house.database.transaction() as connection:
        if not await feedback.give(connection, key, seq, helpful, reason, house.clock()):
            raise BadRequest("there is no such answer")
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
