"""Makes a report of what a citizen confirmed, or says what is missing or wrong; nothing is stored here."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from bot.handoff.service import promised_day, read_email
from bot.model.report import Report, ReportDraft, ReportPolicy
from bot.reports.errors import ReportRefused
from bot.text.phones import read_phone

_NETHERLANDS = ((50.7, 53.6), (3.3, 7.3))
"""Latitudes and longitudes between which a report can lie: the bounds that Signalen has too."""


def report_of(draft: ReportDraft, policy: ReportPolicy | None, now: datetime) -> Report:
    """The report, still without a reference. Raises ReportRefused."""
    if policy is None or not policy.taken:
        raise ReportRefused("not_taken")
    if not draft.text.strip():
        raise ReportRefused("text")
    position = draft.place.position
    if not draft.place.known or (position is not None and not is_here(*position)):
        raise ReportRefused("place")
    email, phone = _ways_back(draft)
    return Report(
        id=uuid4(),
        reference="",
        conversation_id=draft.conversation_id,
        municipality=draft.municipality,
        product=draft.product,
        text=draft.text.strip(),
        place=draft.place,
        pictures=draft.pictures[: policy.pictures],
        email=email,
        phone=phone,
        state="received",
        promised_on=promised_day(now, policy.promised_working_days),
        created_at=now,
        backend=policy.backend,
    )


def is_here(latitude: float, longitude: float) -> bool:
    """Whether a position lies in the Netherlands, roughly."""
    (south, north), (west, east) = _NETHERLANDS
    return south <= latitude <= north and west <= longitude <= east


def _ways_back(draft: ReportDraft) -> tuple[str | None, str | None]:
    email = read_email(draft.email) if draft.email else None
    if draft.email and email is None:
        raise ReportRefused("email")
    phone = read_phone(draft.phone) if draft.phone else None
    if draft.phone and phone is None:
        raise ReportRefused("phone")
    return email, phone
