"""How the contract test speaks to each channel: one driver a channel, over real HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import httpx


@dataclass(frozen=True)
class Outcome:
    """What the channel answered: taken in or refused, and with which code."""

    status: int
    code: str | None
    body: dict[str, Any]


class Driver(Protocol):
    """What the contract needs of a channel."""

    conversation: UUID

    async def start(self) -> None: ...

    async def send(self, text: str, key: str) -> Outcome: ...

    async def choose(self, choice: str, key: str) -> Outcome: ...

    async def send_forged(self, text: str, key: str) -> Outcome: ...

    async def shown(self) -> list[dict[str, Any]]: ...


class WebDriver:
    """The website's channel."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def start(self) -> None:
        started = (await self.http.post("/api/v1/conversations", json={"municipality": "castricum"})).json()
        self.conversation = UUID(started["id"])
        self.token = started["token"]
        self.path = f"/api/v1/conversations/{self.conversation}/messages"

    async def send(self, text: str, key: str) -> Outcome:
        return await self._post({"id": key, "text": text}, self.token)

    async def choose(self, choice: str, key: str) -> Outcome:
        return await self._post({"id": key, "choice": choice}, self.token)

    async def send_forged(self, text: str, key: str) -> Outcome:
        return await self._post({"id": key, "text": text}, self.token[:-1] + ("a" if self.token[-1] != "a" else "b"))

    async def shown(self) -> list[dict[str, Any]]:
        response = await self.http.get(self.path, headers={"Authorization": f"Bearer {self.token}"})
        return list(response.json()["messages"])

    async def _post(self, body: dict[str, Any], token: str) -> Outcome:
        response = await self.http.post(self.path, json=body, headers={"Authorization": f"Bearer {token}"})
        answer = response.json()
        return Outcome(response.status_code, answer.get("error"), answer)


DRIVERS: dict[str, type[WebDriver]] = {"web": WebDriver}
"""A driver for every channel of the gateway."""
