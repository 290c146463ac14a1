"""The nouns of triage: what is known of a moment, the rules of a municipality, and the decision that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal, get_args

from bot.text.danger_pattern import Pattern

Route = Literal["answer", "ask", "refer", "live_chat", "callback", "callback_at", "counter", "home", "note", "emergency"]
"""How a citizen is helped on; `callback_at` is a call at a chosen time, `home` a visit at home, `note` a message left behind."""

ROUTES: tuple[Route, ...] = get_args(Route)

ALWAYS: frozenset[Route] = frozenset({"callback", "note", "emergency"})
"""Routes that are there at any hour: somebody reads the request later, and the emergency numbers never close."""

Sign = Literal["asks_person", "cannot_online", "cannot_read", "upset", "urgent", "danger"]
"""What the citizen's own words tell, besides the question."""

SIGNS: tuple[Sign, ...] = get_args(Sign)


@dataclass(frozen=True)
class Facts:
    """All that a decision may look at; no word of the citizen is in it. Times are in minutes.

    `can_answer`, `can_ask` and `can_refer` say whether there is an answer, a question worth asking back, an organisation.
    `agents` counts those with the right skill who are present, busy ones too; `waiting` who already waits for that team, and
    `expected_wait` is None when it is not known. `appointments` are the kinds that can be booked for this product here.
    """

    act: str = ""
    product: str | None = None
    theme: str | None = None
    preferred: str | None = None
    zone: str = "answer"
    confidence: float = 0.0
    misses: int = 0
    signs: frozenset[Sign] = frozenset()
    municipality: str | None = None
    channel: str = "web"
    can_answer: bool = False
    can_ask: bool = False
    can_refer: bool = False
    team: str = "algemeen"
    team_open: bool = False
    agents: int = 0
    waiting: int = 0
    expected_wait: int | None = None
    appointments: frozenset[str] = frozenset()
    counter_open: bool = False


@dataclass(frozen=True)
class Condition:
    """When a rule holds: every part that is given must fit, and a part with several values fits when one does."""

    signs: frozenset[Sign] = frozenset()
    themes: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    preferred: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    misses_from: int = 0
    confidence_below: float | None = None
    wait_from: int | None = None
    team_open: bool | None = None


@dataclass(frozen=True)
class Rule:
    """One line of the table: the first possible route of `routes` is taken, the other possible ones are offered beside it."""

    name: str
    reason: str
    routes: tuple[Route, ...]
    condition: Condition = Condition()


@dataclass(frozen=True)
class ChatHours:
    """When a team answers live, on the clock in the Netherlands: seven days, Monday first, each with its stretches."""

    week: tuple[tuple[tuple[time, time], ...], ...]
    closed_on_holidays: bool = True


@dataclass(frozen=True)
class Limits:
    """Numbers that a municipality may choose; minutes, people."""

    longest_queue: int = 25
    longest_wait: int = 45
    long_wait: int = 10


@dataclass(frozen=True)
class Policy:
    """The table of one municipality; `version` changes with its content. The last rule holds always and is always possible."""

    rules: tuple[Rule, ...]
    limits: Limits = Limits()
    hours: Mapping[str, ChatHours] = field(default_factory=dict)
    """Opening hours of the live chat by team; `algemeen` counts for a team without hours of its own."""
    words: Mapping[Sign, tuple[Pattern, ...]] = field(default_factory=dict)
    version: str = ""


@dataclass(frozen=True)
class Decision:
    """The route, what may be offered beside it, and why: the rule's name and its reason, in Dutch for an agent."""

    route: Route
    others: tuple[Route, ...]
    rule: str
    reason: str
