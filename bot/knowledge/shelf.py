"""Keeps the newest right version of the knowledge folder within reach, while editors change files."""

from __future__ import annotations

from pathlib import Path

from bot.clock import Clock
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.loader import load_knowledge
from bot.logs import logger

log = logger()

_SHOWN = 20
"""Problems that one log line holds at most; `check-knowledge` shows them all."""

Stamp = frozenset[tuple[str, int, int]]


class Shelf:
    """Gives the library of the moment; whoever owns the shelf calls `refresh` every few seconds, nothing runs by itself."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        """Read `folder` at once; raises KnowledgeError when it is not right, because at the start there is nothing to fall back on."""
        self._folder = folder
        self._clock = clock
        self._stamp = _stamp(folder)
        self._library = Library(load_knowledge(folder), clock)

    @property
    def library(self) -> Library:
        """The library of the newest version that was right."""
        return self._library

    def refresh(self) -> bool:
        """Take a changed folder into use when all of it is right, else keep the old one; True when something new was taken.

        Looking costs milliseconds and reading a changed folder about a second, so call it from a thread where that matters.
        """
        stamp = _stamp(self._folder)
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            base = load_knowledge(self._folder)
        except KnowledgeError as error:
            shown = [str(problem) for problem in error.problems[:_SHOWN]]
            log.error("knowledge_refused", errors=len(error.problems), problems=shown)
            return False
        self._library = Library(base, self._clock)
        log.info("knowledge_taken", products=len(base.products), municipalities=len(base.municipalities))
        return True


def _stamp(folder: Path) -> Stamp:
    """What changes when an editor saves, adds or removes a file; a file that vanishes while we look is simply not there."""
    found = set()
    for file in folder.rglob("*.yml"):
        try:
            status = file.stat()
        except FileNotFoundError:
            continue
        found.add((str(file), status.st_mtime_ns, status.st_size))
    return frozenset(found)
