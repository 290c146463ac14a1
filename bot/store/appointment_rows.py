"""How the nouns of appointments lie in the database: as JSON that a person can read, and back."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any
from uuid import UUID

from bot.model.appointment import Booking, Customer, Hold, Slot, Wanted, Wish


def wish_to_json(wish: Wish) -> dict[str, Any]:
    """A wish as JSON."""
    return {
        "municipality": wish.municipality,
        "kind": wish.kind,
        "wanted": [[item.activity, item.amount] for item in wish.wanted],
        "option": wish.option,
        "notified_on": wish.notified_on.isoformat() if wish.notified_on else None,
    }


def wish_from_json(value: dict[str, Any]) -> Wish:
    """A wish as it was stored."""
    notified = value["notified_on"]
    return Wish(
        value["municipality"],
        value["kind"],
        tuple(Wanted(activity, amount) for activity, amount in value["wanted"]),
        value["option"],
        date.fromisoformat(notified) if notified else None,
    )


def customer_to_json(customer: Customer) -> dict[str, Any]:
    """What was told of the citizen, without what was not."""
    named = {"last_name": customer.last_name, "first_name": customer.first_name, "email": customer.email, "phone": customer.phone}
    return {**{name: value for name, value in named.items() if value}, "extra": dict(customer.extra)}


def customer_from_json(value: dict[str, Any]) -> Customer:
    """A customer as stored; all empty when the personal data is gone."""
    names = ("last_name", "first_name", "email", "phone")
    return Customer(**{name: value.get(name, "") for name in names}, extra=value.get("extra", {}))


def hold_to_json(hold: Hold) -> dict[str, Any]:
    """A hold as JSON, for the step that books it."""
    return {
        "id": str(hold.id),
        "conversation_id": str(hold.conversation_id) if hold.conversation_id else None,
        "wish": wish_to_json(hold.wish),
        "location": hold.slot.location,
        "starts": hold.slot.starts.isoformat(),
        "ends": hold.slot.ends.isoformat(),
        "expires": hold.expires.isoformat(),
        "backend_ref": hold.backend_ref,
    }


def hold_from_json(value: dict[str, Any]) -> Hold:
    """A hold as it was when the step began."""
    return Hold(
        UUID(value["id"]),
        UUID(value["conversation_id"]) if value["conversation_id"] else None,
        wish_from_json(value["wish"]),
        Slot(value["location"], datetime.fromisoformat(value["starts"]), datetime.fromisoformat(value["ends"])),
        datetime.fromisoformat(value["expires"]),
        value["backend_ref"],
    )


def slot_of(row: Any) -> Slot:
    """The slot in a row with location, starts and ends."""
    return Slot(row.location, row.starts.astimezone(timezone.utc), row.ends.astimezone(timezone.utc))


def booking_of(row: Any) -> Booking:
    """The booking in a row of the table `appointment`."""
    return Booking(
        reference=row.reference,
        conversation_id=row.conversation_id,
        wish=wish_from_json(row.wish),
        slot=slot_of(row),
        customer=customer_from_json(row.customer),
        status=row.status,
        backend=row.backend,
        external_id=row.external_id,
        created_at=row.created_at,
        moves=row.moves,
        author=row.author,
    )
