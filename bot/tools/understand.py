"""Say what is understood of each line of standard input: one JSON object a line, each line a conversation of its own."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from bot.knowledge.danger import watch_of
from bot.model.knowledge import HOW
from bot.settings import load_settings
from bot.text.personal import mask_bsn
from bot.text.plain import neutralise, tidy
from bot.tools._engine import answer_of

_APPOINTMENTS = "afspraak"
_ABOUT = {
    **dict.fromkeys(("book", "move", "cancel", "view"), _APPOINTMENTS),
    "report": "melding-openbare-ruimte",
    "complaint": "klacht",
    "person": "contact",
}
"""What an act that names no product is about: the page of the knowledge base that tells how to do the same."""


def run(arguments: argparse.Namespace) -> int:
    """One line in, one line out, in order."""
    lines = [line.rstrip("\r\n") for line in sys.stdin]
    meanings = understand(lines)
    if meanings is None:
        print("The engine could not read the lines; is there a model? `make train` makes one.", file=sys.stderr)
        return 1
    for meaning in meanings:
        print(json.dumps(meaning, ensure_ascii=False))
    return 0


def understand(lines: list[str], before: Sequence[Mapping[str, Any]] = (), *arguments: str) -> list[dict[str, Any]] | None:
    """What is understood of each line, read as the gate and the engine would, in that order; None without a model.

    `before` holds for each line what came before it: `slots` of the conversation, and what was `said`. `arguments` go to the engine.
    """
    texts = [neutralise(mask_bsn(tidy(line)).text) or "?" for line in lines]
    moments = before or [{}] * len(texts)
    meanings = _engine([{**moment, "text": text} for text, moment in zip(texts, moments, strict=True)], *arguments)
    if meanings is None:
        return None
    danger = watch_of(load_settings().knowledge_dir)
    spoken_of = [dict(moment.get("slots") or {}).get("product") for moment in moments]
    return [
        told(line, meaning, danger(line) is not None, product) for line, meaning, product in zip(lines, meanings, spoken_of, strict=True)
    ]


def told(line: str, meaning: dict[str, Any], in_danger: bool, spoken_of: str | None = None) -> dict[str, Any]:
    """One line of the output: what the engine understood, unless the detector in front of it heard danger.

    `spoken_of` is the product of the conversation so far: an appointment is for that, unless another is named.
    """
    if in_danger:
        meaning = {**meaning, "act": "danger", "zone": "danger", "confidence": 1.0}
    elif meaning["act"] in _ABOUT:
        about = spoken_of if spoken_of and _ABOUT[meaning["act"]] == _APPOINTMENTS else _ABOUT[meaning["act"]]
        meaning = {**meaning, "aspect": meaning["aspect"] or HOW, "product": meaning["product"] or about}
    return {**meaning, "text": line, "language": meaning.get("language", "nl")}


def _engine(asked: list[dict[str, Any]], *arguments: str) -> list[dict[str, Any]] | None:
    answer = answer_of("bot.engine.understand", *arguments, said=(json.dumps(item) for item in asked))
    return None if answer is None else [json.loads(line) for line in answer.splitlines()]
