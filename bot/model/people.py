"""The nouns of people who help: agents and their presence, a hand-off, what the desk shows, a promise to a citizen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from bot.model.conversation import Owner

Presence = Literal["available", "busy", "away", "offline"]
"""Busy: present, but takes no new conversations. Away: not at the desk, with a reason. Offline: not signed in."""

Role = Literal["agent", "lead", "admin"]

Event = Literal[
    "ask_person", "claim", "take_over", "leave", "nobody", "hand_back", "forward_agent", "forward_team", "lost", "close", "reopen"
]
"""What can happen to the ownership of a conversation; `nobody` is a queue without an agent, `lost` an agent who fell silent."""

TRANSITIONS: Mapping[Event, Mapping[Owner, Owner]] = MappingProxyType(
    {
        "ask_person": {"bot": "queued"},
        "claim": {"queued": "agent"},
        "take_over": {"bot": "agent", "queued": "agent", "agent": "agent"},
        "leave": {"queued": "bot"},
        "nobody": {"queued": "bot"},
        "hand_back": {"agent": "bot"},
        "forward_agent": {"agent": "agent"},
        "forward_team": {"agent": "queued", "queued": "queued"},
        "lost": {"agent": "queued"},
        "close": {"bot": "closed", "queued": "closed", "agent": "closed"},
        "reopen": {"closed": "bot"},
    }
)
"""The whole state machine of ownership: per event, from which owner to which. What is not here cannot happen."""

Ending = Literal["left", "nobody", "handed_back", "forwarded", "lost", "closed", "callback"]
"""How one stretch with (or waiting for) a person ended."""

Outcome = Literal["answered", "appointment", "referred", "callback", "unresolved", "abuse"]
"""What came of a conversation that an agent closes."""

GENERAL_TEAM = "algemeen"
"""The contact centre itself; whoever has no skill of their own is helped there."""


@dataclass(frozen=True)
class Agent:
    """A person at the desk. `skills` are the teams they work for, none means all; `most` conversations at once."""

    id: UUID
    name: str
    role: Role = "agent"
    skills: frozenset[str] = frozenset()
    most: int = 3
    presence: Presence = "offline"
    away_reason: str | None = None
    presence_since: datetime | None = None
    heartbeat_at: datetime | None = None
    disabled: bool = False

    def serves(self, team: str) -> bool:
        """Whether conversations of `team` are for this agent."""
        return not self.skills or team in self.skills


@dataclass(frozen=True)
class HandoffRequest:
    """What the engine's reply asks for, read from its structured field; `product` and `rule` are for the desk and for statistics."""

    team: str = GENERAL_TEAM
    product: str | None = None
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Place:
    """Where a citizen stands in the queue: 1 is next. `minutes` is an honest guess, None when nobody can know."""

    number: int
    minutes: int | None
    team: str


@dataclass(frozen=True)
class Holding:
    """The ownership of one conversation as stored; `told_wait_at` is when a long wait was told."""

    conversation_id: UUID
    owner: Owner
    team: str | None
    agent_id: UUID | None
    waiting_since: datetime | None
    owner_since: datetime | None
    municipality: str | None
    channel: str
    product: str | None
    told_wait_at: datetime | None = None


@dataclass(frozen=True)
class Row:
    """One conversation in a list of the desk. `since` is when it began to wait or when the agent took it.

    `unanswered_since` is the citizen's oldest message without an answer of a person, `danger` the kind that was heard,
    `seen` the number of the last message that the citizen has had in front of them (0 when their channel does not tell).
    """

    conversation_id: UUID
    owner: Owner
    channel: str
    municipality: str | None
    team: str | None
    agent_id: UUID | None
    agent_name: str | None
    product: str | None
    reason: str | None
    since: datetime | None
    unanswered_since: datetime | None
    unread: int
    danger: str | None
    last_seq: int
    seen: int = 0


_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class QueueQuestions:
    """What waiting citizens ask about the queue itself, without the words that change nothing about a question."""

    questions: frozenset[tuple[str, ...]] = frozenset()
    fillers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, questions: Iterable[str], fillers: Iterable[str]) -> QueueQuestions:
        """From sentences and words as an editor writes them."""
        words = frozenset(word.casefold() for word in fillers)
        return cls(frozenset(_bare(question, words) for question in questions), words)

    def hears(self, text: str) -> bool:
        """Whether `text` asks this, and nothing else."""
        words = _bare(text, self.fillers)
        return bool(words) and words in self.questions


def _bare(text: str, fillers: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(text.casefold()) if word not in fillers)


@dataclass(frozen=True)
class AgentNote:
    """An internal note of an agent; citizens never see it."""

    id: int
    conversation_id: UUID
    agent_id: UUID | None
    agent_name: str | None
    text: str
    created_at: datetime


@dataclass(frozen=True)
class AnswerTemplate:
    """A sentence that agents use often; `{naam}` in it is the agent's name, `words` are what it is found by."""

    id: str
    title: str
    text: str
    words: tuple[str, ...] = ()
