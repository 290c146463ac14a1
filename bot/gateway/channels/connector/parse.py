"""Reads one message of a connector as our own value; refuses at once what a program can put right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, cast, get_args

from bot.gateway.channels.connector.pictures import read_picture
from bot.gateway.errors import BadRequest, TooLong
from bot.gateway.requests import client_id, optional_text
from bot.model.channel import Arrival, ArrivalKind
from bot.model.connector import Connector
from bot.store.arrivals import BROUGHT
from bot.text.personal import mask_bsn
from bot.text.plain import tidy

NAME = "connector"

_NAME = re.compile(r"[\w.=+/@:-]{1,128}", re.ASCII)
_EARLIEST = datetime(2000, 1, 1, tzinfo=timezone.utc)
"""A time before it is a clock that was never set, and may be one that the database can keep and Python cannot read."""
_ATTACHMENTS = ("picture", "voice", "sticker", "document")
_CONTENTS = ("text", "choice", "attachment", "picture", "location", "deletes")


def citizen(body: Mapping[str, Any]) -> str:
    """The connector's own name of a citizen. Raises BadRequest."""
    value = body.get("user")
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise BadRequest("user: 1 to 128 letters, digits and . : = + / @ _ -")
    return value


def read_message(body: dict[str, Any], connector: Connector, longest: int, now: datetime) -> Arrival:
    """One message; `longest` is in signs, `now` is the time when the connector gives none. Raises BadRequest or TooLong."""
    user, identifier = citizen(body), client_id(body)
    given = {name for name in _CONTENTS if body.get(name) is not None}
    if len(given) != 1 and given != {"picture", "text"}:
        raise BadRequest("exactly one of " + ", ".join(_CONTENTS) + "; text may go with picture")
    said = optional_text(body, "text")
    if said is not None and len(said) > longest:
        raise TooLong
    if said is not None and not tidy(said):
        raise BadRequest("nothing but blanks")
    masked = mask_bsn(said) if said is not None else None
    return Arrival(
        key=_key(connector, user, identifier),
        channel=NAME,
        user=f"{connector.id}:{user}",
        kind=_kind(body),
        sent_at=_moment(body, now),
        text=masked.text if masked else None,
        choice=optional_text(body, "choice"),
        masked=masked.count if masked else 0,
        municipality=connector.municipality,
        facts=_facts(body, connector, user),
    )


def _key(connector: Connector, user: str, identifier: str) -> str:
    # A blank is in neither name: no two citizens share a key, and nobody takes back what another one said.
    return f"{NAME}:{connector.id}:{user} {identifier}"


def _kind(body: Mapping[str, Any]) -> ArrivalKind:
    attachment = body.get("attachment")
    if attachment is not None:
        if attachment not in _ATTACHMENTS or attachment not in get_args(ArrivalKind):
            raise BadRequest("attachment: " + ", ".join(_ATTACHMENTS))
        return cast(ArrivalKind, attachment)
    if body.get("edits") is not None and body.get("text") is None:
        raise BadRequest("edits goes with text")
    if body.get("edits") is not None and body.get("picture") is not None:
        raise BadRequest("a picture is not put right, but sent again")
    names: Mapping[str, ArrivalKind] = {
        "picture": "picture",
        "choice": "choice",
        "location": "location",
        "deletes": "deleted",
        "edits": "edited",
    }
    return next((kind for name, kind in names.items() if body.get(name) is not None), "text")


def _facts(body: dict[str, Any], connector: Connector, user: str) -> dict[str, Any]:
    other = next((name for name in ("deletes", "edits") if body.get(name) is not None), None)
    if other is not None:
        return {"of": _key(connector, user, client_id(body, other))}
    picture = optional_text(body, "picture")
    if picture is not None:
        return {"files": [BROUGHT], BROUGHT: read_picture(picture)}
    place = body.get("location")
    if place is None:
        return {}
    latitude, longitude = (place.get("latitude"), place.get("longitude")) if isinstance(place, dict) else (None, None)
    if not (_is_number(latitude, 90) and _is_number(longitude, 180)):
        raise BadRequest("location: latitude and longitude in degrees")
    return {"latitude": latitude, "longitude": longitude}


def _is_number(value: Any, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most


def _moment(body: dict[str, Any], now: datetime) -> datetime:
    given = optional_text(body, "sent_at")
    if given is None:
        return now
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise BadRequest("sent_at: ISO 8601") from error
    if moment.tzinfo is None or moment < _EARLIEST:
        raise BadRequest("sent_at: with an offset, and of this century")
    return min(moment, now)
