"""Compares the files of municipalities with the products and organisations they speak of."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.document import Document
from bot.knowledge.errors import Problem
from bot.knowledge.explain import did_you_mean
from bot.knowledge.folder import Folder, MunicipalityFolder, Sheet
from bot.knowledge.municipality_schema import MunicipalityShape
from bot.knowledge.schema import LinkShape
from bot.knowledge.sentences import key_of
from bot.model.knowledge import ASPECTS

_NEEDED = ("naam", "in_een_zin", "cbs_code", "website")


def check_municipalities(folder: Folder) -> Iterator[Problem]:
    """Everything that is wrong in the folders of municipalities."""
    names = {place.name for place in folder.municipalities}
    counters: dict[str, str] = {}
    for place in folder.municipalities:
        yield from _main(folder, place, names, counters)
        yield from _prices(folder, place)
        yield from _products(folder, place)
    yield from _places(folder)


def _main(folder: Folder, place: MunicipalityFolder, names: set[str], counters: dict[str, str]) -> Iterator[Problem]:
    if place.main is None:
        return
    document, main = place.main.document, place.main.shape
    if main.id != place.name:
        yield document.error(f'id "{main.id}" differs from the folder name "{place.name}"', "id")
    if not place.shared:
        yield from _needed(place.main)
    if main.basis is not None and (main.basis not in names or not main.basis.startswith("_")):
        yield document.error(f'there is no shared folder "{main.basis}"{did_you_mean(main.basis, names)}', "basis")
    for index, counter in enumerate(main.loketten):
        if counters.setdefault(counter.id, document.path) != document.path:
            yield document.error(f'counter "{counter.id}" also stands in {counters[counter.id]}', "loketten", index, "id")
    yield from _bodies(folder, place.main)


def _needed(sheet: Sheet[MunicipalityShape]) -> Iterator[Problem]:
    for key in _NEEDED:
        if getattr(sheet.shape, key) is None:
            yield sheet.document.error(f'key "{key}" is missing')
    if not sheet.shape.plaatsen:
        yield sheet.document.error("plaatsen is empty; without places nobody is recognised as living here", "plaatsen")


def _bodies(folder: Folder, sheet: Sheet[MunicipalityShape]) -> Iterator[Problem]:
    themes = folder.themes.shape.themas if folder.themes else {}
    for theme, body in sheet.shape.instanties.items():
        if themes and theme not in themes and theme not in folder.product_ids:
            yield sheet.document.error(f'"{theme}" is no theme and no product{did_you_mean(theme, themes)}', "instanties", theme)
        yield from _body(folder, sheet.document, body, "instanties", theme)


def _body(folder: Folder, document: Document, body: str, *steps: str) -> Iterator[Problem]:
    if body != "gemeente" and body not in folder.organisation_ids:
        yield document.error(f'organisation "{body}" does not exist{did_you_mean(body, folder.organisation_ids)}', *steps)


def _prices(folder: Folder, place: MunicipalityFolder) -> Iterator[Problem]:
    if place.prices is None:
        return
    local = {sheet.shape.id for sheet in folder.products if any(getattr(sheet.shape.aspecten, aspect).lokaal for aspect in ASPECTS)}
    known = {sheet.shape.id for sheet in folder.products}
    for index, price in enumerate(place.prices.shape.prijzen):
        if price.product not in folder.product_ids:
            message = f'product "{price.product}" does not exist{did_you_mean(price.product, folder.product_ids)}'
            yield place.prices.document.error(message, "prijzen", index, "product")
        elif price.product in known - local:
            message = f'nobody sees this price: no aspect of product "{price.product}" has lokaal: true'
            yield place.prices.document.warning(message, "prijzen", index, "product")


def _products(folder: Folder, place: MunicipalityFolder) -> Iterator[Problem]:
    for sheet in place.products:
        document, product = sheet.document, sheet.shape
        if product.id != document.stem:
            yield document.error(f'id "{product.id}" differs from the file name "{document.stem}"', "id")
        if product.id not in folder.product_ids:
            yield document.error(f'product "{product.id}" does not exist{did_you_mean(product.id, folder.product_ids)}', "id")
        if product.instantie is not None:
            yield from _body(folder, document, product.instantie, "instantie")
        for index, link in enumerate(product.acties or ()):
            yield from _link(document, link, index)
        for aspect in ASPECTS:
            text = getattr(product.aspecten, aspect)
            if text is not None and text.bedragen:
                yield document.error("a municipality's aspect has no bedragen; its prices stand in prijzen.yml", "aspecten", aspect)


def _link(document: Document, link: LinkShape, index: int) -> Iterator[Problem]:
    if link.url is None and link.soort != "telefoon":
        yield document.warning("this link has no url, so nobody sees it", "acties", index)


def _places(folder: Folder) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for place in folder.municipalities:
        if place.main is None:
            continue
        for index, village in enumerate(place.main.shape.plaatsen):
            for name in (village.naam, *village.ook):
                first = seen.setdefault(key_of(name), place.name)
                if first != place.name:
                    message = f'"{name}" is also a place of {first}, so it does not tell where somebody lives'
                    yield place.main.document.warning(message, "plaatsen", index)
