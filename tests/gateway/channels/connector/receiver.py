"""A connector's own server, which takes webhooks as a good receiver does: it checks the signature and leaves out repetitions."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.response import empty


@dataclass
class Receiver:
    """Answers with the statuses in `faults` first; `calls` counts every try."""

    secret: str = ""
    faults: list[int] = field(default_factory=list)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: int = 0
    forged: int = 0

    def app(self, name: str) -> Sanic[Any, Any]:
        made: Sanic[Any, Any] = Sanic(name, configure_logging=False)
        made.add_route(self.take, "/hook", methods=["POST"])
        return made

    async def take(self, request: Request) -> HTTPResponse:
        self.calls += 1
        identifier, moment = request.headers["webhook-id"], request.headers["webhook-timestamp"]
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        made = hmac.new(key, f"{identifier}.{moment}.".encode() + request.body, hashlib.sha256).digest()
        if request.headers["webhook-signature"] != "v1," + base64.b64encode(made).decode():
            self.forged += 1
            return empty(status=401)
        if self.faults:
            return empty(status=self.faults.pop(0))
        self.taken.setdefault(identifier, request.json)
        return empty(status=204)

    @property
    def texts(self) -> list[str]:
        return [reply["message"]["text"] for body in self.taken.values() for reply in body["replies"]]
