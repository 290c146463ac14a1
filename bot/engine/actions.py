"""Calls the action server: one pooled client, a time-out, and every failure raised."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Collection
from typing import Any

import aiohttp
import structlog
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.engine.errors import ActionFailed
from bot.engine.metrics import Metrics
from bot.settings import Settings

_SLOT_EVENTS = frozenset({"slot", "bot"})
"""What an action that extracts slots may answer; Rasa drops anything else without a word."""


class ActionClient:
    """The HTTP client that all models share; open it inside the event loop, close it at the end."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        """Talk to the action server in `settings`; nothing is connected yet."""
        self.url = settings.actions_url.rstrip("/")
        self._timeout = settings.actions_timeout
        self._metrics = metrics
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Make the session; connections are kept alive and shared by all conversations."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=self._timeout, connect=min(2.0, self._timeout)),
            connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=4),
        )

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def is_healthy(self) -> bool:
        """Whether the action server answers its health check within a second."""
        try:
            timeout = aiohttp.ClientTimeout(total=1.0)
            async with self._opened().get(f"{self.url}/health", timeout=timeout) as response:
                return response.status == 200
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def run(self, name: str, call: dict[str, Any]) -> tuple[int, bytes]:
        """Status and body of the action server's answer; raises ActionFailed when there is none."""
        started = time.perf_counter()
        headers = {"X-Request-Id": str(structlog.contextvars.get_contextvars().get("request", ""))}
        try:
            async with self._opened().post(f"{self.url}/webhook", json=call, headers=headers) as response:
                return response.status, await response.read()
        except asyncio.TimeoutError as error:
            raise ActionFailed(f"{name}: no answer within {self._timeout} s") from error
        except aiohttp.ClientError as error:
            raise ActionFailed(f"{name}: action server unreachable ({type(error).__name__})") from error
        finally:
            self._metrics.action_seconds.labels(name).observe(time.perf_counter() - started)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise ActionFailed("the action client is not open")
        return self._session


class ActionServer(EndpointConfig):
    """Rasa's view of the action server for one model."""

    def __init__(self, client: ActionClient) -> None:
        """Send calls through `client`."""
        super().__init__(url=client.url, enable_selective_domain=True)
        self._client = client
        self._domain: dict[str, Any] = {}
        self._digest = ""
        self._extractors: Collection[str] = ()

    def know(self, domain: Domain) -> None:
        """Speak for a model with this domain.

        Every call carries the domain's digest; the domain itself goes along only when the action server does not
        have it yet (449), so once for each model and process.
        """
        self._domain = domain.as_dict()
        self._digest = hashlib.sha256(json.dumps(self._domain, sort_keys=True, default=str).encode()).hexdigest()
        mappings = (mapping for slot in domain.slots for mapping in slot.mappings)
        self._extractors = {ACTION_VALIDATE_SLOT_MAPPINGS, *(str(mapping.get("action")) for mapping in mappings)}

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = None,
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """The action server's answer to one call; raises ActionFailed, or Rasa's own error for a rejection."""
        call = {**kwargs["json"], "domain_digest": self._digest}
        name = call["next_action"]
        status, body = await self._client.run(name, call)
        if status == 449:
            status, body = await self._client.run(name, {**call, "domain": self._domain})
        if status == 400 and name not in self._extractors:
            raise _rejection(name, body)
        if status != 200:
            raise ActionFailed(f"{name}: action server answered {status}{' (no such action)' if status == 404 else ''}")
        answer = _read(name, body)
        if name in self._extractors:
            _check_slot_events(name, answer)
        return answer


def check_answers_quickly() -> None:
    """Let Rasa check the answers of actions against a schema that is read once.

    Rasa checks the schema itself again at every call of an action: 30 ms of CPU where the whole turn takes 10.
    """
    schema = RemoteAction.action_response_format_spec()
    validator: Any = validator_for(schema)(schema)  # type: ignore[no-untyped-call]

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate  # type: ignore[method-assign]


def _rejection(name: str, body: bytes) -> Exception:
    answer = _read(name, body)
    if answer.get("action_name") != name:
        return ActionFailed(f"{name}: action server answered 400")
    text = json.dumps({"action_name": name, "error": f"{name} rejected to run"})
    return ClientResponseError(400, "rejected", text)


def _read(name: str, body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise ActionFailed(f"{name}: answer is not JSON") from error
    if not isinstance(answer, dict):
        raise ActionFailed(f"{name}: answer is not an object")
    return answer


def _check_slot_events(name: str, answer: dict[str, Any]) -> None:
    kinds = {event.get("event") for event in answer.get("events") or []}
    if not kinds <= _SLOT_EVENTS:
        raise ActionFailed(f"{name}: an action that extracts slots may only set slots, not {sorted(map(str, kinds - _SLOT_EVENTS))}")
