"""How a citizen's picture is served to the desk: as a picture and nothing else, for its own page alone, and kept on no disk."""

from __future__ import annotations

from sanic import HTTPResponse
from sanic.response import raw

_HEADERS = {
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
}


def show_picture(jpeg: bytes) -> HTTPResponse:
    """The answer with a picture that was redrawn."""
    return raw(jpeg, content_type="image/jpeg", headers=_HEADERS)
