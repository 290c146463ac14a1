"""Serves one OpenAPI description of the whole public API: the paths of openapi.yml with the shapes of the knowledge API."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from sanic import Blueprint, HTTPResponse, Request

from bot.gateway import knowledge_place_shapes as places
from bot.gateway import knowledge_shapes as shapes

blueprint = Blueprint("openapi", url_prefix="/api/v1")

_PATHS = Path(__file__).with_name("openapi.yml")

_SHAPES: tuple[type[BaseModel], ...] = (
    shapes.ProductList,
    shapes.ProductOut,
    shapes.AnswerOut,
    shapes.ThemeList,
    shapes.AspectList,
    places.MunicipalityList,
    places.MunicipalityOut,
    places.OpeningHoursOut,
    places.OrganisationList,
    places.OrganisationOut,
)


@blueprint.get("/openapi.json")
async def description(request: Request) -> HTTPResponse:
    """The description, for any website and any tool."""
    headers = {"Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*"}
    return HTTPResponse(_as_json(), headers=headers, content_type="application/json")


def describe() -> dict[str, Any]:
    """The whole description as one value."""
    document: dict[str, Any] = yaml.safe_load(_PATHS.read_text(encoding="utf-8"))
    wanted = [(shape, "serialization") for shape in _SHAPES]
    _, schema = models_json_schema(wanted, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    document["components"]["schemas"].update(schema["$defs"])
    return document


@cache
def _as_json() -> bytes:
    return json.dumps(describe(), ensure_ascii=False, separators=(",", ":")).encode()
