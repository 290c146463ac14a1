"""Reads a webhook of Chatwoot's agent bot: what was said or done there, as our own values; never raises on what it does not know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from bot.gateway.channels import loose
from bot.gateway.channels.chatwoot.setup import Inbox
from bot.gateway.elsewhere import PENDING, RESOLVED
from bot.model.channel import Arrival, ArrivalKind
from bot.text.personal import mask_bsn

NAME = "chatwoot"

_STATUS_EVENTS = frozenset({"conversation_status_changed", "conversation_opened", "conversation_resolved"})

_FILES: Mapping[str, ArrivalKind] = {"image": "picture", "video": "picture", "audio": "voice", "file": "document", "location": "location"}
"""Kinds of attachment (`file_type`); a shared post, a contact or a mention is unknown."""

_LONGEST = 10_000
"""The gate takes less; of a longer e-mail nothing more is needed to say that it is too long."""


@dataclass(frozen=True)
class Notice:
    """What one webhook tells."""

    arrivals: tuple[Arrival, ...] = ()
    noted: tuple[Arrival, ...] = ()
    """What needs no reading, only remembering: that a message of ours arrived, and with which words a citizen's message began."""
    failed: tuple[tuple[str, str], ...] = ()
    """Messages of ours that the channel behind Chatwoot did not take: their id, and what it said."""
    known: bool = True
    """False: from an inbox that is not in the settings."""
    by_machine: bool = False
    """True: an e-mail that a machine wrote, while the turn is ours."""


@dataclass(frozen=True)
class _Place:
    """Where it happened."""

    user: str
    channel: str
    status: str
    municipality: str | None

    def external(self, identifier: int) -> str:
        return f"{NAME}:{self.user.partition(':')[0]}:{identifier}"


def read_notice(body: Mapping[str, Any], inboxes: Mapping[str, Inbox], now: datetime) -> Notice:
    """Everything in one webhook; `inboxes` are ours, `now` stands in where Chatwoot gives no time."""
    event = loose.text(body, "event")
    is_message = event in ("message_created", "message_updated")
    if not is_message and not (event in _STATUS_EVENTS or (event == "conversation_updated" and _status_changed(body))):
        return Notice()
    conversation = loose.part(body, "conversation") if is_message else body
    inbox = inboxes.get(str(loose.part(body, "inbox").get("id") or conversation.get("inbox_id")))
    account = loose.part(body, "account").get("id")
    if inbox is None or (account is not None and str(account) != inbox.account) or not isinstance(conversation.get("id"), int):
        return Notice(known=False)
    channel = loose.text(conversation, "channel").removeprefix("Channel::")
    place = _Place(f"{inbox.account}:{conversation['id']}", channel, loose.text(conversation, "status"), inbox.municipality)
    if not is_message:
        return Notice((_status(conversation, place, now),))
    if not isinstance(body.get("id"), int):
        return Notice()
    if place.status == PENDING and loose.part(loose.part(body, "content_attributes"), "email").get("auto_reply"):
        return Notice(by_machine=event == "message_created")
    return _created(body, place, now) if event == "message_created" else _updated(body, place, now)


def _status(conversation: Mapping[str, Any], place: _Place, now: datetime) -> Arrival:
    at = conversation.get("updated_at") or conversation.get("timestamp")
    key = f"{NAME}:{place.user}:status:{place.status}:{at or now.timestamp()}"
    return _arrival(key, place, "status", _moment(at, now))


def _created(body: Mapping[str, Any], place: _Place, now: datetime) -> Notice:
    at, identifier = _moment(body.get("created_at"), now), body["id"]
    if body.get("message_type") in ("incoming", 0):
        arrival = _incoming(body, place, at)
        # Chatwoot tells of every little change to a message; one with the same words is known by this key.
        return Notice((arrival,), (replace(arrival, key=f"{arrival.key}:{digest(loose.text(body, 'content'))}"),))
    if body.get("message_type") not in ("outgoing", 1):
        return Notice()
    sender = loose.part(body, "sender")
    if sender.get("type") == "agent_bot":
        key = f"{NAME}:{place.user}:ours:{digest(loose.text(body, 'content'))}:{identifier}"
        return Notice(noted=(_arrival(key, place, "text", at),))
    if body.get("private") or not _is_of_a_person(body):
        return Notice()
    name = loose.text(sender, "name")
    return Notice((_arrival(place.external(identifier), place, "person", at, loose.text(body, "content"), name=name[:80]),))


