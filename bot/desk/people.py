"""Routes of people: presence, teams, promises to citizens, and the accounts that administrators keep."""

from __future__ import annotations

from typing import Any, get_args
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, json

from bot.desk import fields
from bot.desk.administration import Profile
from bot.desk.guard import agent_of, doorkeeper, signed_in
from bot.desk.shapes import show_account
from bot.gateway.errors import BadRequest
from bot.gateway.house import house_of
from bot.gateway.requests import json_object
from bot.model.account import Account
from bot.model.conversation import CallbackOutcome
from bot.model.people import Presence, Role

blueprint = Blueprint("desk_people", url_prefix="/desk/api")

_PRESENCES: tuple[Presence, ...] = ("available", "busy", "away")
_ROLES: tuple[Role, ...] = get_args(Role)
_OUTCOMES: tuple[CallbackOutcome, ...] = get_args(CallbackOutcome)


@blueprint.post("/me/presence")
@signed_in()
async def presence(request: Request, account: Account) -> HTTPResponse:
    """Say where one is."""
    body = json_object(request)
    reason = fields.optional(body, "reason", 80)
    await house_of(request).office.agents.presence(account.agent_id, fields.one_of(body, "presence", _PRESENCES), reason)
    return empty()


@blueprint.get("/teams")
@signed_in()
async def teams(request: Request, account: Account) -> HTTPResponse:
    """The teams that a conversation can be forwarded to."""
    return json({"teams": [{"id": key, "name": name} for key, name in house_of(request).library().teams().items()]})


@blueprint.post("/promises/<reference:str>/<act:pick-up|put-down|attempt|finish>")
@signed_in()
async def promise(request: Request, account: Account, reference: str, act: str) -> HTTPResponse:
    """One thing that an agent does with a call-back or a note."""
    callbacks = house_of(request).office.callbacks
    if act == "pick-up":
        await callbacks.pick_up(reference, account.agent_id)
    elif act == "put-down":
        await callbacks.put_down(reference, account.agent_id)
    elif act == "attempt":
        await house_of(request).office.missed.note(reference)
    else:
        await callbacks.finish(reference, fields.one_of(json_object(request), "outcome", _OUTCOMES))
    await doorkeeper(request).administration.record(account.agent_id, f"promise_{act}", reference)
    return empty()


@blueprint.get("/accounts")
@signed_in("admin")
async def accounts(request: Request, account: Account) -> HTTPResponse:
    """All accounts."""
    return json({"accounts": [show_account(row) for row in await doorkeeper(request).administration.everybody()]})


@blueprint.post("/accounts")
@signed_in("admin")
async def invite(request: Request, account: Account) -> HTTPResponse:
    """Make an account; its owner chooses a password with the one-time link."""
    body = json_object(request)
    email = fields.text(body, "email", 254).strip()
    if "@" not in email.strip("@"):
        raise BadRequest("email: an address")
    made, link = await doorkeeper(request).administration.invite(_profile(request, body), email, account.agent_id)
    return json({"id": str(made), "invitation": link}, status=201)


@blueprint.post("/accounts/<raw_id:str>")
@signed_in("admin")
async def change(request: Request, account: Account, raw_id: str) -> HTTPResponse:
    """Change who somebody is, or shut them out."""
    body = json_object(request)
    disabled = body.get("disabled") is True
    await doorkeeper(request).administration.change(agent_of(raw_id), _profile(request, body), disabled, account.agent_id)
    return empty()


@blueprint.post("/accounts/<raw_id:str>/reset")
@signed_in("admin")
async def reset(request: Request, account: Account, raw_id: str) -> HTTPResponse:
    """A new password and second factor for somebody."""
    key: UUID = agent_of(raw_id)
    return json({"invitation": await doorkeeper(request).administration.reset(key, account.agent_id)})


def _profile(request: Request, body: dict[str, Any]) -> Profile:
    skills = fields.words(body, "skills")
    unknown = skills - set(house_of(request).library().teams())
    if unknown:
        raise BadRequest("skills: teams that exist")
    name = " ".join(fields.text(body, "name", 80).split())
    return Profile(name, fields.one_of(body, "role", _ROLES), skills, fields.number(body, "most", 0, 50))
