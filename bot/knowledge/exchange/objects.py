"""The objects in a JSON answer, whether it is a list, a page of an API, a single object, or objects of the Objects API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.knowledge.exchange.origin import Origin


def objects_in(origin: Origin, url: str) -> Iterator[Any]:
    """Everything in the file, or on all pages from `url` on; what it should be is for the standard to check."""
    pages: Iterable[Any] = origin.pages(url) if origin.is_url else [origin.json()]
    for page in pages:
        items = page["results"] if isinstance(page, dict) and "results" in page else page
        for item in items if isinstance(items, list) else [items]:
            record = item.get("record") if isinstance(item, dict) else None
            yield record.get("data") if isinstance(record, dict) else item
