"""OpenPDC, the WordPress catalogue of OpenWebconcept: reads the public items; there is no writing back."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx

from bot.knowledge.exchange.aspects import aspect_of, texts_of
from bot.knowledge.exchange.errors import ExchangeError
from bot.knowledge.exchange.markup import blocks_of_html, collapse, sections_of, text_of
from bot.knowledge.exchange.origin import MAX_PAGES, Origin, parse_json
from bot.knowledge.exchange.record import Reading, Record
from bot.knowledge.exchange.standard import Standard
from bot.knowledge.exchange.telling import Telling
from bot.model.knowledge import WHAT, Link

ROUTE = "/wp-json/owc/pdc/v1/items"
PER_PAGE = 100

_HIDDEN_TYPES = frozenset({"internal", "intern"})
"""Slugs of pdc-type that mean "for employees only"."""


def read(origin: Origin, telling: Telling) -> Reading:
    """The published Dutch items of a site, or of a saved answer; what is for employees only is never read."""
    notes: list[str] = []
    records = []
    for item in _items(origin):
        title = _plain(item.get("title"))
        reason = _hidden(item)
        if not title or reason:
            notes.append(f'not read: "{title or item.get("id")}" {reason or "has no title"}')
        else:
            records.append(_record(item, title, telling, notes))
    return Reading(tuple(records), tuple(notes))


def _items(origin: Origin) -> Iterator[dict[str, Any]]:
    for page in _pages(origin) if origin.is_url else [origin.json()]:
        items = page.get("data") if isinstance(page, dict) and "data" in page else page
        for item in items if isinstance(items, list) else [items]:
            if not isinstance(item, dict) or "title" not in item or "content" not in item:
                raise ExchangeError(f"{origin.where}: an item without title or content; give the answer or the address of {ROUTE}")
            yield item


def _pages(origin: Origin) -> Iterator[Any]:
    """Every page of the list; WordPress says how many there are."""
    address = httpx.URL(origin.where)
    if "/wp-json" not in address.path:
        address = address.copy_with(path=ROUTE)
    elif not address.path.rstrip("/").rsplit("/v1", 1)[-1]:
        address = address.copy_with(path=f"{address.path.rstrip('/')}/items")
    for number in range(1, MAX_PAGES + 1):
        url = str(address.copy_merge_params({"limit": PER_PAGE, "page": number}))
        page = parse_json(origin.get(url), url)
        yield page
        pagination = page.get("pagination") if isinstance(page, dict) else None
        total = pagination.get("total_pages") if isinstance(pagination, dict) else None
        if not isinstance(total, int) or number >= total:
            return
    raise ExchangeError(f"{origin.where}: more than {MAX_PAGES} pages; ask for a part of the catalogue, such as one source")


def _hidden(item: dict[str, Any]) -> str | None:
    if item.get("post_status", "publish") != "publish" or item.get("protected"):
        return "is not public"
    if str(item.get("language") or "nl")[:2].lower() != "nl":
        return "is not in Dutch"
    types = _list(_dict(item.get("taxonomies")).get("pdc-type"))
    if types and all(_dict(one).get("slug") in _HIDDEN_TYPES for one in types):
        return "is for employees only"
    return None


def _record(item: dict[str, Any], title: str, telling: Telling, notes: list[str]) -> Record:
    texts, unknown = texts_of(sections_of(blocks_of_html(_text(item.get("content")))), WHAT, telling.titles())
    notes.extend(f'"{title}": the part "{heading}" fits no aspect; copy it yourself' for heading in unknown)
    if WHAT not in texts and _text(item.get("excerpt")).strip():
        texts[WHAT] = text_of(blocks_of_html(_text(item.get("excerpt"))))
    questions: dict[str, tuple[str, ...]] = {}
    for one in _list(item.get("faq")):
        question = _plain(_dict(one).get("question"))
        if question:
            group = aspect_of(question, {}) or WHAT
            questions[group] = (*questions.get(group, ()), question)
    if questions:
        count = sum(len(group) for group in questions.values())
        notes.append(f'"{title}": {count} answers of its faq are not taken over, only the questions; copy them yourself')
    alternative, slug = _plain(item.get("title_alternative")), _text(item.get("slug")).replace("-", " ")
    synonyms = tuple(word for word in (collapse(part) for part in _plain(item.get("synonyms")).split(",")) if word)
    return Record(
        label=title,
        source=next((url for url in (_text(item.get(name)) for name in ("portal_url", "link")) if url.startswith("http")), None),
        names=tuple(name for name in (alternative, slug, *synonyms) if name),
        words=synonyms,
        texts={aspect: text for aspect, text in texts.items() if text},
        apply=_online(item),
        online="digid" if _list(_dict(item.get("identifications")).get("digid")) else None,
        links=(*_links(item, "forms", "formulier"), *_links(item, "links", "informatie"), *_links(item, "downloads", "informatie")),
        questions=questions,
    )


def _online(item: dict[str, Any]) -> Link | None:
    """The button with DigiD, or else the one to make an appointment."""
    digid = _link(next(iter(_list(_dict(item.get("identifications")).get("digid"))), None), "online")
    appointment = _dict(item.get("appointment"))
    return digid or (_link(appointment, "online") if appointment.get("active") else None)


def _links(item: dict[str, Any], name: str, kind: str) -> tuple[Link, ...]:
    found = (_link(one, kind) for one in _list(item.get(name)))
    return tuple(link for link in found if link is not None)


def _link(value: Any, kind: str) -> Link | None:
    title, url = _plain(_dict(value).get("title")), unescape(_text(_dict(value).get("url"))).strip()
    return Link("telefoon" if url.startswith("tel:") else kind, title, url) if title and url else None


def _plain(value: Any) -> str:
    """A title: WordPress escapes its signs, and an editor may have put markup in it."""
    return collapse(" ".join(block.text for block in blocks_of_html(_text(value)))).replace("**", "")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


STANDARD = Standard("openpdc", "OpenPDC (REST, import only)", read)
