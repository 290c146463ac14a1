"""The nouns of an appointment: what is wanted, where and when it fits, who comes, and what was booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, get_args
from uuid import UUID

AppointmentKind = Literal["balie", "terugbellen", "huisbezoek", "video", "huwelijk"]
"""How people meet: at a counter, by telephone, at the citizen's home, on screen, or at a wedding."""

KINDS: tuple[AppointmentKind, ...] = get_args(AppointmentKind)

BookingStatus = Literal["booked", "cancelled", "unsure"]
"""`unsure`: sent to a backend that gave no answer yet; it may or may not be there, so never tell that it is."""


@dataclass(frozen=True)
class Activity:
    """Something that can be booked in a municipality; `options` are variants to choose from, `most` bounds the amount."""

    id: str
    name: str
    kinds: tuple[AppointmentKind, ...]
    options: tuple[str, ...] = ()
    most: int = 1


@dataclass(frozen=True)
class Wanted:
    """One thing to do at the appointment; `activity` is the id of an activity in the municipality's afspraken.yml."""

    activity: str
    amount: int = 1


@dataclass(frozen=True)
class Wish:
    """What one appointment is for: everything wanted fits in one slot, whose length follows from it."""

    municipality: str
    kind: AppointmentKind
    wanted: tuple[Wanted, ...]
    option: str | None = None
    """A variant of the activity: kosteloos, eenvoudig or ceremonie for a wedding, bezorgen for a document brought home."""
    notified_on: date | None = None
    """For a wedding: the day the couple told the municipality (the melding), from which the legal terms run; None when not yet."""


@dataclass(frozen=True)
class Location:
    """Where an appointment can be; `id` is ours (a counter's id, a wedding location's id, or `thuis`, `telefoon`, `video`)."""

    id: str
    name: str
    """As people read it, a place one goes to with its kind: "Gemeentehuis Castricum"; for `thuis` and the like "bij u thuis"."""
    street: str | None = None
    postcode: str | None = None
    town: str | None = None


@dataclass(frozen=True)
class Slot:
    """A free stretch of time at one location; both moments aware, in UTC."""

    location: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Hold:
    """A slot kept for one conversation (None: for an agent) until `expires`; `backend_ref` is the backend's own name for it, if any."""

    id: UUID
    conversation_id: UUID | None
    wish: Wish
    slot: Slot
    expires: datetime
    backend_ref: str | None = None


@dataclass(frozen=True)
class CustomerField:
    """Something a backend wants to know of the citizen: first_name, last_name, email, phone, birth_date, address, note."""

    name: str
    required: bool


@dataclass(frozen=True)
class Customer:
    """Who comes, as far as it was asked; `extra` holds further fields of CustomerField by name."""

    last_name: str
    first_name: str = ""
    email: str = ""
    phone: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Booking:
    """An appointment as stored; `external_id` is the backend's own name for it, `reference` (AF-XXXXXX) the citizen's.

    Some weeks after the appointment the personal data is gone: then `customer` is empty and `conversation_id` None.
    """

    reference: str
    conversation_id: UUID | None
    wish: Wish
    slot: Slot
    customer: Customer
    status: BookingStatus
    backend: str
    external_id: str
    created_at: datetime
    moves: int = 0
    """How often it was moved; SEQUENCE of the .ics is this number, one more once cancelled."""
    author: str | None = None
    """The agent who booked it for the citizen; None when the citizen did."""
