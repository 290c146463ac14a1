"""A question for a name, a number or an address tells the client what it asks for, so that a browser can fill it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

RESPONSES = Path(__file__).resolve().parents[2] / "data" / "responses"
KNOWN = {"name", "tel", "email", "postcode"}
"""What docs/protocol.md gives for `meta.input`."""


def _inputs() -> dict[str, Any]:
    found = {}
    for file in sorted(RESPONSES.glob("*.yml")):
        for name, variants in yaml.safe_load(file.read_text("utf-8"))["responses"].items():
            for variant in variants:
                found[name] = ((variant.get("custom") or {}).get("meta") or {}).get("input")
    return found


@pytest.mark.parametrize(
    ("response", "wanted"),
    [
        ("utter_ask_callback_name", "name"),
        ("utter_ask_callback_number", "tel"),
        ("utter_ask_appointment_name", "name"),
        ("utter_ask_appointment_email", "email"),
        ("utter_ask_appointment_phone", "tel"),
    ],
)
def test_a_question_says_what_it_asks_for(response: str, wanted: str) -> None:
    assert _inputs()[response] == wanted


def test_nothing_is_asked_for_that_no_client_knows() -> None:
    assert {kind for kind in _inputs().values() if kind} <= KNOWN
