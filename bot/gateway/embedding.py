"""Lets the websites of municipalities, and no others, show the widget: who may call from a browser, and what the browser is told."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic import HTTPResponse, Request
from sanic.response import BaseHTTPResponse, empty

from bot.gateway.errors import ForeignSite
from bot.gateway.house import House, house_of

_SETTINGS = "/api/v1/widget"

_OPEN = ("/api/v1/conversations", "/api/v1/municipalities", _SETTINGS)
"""The calls of the widget; everything else stays closed to scripts of other sites, or opens itself to all."""

_PREFLIGHT_SECONDS = "600"


def check_site(request: Request, municipality: str | None) -> None:
    """Refuse a browser that stands on a website where the chat of this municipality does not belong. Raises ForeignSite."""
    origin = request.headers.get("origin")
    if origin is not None and not _is_own(request, origin) and origin not in _sites(house_of(request), municipality):
        raise ForeignSite(urlsplit(origin).hostname or "no origin")


async def answer_preflight(request: Request) -> HTTPResponse | None:
    """Answer a browser that asks whether a script of another website may make a call; `open_up` says yes or nothing."""
    if request.method != "OPTIONS" or not request.path.startswith(_OPEN):
        return None
    return empty(204)


def open_up(request: Request, response: BaseHTTPResponse) -> None:
    """Let a script of a municipality's website read this answer. No cookies are involved: the token is in a header."""
    if not request.path.startswith(_OPEN):
        return
    response.headers["Vary"] = "Origin"
    origin = request.headers.get("origin")
    if origin is None:
        return
    # Who may not show the chat may read that much: a script that reads nothing takes it for a broken line and tries for ever.
    is_refusal = request.path == _SETTINGS and response.status == ForeignSite.status
    if not (is_refusal or _is_own(request, origin) or origin in _sites(house_of(request), None)):
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "Retry-After"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response.headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS


def _is_own(request: Request, origin: str) -> bool:
    return urlsplit(origin).netloc == request.host


def _sites(house: House, municipality: str | None) -> set[str]:
    """The origins for this municipality; without one, those of all together."""
    everywhere = {origin.strip() for origin in house.settings.widget_origins.split(",") if origin.strip()}
    towns = [town for town in house.library().municipalities() if municipality in (None, town.id)]
    return everywhere.union(*(town.widget.websites for town in towns))
