"""Keeps citizen text out of the logs: of foreign libraries only the place of a message is written, never the message."""

from __future__ import annotations

import logging
import re
import traceback
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

_EVENT = re.compile(r"[a-z][a-z0-9_]*")
_TRUSTED = ("psycopg.pool", "bot")
"""Loggers whose words are about connections and processes only."""


def quiet_libraries() -> None:
    """Silence what Rasa and its libraries say about messages; call after `configure_logs` and before any turn.

    Rasa logs what people type (at debug through structlog, at warning and error through logging and warnings).
    Its structlog events all carry a dot; ours are plain names, and only plain names pass.
    """
    processors = [only_plain_events, *structlog.get_config()["processors"]]
    structlog.configure(processors=processors)
    for handler in logging.getLogger().handlers:
        handler.addFilter(without_words)
    warnings.showwarning = _unheard  # a filter would not do: libraries set their own


def _unheard(*_args: Any, **_kwargs: Any) -> None:
    """Takes the place of Python's printing of warnings, in which Rasa quotes what people type."""


def only_plain_events(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every structlog event that is not a plain name, so that no library's sentence gets out."""
    if not _EVENT.fullmatch(str(event.get("event"))):
        raise structlog.DropEvent
    return event


def without_words(record: logging.LogRecord) -> bool:
    """Replace a library's message by where it came from; always lets the record pass."""
    if not record.name.startswith(_TRUSTED):
        error = record.exc_info[1] if record.exc_info else None
        record.msg = f"library_message logger={record.name} place={record.module}:{record.lineno} error={type(error).__name__}"
        record.args, record.exc_info, record.exc_text, record.stack_info = (), None, None, None
    return True


def where(error: BaseException, frames: int = 4) -> str:
    """Type and innermost places of `error` and its cause, without its message: that may quote a citizen."""
    told: list[str] = []
    current: BaseException | None = error
    while current is not None and len(told) < 3:
        places = traceback.extract_tb(current.__traceback__)[-frames:]
        told.append(f"{type(current).__name__} at " + " < ".join(f"{place.name}:{place.lineno}" for place in reversed(places)))
        current = current.__cause__ or current.__context__
    return " | from ".join(told)
