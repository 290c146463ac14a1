"""Routes of reports about public space: an agent sees which wait for a person, looks at one with its pictures, and handles it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, json

from bot.clock import local
from bot.desk.errors import UnknownReport
from bot.desk.guard import doorkeeper, signed_in
from bot.desk.pictures import show_picture
from bot.desk.report_shapes import show_report, show_report_row
from bot.gateway.errors import UnknownMunicipality
from bot.gateway.house import House, house_of
from bot.model.account import Account
from bot.model.report import Report
from bot.reports.errors import AlreadyHandled, ReportUnknown

blueprint = Blueprint("desk_reports", url_prefix="/desk/api/reports")

_MOST = 200
"""So many are listed at once; with more than these open it is not the list that must be longer."""


@blueprint.get("/")
@signed_in()
async def open_reports(request: Request, account: Account) -> HTTPResponse:
    """The reports that wait for a person, in all municipalities or one; without who sent them."""
    house, municipality = house_of(request), request.args.get("municipality")
    if municipality and house.library().municipality(municipality) is None:
        raise UnknownMunicipality(municipality[:40])
    found = await house.reports.open_reports([municipality] if municipality else None, _MOST + 1)
    shown = [show_report_row(report, house.library(), _today(house)) for report in found[:_MOST]]
    return json({"reports": shown, "more": len(found) > _MOST})


@blueprint.get("/<reference:str>")
@signed_in()
async def report(request: Request, account: Account, reference: str) -> HTTPResponse:
    """All of one report, open or not; that it was looked at is kept."""
    house = house_of(request)
    found = await _report(house, reference)
    await doorkeeper(request).administration.record(account.agent_id, "report_looked_at", found.reference)
    return json(show_report(found, house.library(), _today(house)))


@blueprint.get("/<reference:str>/pictures/<raw_id:str>")
@signed_in()
async def picture(request: Request, account: Account, reference: str, raw_id: str) -> HTTPResponse:
    """One picture of a report, as JPEG."""
    house = house_of(request)
    found = await _report(house, reference)
    wanted = next((key for key in found.pictures if str(key) == raw_id), None)
    if wanted is None:
        raise UnknownReport
    return show_picture(await _picture(house, wanted))


@blueprint.post("/<reference:str>/handled")
@signed_in()
async def handled(request: Request, account: Account, reference: str) -> HTTPResponse:
    """It is dealt with; that a colleague said so before is no trouble."""
    house = house_of(request)
    found = await _report(house, reference)
    with suppress(AlreadyHandled):
        await house.reports.handled(found.id, account.agent_id)
        await doorkeeper(request).administration.record(account.agent_id, "report_handled", found.reference)
    return empty()


@blueprint.post("/<reference:str>/again")
@signed_in()
async def again(request: Request, account: Account, reference: str) -> HTTPResponse:
    """Pass it on once more, because it did not arrive; that a colleague did so before, or that it did arrive, is no trouble."""
    house = house_of(request)
    found = await _report(house, reference)
    with suppress(AlreadyHandled):
        await house.reports.send_again(found.id)
        await doorkeeper(request).administration.record(account.agent_id, "report_sent_again", found.reference)
    return empty()


def _today(house: House) -> date:
    return local(house.clock()).date()


async def _report(house: House, reference: str) -> Report:
    try:
        return await house.reports.named(reference)
    except ReportUnknown as error:
        raise UnknownReport from error


async def _picture(house: House, key: UUID) -> bytes:
    try:
        return await house.reports.picture(key)
    except ReportUnknown as error:
        raise UnknownReport from error
