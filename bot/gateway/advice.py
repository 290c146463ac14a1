"""What the house itself says about something that came in and that the bot is not asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.conversation import OfferedChoice


@dataclass(frozen=True)
class Advice:
    """A text of berichten.yml with its values and buttons; `municipality` None is that of the conversation."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    offers: tuple[OfferedChoice, ...] = ()
    municipality: str | None = None
