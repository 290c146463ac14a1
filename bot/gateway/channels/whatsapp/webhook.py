"""Meta's way in: verification, and webhooks that are acknowledged once they are in the database."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.gateway import metrics
from bot.gateway.channels.whatsapp.errors import PASSING
from bot.gateway.channels.whatsapp.parse import NAME, Notice, Status, read_notice
from bot.gateway.channels.whatsapp.setup import numbers_of
from bot.gateway.channels.whatsapp.signature import is_signed
from bot.gateway.errors import Unauthorized
from bot.gateway.house import House, house_of
from bot.gateway.requests import read_json, receive_large
from bot.logs import logger
from bot.model.channel import Arrival
from bot.store import arrivals, deliveries
from bot.store.database import announce_desk

log = logger()

_AGAIN = timedelta(minutes=1)
_MOST_ATTEMPTS = 5
"""What Meta took and then could not bring, for a reason that passes, goes out again so much later, and is tried so often in all."""

LARGEST = 3 * 1024 * 1024
"""Bytes of one webhook: Meta puts up to a thousand messages together after an outage. (Meta, webhooks, payload size.)"""

blueprint = Blueprint("channel_whatsapp", url_prefix="/webhooks/whatsapp")


@blueprint.get("/")
async def verify(request: Request) -> HTTPResponse:
    """Meta asks once whether this address is ours; this call carries no signature, only the token we agreed on."""
    wanted = house_of(request).settings.whatsapp_verify_token.reveal()
    given = request.args.get("hub.verify_token", "")
    if request.args.get("hub.mode") != "subscribe" or not wanted or not hmac.compare_digest(wanted.encode(), given.encode()):
        log.warning("webhook_not_verified", channel=NAME)
        return text("forbidden", status=403)
    return text(request.args.get("hub.challenge", ""))


@blueprint.post("/", stream=True)
async def receive(request: Request) -> HTTPResponse:
    """Store every message of a webhook and acknowledge; what came before is left out by its wamid."""
    house, signature = house_of(request), request.headers.get("x-hub-signature-256")
    with metrics.acknowledging(NAME):
        if signature is None:  # before anything is read
            raise Unauthorized("signature")
        await receive_large(request, LARGEST)
        if not is_signed(house.settings.whatsapp_app_secret.reveal(), request.body, signature):
            raise Unauthorized("signature")
        await _store(house, read_notice(read_json(request.body), numbers_of(house.settings)))
    return empty(status=200)


async def _store(house: House, notice: Notice) -> None:
    async with house.database.transaction() as connection:
        new = await arrivals.add(connection, notice.arrivals)
        for item in notice.statuses:
            await _note(connection, item, house.clock())
    log.info("webhook_accepted", channel=NAME, new=new, again=len(notice.arrivals) - new, statuses=len(notice.statuses))


async def _note(connection: AsyncConnection, item: Status, now: datetime) -> None:
    if item.status == "failed":
        came = Arrival(f"{NAME}:{item.external_id}:failed", NAME, "", "status", now)
        if not await arrivals.note(connection, came) or await _again(connection, item, now):
            return
        log.warning("delivery_failed", channel=NAME, code=item.error)
    elif item.is_beginning and item.parcel is not None:
        await deliveries.begun(connection, item.parcel, item.part)
        return
    told = await deliveries.report(connection, item.status, item.external_id, item.parcel, item.error, now)
    if told is not None:
        await announce_desk(connection, told)


async def _again(connection: AsyncConnection, item: Status, now: datetime) -> bool:
    if item.parcel is None or item.error not in PASSING:
        return False
    put_back = await deliveries.again(connection, item.parcel, item.external_id, item.part - 1, item.error, now + _AGAIN, _MOST_ATTEMPTS)
    if put_back:
        log.warning("delivery_put_back", channel=NAME, code=item.error)
    return put_back
