"""What can go wrong with the knowledge base, and how a problem in a file is told to an editor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import BotError


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one file; a `warning` does not stop anything."""

    path: str
    line: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        """The line that editors and their tools read."""
        return f"[{'WARN' if self.warning else 'ERROR'}] {self.path}:{self.line}: {self.message}"


class KnowledgeError(BotError):
    """The files are not right; `problems` holds every error in them, not just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep all of `problems`, and print them all."""
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UnknownEntryError(BotError, LookupError):
    """There is no such product, aspect, organisation or message."""
