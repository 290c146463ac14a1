"""What the house knows and says about a picture or a place of something outdoors, before or without the bot."""

from __future__ import annotations

from bot.gateway.advice import Advice
from bot.gateway.files import NotFetched, TooLarge
from bot.knowledge.library import Library
from bot.model.conversation import OfferedChoice
from bot.model.people import Holding
from bot.reports.errors import PictureRefused
from bot.reports.service import Reports

THEME = "openbare-ruimte"

_REFUSALS = {"too_large": "foto_te_groot", "not_a_picture": "foto_onleesbaar", "too_many": "foto_te_veel"}


def is_subject(library: Library, holding: Holding | None) -> bool:
    """Whether the bot and this citizen speak of something in the street or the park."""
    if holding is None or holding.owner != "bot" or holding.product is None:
        return False
    product = library.product(holding.product)
    return product is not None and product.theme == THEME


def are_taken(reports: Reports, library: Library, municipality: str | None) -> bool:
    """Whether reports are taken here; while nobody knows where this is, whether any municipality of ours takes them."""
    here = [municipality] if municipality else [town.id for town in library.municipalities()]
    return any(policy is not None and policy.taken for policy in map(reports.policy, here))


def about_picture(library: Library) -> Advice:
    """Where a picture can be seen, and what to write instead: here no reports are taken."""
    return Advice("geen_foto_buiten", offers=_instead(library))


def about_place(library: Library, place: str) -> Advice:
    """Where the place is put on the map, and what to write instead; `place` is the nearest village."""
    return Advice("locatie_buiten", {"plaats": place}, _instead(library), library.municipality_of(place))


def unasked(library: Library) -> Advice:
    """A picture came and nobody knows what it is about: perhaps a report."""
    offers = (OfferedChoice(library.message("knop_melding"), "/report_problem"), _person(library))
    return Advice("foto_ontvangen", offers=offers)


def not_kept(error: PictureRefused | NotFetched) -> Advice:
    """Why a picture is not with the report, and how to go on."""
    if isinstance(error, TooLarge):
        return Advice(_REFUSALS["too_large"])
    return Advice(_REFUSALS[error.reason] if isinstance(error, PictureRefused) else "foto_niet_gelukt")


def _instead(library: Library) -> tuple[OfferedChoice, ...]:
    return (OfferedChoice(library.message("knop_bericht"), "/leave_note"), _person(library))


def _person(library: Library) -> OfferedChoice:
    return OfferedChoice(library.message("knop_persoon"), "/ask_person")
