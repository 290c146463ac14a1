"""A stand-in for Meta's Graph API: takes messages within the documented limits, answers the documented errors, makes webhooks."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections import deque
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.response import json, redirect

TOKEN = "fake-access-token-0123456789"
APP_SECRET = "fake-app-secret-0123456789"
VERIFY_TOKEN = "fake-verify-token-0123456789"
NUMBERS = {"106540352242922": "castricum", "106540352242923": "heiloo"}

TEMPLATE_WORDS = 200
"""Signs that every approved template has besides its variable."""

STATUSES = {0: 401, 3: 500, 10: 403, 190: 401, 2: 503, 368: 403, 131000: 500, 131005: 403, 131016: 500, 131031: 403, 131057: 500}
"""The HTTP status that a code comes with, when that is not 400."""

_numbers = itertools.count(1)


class FakeGraph:
    """What was sent, and which faults come next."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.seen: list[str] = []
        self.typing: list[str] = []
        self.saw = asyncio.Event()
        self.faults: deque[str | int] = deque()
        """Taken one a message: a code of Meta's, an HTTP status below 600, `unseen` (the token may not see the number), `passing`, `slow`,
        `lost` (sent, but no answer), `nonsense`."""
        self.media: dict[str, bytes] = {}
        self.told: dict[str, Any] = {}
        """What is told of every file besides, or instead."""
        self.media_faults: deque[str | int] = deque()
        """Taken one a question for a file's address: a code or status as above, `nonsense`."""
        self.file_faults: deque[str | int] = deque()
        """Taken one a download: a status, `slow`, `held` (until `go`), `cut` (ends halfway), `endless`, `redirect`."""
        self.go = asyncio.Event()
        self.fetched: list[str] = []
        self._addresses = itertools.count(1)

    def app(self) -> Sanic[Any, Any]:
        app: Sanic[Any, Any] = Sanic(f"fake-graph-{next(_numbers)}", configure_logging=False)
        app.add_route(self._messages, "/v24.0/<account:str>/messages", methods=["POST"])
        app.add_route(self._media, "/v24.0/<media:str>", methods=["GET"])
        app.add_route(self._file, "/files/<media:str>", methods=["GET"])
        return app

    @property
    def texts(self) -> list[str]:
        return [shown(item) for item in self.sent]

    async def _messages(self, request: Request, account: str) -> HTTPResponse:
        body = request.json
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(190, "Invalid OAuth access token")
        if account not in NUMBERS or body.get("messaging_product") != "whatsapp":
            return _error(100, "Invalid parameter")
        if body.get("status") == "read":
            self.seen.append(body["message_id"])
            if "typing_indicator" in body:
                self.typing.append(body["message_id"])
            self.saw.set()
            return json({"success": True})
        fault = self.faults.popleft() if self.faults else None
        if isinstance(fault, int):
            return json({}, status=fault) if 400 <= fault < 600 else _error(fault, "as told")
        return await self._take(request, account, body, fault)

    async def _media(self, request: Request, media: str) -> HTTPResponse:
        self.fetched.append("address")
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return _error(190, "Invalid OAuth access token")
        fault = self.media_faults.popleft() if self.media_faults else None
        if isinstance(fault, int):
            return json({}, status=fault) if 400 <= fault < 600 else _error(fault, "as told")
        if fault == "nonsense":
            return HTTPResponse("<html>", content_type="text/html")
        if media not in self.media or request.args.get("phone_number_id") not in NUMBERS:
            return _error(100, "Object with this ID does not exist")
        self._address = f"{request.scheme}://{request.host}/files/{media}?n={next(self._addresses)}"
        size = str(len(self.media[media]))
        return json({"messaging_product": "whatsapp", "url": self._address, "file_size": size, "id": media} | self.told)

    async def _file(self, request: Request, media: str) -> HTTPResponse | None:
        self.fetched.append("file")
        fault = self.file_faults.popleft() if self.file_faults else None
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return HTTPResponse(status=401)
        if isinstance(fault, int) or request.url != self._address:
            return HTTPResponse(status=fault if isinstance(fault, int) else 404)
        if fault == "redirect":
            return redirect("http://127.0.0.1:1/elsewhere")
        if fault == "slow":
            await asyncio.sleep(1.5)
        if fault == "held":
            await self.go.wait()
        if fault in ("cut", "endless"):
            return await self._broken_off(request, fault)
        return HTTPResponse(self.media[media], content_type="application/octet-stream")

    async def _broken_off(self, request: Request, fault: str) -> None:
        response = await request.respond(content_type="application/octet-stream")
        assert response is not None
        for _ in range(200 if fault == "endless" else 1):
            await response.send(b"\xff\xd8\xff" * 20_000)
        if fault == "cut":
            request.transport.close()  # type: ignore[union-attr]

    async def _take(self, request: Request, account: str, body: dict[str, Any], fault: str | None) -> HTTPResponse:
        wrong = broken_limit(body)
        if wrong:
            return _error(131009, wrong)
        if fault == "unseen":
            return _error(100, "Object does not exist, or missing permissions", 33)
        if fault == "passing":
            return json({"error": {"message": "as told", "code": 987, "is_transient": True}}, status=400)
        if fault == "slow":
            await asyncio.sleep(1.5)
        wamid = f"wamid.OUT{len(self.sent) + 1}"
        self.sent.append({**body, "account": account, "wamid": wamid})
        if fault == "lost":
            request.transport.close()  # type: ignore[union-attr]
        if fault == "nonsense":
            return HTTPResponse("<html>", content_type="text/html")
        return json({"messaging_product": "whatsapp", "contacts": [{"input": "x"}], "messages": [{"id": wamid}]})


