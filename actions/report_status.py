"""Tells how a report stands, by its reference or by this conversation."""

from __future__ import annotations

from actions.appointment_moment import Moment
from actions.report_draft import REPORT_PRODUCT
from actions.report_products import report_choice
from actions.saying import payload
from bot.clock import local
from bot.model.report import Report
from bot.text.dutch import day_in_words

_META = {"route": "status"}


async def found_report(moment: Moment) -> Report | None:
    """The report with the reference in this message; without one the newest of this conversation."""
    return await moment.given.reports.find(moment.text, moment.conversation)


async def say_status(moment: Moment) -> None:
    """Say how the report stands that the message is about, or that there is none."""
    report = await found_report(moment)
    person = (moment.library.message("knop_persoon"), payload("ask_person"))
    if report is None:
        moment.say("utter_report_unknown", [report_choice(moment.library, REPORT_PRODUCT), person], meta=_META)
        return
    state = _state(moment, report)
    choices = [person] if state == "overdue" else [report_choice(moment.library, report.product)] if state == "handled" else []
    moment.say(
        f"utter_report_{state}",
        choices,
        reference=report.reference,
        made_on=day_in_words(local(report.created_at).date()),
        promised_on=day_in_words(report.promised_on),
        meta={**_META, "reference": report.reference},
    )


def _state(moment: Moment, report: Report) -> str:
    if report.state == "handled":
        return "handled"
    if report.promised_on < moment.today:
        return "overdue"
    return "passed_on" if report.state == "passed_on" else "received"
