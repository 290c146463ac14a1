"""What a question about something outdoors has to do with a report: the wish to make one, or how one stands."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import FollowupAction, SlotSet

from actions.appointment_moment import Moment
from actions.reading import in_form
from actions.report_beginning import places_report, plans_a_report
from actions.report_products import report_choice, takes
from actions.report_status import found_report, say_status
from actions.saying import Choice
from bot.model.knowledge import STATUS


def begins_report(moment: Moment) -> list[dict[str, Any]]:
    """What follows when a message that means nothing on its own is the place of a report that was offered; empty for any other."""
    return [] if in_form(moment.tracker) or not places_report(moment) else [FollowupAction("action_report")]


async def heard_as_report(moment: Moment, product: str | None, aspect: str | None) -> list[dict[str, Any]] | None:
    """What follows when the question is a wish to report, or is about a report that was made; None for any other."""
    if plans_a_report(moment, product) or places_report(moment):
        return [FollowupAction("action_report")]
    if aspect != STATUS or not takes(moment, product, moment.reading.municipality):
        return None
    if await found_report(moment) is not None:
        await say_status(moment)
        return [SlotSet("product", product), SlotSet("aspect", STATUS), SlotSet("misses", 0)]
    moment.say("utter_report_which")
    return None


def report_choices(moment: Moment, product: str | None) -> list[Choice]:
    """The button that begins a report, where one about this product is taken."""
    taken = product is not None and takes(moment, product, moment.reading.municipality)
    return [report_choice(moment.library, product)] if product and taken else []
