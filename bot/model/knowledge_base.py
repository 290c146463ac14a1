"""The whole knowledge folder as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.model.knowledge import Amount, Organisation, Product
from bot.model.municipality import Municipality
from bot.model.people import AnswerTemplate, QueueQuestions
from bot.model.tongue import Tongue
from bot.model.triage import Policy


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything in the knowledge folder at one moment; nothing in it changes."""

    products: Mapping[str, Product] = field(default_factory=lambda: MappingProxyType({}))
    organisations: Mapping[str, Organisation] = field(default_factory=lambda: MappingProxyType({}))
    municipalities: Mapping[str, Municipality] = field(default_factory=lambda: MappingProxyType({}))
    amounts: Mapping[str, tuple[Amount, ...]] = field(default_factory=lambda: MappingProxyType({}))
    themes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    teams: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    messages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    tongues: Mapping[str, Tongue] = field(default_factory=lambda: MappingProxyType({}))
    policies: Mapping[str | None, Policy] = field(default_factory=lambda: MappingProxyType({}))
    """How triage decides, by municipality; the general policy is under None."""
    templates: tuple[AnswerTemplate, ...] = ()
    queue_questions: QueueQuestions = field(default_factory=QueueQuestions)
