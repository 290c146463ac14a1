"""Our messages in WhatsApp's form, within its limits: one message where it fits, else the fewest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bot.gateway.rendering import WHATSAPP, render
from bot.knowledge.library import Library
from bot.model.conversation import Choice, Message

BODY = 4_096
"""Longest text.body. (Meta, text messages.)"""

INTERACTIVE_BODY = 1_024
"""Longest body above buttons or a list. (Meta, interactive reply buttons and lists.)"""

TEMPLATE_TEXT = 800
"""Longest text in a template: with the words that the template itself has it may be 1,024 signs. (Meta, error 132005.)"""

MAX_BUTTONS, BUTTON_TITLE = 3, 20
MAX_ROWS, ROW_TITLE, ROW_DESCRIPTION = 10, 24, 72
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Words:
    """The words around choices, from the knowledge base: the button that opens a list, and the sentences above choices."""

    open_list: str
    choose: str
    others: str
    """Above the choices that find no place in a list; their words may be typed."""


def words_of(library: Callable[[], Library]) -> Words:
    """These words as they are in the knowledge base now."""
    message = library().message
    return Words(message("lijst_openen"), message("maak_keuze"), message("of_typ"))


def parts_of(messages: Sequence[Message], words: Words) -> list[dict[str, Any]]:
    """The messages of one turn as payloads of the Cloud API, without the address; several bubbles become one message."""
    text = "\n\n".join(render(message.text, WHATSAPP) for message in messages if message.text)
    every = next((message.choices for message in reversed(messages) if message.choices), ())
    choices, others = every[:MAX_ROWS], every[MAX_ROWS:]
    if others:
        text = "\n".join([text, "", words.others, *(f"- {choice.title}" for choice in others)]).strip()
    if not choices:
        return [_text(piece) for piece in split(text, BODY)]
    body = text
    parts: list[dict[str, Any]] = []
    if len(text) > INTERACTIVE_BODY:
        parts = [_text(piece) for piece in split(text, BODY)]
        body = words.choose
    return [*parts, _interactive(body, choices, words)]


def template(name: str, messages: Sequence[Message]) -> dict[str, Any]:
    """An approved template with one variable; a variable holds no line breaks and no long blanks. (Meta, templates.)"""
    text = " ".join(" ".join(render(message.text, WHATSAPP) for message in messages).split())
    parameters = [{"type": "text", "text": shorten(text, TEMPLATE_TEXT)}]
    return {
        "type": "template",
        "template": {"name": name, "language": {"code": "nl"}, "components": [{"type": "body", "parameters": parameters}]},
    }


def split(text: str, limit: int) -> list[str]:
    """`text` in pieces of at most `limit` signs, at the ends of paragraphs, lines, sentences or words, whichever comes first."""
    pieces = []
    rest = text.strip()
    while len(rest) > limit:
        cut = next((at for sign in ("\n\n", "\n", ". ", " ") if (at := rest.rfind(sign, limit // 2, limit)) > 0), limit - 1) + 1
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest] if rest or not pieces else pieces


def shorten(text: str, limit: int) -> str:
    """`text` within `limit` signs, with three dots when something is left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + _ELLIPSIS


def _text(body: str) -> dict[str, Any]:
    return {"type": "text", "text": {"body": body, "preview_url": False}}


def _interactive(body: str, choices: Sequence[Choice], words: Words) -> dict[str, Any]:
    if len(choices) <= MAX_BUTTONS and all(len(choice.title) <= BUTTON_TITLE for choice in choices):
        titles = _unique([choice.title for choice in choices], BUTTON_TITLE)
        buttons = [{"type": "reply", "reply": {"id": choice.id, "title": title}} for choice, title in zip(choices, titles, strict=True)]
        inside: Mapping[str, Any] = {"type": "button", "action": {"buttons": buttons}}
    else:
        titles = _unique([shorten(choice.title, ROW_TITLE) for choice in choices], ROW_TITLE)
        rows = [_row(choice, title) for choice, title in zip(choices, titles, strict=True)]
        inside = {"type": "list", "action": {"button": shorten(words.open_list, BUTTON_TITLE), "sections": [{"rows": rows}]}}
    return {"type": "interactive", "interactive": {**inside, "body": {"text": body or words.choose}}}


def _row(choice: Choice, title: str) -> dict[str, str]:
    row = {"id": choice.id, "title": title}
    # A title that was cut is written out below it.
    return row if title == choice.title else {**row, "description": shorten(choice.title, ROW_DESCRIPTION)}


def _unique(titles: Sequence[str], limit: int) -> list[str]:
    """WhatsApp refuses two equal titles: later ones get a number."""
    unique: list[str] = []
    for title in titles:
        numbered = (f"{title[: limit - 3].rstrip()} {number}" for number in count(2))
        unique.append(title if title not in unique else next(other for other in numbered if other not in unique))
    return unique
