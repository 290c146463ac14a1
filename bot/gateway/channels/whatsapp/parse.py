"""Reads a webhook of the Cloud API: every message and every status in it, as our own values; never raises on what it does not know."""

from __future__ import annotations

import re
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

_IGNORED = frozenset({"reaction", "request_welcome", "ephemeral"})
"""What needs no answer: a thumb under a message, a chat that was only opened."""

_RENUMBERED = ("user_changed_number", "user_changed_user_id")
"""Kinds of system message; with the number the business-scoped user id changes as well."""

_STATUSES = ("sent", "delivered", "read", "failed")

_OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):([0-9]{1,3})/([0-9]{1,3})")
"""What `callback_data` makes."""

_LONGEST = 10_000
"""No WhatsApp text is longer (4,096 signs); what is, is not from WhatsApp."""


@dataclass(frozen=True)
class Status:
    """What Meta tells about a message of ours; the parcel and the part of it are what we gave along as biz_opaque_callback_data."""

    external_id: str
    status: DeliveryStatus
    parcel: UUID | None
    error: str | None
    part: int = 1
    parts: int = 1

    @property
    def is_beginning(self) -> bool:
        """Whether other parts come after this one, so that it tells nothing yet of how the whole fares."""
        return self.part < self.parts


@dataclass(frozen=True)
class Notice:
    """Everything in one webhook."""

    arrivals: tuple[Arrival, ...]
    statuses: tuple[Status, ...]


def callback_data(parcel: str, part: int, parts: int) -> str:
    """What goes along with the `part`th message (from 1) of a parcel, and comes back in each of its statuses."""
    return f"{parcel}:{part}/{parts}"


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
    read = _renumbered(message, account) if kind == "system" else _read(message, kind)
    if read is None or (read.kind == "edited" and not read.text):
        return None
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
        address=loose.text(loose.part(message, "system"), "wa_id") or None if read.kind == "renumbered" else phone,
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


def _renumbered(message: Any, account: str) -> _Read | None:
    """A citizen's new number or user id; None for any other system message, and when it tells neither."""
    system = loose.part(message, "system")
    now = loose.text(system, "user_id") or loose.text(system, "wa_id")
    if loose.text(system, "type") not in _RENUMBERED or not now:
        return None
    phone = loose.text(message, "from")
    was = [name for name in (loose.text(message, "from_user_id"), loose.text(system, "previous_user_id"), phone) if name]
    facts = {"was": [f"{account}:{name}" for name in was], "number": phone or None, "now": f"{account}:{now}"}
    return _Read("renumbered", None, None, facts)


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


def _edit(part: Mapping[str, Any]) -> _Read:
    """The new words of a message, or beside a picture; without any there is nothing to answer."""
    message = loose.part(part, "message")
    inside = loose.part(message, loose.text(message, "type"))
    original = loose.text(part, "original_message_id")
    text = loose.text(inside, "body") or loose.text(inside, "caption") or None
    return _Read("edited", text, None, {"of": f"{NAME}:{original}"} if original else {})


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
    "edit": _edit,
    "revoke": lambda part: _Read("deleted", None, None, {"of": f"{NAME}:{loose.text(part, 'original_message_id')}"}),
}


def _status(item: Any) -> Status | None:
    identifier, status = loose.text(item, "id"), loose.text(item, "status")
    if not identifier or status not in _STATUSES:
        return None
    errors = loose.items(item, "errors")
    code = str(errors[0].get("code")) if errors and isinstance(errors[0], dict) else None
    ours = _OURS.fullmatch(loose.text(item, "biz_opaque_callback_data"))
    known = cast(DeliveryStatus, status)
    return Status(identifier, known, UUID(ours[1]), code, int(ours[2]), int(ours[3])) if ours else Status(identifier, known, None, code)


def _moment(seconds: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), tz=timezone.utc)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, tz=timezone.utc)
