"""Serves the built front end: the demo page, the knowledge base, the widget, and their assets, with strict headers."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import BaseHTTPResponse, text

from bot.gateway.requests import has_already
from bot.settings import ROOT

blueprint = Blueprint("pages")

WEB = ROOT / "web" / "dist"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Content-Security-Policy of our own pages: nothing from elsewhere, nothing inline."""

_GZIP = re.compile(r"(?<![\w-])gzip(?![\w-])(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))", re.IGNORECASE)
"""In Accept-Encoding: gzip, and not refused."""


@blueprint.get("/")
async def demo(request: Request) -> HTTPResponse:
    """The demo page of a municipality with the chat on it."""
    return await _page(request, WEB / "demo" / "index.html")


@blueprint.get("/integratie")
async def integration(request: Request) -> HTTPResponse:
    """How a municipality puts the chat on its own website."""
    return await _page(request, WEB / "demo" / "integratie.html")


@blueprint.get("/kennis")
async def knowledge(request: Request) -> HTTPResponse:
    """Every answer as a citizen of each municipality gets it, for agents and editors."""
    return await _page(request, WEB / "kennis" / "index.html")


@blueprint.get("/desk")
async def desk(request: Request) -> HTTPResponse:
    """The place of the agents: for now a page that says where their call-back requests are."""
    return await _page(request, WEB / "desk" / "index.html")


@blueprint.get("/widget.js")
async def widget(request: Request) -> HTTPResponse:
    """All of the widget in one file; any website may load it."""
    response = await _page(request, WEB / "widget.js")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@blueprint.get("/assets/<name:path>")
async def asset(request: Request, name: str) -> HTTPResponse:
    """One built file of any page; anything outside the folder does not exist."""
    folder = (WEB / "assets").resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        return text("", status=404)
    return await _page(request, path)


@dataclass(frozen=True)
class _Built:
    """One built file as it goes over the line; `packed` is empty where gzip gains nothing."""

    plain: bytes
    packed: bytes
    tag: str
    kind: str


async def _page(request: Request, path: Path) -> HTTPResponse:
    """The file, packed for who can unpack it, or 304 for who has it: every page of a municipality's website asks for the widget."""
    built = await asyncio.to_thread(_built, path)
    if built is None:
        return text("", status=404)
    headers = {"Cache-Control": "no-cache", "ETag": f"W/{built.tag}", "Vary": "Accept-Encoding"}
    if has_already(request, built.tag):
        return HTTPResponse(status=304, headers=headers)
    if built.packed and _GZIP.search(request.headers.get("accept-encoding", "")):
        return HTTPResponse(built.packed, headers={**headers, "Content-Encoding": "gzip"}, content_type=built.kind)
    return HTTPResponse(built.plain, headers=headers, content_type=built.kind)


def _built(path: Path) -> _Built | None:
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> _Built:
    """`changed` is when the file was, so that a new build is read anew."""
    plain = path.read_bytes()
    packed = gzip.compress(plain, mtime=0)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind.endswith("javascript"):
        kind += "; charset=utf-8"
    tag = f'"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"'
    return _Built(plain, packed if len(packed) < len(plain) else b"", tag, kind)


def secure(response: BaseHTTPResponse) -> None:
    """Headers that every answer of the gateway carries."""
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
