"""Routes that help an agent answer: the knowledge base's answers, a suggestion, and templates."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from bot.desk.guard import conversation_of, signed_in
from bot.gateway.engine import EngineUnavailable
from bot.gateway.errors import NotInKnowledge, OutOfOrder, UnknownConversation
from bot.gateway.house import house_of
from bot.knowledge.errors import UnknownEntryError
from bot.knowledge.library import Library
from bot.model.account import Account
from bot.model.knowledge import WHAT

blueprint = Blueprint("desk_helping", url_prefix="/desk/api")

_ANSWERED = ("answer", "ask")
"""Zones in which the likeliest product is worth showing; an agent judges."""


@blueprint.get("/answer")
@signed_in()
async def answer(request: Request, account: Account) -> HTTPResponse:
    """What a citizen of a municipality would read about an aspect of a product."""
    library = house_of(request).library()
    product, aspect = request.args.get("product", ""), request.args.get("aspect", WHAT)
    try:
        return json(_answer(library, product, aspect, request.args.get("municipality") or None))
    except UnknownEntryError as error:
        raise NotInKnowledge(str(error)) from error


@blueprint.get("/templates")
@signed_in()
async def templates(request: Request, account: Account) -> HTTPResponse:
    """Sentences that agents use often."""
    shown = house_of(request).library().templates()
    return json({"templates": [{"id": item.id, "title": item.title, "text": item.text, "words": list(item.words)} for item in shown]})


@blueprint.post("/conversations/<raw_id:str>/suggest")
@signed_in()
async def suggest(request: Request, account: Account, raw_id: str) -> HTTPResponse:
    """An answer to the citizen's last question, from the same understanding as the bot's; `text` is null when there is none."""
    house, key = house_of(request), conversation_of(raw_id)
    row = await house.office.board.conversation(key)
    if row is None:
        raise UnknownConversation
    question = await house.office.board.last_question(key)
    if question is None:
        return json(_nothing(""))
    try:
        understood = await house.engine.understand(question)
    except EngineUnavailable as error:
        raise OutOfOrder from error
    return json(_suggestion(house.library(), question, understood, row.municipality, row.product))


def _suggestion(
    library: Library, question: str, understood: dict[str, Any], municipality: str | None, subject: str | None
) -> dict[str, Any]:
    product = understood.get("product") or subject
    aspect = understood.get("aspect") or WHAT
    suggestion = {**_nothing(question), "zone": understood.get("zone"), "others": _others(library, understood, product)}
    if product is None or library.product(product) is None or understood.get("zone") not in _ANSWERED:
        return suggestion
    shown = _answer(library, product, aspect, municipality)
    return {**suggestion, "product": product, "product_name": library.title_of(product), "aspect": aspect, "text": shown["text"]}


def _others(library: Library, understood: dict[str, Any], product: str | None) -> list[dict[str, str]]:
    likely = [str(item[0]) for item in understood.get("products") or []]
    return [{"product": item, "name": library.title_of(item)} for item in likely if item != product and library.product(item)]


def _answer(library: Library, product: str, aspect: str, municipality: str | None) -> dict[str, Any]:
    found = library.answer(product, aspect, municipality)
    text = found.text if found.more is None else f"{found.text}\n\n{found.more}"
    checked = found.checked_on.isoformat() if found.checked_on else None
    return {"text": text, "source": found.source_url, "checked_on": checked, "complete": found.complete}


def _nothing(question: str) -> dict[str, Any]:
    return {"question": question, "product": None, "product_name": None, "aspect": None, "text": None, "zone": None, "others": []}
