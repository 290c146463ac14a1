"""Calls the engine: one turn, one answer, or a clear error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from bot.clock import Clock
from bot.errors import BotError
from bot.model.conversation import Conversation, OfferedChoice, OwedTurn, Reply
from bot.settings import Secret
from bot.text.plain import neutralise

_BREATHER = 1.0
"""Seconds during which a silent engine is not asked again, so that waiting conversations do not queue up behind time-outs."""


class EngineUnavailable(BotError):
    """The engine is away, slow or loading: the same turn may be tried again."""


class TurnFailed(BotError):
    """The engine answered with an error of its own; trying again may help a few times."""


class TurnRefused(BotError):
    """The engine does not take this turn: trying again will not help."""


@dataclass(frozen=True)
class EngineResult:
    """What one turn gave: messages, and perhaps a person who is asked in or a municipality that was told."""

    replies: tuple[Reply, ...]
    handoff: dict[str, Any] | None
    municipality: str | None
    understanding: dict[str, Any]


class Engine:
    """A client of the engine with one pool of connections."""

    def __init__(self, url: str, token: Secret, timeout: float, clock: Clock, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`timeout` in seconds for a whole turn; `transport` is for tests."""
        self._clock = clock
        self._silent_until = 0.0
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token.reveal()}"},
            timeout=httpx.Timeout(timeout, connect=2.0),
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20),
            transport=transport,
        )

    async def turn(self, conversation: Conversation, owed: OwedTurn, request_id: str) -> EngineResult:
        """Have the engine answer one message. Raises EngineUnavailable, TurnFailed or TurnRefused."""
        if self._clock().timestamp() < self._silent_until:
            raise EngineUnavailable("taking a breather")
        said = {"choice": owed.payload} if owed.payload else {"text": neutralise(owed.text) or "?"}
        body = {
            "conversation_id": str(conversation.id),
            "message_id": str(owed.message_id),
            "channel": conversation.channel,
            "municipality": conversation.municipality,
            **said,
        }
        try:
            response = await self._client.post("/turn", json=body, headers={"X-Request-Id": request_id})
        except httpx.HTTPError as error:
            self._silent_until = self._clock().timestamp() + _BREATHER
            raise EngineUnavailable(type(error).__name__) from error
        return _result(response)

    async def understand(self, text: str) -> dict[str, Any]:
        """What the model makes of a text on its own, as `make understand` tells it. Raises EngineUnavailable."""
        try:
            response = await self._client.post("/parse", json={"texts": [neutralise(text) or "?"]})
        except httpx.HTTPError as error:
            raise EngineUnavailable(type(error).__name__) from error
        if not response.is_success:
            raise EngineUnavailable(_error_code(response))
        found: dict[str, Any] = response.json()["understandings"][0]
        return found

    async def reset(self, conversation_id: UUID, slots: dict[str, str]) -> None:
        """Have the bot begin afresh with these slots; doing so twice is fine. Raises EngineUnavailable or TurnFailed."""
        try:
            response = await self._client.post("/reset", json={"conversation_id": str(conversation_id), "slots": slots})
        except httpx.HTTPError as error:
            raise EngineUnavailable(type(error).__name__) from error
        if response.status_code in (502, 503, 504):
            raise EngineUnavailable(_error_code(response))
        if not response.is_success:
            raise TurnFailed(_error_code(response))

    async def is_ready(self) -> bool:
        """Whether the engine has a model and all it needs."""
        try:
            return (await self._client.get("/readyz", timeout=2.0)).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _result(response: httpx.Response) -> EngineResult:
    if response.status_code in (502, 503, 504):
        raise EngineUnavailable(_error_code(response))
    if response.status_code >= 500:
        raise TurnFailed(_error_code(response))
    if response.status_code != httpx.codes.OK:
        raise TurnRefused(_error_code(response))
    body = response.json()
    return EngineResult(
        replies=tuple(_reply(message) for message in body["messages"]),
        handoff=body.get("handoff"),
        municipality=body.get("municipality"),
        understanding=body.get("understanding") or {},
    )


def _reply(message: dict[str, Any]) -> Reply:
    choices = tuple(OfferedChoice(item["title"], item["payload"]) for item in message.get("choices") or ())
    meta = dict(message.get("meta") or {})
    if message.get("card"):
        meta["card"] = message["card"]
    return Reply(text=message["text"], choices=choices, meta=meta)


def _error_code(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"])
    except (ValueError, KeyError, TypeError):
        return f"http_{response.status_code}"
