"""Routes of conversations: lists, one conversation, and everything an agent does in it."""

from __future__ import annotations

from typing import Any, get_args
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, json

from bot.desk import fields
from bot.desk.errors import UnknownPicture
from bot.desk.guard import agent_of, conversation_of, doorkeeper, picture_of, signed_in
from bot.desk.pictures import show_picture
from bot.desk.shapes import moment_of, show_desk_message, show_note, show_row, show_summary
from bot.gateway.errors import BadRequest, UnknownConversation
from bot.gateway.house import house_of
from bot.gateway.requests import json_object
from bot.handoff.errors import CallbackRefused
from bot.model.account import Account
from bot.model.people import GENERAL_TEAM, Outcome, Row

blueprint = Blueprint("desk_conversations", url_prefix="/desk/api")

_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

_SAMPLE = 10
"""Closed conversations in one quality sample."""


def _rows(request: Request, rows: list[Row]) -> HTTPResponse:
    library = house_of(request).library()
    return json({"conversations": [show_row(row, library) for row in rows]})


@blueprint.get("/conversations")
@signed_in()
async def recent(request: Request, account: Account) -> HTTPResponse:
    """The conversations of the last hours."""
    rows = await house_of(request).office.board.everything()
    if account.agent.role == "agent":
        rows = [row for row in rows if row.agent_id in (None, account.agent_id)]
    return _rows(request, rows)


@blueprint.get("/search")
@signed_in()
async def search(request: Request, account: Account) -> HTTPResponse:
    """Recent conversations in which these words were written; that somebody searched is kept, the words are not."""
    sought = request.args.get("q", "").strip()
    if len(sought) < 3:
        raise BadRequest("q: at least three characters")
    await doorkeeper(request).administration.record(account.agent_id, "searched", None)
    return _rows(request, await house_of(request).office.board.search(sought))


@blueprint.get("/sample")
@signed_in("lead")
async def sample(request: Request, account: Account) -> HTTPResponse:
    """Closed conversations drawn at random."""
    await doorkeeper(request).administration.record(account.agent_id, "sampled", None)
    return _rows(request, await house_of(request).office.board.sample(_SAMPLE))


@blueprint.get("/conversations/<raw_id:str>")
@signed_in()
async def one(request: Request, account: Account, raw_id: str) -> HTTPResponse:
    """One conversation as a whole; that it was looked at is kept."""
    key, house = conversation_of(raw_id), house_of(request)
    row = await house.office.board.conversation(key)
    summary = await house.office.board.summary(key)
    if row is None or summary is None:
        raise UnknownConversation
    await doorkeeper(request).administration.record(account.agent_id, "looked_at", str(key))
    library = house.library()
    messages = await house.office.desk.history(key)
    notes = await house.office.desk.notes(key)
    return json(
        {
            "row": show_row(row, library),
            "summary": show_summary(summary, library),
            "messages": [show_desk_message(message) for message in messages],
            "notes": [show_note(note) for note in notes],
        }
    )


@blueprint.get("/conversations/<raw_id:str>/pictures/<raw_picture:str>")
@signed_in()
async def picture(request: Request, account: Account, raw_id: str, raw_picture: str) -> HTTPResponse:
    """One picture that a citizen sent in this conversation, as JPEG; for whoever may read the conversation."""
    found = await house_of(request).office.board.picture(conversation_of(raw_id), picture_of(raw_picture))
    if found is None:
        raise UnknownPicture
    return show_picture(found)


@blueprint.post("/conversations/<raw_id:str>/<act:claim|take-over|assign|say|note|forward|hand-back|close>")
@signed_in()
async def do(request: Request, account: Account, raw_id: str, act: str) -> HTTPResponse:
    """One thing that an agent does in a conversation; the service knows who may, and has one winner."""
    key, body = conversation_of(raw_id), json_object(request)
    said = await _ACTS[act](request, account, key, body)
    if act not in ("say", "note"):  # what was said stands in the conversation itself
        await doorkeeper(request).administration.record(account.agent_id, act, str(key))
    return json(said) if said is not None else empty()


async def _claim(request: Request, account: Account, key: UUID, body: dict[str, Any]) -> None:
    await house_of(request).office.desk.claim(account.agent_id, key)


async def _take_over(request: Request, account: Account, key: UUID, body: dict[str, Any]) -> None:
    await house_of(request).office.desk.take_over(account.agent_id, key)


async def _assign(request: Request, account: Account, key: UUID, body: dict[str, Any]) -> None:
    await house_of(request).office.desk.assign(account.agent_id, key, agent_of(body.get("agent")))


async def _say(request: Request, account: Account, key: UUID, body: dict[str, Any]) -> dict[str, int]:
    name = fields.text(body, "key", 128)
    return {"seq": await house_of(request).office.desk.say(account.agent_id, key, str(body.get("text") or ""), name)}


async def _note(request: Request, account: Account, key: UUID, body: dict[str, Any]) -> None:
    await house_of(request).office.desk.note(account.agent_id, key, str(body.get("text") or ""))


async def _forward(request: Request, account: Account, key: UUID, body: dict[str, Any]) -> None:
    desk, note = house_of(request).office.desk, fields.optional(body, "note") or ""
    team = fields.optional(body, "team", 60)
    if team is not None:
        await desk.forward_to_team(account.agent_id, key, team, note)
    else:
        await desk.forward_to_agent(account.agent_id, key, agent_of(body.get("agent")), note)


async def _hand_back(request: Request, account: Account, key: UUID, body: dict[str, Any]) -> None:
    await house_of(request).office.desk.hand_back(account.agent_id, key, fields.optional(body, "product", 80))


async def _close(request: Request, account: Account, key: UUID, body: dict[str, Any]) -> None:
    await house_of(request).office.desk.close(account.agent_id, key, fields.one_of(body, "outcome", _OUTCOMES))


_ACTS: dict[str, Any] = {
    "claim": _claim,
    "take-over": _take_over,
    "assign": _assign,
    "say": _say,
    "note": _note,
    "forward": _forward,
    "hand-back": _hand_back,
    "close": _close,
}


@blueprint.post("/conversations/<raw_id:str>/callback")
@signed_in()
async def callback(request: Request, account: Account, raw_id: str) -> HTTPResponse:
    """Promise a call on the citizen's behalf."""
    key, body, house = conversation_of(raw_id), json_object(request), house_of(request)
    row = await house.office.board.conversation(key)
    if row is None:
        raise UnknownConversation
    wanted_at = fields.optional(body, "wanted_at", 40)
    try:
        promised = await house.office.callbacks.request(
            f"desk:{key}:{fields.text(body, 'key', 128)}",
            key,
            row.municipality,
            fields.text(body, "name", 80),
            fields.text(body, "phone", 40),
            fields.text(body, "subject", 200),
            team=fields.optional(body, "team", 60) or GENERAL_TEAM,
            wanted_at=moment_of(wanted_at) if wanted_at else None,
        )
    except CallbackRefused as refused:
        raise BadRequest("phone") from refused
    return json({"reference": promised.reference, "promised_on": promised.promised_on.isoformat()})
