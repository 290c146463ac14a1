"""The text while it is being read: what is read is blanked, so that no sign counts twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.text.dates.model import Context, Find
from bot.text.dates.words import BLANK

_REACH = 160
"""Signs on either side that can say something about a find; what stands farther off is about something else."""


def before(text: str, at: int) -> str:
    """What stands just before a place in the text."""
    return text[max(0, at - _REACH) : at]


def after(text: str, at: int) -> str:
    """What stands just after a place in the text."""
    return text[at : at + _REACH]


@dataclass
class Page:
    """Text in one spelling, and what was found in it so far."""

    text: str
    finds: list[Find] = field(default_factory=list)

    def take(self, pattern: re.Pattern[str], build: Callable[[re.Match[str]], Find | None]) -> None:
        """Read every match; where `build` makes nothing of it, it stays for other rules."""
        for match in list(pattern.finditer(self.text)):
            found = build(match)
            if found is not None:
                self.finds.append(found)
                self.blank(match.start(), match.end())

    def read(self, pattern: re.Pattern[str], rule: Callable[[re.Match[str], Context], Find | None], context: Context) -> None:
        """Take every match that `rule` makes something of in this context."""
        self.take(pattern, lambda match: rule(match, context))

    def blank(self, start: int, end: int) -> None:
        """Mark a stretch as read; places stay the same."""
        self.text = self.text[:start] + BLANK * (end - start) + self.text[end:]
