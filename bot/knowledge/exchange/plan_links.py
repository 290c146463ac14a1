"""What an import changes in the links of a product: its own page, the way to request it online, and the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.knowledge.exchange.draft import Draft
from bot.knowledge.exchange.record import Record
from bot.knowledge.exchange.telling import ShownLink
from bot.model.knowledge import Link, Product

_USABLE = re.compile(r"https://[^\s<>\"]+|mailto:[^\s<>\"]+|tel:[+0-9]+")
"""What the knowledge files allow as the address of a link."""


def plan_links(draft: Draft, product: Product, record: Record) -> None:
    """Compare the links of `record` with ours; one that only the other side lacks goes only when it gave all its links."""
    written = draft.telling.written_links(product)
    desired = _desired(draft, product, record, list(written))
    if desired == list(written):
        return
    file = draft.file_of(product)
    listed = draft.own(product).acties is not None if draft.telling.here else bool(written)
    inherited = draft.telling.here is not None and draft.own(product).acties is None
    if inherited:
        # A list of its own hides the link to the body that does it, so that goes into the list.
        desired = [*(shown.link for shown in draft.telling.links(product) if shown.place is None), *desired]
    if not listed or inherited or len(desired) < len(written):
        now = [_shape(link) for link in written]
        before = None if inherited or not listed else now
        draft.set(file, product, "acties", ("acties",), before, [_shape(link) for link in desired], now)
        return
    for index, link in enumerate(desired):
        if index >= len(written):
            draft.add(file, product, "acties", ("acties",), _shape(link))
            continue
        old, new = _shape(written[index]), _shape(link)
        for key in ("soort", "titel", "url", "digid"):
            draft.set(file, product, "acties", ("acties", index, key), old.get(key), new.get(key))


def _desired(draft: Draft, product: Product, record: Record, links: list[Link]) -> list[Link]:
    telling = draft.telling
    online = telling.online(product)
    front = _page(draft, product, record.page, links) if record.page else []
    used = _online(record, links, online.place if online else None, _usable(draft, product, record.apply))
    others = [link for link in record.links if _usable(draft, product, link)]
    gone = _others(others, links, telling.links(product), used)
    return [*front, *(link for index, link in enumerate(links) if not (record.all_links and index in gone))]


def _usable(draft: Draft, product: Product, link: Link | None) -> Link | None:
    if link is None or (link.url and _USABLE.fullmatch(link.url)):
        return link
    draft.note(f'{product.id}: the link "{link.title}" goes to {link.url}, which is not https; left out')
    return None


def _page(draft: Draft, product: Product, page: str, links: list[Link]) -> list[Link]:
    """Set the address of the municipality's page in `links`, or give the link that must be put in front."""
    telling = draft.telling
    here = telling.here
    now = telling.page_of(product)
    if here is None or page.split("#", maxsplit=1)[0].rstrip("/") == here.website or (now is not None and now.link.url == page):
        return []
    if not telling.is_own(page) or not _USABLE.fullmatch(page):
        draft.note(f"{product.id}: the page {page} is not on {here.website}; left out")
        return []
    if now is not None and now.place is not None and now.link.kind == "informatie":
        links[now.place] = replace(links[now.place], url=page)
        return []
    return [Link("informatie", product.name, page)]


def _online(record: Record, links: list[Link], place: int | None, ask: Link | None) -> set[int]:
    """Set the way to request it online and whether that asks for DigiD; gives the place of what the other side has too."""
    digid = record.online == "digid"
    if ask is not None:
        if place is None:
            links.append(Link("online", ask.title, ask.url, digid or ask.digid))
            place = len(links) - 1
        else:
            links[place] = replace(links[place], title=ask.title, url=ask.url)
    if place is not None and record.online in ("digid", "ja"):
        links[place] = replace(links[place], digid=digid)
    return {place} if place is not None and ask is not None else set()


def _others(others: list[Link], links: list[Link], shown: tuple[ShownLink, ...], used: set[int]) -> set[int]:
    """Match the other links by address, then by title, and add what is new; gives the places that the other side has no more."""
    count = len(links)
    by_place = {item.place: item for item in shown if item.place is not None}
    added = {(item.link.title, item.link.url) for item in shown if item.place is None}
    for other in others:
        if (other.title, other.url) in added:
            continue
        place = _find(other, links, count, used)
        if place is None:
            links.append(other)
            continue
        used.add(place)
        filled = by_place[place].link.url if place in by_place and links[place].url is None else links[place].url
        links[place] = replace(links[place], title=other.title, url=links[place].url if filled == other.url else other.url)
    return {place for place in range(count) if place in by_place and place not in used}


def _find(other: Link, links: list[Link], count: int, used: set[int]) -> int | None:
    free = [place for place in range(count) if place not in used]
    by_url = next((place for place in free if links[place].url == other.url), None)
    return by_url if by_url is not None else next((place for place in free if links[place].title == other.title), None)


def _shape(link: Link) -> dict[str, Any]:
    """A link as it stands in a file."""
    shape: dict[str, Any] = {"soort": link.kind, "titel": link.title}
    if link.url is not None:
        shape["url"] = link.url
    if link.digid:
        shape["digid"] = True
    return shape
