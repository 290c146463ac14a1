"""Open Product: reads product types, their texts and their current prices; there is no writing back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.knowledge.exchange.aspects import aspect_of
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.markup import blocks_of_markdown, collapse, text_of
from bot.knowledge.exchange.origin import Origin, parse_json
from bot.knowledge.exchange.record import PriceOffer, Reading, Record
from bot.knowledge.exchange.standard import Standard
from bot.knowledge.exchange.telling import Telling
from bot.model.knowledge import WHAT, Link

BASE = "/producttypen/api/v1"
_INTERNAL = frozenset({"interne_organisatie", "samenwerkingspartners"})
"""Audiences that are not citizens or companies."""

_EXPECTED = f"give the address that ends in {BASE}, or a saved answer of {BASE}/producttypen"


@dataclass(frozen=True)
class _Catalogue:
    """What three resources of the API say together; the texts and prices are by uuid of the product type."""

    types: tuple[dict[str, Any], ...]
    texts: dict[str, list[dict[str, Any]]]
    prices: dict[str, dict[str, Any]]


def read(origin: Origin, telling: Telling) -> Reading:
    """The published Dutch product types of an address or a saved answer; internal remarks are never read."""
    catalogue = _from_address(origin) if origin.is_url else _from_file(origin)
    notes: list[str] = []
    records = []
    for kind in catalogue.types:
        name = collapse(str(kind["naam"]))
        if kind.get("gepubliceerd") is False or kind.get("doelgroep") in _INTERNAL:
            notes.append(f'not read: "{name}" is not published for citizens or companies')
        else:
            records.append(_record(kind, name, catalogue, telling, notes))
    return Reading(tuple(records), tuple(notes))


def _from_address(origin: Origin) -> _Catalogue:
    base = origin.where.split("?")[0].rstrip("/").removesuffix(f"{BASE}/producttypen").removesuffix(BASE) + BASE
    types = [item for page in origin.pages(f"{base}/producttypen") for item in _results(page, origin.where)]
    texts = [item for page in origin.pages(f"{base}/content") for item in _results(page, origin.where)]
    url = f"{base}/producttypen/actuele-prijzen"
    return _catalogue(types, texts, _results(parse_json(origin.get(url), url), url), origin.where)


def _from_file(origin: Origin) -> _Catalogue:
    """A saved list of product types, or one object with `producttypen`, `content` and `actuele-prijzen`."""
    value = origin.json()
    if isinstance(value, dict) and "producttypen" in value:
        types, texts, prices = (_results(value.get(name) or [], origin.where) for name in ("producttypen", "content", "actuele-prijzen"))
        return _catalogue(types, texts, prices, origin.where)
    return _catalogue(_results(value, origin.where), [], [], origin.where)


def _results(page: Any, where: str) -> list[dict[str, Any]]:
    items = page.get("results") if isinstance(page, dict) else page
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ExchangeError(f"{where}: this is no list of Open Product; {_EXPECTED}")
    return items


def _catalogue(types: list[dict[str, Any]], texts: list[dict[str, Any]], prices: list[dict[str, Any]], where: str) -> _Catalogue:
    if not all(item.get("naam") and item.get("uuid") for item in types):
        raise ExchangeError(f"{where}: a product type without naam or uuid; {_EXPECTED}")
    by_type: dict[str, list[dict[str, Any]]] = {}
    for item in texts:
        by_type.setdefault(str(item.get("producttype_uuid")), []).append(item)
    return _Catalogue(tuple(types), by_type, {str(item.get("uuid")): item for item in prices})


def _record(kind: dict[str, Any], name: str, catalogue: _Catalogue, telling: Telling, notes: list[str]) -> Record:
    uuid = str(kind["uuid"])
    current = catalogue.prices.get(uuid, {})
    links = tuple(Link("informatie", collapse(str(item["naam"])), str(item["url"])) for item in _dicts(kind, "links") if item.get("url"))
    upl = current.get("upl_naam") or kind.get("uniforme_product_naam")
    address = current.get("upl_uri") or (upl if str(upl).startswith("http") else None)
    return Record(
        label=name,
        source=next((link.url for link in links if link.url and link.url.startswith("https://")), None),
        upl_name=str(upl) if upl and not str(upl).startswith("http") else None,
        upl_uri=str(address) if address else None,
        words=tuple(collapse(str(word)) for word in kind.get("keywords") or ()),
        texts=_texts(kind, name, catalogue.texts.get(uuid, []), telling, notes),
        links=links,
        prices=tuple(_prices(_current(kind, current, telling.today), name, notes)),
    )


def _texts(kind: dict[str, Any], name: str, elements: list[dict[str, Any]], telling: Telling, notes: list[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for element in elements:
        if element.get("taal", "nl") != "nl":
            continue
        labels = [str(label) for label in element.get("labels") or ()]
        aspect = next((found for found in (aspect_of(label, telling.titles()) for label in labels) if found), None)
        if aspect is None:
            notes.append(f'"{name}": the text with label "{", ".join(labels) or "none"}" fits no aspect; copy it yourself')
            continue
        parts = [text_of(blocks_of_markdown(str(element.get(key) or ""))) for key in ("content", "aanvullende_informatie")]
        texts[aspect] = "\n\n".join(part for part in (texts.get(aspect), *parts) if part)
    summary = text_of(blocks_of_markdown(str(kind.get("samenvatting") or "")))
    return {WHAT: summary, **texts} if summary else texts


def _current(kind: dict[str, Any], current: dict[str, Any], today: date) -> dict[str, Any] | None:
    """The price of today: as the API says, or else the newest of the product type that holds already."""
    if "actuele_prijs" in current:
        price = current["actuele_prijs"]
        return price if isinstance(price, dict) else None
    known = [price for price in _dicts(kind, "prijzen") if str(price.get("actief_vanaf", "9999")) <= today.isoformat()]
    return max(known, key=lambda price: str(price["actief_vanaf"]), default=None)


def _prices(price: dict[str, Any] | None, name: str, notes: list[str]) -> Iterator[PriceOffer]:
    if price is None:
        return
    if price.get("prijsregels"):
        notes.append(f'"{name}": a part of its price is a decision table, which cannot be read; look at kosten yourself')
    options = _dicts(price, "prijsopties")
    for option in options:
        description = collapse(str(option.get("beschrijving") or ""))
        try:
            euro = Decimal(str(option.get("bedrag"))).quantize(Decimal("0.01"))
            valid_from = date.fromisoformat(str(price.get("actief_vanaf")))
        except (InvalidOperation, ValueError):
            notes.append(f'"{name}": the price "{description}" has no readable bedrag or actief_vanaf; left out')
            continue
        yield PriceOffer(description if description and (len(options) > 1 or description != name) else None, euro, valid_from)


def _dicts(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


STANDARD = Standard("open-product", "Open Product 1.8 (REST, import only)", read)