def _error(code: int, message: str, subcode: int | None = None) -> HTTPResponse:
    told = {"messaging_product": "whatsapp", "details": message}
    error: dict[str, Any] = {
        "message": f"(#{code}) {message}",
        "type": "OAuthException",
        "code": code,
        "error_data": told,
        "fbtrace_id": "A",
    }
    if subcode is not None:
        error["error_subcode"] = subcode
    return json({"error": error}, status=STATUSES.get(code, 403 if 200 <= code < 300 else 400))


def broken_limit(body: dict[str, Any]) -> str | None:
    """Which documented limit a message breaks; None when it keeps them all."""
    if bool(body.get("to")) == bool(body.get("recipient")):
        return "to or recipient"
    if not re.fullmatch(r"[0-9]{1,15}|[A-Z]{2}\.[0-9A-Za-z]{1,128}", body.get("to") or body["recipient"]):
        return "no number and no user id"
    if len(body.get("biz_opaque_callback_data", "")) > 512:
        return "biz_opaque_callback_data"
    if body["type"] == "text":
        return None if 0 < len(body["text"]["body"]) <= 4096 else "text.body"
    if body["type"] == "template":
        text = body["template"]["components"][0]["parameters"][0]["text"]
        return "template text" if not text or "\n" in text or "    " in text or len(text) + TEMPLATE_WORDS > 1024 else None
    return _broken_interactive(body["interactive"])


def _broken_interactive(inside: dict[str, Any]) -> str | None:
    if not 0 < len(inside["body"]["text"]) <= 1024:
        return "body"
    if inside["type"] == "button":
        items, most, longest = [item["reply"] for item in inside["action"]["buttons"]], 3, (20, 256)
    else:
        if not 0 < len(inside["action"]["button"]) <= 20:
            return "button"
        items, most, longest = [row for part in inside["action"]["sections"] for row in part["rows"]], 10, (24, 200)
    if not 0 < len(items) <= most or len({item["title"] for item in items}) != len(items):
        return "number of choices, or equal titles"
    wrong = [item for item in items if not 0 < len(item["title"]) <= longest[0] or len(item["id"]) > longest[1]]
    return "title or id" if wrong or any(len(item.get("description", "")) > 72 for item in items) else None


def shown(body: dict[str, Any]) -> str:
    """The words of a message as the citizen sees them."""
    if body["type"] == "text":
        return str(body["text"]["body"])
    if body["type"] == "template":
        return str(body["template"]["components"][0]["parameters"][0]["text"])
    return str(body["interactive"]["body"]["text"])


def webhook(*values: dict[str, Any]) -> dict[str, Any]:
    """One webhook with these values, each a change of an entry of its own."""
    entry = [{"id": "102290129340398", "changes": [{"field": "messages", "value": value}]} for value in values]
    return {"object": "whatsapp_business_account", "entry": entry}


def incoming(
    wamid: str,
    kind: str = "text",
    part: dict[str, Any] | None = None,
    at: int = 1_780_000_000,
    account: str = "106540352242922",
    **who: str,
) -> dict[str, Any]:
    """The value of one message; `who` may give phone and user, as Meta does for citizens who show their number or hide it."""
    phone, user = who.get("phone", "31612345678"), who.get("user", "NL.13491208655302741918")
    contact = {"profile": {"name": "Anna"}, "user_id": user} | ({"wa_id": phone} if phone else {})
    message: dict[str, Any] = {"id": wamid, "timestamp": str(at), "type": kind, kind: part or {}, "from_user_id": user}
    if phone:
        message["from"] = phone
    return {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "310251000000", "phone_number_id": account},
        "contacts": [contact],
        "messages": [message],
    }


def status(wamid: str, state: str, parcel: str | None = None, code: int | None = None) -> dict[str, Any]:
    """The value of one status."""
    item: dict[str, Any] = {"id": wamid, "status": state, "timestamp": "1780000001", "recipient_id": "31612345678"}
    if parcel:
        item["biz_opaque_callback_data"] = parcel
    if code:
        item["errors"] = [{"code": code, "title": "as told"}]
    return {"messaging_product": "whatsapp", "metadata": {"phone_number_id": "106540352242922"}, "statuses": [item]}
