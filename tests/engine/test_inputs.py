"""What comes in is plain text, or a choice that the model knows, or it is refused."""

from __future__ import annotations

import json

import pytest

from bot.engine.errors import BadRequest, TooLong
from bot.engine.inputs import plain_text, read_choice, read_object, read_turn

INTENTS = frozenset({"ask_costs", "restart", "session_start", "back", "nlu_fallback"})
ENTITIES = frozenset({"product"})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wat kost het", "wat kost het"),
        ("/restart", "restart"),
        (" \t/restart", "restart"),
        ("//// /restart", "restart"),
        ("\u200b/restart", "restart"),
        ("\ufeff\u00a0\u2003/restart", "restart"),
        ("\uff0frestart", "restart"),
        ("\u2044restart", "restart"),
        ("\u2060\u200f\u202e/restart", "restart"),
        ("\x00/restart", "restart"),
        ("a/b", "a/b"),
        ("1/2", "1/2"),
        ("/", "?"),
        ("👩‍👧 paspoort", "👩‍👧 paspoort"),
        ("regel een\nregel twee", "regel een\nregel twee"),
        ("nul\x00teken\ud800", "nulteken"),
    ],
)
def test_typed_text_is_never_a_command(typed: str, read: str) -> None:
    assert plain_text(typed) == read


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", None, 5, ["hallo"], {"text": "hallo"}])
def test_something_without_words_is_refused(text: object) -> None:
    with pytest.raises(BadRequest):
        plain_text(text)


@pytest.mark.parametrize("text", ["a" * 1_001, "a " * 201, "x" * 2_000_000], ids=["characters", "words", "two megabytes"])
def test_a_text_longer_than_a_message_is_refused(text: str) -> None:
    with pytest.raises(TooLong):
        plain_text(text)


@pytest.mark.parametrize("text", ["a" * 1_000, "abc " * 200], ids=["characters", "words"])
def test_a_text_of_exactly_the_limit_is_read(text: str) -> None:
    assert plain_text(text) == text.strip()


def test_a_choice_has_an_intent_and_entities() -> None:
    choice = read_choice('/ask_costs{"product": ["paspoort", "rijbewijs"]}', INTENTS, ENTITIES)
    assert choice.intent == "ask_costs"
    assert choice.entities == (("product", "paspoort"), ("product", "rijbewijs"))


@pytest.mark.parametrize(
    "payload",
    [
        "wat kost dat",
        "ask_costs",
        "/unknown",
        "/restart",
        "/session_start",
        "/back",
        "/ask_costs@0.2",
        "/ask_costs{",
        "/ask_costs{}}",
        '/ask_costs["paspoort"]',
        '/ask_costs{"street": "x"}',
        "/ask_costs\n",
        " /ask_costs",
        "/ask_costs" + "{" * 500 + "}" * 400,
    ],
)
def test_a_choice_outside_the_domain_is_refused(payload: str) -> None:
    with pytest.raises(BadRequest):
        read_choice(payload, INTENTS, ENTITIES)


@pytest.mark.parametrize("body", [b"", b"[]", b'"x"', b"{", b"[" * 60_000, b"\xff\xfe", b"null"])
def test_a_body_that_is_not_an_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_object(body)


@pytest.mark.parametrize(
    "change",
    [
        {"text": None},
        {"text": "a", "choice": "/b"},
        {"choice": 5, "text": None},
        {"conversation_id": ""},
        {"conversation_id": None},
        {"conversation_id": "a b"},
        {"message_id": 5},
        {"message_id": "x" * 201},
        {"channel": ""},
        {"channel": "Web'"},
        {"municipality": 5},
        {"municipality": "../x"},
    ],
)
def test_a_turn_outside_the_contract_is_refused(change: dict[str, object]) -> None:
    body = {"conversation_id": "c", "message_id": "m", "channel": "web", "municipality": None, "text": "hallo", **change}
    with pytest.raises(BadRequest):
        read_turn(json.dumps(body).encode(), "r")
