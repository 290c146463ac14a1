"""How an action speaks: a text with choices and metadata, in the form that the engine passes on."""

from __future__ import annotations

import json
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

Choice = tuple[str, str]
"""Title and payload of a button."""


def payload(intent: str, **entities: str) -> str:
    """What a choice does, in Rasa's own notation."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"


def say(dispatcher: CollectingDispatcher, text: str, choices: list[Choice] | None = None, **meta: Any) -> None:
    """Say a text of the knowledge base."""
    dispatcher.utter_message(text=text, buttons=_buttons(choices), json_message=_custom(meta))


def say_response(dispatcher: CollectingDispatcher, response: str, choices: list[Choice] | None = None, **values: Any) -> None:
    """Say a response of data/responses; `values` fill its braces, `meta` among them goes along."""
    meta = values.pop("meta", {})
    dispatcher.utter_message(response=response, buttons=_buttons(choices), json_message=_custom(meta), **values)


def hand_off(dispatcher: CollectingDispatcher, **facts: Any) -> None:
    """Ask a person in: a structured field of the engine's reply, never a sentence."""
    dispatcher.utter_message(json_message={"handoff": facts})


def _buttons(choices: list[Choice] | None) -> list[dict[str, str]]:
    return [{"title": title, "payload": does} for title, does in choices or []]


def _custom(meta: dict[str, Any]) -> dict[str, Any]:
    return {"meta": meta} if meta else {}
