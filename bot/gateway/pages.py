"""Serves the built front end: the demo page, the knowledge base, the widget, and their assets, with strict headers."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import BaseHTTPResponse, file, text

from bot.settings import ROOT

blueprint = Blueprint("pages")

WEB = ROOT / "web" / "dist"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Content-Security-Policy of our own pages: nothing from elsewhere, nothing inline."""


@blueprint.get("/")
async def demo(request: Request) -> HTTPResponse:
    """The demo page of a municipality with the chat on it."""
    return await _page(WEB / "demo" / "index.html")


@blueprint.get("/integratie")
async def integration(request: Request) -> HTTPResponse:
    """How a municipality puts the chat on its own website."""
    return await _page(WEB / "demo" / "integratie.html")


@blueprint.get("/kennis")
async def knowledge(request: Request) -> HTTPResponse:
    """Every answer as a citizen of each municipality gets it, for agents and editors."""
    return await _page(WEB / "kennis" / "index.html")


@blueprint.get("/desk")
async def desk(request: Request) -> HTTPResponse:
    """The place of the agents: for now a page that says where their call-back requests are."""
    return await _page(WEB / "desk" / "index.html")


@blueprint.get("/widget.js")
async def widget(request: Request) -> HTTPResponse:
    """All of the widget in one file; any website may load it."""
    response = await _page(WEB / "widget.js")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/assets/<name:path>")
async def asset(request: Request, name: str) -> HTTPResponse:
    """One built file of any page; anything outside the folder does not exist."""
    folder = (WEB / "assets").resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        return text("", status=404)
    return await _page(path)


async def _page(path: Path) -> HTTPResponse:
    if not _is_there(path):
        return text("", status=404)
    response = await file(path, validate_when_requested=True)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _is_there(path: Path) -> bool:
    return path.is_file()


def secure(response: BaseHTTPResponse) -> None:
    """Headers that every answer of the gateway carries."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
