"""What an import changes in the price list of a municipality: a new price comes beside the old one, which ends the day before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.knowledge.exchange.draft import Draft
from bot.knowledge.exchange.record import PriceOffer, Record
from bot.knowledge.municipality_schema import PriceShape
from bot.model.knowledge import Product


def plan_prices(draft: Draft, product: Product, record: Record) -> None:
    """Compare the current prices of `record` with the municipality's own list."""
    file, here = draft.prices_file, draft.telling.here
    if not record.prices:
        return
    if file is None or here is None:
        draft.note(f"{product.id}: prices belong to a municipality; say whose with --municipality")
        return
    today = draft.telling.today
    source = {"titel": record.label, "url": record.source or here.website, "gecontroleerd_op": today.isoformat()}
    for offer in record.prices:
        _offer(draft, product, file, offer, source)
    if not product.aspects["kosten"].local:
        draft.note(f"{product.id}: nobody sees its prices; write lokaal: true below kosten in {draft.shared_file(product)}")


def _offer(draft: Draft, product: Product, file: str, offer: PriceOffer, source: dict[str, str]) -> None:
    name = offer.description or product.name
    today = draft.telling.today
    # The other side says that the price holds today, never until when: it is believed until the year ends.
    until = date(max(today.year, offer.valid_from.year), 12, 31)
    same = [(place, price) for place, price in enumerate(draft.own_prices()) if (price.product, price.omschrijving) == (product.id, name)]
    overlapping = [(place, price) for place, price in same if price.geldig_vanaf <= until and offer.valid_from <= price.geldig_tot]
    for place, price in overlapping:
        if price.bedrag == offer.euro and _is_fact(price) and price.geldig_vanaf <= today <= price.geldig_tot:
            return
        if price.geldig_vanaf >= offer.valid_from or not _is_fact(price):
            _correct(draft, product, file, place, price, offer, until, source)
            return
    for place, price in overlapping:
        day_before = (offer.valid_from - timedelta(days=1)).isoformat()
        draft.set(file, product, "prijzen", ("prijzen", place, "geldig_tot"), price.geldig_tot.isoformat(), day_before)
    new = {
        "product": product.id,
        "omschrijving": name,
        "bedrag": f"{offer.euro:.2f}",
        "geldig_vanaf": offer.valid_from.isoformat(),
        "geldig_tot": until.isoformat(),
        "bron": source,
    }
    draft.add(file, product, "prijzen", ("prijzen",), new)


def _correct(
    draft: Draft, product: Product, file: str, place: int, price: PriceShape, offer: PriceOffer, until: date, source: dict[str, str]
) -> None:
    """The same price with another amount or period, or one that was only an example: every part of it is set."""
    old: dict[str, Any] = {
        "bedrag": f"{price.bedrag:.2f}",
        "geldig_vanaf": price.geldig_vanaf.isoformat(),
        "geldig_tot": price.geldig_tot.isoformat(),
        "voorbeeld": True if price.voorbeeld else None,
    }
    new: dict[str, Any] = {
        "bedrag": f"{offer.euro:.2f}",
        "geldig_vanaf": offer.valid_from.isoformat(),
        "geldig_tot": until.isoformat(),
        "voorbeeld": None,
    }
    for key, value in new.items():
        draft.set(file, product, "prijzen", ("prijzen", place, key), old[key], value)
    before = {"titel": price.bron.titel, "url": price.bron.url}
    if price.bron.gecontroleerd_op:
        before["gecontroleerd_op"] = price.bron.gecontroleerd_op.isoformat()
    draft.set(file, product, "prijzen", ("prijzen", place, "bron"), before, source)


def _is_fact(price: PriceShape) -> bool:
    return not price.voorbeeld and not price.bron.voorbeeld
