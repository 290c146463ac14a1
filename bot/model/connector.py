"""The nouns of a connector: another program that brings citizens' messages over our own REST channel and takes the replies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.model.conversation import Message


@dataclass(frozen=True)
class Connector:
    """One program with a key of its own; `webhook_secret` is sealed (bot.sealing), and None as long as its replies are only fetched."""

    id: UUID
    name: str
    municipality: str
    created_at: datetime
    revoked_at: datetime | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ConnectorReply:
    """One message for a citizen of a connector; `number` counts up by one a connector, in the order in which they may be read."""

    number: int
    user: str
    message: Message
