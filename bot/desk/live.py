"""The desk's live connection: from the signed-in hello of a page to its end, and what the page says meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from sanic import Blueprint, Request, Websocket
from sanic.exceptions import WebsocketClosed

from bot.desk.errors import SignedOut
from bot.desk.guard import COOKIE, doorkeeper, whose
from bot.desk.page import Page, conversation_key
from bot.desk.shapes import Shown, show_me
from bot.gateway.errors import BadRequest, Refused
from bot.gateway.house import House, house_of, shown_error
from bot.gateway.requests import message_number, read_json
from bot.handoff.errors import DeskRefused
from bot.logs import logger

log = logger()

blueprint = Blueprint("desk_live", url_prefix="/desk/api")

_CONNECT_AGAIN = 1011
"""Something went wrong here (the database was away, perhaps); the page comes back and reads on from where it was."""


@blueprint.websocket("/live")  # type: ignore[untyped-decorator]
async def live(request: Request, socket: Websocket) -> None:
    """One page of one agent."""
    house, keeper = house_of(request), doorkeeper(request)
    if not _same_origin(request):
        await socket.close(4403, "another site")
        return
    try:
        account = await whose(request)
    except Refused as refused:
        await socket.close(4401 if isinstance(refused, SignedOut) else 4403, refused.code)
        return
    cookie = request.cookies.get(COOKIE)

    async def me() -> Shown:
        # Looking is no sign of the agent: a page that is left open must not keep its session for ever.
        return show_me(await keeper.accounts.who(cookie, using=False), keeper.accounts)

    page = Page(house, keeper.board, socket, account.agent_id, me)
    sending = asyncio.create_task(_send(page))
    try:
        async for frame in socket:
            if await _receive(house, page, frame):
                await keeper.accounts.who(cookie)
    except SignedOut:
        await socket.close(4401, "signed out")
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)


async def _send(page: Page) -> None:
    """Send until the connection ends; when that fails, close it, so that no page believes it is up to date while it is not."""
    with suppress(WebsocketClosed):
        try:
            await page.run()
        except SignedOut:
            await page.socket.close(4401, "signed out")
        except WebsocketClosed:
            return
        except Exception as error:
            log.warning("desk_page_failed", error=type(error).__name__)
            await page.socket.close(_CONNECT_AGAIN, "connect again")


async def _receive(house: House, page: Page, raw: object) -> bool:
    """Do what the page says; True when the agent did something. A frame that is wrong gets an error and changes nothing."""
    try:
        return await _do(house, page, read_json(raw))
    except Refused as refused:
        await page.send({"type": "error", **shown_error(house, refused)})
    except DeskRefused as refused:
        await page.send({"type": "error", "error": refused.code})
    return False


async def _do(house: House, page: Page, frame: dict[str, Any]) -> bool:
    office, agent = house.office, page.agent_id
    kind = frame.get("type")
    if kind == "alive":
        active = frame.get("active") is True
        await office.agents.heartbeat(agent, active=active)
        return active
    if kind == "watch":
        page.watch(frame.get("conversations"))
    elif kind == "typing":
        await office.desk.typing(agent, conversation_key(frame.get("id")))
    elif kind == "read":
        await office.desk.read(agent, conversation_key(frame.get("id")), message_number(frame.get("seq")))
    else:
        raise BadRequest("unknown frame")
    return False


def _same_origin(request: Request) -> bool:
    """A WebSocket knows no CORS: another site's page could open one with the agent's cookie, if that were not Strict."""
    origin = request.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == request.headers.get("host")
