"""Checks the files of particular questions: each belongs to a product, and no id stands in one twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.knowledge.errors import Problem
from bot.knowledge.explain import did_you_mean
from bot.knowledge.folder import Folder


def check_vacs(folder: Folder) -> Iterator[Problem]:
    """What is wrong between vacs/ and products/."""
    for sheet in folder.vacs:
        product = sheet.document.stem
        if product not in folder.product_ids:
            yield sheet.document.error(f"the file is named after no product{did_you_mean(product, folder.product_ids)}")
        times = Counter(vac.id for vac in sheet.shape.vacs)
        for index, vac in enumerate(sheet.shape.vacs):
            if times[vac.id] > 1:
                yield sheet.document.error(f'id "{vac.id}" stands in this file {times[vac.id]} times', "vacs", index, "id")
