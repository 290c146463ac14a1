"""The description of the API says what the gateway does: a message that it calls valid is taken, any other is refused."""

from __future__ import annotations

import base64
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from bot.clock import utc_now
from bot.gateway.channels.connector.parse import read_message
from bot.gateway.errors import Refused
from bot.gateway.openapi import describe
from bot.model.connector import Connector
from tests.gateway.pictures import jpeg

PICTURE = base64.b64encode(jpeg()).decode()
CITIZEN = {"user": "u1", "id": "m-1"}


@pytest.mark.parametrize(
    ("body", "good"),
    [
        ({"text": "hoi"}, True),
        ({"text": "hoi", "edits": "m-0"}, True),
        ({"choice": "abc"}, True),
        ({"attachment": "voice"}, True),
        ({"picture": PICTURE}, True),
        ({"picture": PICTURE, "text": "losse tegel"}, True),
        ({"location": {"latitude": 52.6, "longitude": 4.7}}, True),
        ({"deletes": "m-0"}, True),
        ({}, False),
        ({"text": " "}, False),
        ({"text": "hoi", "choice": "abc"}, False),
        ({"text": "hoi", "attachment": "voice"}, False),
        ({"text": "hoi", "location": {"latitude": 52.6, "longitude": 4.7}}, False),
        ({"text": "hoi", "deletes": "m-0"}, False),
        ({"picture": PICTURE, "attachment": "picture"}, False),
        ({"picture": PICTURE, "text": "hoi", "edits": "m-0"}, False),
        ({"picture": PICTURE, "text": "hoi", "choice": "abc"}, False),
        ({"picture": PICTURE, "text": "hoi", "deletes": "m-0"}, False),
        ({"picture": "aGFsbG8="}, False),
        ({"choice": "abc", "edits": "m-0"}, False),
        ({"deletes": ""}, False),
        ({"text": "hoi", "edits": ""}, False),
        ({"text": "hoi", "user": "u 1"}, False),
        ({"text": "hoi", "id": ""}, False),
    ],
)
def test_a_message_of_a_connector_is_described_as_it_is_read(body: dict[str, Any], good: bool) -> None:
    description = describe()
    schema = {**description["components"]["schemas"]["ConnectorMessage"], "components": description["components"]}
    message = {**CITIZEN, **body}
    assert Draft202012Validator(schema).is_valid(message) is good
    assert _is_read(message) is good


def _is_read(message: dict[str, Any]) -> bool:
    try:
        read_message(message, Connector(uuid4(), "balie", "castricum", utc_now()), 1_000, utc_now())
    except Refused:
        return False
    return True
