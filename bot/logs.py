"""Structured logs for every process: event names and ids, never what a citizen wrote."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
        structlog.processors.format_exc_info,
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


def logger() -> Any:
    """The logger; call it as `log.info("turn_answered", conversation_id=…)`."""
    return structlog.get_logger()


@contextmanager
def log_context(**ids: str) -> Iterator[None]:
    """Add ids (request, conversation, message) to every line logged inside."""
    with structlog.contextvars.bound_contextvars(**ids):
        yield
