"""Reads the JSON of a call and turns it into values; whatever is outside the contract is refused here."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.engine.errors import BadRequest, TooLong

MAX_CHARACTERS = 1_000
MAX_TOKENS = 200
MAX_TEXTS = 200

_ID = re.compile(r"[\x21-\x7e]{1,200}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_CHOICE = re.compile(r"/([A-Za-z][\w.-]*)(\{.*\})?", re.DOTALL)
_SLASHES = "/\\\N{FULLWIDTH SOLIDUS}\N{FRACTION SLASH}\N{DIVISION SLASH}\N{BIG SOLIDUS}\N{FULLWIDTH REVERSE SOLIDUS}"
_FORBIDDEN = frozenset({"restart", "back", "session_start"})
"""Intents that wipe or rewind a conversation: nobody offers them as a choice."""


@dataclass(frozen=True)
class Choice:
    """A payload that the bot itself offered: an intent and its entities."""

    payload: str
    intent: str
    entities: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Turn:
    """One message of a citizen, as the worker hands it over; exactly one of `text` and `payload` is set."""

    conversation_id: str
    message_id: str
    channel: str
    municipality: str | None
    text: str | None
    payload: str | None
    request_id: str


@dataclass(frozen=True)
class Reset:
    """A fresh start of a conversation with these slots."""

    conversation_id: str
    slots: dict[str, Any]


def read_object(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`; raises BadRequest for anything else."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequest("body is not JSON") from error
    if not isinstance(value, dict):
        raise BadRequest("body is not a JSON object")
    return value


def read_turn(body: bytes, request_id: str) -> Turn:
    """The turn in `body`, its text made plain; raises BadRequest or TooLong."""
    value = read_object(body)
    text, payload = value.get("text"), value.get("choice")
    if (text is None) == (payload is None):
        raise BadRequest("exactly one of text and choice is needed")
    if payload is not None and not isinstance(payload, str):
        raise BadRequest("choice is not a string")
    return Turn(
        conversation_id=_identifier(value, "conversation_id"),
        message_id=_identifier(value, "message_id"),
        channel=_name(value, "channel"),
        municipality=None if value.get("municipality") is None else _name(value, "municipality"),
        text=None if text is None else plain_text(text),
        payload=payload,
        request_id=request_id,
    )


def read_texts(body: bytes) -> tuple[str, ...]:
    """The texts of a call to /parse, made plain."""
    texts = read_object(body).get("texts")
    if not isinstance(texts, list) or len(texts) > MAX_TEXTS:
        raise BadRequest(f"texts is not a list of at most {MAX_TEXTS} strings")
    return tuple(plain_text(text) for text in texts)


def read_conversation(body: bytes) -> str:
    """The conversation id of a call to /forget."""
    return _identifier(read_object(body), "conversation_id")


def read_reset(body: bytes) -> Reset:
    """The conversation and slots of a call to /reset."""
    value = read_object(body)
    slots = value.get("slots", {})
    if not isinstance(slots, dict):
        raise BadRequest("slots is not an object")
    return Reset(_identifier(value, "conversation_id"), slots)


def plain_text(text: object) -> str:
    """`text` without what Rasa would read as a command, and without characters that no store keeps.

    A leading "/" (also full-width, also behind spaces and invisible characters) makes Rasa skip the NLU and run
    whatever follows, so it goes. Something that is all slashes becomes "?": it must still get an answer.
    """
    if not isinstance(text, str):
        raise BadRequest("text is not a string")
    if len(text) > MAX_CHARACTERS or len(text.split()) > MAX_TOKENS:
        raise TooLong(f"text has {len(text)} characters; at most {MAX_CHARACTERS} and {MAX_TOKENS} words")
    clean = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
    if not clean.strip():
        raise BadRequest("text is empty")
    start = next((place for place, letter in enumerate(clean) if not _skipped(letter)), len(clean))
    return clean[start:].strip() or "?"


def read_choice(payload: str, intents: frozenset[str], entities: frozenset[str]) -> Choice:
    """The intent and entities in a `/name{json}` payload; raises BadRequest when the model does not know them."""
    match = _CHOICE.fullmatch(payload) if len(payload) <= MAX_CHARACTERS else None
    if match is None:
        raise BadRequest("choice is not of the form /name{json}")
    intent = match.group(1)
    if intent not in intents or intent in _FORBIDDEN:
        raise BadRequest("choice names an intent that the model does not know")
    values = _entity_values(match.group(2))
    if not entities.issuperset(values):
        raise BadRequest("choice names an entity that the model does not know")
    pairs = ((name, item) for name, value in values.items() for item in (value if isinstance(value, list) else [value]))
    return Choice(payload, intent, tuple(pairs))


def _entity_values(text: str | None) -> dict[str, Any]:
    if text is None:
        return {}
    try:
        return read_object(text.encode())
    except (BadRequest, UnicodeEncodeError) as error:
        raise BadRequest("choice is not of the form /name{json}") from error


def _skipped(letter: str) -> bool:
    return letter in _SLASHES or letter.isspace() or unicodedata.category(letter) in ("Cf", "Zs", "Zl", "Zp")


def _identifier(value: Mapping[str, Any], key: str) -> str:
    return _matching(value, key, _ID)


def _name(value: Mapping[str, Any], key: str) -> str:
    return _matching(value, key, _NAME)


def _matching(value: Mapping[str, Any], key: str, pattern: re.Pattern[str]) -> str:
    found = value.get(key)
    if not isinstance(found, str) or not pattern.fullmatch(found):
        raise BadRequest(f"{key} is missing or malformed")
    return found
