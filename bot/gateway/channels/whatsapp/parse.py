"""Reads a webhook of the Cloud API: every message and every status in it, as our own values; never raises on what it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, cast
from uuid import UUID

from bot.model.channel import Arrival, ArrivalKind, DeliveryStatus
from bot.text.personal import mask_bsn

NAME = "whatsapp"

_KINDS: Mapping[str, ArrivalKind] = {
    "image": "picture",
    "video": "picture",
    "audio": "voice",
    "sticker": "sticker",
    "document": "document",
}
_IGNORED = frozenset({"reaction", "system", "request_welcome", "ephemeral"})
"""What needs no answer: a thumb under a message, a changed number, a chat that was only opened."""

_STATUSES = ("sent", "delivered", "read", "failed")

_LONGEST = 10_000
"""No WhatsApp text is longer (4,096 signs); what is, is not from WhatsApp."""


@dataclass(frozen=True)
class Status:
    """What Meta tells about a message of ours; `parcel` is what we gave along as biz_opaque_callback_data."""

    external_id: str
    status: DeliveryStatus
    parcel: UUID | None
    error: str | None


@dataclass(frozen=True)
class Notice:
    """Everything in one webhook."""

    arrivals: tuple[Arrival, ...]
    statuses: tuple[Status, ...]


def read_notice(body: Mapping[str, Any], numbers: Mapping[str, str | None]) -> Notice:
    """All messages and statuses; `numbers` maps the phone number ids that are ours to municipalities. Others are left out."""
    arrivals: list[Arrival] = []
    statuses: list[Status] = []
    for value in _values(body):
        account = _text(_of(value, "metadata"), "phone_number_id")
        if account not in numbers:
            continue
        contacts = [contact for contact in _list(value, "contacts") if isinstance(contact, dict)]
        for message in _list(value, "messages"):
            arrival = _arrival(message, contacts, account, numbers[account])
            if arrival is not None:
                arrivals.append(arrival)
        statuses.extend(found for item in _list(value, "statuses") if (found := _status(item)) is not None)
    return Notice(tuple(arrivals), tuple(statuses))


def _values(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for entry in _list(body, "entry"):
        for change in _list(entry, "changes"):
            if isinstance(change, dict) and change.get("field") == "messages":
                yield _of(change, "value")


def _arrival(message: Any, contacts: list[dict[str, Any]], account: str, municipality: str | None) -> Arrival | None:
    identifier, kind = _text(message, "id"), _text(message, "type")
    phone, user = _sender(message, contacts)
    if not identifier or not (phone or user) or kind in _IGNORED:
        return None
    read = _read(message, kind)
    masked = mask_bsn(read.text[:_LONGEST]) if read.text is not None else None
    return Arrival(
        key=f"{NAME}:{identifier}" + (":edit" if read.kind == "edited" else ""),
        channel=NAME,
        user=f"{account}:{user or phone}",
        kind=read.kind,
        sent_at=_moment(_text(message, "timestamp")),
        text=masked.text if masked else None,
        choice=read.choice,
        masked=masked.count if masked else 0,
        municipality=municipality,
        address=phone,
        formerly=f"{account}:{phone}" if user and phone else None,
        facts={"wamid": identifier, "account": account, **read.facts},
    )


def _sender(message: Any, contacts: list[dict[str, Any]]) -> tuple[str | None, str | None]:
    """Telephone number and business-scoped user id; either may be missing, since citizens may hide their number."""
    phone, user = _text(message, "from"), _text(message, "from_user_id")
    mine = [item for item in contacts if _text(item, "wa_id") == phone or _text(item, "user_id") == user or len(contacts) == 1]
    for contact in mine:
        phone = phone or _text(contact, "wa_id")
        user = user or _text(contact, "user_id")
    return phone or None, user or None


@dataclass(frozen=True)
class _Read:
    kind: ArrivalKind
    text: str | None
    choice: str | None
    facts: Mapping[str, Any]


def _read(message: Any, kind: str) -> _Read:
    part = _of(message, kind)
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(part)
    return _Read(_KINDS.get(kind, "unknown"), _text(part, "caption") or None, None, {})


def _location(part: Mapping[str, Any]) -> _Read:
    latitude, longitude = part.get("latitude"), part.get("longitude")
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        return _Read("location", None, None, {"latitude": latitude, "longitude": longitude})
    return _Read("unknown", None, None, {})


def _interactive(part: Mapping[str, Any]) -> _Read:
    reply = _of(part, _text(part, "type"))
    identifier, title = _text(reply, "id"), _text(reply, "title")
    if identifier:
        return _Read("choice", None, identifier, {})
    return _Read("text" if title else "unknown", title or None, None, {})


_READERS: Mapping[str, Callable[[Mapping[str, Any]], _Read]] = {
    "text": lambda part: _Read("text", _text(part, "body"), None, {}),
    "button": lambda part: _Read("text", _text(part, "text"), None, {}),
    "interactive": _interactive,
    "location": _location,
    "edit": lambda part: _Read("edited", _text(_of(_of(part, "message"), "text"), "body"), None, {}),
    "revoke": lambda part: _Read("deleted", None, None, {"of": f"{NAME}:{_text(part, 'original_message_id')}"}),
}


def _status(item: Any) -> Status | None:
    identifier, status = _text(item, "id"), _text(item, "status")
    if not identifier or status not in _STATUSES:
        return None
    errors = _list(item, "errors")
    code = str(errors[0].get("code")) if errors and isinstance(errors[0], dict) else None
    return Status(identifier, cast(DeliveryStatus, status), _uuid(_text(item, "biz_opaque_callback_data")), code)


def _moment(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), tz=timezone.utc)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, tz=timezone.utc)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _of(value: Any, name: str) -> Mapping[str, Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _list(value: Any, name: str) -> list[Any]:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _text(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
