"""Decides which question of a report comes next: what was said or sent already is not asked."""

from __future__ import annotations

from dataclasses import replace

from actions.appointment_moment import Moment
from actions.report_draft import Draft, Step
from bot.model.report import ReportPolicy

SENDS_PICTURES = frozenset({"web", "whatsapp", "chatwoot", "connector"})
"""Channels over which a citizen can send a picture."""


def progress(moment: Moment, draft: Draft) -> Draft:
    """The draft with its next question in `step`, or with an `outcome`."""
    if draft.outcome:
        return draft
    if draft.ask:
        return replace(draft, step=draft.ask, ask=None)
    draft = _placed(moment, draft)
    policy = moment.given.reports.policy(draft.municipality)
    if draft.municipality and not (policy and policy.taken):
        return replace(draft, step=None, outcome="link")
    return replace(draft, step=_missing(moment, draft, policy))


def _missing(moment: Moment, draft: Draft, policy: ReportPolicy | None) -> Step:
    """What to ask next. Who was warned to stay away is asked for no picture."""
    if not draft.text:
        return "what"
    if not draft.place.known:
        return "where"
    if draft.municipality is None:
        return "municipality"
    if asks_picture(moment, policy) and not (draft.pictures or draft.picture_skipped or draft.warned):
        return "picture"
    return "confirm" if draft.reach or draft.anonymous else "contact"


def asks_picture(moment: Moment, policy: ReportPolicy | None) -> bool:
    """Whether a picture can come along, on this channel and in this municipality."""
    return policy is not None and policy.pictures > 0 and moment.reading.channel in SENDS_PICTURES


def village_of(moment: Moment, draft: Draft) -> str | None:
    """The village nearest to a shared position."""
    position = draft.place.position
    return moment.library.place_near(*position) if position else None


def _placed(moment: Moment, draft: Draft) -> Draft:
    """The draft with the municipality in which the shared position lies, when none is known."""
    village = None if draft.municipality else village_of(moment, draft)
    return replace(draft, municipality=moment.library.municipality_of(village)) if village else draft