def _is_of_a_person(body: Mapping[str, Any]) -> bool:
    """Whether somebody wrote this just now, as Chatwoot itself sees it.

    A campaign speaks in somebody's name; who answers outside Chatwoot, in the channel's own app, comes as an echo without a name.
    (Chatwoot, Message#human_response?.)
    """
    attributes = loose.part(body, "content_attributes")
    if attributes.get("automation_rule_id") or loose.part(body, "additional_attributes").get("campaign_id"):
        return False
    return loose.part(body, "sender").get("type") == "user" or bool(attributes.get("external_echo"))


def _incoming(body: Mapping[str, Any], place: _Place, at: datetime) -> Arrival:
    key, content = place.external(body["id"]), loose.text(body, "content")
    files = [item for item in loose.items(body, "attachments") if isinstance(item, dict)]
    words = content if content.strip() else None
    # The pictures in an e-mail are mostly those of a signature.
    if not files or (words and place.channel == "Email"):
        return _arrival(key, place, "text" if words else "unknown", at, words)
    file = next((item for item in files if loose.text(item, "file_type") == "image"), files[0])
    kind = _FILES.get(loose.text(file, "file_type"), "unknown")
    if kind != "location" or words:
        return _arrival(key, place, "text" if kind == "location" else kind, at, words, **_pictures(files))
    latitude, longitude = file.get("coordinates_lat"), file.get("coordinates_long")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return _arrival(key, place, "unknown", at)
    return _arrival(key, place, kind, at, latitude=latitude, longitude=longitude)


def _pictures(files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Where the pictures of a message are; one message may have many."""
    found = [loose.text(file, "data_url") for file in files if loose.text(file, "file_type") == "image"]
    return {"files": [address for address in found if address]} if any(found) else {}


def _updated(body: Mapping[str, Any], place: _Place, now: datetime) -> Notice:
    attributes, key = loose.part(body, "content_attributes"), place.external(body["id"])
    if attributes.get("deleted"):
        return Notice((_arrival(f"{key}:deleted", place, "deleted", now, of=key),))
    if body.get("message_type") in ("incoming", 0):
        content = loose.text(body, "content")
        # What is put right or translated in a conversation that is over opens nothing there, and is no question here.
        if not content.strip() or place.status == RESOLVED:
            return Notice()
        return Notice((_arrival(f"{key}:{digest(content)}", place, "edited", now, content, of=key),))
    answer = _answer(attributes)
    if answer is not None:
        choice, title = answer
        submitted = f"{key}:submitted:{digest(choice or title)}"
        if choice and loose.part(body, "sender").get("type") != "user":
            return Notice((_arrival(submitted, place, "choice", now, choice=choice),))
        return Notice((_arrival(submitted, place, "text", now, title),))
    error = attributes.get("external_error")
    return Notice(failed=((key, _code(str(error))),)) if error else Notice()


def _answer(attributes: Mapping[str, Any]) -> tuple[str, str] | None:
    """What a citizen filled in under a message: the value and the words of the only item, or all words of a form."""
    given = [item for item in loose.items(attributes, "submitted_values") if isinstance(item, dict)]
    if len(given) == 1 and loose.text(given[0], "value"):
        return loose.text(given[0], "value"), loose.text(given[0], "title") or loose.text(given[0], "value")
    words = ", ".join(filter(None, (loose.text(item, "title") or loose.text(item, "value") for item in given)))
    words = words or loose.text(attributes, "submitted_email")
    return ("", words) if words else None


def _arrival(
    key: str, place: _Place, kind: ArrivalKind, at: datetime, text: str | None = None, *, choice: str | None = None, **facts: Any
) -> Arrival:
    masked = mask_bsn(text[:_LONGEST]) if text is not None else None
    return Arrival(
        key=key,
        channel=NAME,
        user=place.user,
        kind=kind,
        sent_at=at,
        text=masked.text if masked else None,
        choice=choice,
        masked=masked.count if masked else 0,
        municipality=place.municipality,
        address=place.channel or None,
        facts={"status": place.status, **facts},
    )


def digest(content: str) -> str:
    """A short name for words, from which they cannot be read back; of words in which service numbers are masked."""
    return hashlib.sha256(mask_bsn(content[:_LONGEST]).text.encode()).hexdigest()[:20]


def _code(error: str) -> str:
    """The number of an error without its words, which may hold a telephone number."""
    found = re.match(r"\d{1,6}(?!\d)", error)
    return found.group() if found else "refused_by_channel"


def _status_changed(body: Mapping[str, Any]) -> bool:
    return any(isinstance(item, dict) and "status" in item for item in loose.items(body, "changed_attributes"))


def _moment(value: Any, now: datetime) -> datetime:
    """A time as Chatwoot writes it: ISO 8601 in one place, seconds since 1970 in another."""
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value).astimezone(timezone.utc)
        return datetime.fromtimestamp(float(value), tz=timezone.utc)
    except (TypeError, ValueError, OverflowError, OSError):
        return now
