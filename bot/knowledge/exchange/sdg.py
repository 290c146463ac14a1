"""SDG / PDC API 1.8: products with their texts in Markdown, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bot.clock import AMSTERDAM
from bot.knowledge.exchange.aspects import texts_of
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.fields import faults_in
from bot.knowledge.exchange.markup import blocks_of_markdown, collapse, sections_of
from bot.knowledge.exchange.objects import objects_in
from bot.knowledge.exchange.origin import Origin
from bot.knowledge.exchange.owms import authority_of
from bot.knowledge.exchange.record import Reading, Record
from bot.knowledge.exchange.sdg_fields import ASPECTS_OF, AUDIENCES, NO_PLACE, PRODUCT_FIELDS, TITLE
from bot.knowledge.exchange.standard import Standard, Written
from bot.knowledge.exchange.telling import Telling
from bot.model.knowledge import Link, Product


def read(origin: Origin, telling: Telling) -> Reading:
    """The products of a saved answer or of the address of an SDG API; the Dutch texts of each."""
    notes: list[str] = []
    records: dict[tuple[str, str], Record] = {}
    for item in _products_in(origin):
        record = _record(item, telling, notes)
        if record is None:
            continue
        first = records.get((record.upl_uri or "", record.label))
        if first is not None:
            # The same product for citizens and for companies is one product here.
            record = replace(first, audience=tuple(dict.fromkeys((*first.audience, *record.audience))))
        records[(record.upl_uri or "", record.label)] = record
    return Reading(tuple(records.values()), tuple(notes))


def write(telling: Telling) -> Written:
    """All products that have a UPL name, for one municipality, as the API would list them."""
    if telling.here is None:
        raise ExchangeError("the SDG API has products of one municipality; say whose with --municipality")
    notes, results, count = [], [], 0
    for product in telling.products():
        if product.upl_name is None or product.upl_uri is None:
            notes.append(f"not written: {product.id} has no UPL name; add upl: to products/{product.id}.yml when the UPL has one")
            continue
        if len(product.name) > TITLE:
            notes.append(f"not written: the name of {product.id} has more than {TITLE} characters; make it shorter")
            continue
        count += 1
        results += [_item(product, audience, telling) for audience in product.audience]
    if not results:
        raise ExchangeError("no product has a UPL name, so there is nothing to publish; add upl: to the products")
    page = {"count": len(results), "next": None, "previous": None, "results": results}
    return Written(json.dumps(page, ensure_ascii=False, indent=2).encode() + b"\n", count, tuple(notes))


def faults(content: bytes) -> tuple[str, ...]:
    """What an exported file breaks of the standard."""
    results = json.loads(content)["results"]
    return tuple(fault for index, item in enumerate(results) for fault in faults_in(item, PRODUCT_FIELDS, f"results[{index}]"))


def _products_in(origin: Origin) -> Iterator[dict[str, Any]]:
    for item in objects_in(origin, _list_at(origin.where)):
        if not isinstance(item, dict) or not isinstance(item.get("vertalingen"), list):
            raise ExchangeError(f"{origin.where}: a product without vertalingen; give an answer of /api/v1/producten of the SDG API")
        yield item


def _list_at(url: str) -> str:
    return f"{url.rstrip('/')}/producten" if url.rstrip("/").endswith("/api/v1") else url


def _record(item: dict[str, Any], telling: Telling, notes: list[str]) -> Record | None:
    text = next((one for one in item["vertalingen"] if isinstance(one, dict) and one.get("taal") == "nl"), None)
    label = collapse(str((text or {}).get("titel") or item.get("upnLabel") or item.get("upnUri") or ""))
    if text is None or item.get("productAanwezig") is False:
        notes.append(f'not read: "{label}" has no Dutch text or is not offered (productAanwezig)')
        return None
    if collapse(str(text.get(NO_PLACE) or "")):
        notes.append(f'"{label}": {NO_PLACE} has no place in our format; put it into a product about objections if it matters')
    address, upl = _string(item.get("url")), _string(item.get("upnUri"))
    links = [_link(link, "informatie") for link in text.get("links") or () if isinstance(link, dict)]
    ask = _link(text.get("procedureLink"), "online")
    return Record(
        label=label,
        source=_page(address, [ask, *links], telling),
        product=telling.product_at(address),
        upl_name=_string(item.get("upnLabel")),
        upl_uri=upl,
        name=_string(text.get("titel")),
        audience=tuple(ours for ours, theirs in AUDIENCES.items() if theirs == item.get("doelgroep")),
        texts=_texts(text, label, telling, notes),
        apply=ask,
        links=tuple(link for link in links if link is not None),
        all_links="links" in text,
        related=tuple(str(other.get("upnUri")) for other in item.get("gerelateerdeProducten") or () if isinstance(other, dict)),
    )


def _texts(text: dict[str, Any], label: str, telling: Telling, notes: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, aspects in ASPECTS_OF.items():
        value = text.get(name)
        if not isinstance(value, str) or not value.strip():
            continue
        texts, unknown = texts_of(sections_of(blocks_of_markdown(value)), aspects[0], telling.titles())
        notes.extend(f'"{label}": the part "{heading}" of {name} fits no aspect; copy it yourself' for heading in unknown)
        for aspect, part in texts.items():
            found[aspect] = "\n\n".join(item for item in (found.get(aspect), part) if item)
    return found


def _link(value: Any, kind: str) -> Link | None:
    url = value.get("url") if isinstance(value, dict) else None
    if not isinstance(url, str) or not url.strip():
        return None
    url = url.strip()
    return Link("telefoon" if url.startswith("tel:") else kind, collapse(str(value.get("label") or url)), url)


def _page(address: str | None, links: list[Link | None], telling: Telling) -> str | None:
    """Where citizens can read it: a page of the municipality, else the address of the entry, but never our own."""
    page = next((link.url for link in links if link is not None and telling.is_own(link.url)), None)
    return page or (None if telling.product_at(address) else address)


def _string(value: Any) -> str | None:
    return collapse(value) or None if isinstance(value, str) else None


def _item(product: Product, audience: str, telling: Telling) -> dict[str, Any]:
    here, checked = telling.here, telling.checked_on(product)
    if here is None:
        raise ExchangeError("the SDG API has products of one municipality; say whose with --municipality")
    label, identifier = authority_of(here, telling.owms)
    address, body = telling.address_of(product), telling.body_of(product)
    related = [telling.base.products[other] for other in product.related if other in telling.base.products]
    owms = {"owmsIdentifier": identifier, "owmsPrefLabel": label, "owmsEndDate": None}
    return {
        "url": address,
        "uuid": str(uuid5(NAMESPACE_URL, f"{address}?gemeente={here.id}&doelgroep={audience}")),
        "upnLabel": product.upl_name,
        "upnUri": product.upl_uri,
        "versie": 1,
        "publicatieDatum": checked.isoformat(),
        "productAanwezig": True,
        "productValtOnder": None,
        "verantwoordelijkeOrganisatie": {"url": here.website, **owms},
        "bevoegdeOrganisatie": {"naam": body.name} if body else {"naam": here.name, **owms},
        "catalogus": address.rsplit("/", 1)[0],
        "locaties": [],
        "doelgroep": AUDIENCES[audience],
        "vertalingen": [_translation(product, telling)],
        "beschikbareTalen": ["nl"],
        "gerelateerdeProducten": [
            {"url": telling.address_of(other), "upnUri": other.upl_uri, "upnLabel": other.upl_name} for other in related if other.upl_uri
        ],
    }


def _translation(product: Product, telling: Telling) -> dict[str, Any]:
    titles = telling.titles()
    online = telling.online(product)
    others = [shown.link for shown in telling.links(product) if shown != online]
    changed = datetime.combine(telling.checked_on(product), time(), AMSTERDAM)
    texts = {}
    for name, aspects in ASPECTS_OF.items():
        parts = [telling.said(product, aspects[0]).full]
        parts += [f"### {titles[aspect]}\n\n{telling.said(product, aspect).full}" for aspect in aspects[1:]]
        texts[name] = "\n\n".join(parts)
    return {
        "taal": "nl",
        "titel": product.name,
        **texts,
        NO_PLACE: "",
        "procedureLink": {"label": online.link.title, "url": online.link.url} if online else None,
        "links": [{"label": link.title, "url": link.url} for link in others],
        "productAanwezigToelichting": "",
        "productValtOnderToelichting": "",
        "datumWijziging": changed.isoformat(),
    }


STANDARD = Standard("sdg", "SDG / PDC API 1.8 (JSON)", read, write, faults)
