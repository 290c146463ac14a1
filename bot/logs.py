"""Structured logs for every process: event names and ids, never what a citizen wrote."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from bot.settings import Settings


def configure_logs(settings: Settings, process: str) -> None:
    """Send structlog and the standard library's logging to standard output in one format; call once, at start."""
    level = logging.getLevelName(settings.log_level.upper())
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _place_of_error,
    ]
    renderer: Any = structlog.processors.JSONRenderer()
    if settings.log_format == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=True, pad_event=28)
        shared[-2] = structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=shared))
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    structlog.contextvars.bind_contextvars(process=process)


def _place_of_error(_logger: Any, _method: str, event: Any) -> Any:
    """An error as its type and the places it came through; never its message, which may quote what a citizen wrote."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-6:]
        places = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        event["error"] = type(error).__name__
        event["places"] = " < ".join(places)
    return event


def logger() -> Any:
    """The logger; call it as `log.info("turn_answered", conversation_id=…)`."""
    return structlog.get_logger()


@contextmanager
def log_context(**ids: str) -> Iterator[None]:
    """Add ids (request, conversation, message) to every line logged inside."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield
