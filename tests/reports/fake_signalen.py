"""A Signalen of our own on a real socket, as picky as the real one (2.50) is: what it refuses was seen by running that."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sanic import HTTPResponse, Request, Sanic
from sanic.response import empty, json

from bot.clock import Clock

ROOT = "/signals/v1/public"
KEYS = {"source", "text", "text_extra", "location", "category", "reporter"} | {
    "incident_date_start",
    "incident_date_end",
    "extra_properties",
    "session",
}
CATEGORIES = {"overig/overig", "wegen-verkeer-straatmeubilair/lantaarnpaal-straatverlichting"}
WEST, SOUTH, EAST, NORTH = 3.3, 50.7, 7.3, 53.6


class _Invalid(Exception):
    """What Django's serializers answer with 400."""


@dataclass
class FakeSignalen:
    """Its signals by their id; `faults` are used up one by one, `seconds` is how long a slow one takes."""

    clock: Clock
    per_hour: int = 60
    seconds: float = 5.0
    faults: list[str] = field(default_factory=list)
    away: bool = False
    signals: dict[str, dict[str, Any]] = field(default_factory=dict)
    pictures: dict[str, list[bytes]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    """What people there read; every note changes `updated_at`, as every picture writes one."""
    closed: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)
    posts: list[datetime] = field(default_factory=list)
    looks: int = 0
    tells_when: bool = True
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self, name: str) -> Sanic[Any, Any]:
        app = Sanic(name)
        app.add_route(self.category, f"{ROOT}/terms/categories/<main>/sub_categories/<sub>")
        app.add_route(self.create, f"{ROOT}/signals/", methods=["POST"], strict_slashes=True)
        app.add_route(self.attach, f"{ROOT}/signals/<id_>/attachments/", methods=["POST"], strict_slashes=True)
        app.add_route(self.show, f"{ROOT}/signals/<id_>")
        return app

    async def category(self, _: Request, main: str, sub: str) -> HTTPResponse:
        if self.away:
            return empty(503)
        return json({"slug": sub, "is_active": True}) if f"{main}/{sub}" in CATEGORIES else json({"detail": "Not found."}, 404)

    async def create(self, request: Request) -> HTTPResponse:
        fault = self.faults.pop(0) if self.faults else ""
        now = self.clock()
        self.posts = [moment for moment in self.posts if moment > now - timedelta(hours=1)]
        if len(self.posts) >= self.per_hour or fault == "429":
            return json({"detail": "Request was throttled."}, 429, {"Retry-After": "900"})
        self.posts.append(now)
        if fault == "502":
            return empty(502)
        try:
            made = self._checked(request.json)
        except _Invalid as error:
            return json({"non_field_errors": [str(error)]}, 400)
        key = str(uuid4())
        self.signals[key] = made
        self.pictures[key], self.notes[key] = [], []
        self.arrived.set()
        if fault == "slow":
            await asyncio.sleep(self.seconds)
        if fault == "500 after":
            return empty(500)
        if fault == "nonsense":
            return json({"hallo": 1}, 201)
        return json(self._shown(key), 201)

    async def attach(self, request: Request, id_: str) -> HTTPResponse:
        fault = self.faults.pop(0) if self.faults else ""
        if fault in ("503", "429"):
            return empty(int(fault))
        if id_ not in self.signals:
            return empty(404)
        if id_ in self.begun | self.closed:
            return json(["Public uploads not allowed in current signal state."], 400)
        file = request.files.get("file") if request.files else None
        if file is None or not file.body.startswith(b"\xff\xd8"):
            return json({"file": ["Bestandstype niet toegestaan"]}, 400)
        self.pictures[id_].append(file.body)
        self.notes[id_].append(f"Bijlage toegevoegd door melder: {file.name}")
        if fault == "slow":
            await asyncio.sleep(self.seconds)
        if fault == "500 after":
            return empty(500)
        return json({"is_image": True}, 201)

    async def show(self, _: Request, id_: str) -> HTTPResponse:
        self.looks += 1
        if self.faults[:1] == ["slow look"]:
            self.faults.pop(0)
            await asyncio.sleep(self.seconds)
        if self.away:
            return empty(503)
        return json(self._shown(id_)) if id_ in self.signals else empty(404)

    def _shown(self, key: str) -> dict[str, Any]:
        number = list(self.signals).index(key) + 1
        state = "CLOSED" if key in self.closed else "OPEN"
        shown = {"_display": f"SIG-{number}", "id": number, "id_display": f"SIG-{number}", "signal_id": key}
        updated_at = f"2026-11-23T10:00:00.{len(self.notes[key]):06}+01:00"
        told = {"updated_at": updated_at} if self.tells_when else {}
        return {**shown, "status": {"state": state, "state_display": state.title()}, **told}

    def _checked(self, body: dict[str, Any]) -> dict[str, Any]:
        if extra := set(body) - KEYS:
            raise _Invalid(f"Extra properties present: {', '.join(extra)}")
        _want(not {"text", "location", "category", "reporter", "incident_date_start"} - set(body), "a required key is missing")
        _want(0 < len(body["text"]) <= 3000, "text")
        _want(body.get("source", "online") == "online", "Invalid source given")
        longitude, latitude = body["location"]["geometrie"]["coordinates"]
        _want(WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH, "Location coordinates not anywhere in the bounding box")
        address = body["category"]
        _want(len({"sub_category", "category_url"} & set(address)) == 1, "Either a category_url or a sub_category")
        _, _, path = address["category_url"].partition("/terms/categories/")
        _want(path.replace("/sub_categories/", "/") in CATEGORIES, "Could not match category_url")
        _want(len(body["reporter"].get("phone") or "") <= 17, "phone")
        _want(datetime.fromisoformat(body["incident_date_start"]).tzinfo is not None, "incident_date_start")
        return body


def _want(fine: bool, what: str) -> None:
    if not fine:
        raise _Invalid(what)


@dataclass
class FakeLocatieserver:
    """Knows one street, and like the real one gives something that resembles for whatever else."""

    asked: list[dict[str, list[str]]] = field(default_factory=list)
    answer: dict[str, Any] | None = None

    def app(self, name: str) -> Sanic[Any, Any]:
        app = Sanic(name)
        app.add_route(self.free, "/search/v3_1/free")
        return app

    async def free(self, request: Request) -> HTTPResponse:
        self.asked.append({key: list(values) for key, values in request.args.items()})
        if unknown := set(request.args) - {"q", "fq", "fl", "rows", "start", "df", "bq", "sort", "lat", "lon", "wt"}:
            return json({"unknown": sorted(unknown)}, 400)
        if self.answer is not None:
            return json(self.answer)
        return json({"response": {"numFound": 1, "docs": [{"centroide_ll": "POINT(4.6617 52.5487)", "straatnaam": "Dorpsstraat"}]}})
