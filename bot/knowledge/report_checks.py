"""Looks whether a municipality's meldingen.yml fits the products and the systems that there are."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.errors import Problem
from bot.knowledge.explain import did_you_mean
from bot.knowledge.folder import Folder
from bot.knowledge.report_schema import ReportsShape


def check_reports(folder: Folder) -> Iterator[Problem]:
    """Everything that is wrong in the files meldingen.yml."""
    by_name = {place.name: place for place in folder.municipalities}
    for place in folder.municipalities:
        if place.reports is None:
            continue
        document, shape = place.reports.document, place.reports.shape
        for product in shape.rubrieken:
            if product not in folder.product_ids:
                message = f'there is no product "{product}"{did_you_mean(product, folder.product_ids)}'
                yield document.error(message, "rubrieken", product)
        shared = by_name.get(place.main.shape.basis or "") if place.main else None
        inherited = shared.reports.shape if shared and shared.reports else ReportsShape(voorbeeld=True)
        system = shape.systeem or inherited.systeem
        if place.shared:
            continue
        if system is None:
            yield document.error('key "systeem" is missing: own, signalen or link')
        if system == "signalen" and (shape.ligging or inherited.ligging) is None:
            yield document.error('key "ligging" is missing: Signalen wants a point, also of a place that only words tell of')
