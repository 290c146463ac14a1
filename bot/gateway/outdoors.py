"""A picture or a place that is sent while something outdoors is spoken of: the bot takes no reports, so it says how one is made."""

from __future__ import annotations

from bot.gateway.advice import Advice
from bot.knowledge.library import Library
from bot.model.conversation import OfferedChoice
from bot.model.people import Holding

THEME = "openbare-ruimte"


def is_subject(library: Library, holding: Holding | None) -> bool:
    """Whether the bot and this citizen speak of something in the street or the park."""
    if holding is None or holding.owner != "bot" or holding.product is None:
        return False
    product = library.product(holding.product)
    return product is not None and product.theme == THEME


def about_picture(library: Library) -> Advice:
    """Where a picture can be seen, and what to write instead."""
    return Advice("geen_foto_buiten", offers=_offers(library))


def about_place(library: Library, place: str) -> Advice:
    """Where the place is put on the map, and what to write instead; `place` is the nearest village."""
    return Advice("locatie_buiten", {"plaats": place}, _offers(library), library.municipality_of(place))


def _offers(library: Library) -> tuple[OfferedChoice, ...]:
    return (OfferedChoice(library.message("knop_bericht"), "/leave_note"), OfferedChoice(library.message("knop_persoon"), "/ask_person"))
