"""Which subjects a citizen can report in the conversation, and where."""

from __future__ import annotations

from actions.appointment_moment import Moment
from actions.report_draft import REPORT_PRODUCT
from actions.saying import Choice, payload
from bot.knowledge.library import Library

TAKEN = frozenset({REPORT_PRODUCT, "straatverlichting", "groenonderhoud", "zwerfafval", "fietswrak"})
"""Who says that something is wrong here reports it: the questions begin at once."""

OFFERED = frozenset({"gladheid", "ongedierte", "honden", "niet-opgehaald", "riool", "dood-dier"})
"""Here the answer goes first: it is urgent, or it is often for somebody else. Reporting it is one press away."""


def takes(moment: Moment, product: str | None, municipality: str | None) -> bool:
    """Whether a report about this product is taken in the conversation; without a municipality: by any of them."""
    if product not in TAKEN | OFFERED:
        return False
    here = [municipality] if municipality else [item.id for item in moment.library.municipalities()]
    policies = [moment.given.reports.policy(item) for item in here]
    return any(policy is not None and policy.taken for policy in policies)


def report_choice(library: Library, product: str) -> Choice:
    """The button that begins a report about this product."""
    return library.message("knop_melden"), payload("report_problem", product=product)
