"""Gives replies to a connector: puts them where it fetches them, and brings them to its webhook when it has one."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import httpx

from bot.clock import Clock
from bot.errors import ConfigurationError
from bot.gateway.channels.connector.keys import sign
from bot.gateway.channels.connector.replies import show_replies
from bot.gateway.sending import CannotSend, Part, SendLater
from bot.logs import logger
from bot.model.channel import Parcel
from bot.model.connector import Connector
from bot.sealing import KeyMissing, Seal
from bot.store import connectors
from bot.store.database import Database, announce

log = logger()

_LONGEST_REST = 900.0


class ConnectorSender:
    """Implements the outbox's Sender for all connectors.

    A reply is numbered before it is brought anywhere: whatever the receiver does, the long poll has it.
    """

    def __init__(self, database: Database, seal: Seal, clock: Clock, timeout: float = 10.0) -> None:
        """`seal` opens the secrets of webhooks; `timeout` in seconds for one call."""
        self._database, self._seal, self._clock = database, seal, clock
        self._failures: dict[UUID, int] = {}
        self._resting: dict[UUID, datetime] = {}
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(timeout, connect=3.0), follow_redirects=False)

    def parts(self, parcel: Parcel) -> Sequence[Part]:
        """All messages at once: there is no limit to keep to."""
        return [{"messages": [message.id for message in parcel.messages]}]

    async def send(self, parcel: Parcel, part: Part) -> str:
        """Number the replies and bring them; the webhook's id is the parcel's key, the same at every try."""
        connector_id = UUID(parcel.addressee.user.partition(":")[0])
        async with self._database.transaction() as connection:
            connector = await connectors.find(connection, connector_id)
            if connector is None:
                raise CannotSend("connector_revoked")
            await connectors.add_replies(connection, connector_id, part["messages"])
            replies = await connectors.replies_of(connection, part["messages"])
            await announce(connection, connector_id)
        if connector.webhook_url is not None and replies:
            body = json.dumps(show_replies(replies, 0), ensure_ascii=False).encode()
            await self._bring(connector, parcel.key, body)
        return parcel.key

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _bring(self, connector: Connector, identifier: str, body: bytes) -> None:
        now, rest = self._clock(), self._resting.get(connector.id)
        if rest is not None and now < rest:
            # One receiver that is away must not hold up the others with a time-out for every message.
            raise SendLater("resting", (rest - now).total_seconds())
        code = await self._post(connector, identifier, body, int(now.timestamp()))
        if code is None:
            self._failures.pop(connector.id, None)
            self._resting.pop(connector.id, None)
            return
        failures = self._failures[connector.id] = self._failures.get(connector.id, 0) + 1
        seconds = min(_LONGEST_REST, 2.0 ** min(failures, 10)) * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
        self._resting[connector.id] = now + timedelta(seconds=seconds)
        log.warning("connector_webhook_failed", connector=connector.name, code=code, failures=failures)
        raise SendLater(code, seconds)

    async def _post(self, connector: Connector, identifier: str, body: bytes, timestamp: int) -> str | None:
        """Post once; None when the receiver has it, else what went wrong."""
        try:
            secret = self._seal.open(connector.id, connector.webhook_secret or "")
            signature = sign(secret, identifier, timestamp, body)
        except (KeyMissing, ConfigurationError):
            return "key_gone"  # waits like a receiver that is away; the doctor says what to do
        headers = {
            "Content-Type": "application/json",
            "webhook-id": identifier,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature,
        }
        try:
            # What the receiver says is of no use here: only the status is read.
            async with self._client.stream("POST", str(connector.webhook_url), content=body, headers=headers) as response:
                return None if response.is_success else str(response.status_code)
        except httpx.HTTPError as error:
            return type(error).__name__
