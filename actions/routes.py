"""Click, call or face, as an action sees it: ask triage, and show the ways to a person as choices."""

from __future__ import annotations

from actions.reading import Reading
from actions.saying import Choice, payload
from bot.knowledge.library import Library
from bot.model.triage import Route
from bot.triage.service import Considered, Moment
from bot.wiring import Services

MAX_ROUTES = 3
"""Ways to a person beside an answer or an offer; more is a menu, not help."""

_TITLES: dict[Route, str] = {
    "live_chat": "knop_chat",
    "callback": "knop_terugbellen",
    "callback_at": "knop_op_tijd",
    "counter": "knop_balie",
    "home": "knop_huisbezoek",
    "note": "knop_bericht",
}
"""The routes that end with a person, with the name of their button."""

_KINDS: dict[Route, str] = {"callback_at": "terugbellen", "counter": "balie", "home": "huisbezoek"}
"""The routes that are an appointment, with its kind."""


async def consider(given: Services, reading: Reading, **ways: bool | str) -> Considered:
    """Have triage decide on this moment; `ways` are can_answer, can_ask, can_refer, and a zone that differs from what was understood."""
    zone = str(ways.pop("zone", reading.zone or "answer"))
    return await given.triage.consider(
        Moment(
            conversation_id=reading.conversation,
            message_id=reading.message_id,
            act=reading.intent,
            zone=zone,
            confidence=reading.confidence,
            misses=reading.misses,
            product=reading.product,
            municipality=reading.municipality,
            channel=reading.channel,
            can_answer=bool(ways.get("can_answer")),
            can_ask=bool(ways.get("can_ask")),
            can_refer=bool(ways.get("can_refer")),
        )
    )


def person_choices(library: Library, considered: Considered, *routes: Route) -> list[Choice]:
    """The ways to a person among `routes` as choices, in the order of the decision."""
    product = considered.facts.product
    shown = [route for route in routes if route in _TITLES][:MAX_ROUTES]
    return [(library.message(_TITLES[route]), _payload(route, product)) for route in shown]


def _payload(route: Route, product: str | None) -> str:
    about = {"product": product} if product else {}
    if route in _KINDS:
        return payload("book_appointment", answer=f"kind:{_KINDS[route]}", **about)
    intents: dict[Route, str] = {"live_chat": "ask_person", "callback": "request_callback", "note": "leave_note"}
    return payload(intents[route], **about) if route == "live_chat" else payload(intents[route])
