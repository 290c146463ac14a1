"""The nouns of a conversation between a citizen and the municipality."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

Owner = Literal["bot", "queued", "agent", "closed"]
"""Who answers: the bot (also while the citizen waits in the queue), a person, or nobody any more."""

Author = Literal["citizen", "bot", "agent", "system"]
"""Who said it; `system` is the house itself (out of order, somebody joined)."""

TurnStatus = Literal["owed", "answered", "stale", "given_up", "to_agent"]
"""What became of a citizen's message that the bot should answer."""


CallbackKind = Literal["callback", "note"]
"""A call, or a note that is answered in writing."""

CallbackOutcome = Literal["reached", "not_reached", "answered", "not_needed"]
"""How a call-back or note ended."""


@dataclass(frozen=True)
class Conversation:
    """One conversation as stored; `municipality` is None until the citizen has told it."""

    id: UUID
    channel: str
    municipality: str | None
    owner: Owner
    last_seq: int
    created_at: datetime


@dataclass(frozen=True)
class Choice:
    """A button: the citizen sees `title` and sends back the opaque one-time `id`."""

    id: str
    title: str


@dataclass(frozen=True)
class Message:
    """One stored message; `seq` counts up by one within its conversation."""

    id: UUID
    conversation_id: UUID
    seq: int
    author: Author
    text: str
    created_at: datetime
    choices: tuple[Choice, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    client_id: str | None = None


@dataclass(frozen=True)
class Inbound:
    """What a channel made of one incoming message; nothing is checked yet.

    `key` is the channel's own message id made unique over all channels and conversations; `choice` is the opaque id of a
    button or list row; `address` is what the rate limit counts (never stored as it is); `masked` is how many service numbers the
    channel has masked in `text` already; `pictures` are those that were kept of it, and that an agent may see.
    """

    key: str
    client_id: str
    text: str | None = None
    choice: str | None = None
    address: str = ""
    masked: int = 0
    pictures: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class OwedTurn:
    """A citizen's message that waits for the bot's answer; `payload` is set when a choice was made."""

    message_id: UUID
    conversation_id: UUID
    seq: int
    text: str
    payload: str | None
    attempts: int
    created_at: datetime


@dataclass(frozen=True)
class Due:
    """The oldest turn that is owed in a conversation, with what the bot must know before it answers.

    `resume` are the slots with which the bot must begin afresh before it answers, None when it just goes on.
    """

    conversation: Conversation
    turn: OwedTurn
    resume: dict[str, str] | None


@dataclass(frozen=True)
class OfferedChoice:
    """A choice as the engine offers it, before it has an id."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One message of the bot, not yet stored."""

    text: str
    choices: tuple[OfferedChoice, ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)
    author: Author = "bot"


@dataclass(frozen=True)
class CallbackRequest:
    """A promise to call a citizen back, or to answer a note; statuses are those of an `internetaak` in Klantinteracties.

    `wanted_at` is the moment the citizen chose, `appointment` the reference of its place in the calendar. `phone` or `email` is empty.
    """

    reference: str
    conversation_id: UUID | None
    municipality: str | None
    name: str
    phone: str
    subject: str
    summary: str
    status: Literal["te_verwerken", "verwerkt"]
    promised_on: date
    created_at: datetime
    kind: CallbackKind = "callback"
    team: str = "algemeen"
    email: str = ""
    wanted_at: datetime | None = None
    appointment: str | None = None
    agent_id: UUID | None = None
    picked_up_at: datetime | None = None
    attempts: int = 0
    attempted_at: datetime | None = None
    outcome: CallbackOutcome | None = None
    finished_at: datetime | None = None
