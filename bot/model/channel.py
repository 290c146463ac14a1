"""The nouns of a channel that calls us and that we call: what arrived from it, and what must still be sent to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from bot.model.conversation import Message

PUSH_CHANNELS = ("whatsapp", "chatwoot", "connector")
"""Channels whose replies must be sent; the web widget fetches its own."""

DESK_ELSEWHERE = frozenset({"chatwoot"})
"""Channels with a desk of their own: the people who help sit there, and no agent of ours is needed."""

ArrivalKind = Literal[
    "text",
    "choice",
    "title",
    "picture",
    "voice",
    "sticker",
    "document",
    "location",
    "unknown",
    "edited",
    "deleted",
    "renumbered",
    "person",
    "status",
]
"""What came in: a `choice` is one of our own ids, a `title` the words on a button; `renumbered` tells that a citizen has another number.

From a desk elsewhere: a `person` there spoke, or the `status` of the conversation changed.
"""

DeliveryStatus = Literal["owed", "sending", "sent", "delivered", "read", "failed"]
"""`sending`: handed to the channel, no answer seen yet. Statuses only move to the right; failed ends it."""


@dataclass(frozen=True)
class Arrival:
    """One thing that a channel delivered, stored before it is acknowledged.

    `key` is the channel's own message id made unique over all channels; `user` names the citizen within the channel (the account
    it wrote to is part of it), `formerly` the same citizen under an older name; `sent_at` is the sender's clock and gives the order.
    `text` is already masked, with `masked` telling how many service numbers were in it. `facts` are small channel-specific values;
    `facts["files"]` are the channel's names of the pictures that can be fetched.
    """

    key: str
    channel: str
    user: str
    kind: ArrivalKind
    sent_at: datetime
    text: str | None = None
    choice: str | None = None
    masked: int = 0
    municipality: str | None = None
    address: str | None = None
    formerly: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Addressee:
    """To whom a channel sends: `user` and `address` as the channel gave them; `heard_at` is the citizen's last message."""

    conversation_id: UUID
    channel: str
    user: str
    address: str | None
    municipality: str | None
    heard_at: datetime | None


@dataclass(frozen=True)
class Parcel:
    """Messages of one conversation that go out together, in order; `key` and what it is split into are the same at every try."""

    key: str
    addressee: Addressee
    messages: tuple[Message, ...]
    attempts: int
    parts_sent: int
    owed_at: datetime


@dataclass(frozen=True)
class Taken:
    """What a worker took out of the outbox, before it is looked up."""

    parcel: UUID
    attempts: int
    parts_sent: int
    first_owed_at: datetime
    messages: tuple[UUID, ...]
