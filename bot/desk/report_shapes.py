"""Reports about public space as docs/desk-api.md gives them: a row of the list, and a whole report."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from bot.clock import local
from bot.desk.shapes import Shown
from bot.knowledge.library import Library
from bot.model.report import Report


def show_report_row(report: Report, library: Library, today: date) -> Shown:
    """A report in a list: nothing of who sent it."""
    town = library.municipality(report.municipality)
    return {
        "reference": report.reference,
        "municipality": report.municipality,
        "municipality_name": town.name if town else report.municipality,
        "product": report.product,
        "product_name": library.title_of(report.product) if library.product(report.product) else report.product,
        "text": report.text,
        "place": asdict(report.place),
        "pictures": len(report.pictures),
        "state": report.state,
        "promised_on": report.promised_on.isoformat(),
        "overdue": _is_overdue(report, today),
        "created_at": local(report.created_at).isoformat(timespec="seconds"),
        "elsewhere": report.elsewhere,
        "trouble": report.trouble,
    }


def show_report(report: Report, library: Library, today: date) -> Shown:
    """A report with its pictures, the conversation it was made in, and whom to answer."""
    return {
        **show_report_row(report, library, today),
        "pictures": [str(key) for key in report.pictures],
        "conversation_id": str(report.conversation_id) if report.conversation_id else None,
        "email": report.email,
        "phone": report.phone,
    }


def _is_overdue(report: Report, today: date) -> bool:
    return report.state != "handled" and report.promised_on < today
