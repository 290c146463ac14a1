"""Reads a webhook of the Cloud API: every message and every status in it, as our own values; never raises on what it does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, cast
from uuid import UUID

from bot.gateway.channels import loose
from bot.model.channel import Arrival, ArrivalKind, DeliveryStatus
from bot.text.personal import mask_bsn

NAME = "whatsapp"

_KINDS: Mapping[str, ArrivalKind] = {
    "video": "picture",
    "audio": "voice",
    "sticker": "sticker",
}
_PICTURES = ("image/jpeg", "image/png", "image/webp")
"""What people send as a document when a photo should stay sharp."""

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
        account = loose.text(loose.part(value, "metadata"), "phone_number_id")
        if account not in numbers:
            continue
        contacts = [contact for contact in loose.items(value, "contacts") if isinstance(contact, dict)]
        for message in loose.items(value, "messages"):
            arrival = _arrival(message, contacts, account, numbers[account])
            if arrival is not None:
                arrivals.append(arrival)
        statuses.extend(found for item in loose.items(value, "statuses") if (found := _status(item)) is not None)
    return Notice(tuple(arrivals), tuple(statuses))


def _values(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for entry in loose.items(body, "entry"):
        for change in loose.items(entry, "changes"):
            if isinstance(change, dict) and change.get("field") == "messages":
                yield loose.part(change, "value")


def _arrival(message: Any, contacts: list[dict[str, Any]], account: str, municipality: str | None) -> Arrival | None:
    identifier, kind = loose.text(message, "id"), loose.text(message, "type")
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
        sent_at=_moment(loose.text(message, "timestamp")),
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
    phone, user = loose.text(message, "from"), loose.text(message, "from_user_id")
    mine = [item for item in contacts if loose.text(item, "wa_id") == phone or loose.text(item, "user_id") == user or len(contacts) == 1]
    for contact in mine:
        phone = phone or loose.text(contact, "wa_id")
        user = user or loose.text(contact, "user_id")
    return phone or None, user or None


@dataclass(frozen=True)
class _Read:
    kind: ArrivalKind
    text: str | None
    choice: str | None
    facts: Mapping[str, Any]


def _read(message: Any, kind: str) -> _Read:
    part = loose.part(message, kind)
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(part)
    return _Read(_KINDS.get(kind, "unknown"), loose.text(part, "caption") or None, None, {})


def _picture(part: Mapping[str, Any]) -> _Read:
    media = loose.text(part, "id")
    return _Read("picture", loose.text(part, "caption") or None, None, {"files": [media]} if media else {})


def _document(part: Mapping[str, Any]) -> _Read:
    if loose.text(part, "mime_type").startswith(_PICTURES):
        return _picture(part)
    return _Read("document", loose.text(part, "caption") or None, None, {})


def _location(part: Mapping[str, Any]) -> _Read:
    latitude, longitude = part.get("latitude"), part.get("longitude")
    if isinstance(latitude, int | float) and isinstance(longitude, int | float):
        return _Read("location", None, None, {"latitude": latitude, "longitude": longitude})
    return _Read("unknown", None, None, {})


def _interactive(part: Mapping[str, Any]) -> _Read:
    reply = loose.part(part, loose.text(part, "type"))
    identifier, title = loose.text(reply, "id"), loose.text(reply, "title")
    if identifier:
        return _Read("choice", None, identifier, {})
    return _Read("text" if title else "unknown", title or None, None, {})


_READERS: Mapping[str, Callable[[Mapping[str, Any]], _Read]] = {
    "text": lambda part: _Read("text", loose.text(part, "body"), None, {}),
    "button": lambda part: _Read("text", loose.text(part, "text"), None, {}),
    "interactive": _interactive,
    "location": _location,
    "image": _picture,
    "document": _document,
    "edit": lambda part: _Read("edited", loose.text(loose.part(loose.part(part, "message"), "text"), "body"), None, {}),
    "revoke": lambda part: _Read("deleted", None, None, {"of": f"{NAME}:{loose.text(part, 'original_message_id')}"}),
}


def _status(item: Any) -> Status | None:
    identifier, status = loose.text(item, "id"), loose.text(item, "status")
    if not identifier or status not in _STATUSES:
        return None
    errors = loose.items(item, "errors")
    code = str(errors[0].get("code")) if errors and isinstance(errors[0], dict) else None
    return Status(identifier, cast(DeliveryStatus, status), _uuid(loose.text(item, "biz_opaque_callback_data")), code)


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
