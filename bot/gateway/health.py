"""Tells whether the house is alive, ready, and how busy: /healthz, /readyz, /metrics."""

from __future__ import annotations

import asyncio

import httpx
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json, raw
from sqlalchemy.exc import SQLAlchemyError

from bot.gateway.house import House, house_of
from bot.store import queue

blueprint = Blueprint("health")

_SECONDS = 3


@blueprint.get("/healthz")
async def alive(request: Request) -> HTTPResponse:
    """The process answers."""
    return json({"status": "alive"})


@blueprint.get("/readyz")
async def ready(request: Request) -> HTTPResponse:
    """Whether a citizen would get an answer: database, queue (a worker is there), engine and actions, each by name."""
    house = house_of(request)
    checks = {
        "database": _database(house),
        "queue": _queue(house),
        "engine": house.engine.is_ready(),
        "actions": _actions(house),
    }
    results = dict(zip(checks, await asyncio.gather(*checks.values()), strict=True))
    fine = all(results.values())
    body = {"status": "ready" if fine else "not_ready", "parts": {name: "ok" if up else "away" for name, up in results.items()}}
    return json(body, status=200 if fine else 503)


@blueprint.get("/metrics")
async def metrics(request: Request) -> HTTPResponse:
    """Prometheus text; the worker and the engine have their own."""
    return raw(generate_latest(), content_type=CONTENT_TYPE_LATEST)


async def _database(house: House) -> bool:
    try:
        async with asyncio.timeout(_SECONDS):
            await house.database.ping()
    except (SQLAlchemyError, TimeoutError):
        return False
    return True


async def _queue(house: House) -> bool:
    try:
        async with asyncio.timeout(_SECONDS), house.database.transaction() as connection:
            return await queue.has_worker(connection)
    except (SQLAlchemyError, TimeoutError):
        return False


async def _actions(house: House) -> bool:
    try:
        async with httpx.AsyncClient(timeout=_SECONDS) as client:
            return (await client.get(f"{house.settings.actions_url}/health")).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
