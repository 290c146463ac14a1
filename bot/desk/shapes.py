"""The nouns of the desk as docs/desk-api.md gives them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.appointments.errors import AppointmentRefused
from bot.clock import local
from bot.desk.accounts import Accounts
from bot.gateway.states import show_message
from bot.handoff.board import Colleague, Promise, TeamQueue
from bot.handoff.summary import Summary
from bot.knowledge.library import Library
from bot.model.account import Account, AccountRow
from bot.model.appointment import Booking
from bot.model.conversation import Message
from bot.model.people import AgentNote, Row

Shown = dict[str, Any]


def show_me(account: Account, accounts: Accounts) -> Shown:
    """The agent who is signed in."""
    agent = account.agent
    return {
        "id": str(agent.id),
        "name": agent.name,
        "email": account.email,
        "role": agent.role,
        "skills": sorted(agent.skills),
        "most": agent.most,
        "presence": agent.presence,
        "away_reason": agent.away_reason,
        "totp": account.has_totp,
        "totp_wanted": accounts.wants_totp(account),
    }


def show_row(row: Row, library: Library) -> Shown:
    """One conversation in a list."""
    municipality = library.municipality(row.municipality) if row.municipality else None
    return {
        "id": str(row.conversation_id),
        "owner": row.owner,
        "channel": row.channel,
        "municipality": row.municipality,
        "municipality_name": municipality.name if municipality else None,
        "team": row.team,
        "team_name": library.team_name(row.team) if row.team else None,
        "agent": {"id": str(row.agent_id), "name": row.agent_name} if row.agent_id else None,
        "product": row.product,
        "product_name": _product_name(row.product, library),
        "reason": row.reason,
        "since": _moment(row.since),
        "unanswered_since": _moment(row.unanswered_since),
        "unread": row.unread,
        "danger": row.danger,
        "last_seq": row.last_seq,
        "seen": row.seen,
    }


def show_team(team: TeamQueue, library: Library) -> Shown:
    """The queue of one team."""
    name = library.team_name(team.team)
    return {"team": team.team, "name": name, "waiting": team.waiting, "oldest": _moment(team.oldest), "expected": team.expected}


def show_colleague(colleague: Colleague) -> Shown:
    """An agent as colleagues see them."""
    agent = colleague.agent
    return {
        "id": str(agent.id),
        "name": agent.name,
        "role": agent.role,
        "skills": sorted(agent.skills),
        "presence": agent.presence,
        "away_reason": agent.away_reason,
        "held": colleague.held,
        "most": agent.most,
    }


def show_promise(promise: Promise) -> Shown:
    """A call-back or a note."""
    request = promise.request
    return {
        "reference": request.reference,
        "kind": request.kind,
        "conversation_id": str(request.conversation_id) if request.conversation_id else None,
        "municipality": request.municipality,
        "team": request.team,
        "name": request.name,
        "phone": request.phone,
        "email": request.email,
        "subject": request.subject,
        "summary": request.summary,
        "promised_on": request.promised_on.isoformat(),
        "wanted_at": _moment(request.wanted_at),
        "overdue": promise.overdue,
        "picked_up_by": str(request.agent_id) if request.agent_id else None,
        "attempts": request.attempts,
        "created_at": _moment(request.created_at),
    }


def show_desk_message(message: Message) -> Shown:
    """A message as the widget gets it, with its id."""
    return {"id": str(message.id), **show_message(message)}


def show_note(note: AgentNote) -> Shown:
    """An internal note."""
    return {"id": note.id, "agent_name": note.agent_name, "text": note.text, "at": _moment(note.created_at)}


def show_summary(summary: Summary, library: Library) -> Shown:
    """What an agent must know before the first word."""
    shown = asdict(summary)
    shown["product_name"] = _product_name(summary.product, library)
    shown["started_at"] = _moment(summary.started_at)
    shown["exchanges"] = [
        {**asdict(item), "product_name": _product_name(item.product, library), "at": _moment(item.at)} for item in summary.exchanges
    ]
    return shown


def show_account(row: AccountRow) -> Shown:
    """An account as an administrator sees it."""
    account = row.account
    return {
        "id": str(account.agent_id),
        "name": account.agent.name,
        "email": account.email,
        "role": account.agent.role,
        "skills": sorted(account.agent.skills),
        "most": account.agent.most,
        "disabled": account.agent.disabled,
        "totp": account.has_totp,
        "invited": row.invited,
        "last_seen": _moment(row.last_seen),
    }


def show_booking(booking: Booking, names: dict[str, str], locations: dict[str, str]) -> Shown:
    """An appointment; `names` are those of activities, `locations` those of places, by id."""
    wanted = [f"{item.amount} x {names.get(item.activity, item.activity)}" for item in booking.wish.wanted]
    customer = booking.customer
    return {
        "reference": booking.reference,
        "kind": booking.wish.kind,
        "municipality": booking.wish.municipality,
        "what": ", ".join(wanted),
        "location": booking.slot.location,
        "location_name": locations.get(booking.slot.location, booking.slot.location),
        "starts": _moment(booking.slot.starts),
        "ends": _moment(booking.slot.ends),
        "name": f"{customer.first_name} {customer.last_name}".strip(),
        "email": customer.email,
        "phone": customer.phone,
        "status": booking.status,
    }


def day_of(raw: str) -> date:
    """A day as 2026-12-01. Raises AppointmentRefused."""
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise AppointmentRefused("a day is written 2026-12-01") from error


def moment_of(raw: str) -> datetime:
    """A moment with an offset. Raises AppointmentRefused."""
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError as error:
        raise AppointmentRefused("a moment is written 2026-12-01T10:00:00+01:00") from error
    if moment.tzinfo is None:
        raise AppointmentRefused("a moment has an offset")
    return moment


def _product_name(product: str | None, library: Library) -> str | None:
    return library.title_of(product) if product and library.product(product) else None


def _moment(moment: datetime | None) -> str | None:
    return local(moment).isoformat(timespec="seconds") if moment else None
