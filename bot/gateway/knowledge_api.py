"""The public read API of the knowledge base, /api/v1/kennis: for other sites, other channels and the preview page."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from pydantic import BaseModel
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import BaseHTTPResponse

from bot.clock import local
from bot.gateway import knowledge_places as places
from bot.gateway.errors import BadRequest, NotInKnowledge, UnknownMunicipality
from bot.gateway.house import house_of
from bot.gateway.knowledge_view import KnowledgeView
from bot.gateway.requests import has_already
from bot.knowledge.library import Library
from bot.knowledge.style import read_rules
from bot.model.municipality import Municipality

blueprint = Blueprint("knowledge", url_prefix="/api/v1/kennis")

_FRESH = "public, max-age=60"
_ASK_AGAIN = "public, no-cache"
_LONGEST_QUERY = 200


@blueprint.on_response  # type: ignore[untyped-decorator]
async def _open_to_all(request: Request, response: BaseHTTPResponse) -> None:
    # Public data without cookies or tokens: a script on any website may read it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


@blueprint.get("/producten")
async def products(request: Request) -> HTTPResponse:
    """All products, or those that match `zoek` and `thema`."""
    view = await _view(request)
    return answer(request, view.products(_query(request), request.args.get("thema")))


@blueprint.get("/producten/<product:str>")
async def product(request: Request, product: str) -> HTTPResponse:
    """One product with all its answers for citizens of `gemeente`."""
    view = await _view(request)
    today = local(house_of(request).clock()).date()
    return answer(request, view.product(product, _here(request, view.library), today, _with_examples(request)))


@blueprint.get("/producten/<product:str>/<aspect:str>")
async def product_aspect(request: Request, product: str, aspect: str) -> HTTPResponse:
    """One answer for citizens of `gemeente`."""
    view = await _view(request)
    return answer(request, view.answer(product, aspect, _here(request, view.library)))


@blueprint.get("/themas")
async def themes(request: Request) -> HTTPResponse:
    """The themes."""
    return answer(request, (await _view(request)).themes())


@blueprint.get("/aspecten")
async def aspects(request: Request) -> HTTPResponse:
    """The aspects."""
    return answer(request, (await _view(request)).aspects())


@blueprint.get("/gemeenten")
async def municipalities(request: Request) -> HTTPResponse:
    """The municipalities."""
    return answer(request, places.municipalities(house_of(request).library()))


@blueprint.get("/gemeenten/<key:str>")
async def municipality(request: Request, key: str) -> HTTPResponse:
    """One municipality: places, counters and contact."""
    here = _existing(house_of(request).library(), key)
    return answer(request, places.municipality(here, _with_examples(request)))


@blueprint.get("/gemeenten/<key:str>/openingstijden")
async def opening_hours(request: Request, key: str) -> HTTPResponse:
    """What is open now, what opens next, and the coming week."""
    house = house_of(request)
    library = house.library()
    return answer(request, places.opening_hours(library, _existing(library, key), house.clock()), _ASK_AGAIN)


@blueprint.get("/organisaties")
async def organisations(request: Request) -> HTTPResponse:
    """Other organisations, or those that match `zoek`."""
    return answer(request, places.organisations(house_of(request).library(), _query(request)))


@blueprint.get("/organisaties/<key:str>")
async def organisation(request: Request, key: str) -> HTTPResponse:
    """One organisation, and what citizens of `gemeente` are told about it."""
    library = house_of(request).library()
    return answer(request, places.organisation(library, key, _here(request, library)))


def answer(request: Request, shape: BaseModel, cache: str = _FRESH) -> HTTPResponse:
    """`shape` as JSON with an ETag, or 304 when the client has it already."""
    body = shape.model_dump_json().encode()
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": cache}
    if has_already(request, tag):
        return HTTPResponse(status=304, headers=headers)
    return HTTPResponse(body, headers=headers, content_type="application/json")


async def _view(request: Request) -> KnowledgeView:
    """The view of the library of the moment; the app keeps one until editors changed something."""
    house, kept = house_of(request), request.app.ctx
    library = house.library()
    view: KnowledgeView | None = getattr(kept, "knowledge_view", None)
    if view is None or view.library is not library:
        view = kept.knowledge_view = await asyncio.to_thread(_new_view, library, house.settings.knowledge_dir)
    return view


def _new_view(library: Library, folder: Path) -> KnowledgeView:
    rules, _ = read_rules(folder)
    return KnowledgeView(library, rules)


def _here(request: Request, library: Library) -> Municipality | None:
    key = request.args.get("gemeente")
    if not key:
        return None
    found = library.municipality(key)
    if found is None:
        raise UnknownMunicipality(key)
    return found


def _existing(library: Library, key: str) -> Municipality:
    found = library.municipality(key)
    if found is None:
        raise NotInKnowledge(f"municipality {key}")
    return found


def _query(request: Request) -> str:
    query = request.args.get("zoek", "")
    if len(query) > _LONGEST_QUERY:
        raise BadRequest("zoek: at most 200 characters")
    return str(query)


def _with_examples(request: Request) -> bool:
    return bool(request.args.get("voorbeelden") == "ja")
