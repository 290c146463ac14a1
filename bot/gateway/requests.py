"""Reads what every HTTP request brings: its address, its token, its JSON body."""

from __future__ import annotations

import ipaddress
import json
import re
from typing import Any
from uuid import UUID

from sanic import Request

from bot.gateway.errors import BadRequest, Unauthorized, UnknownConversation

MAX_SEQ = 2**31 - 1
"""The highest number that a message can have in the database."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, and halves of signs that JSON can write and UTF-8 cannot."""

_ID = re.compile(r"[\w.:=+/@-]{1,128}", re.ASCII)


def client_address(request: Request, trusted_proxies: int) -> str:
    """The address that the rate limit counts; an IPv6 address counts as its /64, which is one household.

    X-Forwarded-For is believed for as many hops as there are trusted proxies, from the right.
    """
    address = request.ip or ""
    if trusted_proxies:
        hops = [hop.strip() for hop in request.headers.get("x-forwarded-for", "").split(",") if hop.strip()]
        address = hops[-trusted_proxies] if len(hops) >= trusted_proxies else address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        return str(ipaddress.ip_network((int(parsed), 64), strict=False))
    return address


def bearer_token(request: Request) -> str:
    """The token of the Authorization header. Raises Unauthorized."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip() or not token.isascii():
        raise Unauthorized
    return token.strip()


def has_already(request: Request, tag: str) -> bool:
    """Whether the client has what this ETag (in quotes, without W/) names."""
    known = [item.strip().removeprefix("W/") for item in request.headers.get("if-none-match", "").split(",")]
    return tag in known or known == ["*"]


async def receive_large(request: Request, most: int) -> None:
    """Read the body of a route with `stream=True`, which may be `most` bytes: more than other requests may bring."""
    request.stream.request_max_size = most  # type: ignore[union-attr]
    await request.receive_body()  # type: ignore[no-untyped-call]


def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object; an empty body is an empty object. Raises BadRequest."""
    return read_json(request.body) if request.body else {}


def read_json(raw: object) -> dict[str, Any]:
    """What a request, a webhook or a frame of a WebSocket holds: one JSON object. Raises BadRequest.

    Signs that no database keeps are left out: a webhook that fails on one citizen's message is sent again for days, with all the others.
    """
    try:
        found = _storable(json.loads(raw)) if isinstance(raw, str | bytes) else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadRequest("not a JSON object")
    return found


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return {name: _storable(item) for name, item in value.items()} if isinstance(value, dict) else value


def message_number(raw: object) -> int:
    """The number of a message in a frame. Raises BadRequest."""
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= MAX_SEQ:
        raise BadRequest("the number of a message")
    return raw


def conversation_key(raw: str) -> UUID:
    """A conversation's id from the path. Raises UnknownConversation."""
    try:
        return UUID(raw)
    except ValueError as error:
        raise UnknownConversation from error


def client_id(body: dict[str, Any], name: str = "id") -> str:
    """The client's own id of a message, in the field `name`. Raises BadRequest when it is missing or odd."""
    value = body.get(name)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadRequest(f"{name}: 1 to 128 letters, digits and . : = + / @ _ -")
    return value


def optional_text(body: dict[str, Any], name: str) -> str | None:
    """A field that is a string or absent. Raises BadRequest."""
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRequest(f"{name}: a string")
    return value


def whole_number(request: Request, name: str, default: int, most: int) -> int:
    """A query argument between 0 and `most`. Raises BadRequest."""
    raw = request.args.get(name)
    if raw is None:
        return default
    try:
        return min(max(int(raw), 0), most)
    except ValueError as error:
        raise BadRequest(f"{name}: a whole number") from error
