"""The calls of the fake desk (fake_desk.py) about reports of public space."""

from __future__ import annotations

from typing import Any

import desk_sample as sample
from sanic import Blueprint, Request
from sanic.response import HTTPResponse, empty, raw
from sanic.response import json as json_response

blueprint = Blueprint("reports", url_prefix="/desk/api/reports")

PARTICULARS = {"conversation_id", "email", "phone"}
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path fill="#6b6f70" d="M0 0h40v30H0z"/>'
    '<path fill="#a9adab" d="M1 1h12v9H1zM14 1h12v9H14zM27 1h12v9H27zM1 11h12v9H1zM27 11h12v9H27zM1 21h12v8H1z'
    'M14 21h12v8H14zM27 21h12v8H27z"/>'
    '<path fill="#3a3d3d" d="M14 11h12v9H14z"/><path fill="#bfc2c0" d="m15 9 12 2-2 9-12-2z"/></svg>'
)


def found(request: Request, reference: str) -> dict[str, Any] | None:
    return next((one for one in request.app.ctx.house.reports if one["reference"] == reference), None)


def named(report: dict[str, Any]) -> dict[str, Any]:
    names = {"municipality_name": sample.MUNICIPALITIES[report["municipality"]], "product_name": sample.PRODUCTS[report["product"]]}
    return {**report, **names}


def made(wish: dict[str, Any]) -> list[dict[str, Any]]:
    """The report that a test wishes for, as a list of at most one."""
    return [{**sample.reports()[1], **wish["report"]}] if "report" in wish else []


def gone() -> HTTPResponse:
    return json_response({"error": "unknown_report", "message": "Deze melding of foto is er niet (meer)."}, status=404)


@blueprint.get("/")
async def listed(request: Request) -> HTTPResponse:
    wanted = request.args.get("municipality")
    rows = [named(one) for one in request.app.ctx.house.reports if wanted in (None, one["municipality"])]
    shown = [{key: value for key, value in row.items() if key not in PARTICULARS} | {"pictures": len(row["pictures"])} for row in rows]
    return json_response({"reports": shown, "more": False})


@blueprint.get("/<reference:str>")
async def one(request: Request, reference: str) -> HTTPResponse:
    report = found(request, reference)
    return json_response(named(report)) if report else gone()


@blueprint.get("/<reference:str>/pictures/<picture:str>")
async def picture(_: Request, reference: str, picture: str) -> HTTPResponse:
    return gone() if picture == "weg" else raw(PICTURE.encode(), content_type="image/svg+xml")


@blueprint.post("/<reference:str>/again")
async def again(request: Request, reference: str) -> HTTPResponse:
    house = request.app.ctx.house
    house.reports = [{**one, "trouble": None} if one["reference"] == reference else one for one in house.reports]
    house.bump()
    return empty()


@blueprint.post("/<reference:str>/handled")
async def handled(request: Request, reference: str) -> HTTPResponse:
    house = request.app.ctx.house
    house.reports = [one for one in house.reports if one["reference"] != reference]
    house.bump()
    return empty()
