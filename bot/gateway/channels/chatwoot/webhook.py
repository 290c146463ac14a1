"""Chatwoot's way in: webhooks of the agent bot, acknowledged once they are in the database."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.gateway import metrics
from bot.gateway.channels.chatwoot.parse import NAME, Notice, read_notice
from bot.gateway.channels.chatwoot.setup import SHORTEST_SECRET, inboxes_of, signing_secrets_of
from bot.gateway.channels.chatwoot.signature import is_secret, is_signed
from bot.gateway.errors import Refused, Unauthorized
from bot.gateway.house import House, house_of
from bot.gateway.requests import read_json
from bot.logs import logger
from bot.store import arrivals, deliveries

log = logger()

blueprint = Blueprint("channel_chatwoot", url_prefix="/webhooks/chatwoot")


class TryAgain(Refused):
    """The database is away. Chatwoot tries again after a 500 (not after a 503), and after that calls its own people."""

    code, status, text_key = "out_of_order", 500, "storing_kort"


class UnknownInbox(Refused):
    """An inbox that is not in the settings: refused, so that Chatwoot gives the conversation to its people."""

    code, status, text_key = "unknown_inbox", 422, "fout"


class ByMachine(Refused):
    """An out-of-office reply or the like: two machines would write to each other for ever. Refused, so that people see it."""

    code, status, text_key = "by_machine", 422, "fout"


@blueprint.post("/<secret:str>")
async def receive(request: Request, secret: str) -> HTTPResponse:
    """Store what a webhook tells and acknowledge; what came before is left out by its id."""
    house = house_of(request)
    with metrics.acknowledging(NAME):
        _check(request, house, secret)
        notice = read_notice(read_json(request.body), inboxes_of(house.settings), house.clock())
        if not notice.known:
            log.error("unknown_inbox", channel=NAME)
            raise UnknownInbox
        if notice.by_machine:
            raise ByMachine
        try:
            await _store(house, notice)
        except (OperationalError, PoolTimeout) as error:
            log.error("store_unavailable", error=type(error).__name__)
            raise TryAgain from error
    return empty(status=200)


def _check(request: Request, house: House, secret: str) -> None:
    wanted = house.settings.chatwoot_path_secret.reveal()
    if len(wanted) < SHORTEST_SECRET or not is_secret(wanted, secret):
        raise Unauthorized("path")
    signing = signing_secrets_of(house.settings)
    given = request.headers.get("x-chatwoot-timestamp"), request.headers.get("x-chatwoot-signature")
    if signing and not is_signed(signing, request.body, *given, house.clock()):
        raise Unauthorized("signature")


async def _store(house: House, notice: Notice) -> None:
    if not (notice.arrivals or notice.noted or notice.failed):
        return
    async with house.database.transaction() as connection:
        new = await arrivals.add(connection, notice.arrivals)
        for item in notice.noted:
            await arrivals.note(connection, item)
        for external_id, error in notice.failed:
            await deliveries.report(connection, "failed", external_id, None, error, house.clock())
            log.warning("delivery_failed", channel=NAME)
    log.info("webhook_accepted", channel=NAME, new=new, again=len(notice.arrivals) - new, noted=len(notice.noted))
